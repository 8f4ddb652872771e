//! A record that its person claims: from that grant on the steward who founded it owns it no more. As with a removal, a
//! steward must not stay an owner by pretending that they did not know of it. Source: `SPEC.md`, A claim stops.

use super::access_log::{AccessLog, Past};
use super::operation::{Act, Operation};
use super::standing::Standing;
use super::team::TeamAct;

/// The grants by which a steward's device hands the record over to its person, each with all the steward's devices.
pub(super) fn claims(
    log: &AccessLog,
    counted: &Past,
    standing: &Standing,
) -> Vec<(usize, Vec<[u8; 32]>)> {
    let claims = counted.ones().filter_map(|place| {
        let operation = log.at(place);
        let Act::Grant { role, .. } = &operation.act else {
            return None;
        };
        let steward = standing.owner_of(&operation.author)?;
        let member = standing.members.get(steward)?;
        let hands_over = role == "person" && member.role == "staff";
        let devices = || member.devices.iter().map(|device| device.public.sign);
        hands_over.then(|| (place, devices().collect()))
    });
    claims.collect()
}

/// Whether an operation is for owners alone. Another claim is not asked about: which of two made apart is the true one
/// nothing in a log can say, and the person must not be the one who loses by it.
pub(super) fn needs_owner(standing: &Standing, operation: &Operation) -> bool {
    let me = standing.owner_of(&operation.author);
    match &operation.act {
        Act::Grant { role, .. } => role != "person",
        Act::Revoke { member, .. } | Act::Team(TeamAct::Out { member, .. }) => me != Some(member),
        Act::RemoveDevice { device, .. } => standing.owner_of(device) != me,
        Act::Epoch { .. }
        | Act::LetIn { .. }
        | Act::Team(TeamAct::Share { .. })
        | Act::Unknown(_) => true,
        _ => false,
    }
}
