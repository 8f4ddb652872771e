//! Views noted on this device until they are written into the record: one small write a day and share group, and one
//! change for all of them when a link opens.

use super::reading::circles_named;
use super::vault::{Circle, Vault};
use crate::circle::Groups;
use crate::clock::zone::parse_day;
use crate::error::{Error, Result};
use crate::record::Acting;
use crate::saw::{self, GROUPS, View};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;

impl Vault {
    /// Notes that this device showed something of these share groups of a record. Nothing is noted of one's own record,
    /// of groups this device was not given, or once sharing has ended.
    ///
    /// # Errors
    /// Those of storage.
    pub fn note_view(&mut self, circle: &Circle, shown: Groups, acting: Acting) -> Result<()> {
        let sql = "select role, share_groups, ended from circle where no = ?1";
        type Row = (Option<String>, Option<u8>, bool);
        let row: Option<Row> = self
            .db
            .prepare_cached(sql)?
            .query_row(params![circle.no], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        let Some((role, groups, ended)) = row else {
            return Ok(());
        };
        let own = role.as_deref() == Some("person") || *circle == self.own()?;
        let may_read = groups.map_or(Groups::EVERYTHING, Groups::from_bits);
        if own || ended || self.has_ended(circle, acting)? {
            return Ok(());
        }
        let day = acting.at.date_naive().to_string();
        for group in GROUPS
            .into_iter()
            .filter(|g| shown.common(may_read).has(*g))
        {
            let noted = self
                .db
                .prepare_cached(
                    "select 1 from viewed where circle = ?1 and day = ?2 and share_group = ?3",
                )?
                .exists(params![circle.no, day, group.as_str()])?;
            if !noted {
                self.db
                    .prepare_cached(
                        "insert into viewed(circle, day, share_group, at) values(?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![
                        circle.no,
                        day,
                        group.as_str(),
                        acting.at.timestamp()
                    ])?;
            }
        }
        Ok(())
    }

    /// Writes the views that were noted into the record, as one change.
    pub(super) fn write_views(&mut self, circle: &Circle, acting: Acting) -> Result<()> {
        let views = self.unwritten(circle)?;
        if views.is_empty() {
            return Ok(());
        }
        let written = self.act(circle, &super::Scope::All, acting, |acts| {
            saw::write(acts, &views)
        });
        match written {
            Ok(_) => {}
            // Who may not write here any more says no more about it.
            Err(Error::NotAllowed | Error::SharingEnded) => {}
            Err(error) => return Err(error),
        }
        let today = acting.at.date_naive().to_string();
        self.db.execute(
            "update viewed set written = 1 where circle = ?1",
            params![circle.no],
        )?;
        self.db.execute(
            "delete from viewed where circle = ?1 and written = 1 and day < ?2",
            params![circle.no, today],
        )?;
        Ok(())
    }

    /// The circles with views to write, by their numbers.
    pub(super) fn circles_with_views(&self) -> Result<BTreeSet<i64>> {
        let sql = "select distinct circle from viewed where written = 0";
        circles_named(&self.db, sql, [])
    }

    fn unwritten(&self, circle: &Circle) -> Result<Vec<View>> {
        let mut statement = self.db.prepare_cached(
            "select share_group, day, at from viewed where circle = ?1 and written = 0 order by day, share_group",
        )?;
        let rows = statement.query_map(params![circle.no], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get(2)?,
            ))
        })?;
        let mut views = Vec::new();
        for row in rows {
            let (word, day, at) = row?;
            let group = GROUPS.into_iter().find(|group| group.as_str() == word);
            if let (Some(group), Ok(day)) = (group, parse_day(&day)) {
                views.push(View { group, day, at });
            }
        }
        Ok(views)
    }
}
