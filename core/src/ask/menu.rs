//! With nothing due: what would you like to do?

use super::build::{Seen, Shown, choice};
use super::home::about_plan;
use super::turn::{Go, Turn};
use super::{Choice, Place, Step, Talk, Topic};
use crate::error::{Error, Result};
use crate::follow_up;
use crate::goal;
use crate::id::Id;
use crate::log;
use crate::plan::state;
use crate::record::{Acts, Noun, Record, Thing};
use crate::view::page::log::running;
use crate::words::Words;
use chrono::NaiveDate;

pub(super) fn ask(seen: &Seen) -> Shown {
    Shown::choice(seen.say("ask-menu"), choices(seen))
}

fn choices(seen: &Seen) -> Vec<Choice> {
    let (record, today) = (seen.record, seen.today);
    let mut choices = Vec::new();
    for (number, place) in seen.talk.parked.iter().enumerate().rev() {
        let about = about(seen, place);
        let words = seen.say_with("ask-menu-carry-on", "about", &about);
        choices.push(choice(&format!("carry_on {number}"), words));
    }
    let running = running(record, today);
    for plan in &running {
        let what = record.shown_text(plan, "what").unwrap_or_default();
        if to_do(record, plan, today) {
            let words = seen.say_with("ask-menu-did", "what", &what);
            choices.push(choice(&format!("did {}", plan.id), words));
        }
    }
    if let Some(entry) = bare_entry(record, today) {
        choices.push(choice(&format!("more {entry}"), seen.say("ask-menu-more")));
    }
    if !running.is_empty() {
        choices.push(choice("other_day", seen.say("ask-menu-other-day")));
        choices.push(choice("progress", seen.say("ask-menu-progress")));
        let resting = |plan: &&Thing| state::state(record, plan, today) == "paused";
        if running.iter().any(&resting) {
            choices.push(choice("start_again", seen.say("rest-start-again")));
        }
        if !running.iter().all(resting) {
            choices.push(choice("rest", seen.say("rest-need")));
        }
    }
    for plan in &running {
        let what = record.shown_text(plan, "what").unwrap_or_default();
        for follow_up in open_check_ins(record, plan, today) {
            let words = seen.say_with("ask-menu-check-in", "what", &what);
            choices.push(choice(&format!("check_in {}", follow_up.id), words));
        }
        let words = seen.say_with("ask-menu-read", "what", &what);
        choices.push(choice(&format!("read {}", plan.id), words));
    }
    for goal in without_plan(record, today) {
        let words = record.shown_text(goal, "words").unwrap_or_default();
        let words = seen.say_with("ask-menu-plan", "goal", &words);
        choices.push(choice(&format!("plan {}", goal.id), words));
    }
    choices.push(choice("goal", seen.say("ask-menu-goal")));
    choices.push(choice("stop", seen.say("ask-menu-stop")));
    choices
}

/// Planned today, and nothing is written about it yet.
fn to_do(record: &Record, plan: &Thing, today: NaiveDate) -> bool {
    state::timetable(record, plan, today)
        .is_some_and(|days| days.planned_on(today) && days.counts(today))
        && log::last_day(record, &plan.id) != Some(today)
}

/// What a parked place is about, in the person's own words where there are any.
fn about(seen: &Seen, place: &Place) -> String {
    seen.plan_text(place, "what")
        .or_else(|| seen.goal_words(place))
        .unwrap_or_else(|| match place.topic {
            Topic::Welcome => seen.say("ask-title-welcome"),
            Topic::Rest => seen.say("ask-title-rest"),
            _ => seen.say("ask-title-goal"),
        })
}

fn open_check_ins<'a>(record: &'a Record, plan: &Thing, today: NaiveDate) -> Vec<&'a Thing> {
    follow_up::of(record, &plan.id)
        .into_iter()
        .filter(|f| {
            matches!(
                follow_up::state(record, f, today),
                "waiting" | "due" | "overdue"
            )
        })
        .collect()
}

/// The newest answer written for today that has neither how it felt nor a note.
fn bare_entry(record: &Record, today: NaiveDate) -> Option<Id> {
    let (thing, _, packed) = log::list(record, None).pop()?;
    let bare = packed.on == today && packed.felt.is_none() && packed.note.is_none();
    bare.then(|| thing.id.clone())
}

/// The goals the person works on that no plan stands for.
fn without_plan(record: &Record, today: NaiveDate) -> Vec<&Thing> {
    record
        .standing(Noun::Goal)
        .into_iter()
        .filter(|goal| goal::state(record, goal) == "active")
        .filter(|goal| {
            goal::plans(record, &goal.id)
                .iter()
                .all(|plan| state::state(record, plan, today) == "ended")
        })
        .collect()
}

/// What was picked. `talk` gives up the place that is carried on.
pub(super) fn answer(
    acts: &mut Acts,
    words: Words,
    talk: &mut Talk,
    given: Option<&str>,
) -> Result<Turn> {
    let given = given.ok_or(Error::Empty)?;
    let (what, which) = given.split_once(' ').unwrap_or((given, ""));
    let record = acts.record();
    let id = Id::read(which);
    Ok(match what {
        "carry_on" => {
            let number: usize = which.parse().map_err(|_| Error::NotAnAnswer)?;
            if number >= talk.parked.len() {
                return Err(Error::NotAnAnswer);
            }
            Turn::to(talk.parked.remove(number))
        }
        "check_in" => {
            let follow_up = record.find(Noun::FollowUp, &id)?;
            let plan = follow_up.reference("plan").ok_or(Error::UnknownId)?;
            let mut to = about_plan(Topic::CheckIn, Step::Well, plan.clone());
            to.goal = record.find(Noun::Plan, &plan)?.reference("goal");
            to.follow_up = Some(follow_up.id.clone());
            Turn::to(to)
        }
        "more" => {
            let mut to = Place::at(Topic::Log, Step::Felt);
            to.plan = log::list(record, None)
                .into_iter()
                .find(|(thing, _, _)| thing.id == id)
                .map(|(_, _, packed)| packed.plan);
            to.entry = Some(id);
            Turn::to(to)
        }
        "did" => {
            let plan = record.find(Noun::Plan, &id)?.id.clone();
            let mut to = about_plan(Topic::Log, Step::Did, plan);
            to.on = Some(acts.today());
            Turn::to(to)
        }
        "other_day" => other_day(record, acts.today()),
        "progress" => Turn::home().going(Go::Progress),
        "read" => Turn::home().going(Go::Plan(record.find(Noun::Plan, &id)?.id.clone())),
        "start_again" => return super::rest::start_again(acts, words),
        "rest" => Turn::to(Place::at(Topic::Rest, Step::RestWhy)),
        "plan" => {
            let mut to = Place::at(Topic::Plan, Step::Bit);
            to.goal = Some(record.find(Noun::Goal, &id)?.id.clone());
            Turn::to(to)
        }
        "goal" => Turn::to(Place::at(Topic::Goal, Step::GoalWords)),
        "stop" => Turn::home().going(Go::Stop),
        _ => return Err(Error::NotAnAnswer),
    })
}

fn other_day(record: &Record, today: NaiveDate) -> Turn {
    let running = running(record, today);
    match running.as_slice() {
        [only] => Turn::to(about_plan(Topic::Log, Step::PickDay, only.id.clone())),
        _ => Turn::to(Place::at(Topic::Log, Step::PickPlan)),
    }
}
