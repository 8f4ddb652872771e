//! What becomes of the record a home was made with when it turns out to be a further device of somebody.
//! Source of the rule: docs/adr/0033.

use super::rows::Scope;
use super::vault::{Circle, Vault};
use crate::circle::operation::Act;
use crate::error::Result;
use crate::record::{Acting, Noun, Part};
use rusqlite::params;

impl Vault {
    /// Puts away every record that this home was made with, other than the one given: its rows go where nothing was
    /// written, else it is marked as of the same person and stays readable.
    pub(super) fn put_away_others_than(&mut self, own: &Circle, acting: Acting) -> Result<()> {
        for circle in self.circles()? {
            if circle == *own || !self.was_founded_here(&circle)? {
                continue;
            }
            if self.is_untouched(&circle)? {
                self.drop_circle(&circle)?;
                continue;
            }
            let (part, id) = (Part::circle(), circle.id.clone());
            self.act(&circle, &Scope::All, acting, |acts| {
                acts.put(&part, Noun::Circle, &id, "same_as", own.id.as_str());
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Whether nothing was written in this home beyond the profile that was made with it.
    pub(super) fn is_untouched(&self, circle: &Circle) -> Result<bool> {
        let record = self.record(circle, &Scope::Everything)?;
        let profile = |noun| matches!(noun, Noun::Circle | Noun::Member | Noun::Zone);
        let bare = record.all().all(|thing| profile(thing.noun)) && record.members().len() < 2;
        let alone = self.access_log(circle)?.len() <= 2;
        let asked = "select exists(select 1 from invitation where circle = ?1)
                         or exists(select 1 from draft where circle = ?1)";
        let begun: bool = self
            .db
            .query_row(asked, params![circle.no], |row| row.get(0))?;
        Ok(bare && alone && !begun)
    }

    /// Whether this device founded a record as its own.
    fn was_founded_here(&self, circle: &Circle) -> Result<bool> {
        let log = self.access_log(circle)?;
        let root = log.operations().next();
        let me = self.keys.public().sign;
        let own = root.is_some_and(|root| {
            root.author == me && matches!(root.act, Act::Found { steward: false, .. })
        });
        Ok(own && !self.record(circle, &Scope::All)?.is_practice())
    }

    /// Removes every row of a record.
    fn drop_circle(&mut self, circle: &Circle) -> Result<()> {
        let tx = Self::begin(&mut self.db)?;
        let tables: Vec<String> = {
            let sql = "select name from sqlite_master where type = 'table'
                       and exists(select 1 from pragma_table_info(sqlite_master.name) where name = 'circle')";
            let mut statement = tx.prepare(sql)?;
            let rows = statement.query_map([], |row| row.get(0))?;
            rows.collect::<std::result::Result<_, _>>()?
        };
        for table in tables {
            let sql = format!("delete from \"{table}\" where circle = ?1");
            tx.execute(&sql, params![circle.no])?;
        }
        tx.execute("delete from circle where no = ?1", params![circle.no])?;
        Ok(tx.commit()?)
    }
}
