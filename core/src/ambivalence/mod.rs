//! Ambivalence: what is good as it is and what would be good about a change, side by side, never scored.
//!
//! Source: `domain.md` 1, Ambivalence.

use crate::error::Result;
use crate::id::Id;
use crate::record::acts::checked;
use crate::record::{Acts, Noun, Record, Thing};
use crate::view;

/// Keeps both sides in the person's words: `text` is what is good as it is, `change` what is good about changing.
/// Source: `cli.md`, `ambivalence`.
///
/// # Errors
/// [`crate::Error::Empty`], [`crate::Error::TooLong`].
pub fn add(acts: &mut Acts, text: &str, change: &str) -> Result<Id> {
    let part = acts.goals_now();
    let id = acts.make(&part);
    acts.put(&part, Noun::Ambivalence, &id, "text", checked(text)?);
    acts.put(&part, Noun::Ambivalence, &id, "change", checked(change)?);
    Ok(id)
}

/// Both sides: `text` and `change`. Source: `cli.md`, JSON, every thing.
pub fn show(record: &Record, thing: &Thing) -> serde_json::Value {
    let mut map = view::thing(record, thing);
    map.insert("text".into(), view::text(record, thing, "text"));
    map.insert("change".into(), view::text(record, thing, "change"));
    map.into()
}

/// All that stand, oldest first. Source: `domain.md` 1, Ambivalence.
pub fn list(record: &Record) -> serde_json::Value {
    record
        .standing(Noun::Ambivalence)
        .into_iter()
        .map(|thing| show(record, thing))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::about_me::trial;
    use crate::error::Error;
    use crate::record::Role;

    #[test]
    fn both_sides_are_kept_side_by_side() {
        let mut record = trial::record(Role::Person);
        trial::act(&mut record, |acts| {
            add(acts, "I like my evenings", "I would sleep")
        })
        .unwrap();
        assert_eq!(list(&record)[0]["text"], "I like my evenings");
        assert_eq!(list(&record)[0]["change"], "I would sleep");
        assert_eq!(
            trial::act(&mut record, |acts| add(acts, "One side", "\n")),
            Err(Error::Empty)
        );
    }
}
