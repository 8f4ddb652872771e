use super::*;
use serde_json::json;

fn line(words: &str) -> Line {
    let argv: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
    read(&argv).expect("the line is understood")
}

fn refused(words: &str) -> bool {
    read(
        &words
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>(),
    )
    .is_err()
}

fn args(words: &str) -> Value {
    line(words).args.into()
}

#[test]
fn the_table_builds_a_command_line_clap_accepts() {
    build().debug_assert();
}

#[test]
fn a_verb_with_a_hyphen_is_found_under_its_name_with_an_underscore() {
    assert_eq!(line("goal take-up abcd").name, Some("goal.take_up"));
    assert_eq!(line("follow-up list --due").args["due"], json!(true));
    assert_eq!(line("goal t-score").name, Some("goal.t_score"));
}

#[test]
fn logging_stands_beside_its_verbs() {
    let log = line("log abcd could-not --on 2026-03-02 --felt 7");
    assert_eq!(log.name, Some("log"));
    assert_eq!(log.args["on_date"], json!("2026-03-02"));
    assert_eq!(line("log list").name, Some("log.list"));
    assert_eq!(
        line("log correct abcd part --note x").name,
        Some("log.correct")
    );
    assert_eq!(line("people").name, Some("people"));
    assert_eq!(line("people add Ann").name, Some("people.add"));
}

#[test]
fn negative_numbers_are_values() {
    assert_eq!(
        args("goal score abcd -2"),
        json!({"goal": "abcd", "value": "-2"})
    );
    assert_eq!(args("plan rate abcd -1")["value"], json!("-1"));
    assert_eq!(
        args("goal add Walk --importance -1")["importance"],
        json!("-1")
    );
}

#[test]
fn options_for_all_commands_stand_before_or_after() {
    for words in [
        "--json --person abcd --home /h goal list",
        "goal list --json --person abcd --home /h",
    ] {
        let line = line(words);
        assert!(line.json);
        assert_eq!(line.args["person"], json!("abcd"));
        assert_eq!(line.home, Some("/h".into()));
    }
    assert_eq!(args("use abcd"), json!({"person": "abcd"}));
}

#[test]
fn lists_keep_their_items() {
    assert_eq!(
        args("goal scale abcd --levels a b c d e --weight 2")["levels"],
        json!(["a", "b", "c", "d", "e"])
    );
    assert_eq!(
        args("agenda agree abcd efgh")["items"],
        json!(["abcd", "efgh"])
    );
    assert_eq!(
        args("decide Bus --options bus train --mattered quiet --chose train")["options"],
        json!(["bus", "train"])
    );
}

#[test]
fn an_unknown_word_is_refused() {
    for words in [
        "fly",
        "goal fly",
        "goal add Walk --speed 3",
        "goal add a b",
        "goal list --json --json=3",
    ] {
        assert!(refused(words), "{words}");
    }
}
