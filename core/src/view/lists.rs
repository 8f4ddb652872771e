//! The answers of the contract's queries: one thing, or a list in its order, as `cli.md` shows them.

use super::{progress, today};
use crate::barrier;
use crate::clock::zone::parse_day;
use crate::error::{Error, Result};
use crate::follow_up;
use crate::goal;
use crate::id::Id;
use crate::log::{self, packed::Packed};
use crate::plan::{show, state};
use crate::record::{Noun, Record, Thing};
use crate::store::search::NOT_WORDS;
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

/// How many days of reminders are planned ahead. Source: `cli.md`, reminders.
const REMINDED: u64 = 14;

/// A thing in one line: the first words of it that somebody wrote. None where there are only marks and numbers.
pub fn line(thing: &Thing) -> Option<String> {
    let texts = thing.texts().into_iter();
    let mut lines = texts
        .filter(|(field, _)| !NOT_WORDS.contains(field))
        .filter_map(|(_, answer)| match Packed::read(&answer.value) {
            Some(packed) => Some(log::line(&packed)),
            None => answer.value.text().map(str::to_owned),
        });
    lines.find(|line| !line.trim().is_empty())
}

/// Every goal that was not taken back.
pub fn goals(record: &Record) -> Value {
    let goals = record.standing(Noun::Goal).into_iter();
    goals.map(|thing| goal::show(record, thing)).collect()
}

/// One goal.
pub fn goal(record: &Record, id: &Id) -> Result<Value> {
    Ok(goal::show(record, record.find(Noun::Goal, id)?))
}

/// Every plan that was not taken back, or those of one goal.
pub fn plans(record: &Record, goal: Option<&Id>, day: NaiveDate) -> Result<Value> {
    let goal = goal
        .map(|goal| record.find(Noun::Goal, goal).map(|goal| goal.id.as_str()))
        .transpose()?;
    let of_goal = |plan: &&Thing| goal.is_none_or(|goal| plan.text("goal") == Some(goal));
    Ok(record
        .standing(Noun::Plan)
        .into_iter()
        .filter(of_goal)
        .map(|plan| show::show(record, plan, day))
        .collect())
}

/// One plan.
pub fn plan(record: &Record, id: &Id, day: NaiveDate) -> Result<Value> {
    Ok(show::show(record, record.find(Noun::Plan, id)?, day))
}

/// Everything that gets in the way.
pub fn barriers(record: &Record) -> Value {
    let barriers = record.standing(Noun::Barrier).into_iter();
    barriers.map(|thing| barrier::show(record, thing)).collect()
}

/// One thing that gets in the way.
pub fn barrier(record: &Record, id: &Id) -> Result<Value> {
    Ok(barrier::show(record, record.find(Noun::Barrier, id)?))
}

/// One idea, with the barrier it is for.
pub fn idea(record: &Record, id: &Id) -> Result<Value> {
    let thing = record.find(Noun::Idea, id)?;
    let mut answer = barrier::show_idea(record, thing);
    answer["barrier"] = json!(thing.reference("barrier"));
    Ok(answer)
}

/// Every follow-up, earliest day first, or those that are due and overdue.
pub fn follow_ups(record: &Record, due_only: bool, day: NaiveDate) -> Value {
    let wanted =
        |f: &&Thing| !due_only || matches!(follow_up::state(record, f, day), "due" | "overdue");
    let mut all: Vec<&Thing> = record
        .standing(Noun::FollowUp)
        .into_iter()
        .filter(wanted)
        .collect();
    all.sort_by_key(|f| follow_up::due(record, f));
    all.into_iter()
        .map(|f| follow_up::show(record, f, day))
        .collect()
}

/// One follow-up.
pub fn follow_up(record: &Record, id: &Id, day: NaiveDate) -> Result<Value> {
    Ok(follow_up::show(
        record,
        record.find(Noun::FollowUp, id)?,
        day,
    ))
}

/// The entries of a plan or of all, from a day to a day, both included.
pub fn entries(
    record: &Record,
    plan: Option<&Id>,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<Value> {
    let plan = plan
        .map(|plan| record.find(Noun::Plan, plan).map(|plan| &plan.id))
        .transpose()?;
    let from = from.map(parse_day).transpose()?;
    let to = to.map(parse_day).transpose()?;
    let wanted = |on: NaiveDate| from.is_none_or(|from| on >= from) && to.is_none_or(|to| on <= to);
    Ok(log::list(record, plan)
        .iter()
        .filter(|(_, _, packed)| wanted(packed.on))
        .map(|(thing, answer, packed)| log::show(record, thing, answer, packed))
        .collect())
}

/// One entry as it counts now, by its id or the id of one of its corrections.
pub fn entry(record: &Record, id: &Id) -> Result<Value> {
    let thing = log::find(record, id)?;
    let answer = record.shown(thing, "").ok_or(Error::UnknownId)?;
    let packed = Packed::read(&answer.value).ok_or(Error::Damaged)?;
    Ok(log::show(record, thing, answer, &packed))
}

/// How one plan goes, or every plan that was ever agreed.
pub fn progress_of(record: &Record, plan: Option<&Id>, day: NaiveDate) -> Result<Value> {
    if let Some(plan) = plan {
        return Ok(progress::show(record, record.find(Noun::Plan, plan)?, day));
    }
    Ok(record
        .standing(Noun::Plan)
        .into_iter()
        .filter(|plan| state::agreed(record, plan).is_some())
        .map(|plan| progress::show(record, plan, day))
        .collect())
}

/// The planned times of the coming days.
pub fn reminders(record: &Record, day: NaiveDate) -> Result<Value> {
    let until = day
        .checked_add_days(Days::new(REMINDED))
        .ok_or(Error::BadDate)?;
    Ok(today::reminders(record, day, until))
}
