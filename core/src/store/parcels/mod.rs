//! Parcels of this device's circles: what it leaves for others in a place that stores and hands on, and what it takes from
//! there. The place can be a folder, another person's device or a relay; see [`Shelf`].
//!
//! Everything is durable before it counts, on either side, so it may stop anywhere and go on later.

mod asked;
pub(in crate::store) mod farewell;
mod files;
mod inward;
mod joining;
mod letters;
mod mail;
mod notices;
mod outward;
mod recovering;
mod told;

use super::vault::Vault;
use crate::entropy::Entropy;
use crate::error::Result;
use crate::id::Id;
use crate::record::Acting;
use crate::sync::parcel::Shelf;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// How much has passed, for words on a screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parcels {
    /// Parcels left for others so far, and how many there are to leave.
    pub given: (u64, u64),
    /// Parcels taken in so far, and how many were found.
    pub taken: (u64, u64),
    /// Parcels that were kept aside or passed over, by the reason: not readable yet, late, refused, not what the label says.
    pub aside: BTreeMap<&'static str, u64>,
    /// Parcels let go of, since everybody they are for has what is in them.
    pub removed: u64,
    /// Circles this device was let into.
    pub entered: Vec<Id>,
    /// Requests of this device that were answered with no, or whose invitation had ended or was used.
    pub not_let_in: u64,
    /// Requests of others that wait for an owner to decide.
    pub waiting: u64,
}

impl Parcels {
    /// How many were kept aside or passed over.
    pub fn set_aside(&self) -> u64 {
        self.aside.values().sum()
    }

    fn take(&mut self) {
        self.taken.0 += 1;
        self.taken.1 += 1;
    }

    fn pass_over(&mut self, reason: &'static str) {
        *self.aside.entry(reason).or_default() += 1;
    }

    fn took_after_all(&mut self, reason: &'static str) {
        self.taken.0 += 1;
        if let Some(count) = self.aside.get_mut(reason) {
            *count -= 1;
        }
        self.aside.retain(|_, count| *count > 0);
    }
}

/// Told after each parcel; says whether to go on.
pub type Tell<'a> = dyn FnMut(&Parcels) -> ControlFlow<()> + 'a;

impl Vault {
    /// Takes what lies on a shelf for this device, and leaves what others lack there.
    ///
    /// # Errors
    /// Those of the shelf and of storage; what had passed before stays passed.
    pub fn sync_parcels(
        &mut self,
        shelf: &dyn Shelf,
        acting: Acting,
        entropy: &dyn Entropy,
        tell: &mut Tell,
    ) -> Result<Parcels> {
        self.follow_devices(acting, entropy)?;
        self.follow_team(acting, entropy)?;
        // Signed before anything is read: what was written before a removal was known goes out as it would have.
        self.cut_all(acting, entropy)?;
        let mut passed = Parcels::default();
        self.answers_in(shelf, acting, &mut passed)?;
        let mut went = self.parcels_in(shelf, acting, &mut passed, tell)?;
        if went.is_continue() {
            went = self.files_in(shelf, acting, &mut passed, tell)?;
        }
        if went.is_continue() {
            self.requests_in(shelf, acting, entropy, &mut passed)?;
            self.requests_out(shelf, entropy, &mut passed)?;
            self.recoveries_in(shelf, entropy, &mut passed)?;
            went = self.parcels_out(shelf, acting, entropy, &mut passed, tell)?;
        }
        if went.is_continue() {
            let _told = self.files_out(shelf, acting, &mut passed, tell)?;
        }
        Ok(passed)
    }
}
