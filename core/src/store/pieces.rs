//! Pieces of attached files: kept when a file is attached, taken in from others when an attachment announced them, and
//! read back. Every piece is durable by itself, so a cut between two devices loses at most the one under way.

use super::vault::{Circle, Vault};
use crate::attachment::pieces::{self, Manifest, PIECE_CAP};
use crate::attachment::{self, Prepared};
use crate::circle::Groups;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::change::Hash;
use crate::record::{Acting, Noun, Record, Thing};
use crate::store::Scope;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::collections::BTreeSet;

/// How many bytes of files that others attached a device keeps of one circle, unless it was told otherwise: 1 GiB.
pub const KEPT: u64 = 1 << 30;

/// The most pieces asked for in one meeting over one circle; the rest is asked for in the next.
pub(super) const ASKED: i64 = 1024;

/// The setting that says how many bytes of others' files are kept of one circle.
const SETTING: &str = "files_kept";

/// What came of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenPiece {
    /// Kept durably.
    In,
    /// Was here before.
    Known,
    /// No attachment announced it, or it is not as it was sealed: not kept.
    Refused,
}

impl TakenPiece {
    /// Whether it is here now.
    pub fn is_kept(self) -> bool {
        self != TakenPiece::Refused
    }
}

impl Vault {
    /// Attaches a file to the thing whose id begins like this: the attachment and its pieces in one durable
    /// transaction. The id of the attachment.
    ///
    /// # Errors
    /// Those of [`attachment::add`]; [`Error::NotAllowed`] for who may not write there; those of storage.
    pub fn attach(
        &mut self,
        circle: &Circle,
        about: &Id,
        file: &Prepared,
        acting: Acting,
    ) -> Result<Id> {
        self.act_with_pieces(circle, acting, &file.sealed.pieces, |acts| {
            attachment::add(acts, about, file)
        })
    }

    /// The bytes of an attached file.
    ///
    /// # Errors
    /// [`Error::UnknownId`], [`Error::AmbiguousId`]; [`Error::FileNotHere`] while not all of it is on this device;
    /// [`Error::Damaged`] if it is not what was attached.
    pub fn attached(&self, circle: &Circle, attachment: &Id) -> Result<Vec<u8>> {
        let record = self.record(circle, &Scope::All)?;
        let thing = record.find(Noun::Attachment, attachment)?;
        let manifest = Manifest::of(thing).ok_or(Error::Damaged)?;
        let sql = "select bytes from piece where circle = ?1 and attachment = ?2 order by place";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map(params![circle.no, thing.id.as_str()], |row| row.get(0))?;
        let found: Vec<Option<Vec<u8>>> = rows.collect::<std::result::Result<_, _>>()?;
        let here: Option<Vec<Vec<u8>>> = found.into_iter().collect();
        manifest.join(&circle.id, &here.ok_or(Error::FileNotHere)?)
    }

    /// How many bytes of files that others attached this device keeps of one circle; 0: none are asked for.
    pub fn files_kept(&self) -> Result<u64> {
        let set = self.setting(SETTING)?;
        let set = set.and_then(|bytes| Some(u64::from_le_bytes(bytes.try_into().ok()?)));
        Ok(set.unwrap_or(KEPT))
    }

    /// Says how many bytes of others' files this device keeps of one circle, from the next meeting on; 0: none for
    /// now. What is here stays.
    pub fn keep_files(&mut self, bytes: u64) -> Result<()> {
        self.set_setting(SETTING, &bytes.to_le_bytes())
    }

    /// Asks nobody for files for as long as this vault is open: for a link on which every byte counts.
    pub fn ask_for_no_files(&mut self, none: bool) {
        self.no_files = none;
    }

    /// The circles of which pieces of files may be asked for or offered: in one look at all of them.
    pub(crate) fn circles_with_files_to_ask(&self) -> Result<BTreeSet<Id>> {
        let sql = "select id from circle where no in
                   (select circle from piece where size = 0
                    union select circle from piece where own = 1 and acknowledged = 0)";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok(Id::read(row.get::<_, String>(0)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Names of pieces that were announced and are not here, as many as this device wants now. Where there are more than it has
    /// room for, another run of them after each meeting: what nobody has must not stand before what somebody has.
    pub fn pieces_wanted(&self, circle: &Circle) -> Result<Vec<Hash>> {
        match self.no_files {
            true => Ok(Vec::new()),
            false => self.pieces_lacking(circle),
        }
    }

    /// How many more pieces that others attached this device keeps of a circle.
    pub(super) fn room_for_pieces(&self, circle: &Circle) -> Result<usize> {
        let kept = kept_of_others(&self.db, circle)?;
        let room = self.files_kept()?.saturating_sub(kept) / PIECE_CAP as u64;
        Ok(usize::try_from(room).unwrap_or(usize::MAX))
    }

    /// Whether files are to wait for another time.
    pub(super) fn wants_no_files(&self) -> bool {
        self.no_files
    }

    /// As [`Vault::pieces_wanted`], on a link on which every byte counts too: what is to be left for another time.
    pub(super) fn pieces_lacking(&self, circle: &Circle) -> Result<Vec<Hash>> {
        let sql =
            "select name from piece where circle = ?1 and size = 0 group by name order by min(no)";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map(params![circle.no], |row| row.get(0))?;
        let mut wanted: Vec<Hash> = rows.collect::<std::result::Result<_, _>>()?;
        if wanted.is_empty() {
            return Ok(wanted);
        }
        let most = self.room_for_pieces(circle)?.min(ASKED as usize);
        if most > 0 && wanted.len() > most {
            let sql = "select coalesce(max(at), 0) from contact where circle = ?1";
            let met: i64 =
                (self.db.prepare_cached(sql)?).query_row(params![circle.no], |r| r.get(0))?;
            let runs = wanted.len().div_ceil(most) as u64;
            wanted.rotate_left((met.unsigned_abs() % runs) as usize * most);
        }
        wanted.truncate(most);
        Ok(wanted)
    }

    /// Names of pieces attached here, in groups the other device may read, that nobody was heard to have yet.
    pub fn pieces_unsure(&self, circle: &Circle, reads: Groups) -> Result<Vec<Hash>> {
        let mut statement = self.db.prepare_cached(
            "select name, share_group from piece where circle = ?1 and own = 1 and acknowledged = 0 order by no",
        )?;
        let rows = statement.query_map(params![circle.no], |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?))
        })?;
        let mut unsure = Vec::new();
        for row in rows {
            let (name, group) = row?;
            if reads.has_word(&group) {
                unsure.push(name);
            }
            if unsure.len() as i64 == ASKED {
                break;
            }
        }
        Ok(unsure)
    }

    /// Of these pieces those that are here durably.
    pub fn pieces_here(&self, circle: &Circle, asked: &[Hash]) -> Result<Vec<Hash>> {
        let sql = "select 1 from piece where circle = ?1 and name = ?2 and size > 0";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut here = Vec::new();
        for name in asked.iter().take(ASKED as usize) {
            if statement.exists(params![circle.no, name.as_slice()])? {
                here.push(*name);
            }
        }
        Ok(here)
    }

    /// Of the pieces a device asks for, those it is given: those here, of groups it reads. One that was taken out gets
    /// none, and gives what it attached itself, nobody else's.
    pub fn pieces_to_give(
        &self,
        circle: &Circle,
        device: &[u8; 32],
        asked: &[Hash],
    ) -> Result<Vec<Hash>> {
        let roster = self.roster(circle)?;
        let Some((_, member)) = roster.standing.present(device) else {
            return Ok(Vec::new());
        };
        let in_it = roster
            .standing
            .present(&self.keys().public().sign)
            .is_some();
        let sql = "select share_group, own from piece where circle = ?1 and name = ?2 and size > 0";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut given = Vec::new();
        for name in asked.iter().take(ASKED as usize) {
            let rows = statement.query_map(params![circle.no, name.as_slice()], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?))
            })?;
            let found: Vec<(String, bool)> = rows.collect::<std::result::Result<_, _>>()?;
            let may = |(group, own): &(String, bool)| {
                (in_it || *own) && member.groups.iter().any(|read| read.as_str() == group)
            };
            if found.iter().any(may) {
                given.push(*name);
            }
        }
        Ok(given)
    }

    /// The sealed bytes of a piece that is here.
    ///
    /// # Errors
    /// [`Error::UnknownId`] if it is not.
    pub fn piece(&self, circle: &Circle, name: &Hash) -> Result<Vec<u8>> {
        let sql = "select bytes from piece where circle = ?1 and name = ?2 and size > 0 limit 1";
        self.db
            .prepare_cached(sql)?
            .query_row(params![circle.no, name.as_slice()], |row| row.get(0))
            .optional()?
            .ok_or(Error::UnknownId)
    }

    /// Takes in a piece of another device, durably, if an attachment announced it and it opens as that says. What
    /// others send is never an error.
    ///
    /// # Errors
    /// Those of storage; nothing is kept then.
    pub fn take_piece(&mut self, circle: &Circle, bytes: &[u8]) -> Result<TakenPiece> {
        if bytes.len() > PIECE_CAP {
            return Ok(TakenPiece::Refused);
        }
        let name = pieces::name(bytes);
        let tx = Self::begin(&mut self.db)?;
        let mut taken = TakenPiece::Refused;
        for (no, attachment, place, size) in places(&tx, circle, &name)? {
            if size > 0 {
                taken = TakenPiece::Known;
                continue;
            }
            let thing = super::rows::load_thing(&tx, circle, Noun::Attachment, &attachment)?;
            let manifest = thing.as_ref().and_then(Manifest::of);
            let opens = manifest.is_some_and(|told| told.open(&circle.id, place, bytes).is_some());
            if opens {
                tx.prepare_cached("update piece set bytes = ?2, size = ?3 where no = ?1")?
                    .execute(params![no, bytes, bytes.len() as i64])?;
                taken = TakenPiece::In;
            }
        }
        tx.commit()?;
        Ok(taken)
    }

    /// Notes that another device has these pieces durably.
    pub fn pieces_acknowledged(&mut self, circle: &Circle, names: &[Hash]) -> Result<()> {
        if names.is_empty() {
            return Ok(());
        }
        let tx = Self::begin(&mut self.db)?;
        for name in names.iter().take(ASKED as usize) {
            tx.prepare_cached(
                "update piece set acknowledged = 1 where circle = ?1 and name = ?2 and own = 1",
            )?
            .execute(params![circle.no, name.as_slice()])?;
        }
        Ok(tx.commit()?)
    }
}

/// The pieces an attachment lists have rows from the moment it is known. Those that are there stay as they are.
pub(super) fn announce(db: &Connection, circle: &Circle, attachment: &Thing) -> Result<()> {
    let told = Manifest::of(attachment).zip(attachment.part.group());
    let Some((manifest, group)) = told else {
        return Ok(());
    };
    let mut statement = db.prepare_cached(
        "insert or ignore into piece(circle, attachment, place, share_group, about, name) values(?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (place, name) in manifest.pieces.iter().enumerate() {
        statement.execute(params![
            circle.no,
            attachment.id.as_str(),
            place as i64,
            group.as_str(),
            attachment.text("about").unwrap_or_default(),
            name.as_slice()
        ])?;
    }
    Ok(())
}

/// Keeps the pieces of a file attached here; they were announced in the same transaction.
pub(super) fn keep_own(tx: &Transaction, circle: &Circle, pieces: &[Vec<u8>]) -> Result<()> {
    for bytes in pieces {
        let kept = tx
            .prepare_cached(
                "update piece set bytes = ?3, size = ?4, own = 1 where circle = ?1 and name = ?2",
            )?
            .execute(params![
                circle.no,
                pieces::name(bytes).as_slice(),
                bytes,
                bytes.len() as i64
            ])?;
        if kept == 0 {
            return Err(Error::Damaged);
        }
    }
    Ok(())
}

/// Tells a record which files are here, and which of those attached here nobody else has yet.
pub(super) fn load(db: &Connection, circle: &Circle, record: &mut Record) -> Result<()> {
    let mut statement = db.prepare_cached(
        "select attachment, about, min(size > 0), max(own = 1 and acknowledged = 0) from piece where circle = ?1
         group by attachment",
    )?;
    let mut rows = statement.query(params![circle.no])?;
    while let Some(row) = rows.next()? {
        let (attachment, about) = (row.get::<_, String>(0)?, row.get::<_, String>(1)?);
        if row.get(3)? {
            record.sharing.files_unsent.insert(Id::read(about));
            record
                .sharing
                .files_unsent
                .insert(Id::read(attachment.as_str()));
        }
        if row.get(2)? {
            record.sharing.files_here.insert(Id::read(attachment));
        }
    }
    Ok(())
}

/// Whether every piece that is here is the one its attachment announced.
pub(super) fn are_sound(db: &Connection) -> Result<bool> {
    let mut statement = db.prepare("select name, size, bytes from piece where size > 0")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (name, size): (Hash, i64) = (row.get(0)?, row.get(1)?);
        let bytes = row.get_ref(2)?.as_blob().unwrap_or_default();
        if pieces::name(bytes) != name || bytes.len() as i64 != size {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Where a piece of this name belongs: row, attachment, place, and its size if it is here.
fn places(tx: &Transaction, circle: &Circle, name: &Hash) -> Result<Vec<(i64, Id, usize, i64)>> {
    let sql = "select no, attachment, place, size from piece where circle = ?1 and name = ?2";
    let mut statement = tx.prepare_cached(sql)?;
    let rows = statement.query_map(params![circle.no, name.as_slice()], |row| {
        let place = usize::try_from(row.get::<_, i64>(2)?).unwrap_or(usize::MAX);
        let attachment = Id::read(row.get::<_, String>(1)?);
        Ok((row.get(0)?, attachment, place, row.get(3)?))
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

fn kept_of_others(db: &Connection, circle: &Circle) -> Result<u64> {
    let sql = "select coalesce(sum(size), 0) from piece where circle = ?1 and own = 0 and size > 0";
    let kept: i64 = db
        .prepare_cached(sql)?
        .query_row(params![circle.no], |row| row.get(0))?;
    Ok(kept.unsigned_abs())
}
