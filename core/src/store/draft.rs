//! Half-done answers, kept per page on this device only, and the answers dropped while the vault was locked.

use super::drop_box::DroppedAnswer;
use super::rebuild::mark;
use super::vault::{Circle, Vault};
use super::witness::Head;
use crate::error::Result;
use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

impl Vault {
    /// Keeps what was typed on a page; an empty text forgets it.
    pub fn put_draft(
        &mut self,
        circle: &Circle,
        page: &str,
        text: &str,
        at: DateTime<FixedOffset>,
    ) -> Result<()> {
        let tx = Self::begin(&mut self.db)?;
        let head = put(&tx, circle, page, text, at)?;
        tx.commit()?;
        self.witnessed(&head);
        Ok(())
    }

    /// What was typed on a page and not finished.
    pub fn draft(&self, circle: &Circle, page: &str) -> Result<Option<String>> {
        self.reading().draft(circle, page)
    }

    /// All unfinished pages and their texts.
    pub fn drafts(&self, circle: &Circle) -> Result<Vec<(String, String)>> {
        let mut statement = self
            .db
            .prepare("select page, text from draft where circle = ?1 order by page")?;
        let rows = statement.query_map(params![circle.no], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Whether a dropped answer was added before.
    pub fn was_dropped(&self, answer: &DroppedAnswer) -> Result<bool> {
        let sql = "select 1 from dropped where id = ?1";
        Ok(self
            .db
            .query_row(sql, params![answer.id.as_slice()], |_| Ok(()))
            .optional()?
            .is_some())
    }
}

pub(super) fn read(db: &Connection, circle: &Circle, page: &str) -> Result<Option<String>> {
    let sql = "select text from draft where circle = ?1 and page = ?2";
    Ok(db
        .query_row(sql, params![circle.no, page], |row| row.get(0))
        .optional()?)
}

pub(super) fn put(
    tx: &Transaction,
    circle: &Circle,
    page: &str,
    text: &str,
    at: DateTime<FixedOffset>,
) -> Result<Head> {
    if text.is_empty() {
        tx.execute(
            "delete from draft where circle = ?1 and page = ?2",
            params![circle.no, page],
        )?;
    } else {
        tx.execute(
            "insert or replace into draft(circle, page, text, at) values(?1, ?2, ?3, ?4)",
            params![circle.no, page, text, at.timestamp()],
        )?;
    }
    mark(tx, text.as_bytes())
}
