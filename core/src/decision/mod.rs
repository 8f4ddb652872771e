//! A decision made together: its options, what mattered, and what was chosen.
//!
//! Source: `domain.md` 1, Support offered; `cli.md`, `decide`.

use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::acts::checked;
use crate::record::{Acts, Noun, Record, Thing};
use crate::view;
use serde_json::json;

/// Keeps a decision. What was chosen is free words: people choose between the options, too.
/// Source: `domain.md` 1, Support offered.
///
/// # Errors
/// [`Error::Usage`] without an option, [`Error::Empty`], [`Error::TooLong`].
pub fn add(
    acts: &mut Acts,
    text: &str,
    options: &[&str],
    mattered: &str,
    chose: &str,
) -> Result<Id> {
    if options.is_empty() {
        return Err(Error::Usage { what: "options" });
    }
    let part = acts.goals_now();
    let id = acts.make(&part);
    acts.put(&part, Noun::Decision, &id, "text", checked(text)?);
    for (number, option) in (1..).zip(options) {
        acts.put(
            &part,
            Noun::Decision,
            &id,
            &format!("option_{number}"),
            checked(option)?,
        );
    }
    acts.put(&part, Noun::Decision, &id, "mattered", checked(mattered)?);
    acts.put(&part, Noun::Decision, &id, "chose", checked(chose)?);
    Ok(id)
}

/// The options in the order in which they were given. Source: `cli.md`, `decide`.
pub fn options(record: &Record, decision: &Thing) -> Vec<String> {
    let mut numbered: Vec<(u32, String)> = decision
        .fields
        .iter()
        .filter_map(|(field, _)| {
            let number = field.strip_prefix("option_")?.parse().ok()?;
            Some((number, record.shown_text(decision, field)?))
        })
        .collect();
    numbered.sort();
    numbered.into_iter().map(|(_, option)| option).collect()
}

/// One decision: `text`, `options`, `mattered`, `chose`. Source: `cli.md`, JSON, every thing.
pub fn show(record: &Record, decision: &Thing) -> serde_json::Value {
    let mut map = view::thing(record, decision);
    map.insert("text".into(), view::text(record, decision, "text"));
    map.insert("options".into(), json!(options(record, decision)));
    map.insert("mattered".into(), view::text(record, decision, "mattered"));
    map.insert("chose".into(), view::text(record, decision, "chose"));
    map.into()
}

/// All that stand, oldest first. Source: `domain.md` 1, Support offered.
pub fn list(record: &Record) -> serde_json::Value {
    record
        .standing(Noun::Decision)
        .into_iter()
        .map(|decision| show(record, decision))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::about_me::trial;
    use crate::record::Role;

    #[test]
    fn options_keep_their_order_past_the_ninth() {
        let mut record = trial::record(Role::Person);
        let given: Vec<String> = (1..=11).map(|n| format!("Way {n}")).collect();
        let words: Vec<&str> = given.iter().map(String::as_str).collect();
        trial::act(&mut record, |acts| {
            add(acts, "Which way?", &words, "My back", "Way 2")
        })
        .unwrap();
        assert_eq!(list(&record)[0]["options"], json!(given));
        assert_eq!(list(&record)[0]["chose"], "Way 2");
    }

    #[test]
    fn a_decision_without_options_is_wrong_use() {
        let mut record = trial::record(Role::Person);
        let refused = trial::act(&mut record, |acts| {
            add(acts, "Which way?", &[], "My back", "None")
        });
        assert_eq!(refused, Err(Error::Usage { what: "options" }));
    }
}
