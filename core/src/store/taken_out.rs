//! Whether this device was taken out of a record, and how: what is written there goes nowhere, which has to be said.

use super::vault::{Circle, Vault};
use crate::error::Result;

/// How this device came to be in a record no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenOut {
    /// Its member was, or left.
    Member,
    /// The device was, as one that was lost, and its person is still in.
    Device,
    /// It had come in by a recovery code that another device had used before, so it was not let in.
    UsedCode,
}

impl TakenOut {
    /// The key of the sentence that says so.
    pub fn key(self) -> &'static str {
        match self {
            TakenOut::Member => "notice-taken-out",
            TakenOut::Device => "notice-device-out",
            TakenOut::UsedCode => "notice-used-code",
        }
    }
}

impl Vault {
    /// How this device was taken out of a record, as far as it knows. `None` while it is in.
    ///
    /// # Errors
    /// Those of storage.
    pub fn taken_out(&self, circle: &Circle) -> Result<Option<TakenOut>> {
        let (access, me) = (self.access(circle)?, self.keys().public().sign);
        let (log, roster) = (&access.log, &access.roster);
        // A record that was brought in without an access log is this device's alone.
        if log.is_empty() || roster.standing.present(&me).is_some() {
            return Ok(None);
        }
        if roster.by_used_code(log, &me).is_some() {
            return Ok(Some(TakenOut::UsedCode));
        }
        let member = roster.whose(&me);
        let member = member.and_then(|member| roster.standing.members.get(member));
        Ok(Some(match member {
            Some(member) if member.present => TakenOut::Device,
            _ => TakenOut::Member,
        }))
    }
}
