//! Holding what is in the record against the signatures that speak for it.
//!
//! automerge keeps no signatures, but names of changes come out of every document again. So what was signed is checked
//! after any number of compactions. Source: `security.md` 6.

use super::rebuild;
use super::segments;
use super::spoken;
use super::vault::{Circle, Vault};
use crate::circle::Groups;
use crate::error::Result;
use crate::record::change::{self, Hash};
use crate::record::part::{Actor, Part};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Of each actor in a part: its attested changes by sequence number.
type Signed = BTreeMap<(Part, Actor), BTreeMap<u64, Hash>>;

impl Vault {
    /// How many changes of a record no signature speaks for: those this device wrote since its last meeting, and those
    /// that came by [`Vault::receive`].
    ///
    /// # Errors
    /// Those of storage.
    pub fn unattested(&self, circle: &Circle) -> Result<u64> {
        let signed = signed(&self.db, circle)?;
        let mut count = 0;
        for part in rebuild::parts(&self.db, circle)? {
            for bytes in rebuild::changes_of(&self.db, circle, &part)? {
                let read = change::read(&circle.id, &part, &bytes)?;
                let of = signed.get(&(part.clone(), read.head.actor));
                let under = of.is_some_and(|of| of.range(read.head.seq..).next().is_some());
                count += u64::from(read.makes.is_none() && !under);
            }
        }
        Ok(count)
    }
}

impl Vault {
    /// Whether every signature that is kept is its device's, over just what it speaks for, and each of these changes is
    /// there under its number.
    ///
    /// # Errors
    /// Those of storage.
    pub(super) fn is_attested(&self, circle: &Circle) -> Result<bool> {
        if !are_there(&self.db, circle)? {
            return Ok(false);
        }
        let (access, keyring) = (self.access(circle)?, self.keyring(circle)?);
        for group in Groups::EVERYTHING.iter() {
            let attested = spoken::attested(&self.db, circle, group)?;
            for (actor, stream) in spoken::spoken(&self.db, circle, group)? {
                let taken = segments::taken(&self.db, circle, actor)?;
                let of = (circle, group, actor, taken.as_ref());
                for (at, one) in stream.iter().enumerate() {
                    let tips = attested.get(&(actor, one.counter));
                    let tips = tips.map_or(&[][..], |(_, tips)| tips);
                    let keys = (&access.roster, &keyring);
                    if self.signed(of, &stream, at, tips, keys)?.is_none() {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }
}

/// Whether each signature still speaks for the change that is there under its number.
fn are_there(db: &Connection, circle: &Circle) -> Result<bool> {
    let mut signed = signed(db, circle)?;
    for part in rebuild::parts(db, circle)? {
        for bytes in rebuild::changes_of(db, circle, &part)? {
            let read = change::read(&circle.id, &part, &bytes)?;
            let of = signed.get_mut(&(part.clone(), read.head.actor));
            if of.is_some_and(|of| {
                of.remove(&read.head.seq)
                    .is_some_and(|hash| hash != read.hash)
            }) {
                return Ok(false);
            }
        }
    }
    // Those that are left speak for changes that are gone.
    Ok(signed.values().all(BTreeMap::is_empty))
}

fn signed(db: &Connection, circle: &Circle) -> Result<Signed> {
    let sql = "select part, actor, seq, hash from attest where circle = ?1
               union all select part, actor, seq, hash from taken_over where circle = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![circle.no])?;
    let mut signed = Signed::new();
    while let Some(row) = rows.next()? {
        let of = (Part::read(row.get::<_, String>(0)?), Actor(row.get(1)?));
        let seq = row.get::<_, i64>(2)?.unsigned_abs();
        signed.entry(of).or_default().insert(seq, row.get(3)?);
    }
    Ok(signed)
}
