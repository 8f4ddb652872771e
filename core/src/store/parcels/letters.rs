//! The letters between this device and each other device of a circle, as far as they must be remembered.

use super::mail::Other;
use crate::entropy::Entropy;
use crate::error::Result;
use crate::id::{Id, digest};
use crate::record::Acting;
use crate::record::change::Hash;
use crate::store::vault::{Circle, Vault};
use crate::sync::message::Have;
use crate::sync::parcel::letter::{self, Letter, OPERATIONS_CAP, Pieces};
use crate::sync::parcel::{Label, short};
use crate::sync::segment;
use rusqlite::{OptionalExtension, params};

/// What is remembered of the letters with one device.
#[derive(Default)]
pub(super) struct Known {
    /// Counter of the newest letter read, 0 for none.
    pub read: u64,
    /// The first bytes of its name.
    pub read_name: Option<[u8; 16]>,
    /// Which of this device's letters it had read.
    pub seen: u64,
    /// The heads of the access log it named.
    pub heads: Vec<Hash>,
    /// What it had.
    pub have: Have,
    /// Counter of the newest letter written.
    pub written: u64,
    /// The first bytes of the name of the newest one written.
    pub written_name: Option<[u8; 16]>,
    /// The hash of what it said.
    pub written_of: Option<Hash>,
}

/// What came of a letter.
pub(super) enum Read {
    /// New, with how many operations and circles that were not known: after any, there are more mailboxes to look into.
    New(usize),
    /// Of before another one that was read.
    Older,
    /// None from this device to this one, as it was written.
    Not,
}

impl Vault {
    pub(super) fn letters_with(&self, circle: &Circle, device: &[u8; 32]) -> Result<Known> {
        let sql = "select read, read_name, seen, heads, have, written, written_name, written_of from letter
                   where circle = ?1 and device = ?2";
        let known =
            self.db
                .prepare_cached(sql)?
                .query_row(params![circle.no, device.as_slice()], |row| {
                    let heads: Vec<u8> = row.get(3)?;
                    let have: Option<Vec<u8>> = row.get(4)?;
                    Ok(Known {
                        read: row.get::<_, i64>(0)?.unsigned_abs(),
                        read_name: row.get(1)?,
                        seen: row.get::<_, i64>(2)?.unsigned_abs(),
                        heads: heads.as_chunks::<32>().0.to_vec(),
                        have: postcard::from_bytes(&have.unwrap_or_default()).unwrap_or_default(),
                        written: row.get::<_, i64>(5)?.unsigned_abs(),
                        written_name: row.get(6)?,
                        written_of: row.get(7)?,
                    })
                });
        Ok(known.optional()?.unwrap_or_default())
    }

    /// Takes in a letter from a device: its operations, its receipt, and what it lacks.
    pub(super) fn read_letter(
        &mut self,
        circle: &Circle,
        from: &[u8; 32],
        bytes: &[u8],
        acting: Acting,
    ) -> Result<Read> {
        let Some(letter) = letter::read(self.keys(), &circle.id, from, bytes) else {
            return Ok(Read::Not);
        };
        if letter.counter <= self.letters_with(circle, from)?.read {
            return Ok(Read::Older);
        }
        let new = self.take_operations(circle, &letter.operations, acting)?;
        if self.tombstone(&circle.id)?.is_some() {
            // Of a record that was erased nothing is noted any more.
            return Ok(Read::New(new));
        }
        self.acknowledged(circle, from, &letter.have, acting)?;
        self.note_pieces(circle, from, &letter.pieces)?;
        let told = self.note_told(circle, from, &letter.tells)?;
        // Last: a cut before this reads the letter again.
        self.db.execute(
            "insert into letter(circle, device, read, read_name, seen, heads, have) values(?1, ?2, ?3, ?4, ?5, ?6, ?7)
             on conflict(circle, device) do update set
                read = ?3, read_name = ?4, seen = ?5, heads = ?6, have = ?7",
            params![
                circle.no,
                from.as_slice(),
                clamp(letter.counter),
                short(&segment::name(bytes)).as_slice(),
                clamp(letter.seen),
                letter.heads.concat(),
                postcard::to_stdvec(&letter.have)?
            ],
        )?;
        Ok(Read::New(new + told))
    }

    /// The letter that another device is to get, which tells it of these circles, unless the one it was written last says the same and has arrived, or
    /// lies where `lies` says so.
    pub(super) fn write_letter(
        &mut self,
        circle: &Circle,
        other: &Other,
        tells: &[Id],
        lies: &dyn Fn(&Label) -> bool,
        entropy: &dyn Entropy,
    ) -> Result<Option<(Label, Vec<u8>)>> {
        let device = &other.public.sign;
        let known = self.letters_with(circle, device)?;
        let log = self.access_log(circle)?;
        let mut operations = self.operations_lacking(circle, device, &known.heads)?;
        up_to_the_cap(&mut operations);
        let mut have = self.have(circle, device)?;
        have.late.sort_unstable();
        // One that was taken out is told of that, and not what became of the circle since.
        let heads = match other.groups {
            Some(_) => log.heads(),
            None => Vec::new(),
        };
        let of_operations = digest(&operations.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let (heads_said, have_said) = (heads.concat(), postcard::to_stdvec(&have)?);
        let mut says = vec![heads_said.as_slice(), &of_operations, &have_said];
        says.extend(tells.iter().map(|id| id.as_str().as_bytes()));
        let pieces = self.says_of_pieces(circle, other)?;
        let pieces_said = postcard::to_stdvec(&pieces)?;
        if pieces != Pieces::default() {
            says.push(&pieces_said);
        }
        let says = digest(&says);
        let tag = other.to;
        if known.written_of == Some(says)
            && (known.seen >= known.written
                || known
                    .written_name
                    .is_some_and(|name| lies(&Label { tag, name })))
        {
            return Ok(None);
        }
        // A device that was put back to an earlier state learns from the others how far it had counted.
        let counter = known.written.max(known.seen) + 1;
        let letter = Letter {
            counter,
            seen: known.read,
            heads,
            operations,
            have,
            tells: tells.to_vec(),
            pieces,
        };
        let bytes = letter::write(self.keys(), &circle.id, &other.public, &letter, entropy)?;
        let label = Label::of(tag, &bytes);
        // Counted before it leaves: no two letters ever have one counter.
        self.note_written(circle, device, counter, &label, &says)?;
        Ok(Some((label, bytes)))
    }

    /// Remembers what was written to a device; under the own key, the notice to all.
    pub(super) fn note_written(
        &self,
        circle: &Circle,
        device: &[u8; 32],
        counter: u64,
        label: &Label,
        says: &Hash,
    ) -> Result<()> {
        self.db.execute(
            "insert into letter(circle, device, written, written_name, written_of) values(?1, ?2, ?3, ?4, ?5)
             on conflict(circle, device) do update set written = ?3, written_name = ?4, written_of = ?5",
            params![
                circle.no,
                device.as_slice(),
                clamp(counter),
                label.name.as_slice(),
                says.as_slice()
            ],
        )?;
        Ok(())
    }
}

/// Leaves out the last operations, as many as are over [`OPERATIONS_CAP`].
pub(super) fn up_to_the_cap(operations: &mut Vec<Vec<u8>>) {
    let mut size = 0;
    operations.retain(|operation| {
        size += operation.len();
        size <= OPERATIONS_CAP
    });
}

/// A counter as the database keeps it; what others say may be anything.
fn clamp(counter: u64) -> i64 {
    i64::try_from(counter).unwrap_or(i64::MAX)
}
