//! Stories played on fresh devices.

use crate::support::{Cairn, journey};

#[test]
fn the_story_of_six_weeks_alone_goes_as_it_says() {
    let played = Cairn::anywhere().run(&["--json", "replay", &journey("alone.json")]);
    assert_eq!(played.code, 0, "{}", played.err);
    assert_eq!(played.json()["ok"], true);
    assert_eq!(played.json()["steps"], 34);
}

#[test]
fn the_story_of_a_person_and_a_nurse_without_signal_goes_as_it_says() {
    let played = Cairn::anywhere().run(&["--json", "replay", &journey("shop.json")]);
    assert_eq!(played.code, 0, "{}", played.json());
    assert_eq!(played.json()["steps"], 38);
}

#[test]
fn a_story_that_is_wrong_ends_with_1_and_names_the_step() {
    let played = Cairn::anywhere().run(&["--json", "replay", &journey("wrong.json")]);
    assert_eq!(played.code, 1);
    assert_eq!(played.json()["failed_step"], 5);
    let no_story = Cairn::anywhere().run(&["replay", "/dev/null"]);
    assert_eq!(no_story.code, 2);
}
