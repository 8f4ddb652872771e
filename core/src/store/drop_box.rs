//! The drop box: a one-tap answer taken while the vault is locked.
//!
//! A widget or a notification seals the answer to the vault's public key and appends it to a file of its
//! own; at unlock the vault takes what is there. Nothing of an answer can be read without the vault.
//!
//! No file lock is used: Rust 1.95 has none on Android. Instead the reader moves the whole file aside before
//! it reads, and a writer looks, after its fsync, whether its record is in the file of that name; if it was
//! moved away meanwhile, the record is appended again. So each answer is read once or twice, never not at
//! all, and its random id makes twice the same as once.

use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::digest;
use crate::store::identity::{DeviceKeys, DevicePublic};
use crate::store::io::{
    OWNER_ONLY, fault, folder_of, free_name_beside, names_beside, options_with_mode, read_at_most,
    remove_if_there, sync_folder_of, write_durably,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

#[path = "drop_box_record.rs"]
mod record;

pub use record::RECORD_CAP;

/// Largest size of the box in bytes: about 3,000 answers.
pub const FILE_CAP: u64 = 1 << 20;

/// Name of the box in a home.
pub const BOX_NAME: &str = "drop.box";

/// Name of the file that holds the public key, in a home.
pub const KEY_NAME: &str = "drop.key";

/// Begins the name of a box that was moved aside to be read: `drop.box.taken-…`.
const TAKEN: &str = "taken";

/// Suite byte of `drop.key`.
const SUITE: u8 = 1;

/// Length of one of the two copies in `drop.key`: suite byte, public key, sum.
const KEY_COPY: usize = 1 + 32 + 32;

/// Times a record is appended while the reader moves the file away each time: far more often than anyone
/// unlocks, and an end for a disk that does not give back what it took.
const TRIES: u32 = 64;

/// An answer as it waits in the box. Not printed: it is about a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedAnswer {
    /// Sixteen random bytes, made at the tap and kept when the same tap is tried again: the same id counts
    /// once.
    pub id: [u8; 16],
    /// Id of the plan.
    pub plan: String,
    /// The answer, in the word of the command line (`did`, `part`, `tried`, `rested`, `could_not`).
    pub did: String,
    /// The day of the tap in the person's time zone, `yyyy-mm-dd`.
    pub day: String,
    /// The moment of the tap, in seconds since 1970 UTC.
    pub at: i64,
    /// The device's offset from UTC at the tap, in minutes, east positive.
    pub offset_minutes: i16,
}

/// What was in the box.
pub struct Dropped {
    /// The answers, oldest first, each id once.
    pub answers: Vec<DroppedAnswer>,
    /// Places where something was that cannot be read: torn, damaged, or sealed to another key.
    pub unreadable: usize,
    taken: Vec<PathBuf>,
}

/// Keeps the device's public key where a locked app finds it, durably. Called at each unlock: it replaces a
/// file that is missing, damaged or of another device, and leaves the right one alone.
///
/// # Errors
/// [`Error::StorageFull`] or [`Error::Storage`].
pub fn publish_key(home: &Path, public: &DevicePublic) -> Result<()> {
    let bytes = key_bytes(public);
    if is_published(home, &bytes) {
        return Ok(());
    }
    write_durably(&home.join(KEY_NAME), &bytes, OWNER_ONLY)
}

/// What the published key's file holds for this device: the key twice, each time with its sum.
pub(super) fn key_bytes(public: &DevicePublic) -> Vec<u8> {
    let copy = key_copy(&public.seal);
    [copy, copy].concat()
}

/// Whether the published key's file is there and holds exactly these bytes.
pub(super) fn is_published(home: &Path, bytes: &[u8]) -> bool {
    let kept = read_at_most(&home.join(KEY_NAME), bytes.len() as u64 + 1);
    matches!(kept, Ok(Some(kept)) if kept == bytes)
}

fn key_copy(seal: &[u8; 32]) -> [u8; KEY_COPY] {
    let mut copy = [SUITE; KEY_COPY];
    copy[1..33].copy_from_slice(seal);
    let sum = digest(&[b"drop key sum/1", &copy[..33]]);
    copy[33..].copy_from_slice(&sum);
    copy
}

/// The published key, from whichever of its two copies is whole.
fn published_key(home: &Path) -> Result<[u8; 32]> {
    let bytes = read_at_most(&home.join(KEY_NAME), 2 * KEY_COPY as u64)?.ok_or(Error::Locked)?;
    bytes
        .chunks(KEY_COPY)
        .find_map(|copy| {
            let seal = copy.get(1..)?.first_chunk()?;
            (key_copy(seal) == *copy).then_some(*seal)
        })
        .ok_or(Error::Damaged)
}

/// Seals an answer into the box. When this returns, the answer outlives a power cut.
///
/// # Errors
/// [`Error::Locked`] when no key was published yet and [`Error::Damaged`] when it is unreadable: the vault
/// must be opened once. [`Error::StorageFull`] when the disk or the box is full. [`Error::Empty`],
/// [`Error::BadDate`] or [`Error::OutOfRange`] for an answer without plan or word, with another form of
/// day, or over [`RECORD_CAP`]. [`Error::Storage`] for any other fault. After an error the answer may be in
/// the box all the same, so the same answer with the same id is to be tried again.
pub fn seal_into(home: &Path, answer: &DroppedAnswer, entropy: &dyn Entropy) -> Result<()> {
    let record = record::seal(answer, &published_key(home)?, entropy)?;
    keep(&home.join(BOX_NAME), &record, append)
}

/// Appends until the record is in the file of this name.
fn keep(
    path: &Path,
    record: &[u8],
    mut append: impl FnMut(&Path, &[u8]) -> Result<()>,
) -> Result<()> {
    for _ in 0..TRIES {
        append(path, record)?;
        // Looked for by name, not through the open file: the reader may have moved that one away.
        let kept = read_at_most(path, 2 * FILE_CAP)?.unwrap_or_default();
        if kept.windows(record.len()).any(|piece| piece == record) {
            return Ok(());
        }
    }
    Err(fault(&ErrorKind::ResourceBusy.into()))
}

fn append(path: &Path, record: &[u8]) -> Result<()> {
    let mut file = options_with_mode(OWNER_ONLY)
        .append(true)
        .create(true)
        .open(path)
        .map_err(|error| fault(&error))?;
    let length = file.metadata().map_err(|error| fault(&error))?.len();
    if length.saturating_add(record.len() as u64) > FILE_CAP {
        return Err(Error::StorageFull);
    }
    // One write: with append it goes to the end as a whole, also when two processes answer at once.
    file.write_all(record)
        .and_then(|()| file.sync_all())
        .map_err(|error| fault(&error))?;
    // Each time, not only for a new file: whoever created it may have been cut off before this step.
    sync_folder_of(path)
}

/// Takes all that is in the box, also what an earlier call took and nobody cleared. Only for whoever holds
/// the vault. Nothing is removed before [`clear`]; a cut in between means that answers are read again.
///
/// # Errors
/// [`Error::Storage`] when the box cannot be moved or read; nothing is lost then.
pub fn read_all(home: &Path, keys: &DeviceKeys) -> Result<Dropped> {
    let path = home.join(BOX_NAME);
    match fs::rename(&path, free_name_beside(&path, TAKEN)?) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(fault(&error)),
        _ => {}
    }
    let mut dropped = Dropped {
        answers: Vec::new(),
        unreadable: 0,
        taken: names_beside(&path, TAKEN)?,
    };
    let mut known = BTreeSet::new();
    for taken in &dropped.taken {
        // Twice the cap, since writers at the same instant may pass it by a record each.
        let bytes = read_at_most(taken, 2 * FILE_CAP)?.unwrap_or_default();
        let (records, damaged) = record::split(&bytes);
        dropped.unreadable += damaged;
        for record in records {
            match record::open(&record, keys) {
                Some(answer) if known.insert(answer.id) => dropped.answers.push(answer),
                Some(_) => {}
                None => dropped.unreadable += 1,
            }
        }
    }
    dropped.answers.sort_by_key(|answer| answer.at);
    Ok(dropped)
}

/// Removes what [`read_all`] read, and only that, once its answers are saved in the vault. An answer that
/// came meanwhile stays.
///
/// # Errors
/// [`Error::Storage`] when it cannot be removed; it is then read again the next time.
pub fn clear(dropped: &Dropped) -> Result<()> {
    for taken in &dropped.taken {
        remove_if_there(taken)?;
    }
    match dropped.taken.first() {
        Some(taken) if folder_of(taken).is_dir() => sync_folder_of(taken),
        _ => Ok(()),
    }
}

/// Way in for the fuzzer: finds the records in a file's bytes and tries to open each. In no other build.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8], keys: &DeviceKeys) -> Vec<DroppedAnswer> {
    let (records, _) = record::split(bytes);
    let opened = records.iter().filter_map(|one| record::open(one, keys));
    opened.collect()
}

#[cfg(test)]
#[path = "drop_box_tests.rs"]
mod tests;
