//! A power cut for the SQLite files of a folder, inside one process.
//!
//! A layer over the system's file access remembers what each file held before every write since its last fsync. When
//! the power is cut nothing more is written; once the database is closed, what was not synced is taken back: all of it,
//! a part, or single sectors, as the dice fall. The files keep their inodes, as after a real cut. What programs write
//! past SQLite is not touched.

mod layer;

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes that a disk writes whole or not at all.
const SECTOR: usize = 512;

static FOLDERS: Mutex<Vec<Arc<Folder>>> = Mutex::new(Vec::new());

/// A folder whose power can be cut. Watch it before a database in it is opened.
#[derive(Debug)]
pub struct Powercut(Arc<Folder>);

#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
pub(crate) struct State {
    off: bool,
    fuse: Option<u64>,
    unsynced: BTreeMap<PathBuf, Vec<Written>>,
    writes: u64,
    syncs: u64,
}

/// One write that no fsync followed yet.
#[derive(Debug)]
pub(crate) struct Written {
    pub size: u64,
    pub offset: u64,
    pub old: Vec<u8>,
    pub new: New,
}

#[derive(Debug)]
pub(crate) enum New {
    Bytes(Vec<u8>),
    Length(u64),
}

/// What a power cut took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// Writes that no fsync had followed.
    pub unsynced: u64,
    /// Of these, those of which nothing is left.
    pub lost: u64,
    /// Of these, those of which some sectors are left.
    pub torn: u64,
}

impl Powercut {
    /// Watches a folder.
    ///
    /// # Panics
    /// If SQLite does not take the layer, or the folder is not there.
    pub fn watch(folder: &Path) -> Powercut {
        layer::install();
        let folder = Arc::new(Folder {
            path: folder.canonicalize().expect("the folder is there"),
            state: Mutex::default(),
        });
        lock(&FOLDERS).push(folder.clone());
        Powercut(folder)
    }

    /// Cuts the power now: from here on nothing is written and nothing synced.
    pub fn cut(&self) {
        lock(&self.0.state).off = true;
    }

    /// Cuts the power at the write-like call after so many more.
    pub fn cut_after(&self, calls: u64) {
        lock(&self.0.state).fuse = Some(calls);
    }

    /// Takes a cut back that has not come yet. Whether it had come.
    pub fn disarm(&self) -> bool {
        let mut state = lock(&self.0.state);
        state.fuse = None;
        state.off
    }

    /// Writes and fsyncs so far.
    pub fn calls(&self) -> (u64, u64) {
        let state = lock(&self.0.state);
        (state.writes, state.syncs)
    }

    /// Gives power again, after everything in the folder was closed: what was not synced is taken back, as far as
    /// `below` says, which draws a number below its argument.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn power_again(&self, mut below: impl FnMut(u64) -> u64) -> io::Result<Lost> {
        let mut state = lock(&self.0.state);
        let mut lost = Lost::default();
        for (path, writes) in std::mem::take(&mut state.unsynced) {
            let Ok(file) = OpenOptions::new().read(true).write(true).open(&path) else {
                continue;
            };
            for write in writes.iter().rev() {
                file.set_len(write.size)?;
                file.write_all_at(&write.old, write.offset)?;
            }
            let luck = below(4);
            let kept = below(writes.len() as u64 + 1);
            for (number, write) in (0..).zip(&writes) {
                lost.unsynced += 1;
                match luck {
                    0 => lost.lost += 1,
                    1 if number >= kept => lost.lost += 1,
                    2 if below(2) == 0 => lost.lost += 1,
                    3 => lost.torn += u64::from(tear(&file, write, &mut below)?),
                    _ => again(&file, write)?,
                }
            }
        }
        state.off = false;
        state.fuse = None;
        Ok(lost)
    }
}

impl Drop for Powercut {
    fn drop(&mut self) {
        lock(&FOLDERS).retain(|folder| !Arc::ptr_eq(folder, &self.0));
    }
}

fn again(file: &File, write: &Written) -> io::Result<()> {
    match &write.new {
        New::Bytes(bytes) => file.write_all_at(bytes, write.offset),
        New::Length(length) => file.set_len(*length),
    }
}

/// Writes some of the sectors; whether any was left out.
fn tear(file: &File, write: &Written, below: &mut impl FnMut(u64) -> u64) -> io::Result<bool> {
    let New::Bytes(bytes) = &write.new else {
        again(file, write)?;
        return Ok(false);
    };
    let mut left_out = false;
    let first = SECTOR - (write.offset % SECTOR as u64) as usize;
    let mut at = 0;
    while at < bytes.len() {
        let end = bytes.len().min(if at == 0 { first } else { at + SECTOR });
        if below(2) == 0 {
            file.write_all_at(&bytes[at..end], write.offset + at as u64)?;
        } else {
            left_out = true;
        }
        at = end;
    }
    Ok(left_out)
}

impl Folder {
    /// The watched folder a file lies in.
    pub(crate) fn of(file: &Path) -> Option<Arc<Folder>> {
        let folders = lock(&FOLDERS);
        let found = folders.iter().find(|f| file.parent() == Some(&f.path));
        found.cloned()
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl State {
    /// Whether a write-like call may go through; the fuse may end here.
    pub(crate) fn spend(&mut self) -> bool {
        match &mut self.fuse {
            Some(0) => self.off = true,
            Some(calls) => *calls -= 1,
            None => {}
        }
        !self.off
    }

    pub(crate) fn wrote(&mut self, path: &Path, written: Written) {
        self.writes += 1;
        let writes = self.unsynced.entry(path.to_owned()).or_default();
        writes.push(written);
    }

    pub(crate) fn synced(&mut self, path: &Path) {
        self.syncs += 1;
        self.unsynced.remove(path);
    }

    pub(crate) fn removed(&mut self, path: &Path) {
        self.unsynced.remove(path);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Dice for [`Powercut::power_again`] that fall as a seed says.
pub fn dice(mut seed: u64) -> impl FnMut(u64) -> u64 {
    move |sides| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1);
        (seed >> 33) % sides
    }
}

#[cfg(test)]
mod tests;
