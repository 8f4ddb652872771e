//! What an owner's device does for a circle by its own clock, whenever it is about to meet others: it takes out whose
//! last day has gone by, and makes new keys where the present ones are old.
//!
//! One place, [`Vault::cut`], asks for it: nothing leaves a device but through there. No clock takes part in the replay
//! of what is written here (docs/adr/0036).

use super::access;
use super::vault::{Circle, Vault};
use crate::circle::standing::MemberStanding;
use crate::circle::{Groups, Roster, epoch};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::Acting;
use rusqlite::{OptionalExtension, params};

impl Vault {
    /// Whether sharing with this device has ended, by its own clock.
    ///
    /// # Errors
    /// Those of storage.
    pub(crate) fn has_ended(&self, circle: &Circle, acting: Acting) -> Result<bool> {
        let until: Option<String> = self
            .db
            .prepare_cached("select until from circle where no = ?1")?
            .query_row(params![circle.no], |row| row.get(0))
            .optional()?
            .flatten();
        let until = until.and_then(|day| crate::clock::zone::parse_day(&day).ok());
        Ok(until.is_some_and(|until| until < acting.at.date_naive()))
    }

    /// Whether the last day of the member whose device this is has gone by, by this device's clock: it is given nothing
    /// new, whether or not somebody has written that down.
    ///
    /// # Errors
    /// Those of storage.
    pub(crate) fn is_over_for(
        &self,
        circle: &Circle,
        device: &[u8; 32],
        acting: Acting,
    ) -> Result<bool> {
        let access = self.access(circle)?;
        let standing = &access.roster.standing;
        let member = standing.present(device).map(|(_, member)| member);
        Ok(member.is_some_and(|member| member.is_over(acting.at.date_naive())))
    }

    /// Takes out the members whose last day has gone by, if this device may; new keys follow with
    /// [`Vault::renew_keys`].
    pub(super) fn take_out_ended(&mut self, circle: &Circle, acting: Acting) -> Result<()> {
        let access = self.access(circle)?;
        let roster = &access.roster;
        if !roster.standing.is_owner(&self.keys.public().sign) {
            return Ok(());
        }
        for (member, standing) in ended(roster, acting) {
            self.revoke(circle, member, standing, acting)?;
        }
        Ok(())
    }

    /// Makes new keys for share groups now, though the present ones could still be used: for a phone that was lost.
    /// Older keys go along under the new ones, so nothing that was written becomes unreadable.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] for a device that is no owner's; those of storage and of the random source.
    pub fn new_keys(
        &mut self,
        circle: &Circle,
        groups: Groups,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<()> {
        let own = self.keys.public().sign;
        if !self.roster(circle)?.standing.is_owner(&own) {
            return Err(Error::NotAllowed);
        }
        self.make_keys(circle, groups, acting, entropy)
    }

    /// Begins an epoch for these groups, sealed to everybody who may read them today.
    pub(super) fn make_keys(
        &mut self,
        circle: &Circle,
        groups: Groups,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<()> {
        let readers = self.roster(circle)?.readers(groups);
        let held = self.keyring(circle)?;
        let new = epoch::begin(&circle.id, groups, &readers, &held, entropy)?;
        // In one: an epoch whose keys were lost with the power would be the one to write under, and nobody could.
        self.write_operation_with(circle, acting, new.act, &[], |tx, made| {
            for (group, key) in &new.keys {
                access::keep_key(tx, circle, *group, &made.hash, key)?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

/// The members whose last day has gone by; the person whose record it is stays.
pub(super) fn ended(
    roster: &Roster,
    acting: Acting,
) -> impl Iterator<Item = (&Id, &MemberStanding)> {
    let today = acting.at.date_naive();
    let members = roster.standing.members.iter();
    members.filter(move |(_, standing)| {
        standing.present && standing.is_over(today) && standing.role != "person"
    })
}
