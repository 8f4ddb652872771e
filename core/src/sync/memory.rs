//! A link in memory: two vaults of one process meet. For journeys, and for tests.

use super::session::{Progress, Session};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::record::Acting;
use crate::store::Vault;

/// One side of a meeting.
pub struct Side<'a> {
    /// Its vault.
    pub vault: &'a mut Vault,
    /// Its clock.
    pub acting: Acting,
    /// Its random source.
    pub entropy: &'a dyn Entropy,
}

/// Lets two devices meet until each has the other's receipt. Returns what passed, seen from each side.
///
/// # Errors
/// Those of [`Session::receive`]; [`Error::Unreachable`] if they fall silent before they are done.
pub fn meet(one: &mut Side, other: &mut Side) -> Result<(Progress, Progress)> {
    let mut first = Session::begin(one.vault, one.acting, one.entropy)?;
    let mut second = Session::begin(other.vault, other.acting, other.entropy)?;
    while !(first.is_done() && second.is_done()) {
        let mut passed = false;
        if let Some(message) = first.next(one.vault)? {
            second.receive(other.vault, &message)?;
            passed = true;
        }
        if let Some(message) = second.next(other.vault)? {
            first.receive(one.vault, &message)?;
            passed = true;
        }
        if !passed {
            return Err(Error::Unreachable);
        }
    }
    Ok((first.progress(), second.progress()))
}
