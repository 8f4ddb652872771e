//! In a meeting: which share groups are given as a snapshot in place of their segments, and what became of them.

use super::message::{Have, Message};
use crate::entropy::{Entropy, SeededEntropy};
use crate::error::Result;
use crate::id::digest;
use crate::record::part::Group;
use crate::store::sync::Gift;
use crate::store::{Circle, Vault};

/// The snapshots given in one meeting.
pub struct Offers {
    /// Drawn when the meeting begins, for the nonces of what is sealed in it.
    entropy: SeededEntropy,
    /// For what is sealed for a courier to carry.
    carried: SeededEntropy,
    given: Vec<(Circle, Group)>,
}

impl Offers {
    /// None yet.
    ///
    /// # Errors
    /// Those of the random source.
    pub fn begin(entropy: &dyn Entropy) -> Result<Offers> {
        let mut seed = [0; 32];
        entropy.fill(&mut seed)?;
        let carried = digest(&[b"carried/1", &seed]);
        Ok(Offers {
            carried: SeededEntropy::from_bytes(carried),
            entropy: SeededEntropy::from_bytes(seed),
            given: Vec::new(),
        })
    }

    /// The random source for what a courier is to carry.
    pub fn for_carried(&self) -> &dyn Entropy {
        &self.carried
    }

    /// The snapshots the other device is given of a circle; segments of the same groups are left out of its gifts.
    ///
    /// # Errors
    /// Those of storage.
    pub fn give(
        &mut self,
        vault: &Vault,
        circle: &Circle,
        device: &[u8; 32],
        theirs: &Have,
        gifts: &mut Vec<Gift>,
    ) -> Result<Vec<Message>> {
        let mut messages = Vec::new();
        for (group, bytes) in vault.snapshots_lacking(circle, device, theirs, &self.entropy)? {
            // Who did not take one before is given the segments that are here beside it.
            if !vault.wants_plain(circle, device, group)? {
                gifts.retain(|gift| gift.group() != group.as_str());
            }
            self.given.push((circle.clone(), group));
            messages.push(Message::Snapshot(circle.id.clone(), bytes));
        }
        Ok(messages)
    }

    /// Looks at a receipt: who did not take a snapshot gets segments next time.
    ///
    /// # Errors
    /// Those of storage.
    pub fn received(
        &self,
        vault: &mut Vault,
        circle: &Circle,
        device: &[u8; 32],
        theirs: &Have,
    ) -> Result<()> {
        for (_, group) in self.given.iter().filter(|(of, _)| of == circle) {
            let ours = vault.have(circle, device)?.streams;
            let mut of_group = ours.iter().filter(|one| one.group == group.as_str());
            if !of_group.all(|reached| theirs.has(reached)) {
                vault.give_plain(circle, device, *group)?;
            }
        }
        Ok(())
    }
}
