//! Numbered migrations of what cannot be made again, and the projection, which is rebuilt instead.

use super::vault::{meta, set_meta};
use crate::error::{Error, Result};
use rusqlite::Connection;

/// Only ever append.
const MIGRATIONS: &[&str] = &[include_str!("schema/001.sql")];

/// Raise when the rows of the projection change; it is then rebuilt at the next opening.
const PROJECTION: u8 = 1;

/// The version of the file, 0 for an empty one.
pub(super) fn version(db: &Connection) -> Result<usize> {
    let version: i64 = db.query_row("pragma user_version", [], |row| row.get(0))?;
    usize::try_from(version).map_err(|_| Error::Damaged)
}

/// Brings the file up to this version; refuses a file of a newer one.
pub(super) fn migrate(db: &Connection) -> Result<()> {
    let from = version(db)?;
    if from > MIGRATIONS.len() {
        return Err(Error::Usage {
            what: "a vault of a newer version",
        });
    }
    for (at, sql) in MIGRATIONS.iter().enumerate().skip(from) {
        let tx = db.unchecked_transaction()?;
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "user_version", at as i64 + 1)?;
        tx.commit()?;
    }
    if meta(db, "projection")?.as_deref() != Some(&[PROJECTION]) {
        let tx = db.unchecked_transaction()?;
        empty_projection(&tx)?;
        super::rebuild::rebuild(&tx)?;
        set_meta(&tx, "projection", &[PROJECTION])?;
        tx.commit()?;
    }
    Ok(())
}

/// Drops and makes anew the tables of the projection.
pub(super) fn empty_projection(db: &Connection) -> Result<()> {
    Ok(db.execute_batch(include_str!("schema/projection.sql"))?)
}
