//! Plans: the gate, agreeing, editing.

use crate::support::Cairn;

#[test]
fn a_plan_under_7_a_late_check_in_and_advice_unasked_are_refused_with_1() {
    let home = Cairn::person("Tom Avery");
    let goal = home.id(&["goal", "add", "Sleep better"]);
    let plan = home.id(&["plan", "new", &goal, "--what", "Screens off at 10"]);
    let day = |days: u32| format!("2026-03-{:02}", 2 + days);
    home.refused(
        &[
            "plan",
            "agree",
            &plan,
            "--follow-up",
            &day(3),
            "--channel",
            "text",
        ],
        1,
        "confidence_missing",
    );
    home.done(&["plan", "rate", &plan, "6"]);
    home.refused(
        &[
            "plan",
            "agree",
            &plan,
            "--follow-up",
            &day(3),
            "--channel",
            "text",
        ],
        1,
        "confidence_below_7",
    );
    home.done(&["plan", "rate", &plan, "very"]);
    home.refused(&["plan", "agree", &plan], 1, "follow_up_missing");
    home.refused(
        &[
            "plan",
            "agree",
            &plan,
            "--follow-up",
            "2026-03-01",
            "--channel",
            "text",
        ],
        1,
        "follow_up_in_past",
    );
    home.refused(
        &[
            "plan",
            "agree",
            &plan,
            "--follow-up",
            &day(15),
            "--channel",
            "text",
        ],
        1,
        "follow_up_too_late",
    );
    home.done(&[
        "plan",
        "agree",
        &plan,
        "--follow-up",
        &day(14),
        "--channel",
        "text",
    ]);
    home.refused(
        &[
            "plan",
            "agree",
            &plan,
            "--follow-up",
            &day(3),
            "--channel",
            "text",
        ],
        1,
        "already_agreed",
    );
    let barrier = home.id(&["barrier", "add", &plan, "My phone is by the bed"]);
    home.refused(
        &["idea", "add", &barrier, "Buy a clock", "--offered"],
        1,
        "advice_not_asked",
    );
    home.refused(
        &["log", &plan, "did", "--on", "2026-03-03"],
        1,
        "date_in_future",
    );
}

#[test]
fn a_plan_taken_back_or_stopped_as_a_draft_is_not_agreed() {
    let home = Cairn::person("Tom Avery");
    let agree = |plan: &str| {
        let anyway = ["--anyway", "I want to"];
        let rest = ["--follow-up", "2026-03-05", "--channel", "text"];
        home.refused(
            &[&["plan", "agree", plan], &anyway[..], &rest[..]].concat(),
            1,
            "not_an_answer",
        );
    };
    let (_, taken_back) = home.plan("Walk to the gate", "8");
    home.done(&["plan", "withdraw", &taken_back]);
    agree(&taken_back);
    let (_, stopped) = home.plan("Walk to the shop", "8");
    home.done(&["plan", "stop", &stopped, "--why", "Too far"]);
    agree(&stopped);
}

#[test]
fn a_draft_ends_with_its_goal_and_is_neither_rated_nor_agreed_then() {
    for (end, more) in [("set-aside", &["--why", "Not now"][..]), ("achieve", &[])] {
        let home = Cairn::person("Tom Avery");
        let (goal, plan) = home.plan("Walk to the gate", "8");
        home.done(&[&["goal", end, &goal], more].concat());
        assert_eq!(home.done(&["plan", "show", &plan])["state"], "ended");
        home.refused(&["plan", "rate", &plan, "9"], 1, "not_an_answer");
        let agree = ["plan", "agree", &plan, "--follow-up", "2026-03-05"];
        home.refused(
            &[&agree[..], &["--channel", "text"]].concat(),
            1,
            "not_an_answer",
        );
        assert_eq!(home.done(&["today"])["planned"], serde_json::json!([]));
        let said = home.run(&["plan", "rate", &plan, "9"]).err;
        assert!(said.contains("has ended"), "{said}");
    }
}
