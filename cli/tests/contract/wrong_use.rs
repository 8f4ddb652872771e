//! What is refused with exit 2.

use crate::support::Cairn;

#[test]
fn what_is_out_of_range_not_a_date_or_not_understood_is_wrong_use_with_2() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better"]);
    home.refused(
        &["goal", "rate", &goal, "--confidence", "11"],
        2,
        "out_of_range",
    );
    home.refused(
        &["goal", "rate", &goal, "--confidence", "-1"],
        2,
        "out_of_range",
    );
    home.refused(
        &[
            "plan",
            "new",
            &goal,
            "--what",
            "x",
            "--often",
            "now and then",
        ],
        2,
        "often_not_understood",
    );
    home.refused(
        &["plan", "new", &goal, "--what", "x", "--from", "2026-02-30"],
        2,
        "bad_date",
    );
    home.refused(&["goal", "show", "zzzz"], 2, "unknown_id");
    home.refused(&["goal", "add", "   "], 2, "empty");
    home.refused(&["goal", "add", &"x".repeat(100_001)], 2, "too_long");
    home.refused(&["no-such-command"], 2, "usage");
}

/// What is refused says what is the case: the code stays, the sentence fits.
#[test]
fn a_refusal_says_what_is_the_case() {
    let home = Cairn::person("Tom Avery");
    home.agreed("Walk", "every day");
    let check_in = home.id_of(&["follow-up", "list"]);
    let plan = home.id_of(&["plan", "list"]);
    let device = home.id_of(&["device", "list"]);
    let me = home.id_of(&["profile", "list"]);
    let member = home.id_of(&["circle", "show"]);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let record = ["follow-up", "record", &check_in, "--channel", "text"];
    let moved = [&record[..], &["--reach", "moved"]].concat();
    for (arguments, code, said) in [
        (&record[..3], "follow_up_missing", "Say how you checked in"),
        (&moved, "follow_up_missing", "Say which day"),
        (
            &[&moved[..], &["--to", "2026-02-01"]].concat(),
            "follow_up_in_past",
            "Pick today or a later day",
        ),
        (
            &["follow-up", "add", &plan, "--channel", "text"],
            "follow_up_missing",
            "A check-in needs a day",
        ),
        (&["visit", "end"], "not_an_answer", "No visit is going on"),
        (
            &["device", "lost", &device],
            "not_an_answer",
            "the device you are using",
        ),
        (
            &["people", "end", &me, "--undo"],
            "not_an_answer",
            "Care has not ended",
        ),
        (
            &["circle", "change", &member, "--team"],
            "not_an_answer",
            "They have no team",
        ),
        (
            &["circle", "change", &member, "--until", "2026-03-01"],
            "bad_date",
            "pick today or later",
        ),
        (&["sync", "--listen", &address], "usage", "uses that port"),
        (&["export", "json", "--format", "pdf"], "usage", "format"),
        (
            &["drop", "zzzz", "did"],
            "unknown_id",
            "Nothing here has that code",
        ),
    ] {
        let ran = home.run(&[&["--json"], arguments].concat());
        let error: serde_json::Value = serde_json::from_str(&ran.err).unwrap();
        assert_eq!(error["error"]["code"], code, "{arguments:?}");
        let message = error["error"]["message"].as_str().unwrap();
        assert!(message.contains(said), "{arguments:?}: {message}");
        assert_eq!(ran.out, "", "{arguments:?}");
    }
    let nothing = home.run(&["circle", "late"]).out;
    assert!(
        nothing.starts_with("Nothing waits to be let in"),
        "{nothing}"
    );
}

#[test]
fn a_file_that_is_no_backup_is_called_that() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "A letter, and no backup").unwrap();
    let code = Cairn::person("Tom Avery").done(&["recovery", "make"])["code"].clone();
    let file = file.path().display().to_string();
    let restore = ["backup", "restore", &file, "--code", code.as_str().unwrap()];
    let ran = Cairn::anywhere().run(&restore);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("not a backup"), "{}", ran.err);
}

#[test]
fn a_one_tap_answer_to_a_plan_that_is_here_is_still_added_at_the_next_opening() {
    let home = Cairn::person("Tom Avery");
    let plan = home.agreed("Walk", "every day");
    home.done(&["drop", &plan[..6], "did"]);
    assert_eq!(home.done(&["log", "list"])[0]["did"], "did");
}

#[test]
fn a_one_tap_answer_to_a_plan_that_is_not_here_is_kept_and_told_once_at_unlock() {
    let home = Cairn::person("Tom Avery");
    let plan = home.agreed("Walk", "every day");
    let locked = |plan: &str| {
        let mut command = home.command();
        let no_key = home.folder().join("no.key");
        command
            .env("CAIRN_KEY_FILE", no_key)
            .args(["drop", plan, "did"]);
        assert!(command.output().unwrap().status.success());
    };
    locked("zzzz");
    locked(&plan);
    let told = || home.run(&["log", "list"]).err.contains("not be added");
    assert_eq!([told(), told()], [true, false]);
    assert_eq!(home.done(&["log", "list"]).as_array().unwrap().len(), 1);
    let waits = std::fs::read_dir(home.folder()).unwrap();
    let waits = waits.filter(|file| {
        let name = file.as_ref().unwrap().file_name();
        name.to_string_lossy().starts_with("drop.box")
    });
    assert!(waits.count() > 0, "nothing is lost");
    locked("yyyy");
    assert_eq!([told(), told()], [true, false]);
}

#[cfg(unix)]
#[test]
fn what_is_no_text_is_refused_in_the_language_asked_for_and_nothing_is_kept() {
    use std::os::unix::ffi::OsStrExt;
    let home = Cairn::person("Tom Avery");
    for (lang, said) in [("en", "We cannot read some"), ("cy", "Ni allwn ddarllen")] {
        let mut command = home.command();
        command.args(["--json", "--lang", lang, "goal", "add"]);
        command.arg(std::ffi::OsStr::from_bytes(b"caf\xe9"));
        let ended = command.output().unwrap();
        assert_eq!((ended.status.code(), ended.stdout.len()), (Some(2), 0));
        let error: serde_json::Value = serde_json::from_slice(&ended.stderr).unwrap();
        assert_eq!(error["error"]["code"], "usage");
        assert!(
            error["error"]["message"]
                .as_str()
                .unwrap()
                .starts_with(said)
        );
    }
    assert_eq!(home.done(&["goal", "list"]), serde_json::json!([]));
}

#[test]
fn a_name_is_one_line() {
    let forged = "Mary\n\nName: Anne\nRole: The person";
    let init = ["init", "--name", forged, "--role", "person"];
    Cairn::anywhere().refused(&init, 2, "usage");
    let staff = Cairn::staff("Anne Okoro");
    staff.refused(&["people", "add", forged], 2, "usage");
    staff.refused(&["team", "make", "Hill\nside"], 2, "usage");
    let said = staff.run(&["people", "add", forged]).err;
    assert!(said.starts_with("A name is one line"), "{said}");
}
