//! Runs the real program on a home of its own.
#![allow(dead_code)]

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
