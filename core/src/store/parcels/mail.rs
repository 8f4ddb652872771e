//! The mailboxes of this device: which tags it may look under, and what lies there.

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
    /// Works out the mailboxes of this device.
    pub(super) fn mail(&self) -> Result<Mail> {
        let own = self.keys().public().sign;
        let mut agreed: HashMap<[u8; 32], Option<Zeroizing<[u8; 32]>>> = HashMap::new();
        let mut mail = Mail {
            boxes: Vec::new(),
            by_tag: HashMap::new(),
        };
        for circle in self.circles()? {
            let at = mail.boxes.len();
            let (roster, keyring) = (self.roster(&circle)?, self.keyring(&circle)?);
            let mut segments = Vec::new();
            for (group, epoch, key) in keyring.iter() {
                let tag = tag::of(&tag::segments(&circle.id, group, epoch, key));
                mail.by_tag.insert(tag, Lies::Segments(at));
                if group == Group::Members {
                    let notices = tag::of(&notice::mailbox(&circle.id, epoch, key));
                    mail.by_tag.insert(notices, Lies::Notices(at, *epoch));
                }
                segments.push((group, *epoch, tag));
            }
            let mut others = Vec::new();
            for (public, groups) in devices(&roster) {
                if public.sign == own {
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
            mail.boxes.push(Boxes {
                here: roster.standing.present(&own).is_some(),
                circle,
                others,
                keyring,
                segments,
            });
        }
        Ok(mail)
    }
}

/// Every device ever let in, and what it may read now.
fn devices(roster: &Roster) -> Vec<(DevicePublic, Option<Groups>)> {
    let members = roster.standing.members.values();
    let devices = members.flat_map(|member| member.devices.iter().map(move |d| (member, d)));
    devices
        .map(|(member, device)| {
            let present = member.present && device.removed.is_empty();
            (device.public, present.then_some(member.groups))
        })
        .collect()
}
