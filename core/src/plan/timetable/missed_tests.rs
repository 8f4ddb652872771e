//! When two planned times missed in a row make an offer, and what takes it away. 2 March 2026 is a Monday.

use super::tests::{could_not, day, edited, paused, plan, said};
use super::*;
use crate::log::answer::{Did, Why};

fn missed(first: u32, second: u32) -> Option<Missed> {
    Some(Missed {
        first: day(3, first),
        second: day(3, second),
    })
}

#[test]
fn two_days_in_a_row_without_an_entry_make_an_offer() {
    let walk = plan("every day", day(3, 2));
    assert_eq!(walk.missed_twice(day(3, 3), &[]), None);
    assert_eq!(walk.missed_twice(day(3, 4), &[]), missed(2, 3));
    assert_eq!(walk.missed_twice(day(3, 6), &[]), missed(4, 5));
}

#[test]
fn a_planned_day_is_not_missed_before_it_is_over() {
    let walk = plan("every tuesday and friday", day(3, 2));
    assert_eq!(walk.missed_twice(day(3, 6), &[]), None);
    assert_eq!(walk.missed_twice(day(3, 7), &[]), missed(3, 6));
    assert_eq!(walk.missed_twice(day(3, 9), &[]), missed(3, 6));
}

#[test]
fn could_not_for_another_reason_or_none_is_missed_and_other_answers_are_not() {
    let walk = plan("every day", day(3, 2));
    let other = [
        could_not(day(3, 2), Why::Other),
        said(day(3, 3), Did::CouldNot),
    ];
    assert_eq!(walk.missed_twice(day(3, 4), &other), missed(2, 3));
    for did in [
        Did::Did,
        Did::Part,
        Did::Tried,
        Did::Rested,
        Did::Unknown(9),
    ] {
        assert_eq!(walk.missed_twice(day(3, 4), &[said(day(3, 2), did)]), None);
        assert_eq!(walk.missed_twice(day(3, 4), &[said(day(3, 3), did)]), None);
    }
    for why in [
        Why::Unwell,
        Why::Flare,
        Why::Hospital,
        Why::Away,
        Why::Unknown(9),
    ] {
        assert_eq!(
            walk.missed_twice(day(3, 4), &[could_not(day(3, 3), why)]),
            None
        );
    }
}

#[test]
fn any_answer_for_a_later_day_takes_the_offer_away() {
    let walk = plan("every tuesday and friday", day(3, 2));
    for did in [Did::Did, Did::Tried, Did::CouldNot] {
        assert_eq!(walk.missed_twice(day(3, 8), &[said(day(3, 7), did)]), None);
        assert_eq!(walk.missed_twice(day(3, 8), &[said(day(3, 8), did)]), None);
    }
    // An entry a clock years ahead dated does not count as answered yet.
    let ahead = NaiveDate::from_ymd_opt(2036, 3, 1).unwrap();
    assert_eq!(
        walk.missed_twice(day(3, 8), &[said(ahead, Did::Did)]),
        missed(3, 6)
    );
}

#[test]
fn something_done_on_another_day_in_between_breaks_the_row() {
    let walk = plan("every tuesday and friday", day(3, 2));
    assert_eq!(
        walk.missed_twice(day(3, 7), &[said(day(3, 4), Did::Did)]),
        None
    );
    assert_eq!(
        walk.missed_twice(day(3, 7), &[said(day(3, 2), Did::Did)]),
        missed(3, 6)
    );
}

#[test]
fn no_offer_is_made_while_paused_and_none_comes_back_after() {
    let walk = paused(plan("every day", day(3, 2)), day(3, 4), Some(day(3, 6)));
    assert_eq!(walk.missed_twice(day(3, 4), &[]), None);
    assert_eq!(walk.missed_twice(day(3, 7), &[]), None);
    assert_eq!(walk.missed_twice(day(3, 8), &[]), None);
    assert_eq!(walk.missed_twice(day(3, 9), &[]), missed(7, 8));
}

#[test]
fn a_plan_that_is_over_makes_no_offer() {
    let mut walk = plan("every day", day(3, 2));
    walk.last = Some(day(3, 8));
    assert_eq!(walk.missed_twice(day(3, 8), &[]), missed(6, 7));
    assert_eq!(walk.missed_twice(day(3, 9), &[]), None);
    walk.last = None;
    walk.ended = Some(day(3, 8));
    assert_eq!(walk.missed_twice(day(3, 8), &[]), None);
}

#[test]
fn a_week_two_short_is_two_in_a_row_once_it_has_ended() {
    let walk = plan("3 times a week", day(3, 2));
    let once = [said(day(3, 3), Did::Did)];
    assert_eq!(walk.missed_twice(day(3, 8), &once), None);
    assert_eq!(walk.missed_twice(day(3, 9), &once), missed(8, 8));
    let later = [said(day(3, 3), Did::Did), said(day(3, 9), Did::Tried)];
    assert_eq!(walk.missed_twice(day(3, 9), &later), None);
    let twice = [said(day(3, 3), Did::Did), said(day(3, 4), Did::Part)];
    assert_eq!(walk.missed_twice(day(3, 9), &twice), None);
    let tried = [said(day(3, 3), Did::Did), said(day(3, 4), Did::Tried)];
    assert_eq!(walk.missed_twice(day(3, 9), &tried), None);
}

#[test]
fn two_weeks_one_short_each_are_two_in_a_row_if_nothing_came_between() {
    let walk = plan("once a week", day(3, 2));
    assert_eq!(walk.missed_twice(day(3, 9), &[]), None);
    assert_eq!(walk.missed_twice(day(3, 16), &[]), missed(8, 15));
    assert_eq!(
        walk.missed_twice(day(3, 16), &[said(day(3, 12), Did::Rested)]),
        None
    );
    let other = [could_not(day(3, 12), Why::Other)];
    assert_eq!(walk.missed_twice(day(3, 16), &other), missed(8, 15));
    let twice = plan("twice a week", day(3, 2));
    let once_each = [said(day(3, 3), Did::Did), said(day(3, 10), Did::Did)];
    assert_eq!(twice.missed_twice(day(3, 16), &once_each), None);
}

#[test]
fn a_week_of_flare_is_never_short() {
    let walk = plan("3 times a week", day(3, 2));
    let flare: Vec<_> = (2..9)
        .map(|date| could_not(day(3, date), Why::Flare))
        .collect();
    assert_eq!(walk.missed_twice(day(3, 9), &flare), None);
    let resting = paused(walk, day(3, 2), Some(day(3, 8)));
    assert_eq!(resting.missed_twice(day(3, 9), &[]), None);
}

#[test]
fn once_by_friday_is_one_time_and_so_makes_no_offer_alone() {
    assert_eq!(
        plan("once by friday", day(3, 2)).missed_twice(day(3, 9), &[]),
        None
    );
    let changed = edited(plan("once by friday", day(3, 2)), day(3, 9), "every monday");
    assert_eq!(changed.missed_twice(day(3, 10), &[]), missed(6, 9));
    assert_eq!(
        changed.missed_twice(day(3, 10), &[said(day(3, 4), Did::Tried)]),
        None
    );
}

#[test]
fn twice_a_day_is_one_planned_day() {
    let drops = plan("twice a day", day(3, 2));
    assert_eq!(drops.missed_twice(day(3, 3), &[]), None);
    assert_eq!(drops.missed_twice(day(3, 4), &[]), missed(2, 3));
}

#[test]
fn only_a_short_range_is_read() {
    let walk = plan("every day", day(1, 1));
    assert_eq!(walk.answers_needed_from(day(3, 12)), day(3, 9));
    assert_eq!(walk.answers_needed_from(day(3, 9)), day(3, 6));
    assert_eq!(
        plan("3 times a week", day(1, 1)).answers_needed_from(day(3, 12)),
        day(2, 16)
    );
    let resting = paused(walk, day(2, 1), None);
    assert_eq!(resting.answers_needed_from(day(3, 12)), day(3, 9));
}
