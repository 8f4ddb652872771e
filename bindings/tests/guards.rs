//! What the border must not have: words for people, rules, and a core that cannot do without it. And what the
//! generated files must have: the doc comments and names the shells are written against.

use std::path::{Path, PathBuf};
use std::process::Command;

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found
}

/// The code of a line, without a comment at its end.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

/// Texts in quotes with a space between words, as a sentence has: nothing a code, a key or a name needs.
fn worded(source: &str) -> Vec<String> {
    let code: Vec<&str> = source.lines().map(code).collect();
    let texts = code
        .iter()
        .flat_map(|line| line.split('"').skip(1).step_by(2));
    texts
        .filter(|text| text.trim().contains(' ') && text.chars().any(char::is_alphabetic))
        .map(str::to_owned)
        .collect()
}

/// The locked numbers of the loop, where code has them as numbers of their own.
fn locked_numbers(source: &str) -> Vec<String> {
    let is_number_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    source
        .lines()
        .filter(|line| {
            let mut numbers = code(line).split(|letter| !is_number_letter(letter));
            numbers.any(|number| ["7", "14", "7u64", "14u64", "7i64", "14i64"].contains(&number))
        })
        .map(str::to_owned)
        .collect()
}

/// Lines that decide something.
fn deciding(source: &str) -> Vec<String> {
    let decides = |line: &&str| {
        code(line)
            .split_whitespace()
            .any(|word| ["if", "match", "else", "while"].contains(&word))
    };
    source.lines().filter(decides).map(str::to_owned).collect()
}

#[test]
fn no_word_for_people_and_no_locked_number_stands_in_the_border() {
    let all = sources(&home().join("src"));
    assert!(all.len() > 10, "the sources were found");
    for (path, source) in all {
        assert_eq!(worded(&source), Vec::<String>::new(), "{}", path.display());
        assert_eq!(
            locked_numbers(&source),
            Vec::<String>::new(),
            "{}",
            path.display()
        );
    }
}

#[test]
fn acts_pages_and_answers_decide_nothing() {
    let all = sources(&home().join("src"));
    let passing_on = |path: &Path| {
        path.parent().is_some_and(|folder| folder.ends_with("acts"))
            || path.ends_with("pages.rs")
            || path.ends_with("queries.rs")
    };
    let passing: Vec<_> = all
        .into_iter()
        .filter(|(path, _)| passing_on(path))
        .collect();
    assert!(passing.len() > 5, "the sources were found");
    for (path, source) in passing {
        assert_eq!(
            deciding(&source),
            Vec::<String>::new(),
            "{}",
            path.display()
        );
    }
}

#[test]
fn each_guard_finds_what_it_looks_for() {
    assert_eq!(
        worded(r#"let said = "Well done"; // "not this""#),
        ["Well done"]
    );
    assert_eq!(
        worded(r#"words.say("today-hello", &[])"#),
        Vec::<String>::new()
    );
    assert_eq!(locked_numbers("if value >= 7 {").len(), 1);
    assert_eq!(locked_numbers("Days::new(14)").len(), 1);
    assert_eq!(locked_numbers("let seventeen = 17; // 7").len(), 0);
    assert_eq!(deciding("        if goal.state == \"active\" {").len(), 1);
    assert_eq!(
        deciding("self.act_on_all(|acts| goal::hold(acts, &goal))").len(),
        0
    );
}

/// The packages a package links, by cargo's own word.
fn tree(arguments: &[&str]) -> String {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--edges", "normal", "--prefix", "none"])
        .args(arguments)
        .current_dir(home())
        .output()
        .unwrap();
    assert!(
        tree.status.success(),
        "{}",
        String::from_utf8_lossy(&tree.stderr)
    );
    String::from_utf8(tree.stdout).unwrap()
}

#[test]
fn the_core_links_uniffi_only_where_it_is_asked_to() {
    assert!(!tree(&["--package", "cairn-core"]).contains("uniffi"));
    assert!(!tree(&["--package", "cairn"]).contains("uniffi"));
    assert!(tree(&["--package", "cairn-core", "--features", "uniffi"]).contains("uniffi"));
}

#[test]
fn the_library_of_a_phone_knows_no_journeys() {
    assert!(!tree(&["--package", "cairn-bindings"]).contains("cairn-journey"));
    assert!(
        tree(&["--package", "cairn-bindings", "--features", "journeys"]).contains("cairn-journey")
    );
}

/// The library these tests were built with, beside their own program.
fn library() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let deps = program.parent().unwrap();
    let name = format!(
        "{}cairn_bindings{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    let library = deps.join(name);
    assert!(library.exists(), "{} was not built", library.display());
    library
}

/// Every generated file of a language as one text.
fn generated(language: &str, ending: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_uniffi-bindgen"))
        .args([
            "generate",
            "--no-format",
            "--language",
            language,
            "--out-dir",
        ])
        .arg(folder.path())
        .arg(library())
        .current_dir(home())
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let mut waiting = vec![folder.path().to_owned()];
    let mut text = String::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).unwrap();
            waiting.extend(entries.flatten().map(|entry| entry.path()));
        } else if path.extension().is_some_and(|given| given == ending) {
            text.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
    text
}

/// A comment of a record in the core, of a method, and of a trait a shell implements.
const COMMENTS: [&str; 3] = [
    "What a screen reader says: the answer, then the plan.",
    "Logs an answer for a plan. The id of the entry.",
    "Keeps the key of a home, in hardware where the phone has it.",
];

#[test]
fn kotlin_has_the_comments_and_names_in_its_two_packages() {
    let kotlin = generated("kotlin", "kt");
    for comment in COMMENTS {
        assert!(kotlin.contains(comment), "{comment}");
    }
    for name in [
        "package cairn\n",
        "package cairn.core\n",
        "fun `logDayPage`(",
        "data class TodayPage (",
        "val `whenWhere`: kotlin.String?",
        "interface KeyVault",
        "class ConfidenceBelow7",
    ] {
        assert!(kotlin.contains(name), "{name}");
    }
    assert!(
        !kotlin.contains("    var `whenWhere`"),
        "records do not change"
    );
}

#[test]
fn swift_has_the_comments_and_names_in_its_two_modules() {
    let swift = generated("swift", "swift");
    for comment in COMMENTS {
        assert!(swift.contains(comment), "{comment}");
    }
    for name in [
        "canImport(CairnFFI)",
        "canImport(CairnCoreFFI)",
        "func logDayPage(",
        "public struct TodayPage",
        "public var whenWhere: String?",
        "protocol KeyVault",
        "case ConfidenceBelow7",
    ] {
        assert!(swift.contains(name), "{name}");
    }
}
