//! A stick that all of them use now and then: parcels on it are lost and spoiled, and it is put back to what it was.

use super::world::World;
use cairn_links::Folder;
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

impl World {
    /// A device takes what lies on the stick for it, and leaves what others lack. With `faults` it may be pulled out before
    /// all has passed.
    pub(super) fn uses_the_stick(&mut self, at: usize, faults: bool) {
        let folder = Folder::open(self.stick.path()).expect("a folder");
        let (acting, entropy) = (self.acting(at), self.entropy());
        let mut left = match faults && self.below(6) == 0 {
            true => self.below(6),
            false => u64::MAX,
        };
        let mut pulled_out = false;
        let passed = self
            .vault(at)
            .sync_parcels(&folder, acting, &entropy, &mut |_| {
                if left == 0 {
                    pulled_out = true;
                    return ControlFlow::Break(());
                }
                left -= 1;
                ControlFlow::Continue(())
            });
        match passed {
            Ok(passed) => {
                self.count("syncs over a stick");
                if pulled_out {
                    self.count("syncs over a stick cut off");
                }
                self.note(&format!("{at} uses the stick: {passed:?}"));
            }
            Err(error) => {
                let power = self.devices[at].power.as_ref();
                if !power.is_some_and(|power| power.disarm()) {
                    self.fails(&format!("{at} with the stick: {error:?}"));
                }
                self.note(&format!("{at} loses power at the stick"));
            }
        }
    }

    pub(super) fn somebody_uses_the_stick(&mut self) {
        let at = self.below(self.devices.len() as u64) as usize;
        self.uses_the_stick(at, true);
    }

    /// Something happens to the stick.
    pub(super) fn harms_the_stick(&mut self) {
        let parcels = self.parcels();
        match self.below(4) {
            0 => {
                let read = parcels.into_iter().map(|path| {
                    let bytes = fs::read(&path).expect("a parcel");
                    (path, bytes)
                });
                self.stick_before = Some(read.collect());
            }
            1 => {
                if let Some(before) = self.stick_before.take() {
                    self.clears_the_stick();
                    for (path, bytes) in before {
                        fs::write(path, bytes).expect("written");
                    }
                    self.count("sticks put back");
                    self.note("the stick is put back");
                }
            }
            2 => {
                for path in parcels {
                    if self.below(3) == 0 {
                        fs::remove_file(path).expect("removed");
                        self.count("parcels lost");
                    }
                }
                self.note("parcels are lost");
            }
            _ if !parcels.is_empty() => {
                let path = self.one_of(&parcels);
                let mut bytes = fs::read(&path).expect("a parcel");
                let at = self.below(bytes.len() as u64) as usize;
                bytes[at] ^= 1 << self.below(8);
                if self.below(2) == 0 {
                    bytes.truncate(at);
                }
                fs::write(path, bytes).expect("written");
                self.count("parcels spoiled");
                self.note("a parcel is spoiled");
            }
            _ => {}
        }
    }

    /// Takes every parcel off it.
    pub(super) fn clears_the_stick(&mut self) {
        for path in self.parcels() {
            fs::remove_file(path).expect("removed");
        }
    }

    /// What lies on it, in the order of names.
    fn parcels(&self) -> Vec<PathBuf> {
        let all = fs::read_dir(self.stick.path()).expect("a folder");
        let mut parcels: Vec<PathBuf> = all
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "parcel"))
            .collect();
        parcels.sort_unstable();
        parcels
    }
}
