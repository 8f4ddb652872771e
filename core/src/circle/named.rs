//! Which heads a new operation names, where there are more than it may: any member can make hundreds of operations apart
//! from each other, and must not be able to keep everybody from writing. Each write leaves fewer heads than before.
//! Source: `SPEC.md`, Access log.

use super::access_log::AccessLog;
use super::fallen::let_in;
use super::operation::{Act, Operation, member_id};
use super::team::TeamAct;
use crate::id::Id;
use crate::record::change::Hash;
use std::collections::BTreeSet;

/// The most heads an operation names; what it must name beside them has room below the cap of operations.
const NAMED: usize = 200;

/// How many of them show that the author may write it.
const OF_AUTHOR: usize = 60;

/// The heads that an operation of this author names: `must` and what the author's own right stands on, then removals, then
/// the newest. All of them, as long as there are no more than 200.
pub fn heads_for(log: &AccessLog, author: &[u8; 32], must: &[Hash]) -> Vec<Hash> {
    let mut heads = log.heads();
    if heads.len() > NAMED {
        heads = chosen(log, author, &heads);
    }
    heads.extend(must);
    heads.sort_unstable();
    heads.dedup();
    heads
}

fn chosen(log: &AccessLog, author: &[u8; 32], heads: &[Hash]) -> Vec<Hash> {
    // The heads are sorted; the higher the place in the order of the log, the newer.
    let mut ranked: Vec<(bool, usize)> = (0..log.len())
        .rev()
        .filter(|place| heads.binary_search(&log.at(*place).hash).is_ok())
        .map(|place| (log.at(place).act.seen().is_none(), place))
        .collect();
    ranked.sort_by_key(|(keeps, _)| *keeps);
    let mut named: Vec<Hash> = Vec::new();
    let mut known = log.past_of(&[]);
    for place in of_author(log, author) {
        if known.contains(place) || named.len() >= OF_AUTHOR {
            continue;
        }
        let mut over = ranked.iter().map(|(_, head)| *head);
        if let Some(head) = over.find(|head| *head == place || log.past(*head).contains(place)) {
            named.push(log.at(head).hash);
            known.union_with(log.past(head));
            known.insert(head);
        }
    }
    for (_, head) in ranked {
        let head = log.at(head).hash;
        if named.len() < NAMED && !named.contains(&head) {
            named.push(head);
        }
    }
    named
}

/// The places of the operations that make the author a device of a member, or say what that member may, newest first.
fn of_author(log: &AccessLog, author: &[u8; 32]) -> Vec<usize> {
    let places = || (0..log.len()).rev();
    let mut members: BTreeSet<Id> = BTreeSet::from([member_id(author)]);
    for place in places() {
        match &log.at(place).act {
            Act::AddDevice { member, device } | Act::AddRecovery { member, device }
                if device.sign == *author =>
            {
                members.insert(member.clone());
            }
            _ => {}
        }
    }
    let says = |operation: &Operation| match &operation.act {
        Act::Found { .. } => true,
        Act::Grant { member, .. } | Act::Team(TeamAct::In { member, .. }) => {
            members.contains(member)
        }
        Act::Team(TeamAct::Share { keepers, .. }) => {
            keepers.iter().any(|(keeper, _)| members.contains(keeper))
        }
        Act::AddRecovery { device, .. } => device.sign == *author,
        _ => let_in(operation)
            .iter()
            .any(|device| device.sign == *author),
    };
    places().filter(|place| says(log.at(*place))).collect()
}
