//! What got in the way, and ideas.

use crate::support::Cairn;

#[test]
fn an_idea_that_was_taken_back_counts_nowhere_until_it_is_brought_back() {
    let home = Cairn::person("Tom Avery");
    let (_, plan) = home.plan("Walk to the gate", "8");
    let barrier = home.id(&["barrier", "add", &plan, "It is cold"]);
    let coat = home.id(&["idea", "add", &barrier, "A coat"]);
    let hat = home.id(&["idea", "add", &barrier, "A hat"]);
    home.done(&["idea", "choose", &coat]);
    home.done(&["idea", "choose", &hat]);
    home.done(&["idea", "withdraw", &hat]);
    let shown = home.done(&["barrier", "show", &barrier]);
    assert_eq!(shown["state"], "trying");
    assert_eq!(shown["ideas"][0]["state"], "chosen");
    home.done(&["idea", "withdraw", &coat]);
    assert_eq!(home.done(&["barrier", "show", &barrier])["state"], "open");
    home.done(&["restore", &hat]);
    let shown = home.done(&["barrier", "show", &barrier]);
    assert_eq!(shown["state"], "trying");
    assert_eq!(shown["ideas"][0]["text"], "A hat");
    assert_eq!(shown["ideas"][0]["state"], "chosen");
}
