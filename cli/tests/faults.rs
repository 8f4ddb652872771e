//! A full disk and a disk that gives errors, at every write of `cairn log` and `cairn init`: afterwards what was begun is
//! there, or cleanly not; what was called saved is there; it is said in the right words; nothing cries tampering.

mod support;

use std::collections::BTreeMap;
use std::process::Command;
use support::prove::{all_of_them, report};
use support::{Cairn, INIT};

/// What can go wrong: the call, and what the operating system says.
const FAULTS: [(&str, &str); 10] = [
    ("pwrite64", "ENOSPC"),
    ("pwrite64", "EIO"),
    ("fsync", "EIO"),
    ("fsync", "ENOSPC"),
    ("ftruncate", "EIO"),
    ("rename", "ENOSPC"),
    ("rename", "EIO"),
    ("unlink", "EIO"),
    ("write", "ENOSPC"),
    ("write", "EIO"),
];
/// More calls of one kind than one command makes; the rig fails if this is not enough.
const MOST: usize = 400;
/// A first start makes many; outside the full proof every so many-th goes wrong.
const EVERY: usize = 9;

/// Counts what happened, by fault and by what was said.
#[derive(Default)]
struct Seen(BTreeMap<String, usize>);

impl Seen {
    fn note(&mut self, fault: &str, said: &str) {
        *self.0.entry(format!("{fault}: {said}")).or_default() += 1;
    }

    fn of(&self, start: &str) -> usize {
        let matching = self.0.iter().filter(|(name, _)| name.starts_with(start));
        matching.map(|(_, count)| count).sum()
    }
}

/// `saved`, or the code of a refusal that may stand there.
fn said(ran: &support::Ran, what: &str) -> String {
    if ran.code == 0 {
        return "saved".into();
    }
    assert_eq!(ran.code, 3, "{what}: {}", ran.err);
    assert_eq!(
        ran.out, "",
        "{what}: nothing is shown of what was not saved"
    );
    if ran.err.is_empty() && what.starts_with("write ") {
        return "nothing, as nothing could be written".into();
    }
    let error: serde_json::Value = serde_json::from_str(&ran.err)
        .unwrap_or_else(|_| panic!("{what}: not one error: {}", ran.err));
    let code = error["error"]["code"].as_str().unwrap().to_owned();
    assert!(
        ["storage_full", "storage"].contains(&code.as_str()),
        "{what}: {code}"
    );
    code
}

#[test]
fn a_log_on_a_disk_that_fails_at_any_write_is_there_or_cleanly_absent() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better"]);
    let plan = home.id(&["plan", "new", &goal, "--what", "Screens off at 10"]);
    home.id(&["log", &plan, "part", "--note", "It was there before"]);
    let mut before = 1;
    let mut seen = Seen::default();
    for (call, error) in FAULTS {
        for lasting in ["", "+"] {
            for when in 1..=MOST {
                let what = format!("{call} {error} {when}{lasting}");
                assert!(
                    when < MOST,
                    "{call} is called more often than this rig breaks"
                );
                let how = format!("error={error}");
                let arguments = ["log", plan.as_str(), "did"];
                let broken = home.injected(call, &how, &format!("{when}{lasting}"), &arguments);
                if broken.hits == 0 {
                    assert_eq!(broken.ran.code, 0, "{what}: {}", broken.ran.err);
                    before += 1;
                    break;
                }
                let said = said(&broken.ran, &what);
                seen.note(&format!("{call} {error}"), &said);
                let after = home.run(&["--json", "log", "list"]);
                assert_eq!(
                    (after.code, after.err.as_str()),
                    (0, ""),
                    "{what}: no alarm"
                );
                let list = after.json();
                let after = list.as_array().unwrap().len();
                assert!(
                    after == before || after == before + 1,
                    "{what}: {before} became {after}"
                );
                assert!(
                    said != "saved" || after == before + 1,
                    "{what}: called saved and is not there"
                );
                assert_eq!(list[0]["note"], "It was there before", "{what}");
                before = after;
            }
        }
    }
    report(&format!("log with faults: {:?}", seen.0));
    for fault in [
        "pwrite64 ENOSPC",
        "pwrite64 EIO",
        "fsync EIO",
        "rename",
        "ftruncate",
    ] {
        assert!(seen.of(fault) > 0, "nothing was injected: {fault}");
    }
    assert!(seen.of("pwrite64 ENOSPC: storage_full") > 0);
    assert_eq!(home.done(&["verify"])["ok"], true);
}

const LETTER: &str = "%PDF-1.7 planted-bytes-of-a-letter";

#[test]
fn what_is_taken_out_onto_a_full_disk_leaves_the_file_that_was_there() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better"]);
    let places = tempfile::tempdir().unwrap();
    let place = |name: &str| places.path().join(name).display().to_string();
    let note = place("letter.pdf");
    std::fs::write(&note, LETTER).unwrap();
    let note = home.id(&["attach", &goal, &note]);
    let there = place("there");
    for arguments in [
        ["export", "json", "--to", &there],
        ["attach", &note, &there, "--get"],
    ] {
        for (call, error) in [("write", "ENOSPC"), ("fsync", "EIO"), ("rename", "ENOSPC")] {
            let how = format!("error={error}");
            // Some of the calls are the vault's own, before the file is written or after.
            let mut broken = 0;
            for when in 1..=MOST {
                std::fs::write(&there, "precious").unwrap();
                let ended = home.injected(call, &how, &when.to_string(), &arguments);
                if ended.hits == 0 {
                    break;
                }
                let what = format!("{arguments:?} {call} {when}");
                let left = std::fs::read_dir(places.path()).unwrap();
                let half = left
                    .map(|file| file.unwrap().file_name())
                    .find(|name| name.to_string_lossy().contains(".new"));
                assert_eq!(half, None, "{what}");
                let now = std::fs::read_to_string(&there).unwrap();
                let whole =
                    now == LETTER || serde_json::from_str::<serde_json::Value>(&now).is_ok();
                assert!(now == "precious" || whole, "{what}: {now}");
                broken += usize::from(ended.ran.code == 3 && now == "precious");
            }
            assert!(broken > 0, "nothing was broken: {arguments:?} {call}");
        }
    }
}

#[test]
fn an_init_on_a_disk_that_fails_can_be_made_again() {
    let mut seen = Seen::default();
    for (call, error) in FAULTS {
        let step = if all_of_them() { 1 } else { EVERY };
        for when in (1..=MOST).step_by(step) {
            let what = format!("{call} {error} {when}+");
            let home = Cairn::anywhere();
            let broken = home.injected(call, &format!("error={error}"), &format!("{when}+"), &INIT);
            if broken.hits == 0 {
                assert_eq!(broken.ran.code, 0, "{what}: {}", broken.ran.err);
                break;
            }
            let said = said(&broken.ran, &what);
            seen.note(&format!("{call} {error}"), &said);
            let again = home.run(&[&["--json"], &INIT[..]].concat());
            let whole = home.run(&["--json", "goal", "list"]);
            assert_eq!(
                (whole.code, whole.err.as_str()),
                (0, ""),
                "{what}: no alarm"
            );
            let right = if again.code == 0 {
                "made again"
            } else {
                "was whole"
            };
            assert!(again.code == 0 || again.code == 2, "{what}: {}", again.err);
            assert!(
                said != "saved" || again.code == 2,
                "{what}: called made and was not"
            );
            seen.note("then", right);
            assert_eq!(home.done(&["verify"])["ok"], true, "{what}");
        }
    }
    report(&format!("init with faults: {:?}", seen.0));
    assert!(seen.of("pwrite64") > 0 && seen.of("fsync") > 0 && seen.of("rename") > 0);
    assert!(seen.of("then: made again") > 0);
}

/// Logs on a disk with so many pages free, for each number from none to enough, on a real small file system.
const FULL_DISK: &str = r#"
set -e
mount -t tmpfs -o size=4m,mode=700 none "$DISK"
cp -a "$HOME_MADE"/. "$DISK"/
"$CAIRN" --home "$DISK" --json log list > "$OUT/first"
left=0
while [ $left -le 48 ]; do
    rm -f "$DISK/fill"
    dd if=/dev/zero of="$DISK/fill" bs=4096 2> "$OUT/dd" || true
    size=$(stat -c %s "$DISK/fill")
    truncate -s $((size - left * 4096)) "$DISK/fill"
    code=0
    "$CAIRN" --home "$DISK" --json log "$PLAN" did > "$OUT/$left.out" 2> "$OUT/$left.err" || code=$?
    echo $code > "$OUT/$left.code"
    code=0
    "$CAIRN" --home "$DISK" --json log list > "$OUT/$left.full" 2>> "$OUT/$left.alarm" || code=$?
    echo $code > "$OUT/$left.full_code"
    rm -f "$DISK/fill"
    "$CAIRN" --home "$DISK" --json log list > "$OUT/$left.list" 2>> "$OUT/$left.alarm"
    left=$((left + 1))
done
"$CAIRN" --home "$DISK" --json verify > "$OUT/verify"
"#;

#[test]
fn a_log_on_a_full_disk_says_so_and_what_was_there_is_still_read() {
    let may_mount = Command::new("unshare")
        .args(["--map-root-user", "--mount", "true"])
        .output()
        .is_ok_and(|ran| ran.status.success());
    if !may_mount {
        report("full disk: not run, a file system may not be mounted here");
        return;
    }
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better"]);
    let plan = home.id(&["plan", "new", &goal, "--what", "Screens off at 10"]);
    home.id(&["log", &plan, "part", "--note", "It was there before"]);
    let (disk, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let ran = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", FULL_DISK])
        .env_remove("CAIRN_KEY_FILE")
        .env("CAIRN_NOW", "2026-03-02T19:00:00Z")
        .env("CAIRN", env!("CARGO_BIN_EXE_cairn"))
        .env("HOME_MADE", home.folder())
        .env("DISK", disk.path())
        .env("OUT", out.path())
        .env("PLAN", &plan)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{errors}");
    let read = |name: String| std::fs::read_to_string(out.path().join(name)).unwrap();
    let mut seen = Seen::default();
    let mut before = 1;
    for left in 0..=48 {
        let what = format!("{left} pages free");
        let ran = support::Ran {
            code: read(format!("{left}.code")).trim().parse().unwrap(),
            out: read(format!("{left}.out")),
            err: read(format!("{left}.err")),
        };
        let said = said(&ran, &what);
        seen.note("log", &said);
        let list: serde_json::Value = serde_json::from_str(&read(format!("{left}.list"))).unwrap();
        let after = list.as_array().unwrap().len();
        assert_eq!(
            after,
            before + usize::from(said == "saved"),
            "{what}: {said}, {before} became {after}"
        );
        assert_eq!(list[0]["note"], "It was there before", "{what}");
        let reading = read(format!("{left}.full_code"));
        seen.note("reading while full", reading.trim());
        assert_eq!(reading.trim(), "0", "{what}: a full disk can be read");
        assert_eq!(read(format!("{left}.alarm")), "", "{what}: no alarm");
        before = after;
    }
    report(&format!("log on a full disk: {:?}", seen.0));
    assert!(seen.of("log: storage_full") > 0 && seen.of("log: saved") > 0);
    let verified: serde_json::Value = serde_json::from_str(&read("verify".into())).unwrap();
    assert_eq!(verified["ok"], true);
}
