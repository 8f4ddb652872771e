//! The mailboxes of this device: which tags it may look under, and what lies there.

use super::told::Told;
use crate::circle::epoch::Keyring;
use crate::circle::{Groups, Roster};
use crate::error::Result;
use crate::record::change::Hash;
use crate::record::part::Group;
use crate::store::identity::DevicePublic;
use crate::store::vault::{Circle, Vault};
use crate::sync::parcel::notice;
use crate::sync::parcel::tag::{self, Tag, Tags};
use crate::sync::segment::{self, Opened};
use std::collections::HashMap;
use zeroize::Zeroizing;

/// What lies in a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lies {
    /// Segments of a group and epoch of the circle at this place of [`Mail::boxes`].
    Segments(usize),
    /// Notices of the circle at this place, under the members' key of an epoch.
    Notices(usize, Hash),
    /// Letters to this device from the device at this place of its circle's others.
    LettersFrom(usize, usize),
    /// Letters to this device in a circle that it was told of, at this place of [`Mail::told`].
    Told(usize),
    /// Letters of this device.
    LettersTo,
}

/// Another device that was ever let into a circle.
pub(super) struct Other {
    pub public: DevicePublic,
    /// What it may read now; none for one that was taken out.
    pub groups: Option<Groups>,
    /// The mailbox of letters to it.
    pub to: Tag,
}

/// The mailboxes of one circle.
pub(super) struct Boxes {
    pub circle: Circle,
    /// Whether this device is in.
    pub here: bool,
    pub others: Vec<Other>,
    pub keyring: Keyring,
    segments: Vec<(Group, Hash, Tag)>,
}

impl Boxes {
    /// The mailbox of a segment that is kept here; `None` where its key is not held. `whole` is asked for only where its
    /// first bytes could be of several epochs.
    pub fn of_segment(
        &self,
        beginning: &[u8],
        whole: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<Option<Tag>> {
        let mut could = self.could_be(beginning);
        Ok(match (could.next(), could.next()) {
            (Some((.., tag)), None) => Some(*tag),
            (Some(_), Some(_)) => self.opened(&whole()?).map(|(tag, _)| tag),
            (None, _) => None,
        })
    }

    /// Whether letters of this device go to that mailbox.
    pub fn writes_to(&self, tag: &Tag) -> bool {
        self.others.iter().any(|other| other.to == *tag)
    }

    /// A segment's place in its stream, if it is one of this circle that this device can open.
    pub fn opens(&self, bytes: &[u8]) -> Option<u64> {
        self.opened(bytes).map(|(_, opened)| opened.counter)
    }

    fn opened(&self, bytes: &[u8]) -> Option<(Tag, Opened)> {
        self.could_be(bytes).find_map(|(group, epoch, tag)| {
            let secret = self.keyring.get(*group, epoch)?;
            Some((*tag, segment::open(&self.circle.id, bytes, secret)?))
        })
    }

    fn could_be<'a>(&'a self, bytes: &[u8]) -> impl Iterator<Item = &'a (Group, Hash, Tag)> {
        let header = segment::header(bytes).ok();
        self.segments.iter().filter(move |(group, epoch, _)| {
            header
                .as_ref()
                .is_some_and(|header| header.group == *group && header.is_under(epoch))
        })
    }
}

/// The mailboxes of every circle.
pub(super) struct Mail {
    pub boxes: Vec<Boxes>,
    pub told: Vec<Told>,
    by_tag: HashMap<Tag, Lies>,
}

impl Mail {
    /// What lies under a tag.
    pub fn under(&self, tag: &Tag) -> Option<Lies> {
        self.by_tag.get(tag).copied()
    }

    /// Every tag.
    pub fn tags(&self) -> Tags {
        self.by_tag.keys().copied().collect()
    }
}

impl Vault {
    /// Works out the mailboxes of this device. With a device that carries parcels (`keeper`) only of circles and groups
    /// that it cannot open itself, and none of a circle that it was taken out of.
    pub(super) fn mail(&self, keeper: Option<&[u8; 32]>) -> Result<Mail> {
        let own = self.keys().public().sign;
        let mut agreed: HashMap<[u8; 32], Option<Zeroizing<[u8; 32]>>> = HashMap::new();
        let mut mail = Mail {
            boxes: Vec::new(),
            told: Vec::new(),
            by_tag: HashMap::new(),
        };
        for circle in self.circles()? {
            let at = mail.boxes.len();
            let (roster, keyring) = (self.roster(&circle)?, self.keyring(&circle)?);
            let Some(carried) = carried_by(&roster, keeper) else {
                continue;
            };
            let mine = match roster.standing.present(&own) {
                Some((_, member)) => member.groups.common(carried),
                None => carried,
            };
            let mut others = Vec::new();
            for (public, groups) in devices(&roster) {
                if public.sign == own || Some(&public.sign) == keeper {
                    continue;
                }
                // What the keeper opens itself it hands on by meeting.
                let apart = groups.is_some_and(|groups| groups.common(mine) != Groups::NONE);
                if keeper.is_some() && carried != Groups::EVERYTHING && !apart {
                    continue;
                }
                let agreed = agreed
                    .entry(public.seal)
                    .or_insert_with(|| tag::agreed(self.keys(), &public));
                let Some(agreed) = agreed else { continue };
                let between = |from, to| tag::of(&tag::letters(&circle.id, agreed, from, to));
                let (from, to) = (between(&public.sign, &own), between(&own, &public.sign));
                let lies = Lies::LettersFrom(at, others.len());
                mail.by_tag.insert(from, lies);
                mail.by_tag.insert(to, Lies::LettersTo);
                others.push(Other { public, groups, to });
            }
            // Nobody whom this keeper could take anything that it does not have itself.
            if keeper.is_some() && carried != Groups::EVERYTHING && others.is_empty() {
                continue;
            }
            let mut segments = Vec::new();
            for (group, epoch, key) in keyring.iter() {
                if group == Group::Members {
                    let notices = tag::of(&notice::mailbox(&circle.id, epoch, key));
                    mail.by_tag.insert(notices, Lies::Notices(at, *epoch));
                }
                if carried.has(group) {
                    let tag = tag::of(&tag::segments(&circle.id, group, epoch, key));
                    mail.by_tag.insert(tag, Lies::Segments(at));
                    segments.push((group, *epoch, tag));
                }
            }
            mail.boxes.push(Boxes {
                here: roster.standing.present(&own).is_some(),
                circle,
                others,
                keyring,
                segments,
            });
        }
        for told in self.told()? {
            if Some(&told.by.sign) == keeper {
                continue;
            }
            let agreed = agreed
                .entry(told.by.seal)
                .or_insert_with(|| tag::agreed(self.keys(), &told.by));
            let Some(agreed) = agreed else { continue };
            let letters = tag::letters(&told.id, agreed, &told.by.sign, &own);
            let lies = Lies::Told(mail.told.len());
            mail.by_tag.entry(tag::of(&letters)).or_insert(lies);
            mail.told.push(told);
        }
        for last in self.farewell_tags()? {
            mail.by_tag.entry(last).or_insert(Lies::LettersTo);
        }
        Ok(mail)
    }
}

/// The groups that a device may carry for a circle; `None` for one that was taken out of it.
fn carried_by(roster: &Roster, keeper: Option<&[u8; 32]>) -> Option<Groups> {
    let Some(keeper) = keeper else {
        return Some(Groups::EVERYTHING);
    };
    match roster.standing.present(keeper) {
        Some((_, member)) => Some(Groups::EVERYTHING.without(member.groups)),
        None if roster.standing.owner_of(keeper).is_some() => None,
        None => Some(Groups::EVERYTHING),
    }
}

/// Every device ever let in, and what it may read now. A recovery code is none: it reads nothing, and says to nobody
/// what it has.
fn devices(roster: &Roster) -> Vec<(DevicePublic, Option<Groups>)> {
    let members = roster.standing.members.values();
    let devices = members.flat_map(|member| member.devices.iter().map(move |d| (member, d)));
    devices
        .filter(|(_, device)| !device.recovery)
        .map(|(member, device)| {
            let present = member.present && device.removed.is_empty();
            (device.public, present.then_some(member.groups))
        })
        .collect()
}
