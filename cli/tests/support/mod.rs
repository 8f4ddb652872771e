//! Runs the real program on a home of its own.
#![allow(dead_code)]

pub mod injected;
#[path = "../../../core/tests/support/prove.rs"]
pub mod prove;

use std::path::Path;
use std::process::Command;
use std::rc::Rc;
use tempfile::TempDir;

/// What makes a profile of a person.
pub const INIT: [&str; 7] = [
    "init",
    "--name",
    "Tom Avery",
    "--role",
    "person",
    "--time-zone",
    "Europe/London",
];

/// The program and the home it works on.
pub struct Cairn {
    home: Rc<TempDir>,
    now: String,
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
            home: Rc::new(tempfile::tempdir().unwrap()),
            now: "2026-03-02T19:00:00Z".into(),
        }
    }

    /// A person's profile, on 2 March 2026 in London.
    pub fn person(name: &str) -> Cairn {
        Cairn::made(name, "person")
    }

    /// The profile of somebody who works in care.
    pub fn staff(name: &str) -> Cairn {
        Cairn::made(name, "staff")
    }

    fn made(name: &str, role: &str) -> Cairn {
        let cairn = Cairn::anywhere();
        let who = ["init", "--name", name, "--role", role];
        cairn.done(&[&who[..], &["--time-zone", "Europe/London"]].concat());
        cairn
    }

    /// The same home on another day of March 2026, at 7 in the evening.
    pub fn on(&self, day: u32) -> Cairn {
        self.at(&format!("2026-03-{day:02}T19:00:00Z"))
    }

    /// The same home at another moment.
    pub fn at(&self, now: &str) -> Cairn {
        Cairn {
            home: self.home.clone(),
            now: now.into(),
        }
    }

    /// A goal, and a draft of a plan for it that was rated.
    pub fn plan(&self, what: &str, sure: &str) -> (String, String) {
        let goal = self.id(&["goal", "add", "Get about"]);
        let plan = self.id(&["plan", "new", &goal, "--what", what]);
        self.done(&["plan", "rate", &plan, sure]);
        (goal, plan)
    }

    /// A plan that is agreed, with a check-in by phone on 16 March 2026.
    pub fn agreed(&self, what: &str, often: &str) -> String {
        let (_, plan) = self.plan(what, "8");
        self.done(&["plan", "edit", &plan, "--often", often]);
        let follow_up = ["--follow-up", "2026-03-16", "--channel", "phone"];
        self.done(&[&["plan", "agree", &plan], &follow_up[..]].concat());
        plan
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
        command.env("CAIRN_NOW", &self.now);
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

    /// The id of the first of a list.
    pub fn id_of(&self, arguments: &[&str]) -> String {
        self.done(arguments)[0]["id"].as_str().unwrap().to_owned()
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
