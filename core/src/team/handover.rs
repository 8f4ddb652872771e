//! Handing a person over: for good, or as leave cover that ends by itself. The old owner answers until it is accepted.
//!
//! Source: `domain.md` 1, Team (handover pack); `cli.md`, `handover make|accept|refuse`.

use super::owner;
use crate::barrier;
use crate::clock::zone::parse_day_to_come;
use crate::error::{Error, Result};
use crate::follow_up;
use crate::id::Id;
use crate::record::acts::checked;
use crate::record::{Acts, Noun, Part, Record, Thing};
use crate::{about_me, ending, view};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// What a handover says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Making {
    /// To whom: a member who works in care, by the beginning of their id.
    pub to: Id,
    /// The last day, `yyyy-mm-dd`, of leave cover; none: for good.
    pub until: Option<String>,
    /// Promises made to the person.
    pub promises: Vec<String>,
}

/// The id of a handover yet to be made; one handover of several people has one id.
pub fn new_id(acts: &Acts) -> Id {
    acts.make(&Part::team())
}

/// Makes a handover under `id`.
///
/// # Errors
/// [`Error::NotAllowed`] for who does not work in care, [`Error::NotAnAnswer`] for oneself, a member who does not work
/// in care or once care has ended, [`Error::UnknownId`], [`Error::AmbiguousId`], [`Error::BadDate`] for a day that has
/// gone by, [`Error::Empty`], [`Error::TooLong`].
pub fn make(acts: &mut Acts, id: &Id, making: &Making) -> Result<Id> {
    acts.staff_only()?;
    let record = acts.record();
    let to = owner::worker(record, &making.to)?;
    if to == record.me || ending::is_ended(record) {
        return Err(Error::NotAnAnswer);
    }
    let today = acts.today();
    let until = making.until.as_deref();
    let until = until.map(|day| parse_day_to_come(day, today)).transpose()?;
    let part = Part::team();
    acts.put(&part, Noun::Handover, id, "to", to.as_str());
    if let Some(until) = until {
        let until = until.to_string();
        acts.put(&part, Noun::Handover, id, "until", until.as_str());
    }
    for (number, promise) in (1..).zip(&making.promises) {
        let field = format!("promise_{number}");
        acts.put(&part, Noun::Handover, id, &field, checked(promise)?);
    }
    Ok(id.clone())
}

/// Accepts a handover in one's own name; from today the new owner answers.
///
/// # Errors
/// [`Error::UnknownId`], [`Error::AmbiguousId`], [`Error::NotAllowed`] for anyone it was not made to,
/// [`Error::NotAnAnswer`] if it was answered.
pub fn accept(acts: &mut Acts, handover: &Id) -> Result<Id> {
    let handover = to_me(acts, handover)?;
    acts.set(handover, "answer", "accepted");
    if handover.text("until").is_some() {
        owner::put(acts, "cover", &handover.id);
    } else {
        owner::put(acts, "member", &acts.record().me);
    }
    Ok(handover.id.clone())
}

/// Refuses a handover, saying why; the old owner goes on.
///
/// # Errors
/// Those of [`accept`], [`Error::Empty`], [`Error::TooLong`].
pub fn refuse(acts: &mut Acts, handover: &Id, why: &str) -> Result<Id> {
    let handover = to_me(acts, handover)?;
    acts.set(handover, "why", checked(why)?);
    acts.set(handover, "answer", "refused");
    Ok(handover.id.clone())
}

fn to_me<'r>(acts: &Acts<'r>, handover: &Id) -> Result<&'r Thing> {
    let record = acts.record();
    let handover = record.find(Noun::Handover, handover)?;
    if handover.reference("to").as_ref() != Some(&record.me) {
        return Err(Error::NotAllowed);
    }
    match record.shown_text(handover, "answer") {
        Some(_) => Err(Error::NotAnAnswer),
        None => Ok(handover),
    }
}

/// The local day on which it was accepted.
pub(super) fn accepted_on(record: &Record, handover: &Thing) -> Option<NaiveDate> {
    let answer = record.shown(handover, "answer")?;
    (answer.value.text() == Some("accepted")).then(|| record.day_written(&answer.stamp))
}

/// A handover with its pack: promises, what matters, open barriers and next dates.
pub fn show(record: &Record, handover: &Thing, today: NaiveDate) -> Value {
    let mut map = view::thing(record, handover);
    let to = handover.reference("to");
    let name = to.as_ref().and_then(|to| record.member(to));
    map.insert(
        "to".into(),
        json!({"member": to, "name": name.map(|member| member.name)}),
    );
    map.insert("until".into(), json!(handover.text("until")));
    let promises: Vec<_> = (1..)
        .map_while(|number| handover.text(&format!("promise_{number}")))
        .collect();
    map.insert("promises".into(), json!(promises));
    let state = record.shown_text(handover, "answer");
    map.insert("state".into(), json!(state.as_deref().unwrap_or("made")));
    map.insert("why".into(), view::text(record, handover, "why"));
    map.insert("person".into(), json!(record.circle));
    map.insert("matters".into(), about_me::show(record));
    let open = record.standing(Noun::Barrier).into_iter();
    let open: Vec<_> = open
        .filter(|barrier| matches!(barrier::state(record, barrier), "open" | "trying"))
        .map(|barrier| view::text(record, barrier, "text"))
        .collect();
    map.insert("barriers".into(), json!(open));
    let mut dates: Vec<_> = record
        .standing(Noun::FollowUp)
        .into_iter()
        .filter(|f| {
            matches!(
                follow_up::state(record, f, today),
                "waiting" | "due" | "overdue"
            )
        })
        .map(|f| (follow_up::due(record, f), f.text("channel")))
        .collect();
    dates.sort();
    let dates: Vec<_> = dates
        .into_iter()
        .map(|(due, channel)| json!({"due": due, "channel": channel}))
        .collect();
    map.insert("dates".into(), json!(dates));
    map.into()
}

#[cfg(test)]
#[path = "handover_tests.rs"]
mod tests;
