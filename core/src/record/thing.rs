//! A thing of the record: fields, each with its present answers and all earlier ones.

use super::part::{Actor, Noun, OpId, Part};
use super::value::Value;
use crate::id::Id;
use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use serde::{Deserialize, Serialize};

/// Who made a change, and when by their clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp {
    /// Device incarnation.
    pub actor: Actor,
    /// Its count in the part.
    pub seq: u64,
    /// Unix seconds.
    pub at: i64,
    /// Minutes east of UTC.
    pub offset: i16,
    /// The person's own words, written down by another.
    pub for_person: bool,
    /// Taken while the vault was locked.
    pub from_lock_screen: bool,
}

impl Stamp {
    /// The moment with its offset; a time outside the calendar is shown as 1 January 1970.
    pub fn moment(&self) -> DateTime<FixedOffset> {
        let offset = FixedOffset::east_opt(i32::from(self.offset) * 60)
            .unwrap_or(FixedOffset::east_opt(0).expect("zero is an offset"));
        Utc.timestamp_opt(self.at, 0)
            .single()
            .unwrap_or_default()
            .with_timezone(&offset)
    }
}

/// One value somebody gave to a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Answer {
    /// What was given.
    pub value: Value,
    /// The operation that gave it.
    pub op: OpId,
    /// Who and when.
    pub stamp: Stamp,
}

/// One field: the answers nobody has replaced knowing of them (more than one: made apart), and the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Present answers, by operation id.
    pub present: Vec<Answer>,
    /// Replaced answers, by operation id.
    pub earlier: Vec<Answer>,
}

impl Field {
    /// Every answer ever given, oldest first.
    pub fn all(&self) -> Vec<&Answer> {
        let mut all: Vec<&Answer> = self.earlier.iter().chain(&self.present).collect();
        all.sort_by_key(|answer| answer.op);
        all
    }

    /// Whether this operation gave an answer here, replaced since or not.
    pub(crate) fn has(&self, op: &OpId) -> bool {
        [&self.present, &self.earlier]
            .iter()
            .any(|answers| answers.binary_search_by_key(op, |answer| answer.op).is_ok())
    }

    /// Puts an answer in its place; putting it twice changes nothing.
    fn put(&mut self, answer: Answer, replaces: &[OpId]) {
        // Both lists are kept in order: another device may send thousands of answers for one field.
        for op in replaces {
            if let Ok(at) = self.present.binary_search_by_key(op, |a| a.op) {
                let gone = self.present.remove(at);
                insert(&mut self.earlier, gone);
            }
        }
        if self
            .earlier
            .binary_search_by_key(&answer.op, |a| a.op)
            .is_err()
        {
            insert(&mut self.present, answer);
        }
    }
}

/// Puts an answer into a list in order, unless it is there.
fn insert(answers: &mut Vec<Answer>, answer: Answer) {
    if let Err(at) = answers.binary_search_by_key(&answer.op, |a| a.op) {
        answers.insert(at, answer);
    }
}

/// One goal, plan, rating, entry, …: its id, its noun, its part, and its fields by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thing {
    /// Its id inside the record.
    pub id: Id,
    /// What it is.
    pub noun: Noun,
    /// The part it lives in, for ever.
    pub part: Part,
    /// Fields by name. Those of a newer version are here too.
    pub fields: Vec<(String, Field)>,
}

impl Thing {
    /// A thing with no field yet.
    pub fn new(id: Id, noun: Noun, part: Part) -> Thing {
        Thing {
            id,
            noun,
            part,
            fields: Vec::new(),
        }
    }

    /// The field of this name, if anybody ever gave it a value.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, field)| field)
    }

    /// Puts an answer into a field.
    pub fn put(&mut self, name: &str, answer: Answer, replaces: &[OpId]) {
        match self.fields.binary_search_by(|(n, _)| n.as_str().cmp(name)) {
            Ok(at) => self.fields[at].1.put(answer, replaces),
            Err(at) => {
                let field = Field {
                    present: vec![answer],
                    earlier: Vec::new(),
                };
                self.fields.insert(at, (name.to_owned(), field));
            }
        }
    }

    /// The operation and stamp with which the thing came to be: its lowest operation.
    pub fn made(&self) -> Option<&Answer> {
        self.fields
            .iter()
            .flat_map(|(_, f)| f.present.iter().chain(&f.earlier))
            .min_by_key(|a| a.op)
    }

    /// The only or first-written present text of a field that is set once.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.field(name)?.present.first()?.value.text()
    }

    /// The only or first-written present number of a field that is set once.
    pub fn int(&self, name: &str) -> Option<i64> {
        self.field(name)?.present.first()?.value.int()
    }

    /// A reference to another thing, set once.
    pub fn reference(&self, name: &str) -> Option<Id> {
        self.text(name).map(Id::read)
    }

    /// Whether a field set once says yes.
    pub fn is(&self, name: &str) -> bool {
        matches!(
            self.field(name)
                .and_then(|f| f.present.first())
                .map(|a| &a.value),
            Some(Value::Bool(true))
        )
    }

    /// Withdrawn and not restored. Of a withdrawal and a restoring made apart the restoring counts:
    /// showing too much can be mended, a thing that seems gone cannot.
    pub fn is_withdrawn(&self) -> bool {
        self.field("withdrawn").is_some_and(|f| {
            !f.present.is_empty() && f.present.iter().all(|a| a.value == Value::Bool(true))
        })
    }

    /// Every text ever put into it: field name and answer, oldest first.
    pub fn texts(&self) -> Vec<(&str, &Answer)> {
        let mut all: Vec<_> = self
            .fields
            .iter()
            .flat_map(|(n, f)| f.all().into_iter().map(move |a| (n.as_str(), a)))
            .collect();
        all.sort_by_key(|(_, a)| a.op);
        all
    }
}
