//! A concern about risk: written down and talked about together. It never blocks the person's choice.
//!
//! Source: `domain.md` 1, The rule of 7.

use crate::error::Result;
use crate::id::Id;
use crate::record::acts::checked;
use crate::record::{Acts, Noun, Record, Thing};
use crate::view;

/// Writes a concern beside a goal, in the goal's own part. Anyone who may write there may add one.
/// Source: `domain.md` 1, The rule of 7.
///
/// # Errors
/// [`crate::Error::UnknownId`], [`crate::Error::AmbiguousId`], [`crate::Error::Empty`], [`crate::Error::TooLong`].
pub fn add(acts: &mut Acts, goal: &Id, text: &str) -> Result<Id> {
    let goal = acts.record().find(Noun::Goal, goal)?;
    let id = acts.make(&goal.part);
    acts.put(&goal.part, Noun::Concern, &id, "text", checked(text)?);
    acts.put(&goal.part, Noun::Concern, &id, "goal", goal.id.as_str());
    Ok(id)
}

/// One concern: `goal` and `text`. Source: `cli.md`, JSON, every thing.
pub fn show(record: &Record, concern: &Thing) -> serde_json::Value {
    let mut map = view::thing(record, concern);
    map.insert("goal".into(), view::text(record, concern, "goal"));
    map.insert("text".into(), view::text(record, concern, "text"));
    map.into()
}

/// The concerns that stand, of one goal or of all, oldest first. Source: `domain.md` 1, The rule of 7.
pub fn list(record: &Record, goal: Option<&Id>) -> serde_json::Value {
    record
        .standing(Noun::Concern)
        .into_iter()
        .filter(|concern| goal.is_none_or(|goal| concern.text("goal") == Some(goal.as_str())))
        .map(|concern| show(record, concern))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::about_me::trial;
    use crate::error::Error;
    use crate::goal;

    #[test]
    fn a_concern_stands_beside_its_goal_and_changes_nothing_in_it() {
        let mut record = trial::record(trial::nurse());
        let goal = trial::act(&mut record, |acts| {
            goal::add(acts, "Swim in the sea", None, None)
        })
        .unwrap();
        let before = record.find(Noun::Goal, &goal).unwrap().clone();
        trial::act(&mut record, |acts| {
            add(acts, &goal, "Cold water and her heart")
        })
        .unwrap();
        assert_eq!(record.find(Noun::Goal, &goal).unwrap(), &before);
        assert_eq!(
            list(&record, Some(&goal))[0]["text"],
            "Cold water and her heart"
        );
        assert_eq!(
            list(&record, Some(&Id::read("other")))
                .as_array()
                .map(Vec::len),
            Some(0)
        );
    }

    #[test]
    fn a_concern_needs_a_goal_that_is_there() {
        let mut record = trial::record(trial::nurse());
        let refused = trial::act(&mut record, |acts| add(acts, &Id::read("nothing"), "Risk"));
        assert_eq!(refused, Err(Error::UnknownId));
    }
}
