//! The pages of the first screens, through the border: details of a log, another day, rest, and the offer.

mod support;

use cairn_bindings::Record;
use cairn_core::error::Error;
use cairn_core::id::Id;
use cairn_core::log::Saying;
use cairn_core::plan::Answers;
use cairn_core::plan::agree::Agreeing;
use cairn_core::words::Lang;
use support::phone;

fn plan(record: &Record, what: &str, often: &str) -> Id {
    let goal = record.goal_add("Get out more".into(), None, None).unwrap();
    let answers = Answers {
        what: Some(what.into()),
        often: Some(often.into()),
        ..Answers::default()
    };
    let plan = record.plan_new(goal, answers).unwrap();
    record.plan_rate(plan.clone(), "very".into(), None).unwrap();
    let agreeing = Agreeing {
        follow_up: Some("2026-03-27".into()),
        channel: Some("phone".into()),
        ..Agreeing::default()
    };
    record.plan_agree(plan, agreeing).unwrap()
}

#[test]
fn the_details_have_a_scale_with_words_and_reasons_only_where_something_was_left_out() {
    let phone = phone(Lang::En);
    let record = phone.profile.own().unwrap();
    let walk = plan(&record, "Walk", "every day");
    let done = record
        .log_page(walk.clone(), None, Some("did".into()))
        .unwrap();
    assert_eq!(done.on_words, "Today, Monday 16 March 2026");
    assert!(done.reasons.is_empty());
    assert_eq!(done.felt.len(), 11);
    assert_eq!(done.felt[7].spoken, "7 out of 10, went well");
    let bands: Vec<_> = done
        .felt
        .iter()
        .filter_map(|cell| cell.band.as_deref())
        .collect();
    assert_eq!(bands, ["Very hard", "Hard", "OK", "Went well"]);
    assert!(done.help.contains("999"));

    let could_not = record
        .log_page(walk, None, Some("could_not".into()))
        .unwrap();
    let rests: Vec<_> = could_not
        .reasons
        .iter()
        .filter(|reason| reason.offer_rest.is_some())
        .map(|reason| reason.why.as_str())
        .collect();
    assert_eq!(rests, ["unwell", "flare", "hospital"]);
}

#[test]
fn correcting_shows_what_was_there_before_and_keeps_both() {
    let phone = phone(Lang::En);
    let record = phone.profile.own().unwrap();
    let walk = plan(&record, "Walk", "every day");
    let first = Saying {
        did: Some("did".into()),
        note: Some("Sunny".into()),
        ..Saying::default()
    };
    let entry = record.log(walk, first).unwrap();
    let second = Saying {
        did: Some("part".into()),
        felt: Some(5),
        ..Saying::default()
    };
    let corrected = record.log_correct(entry, second).unwrap();
    let page = record.correct_page(corrected).unwrap();
    assert_eq!(page.did.as_deref(), Some("part"));
    assert_eq!(page.note.as_deref(), Some("Sunny"));
    assert!(page.felt[5].chosen);
    let versions: Vec<_> = page
        .corrects
        .iter()
        .map(|version| version.words.as_str())
        .collect();
    assert_eq!(
        versions,
        [
            "Saved. Did part, Monday 16 March 2026 at 09:00.",
            "Saved. Did it, Monday 16 March 2026 at 09:00."
        ]
    );
    assert_eq!(page.corrects[0].details, ["5 out of 10, OK", "Sunny"]);
    assert_eq!(
        page.corrects_words.as_deref(),
        Some("What you wrote before is kept too.")
    );
}

#[test]
fn another_day_lists_14_days_in_words_with_what_is_written() {
    let phone = phone(Lang::En);
    let record = phone.profile.own().unwrap();
    let walk = plan(&record, "Walk", "every day");
    plan(&record, "Chop", "every day");
    phone.clock.set("2026-03-17T09:00");
    let yesterday = Saying {
        did: Some("tried".into()),
        on: Some("2026-03-15".into()),
        ..Saying::default()
    };
    record.log(walk.clone(), yesterday).unwrap();
    let page = record.log_day_page(None).unwrap();
    assert_eq!(page.plans.len(), 2);
    assert!(page.plans[0].chosen);
    assert_eq!(page.days.len(), 14);
    assert_eq!(
        page.days[0].words,
        "Yesterday, Monday 16 March 2026, nothing written"
    );
    assert_eq!(page.days[1].words, "Sunday 15 March 2026, Tried");
    assert_eq!(page.days[1].did.as_deref(), Some("tried"));
    assert_eq!(page.answers[0].spoken, "Did it. Walk.");
    assert_eq!(
        record.log_day_page(Some(Id::read("none"))),
        Err(Error::UnknownId)
    );
}

#[test]
fn a_rest_over_all_plans_is_one_act_and_one_line_until_it_is_started_again() {
    let phone = phone(Lang::En);
    let record = phone.profile.own().unwrap();
    plan(&record, "Walk", "every day");
    plan(&record, "Chop", "every day");
    let page = record.rest_page(None).unwrap();
    assert_eq!(page.all_plans.as_deref(), Some("All my plans"));
    let until: Vec<_> = page
        .until_choices
        .iter()
        .map(|choice| choice.words.as_str())
        .collect();
    assert_eq!(
        until,
        [
            "3 days, until Wednesday 18 March 2026",
            "1 week, until Sunday 22 March 2026",
            "I am not sure yet",
            "Another day"
        ]
    );
    let last = page.until_choices[1].until.unwrap().to_string();
    assert_eq!(
        record.rest("flare".into(), None, Some(last)).unwrap().len(),
        2
    );
    let today = record.today().unwrap();
    assert_eq!(
        today.page.paused.unwrap().words,
        "Resting until 22 March 2026"
    );
    assert!(
        today
            .cards
            .iter()
            .all(|card| card.answers.is_empty() && card.resting.is_some())
    );
    assert_eq!(record.start_again().unwrap().len(), 2);
    let today = record.today().unwrap();
    assert_eq!(today.page.paused, None);
    assert_eq!(today.cards[0].answers.len(), 5);
}

#[test]
fn two_planned_times_that_did_not_happen_are_a_question_that_can_be_put_off() {
    let phone = phone(Lang::En);
    let record = phone.profile.own().unwrap();
    let walk = plan(&record, "Walk", "every day");
    assert_eq!(record.offer_page(walk.clone()), Err(Error::UnknownId));
    phone.clock.set("2026-03-19T09:00");
    assert_eq!(record.today().unwrap().offers[0].plan, walk);
    let offer = record.offer_page(walk.clone()).unwrap();
    assert!(
        offer
            .words
            .starts_with("The last 2 planned times did not happen.")
    );
    assert_eq!(
        offer.days,
        ["Tuesday 17 March 2026", "Wednesday 18 March 2026"]
    );
    record.offer_later(walk.clone(), None).unwrap();
    assert!(record.today().unwrap().offers.is_empty());
    assert_eq!(record.offer_page(walk), Err(Error::UnknownId));
}

#[test]
fn needs_are_flagged_on_every_page_in_words() {
    let phone = phone(Lang::En);
    let record = phone.profile.own().unwrap();
    record.need_add("text_only".into()).unwrap();
    record.need_add("Sit on my left".into()).unwrap();
    let needs = record.today().unwrap().page.needs;
    let words: Vec<_> = needs.iter().map(|need| need.words.as_str()).collect();
    assert_eq!(words, ["Contact by text only", "Sit on my left"]);
    assert_eq!(record.rest_page(None).unwrap().page.needs, needs);
}

#[test]
fn a_reminder_says_nothing_of_the_plan_and_offers_3_answers() {
    let phone = phone(Lang::En);
    let record = phone.profile.own().unwrap();
    let walk = plan(&record, "Walk", "every day");
    let reminders = record.reminders().unwrap();
    assert_eq!(reminders.len(), 15);
    assert_eq!(reminders[0].plan, walk);
    assert_eq!(reminders[0].on, "2026-03-16");
    assert_eq!(reminders[0].words, "Mary, it is time for your plan.");
    let answers = reminders[0].answers.iter();
    let spoken: Vec<_> = answers.map(|answer| answer.spoken.as_str()).collect();
    assert_eq!(spoken, ["Did it.", "Did part.", "Could not."]);
}
