//! Whose each key is, where several say that it is theirs: a claim asks only that its author did not know the key yet, so
//! two may be made apart, and one of them may lie. Every key has one owner on every device, in whatever order it learnt.
//! Source: `SPEC.md`, Whose a key is.

use super::access_log::AccessLog;
use super::operation::{Act, member_id};
use super::standing::{DeviceStanding, Standing};
use crate::id::Id;
use crate::store::identity::DevicePublic;
use std::collections::{BTreeMap, BTreeSet};

/// How it was said that a key is of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// The root.
    Founder,
    /// An owner's: a grant, or keepers that a share names.
    Owner,
    /// A keeper's.
    Keeper,
    /// That member's own: a further device.
    Member,
    /// That member's own: a recovery code.
    Recovery,
}

#[derive(Debug)]
struct Claim {
    place: usize,
    member: Id,
    device: DevicePublic,
    word: Word,
}

/// What was said of keys, in the common order, until all is known.
#[derive(Debug, Default)]
pub(super) struct Claims {
    claims: BTreeMap<[u8; 32], Vec<Claim>>,
    // When others first named each member: a member's own word makes nobody senior.
    entered: BTreeMap<Id, usize>,
    removals: Vec<usize>,
    // Who ever was an owner, and by what each became the person.
    owners: BTreeSet<Id>,
    crowned: BTreeMap<Id, Vec<usize>>,
}

impl Claims {
    /// Notes that a key is said to be of a member.
    pub(super) fn say(&mut self, place: usize, member: &Id, device: DevicePublic, word: Word) {
        if !matches!(word, Word::Member | Word::Recovery) {
            self.entered.entry(member.clone()).or_insert(place);
        }
        self.claims.entry(device.sign).or_default().push(Claim {
            place,
            member: member.clone(),
            device,
            word,
        });
    }

    /// Notes what a member was made.
    pub(super) fn made(&mut self, place: usize, member: &Id, role: &str) {
        if matches!(role, "person" | "proxy" | "staff") {
            self.owners.insert(member.clone());
        }
        if role == "person" {
            self.crowned.entry(member.clone()).or_default().push(place);
        }
    }

    /// Notes the removal of a device.
    pub(super) fn remove(&mut self, place: usize) {
        self.removals.push(place);
    }

    /// Gives each member their devices. Members and roles must be settled. Who has none that is not another's was never in.
    pub(super) fn settle(self, log: &AccessLog, standing: &mut Standing) {
        let mut owned: Vec<(usize, &Claim)> = Vec::new();
        let mut devices: Vec<(Id, DeviceStanding)> = Vec::new();
        for claims in self.claims.values() {
            let of_members = claims
                .iter()
                .filter(|claim| standing.members.contains_key(&claim.member));
            let Some(best) = of_members.min_by_key(|claim| self.rank(log, standing, claim)) else {
                continue;
            };
            // Said again in another way, it is as old as the first who said so.
            let mut same = claims
                .iter()
                .filter(|claim| (&claim.member, &claim.device) == (&best.member, &best.device));
            let first = same.next().map_or(best.place, |claim| claim.place);
            owned.push((first, best));
        }
        owned.sort_by_key(|(place, claim)| (*place, claim.device.sign));
        let owner = |key: &[u8; 32]| {
            let mut owned = owned.iter().map(|(_, claim)| claim);
            owned.find(|claim| claim.device.sign == *key)
        };
        for (place, claim) in &owned {
            let removals = self.removals.iter().filter(|removal| {
                let operation = log.at(**removal);
                let by = || owner(&operation.author).map(|claim| &claim.member);
                let of = matches!(&operation.act, Act::RemoveDevice { device, .. } if *device == claim.device.sign);
                of && !log.past(*place).contains(**removal)
                    && self.may_remove(log, standing, **removal, (by(), &claim.member))
            });
            let device = DeviceStanding {
                public: claim.device,
                added: log.at(*place).hash,
                removed: removals.map(|removal| log.at(*removal).hash).collect(),
                recovery: claim.word == Word::Recovery,
            };
            devices.push((claim.member.clone(), device));
        }
        for (member, device) in devices {
            if let Some(member) = standing.members.get_mut(&member) {
                member.devices.push(device);
            }
        }
        standing
            .members
            .retain(|_, member| !member.devices.is_empty());
    }

    /// The lower, the sooner believed; then who was let in earlier, then what was said earlier. No keeper and no member takes
    /// a key from the person, whatever they say they did not know.
    fn rank(&self, log: &AccessLog, standing: &Standing, claim: &Claim) -> (u8, usize, usize) {
        let role = standing.members.get(&claim.member).map(|m| m.role.as_str());
        let first = claim.member == member_id(&claim.device.sign);
        let rank = match (claim.word, role) {
            (Word::Founder, _) => 0,
            (Word::Member | Word::Recovery, Some("person")) => 1,
            (Word::Owner, _) if first => {
                3 - u8::from(self.is_persons(standing, &log.at(claim.place).author))
            }
            (Word::Member | Word::Recovery, Some("proxy" | "staff")) => 4,
            (Word::Keeper, _) if first => 5,
            (Word::Member | Word::Recovery, _) => 6,
            (Word::Owner | Word::Keeper, _) => 7,
        };
        let entered = self.entered.get(&claim.member).copied();
        (rank, entered.unwrap_or(usize::MAX), claim.place)
    }

    /// Whether a key is the person's, which no lower word decides.
    fn is_persons(&self, standing: &Standing, key: &[u8; 32]) -> bool {
        let mut claims = self.claims.get(key).into_iter().flatten();
        claims.any(|claim| {
            let member = standing.members.get(&claim.member);
            let own = match claim.word {
                Word::Founder | Word::Member | Word::Recovery => true,
                Word::Owner => claim.member == member_id(key),
                Word::Keeper => false,
            };
            own && member.is_some_and(|member| member.role == "person")
        })
    }

    /// Whether the removal of a key that turned out to be of one member, by a device of another, holds: an owner's does, but
    /// for devices of the person. What was removed before they became the person stays removed.
    fn may_remove(
        &self,
        log: &AccessLog,
        standing: &Standing,
        removal: usize,
        (by, of): (Option<&Id>, &Id),
    ) -> bool {
        let person = standing.members.get(of).is_some_and(|m| m.role == "person");
        let crowned = self.crowned.get(of).map(Vec::as_slice).unwrap_or_default();
        let before = crowned.iter().all(|at| log.past(*at).contains(removal));
        let owner = by.is_some_and(|by| self.owners.contains(by));
        by == Some(of) || owner && (!person || before)
    }
}
