//! What a screen or the command line shows: values in the shape of the contract (`cli.md`), made from a record.

pub mod circle;
pub mod device;
pub mod disagreement;
pub mod everything;
pub mod for_staff;
pub mod hand_in;
pub mod handed;
pub mod lists;
pub mod page;
pub mod progress;
pub mod today;

use crate::attachment;
use crate::id::Id;
use crate::record::{Record, Stamp, Thing, Value};
use chrono::DateTime;
use serde_json::{Map, json};

/// The part every thing has: `id`, `made_at`, `made_by`, `sent`, `withdrawn` where it was withdrawn, and `attachments`
/// where it has some.
pub fn thing(record: &Record, thing: &Thing) -> Map<String, serde_json::Value> {
    let mut map = Map::new();
    map.insert("id".into(), json!(thing.id));
    if let Some(made) = thing.made() {
        map.insert("made_at".into(), at(&made.stamp));
        map.insert("made_by".into(), by(record, &made.stamp));
    }
    map.insert("sent".into(), json!(record.sharing.sent(thing).as_str()));
    if let Some(names) = record.shown_text(thing, "imported_by") {
        map.insert("imported_by".into(), json!(names));
    }
    if thing.is_withdrawn() {
        map.insert("withdrawn".into(), json!(true));
    }
    if let Some(attachments) = attachment::of(record, thing) {
        map.insert("attachments".into(), attachments);
    }
    map
}

/// Who wrote something: `member`, `name`, `role`.
pub fn by(record: &Record, stamp: &Stamp) -> serde_json::Value {
    member(record, record.member_of(stamp))
}

/// A member of the record as `by` shows them: `member`, `name`, `role`.
pub fn member(record: &Record, id: Option<&Id>) -> serde_json::Value {
    let member = id.and_then(|id| record.member(id));
    json!({
        "member": id,
        "name": member.as_ref().map(|m| m.name.clone()).unwrap_or_default(),
        "role": member.as_ref().map(|m| m.role.as_str().to_owned()).unwrap_or_default(),
    })
}

/// When something was written, by its author's clock, with the offset.
pub fn at(stamp: &Stamp) -> serde_json::Value {
    json!(stamp.moment().to_rfc3339())
}

/// A moment of this device's clock, in UTC, from Unix seconds.
pub fn moment(seconds: i64) -> serde_json::Value {
    json!(DateTime::from_timestamp(seconds, 0).map(|at| at.to_rfc3339()))
}

/// A value of the record as JSON.
pub fn value(value: &Value) -> serde_json::Value {
    match value {
        Value::Text(text) => json!(text),
        Value::Int(number) => json!(number),
        Value::Bool(yes) => json!(yes),
        Value::Bytes(_) | Value::Empty | Value::Unknown => serde_json::Value::Null,
    }
}

/// The shown text of a field, or null.
pub fn text(record: &Record, thing: &Thing, field: &str) -> serde_json::Value {
    json!(record.shown_text(thing, field))
}
