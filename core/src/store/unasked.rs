//! What a device gives another unasked at the beginning of a meeting, by what that one said last, and what the other may
//! take in of it. Source: `SPEC.md`, Session; docs/adr/0046.

use super::alike::Alike;
use super::heal::Before;
use super::identity::device_id;
use super::streams;
use super::sync::{Gift, seen_of};
use super::vault::{Circle, Vault};
use crate::error::Result;
use crate::id::Id;
use crate::record::change::Hash;
use crate::sync::message::{Have, Reached};
use rusqlite::params;
use std::collections::{BTreeMap, BTreeSet};

/// The most bytes of segments that are given unasked of a record's groups of which the other has nothing yet: a snapshot
/// in their place would not be much smaller.
const FIRST_CAP: u64 = 4 * 1024;

/// The most bytes of segments that are given unasked in a meeting: in vain, if the other got them elsewhere meanwhile.
const UNASKED_CAP: u64 = 512 * 1024;

/// Under which this device remembers that it gave another something and has no receipt.
fn given_to(device: &[u8; 32]) -> String {
    format!("given {}", device_id(device))
}

impl Vault {
    /// The segments another device lacks by what it said last, by circle. None while a receipt of what it was given
    /// before is outstanding: what of that came to it is asked first, so that nothing is given twice after a cut. None
    /// either where they are very many, and of no circle in which a snapshot in their place may be smaller.
    ///
    /// # Errors
    /// Those of storage.
    pub(crate) fn news(&self, alike: &Alike, device: &[u8; 32]) -> Result<BTreeMap<Id, Vec<Gift>>> {
        let mut news = BTreeMap::new();
        if self.setting(&given_to(device))?.is_some() {
            return Ok(news);
        }
        let sql = "select circle, have from letter where device = ?1 and have is not null";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(params![device.as_slice()])?;
        let mut said: BTreeMap<i64, Have> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let have: Vec<u8> = row.get(1)?;
            said.insert(row.get(0)?, postcard::from_bytes(&have).unwrap_or_default());
        }
        let mut bytes = 0;
        for shared in &alike.circles {
            let (Some(both), Some(theirs)) = (&shared.both, said.get(&shared.circle.no)) else {
                continue;
            };
            let has = |word: &str| theirs.streams.iter().any(|stream| stream.group == word);
            let reached = both.streams.iter();
            let more = reached.filter(|reached| !theirs.has(reached));
            if !shared.grown && more.count() == 0 {
                continue;
            }
            let mut gifts = self.segments_lacking(&shared.circle, device, theirs)?;
            gifts.retain(|gift| !gift.is_by(device));
            let first = gifts.iter().filter(|gift| !has(gift.group()));
            if gifts.is_empty() || first.map(Gift::length).sum::<u64>() > FIRST_CAP {
                continue;
            }
            bytes += gifts.iter().map(Gift::length).sum::<u64>();
            news.insert(shared.circle.id.clone(), gifts);
        }
        if bytes > UNASKED_CAP {
            news.clear();
        }
        Ok(news)
    }

    /// Notes durably that a device is given something, before the first of it leaves.
    ///
    /// # Errors
    /// Those of storage.
    pub(crate) fn note_given(&mut self, device: &[u8; 32]) -> Result<()> {
        match self.setting(&given_to(device))? {
            Some(_) => Ok(()),
            None => self.set_setting(&given_to(device), &[1]),
        }
    }

    /// Notes that it has said what it has since.
    ///
    /// # Errors
    /// Those of storage.
    pub(crate) fn has_answered(&mut self, device: &[u8; 32]) -> Result<()> {
        if self.setting(&given_to(device))?.is_some() {
            let sql = "delete from meta where key = ?1";
            self.db.execute(sql, params![given_to(device)])?;
        }
        Ok(())
    }

    /// The circle, where what another device gives of it unasked may be taken in: both know the same of who is in,
    /// sharing goes on, and neither has more of what the other signed than that one says. Who has less of its own was
    /// put back, and what it signed since must not lie where others have what it lost.
    ///
    /// # Errors
    /// Those of storage.
    pub(crate) fn takes_unasked(
        &self,
        alike: &Alike,
        (id, mut heads, theirs): (&Id, Vec<Hash>, &Have),
        before: &Before,
        device: &[u8; 32],
    ) -> Result<Option<Circle>> {
        heads.sort_unstable();
        let mut shared = alike.circles.iter();
        let shared = shared.find(|shared| shared.circle.id == *id);
        let shared = shared.filter(|shared| shared.both.is_some() && shared.heads == heads);
        let Some(circle) = shared.map(|shared| &shared.circle) else {
            return Ok(None);
        };
        if self.was_put_back(circle, before, theirs) {
            return Ok(None);
        }
        for seen in seen_of(&self.db, circle, &[*device])? {
            for group in seen.groups.iter() {
                let reached = Reached {
                    group: group.as_str().to_owned(),
                    actor: seen.actor,
                    counter: seen.counter,
                };
                if !theirs.has(&reached) {
                    return Ok(None);
                }
            }
        }
        Ok(Some(circle.clone()))
    }

    /// Adds segments that are here, by their names, to what another device has.
    ///
    /// # Errors
    /// Those of storage.
    pub(crate) fn with_these(
        &self,
        circle: &Circle,
        names: &[Hash],
        theirs: &mut Have,
    ) -> Result<()> {
        let names: BTreeSet<&Hash> = names.iter().collect();
        let sql = "select name, counter from segment where circle = ?1 and share_group = ?2 and actor = ?3 and counter > ?4
                   order by counter desc";
        let mut statement = self.db.prepare_cached(sql)?;
        for here in streams::of(&self.db, circle)? {
            let here = here.reached;
            let after = i64::try_from(theirs.counter_in(&here)).unwrap_or(i64::MAX);
            let of = params![circle.no, here.group, here.actor.0.as_slice(), after];
            let mut rows = statement.query(of)?;
            while let Some(row) = rows.next()? {
                if names.contains(&row.get::<_, Hash>(0)?) {
                    let counter = row.get::<_, i64>(1)?.unsigned_abs();
                    theirs.add(Reached { counter, ..here });
                    break;
                }
            }
        }
        Ok(())
    }

    /// Whether another device has more of a circle than this one, of what this one reads.
    ///
    /// # Errors
    /// Those of storage.
    pub(crate) fn lacks_of(&self, circle: &Circle, theirs: &Have) -> Result<bool> {
        let own = self.keys().public().sign;
        let access = self.access(circle)?;
        let Some((_, me)) = access.roster.standing.present(&own) else {
            return Ok(true);
        };
        let have = self.have(circle, &own)?;
        let mut theirs = theirs.streams.iter();
        Ok(theirs.any(|reached| me.groups.has_word(&reached.group) && !have.has(reached)))
    }
}
