//! Changes: automerge's unit, built and read without opening a document.
//!
//! Because every object of a part is made by a computed change, a change can be built from four
//! facts kept in the cursor (sequence number, highest counter, heads, own last hash) and be byte-identical with what
//! automerge itself would have written; a property test holds the two together.

use super::part::{Actor, Noun, OpId, Part};
use super::state::Cursor;
use super::value::Value;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::sync::walker::{self, Refusal, Walked};
use automerge::legacy::{Key, ObjectId, Op, OpId as WireOpId, OpType};
use automerge::{ActorId, Change, ChangeHash, ExpandedChange};
use std::num::NonZeroU64;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The SHA-256 by which automerge names a change.
pub type Hash = [u8; 32];

/// One value put under one key of one noun's map.
#[derive(Clone, Debug, PartialEq)]
pub struct PutOp {
    /// Which map.
    pub noun: Noun,
    /// `id.field`.
    pub key: String,
    /// What is put.
    pub value: Value,
    /// The operations this one replaces: those its author saw.
    pub replaces: Vec<OpId>,
}

impl PutOp {
    /// The thing it writes to.
    pub fn thing(&self) -> Id {
        let id = self
            .key
            .split_once('.')
            .map_or(self.key.as_str(), |(id, _)| id);
        Id::read(id)
    }
}

/// What stands around the operations of a change.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeHead {
    /// Who made it.
    pub actor: Actor,
    /// The actor's own count in this part, from 1.
    pub seq: u64,
    /// Counter of the first operation.
    pub start_op: u64,
    /// Unix seconds by the author's clock; for showing, never for ordering.
    pub at: i64,
    /// The author's offset from UTC in minutes, and whether these are the person's own words written by another.
    pub note: ChangeNote,
    /// Hashes of the changes this one was made knowing.
    pub deps: Vec<Hash>,
}

/// What the change's message says: `"<offset in minutes>"`, then `p` for the person's own words written down
/// by another and `l` for an answer taken at the lock screen. No message means offset 0 and nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChangeNote {
    /// Minutes east of UTC.
    pub offset: i16,
    /// `--for-person`.
    pub for_person: bool,
    /// Taken while the vault was locked.
    pub from_lock_screen: bool,
}

impl ChangeNote {
    fn message(self) -> Option<String> {
        if self == ChangeNote::default() {
            return None;
        }
        let person = if self.for_person { "p" } else { "" };
        let lock = if self.from_lock_screen { "l" } else { "" };
        Some(format!("{}{person}{lock}", self.offset))
    }

    fn read(message: Option<&str>) -> ChangeNote {
        let message = message.unwrap_or_default();
        let letters = message.trim_start_matches(|c: char| c == '-' || c.is_ascii_digit());
        let number = &message[..message.len() - letters.len()];
        ChangeNote {
            // Offsets beyond a day are not offsets: shown as UTC rather than refused.
            offset: number
                .parse()
                .ok()
                .filter(|o: &i16| o.abs() < 24 * 60)
                .unwrap_or(0),
            for_person: letters.contains('p'),
            from_lock_screen: letters.contains('l'),
        }
    }
}

/// A change ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// Uncompressed bytes of the change, as automerge reads them.
    pub bytes: Vec<u8>,
    /// Its name.
    pub hash: Hash,
}

/// One operation as read from a change.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadOp {
    /// Its id.
    pub id: OpId,
    /// What it put; `None` for what this version does not interpret (kept in the bytes).
    pub put: Option<PutOp>,
}

/// A change as read.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadChange {
    /// What stands around the operations.
    pub head: ChangeHead,
    /// Its name, recomputed from the bytes.
    pub hash: Hash,
    /// The operations in order.
    pub ops: Vec<ReadOp>,
    /// The noun whose map it makes, for the computed change of a later noun; also one this version does not know.
    pub makes: Option<String>,
}

impl ReadChange {
    /// Counter of its last operation; one less than that of the first if it has none.
    pub fn max_op(&self) -> u64 {
        (self.head.start_op + self.ops.len() as u64).saturating_sub(1)
    }
}

/// Builds a change of a part.
///
/// # Errors
/// [`Error::TooLong`] or [`Error::Usage`] for what other devices would refuse (see
/// [`walker::limits`]).
pub fn build(circle: &Id, part: &Part, head: &ChangeHead, ops: &[PutOp]) -> Result<Built> {
    let mut operations = Vec::with_capacity(ops.len());
    for op in ops {
        let object = part
            .object_of(circle, op.noun)
            .ok_or(Error::Usage { what: "part" })?;
        operations.push(Op {
            action: OpType::Put(op.value.to_automerge()),
            obj: ObjectId::Id(WireOpId(object.counter, actor_id(object.actor))),
            key: Key::from(op.key.clone()),
            pred: op
                .replaces
                .iter()
                .map(|id| WireOpId(id.counter, actor_id(id.actor)))
                .collect(),
            insert: false,
        });
    }
    let built = finish(head, operations)?;
    // What others would refuse is never written: everything later would wait for it for ever.
    match walker::change(&built.bytes) {
        Ok(_) => Ok(built),
        Err(Refusal::TooManyBytes) => {
            let texts = ops.iter().filter_map(|op| op.value.text());
            let length = texts.map(|text| text.chars().count() as u64).sum();
            Err(Error::TooLong { length })
        }
        Err(_) => Err(Error::Usage { what: "change" }),
    }
}

/// The computed first change of a part: one empty map for each of its nouns, time 0, no message.
pub fn first(circle: &Id, part: &Part) -> Result<Built> {
    let nouns = part.first_nouns().iter().map(|noun| noun.as_str());
    computed(part.first_actor(circle), nouns)
}

/// The computed change that makes the map of a later noun: on its own, depending on nothing.
pub fn map_of(circle: &Id, part: &Part, noun: &str) -> Result<Built> {
    computed(part.map_actor(circle, noun), [noun].into_iter())
}

/// The later nouns these operations write to whose maps are not known yet.
pub fn maps_missing(part: &Part, cursor: &Cursor, ops: &[PutOp]) -> Vec<Noun> {
    let mut missing: Vec<Noun> = ops
        .iter()
        .map(|op| op.noun)
        .filter(|noun| part.is_later(*noun) && !cursor.maps.contains(noun.as_str()))
        .collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// A change everybody computes alike: empty maps in the root, time 0, no message, no dependencies.
fn computed<'a>(actor: Actor, maps: impl Iterator<Item = &'a str>) -> Result<Built> {
    let make = |word: &str| Op {
        action: OpType::Make(automerge::ObjType::Map),
        obj: ObjectId::Root,
        key: Key::from(word.to_owned()),
        pred: Vec::new().into(),
        insert: false,
    };
    let head = ChangeHead {
        actor,
        seq: 1,
        start_op: 1,
        at: 0,
        note: ChangeNote::default(),
        deps: Vec::new(),
    };
    finish(&head, maps.map(make).collect())
}

fn finish(head: &ChangeHead, operations: Vec<Op>) -> Result<Built> {
    let mut deps: Vec<ChangeHash> = head.deps.iter().map(|hash| ChangeHash(*hash)).collect();
    deps.sort_unstable();
    let expanded = ExpandedChange {
        operations,
        actor_id: actor_id(head.actor),
        hash: None,
        seq: head.seq,
        start_op: NonZeroU64::new(head.start_op).ok_or(Error::Usage { what: "counter" })?,
        time: head.at,
        message: head.note.message(),
        deps,
        extra_bytes: Vec::new(),
        author: None,
    };
    let change = Change::from(expanded);
    Ok(Built {
        bytes: change.raw_bytes().to_vec(),
        hash: change.hash().0,
    })
}

/// Reads a change of a part as this device keeps it. What another device sends goes through [`read_walked`].
/// Bytes that are no change are [`Error::Damaged`].
pub fn read(circle: &Id, part: &Part, bytes: &[u8]) -> Result<ReadChange> {
    // automerge's parser can panic on damaged bytes; nothing is shared with the closure, so no half-done
    // state can be seen afterwards.
    let change = catch_unwind(AssertUnwindSafe(|| Change::from_bytes(bytes.to_vec())))
        .map_err(|_| Error::Damaged)?
        .map_err(|_| Error::Damaged)?;
    // Bytes 4 to 7 repeat the first four of the hash; automerge leaves comparing them to its reader.
    if bytes.get(4..8) != Some(&change.hash().0[..4]) {
        return Err(Error::Damaged);
    }
    let expanded =
        catch_unwind(AssertUnwindSafe(|| change.decode())).map_err(|_| Error::Damaged)?;
    read_expanded(circle, part, &expanded, change.hash().0)
}

/// Reads a change of another device, which must have passed the walker.
///
/// It must also be written as automerge writes it. A snapshot keeps operations, not bytes, and makes the bytes again
/// when it is loaded: a change in another form would come back under another name, and its part could never be
/// compacted again.
///
/// # Errors
/// [`Refusal::Undecodable`] and [`Refusal::OtherForm`].
pub fn read_walked(
    circle: &Id,
    part: &Part,
    walked: &Walked,
) -> std::result::Result<ReadChange, Refusal> {
    let bytes = walked.bytes();
    // The walk leaves nothing that is known to make automerge panic; the guard is for what is not known.
    let (expanded, again) = catch_unwind(AssertUnwindSafe(|| {
        let change = Change::from_bytes(bytes.to_vec()).map_err(|_| Refusal::Undecodable)?;
        let expanded = change.decode();
        let again = Change::from(expanded.clone());
        Ok::<_, Refusal>((expanded, again))
    }))
    .map_err(|_| Refusal::Undecodable)??;
    if again.raw_bytes() != bytes {
        return Err(Refusal::OtherForm);
    }
    read_expanded(circle, part, &expanded, walked.hash()).map_err(|_| Refusal::Undecodable)
}

fn read_expanded(
    circle: &Id,
    part: &Part,
    expanded: &ExpandedChange,
    hash: Hash,
) -> Result<ReadChange> {
    let first = part.first_actor(circle);
    let actor = actor(&expanded.actor_id)?;
    let start = expanded.start_op.get();
    let makes = made_map(circle, part, hash, &expanded.operations);
    let mut ops = Vec::with_capacity(expanded.operations.len());
    for (at, op) in expanded.operations.iter().enumerate() {
        let counter = start.checked_add(at as u64).ok_or(Error::Damaged)?;
        ops.push(ReadOp {
            id: OpId { counter, actor },
            put: put(circle, part, first, op)?,
        });
    }
    Ok(ReadChange {
        makes,
        head: ChangeHead {
            actor,
            seq: expanded.seq,
            start_op: start,
            at: expanded.time,
            note: ChangeNote::read(expanded.message.as_deref()),
            deps: expanded.deps.iter().map(|hash| hash.0).collect(),
        },
        hash,
        ops,
    })
}

/// The noun whose map this change makes, if it is byte for byte the computed one for it.
fn made_map(circle: &Id, part: &Part, hash: Hash, ops: &[Op]) -> Option<String> {
    let [op] = ops else { return None };
    let (OpType::Make(automerge::ObjType::Map), ObjectId::Root, Key::Map(word)) =
        (&op.action, &op.obj, &op.key)
    else {
        return None;
    };
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if word.is_empty() || !word.chars().all(is_word) {
        return None;
    }
    let computed = map_of(circle, part, word).ok()?;
    (computed.hash == hash).then(|| word.to_string())
}

fn put(circle: &Id, part: &Part, first: Actor, op: &Op) -> Result<Option<PutOp>> {
    let (OpType::Put(value), ObjectId::Id(object), Key::Map(key)) = (&op.action, &op.obj, &op.key)
    else {
        return Ok(None);
    };
    let object = OpId {
        counter: object.0,
        actor: actor(&object.1)?,
    };
    let Some(noun) = part.noun_of(circle, first, object).filter(|_| !op.insert) else {
        return Ok(None);
    };
    let mut replaces = Vec::with_capacity(op.pred.len());
    for id in op.pred.iter() {
        replaces.push(OpId {
            counter: id.0,
            actor: actor(&id.1)?,
        });
    }
    Ok(Some(PutOp {
        noun,
        key: key.to_string(),
        value: Value::from_automerge(value),
        replaces,
    }))
}

fn actor(id: &ActorId) -> Result<Actor> {
    id.to_bytes()
        .try_into()
        .map(Actor)
        .map_err(|_| Error::Damaged)
}

fn actor_id(actor: Actor) -> ActorId {
    ActorId::from(actor.0)
}
