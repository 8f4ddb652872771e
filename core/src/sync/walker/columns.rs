//! The list of columns: which there are, and where the bytes of each lie.

use super::Refusal;
use super::limits;
use super::reader::Reader;

/// A column's number and type in one: number · 16 + type.
pub(super) type Spec = u32;

/// The bit that says "deflated".
const DEFLATED: Spec = 8;

/// Columns whose bytes follow each other.
pub(super) struct Columns<'a>(Vec<(Spec, &'a [u8])>);

/// The list alone: specs and lengths.
pub(super) struct Listed(Vec<(Spec, u64)>);

impl Listed {
    pub(super) fn read(left: &mut Reader) -> Result<Listed, Refusal> {
        let count = left.unsigned()?;
        if count > limits::COLUMNS {
            return Err(Refusal::Columns);
        }
        let mut listed: Vec<(Spec, u64)> = Vec::new();
        for _ in 0..count {
            let spec = Spec::try_from(left.unsigned()?).map_err(|_| Refusal::Columns)?;
            let length = left.unsigned()?;
            if spec & DEFLATED != 0 {
                return Err(Refusal::Deflated);
            }
            if listed.last().is_some_and(|(before, _)| *before >= spec) {
                return Err(Refusal::Columns);
            }
            listed.push((spec, length));
        }
        Ok(Listed(listed))
    }

    /// Takes the bytes of every column.
    pub(super) fn take<'a>(self, left: &mut Reader<'a>) -> Result<Columns<'a>, Refusal> {
        let mut columns = Vec::with_capacity(self.0.len());
        for (spec, length) in self.0 {
            columns.push((spec, left.take(length)?));
        }
        Ok(Columns(columns))
    }
}

impl<'a> Columns<'a> {
    /// The bytes of a column; none if it is not there.
    pub(super) fn of(&self, spec: Spec) -> &'a [u8] {
        self.0
            .iter()
            .find(|(listed, _)| *listed == spec)
            .map_or(&[], |(_, bytes)| bytes)
    }

    /// Refuses too many bytes in columns that are not among these.
    pub(super) fn limit_unknown(&self, known: &[Spec]) -> Result<(), Refusal> {
        let unknown = self.0.iter().filter(|(spec, _)| !known.contains(spec));
        if unknown.map(|(_, bytes)| bytes.len()).sum::<usize>() > limits::UNKNOWN_BYTES {
            return Err(Refusal::Unknown);
        }
        Ok(())
    }
}

/// Refuses a column that has another number of rows than the table.
pub(super) fn full(rows: u64, found: u64) -> Result<(), Refusal> {
    if found == rows {
        Ok(())
    } else {
        Err(Refusal::Rows)
    }
}

/// The same for a column that is left out where every row of it is empty.
pub(super) fn full_or_left_out(rows: u64, column: &[u8], found: u64) -> Result<(), Refusal> {
    if column.is_empty() {
        Ok(())
    } else {
        full(rows, found)
    }
}
