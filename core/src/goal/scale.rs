//! The scale of one goal: five sentences in the person's words, and how far it came, each side apart.
//!
//! Source: `domain.md` 1, Attainment; `cli.md`, Roles (T-scores are for staff). The formula is in
//! [`super::attainment`].

use super::attainment::{t_score, two_decimals};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::acts::one_of;
use crate::record::acts::{checked, within};
use crate::record::{Acts, Noun, Part, Record, Thing};
use crate::view::{self, for_staff};
use serde_json::json;

/// Whether there was some ability at the start (baseline −1) or none (−2), as used in the UK.
/// Source: `domain.md` 1, Attainment.
pub const BASELINES: [&str; 2] = ["some", "none"];

/// The largest weight a goal can have.
const MOST_WEIGHT: i64 = 1_000_000;

/// Writes the five sentences, from much less than expected to much better, with a weight (1 if none was ever
/// given) and the baseline convention. What is not given stays. Source: `domain.md` 1, Attainment.
///
/// # Errors
/// [`Error::UnknownId`], [`Error::AmbiguousId`], [`Error::Empty`], [`Error::TooLong`], [`Error::OutOfRange`] for a
/// weight under 0, [`Error::Usage`] for one that is no number or for no such baseline.
pub fn scale(
    acts: &mut Acts,
    goal: &Id,
    levels: [&str; 5],
    weight: Option<&str>,
    baseline: Option<&str>,
) -> Result<Id> {
    let goal = acts.record().find(Noun::Goal, goal)?;
    for (number, level) in (1..).zip(levels) {
        acts.set(goal, &format!("level_{number}"), checked(level)?);
    }
    if let Some(weight) = weight {
        decimal(weight, MOST_WEIGHT, "weight")?;
        acts.set(goal, "weight", weight.trim());
    }
    if let Some(baseline) = baseline {
        acts.set(goal, "baseline", one_of(&BASELINES, baseline, "baseline")?);
    }
    Ok(goal.id.clone())
}

/// The sentences as the five that a scale has.
///
/// # Errors
/// [`Error::Usage`] for more or fewer.
pub fn five(levels: &[String]) -> Result<[&str; 5]> {
    let levels: Vec<&str> = levels.iter().map(String::as_str).collect();
    levels
        .try_into()
        .map_err(|_| Error::Usage { what: "levels" })
}

/// Scores a goal from −2 to +2, for the person or for staff, whoever speaks; all scores are kept.
/// Source: `domain.md` 1, Attainment (person and staff score separately).
///
/// # Errors
/// [`Error::UnknownId`], [`Error::AmbiguousId`], [`Error::OutOfRange`], [`Error::NotAllowed`] for who is neither the
/// person nor staff, [`Error::ScaleMissing`] before the levels were written.
pub fn score(acts: &mut Acts, goal: &Id, value: i64) -> Result<Id> {
    let record = acts.record();
    let goal = record.find(Noun::Goal, goal)?;
    let value = within(value, -2, 2)?;
    let who = if acts.speaks_as_person() {
        "person"
    } else {
        acts.staff_only()?;
        "staff"
    };
    if (1..=5).any(|level| record.shown_text(goal, &format!("level_{level}")).is_none()) {
        return Err(Error::ScaleMissing);
    }
    let part = Part::team();
    let id = acts.make(&part);
    acts.put(&part, Noun::Score, &id, "goal", goal.id.as_str());
    acts.put(&part, Noun::Score, &id, "value", value);
    acts.put(&part, Noun::Score, &id, "who", who);
    Ok(id)
}

/// The T-score of each side over these goals, or over all of them if none is named: the newest score of each
/// goal counts, goals without one are left out. Source: `cli.md`, JSON, t-score; `domain.md` 1, Attainment.
///
/// # Errors
/// [`Error::NotAllowed`] for who is not staff, [`Error::UnknownId`], [`Error::AmbiguousId`].
pub fn t_scores(record: &Record, goals: &[Id]) -> Result<serde_json::Value> {
    if !record.is_seen_by_staff() {
        return Err(Error::NotAllowed);
    }
    let mut chosen: Vec<&Thing> = Vec::new();
    for goal in goals {
        let goal = record.find(Noun::Goal, goal)?;
        if !goal.is_withdrawn() && !chosen.iter().any(|other| other.id == goal.id) {
            chosen.push(goal);
        }
    }
    if goals.is_empty() {
        chosen = record.standing(Noun::Goal);
    }
    Ok(json!({"person": side(record, &chosen, "person"), "staff": side(record, &chosen, "staff")}))
}

/// One score: `goal`, `who`, the sentence it stands for as `words`, and `value`, which only staff are shown.
/// Source: `domain.md` 1, Attainment (the −2 to +2 figures are for staff only).
pub fn show_score(record: &Record, score: &Thing) -> serde_json::Value {
    let mut map = view::thing(record, score);
    let value = score.int("value");
    let goal = score
        .reference("goal")
        .and_then(|goal| record.get(Noun::Goal, &goal));
    let field = value
        .and_then(|value| value.checked_add(3))
        .map(|level| format!("level_{level}"));
    let words = goal
        .zip(field)
        .and_then(|(goal, field)| record.shown_text(goal, &field));
    map.insert("goal".into(), view::text(record, score, "goal"));
    map.insert("who".into(), view::text(record, score, "who"));
    map.insert("words".into(), json!(words));
    let hidden = for_staff::is_hidden(record, Noun::Score, "value");
    map.insert("value".into(), json!(value.filter(|_| !hidden)));
    map.into()
}

/// A number written with or without decimals, from 0 to `high`; `what` names the argument.
/// Source: `cli.md`, `goal scale`, `activation record`.
///
/// # Errors
/// [`Error::Usage`] if it is no number, [`Error::OutOfRange`].
pub(crate) fn decimal(text: &str, high: i64, what: &'static str) -> Result<f64> {
    let text = text.trim();
    // `parse` alone would take "inf", "NaN" and "1e9" too.
    let plain = text
        .strip_prefix('-')
        .unwrap_or(text)
        .chars()
        .all(|c| c.is_ascii_digit() || c == '.');
    let number = text
        .parse::<f64>()
        .ok()
        .filter(|n| plain && n.is_finite())
        .ok_or(Error::Usage { what })?;
    if number < 0.0 || number > high as f64 {
        // Rounded away from the range, so that the message never names a number inside it.
        let given = if number < 0.0 {
            number.floor()
        } else {
            number.ceil()
        } as i64;
        return Err(Error::OutOfRange {
            given,
            low: 0,
            high,
        });
    }
    Ok(number)
}

fn side(record: &Record, goals: &[&Thing], who: &str) -> Option<f64> {
    let scores = record.standing(Noun::Score);
    let pairs: Vec<(f64, i8)> = goals
        .iter()
        .filter_map(|goal| {
            let of_goal = |s: &&&Thing| {
                s.text("goal") == Some(goal.id.as_str()) && s.text("who") == Some(who)
            };
            let newest = scores
                .iter()
                .rev()
                .find(of_goal)?
                .int("value")
                .filter(|value| (-2..=2).contains(value))?;
            Some((weight(record, goal), i8::try_from(newest).ok()?))
        })
        .collect();
    t_score(&pairs).map(two_decimals)
}

fn weight(record: &Record, goal: &Thing) -> f64 {
    record
        .shown_text(goal, "weight")
        .and_then(|text| decimal(&text, MOST_WEIGHT, "weight").ok())
        .unwrap_or(1.0)
}

#[cfg(test)]
#[path = "scale_tests.rs"]
mod tests;
