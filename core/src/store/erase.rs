//! Erasing a record on every device that has it: a tombstone is signed, and whoever learns of it keeps that and nothing
//! else. Source: `security.md` 10; docs/adr/0037.

use super::parcels::farewell;
use super::rebuild::mark;
use super::vault::{Circle, Vault};
use crate::circle::Roster;
use crate::circle::named::heads_for;
use crate::circle::operation::{Act, Operation};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::Acting;
use rusqlite::{OptionalExtension, Transaction, params};

impl Vault {
    /// Erases a record here and, as they learn of it, on all devices that have it: keys, rows, segments and files go.
    /// It cannot be undone.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] for who may not: it is for the person, or for the steward of a record nobody has claimed;
    /// and while a device of staff is in the person's hands.
    pub fn erase_record(&mut self, circle: &Circle, acting: Acting) -> Result<()> {
        self.is_in_own_hands()?;
        let log = self.access_log(circle)?;
        let at = acting.at.timestamp();
        let heads = heads_for(&log, &self.keys.public().sign, &[]);
        let tombstone = Operation::sign(&self.keys, &circle.id, &heads, at, Act::Tombstone)?;
        if !self.take_tombstone(circle, &tombstone)? {
            return Err(Error::NotAllowed);
        }
        Ok(())
    }

    /// Erases a record on this device alone; others keep what they have.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] while a device of staff is in the person's hands; those of storage.
    pub fn forget_record(&mut self, circle: &Circle) -> Result<()> {
        self.is_in_own_hands()?;
        self.drop_record(circle, None)
    }

    /// The tombstone of a record that was erased here, for devices that do not know yet.
    ///
    /// # Errors
    /// Those of storage.
    pub fn tombstone(&self, circle: &Id) -> Result<Option<Vec<u8>>> {
        let sql = "select bytes from tombstone where circle = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        Ok(statement
            .query_row(params![circle.as_str()], |row| row.get(0))
            .optional()?)
    }

    /// Whether a record that was erased here stays so, by what another device tells of who is in: it does unless that knows
    /// who had it erased, and that they may not. A steward after the claim, or a phone that was taken out, is believed by
    /// who has not heard of that yet.
    pub(super) fn stays_erased(&self, circle: &Id, told: &Roster) -> Result<bool> {
        let Some(bytes) = self.tombstone(circle)? else {
            return Ok(false);
        };
        let Ok(tombstone) = Operation::read_kept(&bytes) else {
            return Ok(true);
        };
        let author = &tombstone.author;
        Ok(told.whose(author).is_none() || told.standing.may_erase(author))
    }

    /// The records that were erased here.
    ///
    /// # Errors
    /// Those of storage.
    pub fn erased(&self) -> Result<Vec<Id>> {
        let sql = "select circle from tombstone order by circle";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok(Id::read(row.get::<_, String>(0)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Takes in that a record is to be erased, if its author may say so by what is known here. What the tombstone
    /// stands on need not have arrived: who erased their own copy cannot hand that on any more.
    pub(super) fn take_tombstone(
        &mut self,
        circle: &Circle,
        operation: &Operation,
    ) -> Result<bool> {
        let rightful = operation.act == Act::Tombstone
            && operation.circle == circle.id
            && self.roster(circle)?.standing.may_erase(&operation.author);
        if rightful {
            self.drop_record(circle, Some(operation))?;
        }
        Ok(rightful)
    }

    fn drop_record(&mut self, circle: &Circle, tombstone: Option<&Operation>) -> Result<()> {
        if self.visit()?.is_some_and(|visit| visit.person == circle.id) {
            self.set_setting("visit", &[])?;
        }
        if self.chosen()?.is_some_and(|chosen| chosen == *circle) {
            self.choose(None)?;
        }
        let last = match tombstone {
            Some(tombstone) => self.farewells(circle, tombstone)?,
            None => Vec::new(),
        };
        let tx = Self::begin(&mut self.db)?;
        drop_rows(&tx, circle)?;
        farewell::keep(&tx, &last)?;
        // The index of words remembers what was deleted until its pieces are merged.
        tx.execute("insert into search(search) values('optimize')", [])?;
        let mut head = None;
        if let Some(tombstone) = tombstone {
            tx.execute(
                "insert or replace into tombstone(circle, bytes) values(?1, ?2)",
                params![circle.id.as_str(), tombstone.bytes],
            )?;
            head = Some(mark(&tx, &tombstone.bytes)?);
        }
        tx.commit()?;
        if let Some(head) = head {
            self.witnessed(&head);
        }
        self.leave_no_trace()
    }

    /// Writes the file anew without its free pages, and empties the log beside it.
    fn leave_no_trace(&self) -> Result<()> {
        for step in [
            "wal_checkpoint(truncate)",
            "vacuum",
            "wal_checkpoint(truncate)",
        ] {
            let sql = if step == "vacuum" {
                step.into()
            } else {
                format!("pragma {step}")
            };
            self.db.execute_batch(&sql)?;
        }
        Ok(())
    }
}

/// Takes back that a record was erased here.
pub(super) fn take_back(tx: &Transaction, circle: &Id) -> Result<()> {
    let sql = "delete from tombstone where circle = ?1";
    tx.execute(sql, params![circle.as_str()])?;
    Ok(())
}

/// Removes every row of a record.
pub(super) fn drop_rows(tx: &Transaction, circle: &Circle) -> Result<()> {
    for table in tables_by_circle(tx)? {
        tx.execute(
            &format!("delete from {table} where circle = ?1"),
            params![circle.no],
        )?;
    }
    tx.execute("delete from circle where no = ?1", params![circle.no])?;
    Ok(())
}

/// Every table whose rows belong to a circle, those of later versions among them; the index of words is one of them,
/// the tables it is made of are not.
fn tables_by_circle(tx: &Transaction) -> Result<Vec<String>> {
    let sql = "select m.name from sqlite_schema m join pragma_table_info(m.name) c
               where m.type = 'table' and c.name = 'circle' and m.name <> 'tombstone'
                 and substr(m.name, 1, 7) <> 'search_'";
    let mut statement = tx.prepare(sql)?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<std::result::Result<_, _>>()?)
}
