//! What was taken back counts nowhere, what has ended asks for nothing, and another's pen makes no words one's own.

mod support;

use cairn_core::plan::{self, agree::Agreeing};
use cairn_core::rating::Rating;
use cairn_core::record::{Acting, Noun};
use cairn_core::store::Scope;
use cairn_core::{follow_up, goal, id::Id, log, withdrawal};
use support::Home;

/// A home with an agreed plan for every day, on 2 March 2026.
fn agreed() -> (Home, Id) {
    let mut home = Home::new("Tom Avery", "Europe/London");
    home.at("2026-03-02T19:00:00Z");
    let cook = home
        .act(|acts| goal::add(acts, "Cook a proper dinner", None, None))
        .unwrap();
    let answers = plan::Answers {
        what: Some("Chop".into()),
        often: Some("every day".into()),
        ..Default::default()
    };
    let chop = home.act(|acts| plan::new(acts, &cook, &answers)).unwrap();
    let agreeing = Agreeing {
        follow_up: Some("2026-03-13".into()),
        channel: Some("phone".into()),
        anyway: Some("I want to".into()),
        ..Default::default()
    };
    home.act(|acts| plan::agree::agree(acts, &chop, &agreeing))
        .unwrap();
    (home, chop)
}

#[test]
fn a_withdrawn_entry_is_not_counted_and_a_restored_one_is() {
    let (mut home, chop) = agreed();
    let did = log::Saying {
        did: Some("did".into()),
        ..Default::default()
    };
    let entry = home.log(&chop, &did).unwrap();
    let done = |home: &Home| home.today()["planned"][0]["this_week"]["done"].clone();
    assert_eq!(done(&home), 1);
    home.act_on_all(|acts| withdrawal::withdraw(acts, Noun::Entry, &entry))
        .unwrap();
    assert_eq!(done(&home), 0);
    assert_eq!(home.today()["planned"][0]["state"], "to_do");
    home.act_on_all(|acts| withdrawal::restore(acts, &entry))
        .unwrap();
    assert_eq!(done(&home), 1);
}

#[test]
fn a_draft_ends_with_its_goal_and_stays_ended_when_the_goal_is_taken_up_again() {
    let mut home = Home::new("Tom Avery", "Europe/London");
    let goal = home
        .act(|acts| goal::add(acts, "Get about", None, None))
        .unwrap();
    let begin = |home: &mut Home| {
        let answers = plan::Answers {
            what: Some("Walk to the gate".into()),
            ..Default::default()
        };
        home.act(|acts| plan::new(acts, &goal, &answers)).unwrap()
    };
    let draft = begin(&mut home);
    home.act(|acts| goal::set_aside(acts, &goal, "Not now"))
        .unwrap();
    home.act(|acts| goal::resume(acts, &goal)).unwrap();
    let next = begin(&mut home);
    let record = home.record();
    let state = |plan| {
        let plan = record.get(Noun::Plan, plan).unwrap();
        plan::state::state(&record, plan, home.day())
    };
    assert_eq!((state(&draft), state(&next)), ("ended", "draft"));
    let rated = home.act(|acts| plan::rate(acts, &draft, &Rating::Number(9), None));
    assert_eq!(rated, Err(plan::OVER));
}

#[test]
fn the_follow_up_of_a_stopped_plan_is_no_longer_needed() {
    let (mut home, chop) = agreed();
    let state = |home: &Home| {
        let record = home.record();
        follow_up::state(&record, follow_up::of(&record, &chop)[0], home.day())
    };
    assert_eq!(state(&home), "waiting");
    home.act(|acts| plan::stop(acts, &chop, "Another time"))
        .unwrap();
    assert_eq!(state(&home), "no_longer_needed");
    home.at("2026-03-20T19:00:00Z");
    assert_eq!(state(&home), "no_longer_needed", "also after its day");
}

#[test]
fn what_is_written_for_the_person_is_not_their_own_on_whatever_device() {
    let (mut home, chop) = agreed();
    let when = |when: &str| plan::Answers {
        when: Some(when.into()),
        ..Default::default()
    };
    // A second device of the person, on which somebody wrote the person's words down, later than they did.
    let mut shared = home.fork("Tom Avery", "person", 2);
    shared.now = home.now;
    home.act(|acts| plan::edit(acts, &chop, &when("in the morning")))
        .unwrap();
    for text in ["at noon", "at night"] {
        let acting = Acting {
            for_person: true,
            ..Acting::at(shared.now)
        };
        shared
            .vault
            .act(&shared.circle, &Scope::All, acting, |acts| {
                plan::edit(acts, &chop, &when(text))
            })
            .unwrap();
    }
    home.meet(&mut shared);
    for home in [&home, &shared] {
        assert_eq!(home.plan(&chop)["when"], "in the morning");
    }
}
