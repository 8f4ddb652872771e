//! One record of the drop box: sealed, framed, and found again in a damaged file.

use super::DroppedAnswer;
use crate::entropy::{Entropy, SeededEntropy};
use crate::error::{Error, Result};
use crate::id::digest;
use crate::store::identity::DeviceKeys;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256 as Kem;
use hpke::rand_core::{Infallible, TryCryptoRng, TryRng};
use hpke::{Deserializable, OpModeR, OpModeS, Serializable};
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

/// Encapsulated key and authentication tag, the parts of the body besides the content.
const ENCAPSULATED: usize = 32;
const TAG: usize = 16;

/// Checksum at the end.
const SUM: usize = 8;

/// Largest record in bytes.
pub const RECORD_CAP: usize = HEADER + ENCAPSULATED + BLOCKS * BLOCK + TAG + SUM;

/// A whole record of a file, its checksum checked.
pub(super) struct Record<'a> {
    header: &'a [u8],
    encapsulated: &'a [u8],
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

    // Drawn before HPKE asks, because HPKE cannot be told that the random source failed.
    let mut seed = Zeroizing::new([0; 32]);
    entropy.fill(seed.as_mut())?;
    let mut random = Random(SeededEntropy::from_bytes(*seed));
    let public = <Kem as hpke::Kem>::PublicKey::from_bytes(seal_to).map_err(|_| Error::Damaged)?;
    let (encapsulated, sealed) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, Kem>(
            &OpModeS::Base,
            &public,
            INFO,
            &content,
            &record,
            &mut random,
        )
        // A public key of small order: the file was made by nobody's vault.
        .map_err(|_| Error::Damaged)?;
    record.extend_from_slice(&encapsulated.to_bytes());
    record.extend_from_slice(&sealed);
    let sum = sum_of(&record);
    record.extend_from_slice(&sum);
    Ok(record)
}

/// Opens a record; `None` when it was sealed to another key or says something this version does not know.
pub(super) fn open(record: &Record<'_>, keys: &DeviceKeys) -> Option<DroppedAnswer> {
    let secret = <Kem as hpke::Kem>::PrivateKey::from_bytes(keys.seal_secret().as_bytes()).ok()?;
    let encapsulated = <Kem as hpke::Kem>::EncappedKey::from_bytes(record.encapsulated).ok()?;
    let content = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Kem>(
        &OpModeR::Base,
        &secret,
        &encapsulated,
        INFO,
        record.sealed,
        record.header,
    );
    let content = Zeroizing::new(content.ok()?);
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
    let (header, body) = summed.split_at_checked(HEADER)?;
    let (encapsulated, sealed) = body.split_at_checked(ENCAPSULATED)?;
    let record = Record {
        header,
        encapsulated,
        sealed,
    };
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

/// Hands bytes that follow from a seed just drawn to HPKE, in the form it asks for.
struct Random(SeededEntropy);

impl TryRng for Random {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> std::result::Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> std::result::Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> std::result::Result<(), Infallible> {
        self.0.stream(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Random {}
