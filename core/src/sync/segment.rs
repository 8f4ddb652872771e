//! A segment: changes of one incarnation of a device in one share group, under one signature and one seal.
//!
//! The signature is inside the seal, so who carries a segment cannot tell whose it is. The tips it covers are worked
//! out by the receiver from the changes themselves. There are three forms: whole changes, [thinned](super::thin) ones, and
//! whole ones that are [taken over](TakenOver).
//! Source: `SPEC.md`, Segments.

use super::padding;
use super::thin::content::{self, Content};
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

/// Second byte: whole changes, one after another. Written where changes have no thinned form, and by the first version.
const WHOLE: u8 = 1;

/// Second byte, with the group's number in its lower half: thinned changes.
const THINNED: u8 = 0x20;

/// Second byte: whole changes that were taken over.
const TAKEN_OVER: u8 = 2;

const SIGNED_AS: &[u8] = b"cairn segment/1";

/// Bytes before the seal: suite, form, group, tag of the epoch.
const HEADER: usize = 3 + EPOCH_TAG;

/// Bytes of an epoch's name that a segment of whole changes tells.
pub const EPOCH_TAG: usize = 8;

/// Bytes before the seal of a thinned segment: suite, form and group in one, tag of the epoch.
const THIN_HEADER: usize = 2 + THIN_EPOCH_TAG;

/// Bytes of an epoch's name that a thinned segment tells. Of two epochs that begin alike both keys are tried.
const THIN_EPOCH_TAG: usize = 2;

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
    /// The stream: the incarnation of the device whose segments in a group it is, or [`TakenOver::stream`].
    pub actor: Actor,
    /// Whose changes it carries, if not those of the stream's own incarnation.
    pub taken: Option<TakenOver>,
    /// Counts the stream's segments, from 1.
    pub counter: u64,
    /// Name of the stream's segment before, zeros for the first.
    pub before: Hash,
    /// Heads of the access log that the device knew.
    pub heads: Vec<Hash>,
}

impl Place {
    /// Whose changes it carries.
    pub fn author(&self) -> Actor {
        self.taken.as_ref().map_or(self.actor, |taken| taken.actor)
    }

    /// The device that wrote them.
    pub fn wrote(&self) -> [u8; 32] {
        self.taken
            .as_ref()
            .map_or(self.device, |taken| taken.device)
    }
}

/// Changes that an incarnation made and did not sign before it ended: a copy of the home, or what it was put back to,
/// signs for them. Not as the next of the old stream, since the home it was copied from may sign on there, but in a
/// stream of their own. So nobody ever signs two different segments in one place. Source: docs/adr/0044.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOver {
    /// The incarnation that made the changes.
    pub actor: Actor,
    /// Ed25519 public key of its device: the one that signs, or another of the same member.
    pub device: [u8; 32],
    /// The incarnation that signs for them.
    pub by: Actor,
}

impl TakenOver {
    /// The stream of what one incarnation of a device takes over from another. It follows from all of them, so that
    /// nobody can take the place of a stream that is not theirs.
    pub fn stream(&self, signer: &[u8; 32]) -> Actor {
        let (of, by) = (&self.actor.0, &self.by.0);
        let whole = digest(&[b"taken over/1", of, &self.device, by, signer]);
        let mut stream = [0; 16];
        stream.copy_from_slice(&whole[..16]);
        Actor(stream)
    }
}

/// A change inside a segment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Its part.
    pub part: Part,
    /// Its bytes, as automerge writes it uncompressed.
    #[serde(with = "super::raw")]
    pub bytes: Vec<u8>,
}

/// A segment that was opened; whether its signature holds is for [`Opened::verify`], once its tips are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The first bytes of the name of the signing device's key; zeros until the stream of a thinned one is found.
    pub device_tag: [u8; 4],
    /// Counts the stream's segments, from 1.
    pub counter: u64,
    /// Heads of the access log; none: those of the stream's segment before.
    pub heads: Vec<Hash>,
    /// The changes, in the order in which they were made; none yet of a thinned segment.
    pub changes: Vec<Carried>,
    /// What the changes are rebuilt from, if they are thinned.
    pub thinned: Option<Thinned>,
    /// Whose they are, if they were taken over.
    pub taken: Option<TakenOver>,
    signature: Vec<u8>,
}

/// Thinned changes, and whose they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thinned {
    /// The stream.
    pub of: StreamTag,
    /// The segment's nonce.
    pub nonce: [u8; sealing::NONCE],
    /// How the body is compressed, then the body.
    pub packing: u8,
    /// See [`Thinned::packing`].
    pub body: Vec<u8>,
}

/// What a thinned segment says of its stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamTag {
    /// It is the first of this actor's stream.
    First(Actor),
    /// It goes on: the first bytes of a hash of the nonce and the actor, which fit no other actor but by chance.
    Later([u8; sealing::NONCE], [u8; STREAM_TAG]),
}

/// Bytes that tell a stream.
pub const STREAM_TAG: usize = 2;

impl StreamTag {
    /// Whether the stream can be this actor's.
    pub fn fits(&self, actor: Actor) -> bool {
        match self {
            StreamTag::First(of) => *of == actor,
            StreamTag::Later(nonce, tag) => stream_tag(nonce, actor) == *tag,
        }
    }
}

/// The tag is made anew with each segment's nonce, so nobody can make an actor beforehand whose tags fit another's.
fn stream_tag(nonce: &[u8; sealing::NONCE], actor: Actor) -> [u8; STREAM_TAG] {
    let [a, b, ..] = digest(&[b"stream tag/1", nonce, &actor.0]);
    [a, b]
}

#[derive(Serialize, Deserialize)]
struct Body {
    device_tag: [u8; 4],
    counter: u64,
    heads: Vec<Hash>,
    changes: Vec<Carried>,
    #[serde(with = "super::raw")]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The share group.
    pub group: Group,
    /// First bytes of the epoch's name.
    epoch: Vec<u8>,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Whole,
    TakenOver,
    Thinned,
}

impl Header {
    /// Whether the segment can be under the key of this epoch.
    pub fn is_under(&self, epoch: &Hash) -> bool {
        epoch.starts_with(&self.epoch)
    }

    fn length(&self) -> usize {
        match self.form {
            Form::Whole | Form::TakenOver => HEADER,
            Form::Thinned => THIN_HEADER,
        }
    }
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

/// A segment as it was sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What the next segment of the stream stands on.
    pub chain: Hash,
}

/// Signs and seals changes, whole. `known_heads` leaves out heads equal to those of the segment before.
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
) -> Result<Sealed> {
    let signature = keys.sign(&statement(place, tips)?).to_vec();
    let chain = chain(&signature);
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
    let (form, mut content) = match &place.taken {
        None => (WHOLE, postcard::to_stdvec(&body)?),
        Some(taken) => (TAKEN_OVER, postcard::to_stdvec(&(body, taken))?),
    };
    padding::fill(&mut content);
    let mut bytes = vec![SUITE, form, group_byte(place.group)];
    bytes.extend_from_slice(&place.epoch[..EPOCH_TAG]);
    let bound = bound(&place.circle, &bytes);
    bytes.extend(sealing::seal_under(
        secret.bytes(),
        &bound,
        &content,
        entropy,
    )?);
    within_cap(bytes, chain)
}

/// Signs and seals changes that were thinned for this nonce, which was drawn a moment ago and is used for nothing else.
/// `known_heads` as in [`seal`].
///
/// # Errors
/// Those of [`seal`].
pub fn seal_thinned(
    keys: &DeviceKeys,
    place: &Place,
    known_heads: bool,
    body: &[u8],
    tips: &[Tip],
    secret: &GroupSecret,
    nonce: &[u8; sealing::NONCE],
) -> Result<Sealed> {
    let signature = keys.sign(&statement(place, tips)?);
    let of = match place.counter {
        1 => StreamTag::First(place.actor),
        _ => StreamTag::Later(*nonce, stream_tag(nonce, place.actor)),
    };
    let content = Content {
        signature,
        counter: place.counter,
        device_tag: device_tag(&place.device),
        of,
        heads: (!known_heads).then_some(place.heads.as_slice()),
        body,
    };
    let content = content.padded();
    let mut bytes = vec![SUITE, THINNED | group_byte(place.group)];
    bytes.extend_from_slice(&place.epoch[..THIN_EPOCH_TAG]);
    let bound = bound(&place.circle, &bytes);
    bytes.extend(sealing::seal_with(secret.bytes(), nonce, &bound, &content)?);
    within_cap(bytes, chain(&signature))
}

fn within_cap(bytes: Vec<u8>, chain: Hash) -> Result<Sealed> {
    if bytes.len() > SEGMENT_CAP {
        return Err(Error::TooLong {
            length: bytes.len() as u64,
        });
    }
    Ok(Sealed { bytes, chain })
}

/// What a segment tells without its key.
///
/// # Errors
/// [`Error::Damaged`] for bytes that are no segment of this suite, or over the cap.
pub fn header(bytes: &[u8]) -> Result<Header> {
    let (form, group, epoch) = match bytes {
        _ if bytes.len() > SEGMENT_CAP => return Err(Error::Damaged),
        [SUITE, WHOLE, group, rest @ ..] => (Form::Whole, *group, rest.get(..EPOCH_TAG)),
        [SUITE, TAKEN_OVER, group, rest @ ..] => (Form::TakenOver, *group, rest.get(..EPOCH_TAG)),
        [SUITE, form, rest @ ..] if form & 0xf0 == THINNED => {
            (Form::Thinned, form & 0x0f, rest.get(..THIN_EPOCH_TAG))
        }
        _ => return Err(Error::Damaged),
    };
    let header = Header {
        group: group_of(group).ok_or(Error::Damaged)?,
        epoch: epoch.ok_or(Error::Damaged)?.to_vec(),
        form,
    };
    if bytes.len() == header.length() {
        return Err(Error::Damaged);
    }
    Ok(header)
}

/// Opens a segment under a key; `None` if it is another's, or not as it was sealed, or says nothing this version reads.
pub fn open(circle: &Id, bytes: &[u8], secret: &GroupSecret) -> Option<Opened> {
    let told = header(bytes).ok()?;
    let (header, sealed) = bytes.split_at_checked(told.length())?;
    let content = sealing::open_under(secret.bytes(), &bound(circle, header), sealed)?;
    let (body, taken, filling) = match told.form {
        Form::Thinned => return content::read(&content, sealed.first_chunk()?),
        Form::Whole => {
            let (body, filling) = postcard::take_from_bytes::<Body>(&content).ok()?;
            (body, None, filling)
        }
        Form::TakenOver => {
            let (all, filling) = postcard::take_from_bytes::<(Body, TakenOver)>(&content).ok()?;
            (all.0, Some(all.1), filling)
        }
    };
    let as_filled = filling.iter().all(|byte| *byte == 0);
    as_filled.then_some(Opened {
        device_tag: body.device_tag,
        counter: body.counter,
        heads: body.heads,
        changes: body.changes,
        thinned: None,
        taken,
        signature: body.signature,
    })
}

impl Opened {
    /// A thinned one, as [`content`] read it.
    pub(super) fn thinned(
        device_tag: [u8; 4],
        counter: u64,
        heads: Vec<Hash>,
        thinned: Thinned,
        signature: Vec<u8>,
    ) -> Opened {
        Opened {
            device_tag,
            counter,
            heads,
            changes: Vec::new(),
            thinned: Some(thinned),
            taken: None,
            signature,
        }
    }

    /// Whether the device at this place signed just these tips.
    ///
    /// # Errors
    /// Those of encoding.
    pub fn verify(&self, place: &Place, tips: &[Tip]) -> Result<bool> {
        is_signed(place, tips, &self.signature)
    }

    /// The signature, for who keeps what a segment signs for without its changes.
    pub(crate) fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// What the next segment of the stream stands on, see [`chain`].
    pub(crate) fn chain(&self) -> Hash {
        chain(&self.signature)
    }
}

/// What the next segment of a stream stands on: no other member can make it come out otherwise by sealing the same anew, as
/// they could the name.
pub(crate) fn chain(signature: &[u8]) -> Hash {
    digest(&[b"segment chain/1", signature])
}

/// Whether the device at this place signed just these tips.
pub(crate) fn is_signed(place: &Place, tips: &[Tip], signature: &[u8]) -> Result<bool> {
    let Ok(signature) = signature.try_into() else {
        return Ok(false);
    };
    let signed = statement(place, tips)?;
    Ok(verify_strict(&place.device, &signed, signature))
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

pub(super) fn group_byte(group: Group) -> u8 {
    Groups::EVERYTHING
        .iter()
        .position(|known| known == group)
        .map_or(u8::MAX, |at| at as u8)
}

pub(super) fn group_of(byte: u8) -> Option<Group> {
    Groups::EVERYTHING.iter().nth(usize::from(byte))
}

#[cfg(test)]
#[path = "segment_tests.rs"]
mod tests;
