//! What `cargo xtask prove` asks of a proof: all of it or a part, and a line that says what was counted.
#![allow(dead_code)]

use std::fs::OpenOptions;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Whether all is to be tried, as `cargo xtask prove --full` does, or the ordinary part.
pub fn all_of_them() -> bool {
    std::env::var("CAIRN_PROVE").is_ok_and(|prove| prove == "full")
}

/// Says what was counted, and writes it where `cargo xtask prove` collects it.
pub fn report(line: &str) {
    println!("{line}");
    if let Some(file) = std::env::var_os("CAIRN_PROVE_REPORT") {
        let mut options = OpenOptions::new();
        let mut file = options.create(true).append(true).open(file).unwrap();
        writeln!(file, "{line}").unwrap();
    }
}

/// Shows how far long work has come, in twentieths.
pub struct Progress {
    what: &'static str,
    all: usize,
    done: AtomicUsize,
}

impl Progress {
    pub fn of(what: &'static str, all: usize) -> Progress {
        let done = AtomicUsize::new(0);
        Progress { what, all, done }
    }

    pub fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let part = self.all.div_ceil(20).max(1);
        if all_of_them() && (done.is_multiple_of(part) || done == self.all) {
            eprintln!("{}: {done} of {}", self.what, self.all);
        }
    }
}
