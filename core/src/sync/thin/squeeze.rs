//! How the body of a thinned segment is packed.

use super::BODY_CAP;
use crate::sync::walker::Refusal;
use std::borrow::Cow;

/// As it is.
const PLAIN: u8 = 0;

/// Whether this version can unpack what was packed in this way.
pub(super) fn is_known(packing: u8) -> bool {
    packing == PLAIN
}

/// The shortest way of packing a body, and its bytes.
pub(super) fn smallest(body: &[u8]) -> (u8, Cow<'_, [u8]>) {
    (PLAIN, Cow::Borrowed(body))
}

/// Unpacks a body.
///
/// # Errors
/// [`Refusal::TooManyBytes`] over [`BODY_CAP`].
pub fn unpacked(packing: u8, body: &[u8]) -> Result<Cow<'_, [u8]>, Refusal> {
    if packing != PLAIN {
        return Err(Refusal::Unknown);
    }
    if body.len() > BODY_CAP {
        return Err(Refusal::TooManyBytes);
    }
    Ok(Cow::Borrowed(body))
}
