//! The command line as anybody meets it: the real program, real homes, exit codes and JSON.

mod support;

use support::{Cairn, journey};

#[test]
fn the_story_of_six_weeks_alone_goes_as_it_says() {
    let played = Cairn::anywhere().run(&["--json", "replay", &journey("alone.json")]);
    assert_eq!(played.code, 0, "{}", played.err);
    assert_eq!(played.json()["ok"], true);
    assert_eq!(played.json()["steps"], 34);
}

#[test]
fn a_story_that_is_wrong_ends_with_1_and_names_the_step() {
    let played = Cairn::anywhere().run(&["--json", "replay", &journey("wrong.json")]);
    assert_eq!(played.code, 1);
    assert_eq!(played.json()["failed_step"], 5);
    let no_story = Cairn::anywhere().run(&["replay", "/dev/null"]);
    assert_eq!(no_story.code, 2);
}

#[test]
fn a_plan_under_7_a_late_check_in_and_advice_unasked_are_refused_with_1() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better"]);
    let plan = home.id(&["plan", "new", &goal, "--what", "Screens off at 10"]);
    let day = |days: u32| format!("2026-03-{:02}", 2 + days);
    home.refused(
        &[
            "plan",
            "agree",
            &plan,
            "--follow-up",
            &day(3),
            "--channel",
            "text",
        ],
        1,
        "confidence_missing",
    );
    home.done(&["plan", "rate", &plan, "6"]);
    home.refused(
        &[
            "plan",
            "agree",
            &plan,
            "--follow-up",
            &day(3),
            "--channel",
            "text",
        ],
        1,
        "confidence_below_7",
    );
    home.done(&["plan", "rate", &plan, "very"]);
    home.refused(&["plan", "agree", &plan], 1, "follow_up_missing");
    home.refused(
        &[
            "plan",
            "agree",
            &plan,
            "--follow-up",
            "2026-03-01",
            "--channel",
            "text",
        ],
        1,
        "follow_up_in_past",
    );
    home.refused(
        &[
            "plan",
            "agree",
            &plan,
            "--follow-up",
            &day(15),
            "--channel",
            "text",
        ],
        1,
        "follow_up_too_late",
    );
    home.done(&[
        "plan",
        "agree",
        &plan,
        "--follow-up",
        &day(14),
        "--channel",
        "text",
    ]);
    home.refused(
        &[
            "plan",
            "agree",
            &plan,
            "--follow-up",
            &day(3),
            "--channel",
            "text",
        ],
        1,
        "already_agreed",
    );
    let barrier = home.id(&["barrier", "add", &plan, "My phone is by the bed"]);
    home.refused(
        &["idea", "add", &barrier, "Buy a clock", "--offered"],
        1,
        "advice_not_asked",
    );
    home.refused(
        &["log", &plan, "did", "--on", "2026-03-03"],
        1,
        "date_in_future",
    );
}

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

#[test]
fn no_file_of_the_home_holds_a_word_that_was_typed() {
    let home = Cairn::person("Gwenllian Maddox");
    let goal = home.id(&["goal", "add", "Plant marigolds by the gate"]);
    let plan = home.id(&[
        "plan",
        "new",
        &goal,
        "--what",
        "Carry the trowel",
        "--where",
        "Larkhill",
    ]);
    home.done(&["draft", "put", "goal-talk", "Halfway sentence"]);
    let mut words: Vec<String> = ["Gwenllian", "marigolds", "trowel", "Larkhill", "Halfway"]
        .map(str::to_owned)
        .to_vec();
    for number in 0..45 {
        let word = format!("Thunderstorm{number:02}Teatime");
        home.done(&["log", &plan, "part", "--note", &word]);
        words.push(word);
    }
    home.done(&["drop", &plan, "did"]);
    words.push(plan);
    let mut looked_at = 0;
    for file in std::fs::read_dir(home.folder()).unwrap() {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        looked_at += 1;
        for word in &words {
            for needle in support::spellings(word) {
                assert!(
                    !bytes.windows(needle.len()).any(|w| w == needle),
                    "{} holds {word}",
                    path.display()
                );
            }
        }
    }
    assert!(looked_at >= 4, "vault, witness, key and drop box are there");
    assert!(words.len() >= 50);
}

#[test]
fn an_exported_record_is_taken_in_by_a_fresh_home() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better", "--importance", "8"]);
    home.done(&["goal", "reword", &goal, "Sleep through"]);
    let file = home.folder().join("taken-out.json").display().to_string();
    assert_eq!(home.run(&["export", "json", "--to", &file]).code, 0);
    let fresh = Cairn::person("Tom Avery");
    fresh.done(&["import", &file]);
    let shown = fresh.done(&["goal", "show", &goal]);
    assert_eq!(shown["words"], "Sleep through");
    assert_eq!(shown["earlier_words"][0]["words"], "Sleep better");
    assert_eq!(shown["importance"], 8);
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_the_files_of_a_home() {
    use std::os::unix::fs::PermissionsExt;
    let home = Cairn::person("Tom Avery");
    home.done(&["goal", "add", "Sleep better"]);
    for file in std::fs::read_dir(home.folder()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(
            mode & 0o077,
            0,
            "{} has mode {mode:o}",
            file.path().display()
        );
    }
}

#[test]
fn searching_finds_words_and_not_the_ids_behind_them() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better"]);
    home.done(&["plan", "new", &goal, "--what", "Screens off at 10"]);
    assert_eq!(
        home.done(&["search", "screens"]).as_array().unwrap().len(),
        1
    );
    assert_eq!(home.done(&["search", &goal]).as_array().unwrap().len(), 0);
}
