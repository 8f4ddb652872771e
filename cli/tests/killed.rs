//! `cairn init` and `cairn log`, killed at each write-like system call: afterwards what was begun is there, or cleanly
//! not; what was called saved is there; and nothing cries tampering.

mod support;

use std::collections::BTreeMap;
use support::Cairn;
use support::prove::{all_of_them, report};

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
/// More calls of one kind than one command makes; the rig fails if this is not enough.
const MOST: usize = 400;
/// A first start makes many; outside the full proof every so many-th is cut.
const EVERY: usize = 7;

#[test]
fn a_log_killed_at_any_write_is_there_or_cleanly_absent() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better"]);
    let plan = home.id(&["plan", "new", &goal, "--what", "Screens off at 10"]);
    let count = || home.done(&["log", "list"]).as_array().unwrap().len();
    let mut before = count();
    let mut cuts: BTreeMap<&str, usize> = BTreeMap::new();
    for call in CALLS {
        for when in 1..=MOST {
            assert!(
                when < MOST,
                "{call} is called more often than this rig cuts"
            );
            let cut = home.injected(
                call,
                "signal=KILL",
                &when.to_string(),
                &["log", &plan, "did"],
            );
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
            let said = cut.ran.out.contains("\"id\"");
            assert!(
                !said || after == before + 1,
                "{call} {when}: called saved and is not there"
            );
            before = after;
            if !cut.killed {
                assert_eq!(cut.ran.code, 0, "{call} {when}: {}", cut.ran.err);
                break;
            }
            *cuts.entry(call).or_default() += 1;
        }
    }
    report(&format!("log killed at: {cuts:?}"));
    assert!(
        cuts.get("pwrite64") > Some(&0) && cuts.get("fsync") > Some(&0),
        "nothing was injected: {cuts:?}"
    );
    assert!(home.done(&["verify"])["ok"] == true);
}

const INIT: [&str; 7] = [
    "init",
    "--name",
    "Tom Avery",
    "--role",
    "staff",
    "--time-zone",
    "Europe/London",
];

#[test]
fn an_init_killed_at_any_write_leaves_no_home_or_a_whole_one_and_can_be_made_again() {
    let mut cuts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut whole, mut none) = (0, 0);
    for call in [&CALLS[..7], &["mkdir"]].concat() {
        let step = if all_of_them() || !["pwrite64", "openat"].contains(&call) {
            1
        } else {
            EVERY
        };
        for when in (1..=MOST).step_by(step) {
            let home = Cairn::anywhere();
            let cut = home.injected(call, "signal=KILL", &when.to_string(), &INIT);
            if !cut.killed {
                assert_eq!(cut.ran.code, 0, "{call} {when}: {}", cut.ran.err);
                break;
            }
            assert!(
                when + step < MOST,
                "{call} is called more often than this rig cuts"
            );
            *cuts.entry(call).or_default() += 1;
            let found = home.run(&["--json", "goal", "list"]);
            let again = home.run(&[&["--json"], &INIT[..]].concat());
            if found.code == 0 {
                assert_eq!(found.err, "", "{call} {when}: no alarm");
                assert_eq!(
                    again.code, 2,
                    "{call} {when}: a whole home is not made again"
                );
                whole += 1;
            } else {
                assert_eq!(found.code, 2, "{call} {when}: {}", found.err);
                assert!(
                    found.err.contains("\"usage\""),
                    "{call} {when}: {}",
                    found.err
                );
                assert_eq!(again.code, 0, "{call} {when}: {}", again.err);
                none += 1;
            }
            home.id(&["goal", "add", "Sleep better"]);
            assert_eq!(home.done(&["verify"])["ok"], true, "{call} {when}");
            let staff = home.run(&["--json", "people", "add", "Rosa Lind"]);
            assert_eq!(
                staff.code, 0,
                "{call} {when}: the role was kept: {}",
                staff.err
            );
            for file in std::fs::read_dir(home.folder()).unwrap() {
                let name = file.unwrap().file_name().into_string().unwrap();
                let left = name.starts_with("vault.db.new") || name.starts_with("witness.new");
                assert!(!left, "{call} {when}: {name} was left behind");
            }
        }
    }
    report(&format!(
        "init killed at: {cuts:?}; a whole home {whole} times, none {none} times"
    ));
    assert!(whole > 0 && none > 10, "both must happen: {whole}, {none}");
}
