//! Values: one column says type and length of each, another has their bytes in a row.

use super::Refusal;
use super::reader::Reader;
use super::runs::{Rows, rle};

/// Walks types and lengths, and looks at the bytes of each value. Both columns must end together.
pub(super) fn walk(types: &[u8], bytes: &[u8], rows: Rows) -> Result<u64, Refusal> {
    let mut bytes = Reader::new(bytes);
    let count = rle(types, rows, Reader::unsigned, |count, said| {
        let said = said.ok_or(Refusal::Run)?;
        let (kind, length) = (said & 15, said >> 4);
        if length == 0 {
            return one(kind, &[]);
        }
        // Each of these takes a byte at least, so the loop is no longer than the column.
        for _ in 0..count {
            one(kind, bytes.take(length)?)?;
        }
        Ok(())
    })?;
    bytes.finished().map(|()| count)
}

fn one(kind: u64, bytes: &[u8]) -> Result<(), Refusal> {
    let mut left = Reader::new(bytes);
    let fits = match kind {
        // Null, no, yes.
        0..=2 => bytes.is_empty(),
        3 => left.unsigned().is_ok() && left.is_empty(),
        // Signed, counter, time.
        4 | 8 | 9 => left.signed().is_ok() && left.is_empty(),
        5 => bytes.len() == 8,
        6 => {
            return std::str::from_utf8(bytes)
                .map(|_| ())
                .map_err(|_| Refusal::Text);
        }
        // Bytes, and types of a newer version.
        _ => true,
    };
    if fits { Ok(()) } else { Err(Refusal::Value) }
}
