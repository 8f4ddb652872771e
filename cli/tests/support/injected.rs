//! Runs the program under strace with something going wrong in a system call.

use super::{Cairn, Ran};
use std::process::Command;

/// What one run with something injected gave.
pub struct Injected {
    pub ran: Ran,
    /// How many calls were made to go wrong.
    pub hits: usize,
    pub killed: bool,
}

impl Cairn {
    /// Runs with `call` going wrong as `how` says (`signal=KILL`, `error=EIO`), at the `when`-th time, and ever after
    /// with a `+` behind the number.
    pub fn injected(&self, call: &str, how: &str, when: &str, arguments: &[&str]) -> Injected {
        let cairn = self.command();
        let trace = tempfile::NamedTempFile::new().unwrap();
        let mut strace = Command::new("strace");
        strace.args(["--quiet=all", "--follow-forks", "--output"]);
        strace
            .arg(trace.path())
            .arg(format!("--trace={call}"))
            .arg(format!("--inject={call}:{how}:when={when}"));
        strace.arg(cairn.get_program()).args(cairn.get_args());
        strace.args(["--json"]).args(arguments);
        for (name, value) in cairn.get_envs() {
            match value {
                Some(value) => strace.env(name, value),
                None => strace.env_remove(name),
            };
        }
        let output = strace
            .output()
            .expect("strace is installed by the test command");
        let trace = std::fs::read_to_string(trace.path()).unwrap();
        let killed = trace.contains("+++ killed by SIGKILL");
        Injected {
            hits: trace.matches("(INJECTED)").count() + usize::from(killed),
            killed,
            ran: Ran {
                code: output.status.code().unwrap_or(-1),
                out: String::from_utf8_lossy(&output.stdout).into_owned(),
                err: String::from_utf8_lossy(&output.stderr).into_owned(),
            },
        }
    }
}
