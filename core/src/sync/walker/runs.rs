//! Columns are runs: "so often this", "so often nothing", "the following so many". They are counted here and never
//! laid out, so a run of 2^62 costs as much as a run of 2.

use super::Refusal;
use super::limits::KEY_BYTES;
use super::reader::Reader;

/// Counts rows up to a limit.
pub(super) struct Rows {
    count: u64,
    most: u64,
    over: Refusal,
}

impl Rows {
    /// At most `most` rows; more are refused as `over`.
    pub(super) fn up_to(most: u64, over: Refusal) -> Rows {
        Rows {
            count: 0,
            most,
            over,
        }
    }

    fn add(&mut self, more: u64) -> Result<(), Refusal> {
        match self.count.checked_add(more) {
            Some(count) if count <= self.most => {
                self.count = count;
                Ok(())
            }
            _ => Err(self.over),
        }
    }
}

/// Walks a run-length column. `read` reads one value, `each` is told of every run: how often, and what (`None` for
/// nothing). The values of a literal run come one by one. Returns the number of rows.
pub(super) fn rle<'a, V: Copy>(
    column: &'a [u8],
    mut rows: Rows,
    mut read: impl FnMut(&mut Reader<'a>) -> Result<V, Refusal>,
    mut each: impl FnMut(u64, Option<V>) -> Result<(), Refusal>,
) -> Result<u64, Refusal> {
    let mut left = Reader::new(column);
    while !left.is_empty() {
        match left.signed()? {
            0 => {
                let count = left.unsigned()?;
                if count == 0 {
                    return Err(Refusal::Run);
                }
                rows.add(count)?;
                each(count, None)?;
            }
            count if count > 0 => {
                rows.add(count.unsigned_abs())?;
                let value = read(&mut left)?;
                each(count.unsigned_abs(), Some(value))?;
            }
            literal => {
                // Checked before the loop: each value takes a byte at least, but a count may say anything.
                rows.add(literal.unsigned_abs())?;
                for _ in 0..literal.unsigned_abs() {
                    let value = read(&mut left)?;
                    each(1, Some(value))?;
                }
            }
        }
    }
    Ok(rows.count)
}

/// Unsigned numbers below `end`. Nothing is allowed only if `gaps`.
pub(super) fn numbers(
    column: &[u8],
    rows: Rows,
    end: u64,
    gaps: bool,
    beyond: Refusal,
) -> Result<u64, Refusal> {
    rle(column, rows, Reader::unsigned, |_, value| match value {
        Some(value) if value >= end => Err(beyond),
        None if !gaps => Err(Refusal::Run),
        _ => Ok(()),
    })
}

/// Texts of [`KEY_BYTES`] at most, or nothing.
pub(super) fn texts(column: &[u8], rows: Rows, longest: usize) -> Result<u64, Refusal> {
    rle(
        column,
        rows,
        |left| left.text(longest.min(KEY_BYTES)),
        |_, _| Ok(()),
    )
}

/// Steps from one number to the next. Every number must lie from `low` to `high`.
pub(super) fn steps(
    column: &[u8],
    rows: Rows,
    low: i64,
    high: i64,
    gaps: bool,
    outside: Refusal,
) -> Result<u64, Refusal> {
    let mut at = 0i128;
    let inside = i128::from(low)..=i128::from(high);
    rle(column, rows, Reader::signed, |count, step| {
        let Some(step) = step else {
            return if gaps { Ok(()) } else { Err(Refusal::Run) };
        };
        // Equal steps only rise or only fall, so the first and the last of a run tell of all between them.
        let first = at + i128::from(step);
        let last = at + i128::from(step) * i128::from(count);
        at = last;
        if inside.contains(&first) && inside.contains(&last) {
            Ok(())
        } else {
            Err(outside)
        }
    })
}

/// How often no, how often yes, and so on. Returns the number of rows.
pub(super) fn booleans(column: &[u8], mut rows: Rows) -> Result<u64, Refusal> {
    let mut left = Reader::new(column);
    let mut first = true;
    while !left.is_empty() {
        let count = left.unsigned()?;
        if count == 0 && !first {
            return Err(Refusal::Run);
        }
        rows.add(count)?;
        first = false;
    }
    Ok(rows.count)
}

/// How many of another column belong to each row: the number of rows, and the sum.
pub(super) fn groups(
    column: &[u8],
    rows: Rows,
    most: u64,
    over: Refusal,
) -> Result<(u64, u64), Refusal> {
    let mut sum = 0u64;
    let count = rle(column, rows, Reader::unsigned, |count, size| {
        let size = size.ok_or(Refusal::Run)?;
        sum = count
            .checked_mul(size)
            .and_then(|more| sum.checked_add(more))
            .filter(|sum| *sum <= most)
            .ok_or(over)?;
        Ok(())
    })?;
    Ok((count, sum))
}
