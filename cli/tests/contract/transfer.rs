//! Taking the record out and bringing it in.

use crate::support::Cairn;
use serde_json::Value;

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

/// What a record says, without when it came into this home and under which numbers.
fn said(home: &Cairn) -> Value {
    let mut shown = home.done(&["record", "show"]);
    strip(&mut shown);
    shown["things"] = Value::Null;
    shown["person"] = Value::Null;
    shown
}

fn strip(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(strip),
        Value::Object(fields) => {
            for name in [
                "made_by",
                "by",
                "imported_by",
                "id",
                "corrects",
                "for_person",
                "from_lock_screen",
            ] {
                fields.remove(name);
            }
            fields.values_mut().for_each(strip);
        }
        _ => {}
    }
}

#[test]
fn everything_an_export_has_comes_back_in_the_order_of_then_with_its_authors_named() {
    // All of it in one second: only causality tells what came later.
    let staff = Cairn::staff("Anne Okoro");
    let mary = staff.id(&["people", "add", "Mary Bell"]);
    staff.done(&["use", &mary]);
    staff.done(&["about", "set", "what_matters", "My grandson — on Saturdays"]);
    let goal = staff.id(&[
        "goal",
        "add",
        "Walk to the shop",
        "--for-person",
        "--importance",
        "9",
    ]);
    staff.done(&[
        "goal",
        "reword",
        &goal,
        "Walk to the church",
        "--for-person",
    ]);
    staff.done(&["goal", "hold", &goal]);
    staff.done(&["goal", "resume", &goal]);
    let plan = staff.id(&[
        "plan",
        "new",
        &goal,
        "--what",
        "To the bench",
        "--often",
        "every day",
    ]);
    for sure in ["6", "4", "8"] {
        staff.done(&["plan", "rate", &plan, sure]);
    }
    let follow_up = ["--follow-up", "2026-03-09", "--channel", "phone"];
    staff.done(&[&["plan", "agree", &plan], &follow_up[..]].concat());
    let barrier = staff.id(&["barrier", "add", &plan, "The slope"]);
    for text in ["Go round", "Rest half way"] {
        let idea = staff.id(&["idea", "add", &barrier, text]);
        staff.done(&["idea", "choose", &idea]);
        staff.done(&["idea", "result", &idea, "partly"]);
    }
    let entry = staff.id(&["log", &plan, "could-not", "--why", "flare", "--at", "09:40"]);
    staff.done(&[
        "log",
        "correct",
        &entry,
        "part",
        "--felt",
        "3",
        "--note",
        "After all",
    ]);
    let due = staff.id_of(&["follow-up", "list"]);
    let went = [
        "--channel",
        "phone",
        "--well",
        "The bench",
        "--next",
        "keep",
    ];
    staff.done(&[&["follow-up", "record", &due], &went[..]].concat());
    let file = staff.folder().join("out.json").display().to_string();
    assert_eq!(staff.run(&["export", "json", "--to", &file]).code, 0);

    let fresh = Cairn::person("Mary Bell");
    let taken = fresh.done(&["import", &file]);
    assert!(taken["added"].as_u64().unwrap() > 10);
    assert_eq!(said(&fresh), said(&staff));
    assert_eq!(
        fresh.done(&["goal", "show", &goal])["imported_by"],
        "Anne Okoro"
    );
    assert_eq!(
        fresh.done(&["about", "show"])[0]["text"],
        "My grandson — on Saturdays"
    );
    // Bringing it in again adds nothing.
    assert_eq!(fresh.done(&["import", &file])["added"], 0);
    assert_eq!(said(&fresh), said(&staff));
    assert_eq!(fresh.done(&["verify"])["ok"], true);
}
