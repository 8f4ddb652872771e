//! Codes, files and keys of the person's own devices, in words.

use super::fields::moment;
use cairn_core::words::Words;
use chrono::DateTime;
use serde_json::Value;

/// The code for a further device.
pub fn code(words: Words, answer: &Value) -> String {
    let until = DateTime::parse_from_rfc3339(text(answer, "expires"))
        .map(|at| moment(words, at))
        .unwrap_or_default();
    format!(
        "{}\n{}",
        words.say("device-code", &[("code", text(answer, "code").into())]),
        words.say("device-code-until", &[("at", (&until).into())])
    )
}

/// A new recovery code, which is shown this once.
pub fn recovery(words: Words, answer: &Value) -> String {
    format!(
        "{}\n{}\n{}",
        words.say("recovery-code", &[("code", text(answer, "code").into())]),
        words.say("recovery-keep", &[]),
        words.say("recovery-try-it", &[])
    )
}

/// A device that a recovery code let in, and the code that took the place of the one that was used.
pub fn recovered(words: Words, answer: &Value) -> String {
    let used = match text(answer, "name") {
        // Through a folder what is in the record comes later than the keys to it.
        "" => words.say("recovery-used-soon", &[]),
        name => words.say("recovery-used", &[("name", name.into())]),
    };
    format!(
        "{}\n{}\n{}",
        used,
        words.say("recovery-next", &[]),
        recovery(words, answer)
    )
}

fn text<'a>(answer: &'a Value, name: &str) -> &'a str {
    answer[name].as_str().unwrap_or_default()
}
