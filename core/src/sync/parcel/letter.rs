//! A letter: from one device of a circle to one other, what a meeting would have said.
//!
//! It is sealed to the receiver's X25519 key and signed by the sender inside, so who carries it can tell neither.
//! Source: `SPEC.md`, Parcels.

use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::{Id, digest};
use crate::record::change::Hash;
use crate::sealing;
use crate::store::identity::{DeviceKeys, DevicePublic, verify_strict};
use crate::sync::message::Have;
use crate::sync::padding;
use serde::{Deserialize, Serialize};

/// First byte: HPKE with X25519, HKDF-SHA256 and ChaCha20-Poly1305; Ed25519, SHA-256, postcard.
const SUITE: u8 = 1;

/// Second byte. Segments have small ones.
const LETTER: u8 = 0x80;

const INFO: &[u8] = b"cairn letter/1";
const SIGNED_AS: &[u8] = b"cairn letter/1";

/// The most bytes of one letter.
pub const LETTER_CAP: usize = 2 * 1024 * 1024;

/// The most bytes of operations in one letter; what is over goes with the next, once these have arrived.
pub const OPERATIONS_CAP: usize = 1024 * 1024;

/// What a letter says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Counts the sender's letters to this receiver, so that an older one never takes the place of a newer.
    pub counter: u64,
    /// The counter of the newest letter in the other direction that the sender has read, 0 for none.
    pub seen: u64,
    /// The heads of the access log that the sender knows.
    pub heads: Vec<Hash>,
    /// Operations of the access log, parents first, as far as the receiver may have them and is not known to.
    pub operations: Vec<Vec<u8>>,
    /// What the sender has durably, as far as it concerns the receiver: the receipt.
    pub have: Have,
    /// Circles that both are in and of which the sender never heard anything of the receiver, in letters between two
    /// devices of one person or one team. It stands behind the rest, and only where there are any.
    #[serde(skip)]
    pub tells: Vec<Id>,
    /// What the sender says of attached files, behind the circles, and only where there is any.
    #[serde(skip)]
    pub pieces: Pieces,
}

/// What a letter says of pieces of attached files, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pieces {
    /// Those the sender lacks and wants.
    pub wants: Vec<Hash>,
    /// Those the sender attached and of which it does not know that anybody else has them.
    pub unsure: Vec<Hash>,
    /// Of those that the receiver was unsure of in its newest letter, those the sender has durably.
    pub has: Vec<Hash>,
}

/// Between whom a letter goes, and about which circle.
#[derive(Clone, Copy, Debug)]
pub struct Between<'a> {
    /// The circle.
    pub circle: &'a Id,
    /// Ed25519 public key of the sender's device.
    pub from: &'a [u8; 32],
    /// Ed25519 public key of the receiver's device.
    pub to: &'a [u8; 32],
}

#[derive(Serialize, Deserialize)]
struct Content {
    letter: Vec<u8>,
    signature: Vec<u8>,
}

impl Between<'_> {
    fn bound(&self) -> Vec<u8> {
        let circle = self.circle.as_str().as_bytes();
        digest(&[b"letter bound/1", circle, self.from, self.to]).to_vec()
    }

    fn signed(&self, letter: &[u8]) -> Vec<u8> {
        let circle = self.circle.as_str().as_bytes();
        let said = digest(&[circle, self.from, self.to, letter]);
        [SIGNED_AS, &said].concat()
    }
}

/// Signs a letter and seals it to a device.
///
/// # Errors
/// [`Error::TooLong`] over [`LETTER_CAP`]; [`Error::Damaged`] for a receiver whose key is of small order; those of the
/// random source.
pub fn write(
    keys: &DeviceKeys,
    circle: &Id,
    to: &DevicePublic,
    letter: &Letter,
    entropy: &dyn Entropy,
) -> Result<Vec<u8>> {
    let own = keys.public().sign;
    let between = Between {
        circle,
        from: &own,
        to: &to.sign,
    };
    let mut said = postcard::to_stdvec(letter)?;
    let of_files = letter.pieces != Pieces::default();
    if of_files || !letter.tells.is_empty() {
        said.extend(postcard::to_stdvec(&letter.tells)?);
    }
    if of_files {
        said.extend(postcard::to_stdvec(&letter.pieces)?);
    }
    let letter = said;
    let signature = keys.sign(&between.signed(&letter)).to_vec();
    let mut content = postcard::to_stdvec(&Content { letter, signature })?;
    padding::fill(&mut content);
    let sealed = sealing::seal_to(&to.seal, INFO, &between.bound(), &content, entropy)?;
    let bytes = [&[SUITE, LETTER], sealed.as_slice()].concat();
    if bytes.len() > LETTER_CAP {
        return Err(Error::TooLong {
            length: bytes.len() as u64,
        });
    }
    Ok(bytes)
}

/// Reads a letter to this device; `None` for anything that is not one from just this sender, about this circle, as it was
/// written.
pub fn read(keys: &DeviceKeys, circle: &Id, from: &[u8; 32], bytes: &[u8]) -> Option<Letter> {
    let own = keys.public().sign;
    let between = Between {
        circle,
        from,
        to: &own,
    };
    if bytes.len() > LETTER_CAP {
        return None;
    }
    let sealed = bytes.strip_prefix(&[SUITE, LETTER])?;
    let content = sealing::open_with(keys, INFO, &between.bound(), sealed)?;
    let (content, filling) = postcard::take_from_bytes::<Content>(&content).ok()?;
    if filling.iter().any(|byte| *byte != 0) {
        return None;
    }
    let signature = content.signature.as_slice().try_into().ok()?;
    if !verify_strict(from, &between.signed(&content.letter), signature) {
        return None;
    }
    let (mut letter, behind) = postcard::take_from_bytes::<Letter>(&content.letter).ok()?;
    // What a newer version says behind the last field is passed over.
    if let Ok((tells, behind)) = postcard::take_from_bytes(behind) {
        letter.tells = tells;
        if let Ok((pieces, _newer)) = postcard::take_from_bytes(behind) {
            letter.pieces = pieces;
        }
    }
    Some(letter)
}

#[cfg(test)]
#[path = "letter_tests.rs"]
mod tests;
