//! A home visit on this device: kept beside the records, so that one that was cut off goes on.
//!
//! Source: `domain.md`, Who uses it; `cli.md`, `visit`. While the phone is in the person's hands only their own record
//! is meant, and what is written is theirs.

use super::vault::{Circle, Vault};
use crate::error::{Error, Result};
use crate::id::Id;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

pub(super) const VISIT: &str = "visit";
const USED: &str = "use";

/// Nobody is visited.
const NO_VISIT: Error = Error::not_so("visit-none");

/// A visit that goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Who is visited.
    pub person: Id,
    /// Since when, in Unix seconds.
    pub since: i64,
    /// The device is in the person's hands.
    pub handed: bool,
    /// Whose record was meant before, to go back to.
    used: Vec<u8>,
}

fn read(kept: Option<Vec<u8>>) -> Option<Visit> {
    postcard::from_bytes(&kept?).ok()
}

/// Whether the device is in the person's hands, by what is kept of the visit.
pub(super) fn is_handed(kept: Option<Vec<u8>>) -> bool {
    read(kept).is_some_and(|visit| visit.handed)
}

impl Vault {
    /// The visit that goes on, if any.
    ///
    /// # Errors
    /// Those of the storage.
    pub fn visit(&self) -> Result<Option<Visit>> {
        Ok(read(self.setting(VISIT)?))
    }

    /// Refuses what is not the person's to do while the device is in their hands.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] then.
    pub fn is_in_own_hands(&self) -> Result<()> {
        if is_handed(self.setting(VISIT)?) {
            return Err(Error::NotAllowed);
        }
        Ok(())
    }

    /// Whose record is meant where none is named, as chosen by [`Vault::choose`].
    ///
    /// # Errors
    /// Those of the storage.
    pub fn chosen(&self) -> Result<Option<Circle>> {
        let used = self.setting(USED)?.unwrap_or_default();
        let mut circles = self.circles()?.into_iter();
        Ok(circles.find(|circle| circle.id.as_str().as_bytes() == used))
    }

    /// Chooses whose record is meant from now on; none: one's own.
    ///
    /// # Errors
    /// Those of the storage.
    pub fn choose(&mut self, circle: Option<&Circle>) -> Result<()> {
        let used = circle.map_or("", |circle| circle.id.as_str());
        self.set_setting(USED, used.as_bytes())
    }

    /// Starts a visit, or goes on with the one of this person that was cut off.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] for who does not work in care, [`Error::Rule`] while somebody else is visited.
    pub fn start_visit(&mut self, circle: &Circle, at: DateTime<FixedOffset>) -> Result<Visit> {
        if !self.is_staff()? {
            return Err(Error::NotAllowed);
        }
        match self.visit()? {
            Some(visit) if visit.person == circle.id => Ok(visit),
            Some(_) => Err(Error::not_so("visit-another")),
            None => {
                let visit = Visit {
                    person: circle.id.clone(),
                    since: at.timestamp(),
                    handed: false,
                    used: self.setting(USED)?.unwrap_or_default(),
                };
                self.keep(&visit)?;
                self.choose(Some(circle))?;
                Ok(visit)
            }
        }
    }

    /// Hands the phone to the person, or takes it back.
    ///
    /// # Errors
    /// [`Error::Rule`] where there is no visit, or it stands so already.
    pub fn hand_phone(&mut self, handed: bool) -> Result<Visit> {
        let visit = self.visit()?.ok_or(NO_VISIT)?;
        if visit.handed == handed {
            return Err(Error::not_so("visit-handed-so"));
        }
        let visit = Visit { handed, ..visit };
        self.keep(&visit)?;
        Ok(visit)
    }

    /// Ends the visit; whose record was meant before is meant again.
    ///
    /// # Errors
    /// [`Error::Rule`] where there is none, [`Error::NotAllowed`] while the phone is in the person's hands.
    pub fn end_visit(&mut self) -> Result<Visit> {
        let visit = self.visit()?.ok_or(NO_VISIT)?;
        if visit.handed {
            return Err(Error::NotAllowed);
        }
        self.set_setting(USED, &visit.used)?;
        self.set_setting(VISIT, b"")?;
        Ok(visit)
    }

    fn keep(&mut self, visit: &Visit) -> Result<()> {
        self.set_setting(VISIT, &postcard::to_stdvec(visit)?)
    }
}
