//! Looking for what could go wrong, and writing down what was looked for and how often.

use crate::{install, mutants};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

/// One proof: what it shows, its package, and its file of tests.
const PROOFS: [(&str, &str, &str); 13] = [
    (
        "The rule of 7 and the 14 days in random histories on one device",
        "cairn-core",
        "histories",
    ),
    (
        "The same on devices that meet at random moments",
        "cairn-core",
        "merged_histories",
    ),
    (
        "Real encrypted files edited apart and merged in every order",
        "cairn-core",
        "merged_vaults",
    ),
    (
        "Changes built here are byte for byte automerge's",
        "cairn-core",
        "changes",
    ),
    (
        "A flipped bit gives no other answer in silence",
        "cairn-core",
        "flipped_bits",
    ),
    (
        "Kinds of things and codes of a newer version are kept",
        "cairn-core",
        "later_nouns",
    ),
    (
        "A copied home is told from a renumbered disk",
        "cairn-core",
        "copied_homes",
    ),
    ("A clock ten years wrong", "cairn-core", "wrong_clocks"),
    (
        "Devices of a few people and of a team that write, meet, fail and mean harm come to the same end",
        "cairn-tests",
        "simulation",
    ),
    (
        "What a member who means harm sends, rightly signed and sealed",
        "cairn-core",
        "hostile",
    ),
    (
        "A power cut takes nothing a device said it kept",
        "cairn-powercut",
        "vault",
    ),
    ("Killed at each write-like system call", "cairn", "killed"),
    ("A full disk and errors at every write", "cairn", "faults"),
];

/// Proofs that count something and must have said what: one that counted nothing proved nothing.
const COUNTING: [&str; 8] = [
    "simulation",
    "histories",
    "merged_histories",
    "merged_vaults",
    "flipped_bits",
    "hostile",
    "killed",
    "faults",
];

/// Runs the proofs; with `full` all of each, the planted bugs too, and RELIABILITY.md is written. It can be stopped at any
/// moment: nothing is written before the end.
///
/// # Errors
/// In words: the first proof that does not hold, or that counted nothing.
pub fn run(full: bool) -> Result<(), String> {
    install::for_building()?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let report = root.join("target/prove.txt");
    let mut page = String::new();
    for (number, (shows, package, tests)) in PROOFS.iter().enumerate() {
        eprintln!(
            "[{} of {}] {shows}",
            number + 1,
            PROOFS.len() + usize::from(full)
        );
        let counted = prove(&report, package, tests, full)?;
        if COUNTING.contains(tests) && counted.trim().is_empty() {
            return Err(format!("{tests}: nothing was counted"));
        }
        let _ = writeln!(
            page,
            "## {shows}\n\n`cargo test -p {package} --test {tests}`\n"
        );
        for line in counted.lines() {
            let _ = writeln!(page, "- {line}");
        }
        page.push('\n');
    }
    if !full {
        println!(
            "All hold. `cargo xtask prove --full` tries every place and plants bugs; it takes long."
        );
        return Ok(());
    }
    eprintln!("[{0} of {0}] Bugs planted on purpose", PROOFS.len() + 1);
    page.push_str(
        "## Bugs planted on purpose, one at a time, each found\n\n`cargo xtask mutants`\n\n",
    );
    page.push_str("| bug | found by |\n| --- | --- |\n");
    for found in mutants::run("")? {
        let _ = writeln!(page, "| {} | `{}` |", found.bug, found.by.join("`, `"));
    }
    let path = root.join("RELIABILITY.md");
    fs::write(&path, head(&root)? + &page).map_err(words)?;
    println!("All hold. RELIABILITY.md is written.");
    Ok(())
}

/// Runs one file of tests; what it counted.
fn prove(report: &PathBuf, package: &str, tests: &str, full: bool) -> Result<String, String> {
    match fs::remove_file(report) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(words(error)),
        _ => {}
    }
    let mut command = Command::new("cargo");
    command
        .args(["test", "--quiet", "--package", package, "--test", tests])
        .args(["--", "--nocapture"])
        .env("CAIRN_PROVE_REPORT", report)
        .env("CAIRN_PROVE", if full { "full" } else { "part" });
    match command.status() {
        Ok(status) if status.success() => Ok(fs::read_to_string(report).unwrap_or_default()),
        Ok(_) => Err(format!("{tests} does not hold")),
        Err(error) => Err(format!("cargo could not be started: {error}")),
    }
}

fn head(root: &Path) -> Result<String, String> {
    let git = |arguments: &[&str]| {
        let ran = Command::new("git")
            .args(arguments)
            .current_dir(root)
            .output();
        ran.map(|ran| String::from_utf8_lossy(&ran.stdout).trim().to_owned())
            .map_err(words)
    };
    let changed = git(&["status", "--porcelain", "--", "*.rs", "*.sql", "*.toml"])?;
    let changed = if changed.is_empty() {
        ""
    } else {
        ", with changes not committed yet"
    };
    Ok(format!(
        "# What was tried, and how often\n\nWritten by `cargo xtask prove --full` at commit `{}`{changed}. Every seed and \
         every place is fixed: the same commit gives the same counts. Counts of system calls are those of the machine it ran on. \
         A fault that happened 0 times fails the run.\n\nNot tried here: a real power cut, a phone, a lying disk.\n\n",
        git(&["rev-parse", "HEAD"])?
    ))
}

fn words(error: io::Error) -> String {
    error.to_string()
}
