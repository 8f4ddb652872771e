//! A plan as `cli.md` shows it.

use super::{FIELDS, acts_of, state};
use crate::rating::{self, Kind};
use crate::record::{Record, Thing};
use crate::{barrier, follow_up, view};
use chrono::NaiveDate;
use serde_json::json;

/// A plan with all its fields on a day.
pub fn show(record: &Record, plan: &Thing, today: NaiveDate) -> serde_json::Value {
    let mut map = view::thing(record, plan);
    map.insert("goal".into(), json!(plan.reference("goal")));
    for field in FIELDS {
        map.insert(field.into(), view::text(record, plan, field));
    }
    let newest = rating::newest(record, plan, Kind::Confidence);
    map.insert(
        "confidence".into(),
        json!(newest.and_then(|rating| rating.int("value"))),
    );
    map.insert(
        "confidence_word".into(),
        json!(newest.and_then(|rating| rating.text("word"))),
    );
    map.insert("ratings".into(), json!(rating::list(record, &plan.id)));
    map.insert("state".into(), json!(state::state(record, plan, today)));
    map.insert("replaces".into(), view::text(record, plan, "replaces"));
    map.insert("why".into(), view::text(record, plan, "why"));
    let agreed = state::agreed(record, plan);
    map.insert(
        "anyway".into(),
        json!(agreed.and_then(|act| act.text("anyway"))),
    );
    map.insert(
        "way_out".into(),
        json!(agreed.and_then(|act| act.text("way_out"))),
    );
    map.insert("agreed_on".into(), json!(state::agreed_on(record, plan)));
    map.insert(
        "gate".into(),
        json!(super::gate::gate(record, plan).as_str()),
    );
    let teach_back = acts_of(record, &plan.id, "teach_back");
    map.insert(
        "teach_back".into(),
        json!(teach_back.last().and_then(|act| act.text("text"))),
    );
    map.insert(
        "barriers".into(),
        json!(
            barrier::of(record, &plan.id)
                .iter()
                .map(|b| &b.id)
                .collect::<Vec<_>>()
        ),
    );
    map.insert(
        "follow_ups".into(),
        json!(
            follow_up::of(record, &plan.id)
                .iter()
                .map(|f| &f.id)
                .collect::<Vec<_>>()
        ),
    );
    map.insert(
        "disagreements".into(),
        json!(view::disagreement::of(record, plan)),
    );
    map.into()
}
