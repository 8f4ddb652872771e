//! Pausing, resuming, a rest over all plans, and answers to the offer after two missed times.

use super::{begin, state};
use crate::clock::zone::parse_day;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::log::answer::Why;
use crate::record::{Acts, Noun, Thing};
use chrono::Days;

/// How long an offer is put off when no date is given, in days.
const PUT_OFF_DAYS: u64 = 7;

/// Pauses a plan from a day (today) until a day, or until it is resumed.
pub fn pause(
    acts: &mut Acts,
    plan: &Id,
    why: &str,
    from: Option<&str>,
    until: Option<&str>,
) -> Result<Id> {
    let plan = acts.record().find(Noun::Plan, plan)?;
    put(acts, plan, why, from, until)?;
    Ok(plan.id.clone())
}

/// A rest over all plans that are agreed and not over, as one act; the plans it pauses.
pub fn rest(
    acts: &mut Acts,
    why: &str,
    from: Option<&str>,
    until: Option<&str>,
) -> Result<Vec<Id>> {
    let record = acts.record();
    let today = acts.today();
    let plans: Vec<&Thing> = record
        .standing(Noun::Plan)
        .into_iter()
        .filter(|plan| matches!(state::state(record, plan, today), "agreed" | "paused"))
        .collect();
    check(why, from, until)?;
    for plan in &plans {
        put(acts, plan, why, from, until)?;
    }
    Ok(plans.into_iter().map(|plan| plan.id.clone()).collect())
}

/// Goes on with a plan; today is not paused any more.
pub fn resume(acts: &mut Acts, plan: &Id) -> Result<Id> {
    let plan = acts.record().find(Noun::Plan, plan)?;
    begin(acts, plan, "resume");
    Ok(plan.id.clone())
}

/// Goes on with every plan that is paused today, as one act; those plans.
pub fn start_again(acts: &mut Acts) -> Result<Vec<Id>> {
    let record = acts.record();
    let today = acts.today();
    let paused = record.standing(Noun::Plan).into_iter();
    let paused: Vec<&Thing> = paused
        .filter(|plan| state::state(record, plan, today) == "paused")
        .collect();
    for plan in &paused {
        begin(acts, plan, "resume");
    }
    Ok(paused.into_iter().map(|plan| plan.id.clone()).collect())
}

/// Puts the offer to look at what got in the way off until a day, 7 days from now if none is given.
pub fn offer_later(acts: &mut Acts, plan: &Id, until: Option<&str>) -> Result<Id> {
    let plan = acts.record().find(Noun::Plan, plan)?;
    let until = match until {
        Some(until) => parse_day(until)?,
        None => acts
            .today()
            .checked_add_days(Days::new(PUT_OFF_DAYS))
            .ok_or(Error::BadDate)?,
    };
    let act = begin(acts, plan, "offer_later");
    acts.put(
        &plan.part,
        Noun::PlanAct,
        &act,
        "until",
        until.to_string().as_str(),
    );
    Ok(plan.id.clone())
}

/// The plan is fine as it is; the offer goes.
pub fn offer_fine(acts: &mut Acts, plan: &Id) -> Result<Id> {
    let plan = acts.record().find(Noun::Plan, plan)?;
    begin(acts, plan, "offer_fine");
    Ok(plan.id.clone())
}

fn put(
    acts: &mut Acts,
    plan: &Thing,
    why: &str,
    from: Option<&str>,
    until: Option<&str>,
) -> Result<()> {
    let why = check(why, from, until)?;
    let act = begin(acts, plan, "pause");
    acts.put(&plan.part, Noun::PlanAct, &act, "why", why.as_str());
    for (field, day) in [("from", from), ("until", until)] {
        acts.put_text(&plan.part, Noun::PlanAct, &act, field, day)?;
    }
    Ok(())
}

fn check(why: &str, from: Option<&str>, until: Option<&str>) -> Result<Why> {
    let why = Why::parse(why).ok_or(Error::Usage { what: "why" })?;
    let from = from.map(parse_day).transpose()?;
    let until = until.map(parse_day).transpose()?;
    match (from, until) {
        (Some(from), Some(until)) if until < from => Err(Error::BadDate),
        _ => Ok(why),
    }
}
