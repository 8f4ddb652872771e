//! What becomes of the record a home was made with when it turns out to be a further device of somebody.
//! Source of the rule: docs/adr/0033.

use super::erase::drop_rows;
use super::rows::Scope;
use super::vault::{Circle, Vault};
use crate::circle::operation::Act;
use crate::error::Result;
use crate::record::{Acting, Noun, Part};
use rusqlite::params;

impl Vault {
    /// Puts away the record that this home was made with, when another has become its own: its rows go where nothing was
    /// written, else it is marked as of the same person and stays readable.
    pub(super) fn put_away_for(&mut self, own: &Circle, acting: Acting) -> Result<()> {
        // The first it founded: teams came later.
        let mut made_with = None;
        for circle in self.circles()?.into_iter().rev() {
            if circle != *own && self.was_founded_here(&circle)? {
                made_with = Some(circle);
            }
        }
        let Some(circle) = made_with else {
            return Ok(());
        };
        if self.is_untouched(&circle)? {
            let tx = Self::begin(&mut self.db)?;
            drop_rows(&tx, &circle)?;
            return Ok(tx.commit()?);
        }
        let (part, id) = (Part::circle(), circle.id.clone());
        self.act(&circle, &Scope::All, acting, |acts| {
            acts.put(&part, Noun::Circle, &id, "same_as", own.id.as_str());
            Ok(())
        })?;
        Ok(())
    }

    /// Whether nothing was written in this home beyond the profile that was made with it.
    pub(super) fn is_untouched(&self, circle: &Circle) -> Result<bool> {
        if !self.is_as_made(circle)? || self.access_log(circle)?.len() > 2 {
            return Ok(false);
        }
        let asked = "select exists(select 1 from invitation where circle = ?1)
                         or exists(select 1 from draft where circle = ?1)";
        let begun: bool = self
            .db
            .query_row(asked, params![circle.no], |row| row.get(0))?;
        Ok(!begun)
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
}
