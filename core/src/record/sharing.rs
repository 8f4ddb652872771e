//! What this device may do in a circle, and what of its own has left it.

use super::part::{Actor, Group, Part};
use super::thing::Thing;
use crate::circle::{Groups, role};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::change::{ChangeNote, PutOp};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Where something written stands. Source: `cli.md`, `sent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sent {
    /// Another device has it durably.
    Yes,
    /// There is somebody to get it.
    Waiting,
    /// Nobody else can get it.
    Never,
}

impl Sent {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Sent::Yes => "yes",
            Sent::Waiting => "waiting",
            Sent::Never => "never",
        }
    }
}

/// What this device was granted in a circle, who else is in it, and how much was sent.
#[derive(Clone, Debug)]
pub struct Sharing {
    /// Role and groups of this device's member; `None` in a circle that was founded here.
    pub granted: Option<(String, Groups)>,
    /// The last day of sharing with this device, if one was set.
    pub until: Option<NaiveDate>,
    /// Groups that present devices of others, or further own ones, may read; none for who was taken out.
    pub others: Groups,
    /// How far the changes of this device's incarnations were acknowledged, by part.
    pub sent: BTreeMap<Actor, BTreeMap<Part, u64>>,
    /// Attachments whose bytes are on this device.
    pub files_here: BTreeSet<Id>,
    /// The device is in the hands of the person who is visited.
    pub handed: bool,
    /// Attachments made here with bytes that nobody else has durably yet, and the things they are about.
    pub files_unsent: BTreeSet<Id>,
}

impl Default for Sharing {
    fn default() -> Sharing {
        Sharing {
            granted: None,
            until: None,
            others: Groups::NONE,
            sent: BTreeMap::new(),
            handed: false,
            files_here: BTreeSet::new(),
            files_unsent: BTreeSet::new(),
        }
    }
}

impl Sharing {
    /// Whether this device, which is `member`'s, may write these puts.
    ///
    /// # Errors
    /// [`Error::NotAllowed`].
    pub fn may_write(
        &self,
        member: &Id,
        part: &Part,
        note: ChangeNote,
        puts: &[PutOp],
    ) -> Result<()> {
        let Some((role, groups)) = &self.granted else {
            return Ok(());
        };
        let shared = part.group().is_some_and(|group| groups.has(group));
        if shared
            && puts
                .iter()
                .all(|put| role::may_write((member, role), part, put, note))
        {
            Ok(())
        } else {
            Err(Error::NotAllowed)
        }
    }

    /// Whether sharing goes on, by this device's own clock. What it had stays readable.
    ///
    /// # Errors
    /// [`Error::SharingEnded`] once the last day has gone by.
    pub fn goes_on(&self, today: NaiveDate) -> Result<()> {
        match self.until {
            Some(until) if until < today => Err(Error::SharingEnded),
            _ => Ok(()),
        }
    }

    /// Whether this device was given what lies in a share group.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] if it was not.
    pub fn may_read(&self, group: Group) -> Result<()> {
        match &self.granted {
            Some((_, groups)) if !groups.has(group) => Err(Error::NotAllowed),
            _ => Ok(()),
        }
    }

    /// Where a thing stands: what others wrote is with them; of what this device wrote, every answer counts, and every
    /// byte of a file beside it.
    pub fn sent(&self, thing: &Thing) -> Sent {
        let answers = thing.fields.iter().flat_map(|(_, field)| field.all());
        let mut own = answers.filter_map(|answer| {
            let acknowledged = self.sent.get(&answer.stamp.actor)?;
            let reached = acknowledged.get(&thing.part).copied().unwrap_or(0);
            Some(answer.stamp.seq <= reached)
        });
        if own.all(|acknowledged| acknowledged) && !self.files_unsent.contains(&thing.id) {
            return Sent::Yes;
        }
        match thing.part.group() {
            Some(group) if self.others.has(group) => Sent::Waiting,
            _ => Sent::Never,
        }
    }
}
