//! Who shares a record, and whether what is on this device is anywhere else, as `cli.md` shows them.

use crate::circle::{Groups, Roster};
use crate::record::state::one_line;
use crate::record::{Group, Record};
use crate::store::requests::Asked;
use crate::view;
use chrono::NaiveDate;
use serde_json::{Value, json};

/// The share groups that a command or page about a noun needs, by the noun's word. Source: `design.md`, the record.
pub fn needed(noun: &str, verb: &str) -> Groups {
    let goals = Groups::from(Group::Goals);
    let log = Groups::from(Group::Log);
    match (noun, verb) {
        ("about", _) => Group::About.into(),
        ("log", "list") => log,
        ("today" | "progress" | "reminders" | "log" | "offer", _) => goals.with(log),
        (
            "goal" | "plan" | "barrier" | "idea" | "follow_up" | "agenda" | "ambivalence"
            | "support" | "decide" | "concern" | "rest" | "figures",
            _,
        ) => goals,
        ("observe" | "activation" | "owner" | "handover" | "meeting" | "messages", _) => {
            Group::Team.into()
        }
        _ => Groups::NONE,
    }
}

/// The share groups that a command or page about a noun shows something of: for the view that is noted of it.
pub fn shows(noun: &str, verb: &str) -> Groups {
    match noun {
        "record" | "history" | "search" | "export" | "disagreements" => Groups::EVERYTHING,
        "prompts" => Group::Goals.into(),
        _ => needed(noun, verb),
    }
}

/// Members, those who were taken out or whose last day has gone by, and invitations that are not used yet. `today` is
/// the day by this device's own clock.
pub fn members(record: &Record, roster: &Roster, invited: &[Invited], today: NaiveDate) -> Value {
    let mut shown: Vec<Value> = roster
        .standing
        .members
        .iter()
        .map(|(id, member)| {
            let named = record.member(id);
            json!({
                "id": id,
                "name": named.map(|named| named.name),
                "role": member.role,
                "part": member.groups.words(),
                "until": member.until,
                "state": if member.present && !member.is_over(today) { "member" } else { "ended" },
            })
        })
        .collect();
    shown.extend(invited.iter().map(invitation));
    shown.into()
}

/// An invitation that nobody has used yet.
pub fn invitation(invited: &Invited) -> Value {
    json!({
        "id": invited.id, "name": Value::Null, "role": invited.role, "part": invited.groups.words(),
        "until": invited.until, "state": "invited",
    })
}

/// Who asked to be let in and waits: with the six words to compare.
pub fn asking(asked: &Asked) -> Value {
    json!({
        "id": asked.id, "name": one_line(asked.name.clone()), "title": asked.title, "role": asked.role, "part": asked.groups.words(),
        "until": asked.until, "state": "asks", "at": view::moment(asked.at), "six_words": asked.words,
    })
}

/// An invitation that nobody has used yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// First symbols of its hash.
    pub id: String,
    /// The word of the role.
    pub role: String,
    /// What will be shared.
    pub groups: Groups,
    /// The last day.
    pub until: Option<String>,
}
