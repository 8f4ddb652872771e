//! Today: what is planned, follow-ups due, and offers after two missed times.
//!
//! Source: `cli.md`, today.planned and Missed.

use crate::error::Result;
use crate::follow_up;
use crate::id::Id;
use crate::plan::timetable::{DayAnswer, Missed, Timetable};
use crate::plan::{acts_of, state};
use crate::record::{Noun, Record, Thing};
use crate::store::{Circle, Reading, Scope, Vault};
use crate::{barrier, ending, log, view};
use chrono::NaiveDate;
use serde_json::json;

impl Reading<'_> {
    /// The record as far as a day's page needs it: what is live, and the entries that can matter.
    pub fn record_for(
        &self,
        circle: &Circle,
        day_of: impl Fn(&Record) -> NaiveDate,
    ) -> Result<(Record, NaiveDate)> {
        self.record_with(circle, &Scope::Live, day_of)
    }

    /// The record as far as `scope` says, with the entries that can matter on a day.
    pub fn record_with(
        &self,
        circle: &Circle,
        scope: &Scope,
        day_of: impl Fn(&Record) -> NaiveDate,
    ) -> Result<(Record, NaiveDate)> {
        let mut record = self.record(circle, scope)?;
        let today = day_of(&record);
        for (plan, from) in entries_needed(&record, today) {
            self.load_entries(circle, &mut record, &plan, from)?;
        }
        Ok((record, today))
    }
}

impl Vault {
    /// [`Reading::record_with`] through the vault's own connection.
    pub fn record_with(
        &self,
        circle: &Circle,
        scope: &Scope,
        day_of: impl Fn(&Record) -> NaiveDate,
    ) -> Result<(Record, NaiveDate)> {
        self.reading().record_with(circle, scope, day_of)
    }

    /// [`Reading::record_for`] through the vault's own connection.
    pub fn record_for(
        &self,
        circle: &Circle,
        day_of: impl Fn(&Record) -> NaiveDate,
    ) -> Result<(Record, NaiveDate)> {
        self.reading().record_for(circle, day_of)
    }
}

/// For each running plan the first day whose entries can matter on a day.
fn entries_needed(record: &Record, day: NaiveDate) -> Vec<(Id, NaiveDate)> {
    let plans = record.standing(Noun::Plan).into_iter();
    plans
        .filter_map(|plan| {
            Some((
                plan.id.clone(),
                state::timetable(record, plan, day)?.answers_needed_from(day),
            ))
        })
        .collect()
}

/// The page of `day` as `cli.md` shows it, on the day that is `today`: they differ for a page looked up later.
pub fn show(record: &Record, day: NaiveDate, today: NaiveDate) -> serde_json::Value {
    let mut planned = Vec::new();
    let mut offers = Vec::new();
    let mut follow_ups = Vec::new();
    for plan in record.standing(Noun::Plan) {
        let Some(timetable) = state::timetable(record, plan, today) else {
            continue;
        };
        let answers = log::answers(record, &plan.id);
        if !state::is_over(record, plan, day) && !ending::is_ended(record) {
            planned.extend(card(record, plan, &timetable, &answers, day));
            if let Some(missed) = offer(record, plan, &timetable, &answers, day) {
                offers.push(json!({
                    "plan": plan.id, "kind": "problem_solving", "because": "missed_twice",
                    "days": [missed.first, missed.second],
                }));
            }
        }
        for follow_up in follow_up::of(record, &plan.id) {
            if matches!(follow_up::state(record, follow_up, day), "due" | "overdue") {
                follow_ups.push(follow_up::show(record, follow_up, day));
            }
        }
    }
    json!({"date": day, "planned": planned, "follow_ups": follow_ups, "offers": offers})
}

fn card(
    record: &Record,
    plan: &Thing,
    timetable: &Timetable,
    answers: &[DayAnswer],
    day: NaiveDate,
) -> Option<serde_json::Value> {
    let state = timetable.state_on(day, answers)?;
    let week = timetable.week(day, answers);
    Some(json!({
        "plan": plan.id,
        "what": view::text(record, plan, "what"),
        "when": view::text(record, plan, "when"),
        "where": view::text(record, plan, "where"),
        "state": state.as_str(),
        "this_week": {"done": week.done, "tried": week.tried, "wanted": week.wanted},
    }))
}

/// The two missed times an offer is about, unless it was put off for now, or they were answered: by a barrier or by
/// saying that the plan is fine. What answered an offer that stood then answers its missed times for good, so that
/// the next day alone does not bring it back. Source: `cli.md`, Missed.
pub fn offer(
    record: &Record,
    plan: &Thing,
    timetable: &Timetable,
    answers: &[DayAnswer],
    today: NaiveDate,
) -> Option<Missed> {
    let missed = timetable.missed_twice(today, answers)?;
    let put_off = acts_of(record, &plan.id, "offer_later")
        .last()
        .and_then(|act| crate::clock::zone::parse_day(act.text("until")?).ok())
        .is_some_and(|until| today < until);
    let answered = |thing: &&Thing| {
        let Some(day) = thing
            .made()
            .map(|made| record.day_written(&made.stamp))
            .filter(|day| *day <= today)
        else {
            return false;
        };
        let stood = || timetable.missed_twice(day, answers);
        day > missed.second || stood().is_some_and(|stood| missed.first <= stood.second)
    };
    let fine = acts_of(record, &plan.id, "offer_fine")
        .iter()
        .any(&answered);
    let looked_at = barrier::of(record, &plan.id).iter().any(answered);
    (!put_off && !fine && !looked_at).then_some(missed)
}

/// Planned reminder times for the phone to schedule: plan, day, and when in the plan's words, for the days after
/// `today` up to and including `until`.
pub fn reminders(record: &Record, today: NaiveDate, until: NaiveDate) -> serde_json::Value {
    let mut reminders = Vec::new();
    for plan in record.standing(Noun::Plan) {
        let Some(timetable) = state::timetable(record, plan, today) else {
            continue;
        };
        if state::is_over(record, plan, today) || ending::is_ended(record) {
            continue;
        }
        let before = today.pred_opt().unwrap_or(today);
        for day in timetable.next_planned(before, until) {
            let answered = day == today
                && log::answers(record, &plan.id)
                    .iter()
                    .any(|answer| answer.on == day);
            if !answered {
                reminders.push(
                    json!({"plan": plan.id, "on": day, "when": view::text(record, plan, "when")}),
                );
            }
        }
    }
    reminders.into()
}
