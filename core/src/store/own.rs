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

    /// Where something new about a person goes: to the record that counts of those that were said to be of one person, as
    /// far as they are kept here. Of records that name each other in a ring the one with the lowest id counts, on
    /// every device.
    ///
    /// # Errors
    /// Those of storage.
    pub fn counting(&self, circle: &Circle) -> Result<Circle> {
        let kept = self.circles()?;
        let (mut way, mut last) = (Vec::new(), circle.clone());
        loop {
            let next = self.record(&last, &Scope::Live)?.same_as();
            way.push(last);
            let ring = way
                .iter()
                .position(|one: &Circle| next.as_ref() == Some(&one.id));
            if let Some(first) = ring {
                let ring = way.split_off(first).into_iter();
                let lowest = ring.min_by(|one, other| one.id.cmp(&other.id));
                return Ok(lowest.unwrap_or_else(|| circle.clone()));
            }
            match kept.iter().find(|one| next.as_ref() == Some(&one.id)) {
                Some(one) => last = one.clone(),
                None => return Ok(way.pop().unwrap_or_else(|| circle.clone())),
            }
        }
    }
}
