//! Which record is this profile's own, where its person has claimed one that staff had founded, and where two records
//! are of one person.

use super::rows::Scope;
use super::vault::{Circle, Vault};
use crate::error::Result;
use crate::record::Noun;
use rusqlite::params;

impl Vault {
    /// Makes a record that was just claimed this profile's own, if the one it had is as empty as it was made. One that
    /// holds anything stays the own one; the two can then be said to be of one person.
    pub(super) fn settle_own(&mut self, claimed: &Circle) -> Result<()> {
        let own = self.own()?;
        if own == *claimed || self.is_staff()? || !self.is_as_made(&own)? {
            return Ok(());
        }
        let tx = Self::begin(&mut self.db)?;
        for (circle, place) in [(&own, -1), (claimed, 1)] {
            tx.execute(
                "update circle set own = ?2 where no = ?1",
                params![circle.no, place],
            )?;
        }
        Ok(tx.commit()?)
    }

    /// Whether a record holds nothing but what it was founded with.
    pub(super) fn is_as_made(&self, own: &Circle) -> Result<bool> {
        let record = self.record(own, &Scope::Everything)?;
        let made = [Noun::Circle, Noun::Member, Noun::Zone];
        let alone = self.roster(own)?.standing.members.len() == 1;
        Ok(alone && record.all().all(|thing| made.contains(&thing.noun)))
    }

    /// Where something new about a person goes: of two records of one person to the one that counts, if it is kept here.
    ///
    /// # Errors
    /// Those of storage.
    pub fn counting(&self, circle: &Circle) -> Result<Circle> {
        let other = self.record(circle, &Scope::Live)?.same_as();
        let Some(other) = other else {
            return Ok(circle.clone());
        };
        let circles = self.circles()?;
        let Some(other) = circles.into_iter().find(|kept| kept.id == other) else {
            return Ok(circle.clone());
        };
        let back = self.record(&other, &Scope::Live)?.same_as();
        let lower = back.as_ref() == Some(&circle.id) && circle.id < other.id;
        Ok(if lower { circle.clone() } else { other })
    }
}
