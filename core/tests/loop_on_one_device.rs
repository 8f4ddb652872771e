//! One person, one device, a real encrypted file: from a goal to the next plan.

mod support;

use cairn_core::plan::{self, agree::Agreeing};
use cairn_core::rating::{Kind, Rating};
use cairn_core::store::Scope;
use cairn_core::{Error, follow_up, goal, log, view};
use support::Home;

#[test]
fn a_plan_below_7_is_agreed_after_a_smaller_step_is_rated_8() {
    let mut home = Home::new("Tom Avery", "Europe/London");
    home.at("2026-03-02T19:05:00Z");
    let cook = home
        .act(|acts| goal::add(acts, "Cook a proper dinner", Some(8), Some(6)))
        .unwrap();
    let what = plan::Answers {
        what: Some("Chop for 10 minutes".into()),
        often: Some("every other day".into()),
        ..Default::default()
    };
    let chop = home.act(|acts| plan::new(acts, &cook, &what)).unwrap();
    let agreeing = Agreeing {
        follow_up: Some("2026-03-13".into()),
        channel: Some("text".into()),
        ..Default::default()
    };
    assert_eq!(
        home.act(|acts| plan::agree::agree(acts, &chop, &agreeing)),
        Err(Error::ConfidenceMissing)
    );
    home.act(|acts| plan::rate(acts, &chop, &Rating::Number(5), None))
        .unwrap();
    assert_eq!(
        home.act(|acts| plan::agree::agree(acts, &chop, &agreeing)),
        Err(Error::ConfidenceBelow7)
    );
    home.act(|acts| plan::smaller(acts, &chop, "time", "Chop for 5 minutes"))
        .unwrap();
    home.act(|acts| plan::rate(acts, &chop, &Rating::Number(8), None))
        .unwrap();
    let late = Agreeing {
        follow_up: Some("2026-03-17".into()),
        ..agreeing.clone()
    };
    assert_eq!(
        home.act(|acts| plan::agree::agree(acts, &chop, &late)),
        Err(Error::FollowUpTooLate)
    );
    home.act(|acts| plan::agree::agree(acts, &chop, &agreeing))
        .unwrap();

    home.at("2026-03-02T20:00:00Z");
    let today = home.today();
    assert_eq!(today["planned"][0]["state"], "to_do");
    let shown = home.plan(&chop);
    assert_eq!(shown["what"], "Chop for 5 minutes");
    assert_eq!(shown["way_out"], "smaller");
    assert_eq!(shown["state"], "agreed");

    let saying = log::Saying {
        did: Some("did".into()),
        felt: Some(7),
        ..Default::default()
    };
    let entry = home.log(&chop, &saying).unwrap();
    home.act_on_all(|acts| {
        log::correct(
            acts,
            &entry,
            &log::Saying {
                did: Some("part".into()),
                ..Default::default()
            },
        )
    })
    .unwrap();
    assert_eq!(home.today()["planned"][0]["state"], "done");
    let record = home.everything();
    let entries = log::list(&record, None);
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].2.did.as_str(), "part");
    assert_eq!(entries[0].2.felt, Some(7));
    assert!(home.vault.verify().unwrap().ok);
}

#[test]
fn importance_and_then_another_wording_open_the_gate_and_so_do_the_persons_own_words() {
    let mut home = Home::new("Tom Avery", "Europe/London");
    home.at("2026-03-02T19:05:00Z");
    let goal = home
        .act(|acts| goal::add(acts, "Sleep", None, None))
        .unwrap();
    let what = plan::Answers {
        what: Some("Screens off".into()),
        ..Default::default()
    };
    let agreeing = Agreeing {
        follow_up: Some("2026-03-16".into()),
        channel: Some("phone".into()),
        ..Default::default()
    };
    let first = home.act(|acts| plan::new(acts, &goal, &what)).unwrap();
    home.act(|acts| plan::rate(acts, &first, &Rating::Number(6), None))
        .unwrap();
    home.act(|acts| goal::reword(acts, &goal, "Sleep a bit"))
        .unwrap();
    home.act(|acts| goal::rate(acts, &goal, Kind::Importance, &Rating::Number(9), None))
        .unwrap();
    assert_eq!(
        home.act(|acts| plan::agree::agree(acts, &first, &agreeing)),
        Err(Error::ConfidenceBelow7)
    );
    home.act(|acts| goal::reword(acts, &goal, "Sleep better"))
        .unwrap();
    home.act(|acts| plan::agree::agree(acts, &first, &agreeing))
        .unwrap();
    assert_eq!(home.plan(&first)["way_out"], "goal_changed");
    assert_eq!(
        home.act(|acts| plan::agree::agree(acts, &first, &agreeing)),
        Err(Error::AlreadyAgreed)
    );

    let second = home.act(|acts| plan::new(acts, &goal, &what)).unwrap();
    let anyway = Agreeing {
        anyway: Some("I want to do it anyway".into()),
        ..agreeing
    };
    home.act(|acts| plan::agree::agree(acts, &second, &anyway))
        .unwrap();
    assert_eq!(home.plan(&second)["way_out"], "anyway");
    let goals = home.record();
    let goal = goals.find(cairn_core::record::Noun::Goal, &goal).unwrap();
    assert_eq!(
        goal::show(&goals, goal)["earlier_words"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn a_follow_up_recorded_twice_is_one_and_unlike_nexts_made_apart_disagree() {
    let mut mary = Home::new("Mary Bell", "Europe/London");
    mary.at("2026-03-16T10:00:00Z");
    let goal = mary
        .act(|acts| goal::add(acts, "Walk to the shop", None, None))
        .unwrap();
    let what = plan::Answers {
        what: Some("Walk to the bench".into()),
        often: Some("3 times a week".into()),
        ..Default::default()
    };
    let walk = mary.act(|acts| plan::new(acts, &goal, &what)).unwrap();
    mary.act(|acts| plan::rate(acts, &walk, &Rating::parse("very").unwrap(), None))
        .unwrap();
    let agreeing = Agreeing {
        follow_up: Some("2026-03-27".into()),
        channel: Some("phone".into()),
        ..Default::default()
    };
    mary.act(|acts| plan::agree::agree(acts, &walk, &agreeing))
        .unwrap();
    let mut anne = mary.fork("Anne Okoro", "nurse", 7);

    mary.at("2026-03-27T14:00:00Z");
    anne.at("2026-03-27T13:00:00Z");
    let record = mary.record();
    let call = follow_up::of(&record, &walk)[0].id.clone();
    let recording = |next: &str| follow_up::Recording {
        channel: Some("phone".into()),
        next: Some(next.into()),
        ..Default::default()
    };
    mary.act(|acts| follow_up::record(acts, &call, &recording("keep")))
        .unwrap();
    anne.act(|acts| follow_up::record(acts, &call, &recording("change")))
        .unwrap();
    let often = |often: &str| plan::Answers {
        often: Some(often.into()),
        ..Default::default()
    };
    mary.act(|acts| plan::edit(acts, &walk, &often("4 times a week")))
        .unwrap();
    anne.act(|acts| plan::edit(acts, &walk, &often("2 times a week")))
        .unwrap();
    mary.meet(&mut anne);

    for home in [&mary, &anne] {
        let record = home.record();
        assert_eq!(follow_up::of(&record, &walk).len(), 1);
        let list = view::disagreement::list(&record);
        assert_eq!(list.as_array().unwrap().len(), 2, "{list}");
        assert_eq!(
            home.plan(&walk)["often"],
            "4 times a week",
            "the person's own answer is shown"
        );
    }
    assert_eq!(mary.fingerprint(), anne.fingerprint());
    let settled = view::disagreement::all(&anne.record())
        .into_iter()
        .find(|(_, _, f, _)| f == "often")
        .unwrap()
        .0;
    assert_eq!(
        anne.act(|acts| view::disagreement::settle(acts, &settled, "9 times a week")),
        Err(Error::NotAnAnswer)
    );
    anne.act(|acts| view::disagreement::settle(acts, &settled, "2 times a week"))
        .unwrap();
    mary.meet(&mut anne);
    assert_eq!(mary.plan(&walk)["often"], "2 times a week");
    assert_eq!(
        view::disagreement::list(&mary.record())
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert!(mary.vault.verify().unwrap().ok && anne.vault.verify().unwrap().ok);
}

#[test]
fn reopening_finds_everything_and_raises_no_alarm() {
    let mut home = Home::new("Tom Avery", "Europe/London");
    home.at("2026-03-02T19:05:00Z");
    let goal = home
        .act(|acts| goal::add(acts, "Sleep", Some(3), None))
        .unwrap();
    let before = home.fingerprint();
    home.reopen().unwrap();
    assert_eq!(home.vault.notice(), None);
    assert_eq!(home.fingerprint(), before);
    assert!(
        home.record()
            .find(cairn_core::record::Noun::Goal, &goal)
            .is_ok()
    );
    assert_eq!(
        home.vault
            .record(&home.circle, &Scope::Live)
            .unwrap()
            .things(cairn_core::record::Noun::Goal)
            .len(),
        0
    );
}

#[test]
fn the_day_of_pausing_is_paused_and_the_day_of_resuming_is_not() {
    let mut home = Home::new("Tom Avery", "Europe/London");
    home.at("2026-03-02T19:05:00Z");
    let goal = home
        .act(|acts| goal::add(acts, "Sleep", None, None))
        .unwrap();
    let what = plan::Answers {
        what: Some("Screens off".into()),
        often: Some("every day".into()),
        ..Default::default()
    };
    let screens = home.act(|acts| plan::new(acts, &goal, &what)).unwrap();
    home.act(|acts| plan::rate(acts, &screens, &Rating::Number(9), None))
        .unwrap();
    let agreeing = Agreeing {
        follow_up: Some("2026-03-16".into()),
        channel: Some("text".into()),
        ..Default::default()
    };
    home.act(|acts| plan::agree::agree(acts, &screens, &agreeing))
        .unwrap();
    home.at("2026-03-04T09:00:00Z");
    home.act(|acts| plan::pause::rest(acts, "flare", None, Some("2026-03-10")))
        .unwrap();
    assert_eq!(home.today()["planned"][0]["state"], "paused");
    home.at("2026-03-07T09:00:00Z");
    assert_eq!(home.plan(&screens)["state"], "paused");
    home.act(|acts| plan::pause::resume(acts, &screens))
        .unwrap();
    assert_eq!(home.today()["planned"][0]["state"], "to_do");
    assert_eq!(home.plan(&screens)["state"], "agreed");
    home.at("2026-03-06T09:00:00Z");
    assert_eq!(home.today()["planned"][0]["state"], "paused");
}
