//! One record of the drop box: sealed, framed, and found again in a damaged file.

use super::DroppedAnswer;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::digest;
use crate::sealing::{self, ENCAPSULATED, TAG};
use crate::store::identity::DeviceKeys;
use zeroize::Zeroizing;

/// Begins every record, so that reading finds the next one after a damaged one.
const MAGIC: [u8; 4] = *b"CdB1";

/// Suite byte: HPKE base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305.
const SUITE: u8 = 1;

/// HPKE info: what is sealed here.
const INFO: &[u8] = b"cairn drop box/1";

/// First byte of the content: how the rest is written.
const CONTENT: u8 = 1;

/// The content is filled up to a multiple of this, so that its length does not tell the answer.
const BLOCK: usize = 256;

/// Most blocks in one record.
const BLOCKS: usize = 15;

/// Header: magic, length of the body, suite.
const HEADER: usize = 4 + 2 + 1;

/// Checksum at the end.
const SUM: usize = 8;

/// Largest record in bytes.
pub const RECORD_CAP: usize = HEADER + ENCAPSULATED + BLOCKS * BLOCK + TAG + SUM;

/// A whole record of a file, its checksum checked.
pub(super) struct Record<'a> {
    header: &'a [u8],
    sealed: &'a [u8],
}

/// Seals and frames an answer.
pub(super) fn seal(
    answer: &DroppedAnswer,
    seal_to: &[u8; 32],
    entropy: &dyn Entropy,
) -> Result<Vec<u8>> {
    check(answer)?;
    let content = content_of(answer)?;
    let length = (ENCAPSULATED + content.len() + TAG) as u16;
    let mut record = Vec::with_capacity(RECORD_CAP);
    record.extend_from_slice(&MAGIC);
    record.extend_from_slice(&length.to_le_bytes());
    record.push(SUITE);
    let sealed = sealing::seal_to(seal_to, INFO, &record, &content, entropy)?;
    record.extend_from_slice(&sealed);
    let sum = sum_of(&record);
    record.extend_from_slice(&sum);
    Ok(record)
}

/// Opens a record; `None` when it was sealed to another key or says something this version does not know.
pub(super) fn open(record: &Record<'_>, keys: &DeviceKeys) -> Option<DroppedAnswer> {
    let content = sealing::open_with(keys, INFO, record.header, record.sealed)?;
    let (&CONTENT, written) = content.split_first()? else {
        return None;
    };
    let (answer, filling): (DroppedAnswer, _) = postcard::take_from_bytes(written).ok()?;
    // Anyone who knows the public key can seal, so the content is checked like any input.
    (filling.iter().all(|byte| *byte == 0) && check(&answer).is_ok()).then_some(answer)
}

/// The whole records of a file, and the number of places between them that are damaged or torn.
pub(super) fn split(bytes: &[u8]) -> (Vec<Record<'_>>, usize) {
    let (mut records, mut damaged) = (Vec::new(), 0);
    let (mut rest, mut in_damage) = (bytes, false);
    while !rest.is_empty() {
        if let Some((record, after)) = split_first(rest) {
            records.push(record);
            (rest, in_damage) = (after, false);
            continue;
        }
        // A damaged record with its magic is one more, however close to the damage before it.
        if !in_damage || rest.starts_with(&MAGIC) {
            damaged += 1;
        }
        in_damage = true;
        let next = rest[1..]
            .windows(MAGIC.len())
            .position(|piece| piece == MAGIC);
        rest = next.map_or(&[], |at| &rest[1 + at..]);
    }
    (records, damaged)
}

fn split_first(bytes: &[u8]) -> Option<(Record<'_>, &[u8])> {
    let header = bytes.strip_prefix(&MAGIC)?.first_chunk::<3>()?;
    let length = usize::from(u16::from_le_bytes([header[0], header[1]]));
    let blocks = length.checked_sub(ENCAPSULATED + TAG)?;
    if header[2] != SUITE || blocks % BLOCK != 0 || !(1..=BLOCKS).contains(&(blocks / BLOCK)) {
        return None;
    }
    let (summed, after) = bytes.split_at_checked(HEADER + length)?;
    let (sum, after) = after.split_at_checked(SUM)?;
    if sum_of(summed) != sum {
        return None;
    }
    let (header, sealed) = summed.split_at_checked(HEADER)?;
    let record = Record { header, sealed };
    Some((record, after))
}

fn sum_of(bytes: &[u8]) -> [u8; SUM] {
    let mut sum = [0; SUM];
    sum.copy_from_slice(&digest(&[b"drop box sum/1", bytes])[..SUM]);
    sum
}

fn content_of(answer: &DroppedAnswer) -> Result<Zeroizing<Vec<u8>>> {
    // Room for the largest from the start: growing would leave copies behind that are not wiped.
    let mut content = Zeroizing::new(vec![0; BLOCKS * BLOCK]);
    content[0] = CONTENT;
    let given = answer.plan.len() + answer.did.len();
    let written = postcard::to_slice(answer, &mut content[1..]).map_err(|_| Error::OutOfRange {
        given: i64::try_from(given).unwrap_or(i64::MAX),
        low: 1,
        high: (BLOCKS * BLOCK) as i64,
    })?;
    let length = 1 + written.len();
    content.truncate(length.next_multiple_of(BLOCK));
    Ok(content)
}

/// The form of an answer; whether plan and word mean anything is for the vault to say.
fn check(answer: &DroppedAnswer) -> Result<()> {
    if answer.plan.is_empty() || answer.did.is_empty() {
        return Err(Error::Empty);
    }
    let day = answer.day.as_bytes();
    let dash = |at| matches!(at, 4 | 7);
    let fits = |(at, byte): (usize, &u8)| {
        if dash(at) {
            *byte == b'-'
        } else {
            byte.is_ascii_digit()
        }
    };
    if day.len() != 10 || !day.iter().enumerate().all(fits) {
        return Err(Error::BadDate);
    }
    Ok(())
}
