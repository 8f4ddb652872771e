//! Ending care, and taking it up again.

use crate::support::Cairn;
use serde_json::Value;

fn count(value: &Value) -> usize {
    value.as_array().unwrap().len()
}

#[test]
fn once_care_has_ended_nothing_goes_out_and_undoing_brings_all_of_it_back() {
    let staff = Cairn::staff("Anne Okoro");
    let mary = staff.id(&["people", "add", "Mary Bell"]);
    staff.done(&["use", &mary]);
    let goal = staff.id(&["goal", "add", "Get about", "--for-person"]);
    let what = ["--what", "To the gate", "--often", "every day"];
    let plan = staff.id(&[&["plan", "new", &goal], &what[..]].concat());
    staff.done(&["plan", "rate", &plan, "8"]);
    let follow_up = ["--follow-up", "2026-03-09", "--channel", "text"];
    let message = ["--message", "Mary, how did it go?"];
    staff.done(&[&["plan", "agree", &plan], &follow_up[..], &message[..]].concat());
    let due = staff.on(9);
    let seen = || {
        let today = due.done(&["today"]);
        [
            count(&today["planned"]),
            count(&today["follow_ups"]),
            count(&due.done(&["reminders"])),
            count(&due.done(&["follow-up", "list", "--due"])),
            count(&due.done(&["caseload"])),
            count(&due.done(&["people", "--needs-owner"])),
        ]
    };
    let before = seen();
    assert!(before.iter().all(|count| *count > 0), "{before:?}");
    assert_eq!(due.done(&["messages", "list"])[0]["state"], "due");
    let ended = due.done(&["people", "end", &mary, "--why", "moved"]);
    assert_eq!(ended["ended"], "moved");
    assert_eq!(seen(), [0; 6]);
    assert_eq!(count(&due.done(&["prompts"])), 0);
    assert_eq!(count(&due.done(&["meeting"])), 0);
    assert_eq!(due.done(&["messages", "list"])[0]["state"], "not_needed");
    assert_eq!(
        due.done(&["follow-up", "list"])[0]["state"],
        "no_longer_needed"
    );
    assert_eq!(due.done(&["goal", "show", &goal])["words"], "Get about");
    let undone = due.done(&["people", "end", &mary, "--undo"]);
    assert_eq!(undone["ended"], Value::Null);
    assert_eq!(seen(), before);
}

#[test]
fn ending_needs_a_reason_of_the_list_and_undoing_an_ending() {
    let staff = Cairn::staff("Anne Okoro");
    let mary = staff.id(&["people", "add", "Mary Bell"]);
    staff.refused(&["people", "end", &mary], 2, "usage");
    staff.refused(&["people", "end", &mary, "--why", "bored"], 2, "usage");
    staff.refused(&["people", "end", &mary, "--undo"], 1, "not_an_answer");
    staff.refused(&["people", "end", "zzzz", "--why", "died"], 2, "unknown_id");
}
