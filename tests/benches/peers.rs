//! The peers' program, which does the same work on the same history in processes of its own.

use crate::measure::{heap, instructions, say};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Who is compared with, and what is said of them.
pub const PEERS: [(&str, &str); 3] = [
    ("automerge", "automerge alone, one document"),
    ("loro", "loro, one document"),
    ("yrs", "yrs, one document, no history"),
];

/// What one peer needs for the 10 years.
pub struct Peer {
    /// In words.
    pub name: &'static str,
    /// Instructions to open the document and do nothing with it.
    pub open: u64,
    /// Instructions to open the document and read today's page.
    pub today: u64,
    /// Instructions to make one entry and its bytes, in an open document.
    pub log: u64,
    /// Most bytes of heap while opening and reading.
    pub heap: u64,
    /// Bytes of the saved document.
    pub stored: u64,
    /// Median microseconds to open and read.
    pub today_time: f64,
}

/// Measures every peer.
pub fn measure(program: &Path, folder: &Path, rounds: usize) -> Result<Vec<Peer>, String> {
    PEERS
        .iter()
        .map(|(peer, name)| {
            say(&format!(
                "{name}: making the document of 10 years, then counting"
            ));
            let file: PathBuf = folder.join(format!("{peer}.document"));
            let path = file.to_string_lossy().into_owned();
            said(program, &["build", peer, "10", &path])?;
            let kept = |what: &str| folder.join(format!("{peer}-{what}.callgrind"));
            let times = said(program, &["time", peer, &path, &rounds.to_string()])?;
            let today_time = times
                .split_whitespace()
                .next()
                .and_then(|word| word.parse().ok());
            Ok(Peer {
                name,
                open: instructions(program, &["open", peer, &path], &kept("open"))?,
                today: instructions(program, &["today", peer, &path], &kept("today"))?,
                log: instructions(program, &["log", peer, &path], &kept("log"))?,
                heap: heap(program, &["today", peer, &path])?,
                stored: fs::metadata(&file)
                    .map_err(|error| error.to_string())?
                    .len(),
                today_time: today_time.ok_or("a peer gave no time")?,
            })
        })
        .collect()
}

/// What the peers' program printed.
pub fn said(program: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(format!(
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
