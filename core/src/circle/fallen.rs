//! Devices that were let in by somebody who was being taken out meanwhile, apart from it. What let them in does not count,
//! so in the end they were never in. But until the removal reached them, everybody who knew of them took in what they
//! wrote, and what was written on top of it. So they are told from strangers: it is as if the same removal had taken
//! them out too, and what they wrote is late work like that of who let them in.

use super::access_log::{AccessLog, Past};
use super::claimed;
use super::fold::fold;
use super::groups::Groups;
use super::operation::{Act, Operation};
use super::standing::{self, Standing};
use super::team::TeamAct;
use super::used;
use crate::id::Id;
use crate::record::change::Hash;
use crate::store::identity::DevicePublic;

/// A device that what let it in fell with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fallen {
    pub device: [u8; 32],
    /// The place of the operation that let it in.
    pub place: usize,
    pub member: Id,
    pub role: String,
    pub groups: Groups,
    /// The removals that it fell with.
    pub by: Vec<Hash>,
}

/// The devices that only operations let in which would count but for removals made apart from them.
pub(super) fn fallen(log: &AccessLog, counted: &Past, standing: &Standing) -> Vec<Fallen> {
    let mut fallen: Vec<Fallen> = Vec::new();
    let removals = counted.ones().filter(|at| log.at(*at).act.seen().is_some());
    let mut removals: Vec<(usize, Vec<[u8; 32]>)> = removals
        .map(|at| (at, standing.taken_out_by(log.at(at))))
        .collect();
    removals.extend(claimed::claims(log, counted, standing));
    let uses = counted
        .ones()
        .filter(|at| used::is_use(standing, log.at(*at)));
    let uses: Vec<usize> = uses.collect();
    for place in log.everything().ones() {
        let operation = log.at(place);
        let devices = let_in(operation);
        if counted.contains(place) || devices.is_empty() {
            continue;
        }
        let apart = removals
            .iter()
            .filter(|(at, out)| out.contains(&operation.author) && !log.past(place).contains(*at));
        let mut by: Vec<Hash> = apart.map(|(at, _)| log.at(*at).hash).collect();
        // Let in by one who fell with a removal themselves.
        let author = fallen.iter().filter(|one| one.device == operation.author);
        by.extend(author.flat_map(|one| one.by.clone()));
        if by.is_empty() {
            // A code that was used was not there to be used again, though nobody has taken it out yet.
            let same = uses.iter().filter(|at| {
                log.at(**at).author == operation.author && standing::is_apart(log, **at, place)
            });
            by.extend(same.map(|at| log.at(*at).hash));
        }
        if by.is_empty() {
            continue;
        }
        let mut known = log.past(place).clone();
        known.insert(place);
        let then = fold(log, &standing::counted(log, &known));
        for device in devices {
            let Some((member, of)) = then.present(&device.sign) else {
                continue;
            };
            if standing.owner_of(&device.sign).is_none() {
                fallen.push(Fallen {
                    device: device.sign,
                    place,
                    member: member.clone(),
                    role: of.role.clone(),
                    groups: of.groups,
                    by: by.clone(),
                });
            }
        }
    }
    fallen
}

/// The devices that an operation lets in.
pub(super) fn let_in(operation: &Operation) -> Vec<&DevicePublic> {
    match &operation.act {
        Act::Grant { device, .. } | Act::AddDevice { device, .. } => vec![device],
        Act::Team(TeamAct::Share { keepers, .. }) => {
            keepers.iter().map(|(_, device)| device).collect()
        }
        Act::Team(TeamAct::In { device, .. }) => vec![device],
        _ => Vec::new(),
    }
}
