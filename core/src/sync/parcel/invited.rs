//! Being let in through a place that only stores: a request sealed under what the invitation's secret gives, and the answer
//! sealed to the device that asked. Source: `SPEC.md`, Parcels.

use super::tag::Proof;
use crate::circle::invitation::{Answer, Request};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::digest;
use crate::sealing;
use crate::store::identity::DeviceKeys;
use crate::sync::padding;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// First bytes: the suite of segments, and that of letters, each with a form of its own.
const REQUEST: [u8; 2] = [1, 0x81];
const ANSWER: [u8; 2] = [1, 0x82];

const INFO: &[u8] = b"cairn answer/1";

/// The most bytes of a request: a name and a role in care are short.
pub const REQUEST_CAP: usize = 8 * 1024;

/// The proof of the mailbox of requests with an invitation.
pub fn requests(proof_key: &[u8; 32]) -> Proof {
    digest(&[b"request mailbox/1", proof_key])
}

/// The proof of the mailbox of the answer to one device.
pub fn answers(proof_key: &[u8; 32], device: &[u8; 32]) -> Proof {
    digest(&[b"answer mailbox/1", proof_key, device])
}

/// Seals a request for whoever made the invitation.
///
/// # Errors
/// [`Error::TooLong`] over [`REQUEST_CAP`]; those of the random source.
pub fn write_request(
    proof_key: &[u8; 32],
    request: &Request,
    entropy: &dyn Entropy,
) -> Result<Vec<u8>> {
    let key = digest(&[b"request key/1", proof_key]);
    let sealed = sealing::seal_under(&key, &REQUEST, &filled(request)?, entropy)?;
    let bytes = [REQUEST.as_slice(), &sealed].concat();
    if bytes.len() > REQUEST_CAP {
        return Err(Error::TooLong {
            length: bytes.len() as u64,
        });
    }
    Ok(bytes)
}

/// Reads a request; `None` for anything that was not sealed under this invitation.
pub fn read_request(proof_key: &[u8; 32], bytes: &[u8]) -> Option<Request> {
    let sealed = bytes.strip_prefix(&REQUEST)?;
    let key = digest(&[b"request key/1", proof_key]);
    read(&sealing::open_under(&key, &REQUEST, sealed)?)
}

/// Seals the answer to the device that asked.
///
/// # Errors
/// [`Error::Damaged`] for a device whose key is of small order; those of the random source.
pub fn write_answer(request: &Request, answer: &Answer, entropy: &dyn Entropy) -> Result<Vec<u8>> {
    let (to, bound) = (&request.device.seal, request.hash());
    let sealed = sealing::seal_to(to, INFO, &bound, &filled(answer)?, entropy)?;
    Ok([ANSWER.as_slice(), &sealed].concat())
}

/// Reads the answer to a request of this device; `None` for anything else.
pub fn read_answer(keys: &DeviceKeys, request: &Request, bytes: &[u8]) -> Option<Answer> {
    let sealed = bytes.strip_prefix(&ANSWER)?;
    read(&sealing::open_with(keys, INFO, &request.hash(), sealed)?)
}

pub(super) fn filled(what: &impl Serialize) -> Result<Vec<u8>> {
    let mut content = postcard::to_stdvec(what)?;
    padding::fill(&mut content);
    Ok(content)
}

pub(super) fn read<T: DeserializeOwned>(content: &[u8]) -> Option<T> {
    let (read, filling) = postcard::take_from_bytes(content).ok()?;
    filling.iter().all(|byte| *byte == 0).then_some(read)
}
