//! The head witness: a second file that remembers how far the database had come, so that a database that
//! lost its newest saves, or was put back to an earlier state, is noticed when it is opened.
//!
//! The file is two halves of one page each. A half holds all there is to know — the key check and one head —
//! so no single fault (a flipped bit, a torn write, a lost page) takes both. The halves are written in turn,
//! in place and without fsync: what reaches the disk late only makes the witness older, which is harmless.

use crate::error::{Error, Result};
use crate::id::digest;
use crate::store::io::{OWNER_ONLY, fault, open_if_there, write_all_at, write_durably};
use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::path::Path;
use zeroize::Zeroizing;

#[path = "witness_layout.rs"]
mod layout;

pub use layout::FILE_LENGTH;
use layout::{END_OF_MAC, HALF, both_halves, half_bytes};

/// How far a database has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of commits.
    pub n: u64,
    /// Hash over what all commits wrote, see [`next_chain`].
    pub chain: [u8; 32],
}

/// Whether the key at hand is the one the witness was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyCheck {
    /// It is; a database that does not open with it is damaged.
    Right,
    /// It is not.
    Wrong,
    /// That part of the file is damaged: nothing can be said.
    Unreadable,
}

/// What the witness file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// There is no file.
    Fresh,
    /// There is a file.
    Read {
        /// The head with the highest `n` among the readable slots.
        newest: Option<Head>,
        /// How many of the two slots are readable with this key.
        slots_readable: u8,
        /// Whether this is the right key.
        key_check: KeyCheck,
        /// Device and inode number of the vault file when the newest slot was written; a copied home has
        /// others. `None` without a readable slot and on platforms without such numbers.
        place: Option<(u64, u64)>,
        /// The random id of the database this witness belongs to, when it is readable.
        db_id: Option<[u8; 16]>,
    },
}

/// What the witness says of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The database holds all the witness knows of.
    Normal,
    /// The database lacks saves that were made, or holds others in their place.
    TailLost,
    /// There is nothing readable to compare with.
    CannotBeChecked,
}

/// The chain after a commit: the hash of "chain/1", the chain before it and the digest of what it wrote,
/// each preceded by its length as in [`crate::id::digest`].
pub fn next_chain(chain: &[u8; 32], digest_of_commit: &[u8; 32]) -> [u8; 32] {
    digest(&[b"chain/1", chain, digest_of_commit])
}

/// Compares a database with its witness. `passes_through` says whether the database had this head earlier
/// on; it is asked at most once, about a head with a lower `n`.
///
/// An older witness than the database is normal: the witness is written after each commit, without fsync.
pub fn judge(db: &Head, passes_through: impl Fn(&Head) -> bool, seen: &Seen) -> Verdict {
    match seen {
        Seen::Read {
            newest: Some(newest),
            ..
        } => {
            if newest == db || newest.n < db.n && passes_through(newest) {
                Verdict::Normal
            } else {
                Verdict::TailLost
            }
        }
        Seen::Fresh | Seen::Read { newest: None, .. } => Verdict::CannotBeChecked,
    }
}

/// Reads the witness at `path` with the derived witness key, without changing it.
///
/// # Errors
/// [`Error::Storage`] when the file is there and cannot be opened. Places of it that cannot be read count
/// as damaged.
pub fn read(path: &Path, key: &[u8; 32]) -> Result<Seen> {
    Ok(match open_if_there(path)? {
        Some(file) => both_halves(&file, key).seen(),
        None => Seen::Fresh,
    })
}

/// An open witness file, to be written after each commit.
pub struct Witness {
    file: File,
    key: Zeroizing<[u8; 32]>,
    db_id: [u8; 16],
    place: Option<(u64, u64)>,
    /// The half the next head goes to.
    next: usize,
}

impl Witness {
    /// Makes the file, durably, or makes it anew: for a new database, and after any verdict other than
    /// [`Verdict::Normal`]. Both slots hold `head`, which must be committed in the database already.
    /// `place` is that of the vault file, see [`crate::store::io::place_of`].
    ///
    /// # Errors
    /// [`Error::StorageFull`] or [`Error::Storage`].
    pub fn create(
        path: &Path,
        key: &[u8; 32],
        db_id: [u8; 16],
        head: &Head,
        place: Option<(u64, u64)>,
    ) -> Result<Witness> {
        let mut bytes = vec![0; FILE_LENGTH];
        for (index, half) in bytes.chunks_mut(HALF).enumerate() {
            half[..END_OF_MAC].copy_from_slice(&half_bytes(key, index, &db_id, head, place));
        }
        write_durably(path, &bytes, OWNER_ONLY)?;
        Witness::open(path, key, place)?.ok_or(Error::Damaged)
    }

    /// Opens the file to go on writing; `None` when it is missing, damaged in both halves or made with
    /// another key: [`Witness::create`] is then the way. A single damaged half is healed by the next write.
    ///
    /// # Errors
    /// [`Error::Storage`] when the file is there and cannot be opened for writing.
    pub fn open(path: &Path, key: &[u8; 32], place: Option<(u64, u64)>) -> Result<Option<Witness>> {
        let file = match OpenOptions::new().read(true).write(true).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(fault(&error)),
        };
        let halves = both_halves(&file, key);
        let (Some(db_id), Some(_)) = (halves.db_id(), halves.newest()) else {
            return Ok(None);
        };
        Ok(Some(Witness {
            file,
            key: Zeroizing::new(*key),
            db_id,
            place,
            next: halves.older(),
        }))
    }

    /// Notes a head, after its commit: one write in place over the older half, without fsync. When it fails
    /// the action itself stands and the next head goes to the same half.
    ///
    /// # Errors
    /// [`Error::StorageFull`] or [`Error::Storage`]; to be ignored by whoever commits.
    pub fn write(&mut self, head: &Head) -> Result<()> {
        let bytes = half_bytes(&self.key, self.next, &self.db_id, head, self.place);
        write_all_at(&mut self.file, &bytes, (self.next * HALF) as u64)
            .map_err(|error| fault(&error))?;
        self.next = 1 - self.next;
        Ok(())
    }
}

/// Way in for the fuzzer: reads the bytes as both halves of a witness. In no other build.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8], key: &[u8; 32]) -> Option<Head> {
    let halves = layout::Halves([0, 1].map(|index| layout::parse(bytes, index, key)));
    halves.newest().map(|(head, _)| head)
}

#[cfg(test)]
#[path = "witness_tests.rs"]
mod tests;
