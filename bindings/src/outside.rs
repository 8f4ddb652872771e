//! What a shell gives in: where the key is kept, the clock, random bytes, who is told of changes.
//!
//! Every method may refuse; an exception nobody expected becomes the core's `Storage` error and says nothing of itself.

use cairn_core::error::{Error, Result};
use cairn_core::id::Id;
use cairn_core::store::key_vault::{self, VaultKey};
use chrono::{DateTime, FixedOffset, TimeZone};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Keeps the key of a home, in hardware where the phone has it.
#[uniffi::export(foreign)]
pub trait KeyVault: Send + Sync {
    /// The 32 bytes of the key, or nothing where none was ever saved.
    fn load(&self) -> Result<Option<Vec<u8>>>;

    /// Keeps the 32 bytes of the key; when this returns, they outlive a power cut. Another key that is kept already is
    /// never written over: that is `WrongKey`.
    fn save(&self, key: Vec<u8>) -> Result<()>;
}

/// A moment of the device's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Moment {
    /// Seconds since 1 January 1970, UTC.
    pub unix_seconds: i64,
    /// Minutes east of UTC, here and now.
    pub offset_minutes: i32,
}

/// The device's clock.
#[uniffi::export(foreign)]
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Result<Moment>;
}

/// The device's source of random bytes, fit for keys.
#[uniffi::export(foreign)]
pub trait Entropy: Send + Sync {
    /// This many random bytes.
    fn bytes(&self, count: u32) -> Result<Vec<u8>>;
}

/// Is told when a record changed, so that what is shown can be read again.
#[uniffi::export(foreign)]
pub trait Listener: Send + Sync {
    /// The record of this person changed. Called once when listening begins, then after each change that is kept, on
    /// the thread that made it. What it refuses or throws undoes nothing and is not passed on.
    fn changed(&self, person: Id) -> Result<()>;
}

/// Is asked now and then by long work.
#[uniffi::export(foreign)]
pub trait Progress: Send + Sync {
    /// This many steps of all are done. Whether to go on; what is stopped has changed nothing.
    fn step(&self, done: u64, of: u64) -> Result<bool>;
}

/// A shell's key vault as the core knows one.
pub(crate) struct OwnKeyVault(pub Arc<dyn KeyVault>);

impl key_vault::KeyVault for OwnKeyVault {
    fn load(&self) -> Result<Option<VaultKey>> {
        let Some(bytes) = self.0.load()?.map(Zeroizing::new) else {
            return Ok(None);
        };
        let bytes = <[u8; key_vault::KEY_LENGTH]>::try_from(bytes.as_slice());
        bytes
            .map(|bytes| Some(VaultKey::from_bytes(bytes)))
            .map_err(|_| Error::WrongKey)
    }

    fn save(&self, key: &VaultKey) -> Result<()> {
        self.0.save(key.expose().to_vec())
    }
}

/// A shell's random bytes as the core knows them.
pub(crate) struct OwnEntropy(pub Arc<dyn Entropy>);

impl cairn_core::entropy::Entropy for OwnEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        let count = u32::try_from(bytes.len()).map_err(|_| fault())?;
        let given = Zeroizing::new(self.0.bytes(count)?);
        if given.len() != bytes.len() {
            return Err(fault());
        }
        bytes.copy_from_slice(&given);
        Ok(())
    }
}

fn fault() -> Error {
    Error::Storage {
        reason: "entropy".into(),
    }
}

impl Moment {
    /// As the core knows a moment.
    pub(crate) fn read(self) -> Result<DateTime<FixedOffset>> {
        let offset = self
            .offset_minutes
            .checked_mul(60)
            .and_then(FixedOffset::east_opt);
        offset
            .and_then(|offset| offset.timestamp_opt(self.unix_seconds, 0).single())
            .ok_or(Error::BadDate)
    }
}

impl From<DateTime<FixedOffset>> for Moment {
    fn from(at: DateTime<FixedOffset>) -> Moment {
        Moment {
            unix_seconds: at.timestamp(),
            offset_minutes: at.offset().local_minus_utc() / 60,
        }
    }
}
