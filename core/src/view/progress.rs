//! How it is going: weeks and confidence over time, and the two follow-up figures.

use crate::follow_up;
use crate::plan::state;
use crate::record::{Noun, Record, Thing};
use crate::{log, rating, view};
use chrono::NaiveDate;
use serde_json::json;

/// Progress of one plan as `cli.md` shows it.
pub fn show(record: &Record, plan: &Thing, today: NaiveDate) -> serde_json::Value {
    let answers = log::answers(record, &plan.id);
    let weeks: Vec<_> = state::timetable(record, plan, today)
        .map(|timetable| timetable.weeks(today, &answers))
        .unwrap_or_default()
        .into_iter()
        .map(|week| {
            json!({"from": week.from, "wanted": week.wanted, "done": week.done, "tried": week.tried,
                   "rested": week.rested, "paused_days": week.paused_days})
        })
        .collect();
    let confidence: Vec<_> = rating::of(record, &plan.id)
        .into_iter()
        .map(|rating| {
            let at = rating.made().map(|made| view::at(&made.stamp));
            json!({"at": at, "value": rating.int("value"), "word": rating.text("word")})
        })
        .collect();
    json!({"plan": plan.id, "what": view::text(record, plan, "what"), "weeks": weeks, "confidence": confidence})
}

/// The two figures over agreed plans: followed up within 14 days, and in weeks 2 to 26.
pub fn figures(records: &[&Record], today: impl Fn(&Record) -> NaiveDate) -> (u32, u32, u32) {
    let (mut agreed, mut within, mut weeks) = (0, 0, 0);
    for record in records {
        let today = today(record);
        for plan in record
            .standing(Noun::Plan)
            .into_iter()
            .filter(|plan| state::agreed(record, plan).is_some())
        {
            let measures: Vec<_> = follow_up::of(record, &plan.id)
                .iter()
                .map(|f| follow_up::measures(record, f, today))
                .collect();
            agreed += 1;
            within += u32::from(measures.iter().any(|(within, _)| *within == Some(true)));
            weeks += u32::from(measures.iter().any(|(_, weeks)| *weeks == Some(true)));
        }
    }
    (agreed, within, weeks)
}
