//! The roster: an access log replayed into who is in, who may read what, and which keys may be used.

use super::access_log::{AccessLog, Past};
use super::fallen::{self, Fallen};
use super::fold::fold;
use super::groups::Groups;
use super::operation::{Act, GroupKey, Operation, Seen, Wrap};
use super::standing::{self, Standing};
use super::used;
use crate::id::Id;
use crate::record::change::Hash;
use crate::record::part::{Actor, Group};
use crate::store::identity::DevicePublic;
use chrono::{DateTime, FixedOffset};
use std::collections::{BTreeMap, BTreeSet};

/// How long a key is written under, in seconds by the clock of an owner's device: 90 days.
pub const GOOD_FOR: i64 = 90 * 24 * 60 * 60;

/// Whether a key made at this moment, in Unix seconds, is older than [`GOOD_FOR`] for a clock that says it is `now`.
pub fn is_outworn(made: i64, now: DateTime<FixedOffset>) -> bool {
    now.timestamp().saturating_sub(made) > GOOD_FOR
}

/// The most devices and recovery codes a member ever has.
const DEVICES_CAP: usize = 64;

/// The most operations of a member who is no owner.
const MEMBERS_CAP: usize = 500;

/// An access log as it stands.
#[derive(Clone, Debug)]
pub struct Roster {
    /// Members and devices.
    pub standing: Standing,
    /// The operations nothing known stands on, ascending.
    pub heads: Vec<Hash>,
    counted: Past,
    fallen: Vec<Fallen>,
    epochs: Vec<Epoch>,
}

#[derive(Clone, Debug)]
struct Epoch {
    hash: Hash,
    place: usize,
    // One whose maker was taken out apart from it does not; what was sealed under it meanwhile still has to open.
    counts: bool,
    keys: Vec<GroupKey>,
    wraps: Vec<Wrap>,
    // Who held which group's key, by what was granted when the key was sealed to them.
    holders: BTreeSet<([u8; 32], Group)>,
}

/// What an access log says of a device that wrote something knowing certain heads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    /// Let in then, and not taken out since as far as is known.
    Member {
        /// Whose device.
        member: Id,
        /// The word of the role, then.
        role: String,
        /// What they might read, then.
        groups: Groups,
    },
    /// As a member, but taken out by these removals that the author did not know of.
    Removed {
        /// Whose device.
        member: Id,
        /// The word of the role, then.
        role: String,
        /// What they might read, then.
        groups: Groups,
        /// The removals.
        by: Vec<Hash>,
    },
    /// Stands on operations that have not arrived.
    Unknown,
    /// No device of a member then.
    Stranger,
}

/// An epoch, its keys, and the devices that may read what is sealed under it and cannot open it, each with the groups.
pub type Unlinked<'a> = (&'a Hash, &'a [GroupKey], Vec<(DevicePublic, Groups)>);

impl Roster {
    /// Replays a log.
    pub fn of(log: &AccessLog) -> Roster {
        let counted = standing::counted(log, &log.everything());
        let mut epochs: Vec<Epoch> = Vec::new();
        for place in log.everything().ones() {
            let operation = log.at(place);
            let then = || {
                let mut known = log.past(place).clone();
                known.intersect_with(&counted);
                fold(log, &known)
            };
            match &operation.act {
                Act::Epoch { keys, wraps } => {
                    let mut epoch = Epoch {
                        hash: operation.hash,
                        place,
                        counts: counted.contains(place),
                        keys: keys.clone(),
                        wraps: Vec::new(),
                        holders: BTreeSet::new(),
                    };
                    epoch.hold(wraps, &then());
                    epochs.push(epoch);
                }
                Act::Wrap { epoch, wraps } => {
                    if let Some(epoch) = epochs.iter_mut().find(|known| known.hash == *epoch) {
                        epoch.hold(wraps, &then());
                    }
                }
                _ => {}
            }
        }
        let standing = fold(log, &counted);
        let fallen = fallen::fallen(log, &counted, &standing);
        Roster {
            standing,
            heads: log.heads(),
            counted,
            fallen,
            epochs,
        }
    }

    /// Every epoch, also one that does not count any more because its maker was taken out: its operation, what it says of
    /// its keys, and the wraps made of them.
    pub fn epochs(&self) -> impl Iterator<Item = (&Hash, &[GroupKey], &[Wrap])> {
        self.epochs
            .iter()
            .map(|epoch| (&epoch.hash, epoch.keys.as_slice(), epoch.wraps.as_slice()))
    }

    /// The epoch to write a group's segments under: the newest whose every holder may still read the group.
    /// `None` when a removal left none, and an owner has to make one first.
    pub fn epoch_for(&self, log: &AccessLog, group: Group) -> Option<Hash> {
        let readers: BTreeSet<[u8; 32]> = self
            .readers(group.into())
            .into_iter()
            .map(|(device, _)| device.sign)
            .collect();
        let fit = |epoch: &&Epoch| {
            let mut holders = epoch.holders.iter().filter(|(_, of)| *of == group);
            epoch.counts
                && epoch.is_of(group)
                && holders.all(|(device, _)| readers.contains(device))
        };
        let fitting: Vec<&Epoch> = self.epochs.iter().filter(fit).collect();
        let newest = fitting.iter().filter(|epoch| {
            !fitting
                .iter()
                .any(|later| log.past(later.place).contains(epoch.place))
        });
        newest.map(|epoch| epoch.hash).min()
    }

    /// The groups that no key may be used for: a removal left none that only present members hold.
    pub fn keyless(&self, log: &AccessLog) -> Groups {
        let groups = Groups::EVERYTHING.iter();
        groups
            .filter(|group| self.epoch_for(log, *group).is_none())
            .fold(Groups::NONE, |all, group| all.with(group.into()))
    }

    /// The groups whose present key is older than [`GOOD_FOR`], for a clock that says it is `now`. One made by a clock
    /// that is ahead of this one counts as new, so that two clocks apart do not answer each other for ever.
    pub fn outworn(&self, log: &AccessLog, now: DateTime<FixedOffset>) -> Groups {
        let old = |group: &Group| {
            let epoch = self
                .epoch_for(log, *group)
                .and_then(|epoch| log.get(&epoch));
            epoch.is_some_and(|epoch| is_outworn(epoch.at, now))
        };
        let groups = Groups::EVERYTHING.iter().filter(old);
        groups.fold(Groups::NONE, |all, group| all.with(group.into()))
    }

    /// The present devices and recovery codes that may read at least one of these groups, each with what it may read of
    /// them.
    pub fn readers(&self, groups: Groups) -> Vec<(DevicePublic, Groups)> {
        let members = self.standing.members.values();
        members
            .flat_map(|member| member.keys_present().map(|d| (d.public, member.groups)))
            .map(|(device, granted)| (device, granted.common(groups)))
            .filter(|(_, granted)| granted.iter().next().is_some())
            .collect()
    }

    /// Of each epoch the devices that may read what is sealed under it and cannot open it: they hold no key of it, and
    /// none of a newer epoch that has it under it. Epochs made apart have no link to one another.
    pub fn unlinked(&self) -> Vec<Unlinked<'_>> {
        let mut lacking: BTreeMap<Hash, BTreeMap<[u8; 32], (DevicePublic, Groups)>> =
            BTreeMap::new();
        for group in Groups::EVERYTHING.iter() {
            for (device, _) in self.readers(group.into()) {
                let open = self.opened_by(&device.sign, group);
                for epoch in self.epochs.iter().filter(|epoch| epoch.is_of(group)) {
                    if !open.contains(&epoch.hash) {
                        let of = lacking.entry(epoch.hash).or_default();
                        let entry = of.entry(device.sign).or_insert((device, Groups::NONE));
                        entry.1 = entry.1.with(group.into());
                    }
                }
            }
        }
        let epochs = self.epochs.iter().filter_map(|epoch| {
            let devices = lacking.remove(&epoch.hash)?.into_values().collect();
            Some((&epoch.hash, epoch.keys.as_slice(), devices))
        });
        epochs.collect()
    }

    /// The epochs whose key of a group a device holds, or opens from one it holds.
    fn opened_by(&self, device: &[u8; 32], group: Group) -> BTreeSet<Hash> {
        let held = self.epochs.iter();
        let held = held.filter(|epoch| epoch.holders.contains(&(*device, group)));
        let mut next: Vec<Hash> = held.map(|epoch| epoch.hash).collect();
        let mut open = BTreeSet::new();
        while let Some(hash) = next.pop() {
            if !open.insert(hash) {
                continue;
            }
            let of = self.epochs.iter().filter(|epoch| epoch.hash == hash);
            let keys = of.flat_map(|epoch| &epoch.keys);
            let links = keys
                .filter(|key| key.groups.has(group))
                .flat_map(|key| &key.links);
            next.extend(links.map(|(older, _)| *older));
        }
        open
    }

    /// Every device that ever was in, to anybody: the present ones, those that were taken out, and those that were let in
    /// by somebody who was being taken out meanwhile.
    pub fn devices(&self) -> impl Iterator<Item = [u8; 32]> {
        let members = self.standing.members.values();
        let devices = members.flat_map(|member| &member.devices);
        let fallen = self.fallen.iter().map(|one| one.device);
        devices.map(|device| device.public.sign).chain(fallen)
    }

    /// Whether an actor names the key of another of these devices than this one.
    pub fn is_named_anothers(&self, actor: &Actor, device: &[u8; 32]) -> bool {
        (self.devices()).any(|known| known != *device && actor.names(&known))
    }

    /// Whose device of these it is.
    pub fn whose(&self, device: &[u8; 32]) -> Option<&Id> {
        let fallen = || self.fallen.iter().find(|one| one.device == *device);
        let owner = self.standing.owner_of(device);
        owner.or_else(|| fallen().map(|one| &one.member))
    }

    /// The devices that an operation took out, those that fell with it among them.
    pub fn taken_out_by(&self, operation: &Operation) -> Vec<[u8; 32]> {
        let mut out = self.standing.taken_out_by(operation);
        let fallen = self.fallen.iter();
        let fallen = fallen.filter(|one| one.by.contains(&operation.hash));
        out.extend(fallen.map(|one| one.device));
        out
    }

    /// Whether the author of an operation had the right to it in what the author knew. What came to be known since does
    /// not matter here, as a removal apart from it: else one device keeps an operation that another refuses for ever,
    /// with all that stands on it. Whether it counts is another question.
    pub fn rightful(log: &AccessLog, operation: &Operation) -> bool {
        let known = log.past_of(&operation.parents);
        let counted = standing::counted(log, &known);
        let standing = fold(log, &counted);
        standing.allows(operation) && has_room(log, &known, &standing, operation)
    }

    /// The removals that count.
    pub fn removals<'a>(&'a self, log: &'a AccessLog) -> impl Iterator<Item = &'a Operation> {
        let counted = self.counted.ones().map(|place| log.at(place));
        counted.filter(|operation| operation.act.seen().is_some())
    }

    /// Whether a removal had a place of a stream in its past: the remover had taken it in, or somebody who remained had
    /// before knowing of the removal.
    pub fn was_had(
        &self,
        log: &AccessLog,
        removal: &Hash,
        of: (Group, Actor),
        counter: u64,
    ) -> bool {
        let covers = |seen: &[Seen]| {
            seen.iter().any(|seen| {
                seen.groups == Groups::from(of.0) && seen.actor == of.1 && counter <= seen.counter
            })
        };
        let removal_of = log.get(removal).and_then(|operation| operation.act.seen());
        let by_remover = removal_of.is_some_and(covers);
        by_remover
            || self.counted.ones().any(|place| match &log.at(place).act {
                Act::Had { removal: of, seen } => of == removal && covers(seen),
                _ => false,
            })
    }

    /// The newest device let in by a recovery code of which no operation of this device says that it knew, by the operation
    /// that let it in. Of others who used the same code apart, those hold whom somebody says they knew first.
    pub fn unspoken_use(&self, log: &AccessLog, own: &[u8; 32]) -> Option<Hash> {
        // Most people never use a code, and this is asked whenever operations are taken in.
        if !log.any_use_of_a_code() || self.standing.present(own).is_none() {
            return None;
        }
        let uses = self.counted.ones().filter(|place| {
            let operation = log.at(*place);
            used::is_use(&self.standing, operation)
                && !fallen::let_in(operation)
                    .iter()
                    .any(|device| device.sign == *own)
        });
        let mut spoken = log.past_of(&[]);
        for place in self.counted.ones().filter(|at| log.at(*at).author == *own) {
            spoken.union_with(log.past(place));
        }
        let mut unspoken = uses.filter(|place| !spoken.contains(*place));
        unspoken.next_back().map(|place| log.at(place).hash)
    }

    /// What a device that fell with another use of a recovery code has to hear, to see that it is not in: the first word of
    /// each who knew of that other use before.
    pub fn speak_against(&self, log: &AccessLog, device: &[u8; 32]) -> Vec<Hash> {
        let mut fallen = self.fallen.iter();
        let Some(fell) = fallen.find(|one| one.device == *device) else {
            return Vec::new();
        };
        let mut own = log.past(fell.place).clone();
        own.insert(fell.place);
        let is_use = |place: &usize| used::is_use(&self.standing, log.at(*place));
        let same = |one: usize, other: usize| {
            log.at(one).author == log.at(other).author && standing::is_apart(log, one, other)
        };
        let mut won = self.counted.ones().filter(is_use);
        let won = won.find(|won| own.ones().filter(is_use).any(|lost| same(*won, lost)));
        let Some(won) = won else {
            return Vec::new();
        };
        let mut spoke: BTreeSet<[u8; 32]> = BTreeSet::new();
        let words = self.counted.ones().filter(|place| {
            let past = log.past(*place);
            past.contains(won) && !past.contains(fell.place) && spoke.insert(log.at(*place).author)
        });
        words.map(|place| log.at(place).hash).collect()
    }

    /// The operation that let a device in by a recovery code which another device had used, so that it is not in.
    pub fn by_used_code<'a>(&self, log: &'a AccessLog, device: &[u8; 32]) -> Option<&'a Operation> {
        let mut fallen = self.fallen.iter();
        let fell = fallen.find(|one| one.device == *device)?;
        Some(log.at(fell.place)).filter(|operation| used::is_use(&self.standing, operation))
    }

    /// Whether two devices that are in came by one recovery code, each as if it had not been used: different people had met
    /// each of them first.
    pub fn code_used_twice(&self, log: &AccessLog) -> bool {
        let is_in = |place: &usize| {
            let operation = log.at(*place);
            let let_in = fallen::let_in(operation);
            let mut present = let_in.iter().map(|of| self.standing.present(&of.sign));
            used::is_use(&self.standing, operation) && present.any(|of| of.is_some())
        };
        let uses: Vec<usize> = self.counted.ones().filter(is_in).collect();
        uses.iter().any(|one| {
            let mut others = uses.iter();
            others.any(|other| {
                log.at(*one).author == log.at(*other).author
                    && standing::is_apart(log, *one, *other)
            })
        })
    }

    /// Whether the person let in a segment that a removed member had written.
    pub fn was_let_in(&self, log: &AccessLog, segment: &Hash) -> bool {
        self.counted.ones().any(
            |place| matches!(&log.at(place).act, Act::LetIn { segments } if segments.contains(segment)),
        )
    }

    /// Who a device was to the author of something written knowing `heads`, and what has happened since.
    pub fn author(&self, log: &AccessLog, device: &[u8; 32], heads: &[Hash]) -> Author {
        if heads.is_empty() || !heads.iter().all(|head| log.knows(head)) {
            return Author::Unknown;
        }
        let mut known = log.past_of(heads);
        known.intersect_with(&self.counted);
        let then = fold(log, &known);
        let Some((member, standing)) = then.present(device) else {
            let knew = log.past_of(heads);
            let mut fallen = self.fallen.iter();
            return fallen
                .find(|one| one.device == *device && knew.contains(one.place))
                .map_or(Author::Stranger, |one| Author::Removed {
                    member: one.member.clone(),
                    role: one.role.clone(),
                    groups: one.groups,
                    by: one.by.clone(),
                });
        };
        let removals: Vec<Hash> = self
            .counted
            .ones()
            .filter(|place| !known.contains(*place))
            .filter(|place| {
                let later = log.at(*place);
                self.standing.takes_out(later, (member, standing), device)
            })
            .map(|place| log.at(place).hash)
            .collect();
        if removals.is_empty() {
            Author::Member {
                member: member.clone(),
                role: standing.role.clone(),
                groups: standing.groups,
            }
        } else {
            Author::Removed {
                member: member.clone(),
                role: standing.role.clone(),
                groups: standing.groups,
                by: removals,
            }
        }
    }
}

/// Whether there is room for an operation beside what its author knew: one member fills nobody's log.
fn has_room(log: &AccessLog, known: &Past, then: &Standing, operation: &Operation) -> bool {
    if let Act::AddDevice { member, .. } | Act::AddRecovery { member, .. } = &operation.act
        && let Some(member) = then.members.get(member)
        && member.devices.len() >= DEVICES_CAP
    {
        return false;
    }
    // Leaving is always possible, and the last that somebody does.
    if then.is_owner(&operation.author) || matches!(operation.act, Act::Revoke { .. }) {
        return true;
    }
    let member = then.owner_of(&operation.author);
    let devices = member.map(|member| &then.members[member].devices);
    let is_theirs = |key: &[u8; 32]| {
        let mut devices = devices.into_iter().flatten();
        devices.any(|device| device.public.sign == *key)
    };
    let theirs = known.ones().filter(|at| is_theirs(&log.at(*at).author));
    theirs.count() < MEMBERS_CAP
}

impl Epoch {
    fn is_of(&self, group: Group) -> bool {
        self.keys.iter().any(|key| key.groups.has(group))
    }

    fn hold(&mut self, wraps: &[Wrap], then: &Standing) {
        for wrap in wraps {
            let Some((_, member)) = then.sealed_to(&wrap.device) else {
                continue;
            };
            for key in &self.keys {
                let held = key.groups.common(member.groups);
                self.holders
                    .extend(held.iter().map(|group| (wrap.device, group)));
            }
            self.wraps.push(wrap.clone());
        }
    }
}

#[cfg(test)]
#[path = "roster_tests.rs"]
mod tests;
