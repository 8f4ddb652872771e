//! What is not in a record here although it exists: segments kept aside, by who wrote them and why, and streams of which
//! another device said that it has more.
//!
//! Source: `security.md` 5 (what waits is shown) and 10 (a device that knows of more says so).

use super::take::{LATE, LATE_VIEWS, MAY_PASS};
use super::vault::{Circle, Vault};
use crate::error::Result;
use crate::record::part::Actor;
use crate::sync::message::Have;
use rusqlite::params;
use std::collections::{BTreeMap, BTreeSet};

/// Why a segment is kept aside, as far as a person can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A key, or what it stands on, is not here yet.
    Waits,
    /// Its device wrote something else in the same place, before it was put back to an earlier day.
    Forked,
    /// What it says is against the rules of sharing.
    Refused,
}

impl Why {
    /// As `status` names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Why::Waits => "waits",
            Why::Forked => "forked",
            Why::Refused => "refused",
        }
    }

    /// `None` for what waits for a decision: that has a page of its own (`circle late`).
    fn of(reason: &str) -> Option<Why> {
        match reason {
            LATE | LATE_VIEWS => None,
            "fork" => Some(Why::Forked),
            reason if MAY_PASS.contains(&reason) => Some(Why::Waits),
            _ => Some(Why::Refused),
        }
    }
}

/// Segments of one device that are kept aside for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptAside {
    /// The device, where it could be told.
    pub device: Option<[u8; 32]>,
    /// Why.
    pub why: Why,
    /// How many there are.
    pub count: u64,
}

impl Vault {
    /// What of a record is kept aside.
    ///
    /// # Errors
    /// Those of storage.
    pub fn kept_aside(&self, circle: &Circle) -> Result<Vec<KeptAside>> {
        let sql = "select device, reason, count(*) from waiting where circle = ?1 group by device, reason";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(params![circle.no])?;
        let mut kept: BTreeMap<_, u64> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let reason: String = row.get(1)?;
            if let Some(why) = Why::of(&reason) {
                *kept.entry((row.get(0)?, why)).or_default() +=
                    row.get::<_, i64>(2)?.unsigned_abs();
            }
        }
        let kept = kept.into_iter();
        Ok(kept
            .map(|((device, why), count)| KeptAside { device, why, count })
            .collect())
    }

    /// How many streams of a record others have more of than came here, by what those who are in said last. What came and
    /// is kept aside is here.
    ///
    /// # Errors
    /// Those of storage.
    pub fn known_missing(&self, circle: &Circle) -> Result<usize> {
        let access = self.access(circle)?;
        let standing = &access.roster.standing;
        let own = self.keys().public().sign;
        let Some((_, me)) = standing.present(&own) else {
            return Ok(0);
        };
        let here = self.come_here(circle)?;
        let mut statement = self.db.prepare_cached(
            "select device, have from letter where circle = ?1 and have is not null",
        )?;
        let mut rows = statement.query(params![circle.no])?;
        let mut missing = BTreeSet::new();
        while let Some(row) = rows.next()? {
            let (device, have): ([u8; 32], Vec<u8>) = (row.get(0)?, row.get(1)?);
            if standing.present(&device).is_none() {
                continue;
            }
            let have: Have = postcard::from_bytes(&have).unwrap_or_default();
            let more = have.streams.into_iter().filter(|reached| {
                let stream = (reached.group.clone(), reached.actor);
                me.groups.has_word(&reached.group)
                    && here.get(&stream).is_none_or(|n| reached.counter > *n)
            });
            missing.extend(more.map(|reached| (reached.group, reached.actor)));
        }
        Ok(missing.len())
    }

    /// How far each stream of a record came to this device, taken in or kept aside.
    fn come_here(&self, circle: &Circle) -> Result<BTreeMap<(String, Actor), u64>> {
        let sql = "select share_group, actor, max(counter) from
                     (select share_group, actor, counter from stream where circle = ?1
                      union all select share_group, actor, counter from waiting where circle = ?1 and actor is not null)
                   group by share_group, actor";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map(params![circle.no], |row| {
            let stream = (row.get(0)?, Actor(row.get(1)?));
            Ok((stream, row.get::<_, i64>(2)?.unsigned_abs()))
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }
}
