//! The end of a plan's conversation: said back, the day of the check-in, how, and agreeing it.

use super::build::{Seen, Shown, choice, line};
use super::turn::Turn;
use super::{Choice, Line, Place, Step, Topic};
use crate::clock::zone::parse_day;
use crate::error::{Error, Result};
use crate::follow_up::{self, CHANNELS};
use crate::observation;
use crate::plan::agree::{Agreeing, FOLLOW_UP_DAYS, agree, within_14_days};
use crate::plan::{self, acts_of};
use crate::rating::Kind;
use crate::record::acts::one_of;
use crate::record::{Acts, Record};
use crate::words::Words;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Days from today that are suggested for a check-in, and for a person whose activation is recorded as level 1 or 2:
/// they do best with an earlier one. Source: `domain.md` 1, Readiness and activation.
const SUGGESTED: [u64; 3] = [4, 11, FOLLOW_UP_DAYS];
const SUGGESTED_EARLIER: [u64; 3] = [3, 5, 7];

/// The answers of a plan that can be changed from its review, and the label of each.
pub(super) const FIELDS: [(Step, &str, &str); 6] = [
    (Step::Bit, "bit", "label-bit"),
    (Step::What, "what", "label-what"),
    (Step::When, "when", "label-when"),
    (Step::Where, "where", "label-where"),
    (Step::Often, "often", "label-often"),
    (Step::Support, "support", "label-support"),
];

pub(super) fn ask(seen: &Seen, place: &Place) -> Option<Shown> {
    Some(match place.step {
        Step::TeachBack => Shown::text(seen.say("plan-teach-back"))
            .own(seen.plan_text(place, "what"))
            .skippable(),
        Step::CheckDay => day(seen, place),
        Step::Channel => Shown::choice(
            seen.say("follow-up-how-question"),
            seen.codes("channel", &CHANNELS),
        ),
        Step::Review => review(seen, place),
        _ => return None,
    })
}

fn day(seen: &Seen, place: &Place) -> Shown {
    let last = seen
        .today
        .checked_add_days(Days::new(FOLLOW_UP_DAYS))
        .unwrap_or(seen.today);
    let shown = Shown::date(
        seen.say("follow-up-date-question"),
        days(seen.words, seen.record, seen.today),
    )
    .hint(format!(
        "{} {}",
        seen.say_with("follow-up-date-limit", "day", &seen.words.day(last)),
        seen.say("follow-up-soon-helps")
    ));
    // A plan cannot be agreed without one; one that is agreed already may go on without another.
    if place.topic == Topic::Plan {
        shown
    } else {
        shown.skippable()
    }
}

/// The suggested days, none of them on a weekend where it can be helped, none later than day 14.
fn days(words: Words, record: &Record, today: NaiveDate) -> Vec<Choice> {
    let early = observation::level(record).is_some_and(|level| level <= 2);
    let ahead = if early { SUGGESTED_EARLIER } else { SUGGESTED };
    let mut days: Vec<u64> = ahead.iter().map(|days| working(today, *days)).collect();
    days.dedup();
    days.into_iter()
        .filter_map(|ahead| {
            let day = today.checked_add_days(Days::new(ahead))?;
            let args = [("days", (ahead as i64).into())];
            let when = words.say("follow-up-in-days", &args);
            let args = [("day", words.day(day)), ("when", when)];
            let args = [("day", (&args[0].1).into()), ("when", (&args[1].1).into())];
            Some(choice(&day.to_string(), words.say("ask-day", &args)))
        })
        .collect()
}

/// The same distance, or the Monday after, or the Friday before where Monday is too late.
fn working(today: NaiveDate, ahead: u64) -> u64 {
    let Some(day) = today.checked_add_days(Days::new(ahead)) else {
        return ahead;
    };
    let (later, earlier) = match day.weekday() {
        Weekday::Sat => (ahead + 2, ahead - 1),
        Weekday::Sun => (ahead + 1, ahead - 2),
        _ => return ahead,
    };
    if later <= FOLLOW_UP_DAYS {
        later
    } else {
        earlier
    }
}

fn review(seen: &Seen, place: &Place) -> Shown {
    let mut lines: Vec<Line> = FIELDS
        .iter()
        .filter_map(|(step, field, label)| {
            line(*step, seen.say(label), seen.plan_text(place, field))
        })
        .collect();
    let rating = seen.newest(seen.plan(place), Kind::Confidence);
    let sure = rating.map(|r| seen.words.sure(r.int("value"), r.text("word")));
    let said = place.plan.as_ref().and_then(|plan| {
        let said = acts_of(seen.record, plan, "teach_back").pop()?;
        Some(said.text("text")?.to_owned())
    });
    let day = held_day(place).map(|day| seen.words.day(day));
    let how = place
        .held("channel")
        .map(|channel| seen.words.code("channel", channel));
    lines.extend(
        [
            line(Step::Sure, seen.say("label-confidence"), sure),
            line(
                Step::Anyway,
                seen.say("label-anyway"),
                place.held("anyway").map(str::to_owned),
            ),
            line(Step::TeachBack, seen.say("ask-line-said"), said),
            line(Step::CheckDay, seen.say("label-due"), day),
            line(Step::Channel, seen.say("ask-line-channel"), how),
        ]
        .into_iter()
        .flatten(),
    );
    let choices = vec![
        choice("agree", seen.say("plan-agree")),
        choice("change", seen.say("next-change")),
        choice("later", seen.say("offer-not-now")),
    ];
    Shown::review(seen.say("plan-agree-here"), lines, choices).own(seen.goal_words(place))
}

pub(super) fn answer(
    acts: &mut Acts,
    words: Words,
    place: &Place,
    given: Option<&str>,
) -> Option<Result<Turn>> {
    Some(match place.step {
        Step::TeachBack => teach_back(acts, place, given),
        Step::CheckDay => check_day(acts, words, place, given),
        Step::Channel => channel(acts, words, place, given),
        Step::Review => reviewed(acts, words, place, given),
        _ => return None,
    })
}

fn teach_back(acts: &mut Acts, place: &Place, given: Option<&str>) -> Result<Turn> {
    if let Some(text) = given {
        plan::teach_back(acts, place.plan.as_ref().ok_or(Error::UnknownId)?, text)?;
    }
    Ok(Turn::to(super::plan::back_or(place, Step::CheckDay)))
}

fn check_day(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let Some(given) = given else {
        // Only where a plan is agreed already.
        return Ok(Turn::home().saying(words.say("ask-keep-going", &[])));
    };
    let day = within_14_days(parse_day(given)?, acts.today())?;
    let to = place.to(Step::Channel).holding("day", &day.to_string());
    Ok(Turn::to(super::plan::back_or(&to, Step::Channel)))
}

/// The day that is held for the check-in.
pub(super) fn held_day(place: &Place) -> Option<NaiveDate> {
    parse_day(place.held("day")?).ok()
}

fn channel(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let channel = one_of(&CHANNELS, given.ok_or(Error::Empty)?, "channel")?;
    if place.topic == Topic::Plan {
        let to = place.to(Step::Review).holding("channel", channel);
        return Ok(Turn::to(super::plan::back_or(&to, Step::Review)));
    }
    let day = held_day(place).ok_or(Error::FollowUpMissing)?;
    let plan = place.plan.as_ref().ok_or(Error::UnknownId)?;
    follow_up::add(acts, plan, &day.to_string(), channel, None)?;
    Ok(Turn::home().saying(check_in_sentence(words, day)))
}

fn check_in_sentence(words: Words, day: NaiveDate) -> String {
    words.say("ask-check-in-on", &[("on", (&words.on_day(day)).into())])
}

fn reviewed(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    match given {
        Some("agree") => {
            let held = |name| place.held(name).map(str::to_owned);
            let agreeing = Agreeing {
                follow_up: held("day"),
                channel: held("channel"),
                message: None,
                anyway: held("anyway"),
            };
            agree(
                acts,
                place.plan.as_ref().ok_or(Error::UnknownId)?,
                &agreeing,
            )?;
            let turn = Turn::home().saying(words.say("ask-agreed", &[]));
            Ok(match held_day(place) {
                Some(day) => turn.saying(check_in_sentence(words, day)),
                None => turn,
            })
        }
        Some("change") => Ok(Turn::to(place.to(Step::ChangeWhat))),
        Some("later") => Ok(Turn::not_now()),
        _ => Err(Error::NotAnAnswer),
    }
}
