//! A segment: changes of one incarnation of a device in one share group, under one signature and one seal.
//!
//! The signature is inside the seal, so who carries a segment cannot tell whose it is. The tips it covers are worked
//! out by the receiver from the changes themselves. Source: `SPEC.md`, Segments.

use super::padding;
use crate::circle::Groups;
use crate::circle::epoch::GroupSecret;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::{Id, digest};
use crate::record::change::Hash;
use crate::record::part::{Actor, Group, Part};
use crate::sealing;
use crate::store::identity::{DeviceKeys, verify_strict};
use serde::{Deserialize, Serialize};

/// First byte: XChaCha20-Poly1305, Ed25519, SHA-256, postcard.
const SUITE: u8 = 1;

/// Second byte: whole changes, one after another.
const WHOLE: u8 = 1;

const SIGNED_AS: &[u8] = b"cairn segment/1";

/// Bytes before the seal: suite, kind, group, tag of the epoch.
const HEADER: usize = 3 + EPOCH_TAG;

/// Bytes of an epoch's name that a segment tells.
pub const EPOCH_TAG: usize = 8;

/// A segment is cut when its changes reach this; a single larger change goes alone.
pub const CUT_AT: usize = 64 * 1024;

/// The most bytes of one segment.
pub const SEGMENT_CAP: usize = 512 * 1024;

/// The newest change of a stream's actor in one part that a segment covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tip {
    /// The part.
    pub part: Part,
    /// The actor's sequence number there.
    pub seq: u64,
    /// The change's name.
    pub hash: Hash,
}

/// What a segment is of: its place in its author's chain, and the keys it is under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The circle.
    pub circle: Id,
    /// The share group.
    pub group: Group,
    /// The operation that made the epoch.
    pub epoch: Hash,
    /// Ed25519 public key of the device that signs.
    pub device: [u8; 32],
    /// The incarnation of the device; its segments in a group are a stream.
    pub actor: Actor,
    /// Counts the stream's segments, from 1.
    pub counter: u64,
    /// Name of the stream's segment before, zeros for the first.
    pub before: Hash,
    /// Heads of the access log that the device knew.
    pub heads: Vec<Hash>,
}

/// A change inside a segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Its part.
    pub part: Part,
    /// Its bytes, as automerge writes it uncompressed.
    pub bytes: Vec<u8>,
}

/// A segment that was opened; whether its signature holds is for [`Opened::verify`], once its tips are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The first bytes of the name of the signing device's key.
    pub device_tag: [u8; 4],
    /// Counts the stream's segments, from 1.
    pub counter: u64,
    /// Heads of the access log; none: those of the stream's segment before.
    pub heads: Vec<Hash>,
    /// The changes, in the order in which they were made.
    pub changes: Vec<Carried>,
    signature: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
struct Body {
    device_tag: [u8; 4],
    counter: u64,
    heads: Vec<Hash>,
    changes: Vec<Carried>,
    signature: Vec<u8>,
}

#[derive(Serialize)]
struct Statement<'a> {
    circle: &'a Id,
    group: Groups,
    epoch: &'a Hash,
    heads: &'a [Hash],
    device: &'a [u8; 32],
    actor: Actor,
    counter: u64,
    before: &'a Hash,
    tips: &'a [Tip],
}

/// A group and the tag of an epoch, as a segment tells them to anyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The share group.
    pub group: Group,
    /// First bytes of the epoch's name.
    pub epoch: [u8; EPOCH_TAG],
}

/// The name of a segment: the hash of its bytes.
pub fn name(bytes: &[u8]) -> Hash {
    digest(&[b"segment", bytes])
}

/// The first bytes of the name of a device's key, by which a receiver looks for it.
pub fn device_tag(device: &[u8; 32]) -> [u8; 4] {
    let [a, b, c, d, ..] = digest(&[b"device tag/1", device]);
    [a, b, c, d]
}

/// Signs and seals changes. `known_heads` leaves out heads equal to those of the segment before.
///
/// # Errors
/// [`Error::TooLong`] over [`SEGMENT_CAP`]; those of the random source.
pub fn seal(
    keys: &DeviceKeys,
    place: &Place,
    known_heads: bool,
    changes: Vec<Carried>,
    tips: &[Tip],
    secret: &GroupSecret,
    entropy: &dyn Entropy,
) -> Result<Vec<u8>> {
    let signature = keys.sign(&statement(place, tips)?).to_vec();
    let body = Body {
        device_tag: device_tag(&place.device),
        counter: place.counter,
        heads: if known_heads {
            Vec::new()
        } else {
            place.heads.clone()
        },
        changes,
        signature,
    };
    let mut content = postcard::to_stdvec(&body)?;
    padding::fill(&mut content);
    let mut bytes = vec![SUITE, WHOLE, group_byte(place.group)];
    bytes.extend_from_slice(&place.epoch[..EPOCH_TAG]);
    let bound = bound(&place.circle, &bytes);
    bytes.extend(sealing::seal_under(
        secret.bytes(),
        &bound,
        &content,
        entropy,
    )?);
    if bytes.len() > SEGMENT_CAP {
        return Err(Error::TooLong {
            length: bytes.len() as u64,
        });
    }
    Ok(bytes)
}

/// What a segment tells without its key.
///
/// # Errors
/// [`Error::Damaged`] for bytes that are no segment of this suite, or over the cap.
pub fn header(bytes: &[u8]) -> Result<Header> {
    let (header, sealed) = bytes.split_first_chunk::<HEADER>().ok_or(Error::Damaged)?;
    if header[0] != SUITE || header[1] != WHOLE || bytes.len() > SEGMENT_CAP || sealed.is_empty() {
        return Err(Error::Damaged);
    }
    let group = group_of(header[2]).ok_or(Error::Damaged)?;
    let mut epoch = [0; EPOCH_TAG];
    epoch.copy_from_slice(&header[3..]);
    Ok(Header { group, epoch })
}

/// Opens a segment under a key; `None` if it is another's, or not as it was sealed, or says nothing this version reads.
pub fn open(circle: &Id, bytes: &[u8], secret: &GroupSecret) -> Option<Opened> {
    header(bytes).ok()?;
    let (header, sealed) = bytes.split_at_checked(HEADER)?;
    let content = sealing::open_under(secret.bytes(), &bound(circle, header), sealed)?;
    let (body, filling) = postcard::take_from_bytes::<Body>(&content).ok()?;
    let as_filled = filling.iter().all(|byte| *byte == 0);
    as_filled.then_some(Opened {
        device_tag: body.device_tag,
        counter: body.counter,
        heads: body.heads,
        changes: body.changes,
        signature: body.signature,
    })
}

impl Opened {
    /// Whether the device at this place signed just these tips.
    ///
    /// # Errors
    /// Those of encoding.
    pub fn verify(&self, place: &Place, tips: &[Tip]) -> Result<bool> {
        let Ok(signature) = self.signature.as_slice().try_into() else {
            return Ok(false);
        };
        let signed = statement(place, tips)?;
        Ok(verify_strict(&place.device, &signed, signature))
    }
}

fn statement(place: &Place, tips: &[Tip]) -> Result<Vec<u8>> {
    let statement = Statement {
        circle: &place.circle,
        group: place.group.into(),
        epoch: &place.epoch,
        heads: &place.heads,
        device: &place.device,
        actor: place.actor,
        counter: place.counter,
        before: &place.before,
        tips,
    };
    Ok([SIGNED_AS, &postcard::to_stdvec(&statement)?].concat())
}

fn bound(circle: &Id, header: &[u8]) -> Vec<u8> {
    digest(&[b"segment bound/1", circle.as_str().as_bytes(), header]).to_vec()
}

fn group_byte(group: Group) -> u8 {
    Groups::EVERYTHING
        .iter()
        .position(|known| known == group)
        .map_or(u8::MAX, |at| at as u8)
}

fn group_of(byte: u8) -> Option<Group> {
    Groups::EVERYTHING.iter().nth(usize::from(byte))
}

#[cfg(test)]
#[path = "segment_tests.rs"]
mod tests;
