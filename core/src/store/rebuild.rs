//! Making the projection again from the changes, compaction, and reading every change back.

use super::commit;
use super::rows;
use super::vault::{Circle, Vault};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::plan::live;
use crate::record::change::{self, Hash, ReadChange};
use crate::record::state::fingerprint;
use crate::record::{Actor, Part, Record};
use crate::team::caseload::Facts;
use automerge::Automerge;
use chrono::NaiveDate;
use rusqlite::{Connection, Transaction, params};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Loose changes of a part from which on it is folded whatever its size.
const MANY: i64 = 200;

/// Loose changes of a part from which on it is folded if they are a tenth of its snapshot or more.
const SOME: i64 = 8;

/// What [`Vault::verify`] found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Verified {
    /// Whether everything was read back and says the same as the rows.
    pub ok: bool,
    /// Records read.
    pub records: u64,
    /// Entries read.
    pub entries: u64,
    /// Names of parts that are not as they were written, and `tail` when the newest saves were lost.
    pub damaged: Vec<String>,
}

/// Asked now and then by long work, with the steps done and all there are: whether to go on.
pub type GoOn<'a> = dyn FnMut(u64, u64) -> bool + 'a;

/// How many changes are read between two questions whether to go on.
const BETWEEN_QUESTIONS: u64 = 32;

/// How far long work is.
pub(super) struct Steps<'a, 'b> {
    done: u64,
    of: u64,
    go_on: &'a mut GoOn<'b>,
}

impl<'a, 'b> Steps<'a, 'b> {
    /// As many steps as there are changes in the file, folded ones among them.
    pub(super) fn count(db: &Connection, go_on: &'a mut GoOn<'b>) -> Result<Steps<'a, 'b>> {
        let sql = "select (select count(*) from changes) + (select coalesce(sum(changes), 0) from snapshot)";
        let of: i64 = db.query_row(sql, [], |row| row.get(0))?;
        Ok(Steps {
            done: 0,
            of: of.unsigned_abs(),
            go_on,
        })
    }

    /// One more change; whether to go on.
    fn step(&mut self) -> bool {
        let ask = self.done.is_multiple_of(BETWEEN_QUESTIONS);
        let on = !ask || (self.go_on)(self.done, self.of);
        self.done += 1;
        on
    }
}

impl Vault {
    /// Reads every change back, rebuilds every record from them, and compares it with the rows.
    pub fn verify(&mut self) -> Result<Verified> {
        let whole = self.verify_while(&mut |_, _| true)?;
        Ok(whole.expect("nobody asked to stop"))
    }

    /// [`Vault::verify`], asking on its way whether to go on; `None` where it was stopped. Nothing is changed either
    /// way.
    pub fn verify_while(&mut self, go_on: &mut GoOn) -> Result<Option<Verified>> {
        let mut verified = Verified {
            ok: true,
            records: 0,
            entries: 0,
            damaged: Vec::new(),
        };
        let whole: String = self
            .db
            .query_row("pragma quick_check(1)", [], |row| row.get(0))?;
        if whole != "ok" {
            verified.damaged.push("file".into());
        }
        let mut steps = Steps::count(&self.db, go_on)?;
        for circle in self.circles()? {
            let stored = self.record(&circle, &rows::Scope::Everything)?;
            let mut made = Record::new(circle.id.clone(), circle.member.clone(), self.actor);
            match replay(&self.db, &circle, &mut made, &mut steps) {
                Ok(false) => return Ok(None),
                Ok(true)
                    if fingerprint(&made) == fingerprint(&stored)
                        && made.cursors == stored.cursors => {}
                _ => verified.damaged.push("record".into()),
            }
            // Of a record of which nothing has come yet there may be no row.
            let sound = match super::caseload::kept(&self.db, &circle)? {
                Some(kept) => kept == Facts::of(&stored),
                None => stored.all().next().is_none(),
            };
            if !sound {
                verified.damaged.push("caseload".into());
            }
            // Of a document that cannot be read no signature can be held against anything.
            match self.is_attested(&circle) {
                Ok(true) => {}
                Ok(false) | Err(Error::Damaged) => verified.damaged.push("signature".into()),
                Err(fault) => return Err(fault),
            }
            verified.records += 1;
            verified.entries += stored.things(crate::record::Noun::Entry).len() as u64;
        }
        if !super::pieces::are_sound(&self.db)? {
            verified.damaged.push("attachment".into());
        }
        if self.notice().is_some() {
            verified.damaged.push("tail".into());
        }
        verified.ok = verified.damaged.is_empty();
        Ok(Some(verified))
    }

    /// Somebody has read what was found, and with it the notice. After a page that could not be read SQLCipher lets
    /// nothing be written over that connection (`READONLY`, 8, as for a file that may not be written to): a notice stays then,
    /// to be said again, and the damage is what counts.
    ///
    /// # Errors
    /// Those of storage, where all was found whole.
    pub fn acknowledge_found(&mut self, found: &Verified) -> Result<()> {
        match self.acknowledge() {
            Err(Error::Storage { .. }) if !found.ok => Ok(()),
            done => done,
        }
    }

    /// Drops the projection and makes it again from the changes.
    pub fn rebuild(&mut self) -> Result<()> {
        self.rebuild_while(&mut |_, _| true).map(|_| ())
    }

    /// [`Vault::rebuild`], asking on its way whether to go on; whether it was finished. Where it was stopped
    /// everything is as before.
    pub fn rebuild_while(&mut self, go_on: &mut GoOn) -> Result<bool> {
        let tx = Self::begin(&mut self.db)?;
        super::schema::empty_projection(&tx)?;
        let done = rebuild(&tx, go_on)?;
        if done {
            tx.commit()?;
        }
        Ok(done)
    }

    /// Does what can wait until nothing else is to be done: folds loose changes, and fills what is searched in.
    pub fn tidy(&mut self) -> Result<()> {
        self.compact()?;
        let circles = self.circles()?;
        let tx = Self::begin(&mut self.db)?;
        for circle in circles {
            super::search::catch_up(&tx, &circle)?;
        }
        Ok(tx.commit()?)
    }

    /// Folds loose changes into snapshots where there are many; for when nothing else is to be done. Returns
    /// how many parts were folded. The snapshot is read back and compared change by change first.
    pub fn compact(&mut self) -> Result<usize> {
        // Looked up without the writer's turn first: mostly there is nothing to do.
        if due(&self.db)?.is_empty() {
            return Ok(0);
        }
        let tx = Self::begin(&mut self.db)?;
        let parts = due(&tx)?;
        for (no, part) in &parts {
            let id: String =
                tx.query_row("select id from circle where no = ?1", params![no], |row| {
                    row.get(0)
                })?;
            let circle = Circle {
                no: *no,
                id: Id::read(id),
                member: Id::read(""),
            };
            super::search::catch_up(&tx, &circle)?;
            super::known::catch_up_if_asked(&tx, &circle)?;
            let part = Part::read(part.clone());
            let (count, bytes) = folded(&tx, &circle, &part)?;
            tx.execute(
                "insert or replace into snapshot(circle, part, changes, bytes) values(?1, ?2, ?3, ?4)",
                params![no, part.as_str(), count as i64, bytes],
            )?;
            tx.execute(
                "delete from changes where circle = ?1 and part = ?2",
                params![no, part.as_str()],
            )?;
        }
        tx.commit()?;
        Ok(parts.len())
    }

    /// Moves the write-ahead log into the main file; for when nothing else is to be done.
    pub fn checkpoint(&mut self) -> Result<()> {
        self.db
            .query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))?;
        Ok(())
    }
}

/// The parts that have so many loose changes that folding them is worth it: circle, part.
fn due(db: &Connection) -> Result<Vec<(i64, String)>> {
    let mut statement = db.prepare(
        "select circle, part from changes group by circle, part
         having count(*) >= ?1 or (count(*) >= ?2 and sum(length(bytes)) * 10 >= coalesce(
             (select length(s.bytes) from snapshot s
              where s.circle = changes.circle and s.part = changes.part), 0))",
    )?;
    let rows = statement.query_map(params![MANY, SOME], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Makes the rows and cursors of every record again.
pub(super) fn rebuild(tx: &Connection, go_on: &mut GoOn) -> Result<bool> {
    let mut steps = Steps::count(tx, go_on)?;
    let mut circles = Vec::new();
    {
        let mut statement = tx.prepare("select no, id, member from circle")?;
        let rows = statement.query_map([], |row| {
            Ok((
                row.get(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
            ))
        })?;
        for row in rows {
            let (no, id, member) = row?;
            circles.push(Circle {
                no,
                id: Id::read(id),
                member: Id::read(member),
            });
        }
    }
    let actor = super::vault::meta(tx, "actor")?.and_then(|bytes| bytes.try_into().ok());
    for circle in circles {
        let mut record = Record::new(
            circle.id.clone(),
            circle.member.clone(),
            Actor(actor.unwrap_or_default()),
        );
        if !replay(tx, &circle, &mut record, &mut steps)? {
            return Ok(false);
        }
        for (part, cursor) in &record.cursors {
            rows::save_cursor(tx, &circle, part, cursor)?;
        }
        let live = live::live(&record, NaiveDate::MIN);
        for thing in record.all() {
            rows::save_thing(
                tx,
                &circle,
                thing,
                live.contains(&(thing.noun, thing.id.clone())),
            )?;
        }
        super::caseload::save(tx, &circle, &record)?;
    }
    Ok(true)
}

/// Applies every change of a circle to an empty record.
fn replay(
    db: &Connection,
    circle: &Circle,
    record: &mut Record,
    steps: &mut Steps,
) -> Result<bool> {
    let mut statement = db.prepare("select actor, member from actor where circle = ?1")?;
    let actors = statement.query_map(params![circle.no], |row| {
        Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, String>(1)?))
    })?;
    for row in actors {
        let (actor, member) = row?;
        record.actors.insert(Actor(actor), Id::read(member));
    }
    for part in parts(db, circle)? {
        record.apply(
            &part,
            &change::read(&circle.id, &part, &change::first(&circle.id, &part)?.bytes)?,
        );
        for bytes in changes_of(db, circle, &part)? {
            if !steps.step() {
                return Ok(false);
            }
            record.apply(&part, &change::read(&circle.id, &part, &bytes)?);
        }
    }
    Ok(true)
}

/// Every change of a circle but the computed first ones, each after those it depends on: part, as read, bytes.
pub(super) fn changes(
    db: &Connection,
    circle: &Circle,
) -> Result<Vec<(Part, ReadChange, Vec<u8>)>> {
    let mut all = Vec::new();
    for part in parts(db, circle)? {
        for bytes in changes_of(db, circle, &part)? {
            let read = change::read(&circle.id, &part, &bytes)?;
            all.push((part.clone(), read, bytes));
        }
    }
    Ok(all)
}

/// Notes the newest change of another actor.
pub(super) fn note_tip(
    tx: &Transaction,
    circle: &Circle,
    part: &Part,
    read: &ReadChange,
) -> Result<()> {
    // What this device, or the one it continues, wrote comes back from another that has it, signed.
    tx.prepare_cached(
        "insert into tip(circle, part, actor, seq, hash, signed, sent)
         select ?1, ?2, ?3, ?4, ?5, ?4 * mine, ?4 * mine from (select exists(
             select 1 from actor where circle = ?1 and actor = ?3 and (continued or device = (
                 select device from actor where circle = ?1 and actor = (select value from meta where key = 'actor'))))
             as mine) where true
         on conflict(circle, part, actor) do update set seq = ?4, hash = ?5,
             signed = max(signed, excluded.signed), sent = max(sent, excluded.sent) where ?4 > seq",
    )?
    .execute(params![
        circle.no,
        part.as_str(),
        read.head.actor.0.as_slice(),
        read.head.seq as i64,
        read.hash.as_slice()
    ])?;
    Ok(())
}

pub(super) fn parts(db: &Connection, circle: &Circle) -> Result<Vec<Part>> {
    let mut statement = db.prepare_cached(
        "select part from changes where circle = ?1 union select part from snapshot where circle = ?1 order by 1",
    )?;
    let rows = statement.query_map(params![circle.no], |row| row.get::<_, String>(0))?;
    Ok(rows
        .map(|row| row.map(Part::read))
        .collect::<std::result::Result<_, _>>()?)
}

/// The changes of one part after the computed first one, each after those it depends on.
pub(super) fn changes_of(db: &Connection, circle: &Circle, part: &Part) -> Result<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    let mut statement =
        db.prepare_cached("select bytes from snapshot where circle = ?1 and part = ?2")?;
    let mut rows = statement.query(params![circle.no, part.as_str()])?;
    if let Some(row) = rows.next()? {
        all = unfold(&circle.id, part, &row.get::<_, Vec<u8>>(0)?)?;
    }
    let mut statement =
        db.prepare_cached("select bytes from changes where circle = ?1 and part = ?2 order by n")?;
    let rows = statement.query_map(params![circle.no, part.as_str()], |row| {
        row.get::<_, Vec<u8>>(0)
    })?;
    for row in rows {
        all.push(row?);
    }
    Ok(all)
}

/// One automerge document of all changes of a part after the computed first one, and how many there are.
pub(super) fn folded(db: &Connection, circle: &Circle, part: &Part) -> Result<(usize, Vec<u8>)> {
    let changes = changes_of(db, circle, part)?;
    let bytes = fold(&circle.id, part, &changes, Automerge::save)?;
    Ok((changes.len(), bytes))
}

/// The same of these changes alone, uncompressed, as the walker lets it through.
pub(super) fn folded_plain(circle: &Id, part: &Part, changes: &[Vec<u8>]) -> Result<Vec<u8>> {
    fold(circle, part, changes, Automerge::save_nocompress)
}

fn fold(
    circle: &Id,
    part: &Part,
    changes: &[Vec<u8>],
    save: impl Fn(&Automerge) -> Vec<u8>,
) -> Result<Vec<u8>> {
    let first = change::first(circle, part)?.bytes;
    let bytes = catch_unwind(AssertUnwindSafe(|| {
        let mut document = Automerge::new();
        let all = std::iter::once(&first)
            .chain(changes)
            .map(|bytes| automerge::Change::from_bytes(bytes.clone()));
        let all: Vec<_> = all
            .collect::<std::result::Result<_, _>>()
            .map_err(|_| Error::Damaged)?;
        document.apply_changes(all).map_err(|_| Error::Damaged)?;
        Ok::<_, Error>(save(&document))
    }))
    .map_err(|_| Error::Damaged)??;
    let names = |changes: &[Vec<u8>]| -> Result<BTreeMap<Hash, ()>> {
        changes
            .iter()
            .map(|bytes| Ok((change::read(circle, part, bytes)?.hash, ())))
            .collect()
    };
    // A snapshot replaces the changes only if every one of them comes back from it under its own name.
    if names(&unfold(circle, part, &bytes)?)? != names(changes)? {
        return Err(Error::Damaged);
    }
    Ok(bytes)
}

/// The changes inside a snapshot, without the computed first one.
pub(super) fn unfold(circle: &Id, part: &Part, bytes: &[u8]) -> Result<Vec<Vec<u8>>> {
    let first = change::first(circle, part)?.hash;
    catch_unwind(AssertUnwindSafe(|| {
        let document = Automerge::load(bytes).map_err(|_| Error::Damaged)?;
        let changes = document.get_changes(&[]);
        Ok(changes
            .into_iter()
            .filter(|change| change.hash().0 != first)
            .map(|change| change.raw_bytes().to_vec())
            .collect())
    }))
    .map_err(|_| Error::Damaged)?
}

/// Writes a head for a transaction that kept no change (drafts, drop box).
pub(super) fn mark(tx: &Transaction, written: &[u8]) -> Result<super::witness::Head> {
    let before = super::vault::head(tx)?;
    let digest = crate::id::digest(&[written]);
    let head = super::witness::Head {
        n: before.n + 1,
        chain: super::witness::next_chain(&before.chain, &digest),
    };
    commit::add_to_chain(tx, &head)?;
    Ok(head)
}
