//! A check-in: what went well, what was harder, and what next.

use super::build::{Seen, Shown, choice};
use super::turn::Turn;
use super::{Place, Step, Topic};
use crate::barrier;
use crate::error::{Error, Result};
use crate::follow_up::{self, NEXT, Recording};
use crate::plan;
use crate::record::acts::{checked, one_of};
use crate::record::{Acts, Noun, Record, Thing};
use crate::words::Words;

/// How trying an idea can have gone.
const RESULTS: [&str; 3] = ["worked", "partly", "did_not_work"];

pub(super) fn ask(seen: &Seen, place: &Place) -> Option<Shown> {
    let what = seen.plan_text(place, "what");
    Some(match place.step {
        Step::Well => Shown::text(seen.say("follow-up-well"))
            .own(what)
            .skippable(),
        Step::Harder => Shown::text(seen.say("follow-up-harder"))
            .own(what)
            .skippable(),
        Step::IdeaResult => {
            let idea = tried(seen.record, place)?;
            Shown::choice(
                seen.say("ask-idea-result"),
                seen.codes("idea-state", &RESULTS),
            )
            .own(seen.record.shown_text(idea, "text"))
            .skippable()
        }
        Step::Next => Shown::choice(
            seen.say("follow-up-next-question"),
            seen.codes("next", &NEXT),
        )
        .own(what),
        Step::LookAt => {
            let choices = vec![
                choice("yes", seen.say("offer-look")),
                choice("no", seen.say("offer-not-now")),
            ];
            Shown::choice(seen.say("ask-look-at"), choices)
                .own(place.held("challenging").map(str::to_owned))
                .skippable()
        }
        Step::StopWhy => Shown::text(seen.say("ask-stop-why")).own(what),
        _ => return None,
    })
}

/// The idea the person is trying for this plan.
fn tried<'a>(record: &'a Record, place: &Place) -> Option<&'a Thing> {
    let barriers = barrier::of(record, place.plan.as_ref()?);
    barriers
        .into_iter()
        .flat_map(|barrier| barrier::ideas(record, &barrier.id))
        .find(|idea| barrier::idea_state(record, idea) == "chosen")
}

pub(super) fn answer(
    acts: &mut Acts,
    words: Words,
    place: &Place,
    given: Option<&str>,
) -> Option<Result<Turn>> {
    Some(match place.step {
        Step::Well => hold(place, "well", given, Step::Harder),
        Step::Harder => {
            let next = tried(acts.record(), place).map_or(Step::Next, |_| Step::IdeaResult);
            hold(place, "challenging", given, next)
        }
        Step::IdeaResult => result(acts, place, given),
        Step::Next => next(acts, words, place, given),
        Step::LookAt => look_at(acts, words, place, given),
        Step::StopWhy => stop(acts, words, place, given),
        _ => return None,
    })
}

/// What went well and what was harder become one record of the check-in, together with what next.
fn hold(place: &Place, name: &str, given: Option<&str>, next: Step) -> Result<Turn> {
    let to = place.to(next);
    Ok(Turn::to(match given {
        Some(text) => to.holding(name, checked(text)?),
        None => to,
    }))
}

fn result(acts: &mut Acts, place: &Place, given: Option<&str>) -> Result<Turn> {
    if let Some(given) = given {
        let result = one_of(&RESULTS, given, "result")?;
        let idea = tried(acts.record(), place).ok_or(Error::UnknownId)?;
        barrier::result(acts, &idea.id.clone(), result, None)?;
    }
    Ok(Turn::to(place.to(Step::Next)))
}

fn next(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let next = one_of(&NEXT, given.ok_or(Error::Empty)?, "next")?;
    let id = place.follow_up.as_ref().ok_or(Error::UnknownId)?;
    let follow_up = acts.record().find(Noun::FollowUp, id)?;
    let recording = Recording {
        channel: follow_up.text("channel").map(str::to_owned),
        well: place.held("well").map(str::to_owned),
        challenging: place.held("challenging").map(str::to_owned),
        next: Some(next.to_owned()),
        ..Recording::default()
    };
    follow_up::record(acts, id, &recording)?;
    let turn = match next {
        "keep" | "change" if place.held("challenging").is_some() => {
            Turn::to(place.to(Step::LookAt).holding("after", next))
        }
        "keep" => Turn::to(place.to(Step::CheckDay)),
        "change" => change(place),
        "new_plan" => new_plan(place),
        "new_goal" => Turn::to(Place::at(Topic::Goal, Step::GoalWords)),
        _ => Turn::to(place.to(Step::StopWhy)),
    };
    Ok(turn.saying_first(words.say("ask-check-in-saved", &[])))
}

/// A change of the plan that is agreed.
pub(super) fn change(place: &Place) -> Turn {
    let mut to = Place::at(Topic::Change, Step::ChangeWhat);
    to.plan.clone_from(&place.plan);
    to.goal.clone_from(&place.goal);
    Turn::to(to)
}

/// A new plan for the same goal, in the place of this one once it is agreed.
fn new_plan(place: &Place) -> Turn {
    let mut to = Place::at(Topic::Plan, Step::ReplaceWhy);
    to.goal.clone_from(&place.goal);
    if let Some(plan) = &place.plan {
        to = to.holding("replaces", plan.as_str());
    }
    Turn::to(to)
}

fn look_at(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    match (given, place.held("challenging")) {
        (Some("yes"), Some(harder)) => {
            let plan = place.plan.clone().ok_or(Error::UnknownId)?;
            let barrier = barrier::add(acts, &plan, harder)?;
            let mut to = place.to(Step::Ideas);
            to.barrier = Some(barrier);
            Ok(Turn::to(to))
        }
        (Some("no") | None, _) => Ok(super::barrier::onward(words, place)),
        _ => Err(Error::NotAnAnswer),
    }
}

fn stop(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let plan = place.plan.as_ref().ok_or(Error::UnknownId)?;
    plan::stop(acts, plan, given.ok_or(Error::Empty)?)?;
    Ok(Turn::home().saying(words.say("ask-stopped", &[])))
}
