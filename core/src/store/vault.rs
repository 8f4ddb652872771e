//! The encrypted file of one profile: making it, opening it, and what is said when something is wrong with it.

use super::access::Replayed;
use super::identity::DeviceKeys;
use super::io::place_of;
use super::key_vault::{KeyVault, LABEL_DATABASE, LABEL_WITNESS, VaultKey};
use super::place::Place;
use super::rows::Scope;
use super::schema;
use super::witness::{self, Head, KeyCheck, Seen, Verdict, Witness};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::{Actor, Record};
use chrono::{DateTime, FixedOffset, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;
use zeroize::Zeroizing;

pub(super) const VAULT: &str = "vault.db";
pub(super) const WITNESS: &str = "witness";

/// The setting that says that no key lies unopened here, see [`Vault::open_what_was_left`].
pub(super) const OPENED: &str = "keys_opened";

/// A record kept in this vault: its number in the tables, its id, and this device's member in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circle {
    pub(super) no: i64,
    /// The circle's id, also the person's.
    pub id: Id,
    /// Who this device is in it.
    pub member: Id,
}

/// Something that was found at opening and must be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The newest saves are gone; what stands before them is whole.
    TailLost,
    /// Whether anything is missing could not be checked.
    NotChecked,
}

impl Notice {
    /// The key of its sentence in the catalogue.
    pub fn key(self) -> &'static str {
        match self {
            Notice::TailLost => "notice-tail-lost",
            Notice::NotChecked => "notice-not-checked",
        }
    }
}

/// One profile's open vault. It is the only writer of its process; another process waits its turn.
pub struct Vault {
    pub(super) db: Connection,
    pub(super) home: PathBuf,
    pub(super) actor: Actor,
    pub(super) keys: DeviceKeys,
    pub(super) witness: Option<Witness>,
    pub(super) notice: Option<Notice>,
    pub(super) now: Option<DateTime<Utc>>,
    pub(super) replayed: Replayed,
    /// While it is open: asks nobody for files.
    pub(super) no_files: bool,
    /// While it is open: carries sealed parcels, or has them carried, with a device it does not know too.
    pub(super) carries: bool,
}

impl Vault {
    /// Opens the vault in `home`.
    ///
    /// # Errors
    /// [`Error::UnknownId`] when there is no vault, [`Error::WrongKey`], [`Error::Damaged`], and once
    /// [`Error::Tampered`] when the newest saves are gone: this device then has a new actor id, and the next
    /// opening succeeds with [`Vault::notice`].
    pub fn open(home: &Path, key_vault: &dyn KeyVault, entropy: &dyn Entropy) -> Result<Vault> {
        let path = home.join(VAULT);
        let witness_path = home.join(WITNESS);
        if !path.exists() {
            return Err(
                if super::create::was_never_used(&witness_path, key_vault)? {
                    Error::UnknownId
                } else {
                    Error::Damaged
                },
            );
        }
        let key = key_vault.load()?.ok_or(Error::WrongKey)?;
        let witness_key = key.derive(LABEL_WITNESS);
        let seen = witness::read(&witness_path, &witness_key)?;
        if matches!(
            seen,
            Seen::Read {
                key_check: KeyCheck::Wrong,
                ..
            }
        ) {
            return Err(Error::WrongKey);
        }
        let (db, version) = connect_and_look(&path, &key)?;
        if version == 0 {
            return Err(Error::Damaged);
        }
        schema::migrate(&db)?;
        let keys =
            DeviceKeys::from_bytes(&Zeroizing::new(meta(&db, "keys")?.ok_or(Error::Damaged)?))?;
        let actor = meta(&db, "actor")?
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(Error::Damaged)?;
        let head = head(&db)?;
        let verdict = witness::judge(&head, |seen| passes_through(&db, seen), &seen);
        let (kept, lies) = (meta(&db, "place")?, Place::of(&path));
        let kept = Place::read(&kept.unwrap_or_default()).unwrap_or_default();
        let copied = lies.is_another_than(&kept);
        let place = place_of(&path);
        let notice = meta(&db, "notice")?.map(|_| Notice::TailLost);
        let mut vault = Vault {
            db,
            home: home.into(),
            actor: Actor(actor),
            keys,
            witness: None,
            notice,
            now: None,
            replayed: Replayed::default(),
            no_files: false,
            carries: false,
        };
        // A full disk must not keep the vault shut: the next opening tries again.
        let _ = vault.publish_key();
        // The key's file may just have been written.
        let lies = Place::of(&path);
        if copied || verdict != Verdict::Normal {
            vault.begin_anew(lies, verdict, entropy)?;
        } else if lies != kept {
            // The same file under another number; unwritten, the next opening finds the same.
            let _ = set_meta(&vault.db, "place", &lies.to_bytes());
        }
        vault.witness = match Witness::open(&witness_path, &witness_key, place)? {
            Some(witness) if verdict == Verdict::Normal => Some(witness),
            _ => {
                let mut db_id = [0; 16];
                entropy.fill(&mut db_id)?;
                Some(Witness::create(
                    &witness_path,
                    &witness_key,
                    db_id,
                    &self::head(&vault.db)?,
                    place,
                )?)
            }
        };
        // As above; what a meeting that was cut off left aside is written.
        let _ = vault.open_what_was_left();
        let _ = vault.write_what_is_left(entropy);
        match verdict {
            Verdict::TailLost => Err(Error::Tampered),
            Verdict::CannotBeChecked => {
                vault.notice = vault.notice.or(Some(Notice::NotChecked));
                Ok(vault)
            }
            Verdict::Normal => Ok(vault),
        }
    }

    /// Opens keys that lie sealed to this device in a home of a version that kept them in a step of their own: the power
    /// may have failed just between. Once for each such home; those made since say so from their beginning.
    fn open_what_was_left(&mut self) -> Result<()> {
        if meta(&self.db, OPENED)?.is_some() {
            return Ok(());
        }
        for circle in self.circles()? {
            // Nothing was ever sealed to anybody in a record that nobody else was let into.
            let sql = "select others is not null or role is not null from circle where no = ?1";
            if (self.db).query_row(sql, params![circle.no], |row| row.get(0))? {
                self.take_keys(&circle)?;
            }
        }
        set_meta(&self.db, OPENED, &[1])
    }

    /// What was found at opening, to be said to the person each time until [`Vault::acknowledge`].
    pub fn notice(&self) -> Option<Notice> {
        self.notice
    }

    /// The person has read the notice. Where there is none nothing is written.
    pub fn acknowledge(&mut self) -> Result<()> {
        if self.notice.is_none() {
            return Ok(());
        }
        self.db
            .execute("delete from meta where key = 'notice'", [])?;
        self.notice = None;
        Ok(())
    }

    /// The device's keys.
    pub fn keys(&self) -> &DeviceKeys {
        &self.keys
    }

    /// The folder of this profile.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The records kept here, in the order they were added.
    pub fn circles(&self) -> Result<Vec<Circle>> {
        self.reading().circles()
    }

    /// Tells the time: what is read from here on is read as of this moment. It makes a time zone set by a
    /// clock years ahead count; nothing is ordered by it.
    pub fn turn_to(&mut self, now: DateTime<FixedOffset>) {
        self.now = Some(now.with_timezone(&Utc));
    }

    /// Reads a record as far as `scope` says. With [`Scope::Live`], which only pages ask for, it does not say
    /// what is known of each part.
    pub fn record(&self, circle: &Circle, scope: &Scope) -> Result<Record> {
        self.reading().record(circle, scope)
    }

    /// A setting of this device (never a person's words).
    pub fn setting(&self, key: &str) -> Result<Option<Vec<u8>>> {
        meta(&self.db, key)
    }

    /// Keeps a setting of this device.
    pub fn set_setting(&mut self, key: &str, value: &[u8]) -> Result<()> {
        set_meta(&self.db, key, value)
    }

    /// Sees to it that `drop.key` is the one of this device: a lost or exchanged one is put right at each unlock. Its bytes are remembered, because working the
    /// public key out costs as much as reading a page of the vault.
    fn publish_key(&self) -> Result<()> {
        if let Some(published) = meta(&self.db, "drop")?
            && super::drop_box::is_published(&self.home, &published)
        {
            return Ok(());
        }
        let public = self.keys.public();
        super::drop_box::publish_key(&self.home, &public)?;
        set_meta(&self.db, "drop", &super::drop_box::key_bytes(&public))
    }

    pub(super) fn begin(db: &mut Connection) -> Result<Transaction<'_>> {
        Ok(db.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }

    pub(super) fn witnessed(&mut self, head: &Head) {
        if let Some(witness) = &mut self.witness {
            // The commit stands whether or not the witness could be written; an older slot remains then.
            let _ = witness.write(head);
        }
    }

    /// A new incarnation: a new actor id in every circle, because the old one's numbers may be in use elsewhere.
    fn begin_anew(&mut self, lies: Place, verdict: Verdict, entropy: &dyn Entropy) -> Result<()> {
        let actor = Actor::draw(&self.keys.public().sign, entropy)?;
        let device = self.keys.device_id();
        let tx = Self::begin(&mut self.db)?;
        begin_incarnation(&tx, self.actor, actor, &device)?;
        set_meta(&tx, "place", &lies.to_bytes())?;
        if verdict == Verdict::TailLost {
            set_meta(&tx, "notice", b"tail")?;
        }
        tx.commit()?;
        self.actor = actor;
        Ok(())
    }
}

/// Makes a new actor this device's present one in every circle; what the one before it wrote becomes an earlier
/// incarnation's.
pub(super) fn begin_incarnation(
    tx: &Transaction,
    before: Actor,
    actor: Actor,
    device: &Id,
) -> Result<()> {
    tx.execute(
        "insert or replace into tip(circle, part, actor, seq, hash, signed, sent)
         select circle, part, ?1, own_seq, own_last, signed, sent from cursor where own_last is not null",
        params![before.0.as_slice()],
    )?;
    tx.execute(
        "update cursor set own_seq = 0, own_last = null, signed = 0, sent = 0",
        [],
    )?;
    tx.execute(
        "insert into actor(circle, actor, device, member) select no, ?1, ?2, member from circle",
        params![actor.0.as_slice(), device.as_str()],
    )?;
    set_meta(tx, "actor", &actor.0)
}

/// Opens the file and reads its version, which is the first look into it.
///
/// SQLite keeps an index of its log in a file of its own. On a full disk it cannot make that, and then even reading
/// would end. So it is tried once more with the index in memory, which shuts out other processes meanwhile.
fn connect_and_look(path: &Path, key: &VaultKey) -> Result<(Connection, usize)> {
    let look = |db: Connection| schema::version(&db).map(|version| (db, version));
    match connect(path, key).and_then(look) {
        Err(Error::StorageFull | Error::Storage { .. }) => {
            prepared(path, key, "pragma locking_mode = exclusive").and_then(look)
        }
        looked => looked,
    }
}

pub(super) fn connect(path: &Path, key: &VaultKey) -> Result<Connection> {
    prepared(path, key, "")
}

/// Lets one thread finish starting SQLCipher before any file is opened.
///
/// SQLite calls itself ready before it runs what SQLCipher adds to its start (`SQLITE_EXTRA_INIT` comes after `isInit` in
/// `sqlite3_initialize`). A second thread that opens a file in between finds no provider for its key: an error without
/// a cause, now and then, when two open at once.
fn started() {
    static STARTED: OnceLock<()> = OnceLock::new();
    // If this fails the opening that follows says why.
    STARTED.get_or_init(|| drop(Connection::open_in_memory()));
}

/// Connects, with something to be set before the first look into the file.
fn prepared(path: &Path, key: &VaultKey, before: &str) -> Result<Connection> {
    started();
    let db = Connection::open(path)?;
    db.busy_timeout(Duration::from_secs(5))?;
    // As many as the store has statements that come again, so that none is prepared twice.
    db.set_prepared_statement_cache_capacity(64);
    let mut hex = Zeroizing::new(String::with_capacity(100));
    hex.push_str("pragma key = \"x'");
    for byte in key.derive(LABEL_DATABASE).iter() {
        hex.push_str(&format!("{byte:02x}"));
    }
    hex.push_str("'\"");
    db.execute_batch(&hex)?;
    db.execute_batch(before)?;
    // The reasons and prices of these are in docs/adr/0004.
    db.execute_batch(
        "pragma cipher_log_level = none; pragma cipher_memory_security = off; pragma temp_store = memory;
         pragma synchronous = full; pragma secure_delete = on; pragma trusted_schema = off;
         pragma fullfsync = on; pragma checkpoint_fullfsync = on",
    )?;
    Ok(db)
}

pub(super) fn meta(db: &Connection, key: &str) -> Result<Option<Vec<u8>>> {
    Ok(db
        .prepare_cached("select value from meta where key = ?1")?
        .query_row(params![key], |row| row.get(0))
        .optional()?)
}

pub(super) fn set_meta(db: &Connection, key: &str, value: &[u8]) -> Result<()> {
    db.execute(
        "insert or replace into meta(key, value) values(?1, ?2)",
        params![key, value],
    )?;
    Ok(())
}

pub(super) fn head(db: &Connection) -> Result<Head> {
    Ok(db
        .prepare_cached("select n, chain from commits order by n desc limit 1")?
        .query_row([], |row| {
            Ok(Head {
                n: row.get::<_, i64>(0)?.unsigned_abs(),
                chain: row.get(1)?,
            })
        })?)
}

fn passes_through(db: &Connection, seen: &Head) -> bool {
    let chain: std::result::Result<[u8; 32], _> = db.query_row(
        "select chain from commits where n = ?1",
        params![seen.n as i64],
        |row| row.get(0),
    );
    chain.is_ok_and(|chain| chain == seen.chain)
}
