//! When each rule holds, and why, in words.

use super::{Prompt, Rule, edited_after_agreeing, goal_over_from};
use crate::clock::zone::parse_day;
use crate::plan::{acts_of, state};
use crate::rating::{self, Kind};
use crate::record::{Group, Noun, Record, Thing};
use crate::view::today;
use crate::words::Words;
use crate::{barrier, follow_up, goal, log, need, observation};
use chrono::{Days, NaiveDate};

/// How long after its day a decision stays on its owner's list, in days.
const DECISION_DAYS: i64 = 7;

/// The prompts of one rule on a day.
pub(super) fn find(rule: &Rule, record: &Record, day: NaiveDate, words: Words) -> Vec<Prompt> {
    let about = |thing: &Thing, because: String| Prompt::new(rule.kind, &thing.id, because);
    let plain = |thing: &Thing, key: &str| about(thing, words.say(key, &[]));
    let plans = || record.standing(Noun::Plan).into_iter();
    let running = || plans().filter(|plan| is_running(record, plan, day));
    let person = |because: String| Prompt::new(rule.kind, &record.circle, because);
    match rule.kind {
        "follow_up_due" => record
            .standing(Noun::FollowUp)
            .into_iter()
            .filter_map(|f| Some(about(f, follow_up_because(record, f, day, words)?)))
            .collect(),
        "confidence_below_7" => plans()
            .filter(|plan| state::state(record, plan, day) != "ended")
            .filter_map(|plan| Some((plan, rating::newest(record, plan, Kind::Confidence)?)))
            .filter(|(_, rating)| !rating::opens_gate(rating))
            .map(|(plan, rating)| {
                about(
                    plan,
                    below_7(rating.int("value"), rating.text("word"), words),
                )
            })
            .collect(),
        "information_need" => record
            .standing(Noun::Need)
            .into_iter()
            .filter_map(|thing| {
                Some(about(
                    thing,
                    need_because(&need::word(record, thing)?, words),
                ))
            })
            .collect(),
        "no_goal" => {
            let wanted = |goal: &Thing| {
                matches!(
                    goal::state(record, goal).as_str(),
                    "active" | "on_hold" | "proposed"
                )
            };
            let none = !record.standing(Noun::Goal).into_iter().any(wanted);
            none.then(|| person(words.say("because-no-goal", &[])))
                .into_iter()
                .collect()
        }
        "barrier_open" => record
            .standing(Noun::Barrier)
            .into_iter()
            .filter(|barrier| is_open(record, barrier, day))
            .map(|barrier| {
                about(
                    barrier,
                    with_text("because-barrier-open", record, barrier, words),
                )
            })
            .collect(),
        "plan_ended" => record
            .standing(Noun::Goal)
            .into_iter()
            .filter_map(|goal| goal_over_from(record, goal).filter(|(over, _)| *over <= day))
            .map(|(over, plan)| about(plan, plan_ended(over, words)))
            .collect(),
        "edited_after_agreeing" => running()
            .filter(|plan| edited_after_agreeing(record, plan))
            .map(|plan| plain(plan, "because-edited"))
            .collect(),
        "two_plans" => plans()
            .filter(|old| {
                let replaces = |plan: &&Thing| {
                    record.shown_text(plan, "replaces").as_deref() == Some(old.id.as_str())
                };
                running().filter(replaces).count() > 1
            })
            .map(|old| plain(old, "because-two-plans"))
            .collect(),
        "two_follow_ups" => running()
            .filter(|plan| acts_of(record, &plan.id, "agree").len() > 1)
            .filter(|plan| {
                let open = follow_up::of(record, &plan.id).into_iter();
                open.filter(|f| follow_up::state(record, f, day) != "done")
                    .count()
                    > 1
            })
            .map(|plan| plain(plan, "because-two-follow-ups"))
            .collect(),
        "missed_twice" => running()
            .filter(|plan| missed_twice(record, plan, day))
            .map(|plan| plain(plan, "because-missed-twice"))
            .collect(),
        "decision" => record
            .standing(Noun::Meeting)
            .into_iter()
            .filter(|decision| decision.reference("owner").as_ref() == Some(&record.me))
            .filter_map(|decision| Some((decision, parse_day(decision.text("by")?).ok()?)))
            .filter(|(_, by)| (day - *by).num_days() <= DECISION_DAYS)
            .map(|(decision, by)| {
                let (text, by) = (decision.text("text").unwrap_or_default(), words.date(by));
                let args = [("text", text.into()), ("day", (&by).into())];
                about(decision, words.say("because-decision", &args))
            })
            .collect(),
        "activation" => observation::newest_activation(record)
            .and_then(|result| Some((result, record.day_written(&result.made()?.stamp))))
            .filter(|(_, on)| is_due(rule, *on, day))
            .map(|(result, on)| about(result, dated("because-activation", on, words)))
            .into_iter()
            .collect(),
        "course" => {
            let is_course = |thing: &Thing| thing.text("kind") == Some("course");
            let none = !record.standing(Noun::Support).into_iter().any(is_course);
            none.then(|| person(words.say("because-course", &[])))
                .into_iter()
                .collect()
        }
        "annual_review" => last_review(record)
            .filter(|on| is_due(rule, *on, day))
            .map(|on| person(dated("because-annual-review", on, words)))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

/// Agreed, and neither ended nor over on the day.
pub(crate) fn is_running(record: &Record, plan: &Thing, day: NaiveDate) -> bool {
    matches!(state::state(record, plan, day), "agreed" | "paused")
}

/// A barrier nobody is trying an idea for, of a plan that did not end.
pub(crate) fn is_open(record: &Record, barrier: &Thing, day: NaiveDate) -> bool {
    let plan = barrier
        .reference("plan")
        .and_then(|plan| record.get(Noun::Plan, &plan));
    barrier::state(record, barrier) == "open"
        && plan.is_some_and(|p| !p.is_withdrawn() && state::state(record, p, day) != "ended")
}

/// Whether the offer after two missed times stands. Needs the plan's entries in the record; who was not given the log
/// cannot say.
pub(crate) fn missed_twice(record: &Record, plan: &Thing, day: NaiveDate) -> bool {
    if record.sharing.may_read(Group::Log).is_err() {
        return false;
    }
    let answers = log::answers(record, &plan.id);
    state::timetable(record, plan, day)
        .is_some_and(|timetable| today::offer(record, plan, &timetable, &answers, day).is_some())
}

/// Why an open follow-up is looked at on this day, if it is.
pub(crate) fn follow_up_because(
    record: &Record,
    follow_up: &Thing,
    day: NaiveDate,
    words: Words,
) -> Option<String> {
    if !matches!(follow_up::state(record, follow_up, day), "due" | "overdue") {
        return None;
    }
    let due = follow_up::due(record, follow_up)?;
    Some(check_in(
        due,
        follow_up.text("channel").unwrap_or_default(),
        day,
        words,
    ))
}

/// A check-in that is due today, or that its day has passed.
pub(crate) fn check_in(due: NaiveDate, channel: &str, day: NaiveDate, words: Words) -> String {
    let key = if due < day {
        "because-overdue"
    } else {
        "because-due"
    };
    let (on, channel) = (words.date(due), words.code("channel", channel));
    words.say(
        key,
        &[("day", (&on).into()), ("channel", (&channel).into())],
    )
}

/// How sure the person is, under 7.
pub(crate) fn below_7(value: Option<i64>, word: Option<&str>, words: Words) -> String {
    let sure = words.sure(value, word);
    words.say("because-below-7", &[("sure", (&sure).into())])
}

/// The plan is over.
pub(crate) fn plan_ended(over_from: NaiveDate, words: Words) -> String {
    dated("because-plan-ended", over_from, words)
}

fn need_because(need: &str, words: Words) -> String {
    let key = format!("need-{}", need.replace('_', "-"));
    let need = if words.has(&key) {
        words.say(&key, &[])
    } else {
        need.to_owned()
    };
    words.say("because-need", &[("need", (&need).into())])
}

pub(crate) fn with_text(key: &str, record: &Record, thing: &Thing, words: Words) -> String {
    let text = record.shown_text(thing, "text").unwrap_or_default();
    words.say(key, &[("text", (&text).into())])
}

fn dated(key: &str, day: NaiveDate, words: Words) -> String {
    words.say(key, &[("day", (&words.date(day)).into())])
}

fn is_due(rule: &Rule, last: NaiveDate, day: NaiveDate) -> bool {
    rule.days
        .is_some_and(|days| (day - last).num_days() >= days)
}

/// The last check-in at the practice, else the day the record began.
fn last_review(record: &Record) -> Option<NaiveDate> {
    let at_practice = |review: &&Thing| {
        review.text("channel") == Some("gp") && review.text("reach") == Some("reached")
    };
    let reviews = record
        .standing(Noun::Review)
        .into_iter()
        .filter(at_practice);
    let began = record.get(Noun::Circle, &record.circle);
    reviews
        .chain(began)
        .filter_map(|thing| Some(record.day_written(&thing.made()?.stamp)))
        .max()
}

/// The first day of an interval that ends on the day, for the meeting.
pub(crate) fn days_before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}
