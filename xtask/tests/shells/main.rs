//! The two shells are alike, and hold no rule and no word: read from their sources.

mod names;
mod rules;
mod versions;

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the project.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file under these folders that ends so, with its text; generated ones left out.
fn sources(folders: &[&str], ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let inside = fs::read_dir(&path).expect("a folder of the project can be read");
            open.extend(inside.map(|entry| entry.expect("an entry can be read").path()));
        } else if path.to_string_lossy().ends_with(ending) {
            let text = fs::read_to_string(&path).expect("a source can be read");
            found.push((path.to_string_lossy().into_owned(), text));
        }
    }
    assert!(!found.is_empty(), "no {ending} under {folders:?}");
    found
}

/// A source without its comments, so that a sentence about a rule is no rule. Both languages write them alike.
fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("/*") {
        kept.push_str(&rest[..at]);
        rest = rest[at..]
            .find("*/")
            .map_or("", |end| &rest[at + end + 2..]);
    }
    kept.push_str(rest);
    kept.lines()
        .map(|line| {
            line.find("//")
                .filter(|at| !line[..*at].ends_with(':'))
                .map_or(line, |at| &line[..at])
        })
        .collect::<Vec<_>>()
        .join("\n")
}
