//! How the words are written: short sentences, and no word of blame.

use super::super::Lang;
use super::{MOST_WORDS, Message, Problem};

/// Never said of the person or of what they did. Whole words, in every form that is in use.
const FORBIDDEN_EN: &[&str] = &[
    "failed",
    "fail",
    "fails",
    "failing",
    "failure",
    "missed",
    "miss",
    "misses",
    "non-compliant",
    "noncompliant",
    "non-compliance",
    "noncompliance",
    "non-adherent",
    "non-adherence",
    "unrealistic",
    "unrealistically",
    "realistic",
    "streak",
    "streaks",
    "good",
    "bad",
    "badly",
    "should",
    "shouldn't",
    "ought",
];

/// The same in Welsh, with the mutated forms. "golli" is left out: "nothing is lost" needs it, and "you have
/// missed" is written with "colli". "methu" also means "cannot"; "ddim yn gallu" says that without blame.
const FORBIDDEN_CY: &[&str] = &[
    "methu",
    "fethu",
    "methodd",
    "fethodd",
    "methwyd",
    "fethwyd",
    "methais",
    "fethais",
    "methoch",
    "fethoch",
    "methiant",
    "fethiant",
    "colli",
    "collodd",
    "gollodd",
    "collwyd",
    "gollwyd",
    "collais",
    "gollais",
    "colloch",
    "golloch",
    "collasoch",
    "gollasoch",
    "anghydymffurfiol",
    "anghydymffurfio",
    "afrealistig",
    "realistig",
    "rhediad",
    "da",
    "dda",
    "drwg",
    "ddrwg",
    "gwael",
    "wael",
    "dylai",
    "ddylai",
    "dylech",
    "ddylech",
    "dylet",
    "ddylet",
    "dylwn",
    "ddylwn",
    "dylen",
    "ddylen",
    "dylid",
    "ddylid",
    "dylsech",
    "ddylsech",
    "dylset",
    "ddylset",
];

/// Sentences of more than [`MOST_WORDS`] words. An argument counts as one word.
pub fn long_sentences(messages: &[Message]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for message in messages {
        for sentence in message.wordings.iter().flat_map(|text| sentences(text)) {
            let count = words(&sentence).count();
            if count > MOST_WORDS {
                let what = format!("{count} words in one sentence: {sentence}");
                problems.push(Problem::new(message.name(), what));
            }
        }
    }
    problems
}

/// Words that must never be said, in the language of the catalogue.
pub fn forbidden_words(lang: Lang, messages: &[Message]) -> Vec<Problem> {
    let list = match lang {
        Lang::En => FORBIDDEN_EN,
        Lang::Cy => FORBIDDEN_CY,
    };
    let mut problems = Vec::new();
    for message in messages {
        for word in message.wordings.iter().flat_map(|text| words(text)) {
            let word = word.to_lowercase().replace('’', "'");
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            // Also the parts of joined words: "da'n", "good-looking".
            let mut forms = std::iter::once(word).chain(word.split(['-', '\'']));
            if let Some(form) = forms.find(|form| list.contains(form)) {
                problems.push(Problem::new(message.name(), format!("says “{form}”")));
            }
        }
    }
    problems
}

/// The sentences of a text: each ends with a full stop, question mark or exclamation mark before a space or the end.
pub fn sentences(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut sentence = String::new();
    let mut ended = false;
    for letter in text.chars() {
        if ended && letter.is_whitespace() {
            all.push(std::mem::take(&mut sentence));
            ended = false;
            continue;
        }
        // A closing quote or bracket still belongs to the sentence.
        ended = matches!(letter, '.' | '?' | '!') || (ended && !letter.is_alphanumeric());
        sentence.push(letter);
    }
    all.push(sentence);
    all.retain(|sentence| words(sentence).next().is_some());
    all
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
}
