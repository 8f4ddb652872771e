//! What a rule writes: puts, gathered per part, to be kept in one transaction.

use super::change::{self, ChangeHead, ChangeNote, PutOp};
use super::part::{Noun, OpId, Part};
use super::state::{Record, Role};
use super::thing::Thing;
use super::value::Value;
use crate::error::{Error, Result};
use crate::id::Id;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, Utc};
use std::collections::BTreeMap;

/// The most characters a text may have.
pub const TEXT_LIMIT: u64 = 100_000;

/// The circumstances of an act: the moment by the device's clock, and in whose words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acting {
    /// Now.
    pub at: DateTime<FixedOffset>,
    /// These are the person's own words, written down by another.
    pub for_person: bool,
    /// Taken while the vault was locked.
    pub from_lock_screen: bool,
}

impl Acting {
    /// In one's own name, now.
    pub fn at(at: DateTime<FixedOffset>) -> Acting {
        Acting {
            at,
            for_person: false,
            from_lock_screen: false,
        }
    }
}

/// Collects what one act writes. The rules read the record through it and put their answers into it.
pub struct Acts<'r> {
    record: &'r Record,
    acting: Acting,
    today: NaiveDate,
    puts: BTreeMap<Part, Vec<PutOp>>,
}

impl<'r> Acts<'r> {
    /// An act on this record with nothing written yet.
    pub fn new(record: &'r Record, acting: Acting) -> Acts<'r> {
        let today = record.day_of(acting.at.with_timezone(&Utc));
        Acts {
            record,
            acting,
            today,
            puts: BTreeMap::new(),
        }
    }

    /// The record as it was before this act.
    pub fn record(&self) -> &'r Record {
        self.record
    }

    /// The circumstances.
    pub fn acting(&self) -> Acting {
        self.acting
    }

    /// The person's local day now.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// The person's local time of day now.
    pub fn local_time(&self) -> NaiveTime {
        let at = self.acting.at.with_timezone(&Utc);
        self.record.zones().local(at).time()
    }

    /// The part for goals and what stands by itself, born this year.
    pub fn goals_now(&self) -> Part {
        Part::goals(self.today.year())
    }

    /// Whether the actor speaks as the person: the person's own device, or another writing the person's words.
    pub fn speaks_as_person(&self) -> bool {
        self.acting.for_person || self.record.my_role() == Role::Person
    }

    /// Refuses who is neither staff nor the person of a record of their own as staff, and the person who was handed
    /// a device of staff.
    pub fn staff_only(&self) -> Result<()> {
        if self.record.is_seen_by_staff() {
            Ok(())
        } else {
            Err(Error::NotAllowed)
        }
    }

    /// Makes the id of a new thing: the one of the next operation in its part.
    pub fn make(&self, part: &Part) -> Id {
        let counter = self.start_op(part) + self.puts.get(part).map_or(0, Vec::len) as u64;
        id_of(
            &self.record.circle,
            part,
            OpId {
                counter,
                actor: self.record.actor,
            },
        )
    }

    /// Gives a field a value, knowing all its present answers. Giving the value it already has writes nothing.
    pub fn put(&mut self, part: &Part, noun: Noun, id: &Id, field: &str, value: impl Into<Value>) {
        let value = value.into();
        let key = if field.is_empty() {
            id.to_string()
        } else {
            format!("{id}.{field}")
        };
        let start = self.start_op(part);
        let actor = self.record.actor;
        let puts = self.puts.entry(part.clone()).or_default();
        let mine = puts
            .iter()
            .rposition(|put| put.noun == noun && put.key == key);
        let replaces = match mine {
            Some(at) if puts[at].value == value => return,
            Some(at) => vec![OpId {
                counter: start + at as u64,
                actor,
            }],
            None => {
                let present = self
                    .record
                    .get(noun, id)
                    .and_then(|thing| thing.field(field));
                match present.map(|f| f.present.as_slice()).unwrap_or_default() {
                    [only] if only.value == value => return,
                    present => present.iter().map(|answer| answer.op).collect(),
                }
            }
        };
        puts.push(PutOp {
            noun,
            key,
            value,
            replaces,
        });
    }

    /// Gives a field of a thing that is already in the record a value.
    pub fn set(&mut self, thing: &Thing, field: &str, value: impl Into<Value>) {
        self.put(&thing.part, thing.noun, &thing.id, field, value);
    }

    /// Gives a field a text if there is one, refusing empty and overlong ones.
    pub fn put_text(
        &mut self,
        part: &Part,
        noun: Noun,
        id: &Id,
        field: &str,
        text: Option<&str>,
    ) -> Result<()> {
        if let Some(text) = text {
            self.put(part, noun, id, field, checked(text)?);
        }
        Ok(())
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.puts.values().all(Vec::is_empty)
    }

    /// The change heads and operations to build, one for each part that was written to.
    pub fn finish(self) -> Result<Vec<(Part, ChangeHead, Vec<PutOp>)>> {
        let starts: Vec<u64> = self.puts.keys().map(|part| self.start_op(part)).collect();
        let note = ChangeNote {
            offset: i16::try_from(self.acting.at.offset().local_minus_utc() / 60).unwrap_or(0),
            for_person: self.acting.for_person,
            from_lock_screen: self.acting.from_lock_screen,
        };
        self.puts
            .into_iter()
            .zip(starts)
            .filter(|((_, puts), _)| !puts.is_empty())
            .map(|((part, puts), start_op)| {
                let cursor = self.record.cursors.get(&part).cloned().unwrap_or_default();
                let mut deps = cursor.heads.clone();
                if deps.is_empty() {
                    deps.push(change::first(&self.record.circle, &part)?.hash);
                }
                deps.extend(cursor.own_last.filter(|last| !deps.contains(last)));
                for noun in change::maps_missing(&part, &cursor, &puts) {
                    deps.push(change::map_of(&self.record.circle, &part, noun.as_str())?.hash);
                }
                let head = ChangeHead {
                    actor: self.record.actor,
                    seq: cursor.own_seq + 1,
                    start_op,
                    at: self.acting.at.timestamp(),
                    note,
                    deps,
                };
                Ok((part, head, puts))
            })
            .collect()
    }

    fn start_op(&self, part: &Part) -> u64 {
        // A part nobody has started yet begins with its computed first change, one operation a noun.
        let known = self
            .record
            .cursors
            .get(part)
            .map_or(0, |cursor| cursor.max_op);
        known.max(part.first_nouns().len() as u64) + 1
    }
}

/// The id a thing gets from the operation that begins it; a receiver can work it out from the change alone.
pub fn id_of(circle: &Id, part: &Part, op: OpId) -> Id {
    Id::of(&[
        b"thing/1",
        circle.as_str().as_bytes(),
        part.as_str().as_bytes(),
        &op.actor.0,
        &op.counter.to_le_bytes(),
    ])
}

/// A text as it may be kept: not only white space, not too long; otherwise byte for byte.
pub fn checked(text: &str) -> Result<&str> {
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    let length = text.chars().count() as u64;
    if length > TEXT_LIMIT {
        Err(Error::TooLong { length })
    } else {
        Ok(text)
    }
}

/// A name: one line, so that it cannot be taken for another line of a page.
///
/// # Errors
/// Those of [`checked`], [`Error::Usage`] `name` where it has a line's end or another control character.
pub fn checked_name(name: &str) -> Result<&str> {
    if name.chars().any(char::is_control) {
        return Err(Error::Usage { what: "name" });
    }
    checked(name)
}

/// A whole number inside a range.
pub fn within(given: i64, low: i64, high: i64) -> Result<i64> {
    if (low..=high).contains(&given) {
        Ok(given)
    } else {
        Err(Error::OutOfRange { given, low, high })
    }
}

/// One of the stable words of a list; hyphen and underscore are the same.
///
/// # Errors
/// [`Error::Usage`] naming `what` for any other word.
pub fn one_of(words: &[&'static str], given: &str, what: &'static str) -> Result<&'static str> {
    let given = given.replace('-', "_");
    words
        .iter()
        .copied()
        .find(|word| *word == given)
        .ok_or(Error::Usage { what })
}
