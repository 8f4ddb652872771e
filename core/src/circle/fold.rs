//! What operations that count make of members, devices and teams. Pure: whether an operation counts is for
//! [`standing`](super::standing) to say.

use super::access_log::{AccessLog, Past};
use super::groups::Groups;
use super::operation::{Act, member_id};
use super::owned::{Claims, Word};
use super::standing::{MemberStanding, Standing};
use super::team::{TeamAct, TeamStanding};
use crate::id::Id;
use crate::record::change::Hash;
use crate::store::identity::DevicePublic;
use std::collections::{BTreeMap, BTreeSet};

/// Members and devices as these operations leave them, each taken to count.
pub(super) fn fold(log: &AccessLog, counted: &Past) -> Standing {
    let mut standing = Standing::default();
    let mut grants: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
    let mut revokes: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
    let mut invitations: BTreeMap<Hash, Id> = BTreeMap::new();
    let mut teams = Teams::default();
    let mut claims = Claims::default();
    for place in counted.ones() {
        let operation = log.at(place);
        match &operation.act {
            Act::Found {
                device, steward, ..
            } => {
                let role = if *steward { "staff" } else { "person" };
                let member = member_id(&device.sign);
                enter(&mut standing, &member, role);
                claims.say(place, &member, *device, Word::Founder);
                claims.made(place, &member, role);
                grants.entry(member).or_default().push(place);
            }
            Act::Grant {
                member,
                device,
                role,
                invitation,
                ..
            } => {
                // An invitation grants once: of two apart, the one that comes first in the common order.
                if let Some(secret) = invitation
                    && invitations.entry(*secret).or_insert_with(|| member.clone()) != member
                {
                    continue;
                }
                enter(&mut standing, member, role);
                claims.say(place, member, *device, Word::Owner);
                claims.made(place, member, role);
                grants.entry(member.clone()).or_default().push(place);
            }
            Act::Revoke { member, .. } => revokes.entry(member.clone()).or_default().push(place),
            Act::AddDevice { member, device } => claims.say(place, member, *device, Word::Member),
            Act::AddRecovery { member, device } => {
                claims.say(place, member, *device, Word::Recovery);
            }
            Act::RemoveDevice { .. } => claims.remove(place),
            Act::Team(act) => {
                let word = match act {
                    TeamAct::Share { .. } => Word::Owner,
                    _ => Word::Keeper,
                };
                for (member, device) in teams.note(act, place) {
                    enter(&mut standing, member, "team");
                    claims.say(place, member, *device, word);
                }
            }
            Act::Tombstone => standing.erased = true,
            Act::Epoch { .. }
            | Act::Wrap { .. }
            | Act::LetIn { .. }
            | Act::Had { .. }
            | Act::Unknown(_) => {}
        }
    }
    for (id, member) in &mut standing.members {
        let granted = grants.get(id).map(Vec::as_slice).unwrap_or_default();
        let revoked = revokes.get(id).map(Vec::as_slice).unwrap_or_default();
        member.direct = stands(log, granted, revoked);
        member.present = member.direct;
        settle_grants(log, granted, member);
    }
    teams.settle(log, &revokes, &mut standing);
    claims.settle(log, &mut standing);
    standing
}

/// A removal holds against every grant that was made without knowing of it.
fn stands(log: &AccessLog, granted: &[usize], removed: &[usize]) -> bool {
    let past = |grant: usize| log.past(grant);
    granted.iter().any(|grant| {
        removed
            .iter()
            .all(|removal| past(*grant).contains(*removal))
    })
}

/// The places of operations about teams, until all are known.
#[derive(Default)]
struct Teams {
    shares: BTreeMap<Id, Vec<usize>>,
    ins: BTreeMap<(Id, Id), Vec<usize>>,
    outs: BTreeMap<(Id, Id), Vec<usize>>,
}

impl Teams {
    /// Notes an operation. Returns whom it lets in.
    fn note<'a>(&mut self, act: &'a TeamAct, place: usize) -> Vec<(&'a Id, &'a DevicePublic)> {
        match act {
            TeamAct::Share { team, keepers, .. } => {
                self.shares.entry(team.clone()).or_default().push(place);
                for (keeper, _) in keepers {
                    let ins = self.ins.entry((team.clone(), keeper.clone()));
                    ins.or_default().push(place);
                }
                keepers
                    .iter()
                    .map(|(member, device)| (member, device))
                    .collect()
            }
            TeamAct::In {
                team,
                member,
                device,
            } => {
                let ins = self.ins.entry((team.clone(), member.clone()));
                ins.or_default().push(place);
                vec![(member, device)]
            }
            TeamAct::Out { team, member, .. } => {
                let outs = self.outs.entry((team.clone(), member.clone()));
                outs.or_default().push(place);
                Vec::new()
            }
        }
    }

    /// What follows for teams and their members.
    fn settle(self, log: &AccessLog, revokes: &BTreeMap<Id, Vec<usize>>, standing: &mut Standing) {
        let revoked = |id: &Id| revokes.get(id).map(Vec::as_slice).unwrap_or_default();
        for (team, shares) in &self.shares {
            let mut settled = shared_with(log, shares);
            settled.present = stands(log, shares, revoked(team));
            standing.teams.insert(team.clone(), settled);
        }
        for ((team, id), ins) in &self.ins {
            let Some(member) = standing.members.get_mut(id) else {
                continue;
            };
            member.was_in.insert(team.clone());
            let none = Vec::new();
            let outs = self.outs.get(&(team.clone(), id.clone())).unwrap_or(&none);
            let removed = [outs.as_slice(), revoked(id)].concat();
            let shared = standing.teams.get_mut(team).filter(|team| team.present);
            match shared.filter(|_| stands(log, ins, &removed)) {
                Some(team_standing) => join(member, team, team_standing),
                None => {
                    if let Some(team) = standing.teams.get_mut(team) {
                        team.keepers.remove(id);
                    }
                }
            }
        }
    }
}

/// A member is in by a team: with what is shared with it, beside what they were granted themselves.
fn join(member: &mut MemberStanding, id: &Id, team: &TeamStanding) {
    if member.present {
        let (own, by_team) = (member.until.take(), team.until.clone());
        // One day for all they read: of what goes on longer, only if it gives all of it.
        let (less, more) = (
            member.groups.within(team.groups),
            team.groups.within(member.groups),
        );
        member.until = match (less, more) {
            (true, true) => later(own, by_team),
            (true, false) => by_team,
            (false, true) => own,
            (false, false) => earlier(own, by_team),
        };
        member.groups = member.groups.with(team.groups);
    } else {
        // What they had been granted before was taken back.
        (member.role, member.groups, member.until) =
            ("team".into(), team.groups, team.until.clone());
    }
    member.present = true;
    member.teams.insert(id.clone());
}

/// What the newest shares with a team say; of those made apart the narrower holds.
fn shared_with(log: &AccessLog, shares: &[usize]) -> TeamStanding {
    let newest = shares.iter().filter(|share| {
        let mut later = shares.iter();
        !later.any(|later| log.past(*later).contains(**share))
    });
    let mut settled: Option<TeamStanding> = None;
    for place in newest {
        let Act::Team(TeamAct::Share {
            keepers,
            groups,
            until,
            ..
        }) = &log.at(*place).act
        else {
            continue;
        };
        let keepers: BTreeSet<Id> = keepers.iter().map(|(member, _)| member.clone()).collect();
        settled = Some(match settled {
            None => TeamStanding {
                groups: *groups,
                until: until.clone(),
                present: true,
                keepers,
            },
            Some(one) => TeamStanding {
                groups: one.groups.common(*groups),
                until: earlier(one.until, until.clone()),
                present: true,
                keepers: one.keepers.intersection(&keepers).cloned().collect(),
            },
        });
    }
    settled.unwrap_or(TeamStanding {
        groups: Groups::NONE,
        until: None,
        present: false,
        keepers: BTreeSet::new(),
    })
}

fn earlier(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// None is never.
fn later(one: Option<String>, other: Option<String>) -> Option<String> {
    one.zip(other).map(|(one, other)| one.max(other))
}

fn enter(standing: &mut Standing, member: &Id, role: &str) {
    standing
        .members
        .entry(member.clone())
        .or_insert_with(|| MemberStanding {
            role: role.into(),
            groups: Groups::EVERYTHING,
            until: None,
            present: true,
            direct: false,
            teams: BTreeSet::new(),
            was_in: BTreeSet::new(),
            devices: Vec::new(),
        });
}

/// The newest grants speak; of those made apart the narrower holds, since sharing is denied by default.
fn settle_grants(log: &AccessLog, granted: &[usize], member: &mut MemberStanding) {
    let newest = granted.iter().filter(|grant| {
        !granted
            .iter()
            .any(|later| log.past(*later).contains(**grant))
    });
    let mut first = true;
    for place in newest {
        let (role, groups, until) = match &log.at(*place).act {
            Act::Grant {
                role,
                groups,
                until,
                ..
            } => (role.clone(), *groups, until.clone()),
            Act::Found { steward, .. } => (
                if *steward { "staff" } else { "person" }.into(),
                Groups::EVERYTHING,
                None,
            ),
            _ => continue,
        };
        if first {
            (member.role, member.groups, member.until) = (role, groups, until);
            first = false;
            continue;
        }
        member.role = role.min(std::mem::take(&mut member.role));
        member.groups = member.groups.common(groups);
        member.until = earlier(member.until.take(), until);
    }
}
