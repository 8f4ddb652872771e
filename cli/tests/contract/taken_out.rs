//! A device that was taken out, or was not let in, says so: what is written there goes nowhere.

use crate::links::{self, Waiting};
use crate::support::Cairn;
use serde_json::{Value, json};

fn sync(listens: &Cairn, calls: &Cairn) {
    let (waiting, address) = Waiting::listening(listens, &[]);
    calls.done(&["sync", "--peer", &address]);
    let ended = waiting.end();
    assert_eq!(ended.code, 0, "{}", ended.err);
}

/// The code of a notice that a command gives on standard error, none where there is none.
fn notice(home: &Cairn, command: &[&str]) -> Option<String> {
    let ran = home.run(&[&["--json"], command].concat());
    assert_eq!(ran.code, 0, "{command:?}: {}", ran.err);
    let mut lines = ran.err.lines();
    lines.find_map(|line| {
        let told: Value = serde_json::from_str(line).unwrap();
        let code = told["notice"]["code"].as_str()?;
        assert!(told["notice"]["message"].is_string());
        Some(code.to_owned())
    })
}

fn member(home: &Cairn, name: &str) -> String {
    let shown = home.done(&["circle", "show"]);
    let mut all = shown.as_array().unwrap().iter();
    let found = all.find(|member| member["name"] == name).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

#[test]
fn who_was_taken_out_is_told_with_each_act_that_nobody_gets_it() {
    let (phone, nurse) = (Cairn::person("Mary Bell"), Cairn::staff("Anne Okoro"));
    let (_, joined) = links::join(&phone, &nurse);
    let person = joined["id"].as_str().unwrap();
    let writes = ["--person", person, "goal", "add", "Walk", "--for-person"];
    assert_eq!(notice(&nurse, &writes), None);
    phone.done(&["circle", "remove", &member(&phone, "Anne Okoro")]);
    sync(&phone, &nurse);
    let written = nurse.done(&writes);
    assert_eq!(written["sent"], "never");
    assert_eq!(notice(&nurse, &writes).as_deref(), Some("taken_out"));
    let said = nurse.run(&writes);
    assert!(said.err.contains("Nobody else gets it"), "{}", said.err);
    // Of the own record there is nothing to say, nor on the device that took out.
    assert_eq!(notice(&nurse, &["goal", "list"]), None);
    assert_eq!(notice(&phone, &["goal", "list"]), None);
}

#[test]
fn a_device_that_was_lost_says_so_and_gives_no_advice_that_is_refused() {
    let phone = Cairn::person("Mary Bell");
    let tablet = Cairn::person("Mary");
    let joined = links::join_as_device(&phone, &tablet);
    phone.done(&["device", "lost", &joined]);
    sync(&phone, &tablet);
    assert_eq!(
        notice(&tablet, &["goal", "add", "Walk"]).as_deref(),
        Some("device_out")
    );
    let status = tablet.done(&["status"]);
    assert_eq!(status["to_do"], json!(["join_again"]), "{status}");
    let said = tablet.run(&["status"]);
    assert!(said.out.contains("cairn device add"), "{}", said.out);
    assert!(!said.out.contains("recovery make"), "{}", said.out);
    tablet.refused(&["recovery", "make"], 1, "not_allowed");
    let said = tablet.run(&["recovery", "make"]).err;
    assert!(said.contains("This device was taken out"), "{said}");
    assert_eq!(notice(&phone, &["status"]), None);
}

#[test]
fn a_recovery_code_that_was_used_lets_nobody_in_behind_an_old_backup() {
    let (phone, nurse) = (Cairn::person("Mary Bell"), Cairn::staff("Anne Okoro"));
    let (_, joined) = links::join(&phone, &nurse);
    let person = joined["id"].as_str().unwrap();
    let code = |made: Value| made["code"].as_str().unwrap().to_owned();
    let old = code(phone.done(&["recovery", "make"]));
    phone.done(&["goal", "add", "Before"]);
    sync(&phone, &nurse);
    let file = phone.folder().join("mary.backup").display().to_string();
    phone.done(&["backup", "make", &file]);
    let restore = ["backup", "restore", &file, "--code", &old];
    let new = Cairn::anywhere();
    let next = code(new.done(&restore));
    sync(&nurse, &new);
    sync(&nurse, &phone);
    phone.refused(&["recovery", "try", &old], 3, "wrong_key");

    let found = Cairn::anywhere();
    found.done(&restore);
    found.done(&["goal", "add", "Behind the old backup"]);
    sync(&nurse, &found);
    // It hears of it in that very meeting.
    assert_eq!(
        notice(&found, &["goal", "list"]).as_deref(),
        Some("used_code")
    );
    let status = found.done(&["status"]);
    assert_eq!(status["safe_to_hand_in"], false, "{status}");
    let this = found.done(&["device", "list"])[2].clone();
    assert_eq!(
        (&this["state"], &this["this"]),
        (&json!("lost"), &json!(true))
    );
    assert_eq!(this["at"], "2026-03-02T19:00:00+00:00");
    sync(&nurse, &phone);
    phone.done(&["goal", "add", "Afterwards"]);
    for home in [&phone, &found, &new] {
        sync(&nurse, home);
    }
    let goals = |home: &Cairn, more: &[&str]| {
        let all = home.done(&[more, &["goal", "list"]].concat());
        let mut words: Vec<String> = all
            .as_array()
            .unwrap()
            .iter()
            .map(|goal| goal["words"].as_str().unwrap().to_owned())
            .collect();
        words.sort();
        words
    };
    for (home, more) in [
        (&phone, &[][..]),
        (&new, &[]),
        (&nurse, &["--person", person]),
    ] {
        assert_eq!(goals(home, more), ["Afterwards", "Before"]);
    }
    assert_eq!(goals(&found, &[]), ["Before", "Behind the old backup"]);
    for home in [&phone, &new] {
        assert!(home.done(&["recovery", "try", &next])["tried"].is_string());
        assert_eq!(home.done(&["device", "list"]).as_array().unwrap().len(), 2);
        assert_eq!(notice(home, &["status"]), None);
    }
    // What was written there waits for Mary, under her name.
    sync(&phone, &found);
    let late = phone.done(&["circle", "late"]);
    assert_eq!(late[0]["by"], "Mary Bell", "{late}");
}
