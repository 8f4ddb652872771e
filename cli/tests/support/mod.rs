//! Runs the real program on a home of its own.
#![allow(dead_code)]

pub mod injected;

use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// The program and the home it works on.
pub struct Cairn {
    home: TempDir,
}

/// What one run gave.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|_| panic!("not one JSON value: {} {}", self.out, self.err))
    }
}

/// One of the given journeys.
pub fn journey(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/journeys/given")
        .join(name)
        .display()
        .to_string()
}

impl Cairn {
    pub fn anywhere() -> Cairn {
        Cairn {
            home: tempfile::tempdir().unwrap(),
        }
    }

    /// A person's profile, on 2 March 2026 in London.
    pub fn person(name: &str) -> Cairn {
        let cairn = Cairn::anywhere();
        cairn.done(&[
            "init",
            "--name",
            name,
            "--role",
            "person",
            "--time-zone",
            "Europe/London",
        ]);
        cairn
    }

    pub fn folder(&self) -> &Path {
        self.home.path()
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cairn"));
        command
            .args(["--home"])
            .arg(self.folder())
            .env_remove("CAIRN_KEY_FILE")
            .env_remove("CAIRN_HOME");
        command.env("CAIRN_NOW", "2026-03-02T19:00:00Z");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        let output = self.command().args(arguments).output().unwrap();
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub fn done(&self, arguments: &[&str]) -> serde_json::Value {
        let ran = self.run(&[&["--json"], arguments].concat());
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
        ran.json()
    }

    pub fn id(&self, arguments: &[&str]) -> String {
        self.done(arguments)["id"].as_str().unwrap().to_owned()
    }

    pub fn refused(&self, arguments: &[&str], code: i32, named: &str) {
        let ran = self.run(&[&["--json"], arguments].concat());
        let error: serde_json::Value =
            serde_json::from_str(&ran.err).unwrap_or_else(|_| panic!("{arguments:?}: {}", ran.err));
        assert_eq!(
            (ran.code, error["error"]["code"].as_str()),
            (code, Some(named)),
            "{arguments:?}"
        );
        assert_eq!(ran.out, "", "{arguments:?}");
    }
}

/// How a word could stand in a file: UTF-8, UTF-16 either way round, and base64 at each of its three offsets
/// (only the symbols that depend on nothing but the word).
pub fn spellings(word: &str) -> Vec<Vec<u8>> {
    let mut spellings = vec![
        word.as_bytes().to_vec(),
        word.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        word.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    ];
    for offset in 0..3 {
        let whole = &word.as_bytes()[offset..];
        spellings.push(base64(&whole[..whole.len() / 3 * 3]));
    }
    spellings
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const SYMBOLS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let three = |c: &[u8]| u32::from(c[0]) << 16 | u32::from(c[1]) << 8 | u32::from(c[2]);
    let four = |n: u32| [18, 12, 6, 0].map(|shift| SYMBOLS[(n >> shift & 63) as usize]);
    bytes
        .chunks_exact(3)
        .flat_map(|chunk| four(three(chunk)))
        .collect()
}

#[test]
fn a_word_is_spelt_as_base64_spells_it() {
    assert_eq!(base64(b"trowel"), b"dHJvd2Vs");
}
