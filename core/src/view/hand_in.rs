//! Whether what is on this device is anywhere else, as `cli.md` shows it: "is it safe to hand in?"
//!
//! Source: `cli.md`, `safe_to_hand_in`; docs/adr/0035.

use crate::circle::{Groups, Roster};
use crate::error::Result;
use crate::record::sharing::Sent;
use crate::record::{Actor, Noun, Record};
use crate::store::backup::Reach;
use crate::store::taken_out::TakenOut;
use crate::store::{Circle, Scope, Vault};
use crate::view;
use serde_json::{Value, json};

/// What holds a copy of a record beside this device.
pub struct Copies {
    /// The groups that other devices which are in can open.
    pub others: Groups,
    /// How far the newest backup reaches; nothing where it is sealed to a code that has ended.
    pub backup: Reach,
    /// Whether the recovery code it is sealed to was tried.
    pub tried: bool,
}

/// What was found in the records of a device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandIn {
    /// Things that somebody else can get and has not yet.
    pub waiting: u64,
    /// Things that nobody else can get.
    pub never: u64,
    /// Whether anything that must be in a backup is not in one that counts.
    pub not_backed: bool,
    /// Whether a group depends on a recovery code that was not tried.
    pub not_tried: bool,
    /// How this device was taken out of the own record. It can make no code and no backup that others would believe.
    pub out: Option<TakenOut>,
}

impl HandIn {
    /// Looks at every thing of a record but its roster, zone and name, which come with any copy of it.
    pub fn look(&mut self, record: &Record, copies: &Copies) {
        let written = record
            .all()
            .filter(|thing| !matches!(thing.noun, Noun::Circle | Noun::Member | Noun::Zone));
        for thing in written {
            let sent = record.sharing.sent(thing);
            self.waiting += u64::from(sent == Sent::Waiting);
            self.never += u64::from(sent == Sent::Never);
            let open = thing
                .part
                .group()
                .is_some_and(|group| copies.others.has(group));
            let mine = |actor: &Actor| record.sharing.sent.contains_key(actor);
            let backed = match (open, sent) {
                (true, Sent::Never) => copies.backup.holds(thing, mine),
                (true, _) => true,
                // Nobody else can open the group: all of it must come back from the backup.
                (false, _) => copies.backup.holds(thing, |_| true),
            };
            self.not_backed |= !backed;
            self.not_tried |= !open && !copies.tried;
        }
    }

    /// Whether nothing is only on this device.
    pub fn is_safe(&self) -> bool {
        // Who was not let in because of a used code may not know yet that what they wrote is in nobody's record.
        let believed = self.out != Some(TakenOut::UsedCode);
        self.waiting == 0 && !self.not_backed && !self.not_tried && believed
    }

    /// What is left to do until it is, in order. `has_code`: whether there is a recovery code that holds.
    pub fn to_do(&self, has_code: bool) -> Vec<&'static str> {
        if self.out.is_some() {
            return vec!["join_again"];
        }
        let lacks = self.not_backed || self.not_tried;
        let steps = [
            (self.waiting > 0, "meet"),
            (lacks && !has_code, "recovery_make"),
            (self.not_tried, "recovery_try"),
            (self.not_backed, "backup_make"),
        ];
        let steps = steps.into_iter().filter(|(needed, _)| *needed);
        steps.map(|(_, step)| step).collect()
    }
}

impl Vault {
    /// What is not sent yet on this device, over all its records; whether it is safe to hand in, and what is left to do;
    /// and whom it met last.
    ///
    /// # Errors
    /// Those of storage.
    pub fn status(&self) -> Result<Value> {
        let recovery = self.recovery()?;
        let key = recovery.map(|recovery| recovery.key);
        let counts = self.backup()?.is_some_and(|made| Some(made.key) == key);
        let mut found = HandIn {
            out: self.taken_out(&self.own()?)?,
            ..HandIn::default()
        };
        let mut last_contact = Vec::new();
        let (mut missing, mut aside) = (0, Vec::new());
        for circle in self.circles()? {
            let record = self.record(&circle, &Scope::Everything)?;
            let roster = self.roster(&circle)?;
            let copies = Copies {
                others: self.others_can_open(&roster),
                backup: if counts {
                    self.backup_reach(&circle)?
                } else {
                    Reach::default()
                },
                tried: recovery.is_some_and(|recovery| recovery.tried.is_some()),
            };
            found.look(&record, &copies);
            last_contact.extend(self.contacts(&circle, &record, &roster)?);
            missing += self.known_missing(&circle)?;
            aside.extend(self.aside_of(&circle, &record, &roster)?);
        }
        let own = self.access(&self.own()?)?;
        let twice = own.roster.code_used_twice(&own.log);
        // What is carried for others lies with them too, until they know that it arrived.
        let carried = self.carried()?;
        Ok(json!({
            "carries": carried.parcels, "carries_bytes": carried.bytes,
            "waiting": found.waiting, "never": found.never, "safe_to_hand_in": found.is_safe(),
            "to_do": found.to_do(recovery.is_some()), "last_contact": last_contact,
            "known_missing": missing, "aside": aside, "code_used_twice": twice,
        }))
    }

    /// The groups that other devices which are in can open, a further one of the same person among them.
    fn others_can_open(&self, roster: &Roster) -> Groups {
        let own = self.keys().public().sign;
        let readers = roster.readers(Groups::EVERYTHING).into_iter();
        readers
            .filter(|(device, _)| {
                device.sign != own && roster.standing.present(&device.sign).is_some()
            })
            .fold(Groups::NONE, |all, (_, groups)| all.with(groups))
    }

    fn contacts(&self, circle: &Circle, record: &Record, roster: &Roster) -> Result<Vec<Value>> {
        let mut shown = Vec::new();
        for (device, at) in self.last_contacts(circle)? {
            let name = name_of(&device, record, roster);
            shown.push(json!({"with": name, "at": view::moment(at)}));
        }
        Ok(shown)
    }

    /// What came of a record and is not in it: from whom, why, and how much.
    fn aside_of(&self, circle: &Circle, record: &Record, roster: &Roster) -> Result<Vec<Value>> {
        let kept = self.kept_aside(circle)?.into_iter();
        let shown = kept.map(|kept| {
            let name = (kept.device).and_then(|device| name_of(&device, record, roster));
            json!({"from": name, "why": kept.why.as_str(), "count": kept.count})
        });
        Ok(shown.collect())
    }
}

/// The name of whose device it is or was, as the record has it.
fn name_of(device: &[u8; 32], record: &Record, roster: &Roster) -> Option<String> {
    let member = roster.whose(device)?;
    Some(record.member(member)?.name)
}
