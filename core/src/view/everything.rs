//! The whole record: every text ever entered, for `record show`, `history` and the JSON export. Figures that are for
//! staff are left out for everybody else, see [`for_staff`].

use crate::log::packed::Packed;
use crate::record::{Answer, Noun, Record, Thing};
use crate::view::for_staff;
use crate::{goal, log, plan, saw, view};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// Everything ever written, earlier answers and withdrawn things among it.
pub fn show(record: &Record, today: NaiveDate) -> Value {
    let goals: Vec<_> = record
        .things(Noun::Goal)
        .into_iter()
        .map(|g| goal::show(record, g))
        .collect();
    let plans: Vec<_> = record
        .things(Noun::Plan)
        .into_iter()
        .map(|p| plan::show::show(record, p, today))
        .collect();
    let entries: Vec<_> = log::list(record, None)
        .iter()
        .map(|(t, a, p)| log::show(record, t, a, p))
        .collect();
    json!({"person": record.circle, "goals": goals, "plans": plans, "log": entries, "things": things(record)})
}

/// Every thing with every answer of every field, in a fixed order.
fn things(record: &Record) -> Vec<Value> {
    // Who looked is told by the history, and is nobody's to bring in elsewhere.
    let all = record.all().filter(|thing| thing.noun != Noun::Saw);
    let mut things: Vec<&Thing> = all.collect();
    things.sort_by_key(|thing| (&thing.part, thing.noun, &thing.id));
    things
        .into_iter()
        .map(|thing| {
            let answers: Vec<_> = thing
                .texts()
                .into_iter()
                .filter(|(field, _)| !for_staff::is_hidden(record, thing.noun, field))
                .map(|(field, a)| {
                    let present = thing.field(field).is_some_and(|f| f.present.contains(a));
                    json!({"field": field, "value": answer_value(a), "at": view::at(&a.stamp),
                           "by": view::by(record, &a.stamp), "for_person": a.stamp.for_person, "present": present,
                           "order": a.op.counter})
                })
                .collect();
            json!({"id": thing.id, "noun": thing.noun.as_str(), "part": thing.part, "answers": answers})
        })
        .collect()
}

fn answer_value(answer: &Answer) -> Value {
    match Packed::read(&answer.value) {
        Some(packed) => json!({
            "plan": packed.plan, "on": packed.on, "at": packed.at.map(|at| at.format("%H:%M").to_string()),
            "did": packed.did.as_str(), "felt": packed.felt, "why": packed.why.map(|why| why.as_str()),
            "amount": packed.amount, "note": packed.note, "packed": packed.hex_if_newer(),
        }),
        None => view::value(&answer.value),
    }
}

/// Who did what, oldest first. Inside a part by causality; parts are laid together by the authors' clocks,
/// without ever putting a later act of a part before an earlier one.
pub fn history(record: &Record) -> Value {
    let mut acts: Vec<(&Thing, &str, &Answer)> = record
        .all()
        .filter(|thing| thing.noun != Noun::Saw)
        .flat_map(|thing| {
            thing
                .texts()
                .into_iter()
                .map(move |(field, answer)| (thing, field, answer))
        })
        .filter(|(_, field, _)| {
            !matches!(
                *field,
                "plan" | "goal" | "about" | "kind" | "barrier" | "idea" | "follow_up"
            )
        })
        .collect();
    acts.sort_by_key(|(thing, _, answer)| (&thing.part, answer.op));
    let mut latest = (None, i64::MIN);
    let mut timed: Vec<(i64, (&Thing, &str, &Answer))> = Vec::with_capacity(acts.len());
    for act in acts {
        let so_far = if latest.0 == Some(&act.0.part) {
            latest.1
        } else {
            i64::MIN
        };
        latest = (Some(&act.0.part), so_far.max(act.2.stamp.at));
        timed.push((latest.1, act));
    }
    let mut told: Vec<(i64, Value)> = timed
        .into_iter()
        .map(|(at, (thing, field, answer))| {
            let did = if field.is_empty() { thing.noun.as_str().to_owned() } else { format!("{}.{field}", thing.noun.as_str()) };
            let words = match Packed::read(&answer.value) {
                Some(packed) => json!(log::line(&packed)),
                // That somebody wrote it is no secret.
                None if for_staff::is_hidden(record, thing.noun, field) => Value::Null,
                None => view::value(&answer.value),
            };
            (at, json!({"at": view::at(&answer.stamp), "by": view::by(record, &answer.stamp), "did": did, "about": thing.id, "words": words}))
        })
        .collect();
    told.extend(saw::list(record).into_iter().map(|saw| {
        let (by, about) = (view::member(record, Some(&saw.by)), saw.group.as_str());
        let line = json!({"at": view::moment(saw.at), "by": by, "did": "saw", "about": about, "words": null});
        (saw.at, line)
    }));
    told.sort_by_key(|(at, _)| *at);
    told.into_iter().map(|(_, line)| line).collect()
}
