//! A backup: everything of this profile that cannot be made again, in one file sealed to the recovery code; and bringing
//! it back as another device of the same person.
//!
//! Source: `SPEC.md`, Backup; docs/adr/0035. What belongs to the device alone stays: its keys, its actor, its witness.

use super::backup_file::{MARK, Opener, Sealer};
use super::commit;
use super::io::{
    OWNER_ONLY, fault, free_name_beside, options_with_mode, read_at_most, remove_if_there,
    sync_folder_of,
};
use super::rebuild;
use super::schema;
use super::vault::{self, Circle, Vault, begin_incarnation, set_meta};
use super::witness::{Head, next_chain};
use crate::circle::recovery_code::RecoveryCode;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::digest;
use crate::record::{Acting, Actor, Part, Thing};
use crate::store::identity::{DeviceKeys, DevicePublic};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, Transaction, params, params_from_iter};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

/// Tables that hold nothing of the record: what can be made again, and what only this device can use.
const LEFT_OUT: [&str; 20] = [
    "thing",
    "entry",
    "caseload",
    "known",
    "known_upto",
    "searched",
    "search",
    "commits",
    "meta",
    "invitation",
    "request",
    "device_code",
    "recovery_tried",
    "backup",
    "backed_up",
    "reached",
    "told",
    "answered",
    "piece_letter",
    "stream",
];

/// Settings that belong to this device or its file.
const OWN_META: [&str; 9] = [
    "keys",
    "actor",
    "place",
    "drop",
    super::profile::STAYING,
    "notice",
    "projection",
    super::devices::FOLLOWED,
    super::vault::OPENED,
];

/// One entry of a backup's stream.
#[derive(Serialize, Deserialize)]
enum Entry {
    /// The first: version of the tables, the actor of the device that made it, its count of commits, the moment.
    Head(u32, [u8; 16], u64, i64),
    /// A setting.
    Meta(String, Vec<u8>),
    /// The rows that follow are of this table, with these columns.
    Table(String, Vec<String>),
    Row(Vec<Cell>),
    /// The last: how many rows there are.
    End(u64),
}

/// One value of a row.
#[derive(Serialize, Deserialize)]
enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A backup that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// When, in Unix seconds by this device's clock.
    pub at: i64,
    /// Length of the file.
    pub bytes: u64,
}

/// The newest backup this device made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backup {
    /// When.
    pub at: i64,
    /// Ed25519 public key of the recovery code it is sealed to.
    pub key: [u8; 32],
}

/// How far each actor's changes in each part of a record are in a backup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach(BTreeMap<Actor, BTreeMap<Part, u64>>);

impl Reach {
    /// Whether every answer that these actors gave is in it.
    pub fn holds(&self, thing: &Thing, of: impl Fn(&Actor) -> bool) -> bool {
        let answers = thing.fields.iter().flat_map(|(_, field)| field.all());
        let mut stamps = answers.map(|answer| answer.stamp).filter(|s| of(&s.actor));
        stamps.all(|stamp| {
            let reached = self.0.get(&stamp.actor).and_then(|p| p.get(&thing.part));
            reached.is_some_and(|reached| stamp.seq <= *reached)
        })
    }
}

impl Vault {
    /// Makes a backup, durably, and reads it back. An earlier backup under the same name is replaced by the whole new
    /// one; any other file stays.
    ///
    /// # Errors
    /// [`Error::Usage`] `recovery code` where there is none to seal it to, `backup file` for a file that is no backup;
    /// [`Error::Damaged`] if it could not be read back; those of storage. No half a file stays.
    pub fn make_backup(
        &mut self,
        file: &Path,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<BackedUp> {
        let recovery = self.recovery_public()?.ok_or(Error::Usage {
            what: "recovery code",
        })?;
        if read_at_most(file, MARK.len() as u64)?.is_some_and(|start| start != MARK) {
            return Err(Error::Usage {
                what: "backup file",
            });
        }
        // What is not signed yet nobody else could take in from the one who brings it back.
        self.cut_all(acting, entropy)?;
        let at = acting.at.timestamp();
        let fresh = free_name_beside(file, "new")?;
        let bytes = match self.write_backup([&fresh, file], &recovery, at, entropy) {
            Ok(bytes) => bytes,
            Err(error) => {
                let _ = remove_if_there(&fresh);
                return Err(error);
            }
        };
        Ok(BackedUp { at, bytes })
    }

    /// The newest backup that this device made.
    ///
    /// # Errors
    /// Those of storage.
    pub fn backup(&self) -> Result<Option<Backup>> {
        let sql = "select at, key from backup";
        Ok(self
            .db
            .query_row(sql, [], |row| {
                Ok(Backup {
                    at: row.get(0)?,
                    key: row.get(1)?,
                })
            })
            .optional()?)
    }

    /// How far the newest backup reaches in a record.
    pub(crate) fn backup_reach(&self, circle: &Circle) -> Result<Reach> {
        let sql = "select actor, part, seq from backed_up where circle = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(params![circle.no])?;
        let mut reach = Reach::default();
        while let Some(row) = rows.next()? {
            let parts = reach.0.entry(Actor(row.get(0)?)).or_default();
            let part = Part::read(row.get::<_, String>(1)?);
            parts.insert(part, row.get::<_, i64>(2)?.unsigned_abs());
        }
        Ok(reach)
    }

    fn recovery_public(&self) -> Result<Option<DevicePublic>> {
        let standing = self.roster(&self.own()?)?.standing;
        let member = standing.present(&self.keys.public().sign);
        Ok(member.and_then(|(_, member)| Some(member.recovery_keys().last()?.public)))
    }

    fn write_backup(
        &mut self,
        [fresh, file]: [&Path; 2],
        recovery: &DevicePublic,
        at: i64,
        entropy: &dyn Entropy,
    ) -> Result<u64> {
        let out = options_with_mode(OWNER_ONLY)
            .write(true)
            .create_new(true)
            .open(fresh)
            .map_err(|error| fault(&error))?;
        let actor = self.actor.0;
        // What is read belongs to one moment, and what is noted is what was read.
        let tx = Self::begin(&mut self.db)?;
        let mut sealer = Sealer::begin(BufWriter::new(out), recovery, entropy)?;
        let head = vault::head(&tx)?;
        let version = schema::version(&tx)? as u32;
        sealer.entry(&Entry::Head(version, actor, head.n, at))?;
        let rows = write_rows(&tx, &mut sealer)?;
        sealer.entry(&Entry::End(rows))?;
        let (out, key) = sealer.end()?;
        let out = out.into_inner().map_err(|error| fault(error.error()))?;
        out.sync_all().map_err(|error| fault(&error))?;
        let bytes = out.metadata().map_err(|error| fault(&error))?.len();
        drop(out);
        let read = File::open(fresh).map_err(|error| fault(&error))?;
        if check(Opener::with_key(BufReader::new(read), key)?)? != rows {
            return Err(Error::Damaged);
        }
        // It counts as made only once it lies under its name, durably.
        std::fs::rename(fresh, file).map_err(|error| fault(&error))?;
        sync_folder_of(file)?;
        note(&tx, recovery, at, &actor)?;
        tx.commit()?;
        Ok(bytes)
    }

    /// [`Vault::restore_backup_shown`] for who shows the next code later.
    ///
    /// # Errors
    /// Those of [`Vault::restore_backup_shown`].
    pub fn restore_backup(
        &mut self,
        file: &Path,
        code: &RecoveryCode,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<RecoveryCode> {
        self.restore_backup_shown(file, code, acting, entropy, |_, _| Ok(()))
    }

    /// Brings a backup back into this profile, in which nothing was written yet, and lets this device in with the
    /// recovery code, which ends once the one that takes its place was shown. Nothing changes where it is refused.
    ///
    /// # Errors
    /// [`Error::NotAnAnswer`] if something was written here; [`Error::WrongKey`] for another code, [`Error::Damaged`] for
    /// a file that is not as it was made; [`Error::Usage`] for one of a newer version; those of storage; what showing
    /// said: then the record is here, and the code holds as before.
    pub fn restore_backup_shown(
        &mut self,
        file: &Path,
        code: &RecoveryCode,
        acting: Acting,
        entropy: &dyn Entropy,
        show: impl FnOnce(&Vault, &RecoveryCode) -> Result<()>,
    ) -> Result<RecoveryCode> {
        let keys = code.keys()?;
        check_backup(file, &keys)?;
        let circles = self.circles()?;
        for circle in &circles {
            if circles.len() > 1 || !self.is_untouched(circle)? {
                return Err(Error::NotAnAnswer);
            }
        }
        let device = self.keys.device_id();
        let tx = Self::begin(&mut self.db)?;
        for circle in &circles {
            super::erase::drop_rows(&tx, circle)?;
        }
        let read = File::open(file).map_err(|error| fault(&error))?;
        let before = read_rows(&tx, Opener::begin(BufReader::new(read), &keys)?)?;
        begin_incarnation(&tx, Actor(before.actor), self.actor, &device)?;
        tx.execute(
            "update actor set continued = 1 where device in (select device from actor where actor = ?1)",
            params![before.actor.as_slice()],
        )?;
        // Putting the rows in has counted what was counted before.
        tx.execute(
            "update circle set operations = (select count(*) from operation where circle = circle.no)",
            [],
        )?;
        let head = vault::head(&tx)?;
        let head = Head {
            n: head.n.max(before.n) + 1,
            chain: next_chain(&head.chain, &digest(&[b"backup", &before.actor])),
        };
        commit::add_to_chain(&tx, &head)?;
        schema::empty_projection(&tx)?;
        rebuild::rebuild(&tx, &mut |_, _| true)?;
        tx.commit()?;
        self.witnessed(&head);
        self.recover_here(code, acting, entropy, show)
    }
}

/// Reads a backup through without keeping anything.
///
/// # Errors
/// As [`Vault::restore_backup`].
pub fn check_backup(file: &Path, keys: &DeviceKeys) -> Result<()> {
    let read = File::open(file).map_err(|error| fault(&error))?;
    check(Opener::begin(BufReader::new(read), keys)?).map(|_| ())
}

/// What a fuzzer needs: a backup with this inside the seal, read through.
#[cfg(fuzzing)]
pub fn fuzz(content: &[u8], keys: &DeviceKeys) -> Result<u64> {
    let entropy = crate::entropy::SeededEntropy::new(9);
    let mut sealer = Sealer::begin(Vec::new(), &keys.public(), &entropy)?;
    sealer.put(content)?;
    check(Opener::begin(&sealer.end()?.0[..], keys)?)
}

/// Reads every entry; how many rows there are.
fn check(mut opener: Opener<impl std::io::Read>) -> Result<u64> {
    let (mut rows, mut ended, mut first) = (0, None, true);
    while let Some(entry) = opener.entry()? {
        if std::mem::take(&mut first) != matches!(entry, Entry::Head(..)) || ended.is_some() {
            return Err(Error::Damaged);
        }
        match entry {
            Entry::Head(version, ..) if version > schema::newest() as u32 => {
                return Err(Error::Usage {
                    what: "a vault of a newer version",
                });
            }
            Entry::Row(_) => rows += 1,
            Entry::End(count) => ended = Some(count),
            _ => {}
        }
    }
    if ended == Some(rows) {
        Ok(rows)
    } else {
        Err(Error::Damaged)
    }
}

fn write_rows<W: std::io::Write>(db: &Connection, sealer: &mut Sealer<W>) -> Result<u64> {
    let mut statement = db.prepare("select key, value from meta order by key")?;
    let mut settings = statement.query([])?;
    while let Some(row) = settings.next()? {
        let (key, value): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
        if !OWN_META.contains(&key.as_str()) {
            sealer.entry(&Entry::Meta(key, value))?;
        }
    }
    let mut count = 0;
    for table in tables(db)? {
        let mut statement = db.prepare(&format!("select * from \"{table}\""))?;
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let width = columns.len();
        sealer.entry(&Entry::Table(table, columns))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let mut cells = Vec::with_capacity(width);
            for at in 0..width {
                cells.push(match row.get_ref(at)? {
                    ValueRef::Null => Cell::Null,
                    ValueRef::Integer(number) => Cell::Integer(number),
                    ValueRef::Real(number) => Cell::Real(number),
                    ValueRef::Text(_) => Cell::Text(row.get(at)?),
                    ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
                });
            }
            sealer.entry(&Entry::Row(cells))?;
            count += 1;
        }
    }
    Ok(count)
}

/// The tables that go into a backup: all but those named, and those that belong to the search.
fn tables(db: &Connection) -> Result<Vec<String>> {
    let sql = "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'
               and name not like 'search\\_%' escape '\\' order by name";
    let mut statement = db.prepare(sql)?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let all: Vec<String> = rows.collect::<std::result::Result<_, _>>()?;
    let kept = all.into_iter();
    Ok(kept.filter(|n| !LEFT_OUT.contains(&n.as_str())).collect())
}

/// What a backup says of the device that made it.
struct Before {
    actor: [u8; 16],
    n: u64,
}

/// Writes the rows of a backup that was checked into their tables.
fn read_rows(tx: &Transaction, mut opener: Opener<impl std::io::Read>) -> Result<Before> {
    let Some(Entry::Head(_, actor, n, _)) = opener.entry()? else {
        return Err(Error::Damaged);
    };
    let there = tables(tx)?;
    let mut insert = None;
    while let Some(entry) = opener.entry()? {
        match entry {
            Entry::Meta(key, value) if !OWN_META.contains(&key.as_str()) => {
                set_meta(tx, &key, &value)?;
            }
            Entry::Table(name, columns) => {
                let fits = columns
                    .iter()
                    .all(|column| column.bytes().all(|c| c.is_ascii_lowercase() || c == b'_'));
                if !there.contains(&name) || !fits {
                    return Err(Error::Damaged);
                }
                let places: Vec<String> = (1..=columns.len()).map(|n| format!("?{n}")).collect();
                let sql = format!(
                    "insert into \"{name}\"({}) values({})",
                    columns.join(", "),
                    places.join(", ")
                );
                insert = Some((tx.prepare(&sql)?, columns.len()));
            }
            Entry::Row(cells) => {
                let Some((statement, width)) = insert.as_mut() else {
                    return Err(Error::Damaged);
                };
                if cells.len() != *width {
                    return Err(Error::Damaged);
                }
                statement.execute(params_from_iter(cells.into_iter().map(Value::from)))?;
            }
            _ => {}
        }
    }
    Ok(Before { actor, n })
}

impl From<Cell> for Value {
    fn from(cell: Cell) -> Value {
        match cell {
            Cell::Null => Value::Null,
            Cell::Integer(number) => Value::Integer(number),
            Cell::Real(number) => Value::Real(number),
            Cell::Text(text) => Value::Text(text),
            Cell::Bytes(bytes) => Value::Blob(bytes),
        }
    }
}

/// Notes how far each actor's changes are in the newest backup.
fn note(tx: &Transaction, recovery: &DevicePublic, at: i64, actor: &[u8; 16]) -> Result<()> {
    tx.execute_batch("delete from backup; delete from backed_up")?;
    tx.execute(
        "insert into backup(at, key) values(?1, ?2)",
        params![at, recovery.sign.as_slice()],
    )?;
    tx.execute(
        "insert into backed_up(circle, part, actor, seq)
         select circle, part, ?1, own_seq from cursor where own_seq > 0
         union all select circle, part, actor, seq from tip",
        params![actor.as_slice()],
    )?;
    Ok(())
}
