//! A team as a member of somebody's circle: the person shares with the team as a whole, and keepers whom that grant
//! names say who is in the team.
//!
//! A keeper lets in and takes out members of their own team, within what the person shares with it, and nothing else.
//! Pure, and without clocks, like all of the access log. Source: `security.md` 3; `SPEC.md`, Teams; docs/adr/0038.

use super::groups::Groups;
use super::operation::Seen;
use crate::id::Id;
use crate::store::identity::DevicePublic;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What an operation does with a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TeamAct {
    /// Shares with a team, or changes what is shared with it: an owner's.
    Share {
        /// The team: the id of its own circle.
        team: Id,
        /// Who says who is in it: members by their first devices.
        keepers: Vec<(Id, DevicePublic)>,
        /// What the team may read.
        groups: Groups,
        /// The last day, `yyyy-mm-dd`, by an honest app's own clock.
        until: Option<String>,
    },
    /// Lets a member of the team in: a keeper's.
    In {
        /// The team.
        team: Id,
        /// Who.
        member: Id,
        /// Their first device.
        device: DevicePublic,
    },
    /// Takes a member of the team out again, as far as they are in by the team: a keeper's, an owner's or their own.
    Out {
        /// The team.
        team: Id,
        /// Who.
        member: Id,
        /// How far the author had taken in what the member's devices sent.
        seen: Vec<Seen>,
    },
}

/// A team as the counted operations leave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamStanding {
    /// What is shared with it.
    pub groups: Groups,
    /// The last day.
    pub until: Option<String>,
    /// Whether it is in.
    pub present: bool,
    /// The members who say who is in the team, as long as they are in it themselves.
    pub keepers: BTreeSet<Id>,
}
