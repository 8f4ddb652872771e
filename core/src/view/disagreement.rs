//! Disagreements: single answers set apart to different values, until somebody settles them.
//!
//! Source: `cli.md`, Disagreements.

use crate::error::{Error, Result};
use crate::id::Id;
use crate::log::{self, packed::Packed};
use crate::record::state::{disagreement_id, same};
use crate::record::{Acts, Answer, Noun, Record, Thing};
use crate::view::{self, for_staff};
use serde_json::json;

/// Fields that only point at the newest of things standing side by side, or merge by a rule of their own.
const MERGED: [&str; 3] = ["importance_now", "confidence_now", "withdrawn"];

/// All disagreements of a record, each once.
pub fn all(record: &Record) -> Vec<(Id, &Thing, String, Vec<&Answer>)> {
    let mut found = Vec::new();
    let mut things: Vec<&Thing> = record.all().filter(|thing| !thing.is_withdrawn()).collect();
    things.sort_by_key(|thing| (&thing.part, thing.noun, &thing.id));
    for thing in things {
        for (field, _) in thing
            .fields
            .iter()
            .filter(|(name, _)| !MERGED.contains(&name.as_str()))
        {
            let answers = record.answers(thing, field);
            if answers.len() > 1 && !for_staff::is_hidden(record, thing.noun, field) {
                found.push((
                    disagreement_id(&thing.id, field),
                    thing,
                    field.clone(),
                    answers,
                ));
            }
        }
    }
    found
}

/// Ids of the disagreements about one thing.
pub fn of(record: &Record, thing: &Thing) -> Vec<Id> {
    let fields = thing
        .fields
        .iter()
        .filter(|(name, _)| !MERGED.contains(&name.as_str()));
    fields
        .filter(|(field, _)| record.answers(thing, field).len() > 1)
        .map(|(field, _)| disagreement_id(&thing.id, field))
        .collect()
}

/// Disagreements as `cli.md` shows them.
pub fn list(record: &Record) -> serde_json::Value {
    all(record)
        .into_iter()
        .map(|(id, thing, field, answers)| {
            let answers: Vec<_> = answers
                .into_iter()
                .map(|a| json!({"value": shown(thing, a), "by": view::by(record, &a.stamp), "at": view::at(&a.stamp)}))
                .collect();
            let field = if field.is_empty() { "entry".to_owned() } else { field };
            json!({"id": id, "about": thing.id, "noun": thing.noun.as_str(), "field": field, "answers": answers})
        })
        .collect()
}

/// Settles a disagreement to one of its answers, given as it is shown.
///
/// # Errors
/// [`Error::UnknownId`], [`Error::AmbiguousId`], [`Error::NotAnAnswer`].
pub fn settle(acts: &mut Acts, disagreement: &Id, choice: &str) -> Result<Id> {
    let record = acts.record();
    let all = all(record);
    let (_, thing, field, answers) = disagreement.among(all.iter().map(|one| (&one.0, one)))?;
    let as_shown = |answer: &&&Answer| {
        shown(thing, answer) == choice || same(field, &answer.value, &choice.into())
    };
    // Hyphen and underscore are the same in what is typed; what is exactly an answer comes first.
    let one_line = |text: &str| text.replace('_', "-");
    let nearly = |answer: &&&Answer| one_line(&shown(thing, answer)) == one_line(choice);
    let chosen = answers.iter().find(as_shown);
    let chosen = chosen.or_else(|| answers.iter().find(nearly));
    let chosen = chosen.ok_or(Error::NotAnAnswer)?;
    acts.set(thing, field, chosen.value.clone());
    Ok(thing.id.clone())
}

/// An answer as it is shown.
fn shown(thing: &Thing, answer: &Answer) -> String {
    if thing.noun == Noun::Entry {
        return Packed::read(&answer.value)
            .map(|packed| log::line(&packed))
            .unwrap_or_default();
    }
    match view::value(&answer.value) {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    }
}
