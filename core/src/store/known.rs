//! Which changes are known, by name: asked before a change of another device is taken in, for just what it stands on.
//! The rows are filled when something arrives, with what was written since, so saving never waits for them.

use super::rebuild;
use super::vault::{self, Circle};
use crate::error::Result;
use crate::record::change::{self, Hash, ReadChange};
use crate::record::part::Part;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

/// The highest counter up to a change with this name in a part, the computed first one among them; `None` if no such
/// change is known there.
pub(super) fn reach(
    db: &Connection,
    circle: &Circle,
    part: &Part,
    hash: &Hash,
) -> Result<Option<u64>> {
    let sql = "select max_op from known where circle = ?1 and part = ?2 and hash = ?3";
    let found: Option<i64> = db
        .prepare_cached(sql)?
        .query_row(params![circle.no, part.as_str(), hash.as_slice()], |row| {
            row.get(0)
        })
        .optional()?;
    if let Some(reach) = found {
        return Ok(Some(reach.unsigned_abs()));
    }
    let first = change::first(&circle.id, part)?.hash == *hash;
    Ok(first.then(|| part.first_nouns().len() as u64))
}

/// Notes a change that was kept.
pub(super) fn note(
    tx: &Transaction,
    circle: &Circle,
    part: &Part,
    read: &ReadChange,
) -> Result<()> {
    let sql = "insert or ignore into known(circle, part, hash, max_op) values(?1, ?2, ?3, ?4)";
    tx.prepare_cached(sql)?.execute(params![
        circle.no,
        part.as_str(),
        read.hash.as_slice(),
        read.max_op() as i64
    ])?;
    Ok(())
}

/// Notes what was written since the rows were last filled; everything, the first time.
pub(super) fn catch_up(tx: &Transaction, circle: &Circle) -> Result<()> {
    match upto(tx, circle)? {
        Some(upto) if upto == vault::head(tx)?.n as i64 => return Ok(()),
        Some(upto) => {
            // Compacting catches up first, so that none of these lies in a snapshot.
            let sql = "select part, bytes from changes where circle = ?1 and n > ?2";
            let mut statement = tx.prepare_cached(sql)?;
            let mut rows = statement.query(params![circle.no, upto])?;
            while let Some(row) = rows.next()? {
                let part = Part::read(row.get::<_, String>(0)?);
                let bytes: Vec<u8> = row.get(1)?;
                note(tx, circle, &part, &change::read(&circle.id, &part, &bytes)?)?;
            }
        }
        None => {
            for (part, read, _) in rebuild::changes(tx, circle)? {
                note(tx, circle, &part, &read)?;
            }
        }
    }
    is_complete(tx, circle)
}

/// As [`catch_up`], before loose changes are folded away; nothing where nobody ever asked.
pub(super) fn catch_up_if_asked(tx: &Transaction, circle: &Circle) -> Result<()> {
    match upto(tx, circle)? {
        Some(_) => catch_up(tx, circle),
        None => Ok(()),
    }
}

/// Notes that everything kept up to now is among the rows.
pub(super) fn is_complete(tx: &Transaction, circle: &Circle) -> Result<()> {
    let newest = vault::head(tx)?.n as i64;
    tx.prepare_cached("insert or replace into known_upto(circle, n) values(?1, ?2)")?
        .execute(params![circle.no, newest])?;
    Ok(())
}

fn upto(tx: &Transaction, circle: &Circle) -> Result<Option<i64>> {
    Ok(tx
        .prepare_cached("select n from known_upto where circle = ?1")?
        .query_row(params![circle.no], |row| row.get(0))
        .optional()?)
}
