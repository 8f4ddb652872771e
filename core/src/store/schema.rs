//! Numbered migrations of what cannot be made again, and the projection, which is rebuilt instead.

use super::vault::{meta, set_meta};
use crate::error::{Error, Result};
use crate::id::digest;
use crate::record::Noun;
use rusqlite::Connection;

/// Only ever append.
const MIGRATIONS: &[&str] = &[
    include_str!("schema/001.sql"),
    include_str!("schema/002.sql"),
    include_str!("schema/003.sql"),
    include_str!("schema/004.sql"),
    include_str!("schema/005.sql"),
    include_str!("schema/006.sql"),
    include_str!("schema/007.sql"),
    include_str!("schema/008.sql"),
];

/// Raise when the rows of the projection change; it is then rebuilt at the next opening.
const PROJECTION: u8 = 6;

/// The version of the file, 0 for an empty one.
pub(super) fn version(db: &Connection) -> Result<usize> {
    let version: i64 = db.query_row("pragma user_version", [], |row| row.get(0))?;
    usize::try_from(version).map_err(|_| Error::Damaged)
}

/// The version of the files this code makes.
pub(super) fn newest() -> usize {
    MIGRATIONS.len()
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
    let projection = projection();
    if meta(db, "projection")?.as_deref() != Some(&projection[..]) {
        let tx = db.unchecked_transaction()?;
        empty_projection(&tx)?;
        super::rebuild::rebuild(&tx, &mut |_, _| true)?;
        set_meta(&tx, "projection", &projection)?;
        tx.commit()?;
    }
    Ok(())
}

/// What the rows were made by: their form, and the nouns that were known. A version that knows another noun finds
/// its things in the changes that an earlier one kept without reading them.
fn projection() -> Vec<u8> {
    let words = Noun::ALL.iter().map(|noun| noun.as_str());
    let nouns = digest(&[words.collect::<Vec<_>>().join(" ").as_bytes()]);
    [&[PROJECTION], &nouns[..8]].concat()
}

/// Drops and makes anew the tables of the projection.
pub(super) fn empty_projection(db: &Connection) -> Result<()> {
    Ok(db.execute_batch(include_str!("schema/projection.sql"))?)
}
