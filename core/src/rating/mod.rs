//! Ratings: importance and confidence, in numbers 0 to 10 or in words, all kept.
//!
//! Which one is newest is told by a single answer on the rated thing that names it: automerge then keeps apart
//! what was rated apart, and no clock is asked.

use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::acts::{checked, within};
use crate::record::{Acts, Noun, Part, Record, Thing};
use crate::view;
use crate::words::Band;
use serde_json::json;

/// What is rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// How important it is to the person.
    Importance,
    /// How sure the person is that they can and will do it.
    Confidence,
}

impl Kind {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Importance => "importance",
            Kind::Confidence => "confidence",
        }
    }

    fn field(self) -> &'static str {
        match self {
            Kind::Importance => "importance_now",
            Kind::Confidence => "confidence_now",
        }
    }
}

/// A rating as given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rating {
    /// 0 to 10.
    Number(i64),
    /// Words instead of a number.
    Word(Band),
}

impl Rating {
    /// A number 0 to 10.
    pub fn number(value: i64) -> Result<Rating> {
        within(value, 0, 10).map(Rating::Number)
    }

    /// A number or one of `not-at-all|a-bit|fairly|very`.
    pub fn parse(text: &str) -> Result<Rating> {
        match text.trim().parse::<i64>() {
            Ok(value) => Rating::number(value),
            Err(_) => Band::parse(text.trim())
                .map(Rating::Word)
                .ok_or(Error::Usage { what: "rating" }),
        }
    }
}

/// Adds a rating of a goal or plan.
pub fn add(
    acts: &mut Acts,
    noun: Noun,
    about: &Id,
    part: &Part,
    kind: Kind,
    rating: &Rating,
    why: Option<&str>,
) -> Result<Id> {
    let id = acts.make(part);
    acts.put(part, Noun::Rating, &id, "about", about.as_str());
    acts.put(part, Noun::Rating, &id, "kind", kind.as_str());
    match rating {
        Rating::Number(value) => acts.put(part, Noun::Rating, &id, "value", within(*value, 0, 10)?),
        Rating::Word(word) => acts.put(part, Noun::Rating, &id, "word", word.as_str()),
    }
    if let Some(why) = why {
        acts.put(part, Noun::Rating, &id, "why", checked(why)?);
    }
    acts.put(part, noun, about, kind.field(), id.as_str());
    Ok(id)
}

/// Adds what was said to the question a rating led to. It stands beside the rating, which stays as it is.
pub fn explain(acts: &mut Acts, rating: &Id, why: &str) -> Result<Id> {
    let rating = acts.record().find(Noun::Rating, rating)?;
    acts.set(rating, "why", checked(why)?);
    Ok(rating.id.clone())
}

/// The newest rating: the one no later was made knowing of; of two made apart the person's own, else the one
/// of the lowest member id.
pub fn newest<'a>(record: &'a Record, about: &Thing, kind: Kind) -> Option<&'a Thing> {
    let id = record
        .shown(about, kind.field())?
        .value
        .text()
        .map(Id::read)?;
    record.get(Noun::Rating, &id)
}

/// All ratings of a thing, oldest first.
pub fn of<'a>(record: &'a Record, about: &Id) -> Vec<&'a Thing> {
    record
        .standing(Noun::Rating)
        .into_iter()
        .filter(|rating| rating.text("about") == Some(about.as_str()))
        .collect()
}

/// Whether a rating opens the gate: 7 or more, or "very" in words. Source: `cli.md`, The gate.
pub fn opens_gate(rating: &Thing) -> bool {
    match rating.int("value") {
        Some(value) => value >= crate::plan::gate::OPEN_FROM,
        None => rating.text("word") == Some(Band::Very.as_str()),
    }
}

/// Ratings of a thing as `cli.md` shows them.
pub fn list(record: &Record, about: &Id) -> Vec<serde_json::Value> {
    of(record, about)
        .into_iter()
        .map(|rating| show(record, rating))
        .collect()
}

/// One rating as `cli.md` shows it.
pub fn show(record: &Record, rating: &Thing) -> serde_json::Value {
    let made = rating.made();
    json!({
        "id": rating.id, "kind": rating.text("kind"), "value": rating.int("value"), "word": rating.text("word"),
        "why": rating.text("why"),
        "at": made.map(|a| view::at(&a.stamp)), "by": made.map(|a| view::by(record, &a.stamp)),
    })
}
