//! Reminders for the phone to schedule: nothing private in them.
//!
//! Source: `screens.md`, Outside the app. The days are those of [`crate::view::today::reminders`].

use super::Scene;
use super::today::{AnswerChoice, answers};
use crate::id::Id;
use crate::record::Record;
use crate::view::lists;
use crate::words::Words;

/// How many answers a notification has room for. Source: `screens.md`, Notification.
const ROOM: usize = 3;

/// A planned time of the coming days.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ReminderView {
    /// The plan, for the answer to name it.
    pub plan: Id,
    /// The day, `yyyy-mm-dd`.
    pub on: String,
    /// When in the day, in the person's words, for the phone to find an hour by; not to be shown.
    pub when: Option<String>,
    /// What the notification says.
    pub words: String,
    /// The answers it offers, without the plan's own words.
    pub answers: Vec<AnswerChoice>,
}

/// The reminders of the coming days, earliest first.
///
/// # Errors
/// [`crate::Error::BadDate`] at the end of the calendar.
pub fn reminders(scene: &Scene) -> crate::Result<Vec<ReminderView>> {
    let planned = lists::reminders(scene.record, scene.today)?;
    let planned = planned.as_array().cloned().unwrap_or_default();
    let text = |one: &serde_json::Value, name: &str| one[name].as_str().map(str::to_owned);
    let said = said(scene.record, scene.words);
    let mut all: Vec<ReminderView> = planned
        .iter()
        .filter_map(|one| {
            Some(ReminderView {
                plan: Id::read(text(one, "plan")?),
                on: text(one, "on")?,
                when: text(one, "when"),
                words: said.clone(),
                answers: offered(scene.words),
            })
        })
        .collect();
    all.sort_by(|a, b| a.on.cmp(&b.on));
    Ok(all)
}

fn said(record: &Record, words: &Words) -> String {
    match super::today::first_name(record) {
        Some(name) => words.say("reminder-time", &[("name", (&name).into())]),
        None => words.say("reminder-time-you", &[]),
    }
}

/// "Did it", "Did part", "Could not": those a notification has room for.
fn offered(words: &Words) -> Vec<AnswerChoice> {
    let mut all = answers("", words);
    let last = all.pop();
    all.truncate(ROOM - 1);
    all.extend(last);
    all
}
