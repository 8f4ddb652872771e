//! How a planned time went, today or on one of the last 14 days, and the offer after two that did not happen.

use super::build::{Seen, Shown, choice, rating_of};
use super::turn::Turn;
use super::{Choice, Place, Step, Topic};
use crate::clock::zone::parse_day;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::log::answer::{Did, Why};
use crate::log::{self, Saying};
use crate::plan::pause;
use crate::rating::Rating;
use crate::record::Acts;
use crate::record::acts::one_of;
use crate::view::page::log::{near_day, running};
use crate::words::Words;
use chrono::Days;

/// How many days back can be picked.
const DAYS_BACK: u64 = 14;

pub(super) fn ask(seen: &Seen, place: &Place) -> Option<Shown> {
    let what = seen.plan_text(place, "what");
    Some(match place.step {
        Step::Did => did(seen, place).own(what),
        Step::Reason => Shown::choice(seen.say("barrier-question-after"), reasons(seen))
            .own(what)
            .skippable(),
        Step::RestNow => {
            let choices = vec![
                choice("yes", seen.say("idea-offer-yes")),
                choice("no", seen.say("offer-not-now")),
            ];
            Shown::choice(seen.say("ask-rest-now"), choices).skippable()
        }
        Step::Felt => seen
            .scale(seen.say("log-felt-question"), "felt", None)
            .own(what)
            .skippable(),
        Step::Note => Shown::text(seen.say("ask-note"))
            .hint(seen.say("log-help-now"))
            .own(what)
            .suggesting(place.held("typed").map(str::to_owned).into_iter().collect())
            .skippable(),
        Step::PickPlan => {
            let choices = running(seen.record, seen.today)
                .into_iter()
                .map(|plan| {
                    let what = seen.record.shown_text(plan, "what");
                    choice(plan.id.as_str(), what.unwrap_or_default())
                })
                .collect();
            Shown::choice(seen.say("ask-which-plan"), choices)
        }
        Step::PickDay => Shown::date(seen.say("ask-which-day"), days(seen, place)).own(what),
        Step::Offer => {
            let choices = vec![
                choice("look", seen.say("offer-look")),
                choice("later", seen.say("offer-not-now")),
                choice("fine", seen.say("offer-fine")),
            ];
            Shown::choice(seen.say("offer-question"), choices).own(what)
        }
        _ => return None,
    })
}

/// The reasons of a day left out, and of a rest.
pub(super) fn reasons(seen: &Seen) -> Vec<Choice> {
    seen.codes("log-reason", &Why::ALL.map(Why::as_str))
}

/// The reason that was given.
pub(super) fn reason_of(given: &str) -> Result<Why> {
    Why::parse(&given.replace('-', "_")).ok_or(Error::NotAnAnswer)
}

fn did(seen: &Seen, place: &Place) -> Shown {
    let day = place.on.unwrap_or(seen.today);
    let question = if day == seen.today {
        seen.say("ask-did-today")
    } else {
        seen.say_with("ask-did-on", "on", &seen.words.on_day(day))
    };
    Shown::choice(question, seen.codes("log-did", &Did::ALL.map(Did::as_str))).skippable()
}

/// The last 14 days, newest first, and what is written there: "Yesterday, Monday 16 March 2026, nothing written".
fn days(seen: &Seen, place: &Place) -> Vec<Choice> {
    let entries = log::list(seen.record, place.plan.as_ref());
    (1..=DAYS_BACK)
        .filter_map(|back| {
            let day = seen.today.checked_sub_days(Days::new(back))?;
            let written: Vec<String> = entries
                .iter()
                .filter(|(_, _, packed)| packed.on == day)
                .map(|(_, _, packed)| seen.words.code("log-did", packed.did.as_str()))
                .collect();
            let written = if written.is_empty() {
                seen.say("ask-nothing-written")
            } else {
                written.join(", ")
            };
            let name = near_day(day, seen.today, &seen.words);
            Some(choice(&day.to_string(), format!("{name}. {written}")))
        })
        .collect()
}

pub(super) fn answer(
    acts: &mut Acts,
    words: Words,
    place: &Place,
    given: Option<&str>,
) -> Option<Result<Turn>> {
    Some(match place.step {
        Step::Did => log_it(acts, words, place, given),
        Step::Reason => reason(acts, words, place, given),
        Step::RestNow => rest_now(place, given),
        Step::Felt => felt(acts, place, given),
        Step::Note => note(acts, words, place, given),
        Step::PickPlan => pick_plan(acts, place, given),
        Step::PickDay => pick_day(acts, place, given),
        Step::Offer => offer(acts, words, place, given),
        _ => return None,
    })
}

fn log_it(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let plan = place.plan.clone().ok_or(Error::UnknownId)?;
    let day = place.on.unwrap_or(acts.today());
    let Some(given) = given else {
        return Ok(Turn::home().putting_off(put_off_name(&plan)));
    };
    let did = one_of(&Did::ALL.map(Did::as_str), given, "did")?;
    let saying = Saying {
        did: Some(did.into()),
        on: Some(day.to_string()),
        ..Saying::default()
    };
    let entry = log::add(acts, &plan, &saying)?;
    let (did_words, day_words) = (words.code("log-did", did), words.day(day));
    let time = words.time(acts.acting().at.time());
    let args = [
        ("did", (&did_words).into()),
        ("day", (&day_words).into()),
        ("time", (&time).into()),
    ];
    // The time is when it was written; of another day it would say what nobody said.
    let saved = if day == acts.today() {
        words.say("log-saved", &args)
    } else {
        words.say("ask-logged-on", &args[..2])
    };
    let step = match (did, &place.typed) {
        ("could_not", _) => Step::Reason,
        // Words typed where an answer was to be picked were meant for the log.
        (_, Some(_)) => Step::Note,
        _ => return Ok(Turn::home().saying(saved)),
    };
    let mut to = place.to(step);
    (to.topic, to.entry) = (Topic::Log, Some(entry));
    if let Some(typed) = &place.typed {
        to = to.holding("typed", typed);
    }
    Ok(Turn::to(to).saying(saved))
}

/// What a plan's question for the day is called when it is put off.
pub(super) fn put_off_name(plan: &Id) -> String {
    format!("log {plan}")
}

fn add_to(acts: &mut Acts, place: &Place, saying: &Saying) -> Result<()> {
    let entry = place.entry.as_ref().ok_or(Error::UnknownId)?;
    log::correct(acts, entry, saying).map(|_| ())
}

fn reason(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let onward = |place: &Place| {
        if place.held("typed").is_some() {
            Turn::to(place.to(Step::Note))
        } else {
            Turn::home()
        }
    };
    let Some(given) = given else {
        return Ok(onward(place));
    };
    let why = reason_of(given)?;
    add_to(
        acts,
        place,
        &Saying {
            why: Some(why.as_str().into()),
            ..Saying::default()
        },
    )?;
    let saved = words.say("cli-saved", &[]);
    let turn = if why.asks_for_rest() {
        Turn::to(place.to(Step::RestNow).holding("why", why.as_str()))
    } else {
        onward(place)
    };
    Ok(turn.saying(saved))
}

fn rest_now(place: &Place, given: Option<&str>) -> Result<Turn> {
    match given {
        Some("yes") => {
            let mut to = place.to(Step::RestUntil);
            to.topic = Topic::Rest;
            Ok(Turn::to(to))
        }
        Some("no") | None => Ok(Turn::home()),
        Some(_) => Err(Error::NotAnAnswer),
    }
}

fn felt(acts: &mut Acts, place: &Place, given: Option<&str>) -> Result<Turn> {
    if let Some(given) = given {
        let Rating::Number(felt) = rating_of(given)? else {
            // The log keeps a number; words alone go into the note.
            return Err(Error::NotAnAnswer);
        };
        let saying = Saying {
            felt: Some(felt),
            ..Saying::default()
        };
        add_to(acts, place, &saying)?;
    }
    Ok(Turn::to(place.to(Step::Note)))
}

fn note(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let Some(text) = given else {
        return Ok(Turn::home());
    };
    let saying = Saying {
        note: Some(text.into()),
        ..Saying::default()
    };
    add_to(acts, place, &saying)?;
    Ok(Turn::home().saying(words.say("cli-saved", &[])))
}

fn pick_plan(acts: &mut Acts, place: &Place, given: Option<&str>) -> Result<Turn> {
    let given = Id::read(given.ok_or(Error::Empty)?);
    let today = acts.today();
    let known = running(acts.record(), today)
        .into_iter()
        .any(|plan| plan.id == given);
    if !known {
        return Err(Error::NotAnAnswer);
    }
    let mut to = place.to(Step::PickDay);
    to.plan = Some(given);
    Ok(Turn::to(to))
}

fn pick_day(acts: &mut Acts, place: &Place, given: Option<&str>) -> Result<Turn> {
    let day = parse_day(given.ok_or(Error::Empty)?)?;
    if day > acts.today() {
        return Err(Error::DateInFuture);
    }
    let mut to = place.to(Step::Did);
    to.on = Some(day);
    Ok(Turn::to(to))
}

fn offer(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let plan = place.plan.as_ref().ok_or(Error::UnknownId)?;
    match given {
        Some("look") => {
            let mut to = Place::at(Topic::Problem, Step::Barrier);
            to.plan = Some(plan.clone());
            Ok(Turn::to(to))
        }
        Some("later") => {
            pause::offer_later(acts, plan, None)?;
            Ok(Turn::home().saying(words.say("ask-offer-later", &[])))
        }
        Some("fine") => {
            pause::offer_fine(acts, plan)?;
            Ok(Turn::home().saying(words.say("cli-saved", &[])))
        }
        _ => Err(Error::NotAnAnswer),
    }
}
