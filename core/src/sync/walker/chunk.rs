//! The chunk around everything automerge writes: four bytes that say so, four of the checksum, the kind, the length.

use super::reader::Reader;
use super::{Refusal, limits};
use crate::record::Actor;
use crate::record::change::Hash;
use sha2::{Digest, Sha256};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

/// What a chunk holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Document = 0,
    Change = 1,
}

/// Opens a chunk that must be of one kind, and all there is: its content, and the SHA-256 that names it.
pub(super) fn open(bytes: &[u8], kind: Kind) -> Result<(Reader<'_>, Hash), Refusal> {
    let mut left = Reader::new(bytes);
    if left.array()? != MAGIC {
        return Err(Refusal::NotAChunk);
    }
    let checksum: [u8; 4] = left.array()?;
    let hashed = left.rest();
    if left.byte()? != kind as u8 {
        return Err(Refusal::Kind);
    }
    let length = left.unsigned()?;
    let content = left.take(length)?;
    left.finished()?;
    // The name covers kind, length and content: all that stands behind the checksum.
    let hash: Hash = Sha256::digest(hashed).into();
    if hash[..4] != checksum {
        return Err(Refusal::Checksum);
    }
    Ok((Reader::new(content), hash))
}

/// Hashes of changes, ascending.
pub(super) fn hashes(left: &mut Reader) -> Result<Vec<Hash>, Refusal> {
    let mut hashes: Vec<Hash> = Vec::new();
    let count = left.unsigned()?;
    if count > limits::NAMES {
        return Err(Refusal::Dependencies);
    }
    for _ in 0..count {
        let hash = left.array()?;
        if hashes.last().is_some_and(|before| *before >= hash) {
            return Err(Refusal::Dependencies);
        }
        hashes.push(hash);
    }
    Ok(hashes)
}

/// One actor's name.
pub(super) fn actor(left: &mut Reader) -> Result<Actor, Refusal> {
    if left.unsigned()? != limits::ACTOR_BYTES as u64 {
        return Err(Refusal::Actor);
    }
    left.array().map(Actor)
}

/// Actors, ascending.
pub(super) fn actors(left: &mut Reader) -> Result<Vec<Actor>, Refusal> {
    let count = left.unsigned()?;
    if count > limits::NAMES {
        return Err(Refusal::Actor);
    }
    let mut actors: Vec<Actor> = Vec::new();
    for _ in 0..count {
        let actor = actor(left)?;
        if actors.last().is_some_and(|before| *before >= actor) {
            return Err(Refusal::Actor);
        }
        actors.push(actor);
    }
    Ok(actors)
}
