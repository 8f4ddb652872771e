//! Walking one change, and the changes of one segment.

use super::chunk::{self, Kind};
use super::columns::Listed;
use super::operations::{self, In};
use super::{Refusal, limits};
use crate::record::Actor;
use crate::record::change::Hash;

/// A change that passed the walker, and what the walk learnt. Only the walker makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walked<'a> {
    bytes: &'a [u8],
    hash: Hash,
    actor: Actor,
    seq: u64,
    start_op: u64,
    operations: u64,
    deps: Vec<Hash>,
}

impl<'a> Walked<'a> {
    /// The bytes that were walked.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The change's name: the SHA-256 of its bytes behind the checksum.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Who made it.
    pub fn actor(&self) -> Actor {
        self.actor
    }

    /// The actor's own count in the part, from 1.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Counter of the first operation, from 1.
    pub fn start_op(&self) -> u64 {
        self.start_op
    }

    /// How many operations there are, [`limits::CHANGE_OPERATIONS`] at most.
    pub fn operations(&self) -> u64 {
        self.operations
    }

    /// Names of the changes it was made knowing, ascending.
    pub fn deps(&self) -> &[Hash] {
        &self.deps
    }
}

/// Walks one change: chunk, header, list of columns, and every run.
///
/// # Errors
/// The first [`Refusal`] that applies; size is looked at before anything else.
pub fn change(bytes: &[u8]) -> Result<Walked<'_>, Refusal> {
    if bytes.len() > limits::CHANGE_BYTES {
        return Err(Refusal::TooManyBytes);
    }
    let (mut left, hash) = chunk::open(bytes, Kind::Change)?;
    let deps = chunk::hashes(&mut left)?;
    let actor = chunk::actor(&mut left)?;
    let seq = counter(left.unsigned()?)?;
    let start_op = counter(left.unsigned()?)?;
    if !(-limits::MOMENT..=limits::MOMENT).contains(&left.signed()?) {
        return Err(Refusal::Moment);
    }
    left.text(limits::MESSAGE_BYTES)?;
    let others = chunk::actors(&mut left)?;
    if others.contains(&actor) {
        return Err(Refusal::Actor);
    }
    let columns = Listed::read(&mut left)?.take(&mut left)?;
    if left.rest().len() > limits::EXTRA_BYTES {
        return Err(Refusal::Unknown);
    }
    let operations = operations::walk(&columns, In::Change, 1 + others.len() as u64)?.operations;
    if start_op + operations > limits::COUNTER {
        return Err(Refusal::Counter);
    }
    Ok(Walked {
        bytes,
        hash,
        actor,
        seq,
        start_op,
        operations,
        deps,
    })
}

/// Walks the changes of one segment, with limits for all of them together.
///
/// # Errors
/// The place of the change that is refused, from 0, and why. A segment is taken whole or not at all.
pub fn segment<'a>(
    changes: impl IntoIterator<Item = &'a [u8]>,
) -> Result<Vec<Walked<'a>>, (usize, Refusal)> {
    let (mut bytes, mut operations) = (0usize, 0u64);
    let mut walked = Vec::new();
    for (at, one) in changes.into_iter().enumerate() {
        bytes = bytes.saturating_add(one.len());
        if bytes > limits::SEGMENT_BYTES {
            return Err((at, Refusal::TooManyBytes));
        }
        let one = change(one).map_err(|why| (at, why))?;
        operations += one.operations;
        if operations > limits::SEGMENT_OPERATIONS {
            return Err((at, Refusal::TooManyOperations));
        }
        walked.push(one);
    }
    Ok(walked)
}

fn counter(value: u64) -> Result<u64, Refusal> {
    if (1..=limits::COUNTER).contains(&value) {
        Ok(value)
    } else {
        Err(Refusal::Counter)
    }
}
