//! Identifiers: short base-32 words made by hashing, so nothing random is needed to make one.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// Crockford's base 32 without i, l, o and u, in lower case.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Characters of an [`Id`]: 12 symbols of 5 bits, 60 bits.
pub const ID_LENGTH: usize = 12;

/// Characters of a wide [`Id`]: 26 symbols, 128 bits.
pub const WIDE_LENGTH: usize = 26;

/// The id of one thing in one record (goal, plan, entry, …), or (wide) of a member, device or circle.
///
/// Twelve base-32 characters, 60 bits of a SHA-256. Among 100,000 things of one record two alike are less
/// likely than 1 in 100 million. An id read from a newer version may look different and is kept as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// The id made from the SHA-256 of the given pieces; each piece is preceded by its length, so two
    /// different lists never give the same input.
    pub fn of(pieces: &[&[u8]]) -> Id {
        Id(base32(&digest(pieces), ID_LENGTH))
    }

    /// A 26-character id of 128 bits, for what must be unique among all people: circles, members, devices.
    pub fn wide(pieces: &[&[u8]]) -> Id {
        Id(base32(&digest(pieces)[..16], WIDE_LENGTH))
    }

    /// Takes an id as it was read from a record, unchecked.
    pub fn read(text: impl Into<String>) -> Id {
        Id(text.into())
    }

    /// Of these the one whose id is this, or else begins like this (4 characters or more).
    ///
    /// # Errors
    /// [`Error::UnknownId`], [`Error::AmbiguousId`].
    pub fn among<'a, T>(&self, things: impl Iterator<Item = (&'a Id, T)>) -> Result<T> {
        let (mut found, mut more) = (None, false);
        for (id, thing) in things {
            if id == self {
                return Ok(thing);
            }
            if self.0.len() >= 4 && id.0.starts_with(&self.0) {
                more |= found.is_some();
                found = Some(thing);
            }
        }
        match found {
            Some(_) if more => Err(Error::AmbiguousId),
            found => found.ok_or(Error::UnknownId),
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// SHA-256 over pieces, each preceded by its length as 8 little-endian bytes.
pub fn digest(pieces: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for piece in pieces {
        hash.update((piece.len() as u64).to_le_bytes());
        hash.update(piece);
    }
    hash.finalize().into()
}

/// The first `length` base-32 symbols of `bytes`, five bits each, most significant bit first.
pub fn base32(bytes: &[u8], length: usize) -> String {
    let mut text = String::with_capacity(length);
    let (mut bytes, mut held, mut bits) = (bytes.iter(), 0usize, 0);
    for _ in 0..length {
        if bits < 5 {
            held = (held & 31) << 8 | usize::from(bytes.next().copied().unwrap_or(0));
            bits += 8;
        }
        bits -= 5;
        text.push(char::from(ALPHABET[held >> bits & 31]));
    }
    text
}

/// The bytes that [`base32`] wrote; `None` for another symbol, or bits left over that are not zero.
pub fn unbase32(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut held, mut bits) = (Vec::with_capacity(text.len() * 5 / 8), 0u32, 0);
    for symbol in text.bytes() {
        let value = ALPHABET.iter().position(|known| *known == symbol)?;
        held = held << 5 | value as u32;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    (held == 0 && bits < 5).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_takes_five_bits_a_symbol() {
        assert_eq!(base32(&[0b0000_0000, 0b0100_0000], 3), "010");
        assert_eq!(base32(&[0xff; 8], 12), "zzzzzzzzzzzz");
    }

    #[test]
    fn base32_reads_back() {
        for length in 0..40usize {
            let bytes: Vec<u8> = (0..length).map(|at| (at * 37 + length) as u8).collect();
            let text = base32(&bytes, (length * 8).div_ceil(5));
            assert_eq!(unbase32(&text), Some(bytes));
        }
        assert_eq!(unbase32("u0"), None);
        assert_eq!(unbase32("0z"), None);
    }

    #[test]
    fn pieces_are_kept_apart() {
        assert_ne!(Id::of(&[b"ab", b"c"]), Id::of(&[b"a", b"bc"]));
        assert_eq!(Id::of(&[b"ab"]).as_str().len(), ID_LENGTH);
    }
}
