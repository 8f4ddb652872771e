//! Erasing a record: what is said before, what is said with it, and what a home says that was erased.

use crate::links::{self, Waiting};
use crate::support::Cairn;
use serde_json::{Value, json};

fn sync(listens: &Cairn, calls: &Cairn) {
    let (waiting, address) = Waiting::listening(listens, &[]);
    calls.done(&["sync", "--peer", &address]);
    assert_eq!(waiting.end().code, 0);
}

/// A person whose nurse has one of two goals.
fn shared() -> (Cairn, Cairn) {
    let (phone, nurse) = (Cairn::person("Mary Bell"), Cairn::staff("Anne Okoro"));
    phone.done(&["goal", "add", "Walk to the shop"]);
    links::join(&phone, &nurse);
    phone.done(&["goal", "add", "Sleep better"]);
    (phone, nurse)
}

#[test]
fn before_anything_is_erased_an_export_is_offered_and_what_was_never_sent_is_listed() {
    let (phone, _) = shared();
    let alone = Cairn::person("Joe Bell");
    alone.done(&["goal", "add", "Sleep better"]);
    for home in [&phone, &alone] {
        home.refused(&["erase"], 2, "usage");
        let told: Value = serde_json::from_str(&home.run(&["--json", "erase"]).err).unwrap();
        let only_here = &told["error"]["never_sent"];
        assert_eq!(only_here.as_array().unwrap().len(), 1, "{told}");
        assert_eq!(only_here[0]["words"], "Sleep better");
        assert_eq!(only_here[0]["noun"], "goal");
        let said = home.run(&["erase"]);
        assert_eq!((said.code, said.out.as_str()), (2, ""));
        for part in ["cairn export json", "--yes", "Sleep better", "device: 1"] {
            assert!(said.err.contains(part), "{part}: {}", said.err);
        }
        assert!(!said.err.contains("Walk to the shop"), "{}", said.err);
        assert_eq!(home.done(&["goal", "list"])[0]["state"], "active");
    }
    let erased = alone.run(&["erase", "--yes"]);
    assert_eq!(erased.code, 0, "{}", erased.err);
    assert!(erased.out.contains("Sleep better"), "{}", erased.out);
    Cairn::anywhere().refused(&["erase"], 2, "usage");
}

#[test]
fn a_home_that_waits_to_tell_others_says_that_its_record_was_erased_and_what_to_do() {
    let (phone, nurse) = shared();
    let erased = phone.done(&["erase", "--yes"]);
    assert_eq!(erased["never_sent"][0]["words"], "Sleep better");
    let id = erased["id"].as_str().unwrap();
    for command in [
        &["goal", "list"][..],
        &["today"],
        &["status"],
        &["circle", "show"],
        &["goal", "add", "Anew"],
        &["--person", id, "goal", "list"],
    ] {
        phone.refused(command, 2, "unknown_id");
        let said = phone.run(command).err;
        for part in ["was erased", "Sync with each", "cairn erase --yes"] {
            assert!(said.contains(part), "{command:?}: {said}");
        }
    }
    let said = phone.run(&["--lang", "cy", "today"]).err;
    assert!(said.contains("ei ddileu"), "{said}");
    phone.refused(&["erase"], 2, "usage");
    let said = phone.run(&["erase"]).err;
    assert!(said.contains("was erased"), "{said}");
    sync(&nurse, &phone);
    assert_eq!(
        nurse.done(&["people"]),
        json!([{"id": id, "name": null, "access": "ended", "erased": true}])
    );
    // At the nurse's, an id that is not there is just that.
    let said = nurse.run(&["goal", "show", "zzzz"]).err;
    assert!(said.contains("Nothing here has that code"), "{said}");
    assert_eq!(phone.done(&["erase", "--yes"])["erased"], true);
    assert!(!phone.folder().join("vault.db").exists());
}

#[test]
fn of_a_home_that_cannot_be_opened_nobody_says_that_nothing_was_only_there() {
    let home = Cairn::person("Mary Bell");
    home.done(&["goal", "add", "Sleep better"]);
    std::fs::write(home.folder().join("device.key"), [7; 32]).unwrap();
    let first = home.run(&["erase"]);
    assert_eq!(first.code, 2, "{}", first.err);
    assert!(
        first.err.contains("cannot tell what is only on"),
        "{}",
        first.err
    );
    assert!(!first.err.contains(": 0"), "{}", first.err);
    let erased = home.done(&["erase", "--yes"]);
    assert_eq!(erased["never_sent"], Value::Null);
    assert!(!home.folder().join("vault.db").exists());
}
