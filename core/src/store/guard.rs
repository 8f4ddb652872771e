//! What stands between the bytes another device hands over and the record.

use super::found::Handed;
use super::known;
use super::rebuild;
use super::vault::Circle;
use crate::error::{Error, Result};
use crate::record::Part;
use crate::record::change::ReadChange;
use crate::sync::walker::{self, Walked};
use rusqlite::Transaction;

/// Walks every change that was handed over. Nothing of them is decoded before all of them were walked.
pub(super) fn walk(handed: &[Handed]) -> Result<Vec<Walked<'_>>> {
    handed.iter().map(one).collect()
}

fn one(handed: &Handed) -> Result<Walked<'_>> {
    let walked = walker::change(&handed.bytes)?;
    if walked.actor() == handed.actor {
        Ok(walked)
    } else {
        Err(Error::Damaged)
    }
}

/// The highest counter of what a change stands on; `None` while any of it is not known in its part.
pub(super) fn stands_on(
    tx: &Transaction,
    circle: &Circle,
    part: &Part,
    read: &ReadChange,
) -> Result<Option<u64>> {
    let mut highest = 0;
    for dep in &read.head.deps {
        match known::reach(tx, circle, part, dep)? {
            Some(reach) => highest = highest.max(reach),
            None => return Ok(None),
        }
    }
    Ok(Some(highest))
}

/// Refuses a change whose counters do not follow those of what it stands on, up to `reach`, and one that stands on
/// nothing. Counters have 32 bits: a single change that leaps to their end would leave nobody else room to write.
pub(super) fn follows(reach: u64, part: &Part, read: &ReadChange) -> Result<()> {
    if read.makes.is_some() {
        return Ok(());
    }
    let highest = reach.max(part.first_nouns().len() as u64);
    if !read.head.deps.is_empty() && read.head.start_op == highest + 1 {
        Ok(())
    } else {
        Err(Error::Damaged)
    }
}

/// Merges a part on a scratch copy, saves it and loads it, inside a guard: an operation on an object that nobody made,
/// or one that replaces what nobody wrote, shows only there. Costs as much as compacting the part.
pub(super) fn try_out(tx: &Transaction, circle: &Circle, part: &Part) -> Result<()> {
    rebuild::folded(tx, circle, part).map(|_| ())
}
