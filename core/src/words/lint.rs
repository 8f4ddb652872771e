//! The rules of the catalogues, as pure functions over their text. `core/tests/words.rs` runs them on every build.
//!
//! Each rule gives a list of [`Problem`]s; an empty list is a catalogue in order.

mod families;
mod language;
mod pairs;
mod reader;
mod usage;

pub use families::{AWAITED, FAMILIES};
pub use language::{forbidden_words, long_sentences, sentences};
pub use pairs::{different_arguments, missing_keys, untranslated};
pub use reader::{Message, read};
pub use usage::{named_in, stale_awaited, unused};

use fluent_bundle::FluentResource;

/// The most words a sentence may have.
pub const MOST_WORDS: usize = 20;

/// One thing to put right in a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The message, with its attribute after a dot where it is one.
    pub key: String,
    /// What is wrong, for the developer who reads the test's output.
    pub what: String,
}

impl Problem {
    pub(crate) fn new(key: impl Into<String>, what: impl Into<String>) -> Problem {
        Problem {
            key: key.into(),
            what: what.into(),
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.key, self.what)
    }
}

/// What Fluent itself cannot read, and keys that are written twice.
///
/// Fluent leaves such a message out and says nothing, so without this rule a slip would show only on a page.
pub fn unreadable(source: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Err((_, faults)) = FluentResource::try_new(source.to_owned()) {
        for fault in faults {
            problems.push(Problem::new(
                "catalogue",
                format!("cannot be read: {fault}"),
            ));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    for message in read(source) {
        if !seen.insert(message.name()) {
            problems.push(Problem::new(message.name(), "is written twice"));
        }
    }
    problems
}
