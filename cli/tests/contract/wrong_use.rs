//! What is refused with exit 2.

use crate::support::Cairn;

#[test]
fn what_is_out_of_range_not_a_date_or_not_understood_is_wrong_use_with_2() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better"]);
    home.refused(
        &["goal", "rate", &goal, "--confidence", "11"],
        2,
        "out_of_range",
    );
    home.refused(
        &["goal", "rate", &goal, "--confidence", "-1"],
        2,
        "out_of_range",
    );
    home.refused(
        &[
            "plan",
            "new",
            &goal,
            "--what",
            "x",
            "--often",
            "now and then",
        ],
        2,
        "often_not_understood",
    );
    home.refused(
        &["plan", "new", &goal, "--what", "x", "--from", "2026-02-30"],
        2,
        "bad_date",
    );
    home.refused(&["goal", "show", "zzzz"], 2, "unknown_id");
    home.refused(&["goal", "add", "   "], 2, "empty");
    home.refused(&["goal", "add", &"x".repeat(100_001)], 2, "too_long");
    home.refused(&["no-such-command"], 2, "usage");
}
