//! Words of the catalogue for a shell: static ones by key, and the sentence of an error.

use cairn_core::error::Error;
use cairn_core::words::{Arg, Lang, Words};
use std::collections::HashMap;

/// An argument of a message.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum WordsArg {
    /// Words, such as a name.
    Text {
        /// The words.
        text: String,
    },
    /// A whole number; it chooses the plural.
    Number {
        /// The number.
        number: i64,
    },
}

/// The message of the catalogue under this key, for a screen: every argument is marked, so that a name in another
/// direction of writing stays whole. A key nobody has is shown in brackets.
#[uniffi::export(default(args = None))]
pub fn words(language: Lang, key: String, args: Option<HashMap<String, WordsArg>>) -> String {
    let args = args.unwrap_or_default();
    let args: Vec<(&str, Arg)> = args
        .iter()
        .map(|(name, arg)| match arg {
            WordsArg::Text { text } => (name.as_str(), Arg::from(text)),
            WordsArg::Number { number } => (name.as_str(), Arg::from(*number)),
        })
        .collect();
    Words::new(language).screen(&key, &args)
}

/// The stable name of an error, such as `confidence_missing`.
#[uniffi::export]
pub fn error_code(error: Error) -> String {
    error.code().to_owned()
}

/// What a person reads of an error: what happened, what is safe, what to do.
#[uniffi::export]
pub fn error_sentence(error: Error, language: Lang) -> String {
    Words::new(language).error(&error)
}

/// What kind of trouble an error is: 1 refused by a rule, 2 wrong use, 3 could not be saved or read, 4 damaged, 5
/// nobody could be reached.
#[uniffi::export]
pub fn error_kind(error: Error) -> u8 {
    error.exit()
}
