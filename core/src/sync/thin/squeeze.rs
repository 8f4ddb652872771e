//! How the body of a thinned segment is packed: as it is, or with zstd and a dictionary that is shipped and numbered.
//!
//! A frame of zstd says things that are known here: a magic number, how much it remembers, how long its one block is.
//! They are left out, and put back before unpacking. Reasons, and why nothing is told by the length, in docs/adr/0026.

use super::BODY_CAP;
use crate::sync::walker::Refusal;
use crate::sync::walker::reader::Reader;
use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::OnceLock;
use std::thread::LocalKey;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::{CParameter, DParameter};

/// Dictionary 1, made by `cargo xtask dictionary` from invented sentences. Segments are under it for as long as
/// anybody keeps one: another dictionary gets another number, and this one stays.
const DICTIONARY: &[u8] = include_bytes!("dictionary-1");

/// As it is.
const PLAIN: u8 = 0;
/// Numbers and marks as they are, then the texts in one block, under dictionary 1.
const TEXTS: u8 = 0x11;
/// All of it in one block.
const BLOCK: u8 = 0x12;
/// All of it in several.
const BLOCKS: u8 = 0x13;

/// Small bodies are compressed a few times a visit: the most zstd can do is cheap.
const LEVEL: i32 = 19;

/// What a frame begins with: its magic number, nothing of size or dictionary, 128 kB to remember.
const BEGINS: [u8; 6] = [0x28, 0xb5, 0x2f, 0xfd, 0, ((REMEMBERED - 10) << 3) as u8];
const MAGIC: usize = 4;

/// The logarithm of the bytes a frame may remember.
const REMEMBERED: u32 = 17;

/// Whether this version can unpack what was packed in this way.
pub(super) fn is_known(packing: u8) -> bool {
    [PLAIN, TEXTS, BLOCK, BLOCKS].contains(&packing)
}

/// The shortest way of packing a body, and its bytes.
pub(super) fn smallest(body: &[u8]) -> (u8, Cow<'_, [u8]>) {
    let mut best = (PLAIN, Cow::Borrowed(body));
    for packing in [TEXTS, BLOCK, BLOCKS] {
        let Some(bytes) = packed(packing, body) else {
            continue;
        };
        if bytes.len() < best.1.len() && unpacked(packing, &bytes).is_ok_and(|back| *back == *body)
        {
            best = (packing, Cow::Owned(bytes));
        }
        // What fits in one block is shorter without a frame.
        if packing == BLOCK {
            break;
        }
    }
    best
}

fn packed(packing: u8, body: &[u8]) -> Option<Vec<u8>> {
    match packing {
        TEXTS => {
            let (shape, texts) = body.split_at_checked(shape_end(body).ok()?)?;
            Some([shape, &one_block(texts)?].concat())
        }
        BLOCK => one_block(body),
        BLOCKS => Some(frame(body)?.split_off(MAGIC)),
        _ => None,
    }
}

/// Unpacks a body, [`BODY_CAP`] bytes at most.
///
/// # Errors
/// [`Refusal::TooManyBytes`], [`Refusal::Undecodable`], and [`Refusal::Unknown`] for a packing of a newer version.
pub fn unpacked(packing: u8, body: &[u8]) -> Result<Cow<'_, [u8]>, Refusal> {
    match packing {
        PLAIN if body.len() > BODY_CAP => Err(Refusal::TooManyBytes),
        PLAIN => Ok(Cow::Borrowed(body)),
        TEXTS => {
            let (shape, block) = body
                .split_at_checked(shape_end(body)?)
                .ok_or(Refusal::Truncated)?;
            let texts = unframed(&framed(block)?)?;
            Ok(Cow::Owned([shape, &texts].concat()))
        }
        BLOCK => unframed(&framed(body)?).map(Cow::Owned),
        BLOCKS => unframed(&[&BEGINS[..MAGIC], body].concat()).map(Cow::Owned),
        _ => Err(Refusal::Unknown),
    }
}

/// Where the numbers and marks of a body end.
fn shape_end(body: &[u8]) -> Result<usize, Refusal> {
    let mut left = Reader::new(body);
    let length = usize::try_from(left.unsigned()?).map_err(|_| Refusal::Truncated)?;
    Ok((body.len() - left.rest().len()).saturating_add(length))
}

/// A frame with its dictionary, without anything that can be left out of one.
fn frame(bytes: &[u8]) -> Option<Vec<u8>> {
    static PREPARED: OnceLock<EncoderDictionary> = OnceLock::new();
    // Kept: making one takes longer than packing a small body.
    thread_local! {
        static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    }
    let fresh = || {
        let dictionary = PREPARED.get_or_init(|| EncoderDictionary::copy(DICTIONARY, LEVEL));
        let mut compressor = Compressor::with_prepared_dictionary(dictionary).ok()?;
        for parameter in [
            CParameter::ContentSizeFlag(false),
            CParameter::ChecksumFlag(false),
            CParameter::DictIdFlag(false),
        ] {
            compressor.set_parameter(parameter).ok()?;
        }
        Some(compressor)
    };
    let pack = |compressor: &mut Compressor<'_>| compressor.compress(bytes).ok();
    with_kept(&COMPRESSOR, fresh, pack)
}

/// Works with what is kept, made where there is none. One that failed is not used again.
fn with_kept<T, R>(
    kept: &'static LocalKey<RefCell<Option<T>>>,
    fresh: impl FnOnce() -> Option<T>,
    work: impl FnOnce(&mut T) -> Option<R>,
) -> Option<R> {
    kept.with_borrow_mut(|kept| {
        let mut one = kept.take().or_else(fresh)?;
        let done = work(&mut one)?;
        *kept = Some(one);
        Some(done)
    })
}

/// The block of a frame that has only one, without what stands before it.
fn one_block(bytes: &[u8]) -> Option<Vec<u8>> {
    let frame = frame(bytes)?;
    let block = frame.get(BEGINS.len() + 3..)?;
    (frame[MAGIC] == 0 && frame[BEGINS.len()..].starts_with(&block_head(block.len())))
        .then(|| block.to_vec())
}

/// What stands before a block: that it is the last one, that it is compressed, how long it is.
fn block_head(length: usize) -> [u8; 3] {
    let [a, b, c, ..] = (1 | 2 << 1 | length << 3).to_le_bytes();
    [a, b, c]
}

/// The frame again.
fn framed(block: &[u8]) -> Result<Vec<u8>, Refusal> {
    if block.len() >= 1 << REMEMBERED {
        return Err(Refusal::TooManyBytes);
    }
    Ok([&BEGINS[..], &block_head(block.len()), block].concat())
}

fn unframed(frame: &[u8]) -> Result<Vec<u8>, Refusal> {
    static PREPARED: OnceLock<DecoderDictionary> = OnceLock::new();
    thread_local! {
        static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
    }
    let fresh = || {
        let dictionary = PREPARED.get_or_init(|| DecoderDictionary::copy(DICTIONARY));
        let mut decompressor = Decompressor::with_prepared_dictionary(dictionary).ok()?;
        let most = DParameter::WindowLogMax(REMEMBERED);
        decompressor.set_parameter(most).ok()?;
        Some(decompressor)
    };
    let unpack =
        |decompressor: &mut Decompressor<'_>| decompressor.decompress(frame, BODY_CAP).ok();
    with_kept(&DECOMPRESSOR, fresh, unpack).ok_or(Refusal::Undecodable)
}

#[cfg(test)]
mod tests {
    use super::super::words::put_number;
    use super::*;
    use crate::entropy::SeededEntropy;

    fn body(shape: &[u8], texts: &str) -> Vec<u8> {
        let mut body = Vec::new();
        put_number(&mut body, shape.len() as u64);
        [&body, shape, texts.as_bytes()].concat()
    }

    const NOTE: &str = "Walked to the shop and back with my sister. Better than yesterday.";

    #[test]
    fn each_way_of_packing_comes_back_and_the_smallest_is_taken() {
        let bodies = [
            (PLAIN, body(&[1, 2, 3], "")),
            (TEXTS, body(&by_chance(20), NOTE)),
            (BLOCK, body(&[7; 90], &NOTE.repeat(3))),
            (BLOCKS, body(&[7; 90], &varied(200_000))),
        ];
        for (packing, body) in &bodies {
            let (taken, bytes) = smallest(body);
            assert_eq!(taken, *packing, "{} bytes", body.len());
            assert!(bytes.len() <= body.len());
            assert_eq!(*unpacked(taken, &bytes).unwrap(), **body);
        }
        let note = smallest(&bodies[1].1).1.len();
        assert!(note < 21 + 30, "{note} bytes for a note of {}", NOTE.len());
    }

    fn by_chance(length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        SeededEntropy::new(1).stream(&mut bytes);
        bytes
    }

    /// Text that does not repeat itself, too much for one block.
    fn varied(length: usize) -> String {
        by_chance(length)
            .iter()
            .map(|byte| char::from(b'a' + byte % 16))
            .collect()
    }

    #[test]
    fn what_unpacks_to_more_than_a_body_may_be_is_refused() {
        let zeros = vec![0; BODY_CAP + 1];
        let frame = frame(&zeros).unwrap();
        assert!(frame.len() < 200, "a bomb of {} bytes", frame.len());
        assert_eq!(unpacked(BLOCKS, &frame[MAGIC..]), Err(Refusal::Undecodable));
        assert_eq!(unpacked(PLAIN, &zeros), Err(Refusal::TooManyBytes));
        assert_eq!(unpacked(0x21, &[1]), Err(Refusal::Unknown));
    }

    #[test]
    fn bytes_by_chance_and_flipped_bits_unpack_to_nothing_large_and_never_panic() {
        let random = SeededEntropy::new(2);
        let packed = smallest(&body(&[7; 90], &NOTE.repeat(3))).1.into_owned();
        for packing in [PLAIN, TEXTS, BLOCK, BLOCKS] {
            for bit in 0..packed.len() * 8 {
                let mut flipped = packed.clone();
                flipped[bit / 8] ^= 1 << (bit % 8);
                assert!(unpacked(packing, &flipped).map_or(0, |body| body.len()) <= BODY_CAP);
            }
            for _ in 0..2_000 {
                let mut bytes = vec![0; 60];
                random.stream(&mut bytes);
                assert!(unpacked(packing, &bytes).map_or(0, |body| body.len()) <= BODY_CAP);
            }
        }
    }

    #[test]
    fn the_dictionary_has_not_changed() {
        let sum = crate::id::base32(&crate::id::digest(&[DICTIONARY]), 26);
        assert_eq!(
            (DICTIONARY.len(), sum.as_str()),
            (16_384, "m19zfy37sfzsmc44e1b4ny98f7")
        );
    }
}
