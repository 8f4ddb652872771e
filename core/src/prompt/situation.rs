//! What prompts, the caseload and the meeting ask of a record alike.

use crate::goal;
use crate::plan::{FIELDS, state};
use crate::rating::{self, Kind};
use crate::record::{Noun, OpId, Record, Thing};
use chrono::NaiveDate;

/// The day from which on a goal that is worked on has no running plan any more: all its plans ended or ran out, and
/// no draft waits. With the plan that ran longest. `None` while one runs without an end, and before the first plan.
pub fn goal_over_from<'a>(record: &'a Record, goal: &Thing) -> Option<(NaiveDate, &'a Thing)> {
    if goal::state(record, goal) != "active" {
        return None;
    }
    let mut latest: Option<(NaiveDate, &Thing)> = None;
    for plan in goal::plans(record, &goal.id) {
        if state::agreed(record, plan).is_none() {
            state::ended(record, plan)?;
            continue;
        }
        let ran_out = state::review(record, plan).and_then(|last| last.succ_opt());
        let ends = [state::ended(record, plan), ran_out];
        let over = ends.into_iter().flatten().min()?;
        if latest.is_none_or(|(day, _)| day <= over) {
            latest = Some((over, plan));
        }
    }
    latest
}

/// An answer of an agreed plan was changed after agreeing, and the plan was not rated since.
pub fn edited_after_agreeing(record: &Record, plan: &Thing) -> bool {
    let made = |thing: &Thing| thing.made().map(|answer| answer.op);
    let Some(agreed) = state::agreed(record, plan).and_then(made) else {
        return false;
    };
    let rated = rating::of(record, &plan.id).into_iter().filter_map(made);
    let since: OpId = rated.fold(agreed, OpId::max);
    let fields = FIELDS.iter().filter_map(|field| plan.field(field));
    fields
        .flat_map(|field| &field.present)
        .any(|answer| answer.op > since)
}

/// The newest rating of the plan that counts now: the newest one that did not end, else the newest of all.
pub fn newest_plan_confidence(record: &Record) -> Option<&Thing> {
    let plans = record.standing(Noun::Plan);
    let rated = |plan: &&Thing| rating::newest(record, plan, Kind::Confidence);
    let running = plans.iter().rev();
    running
        .filter(|plan| state::ended(record, plan).is_none())
        .find_map(rated)
        .or_else(|| plans.iter().rev().find_map(rated))
}
