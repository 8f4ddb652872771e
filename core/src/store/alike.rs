//! Whether two devices have anything to say to each other: one hash over all that both may share, worked out afresh
//! for every meeting. If it is the same on both sides, a meeting would pass nothing.
//!
//! Whatever a meeting does must show in it, or be said beside it: who is in (heads of the access log), what was taken in
//! (streams, as before this meeting, so that a home that was put back is found), circles that only one side keeps or
//! that one erased, and a last day that went by on one clock. Source: `SPEC.md`, Session; docs/adr/0043.

use super::heal::Before;
use super::sync::common;
use super::vault::{Circle, Vault};
use crate::error::Result;
use crate::id::{Id, digest};
use crate::record::Acting;
use crate::sync::message::Have;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Bytes of the hash that are said.
pub const SAID: usize = 16;

/// What both devices of a meeting have, as this one sees it.
pub struct Alike {
    /// The hash over all of it.
    pub hash: [u8; SAID],
    /// Whether this device has something to say or to ask that no hash can show: something signed for this very
    /// meeting, or pieces of files.
    pub asks: bool,
    /// The circles both are or were in.
    circles: Vec<Shared>,
}

/// One circle of these.
struct Shared {
    circle: Circle,
    hash: [u8; 32],
    asks: bool,
    /// What both have if the other's hash is the same; `None` where one is not in, or sharing has ended.
    both: Option<Have>,
}

/// A circle as it is named where the whole is not the same: the beginnings of two hashes, which nobody can have chosen,
/// since both devices drew for them.
pub type Named = ([u8; 4], [u8; 6]);

impl Alike {
    /// The circles in which this device has nothing to ask beside what the hashes show, as named in a meeting in which
    /// both devices drew these bytes.
    pub(crate) fn named(&self, drawn: [[u8; 8]; 2]) -> BTreeMap<Named, &Circle> {
        let mut drawn = drawn;
        drawn.sort_unstable();
        let salt = drawn.concat();
        let mut named = BTreeMap::new();
        for shared in self.circles.iter().filter(|shared| !shared.asks) {
            let (mut tag, mut hash) = ([0; 4], [0; 6]);
            let whole = digest(&[&salt, shared.circle.id.as_str().as_bytes()]);
            tag.copy_from_slice(&whole[..4]);
            hash.copy_from_slice(&digest(&[&salt, &shared.hash])[..6]);
            named.insert((tag, hash), &shared.circle);
        }
        named
    }
}

impl Vault {
    /// Works out what this device and another both have. `before` is how far own streams had come before the meeting.
    ///
    /// # Errors
    /// Those of storage.
    pub(crate) fn alike(
        &self,
        device: &[u8; 32],
        before: &Before,
        acting: Acting,
    ) -> Result<Alike> {
        let own = self.keys().public().sign;
        let today = acting.at.date_naive();
        let mut hash = Sha256::new();
        hash.update(b"alike/1");
        let grown = before.circles_grown(&self.own_streams()?);
        let mut circles = Vec::new();
        for (id, circle) in common(self, device)? {
            let access = self.access(&circle)?;
            let standing = &access.roster.standing;
            let mut heads = access.roster.heads.clone();
            heads.sort_unstable();
            let (me, other) = (standing.present(&own), standing.present(device));
            let in_it = me.zip(other).map(|((_, me), (_, other))| (me, other));
            let goes_on = in_it.filter(|(me, other)| !me.is_over(today) && !other.is_over(today));
            let (mut have, mut asks) = (Have::default(), grown.contains(&id));
            if let Some((me, other)) = goes_on {
                have = self.have(&circle, device)?;
                self.as_before(&circle, before, &mut have);
                let groups = me.groups.common(other.groups);
                let read = |word: &str| groups.iter().any(|group| group.as_str() == word);
                have.streams.retain(|reached| read(&reached.group));
                asks |= !have.late.is_empty()
                    || !self.pieces_wanted(&circle)?.is_empty()
                    || !self.pieces_unsure(&circle, other.groups)?.is_empty();
            }
            let said: (Id, _, bool, &Have) = (id, heads, goes_on.is_some(), &have);
            let of_circle = digest(&[&postcard::to_stdvec(&said)?]);
            hash.update(of_circle);
            circles.push(Shared {
                circle,
                hash: of_circle,
                asks,
                both: goes_on.is_some().then_some(have),
            });
        }
        let whole: [u8; 32] = hash.finalize().into();
        let mut hash = [0; SAID];
        hash.copy_from_slice(&whole[..SAID]);
        let asks = circles.iter().any(|shared| shared.asks);
        Ok(Alike {
            hash,
            asks,
            circles,
        })
    }

    /// Notes that another device has just what this one has of these circles, as by a receipt.
    ///
    /// # Errors
    /// Those of storage.
    pub(crate) fn met_alike(
        &mut self,
        alike: &Alike,
        in_these: impl Fn(&Id) -> bool,
        device: &[u8; 32],
        acting: Acting,
    ) -> Result<()> {
        let these = alike.circles.iter();
        let these = these.filter(|shared| in_these(&shared.circle.id));
        let both = these.filter_map(|shared| Some((&shared.circle, shared.both.as_ref()?)));
        self.all_acknowledged(both, device, acting)
    }
}
