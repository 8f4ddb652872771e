//! A home visit, the phone in the person's hands, and practising.

use crate::support::Cairn;
use serde_json::{Value, json};

#[test]
fn a_visit_chooses_the_person_and_lists_what_was_saved() {
    let staff = Cairn::staff("Anne Okoro");
    let mary = staff.id(&["people", "add", "Mary Bell"]);
    let visit = staff.on(3).done(&["visit", "start", &mary]);
    assert_eq!(
        (&visit["name"], &visit["handed"]),
        (&json!("Mary Bell"), &json!(false))
    );
    staff
        .on(3)
        .done(&["goal", "add", "Get about", "--for-person"]);
    // One that was cut off goes on.
    assert_eq!(
        staff.on(3).done(&["visit", "start", &mary])["since"],
        visit["since"]
    );
    let ended = staff.on(3).done(&["visit", "end"]);
    assert_eq!(ended["saved"][0]["noun"], "goal");
    assert_eq!(ended["waiting"], 0);
    assert_eq!(staff.done(&["goal", "list"]), json!([]));
    staff.refused(&["visit", "end"], 1, "not_an_answer");
    let tom = Cairn::person("Tom Avery");
    let own = tom.done(&["profile", "list"])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    tom.refused(&["visit", "start", &own], 1, "not_allowed");
}

#[test]
fn while_the_phone_is_handed_over_only_this_persons_pages_open_and_the_words_are_theirs() {
    let staff = Cairn::staff("Anne Okoro");
    let mary = staff.id(&["people", "add", "Mary Bell"]);
    let ben = staff.id(&["people", "add", "Ben Moss"]);
    let staff = staff.on(3);
    staff.refused(&["visit", "hand-phone"], 1, "not_an_answer");
    staff.done(&["visit", "start", &mary]);
    staff.refused(&["visit", "start", &ben], 1, "not_an_answer");
    staff.done(&["visit", "hand-phone"]);
    assert_eq!(staff.done(&["goal", "add", "Get about"])["state"], "active");
    for others in [
        &["people"][..],
        &["caseload"],
        &["meeting"],
        &["messages", "list"],
        &["search", "Ben"],
        &["profile", "list"],
        &["use", &ben],
        &["goal", "list", "--person", &ben],
        &["visit", "end"],
        &["export", "json"],
        &["figures"],
        &["record", "show"],
        &["history"],
        &["goal", "t-score"],
        &["recovery", "make"],
    ] {
        staff.refused(others, 1, "not_allowed");
    }
    staff.done(&["visit", "give-back"]);
    assert_eq!(staff.done(&["goal", "add", "Sleep"])["state"], "proposed");
    assert_eq!(
        staff.done(&["visit", "end"])["saved"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn while_the_phone_is_handed_over_nothing_is_erased() {
    let staff = Cairn::staff("Anne Okoro");
    let mary = staff.id(&["people", "add", "Mary Bell"]);
    staff.done(&["people", "add", "Ben Moss"]);
    staff.done(&["visit", "start", &mary]);
    staff.done(&["visit", "hand-phone"]);
    staff.refused(&["erase", "--yes"], 1, "not_allowed");
    staff.refused(&["erase", "--yes", "--person", &mary], 1, "not_allowed");
    staff.done(&["visit", "give-back"]);
    let names = staff.done(&["people"]).as_array().unwrap().len();
    assert_eq!(names, 2);
    assert_eq!(staff.done(&["erase", "--yes"])["erased"], true);
}

#[test]
fn whoever_was_handed_the_phone_writes_nothing_clinical_and_sees_no_figure() {
    let staff = Cairn::staff("Anne Okoro");
    let mary = staff.id(&["people", "add", "Mary Bell"]);
    staff.done(&["visit", "start", &mary]);
    let goal = staff.id(&["goal", "add", "Get about", "--for-person"]);
    let levels = [
        "--levels",
        "None",
        "A little",
        "To the shop",
        "To town",
        "All the way",
    ];
    staff.done(&[&["goal", "scale", &goal], &levels[..]].concat());
    let scored = ["goal", "score", &goal, "-2"];
    assert_eq!(staff.done(&scored)["value"], -2);
    staff.done(&["visit", "hand-phone"]);
    let own = staff.done(&scored);
    assert_eq!(
        (&own["who"], &own["value"], &own["words"]),
        (&json!("person"), &Value::Null, &json!("None"))
    );
    staff.refused(&["goal", "clinical", &goal, "Mobility"], 1, "not_allowed");
}

#[test]
fn a_person_to_practise_on_is_marked_and_counts_nowhere() {
    let staff = Cairn::staff("Anne Okoro");
    let made = staff.done(&["practice", "start"]);
    assert_eq!(made["practice"], true);
    staff.done(&["goal", "add", "Try things out", "--for-person"]);
    assert_eq!(staff.done(&["practice", "start"])["id"], made["id"]);
    assert_eq!(staff.done(&["people"])[0]["practice"], true);
    assert_eq!(staff.done(&["caseload"]), json!([]));
    assert_eq!(staff.done(&["people", "--needs-owner"]), json!([]));
    staff.done(&["practice", "end"]);
    assert_eq!(staff.done(&["people"]), json!([]));
    assert_eq!(staff.done(&["goal", "list"]), Value::Array(vec![]));
    staff.refused(&["practice", "end"], 1, "not_an_answer");
}
