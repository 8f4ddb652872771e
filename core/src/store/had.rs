//! What this device had taken in of somebody before it learnt that they were taken out, and that it knows of a device that
//! a recovery code let in.
//!
//! Everything it writes from now on stands on that. Others would have to refuse it as late, and with it all that stands
//! on it; so it is said once, signed, on the access log. Source: `security.md` 4, Acceptance only grows.

use super::access;
use super::identity::DeviceKeys;
use super::sync::seen_of;
use super::vault::Circle;
use super::witness::Head;
use crate::circle::named::heads_for;
use crate::circle::operation::{Act, Operation, Seen};
use crate::circle::{AccessLog, Roster};
use crate::error::Result;
use crate::record::Acting;
use crate::record::change::Hash;
use rusqlite::Transaction;

/// Says it within the transaction that keeps the removals.
pub(super) struct Had<'a> {
    pub tx: &'a Transaction<'a>,
    pub circle: &'a Circle,
    pub keys: &'a DeviceKeys,
    pub acting: Acting,
}

impl Had<'_> {
    /// Says of each of these removals, which count only now as far as this device knows, what it had beyond what the remover
    /// had. The log has them already, and gets what is said.
    pub(super) fn say(
        &self,
        log: &mut AccessLog,
        mut roster: Roster,
        removals: &[Operation],
    ) -> Result<Option<Head>> {
        let (own, mut head) = (self.keys.public().sign, None);
        for operation in removals {
            let devices = roster.taken_out_by(operation);
            if devices.contains(&own) || roster.standing.present(&own).is_none() {
                continue;
            }
            let mut seen = seen_of(self.tx, self.circle, &devices)?;
            seen.retain(|seen: &Seen| {
                let mut groups = seen.groups.iter();
                groups.any(|group| {
                    let stream = (group, seen.actor);
                    !roster.was_had(log, &operation.hash, stream, seen.counter)
                })
            });
            if seen.is_empty() {
                continue;
            }
            let removal = operation.hash;
            let heads = heads_for(log, &own, &[removal]);
            let act = Act::Had { removal, seen };
            let at = self.acting.at.timestamp();
            let made = Operation::sign(self.keys, &self.circle.id, &heads, at, act)?;
            // Who has written all they may says nothing more: others would refuse it.
            if !Roster::rightful(log, &made) {
                continue;
            }
            head = Some(access::keep_operation(self.tx, self.circle, &made)?);
            log.add(made)?;
            roster = Roster::of(log);
        }
        Ok(head)
    }

    /// Says of a device that a recovery code let in, the newest of [`Roster::unspoken_use`], that this device knows of it
    /// and of those before it: whoever uses the same code again, behind an old backup, is not believed by anybody then.
    /// The log gets what is said.
    pub(super) fn speak_for(&self, used: Hash, log: &mut AccessLog) -> Result<Option<Head>> {
        let own = self.keys.public().sign;
        let heads = heads_for(log, &own, &[used]);
        let (removal, seen) = (used, Vec::new());
        let act = Act::Had { removal, seen };
        let at = self.acting.at.timestamp();
        let made = Operation::sign(self.keys, &self.circle.id, &heads, at, act)?;
        if !Roster::rightful(log, &made) {
            return Ok(None);
        }
        let head = access::keep_operation(self.tx, self.circle, &made)?;
        log.add(made)?;
        Ok(Some(head))
    }
}
