//! The Welsh demo speaks Welsh: none of its words is one that only the English catalogue has.

mod support;

use cairn_core::words::lint;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use support::{Cairn, Ran};

fn file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(path).unwrap()
}

/// The words of a text in lower case: letters, and an apostrophe between them. What has a digit in it is a number or a
/// code.
fn words(text: &str) -> BTreeSet<String> {
    text.replace('’', "'")
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.chars().any(|c| c.is_ascii_digit()))
        .map(|word| word.trim_matches('\'').to_lowercase())
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect()
}

fn vocabulary(catalogue: &str) -> BTreeSet<String> {
    lint::read(&file(catalogue))
        .iter()
        .flat_map(|message| &message.wordings)
        .flat_map(|wording| words(&without_arguments(wording)))
        .collect()
}

/// `{$name}` is a name for programmers and no word.
fn without_arguments(wording: &str) -> String {
    let mut text = String::new();
    for piece in wording.split('{') {
        text.push_str(piece.split_once('}').map_or(piece, |(_, after)| after));
        text.push(' ');
    }
    text
}

/// What only English has.
fn english() -> BTreeSet<String> {
    let (en, cy) = (
        vocabulary("../core/words/en.ftl"),
        vocabulary("../core/words/cy.ftl"),
    );
    en.difference(&cy).cloned().collect()
}

/// The English words of a story as it was told. The line that says what to type next is a command, in any language.
fn english_in(told: &str) -> Vec<String> {
    let story: String = told
        .lines()
        .filter(|line| !line.starts_with("  cairn --home "))
        .map(|line| format!("{line}\n"))
        .collect();
    words(&story).intersection(&english()).cloned().collect()
}

fn demo(lang: &str) -> Ran {
    let cairn = Cairn::anywhere();
    let mut ran = cairn.run(&["--lang", lang, "demo"]);
    ran.out = ran.out.replace(&cairn.folder().display().to_string(), "");
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran
}

#[test]
fn the_welsh_demo_has_no_english_word() {
    let told = demo("cy");
    assert!(told.out.lines().count() > 30, "{}", told.out);
    assert_eq!(
        english_in(&told.out),
        Vec::<String>::new(),
        "\n{}",
        told.out
    );
    assert_eq!(told.err, "");
}

#[test]
fn its_record_read_afterwards_has_none_either() {
    let cairn = Cairn::anywhere();
    assert_eq!(cairn.run(&["--lang", "cy", "demo"]).code, 0);
    for page in [
        &["today"][..],
        &["progress"],
        &["goal", "list"],
        &["plan", "list"],
        &["follow-up", "list"],
    ] {
        let page = [
            &["--lang", "cy", "--now", "2026-04-21T09:00:00+01:00"],
            page,
        ]
        .concat();
        let shown = cairn.run(&page);
        assert_eq!(
            english_in(&shown.out),
            Vec::<String>::new(),
            "{page:?}\n{}",
            shown.out
        );
    }
}

/// The check can fail: the English demo is full of English, and one English sentence in a Welsh story is found.
#[test]
fn an_english_sentence_in_a_welsh_story_is_found() {
    assert!(english().len() > 300, "{}", english().len());
    assert!(english_in(&demo("en").out).len() > 50);
    let story = file("src/demo.cy.json");
    let welsh = "Oer, a gwelais y saffrwm cyntaf.";
    assert!(story.contains(welsh));
    let mixed = story.replace(welsh, "Cold, and I saw the first crocus.");
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("mixed.json");
    std::fs::write(&path, mixed).unwrap();
    let cairn = Cairn::anywhere();
    let told = cairn.run(&["--lang", "cy", "replay", &path.display().to_string()]);
    assert_eq!(told.code, 0, "{}", told.err);
    let found = english_in(&told.out);
    assert!(
        ["and", "the", "first"]
            .iter()
            .all(|word| found.iter().any(|f| f == word)),
        "{found:?}"
    );
}
