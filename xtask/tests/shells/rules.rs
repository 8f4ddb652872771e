//! A shell holds no rule and no word for people: both come from the core.

use crate::{sources, without_comments};

/// What a shell is made of, tests left out.
const SHELLS: [(&[&str], &str); 2] = [
    (
        &[
            "android/core/src/main",
            "android/present/src/main",
            "android/ui/src/commonMain",
            "android/app/src/main",
        ],
        ".kt",
    ),
    (
        &[
            "ios/Sources/CairnPresent",
            "ios/Sources/CairnScreens",
            "ios/App",
        ],
        ".swift",
    ),
];

/// Where views are written: a sentence there is a word for people.
const VIEWS: [(&[&str], &str); 2] = [
    (
        &["android/ui/src/commonMain", "android/app/src/main"],
        ".kt",
    ),
    (&["ios/Sources/CairnScreens", "ios/App"], ".swift"),
];

/// The states and answers the core tells apart; a shell that asks for one by name decides something.
const STATES: [&str; 24] = [
    "to_do",
    "done",
    "rested",
    "paused",
    "agreed",
    "draft",
    "ended",
    "did",
    "part",
    "tried",
    "could_not",
    "active",
    "on_hold",
    "proposed",
    "achieved",
    "set_aside",
    "open",
    "trying",
    "solved",
    "waiting",
    "due",
    "overdue",
    "unwell",
    "hospital",
];

#[test]
fn no_shell_compares_with_7_or_14_or_asks_for_a_state_by_name() {
    for (folders, ending) in SHELLS {
        for (file, text) in sources(folders, ending) {
            assert_eq!(
                rules_in(&without_comments(&text)),
                Vec::<String>::new(),
                "{file}"
            );
        }
    }
}

#[test]
fn no_view_says_a_word_of_its_own() {
    for (folders, ending) in VIEWS {
        for (file, text) in sources(folders, ending) {
            assert_eq!(
                sentences_in(&without_comments(&text)),
                Vec::<String>::new(),
                "{file}"
            );
        }
    }
}

#[test]
fn planted_rules_and_words_are_found() {
    assert_eq!(rules_in("if (rating >= 7) go()").len(), 1);
    assert_eq!(rules_in("if days<14 { }").len(), 1);
    assert_eq!(rules_in("guard 7 <= value else").len(), 1);
    assert_eq!(rules_in("if (card.state == \"to_do\") draw()").len(), 1);
    assert_eq!(
        rules_in("if (width >= 700 || n == 17) draw(\"place-today\")").len(),
        0
    );
    assert_eq!(sentences_in("Text(\"Hello there\")").len(), 1);
    assert_eq!(sentences_in("Text(\"a $b\"); words(\"log-save\")").len(), 1);
    assert_eq!(sentences_in("Text(words(\"log-save\"))").len(), 0);
}

/// Lines that compare with a number of a rule, or name a state.
fn rules_in(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| {
        let mut bare = (*line).to_owned();
        for sign in ["<", ">", "="] {
            bare = bare
                .replace(&format!(" {sign}"), sign)
                .replace(&format!("{sign} "), sign);
        }
        let compared = ["<", ">", "<=", ">=", "==", "!="].iter().any(|sign| {
            ["7", "14"].iter().any(|number| {
                stands(&bare, &format!("{sign}{number}"))
                    || stands(&bare, &format!("{number}{sign}"))
            })
        });
        compared || quoted(line).iter().any(|word| STATES.contains(word))
    });
    lines.map(|line| line.trim().to_owned()).collect()
}

/// Whether this stands in a line with no digit or point on either side.
fn stands(line: &str, what: &str) -> bool {
    let part = |letter: Option<char>| {
        letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '.')
    };
    line.match_indices(what).any(|(at, _)| {
        let before = line[..at]
            .chars()
            .next_back()
            .filter(|_| what.starts_with(|first: char| first.is_ascii_digit()));
        let after = line[at + what.len()..]
            .chars()
            .next()
            .filter(|_| what.ends_with(|last: char| last.is_ascii_digit()));
        !part(before) && !part(after)
    })
}

/// Strings with a letter and a space: words for people.
fn sentences_in(text: &str) -> Vec<String> {
    let strings = text.lines().flat_map(quoted);
    strings
        .filter(|string| string.contains(' ') && string.chars().any(char::is_alphabetic))
        .map(str::to_owned)
        .collect()
}

/// The strings of a line.
fn quoted(line: &str) -> Vec<&str> {
    line.split('"').skip(1).step_by(2).collect()
}
