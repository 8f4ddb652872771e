//! Making a vault so that a cut at any moment leaves none, or a whole one.

use super::identity::DeviceKeys;
use super::io::{
    OWNER_ONLY, fault, free_name_beside, options_with_mode, place_of, remove_if_there, sweep,
    sync_folder_of,
};
use super::key_vault::{KeyVault, LABEL_WITNESS, VaultKey};
use super::place::Place;
use super::schema;
use super::vault::{OPENED, VAULT, Vault, WITNESS, connect, set_meta};
use super::witness::{self, Head, Seen, Witness};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::record::Actor;
use rusqlite::params;
use std::fs::{File, TryLockError};
use std::path::Path;

/// Marks that a home is being made.
const MAKING: &str = "making";

impl Vault {
    /// Makes a vault in `home`, with the key from `key_vault` (made there if there is none).
    ///
    /// All is made under other names first; the vault is there from the moment its file gets its name. Cut off
    /// before, the home is as empty as it was, and making it again clears away what was begun.
    ///
    /// # Errors
    /// [`Error::NotAnAnswer`] if there is a vault already, [`Error::Locked`] while another process makes one;
    /// storage errors.
    pub fn create(home: &Path, key_vault: &dyn KeyVault, entropy: &dyn Entropy) -> Result<Vault> {
        let path = home.join(VAULT);
        let making = home.join(MAKING);
        let alone = claim(&making)?;
        if path.exists() {
            return Err(Error::NotAnAnswer);
        }
        let key = match key_vault.load()? {
            Some(key) => key,
            None => {
                let key = VaultKey::generate(entropy)?;
                key_vault.save(&key)?;
                key
            }
        };
        let keys = DeviceKeys::generate(entropy)?;
        let Actor(actor) = Actor::draw(&keys.public().sign, entropy)?;
        let mut db_id = [0; 16];
        entropy.fill(&mut db_id)?;
        sweep_home(home)?;
        let head = Head {
            n: 0,
            chain: [0; 32],
        };
        let witness_key = key.derive(LABEL_WITNESS);
        let made = || -> Result<()> {
            let fresh = free_name_beside(&path, "new")?;
            // First, since the vault remembers when this was written.
            super::drop_box::publish_key(home, &keys.public())?;
            fill(&fresh, &key, &keys, &actor, &head)?;
            let place = place_of(&fresh);
            Witness::create(&home.join(WITNESS), &witness_key, db_id, &head, place)?;
            std::fs::rename(&fresh, &path).map_err(|error| fault(&error))?;
            sync_folder_of(&path)
        };
        if let Err(error) = made() {
            // What was begun is in nobody's way; the first fault is the one to tell.
            let _ = sweep_home(home);
            return Err(error);
        }
        let vault = Vault {
            db: connect(&path, &key)?,
            home: home.into(),
            actor: Actor(actor),
            keys,
            witness: Witness::open(&home.join(WITNESS), &witness_key, place_of(&path))?,
            notice: None,
            now: None,
            replayed: Default::default(),
            no_files: false,
            carries: false,
        };
        drop(alone);
        // Only a mark that somebody is at it, and nobody is any more.
        let _ = remove_if_there(&making);
        Ok(vault)
    }
}

/// Fills a new file with an empty vault, durably and closed, so that it can be given its name as it is.
fn fill(
    path: &Path,
    key: &VaultKey,
    keys: &DeviceKeys,
    actor: &[u8; 16],
    head: &Head,
) -> Result<()> {
    // SQLite gives its log and index the mode of the file it finds.
    options_with_mode(OWNER_ONLY)
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(|error| fault(&error))?;
    let db = connect(path, key)?;
    db.execute_batch("pragma journal_mode = wal")?;
    schema::migrate(&db)?;
    set_meta(&db, "keys", &keys.to_bytes())?;
    set_meta(&db, "actor", actor)?;
    set_meta(&db, OPENED, &[1])?;
    set_meta(&db, "drop", &super::drop_box::key_bytes(&keys.public()))?;
    set_meta(&db, "place", &Place::of(path).to_bytes())?;
    db.execute(
        "insert into commits(n, chain) values(?1, ?2)",
        params![head.n as i64, head.chain.as_slice()],
    )?;
    // Closing would do the same, but in silence where it does not succeed: then the log would stay behind.
    let folded: i64 = db.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))?;
    if folded != 0 {
        return Err(Error::Locked);
    }
    db.close().map_err(|(_, error)| error.into())
}

/// Claims the making of a home for this process. The lock goes with the process, the file may stay.
fn claim(making: &Path) -> Result<Option<File>> {
    let mark = options_with_mode(OWNER_ONLY)
        .write(true)
        .create(true)
        .truncate(false)
        .open(making)
        .map_err(|error| fault(&error))?;
    match mark.try_lock() {
        Ok(()) => Ok(Some(mark)),
        Err(TryLockError::WouldBlock) => Err(Error::Locked),
        // A file system without locks: two at once are then told apart by the file's name alone.
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// Removes what a making that was cut off left in the home.
fn sweep_home(home: &Path) -> Result<()> {
    sweep(&home.join(VAULT))?;
    sweep(&home.join(WITNESS))
}

/// Whether a home without a vault never had one that anything was kept in: its making was cut off, then.
pub(super) fn was_never_used(witness: &Path, key_vault: &dyn KeyVault) -> Result<bool> {
    if !witness.exists() {
        return Ok(true);
    }
    let Some(key) = key_vault.load()? else {
        return Ok(false);
    };
    let seen = witness::read(witness, &key.derive(LABEL_WITNESS))?;
    Ok(matches!(seen, Seen::Read { newest: Some(head), .. } if head.n == 0))
}
