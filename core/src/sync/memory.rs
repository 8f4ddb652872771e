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
    let (here, there) = (one.vault.keys().public(), other.vault.keys().public());
    // As over any link: devices that both know the other begin without proof of what the link has shown.
    let known = one.vault.device_by_link(&there.seal)?.is_some()
        && other.vault.device_by_link(&here.seal)?.is_some();
    let (first, second) = if known {
        (
            Session::begin_known(one.vault, there.sign, one.acting, one.entropy)?,
            Session::begin_known(other.vault, here.sign, other.acting, other.entropy)?,
        )
    } else {
        (
            Session::begin(one.vault, one.acting, one.entropy)?,
            Session::begin(other.vault, other.acting, other.entropy)?,
        )
    };
    pass(one, other, first, second)
}

fn pass(
    one: &mut Side,
    other: &mut Side,
    mut first: Session,
    mut second: Session,
) -> Result<(Progress, Progress)> {
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
