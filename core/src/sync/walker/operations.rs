//! The columns an operation is spread over. Changes and snapshots share all but two of them: a change says what each
//! operation replaces, a snapshot what replaced it.

use super::columns::{Columns, Spec, full, full_or_left_out};
use super::limits;
use super::runs::{Rows, booleans, groups, numbers, steps, texts};
use super::{Refusal, values};

const OBJECT_ACTOR: Spec = 0x01;
const OBJECT_COUNTER: Spec = 0x02;
const KEY_ACTOR: Spec = 0x11;
const KEY_COUNTER: Spec = 0x13;
const KEY_TEXT: Spec = 0x15;
const ID_ACTOR: Spec = 0x21;
const ID_COUNTER: Spec = 0x23;
const INSERT: Spec = 0x34;
const ACTION: Spec = 0x42;
const VALUE_TYPES: Spec = 0x56;
const VALUE_BYTES: Spec = 0x57;
const REPLACES: Spec = 0x70;
const REPLACES_ACTOR: Spec = 0x71;
const REPLACES_COUNTER: Spec = 0x73;
const REPLACED_BY: Spec = 0x80;
const REPLACED_BY_ACTOR: Spec = 0x81;
const REPLACED_BY_COUNTER: Spec = 0x83;
const EXPAND: Spec = 0x94;
const MARK: Spec = 0xa5;

/// Kinds of operation: make map, put, make list, delete, make text, increment, make table, mark.
const ACTIONS: u64 = 8;

const SHARED: [Spec; 11] = [
    OBJECT_ACTOR,
    OBJECT_COUNTER,
    KEY_ACTOR,
    KEY_COUNTER,
    KEY_TEXT,
    INSERT,
    ACTION,
    VALUE_TYPES,
    VALUE_BYTES,
    EXPAND,
    MARK,
];

/// Where the operations stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum In {
    Change,
    Snapshot,
}

/// How many operations a table has, and how many ids of others they name together.
pub(super) struct Counted {
    pub(super) operations: u64,
    pub(super) linked: u64,
}

/// Walks every column of a table of operations.
pub(super) fn walk(columns: &Columns, place: In, actors: u64) -> Result<Counted, Refusal> {
    let (most, most_linked) = match place {
        In::Change => (limits::CHANGE_OPERATIONS, limits::CHANGE_REPLACED),
        In::Snapshot => (limits::SNAPSHOT_OPERATIONS, limits::SNAPSHOT_REPLACED),
    };
    let of = |spec| columns.of(spec);
    let some = || Rows::up_to(most, Refusal::TooManyOperations);
    let operations = numbers(of(ACTION), some(), ACTIONS, false, Refusal::Action)?;
    // No other column may have more rows than this one.
    let rows = || Rows::up_to(operations, Refusal::Rows);
    let high = limits::COUNTER as i64;

    for (spec, end, beyond) in [
        (OBJECT_ACTOR, actors, Refusal::Actor),
        (OBJECT_COUNTER, limits::COUNTER + 1, Refusal::Counter),
        (KEY_ACTOR, actors, Refusal::Actor),
    ] {
        let found = numbers(of(spec), rows(), end, true, beyond)?;
        full_or_left_out(operations, of(spec), found)?;
    }
    let found = steps(of(KEY_COUNTER), rows(), 0, high, true, Refusal::Counter)?;
    full_or_left_out(operations, of(KEY_COUNTER), found)?;
    for spec in [KEY_TEXT, MARK] {
        let found = texts(of(spec), rows(), limits::KEY_BYTES)?;
        full_or_left_out(operations, of(spec), found)?;
    }
    full(operations, booleans(of(INSERT), rows())?)?;
    full_or_left_out(operations, of(EXPAND), booleans(of(EXPAND), rows())?)?;
    full(
        operations,
        values::walk(of(VALUE_TYPES), of(VALUE_BYTES), rows())?,
    )?;

    let group = match place {
        In::Change => [REPLACES, REPLACES_ACTOR, REPLACES_COUNTER],
        In::Snapshot => [REPLACED_BY, REPLACED_BY_ACTOR, REPLACED_BY_COUNTER],
    };
    let linked = linked(columns, group, operations, most_linked, actors)?;
    let mut known = [&SHARED[..], &group].concat();
    if place == In::Snapshot {
        let found = numbers(of(ID_ACTOR), rows(), actors, false, Refusal::Actor)?;
        full(operations, found)?;
        full(
            operations,
            steps(of(ID_COUNTER), rows(), 1, high, false, Refusal::Counter)?,
        )?;
        known.extend([ID_ACTOR, ID_COUNTER]);
    }
    columns.limit_unknown(&known)?;
    Ok(Counted { operations, linked })
}

/// Ids of other operations that belong to each row: how many, their actors, their counters.
fn linked(
    columns: &Columns,
    [sizes, actor, counter]: [Spec; 3],
    operations: u64,
    most: u64,
    actors: u64,
) -> Result<u64, Refusal> {
    let rows = Rows::up_to(operations, Refusal::Rows);
    let (found, links) = groups(columns.of(sizes), rows, most, Refusal::TooManyReplaced)?;
    full(operations, found)?;
    let rows = || Rows::up_to(links, Refusal::Rows);
    let found = numbers(columns.of(actor), rows(), actors, false, Refusal::Actor)?;
    full(links, found)?;
    let high = limits::COUNTER as i64;
    full(
        links,
        steps(
            columns.of(counter),
            rows(),
            1,
            high,
            false,
            Refusal::Counter,
        )?,
    )?;
    Ok(links)
}
