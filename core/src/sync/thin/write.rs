//! Describing changes, where they are signed.

use super::course::Course;
use super::puts::{self, Inside};
use super::read::{self, Left};
use super::words::{Piece, put_number};
use super::{Ground, Stream, Stuck, hint, part};
use crate::id::Id;
use crate::record::change::{self, ChangeNote, PutOp, ReadChange};
use crate::record::part::Part;
use crate::sync::segment::Carried;

/// What an item is: its lowest two bits.
pub(super) const KIND: u8 = 3;
pub(super) const THIN: u8 = 0;
pub(super) const WHOLE: u8 = 1;
pub(super) const COMPUTED: u8 = 2;
/// In the part of the item before.
pub(super) const SAME_PART: u8 = 4;
/// Stands on the actor's own change before and on nothing else.
pub(super) const OWN_ONLY: u8 = 8;
/// Offset and marks as in the actor's change before.
pub(super) const SAME_NOTE: u8 = 16;
/// Its first counter is the next after the actor's change before.
pub(super) const NEXT_COUNTER: u8 = 32;
/// Two bits: a new entry and nothing else, one operation, two, or a number that follows.
pub(super) const OPERATIONS: u32 = 6;
pub(super) const LONE_ENTRY: u8 = 0;
pub(super) const COUNTED: u8 = 3;

/// What a change stands on, in a byte: the actor's change before, the part's first change, …
pub(super) const ON_OWN: u8 = 1;
pub(super) const ON_FIRST: u8 = 2;
/// … three bits: how many others by their hints; 7: their number follows …
pub(super) const HINTED: u32 = 2;
pub(super) const MANY: u8 = 7;
/// … and further ones, whose number follows: each a later noun's computed change, or named in full.
pub(super) const ON_FURTHER: u8 = 32;
pub(super) const ON_MAP: u8 = 0;
pub(super) const ON_NAME: u8 = 1;

/// What came of describing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thinned {
    /// The body of a segment, to be compressed.
    pub body: Vec<u8>,
    /// How many changes went whole.
    pub whole: usize,
}

/// Describes changes of a stream, in their order. Each is rebuilt at once with what the receiver will have; one that
/// does not come back byte for byte goes whole.
///
/// # Errors
/// [`Stuck`] where even whole the changes would not be taken; those of storage.
pub fn describe(
    stream: Stream,
    ground: &dyn Ground,
    changes: &[Carried],
) -> Result<Thinned, Stuck> {
    let mut course = Course::new(stream, ground);
    let mut all = Piece::default();
    let mut count = 0;
    for carried in changes {
        let mut built = None;
        if let Some(piece) = thin(&course, carried)? {
            built = comes_back(&course, &piece, carried)?.map(|after| (piece, after));
        }
        let (piece, after) = match built {
            Some(built) => built,
            None => {
                count += 1;
                let piece = whole(&course, carried).ok_or(crate::Error::Damaged)?;
                let after = comes_back(&course, &piece, carried)?;
                (piece, after.ok_or(crate::Error::Damaged)?)
            }
        };
        all.shape.extend(piece.shape);
        all.texts.extend(piece.texts);
        course = after;
    }
    let mut body = Vec::with_capacity(3 + all.shape.len() + all.texts.len());
    put_number(&mut body, all.shape.len() as u64);
    body.extend(all.shape);
    body.extend(all.texts);
    Ok(Thinned { body, whole: count })
}

/// Rebuilds what was just written as the receiver will; where it goes on from there, if the change came back.
fn comes_back<'a>(
    course: &Course<'a>,
    piece: &Piece,
    carried: &Carried,
) -> Result<Option<Course<'a>>, Stuck> {
    let (mut after, mut left) = (course.clone(), Left::of(piece));
    match read::item(&mut after, &mut left) {
        Ok(built) if built == *carried && left.is_finished() => Ok(Some(after)),
        Err(Stuck::Store(error)) => Err(error.into()),
        Ok(_) | Err(_) => Ok(None),
    }
}

fn whole(course: &Course, carried: &Carried) -> Option<Piece> {
    let mut piece = Piece::default();
    begin(course, &mut piece, WHOLE, &carried.part)?;
    piece.text(&carried.bytes);
    Some(piece)
}

fn begin(course: &Course, piece: &mut Piece, marks: u8, of: &Part) -> Option<()> {
    if course.part.as_ref() == Some(of) {
        piece.byte(marks | SAME_PART);
        return Some(());
    }
    piece.byte(marks);
    part::put(piece, course.stream.group, of)
}

/// A change in short, if it has a description.
fn thin(course: &Course, carried: &Carried) -> Result<Option<Piece>, Stuck> {
    let circle = course.stream.circle;
    let read = change::read(circle, &carried.part, &carried.bytes)?;
    let (mut course, mut piece) = (course.clone(), Piece::default());
    if let Some(noun) = &read.makes {
        let described = begin(&course, &mut piece, COMPUTED, &carried.part)
            .map(|()| noun_word(&mut piece, &carried.part, noun));
        return Ok(described.map(|()| piece));
    }
    let puts: Option<Vec<PutOp>> = read.ops.iter().map(|op| op.put.clone()).collect();
    let Some(puts) = puts else { return Ok(None) };
    let described = own(&mut course, &mut piece, &carried.part, &read, &puts)?;
    Ok(described.map(|()| piece))
}

fn own(
    course: &mut Course,
    piece: &mut Piece,
    of: &Part,
    read: &ReadChange,
    puts: &[PutOp],
) -> Result<Option<()>, Stuck> {
    let (head, last) = (&read.head, course.last(of)?.cloned());
    let own_only = last.as_ref().is_some_and(|last| head.deps == [last.hash]);
    let mut stands = Piece::default();
    let mut next = last.as_ref().map_or(0, |last| last.max_op);
    next = next.max(of.first_nouns().len() as u64);
    if !own_only {
        next = next.max(stands_on(course, &mut stands, of, read)?);
    }
    next += 1;
    let note = last
        .as_ref()
        .map_or(ChangeNote::default(), |last| last.note);
    let local = head.at.saturating_add(i64::from(head.note.offset) * 60);
    let plan = last.as_ref().and_then(|last| last.plan.clone());
    let mut inside = Inside::new(of, local, plan);
    let lone = match puts {
        [put] => puts::lone_entry(course, &inside, head.start_op, put),
        _ => None,
    };
    // First as nothing but an entry, then, if the entry is of another form, as any operation.
    let mut ways = vec![match puts.len() {
        few @ 1..=2 => few as u8,
        _ => COUNTED,
    }];
    if lone.is_some() {
        ways.push(LONE_ENTRY);
    }
    while let Some(way) = ways.pop() {
        let (mut trial, mut here) = (course.clone(), Piece::default());
        let mut marks = THIN | way << OPERATIONS;
        for (mark, is) in [
            (OWN_ONLY, own_only),
            (SAME_NOTE, head.note == note),
            (NEXT_COUNTER, head.start_op == next),
        ] {
            marks |= if is { mark } else { 0 };
        }
        let Some(()) = begin(&trial, &mut here, marks, of) else {
            return Ok(None);
        };
        let before = trial.time_before(of)?;
        here.difference(head.at, before);
        here.shape.extend(&stands.shape);
        here.texts.extend(&stands.texts);
        if head.start_op != next {
            here.difference(head.start_op as i64, next as i64);
        }
        if head.note != note {
            note_of(&mut here, head.note);
        }
        let written = match (way, lone) {
            (LONE_ENTRY, Some(bytes)) => {
                puts::put_entry(&mut trial, &mut here, &mut inside, head.start_op, bytes)
            }
            _ => {
                if way == COUNTED {
                    here.number(puts.len() as u64);
                }
                puts.iter()
                    .zip(head.start_op..)
                    .try_for_each(|(put, counter)| {
                        puts::put(&mut trial, &mut here, &mut inside, counter, put)
                    })
            }
        };
        if written.is_some() {
            (*course, *piece) = (trial, here);
            return Ok(Some(()));
        }
    }
    Ok(None)
}

fn note_of(piece: &mut Piece, note: ChangeNote) {
    piece.byte(u8::from(note.for_person) | u8::from(note.from_lock_screen) << 1);
    piece.difference(i64::from(note.offset), 0);
}

/// Writes what a change stands on; the highest counter of those others that are hinted at.
fn stands_on(
    course: &mut Course,
    piece: &mut Piece,
    of: &Part,
    read: &ReadChange,
) -> Result<u64, Stuck> {
    let circle = course.stream.circle;
    let own = course.last(of)?.map(|last| last.hash);
    let first = change::first(circle, of)?.hash;
    let (mut marks, mut highest, mut count) = (0, 0, 0u64);
    let (mut hints, mut further) = (Vec::new(), Vec::new());
    for dep in &read.head.deps {
        if Some(*dep) == own {
            marks |= ON_OWN;
            continue;
        }
        if *dep == first {
            marks |= ON_FIRST;
            continue;
        }
        let noun = map_named(circle, of, dep)?;
        if noun.is_none() {
            let hint = hint(course.stream.nonce, dep);
            match course.named(of, &hint) {
                Ok(found) if found.hash == *dep => {
                    highest = highest.max(found.max_op);
                    hints.extend(hint);
                    count += 1;
                    continue;
                }
                Err(Stuck::Store(error)) => return Err(error.into()),
                _ => {}
            }
        }
        further.push((noun, dep));
    }
    let few = u8::try_from(count).unwrap_or(MANY).min(MANY);
    marks |= few << HINTED;
    if !further.is_empty() {
        marks |= ON_FURTHER;
    }
    piece.byte(marks);
    if few == MANY {
        piece.number(count);
    }
    piece.texts.extend(hints);
    if !further.is_empty() {
        piece.number(further.len() as u64);
    }
    for (noun, dep) in further {
        match noun {
            Some(noun) => {
                piece.byte(ON_MAP);
                noun_word(piece, of, noun);
            }
            None => {
                piece.byte(ON_NAME);
                piece.texts.extend(dep);
            }
        }
    }
    Ok(highest)
}

/// The later noun whose computed change has this name.
fn map_named(
    circle: &Id,
    of: &Part,
    name: &change::Hash,
) -> Result<Option<&'static str>, crate::Error> {
    for noun in of.later_nouns() {
        if change::map_of(circle, of, noun.as_str())?.hash == *name {
            return Ok(Some(noun.as_str()));
        }
    }
    Ok(None)
}

/// A noun by its place in the part's list, from 1; or, after 0, by its word.
fn noun_word(piece: &mut Piece, of: &Part, noun: &str) {
    let known = crate::record::Noun::parse(noun).and_then(|noun| of.number_of(noun));
    match known {
        Some(number) => piece.number(u64::from(number) + 1),
        None => {
            piece.number(0);
            piece.text(noun.as_bytes());
        }
    }
}
