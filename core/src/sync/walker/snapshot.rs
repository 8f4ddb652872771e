//! Walking a snapshot: a whole document, as `save_nocompress` writes it.

use super::chunk::{self, Kind};
use super::columns::{Columns, Listed, Spec, full, full_or_left_out};
use super::operations::{self, Counted, In};
use super::runs::{Rows, groups, numbers, steps, texts};
use super::{Refusal, limits, values};
use crate::record::Actor;
use crate::record::change::Hash;

const ACTOR: Spec = 0x01;
const SEQ: Spec = 0x03;
const MAX_OP: Spec = 0x13;
const TIME: Spec = 0x23;
const MESSAGE: Spec = 0x35;
const DEPS: Spec = 0x40;
const DEPS_INDEX: Spec = 0x43;
const EXTRA_TYPES: Spec = 0x56;
const EXTRA_BYTES: Spec = 0x57;

/// A snapshot that passed the walker, and what the walk learnt. Only the walker makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalkedSnapshot<'a> {
    bytes: &'a [u8],
    actors: Vec<Actor>,
    heads: Vec<Hash>,
    changes: u64,
    operations: u64,
}

impl<'a> WalkedSnapshot<'a> {
    /// The bytes that were walked.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Everybody who made a change in it, ascending.
    pub fn actors(&self) -> &[Actor] {
        &self.actors
    }

    /// The heads it says it has, ascending. They are a claim: only decoding shows whether they come out.
    pub fn heads(&self) -> &[Hash] {
        &self.heads
    }

    /// How many changes it holds.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// How many operations it holds, deletions not counted.
    pub fn operations(&self) -> u64 {
        self.operations
    }
}

/// Walks one snapshot: chunk, actors, heads, both lists of columns, and every run.
///
/// # Errors
/// The first [`Refusal`] that applies; size is looked at before anything else.
pub fn snapshot(bytes: &[u8]) -> Result<WalkedSnapshot<'_>, Refusal> {
    if bytes.len() > limits::SNAPSHOT_BYTES {
        return Err(Refusal::TooManyBytes);
    }
    let (mut left, _) = chunk::open(bytes, Kind::Document)?;
    let actors = chunk::actors(&mut left)?;
    let heads = chunk::hashes(&mut left)?;
    let of_changes = Listed::read(&mut left)?;
    let of_operations = Listed::read(&mut left)?;
    let of_changes = of_changes.take(&mut left)?;
    let of_operations = of_operations.take(&mut left)?;
    let counted = operations::walk(&of_operations, In::Snapshot, actors.len() as u64)?;
    let changes = changes(&of_changes, actors.len() as u64, &counted)?;
    // Behind the columns: the place of each head in the table of changes.
    for _ in &heads {
        if left.unsigned()? >= changes {
            return Err(Refusal::Dependencies);
        }
    }
    left.finished()?;
    Ok(WalkedSnapshot {
        bytes,
        actors,
        heads,
        changes,
        operations: counted.operations,
    })
}

/// Walks the table of changes; returns how many there are.
fn changes(columns: &Columns, actors: u64, counted: &Counted) -> Result<u64, Refusal> {
    let of = |spec| columns.of(spec);
    let some = Rows::up_to(limits::SNAPSHOT_CHANGES, Refusal::TooManyOperations);
    let count = numbers(of(ACTOR), some, actors, false, Refusal::Actor)?;
    let rows = || Rows::up_to(count, Refusal::Rows);
    let high = limits::COUNTER as i64;
    full(
        count,
        steps(of(SEQ), rows(), 1, high, false, Refusal::Counter)?,
    )?;
    // Every counter up to the highest was an operation here, or a deletion, which is kept as a link to what it deleted.
    let highest = (counted.operations + counted.linked) as i64;
    full(
        count,
        steps(of(MAX_OP), rows(), 0, highest, false, Refusal::Counter)?,
    )?;
    let found = steps(
        of(TIME),
        rows(),
        -limits::MOMENT,
        limits::MOMENT,
        false,
        Refusal::Moment,
    )?;
    full_or_left_out(count, of(TIME), found)?;
    let found = texts(of(MESSAGE), rows(), limits::MESSAGE_BYTES)?;
    full_or_left_out(count, of(MESSAGE), found)?;
    let most = limits::SNAPSHOT_DEPENDENCIES;
    let (found, deps) = groups(of(DEPS), rows(), most, Refusal::Dependencies)?;
    full(count, found)?;
    // A change stands only on what the table has.
    let found = steps(
        of(DEPS_INDEX),
        Rows::up_to(deps, Refusal::Rows),
        0,
        (count as i64 - 1).max(0),
        false,
        Refusal::Dependencies,
    )?;
    full(deps, found)?;
    full(
        count,
        values::walk(of(EXTRA_TYPES), of(EXTRA_BYTES), rows())?,
    )?;
    columns.limit_unknown(&[
        ACTOR,
        SEQ,
        MAX_OP,
        TIME,
        MESSAGE,
        DEPS,
        DEPS_INDEX,
        EXTRA_TYPES,
        EXTRA_BYTES,
    ])?;
    Ok(count)
}
