//! Ending care, and taking it up again: one answer, so that it merges like any other.
//!
//! Source: `domain.md` 1, Ending; `cli.md`, Ending. What an ending stops is asked of [`is_ended`] by those who would
//! do it: follow-ups, today, reminders, prompts, messages, the caseload and the meeting.

use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::acts::one_of;
use crate::record::{Acts, Noun, Part, Record, Thing};
use crate::view;
use serde_json::json;

/// Why care can end. Source: `cli.md`, `people end`.
pub const REASONS: [&str; 4] = ["died", "moved", "discharged", "asked"];

/// What stands in the place of a reason once an ending was undone.
const UNDONE: &str = "undone";

/// Ends care. Staff or the person may; ending it again changes the reason.
///
/// # Errors
/// [`Error::NotAllowed`], [`Error::Usage`] for no such reason.
pub fn end(acts: &mut Acts, why: &str) -> Result<Id> {
    let why = one_of(&REASONS, why, "why")?;
    put(acts, why)
}

/// Care was not ended.
pub const NOT_ENDED: Error = Error::not_so("ending-none");

/// Takes care up again.
///
/// # Errors
/// [`Error::NotAllowed`], [`NOT_ENDED`].
pub fn undo(acts: &mut Acts) -> Result<Id> {
    if !is_ended(acts.record()) {
        return Err(NOT_ENDED);
    }
    put(acts, UNDONE)
}

fn put(acts: &mut Acts, why: &str) -> Result<Id> {
    if !acts.speaks_as_person() {
        acts.staff_only()?;
    }
    // A fixed id: two who end care apart give two answers to one question.
    let id = Id::read("ending");
    acts.put(&Part::circle(), Noun::Ending, &id, "why", why);
    Ok(id)
}

/// Whether care was ended and not taken up again.
pub fn is_ended(record: &Record) -> bool {
    why(record).is_some()
}

/// Why care ended, if it did: one of [`REASONS`], or a word of a newer version.
pub fn why(record: &Record) -> Option<String> {
    record
        .shown_text(thing(record)?, "why")
        .filter(|why| why != UNDONE)
}

/// The ending as it is shown beside a person: `why`, `at` and `by`; null while care goes on.
pub fn show(record: &Record) -> serde_json::Value {
    let shown = thing(record).and_then(|thing| record.shown(thing, "why"));
    match (shown, why(record)) {
        (Some(answer), Some(why)) => json!({
            "why": why, "at": view::at(&answer.stamp), "by": view::by(record, &answer.stamp),
        }),
        _ => serde_json::Value::Null,
    }
}

fn thing(record: &Record) -> Option<&Thing> {
    record.things(Noun::Ending).into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::about_me::trial;
    use crate::record::Role;

    #[test]
    fn staff_and_the_person_may_end_care_and_nobody_else() {
        for (role, may) in [("person", true), ("nurse", true), ("carer", false)] {
            let mut record = trial::record(Role::read(role));
            let ended = trial::act(&mut record, |acts| end(acts, "moved"));
            assert_eq!(ended.is_ok(), may, "{role}");
            assert_eq!(is_ended(&record), may, "{role}");
        }
    }

    #[test]
    fn care_that_goes_on_is_not_taken_up_again() {
        let mut record = trial::record(Role::Person);
        assert_eq!(trial::act(&mut record, undo), Err(NOT_ENDED));
        trial::act(&mut record, |acts| end(acts, "asked")).unwrap();
        assert_eq!(why(&record).as_deref(), Some("asked"));
        trial::act(&mut record, undo).unwrap();
        assert!(!is_ended(&record));
        assert!(show(&record).is_null());
    }
}
