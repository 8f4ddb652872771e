//! One operation: which map, which key, what value, and which answers it replaces.

use super::course::Course;
use super::entry::{self, Around, day_number, day_of};
use super::read::Left;
use super::words::{FIELDS, Piece, unzigzag, zigzag};
use super::{BODY_CAP, Stuck, ids};
use crate::id::Id;
use crate::record::Value;
use crate::record::change::PutOp;
use crate::record::part::{Noun, OpId, Part};
use crate::sync::walker::{Refusal, limits};
use chrono::NaiveDate;

/// Lower five bits: the noun, by its place in the part's list. Then two bits for the id.
const NOUN: u8 = 31;
const ID: u32 = 5;
const ID_BEFORE: u8 = 0;
const ID_MADE: u8 = 1;
const ID_NAMED: u8 = 2;
const REPLACES: u8 = 128;

/// Before the number of a field: its name follows, or the key is the bare id.
const FIELD_NAMED: u64 = 0;
const NO_FIELD: u64 = 1;
const FIELD: u64 = 2;

const EMPTY: u8 = 0;
const NO: u8 = 1;
const YES: u8 = 2;
const NUMBER: u8 = 3;
const TEXT: u8 = 4;
const BYTES: u8 = 5;
const DAY: u8 = 6;
const AN_ID: u8 = 7;
const ENTRY: u8 = 8;

/// What the operations of one change share.
pub(super) struct Inside<'a> {
    pub(super) part: &'a Part,
    pub(super) day: i64,
    pub(super) plan: Option<Id>,
    /// The id the operation before wrote to.
    pub(super) id: Option<Id>,
    /// How many answers may still be replaced.
    pub(super) replaced: u64,
}

impl<'a> Inside<'a> {
    /// `local` is the author's local time, in seconds.
    pub(super) fn new(part: &'a Part, local: i64, plan: Option<Id>) -> Inside<'a> {
        Inside {
            part,
            day: local.div_euclid(24 * 60 * 60),
            plan,
            id: None,
            replaced: limits::CHANGE_REPLACED,
        }
    }

    fn around<'b>(&'b self, counter: u64) -> Around<'b> {
        Around {
            part: self.part,
            counter,
            day: self.day,
            plan: self.plan.as_ref(),
        }
    }
}

/// Whether a change of one operation can be written as nothing but its entry: a new one, under the id it makes.
pub(super) fn lone_entry<'p>(
    course: &Course,
    inside: &Inside,
    counter: u64,
    put: &'p PutOp,
) -> Option<&'p [u8]> {
    let Value::Bytes(bytes) = &put.value else {
        return None;
    };
    let own = super::ids::made_by(course, inside.part, counter);
    let is = put.noun == Noun::Entry && put.replaces.is_empty() && put.key == own.as_str();
    is.then_some(bytes)
}

/// Writes a lone entry.
pub(super) fn put_entry(
    course: &mut Course,
    piece: &mut Piece,
    inside: &mut Inside,
    counter: u64,
    bytes: &[u8],
) -> Option<()> {
    inside.plan = Some(entry::put(course, piece, inside.around(counter), bytes)?);
    Some(())
}

/// Reads a lone entry.
pub(super) fn take_entry(
    course: &mut Course,
    left: &mut Left,
    inside: &mut Inside,
    counter: u64,
) -> Result<PutOp, Stuck> {
    let (bytes, plan) = entry::take(course, left, inside.around(counter))?;
    inside.plan = Some(plan);
    Ok(PutOp {
        noun: Noun::Entry,
        key: ids::made_by(course, inside.part, counter).to_string(),
        value: Value::Bytes(bytes),
        replaces: Vec::new(),
    })
}

/// Writes one operation; `None` for what has no description.
pub(super) fn put(
    course: &mut Course,
    piece: &mut Piece,
    inside: &mut Inside,
    counter: u64,
    put: &PutOp,
) -> Option<()> {
    let noun = inside.part.number_of(put.noun).filter(|n| *n < NOUN)?;
    let (id, field) = put
        .key
        .split_once('.')
        .map_or((put.key.as_str(), None), |(id, field)| (id, Some(field)));
    let id = Id::read(id);
    let mode = if inside.id.as_ref() == Some(&id) {
        ID_BEFORE
    } else if ids::made_by(course, inside.part, counter) == id {
        ID_MADE
    } else {
        ID_NAMED
    };
    let replaces = if put.replaces.is_empty() { 0 } else { REPLACES };
    piece.byte(noun | mode << ID | replaces);
    if mode == ID_NAMED {
        ids::put(course, piece, inside.part, counter, &id)?;
    }
    inside.id = Some(id);
    match field {
        None => piece.number(NO_FIELD),
        Some(field) => match FIELDS.iter().position(|known| *known == field) {
            Some(at) => piece.number(FIELD + at as u64),
            None => {
                piece.number(FIELD_NAMED);
                piece.text(field.as_bytes());
            }
        },
    }
    value(course, piece, inside, counter, put)?;
    if replaces != 0 {
        piece.number(put.replaces.len() as u64);
        for op in &put.replaces {
            piece.number(zigzag(counter as i64 - op.counter as i64));
            match course.number_of(op.actor) {
                Some(number) => piece.number(number as u64),
                None => {
                    piece.number(course.actors.len() as u64);
                    piece.texts.extend(op.actor.0);
                    course.know(op.actor);
                }
            }
        }
    }
    Some(())
}

fn value(
    course: &mut Course,
    piece: &mut Piece,
    inside: &mut Inside,
    counter: u64,
    put: &PutOp,
) -> Option<()> {
    match &put.value {
        Value::Empty => piece.byte(EMPTY),
        Value::Bool(yes) => piece.byte(if *yes { YES } else { NO }),
        Value::Int(number) => {
            piece.byte(NUMBER);
            piece.difference(*number, 0);
        }
        Value::Text(text) => {
            if let Some(day) = day(text) {
                piece.byte(DAY);
                piece.difference(day, inside.day);
            } else if ids::is_one(text) {
                piece.byte(AN_ID);
                ids::put(
                    course,
                    piece,
                    inside.part,
                    counter,
                    &Id::read(text.as_str()),
                )?;
            } else {
                piece.byte(TEXT);
                piece.text(text.as_bytes());
            }
        }
        Value::Bytes(bytes) => {
            let (before, here) = (course.clone(), piece.clone());
            piece.byte(ENTRY);
            let plan = (put.noun == Noun::Entry)
                .then(|| entry::put(course, piece, inside.around(counter), bytes));
            match plan.flatten() {
                Some(plan) => inside.plan = Some(plan),
                None => {
                    (*course, *piece) = (before, here);
                    piece.byte(BYTES);
                    piece.text(bytes);
                }
            }
        }
        Value::Unknown => return None,
    }
    Some(())
}

/// Reads what [`put`] wrote.
pub(super) fn take(
    course: &mut Course,
    left: &mut Left,
    inside: &mut Inside,
    counter: u64,
) -> Result<PutOp, Stuck> {
    let marks = left.shape.byte()?;
    let noun = inside.part.numbered(marks & NOUN).ok_or(Refusal::Unknown)?;
    let id = match marks >> ID & 3 {
        ID_BEFORE => inside.id.clone().ok_or(Refusal::Unknown)?,
        ID_MADE => ids::made_by(course, inside.part, counter),
        ID_NAMED => ids::take(course, left, inside.part, counter)?,
        _ => return Err(Refusal::Unknown.into()),
    };
    let key = match left.shape.unsigned()? {
        NO_FIELD => id.to_string(),
        FIELD_NAMED => format!("{id}.{}", left.text(limits::KEY_BYTES)?),
        field => {
            let at = usize::try_from(field - FIELD).map_err(|_| Refusal::Unknown)?;
            let field = FIELDS.get(at).ok_or(Refusal::Unknown)?;
            format!("{id}.{field}")
        }
    };
    inside.id = Some(id);
    let value = take_value(course, left, inside, counter)?;
    let mut replaces = Vec::new();
    if marks & REPLACES != 0 {
        let count = left.shape.unsigned()?;
        inside.replaced = inside
            .replaced
            .checked_sub(count)
            .ok_or(Refusal::TooManyReplaced)?;
        for _ in 0..count {
            let back = unzigzag(left.shape.unsigned()?);
            let counter = (counter as i64).checked_sub(back).unwrap_or(0);
            let counter = u64::try_from(counter).unwrap_or(0);
            if !(1..=limits::COUNTER).contains(&counter) {
                return Err(Refusal::Counter.into());
            }
            let number = left.shape.unsigned()?;
            if number == course.actors.len() as u64 {
                let actor = crate::record::Actor(left.texts.array()?);
                course.know(actor);
            }
            let actor = usize::try_from(number)
                .ok()
                .and_then(|number| course.actors.get(number).copied())
                .ok_or(Refusal::Actor)?;
            replaces.push(OpId { counter, actor });
        }
    }
    Ok(PutOp {
        noun,
        key,
        value,
        replaces,
    })
}

fn take_value(
    course: &mut Course,
    left: &mut Left,
    inside: &mut Inside,
    counter: u64,
) -> Result<Value, Stuck> {
    Ok(match left.shape.byte()? {
        EMPTY => Value::Empty,
        NO => Value::Bool(false),
        YES => Value::Bool(true),
        NUMBER => Value::Int(unzigzag(left.shape.unsigned()?)),
        TEXT => Value::Text(left.text(BODY_CAP)?.to_owned()),
        BYTES => Value::Bytes(left.bytes()?.to_vec()),
        DAY => {
            let day = inside.day.wrapping_add(unzigzag(left.shape.unsigned()?));
            Value::Text(day_of(day).ok_or(Refusal::Value)?.to_string())
        }
        AN_ID => Value::Text(ids::take(course, left, inside.part, counter)?.to_string()),
        ENTRY => {
            let (bytes, plan) = entry::take(course, left, inside.around(counter))?;
            inside.plan = Some(plan);
            Value::Bytes(bytes)
        }
        _ => return Err(Refusal::Unknown.into()),
    })
}

/// A day as it is stored, in days since 1970.
fn day(text: &str) -> Option<i64> {
    let day: NaiveDate = text.parse().ok()?;
    (day.to_string() == text).then(|| day_number(day))
}
