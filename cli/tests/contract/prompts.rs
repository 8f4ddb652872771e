//! Prompts, and messages that go out.

use crate::support::Cairn;
use serde_json::{Value, json};

fn kinds(home: &Cairn) -> Vec<String> {
    let prompts = home.done(&["prompts"]);
    let prompts = prompts.as_array().unwrap().iter();
    prompts
        .map(|p| p["kind"].as_str().unwrap().to_owned())
        .collect()
}

fn find(home: &Cairn, kind: &str) -> Value {
    let prompts = home.done(&["prompts"]);
    let found = prompts
        .as_array()
        .unwrap()
        .iter()
        .find(|p| p["kind"] == kind);
    found.unwrap_or_else(|| panic!("{kind}: {prompts}")).clone()
}

#[test]
fn each_prompt_says_why_and_goes_when_its_reason_goes() {
    let home = Cairn::person("Tom Avery");
    assert_eq!(kinds(&home), ["no_goal", "course"]);
    home.done(&[
        "support",
        "add",
        "Living well",
        "--kind",
        "course",
        "--asked",
    ]);
    let plan = home.agreed("Walk to the gate", "every day");
    assert_eq!(kinds(&home), [""; 0]);
    home.done(&["need", "add", "large_print_24"]);
    assert!(
        find(&home, "information_need")["because"]
            .as_str()
            .unwrap()
            .contains("24")
    );
    home.done(&["plan", "edit", &plan, "--where", "Mill Lane"]);
    assert_eq!(find(&home, "edited_after_agreeing")["about"], json!(plan));
    home.done(&["plan", "rate", &plan, "5"]);
    let below = find(&home, "confidence_below_7");
    assert!(below["because"].as_str().unwrap().contains("5 out of 10"));
    let barrier = home.id(&["barrier", "add", &plan, "It is cold"]);
    assert!(
        find(&home, "barrier_open")["because"]
            .as_str()
            .unwrap()
            .contains("It is cold")
    );
    home.done(&["barrier", "let-go", &barrier]);
    home.done(&["plan", "rate", &plan, "9"]);
    assert_eq!(kinds(&home), ["information_need"]);
    assert_eq!(kinds(&home.on(16))[0], "follow_up_due");
    home.done(&["plan", "stop", &plan, "--why", "Enough"]);
    assert_eq!(find(&home, "plan_ended")["about"], json!(plan));
}

#[test]
fn a_prompt_is_put_off_with_a_reason_and_a_day() {
    let home = Cairn::person("Tom Avery");
    let id = find(&home, "no_goal")["id"].as_str().unwrap().to_owned();
    let later = ["prompt", "later", &id[..5], "--until", "2026-03-09"];
    home.refused(&later, 2, "usage");
    let put_off = home.done(&[&later[..], &["--why", "In hospital"]].concat());
    assert_eq!(
        (&put_off["until"], &put_off["why"]),
        (&json!("2026-03-09"), &json!("In hospital"))
    );
    assert_eq!(kinds(&home.on(8)), ["course"]);
    assert_eq!(kinds(&home.on(9)), ["no_goal", "course"]);
    let why = ["--why", "Busy"];
    for (until, code) in [("2026-03-02", "bad_date"), ("2026-02-30", "bad_date")] {
        let later = ["prompt", "later", &id, "--until", until];
        home.refused(&[&later[..], &why[..]].concat(), 2, code);
    }
    let unknown = ["prompt", "later", "zzzz", "--until", "2026-03-09"];
    home.refused(&[&unknown[..], &why[..]].concat(), 2, "unknown_id");
}

#[test]
fn a_message_is_listed_until_it_is_stopped() {
    let home = Cairn::person("Tom Avery");
    let (_, plan) = home.plan("Walk to the gate", "8");
    let follow_up = ["--follow-up", "2026-03-09", "--channel", "text"];
    let message = ["--message", "Tom, how did it go?"];
    home.done(&[&["plan", "agree", &plan], &follow_up[..], &message[..]].concat());
    let listed = &home.done(&["messages", "list"])[0];
    assert_eq!(
        (&listed["state"], &listed["text"]),
        (&json!("waiting"), &json!("Tom, how did it go?"))
    );
    assert_eq!(home.on(9).done(&["messages", "list"])[0]["state"], "due");
    let id = listed["id"].as_str().unwrap();
    assert_eq!(
        home.done(&["messages", "stop", &id[..6]])["state"],
        "stopped"
    );
    assert_eq!(
        home.on(9).done(&["messages", "list"])[0]["state"],
        "stopped"
    );
    home.refused(&["messages", "stop", "zzzz"], 2, "unknown_id");
    home.refused(&["messages", "send"], 2, "usage");
}
