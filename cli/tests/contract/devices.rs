//! The person's own devices.

use crate::support::Cairn;

#[test]
fn a_device_is_listed_and_shows_a_code_for_a_further_one() {
    let phone = Cairn::person("Mary Bell");
    let devices = phone.done(&["device", "list"]);
    assert_eq!(devices.as_array().unwrap().len(), 1);
    assert_eq!(devices[0]["this"], true);
    assert_eq!(devices[0]["state"], "present");
    assert_eq!(devices[0]["at"], "2026-03-02T19:00:00+00:00");
    let shown = phone.done(&["device", "add"]);
    assert_eq!(shown["expires"], "2026-03-02T20:00:00+00:00");
    let code = shown["code"].as_str().unwrap();
    let said = phone.run(&["device", "add"]).out;
    assert!(said.contains("cairn device join"), "{said}");
    // Nobody is at the table; a code that was mistyped is told apart from that.
    let other = Cairn::person("Mary");
    other.refused(&["device", "join", code], 5, "unreachable");
    let typed = format!("{}0", &code[..code.len() - 1]);
    other.refused(&["device", "join", &typed], 2, "usage");
}

#[test]
fn this_device_itself_is_not_lost_and_an_unknown_one_is_not_there() {
    let phone = Cairn::person("Mary Bell");
    let this = phone.id_of(&["device", "list"]);
    phone.refused(&["device", "lost", &this], 1, "not_an_answer");
    phone.refused(&["device", "lost", "zzzz"], 2, "unknown_id");
}
