//! Stories played on fresh devices.

use crate::support::{Cairn, journey};
use std::path::{Path, PathBuf};

#[test]
fn the_story_of_six_weeks_alone_goes_as_it_says() {
    let played = Cairn::anywhere().run(&["--json", "replay", &journey("alone.json")]);
    assert_eq!(played.code, 0, "{}", played.err);
    assert_eq!(played.json()["ok"], true);
    assert_eq!(played.json()["steps"], 34);
}

#[test]
fn the_story_of_a_person_and_a_nurse_without_signal_goes_as_it_says() {
    let played = Cairn::anywhere().run(&["--json", "replay", &journey("shop.json")]);
    assert_eq!(played.code, 0, "{}", played.json());
    assert_eq!(played.json()["steps"], 38);
}

#[test]
fn a_story_that_is_wrong_ends_with_1_and_names_the_step() {
    let played = Cairn::anywhere().run(&["--json", "replay", &journey("wrong.json")]);
    assert_eq!(played.code, 1);
    assert_eq!(played.json()["failed_step"], 5);
    let no_story = Cairn::anywhere().run(&["replay", "/dev/null"]);
    assert_eq!(no_story.code, 2);
}

/// Every journey there is, the given ones among them.
fn all(folder: &Path, found: &mut Vec<PathBuf>) {
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            all(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
}

#[test]
fn every_story_goes_as_it_says_but_the_wrong_one() {
    let mut stories = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/journeys");
    all(&folder, &mut stories);
    let mut went_well = 0;
    for path in &stories {
        let ran = Cairn::anywhere().run(&["--json", "replay", &path.display().to_string()]);
        let name = path.file_stem().unwrap();
        assert_eq!(
            ran.code != 0,
            name == "wrong",
            "{}: {} {}",
            path.display(),
            ran.out,
            ran.err
        );
        went_well += usize::from(ran.code == 0);
    }
    assert!(went_well >= 6, "{went_well} of {}", stories.len());
}

#[test]
fn two_who_share_nothing_pass_nothing_whichever_way_they_meet_and_two_devices_of_one_name_are_no_journey()
 {
    let devices = |second: &str| {
        serde_json::json!({
            "title": "Two", "time_zone": "Europe/London",
            "devices": [
                {"id": "phone", "role": "person", "name": "Mary Bell"},
                {"id": second, "role": "staff", "name": "Anne Okoro"},
            ],
            "steps": [{"at": "2026-03-16T10:00:00", "do": "sync", "between": ["phone", "laptop"]}],
        })
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("two.json");
    let play = |journey: serde_json::Value, over: &str| {
        std::fs::write(&file, journey.to_string()).unwrap();
        let file = file.to_str().unwrap();
        Cairn::anywhere().run(&["--json", "replay", file, "--over", over])
    };
    for over in ["memory", "tcp", "folder"] {
        let ran = play(devices("laptop"), over);
        assert_eq!(ran.code, 0, "{over}: {}", ran.out);
        let ran = play(devices("phone"), over);
        assert_eq!(ran.code, 2, "{over}: {} {}", ran.out, ran.err);
    }
}
