//! Sealed parcels of others that this device carries: bounded, oldest out first. It knows of each its label and its length,
//! and nothing else. Source: `SPEC.md`, Courier; docs/adr/0032.

use super::vault::Vault;
use crate::error::{Error, Result};
use crate::id::digest;
use crate::sync::parcel::tag::Tags;
use crate::sync::parcel::{Label, short};
use rusqlite::{OptionalExtension, Transaction, params};

/// The most parcels that are carried.
pub const PARCELS: u64 = 2_000;

/// The most bytes of all of them.
pub const BYTES: u64 = 16 * 1024 * 1024;

/// The most parcels of one device that left them, so that nobody crowds out all the others.
pub const PARCELS_OF_ONE: u64 = 500;

/// The most bytes of one device.
pub const BYTES_OF_ONE: u64 = 4 * 1024 * 1024;

/// How much is carried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// How many parcels.
    pub parcels: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl Vault {
    /// Lets this device carry sealed parcels, or have its own carried, while the vault is open; with a device that it
    /// does not know too, if that one wants the same.
    pub fn carry(&mut self, carries: bool) {
        self.carries = carries;
    }

    /// Whether [`Vault::carry`] was said.
    pub fn wants_carrying(&self) -> bool {
        self.carries
    }

    /// Whether others may leave sealed parcels here now: on a device of staff, where that was said, and as long as it
    /// carries any.
    ///
    /// # Errors
    /// Those of storage.
    pub fn is_courier(&self) -> Result<bool> {
        Ok(self.is_staff()? && (self.carries || self.carried()?.parcels > 0))
    }

    /// How much is carried for others.
    ///
    /// # Errors
    /// Those of storage.
    pub fn carried(&self) -> Result<Carried> {
        let sql = "select count(*), coalesce(sum(length(bytes)), 0) from carried";
        Ok(self.db.prepare_cached(sql)?.query_row([], counted)?)
    }

    /// What is carried in these mailboxes, oldest first.
    pub(crate) fn carried_under(&self, tags: &Tags) -> Result<Vec<(Label, u64)>> {
        let sql = "select tag, name, length(bytes) from carried order by no";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let (tag, name) = (row.get(0)?, row.get(1)?);
            if tags.contains(&tag) {
                let length = row.get::<_, i64>(2)?.unsigned_abs();
                found.push((Label { tag, name }, length));
            }
        }
        Ok(found)
    }

    /// The bytes of a parcel that is carried.
    pub(crate) fn carried_bytes(&self, label: &Label) -> Result<Option<Vec<u8>>> {
        let sql = "select bytes from carried where tag = ?1 and name = ?2";
        let mut statement = self.db.prepare_cached(sql)?;
        let named = params![label.tag.as_slice(), label.name.as_slice()];
        Ok(statement.query_row(named, |row| row.get(0)).optional()?)
    }

    /// Takes a parcel along, durably. Older ones make room: first those of the same device, then any. How many did.
    ///
    /// # Errors
    /// [`Error::Damaged`] for bytes that are not what the label says; those of storage.
    pub(crate) fn take_along(
        &mut self,
        giver: &[u8; 32],
        label: &Label,
        bytes: &[u8],
    ) -> Result<u64> {
        if !label.fits(bytes) || bytes.len() as u64 > BYTES_OF_ONE {
            return Err(Error::Damaged);
        }
        let giver = short(&digest(&[b"giver/1", giver]));
        let tx = Self::begin(&mut self.db)?;
        tx.execute(
            "insert into carried(tag, name, giver, bytes) values(?1, ?2, ?3, ?4) on conflict do nothing",
            params![label.tag.as_slice(), label.name.as_slice(), giver.as_slice(), bytes],
        )?;
        let mut gone = 0;
        while over(&tx, Some(&giver), PARCELS_OF_ONE, BYTES_OF_ONE)? {
            let sql =
                "delete from carried where no = (select min(no) from carried where giver = ?1)";
            gone += tx.execute(sql, params![giver.as_slice()])? as u64;
        }
        while over(&tx, None, PARCELS, BYTES)? {
            let sql = "delete from carried where no = (select min(no) from carried)";
            gone += tx.execute(sql, [])? as u64;
        }
        tx.commit()?;
        Ok(gone)
    }

    /// Lets go of a parcel.
    pub(crate) fn carry_no_more(&mut self, label: &Label) -> Result<()> {
        let sql = "delete from carried where tag = ?1 and name = ?2";
        let named = params![label.tag.as_slice(), label.name.as_slice()];
        self.db.prepare_cached(sql)?.execute(named)?;
        Ok(())
    }
}

/// Whether there is more than may be, of one giver or of all.
fn over(tx: &Transaction, giver: Option<&[u8; 16]>, parcels: u64, bytes: u64) -> Result<bool> {
    let sql = "select count(*), coalesce(sum(length(bytes)), 0) from carried where ?1 is null or giver = ?1";
    let giver = giver.map(<[u8; 16]>::as_slice);
    let carried = tx.prepare_cached(sql)?.query_row(params![giver], counted)?;
    Ok(carried.parcels > parcels || carried.bytes > bytes)
}

fn counted(row: &rusqlite::Row) -> rusqlite::Result<Carried> {
    Ok(Carried {
        parcels: row.get::<_, i64>(0)?.unsigned_abs(),
        bytes: row.get::<_, i64>(1)?.unsigned_abs(),
    })
}
