//! How the plain types of the core cross the border to Kotlin and Swift. Only with the feature `uniffi`.
//!
//! Ids and days cross as text, so a shell never builds one by hand; a word of [`crate::Error::Usage`] crosses as text.

use crate::clock::zone::parse_day;
use crate::error::Error;
use crate::id::Id;
use chrono::NaiveDate;

uniffi::custom_type!(Id, String, {
    lower: |id| id.to_string(),
    try_lift: |text| Ok(Id::read(text)),
});

/// A local day, `yyyy-mm-dd`.
type Day = NaiveDate;
uniffi::custom_type!(Day, String, {
    remote,
    lower: |day| day.to_string(),
    try_lift: |text| Ok(parse_day(&text)?),
});

/// The fixed word of [`Error::Usage`]: which argument was wrong, never its content.
type Argument = &'static str;
uniffi::custom_type!(Argument, String, {
    remote,
    lower: |what| what.to_owned(),
    // Only an error a shell made itself comes back this way; its own word stays on its side.
    try_lift: |_what| Ok("argument"),
});

impl From<uniffi::UnexpectedUniFFICallbackError> for Error {
    /// A shell's own code stopped where nobody expected it. What it said stays there: it may name a person.
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Error {
        Error::Storage {
            reason: "callback".into(),
        }
    }
}
