//! Codes that one device shows and a person reads or types on another: base 32 with a checksum behind, and the proof
//! that who asks knew what was in the code.

use crate::error::{Error, Result};
use crate::id::{base32, digest, unbase32};
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Symbols of the checksum.
const SUM: usize = 4;

/// Writes bytes as a code; `label` keeps codes of one kind from being taken for another's.
pub(super) fn write(label: &[u8], bytes: &[u8]) -> String {
    base32(bytes, (bytes.len() * 8).div_ceil(5)) + &base32(&digest(&[label, bytes]), SUM)
}

/// Reads a code as it was typed: capitals, blanks and hyphens do not matter, I and L are 1, O is 0. `None` for one that
/// was mistyped, or is of another kind.
pub(super) fn read(label: &[u8], typed: &str) -> Option<Zeroizing<Vec<u8>>> {
    let typed = Zeroizing::new(
        typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| match c.to_ascii_lowercase() {
                'i' | 'l' => '1',
                'o' => '0',
                other => other,
            })
            .collect::<String>(),
    );
    let at = typed
        .len()
        .checked_sub(SUM)
        .filter(|at| typed.is_char_boundary(*at))?;
    let (symbols, sum) = typed.split_at(at);
    let bytes = Zeroizing::new(unbase32(symbols)?);
    (base32(&digest(&[label, &bytes]), SUM) == sum).then_some(bytes)
}

/// The proof that who says this knew the secret of a code, as HMAC-SHA256 over a label and the postcard of what is said.
pub(super) fn mac(key: &[u8; 32], label: &[u8], said: &impl Serialize) -> Result<Hmac<Sha256>> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).map_err(|_| Error::Damaged)?;
    mac.update(label);
    mac.update(&postcard::to_stdvec(said)?);
    Ok(mac)
}
