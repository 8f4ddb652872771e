//! Whether a change of another device surely merges, told from rows and without a document.
//!
//! A trial copy of the part tells it too, and costs as much as the whole part. It is made only for what this cannot
//! answer: docs/adr/0027.

use super::rows;
use super::vault::Circle;
use crate::error::Result;
use crate::record::change::{self, Hash, ReadChange};
use crate::record::{Actor, Noun, Part, Record};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::collections::BTreeSet;

/// Whether the change is in the form this version writes, is the next of its actor and stands on that one's last,
/// writes to maps that are made, and replaces only answers that stand under the same key. Then automerge merges it,
/// and gives it back under its own name. The things it writes to must be in the record already, as they were before.
pub(super) fn surely(
    tx: &Transaction,
    circle: &Circle,
    record: &Record,
    part: &Part,
    bytes: &[u8],
    read: &ReadChange,
) -> Result<bool> {
    if let Some(word) = &read.makes {
        return Ok(Noun::parse(word).is_some_and(|noun| part.is_later(noun)));
    }
    let cursor = record.cursors.get(part);
    let mut keys = BTreeSet::new();
    let mut puts = Vec::with_capacity(read.ops.len());
    for op in &read.ops {
        let Some(put) = &op.put else { return Ok(false) };
        let map = !part.is_later(put.noun)
            || cursor.is_some_and(|cursor| cursor.maps.contains(put.noun.as_str()));
        if !map || !keys.insert((put.noun, put.key.as_str())) {
            return Ok(false);
        }
        // Written in the order automerge keeps, each before the operation that replaces it.
        let in_order = put.replaces.windows(2).all(|pair| pair[0] < pair[1]);
        let earlier = put.replaces.iter().all(|id| id.counter < op.id.counter);
        let thing = record.get(put.noun, &put.thing());
        if !in_order || !earlier || thing.is_some_and(|thing| thing.part != *part) {
            return Ok(false);
        }
        let field = put.key.split_once('.').map_or("", |(_, field)| field);
        let field = thing.and_then(|thing| thing.field(field));
        let stands = |id| field.is_some_and(|field| field.has(id));
        if !put.replaces.iter().all(stands) {
            return Ok(false);
        }
        puts.push(put.clone());
    }
    let actor = read.head.actor;
    let own = actor == record.actor || is_computed(circle, record, part, actor);
    if puts.is_empty() || own || is_mixed(tx, circle, part)? {
        return Ok(false);
    }
    let follows = match last_of(tx, circle, part, read)? {
        None => read.head.seq == 1,
        Some((seq, hash)) => read.head.seq == seq + 1 && read.head.deps.contains(&hash),
    };
    let built = change::build(&circle.id, part, &read.head, &puts);
    Ok(follows && built.is_ok_and(|built| built.bytes == bytes))
}

/// Whether this is the actor of a computed change of the part, which is nobody's.
fn is_computed(circle: &Circle, record: &Record, part: &Part, actor: Actor) -> bool {
    let later = Noun::ALL.iter().filter(|noun| part.is_later(**noun));
    let made = record.cursors.get(part).into_iter();
    let made = made.flat_map(|cursor| cursor.maps.iter().map(String::as_str));
    let mut words = later.map(|noun| noun.as_str()).chain(made);
    actor == part.first_actor(&circle.id)
        || words.any(|word| actor == part.map_actor(&circle.id, word))
}

/// The newest change of the actor that is kept in the part.
fn last_of(
    tx: &Transaction,
    circle: &Circle,
    part: &Part,
    read: &ReadChange,
) -> Result<Option<(u64, Hash)>> {
    let sql = "select seq, hash from tip where circle = ?1 and part = ?2 and actor = ?3";
    let actor = read.head.actor.0;
    Ok(tx
        .prepare_cached(sql)?
        .query_row(params![circle.no, part.as_str(), actor.as_slice()], |row| {
            Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?))
        })
        .optional()?)
}

/// Notes a part from which somebody wrote to a thing of another one. Nobody honest does; of such a part the rows do not
/// tell which answer lies in it, so from then on both are tried out on a copy.
pub(super) fn note_mixed(
    tx: &Transaction,
    circle: &Circle,
    record: &Record,
    part: &Part,
    read: &ReadChange,
) -> Result<()> {
    for put in read.ops.iter().filter_map(|op| op.put.as_ref()) {
        let thing = record.get(put.noun, &put.thing());
        let Some(thing) = thing.filter(|thing| thing.part != *part) else {
            continue;
        };
        for part in [part, &thing.part] {
            tx.prepare_cached("insert or ignore into mixed(circle, part) values(?1, ?2)")?
                .execute(params![circle.no, part.as_str()])?;
        }
    }
    Ok(())
}

fn is_mixed(db: &Connection, circle: &Circle, part: &Part) -> Result<bool> {
    let sql = "select 1 from mixed where circle = ?1 and part = ?2";
    Ok(db
        .prepare_cached(sql)?
        .exists(params![circle.no, part.as_str()])?)
}

/// What of a record is needed to take in these changes: little where all of them are entries, which change nothing else.
pub(super) fn record_for(
    tx: &Transaction,
    circle: &Circle,
    actor: Actor,
    reads: &[ReadChange],
) -> Result<(Record, bool)> {
    let is_entry = |op: &change::ReadOp| op.put.as_ref().is_some_and(|p| p.noun == Noun::Entry);
    let entries = reads.iter().flat_map(|read| &read.ops).all(is_entry);
    let record = match entries {
        true => rows::load_known(tx, circle, actor)?,
        false => rows::load(tx, circle, actor, &rows::Scope::All)?,
    };
    Ok((record, !entries))
}
