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
