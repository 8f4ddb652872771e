//! Ids of things: most follow from an operation of the stream's actor, or were named a moment ago.

use super::course::Course;
use super::read::Left;
use super::words::Piece;
use crate::id::{ID_LENGTH, Id, WIDE_LENGTH, base32, unbase32};
use crate::record::acts::id_of;
use crate::record::part::{OpId, Part};
use crate::sync::walker::Refusal;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Made by an operation of the stream's actor, so many counters back.
const MADE: u64 = 0;
/// 60 bits in 8 bytes.
const SHORT: u64 = 1;
/// 128 bits in 16 bytes.
const WIDE: u64 = 2;
/// Any other text.
const WORD: u64 = 3;
/// From here on: the last id that was named, the one before, …
const RECENT: u64 = 4;

/// Bytes of an id at most; a longer one goes whole, so that naming it again cannot blow anything up.
const LONGEST: usize = 64;

/// How many ids are remembered.
const REMEMBERED: usize = 100;

/// How many counters back an id is looked for where it is written down.
const LOOKED_FOR: u64 = 2048;

/// Ids that were named, the newest last.
#[derive(Clone, Default)]
pub(super) struct Recent {
    ids: Vec<Id>,
    /// Used only where changes are described: worked out once, whatever is tried and dropped again.
    made: Rc<RefCell<BTreeMap<Part, Made>>>,
}

/// The ids that operations of the stream's actor made in one part, up to a counter.
#[derive(Default)]
struct Made {
    next: u64,
    by: BTreeMap<Id, u64>,
}

impl Recent {
    fn named(&mut self, id: &Id) {
        self.ids.retain(|known| known != id);
        self.ids.push(id.clone());
        if self.ids.len() > REMEMBERED {
            self.ids.remove(0);
        }
    }

    /// How far back an id was named; 0 is the last one.
    fn back(&self, id: &Id) -> Option<u64> {
        let back = self.ids.iter().rev().position(|known| known == id)?;
        Some(back as u64)
    }

    fn get(&self, back: u64) -> Option<Id> {
        let back = usize::try_from(back).ok()?;
        self.ids.iter().rev().nth(back).cloned()
    }
}

/// The counter of the operation of the stream's actor that made this id, if it is not long ago.
fn maker(course: &Course, part: &Part, upto: u64, id: &Id) -> Option<u64> {
    let mut parts = course.recent.made.borrow_mut();
    let made = parts.entry(part.clone()).or_default();
    let from = made.next.max(upto.saturating_sub(LOOKED_FOR)).max(1);
    for counter in from..=upto {
        made.by.insert(of(&course.stream, part, counter), counter);
    }
    made.next = made.next.max(upto + 1);
    made.by.get(id).copied().filter(|counter| *counter <= upto)
}

fn of(stream: &super::Stream, part: &Part, counter: u64) -> Id {
    let actor = stream.actor;
    id_of(stream.circle, part, OpId { counter, actor })
}

/// The id that the operation with this counter makes.
pub(super) fn made_by(course: &Course, part: &Part, counter: u64) -> Id {
    of(&course.stream, part, counter)
}

/// Names an id; `counter` is that of the operation it stands in.
pub(super) fn put(
    course: &mut Course,
    piece: &mut Piece,
    part: &Part,
    counter: u64,
    id: &Id,
) -> Option<()> {
    let text = id.as_str();
    if text.len() > LONGEST {
        return None;
    }
    if let Some(back) = course.recent.back(id) {
        piece.number(RECENT + back);
    } else if let Some(maker) = maker(course, part, counter, id) {
        piece.number(MADE);
        piece.number(counter - maker);
    } else if let Some(bits) = bits(text, ID_LENGTH) {
        piece.number(SHORT);
        piece.texts.extend(bits);
    } else if let Some(bits) = bits(text, WIDE_LENGTH) {
        piece.number(WIDE);
        piece.texts.extend(bits);
    } else {
        piece.number(WORD);
        piece.text(text.as_bytes());
    }
    course.recent.named(id);
    Some(())
}

/// Whether a value is worth being written as an id.
pub(super) fn is_one(text: &str) -> bool {
    bits(text, ID_LENGTH).is_some() || bits(text, WIDE_LENGTH).is_some()
}

fn bits(text: &str, length: usize) -> Option<Vec<u8>> {
    if text.len() != length {
        return None;
    }
    // 12 symbols are 60 bits: a thirteenth fills the eighth byte.
    let filled = if length == ID_LENGTH {
        format!("{text}0")
    } else {
        text.to_owned()
    };
    unbase32(&filled)
}

/// Reads what [`put`] wrote.
pub(super) fn take(
    course: &mut Course,
    left: &mut Left,
    part: &Part,
    counter: u64,
) -> Result<Id, Refusal> {
    let id = match left.shape.unsigned()? {
        MADE => {
            let back = left.shape.unsigned()?;
            let maker = counter.checked_sub(back).ok_or(Refusal::Counter)?;
            of(&course.stream, part, maker)
        }
        SHORT => Id::read(base32(&left.texts.array::<8>()?, ID_LENGTH)),
        WIDE => Id::read(base32(&left.texts.array::<16>()?, WIDE_LENGTH)),
        WORD => Id::read(left.text(LONGEST)?),
        recent => course.recent.get(recent - RECENT).ok_or(Refusal::Unknown)?,
    };
    course.recent.named(&id);
    Ok(id)
}
