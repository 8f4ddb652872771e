//! The 2 catalogues side by side: the same keys, the same arguments, and Welsh that is not English.

use std::collections::BTreeMap;

use super::{Message, Problem};

/// In 100 messages, this many may read the same in both languages: a few words are shared, a whole page is not.
const ALIKE_IN_100: usize = 2;

/// Keys, or attributes, that only one of the 2 languages has.
pub fn missing_keys(en: &[Message], cy: &[Message]) -> Vec<Problem> {
    let (en, cy) = (by_name(en), by_name(cy));
    let no_welsh = en.keys().filter(|key| !cy.contains_key(*key));
    let no_english = cy.keys().filter(|key| !en.contains_key(*key));
    no_welsh
        .map(|key| Problem::new(key, "is not in Welsh"))
        .chain(no_english.map(|key| Problem::new(key, "is not in English")))
        .collect()
}

/// Messages that do not put in the same arguments in both languages.
pub fn different_arguments(en: &[Message], cy: &[Message]) -> Vec<Problem> {
    let cy = by_name(cy);
    let mut problems = Vec::new();
    for message in en {
        if let Some(other) = cy.get(&message.name())
            && message.arguments != other.arguments
        {
            let what = format!(
                "puts in {:?} in English and {:?} in Welsh",
                message.arguments, other.arguments
            );
            problems.push(Problem::new(message.name(), what));
        }
    }
    problems
}

/// Welsh that is still the English, where that is more than 2 in 100. What is only names of arguments, digits
/// and signs is the same in every language and is not counted.
pub fn untranslated(en: &[Message], cy: &[Message]) -> Vec<Problem> {
    let cy = by_name(cy);
    let mut counted = 0;
    let mut alike = Vec::new();
    for message in en {
        let Some(other) = cy.get(&message.name()) else {
            continue;
        };
        if !message.wordings.iter().any(|text| has_words(text)) {
            continue;
        }
        counted += 1;
        if message.wordings == other.wordings {
            alike.push(Problem::new(
                message.name(),
                "is the same in Welsh and English",
            ));
        }
    }
    if alike.len() * 100 > counted * ALIKE_IN_100 {
        alike
    } else {
        Vec::new()
    }
}

fn by_name(messages: &[Message]) -> BTreeMap<String, &Message> {
    messages
        .iter()
        .map(|message| (message.name(), message))
        .collect()
}

fn has_words(text: &str) -> bool {
    let mut depth = 0_usize;
    for letter in text.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && letter.is_alphabetic() => return true,
            _ => {}
        }
    }
    false
}
