//! The agenda: what the person would like to talk about; staff add theirs; together they agree what comes first.
//!
//! Source: `domain.md` 1, Agenda. What waited comes back next time.

use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::acts::checked;
use crate::record::acts::one_of;
use crate::record::{Acts, Noun, Record, Thing, Value};
use crate::view;
use serde_json::json;

/// The topics of the agenda sheet. Source: `domain.md` 1, Agenda.
pub const TOPICS: [&str; 10] = [
    "health",
    "moving",
    "sleep",
    "mood",
    "food",
    "money",
    "home",
    "people",
    "medicines",
    "something_else",
];

/// What a line of the agenda can be. Source: `cli.md`, JSON, agenda.
pub const STATES: [&str; 4] = ["open", "agreed", "waited", "talked_about"];

/// Adds a line, in one's own words, with a topic of the sheet if one was picked. Source: `domain.md` 1, Agenda.
///
/// # Errors
/// [`Error::Usage`] for no such topic, [`Error::Empty`], [`Error::TooLong`].
pub fn add(acts: &mut Acts, text: &str, topic: Option<&str>) -> Result<Id> {
    let part = acts.goals_now();
    let id = acts.make(&part);
    acts.put(&part, Noun::Agenda, &id, "text", checked(text)?);
    if let Some(topic) = topic {
        acts.put(
            &part,
            Noun::Agenda,
            &id,
            "topic",
            one_of(&TOPICS, topic, "topic")?,
        );
    }
    Ok(id)
}

/// Agrees what comes first: these lines in this order. Every other line that was not talked about waits and
/// comes back; one agreed on an earlier day is taken as talked about then. Source: `domain.md` 1, Agenda.
///
/// # Errors
/// [`Error::Usage`] for no line or one named twice, [`Error::UnknownId`], [`Error::AmbiguousId`],
/// [`Error::NotAnAnswer`] for a withdrawn line.
pub fn agree(acts: &mut Acts, items: &[Id]) -> Result<Vec<Id>> {
    let record = acts.record();
    let mut agreed: Vec<&Thing> = Vec::with_capacity(items.len());
    for item in items {
        let line = record.find(Noun::Agenda, item)?;
        if line.is_withdrawn() {
            return Err(Error::NotAnAnswer);
        }
        if agreed.iter().any(|other| other.id == line.id) {
            return Err(Error::Usage { what: "items" });
        }
        agreed.push(line);
    }
    if agreed.is_empty() {
        return Err(Error::Usage { what: "items" });
    }
    for (place, line) in (1_i64..).zip(&agreed) {
        acts.set(line, "state", "agreed");
        acts.set(line, "place", place);
    }
    for line in record.standing(Noun::Agenda) {
        if agreed.iter().any(|other| other.id == line.id) {
            continue;
        }
        match state(record, line).as_str() {
            "open" | "waited" => acts.set(line, "state", "waited"),
            "agreed" if agreed_today(acts, line) => {
                acts.set(line, "state", "waited");
                acts.set(line, "place", Value::Empty);
            }
            "agreed" => acts.set(line, "state", "talked_about"),
            _ => {}
        }
    }
    Ok(agreed.into_iter().map(|line| line.id.clone()).collect())
}

/// Notes that a line was talked about; it does not come back. Source: `cli.md`, JSON, agenda.
///
/// # Errors
/// [`Error::UnknownId`], [`Error::AmbiguousId`].
pub fn talked_about(acts: &mut Acts, item: &Id) -> Result<Id> {
    let line = acts.record().find(Noun::Agenda, item)?;
    acts.set(line, "state", "talked_about");
    Ok(line.id.clone())
}

/// The line's state; `open` until something was agreed. Source: `cli.md`, JSON, agenda.
pub fn state(record: &Record, line: &Thing) -> String {
    record
        .shown_text(line, "state")
        .unwrap_or_else(|| "open".into())
}

/// One line as `agenda list` shows it. Source: `cli.md`, JSON, agenda.
pub fn show(record: &Record, line: &Thing) -> serde_json::Value {
    let mut map = view::thing(record, line);
    map.insert("text".into(), view::text(record, line, "text"));
    map.insert("topic".into(), view::text(record, line, "topic"));
    map.insert(
        "by".into(),
        line.made().map_or(serde_json::Value::Null, |made| {
            view::by(record, &made.stamp)
        }),
    );
    map.insert("place".into(), json!(place(record, line)));
    map.insert("state".into(), json!(state(record, line)));
    map.into()
}

/// The agenda: what was agreed first, by place, then the rest, oldest first. Source: `cli.md`, `agenda list`.
pub fn list(record: &Record) -> serde_json::Value {
    let mut lines = record.standing(Noun::Agenda);
    lines.sort_by_key(|line| match state(record, line).as_str() {
        "agreed" => (0, place(record, line)),
        "talked_about" => (2, None),
        _ => (1, None),
    });
    lines.into_iter().map(|line| show(record, line)).collect()
}

fn place(record: &Record, line: &Thing) -> Option<i64> {
    record.shown(line, "place")?.value.int()
}

fn agreed_today(acts: &Acts, line: &Thing) -> bool {
    let record = acts.record();
    record
        .shown(line, "state")
        .is_some_and(|answer| record.day_written(&answer.stamp) == acts.today())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::about_me::trial;
    use crate::record::Role;

    fn three(record: &mut Record) -> [Id; 3] {
        ["Sleep", "The stairs", "Money"]
            .map(|text| trial::act(record, |acts| add(acts, text, None)).unwrap())
    }

    #[test]
    fn what_was_not_agreed_waits_and_comes_back() {
        let mut record = trial::record(Role::Person);
        let [sleep, stairs, money] = three(&mut record);
        assert_eq!(list(&record)[0]["state"], "open");
        assert!(list(&record)[0]["place"].is_null());
        trial::act(&mut record, |acts| {
            agree(acts, &[money.clone(), sleep.clone()])
        })
        .unwrap();
        let shown = list(&record);
        assert_eq!(
            (&shown[0]["id"], &shown[0]["place"]),
            (&json!(money), &json!(1))
        );
        assert_eq!(
            (&shown[1]["id"], &shown[1]["place"]),
            (&json!(sleep), &json!(2))
        );
        assert_eq!(
            (&shown[2]["id"], &shown[2]["state"]),
            (&json!(stairs), &json!("waited"))
        );
    }

    #[test]
    fn agreeing_again_the_same_day_sends_a_line_back_to_waiting() {
        let mut record = trial::record(Role::Person);
        let [sleep, stairs, _] = three(&mut record);
        trial::act(&mut record, |acts| {
            agree(acts, std::slice::from_ref(&sleep))
        })
        .unwrap();
        trial::act(&mut record, |acts| {
            agree(acts, std::slice::from_ref(&stairs))
        })
        .unwrap();
        let line = record.find(Noun::Agenda, &sleep).unwrap();
        assert_eq!(
            (state(&record, line).as_str(), place(&record, line)),
            ("waited", None)
        );
    }

    #[test]
    fn a_line_agreed_on_an_earlier_day_was_talked_about_by_the_next_agreement() {
        let mut record = trial::record(Role::Person);
        let [sleep, stairs, _] = three(&mut record);
        trial::act(&mut record, |acts| {
            agree(acts, std::slice::from_ref(&sleep))
        })
        .unwrap();
        trial::act_at(&mut record, "2026-03-09T10:00:00Z", false, |acts| {
            agree(acts, std::slice::from_ref(&stairs))
        })
        .unwrap();
        assert_eq!(
            state(&record, record.find(Noun::Agenda, &sleep).unwrap()),
            "talked_about"
        );
    }

    #[test]
    fn a_line_named_twice_or_none_at_all_is_wrong_use() {
        let mut record = trial::record(Role::Person);
        let [sleep, ..] = three(&mut record);
        let refused = Err(Error::Usage { what: "items" });
        assert_eq!(
            trial::act(&mut record, |acts| agree(
                acts,
                &[sleep.clone(), sleep.clone()]
            )),
            refused
        );
        assert_eq!(trial::act(&mut record, |acts| agree(acts, &[])), refused);
    }
}
