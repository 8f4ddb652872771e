//! Any plan against a slow and simple reading of the rules, and the promise that rest costs nothing.

use super::*;
use crate::log::answer::{Did, Why};
use crate::plan::often::DaySet;
use proptest::prelude::*;

fn base() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
}

fn a_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..60).prop_map(|ahead| base() + Days::new(ahead))
}

fn an_often() -> impl Strategy<Value = Option<Often>> {
    let words = vec![
        "every day",
        "twice a day",
        "every tuesday and friday",
        "each morning",
        "every morning and evening",
        "weekends",
        "once a week",
        "2 times a week",
        "3 times a week",
        "7 times a week",
        "every other day",
        "once by friday",
        "now and then",
    ];
    prop::sample::select(words).prop_map(|words| Often::parse(words).ok())
}

fn a_pause() -> impl Strategy<Value = PausedSpan> {
    (a_day(), prop::option::weighted(0.9, 0_u64..12)).prop_map(|(from, length)| PausedSpan {
        from,
        until: length.map(|length| from + Days::new(length)),
    })
}

fn an_answer() -> impl Strategy<Value = DayAnswer> {
    let dids = vec![
        Did::Did,
        Did::Part,
        Did::Tried,
        Did::Rested,
        Did::CouldNot,
        Did::Unknown(9),
    ];
    let whys = vec![
        Why::Unwell,
        Why::Flare,
        Why::Hospital,
        Why::Away,
        Why::Other,
        Why::Unknown(9),
    ];
    (
        a_day(),
        prop::sample::select(dids),
        prop::option::of(prop::sample::select(whys)),
    )
        .prop_map(|(on, did, why)| DayAnswer { on, did, why })
}

fn a_rest() -> impl Strategy<Value = DayAnswer> {
    let whys = vec![Why::Unwell, Why::Flare, Why::Hospital, Why::Away];
    let could_not = prop::sample::select(whys).prop_map(|why| (Did::CouldNot, Some(why)));
    (a_day(), prop_oneof![Just((Did::Rested, None)), could_not])
        .prop_map(|(on, (did, why))| DayAnswer { on, did, why })
}

fn a_plan() -> impl Strategy<Value = Timetable> {
    (
        a_day(),
        prop::option::weighted(0.3, 0_u64..40),
        prop::option::weighted(0.2, a_day()),
        prop::collection::vec((a_day(), an_often()), 1..4),
        prop::collection::vec(a_pause(), 0..3),
    )
        .prop_map(|(from, length, ended, often, pauses)| Timetable {
            from,
            last: length.map(|length| from + Days::new(length)),
            ended,
            often: settle_spans(
                often
                    .into_iter()
                    .map(|(from, often)| OftenSpan { from, often })
                    .collect(),
                base() + Days::new(60),
            ),
            pauses,
        })
}

/// What a week wants, read off the rules one day at a time.
fn wanted_simply(plan: &Timetable, any_day: NaiveDate, answers: &[DayAnswer]) -> u32 {
    let monday = any_day.week(Weekday::Mon).first_day();
    let sunday = monday + Days::new(6);
    let index = (0..plan.often.len())
        .rev()
        .find(|at| plan.often[*at].from <= sunday)
        .unwrap_or(0);
    let Some(often) = plan.often[index].often.clone() else {
        return 0;
    };
    let mut counting = Vec::new();
    for day in monday.iter_days().take(7) {
        let here: Vec<_> = answers.iter().filter(|answer| answer.on == day).collect();
        let done = here
            .iter()
            .any(|answer| matches!(answer.did, Did::Did | Did::Part));
        let rest = here.iter().any(|answer| {
            use Why::*;
            answer.did == Did::Rested
                || (answer.did == Did::CouldNot
                    && [Some(Unwell), Some(Flare), Some(Hospital), Some(Away)]
                        .contains(&answer.why))
        });
        let over = plan.last.is_some_and(|last| day > last)
            || plan
                .ended
                .is_some_and(|ended| day > ended || (day == ended && here.is_empty()));
        let pause = plan
            .pauses
            .iter()
            .any(|p| day >= p.from && p.until.is_none_or(|until| day <= until));
        if day >= plan.from && !over && !pause && (done || !rest) {
            counting.push(day);
        }
    }
    let is = |day: &&NaiveDate, names: &[Weekday]| names.contains(&day.weekday());
    let number = match often {
        Often::Daily => counting.len(),
        Often::TimesADay(times) => counting.len() * usize::from(times),
        Often::TimesAWeek(times) => counting.len().min(usize::from(times)),
        Often::EveryOtherDay => counting
            .iter()
            .filter(|day| (**day - plan.from).num_days() % 2 == 0)
            .count(),
        Often::Weekdays { days, .. } if days == DaySet::WEEKEND => counting
            .iter()
            .filter(|day| is(day, &[Weekday::Sat, Weekday::Sun]))
            .count(),
        Often::Weekdays { days, parts } if days == DaySet::ALL => {
            counting.len() * parts.count() as usize
        }
        Often::Weekdays { .. } => counting
            .iter()
            .filter(|day| is(day, &[Weekday::Tue, Weekday::Fri]))
            .count(),
        Often::OnceBy(by) => {
            let start = if index == 0 {
                plan.from
            } else {
                plan.from.max(plan.often[index].from)
            };
            let friday = start.iter_days().find(|day| day.weekday() == by);
            counting.iter().filter(|day| Some(**day) == friday).count()
        }
    };
    u32::try_from(number).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_week_wants_what_the_rules_say_day_by_day(
        plan in a_plan(), any in a_day(), answers in prop::collection::vec(an_answer(), 0..25)) {
        prop_assert_eq!(plan.week(any, &answers).wanted, wanted_simply(&plan, any, &answers));
    }

    #[test]
    fn a_rest_never_lowers_done_raises_wanted_or_makes_an_offer(
        plan in a_plan(), today in a_day(), rest in a_rest(), answers in prop::collection::vec(an_answer(), 0..25)) {
        let mut rested = answers.clone();
        rested.push(rest.clone());
        for day in [today, rest.on] {
            let (before, after) = (plan.week(day, &answers), plan.week(day, &rested));
            prop_assert!(after.done == before.done && after.wanted <= before.wanted);
        }
        if plan.missed_twice(today, &answers).is_none() {
            prop_assert_eq!(plan.missed_twice(today, &rested), None);
        }
    }

    #[test]
    fn a_pause_never_lowers_done_raises_wanted_or_makes_an_offer(
        plan in a_plan(), today in a_day(), pause in a_pause(), answers in prop::collection::vec(an_answer(), 0..25)) {
        let mut paused = plan.clone();
        paused.pauses.push(pause.clone());
        for day in [today, pause.from] {
            let (before, after) = (plan.week(day, &answers), paused.week(day, &answers));
            prop_assert!(after.done == before.done && after.wanted <= before.wanted);
        }
        if plan.missed_twice(today, &answers).is_none() {
            prop_assert_eq!(paused.missed_twice(today, &answers), None);
        }
        if paused.is_paused(today) {
            prop_assert_eq!(paused.missed_twice(today, &answers), None);
        }
    }

    #[test]
    fn answers_before_the_needed_range_change_nothing_today(
        plan in a_plan(), today in a_day(), answers in prop::collection::vec(an_answer(), 0..25)) {
        let from = plan.answers_needed_from(today);
        let read: Vec<_> = answers.iter().filter(|answer| answer.on >= from).cloned().collect();
        prop_assert_eq!(plan.week(today, &read), plan.week(today, &answers));
        prop_assert_eq!(plan.state_on(today, &read), plan.state_on(today, &answers));
        prop_assert_eq!(plan.missed_twice(today, &read), plan.missed_twice(today, &answers));
        prop_assert!(from <= today && (today - from).num_days() <= 84);
    }

    #[test]
    fn the_order_of_answers_and_pauses_makes_no_difference(
        plan in a_plan(), today in a_day(), answers in prop::collection::vec(an_answer(), 0..25)) {
        let mut turned = plan.clone();
        turned.pauses.reverse();
        let back: Vec<_> = answers.iter().rev().cloned().collect();
        prop_assert_eq!(plan.weeks(today, &answers), turned.weeks(today, &back));
        prop_assert_eq!(plan.state_on(today, &answers), turned.state_on(today, &back));
        prop_assert_eq!(plan.missed_twice(today, &answers), turned.missed_twice(today, &back));
    }

    #[test]
    fn every_entry_done_is_in_exactly_one_week(
        plan in a_plan(), answers in prop::collection::vec(an_answer(), 0..25)) {
        let weeks = plan.weeks(base() + Days::new(70), &answers);
        let done: u32 = weeks.iter().map(|week| week.done).sum();
        prop_assert_eq!(done as usize, answers.iter().filter(|answer| answer.did.is_done()).count());
        prop_assert!(weeks.windows(2).all(|two| two[1].from - two[0].from == chrono::TimeDelta::days(7)));
    }

    #[test]
    fn missed_days_lie_in_the_plan_before_today(
        plan in a_plan(), today in a_day(), answers in prop::collection::vec(an_answer(), 0..10)) {
        if let Some(missed) = plan.missed_twice(today, &answers) {
            prop_assert!(missed.first <= missed.second && missed.second < today);
            prop_assert!(plan.counts(missed.first) && plan.counts(missed.second));
        }
    }
}

#[test]
fn the_ends_of_the_calendar_do_not_stop_it() {
    let ends = [NaiveDate::MIN, base(), NaiveDate::MAX];
    let words = [
        "every day",
        "3 times a week",
        "every other day",
        "once by monday",
        "once by sunday",
        "weekends",
    ];
    for often in words.map(|words| Often::parse(words).ok()) {
        for (from, last, day) in ends
            .iter()
            .flat_map(|a| ends.iter().flat_map(move |b| ends.map(|c| (*a, *b, c))))
        {
            let plan = Timetable {
                from,
                last: Some(last),
                ended: Some(last),
                often: settle_spans(
                    vec![
                        OftenSpan {
                            from,
                            often: often.clone(),
                        },
                        OftenSpan {
                            from: last,
                            often: often.clone(),
                        },
                    ],
                    day,
                ),
                pauses: vec![PausedSpan {
                    from: last,
                    until: Some(from),
                }],
            };
            let answers = [
                DayAnswer {
                    on: day,
                    did: Did::Did,
                    why: None,
                },
                DayAnswer {
                    on: last,
                    did: Did::CouldNot,
                    why: None,
                },
            ];
            let _ = (
                plan.week(day, &answers),
                plan.weeks(day, &answers),
                plan.state_on(day, &answers),
            );
            let _ = (
                plan.missed_twice(day, &answers),
                plan.answers_needed_from(day),
                plan.next_planned(from, last),
            );
        }
    }
}
