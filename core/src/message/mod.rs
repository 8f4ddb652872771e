//! Text messages written when a plan was agreed, which go out on the day of the check-in.
//!
//! Source: `domain.md` 1, Messages; `cli.md`, `messages`. A message is the words kept with a follow-up; what happened
//! to it stands in the team's part under an id made from the follow-up's. One device sends it: the one that wrote it.
//! `sending` is kept durably before anything goes out. A device that stopped while sending cannot know whether it
//! went, so it is not sent again but listed as "may not have gone".

use crate::error::{Error, Result};
use crate::follow_up;
use crate::id::Id;
use crate::record::{Actor, Acts, Noun, Part, Record, Thing};
use crate::{ending, need, view};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its day has not come.
    Waiting,
    /// It may go out.
    Due,
    /// It is going out now, on this device and in this run of the program.
    Sending,
    /// Sending began and nothing says how it ended.
    MayNotHaveGone,
    /// It went.
    Sent,
    /// Somebody stopped it.
    Stopped,
    /// The check-in was done or is not needed any more, or the person wants no texts.
    NotNeeded,
}

impl State {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Due => "due",
            State::Sending => "sending",
            State::MayNotHaveGone => "may_not_have_gone",
            State::Sent => "sent",
            State::Stopped => "stopped",
            State::NotNeeded => "not_needed",
        }
    }
}

/// The follow-ups of a record that have a message, by day.
pub fn all(record: &Record) -> Vec<&Thing> {
    let mut all: Vec<&Thing> = record
        .standing(Noun::FollowUp)
        .into_iter()
        .filter(|f| record.shown_text(f, "message").is_some())
        .collect();
    all.sort_by_key(|f| follow_up::due(record, f));
    all
}

/// The id of a follow-up's message.
pub fn id_of(follow_up: &Id) -> Id {
    Id::of(&[b"message/1", follow_up.as_str().as_bytes()])
}

/// The follow-up of the message whose id begins like this.
///
/// # Errors
/// [`Error::UnknownId`], [`Error::AmbiguousId`].
pub fn find<'a>(record: &'a Record, message: &Id) -> Result<&'a Thing> {
    let ids: Vec<(Id, &Thing)> = all(record).into_iter().map(|f| (id_of(&f.id), f)).collect();
    message.among(ids.iter().map(|(id, f)| (id, *f)))
}

/// What became of a message. `sending` names what this run of the program is sending, if anything.
pub fn state(record: &Record, follow_up: &Thing, day: NaiveDate, sending: Option<&Id>) -> State {
    let id = id_of(&follow_up.id);
    let kept = record
        .get(Noun::Message, &id)
        .and_then(|thing| record.shown_text(thing, "state"));
    match kept.as_deref() {
        Some("sent") => return State::Sent,
        Some("sending") if sending == Some(&id) => return State::Sending,
        Some("sending") => return State::MayNotHaveGone,
        Some("stopped") => return State::Stopped,
        _ => {}
    }
    let no_texts = follow_up.text("channel") == Some("text") && need::has(record, "no_texts");
    match follow_up::state(record, follow_up, day) {
        _ if ending::is_ended(record) || no_texts => State::NotNeeded,
        "due" => State::Due,
        "waiting" => State::Waiting,
        // Late it would say something about a day that has gone by.
        _ => State::NotNeeded,
    }
}

/// The incarnation of the device that sends it.
pub fn sender(follow_up: &Thing) -> Option<Actor> {
    let written = follow_up.field("message")?.present.first()?;
    Some(written.stamp.actor)
}

/// Stops a message that has not gone. Stopping it again changes nothing.
///
/// # Errors
/// [`Error::UnknownId`], [`Error::AmbiguousId`], [`Error::NotAnAnswer`] for one that went or may have gone.
pub fn stop(acts: &mut Acts, message: &Id) -> Result<Id> {
    let record = acts.record();
    let follow_up = find(record, message)?;
    match state(record, follow_up, acts.today(), None) {
        State::Sent | State::Sending | State::MayNotHaveGone => Err(Error::NotAnAnswer),
        _ => Ok(put(acts, follow_up, "stopped")),
    }
}

/// Notes that sending begins. Only once this is durable may the words be handed to a gateway.
///
/// # Errors
/// [`Error::UnknownId`], [`Error::AmbiguousId`], [`Error::NotAllowed`] on any other device than the one that sends it,
/// [`Error::NotAnAnswer`] for a message that is not due.
pub fn begin_sending(acts: &mut Acts, message: &Id) -> Result<Id> {
    let record = acts.record();
    let follow_up = find(record, message)?;
    let writer = sender(follow_up).and_then(|actor| record.actors.get(&actor));
    if writer != Some(&record.me) {
        return Err(Error::NotAllowed);
    }
    match state(record, follow_up, acts.today(), None) {
        State::Due => Ok(put(acts, follow_up, "sending")),
        _ => Err(Error::NotAnAnswer),
    }
}

/// Notes that the gateway took it.
///
/// # Errors
/// [`Error::UnknownId`], [`Error::AmbiguousId`], [`Error::NotAnAnswer`] where sending was not begun.
pub fn sent(acts: &mut Acts, message: &Id) -> Result<Id> {
    let record = acts.record();
    let follow_up = find(record, message)?;
    match state(record, follow_up, acts.today(), None) {
        State::MayNotHaveGone => Ok(put(acts, follow_up, "sent")),
        _ => Err(Error::NotAnAnswer),
    }
}

fn put(acts: &mut Acts, follow_up: &Thing, state: &str) -> Id {
    let (part, id) = (Part::team(), id_of(&follow_up.id));
    let about = follow_up.id.as_str();
    acts.put(&part, Noun::Message, &id, "follow_up", about);
    acts.put(&part, Noun::Message, &id, "state", state);
    id
}

/// A message as it is listed.
pub fn show(record: &Record, follow_up: &Thing, day: NaiveDate) -> Value {
    let made = follow_up.made();
    let device = sender(follow_up).map(|actor| actor == record.actor);
    json!({
        "id": id_of(&follow_up.id), "person": record.circle, "name": record.person_name(),
        "follow_up": follow_up.id, "plan": follow_up.reference("plan"),
        "due": follow_up::due(record, follow_up), "channel": follow_up.text("channel"),
        "text": view::text(record, follow_up, "message"),
        "state": state(record, follow_up, day, None).as_str(),
        "sent_by_this_device": device,
        "made_by": made.map(|made| view::by(record, &made.stamp)),
        "made_at": made.map(|made| view::at(&made.stamp)),
    })
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
