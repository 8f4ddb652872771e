//! `cairn log`, killed at each write-like system call: afterwards the entry is there, or cleanly not; what was
//! called saved is there; and nothing cries tampering.

mod support;

use std::collections::BTreeMap;
use std::process::Command;
use support::Cairn;

/// The calls after which a machine may be in a new state.
const CALLS: [&str; 8] = [
    "pwrite64",
    "write",
    "fsync",
    "ftruncate",
    "openat",
    "unlink",
    "rename",
    "fcntl",
];
/// More calls of one kind than one log makes; the rig fails if this is not enough.
const MOST: usize = 400;

#[test]
fn a_log_killed_at_any_write_is_there_or_cleanly_absent() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better"]);
    let plan = home.id(&["plan", "new", &goal, "--what", "Screens off at 10"]);
    let count = || home.done(&["log", "list"]).as_array().unwrap().len();
    let mut before = count();
    let mut injected: BTreeMap<&str, usize> = BTreeMap::new();
    for call in CALLS {
        for when in 1..=MOST {
            assert!(
                when < MOST,
                "{call} is called more often than this rig cuts"
            );
            let cairn = home.command();
            let mut strace = Command::new("strace");
            strace.args(["--quiet=all", "--output=/dev/null", "--follow-forks"]);
            strace
                .arg(format!("--trace={call}"))
                .arg(format!("--inject={call}:signal=KILL:when={when}"));
            strace.arg(cairn.get_program()).args(cairn.get_args());
            strace.args(["--json", "log", &plan, "did"]);
            for (name, value) in cairn.get_envs() {
                value.map(|value| strace.env(name, value));
            }
            let ran = strace
                .output()
                .expect("strace is installed by the test command");
            let after = home.run(&["--json", "log", "list"]);
            assert_eq!(
                (after.code, after.err.as_str()),
                (0, ""),
                "{call} {when}: no alarm"
            );
            let after = after.json().as_array().unwrap().len();
            assert!(
                after == before || after == before + 1,
                "{call} {when}: {before} became {after}"
            );
            let said = String::from_utf8_lossy(&ran.stdout).contains("\"id\"");
            assert!(
                !said || after == before + 1,
                "{call} {when}: called saved and is not there"
            );
            before = after;
            if ran.status.success() {
                break;
            }
            *injected.entry(call).or_default() += 1;
        }
    }
    println!("killed at: {injected:?}");
    assert!(
        injected.get("pwrite64") > Some(&0) && injected.get("fsync") > Some(&0),
        "nothing was injected: {injected:?}"
    );
    assert!(home.done(&["verify"])["ok"] == true);
}
