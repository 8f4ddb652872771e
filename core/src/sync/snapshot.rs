//! A snapshot: all of one share group for a new member, in place of its segments.
//!
//! It carries a document for each part, and of the segments it stands for what they sign for, without their changes. Who
//! reads it trusts those signatures, not its maker: [`crate::store::Vault::take_snapshot`] holds every change against
//! them. Source: `SPEC.md`, Snapshots; docs/adr/0040.

use super::padding;
use super::segment::{self, EPOCH_TAG, Place, TakenOver, Tip};
use super::walker::limits;
use crate::circle::epoch::GroupSecret;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::{Id, digest};
use crate::record::change::Hash;
use crate::record::part::{Actor, Group, Part};
use crate::sealing;
use crate::store::identity::{DeviceKeys, verify_strict};
use serde::{Deserialize, Serialize};
use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::{CParameter, DParameter};

/// First byte: the suite of segments.
const SUITE: u8 = 1;

/// Second byte, with the group's number in its lower half.
const FORM: u8 = 0x40;

const SIGNED_AS: &[u8] = b"cairn snapshot/1";

/// Bytes before the seal: suite, form and group in one, tag of the epoch.
const HEADER: usize = 2 + EPOCH_TAG;

/// The most bytes of a snapshot: what goes into one message. Who has more hands over segments.
pub const SNAPSHOT_CAP: usize = 512 * 1024;

/// What a segment signed for, without its changes. The hashes of its tips are those of the document's changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Counts the stream's segments, from 1.
    pub counter: u64,
    /// The operation that made the epoch, by its place in [`Body::names`].
    pub epoch: u32,
    /// Heads of the access log, by their places in [`Body::names`].
    pub heads: Vec<u32>,
    /// Name of the stream's segment before, zeros for the first.
    pub before: Hash,
    /// Of each part, by its place in [`Body::parts`], the newest sequence number.
    pub tips: Vec<(u32, u64)>,
    /// The signature of the segment.
    pub signature: Vec<u8>,
}

/// One stream: its segments that speak for its changes, the newest last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stream {
    /// Ed25519 public key of the device.
    pub device: [u8; 32],
    /// The incarnation, or [`TakenOver::stream`].
    pub actor: Actor,
    /// Whose changes it carries, if not the incarnation's own. Listed behind everything else.
    #[serde(skip)]
    pub taken: Option<TakenOver>,
    /// The name of its newest segment, on which the next one stands.
    pub name: Hash,
    /// In the order of counters.
    pub statements: Vec<Statement>,
}

/// What a snapshot holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Names of operations that statements refer to.
    pub names: Vec<Hash>,
    /// The parts, ascending, each with its document as automerge saves it uncompressed.
    pub parts: Vec<(Part, Vec<u8>)>,
    /// The streams.
    pub streams: Vec<Stream>,
}

impl Body {
    /// As it lies in a snapshot: postcard, packed with zstd.
    ///
    /// # Errors
    /// Those of encoding.
    pub fn pack(&self) -> Result<Vec<u8>> {
        let mut body = postcard::to_stdvec(self)?;
        let taken = (0u32..).zip(&self.streams);
        let taken: Vec<(u32, &TakenOver)> = taken
            .filter_map(|(place, stream)| Some((place, stream.taken.as_ref()?)))
            .collect();
        if !taken.is_empty() {
            body.extend(postcard::to_stdvec(&taken)?);
        }
        let packed = || {
            let mut compressor = Compressor::new(LEVEL).ok()?;
            let remembers = CParameter::WindowLog(REMEMBERED);
            compressor.set_parameter(remembers).ok()?;
            compressor.compress(&body).ok()
        };
        packed().ok_or(Error::Damaged)
    }

    /// Reads a packed body; `None` if it is none, or is larger than any honest one.
    pub fn unpack(packed: &[u8]) -> Option<Body> {
        let mut decompressor = Decompressor::new().ok()?;
        let remembers = DParameter::WindowLogMax(REMEMBERED);
        decompressor.set_parameter(remembers).ok()?;
        Body::read(&decompressor.decompress(packed, BODY_CAP).ok()?)
    }

    /// Reads a body that was unpacked; `None` if it is none.
    pub fn read(body: &[u8]) -> Option<Body> {
        let (mut body, left) = postcard::take_from_bytes::<Body>(body).ok()?;
        if !left.is_empty() {
            let (taken, left) = postcard::take_from_bytes::<Vec<(u32, TakenOver)>>(left).ok()?;
            for (place, taken) in taken {
                body.streams.get_mut(place as usize)?.taken = Some(taken);
            }
            return left.is_empty().then_some(body);
        }
        Some(body)
    }

    /// Where a statement stands: what its signature is over but for the tips. `None` if it refers to nothing here.
    pub fn place(
        &self,
        circle: &Id,
        group: Group,
        stream: &Stream,
        said: &Statement,
    ) -> Option<Place> {
        let named = |at: &u32| self.names.get(*at as usize).copied();
        Some(Place {
            circle: circle.clone(),
            group,
            epoch: named(&said.epoch)?,
            device: stream.device,
            actor: stream.actor,
            taken: stream.taken.clone(),
            counter: said.counter,
            before: said.before,
            heads: said.heads.iter().map(named).collect::<Option<_>>()?,
        })
    }
}

impl Stream {
    /// Whose changes it speaks for; `None` where it says that it took them over and is not named as such a stream is.
    pub fn author(&self) -> Option<Actor> {
        match &self.taken {
            None => Some(self.actor),
            Some(taken) => (taken.stream(&self.device) == self.actor).then_some(taken.actor),
        }
    }

    /// The device that wrote them.
    pub fn wrote(&self) -> &[u8; 32] {
        self.taken
            .as_ref()
            .map_or(&self.device, |taken| &taken.device)
    }
}

impl Statement {
    /// Whether the device at this place signed just these tips.
    ///
    /// # Errors
    /// Those of encoding.
    pub fn holds(&self, place: &Place, tips: &[Tip]) -> Result<bool> {
        segment::is_signed(place, tips, &self.signature)
    }
}

/// The most bytes of a body once it is unpacked: a snapshot of the largest kind, and as much again as it may be sealed.
const BODY_CAP: usize = limits::SNAPSHOT_BYTES + SNAPSHOT_CAP;

/// How hard a body is packed: made once for each new member, sent once.
const LEVEL: i32 = 9;

/// The logarithm of the bytes a packed body may remember: 8 MB.
const REMEMBERED: u32 = 23;

#[derive(Serialize, Deserialize)]
struct Whole {
    maker: [u8; 32],
    signature: Vec<u8>,
    body: Vec<u8>,
}

/// A snapshot that was opened. Who made it says so and signed it; nothing is believed for that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Ed25519 public key of the device that made it.
    pub maker: [u8; 32],
    /// What it holds.
    pub body: Body,
}

/// Signs and seals a snapshot.
///
/// # Errors
/// [`Error::TooLong`] over [`SNAPSHOT_CAP`]; those of encoding and of the random source.
pub fn seal(
    keys: &DeviceKeys,
    circle: &Id,
    group: Group,
    epoch: &Hash,
    body: &Body,
    secret: &GroupSecret,
    entropy: &dyn Entropy,
) -> Result<Vec<u8>> {
    let body = body.pack()?;
    let signature = keys.sign(&signed(circle, group, epoch, &body)).to_vec();
    let maker = keys.public().sign;
    let whole = Whole {
        maker,
        signature,
        body,
    };
    let mut content = postcard::to_stdvec(&whole)?;
    padding::fill(&mut content);
    let mut bytes = vec![SUITE, FORM | segment::group_byte(group)];
    bytes.extend_from_slice(&epoch[..EPOCH_TAG]);
    let bound = bound(circle, &bytes);
    let sealed = sealing::seal_under(secret.bytes(), &bound, &content, entropy)?;
    bytes.extend(sealed);
    if bytes.len() > SNAPSHOT_CAP {
        return Err(Error::TooLong {
            length: bytes.len() as u64,
        });
    }
    Ok(bytes)
}

/// The group a snapshot is of, and the beginning of its epoch's name.
///
/// # Errors
/// [`Error::Damaged`] for bytes that are no snapshot of this suite, or over the cap.
pub fn header(bytes: &[u8]) -> Result<(Group, [u8; EPOCH_TAG])> {
    match bytes {
        _ if bytes.len() > SNAPSHOT_CAP || bytes.len() <= HEADER => Err(Error::Damaged),
        [SUITE, form, rest @ ..] if form & 0xf0 == FORM => {
            let group = segment::group_of(form & 0x0f).ok_or(Error::Damaged)?;
            let epoch = rest.first_chunk().ok_or(Error::Damaged)?;
            Ok((group, *epoch))
        }
        _ => Err(Error::Damaged),
    }
}

/// Opens a snapshot under the key of this epoch; `None` if it is another's, or not as it was sealed. Whoever sealed it
/// holds the key, so what is wrong inside is no accident: `Err` says what, in a word as segments are refused with.
pub fn open(
    circle: &Id,
    bytes: &[u8],
    epoch: &Hash,
    secret: &GroupSecret,
) -> Option<std::result::Result<Opened, &'static str>> {
    let (group, tag) = header(bytes).ok()?;
    if !epoch.starts_with(&tag) {
        return None;
    }
    let (header, sealed) = bytes.split_at_checked(HEADER)?;
    let content = sealing::open_under(secret.bytes(), &bound(circle, header), sealed)?;
    Some(read(circle, group, epoch, &content))
}

/// Reads what was under the seal.
fn read(
    circle: &Id,
    group: Group,
    epoch: &Hash,
    content: &[u8],
) -> std::result::Result<Opened, &'static str> {
    let whole = postcard::take_from_bytes::<Whole>(content);
    let (whole, filling) = whole.map_err(|_| "form")?;
    let signature = whole.signature.as_slice().try_into().map_err(|_| "form")?;
    if filling.iter().any(|byte| *byte != 0) {
        return Err("form");
    }
    let signed = signed(circle, group, epoch, &whole.body);
    if !verify_strict(&whole.maker, &signed, signature) {
        return Err("signature");
    }
    // Only what its maker signed is unpacked.
    Ok(Opened {
        maker: whole.maker,
        body: Body::unpack(&whole.body).ok_or("form")?,
    })
}

fn signed(circle: &Id, group: Group, epoch: &Hash, body: &[u8]) -> Vec<u8> {
    let (circle, group) = (circle.as_str().as_bytes(), group.as_str().as_bytes());
    [SIGNED_AS, &digest(&[circle, group, epoch, body])].concat()
}

fn bound(circle: &Id, header: &[u8]) -> Vec<u8> {
    digest(&[b"snapshot bound/1", circle.as_str().as_bytes(), header]).to_vec()
}

#[cfg(test)]
#[path = "snapshot_tests.rs"]
mod tests;
