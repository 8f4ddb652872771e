//! What comes of the segments of a meeting: how many were announced, and which of them wait.

use super::Session;
use crate::error::{Error, Result};
use crate::store::{Circle, Vault};
use crate::sync::segment;

impl Session {
    pub(super) fn announces(&mut self, count: u64) {
        self.announced = self.announced.saturating_add(count);
        self.progress.taken.1 = self.progress.taken.1.saturating_add(count);
    }

    /// One of those that were announced comes.
    pub(super) fn is_announced(&mut self) -> Result<()> {
        self.announced = self.announced.checked_sub(1).ok_or(Error::Damaged)?;
        Ok(())
    }

    /// Takes in a segment; whether it counts now.
    pub(super) fn take(
        &mut self,
        vault: &mut Vault,
        circle: &Circle,
        bytes: &[u8],
    ) -> Result<bool> {
        let taken = vault.take_segment(circle, bytes, self.acting)?;
        self.progress.taken.0 += 1;
        if !taken.counts() {
            self.progress.aside += 1;
            self.aside.push((circle.clone(), segment::name(bytes)));
        }
        Ok(taken.counts())
    }

    /// What had to wait for what came behind it in the same meeting is not aside any more.
    pub(super) fn count_aside(&mut self, vault: &Vault) -> Result<()> {
        for (circle, name) in std::mem::take(&mut self.aside) {
            if vault.is_in_record(&circle, &name)? {
                self.progress.aside -= 1;
            } else {
                self.aside.push((circle, name));
            }
        }
        Ok(())
    }
}
