//! Reading what is kept aside as it would be once it were let in: each stream in its order, on top of the record, with
//! nothing kept. So a segment that stands on another one kept aside can be read too.

use super::segments::Last as Stands;
use super::spoken;
use super::take;
use super::vault::{Circle, Vault};
use crate::circle::Roster;
use crate::circle::epoch::Keyring;
use crate::error::Result;
use crate::record::change::{Hash, ReadChange};
use crate::record::part::{Actor, Group, Part};
use crate::sync::segment::{self, Opened, Place};
use crate::sync::thin::{Last, Named};
use std::collections::BTreeMap;

/// What segments kept aside would add to what is known of streams.
#[derive(Default)]
pub(super) struct Aside {
    streams: BTreeMap<(Group, Actor), Stands>,
    changes: Vec<Change>,
}

/// A change of one of them.
struct Change {
    part: Part,
    last: Last,
    actor: Actor,
    /// The stream it came in: what was taken over is not the newest of its author's own stream.
    stream: Actor,
}

impl Aside {
    /// Where a stream would stand.
    pub(super) fn stream(&self, group: Group, actor: Actor) -> Option<&Stands> {
        self.streams.get(&(group, actor))
    }

    /// Actors with streams in this group.
    pub(super) fn actors(&self, group: Group) -> impl Iterator<Item = Actor> {
        let of_group = self.streams.keys().filter(move |(of, _)| *of == group);
        of_group.map(|(_, actor)| *actor)
    }

    /// The newest change of an actor in a part.
    pub(super) fn last(&self, part: &Part, actor: Actor) -> Option<&Last> {
        let own = self
            .changes
            .iter()
            .filter(|change| change.part == *part && change.stream == actor);
        own.map(|change| &change.last).max_by_key(|last| last.seq)
    }

    /// Changes of a part whose names fit.
    pub(super) fn named(&self, part: &Part, fits: impl Fn(&Hash) -> bool) -> Vec<Named> {
        let of_part = self.changes.iter().filter(|change| change.part == *part);
        let found = of_part.filter(|change| fits(&change.last.hash));
        let named = found.map(|change| Named {
            hash: change.last.hash,
            actor: change.actor,
            max_op: change.last.max_op,
        });
        named.collect()
    }

    fn add(&mut self, read: &ReadAside) {
        let place = &read.place;
        let stands = Stands {
            device: place.device,
            counter: place.counter,
            name: read.name,
            chain: Some(read.chain),
            heads: place.heads.clone(),
        };
        self.streams.insert((place.group, place.actor), stands);
        for (part, change) in &read.changes {
            self.changes.push(Change {
                part: part.clone(),
                last: Last::of(change),
                actor: change.head.actor,
                stream: place.actor,
            });
        }
    }
}

/// A segment kept aside whose signature holds in its place.
pub(super) struct ReadAside {
    pub(super) name: Hash,
    /// What the next of its stream stands on.
    chain: Hash,
    pub(super) place: Place,
    pub(super) changes: Vec<(Part, ReadChange)>,
}

/// One that was opened and not read yet.
struct Shut {
    name: Hash,
    group: Group,
    epoch: Hash,
    opened: Opened,
}

impl Vault {
    /// Reads every one of these segments that is the next of its stream, in the record or behind another of them, and
    /// that its device signed.
    ///
    /// # Errors
    /// Those of storage.
    pub(super) fn read_aside(
        &self,
        circle: &Circle,
        roster: &Roster,
        keyring: &Keyring,
        all: &[Vec<u8>],
    ) -> Result<Vec<ReadAside>> {
        let opened = all.iter().filter_map(|bytes| {
            let header = segment::header(bytes).ok()?;
            let (epoch, opened) = spoken::opened(circle, &header, bytes, (roster, keyring))?;
            Some(Shut {
                name: segment::name(bytes),
                group: header.group,
                epoch,
                opened,
            })
        });
        let mut left: Vec<Shut> = opened.collect();
        let (mut aside, mut read) = (Aside::default(), Vec::new());
        loop {
            let (before, mut later) = (left.len(), Vec::new());
            for shut in left {
                match self.read_one(circle, roster, &shut, &aside)? {
                    Some(one) => {
                        aside.add(&one);
                        read.push(one);
                    }
                    None => later.push(shut),
                }
            }
            if later.len() == before {
                return Ok(read);
            }
            left = later;
        }
    }

    fn read_one(
        &self,
        circle: &Circle,
        roster: &Roster,
        shut: &Shut,
        aside: &Aside,
    ) -> Result<Option<ReadAside>> {
        let key = (shut.group, shut.epoch);
        let opened = shut.opened.clone();
        let Ok(opened) = self.filled(circle, roster, key, opened, aside)? else {
            return Ok(None);
        };
        let Some(device) = take::signer(roster, &opened) else {
            return Ok(None);
        };
        let Ok(reads) = take::read(circle, &opened) else {
            return Ok(None);
        };
        let Some((author, tips)) = take::tips(&opened, &reads) else {
            return Ok(None);
        };
        let actor = take::stream(&opened, &device, author);
        let before = self.stands(circle, shut.group, actor, aside)?;
        let next = before.as_ref().map_or(0, |before| before.counter) + 1;
        if opened.counter != next {
            return Ok(None);
        }
        let of = (actor, tips.as_slice());
        let Some(place) = take::signed_place(circle, &opened, key, device, before, of)? else {
            return Ok(None);
        };
        let parts = opened.changes.into_iter().map(|carried| carried.part);
        Ok(Some(ReadAside {
            name: shut.name,
            chain: shut.opened.chain(),
            place,
            changes: parts.zip(reads).collect(),
        }))
    }
}
