//! Where a picture was taken does not go along: what cameras write beside the picture is left out, all but which way
//! up it is shown.
//!
//! Done for JPEG, PNG and WebP. A HEIC picture, a sound and a document stay as they are; their words say so.
//! Source: docs/adr/0039.

use super::kind::Kind;
use exif::{In, Tag};
use img_parts::jpeg::{Jpeg, markers};
use img_parts::png::Png;
use img_parts::webp::{CHUNK_VP8X, CHUNK_XMP, WebP};
use img_parts::{Bytes, ImageEXIF};

/// Chunks of a PNG beside its critical ones that say how it is shown, and nothing of where.
const SHOWN: [[u8; 4]; 12] = [
    *b"tRNS", *b"cHRM", *b"gAMA", *b"iCCP", *b"sBIT", *b"sRGB", *b"cICP", *b"bKGD", *b"pHYs",
    *b"acTL", *b"fcTL", *b"fdAT",
];

/// Whether [`strip`] takes the place out of files of this kind.
pub fn strips(kind: Kind) -> bool {
    matches!(kind, Kind::Jpeg | Kind::Png | Kind::Webp)
}

/// The file without what its camera wrote beside it; `None` if it is not what it looks like.
pub fn strip(kind: Kind, content: Vec<u8>) -> Option<Vec<u8>> {
    match kind {
        Kind::Jpeg => jpeg(content),
        Kind::Png => png(content),
        Kind::Webp => webp(content),
        _ => Some(content),
    }
}

fn jpeg(content: Vec<u8>) -> Option<Vec<u8>> {
    let whole = Bytes::from(content);
    // Some cameras hang a film or a second picture behind the first, with a place of its own.
    let end = end_of_jpeg(&whole)?;
    let mut picture = Jpeg::from_bytes(whole.slice(..end)).ok()?;
    let up = orientation(picture.exif());
    picture.segments_mut().retain(|segment| {
        let contents = segment.contents();
        match segment.marker() {
            markers::APP0 | markers::APP14 => true,
            markers::APP2 => contents.starts_with(b"ICC_PROFILE\0"),
            marker => !(markers::APP0..=markers::APP15).contains(&marker) && marker != markers::COM,
        }
    });
    picture.set_exif(up);
    Some(picture.encoder().bytes().to_vec())
}

/// Where the picture of a JPEG ends, behind its last mark.
fn end_of_jpeg(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    let mut in_picture = false;
    loop {
        let [first, marker] = *bytes.get(at..at + 2)? else {
            return None;
        };
        if first != 0xff {
            // Only the picture itself has bytes outside of marked pieces.
            if !in_picture {
                return None;
            }
            at += 1;
            continue;
        }
        match marker {
            markers::EOI => return Some(at + 2),
            0xff => at += 1,
            0x00 | 0x01 | markers::RST0..=markers::RST7 => at += 2,
            _ => {
                let [high, low] = *bytes.get(at + 2..at + 4)? else {
                    return None;
                };
                at += 2 + usize::from(u16::from_be_bytes([high, low]));
                in_picture = marker == markers::SOS;
            }
        }
    }
}

fn png(content: Vec<u8>) -> Option<Vec<u8>> {
    let mut picture = Png::from_bytes(Bytes::from(content)).ok()?;
    picture.dimensions()?;
    let up = orientation(picture.exif());
    let critical = |kind: [u8; 4]| kind[0].is_ascii_uppercase();
    picture
        .chunks_mut()
        .retain(|chunk| critical(chunk.kind()) || SHOWN.contains(&chunk.kind()));
    picture.set_exif(up);
    Some(picture.encoder().bytes().to_vec())
}

fn webp(content: Vec<u8>) -> Option<Vec<u8>> {
    let mut picture = WebP::from_bytes(Bytes::from(content)).ok()?;
    if ![*b"VP8 ", *b"VP8L", *b"ANMF"]
        .iter()
        .any(|id| picture.has_chunk(*id))
    {
        return None;
    }
    let up = orientation(picture.exif());
    picture.remove_chunks_by_id(CHUNK_XMP);
    // Only what a picture is made of stays: chunks of others could say anything.
    let known: [&[u8; 4]; 8] = [
        &CHUNK_VP8X,
        b"VP8 ",
        b"VP8L",
        b"ALPH",
        b"ANIM",
        b"ANMF",
        b"ICCP",
        b"EXIF",
    ];
    picture
        .chunks_mut()
        .retain(|chunk| known.contains(&&chunk.id()));
    picture.set_exif(up);
    Some(picture.encoder().bytes().to_vec())
}

/// What says which way up the picture is shown, and nothing else; `None` where it is shown as it lies.
fn orientation(exif: Option<Bytes>) -> Option<Bytes> {
    let read = exif::Reader::new().read_raw(exif?.to_vec()).ok()?;
    let field = read.get_field(Tag::Orientation, In::PRIMARY)?;
    let up = field.value.get_uint(0).filter(|up| (2..=8).contains(up))?;
    // TIFF in little-endian order: header, one directory of one entry: tag 0x0112, one short, its value; no other.
    let mut made = b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    made.extend([u8::try_from(up).ok()?, 0, 0, 0, 0, 0, 0, 0]);
    Some(Bytes::from(made))
}

#[cfg(test)]
#[path = "strip_tests.rs"]
mod tests;
