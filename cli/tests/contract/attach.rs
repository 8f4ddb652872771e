//! A picture, a sound or a document beside something.

use crate::support::Cairn;
use std::fs;

const LETTER: &[u8] = b"%PDF-1.7 planted-bytes-of-a-letter";

fn file(home: &Cairn, name: &str, bytes: &[u8]) -> String {
    let path = home.folder().join(name);
    fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

#[test]
fn a_file_is_put_beside_a_goal_an_entry_and_a_part_of_about_me_and_read_back() {
    let home = Cairn::person("Tom Avery");
    let plan = home.agreed("To the bench", "every day");
    let goal = home.done(&["plan", "show", &plan])["goal"].clone();
    let entry = home.id(&["log", &plan, "did"]);
    home.done(&["about", "set", "what_matters", "My grandson"]);
    let letter = file(&home, "letter.pdf", LETTER);
    let things = [goal.as_str().unwrap(), &entry, "what_matters"];
    for thing in things {
        let made = home.done(&["attach", thing, &letter, "--text", "From the clinic"]);
        assert_eq!(made["kind"], "pdf");
        assert_eq!(made["name"], "letter.pdf");
        assert_eq!(made["size"], LETTER.len());
        assert_eq!(made["here"], true);
        assert_eq!(made["sent"], "never", "nobody shares this record");
        assert_eq!(made["place_may_be_in_it"], true);
        let back = home.folder().join("back.pdf");
        let to = back.display().to_string();
        home.done(&["attach", made["id"].as_str().unwrap(), &to, "--get"]);
        assert_eq!(fs::read(&back).unwrap(), LETTER);
    }
    let shown = [
        home.done(&["goal", "show", things[0]]),
        home.done(&["log", "list"])[0].clone(),
        home.done(&["about", "show"])[0].clone(),
    ];
    for thing in shown {
        assert_eq!(thing["attachments"][0]["text"], "From the clinic");
    }
    assert_eq!(home.done(&["verify"])["ok"], true);
    assert_eq!(
        home.done(&["search", "clinic"]).as_array().unwrap().len(),
        3
    );
    assert!(
        home.done(&["search", "planted"])
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_file_that_was_taken_back_comes_back_with_restore() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better"]);
    let letter = file(&home, "letter.pdf", LETTER);
    let made = home.id(&["attach", &goal, &letter]);
    assert_eq!(
        home.done(&["attach", &made, "--withdraw"])["withdrawn"],
        true
    );
    assert!(home.done(&["goal", "show", &goal])["attachments"].is_null());
    assert_eq!(home.done(&["restore", &made])["id"], made.as_str());
    let shown = home.done(&["goal", "show", &goal]);
    assert_eq!(shown["attachments"][0]["id"], made.as_str());
}

#[test]
fn what_is_too_large_of_no_kind_or_nowhere_is_refused_in_words() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better"]);
    let large = file(&home, "large.pdf", &vec![7; 25 * 1024 * 1024 + 1]);
    let film = file(&home, "film.mkv", b"\x1a\x45\xdf\xa3 film");
    let letter = file(&home, "letter.pdf", LETTER);
    for (ids, code, says) in [
        (
            [goal.as_str(), &large],
            "too_long",
            "26 MB, and 25 MB is the most",
        ),
        ([&goal, &film], "usage", "cannot keep this kind of file"),
        ([&goal, "/nowhere/at/all.pdf"], "usage", "file"),
        (
            ["zzzz", &letter],
            "unknown_id",
            "Nothing here has that code",
        ),
    ] {
        let ran = home.run(&["attach", ids[0], ids[1]]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(says), "{}", ran.err);
        let ran = home.run(&["--json", "attach", ids[0], ids[1]]);
        assert!(ran.err.contains(code), "{}", ran.err);
        assert!(!ran.err.contains("film.mkv"), "a name is a person's words");
    }
    assert!(home.done(&["goal", "show", &goal])["attachments"].is_null());
}

#[test]
fn who_reads_is_told_that_a_place_may_be_in_the_file() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better"]);
    let letter = file(&home, "letter.pdf", LETTER);
    let ran = home.run(&["attach", &goal, &letter]);
    assert!(ran.out.contains("may say where it was made"), "{}", ran.out);
    let shown = home.run(&["goal", "show", &goal]).out;
    assert!(
        shown.contains("Files:") && shown.contains("Document (PDF)"),
        "{shown}"
    );
}

#[test]
fn files_go_along_with_an_export_and_come_back_with_it() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better"]);
    let letter = file(&home, "letter.pdf", LETTER);
    let made = home.id(&["attach", &goal, &letter, "--text", "From the clinic"]);
    let gone = home.id(&["attach", &goal, &letter]);
    home.done(&["attach", &gone, "--withdraw"]);
    let out = home.folder().join("out.json").display().to_string();
    assert_eq!(home.run(&["export", "json", "--to", &out]).code, 0);

    let fresh = Cairn::person("Tom Avery");
    fresh.done(&["import", &out]);
    let shown = fresh.done(&["goal", "show", &goal]);
    let attachments = shown["attachments"].as_array().unwrap();
    assert_eq!(attachments.len(), 1, "the other was taken back");
    assert_eq!(attachments[0]["text"], "From the clinic");
    assert_eq!(attachments[0]["here"], true);
    let back = fresh.folder().join("back.pdf");
    fresh.done(&["restore", &gone]);
    for id in [&made, &gone] {
        fresh.done(&["attach", id, &back.display().to_string(), "--get"]);
        assert_eq!(fs::read(&back).unwrap(), LETTER);
    }
    assert_eq!(fresh.done(&["verify"])["ok"], true);

    // Without its bytes what is said of a file still comes in.
    let mut export: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&out).unwrap()).unwrap();
    export["files"] = serde_json::Value::Null;
    fs::write(&out, export.to_string()).unwrap();
    let other = Cairn::person("Tom Avery");
    other.done(&["import", &out]);
    let shown = other.done(&["goal", "show", &goal]);
    assert_eq!(shown["attachments"][0]["here"], false);
    assert_eq!(other.done(&["verify"])["ok"], true);
}
