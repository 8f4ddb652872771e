//! Inputs that mean harm: the coverage-guided fuzzer over every decoder, and the whole set of hostile changes.

use crate::run::{cargo, program, works};
use std::path::Path;
use std::process::Command;

/// Memory a decoder may use, in megabytes, before the fuzzer calls it a fault.
const MEMORY: usize = 512;

/// Hostile changes, and as many hostile snapshots, of the full run.
const HOSTILE: &str = "20000";

/// `cargo xtask fuzz [TARGET] [--minutes N]`: one target, or one after the other.
pub fn fuzz(rest: &[String]) -> Result<(), String> {
    let (mut one, mut minutes) = (None, 1);
    let mut words = rest.iter();
    while let Some(word) = words.next() {
        if word == "--minutes" {
            let given = words.next().and_then(|number| number.parse().ok());
            minutes = given.ok_or("How many minutes? A whole number, please.")?;
        } else {
            one = Some(word.clone());
        }
    }
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fuzz"));
    let targets = targets(folder)?;
    let chosen = match one {
        None => targets,
        Some(one) if targets.contains(&one) => vec![one],
        Some(_) => return Err(format!("There are these targets: {}", targets.join(" "))),
    };
    if !works("cargo", &["fuzz", "--version"]) {
        eprintln!("Installing cargo-fuzz, which is missing.");
        cargo(&["install", "cargo-fuzz", "--locked"])?;
    }
    for target in &chosen {
        run(folder, target, minutes)?;
    }
    eprintln!("Nothing was found in: {}", chosen.join(" "));
    Ok(())
}

/// Tries every hostile input, and prints how many were refused and why.
pub fn hostile() -> Result<(), String> {
    let mut test = Command::new("cargo");
    test.args(["test", "--package", "cairn-core", "--test", "hostile"])
        .args(["--", "--nocapture"])
        .env("CAIRN_HOSTILE_INPUTS", HOSTILE);
    program(&mut test)
}

fn targets(folder: &Path) -> Result<Vec<String>, String> {
    let files =
        std::fs::read_dir(folder.join("fuzz_targets")).map_err(|error| error.to_string())?;
    let mut names: Vec<String> = files
        .filter_map(|file| file.ok()?.path().file_stem()?.to_str().map(String::from))
        .collect();
    names.sort();
    Ok(names)
}

/// New inputs go to `corpus`, which is not kept; `seeds` is. The core has no unsafe code, so no sanitizer is used.
fn run(folder: &Path, target: &str, minutes: u64) -> Result<(), String> {
    let of = |kind: &str| folder.join(kind).join(target);
    for kind in ["corpus", "seeds"] {
        std::fs::create_dir_all(of(kind)).map_err(|error| error.to_string())?;
    }
    let mut fuzzer = Command::new("cargo");
    fuzzer
        .args(["fuzz", "run", "--fuzz-dir", "."])
        .args(["--sanitizer", "none", target])
        .args([of("corpus"), of("seeds")])
        .arg("--")
        .arg(format!("-max_total_time={}", minutes * 60))
        .arg(format!("-rss_limit_mb={MEMORY}"))
        .args(["-timeout=10", "-print_final_stats=1", "-verbosity=0"])
        .current_dir(folder)
        // The fuzzer's instrumentation is not in the stable compiler by its name, but it is there.
        .env("RUSTC_BOOTSTRAP", "1");
    program(&mut fuzzer)
}
