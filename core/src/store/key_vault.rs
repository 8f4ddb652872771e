//! The one key of a home, and where it is kept.
//!
//! On phones a shell implements [`KeyVault`] over the hardware key store; [`FileKeyVault`] is for the
//! command line and for tests.

use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::store::io::{OWNER_ONLY, fault, open_if_there, read_up_to, write_durably};
use hkdf::Hkdf;
use sha2::Sha256;
use std::fmt;
use std::path::{Path, PathBuf};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Length of the key in bytes.
pub const KEY_LENGTH: usize = 32;

/// Label of the raw key of the encrypted database.
pub const LABEL_DATABASE: &str = "cairn/1 database";

/// Label of the key of the head witness.
pub const LABEL_WITNESS: &str = "cairn/1 witness";

/// The 32 random bytes from which every key of a home is derived. Wiped when dropped, never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct VaultKey([u8; KEY_LENGTH]);

impl VaultKey {
    /// A new random key.
    ///
    /// # Errors
    /// Those of the random source.
    pub fn generate(entropy: &dyn Entropy) -> Result<VaultKey> {
        let mut key = VaultKey([0; KEY_LENGTH]);
        entropy.fill(&mut key.0)?;
        Ok(key)
    }

    /// The key made of these bytes.
    pub fn from_bytes(bytes: [u8; KEY_LENGTH]) -> VaultKey {
        VaultKey(bytes)
    }

    /// The bytes themselves, for a key store that wraps them. Nothing else uses them directly.
    pub fn expose(&self) -> &[u8; KEY_LENGTH] {
        &self.0
    }

    /// The key for one use: HKDF-SHA256 without salt, `label` as info, 32 bytes. One label, one use; those
    /// in use are [`LABEL_DATABASE`] and [`LABEL_WITNESS`].
    pub fn derive(&self, label: &str) -> Zeroizing<[u8; 32]> {
        let mut derived = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(None, &self.0)
            .expand(label.as_bytes(), derived.as_mut())
            .expect("HKDF-SHA256 gives up to 8160 bytes and 32 are asked for");
        derived
    }
}

impl PartialEq for VaultKey {
    /// Compares in constant time.
    fn eq(&self, other: &VaultKey) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for VaultKey {}

impl fmt::Debug for VaultKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VaultKey")
    }
}

/// Keeps the key of a home.
pub trait KeyVault: Send + Sync {
    /// The key, or `None` when none was ever saved.
    ///
    /// # Errors
    /// [`Error::WrongKey`] when what is kept is no key, [`Error::Locked`] when the key store is locked,
    /// [`Error::Storage`] when it cannot be read.
    fn load(&self) -> Result<Option<VaultKey>>;

    /// Keeps the key; when this returns, it outlives a power cut.
    ///
    /// # Errors
    /// [`Error::StorageFull`], [`Error::Storage`], [`Error::Locked`], or [`Error::WrongKey`] when another
    /// key is kept already: writing over it would lose a vault for good.
    fn save(&self, key: &VaultKey) -> Result<()>;
}

/// A key in a file of exactly 32 raw bytes, readable by its owner only.
#[derive(Debug, Clone)]
pub struct FileKeyVault {
    path: PathBuf,
}

impl FileKeyVault {
    /// The key kept at `path`; the file need not be there yet.
    pub fn new(path: impl Into<PathBuf>) -> FileKeyVault {
        FileKeyVault { path: path.into() }
    }

    /// Where the key is kept.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl KeyVault for FileKeyVault {
    fn load(&self) -> Result<Option<VaultKey>> {
        let Some(file) = open_if_there(&self.path)? else {
            return Ok(None);
        };
        // One byte more than a key, to see that the file goes on.
        let mut bytes = Zeroizing::new([0; KEY_LENGTH + 1]);
        let read = read_up_to(file, bytes.as_mut()).map_err(|error| fault(&error))?;
        if read != KEY_LENGTH {
            return Err(Error::WrongKey);
        }
        let mut key = VaultKey([0; KEY_LENGTH]);
        key.0.copy_from_slice(&bytes[..KEY_LENGTH]);
        Ok(Some(key))
    }

    fn save(&self, key: &VaultKey) -> Result<()> {
        // Also refuses a file of another length: it may be any file of the person, named by mistake.
        match self.load()? {
            Some(kept) if kept == *key => Ok(()),
            Some(_) => Err(Error::WrongKey),
            None => write_durably(&self.path, key.expose(), OWNER_ONLY),
        }
    }
}

#[cfg(test)]
#[path = "key_vault_tests.rs"]
mod tests;
