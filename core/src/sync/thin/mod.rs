//! Thinned changes: what the receiver can work out is left out.
//!
//! A change is described by what its author put where, relative to the author's own change before in that part, and to
//! what it stands on. The receiver builds it again with the same function that built it first, byte for byte; its name
//! is its hash, so the signature over the tips decides whether it came out right. A change that does not come out
//! right where it was written goes whole. Layout in `SPEC.md`, Thinned segments; reasons in docs/adr/0025.
//!
//! What is read here was written by somebody else: every count is bounded before anything is laid out, and all that is
//! built together never has more bytes than a segment may have.

pub(super) mod content;
mod course;
mod entry;
mod ids;
mod part;
mod puts;
mod read;
mod squeeze;
mod words;
mod write;

pub use read::rebuild;
pub use squeeze::unpacked;
pub use words::FIELDS;
pub use write::{Thinned, describe};

use super::walker::Refusal;
use crate::error::{Error, Result};
use crate::id::{Id, digest};
use crate::log::packed::Packed;
use crate::record::change::{ChangeNote, Hash, ReadChange};
use crate::record::part::{Actor, Group, Part};
use crate::sealing::NONCE;

/// Bytes that tell which change is stood on; see [`hint`].
pub const HINT: usize = 4;

/// What tells a change that another one stands on: the first bytes of a hash of the segment's nonce and its name. Nobody
/// can make a change beforehand whose hint is the same; where two fit by chance, the signature says which it is.
pub fn hint(nonce: &[u8; NONCE], name: &Hash) -> [u8; HINT] {
    let [a, b, c, d, ..] = digest(&[b"change tag/1", nonce, name]);
    [a, b, c, d]
}

/// Bytes of the body of a thinned segment, after unpacking: the largest change, if it goes whole, and what says so.
pub const BODY_CAP: usize = super::walker::limits::SEGMENT_BYTES + 4096;

/// How many changes of others the changes of one segment may name together.
const NAMED_CAP: u64 = super::walker::limits::NAMES;

/// What the receiver of a stream's next segment is sure to have, since it takes the stream in order.
pub trait Ground {
    /// The newest change of the stream's actor in this part that an earlier segment of the stream covers.
    ///
    /// # Errors
    /// Those of storage.
    fn last(&self, part: &Part) -> Result<Option<Last>>;

    /// The change of this part that has this [`hint`].
    ///
    /// # Errors
    /// Those of storage.
    fn named(&self, part: &Part, nonce: &[u8; NONCE], hint: &[u8; HINT]) -> Result<Option<Named>>;
}

/// A change that is stood on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its name.
    pub hash: Hash,
    /// Who made it.
    pub actor: Actor,
    /// Counter of its last operation.
    pub max_op: u64,
}

/// Whose changes are described, and where.
#[derive(Clone, Copy)]
pub struct Stream<'a> {
    /// The circle.
    pub circle: &'a Id,
    /// The share group all parts are of.
    pub group: Group,
    /// Who made the changes.
    pub actor: Actor,
    /// The segment's nonce.
    pub nonce: &'a [u8; NONCE],
}

/// What is needed of an actor's change before, to describe the next one in the same part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// The actor's count there.
    pub seq: u64,
    /// The change's name.
    pub hash: Hash,
    /// Counter of its last operation.
    pub max_op: u64,
    /// Unix seconds.
    pub at: i64,
    /// Offset and marks.
    pub note: ChangeNote,
    /// The plan of the entry it wrote last, if it wrote one.
    pub plan: Option<Id>,
}

impl Named {
    /// Of a change that was read.
    pub fn of(read: &ReadChange) -> Named {
        Named {
            hash: read.hash,
            actor: read.head.actor,
            max_op: read.max_op(),
        }
    }
}

impl Last {
    /// Of a change that was read.
    pub fn of(read: &ReadChange) -> Last {
        let puts = read.ops.iter().filter_map(|op| op.put.as_ref());
        let entries = puts.filter(|put| put.noun == crate::record::Noun::Entry);
        Last {
            seq: read.head.seq,
            hash: read.hash,
            max_op: read.max_op(),
            at: read.head.at,
            note: read.head.note,
            plan: entries
                .filter_map(|put| Packed::read(&put.value))
                .next_back()
                .map(|entry| entry.plan),
        }
    }
}

/// Why changes could not be rebuilt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// They stand on changes that are not here.
    StandsOn,
    /// The description is not one.
    Refused(Refusal),
    /// Storage.
    Store(Error),
}

impl From<Refusal> for Stuck {
    fn from(refusal: Refusal) -> Stuck {
        Stuck::Refused(refusal)
    }
}

impl From<Error> for Stuck {
    fn from(error: Error) -> Stuck {
        Stuck::Store(error)
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
