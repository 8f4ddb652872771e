//! The three ways of measuring: instructions and heap of a child process under valgrind, and time of pieces of
//! work that take turns.

use std::io::{self, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// The piece of a child's work whose instructions are counted: valgrind knows it by this name.
#[inline(never)]
pub fn measured_region(work: &mut dyn FnMut()) {
    work();
}

/// Runs a child under valgrind and gives the instructions inside [`measured_region`].
pub fn instructions(program: &Path, arguments: &[&str], keep: &Path) -> Result<u64, String> {
    let keep = format!("--callgrind-out-file={}", keep.display());
    let options = [
        "--tool=callgrind",
        "--toggle-collect=*measured_region*",
        &keep,
    ];
    number_after(&valgrind(&options, program, arguments)?, "Collected :")
}

/// Runs a child under valgrind and gives the most bytes of heap the whole process ever held, SQLite's among them.
pub fn heap(program: &Path, arguments: &[&str]) -> Result<u64, String> {
    let options = ["--tool=dhat", "--dhat-out-file=/dev/null"];
    number_after(&valgrind(&options, program, arguments)?, "At t-gmax:")
}

fn valgrind(options: &[&str], program: &Path, arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new("valgrind");
    command.args(options).arg(program).args(arguments);
    let output = command
        .output()
        .map_err(|error| format!("valgrind: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() {
        Ok(said)
    } else {
        Err(format!("{command:?}\n{said}"))
    }
}

fn number_after(text: &str, mark: &str) -> Result<u64, String> {
    let found = text.split_once(mark).and_then(|(_, rest)| {
        let word = rest.split_whitespace().next()?;
        word.replace(',', "").parse().ok()
    });
    found.ok_or_else(|| format!("valgrind did not say \"{mark}\""))
}

/// Lets the pieces of work take turns `rounds` times and gives the median time of each. The first tenth of the
/// rounds is not counted.
pub fn medians(rounds: usize, work: &mut [&mut dyn FnMut(usize)]) -> Vec<Duration> {
    let mut times: Vec<Vec<Duration>> = work.iter().map(|_| Vec::new()).collect();
    for round in 0..rounds + rounds / 10 {
        for (piece, times) in work.iter_mut().zip(&mut times) {
            let start = Instant::now();
            piece(round);
            if round >= rounds / 10 {
                times.push(start.elapsed());
            }
        }
    }
    times
        .into_iter()
        .map(|mut times| {
            times.sort_unstable();
            times[times.len() / 2]
        })
        .collect()
}

/// Says on standard error what is being done, so that long work can be watched, and stopped.
pub fn say(what: &str) {
    eprintln!("bench: {what}");
}

/// Shows how far something is, on one line that is written over.
pub fn progress(what: &str, done: usize, of: usize) {
    if done.is_multiple_of(100) || done == of {
        eprint!("\rbench: {what}: {done} of {of}");
        if done == of {
            eprintln!();
        }
        // Only a display: if nobody reads it, the work goes on.
        let _ = io::stderr().flush();
    }
}
