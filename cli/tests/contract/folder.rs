//! Two homes that never meet and sync through a folder: joining, syncing, and what can go wrong with a stick.

use crate::support::{Cairn, journey};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const INVITE: [&str; 6] = ["circle", "invite", "--role", "nurse", "--part", "all"];

fn devices() -> (Cairn, Cairn, TempDir) {
    let stick = tempfile::tempdir().unwrap();
    (
        Cairn::person("Mary Bell"),
        Cairn::staff("Anne Okoro"),
        stick,
    )
}

fn at(stick: &TempDir) -> &str {
    stick.path().to_str().unwrap()
}

fn sync(home: &Cairn, stick: &TempDir) -> Value {
    home.done(&["sync", "--folder", at(stick)])
}

/// Joins through the stick; whose record.
fn join(phone: &Cairn, tablet: &Cairn, stick: &TempDir) -> String {
    let code = phone.done(&INVITE)["code"].as_str().unwrap().to_owned();
    let join = ["circle", "join", &code, "--folder", at(stick)];
    let asked = tablet.done(&join);
    assert_eq!(asked["state"], "asks");
    assert_eq!(sync(phone, stick)["asking"], 1);
    let shown = phone.done(&["circle", "show"]);
    let mut shown = shown.as_array().unwrap().iter();
    let asks = shown.find(|shown| shown["state"] == "asks").unwrap();
    assert_eq!(asks["six_words"], asked["six_words"]);
    assert_eq!(tablet.done(&join)["state"], "asks", "nobody has decided");
    phone.done(&["circle", "approve", asks["id"].as_str().unwrap()]);
    sync(phone, stick);
    let joined = tablet.done(&join);
    assert_eq!(
        (&joined["state"], &joined["role"]),
        (&json!("member"), &json!("nurse"))
    );
    joined["id"].as_str().unwrap().to_owned()
}

fn parcels(stick: &TempDir) -> Vec<PathBuf> {
    let files = fs::read_dir(stick.path()).unwrap().flatten();
    let mut files: Vec<PathBuf> = files.map(|file| file.path()).collect();
    files.sort();
    files
}

#[test]
fn who_joins_through_a_folder_is_approved_by_six_words_and_gets_what_was_shared() {
    let (phone, tablet, stick) = devices();
    phone.done(&["goal", "add", "Walk to the shop"]);
    let person = join(&phone, &tablet, &stick);
    let goals = tablet.done(&["goal", "list", "--person", &person]);
    assert_eq!(goals[0]["words"], "Walk to the shop");
    assert_eq!(phone.done(&["status"])["waiting"], 1);
    sync(&phone, &stick);
    assert_eq!(phone.done(&["status"])["waiting"], 0);
}

#[test]
fn after_one_two_one_both_have_everything_and_the_first_knows_it() {
    let (phone, tablet, stick) = devices();
    let person = join(&phone, &tablet, &stick);
    sync(&phone, &stick);
    tablet.done(&["goal", "add", "See the doctor", "--person", &person]);
    phone.done(&["goal", "add", "Walk to the shop"]);
    let left = sync(&phone, &stick);
    assert!(left["given"].as_u64() >= Some(1), "{left}");
    let goal = |words: &str| {
        let all = phone.done(&["goal", "list"]);
        let mut all = all.as_array().unwrap().iter();
        all.find(|goal| goal["words"] == words).cloned()
    };
    assert_eq!(goal("Walk to the shop").unwrap()["sent"], "waiting");
    let taken = sync(&tablet, &stick);
    assert!(taken["taken"].as_u64() >= Some(1), "{taken}");
    assert_eq!(taken["aside"], 0, "{taken}");
    sync(&phone, &stick);
    assert_eq!(goal("Walk to the shop").unwrap()["sent"], "yes");
    assert!(goal("See the doctor").is_some());
    let theirs = tablet.done(&["goal", "list", "--person", &person]);
    assert_eq!(theirs.as_array().unwrap().len(), 2);
    let said = phone.run(&["sync", "--folder", at(&stick)]);
    assert!(said.out.starts_with("Passed on: "), "{}", said.out);
}

#[test]
fn nothing_but_parcels_is_touched_and_nothing_on_the_stick_can_be_read() {
    let (phone, tablet, stick) = devices();
    let person = join(&phone, &tablet, &stick);
    let others = ["holiday.jpg", "cairn-notes.txt", "letter.parcel"];
    for other in others {
        fs::write(stick.path().join(other), b"a picture").unwrap();
    }
    phone.done(&["goal", "add", "Walk to the shop"]);
    sync(&phone, &stick);
    let told = ["Walk to the shop", "Mary Bell", "Anne Okoro", &person];
    for file in parcels(&stick) {
        let bytes = fs::read(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for word in told.iter().flat_map(|told| crate::support::spellings(told)) {
            assert!(
                !bytes.windows(word.len()).any(|window| window == word),
                "{name}"
            );
            assert!(
                !name
                    .as_bytes()
                    .windows(word.len())
                    .any(|window| window == word)
            );
        }
    }
    for _ in 0..2 {
        sync(&tablet, &stick);
        sync(&phone, &stick);
    }
    for other in others {
        assert_eq!(fs::read(stick.path().join(other)).unwrap(), b"a picture");
    }
    assert_eq!(
        parcels(&stick).len(),
        others.len() + 2,
        "a letter each way stays"
    );
}

#[test]
fn a_stick_that_is_full_read_only_or_not_there_is_said_in_words_and_loses_nothing() {
    let (phone, tablet, stick) = devices();
    let person = join(&phone, &tablet, &stick);
    phone.done(&["goal", "add", "Walk to the shop"]);
    let before = parcels(&stick);
    let sync_there = ["sync", "--folder", at(&stick)];
    for (error, code, words) in [
        (
            "error=ENOSPC",
            "storage_full",
            "The folder or stick is full.",
        ),
        (
            "error=EROFS",
            "storage",
            "We could not read or write that folder or stick.",
        ),
    ] {
        // The first one is the vault's, at opening; all the others are on the stick.
        let full = phone.injected("rename", error, "2+", &sync_there);
        assert!(full.hits > 0, "nothing was injected");
        assert_eq!(full.ran.code, 3, "{}", full.ran.err);
        let last = full.ran.err.lines().last().unwrap();
        let said: Value = serde_json::from_str(last).unwrap();
        assert_eq!(said["error"]["code"], code);
        assert!(
            said["error"]["message"]
                .as_str()
                .unwrap()
                .starts_with(words),
            "{said}"
        );
        assert_eq!(parcels(&stick), before, "no half file");
    }
    let nowhere = stick.path().join("unplugged");
    phone.refused(
        &["sync", "--folder", nowhere.to_str().unwrap()],
        3,
        "storage",
    );
    assert!(!nowhere.exists(), "no folder is made in its place");
    assert_eq!(phone.done(&["status"])["waiting"], 1);
    sync(&phone, &stick);
    sync(&tablet, &stick);
    let goals = tablet.done(&["goal", "list", "--person", &person]);
    assert_eq!(goals[0]["words"], "Walk to the shop");
}

#[test]
fn a_program_killed_at_any_rename_leaves_whole_parcels_and_goes_on() {
    let (phone, tablet, stick) = devices();
    let person = join(&phone, &tablet, &stick);
    for words in ["Walk to the shop", "See the doctor"] {
        phone.done(&["goal", "add", words]);
    }
    phone.done(&["about", "set", "what_matters", "The garden"]);
    let mut killed = 0;
    // The first one is the vault's, at opening.
    for when in 2..20 {
        let cut = ["sync", "--folder", at(&stick)];
        let cut = phone.injected("rename", "signal=KILL", &when.to_string(), &cut);
        killed += usize::from(cut.killed);
        if !cut.killed {
            break;
        }
        assert_eq!(sync(&tablet, &stick)["aside"], 0);
    }
    assert!(killed > 1, "killed {killed} times");
    sync(&tablet, &stick);
    let goals = tablet.done(&["goal", "list", "--person", &person]);
    assert_eq!(goals.as_array().unwrap().len(), 2);
}

#[test]
fn an_attached_file_comes_by_stick_after_the_words_and_waits_where_only_words_are_wanted() {
    let (phone, tablet, stick) = devices();
    let goal = phone.id(&["goal", "add", "Walk to the shop"]);
    let person = join(&phone, &tablet, &stick);
    let letter = b"%PDF-1.7 planted-bytes-of-a-letter";
    let file = phone.folder().join("letter.pdf").display().to_string();
    fs::write(&file, letter).unwrap();
    let attached = phone.id(&["attach", &goal, &file]);
    let back = tablet.folder().join("back.pdf").display().to_string();
    let get = ["attach", &attached, &back, "--get", "--person", &person];
    for _ in 0..2 {
        sync(&phone, &stick);
        tablet.done(&["sync", "--folder", at(&stick), "--text-only"]);
    }
    let goals = tablet.done(&["goal", "list", "--person", &person]);
    assert_eq!(goals[0]["attachments"][0]["here"], false);
    assert_eq!(
        phone.done(&["status"])["waiting"],
        2,
        "the file, and its goal"
    );
    sync(&tablet, &stick);
    tablet.done(&get);
    assert_eq!(fs::read(&back).unwrap(), letter);
    sync(&phone, &stick);
    assert_eq!(phone.done(&["status"])["waiting"], 0);
}

#[test]
fn a_recovery_code_used_with_a_folder_brings_the_record_back_once_somebody_there_answered() {
    let (phone, tablet, stick) = devices();
    phone.done(&["goal", "add", "Walk to the shop"]);
    let code = phone.done(&["recovery", "make"])["code"].clone();
    join(&phone, &tablet, &stick);
    for home in [&phone, &tablet, &phone] {
        sync(home, &stick);
    }
    // The phone is gone, and on the stick lies nothing that it wrote: the other device has all of it.
    let new = Cairn::person("Mary");
    let before = parcels(&stick).len();
    let code = code.as_str().unwrap();
    let with = ["recovery", "use", code, "--folder", at(&stick)];
    let asked = new.done(&with);
    assert_eq!(
        (&asked["state"], &asked["given"]),
        (&json!("asks"), &json!(1))
    );
    assert!(asked["code"].is_null());
    let said = new.run(&with);
    assert_eq!(said.code, 0);
    assert!(
        said.out.contains("Your request lies there now."),
        "{}",
        said.out
    );
    assert_eq!(parcels(&stick).len(), before + 1, "asked once");
    sync(&tablet, &stick);
    let back = new.done(&with);
    assert_eq!(
        (&back["state"], &back["name"]),
        (&json!("member"), &json!(null))
    );
    let next = back["code"].as_str().unwrap().to_owned();
    assert!(new.done(&["recovery", "try", &next])["tried"].is_string());
    new.refused(&with, 1, "not_allowed");
    // What is written in it comes when the other device has seen the new one.
    sync(&tablet, &stick);
    sync(&new, &stick);
    assert_eq!(new.done(&["goal", "list"])[0]["words"], "Walk to the shop");
    assert_eq!(new.done(&["device", "list"]).as_array().unwrap().len(), 2);
    let third = Cairn::person("Mary");
    let with = ["recovery", "use", &next, "--folder", at(&stick)];
    let said = [third.run(&with), third.run(&with)].map(|ran| ran.out);
    let asks = "Your request lies there now.";
    assert!(said.iter().all(|said| said.starts_with(asks)), "{said:?}");
    sync(&tablet, &stick);
    let said = third.run(&with).out;
    let words = "This is now your device. What is written comes after the others have synced";
    assert!(said.starts_with(words), "{said}");
    assert!(said.contains("Your recovery code: "), "{said}");
    let both = [
        "recovery",
        "use",
        code,
        "--folder",
        at(&stick),
        "--peer",
        "127.0.0.1:1",
    ];
    new.refused(&both, 2, "usage");
}

#[test]
fn every_story_goes_as_it_says_through_folders_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/journeys");
    let mut stories: Vec<String> = ["shop", "alone"]
        .map(|name| journey(&format!("{name}.json")))
        .into();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        // A courier is met.
        let left = path.file_stem().is_some_and(|name| name != "courier");
        if left && path.extension().is_some_and(|ending| ending == "json") {
            stories.push(path.display().to_string());
        }
    }
    assert!(stories.len() >= 6, "{stories:?}");
    for story in stories {
        let played = Cairn::anywhere().run(&["--json", "replay", &story, "--over", "folder"]);
        assert_eq!(played.code, 0, "{story}: {} {}", played.out, played.err);
    }
    let wrong = [
        "--json",
        "replay",
        &journey("wrong.json"),
        "--over",
        "folder",
    ];
    let wrong = Cairn::anywhere().run(&wrong);
    assert_eq!((wrong.code, &wrong.json()["failed_step"]), (1, &json!(5)));
}

#[test]
fn one_home_that_syncs_several_times_at_once_stays_whole_here_and_wherever_it_goes() {
    for _ in 0..3 {
        let (phone, tablet, stick) = devices();
        join(&phone, &tablet, &stick);
        sync(&tablet, &stick);
        phone.done(&["goal", "add", "Walk to the shop"]);
        let programs: Vec<_> = (0..4)
            .map(|_| {
                let mut command = phone.command();
                command.args(["--json", "sync", "--folder", at(&stick)]);
                command.stdout(std::process::Stdio::null());
                command.spawn().unwrap()
            })
            .collect();
        for mut program in programs {
            assert_eq!(program.wait().unwrap().code(), Some(0));
        }
        sync(&phone, &stick);
        sync(&tablet, &stick);
        for home in [&phone, &tablet] {
            assert_eq!(home.done(&["verify"])["damaged"], json!([]));
        }
    }
}
