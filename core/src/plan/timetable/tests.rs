//! Days, weeks and states, with invented plans. 2 March 2026 is a Monday.

use super::*;
use crate::log::answer::{Did, Why};

pub(super) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

pub(super) fn plan(often: &str, from: NaiveDate) -> Timetable {
    let often = Some(Often::parse(often).unwrap());
    Timetable {
        from,
        last: None,
        ended: None,
        often: vec![OftenSpan { from, often }],
        pauses: Vec::new(),
    }
}

pub(super) fn paused(mut plan: Timetable, from: NaiveDate, until: Option<NaiveDate>) -> Timetable {
    plan.pauses.push(PausedSpan { from, until });
    plan
}

pub(super) fn edited(mut plan: Timetable, from: NaiveDate, often: &str) -> Timetable {
    let often = Some(Often::parse(often).unwrap());
    plan.often.push(OftenSpan { from, often });
    plan
}

pub(super) fn said(on: NaiveDate, did: Did) -> DayAnswer {
    DayAnswer { on, did, why: None }
}

pub(super) fn could_not(on: NaiveDate, why: Why) -> DayAnswer {
    DayAnswer {
        on,
        did: Did::CouldNot,
        why: Some(why),
    }
}

fn counts(week: WeekCount) -> (u32, u32) {
    (week.done, week.wanted)
}

#[test]
fn alone_every_other_day_is_planned_from_its_first_day() {
    let mut chop = plan("every other day", day(3, 3));
    chop.last = Some(day(3, 17));
    let mut answers = Vec::new();
    assert_eq!(chop.state_on(day(3, 3), &answers), Some(DayState::ToDo));
    answers.push(said(day(3, 3), Did::Did));
    assert_eq!(chop.state_on(day(3, 3), &answers), Some(DayState::Done));
    assert_eq!(chop.state_on(day(3, 4), &answers), None);
    answers.push(said(day(3, 5), Did::Part));
    let chop = paused(chop, day(3, 7), Some(day(3, 12)));
    assert_eq!(chop.state_on(day(3, 11), &answers), Some(DayState::Paused));
    assert_eq!(chop.missed_twice(day(3, 11), &answers), None);
    assert_eq!(chop.state_on(day(3, 13), &answers), Some(DayState::ToDo));
    // 3 and 5 March; the 7th is paused.
    assert_eq!(counts(chop.week(day(3, 5), &answers)), (2, 2));
    // Of 9, 11, 13 and 15 March the first 2 are paused: pauses do not shift the days.
    assert_eq!(counts(chop.week(day(3, 12), &answers)), (0, 2));
    assert_eq!(chop.week(day(3, 12), &answers).paused_days, 4);
}

#[test]
fn alone_a_replaced_plan_counts_no_more() {
    let mut chop = paused(
        plan("every other day", day(3, 3)),
        day(3, 7),
        Some(day(3, 12)),
    );
    chop.ended = Some(day(3, 13));
    assert_eq!(chop.state_on(day(3, 13), &[]), None);
    assert_eq!(chop.week(day(3, 13), &[]).wanted, 0);
    let answered = [said(day(3, 13), Did::Did)];
    assert_eq!(counts(chop.week(day(3, 13), &answered)), (1, 1));
    assert_eq!(chop.missed_twice(day(3, 20), &[]), None);
}

#[test]
fn alone_three_times_a_week_reaches_two_of_three() {
    let perch = plan("3 times a week", day(3, 14));
    let answers = [said(day(3, 16), Did::Part), said(day(3, 18), Did::Did)];
    assert_eq!(perch.state_on(day(3, 18), &answers), Some(DayState::Done));
    assert_eq!(counts(perch.week(day(3, 18), &answers)), (2, 3));
    // Saturday and Sunday are the first week's only days.
    assert_eq!(perch.week(day(3, 14), &answers).wanted, 2);
}

#[test]
fn shop_a_pause_is_shown_and_the_running_week_uses_the_newest_answer() {
    let bench = plan("3 times a week", day(3, 17));
    let answers = [said(day(3, 17), Did::Did), said(day(3, 19), Did::Part)];
    assert_eq!(counts(bench.week(day(3, 19), &answers)), (2, 3));
    let bench = paused(bench, day(3, 20), Some(day(3, 25)));
    assert_eq!(bench.state_on(day(3, 23), &answers), Some(DayState::Paused));
    assert_eq!(counts(bench.week(day(3, 20), &answers)), (2, 3));
    let bench = edited(bench, day(3, 26), "4 times a week");
    assert_eq!(counts(bench.week(day(3, 27), &answers)), (0, 4));
    assert_eq!(counts(bench.week(day(3, 19), &answers)), (2, 3));
}

#[test]
fn weeks_run_monday_to_sunday() {
    let walk = plan("every day", day(3, 1));
    assert_eq!(walk.week(day(3, 1), &[]).from, day(2, 23));
    assert_eq!(walk.week(day(3, 1), &[]).wanted, 1);
    assert_eq!(walk.week(day(3, 2), &[]).from, day(3, 2));
    assert_eq!(walk.week(day(3, 8), &[]).from, day(3, 2));
    assert_eq!(walk.week(day(3, 8), &[]).wanted, 7);
}

#[test]
fn nothing_is_wanted_before_the_first_or_after_the_last_day() {
    let mut walk = plan("every day", day(3, 4));
    walk.last = Some(day(3, 6));
    assert_eq!(walk.week(day(3, 4), &[]).wanted, 3);
    assert!(
        !walk.planned_on(day(3, 3)) && walk.planned_on(day(3, 6)) && !walk.planned_on(day(3, 7))
    );
    assert_eq!(walk.week(day(3, 9), &[]).wanted, 0);
    // What was done on other days still counts as done.
    let early = [said(day(3, 2), Did::Did), said(day(3, 8), Did::Did)];
    assert_eq!(counts(walk.week(day(3, 4), &early)), (2, 3));
}

#[test]
fn an_excused_day_is_not_wanted_and_rests_today() {
    let walk = plan("every day", day(3, 2));
    for why in [Why::Unwell, Why::Flare, Why::Hospital, Why::Away] {
        let answers = [could_not(day(3, 3), why)];
        assert_eq!(walk.week(day(3, 3), &answers).wanted, 6);
        assert_eq!(walk.state_on(day(3, 3), &answers), Some(DayState::Rested));
    }
    for why in [Why::Other, Why::Unknown(9)] {
        let answers = [could_not(day(3, 3), why)];
        assert_eq!(walk.week(day(3, 3), &answers).wanted, 7);
        assert_eq!(walk.state_on(day(3, 3), &answers), Some(DayState::ToDo));
    }
    let rested = [said(day(3, 3), Did::Rested)];
    assert_eq!(
        (
            walk.week(day(3, 3), &rested).wanted,
            walk.week(day(3, 3), &rested).rested
        ),
        (6, 1)
    );
    let both = [said(day(3, 3), Did::Rested), said(day(3, 3), Did::Part)];
    assert_eq!(counts(walk.week(day(3, 3), &both)), (1, 7));
    assert_eq!(walk.state_on(day(3, 3), &both), Some(DayState::Done));
}

#[test]
fn a_weekly_count_wants_no_more_than_the_days_that_count() {
    let walk = plan("5 times a week", day(3, 2));
    let rests: Vec<_> = (2..6).map(|date| said(day(3, date), Did::Rested)).collect();
    assert_eq!(walk.week(day(3, 2), &rests).wanted, 3);
    assert_eq!(walk.state_on(day(3, 5), &rests), Some(DayState::Rested));
}

#[test]
fn a_reached_week_is_done_on_every_day() {
    let walk = plan("twice a week", day(3, 2));
    let answers = [said(day(3, 2), Did::Did), said(day(3, 2), Did::Part)];
    assert_eq!(walk.state_on(day(3, 6), &answers), Some(DayState::Done));
    assert_eq!(walk.state_on(day(3, 9), &answers), Some(DayState::ToDo));
    let more = [answers.as_slice(), &[said(day(3, 7), Did::Did)]].concat();
    assert_eq!(counts(walk.week(day(3, 7), &more)), (3, 2));
}

#[test]
fn a_week_paused_from_end_to_end_is_paused_and_not_reached() {
    let walk = paused(plan("twice a week", day(3, 2)), day(3, 9), None);
    assert_eq!(walk.week(day(3, 10), &[]).wanted, 0);
    assert_eq!(walk.state_on(day(3, 10), &[]), Some(DayState::Paused));
    let rested = [said(day(3, 10), Did::Rested)];
    assert_eq!(walk.state_on(day(3, 10), &rested), Some(DayState::Rested));
}

#[test]
fn both_ends_of_a_pause_are_paused_and_two_pauses_both_hold() {
    let walk = paused(plan("every day", day(3, 2)), day(3, 3), Some(day(3, 4)));
    let walk = paused(walk, day(3, 4), Some(day(3, 6)));
    let state: Vec<bool> = (2..8).map(|date| walk.is_paused(day(3, date))).collect();
    assert_eq!(state, [false, true, true, true, true, false]);
    assert_eq!(walk.week(day(3, 2), &[]).wanted, 3);
    assert_eq!(walk.week(day(3, 2), &[]).paused_days, 4);
    let backwards = paused(plan("every day", day(3, 2)), day(3, 4), Some(day(3, 3)));
    assert_eq!(backwards.week(day(3, 2), &[]).wanted, 7);
}

#[test]
fn named_days_want_one_each_and_several_times_a_day_want_each() {
    assert_eq!(
        plan("every tuesday and friday", day(3, 2))
            .week(day(3, 2), &[])
            .wanted,
        2
    );
    assert_eq!(
        plan("every tuesday and friday", day(3, 4))
            .week(day(3, 4), &[])
            .wanted,
        1
    );
    let twice = plan("twice a day", day(3, 2));
    let answers = [said(day(3, 2), Did::Did), said(day(3, 3), Did::Rested)];
    assert_eq!(counts(twice.week(day(3, 2), &answers)), (1, 12));
    assert_eq!(twice.state_on(day(3, 2), &answers), Some(DayState::Done));
    assert_eq!(
        plan("every morning and evening", day(3, 2))
            .week(day(3, 2), &[])
            .wanted,
        14
    );
}

#[test]
fn once_by_friday_is_the_first_friday_on_or_after_the_start() {
    let call = plan("once by friday", day(3, 4));
    let planned: Vec<bool> = (3..8).map(|date| call.planned_on(day(3, date))).collect();
    assert_eq!(planned, [false, true, true, true, false]);
    assert_eq!(call.week(day(3, 4), &[]).wanted, 1);
    assert_eq!(call.week(day(3, 11), &[]).wanted, 0);
    assert_eq!(
        call.state_on(day(3, 6), &[said(day(3, 4), Did::Did)]),
        Some(DayState::Done)
    );
    let on_friday = plan("once by friday", day(3, 6));
    assert!(on_friday.planned_on(day(3, 6)) && !on_friday.planned_on(day(3, 7)));
    let over_the_weekend = plan("once by friday", day(3, 7));
    assert_eq!(over_the_weekend.week(day(3, 7), &[]).wanted, 0);
    assert_eq!(over_the_weekend.week(day(3, 9), &[]).wanted, 1);
    let changed = edited(plan("every day", day(3, 2)), day(3, 18), "once by friday");
    assert_eq!(changed.week(day(3, 18), &[]).wanted, 1);
    assert!(changed.planned_on(day(3, 20)) && !changed.planned_on(day(3, 21)));
}

#[test]
fn a_plan_that_says_no_often_is_shown_and_wants_nothing() {
    let mut walk = plan("every day", day(3, 2));
    walk.often = vec![OftenSpan {
        from: day(3, 2),
        often: None,
    }];
    assert_eq!(walk.state_on(day(3, 3), &[]), Some(DayState::ToDo));
    assert_eq!(
        counts(walk.week(day(3, 3), &[said(day(3, 3), Did::Did)])),
        (1, 0)
    );
    assert_eq!(walk.missed_twice(day(3, 30), &[]), None);
    assert_eq!(walk.next_planned(day(3, 2), day(3, 9)), []);
    walk.often.clear();
    assert_eq!(walk.state_on(day(3, 3), &[]), Some(DayState::ToDo));
}

#[test]
fn tried_and_rested_are_counted_apart() {
    let walk = plan("every day", day(3, 2));
    let answers = [
        said(day(3, 2), Did::Tried),
        said(day(3, 3), Did::Tried),
        said(day(3, 4), Did::Rested),
        said(day(3, 5), Did::Unknown(9)),
    ];
    let week = walk.week(day(3, 2), &answers);
    assert_eq!(
        (week.done, week.tried, week.rested, week.wanted),
        (0, 2, 1, 6)
    );
}

#[test]
fn all_weeks_run_from_the_first_to_the_running_or_last_one() {
    let mut walk = plan("every day", day(3, 4));
    let mondays = |walk: &Timetable, today, answers: &[DayAnswer]| -> Vec<NaiveDate> {
        walk.weeks(today, answers)
            .iter()
            .map(|week| week.from)
            .collect()
    };
    assert_eq!(
        mondays(&walk, day(3, 17), &[]),
        [day(3, 2), day(3, 9), day(3, 16)]
    );
    assert_eq!(mondays(&walk, day(3, 3), &[]), [day(3, 2)]);
    assert!(mondays(&walk, day(2, 27), &[]).is_empty());
    walk.last = Some(day(3, 12));
    assert_eq!(mondays(&walk, day(3, 30), &[]), [day(3, 2), day(3, 9)]);
    walk.ended = Some(day(3, 5));
    assert_eq!(mondays(&walk, day(3, 30), &[]), [day(3, 2)]);
    let outside = [said(day(2, 25), Did::Did), said(day(3, 10), Did::Did)];
    assert_eq!(
        mondays(&walk, day(3, 30), &outside),
        [day(2, 23), day(3, 2), day(3, 9)]
    );
    assert_eq!(
        plan("every day", NaiveDate::MIN)
            .weeks(day(3, 2), &[])
            .len(),
        520
    );
}

#[test]
fn days_to_be_reminded_of_are_planned_and_not_paused() {
    let walk = paused(
        plan("every tuesday and friday", day(3, 2)),
        day(3, 6),
        Some(day(3, 9)),
    );
    assert_eq!(
        walk.next_planned(day(3, 3), day(3, 17)),
        [day(3, 10), day(3, 13), day(3, 17)]
    );
    assert_eq!(
        plan("once by friday", day(3, 2)).next_planned(day(3, 2), day(3, 30)),
        [day(3, 6)]
    );
    assert_eq!(
        plan("3 times a week", day(3, 5)).next_planned(day(3, 2), day(3, 6)),
        [day(3, 5), day(3, 6)]
    );
    assert_eq!(
        plan("every day", day(3, 2))
            .next_planned(day(3, 1), NaiveDate::MAX)
            .len(),
        400
    );
}

#[test]
fn an_edit_from_a_wrong_clock_is_moved_between_its_neighbours() {
    let span = |from, often: &str| OftenSpan {
        from,
        often: Often::parse(often).ok(),
    };
    let far = NaiveDate::from_ymd_opt(2036, 3, 1).unwrap();
    let old = NaiveDate::from_ymd_opt(2016, 3, 1).unwrap();
    let settled = |days: &[NaiveDate]| -> Vec<NaiveDate> {
        let spans = days.iter().map(|from| span(*from, "every day")).collect();
        settle_spans(spans, day(3, 20))
            .iter()
            .map(|span| span.from)
            .collect()
    };
    assert_eq!(
        settled(&[day(3, 2), far, day(3, 12)]),
        [day(3, 2), day(3, 12), day(3, 12)]
    );
    assert_eq!(
        settled(&[day(3, 2), old, day(3, 12)]),
        [day(3, 2), day(3, 2), day(3, 12)]
    );
    let mut walk = plan("every day", day(3, 2));
    walk.often = settle_spans(
        vec![span(day(3, 2), "every day"), span(far, "twice a week")],
        day(3, 20),
    );
    assert_eq!(walk.week(day(3, 20), &[]).wanted, 2);
    assert_eq!(walk.week(day(3, 13), &[]).wanted, 7);
}
