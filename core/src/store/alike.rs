//! Whether two devices have anything to say to each other: one hash over all that both may share, worked out afresh
//! for every meeting. If it is the same on both sides, a meeting would pass nothing.
//!
//! Whatever a meeting does must show in it, or be said beside it: who is in (heads of the access log), what was taken in
//! (streams, as before this meeting, so that a home that was put back is found), circles that only one side keeps or
//! that one erased, and a last day that went by on one clock. Source: `SPEC.md`, Session; docs/adr/0043.

use super::heal::Before;
use super::streams;
use super::sync::common_with;
use super::vault::{Circle, Vault};
use crate::error::Result;
use crate::id::{Id, digest};
use crate::record::Acting;
use crate::record::change::Hash;
use crate::sync::message::Have;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

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
    pub(super) circles: Vec<Shared>,
}

/// One circle of these.
pub(super) struct Shared {
    pub(super) circle: Circle,
    hash: [u8; 32],
    asks: bool,
    /// Whether something was signed for this very meeting.
    pub(super) grown: bool,
    /// The heads of the access log, ascending.
    pub(super) heads: Vec<Hash>,
    /// All this device has, as before this meeting.
    has: Have,
    /// What both have if the other's hash is the same; `None` where one is not in, or sharing has ended.
    pub(super) both: Option<Have>,
}

/// A circle as it is named where the whole is not the same: the beginnings of two hashes, which nobody can have chosen,
/// since both devices drew for them.
pub type Named = ([u8; 4], [u8; 6]);

impl Alike {
    /// The circles in which this device has nothing to ask beside what the hashes show, as named in a meeting in which
    /// both devices drew these bytes; but for those that were gone through already.
    pub(crate) fn named(&self, drawn: [[u8; 8]; 2], without: &BTreeSet<Id>) -> BTreeMap<Named, Id> {
        let mut drawn = drawn;
        drawn.sort_unstable();
        let salt = drawn.concat();
        let mut named = BTreeMap::new();
        let left = self.circles.iter();
        let left = left.filter(|shared| !without.contains(&shared.circle.id));
        for shared in left.filter(|shared| !shared.asks) {
            let (mut tag, mut hash) = ([0; 4], [0; 6]);
            let whole = digest(&[&salt, shared.circle.id.as_str().as_bytes()]);
            tag.copy_from_slice(&whole[..4]);
            hash.copy_from_slice(&digest(&[&salt, &shared.hash])[..6]);
            named.insert((tag, hash), shared.circle.id.clone());
        }
        named
    }

    /// The hash over all circles but these, and whether this device has something to ask of one of them.
    pub(crate) fn rest(&self, without: &BTreeSet<Id>) -> ([u8; SAID], bool) {
        let left = self.circles.iter();
        let left: Vec<&Shared> = left
            .filter(|shared| !without.contains(&shared.circle.id))
            .collect();
        let asks = left.iter().any(|shared| shared.asks);
        (over(left), asks)
    }

    /// What is told of these circles: the heads of their access logs, and what this device has.
    pub(crate) fn told(&self, of: &BTreeSet<Id>) -> Vec<(Id, Vec<Hash>, Have)> {
        let told = self.circles.iter();
        let told = told.filter(|shared| of.contains(&shared.circle.id));
        told.map(|shared| {
            (
                shared.circle.id.clone(),
                shared.heads.clone(),
                shared.has.clone(),
            )
        })
        .collect()
    }

    /// Those of the circles that are wanted.
    pub(crate) fn circles(&self, wanted: impl Fn(&Id) -> bool) -> BTreeMap<Id, Circle> {
        let circles = self.circles.iter().map(|shared| &shared.circle);
        let circles = circles.filter(|circle| wanted(&circle.id));
        circles
            .map(|circle| (circle.id.clone(), circle.clone()))
            .collect()
    }
}

/// The hash over some circles, which come in ascending order.
fn over<'a>(circles: impl IntoIterator<Item = &'a Shared>) -> [u8; SAID] {
    let mut hash = Sha256::new();
    hash.update(b"alike/1");
    for shared in circles {
        hash.update(shared.hash);
    }
    let whole: [u8; 32] = hash.finalize().into();
    let mut said = [0; SAID];
    said.copy_from_slice(&whole[..SAID]);
    said
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
        // One look at all of it: the lock of the file is taken once, not for each row.
        let reading = self.db.unchecked_transaction()?;
        let own = self.keys().public().sign;
        let today = acting.at.date_naive();
        let grown = before.circles_grown(&self.own_streams()?);
        let mut streams = streams::all(&self.db)?;
        let with_late = self.circles_with_late(device)?;
        let with_files = self.circles_with_files_to_ask()?;
        let mut circles = Vec::new();
        for (id, (circle, access)) in common_with(self, device)? {
            let standing = &access.roster.standing;
            let heads = access.roster.heads.clone();
            let (me, other) = (standing.present(&own), standing.present(device));
            let in_it = me.zip(other).map(|((_, me), (_, other))| (me, other));
            let goes_on = in_it.filter(|(me, other)| !me.is_over(today) && !other.is_over(today));
            let grown = grown.contains(&id);
            let (mut have, mut has, mut asks) = (Have::default(), Have::default(), grown);
            if let Some((me, other)) = goes_on {
                let here = streams.remove(&circle.no).unwrap_or_default().into_iter();
                have.streams = here.map(|stream| stream.reached).collect();
                if with_late.contains(&circle.no) {
                    have.late = self.late_in(&circle, device)?;
                }
                self.as_before(&circle, before, &mut have);
                has = have.clone();
                let groups = me.groups.common(other.groups);
                have.streams
                    .retain(|reached| groups.has_word(&reached.group));
                asks |= !have.late.is_empty()
                    || with_files.contains(&id)
                        && !(self.pieces_wanted(&circle)?.is_empty()
                            && self.pieces_unsure(&circle, other.groups)?.is_empty());
            }
            let said: (Id, &[Hash], bool, &Have) = (id, &heads, goes_on.is_some(), &have);
            let of_circle = digest(&[&postcard::to_stdvec(&said)?]);
            circles.push(Shared {
                circle,
                hash: of_circle,
                asks,
                grown,
                heads,
                has,
                both: goes_on.is_some().then_some(have),
            });
        }
        reading.commit()?;
        let asks = circles.iter().any(|shared| shared.asks);
        Ok(Alike {
            hash: over(&circles),
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
