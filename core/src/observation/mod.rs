//! Dated observations of readiness and means, and activation results as they were measured elsewhere.
//!
//! Source: `domain.md` 1, Readiness and activation. Nothing is computed: the licensed questions are not here.

use crate::error::Result;
use crate::goal::scale::decimal;
use crate::id::Id;
use crate::record::acts::one_of;
use crate::record::acts::{checked, within};
use crate::record::{Acts, Noun, Part, Record, Thing};
use crate::view::{self, for_staff};
use serde_json::json;

/// What is observed. Source: `cli.md`, `observe`.
pub const KINDS: [&str; 4] = ["readiness", "capability", "opportunity", "motivation"];

/// Notes an observation; the stamp is its date. Source: `domain.md` 1, Readiness and activation.
///
/// # Errors
/// [`crate::Error::Usage`] for no such kind, [`crate::Error::Empty`], [`crate::Error::TooLong`].
pub fn add(acts: &mut Acts, kind: &str, text: &str) -> Result<Id> {
    let kind = one_of(&KINDS, kind, "kind")?;
    let part = Part::team();
    let id = acts.make(&part);
    acts.put(&part, Noun::Observation, &id, "kind", kind);
    acts.put(&part, Noun::Observation, &id, "text", checked(text)?);
    Ok(id)
}

/// Records an activation result: score 0 to 100 (decimals allowed, kept as written), level 1 to 4, and the
/// version of the questions. The level is taken as given, never worked out from the score.
/// Source: `domain.md` 1, Readiness and activation.
///
/// # Errors
/// [`crate::Error::OutOfRange`], [`crate::Error::Usage`] for a score that is no number, [`crate::Error::Empty`],
/// [`crate::Error::TooLong`].
pub fn record_activation(acts: &mut Acts, score: &str, level: i64, version: &str) -> Result<Id> {
    decimal(score, 100, "score")?;
    let part = Part::team();
    let id = acts.make(&part);
    acts.put(&part, Noun::Activation, &id, "score", score.trim());
    acts.put(&part, Noun::Activation, &id, "level", within(level, 1, 4)?);
    acts.put(&part, Noun::Activation, &id, "version", checked(version)?);
    Ok(id)
}

/// The newest activation result that stands, for what depends on it (smaller steps, earlier follow-up).
/// Source: `domain.md` 1, Readiness and activation.
pub fn newest_activation(record: &Record) -> Option<&Thing> {
    record.standing(Noun::Activation).into_iter().last()
}

/// The level of the newest activation result, 1 to 4. For staff: ask the role before showing it.
/// Source: `domain.md` 1, Readiness and activation.
pub fn level(record: &Record) -> Option<i64> {
    newest_activation(record)?
        .int("level")
        .filter(|level| (1..=4).contains(level))
}

/// One observation: `kind` and `text`. Source: `cli.md`, JSON, every thing.
pub fn show(record: &Record, observation: &Thing) -> serde_json::Value {
    let mut map = view::thing(record, observation);
    map.insert("kind".into(), view::text(record, observation, "kind"));
    map.insert("text".into(), view::text(record, observation, "text"));
    map.into()
}

/// The observations that stand, oldest first. Source: `domain.md` 1, Readiness and activation.
pub fn list(record: &Record) -> serde_json::Value {
    record
        .standing(Noun::Observation)
        .into_iter()
        .map(|thing| show(record, thing))
        .collect()
}

/// One activation result: `score` (a number), `version`, and `level`, which only staff are shown.
/// Source: `domain.md` 1, Readiness and activation (levels are for staff).
pub fn show_activation(record: &Record, activation: &Thing) -> serde_json::Value {
    let mut map = view::thing(record, activation);
    let score = record
        .shown_text(activation, "score")
        .and_then(|text| decimal(&text, 100, "score").ok());
    map.insert("score".into(), json!(score));
    let hidden = for_staff::is_hidden(record, Noun::Activation, "level");
    let level = activation.int("level").filter(|_| !hidden);
    map.insert("level".into(), json!(level));
    map.insert("version".into(), view::text(record, activation, "version"));
    map.into()
}

/// The activation results that stand, oldest first. Source: `domain.md` 1, Readiness and activation.
pub fn list_activations(record: &Record) -> serde_json::Value {
    record
        .standing(Noun::Activation)
        .into_iter()
        .map(|thing| show_activation(record, thing))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::about_me::trial;
    use crate::error::Error;
    use crate::record::Role;

    #[test]
    fn observations_are_kept_beside_each_other() {
        let mut record = trial::record(trial::nurse());
        for text in ["Not yet", "Thinking of spring"] {
            trial::act(&mut record, |acts| add(acts, "readiness", text)).unwrap();
        }
        assert_eq!(list(&record)[1]["text"], "Thinking of spring");
        let refused = trial::act(&mut record, |acts| add(acts, "weather", "Rain"));
        assert_eq!(refused, Err(Error::Usage { what: "kind" }));
    }

    #[test]
    fn an_activation_is_kept_as_given_and_its_level_is_never_computed() {
        let mut record = trial::record(trial::nurse());
        trial::act(&mut record, |acts| {
            record_activation(acts, "91.5", 1, "13 items")
        })
        .unwrap();
        let shown = list_activations(&record);
        assert_eq!(
            (&shown[0]["score"], &shown[0]["level"]),
            (&json!(91.5), &json!(1))
        );
        assert_eq!(level(&record), Some(1));
    }

    #[test]
    fn the_person_may_record_a_result_and_is_not_shown_the_level() {
        let mut record = trial::record(Role::Person);
        trial::act(&mut record, |acts| {
            record_activation(acts, "47", 2, "10 items")
        })
        .unwrap();
        assert!(list_activations(&record)[0]["level"].is_null());
    }

    #[test]
    fn scores_and_levels_outside_their_range_are_refused() {
        let mut record = trial::record(trial::nurse());
        for (score, level, refused) in [
            (
                "100.1",
                1,
                Error::OutOfRange {
                    given: 101,
                    low: 0,
                    high: 100,
                },
            ),
            (
                "-1",
                1,
                Error::OutOfRange {
                    given: -1,
                    low: 0,
                    high: 100,
                },
            ),
            (
                "50",
                5,
                Error::OutOfRange {
                    given: 5,
                    low: 1,
                    high: 4,
                },
            ),
            ("high", 1, Error::Usage { what: "score" }),
        ] {
            let given = trial::act(&mut record, |acts| {
                record_activation(acts, score, level, "13")
            });
            assert_eq!(given, Err(refused));
        }
    }
}
