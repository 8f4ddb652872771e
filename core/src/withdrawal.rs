//! Taking a thing back, and bringing it back again. What is withdrawn is kept and counts nowhere.

use crate::error::{Error, Result};
use crate::id::Id;
use crate::log;
use crate::plan::state;
use crate::record::{Acts, Noun, Thing, Value};

/// What a person can take back.
pub const WITHDRAWABLE: [Noun; 6] = [
    Noun::Entry,
    Noun::Goal,
    Noun::Plan,
    Noun::Idea,
    Noun::Barrier,
    Noun::Attachment,
];

/// Withdraws an entry, goal, draft of a plan, idea, barrier or attachment.
///
/// # Errors
/// [`Error::AlreadyAgreed`] for a plan that was agreed: it is stopped, not withdrawn.
pub fn withdraw(acts: &mut Acts, noun: Noun, id: &Id) -> Result<Id> {
    let record = acts.record();
    let thing = match noun {
        Noun::Entry => log::find(record, id)?,
        noun => record.find(noun, id)?,
    };
    if noun == Noun::Plan && state::agreed(record, thing).is_some() {
        return Err(Error::AlreadyAgreed);
    }
    acts.set(thing, "withdrawn", Value::Bool(true));
    Ok(thing.id.clone())
}

/// Brings a withdrawn thing back.
pub fn restore(acts: &mut Acts, id: &Id) -> Result<Id> {
    let record = acts.record();
    let thing: &Thing = match record.find_among(&WITHDRAWABLE, id) {
        Err(Error::UnknownId) => log::find(record, id)?,
        found => found?,
    };
    if thing.is_withdrawn() {
        acts.set(thing, "withdrawn", Value::Bool(false));
    }
    Ok(thing.id.clone())
}
