//! Reading a vault, through its own connection or through a second one that never waits for a long write.

use super::key_vault::KeyVault;
use super::rows::{self, Scope};
use super::vault::{self, Circle, Vault};
use crate::circle::Groups;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::{Actor, Group, Part, Record};
use crate::view::page::Around;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, Params, Row, params};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What can be read of a vault at one moment.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub(super) db: &'a Connection,
    pub(super) actor: Actor,
    pub(super) now: Option<DateTime<Utc>>,
}

/// A second connection to an open vault, for reading alone. It sees everything that is committed, and neither waits
/// for a write nor makes one wait.
pub struct Reader {
    db: Connection,
    actor: Actor,
}

/// Where a vault's second connection is opened.
#[derive(Clone, Debug)]
pub struct Beside {
    path: PathBuf,
    actor: Actor,
}

impl Reader {
    /// What can be read now.
    pub fn reading(&self, now: DateTime<Utc>) -> Reading<'_> {
        Reading {
            db: &self.db,
            actor: self.actor,
            now: Some(now),
        }
    }
}

impl Vault {
    /// What can be read now, through the vault's own connection.
    pub fn reading(&self) -> Reading<'_> {
        Reading {
            db: &self.db,
            actor: self.actor,
            now: self.now,
        }
    }

    /// Where a second connection can be opened: to be asked beforehand, as nobody can ask a vault that is being
    /// written to.
    pub fn beside(&self) -> Beside {
        Beside {
            path: self.home.join(vault::VAULT),
            actor: self.actor,
        }
    }
}

impl Beside {
    /// Opens a second connection, for reading alone.
    ///
    /// # Errors
    /// Those of the key vault and of the storage.
    pub fn open(&self, key_vault: &dyn KeyVault) -> Result<Reader> {
        let key = key_vault.load()?.ok_or(Error::WrongKey)?;
        let db = vault::connect(&self.path, &key)?;
        db.execute_batch("pragma query_only = on")?;
        Ok(Reader {
            db,
            actor: self.actor,
        })
    }
}

/// A record by its number, id and member, which come first in a row.
pub(super) fn circle(row: &Row<'_>) -> rusqlite::Result<Circle> {
    Ok(Circle {
        no: row.get(0)?,
        id: Id::read(row.get::<_, String>(1)?),
        member: Id::read(row.get::<_, String>(2)?),
    })
}

/// The numbers of the records that a statement names in its first column: in one look at all of them.
pub(super) fn circles_named(
    db: &Connection,
    sql: &str,
    with: impl Params,
) -> Result<BTreeSet<i64>> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(with, |row| row.get(0))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

impl Reading<'_> {
    /// The records kept here, the own one first, then in the order they were added.
    pub fn circles(&self) -> Result<Vec<Circle>> {
        let sql = "select no, id, member from circle order by own desc, no";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map([], circle)?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// A setting of this device (never a person's words).
    pub fn setting(&self, key: &str) -> Result<Option<Vec<u8>>> {
        vault::meta(self.db, key)
    }

    /// Reads a record as far as `scope` says. With [`Scope::Live`], which only pages ask for, it does not say
    /// what is known of each part.
    pub fn record(&self, circle: &Circle, scope: &Scope) -> Result<Record> {
        let tx = self.db.unchecked_transaction()?;
        let mut record = match scope {
            Scope::Live => rows::load_to_read(&tx, circle, self.actor, scope)?,
            _ => rows::load(&tx, circle, self.actor, scope)?,
        };
        record.now = self.now;
        tx.commit()?;
        Ok(record)
    }

    /// Adds the entries of a plan from a day on to a record that was read without them.
    pub fn load_entries(
        &self,
        circle: &Circle,
        record: &mut Record,
        plan: &Id,
        from: NaiveDate,
    ) -> Result<()> {
        rows::load_entries(self.db, circle, record, plan, from)
    }

    /// What was typed on a page and not finished.
    pub fn draft(&self, circle: &Circle, page: &str) -> Result<Option<String>> {
        super::draft::read(self.db, circle, page)
    }

    /// What pages need to know beside the record: what waits to be sent, and which pages have a draft, newest first.
    pub fn around(&self, circle: &Circle) -> Result<Around> {
        let pages = "select page from draft where circle = ?1 order by at desc, page";
        let mut statement = self.db.prepare_cached(pages)?;
        let drafts = statement.query_map(params![circle.no], |row| row.get(0))?;
        Ok(Around {
            waiting: self.waiting(circle)?,
            drafts: drafts.collect::<std::result::Result<_, _>>()?,
        })
    }

    /// How many acts of this device wait to be sent: in parts that somebody else may read, and not acknowledged yet.
    fn waiting(&self, circle: &Circle) -> Result<u64> {
        let sql = "select others from circle where no = ?1";
        let others: Option<u8> = self
            .db
            .prepare_cached(sql)?
            .query_row(params![circle.no], |row| row.get(0))?;
        let Some(others) = others.map(Groups::from_bits) else {
            return Ok(0);
        };
        let sql = "select part, own_seq - sent from cursor where circle = ?1 and own_seq > sent";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(params![circle.no])?;
        let mut waiting = 0;
        while let Some(row) = rows.next()? {
            let part = Part::read(row.get::<_, String>(0)?);
            let read = part.group().is_some_and(|group| others.has(group));
            if read && part.group() != Some(Group::Members) {
                waiting += row.get::<_, i64>(1)?.unsigned_abs();
            }
        }
        Ok(waiting)
    }
}
