//! The store's side of thinned segments: what both ends of a stream are sure to have, looked up in the vault.

use super::aside::Aside;
use super::identity::DeviceKeys;
use super::rebuild;
use super::segments::{self, Last as Stands};
use super::take::{self, Taken};
use super::vault::{Circle, Vault};
use crate::circle::Roster;
use crate::circle::epoch::GroupSecret;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::record::change::{self, Hash};
use crate::record::part::{Actor, Group, Part};
use crate::sync::segment::{self, Carried, Opened, Place, StreamTag, Tip, device_tag};
use crate::sync::thin::{self, BEGINNING, Ground, Last, Stream, Stuck};
use rusqlite::{Connection, OptionalExtension, params};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a stream before one of its segments.
struct Before<'a> {
    aside: &'a Aside,
    db: &'a Connection,
    circle: &'a Circle,
    actor: Actor,
    /// Counter of the segment.
    counter: u64,
    /// Names and authors of all changes of a part, read only where attestations do not tell.
    all: RefCell<BTreeMap<Part, Vec<(Hash, Actor)>>>,
}

impl Ground for Before<'_> {
    fn last(&self, part: &Part) -> Result<Option<Last>> {
        if let Some(last) = self.aside.last(part, self.actor) {
            return Ok(Some(last.clone()));
        }
        let sql = "select seq, hash from attest where circle = ?1 and part = ?2 and actor = ?3 and counter < ?4
                   order by seq desc limit 1";
        let of = params![
            self.circle.no,
            part.as_str(),
            self.actor.0.as_slice(),
            self.counter as i64
        ];
        let attested: Option<(i64, Hash)> = self
            .db
            .prepare_cached(sql)?
            .query_row(of, |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((seq, hash)) = attested else {
            return Ok(None);
        };
        let sql = "select bytes from changes where circle = ?1 and part = ?2 and actor = ?3 and seq = ?4 order by n desc";
        let of = params![self.circle.no, part.as_str(), self.actor.0.as_slice(), seq];
        let loose: Option<Vec<u8>> = self
            .db
            .prepare_cached(sql)?
            .query_row(of, |row| row.get(0))
            .optional()?;
        let bytes = match loose {
            Some(bytes) => vec![bytes],
            None => rebuild::changes_of(self.db, self.circle, part)?,
        };
        for bytes in bytes.iter().rev() {
            let read = change::read(&self.circle.id, part, bytes)?;
            if read.hash == hash {
                return Ok(Some(Last::of(&read)));
            }
        }
        Err(Error::Damaged)
    }

    fn named(&self, part: &Part, begins: &[u8; BEGINNING]) -> Result<Option<(Hash, Actor)>> {
        let sql = "select hash, actor from attest where circle = ?1 and part = ?2 and substr(hash, 1, ?4) = ?3";
        let of = params![
            self.circle.no,
            part.as_str(),
            begins.as_slice(),
            BEGINNING as i64
        ];
        let attested = self
            .db
            .prepare_cached(sql)?
            .query_row(of, |row| Ok((row.get(0)?, Actor(row.get(1)?))))
            .optional()?;
        if let Some(found) = attested.or_else(|| self.aside.named(part, begins)) {
            return Ok(Some(found));
        }
        let mut all = self.all.borrow_mut();
        if !all.contains_key(part) {
            let mut known = Vec::new();
            for bytes in rebuild::changes_of(self.db, self.circle, part)? {
                let read = change::read(&self.circle.id, part, &bytes)?;
                known.push((read.hash, read.head.actor));
            }
            all.insert(part.clone(), known);
        }
        let found = all[part].iter().find(|(hash, _)| hash.starts_with(begins));
        Ok(found.copied())
    }
}

/// What a segment of this device is sealed with.
pub(super) struct Seal<'a> {
    pub(super) db: &'a Connection,
    pub(super) circle: &'a Circle,
    pub(super) keys: &'a DeviceKeys,
    pub(super) place: &'a Place,
    pub(super) same_heads: bool,
}

impl Seal<'_> {
    /// Signs and seals changes of one of this device's streams: thinned, or whole if they have no thinned form.
    pub(super) fn seal(
        &self,
        changes: Vec<Carried>,
        tips: &[Tip],
        secret: &GroupSecret,
        entropy: &dyn Entropy,
    ) -> Result<Vec<u8>> {
        let (keys, place, heads) = (self.keys, self.place, self.same_heads);
        let stream = Stream {
            circle: &self.circle.id,
            group: place.group,
            actor: place.actor,
        };
        let ground = Before {
            db: self.db,
            circle: self.circle,
            actor: place.actor,
            counter: place.counter,
            aside: &Aside::default(),
            all: RefCell::default(),
        };
        match thin::describe(stream, &ground, &changes) {
            Ok(thin) => {
                segment::seal_thinned(keys, place, heads, &thin.body, tips, secret, entropy)
            }
            Err(Stuck::Store(error)) => Err(error),
            Err(_) => segment::seal(keys, place, heads, changes, tips, secret, entropy),
        }
    }
}

impl Vault {
    /// Finds the stream of a thinned segment and rebuilds its changes; other segments are given back as they are.
    /// `Err` inside says why it is not taken in. What is in `aside` counts as if it were in the record.
    pub(super) fn filled(
        &self,
        circle: &Circle,
        roster: &Roster,
        key: (Group, Hash),
        opened: Opened,
        aside: &Aside,
    ) -> Result<std::result::Result<Opened, Taken>> {
        let Some(thinned) = &opened.thinned else {
            return Ok(Ok(opened));
        };
        let Ok(body) = thin::unpacked(thinned.packing, &thinned.body) else {
            return Ok(Err(Taken::Refused("form")));
        };
        let mut candidates = Vec::new();
        match thinned.of {
            StreamTag::First(actor) => match take::signer(roster, &opened) {
                Some(device) => candidates.push((actor, device, None)),
                None => return Ok(Err(Taken::Waits("operations"))),
            },
            StreamTag::Later(..) => {
                for actor in self.actors(circle, key.0, aside)? {
                    if thinned.of.fits(actor)
                        && let Some(stands) = self.stands(circle, key.0, actor, aside)?
                    {
                        candidates.push((actor, stands.device, Some(stands)));
                    }
                }
            }
        }
        let only = candidates.len() == 1;
        let mut came = None;
        for (actor, device, stands) in candidates {
            let counter = stands.as_ref().map_or(0, |stands| stands.counter);
            let taken =
                match self.rebuilt(circle, (key.0, actor), counter, &opened, &body, aside)? {
                    Ok(changes) => {
                        let mut full = opened.clone();
                        (full.device_tag, full.changes) = (device_tag(&device), changes);
                        // Whose it is, of several it can be, its signature tells.
                        if only || take::is_signed(circle, &full, key, device, stands)? {
                            return Ok(Ok(full));
                        }
                        Taken::Refused("signature")
                    }
                    Err(taken) => taken,
                };
            if !matches!(came, Some(Taken::Waits(_))) {
                came = Some(taken);
            }
        }
        Ok(Err(came.unwrap_or(Taken::Waits("before"))))
    }

    /// The changes of a segment, if it is the next of this stream.
    fn rebuilt(
        &self,
        circle: &Circle,
        (group, actor): (Group, Actor),
        counter: u64,
        opened: &Opened,
        body: &[u8],
        aside: &Aside,
    ) -> Result<std::result::Result<Vec<Carried>, Taken>> {
        if opened.counter <= counter {
            return Ok(Err(Taken::Refused("fork")));
        }
        if opened.counter > counter + 1 {
            return Ok(Err(Taken::Waits("before")));
        }
        let ground = Before {
            db: &self.db,
            circle,
            actor,
            counter: opened.counter,
            aside,
            all: RefCell::default(),
        };
        let stream = Stream {
            circle: &circle.id,
            group,
            actor,
        };
        match thin::rebuild(stream, &ground, body) {
            Ok(changes) => Ok(Ok(changes)),
            Err(Stuck::Store(error)) => Err(error),
            Err(Stuck::StandsOn) => Ok(Err(Taken::Waits(take::STANDS_ON))),
            Err(Stuck::Refused(why)) => Ok(Err(Taken::Refused(why.code()))),
        }
    }

    /// Actors that may have a stream in a group.
    fn actors(&self, circle: &Circle, group: Group, aside: &Aside) -> Result<BTreeSet<Actor>> {
        let sql = "select actor from actor where circle = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let actors = statement.query_map(params![circle.no], |row| Ok(Actor(row.get(0)?)))?;
        let mut all: BTreeSet<Actor> = actors.collect::<std::result::Result<_, _>>()?;
        all.extend(aside.actors(group));
        Ok(all)
    }

    /// Where a stream stands; `None` if nothing of it is here.
    pub(super) fn stands(
        &self,
        circle: &Circle,
        group: Group,
        actor: Actor,
        aside: &Aside,
    ) -> Result<Option<Stands>> {
        match aside.stream(group, actor) {
            Some(stands) => Ok(Some(stands.clone())),
            None => segments::last(&self.db, circle, group, actor),
        }
    }
}
