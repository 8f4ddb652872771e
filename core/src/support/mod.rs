//! Support offered: a course, a coach, a group …, offered only after asking.
//!
//! Source: `domain.md` 1, Support offered; `cli.md`, JSON, support.

use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::acts::checked;
use crate::record::acts::one_of;
use crate::record::{Acts, Noun, Record, Thing, Value};
use crate::view;
use serde_json::json;

/// What can be offered. Source: `cli.md`, `support add`.
pub const KINDS: [&str; 7] = [
    "course",
    "coach",
    "group",
    "peer",
    "community",
    "information",
    "tool",
];

/// What the person said to it. Source: `cli.md`, `support answer`.
pub const ANSWERS: [&str; 3] = ["taken_up", "tried", "not_now"];

/// Writes down support that was offered, and how to reach it. Whoever writes, it needs `asked`: they were asked
/// first and said yes. Source: `domain.md` 1, Support offered; `cli.md`, JSON, support.
///
/// # Errors
/// [`Error::Usage`] for no such kind, [`Error::AdviceNotAsked`], [`Error::Empty`], [`Error::TooLong`].
pub fn add(acts: &mut Acts, text: &str, kind: &str, asked: bool) -> Result<Id> {
    let kind = one_of(&KINDS, kind, "kind")?;
    let text = checked(text)?;
    if !asked {
        return Err(Error::AdviceNotAsked);
    }
    let part = acts.goals_now();
    let id = acts.make(&part);
    acts.put(&part, Noun::Support, &id, "text", text);
    acts.put(&part, Noun::Support, &id, "kind", kind);
    acts.put(&part, Noun::Support, &id, "asked", Value::Bool(true));
    acts.put(&part, Noun::Support, &id, "state", "offered");
    Ok(id)
}

/// Keeps what the person said: `taken_up`, `tried` or `not_now` (hyphen and underscore alike). It is a single
/// answer and may change. Source: `domain.md` 1, Support offered.
///
/// # Errors
/// [`Error::UnknownId`], [`Error::AmbiguousId`], [`Error::Usage`] for no such answer.
pub fn answer(acts: &mut Acts, support: &Id, answer: &str) -> Result<Id> {
    let support = acts.record().find(Noun::Support, support)?;
    acts.set(support, "state", one_of(&ANSWERS, answer, "answer")?);
    Ok(support.id.clone())
}

/// The state that is shown; `offered` until answered. Source: `cli.md`, JSON, support.
pub fn state(record: &Record, support: &Thing) -> String {
    record
        .shown_text(support, "state")
        .unwrap_or_else(|| "offered".into())
}

/// One offer as `support list` shows it. Source: `cli.md`, JSON, support.
pub fn show(record: &Record, support: &Thing) -> serde_json::Value {
    let mut map = view::thing(record, support);
    map.insert("text".into(), view::text(record, support, "text"));
    map.insert("kind".into(), view::text(record, support, "kind"));
    map.insert("state".into(), json!(state(record, support)));
    map.into()
}

/// All that stand, oldest first. Source: `cli.md`, `support list`.
pub fn list(record: &Record) -> serde_json::Value {
    record
        .standing(Noun::Support)
        .into_iter()
        .map(|support| show(record, support))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::about_me::trial;
    use crate::record::Role;

    #[test]
    fn support_needs_asking_first_whoever_writes_it() {
        for role in [Role::Person, trial::nurse()] {
            let mut record = trial::record(role);
            let refused = trial::act(&mut record, |acts| {
                add(acts, "Walking group", "group", false)
            });
            assert_eq!(refused, Err(Error::AdviceNotAsked));
        }
    }

    #[test]
    fn the_persons_answer_takes_the_place_of_offered() {
        let mut record = trial::record(trial::nurse());
        let id = trial::act(&mut record, |acts| {
            add(acts, "Walking group", "group", true)
        })
        .unwrap();
        assert_eq!(list(&record)[0]["state"], "offered");
        trial::act(&mut record, |acts| answer(acts, &id, "not-now")).unwrap();
        assert_eq!(list(&record)[0]["state"], "not_now");
        let refused = trial::act(&mut record, |acts| answer(acts, &id, "offered"));
        assert_eq!(refused, Err(Error::Usage { what: "answer" }));
    }
}
