//! Which operations of an access log count, and who may do what then. Pure, and without clocks. What counted operations
//! make of members and devices is in `fold.rs`.
//!
//! An operation counts if its author had the right in what that author knew. A removal also stops what the
//! removed device made apart from it, except what a remaining device had taken up before it knew of the removal:
//! nothing others built on is taken away. Of two devices that remove each other, the one nearer to the founder stays.
//! Source: `SPEC.md`, Access log.

use super::access_log::{AccessLog, Past};
use super::claimed;
use super::fold::fold;
use super::groups::Groups;
use super::operation::{Act, Operation, member_id};
use super::team::{TeamAct, TeamStanding};
use super::used;
use crate::clock::zone::parse_day;
use crate::id::Id;
use crate::record::change::Hash;
use crate::store::identity::DevicePublic;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A device of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceStanding {
    /// Its keys.
    pub public: DevicePublic,
    /// The operation that let it in; the shorter its way from the root, the earlier it came.
    pub added: Hash,
    /// The operations that took it out.
    pub removed: Vec<Hash>,
    /// Whether it is no device but the key of a recovery code.
    pub recovery: bool,
}

/// What the counted operations say of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberStanding {
    /// The word of the role.
    pub role: String,
    /// What they may read.
    pub groups: Groups,
    /// The last day an honest app takes in anything new, by its own clock.
    pub until: Option<String>,
    /// Whether they are in.
    pub present: bool,
    /// Whether they are in by a grant of their own.
    pub direct: bool,
    /// The teams they are in by.
    pub teams: BTreeSet<Id>,
    /// The teams they were ever in by.
    pub was_in: BTreeSet<Id>,
    /// Devices, in the order they were added.
    pub devices: Vec<DeviceStanding>,
}

impl MemberStanding {
    /// Whether the last day has gone by, for a clock that says it is `today`. No replay asks this.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        let until = self.until.as_deref().map(parse_day);
        matches!(until, Some(Ok(until)) if until < today)
    }

    /// The devices that are still in.
    pub fn devices_present(&self) -> impl Iterator<Item = &DeviceStanding> {
        self.keys_present().filter(|device| !device.recovery)
    }

    /// The keys of recovery codes that hold, the newest last.
    pub fn recovery_keys(&self) -> impl Iterator<Item = &DeviceStanding> {
        self.keys_present().filter(|device| device.recovery)
    }

    /// Devices and recovery codes that are still in: what epochs are sealed to.
    pub fn keys_present(&self) -> impl Iterator<Item = &DeviceStanding> {
        self.devices
            .iter()
            .filter(|device| self.present && device.removed.is_empty())
    }
}

/// Members and devices as a set of counted operations leaves them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// By member id.
    pub members: BTreeMap<Id, MemberStanding>,
    /// Teams it is shared with, by the id of the team's own circle.
    pub teams: BTreeMap<Id, TeamStanding>,
    /// Whether the record is to be erased.
    pub erased: bool,
}

impl Standing {
    /// Whose device a key is, in or out.
    pub fn owner_of(&self, device: &[u8; 32]) -> Option<&Id> {
        let has = |member: &MemberStanding| member.devices.iter().any(|d| d.public.sign == *device);
        self.members
            .iter()
            .find(|(_, member)| has(member))
            .map(|(id, _)| id)
    }

    /// Whether a key is the one of a recovery code, in or out.
    pub(super) fn is_code(&self, key: &[u8; 32]) -> bool {
        let mut devices = self.members.values().flat_map(|member| &member.devices);
        devices.any(|device| device.recovery && device.public.sign == *key)
    }

    /// The member whose present device this is.
    pub fn present(&self, device: &[u8; 32]) -> Option<(&Id, &MemberStanding)> {
        self.members
            .iter()
            .find(|(_, member)| member.devices_present().any(|d| d.public.sign == *device))
    }

    /// The member to whose present device or recovery code with this key epochs are sealed.
    pub fn sealed_to(&self, key: &[u8; 32]) -> Option<(&Id, &MemberStanding)> {
        self.members
            .iter()
            .find(|(_, member)| member.keys_present().any(|d| d.public.sign == *key))
    }

    /// Whether this device may write grants and removals: a device of the person, of a proxy, or of the
    /// steward of a record that the person has not claimed.
    pub fn is_owner(&self, device: &[u8; 32]) -> bool {
        self.present(device)
            .is_some_and(|(_, member)| match member.role.as_str() {
                "person" | "proxy" => true,
                "staff" => !self
                    .members
                    .values()
                    .any(|m| m.present && m.role == "person"),
                _ => false,
            })
    }

    /// Whether a device may have the record erased everywhere: one of the person, or the steward's while nobody has
    /// claimed it. Nobody takes the person out, so this right is never one that somebody has lost without knowing.
    pub fn may_erase(&self, device: &[u8; 32]) -> bool {
        let present = self.present(device);
        present.is_some_and(|(_, member)| match member.role.as_str() {
            "person" => true,
            "staff" => self.unclaimed(),
            _ => false,
        })
    }

    /// Whether a device may seal keys to another: an owner to anybody, everybody to their own further devices, and the
    /// steward of a record to the person who claims it, who is its only owner from the grant on.
    pub fn may_wrap(&self, author: &[u8; 32], device: &[u8; 32]) -> bool {
        let Some((me, my)) = self.present(author) else {
            return false;
        };
        let claims = |member: &Id| self.members[member].role == "person";
        let of = self.owner_of(device);
        self.is_owner(author)
            || of.is_some_and(|member| {
                let teams = &self.members[member].teams;
                let keeps = teams.iter().any(|team| self.keeps(author, team));
                member == me || my.role == "staff" && claims(member) || keeps
            })
    }

    /// Whether a device is one of a keeper of a team that is in.
    pub fn keeps(&self, device: &[u8; 32], team: &Id) -> bool {
        let (me, team) = (self.present(device), self.teams.get(team));
        me.zip(team)
            .is_some_and(|((me, _), team)| team.present && team.keepers.contains(me))
    }

    /// Whether a member is named by one of their devices, with both its keys, or somebody new by their first: else who names
    /// them could have what is for them sealed to a key of their own.
    fn named_rightly(&self, member: &Id, device: &DevicePublic) -> bool {
        match self.owner_of(&device.sign) {
            Some(whose) => {
                let mut devices = self.members[whose].devices.iter();
                whose == member && devices.any(|known| known.public == *device)
            }
            None => *member == member_id(&device.sign),
        }
    }

    fn allows_team(&self, author: &[u8; 32], act: &TeamAct) -> bool {
        let role_is = |member: &Id, role| self.members.get(member).is_some_and(|m| m.role == role);
        match act {
            TeamAct::Share { team, keepers, .. } => {
                let keepers = keepers.iter().all(|(member, device)| {
                    self.named_rightly(member, device) && !role_is(member, "person")
                });
                self.is_owner(author) && keepers && !self.members.contains_key(team)
            }
            TeamAct::In {
                team,
                member,
                device,
            } => {
                self.keeps(author, team)
                    && self.named_rightly(member, device)
                    && !role_is(member, "person")
            }
            TeamAct::Out { team, member, .. } => {
                let own = self.present(author).is_some_and(|(id, _)| id == member);
                own || self.is_owner(author) || self.keeps(author, team)
            }
        }
    }

    /// The devices that an operation took out, as these operations leave them: a member who is still in by something else was not.
    pub fn taken_out_by(&self, operation: &Operation) -> Vec<[u8; 32]> {
        let of = |members: Vec<&MemberStanding>| {
            let devices = members.into_iter().flat_map(|member| &member.devices);
            devices.map(|device| device.public.sign).collect()
        };
        match &operation.act {
            Act::Revoke { member: id, .. } => match self.members.get(id) {
                Some(member) => of(vec![member]),
                None => {
                    let in_it = |m: &&MemberStanding| m.was_in.contains(id) && !m.present;
                    of(self.members.values().filter(in_it).collect())
                }
            },
            Act::RemoveDevice { device, .. } if self.was_removed(device, operation) => {
                vec![*device]
            }
            Act::Team(TeamAct::Out { member, .. }) => {
                let member = self.members.get(member).filter(|member| !member.present);
                of(member.into_iter().collect())
            }
            _ => Vec::new(),
        }
    }

    fn was_removed(&self, key: &[u8; 32], by: &Operation) -> bool {
        let mut devices = self.members.values().flat_map(|member| &member.devices);
        devices.any(|device| device.public.sign == *key && device.removed.contains(&by.hash))
    }

    /// Whether an operation takes out a member, who was in as it is said of `then`, or one device of theirs.
    pub(super) fn takes_out(
        &self,
        operation: &Operation,
        (id, then): (&Id, &MemberStanding),
        key: &[u8; 32],
    ) -> bool {
        match &operation.act {
            Act::Revoke { member, .. } => {
                let last_team =
                    !then.direct && then.teams.len() == 1 && then.teams.contains(member);
                member == id || last_team
            }
            Act::RemoveDevice { .. } => self.was_removed(key, operation),
            Act::Team(TeamAct::Out { team, member, .. }) => {
                let only = !then.direct && then.teams.len() == 1 && then.teams.contains(team);
                member == id && only
            }
            _ => false,
        }
    }

    pub(super) fn allows(&self, operation: &Operation) -> bool {
        let author = &operation.author;
        let own = |member: &Id| self.present(author).is_some_and(|(id, _)| id == member);
        let owner = self.is_owner(author);
        match &operation.act {
            // The log takes in no root but the one that founded its circle.
            Act::Found { .. } => true,
            Act::Grant {
                member,
                device,
                role,
                ..
            } => {
                let founders_own = self.members.get(member).is_some_and(|m| {
                    matches!(m.role.as_str(), "person" | "staff") && m.role != *role
                });
                let named_rightly = self.named_rightly(member, device);
                owner && !founders_own && named_rightly && (role != "person" || self.unclaimed())
            }
            // Nobody takes the person out of their own record.
            Act::Revoke { member, .. } => {
                let person = self.members.get(member).is_some_and(|m| m.role == "person");
                !person && (owner || own(member))
            }
            Act::AddDevice { member, device } => {
                // A recovery code may do this, and nothing else.
                let recovers = self.members.get(member).is_some_and(|member| {
                    member.recovery_keys().any(|key| key.public.sign == *author)
                });
                (own(member) || recovers) && self.owner_of(&device.sign).is_none()
            }
            Act::AddRecovery { member, device } => {
                own(member) && self.owner_of(&device.sign).is_none()
            }
            // Nor, device by device, anybody but the person.
            Act::RemoveDevice { device, .. } => self
                .owner_of(device)
                .is_some_and(|whose| own(whose) || owner && self.members[whose].role != "person"),
            Act::Epoch { .. } | Act::LetIn { .. } => owner,
            Act::Tombstone => self.may_erase(author),
            Act::Wrap { wraps, .. } => wraps.iter().all(|wrap| self.may_wrap(author, &wrap.device)),
            Act::Team(team) => self.allows_team(author, team),
            // Whoever is in, and knows of the removal by what the operation stands on.
            Act::Had { removal, .. } => {
                operation.parents.contains(removal) && self.present(author).is_some()
            }
            // What a newer version writes has no effect here, and only owners' is passed on.
            Act::Unknown(_) => owner,
        }
    }

    fn unclaimed(&self) -> bool {
        !self.members.values().any(|member| member.role == "person")
    }
}

/// The operations that count among `all`, which must hold everything its members stand on.
pub fn counted(log: &AccessLog, all: &Past) -> Past {
    let mut suspended = Past::with_capacity(log.len());
    loop {
        let counted = count(log, all, &suspended);
        let next = suspended_by_removals(log, all, &counted, &suspended);
        if next.is_subset(&suspended) {
            return counted;
        }
        // It only grows, so this ends.
        suspended.union_with(&next);
    }
}

/// Operations whose author had the right in what that author knew.
pub(super) fn count(log: &AccessLog, all: &Past, suspended: &Past) -> Past {
    let mut counted = Past::with_capacity(log.len());
    for place in all.ones() {
        if suspended.contains(place) {
            continue;
        }
        let mut known = log.past(place).clone();
        known.intersect_with(&counted);
        if fold(log, &known).allows(log.at(place)) {
            counted.insert(place);
        }
    }
    counted
}

/// What stops operations that were made apart from it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// Takes nobody out, and stops what only an owner may do.
    Claim,
    /// Takes nobody out, and stops other uses of the same code.
    Use,
    Removal,
}

/// What the first removal stops, in the order of seniority, that stops anything made apart from it.
fn suspended_by_removals(log: &AccessLog, all: &Past, counted: &Past, suspended: &Past) -> Past {
    let standing = fold(log, counted);
    let mut removals: Vec<usize> = counted
        .ones()
        .filter(|at| log.at(*at).act.seen().is_some())
        .collect();
    removals.sort_by_key(|at| {
        (
            seniority(log, &standing, &log.at(*at).author),
            log.at(*at).hash,
        )
    });
    let claims = claimed::claims(log, counted, &standing);
    let claims = claims.into_iter().map(|(at, of)| (at, of, Cause::Claim));
    let uses = used::twice(log, all, counted, &standing, suspended);
    let uses = uses
        .into_iter()
        .map(|(at, code)| (at, vec![code], Cause::Use));
    let removals = removals
        .into_iter()
        .map(|at| (at, standing.taken_out_by(log.at(at)), Cause::Removal));
    for (cause, of, kind) in claims.chain(uses).chain(removals) {
        let by_its_own = used::by_its_own(log, &standing, log.at(cause));
        let mut stopped = Past::with_capacity(log.len());
        for place in counted.ones() {
            let operation = log.at(place);
            let concerned = match kind {
                Cause::Claim => claimed::needs_owner(&standing, operation),
                Cause::Use => used::is_use(&standing, operation),
                Cause::Removal => !by_its_own || !used::is_use(&standing, operation),
            };
            if of.contains(&operation.author) && concerned && is_apart(log, place, cause) {
                stopped.insert(place);
            }
        }
        if stopped.is_clear() {
            continue;
        }
        let speaks = |operation: &Operation| {
            !of.contains(&operation.author)
                && (kind == Cause::Use || !used::only_knows(log, operation))
        };
        let stopped = without_vouched(log, all, &stopped, cause, speaks, suspended);
        if !stopped.is_clear() {
            return stopped;
        }
    }
    Past::with_capacity(log.len())
}

/// Whether neither of two operations knew the other.
pub(super) fn is_apart(log: &AccessLog, one: usize, other: usize) -> bool {
    one != other && !log.past(other).contains(one) && !log.past(one).contains(other)
}

/// Leaves out what a remaining device had taken up before it knew of the removal. Who is let in only by what may
/// be stopped cannot speak for it, nor can what does not `speak`.
fn without_vouched(
    log: &AccessLog,
    all: &Past,
    stopped: &Past,
    removal: usize,
    speaks: impl Fn(&Operation) -> bool,
    suspended: &Past,
) -> Past {
    let mut doubtful = suspended.clone();
    doubtful.union_with(stopped);
    let firm = count(log, all, &doubtful);
    let remaining = fold(log, &firm);
    let mut left = stopped.clone();
    for later in firm.ones() {
        if !log.past(later).contains(removal)
            && later != removal
            && speaks(log.at(later))
            && remaining.present(&log.at(later).author).is_some()
        {
            left.difference_with(log.past(later));
        }
    }
    left
}

/// How far from the founder a device came in: fewer operations before it, then the lower key.
fn seniority(log: &AccessLog, standing: &Standing, device: &[u8; 32]) -> (usize, [u8; 32]) {
    let added = standing
        .members
        .values()
        .flat_map(|member| &member.devices)
        .find(|d| d.public.sign == *device)
        .map(|d| log.past_of(&[d.added]).count_ones(..));
    (added.unwrap_or(usize::MAX), *device)
}
