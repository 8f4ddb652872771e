use super::*;
use crate::about_me::trial;
use crate::error::Error;
use crate::rating::Rating;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn kinds(record: &Record, on: u32) -> Vec<&'static str> {
    let week = Week::of(day(on), day(on));
    let lines = lines(record, &week, Words::default());
    lines.into_iter().map(|line| line.kind).collect()
}

#[test]
fn a_week_is_monday_to_sunday_and_is_not_seen_before_today_allows() {
    let running = Week::of(day(4), day(4));
    assert_eq!((running.from, running.seen), (day(2), day(4)));
    let gone = Week::of(day(4), day(20));
    assert_eq!((gone.from, gone.seen), (day(2), day(8)));
}

#[test]
fn a_new_goal_and_confidence_that_fell_are_lines_of_their_week_only() {
    let mut record = trial::record(trial::nurse());
    let goal = trial::act_at(&mut record, "2026-03-02T10:00:00Z", true, |acts| {
        crate::goal::add(acts, "Walk", None, Some(8))
    })
    .unwrap();
    assert_eq!(kinds(&record, 2), ["new_goal"]);
    trial::act_at(&mut record, "2026-03-10T10:00:00Z", true, |acts| {
        crate::goal::rate(acts, &goal, Kind::Confidence, &Rating::Number(5), None)
    })
    .unwrap();
    assert_eq!(kinds(&record, 10), ["confidence_fell"]);
    assert_eq!(kinds(&record, 17), [""; 0]);
}

#[test]
fn a_decision_needs_an_owner_who_is_there_and_a_day_to_come() {
    let mut record = trial::record(trial::nurse());
    let mut decided = |owner: &str, by: &str| {
        let deciding = Deciding {
            text: "Ring on Monday".into(),
            owner: Id::read(owner),
            by: by.into(),
        };
        trial::act(&mut record, |acts| {
            decide(acts, &Id::read("line"), &deciding)
        })
        .map(|_| ())
    };
    assert_eq!(decided("zzzz", "2026-03-09"), Err(Error::UnknownId));
    assert_eq!(decided("member-1", "2026-03-01"), Err(Error::BadDate));
    assert_eq!(decided("member-1", "2026-03-09"), Ok(()));
    let prompts = crate::prompt::list(&record, day(2), Words::default());
    assert!(prompts.iter().any(|prompt| prompt.kind == "decision"));
}
