//! Changes of this device, and of who it goes on for, that no signature speaks for yet.

use super::reading::circles_named;
use super::rebuild;
use super::vault::Circle;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::change;
use crate::record::part::{Actor, Part};
use crate::sync::segment::{CUT_AT, Carried, Tip};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// Changes as a segment carries them, each with its tip; a computed one has none.
pub(super) type Changes = Vec<(Carried, Option<Tip>)>;

/// Changes of this device that no segment covers yet, in one part.
pub(super) struct Unsigned {
    pub(super) part: Part,
    pub(super) actor: Actor,
    /// The device of that incarnation.
    pub(super) device: Id,
    from: u64,
    to: u64,
}

/// What this device wrote and did not sign, and incarnations before it that it goes on for.
pub(super) fn all(db: &Connection, circle: &Circle, actor: Actor) -> Result<Vec<Unsigned>> {
    let sql = "select part, ?2, signed, own_seq, (select device from actor where circle = ?1 and actor = ?2)
               from cursor where circle = ?1 and own_seq > signed
               union all
               select tip.part, tip.actor, tip.signed, tip.seq, actor.device from tip join actor using (circle, actor)
               where tip.circle = ?1 and tip.seq > tip.signed and (actor.continued
                     or actor.device = (select device from actor where circle = ?1 and actor = ?2))
               order by 1, 2";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![circle.no, actor.0.as_slice()], |row| {
        Ok(Unsigned {
            part: Part::read(row.get::<_, String>(0)?),
            actor: Actor(row.get(1)?),
            from: row.get::<_, i64>(2)?.unsigned_abs() + 1,
            to: row.get::<_, i64>(3)?.unsigned_abs(),
            device: Id::read(row.get::<_, String>(4)?),
        })
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// The circles in which [`all`] may find something, by their numbers.
pub(super) fn circles(db: &Connection, actor: Actor, device: &Id) -> Result<BTreeSet<i64>> {
    beyond("signed", db, actor, device)
}

/// The circles in which something of this device, or of who it goes on for, was not heard to be elsewhere.
pub(super) fn unheard(db: &Connection, actor: Actor, device: &Id) -> Result<BTreeSet<i64>> {
    beyond("sent", db, actor, device)
}

/// The circles in which this device, or who it goes on for, wrote beyond what a column counts.
fn beyond(column: &str, db: &Connection, actor: Actor, device: &Id) -> Result<BTreeSet<i64>> {
    let sql = format!(
        "select circle from cursor where own_seq > {column}
         union select tip.circle from actor cross join tip using (circle, actor)
         where (actor.continued or actor.device = ?2) and actor.actor <> ?1 and tip.seq > tip.{column}"
    );
    circles_named(db, &sql, params![actor.0.as_slice(), device.as_str()])
}

/// The changes of one part that are to be signed, computed ones that go along among them.
pub(super) fn changes_of(db: &Connection, circle: &Circle, wanted: &Unsigned) -> Result<Changes> {
    let mut statement = db.prepare_cached(
        "select bytes from changes where circle = ?1 and part = ?2 and actor = ?3 and seq >= ?4 and seq <= ?5 order by seq",
    )?;
    let rows = statement.query_map(
        params![
            circle.no,
            wanted.part.as_str(),
            wanted.actor.0.as_slice(),
            wanted.from as i64,
            wanted.to as i64
        ],
        |row| row.get::<_, Vec<u8>>(0),
    )?;
    let loose: Vec<Vec<u8>> = rows.collect::<std::result::Result<_, _>>()?;
    let count = wanted.to - wanted.from + 1;
    let mut found = computed(db, circle, wanted)?;
    for bytes in &loose {
        found.push(carried(circle, wanted, bytes)?);
    }
    if loose.len() as u64 == count {
        return Ok(found);
    }
    // Some were folded into a snapshot before they were signed, computed ones among them.
    found.clear();
    let mut reached = wanted.from == 1;
    for bytes in rebuild::changes_of(db, circle, &wanted.part)? {
        let read = change::read(&circle.id, &wanted.part, &bytes)?;
        let own = read.head.actor == wanted.actor;
        if own && (wanted.from..=wanted.to).contains(&read.head.seq)
            || reached && read.makes.is_some()
        {
            found.push(carried(circle, wanted, &bytes)?);
        }
        reached |= own && read.head.seq + 1 >= wanted.from;
    }
    let own = found.iter().filter(|(_, tip)| tip.is_some()).count();
    if own as u64 == count {
        Ok(found)
    } else {
        Err(Error::Damaged)
    }
}

/// A change as a segment carries it, with its tip; a computed one has none.
fn carried(circle: &Circle, wanted: &Unsigned, bytes: &[u8]) -> Result<(Carried, Option<Tip>)> {
    let part = wanted.part.clone();
    let read = change::read(&circle.id, &part, bytes)?;
    let tip = read.makes.is_none().then(|| Tip {
        part: part.clone(),
        seq: read.head.seq,
        hash: read.hash,
    });
    let bytes = bytes.to_vec();
    Ok((Carried { part, bytes }, tip))
}

/// Computed changes of a part, which are nobody's: they go along, so that a version without their noun has them too.
fn computed(db: &Connection, circle: &Circle, wanted: &Unsigned) -> Result<Changes> {
    let mut statement = db.prepare_cached(
        "select bytes from changes where circle = ?1 and part = ?2
           and actor not in (select actor from actor where circle = ?1)
           and n > coalesce((select max(n) from changes
                             where circle = ?1 and part = ?2 and actor = ?3 and seq < ?4), 0) order by n",
    )?;
    let rows = statement.query_map(
        params![
            circle.no,
            wanted.part.as_str(),
            wanted.actor.0.as_slice(),
            wanted.from as i64
        ],
        |row| row.get(0),
    )?;
    let mut all = Vec::new();
    for row in rows {
        let part = wanted.part.clone();
        all.push((Carried { part, bytes: row? }, None));
    }
    Ok(all)
}

/// Lays changes together up to [`CUT_AT`] bytes; a larger one goes alone.
pub(super) fn pieces(changes: Changes) -> Vec<Changes> {
    let mut pieces: Vec<Changes> = Vec::new();
    let mut size = CUT_AT;
    for change in changes {
        size += change.0.bytes.len();
        match pieces.last_mut() {
            // Computed changes never stand alone: a segment is somebody's.
            Some(piece) if size <= CUT_AT || piece.iter().all(|(_, tip)| tip.is_none()) => {
                piece.push(change);
            }
            _ => {
                size = change.0.bytes.len();
                pieces.push(vec![change]);
            }
        }
    }
    pieces
}
