//! States, events, screens and colours have the same names in Kotlin and Swift, first letter aside.

use crate::{sources, without_comments};
use std::collections::BTreeMap;

/// What a type is made of: each name with the names of what it takes.
type Members = BTreeMap<String, Vec<String>>;

#[test]
fn events_and_what_they_say_are_alike() {
    let (kotlin, swift) = (kotlin(), swift());
    for screen in ["Today", "Log", "LogDay", "Page"] {
        let name = format!("{screen}Event");
        let theirs = cases(&swift, &name);
        assert!(!theirs.is_empty(), "{name} has cases");
        assert_eq!(events(&kotlin, &name), theirs, "{name}: Kotlin, then Swift");
    }
}

#[test]
fn states_hold_alike() {
    let (kotlin, swift) = (kotlin(), swift());
    for screen in ["Today", "Log", "LogDay"] {
        let name = format!("{screen}State");
        let ours = names_of(
            &between(&kotlin, &format!("data class {name}("), ')'),
            "val ",
        );
        assert!(!ours.is_empty(), "{name} holds something");
        assert_eq!(
            ours,
            stored(&block(&swift, &format!("struct {name}"))),
            "{name}: Kotlin, then Swift"
        );
    }
}

#[test]
fn screens_are_named_alike() {
    let listed = between(&kotlin(), "enum class ScreenName {", '}');
    let ours: Vec<String> = listed.split(',').map(|name| lower(name.trim())).collect();
    assert!(
        ours.contains(&"logDay".to_owned()),
        "the screens were found: {ours:?}"
    );
    let theirs: Vec<String> = cases(&swift(), "ScreenName").into_keys().collect();
    let mut sorted = ours;
    sorted.sort();
    assert_eq!(sorted, theirs, "Kotlin, then Swift");
}

#[test]
fn colours_have_the_same_names_and_values() {
    let ours = colours(&all(&["android/ui/src/commonMain"], ".kt"));
    assert!(
        ours.contains_key("actionSoft"),
        "the colours were found: {ours:?}"
    );
    assert_eq!(
        ours,
        colours(&all(&["ios/Sources"], ".swift")),
        "Kotlin, then Swift"
    );
}

#[test]
fn the_reading_of_sources_sees_a_difference() {
    let kotlin = "sealed interface AEvent {\n data class Log(val plan: String) : AEvent\n data object Rest : AEvent\n}";
    let swift = "enum AEvent: Hashable {\n case log(entry: String)\n case page(PageEvent)\n}";
    assert_ne!(events(kotlin, "AEvent"), cases(swift, "AEvent"));
    let alike =
        "enum AEvent: Hashable {\n case log(plan: String)\n case rest\n case page(PageEvent)\n}";
    assert_eq!(events(kotlin, "AEvent"), cases(alike, "AEvent"));
}

fn kotlin() -> String {
    all(&["android/present/src/main"], ".kt")
}

fn swift() -> String {
    all(&["ios/Sources"], ".swift")
}

fn all(folders: &[&str], ending: &str) -> String {
    let texts: Vec<String> = sources(folders, ending)
        .iter()
        .map(|(_, text)| without_comments(text))
        .collect();
    texts.join("\n")
}

/// The classes and objects declared in a Kotlin interface.
fn events(kotlin: &str, name: &str) -> Members {
    block(kotlin, &format!("sealed interface {name}"))
        .lines()
        .filter_map(|line| {
            let line = line.trim();
            let (event, takes) = if let Some(class) = line.strip_prefix("data class ") {
                let (event, _) = class.split_once('(')?;
                (event, names_of(&between(line, "(", ')'), "val "))
            } else {
                (
                    line.strip_prefix("data object ")?
                        .split([' ', ':'])
                        .next()?,
                    Vec::new(),
                )
            };
            Some((lower(event), takes))
        })
        .collect()
}

/// The cases of a Swift enum, but for the one that holds the events of every page.
fn cases(swift: &str, name: &str) -> Members {
    block(swift, &format!("enum {name}"))
        .lines()
        .filter_map(|line| {
            let case = line.trim().strip_prefix("case ")?;
            let name = case.split(['(', ' ', '=']).next()?;
            let takes = if case.contains('(') {
                between(case, "(", ')')
            } else {
                String::new()
            };
            let takes = takes
                .split(',')
                .filter_map(|one| Some(one.split_once(':')?.0.trim().to_owned()))
                .collect();
            (name != "page" && !case.starts_with('.')).then(|| (name.to_owned(), takes))
        })
        .collect()
}

/// The stored properties of a Swift type.
fn stored(body: &str) -> Vec<String> {
    let lines = body.lines().filter(|line| !line.contains('{'));
    lines
        .filter_map(|line| {
            let (_, property) = line
                .split_once("var ")
                .or_else(|| line.split_once("let "))?;
            let (name, _) = property.split_once(':')?;
            (line.starts_with("    ") && !line.starts_with("     ")).then(|| name.trim().to_owned())
        })
        .collect()
}

/// Every colour with its four values.
fn colours(text: &str) -> BTreeMap<String, String> {
    text.lines()
        .filter_map(|line| {
            let (before, after) = line.split_once(" = ")?;
            let values = after.split_once("(0x")?.1.split_once(')')?.0;
            (values.matches("0x").count() == 3).then(|| {
                (
                    before.rsplit(' ').next().unwrap_or_default().to_owned(),
                    values.to_owned(),
                )
            })
        })
        .collect()
}

/// The names that follow a word such as `val`.
fn names_of(text: &str, word: &str) -> Vec<String> {
    let pieces = text.split(word).skip(1);
    pieces
        .filter_map(|piece| Some(piece.split_once(':')?.0.trim().to_owned()))
        .collect()
}

/// What stands between a beginning and the next end.
fn between(text: &str, beginning: &str, end: char) -> String {
    let (_, after) = text
        .split_once(beginning)
        .unwrap_or_else(|| panic!("`{beginning}` is in the sources"));
    after.split(end).next().unwrap_or_default().to_owned()
}

/// The body in braces of a declaration.
fn block(text: &str, declared: &str) -> String {
    let at = text
        .match_indices(declared)
        .map(|(at, _)| at + declared.len())
        .find(|at| !text[*at..].starts_with(|next: char| next.is_alphanumeric()))
        .unwrap_or_else(|| panic!("`{declared}` is in the sources"));
    let mut depth = 0;
    let mut body = String::new();
    for letter in text[at..].chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth > 0 {
            body.push(letter);
        } else if letter == '}' {
            break;
        }
    }
    body
}

fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}
