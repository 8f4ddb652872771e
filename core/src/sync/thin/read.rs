//! Rebuilding changes, where they are taken in.

use super::course::Course;
use super::puts::{self, Inside};
use super::words::{Piece, unzigzag};
use super::write::{
    COMPUTED, COUNTED, HINTED, KIND, LONE_ENTRY, MANY, NEXT_COUNTER, ON_FIRST, ON_FURTHER, ON_MAP,
    ON_NAME, ON_OWN, OPERATIONS, OWN_ONLY, SAME_NOTE, SAME_PART, THIN, WHOLE,
};
use super::{BODY_CAP, Ground, Last, Stream, Stuck, part};
use crate::record::change::{self, ChangeHead, ChangeNote, Hash};
use crate::record::part::Part;
use crate::sync::segment::Carried;
use crate::sync::walker::reader::Reader;
use crate::sync::walker::{self, Refusal, limits};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is left to read: numbers and marks, and words.
pub(super) struct Left<'a> {
    pub(super) shape: Reader<'a>,
    pub(super) texts: Reader<'a>,
}

impl<'a> Left<'a> {
    pub(super) fn of(piece: &'a Piece) -> Left<'a> {
        Left {
            shape: Reader::new(&piece.shape),
            texts: Reader::new(&piece.texts),
        }
    }

    pub(super) fn is_finished(&self) -> bool {
        self.shape.is_empty() && self.texts.is_empty()
    }

    pub(super) fn bytes(&mut self) -> Result<&'a [u8], Refusal> {
        let length = self.shape.unsigned()?;
        self.texts.take(length)
    }

    pub(super) fn text(&mut self, longest: usize) -> Result<&'a str, Refusal> {
        let bytes = self.bytes()?;
        if bytes.len() > longest {
            return Err(Refusal::TooLong);
        }
        std::str::from_utf8(bytes).map_err(|_| Refusal::Text)
    }
}

/// Rebuilds the changes of a segment's body, in their order.
///
/// # Errors
/// [`Stuck::StandsOn`] where something they stand on is not here; [`Stuck::Refused`] for a body that describes no
/// changes, or more than a segment may hold; [`Stuck::Store`].
pub fn rebuild(stream: Stream, ground: &dyn Ground, body: &[u8]) -> Result<Vec<Carried>, Stuck> {
    if body.len() > BODY_CAP {
        return Err(Refusal::TooManyBytes.into());
    }
    let mut texts = Reader::new(body);
    let length = texts.unsigned()?;
    let shape = Reader::new(texts.take(length)?);
    let mut left = Left { shape, texts };
    let mut course = Course::new(stream, ground);
    let (mut changes, mut bytes) = (Vec::new(), 0);
    while !left.shape.is_empty() {
        let carried = item(&mut course, &mut left)?;
        bytes += carried.bytes.len();
        if bytes > limits::SEGMENT_BYTES {
            return Err(Refusal::TooManyBytes.into());
        }
        changes.push(carried);
    }
    left.texts.finished()?;
    Ok(changes)
}

/// The next change.
pub(super) fn item(course: &mut Course, left: &mut Left) -> Result<Carried, Stuck> {
    let marks = left.shape.byte()?;
    let of = match &course.part {
        Some(before) if marks & SAME_PART != 0 => before.clone(),
        None if marks & SAME_PART != 0 => return Err(Refusal::Unknown.into()),
        _ => part::take(left, course.stream.group)?,
    };
    course.part = Some(of.clone());
    let bytes = match marks & KIND {
        THIN => own(course, left, &of, marks)?,
        WHOLE => whole(course, left, &of)?,
        COMPUTED => {
            let noun = noun_word(left, &of)?;
            change::map_of(course.stream.circle, &of, noun)?.bytes
        }
        _ => return Err(Refusal::Unknown.into()),
    };
    Ok(Carried { part: of, bytes })
}

fn whole(course: &mut Course, left: &mut Left, of: &Part) -> Result<Vec<u8>, Stuck> {
    let bytes = left.bytes()?;
    let walked = walker::change(bytes)?;
    if walked.actor() == course.stream.actor {
        let read = change::read_walked(course.stream.circle, of, &walked)?;
        course.took(of, Last::of(&read));
    }
    Ok(bytes.to_vec())
}

fn own(course: &mut Course, left: &mut Left, of: &Part, marks: u8) -> Result<Vec<u8>, Stuck> {
    let stream = course.stream;
    let before = course.time_before(of)?;
    let last = course.last(of)?.cloned();
    let seq = last.as_ref().map_or(0, |last| last.seq) + 1;
    let at = before.wrapping_add(unzigzag(left.shape.unsigned()?));
    if !(-limits::MOMENT..=limits::MOMENT).contains(&at) {
        return Err(Refusal::Moment.into());
    }
    let (deps, named) = match (&last, marks & OWN_ONLY != 0) {
        (Some(last), true) => (vec![last.hash], 0),
        (None, true) => return Err(Stuck::StandsOn),
        (_, false) => stands_on(course, left, of)?,
    };
    let known = last.as_ref().map_or(0, |last| last.max_op).max(named);
    let mut start_op = known.max(of.first_nouns().len() as u64) + 1;
    if marks & NEXT_COUNTER == 0 {
        let further = unzigzag(left.shape.unsigned()?);
        start_op = start_op
            .checked_add_signed(further)
            .ok_or(Refusal::Counter)?;
    }
    let highest = limits::COUNTER - limits::CHANGE_OPERATIONS;
    if !(1..=highest).contains(&start_op) || seq > highest {
        return Err(Refusal::Counter.into());
    }
    let mut note = last
        .as_ref()
        .map_or(ChangeNote::default(), |last| last.note);
    if marks & SAME_NOTE == 0 {
        note = note_of(left)?;
    }
    let local = at.saturating_add(i64::from(note.offset) * 60);
    let mut inside = Inside::new(of, local, last.and_then(|last| last.plan));
    let mut puts = Vec::new();
    match marks >> OPERATIONS {
        LONE_ENTRY => puts.push(puts::take_entry(course, left, &mut inside, start_op)?),
        few => {
            let count = match few {
                COUNTED => left.shape.unsigned()?,
                few => u64::from(few),
            };
            if count > limits::CHANGE_OPERATIONS {
                return Err(Refusal::TooManyOperations.into());
            }
            for counter in start_op..start_op + count {
                puts.push(puts::take(course, left, &mut inside, counter)?);
            }
        }
    }
    let max_op = (start_op + puts.len() as u64).saturating_sub(1);
    let head = ChangeHead {
        actor: stream.actor,
        seq,
        start_op,
        at,
        note,
        deps,
    };
    // Every number was looked at; the guard is for what is not known.
    let built = catch_unwind(AssertUnwindSafe(|| {
        change::build(stream.circle, of, &head, &puts)
    }));
    let built = built
        .ok()
        .and_then(Result::ok)
        .ok_or(Refusal::Undecodable)?;
    let last = Last {
        seq,
        hash: built.hash,
        max_op,
        at,
        note,
        plan: inside.plan,
    };
    course.took(of, last);
    Ok(built.bytes)
}

fn note_of(left: &mut Left) -> Result<ChangeNote, Refusal> {
    let marks = left.shape.byte()?;
    let offset = unzigzag(left.shape.unsigned()?);
    Ok(ChangeNote {
        offset: i16::try_from(offset).map_err(|_| Refusal::Value)?,
        for_person: marks & 1 != 0,
        from_lock_screen: marks & 2 != 0,
    })
}

/// What a change stands on, and the highest counter of those others that are hinted at.
fn stands_on(course: &mut Course, left: &mut Left, of: &Part) -> Result<(Vec<Hash>, u64), Stuck> {
    let marks = left.shape.byte()?;
    if marks >= ON_FURTHER << 1 {
        return Err(Refusal::Unknown.into());
    }
    let circle = course.stream.circle;
    let (mut deps, mut highest) = (Vec::new(), 0);
    if marks & ON_OWN != 0 {
        deps.push(course.last(of)?.ok_or(Stuck::StandsOn)?.hash);
    }
    if marks & ON_FIRST != 0 {
        deps.push(change::first(circle, of)?.hash);
    }
    let hinted = match marks >> HINTED & MANY {
        MANY => left.shape.unsigned()?,
        few => u64::from(few),
    };
    let further = match marks & ON_FURTHER {
        0 => 0,
        _ => left.shape.unsigned()?,
    };
    if hinted.saturating_add(further) > limits::NAMES {
        return Err(Refusal::Dependencies.into());
    }
    for _ in 0..hinted {
        let named = course.named(of, &left.texts.array()?)?;
        highest = highest.max(named.max_op);
        deps.push(named.hash);
    }
    for _ in 0..further {
        deps.push(match left.shape.byte()? {
            ON_MAP => change::map_of(circle, of, noun_word(left, of)?)?.hash,
            ON_NAME => left.texts.array()?,
            _ => return Err(Refusal::Unknown.into()),
        });
    }
    Ok((deps, highest))
}

fn noun_word<'a>(left: &mut Left<'a>, of: &Part) -> Result<&'a str, Refusal> {
    match left.shape.unsigned()? {
        0 => left.text(limits::KEY_BYTES),
        number => u8::try_from(number - 1)
            .ok()
            .and_then(|number| of.numbered(number))
            .map(|noun| noun.as_str())
            .ok_or(Refusal::Unknown),
    }
}
