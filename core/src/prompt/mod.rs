//! Prompts: what to look at with a person, at every contact and not once, each saying why, each able to be put off.
//!
//! Source: `domain.md` 1, Prompts; `cli.md`, `prompts`. Which there are is data, in [`RULES`]; when each holds is in
//! `find.rs`. Once care has ended there are none.

pub(crate) mod find;
mod situation;

pub use situation::{edited_after_agreeing, goal_over_from, newest_plan_confidence};

use crate::clock::zone::parse_day;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::acts::checked;
use crate::record::{Acts, Group, Noun, Part, Record};
use crate::view;
use crate::words::Words;
use chrono::NaiveDate;
use serde_json::{Value, json};

/// One rule: its stable word, for whom, after how many days, and whether it is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The word in JSON.
    pub kind: &'static str,
    /// Only those who work in care are asked.
    pub staff: bool,
    /// For what comes again: after so many days.
    pub days: Option<i64>,
    /// The share groups it is judged by: who was not given one of them is told nothing, as what they have not got may be there.
    pub of: &'static [Group],
    /// Its number (7, or 14 days) is locked; a place may not set another.
    pub locked: bool,
}

const fn rule(kind: &'static str) -> Rule {
    Rule {
        kind,
        staff: false,
        days: None,
        of: &[Group::Goals],
        locked: false,
    }
}

const fn locked(kind: &'static str) -> Rule {
    Rule {
        locked: true,
        ..rule(kind)
    }
}

/// All rules, in the order in which prompts are shown.
pub const RULES: &[Rule] = &[
    locked("follow_up_due"),
    locked("confidence_below_7"),
    Rule {
        of: &[],
        ..rule("information_need")
    },
    rule("no_goal"),
    rule("barrier_open"),
    rule("plan_ended"),
    rule("edited_after_agreeing"),
    rule("two_plans"),
    rule("two_follow_ups"),
    Rule {
        of: &[Group::Goals, Group::Log],
        ..rule("missed_twice")
    },
    Rule {
        of: &[Group::Team],
        ..rule("decision")
    },
    Rule {
        of: &[Group::Team],
        staff: true,
        days: Some(182),
        ..rule("activation")
    },
    rule("course"),
    Rule {
        days: Some(365),
        ..rule("annual_review")
    },
];

/// One prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// Hash of kind and thing: the same on every device, and the same when it comes back.
    pub id: Id,
    /// The word of its rule.
    pub kind: &'static str,
    /// The thing it is about; for what is about nothing else, the person.
    pub about: Id,
    /// Why it is here, in words.
    pub because: String,
}

impl Prompt {
    pub(crate) fn new(kind: &'static str, about: &Id, because: String) -> Prompt {
        let id = Id::of(&[b"prompt/1", kind.as_bytes(), about.as_str().as_bytes()]);
        Prompt {
            id,
            kind,
            about: about.clone(),
            because,
        }
    }

    /// As `cli.md` shows it.
    pub fn show(&self) -> Value {
        json!({"id": self.id, "kind": self.kind, "about": self.about, "because": self.because})
    }
}

/// The prompts of a day that are not put off, in the order of [`RULES`].
pub fn list(record: &Record, day: NaiveDate, words: Words) -> Vec<Prompt> {
    let mut prompts = all(record, day, words);
    prompts.retain(|prompt| !is_put_off(record, &prompt.id, day));
    prompts
}

/// The same with those that are put off.
fn all(record: &Record, day: NaiveDate, words: Words) -> Vec<Prompt> {
    if crate::ending::is_ended(record) {
        return Vec::new();
    }
    let staff = record.is_seen_by_staff();
    let shared = |group: &Group| record.sharing.may_read(*group).is_ok();
    let rules = RULES
        .iter()
        .filter(|rule| (staff || !rule.staff) && rule.of.iter().all(shared));
    rules
        .flat_map(|rule| find::find(rule, record, day, words))
        .collect()
}

/// Puts a prompt off until a day, with a reason; it is back on that day.
///
/// # Errors
/// [`Error::UnknownId`], [`Error::AmbiguousId`], [`Error::BadDate`] for a day that is not to come, [`Error::Empty`],
/// [`Error::TooLong`].
pub fn later(acts: &mut Acts, prompt: &Id, until: &str, why: &str, words: Words) -> Result<Prompt> {
    let prompts = all(acts.record(), acts.today(), words);
    let chosen = prompt.among(prompts.iter().map(|p| (&p.id, p)))?.clone();
    let until = parse_day(until)?;
    if until <= acts.today() {
        return Err(Error::BadDate);
    }
    let part = Part::team();
    let until = until.to_string();
    acts.put(&part, Noun::Prompt, &chosen.id, "until", until.as_str());
    acts.put(&part, Noun::Prompt, &chosen.id, "why", checked(why)?);
    Ok(chosen)
}

fn is_put_off(record: &Record, prompt: &Id, day: NaiveDate) -> bool {
    record
        .get(Noun::Prompt, prompt)
        .and_then(|thing| parse_day(&record.shown_text(thing, "until")?).ok())
        .is_some_and(|until| day < until)
}

/// A prompt that was put off, as it is shown: with `until` and `why`.
pub fn show_put_off(record: &Record, prompt: &Prompt) -> Value {
    let mut shown = prompt.show();
    if let Some(thing) = record.get(Noun::Prompt, &prompt.id) {
        shown["until"] = view::text(record, thing, "until");
        shown["why"] = view::text(record, thing, "why");
    }
    shown
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
