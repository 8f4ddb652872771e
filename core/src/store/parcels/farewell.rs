//! Telling by parcel that a record was erased. Whoever erased it keeps no keys and no names to write a letter with, so
//! the last letters are sealed before anything goes, and only these stay: opaque, each for one device.

use super::letters::up_to_the_cap;
use super::mail::Mail;
use super::{Parcels, Tell};
use crate::circle::operation::Operation;
use crate::entropy::SeededEntropy;
use crate::error::Result;
use crate::id::digest;
use crate::store::vault::{Circle, Vault};
use crate::sync::parcel::letter::{self, Letter};
use crate::sync::parcel::tag::Tag;
use crate::sync::parcel::{Label, Shelf};
use rusqlite::params;
use std::collections::HashMap;
use std::ops::ControlFlow;

impl Vault {
    /// The last letters of a record that is about to be erased: each tells one other device just that.
    pub(in crate::store) fn farewells(
        &self,
        circle: &Circle,
        tombstone: &Operation,
    ) -> Result<Vec<(Label, Vec<u8>)>> {
        // Nobody else can make this signature, and no two tombstones have one.
        let secret = self.keys().sign(&digest(&[b"farewell/1", &tombstone.hash]));
        let entropy = SeededEntropy::from_bytes(digest(&[b"farewell entropy/1", &secret]));
        let mail = self.mail(None)?;
        let boxes = mail.boxes.iter().filter(|boxes| boxes.circle == *circle);
        let mut letters = Vec::new();
        for other in boxes.flat_map(|boxes| &boxes.others) {
            let known = self.letters_with(circle, &other.public.sign)?;
            // Who else is in comes first, so that it can be told on to those the receiver does not know yet.
            let mut operations =
                self.operations_lacking(circle, &other.public.sign, &known.heads)?;
            up_to_the_cap(&mut operations);
            operations.push(tombstone.bytes.clone());
            let letter = Letter {
                counter: known.written.max(known.seen) + 1,
                seen: known.read,
                operations,
                ..Letter::default()
            };
            let bytes = letter::write(self.keys(), &circle.id, &other.public, &letter, &entropy)?;
            letters.push((Label::of(other.to, &bytes), bytes));
        }
        Ok(letters)
    }

    /// The mailboxes of last letters.
    pub(super) fn farewell_tags(&self) -> Result<Vec<Tag>> {
        let mut statement = self.db.prepare_cached("select tag from farewell")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Leaves the last letters of records that were erased here, in place of earlier ones to the same devices.
    pub(super) fn farewells_out(
        &self,
        shelf: &dyn Shelf,
        mail: &Mail,
        listed: &HashMap<Label, u64>,
        passed: &mut Parcels,
        tell: &mut Tell,
    ) -> Result<ControlFlow<()>> {
        let mut statement = self
            .db
            .prepare_cached("select tag, name, bytes from farewell order by tag")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let label = Label {
                tag: row.get(0)?,
                name: row.get(1)?,
            };
            // One that was let in again uses the mailbox for its letters.
            if mail.boxes.iter().any(|boxes| boxes.writes_to(&label.tag)) {
                continue;
            }
            if !listed.contains_key(&label) {
                passed.given.1 += 1;
                shelf.put(&label, &row.get::<_, Vec<u8>>(2)?)?;
                passed.given.0 += 1;
            }
            let lie = listed.keys().filter(|there| there.tag == label.tag);
            for older in lie.filter(|there| **there != label) {
                shelf.remove(older)?;
            }
            if tell(passed).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// Keeps last letters, in the same step in which the record goes.
pub(in crate::store) fn keep(
    tx: &rusqlite::Transaction,
    letters: &[(Label, Vec<u8>)],
) -> Result<()> {
    for (label, bytes) in letters {
        tx.execute(
            "insert or replace into farewell(tag, name, bytes) values(?1, ?2, ?3)",
            params![label.tag.as_slice(), label.name.as_slice(), bytes],
        )?;
    }
    Ok(())
}
