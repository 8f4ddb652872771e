//! Information needs: how the person can be reached and read to. Every member of the circle gets them.
//!
//! Source: `domain.md` 1, Information needs; `cli.md`, Roles.

use crate::error::Result;
use crate::id::Id;
use crate::record::acts::checked;
use crate::record::{Acts, Noun, Part, Record, Thing};
use crate::view;
use serde_json::json;

/// The coded needs. Source: `cli.md`, `need add`.
pub const CODES: [&str; 11] = [
    "large_print_20",
    "large_print_24",
    "large_print_28",
    "easy_read",
    "audio",
    "text_relay",
    "bsl",
    "text_only",
    "no_texts",
    "via_carer",
    "carer_present",
];

/// Adds a need: one of [`CODES`] (hyphen and underscore alike), or any other need in words, kept byte for byte.
/// Source: `cli.md`, `need add`.
///
/// # Errors
/// [`crate::Error::Empty`], [`crate::Error::TooLong`].
pub fn add(acts: &mut Acts, need: &str) -> Result<Id> {
    let part = Part::circle();
    let id = acts.make(&part);
    let word = need.trim().replace('-', "_");
    match CODES.iter().find(|code| **code == word) {
        Some(code) => acts.put(&part, Noun::Need, &id, "code", *code),
        None => acts.put(&part, Noun::Need, &id, "text", checked(need)?),
    }
    Ok(id)
}

/// The need's code, or its words. Source: `domain.md` 1, Information needs.
pub fn word(record: &Record, need: &Thing) -> Option<String> {
    record
        .shown_text(need, "code")
        .or_else(|| record.shown_text(need, "text"))
}

/// Whether the person has this coded need; it changes print, channel and who is contacted.
/// Source: `domain.md` 1, Information needs.
pub fn has(record: &Record, code: &str) -> bool {
    record
        .standing(Noun::Need)
        .into_iter()
        .any(|need| need.text("code") == Some(code))
}

/// The largest print asked for, in points: 20, 24 or 28. Source: `domain.md` 1, Information needs.
pub fn print_size(record: &Record) -> Option<u8> {
    [
        (28, "large_print_28"),
        (24, "large_print_24"),
        (20, "large_print_20"),
    ]
    .into_iter()
    .find(|(_, code)| has(record, code))
    .map(|(points, _)| points)
}

/// One need with `need`: its code or its words. Source: `cli.md`, JSON, every thing.
pub fn show(record: &Record, need: &Thing) -> serde_json::Value {
    let mut map = view::thing(record, need);
    map.insert("need".into(), json!(word(record, need)));
    map.into()
}

/// The needs that stand, oldest first, as `need list` answers. Source: `cli.md`, `need list`.
pub fn list(record: &Record) -> serde_json::Value {
    record
        .standing(Noun::Need)
        .into_iter()
        .map(|need| show(record, need))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::about_me::trial;
    use crate::error::Error;
    use crate::record::Role;

    #[test]
    fn the_largest_print_asked_for_counts() {
        let mut record = trial::record(Role::Person);
        assert_eq!(print_size(&record), None);
        for need in ["large-print-24", "bsl", "large_print_20"] {
            trial::act(&mut record, |acts| add(acts, need)).unwrap();
        }
        assert_eq!(print_size(&record), Some(24));
        assert!(has(&record, "bsl"));
    }

    #[test]
    fn any_other_need_is_kept_in_its_own_words() {
        let mut record = trial::record(trial::nurse());
        trial::act(&mut record, |acts| {
            add(acts, "Sit on my left - I hear there ")
        })
        .unwrap();
        assert_eq!(list(&record)[0]["need"], "Sit on my left - I hear there ");
        assert_eq!(
            trial::act(&mut record, |acts| add(acts, "  ")),
            Err(Error::Empty)
        );
    }
}
