//! What this device had taken in of somebody before it learnt that they were taken out.
//!
//! Everything it writes from now on stands on that. Others would have to refuse it as late, and with it all that stands
//! on it; so it is said once, signed, on the access log. Source: `security.md` 4, Acceptance only grows.

use super::vault::{Circle, Vault};
use crate::circle::operation::{Act, Operation, Seen};
use crate::error::Result;
use crate::record::Acting;

impl Vault {
    /// Says of each removal among operations that are new here what this device had beyond what the remover had.
    pub(super) fn say_what_was_had(
        &mut self,
        circle: &Circle,
        new: &[Operation],
        acting: Acting,
    ) -> Result<()> {
        let roster = self.roster(circle)?;
        let own = self.keys.public().sign;
        for operation in new {
            if operation.act.seen().is_none() {
                continue;
            }
            let devices = roster.standing.taken_out_by(&operation.act);
            if devices.contains(&own) || roster.standing.present(&own).is_none() {
                continue;
            }
            let log = self.access_log(circle)?;
            let roster = crate::circle::Roster::of(&log);
            let mut seen = self.seen_of(circle, &devices)?;
            seen.retain(|seen: &Seen| {
                let mut groups = seen.groups.iter();
                groups.any(|group| {
                    let stream = (group, seen.actor);
                    !roster.was_had(&log, &operation.hash, stream, seen.counter)
                })
            });
            if !seen.is_empty() {
                let removal = operation.hash;
                self.write_operation_on(circle, acting, Act::Had { removal, seen }, &[removal])?;
            }
        }
        Ok(())
    }
}
