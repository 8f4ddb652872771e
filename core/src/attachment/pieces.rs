//! A file as it is kept and sent: cut into pieces, each sealed by itself under the file's own key.
//!
//! The key lies in the attachment, which lies in a part of the record: whoever may read the thing may read the file,
//! whatever epoch it is, and nobody else. A piece is known by the hash of its sealed bytes, which the attachment lists:
//! nothing is taken in that nobody announced. Source: `SPEC.md`, Attachments; docs/adr/0039.

use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::{Id, digest};
use crate::record::change::Hash;
use crate::record::{Thing, Value};
use crate::sealing::{self, NONCE, TAG};
use crate::sync::padding;
use crate::sync::parcel::tag::Proof;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The most bytes of a file: 25 MB.
pub const FILE_CAP: u64 = 25 * 1024 * 1024;

/// The most bytes of a sealed piece: what a message between two devices may hold with room to spare.
pub const PIECE_CAP: usize = 512 * 1024;

/// Bytes of a file in each piece but the last.
pub const CONTENT: usize = PIECE_CAP - OVERHEAD;

/// Suite byte, nonce and tag.
const OVERHEAD: usize = 1 + NONCE + TAG;

/// First byte of a piece: XChaCha20-Poly1305.
const SUITE: u8 = 1;

/// First byte of a packed manifest.
const VERSION: u8 = 1;

/// What an attachment says of its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Bytes of the file.
    pub size: u64,
    /// SHA-256 of the file.
    pub digest: Hash,
    /// The key its pieces are sealed under.
    key: [u8; 32],
    /// The names of its pieces, in order.
    pub pieces: Vec<Hash>,
}

impl Manifest {
    /// As a value of the record.
    ///
    /// # Errors
    /// Those of encoding.
    pub fn pack(&self) -> Result<Value> {
        Ok(Value::Bytes(
            [&[VERSION], postcard::to_stdvec(self)?.as_slice()].concat(),
        ))
    }

    /// From a value of the record. What a newer version wrote behind it is passed over.
    pub fn read(value: &Value) -> Option<Manifest> {
        let Value::Bytes(bytes) = value else {
            return None;
        };
        let (VERSION, packed) = bytes.split_first().map(|(first, rest)| (*first, rest))? else {
            return None;
        };
        let (manifest, _) = postcard::take_from_bytes::<Manifest>(packed).ok()?;
        let count = manifest.size.div_ceil(CONTENT as u64);
        let whole =
            (1..=FILE_CAP).contains(&manifest.size) && manifest.pieces.len() as u64 == count;
        whole.then_some(manifest)
    }

    /// The manifest of an attachment: the first ever given. A later one would be about other pieces.
    pub fn of(attachment: &Thing) -> Option<Manifest> {
        let field = attachment.field("file")?;
        Manifest::read(&field.all().first()?.value)
    }

    /// The proof of the mailbox of its pieces: who knows the file's key finds them.
    pub fn mailbox(&self, circle: &Id) -> Proof {
        digest(&[b"piece mailbox/1", circle.as_str().as_bytes(), &self.key])
    }

    /// What a piece holds; `None` if it is not the piece of this place, or not as it was sealed.
    pub fn open(&self, circle: &Id, place: usize, bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        if self.pieces.get(place) != Some(&name(bytes)) || bytes.len() > PIECE_CAP {
            return None;
        }
        let (SUITE, sealed) = bytes.split_first().map(|(first, rest)| (*first, rest))? else {
            return None;
        };
        let bound = bound(circle, place, self.pieces.len());
        let mut content = sealing::open_under(&self.key, &bound, sealed)?;
        let begins = (place * CONTENT) as u64;
        let length = (self.size - begins).min(CONTENT as u64) as usize;
        if content.len() < length {
            return None;
        }
        content.truncate(length);
        Some(content)
    }

    /// The file put together again.
    ///
    /// # Errors
    /// [`Error::Damaged`] if it is not the file that was kept.
    pub fn join(&self, circle: &Id, pieces: &[Vec<u8>]) -> Result<Vec<u8>> {
        let mut content = Vec::new();
        for (place, bytes) in pieces.iter().enumerate() {
            let piece = self.open(circle, place, bytes).ok_or(Error::Damaged)?;
            content.extend_from_slice(&piece);
        }
        if content.len() as u64 == self.size && sha256(&content) == self.digest {
            Ok(content)
        } else {
            Err(Error::Damaged)
        }
    }
}

/// A file cut and sealed, to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// What the attachment says.
    pub manifest: Manifest,
    /// The sealed pieces, in order.
    pub pieces: Vec<Vec<u8>>,
}

/// The name of a piece: the hash of its sealed bytes.
pub fn name(bytes: &[u8]) -> Hash {
    digest(&[b"piece", bytes])
}

/// Cuts a file and seals each piece under a key drawn for this file.
///
/// # Errors
/// [`Error::Empty`] for a file without bytes, [`Error::FileTooLarge`] over [`FILE_CAP`]; those of the random source.
pub fn seal(circle: &Id, content: &[u8], entropy: &dyn Entropy) -> Result<Sealed> {
    let size = content.len() as u64;
    if content.is_empty() {
        return Err(Error::Empty);
    }
    if size > FILE_CAP {
        return Err(Error::FileTooLarge { size });
    }
    let mut key = Zeroizing::new([0; 32]);
    entropy.fill(key.as_mut())?;
    let count = content.len().div_ceil(CONTENT);
    let mut pieces = Vec::with_capacity(count);
    for (place, piece) in content.chunks(CONTENT).enumerate() {
        let mut piece = Zeroizing::new(piece.to_vec());
        // How long a voice spoke is not to be read from the length.
        let padded = padding::padded(piece.len()).min(CONTENT);
        piece.resize(padded, 0);
        let sealed = sealing::seal_under(&key, &bound(circle, place, count), &piece, entropy)?;
        pieces.push([&[SUITE], sealed.as_slice()].concat());
    }
    let manifest = Manifest {
        size,
        digest: sha256(content),
        key: *key,
        pieces: pieces.iter().map(|piece| name(piece)).collect(),
    };
    Ok(Sealed { manifest, pieces })
}

fn bound(circle: &Id, place: usize, count: usize) -> Vec<u8> {
    let (place, count) = ((place as u32).to_le_bytes(), (count as u32).to_le_bytes());
    digest(&[b"piece bound/1", circle.as_str().as_bytes(), &place, &count]).to_vec()
}

fn sha256(content: &[u8]) -> Hash {
    Sha256::digest(content).into()
}

#[cfg(test)]
#[path = "pieces_tests.rs"]
mod tests;
