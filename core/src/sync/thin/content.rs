//! What lies inside the seal of a thinned segment:
//! signature ‖ marks ‖ counter ‖ stream ‖ heads ‖ body ‖ `0x80` ‖ zeros.

use super::squeeze;
use super::words::put_number;
use crate::record::change::Hash;
use crate::record::part::Actor;
use crate::sealing::NONCE;
use crate::sync::padding;
use crate::sync::segment::{Opened, StreamTag, Thinned};
use crate::sync::walker::{limits, reader::Reader};

/// The marks: how the body is packed (three bits the way, four the dictionary), and whether the heads are those of the stream's segment before.
const PACKING: u8 = 0xf7;
const SAME_HEADS: u8 = 0x08;

/// Stands behind the body, before the zeros.
const END: u8 = 0x80;

const SIGNATURE: usize = 64;

/// A segment's content before it is sealed.
pub(in crate::sync) struct Content<'a> {
    pub(in crate::sync) signature: [u8; SIGNATURE],
    pub(in crate::sync) counter: u64,
    pub(in crate::sync) device_tag: [u8; 4],
    pub(in crate::sync) of: StreamTag,
    pub(in crate::sync) heads: Option<&'a [Hash]>,
    pub(in crate::sync) body: &'a [u8],
}

impl Content<'_> {
    /// Its bytes, up to a length that tells little.
    pub(in crate::sync) fn padded(&self) -> Vec<u8> {
        let (packing, body) = squeeze::smallest(self.body);
        let mut bytes = self.signature.to_vec();
        bytes.push(packing | if self.heads.is_none() { SAME_HEADS } else { 0 });
        put_number(&mut bytes, self.counter);
        match &self.of {
            StreamTag::First(actor) => {
                bytes.extend(self.device_tag);
                bytes.extend(actor.0);
            }
            StreamTag::Later(_, tag) => bytes.extend(tag),
        }
        if let Some(heads) = self.heads {
            put_number(&mut bytes, heads.len() as u64);
            bytes.extend(heads.concat());
        }
        bytes.extend_from_slice(&body);
        bytes.push(END);
        padding::fill(&mut bytes);
        bytes
    }
}

/// Reads a content; `None` if it is of another form.
pub(in crate::sync) fn read(content: &[u8], nonce: &[u8; NONCE]) -> Option<Opened> {
    let end = content.iter().rposition(|byte| *byte != 0)?;
    if content[end] != END {
        return None;
    }
    let (signature, rest) = content[..end].split_at_checked(SIGNATURE)?;
    let mut left = Reader::new(rest);
    let marks = left.byte().ok()?;
    if !squeeze::is_known(marks & PACKING) {
        return None;
    }
    let counter = left.unsigned().ok()?;
    let (device_tag, of) = match counter {
        0 => return None,
        1 => (
            left.array().ok()?,
            StreamTag::First(Actor(left.array().ok()?)),
        ),
        _ => ([0; 4], StreamTag::Later(*nonce, left.array().ok()?)),
    };
    let mut heads = Vec::new();
    if marks & SAME_HEADS == 0 {
        let count = left.unsigned().ok()?;
        if count > limits::NAMES {
            return None;
        }
        for _ in 0..count {
            heads.push(left.array().ok()?);
        }
    }
    let thinned = Thinned {
        of,
        nonce: *nonce,
        packing: marks & PACKING,
        body: left.rest().to_vec(),
    };
    let signature = signature.to_vec();
    Some(Opened::thinned(
        device_tag, counter, heads, thinned, signature,
    ))
}
