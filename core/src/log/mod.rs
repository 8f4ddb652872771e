//! The log: one-tap answers about a plan, corrected and withdrawn with everything kept.
//!
//! Source: `domain.md` 1, Log entry; `cli.md`, Corrections. An entry is one packed value under a key of its own;
//! correcting it puts a new value there knowing the old, so two corrections made apart stand side by side.

pub mod answer;
pub mod packed;

use crate::clock::zone::parse_day;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::plan::timetable::DayAnswer;
use crate::record::acts::{checked, id_of, within};
use crate::record::{Acts, Answer, Noun, Part, Record, Role, Thing, Value};
use crate::view;
use answer::{Did, Why};
use chrono::{Datelike, NaiveDate, NaiveTime};
use packed::Packed;
use serde_json::json;

/// What is said of a planned time; what is `None` is left as it is in a correction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Saying {
    /// `did`, `part`, `tried`, `rested`, `could_not`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub did: Option<String>,
    /// The day it is about, `yyyy-mm-dd`; today if not given.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub on: Option<String>,
    /// The local time, `hh:mm`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub at: Option<String>,
    /// How much, in words.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub amount: Option<String>,
    /// How it felt, 0 to 10.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub felt: Option<i64>,
    /// Why not: `unwell`, `flare`, `hospital`, `away`, `other`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub why: Option<String>,
    /// A note.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub note: Option<String>,
}

/// Logs an answer for a plan.
pub fn add(acts: &mut Acts, plan: &Id, saying: &Saying) -> Result<Id> {
    let plan = acts.record().find(Noun::Plan, plan)?;
    let blank = Packed {
        version: packed::VERSION,
        plan: plan.id.clone(),
        on: acts.today(),
        at: None,
        did: Did::Unknown(0),
        why: None,
        felt: None,
        amount: None,
        note: None,
        rest: Vec::new(),
    };
    if saying.did.is_none() {
        return Err(Error::Usage { what: "did" });
    }
    let packed = said(acts, blank, saying)?;
    let part = Part::log(packed.on.year());
    let id = acts.make(&part);
    acts.put(&part, Noun::Entry, &id, "", Value::Bytes(packed.pack()));
    Ok(id)
}

/// Corrects an entry; what is not given stays, the day included. Both are kept. The id of the correction.
pub fn correct(acts: &mut Acts, entry: &Id, saying: &Saying) -> Result<Id> {
    let record = acts.record();
    let thing = find(record, entry)?;
    let now = record
        .shown(thing, "")
        .and_then(|answer| Packed::read(&answer.value))
        .ok_or(Error::Damaged)?;
    let packed = said(acts, now, saying)?;
    let id = acts.make(&thing.part);
    acts.set(thing, "", Value::Bytes(packed.pack()));
    Ok(id)
}

fn said(acts: &Acts, mut packed: Packed, saying: &Saying) -> Result<Packed> {
    if let Some(did) = &saying.did {
        packed.did = Did::parse(did).ok_or(Error::Usage { what: "did" })?;
    }
    if let Some(on) = &saying.on {
        packed.on = parse_day(on)?;
    }
    if packed.on > acts.today() {
        return Err(Error::DateInFuture);
    }
    if let Some(at) = &saying.at {
        packed.at = Some(NaiveTime::parse_from_str(at, "%H:%M").map_err(|_| Error::BadDate)?);
        if packed.on == acts.today() && packed.at > Some(acts.local_time()) {
            return Err(Error::DateInFuture);
        }
    }
    if let Some(felt) = saying.felt {
        packed.felt = u8::try_from(within(felt, 0, 10)?).ok();
    }
    if let Some(why) = &saying.why {
        packed.why = Some(Why::parse(why).ok_or(Error::Usage { what: "why" })?);
    }
    if let Some(amount) = &saying.amount {
        packed.amount = Some(checked(amount)?.to_owned());
    }
    if let Some(note) = &saying.note {
        packed.note = Some(checked(note)?.to_owned());
    }
    Ok(packed)
}

/// Finds an entry by its id or the id of one of its corrections.
pub fn find<'a>(record: &'a Record, id: &Id) -> Result<&'a Thing> {
    match record.find(Noun::Entry, id) {
        Err(Error::UnknownId) => {
            let matches = |thing: &&Thing| {
                versions(thing).iter().any(|v| {
                    let version = id_of(&record.circle, &thing.part, v.op);
                    version == *id
                        || (id.as_str().len() >= 4 && version.as_str().starts_with(id.as_str()))
                })
            };
            let mut found = record.things(Noun::Entry).into_iter().filter(matches);
            match (found.next(), found.next()) {
                (Some(thing), None) => Ok(thing),
                (Some(_), Some(_)) => Err(Error::AmbiguousId),
                (None, _) => Err(Error::UnknownId),
            }
        }
        found => found,
    }
}

/// Every version of an entry, oldest first.
pub fn versions(entry: &Thing) -> Vec<&Answer> {
    entry.field("").map(|field| field.all()).unwrap_or_default()
}

/// The standing entries as they count now: by day, then by when first written. A corrected entry is there once.
pub fn list<'a>(record: &'a Record, plan: Option<&Id>) -> Vec<(&'a Thing, &'a Answer, Packed)> {
    let mut entries: Vec<_> = record
        .standing(Noun::Entry)
        .into_iter()
        .filter_map(|thing| {
            let answer = record.shown(thing, "")?;
            Some((thing, answer, Packed::read(&answer.value)?))
        })
        .filter(|(_, _, packed)| plan.is_none_or(|plan| packed.plan == *plan))
        .collect();
    entries.sort_by_key(|(_, _, packed)| packed.on);
    entries
}

/// The answers for a plan's days, as the timetable counts them.
pub fn answers(record: &Record, plan: &Id) -> Vec<DayAnswer> {
    list(record, Some(plan))
        .into_iter()
        .map(|(_, _, packed)| DayAnswer {
            on: packed.on,
            did: packed.did,
            why: packed.why,
        })
        .collect()
}

/// The day of the newest standing answer for a plan.
pub fn last_day(record: &Record, plan: &Id) -> Option<NaiveDate> {
    list(record, Some(plan))
        .last()
        .map(|(_, _, packed)| packed.on)
}

/// An entry as `cli.md` shows it: as corrected, with the id of what it corrects.
pub fn show(record: &Record, thing: &Thing, answer: &Answer, packed: &Packed) -> serde_json::Value {
    let mut map = view::thing(record, thing);
    let earlier = versions(thing)
        .into_iter()
        .rfind(|version| version.op < answer.op);
    map.insert(
        "id".into(),
        json!(id_of(&record.circle, &thing.part, answer.op)),
    );
    map.insert("made_at".into(), view::at(&answer.stamp));
    map.insert("made_by".into(), view::by(record, &answer.stamp));
    map.insert("plan".into(), json!(packed.plan));
    map.insert("on".into(), json!(packed.on));
    map.insert(
        "at".into(),
        json!(packed.at.map(|at| at.format("%H:%M").to_string())),
    );
    map.insert("did".into(), json!(packed.did.as_str()));
    map.insert("amount".into(), json!(packed.amount));
    map.insert("felt".into(), json!(packed.felt));
    map.insert("why".into(), json!(packed.why.map(|why| why.as_str())));
    map.insert("note".into(), json!(packed.note));
    let author = record
        .member_of(&answer.stamp)
        .and_then(|id| record.member(id))
        .map(|member| member.role);
    map.insert(
        "for_person".into(),
        json!(answer.stamp.for_person || author != Some(Role::Person)),
    );
    map.insert(
        "from_lock_screen".into(),
        json!(answer.stamp.from_lock_screen),
    );
    map.insert(
        "corrects".into(),
        json!(earlier.map(|version| id_of(&record.circle, &thing.part, version.op))),
    );
    map.into()
}

/// An entry in one line, as a disagreement shows it.
pub fn line(packed: &Packed) -> String {
    let felt = packed.felt.map(|felt| felt.to_string());
    [
        Some(packed.did.as_str().to_owned()),
        Some(packed.on.to_string()),
        packed.why.map(|why| why.as_str().to_owned()),
        packed.amount.clone(),
        felt,
        packed.note.clone(),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(", ")
}
