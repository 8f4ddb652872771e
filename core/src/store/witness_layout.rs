//! The bytes of the witness file: two halves, each with its key check and one slot.

use super::{Head, KeyCheck, Seen};
use crate::id::digest;
use crate::store::io::read_at;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fs::File;

/// Suite byte: HMAC-SHA256 and SHA-256, this layout.
pub(super) const SUITE: u8 = 1;

/// Bytes from one half to the next: a page of the usual file systems, so a page lost or torn takes one half.
pub(super) const HALF: usize = 4096;

/// Length of the file in bytes.
pub const FILE_LENGTH: usize = 2 * HALF;

/// Where the fields of a half end; each begins where the one before it ends.
const END_OF_SUITE: usize = 1;
const END_OF_ID: usize = END_OF_SUITE + 16;
const END_OF_CHECK: usize = END_OF_ID + 32;
const END_OF_SUM: usize = END_OF_CHECK + 32;
const END_OF_N: usize = END_OF_SUM + 8;
const END_OF_CHAIN: usize = END_OF_N + 32;
const END_OF_DEVICE: usize = END_OF_CHAIN + 8;
const END_OF_INODE: usize = END_OF_DEVICE + 8;
pub(super) const END_OF_MAC: usize = END_OF_INODE + 32;

/// What one half says.
#[derive(Clone, Copy)]
pub(super) struct Half {
    key_check: KeyCheck,
    db_id: Option<[u8; 16]>,
    slot: Option<(Head, Option<(u64, u64)>)>,
}

/// What the two halves say together.
pub(super) struct Halves(pub(super) [Half; 2]);

impl Halves {
    pub(super) fn newest(&self) -> Option<(Head, Option<(u64, u64)>)> {
        let slots = self.0.iter().filter_map(|half| half.slot);
        slots.max_by_key(|(head, _)| head.n)
    }

    /// The index of the half to be written next: an unreadable one, else the one with the lower `n`.
    pub(super) fn older(&self) -> usize {
        let n = |index: usize| self.0[index].slot.map(|(head, _)| head.n);
        usize::from(n(1) < n(0))
    }

    /// One half with the right key is proof; one that says wrong is believed only while none says right.
    pub(super) fn key_check(&self) -> KeyCheck {
        let says = |check| self.0.iter().any(|half| half.key_check == check);
        [KeyCheck::Right, KeyCheck::Wrong]
            .into_iter()
            .find(|check| says(*check))
            .unwrap_or(KeyCheck::Unreadable)
    }

    pub(super) fn db_id(&self) -> Option<[u8; 16]> {
        let check = self.key_check();
        let mut halves = self.0.iter();
        halves.find(|half| half.key_check == check)?.db_id
    }

    pub(super) fn seen(&self) -> Seen {
        Seen::Read {
            newest: self.newest().map(|(head, _)| head),
            slots_readable: self
                .0
                .iter()
                .map(|half| u8::from(half.slot.is_some()))
                .sum(),
            key_check: self.key_check(),
            place: self.newest().and_then(|(_, place)| place),
            db_id: self.db_id(),
        }
    }
}

/// Reads each half by itself, so that a place the disk cannot read costs one half.
pub(super) fn both_halves(file: &File, key: &[u8; 32]) -> Halves {
    Halves([0, 1].map(|index| {
        let mut bytes = [0; END_OF_MAC];
        match read_at(file, &mut bytes, (index * HALF) as u64) {
            Ok(read) => parse(&bytes[..read], index, key),
            Err(_) => parse(&[], index, key),
        }
    }))
}

pub(super) fn parse(bytes: &[u8], index: usize, key: &[u8; 32]) -> Half {
    let mut half = Half {
        key_check: KeyCheck::Unreadable,
        db_id: None,
        slot: None,
    };
    let (Some(head), Some(sum)) = (
        bytes.get(..END_OF_CHECK),
        bytes.get(END_OF_CHECK..END_OF_SUM),
    ) else {
        return half;
    };
    // The plain sum tells a damaged key check from a wrong key. It does not depend on any key.
    if head[0] != SUITE || sum_of(head) != *sum {
        return half;
    }
    half.db_id = array(bytes, END_OF_SUITE);
    if !mac_is(
        key,
        KEY_CHECK,
        0,
        &head[END_OF_SUITE..END_OF_ID],
        &head[END_OF_ID..],
    ) {
        half.key_check = KeyCheck::Wrong;
        return half;
    }
    half.key_check = KeyCheck::Right;
    if let (Some(slot), Some(mac)) = (
        bytes.get(..END_OF_INODE),
        bytes.get(END_OF_INODE..END_OF_MAC),
    ) && mac_is(key, SLOT, index, slot, mac)
    {
        half.slot = read_slot(bytes);
    }
    half
}

fn read_slot(bytes: &[u8]) -> Option<(Head, Option<(u64, u64)>)> {
    let number = |at| array(bytes, at).map(u64::from_le_bytes);
    let head = Head {
        n: number(END_OF_SUM)?,
        chain: array(bytes, END_OF_N)?,
    };
    let place = (number(END_OF_CHAIN)?, number(END_OF_DEVICE)?);
    Some((head, (place != (0, 0)).then_some(place)))
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}

/// The used bytes of a half. All of them are written each time, which heals a damaged key check.
pub(super) fn half_bytes(
    key: &[u8; 32],
    index: usize,
    db_id: &[u8; 16],
    head: &Head,
    place: Option<(u64, u64)>,
) -> [u8; END_OF_MAC] {
    let (device, inode) = place.unwrap_or((0, 0));
    let mut bytes = [0; END_OF_MAC];
    bytes[0] = SUITE;
    bytes[END_OF_SUITE..END_OF_ID].copy_from_slice(db_id);
    bytes[END_OF_ID..END_OF_CHECK].copy_from_slice(&mac_of(key, KEY_CHECK, 0, db_id));
    let sum = sum_of(&bytes[..END_OF_CHECK]);
    bytes[END_OF_CHECK..END_OF_SUM].copy_from_slice(&sum);
    bytes[END_OF_SUM..END_OF_N].copy_from_slice(&head.n.to_le_bytes());
    bytes[END_OF_N..END_OF_CHAIN].copy_from_slice(&head.chain);
    bytes[END_OF_CHAIN..END_OF_DEVICE].copy_from_slice(&device.to_le_bytes());
    bytes[END_OF_DEVICE..END_OF_INODE].copy_from_slice(&inode.to_le_bytes());
    let mac = mac_of(key, SLOT, index, &bytes[..END_OF_INODE]);
    bytes[END_OF_INODE..].copy_from_slice(&mac);
    bytes
}

const KEY_CHECK: &[u8] = b"witness key check/1";
const SLOT: &[u8] = b"witness slot/1";

fn sum_of(bytes: &[u8]) -> [u8; 32] {
    digest(&[b"witness sum/1", bytes])
}

/// HMAC over what it is for, the index of the half and the bytes. The index keeps a half from standing in
/// for the other one.
fn mac(key: &[u8; 32], purpose: &[u8], index: usize, bytes: &[u8]) -> Hmac<Sha256> {
    Hmac::<Sha256>::new_from_slice(key)
        .expect("HMAC takes a key of any length")
        .chain_update(purpose)
        .chain_update([u8::from(index == 1)])
        .chain_update(bytes)
}

fn mac_of(key: &[u8; 32], purpose: &[u8], index: usize, bytes: &[u8]) -> [u8; 32] {
    mac(key, purpose, index, bytes)
        .finalize()
        .into_bytes()
        .into()
}

/// Compares in constant time.
fn mac_is(key: &[u8; 32], purpose: &[u8], index: usize, bytes: &[u8], tag: &[u8]) -> bool {
    mac(key, purpose, index, bytes).verify_slice(tag).is_ok()
}
