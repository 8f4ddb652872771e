//! Follow-ups: dated, by a channel, reviewed once, and what next.
//!
//! Source: `domain.md` 1, Follow-up; `cli.md`, Follow-up date.

use crate::clock::zone::parse_day;
use crate::ending;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::plan::{agree::FOLLOW_UP_DAYS, state};
use crate::record::acts::{checked, one_of};
use crate::record::{Acts, Noun, Record, Thing};
use crate::view;
use chrono::NaiveDate;
use serde_json::json;

/// The ways to check in.
pub const CHANNELS: [&str; 8] = [
    "text", "email", "phone", "visit", "clinic", "gp", "group", "peer",
];
/// What can come next.
pub const NEXT: [&str; 5] = ["keep", "change", "new_plan", "new_goal", "stop"];
/// Most characters of a text message.
pub const MESSAGE_LIMIT: u64 = 160;

/// Adds a follow-up to a plan; its id is a hash of plan, day and channel, so one agreed alike apart is one.
pub fn put(
    acts: &mut Acts,
    plan: &Thing,
    due: NaiveDate,
    channel: &str,
    message: Option<&str>,
) -> Result<Id> {
    let channel = one_of(&CHANNELS, channel.trim(), "channel")?;
    let message = message.map(checked).transpose()?;
    let length = message.map_or(0, |message| message.chars().count() as u64);
    if length > MESSAGE_LIMIT {
        return Err(Error::MessageTooLong { length });
    }
    let due = due.to_string();
    let id = id_of(&plan.id, &due, channel);
    acts.put(&plan.part, Noun::FollowUp, &id, "plan", plan.id.as_str());
    acts.put(&plan.part, Noun::FollowUp, &id, "due", due.as_str());
    acts.put(&plan.part, Noun::FollowUp, &id, "channel", channel);
    if let Some(message) = message {
        acts.put(&plan.part, Noun::FollowUp, &id, "message", message);
    }
    Ok(id)
}

/// The id of a follow-up: the same one agreed twice is one. `due` as `yyyy-mm-dd`.
pub(crate) fn id_of(plan: &Id, due: &str, channel: &str) -> Id {
    let pieces = [plan.as_str(), due, channel].map(str::as_bytes);
    Id::of(&[b"follow_up/1", pieces[0], pieces[1], pieces[2]])
}

/// Adds a further follow-up to a plan that is agreed or not; not in the past.
pub fn add(
    acts: &mut Acts,
    plan: &Id,
    due: &str,
    channel: &str,
    message: Option<&str>,
) -> Result<Id> {
    let plan = acts.record().find(Noun::Plan, plan)?;
    let due = parse_day(due)?;
    if due < acts.today() {
        return Err(GONE_BY);
    }
    put(acts, plan, due, channel, message)
}

/// A day that has gone by, of a check-in that is not bound to 14 days.
const GONE_BY: Error = Error::Rule {
    code: "follow_up_in_past",
    said: "follow-up-gone-by",
};

/// What is recorded of a check-in does not say how it was done.
const NO_CHANNEL: Error = Error::Rule {
    code: "follow_up_missing",
    said: "follow-up-no-channel",
};

/// A check-in that is moved has no new day.
const NO_DAY: Error = Error::Rule {
    code: "follow_up_missing",
    said: "follow-up-no-day",
};

/// A further check-in without a day or a way. Source: `cli.md`, `follow-up add`.
pub const NO_DAY_OR_CHANNEL: Error = Error::Rule {
    code: "follow_up_missing",
    said: "follow-up-no-day-or-channel",
};

/// How a follow-up went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Recording {
    /// By which channel it was done.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub channel: Option<String>,
    /// `reached` (if not given), `no_answer` or `moved`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub reach: Option<String>,
    /// The new day, for `moved`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub to: Option<String>,
    /// What went well, in the person's words.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub well: Option<String>,
    /// What was more challenging.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub challenging: Option<String>,
    /// What next: one of [`NEXT`].
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub next: Option<String>,
}

/// Records a follow-up. Recording a done one again adds to it; it stays one.
pub fn record(acts: &mut Acts, follow_up: &Id, recording: &Recording) -> Result<Id> {
    let follow_up = acts.record().find(Noun::FollowUp, follow_up)?;
    let part = follow_up.part.clone();
    let channel = recording.channel.as_deref().ok_or(NO_CHANNEL)?;
    let channel = one_of(&CHANNELS, channel.trim(), "channel")?;
    let reach = recording.reach.as_deref().unwrap_or("reached").trim();
    let reach = one_of(&["reached", "no_answer", "moved"], reach, "reach")?;
    let id = acts.make(&part);
    acts.put(&part, Noun::Review, &id, "follow_up", follow_up.id.as_str());
    acts.put(&part, Noun::Review, &id, "channel", channel);
    acts.put(&part, Noun::Review, &id, "reach", reach);
    if reach == "moved" {
        let to = parse_day(recording.to.as_deref().ok_or(NO_DAY)?)?;
        if to < acts.today() {
            return Err(GONE_BY);
        }
        acts.put(&part, Noun::Review, &id, "to", to.to_string().as_str());
    }
    acts.put_text(&part, Noun::Review, &id, "well", recording.well.as_deref())?;
    acts.put_text(
        &part,
        Noun::Review,
        &id,
        "challenging",
        recording.challenging.as_deref(),
    )?;
    if let Some(next) = &recording.next {
        acts.set(follow_up, "next", one_of(&NEXT, next.trim(), "next")?);
    }
    Ok(follow_up.id.clone())
}

/// The follow-ups of a plan, earliest day first.
pub fn of<'a>(record: &'a Record, plan: &Id) -> Vec<&'a Thing> {
    let mut all: Vec<&Thing> = record
        .standing(Noun::FollowUp)
        .into_iter()
        .filter(|f| f.text("plan") == Some(plan.as_str()))
        .collect();
    all.sort_by_key(|follow_up| due(record, follow_up));
    all
}

/// The records of a follow-up, oldest first.
pub fn reviews<'a>(record: &'a Record, follow_up: &Thing) -> Vec<&'a Thing> {
    let of_this = |review: &&Thing| review.text("follow_up") == Some(follow_up.id.as_str());
    record
        .standing(Noun::Review)
        .into_iter()
        .filter(of_this)
        .collect()
}

/// The day it is due: as agreed, or as it was last moved.
pub fn due(record: &Record, follow_up: &Thing) -> Option<NaiveDate> {
    let moved = reviews(record, follow_up)
        .into_iter()
        .rev()
        .find_map(|review| review.text("to"));
    parse_day(moved.or(follow_up.text("due"))?).ok()
}

/// The local day on which the person was reached.
pub fn done(record: &Record, follow_up: &Thing) -> Option<NaiveDate> {
    let reached = reviews(record, follow_up)
        .into_iter()
        .find(|review| review.text("reach") == Some("reached"))?;
    Some(record.day_written(&reached.made()?.stamp))
}

/// `waiting`, `due`, `overdue`, `done` or `no_longer_needed` on a day.
pub fn state(record: &Record, follow_up: &Thing, today: NaiveDate) -> &'static str {
    let plan = plan(record, follow_up);
    if done(record, follow_up).is_some() {
        return "done";
    }
    if plan.is_none_or(|plan| plan.is_withdrawn() || state::ended(record, plan).is_some())
        || ending::is_ended(record)
    {
        return "no_longer_needed";
    }
    match due(record, follow_up) {
        Some(due) if due < today => "overdue",
        Some(due) if due == today => "due",
        _ => "waiting",
    }
}

/// A follow-up as `cli.md` shows it, on a day.
pub fn show(record: &Record, follow_up: &Thing, today: NaiveDate) -> serde_json::Value {
    let mut map = view::thing(record, follow_up);
    let reviews = reviews(record, follow_up);
    let newest = |field: &str| {
        reviews
            .iter()
            .rev()
            .find_map(|review| review.text(field))
            .map(str::to_owned)
    };
    map.insert("plan".into(), json!(follow_up.reference("plan")));
    map.insert("due".into(), json!(due(record, follow_up)));
    let channel = reviews
        .iter()
        .rev()
        .find(|r| r.text("reach") == Some("reached"))
        .and_then(|r| r.text("channel"));
    map.insert("channel".into(), json!(follow_up.text("channel")));
    map.insert("done_by_channel".into(), json!(channel));
    map.insert("message".into(), view::text(record, follow_up, "message"));
    map.insert("state".into(), json!(state(record, follow_up, today)));
    let (within, weeks) = measures(record, follow_up, today);
    map.insert("within_14_days".into(), json!(within));
    map.insert("weeks_2_to_26".into(), json!(weeks));
    map.insert("well".into(), json!(newest("well")));
    map.insert("challenging".into(), json!(newest("challenging")));
    map.insert("next".into(), view::text(record, follow_up, "next"));
    map.insert(
        "records".into(),
        reviews
            .iter()
            .map(|review| show_review(record, review))
            .collect(),
    );
    map.insert(
        "disagreements".into(),
        json!(view::disagreement::of(record, follow_up)),
    );
    map.into()
}

/// Followed up within 14 days of agreeing, and in weeks 2 to 26 (day 14 to 182): yes, no, or not to be said yet.
pub fn measures(
    record: &Record,
    follow_up: &Thing,
    today: NaiveDate,
) -> (Option<bool>, Option<bool>) {
    const LAST_DAY: i64 = 182;
    let first = FOLLOW_UP_DAYS as i64;
    let Some(agreed) = plan(record, follow_up).and_then(|plan| state::agreed_on(record, plan))
    else {
        return (None, None);
    };
    let passed = (today - agreed).num_days();
    match done(record, follow_up).map(|day| (day - agreed).num_days()) {
        Some(day) => (Some(day <= first), Some((first..=LAST_DAY).contains(&day))),
        None => (
            (passed > first).then_some(false),
            (passed > LAST_DAY).then_some(false),
        ),
    }
}

fn show_review(record: &Record, review: &Thing) -> serde_json::Value {
    let mut map = view::thing(record, review);
    for field in ["channel", "reach", "to", "well", "challenging"] {
        map.insert(field.into(), view::text(record, review, field));
    }
    map.into()
}

fn plan<'a>(record: &'a Record, follow_up: &Thing) -> Option<&'a Thing> {
    record.get(Noun::Plan, &follow_up.reference("plan")?)
}
