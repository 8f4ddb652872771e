//! Who shares a record, and whether what is on this device is anywhere else, as `cli.md` shows them.

use crate::circle::{Groups, Roster};
use crate::error::Result;
use crate::record::sharing::Sent;
use crate::record::{Group, Record};
use crate::store::requests::Asked;
use crate::store::{Circle, Scope, Vault};
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
    shown.extend(invited.iter().map(|invited| {
        json!({
            "id": invited.id, "name": Value::Null, "role": invited.role, "part": invited.groups.words(),
            "until": invited.until, "state": "invited",
        })
    }));
    shown.into()
}

/// Who asked to be let in and waits: with the six words to compare.
pub fn asking(asked: &Asked) -> Value {
    json!({
        "id": asked.id, "name": asked.name, "title": asked.title, "role": asked.role, "part": asked.groups.words(),
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

impl Vault {
    /// What is not sent yet on this device, over all its records, and whether it is safe to hand in: nothing is only
    /// here, and devices of others hold every group that something was written in.
    pub fn status(&self) -> Result<Value> {
        let (mut waiting, mut never, mut last_contact) = (0u64, 0u64, Vec::new());
        for circle in self.circles()? {
            let record = self.record(&circle, &Scope::Everything)?;
            for thing in record.all() {
                // The roster, the zone and the name of the person come with the record itself.
                if thing.part.group() == Some(Group::Members) {
                    continue;
                }
                match record.sharing.sent(thing) {
                    Sent::Yes => {}
                    Sent::Waiting => waiting += 1,
                    Sent::Never => never += 1,
                }
            }
            last_contact.extend(self.contacts(&circle, &record)?);
        }
        Ok(json!({
            "waiting": waiting, "never": never, "safe_to_hand_in": waiting == 0 && never == 0,
            "last_contact": last_contact,
        }))
    }

    fn contacts(&self, circle: &Circle, record: &Record) -> Result<Vec<Value>> {
        let roster = self.roster(circle)?;
        let mut shown = Vec::new();
        for (device, at) in self.last_contacts(circle)? {
            let member = roster.standing.owner_of(&device);
            let name = member
                .and_then(|member| record.member(member))
                .map(|member| member.name);
            shown.push(json!({"with": name, "at": view::moment(at)}));
        }
        Ok(shown)
    }
}
