//! What the border costs: a `today` read and a `log` from Kotlin and from Swift, as ratios to the same calls in Rust,
//! on copies of one prepared home, in one run.
//!
//! The protocol. Each half is a program that is given, in its environment, `CAIRN_BENCH_HOME` (its own copy of the
//! home), `CAIRN_BENCH_KEY` (the key as 64 hexadecimal digits), `CAIRN_BENCH_NOW` (seconds since 1970; the offset is 0),
//! `CAIRN_BENCH_PLAN`, `CAIRN_BENCH_ROUNDS`, and `CAIRN_LIBRARY` (the folder with the library, built as for a phone). It opens the
//! home once, calls `today()` a tenth of the rounds unmeasured and then the rounds, then `log(plan, did)` likewise, and
//! prints two lines: `today N` and `log N`, the median of nanoseconds a call.

use crate::run;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The halves that are not Rust: the language, and the script that runs its half.
const HALVES: [(&str, &str); 2] = [
    ("Kotlin", "android/bench-border.sh"),
    ("Swift", "ios/bench-border.sh"),
];

/// Rounds where none are given.
const ROUNDS: &str = "300";

/// Measures and prints.
pub fn measure(rest: &[String]) -> Result<(), String> {
    let rounds = rest.first().map_or(ROUNDS, String::as_str);
    for target in [["--lib"].as_slice(), &["--example", "bench_border"]] {
        let mut build = vec![
            "build",
            "--profile",
            "phone",
            "--no-default-features",
            "--package",
            "cairn-bindings",
            "--features",
            "journeys",
        ];
        build.extend(target);
        run::cargo(&build)?;
    }
    let rust = absolute("target/phone/examples/bench_border")?;
    let folder = absolute("target")?.join("bench-border");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(said)?;
    }
    let prepared = folder.join("prepared");
    let plan = output(Command::new(&rust).arg("prepare").arg(&prepared))?;
    let plan = plan.trim();

    let own = copied(&prepared, &folder.join("Rust"))?;
    let base = figures(&output(
        Command::new(&rust).arg("run").arg(own).args([plan, rounds]),
    )?)?;
    println!("rounds: {rounds}; each figure is a median");
    for (call, nanoseconds) in &base {
        println!("Rust    {call:<6} {nanoseconds:>12} ns  1.00");
    }
    for (language, script) in HALVES {
        if !Path::new(script).exists() {
            println!("{language:<7} not measured: {script} is not there");
            continue;
        }
        let home = copied(&prepared, &folder.join(language))?;
        let half = output(
            Command::new("sh")
                .arg(script)
                .env("CAIRN_BENCH_HOME", home)
                .env("CAIRN_BENCH_KEY", "07".repeat(32))
                .env("CAIRN_BENCH_NOW", "1773651600")
                .env("CAIRN_BENCH_PLAN", plan)
                .env("CAIRN_BENCH_ROUNDS", rounds)
                .env("CAIRN_LIBRARY", absolute("target/phone")?),
        )?;
        let half = figures(&half)?;
        for (call, nanoseconds) in &base {
            let own = half
                .get(call)
                .ok_or_else(|| format!("{language} did not measure {call}"))?;
            let ratio = *own as f64 / *nanoseconds as f64;
            println!("{language:<7} {call:<6} {own:>12} ns  {ratio:.2}");
        }
    }
    Ok(())
}

/// The lines `today N` and `log N` among what a half printed.
fn figures(printed: &str) -> Result<BTreeMap<String, u64>, String> {
    let mut figures = BTreeMap::new();
    for line in printed.lines() {
        if let Some((call, nanoseconds)) = line.trim().split_once(' ')
            && ["today", "log"].contains(&call)
            && let Ok(nanoseconds) = nanoseconds.trim().parse()
        {
            figures.insert(call.to_owned(), nanoseconds);
        }
    }
    match figures.len() {
        2 => Ok(figures),
        _ => Err(format!("Not two figures: {printed}")),
    }
}

fn copied(from: &Path, to: &Path) -> Result<PathBuf, String> {
    fs::create_dir_all(to).map_err(said)?;
    for entry in fs::read_dir(from).map_err(said)?.flatten() {
        fs::copy(entry.path(), to.join(entry.file_name())).map_err(said)?;
    }
    Ok(to.to_owned())
}

fn output(command: &mut Command) -> Result<String, String> {
    let done = command
        .output()
        .map_err(|error| format!("{command:?} could not be started: {error}"))?;
    if done.status.success() {
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    } else {
        Err(format!(
            "{command:?} ended with {}: {}",
            done.status,
            String::from_utf8_lossy(&done.stderr)
        ))
    }
}

fn absolute(path: &str) -> Result<PathBuf, String> {
    std::path::absolute(path).map_err(said)
}

fn said(error: std::io::Error) -> String {
    error.to_string()
}
