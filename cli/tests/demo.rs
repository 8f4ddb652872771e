//! The built-in story: three people, three devices, three homes to look into.

mod support;

use serde_json::{Value, json};
use std::process::Command;
use support::Cairn;

/// A command on the home of a device, the day after the story: its answer, or the code of why not.
fn page(cairn: &Cairn, device: &str, arguments: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cairn"));
    command.arg("--home").arg(cairn.folder().join(device));
    command.args(["--json", "--now", "2026-04-21T09:00:00+01:00"]);
    command.args(arguments).env_remove("CAIRN_KEY_FILE");
    let ran = command.output().unwrap();
    let said = if ran.status.success() {
        &ran.stdout
    } else {
        &ran.stderr
    };
    let answer: Value = serde_json::from_slice(said).unwrap();
    match answer.pointer("/error/code") {
        Some(code) => code.clone(),
        None => answer,
    }
}

#[test]
fn the_demo_leaves_the_homes_of_the_person_the_nurse_and_the_carer() {
    for lang in ["en", "cy"] {
        let cairn = Cairn::anywhere();
        let played = cairn.done(&["--lang", lang, "demo"]);
        assert_eq!(
            (&played["ok"], &played["failed_step"]),
            (&json!(true), &Value::Null)
        );
        assert_eq!(played["homes"].as_object().unwrap().len(), 3);
        for device in ["", "tablet", "carer"] {
            assert_eq!(page(&cairn, device, &["verify"])["ok"], true, "{device}");
            assert_eq!(page(&cairn, device, &["status"])["waiting"], 0, "{device}");
        }
        let shared = page(&cairn, "", &["circle", "show"]);
        let mut roles: Vec<_> = shared
            .as_array()
            .unwrap()
            .iter()
            .map(|m| m["role"].to_string())
            .collect();
        roles.sort();
        assert_eq!(roles, ["\"carer\"", "\"nurse\"", "\"person\""]);
        let caseload = page(&cairn, "tablet", &["caseload"]);
        let because = caseload[0]["because"].to_string();
        assert!(
            !because.contains("after it was agreed"),
            "that plan has ended: {because}"
        );
        let person = caseload[0]["person"].as_str().unwrap();
        let same = |noun: &[&str]| {
            let here = page(&cairn, "", noun);
            let there = page(&cairn, "tablet", &[noun, &["--person", person]].concat());
            assert_eq!(here, there, "{noun:?}");
            here
        };
        same(&["goal", "list"]);
        same(&["plan", "list"]);
        let entries = same(&["log", "list"]);
        let for_person = entries
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| entry["for_person"] == true);
        assert_eq!(for_person.count(), 2, "the carer wrote 2");
        let check_ins = same(&["follow-up", "list"]);
        assert_eq!(check_ins[0]["within_14_days"], true);
        // The carer was given goals and log, and nothing about the person.
        let person = ["--person", person];
        assert!(
            page(&cairn, "carer", &[&["log", "list"][..], &person].concat())
                .as_array()
                .unwrap()
                .len()
                > 5
        );
        let about = page(&cairn, "carer", &[&["about", "show"][..], &person].concat());
        assert_eq!(about, "not_allowed");
    }
}
