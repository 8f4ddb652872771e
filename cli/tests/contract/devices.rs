//! The person's own devices.

use crate::links::{self, Waiting};
use crate::support::Cairn;

/// The code with another last letter.
fn mistyped(code: &str) -> String {
    let (kept, last) = code.split_at(code.len() - 1);
    format!("{kept}{}", if last == "0" { "2" } else { "0" })
}

#[test]
fn a_device_is_listed_and_shows_a_code_for_a_further_one() {
    let phone = Cairn::person("Mary Bell");
    let devices = phone.done(&["device", "list"]);
    assert_eq!(devices.as_array().unwrap().len(), 1);
    assert_eq!(devices[0]["this"], true);
    assert_eq!(devices[0]["state"], "present");
    assert_eq!(devices[0]["at"], "2026-03-02T19:00:00+00:00");
    let shown = phone.done(&["device", "add"]);
    assert_eq!(shown["expires"], "2026-03-02T20:00:00+00:00");
    let code = shown["code"].as_str().unwrap();
    let said = phone.run(&["device", "add"]).out;
    assert!(said.contains("cairn device join"), "{said}");
    // Nobody is at the table; a code that was mistyped is told apart from that.
    let other = Cairn::person("Mary");
    other.refused(&["device", "join", code], 5, "unreachable");
    let typed = mistyped(code);
    other.refused(&["device", "join", &typed], 2, "usage");
}

#[test]
fn this_device_itself_is_not_lost_and_an_unknown_one_is_not_there() {
    let phone = Cairn::person("Mary Bell");
    let this = phone.id_of(&["device", "list"]);
    phone.refused(&["device", "lost", &this], 1, "not_an_answer");
    phone.refused(&["device", "lost", "zzzz"], 2, "unknown_id");
}

#[test]
fn a_code_and_a_backup_bring_everything_back_into_a_folder_that_was_not_there() {
    let phone = Cairn::person("Mary Bell");
    let goal = phone.id(&["goal", "add", "Sleep better"]);
    let file = phone.folder().join("mary.backup").display().to_string();
    phone.refused(&["backup", "make", &file], 2, "usage");
    let said = phone.run(&["backup", "make", &file]).err;
    assert!(said.contains("recovery code"), "{said}");
    let code = phone.done(&["recovery", "make"])["code"].clone();
    let code = code.as_str().unwrap();
    assert_eq!(code.len(), 37, "8 groups with hyphens");
    let made = phone.done(&["backup", "make", &file]);
    assert_eq!(made["bytes"], std::fs::metadata(&file).unwrap().len());

    let new = Cairn::anywhere();
    let mistyped = mistyped(code);
    new.refused(
        &["backup", "restore", &file, "--code", &mistyped],
        2,
        "usage",
    );
    let other = Cairn::person("Joe Bell").done(&["recovery", "make"])["code"].clone();
    let other = other.as_str().unwrap();
    new.refused(
        &["backup", "restore", &file, "--code", other],
        3,
        "wrong_key",
    );
    let broken = new.folder().join("broken.backup").display().to_string();
    let mut bytes = std::fs::read(&file).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&broken, &bytes).unwrap();
    new.refused(
        &["backup", "restore", &broken, "--code", code],
        4,
        "damaged",
    );
    assert!(!new.folder().join("vault.db").exists(), "nothing was made");
    let typed = code.to_lowercase().replace('-', " ").replace('1', "I");
    let back = new.done(&["backup", "restore", &file, "--code", &typed]);
    assert_eq!(back["name"], "Mary Bell");
    assert_eq!(new.done(&["goal", "show", &goal])["words"], "Sleep better");
    assert_eq!(new.done(&["verify"])["ok"], true);
    let next = back["code"].as_str().unwrap();
    new.refused(&["recovery", "try", code], 3, "wrong_key");
    assert!(new.done(&["recovery", "try", next])["tried"].is_string());
    new.refused(&["backup", "restore", &file, "--code", code], 2, "usage");
    new.refused(&["recovery", "use", next], 5, "unreachable");
}

#[test]
fn a_code_brings_the_record_back_from_somebody_who_shares_it_and_listens() {
    let (phone, tablet) = (Cairn::person("Mary Bell"), Cairn::staff("Anne Okoro"));
    phone.done(&["goal", "add", "Sleep better"]);
    let code = phone.done(&["recovery", "make"])["code"].clone();
    let code = code.as_str().unwrap();
    links::join(&phone, &tablet);
    let new = Cairn::person("Mary");
    let other = Cairn::person("Joe Bell").done(&["recovery", "make"])["code"].clone();
    let (waiting, address) = Waiting::listening(&tablet, &[]);
    let with = |code: &str| new.run(&["--json", "recovery", "use", code, "--peer", &address]);
    let wrong = with(other.as_str().unwrap());
    assert_eq!(wrong.code, 1, "{}", wrong.err);
    assert!(wrong.err.contains("not_allowed"), "{}", wrong.err);
    let back = with(code).json();
    assert_eq!(waiting.end().code, 0);
    assert_eq!(back["name"], "Mary Bell");
    assert!(back["taken"].as_u64() >= Some(1), "{back}");
    assert_eq!(new.done(&["goal", "list"])[0]["words"], "Sleep better");
    assert_eq!(tablet.done(&["people"]).as_array().unwrap().len(), 1);
    let next = back["code"].as_str().unwrap();
    assert!(new.done(&["recovery", "try", next])["tried"].is_string());
    // The used one has ended, also for who was asked.
    let (waiting, address) = Waiting::listening(&tablet, &["--stay"]);
    let third = Cairn::person("Mary");
    let again = ["recovery", "use", code, "--peer", &address];
    third.refused(&again, 1, "not_allowed");
    assert_eq!(waiting.stop().code, 0);
    third.refused(&again, 5, "unreachable");
}

#[test]
fn the_code_is_read_from_standard_input_where_it_is_not_given() {
    use std::io::Write;
    use std::process::Stdio;
    let phone = Cairn::person("Mary Bell");
    let file = phone.folder().join("mary.backup").display().to_string();
    let code = phone.done(&["recovery", "make"])["code"].clone();
    phone.done(&["backup", "make", &file]);
    let new = Cairn::anywhere();
    let mut child = new
        .command()
        .args(["--json", "backup", "restore", &file])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let typed = format!("{}\n", code.as_str().unwrap());
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(typed.as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("Mary Bell")
    );
}

#[test]
fn status_says_what_is_left_to_do_before_a_device_is_handed_in() {
    let phone = Cairn::person("Mary Bell");
    assert_eq!(phone.done(&["status"])["safe_to_hand_in"], true);
    phone.id(&["goal", "add", "Sleep better"]);
    let found = phone.done(&["status"]);
    assert_eq!(found["safe_to_hand_in"], false);
    assert_eq!((&found["waiting"], &found["never"]), (&0.into(), &1.into()));
    let steps = serde_json::json!(["recovery_make", "recovery_try", "backup_make"]);
    assert_eq!(found["to_do"], steps);
    let said = phone.run(&["status"]).out;
    assert!(
        said.contains("It is not safe to hand in this device yet."),
        "{said}"
    );
    assert!(said.contains("cairn recovery make"), "{said}");
    let code = phone.done(&["recovery", "make"])["code"].clone();
    phone.done(&["recovery", "try", code.as_str().unwrap()]);
    let file = phone.folder().join("mary.backup").display().to_string();
    phone.done(&["backup", "make", &file]);
    assert_eq!(phone.done(&["status"])["safe_to_hand_in"], true);
    let said = phone.run(&["status"]).out;
    assert!(
        said.contains("Yes. It is safe to hand in this phone."),
        "{said}"
    );
}
