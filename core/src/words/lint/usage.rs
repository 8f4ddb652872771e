//! Which keys the sources say: a word nobody shows is a word nobody checks.

use std::collections::BTreeSet;

use super::{Message, Problem};

/// The texts in double quotes in one source file, of Rust, Kotlin or Swift, that could be keys.
///
/// Quotes are not paired, so that an odd quote in a comment cannot hide the rest of the file: whatever stands
/// between any 2 neighbouring quotes and is written like a key is taken as one.
pub fn named_in(source: &str) -> BTreeSet<String> {
    source
        .split('"')
        .filter(|text| !text.is_empty() && text.chars().all(is_key_letter))
        .map(str::to_owned)
        .collect()
}

/// Keys no source names, no family computes, no other message puts in, and nothing still to be written awaits.
pub fn unused(
    messages: &[Message],
    named: &BTreeSet<String>,
    families: &[(&str, &str)],
    awaited: &[&str],
) -> Vec<Problem> {
    let mut put_in = BTreeSet::new();
    for message in messages {
        put_in.extend(message.references.iter().cloned());
    }
    let mut problems = Vec::new();
    for message in messages {
        let key = &message.key;
        let used = named.contains(key)
            || put_in.contains(key)
            || families.iter().any(|(family, _)| belongs(key, family))
            || awaited.contains(&key.as_str());
        if !used {
            problems.push(Problem::new(key, "is said nowhere"));
        }
    }
    for (family, _) in families {
        if !messages.iter().any(|message| belongs(&message.key, family)) {
            problems.push(Problem::new(*family, "is a family without a key"));
        }
    }
    problems
}

/// Keys on the list of what is awaited that are in use by now, or are in no catalogue: the list only shrinks.
pub fn stale_awaited(
    messages: &[Message],
    named: &BTreeSet<String>,
    awaited: &[&str],
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for key in awaited {
        if named.contains(*key) {
            problems.push(Problem::new(
                *key,
                "is in use: take it off the awaited list",
            ));
        } else if !messages.iter().any(|message| message.key == *key) {
            problems.push(Problem::new(*key, "is awaited, and in no catalogue"));
        }
    }
    problems
}

/// A family is a beginning that ends with a hyphen, as in `error-`.
fn belongs(key: &str, family: &str) -> bool {
    key.strip_prefix(family)
        .is_some_and(|rest| !rest.is_empty())
}

fn is_key_letter(letter: char) -> bool {
    letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'
}
