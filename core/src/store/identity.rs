//! The keys that make a device itself: one to sign with, one that others seal to.
//!
//! Made on the device; the private parts are kept in the encrypted vault only.

use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::Id;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::OnceLock;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

/// First byte of the stored form of [`DeviceKeys`].
const VERSION: u8 = 1;

/// Length of the stored form: version, signing seed, sealing secret.
const STORED_LENGTH: usize = 1 + 32 + 32;

/// The private keys of this device: Ed25519 to sign, X25519 to open what is sealed to it. Wiped when
/// dropped, never printed.
pub struct DeviceKeys {
    seed: Zeroizing<[u8; 32]>,
    /// Made of the seed when first asked for: opening a vault to read needs no key of a curve.
    sign: OnceLock<SigningKey>,
    seal: StaticSecret,
    /// Worked out of both when first asked for: a meeting asks for it some times a record.
    public: OnceLock<DevicePublic>,
}

/// The public half of [`DeviceKeys`], which other devices and the drop box know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DevicePublic {
    /// Ed25519 public key: checks this device's signatures.
    pub sign: [u8; 32],
    /// X25519 public key: seals to this device.
    pub seal: [u8; 32],
}

impl DevicePublic {
    /// The device's id: hash of "device/1" and the public signing key.
    pub fn device_id(&self) -> Id {
        device_id(&self.sign)
    }
}

/// The id of the device with this public signing key.
pub fn device_id(sign: &[u8; 32]) -> Id {
    Id::of(&[b"device/1", sign])
}

impl DeviceKeys {
    /// New random keys.
    ///
    /// # Errors
    /// Those of the random source.
    pub fn generate(entropy: &dyn Entropy) -> Result<DeviceKeys> {
        let mut sign = Zeroizing::new([0; 32]);
        let mut seal = Zeroizing::new([0; 32]);
        entropy.fill(sign.as_mut())?;
        entropy.fill(seal.as_mut())?;
        Ok(DeviceKeys::of(&sign, &seal))
    }

    /// The keys whose secrets are these: an Ed25519 seed, then an X25519 secret.
    pub(crate) fn of_secrets(secrets: &[u8; 64]) -> Result<DeviceKeys> {
        match secrets.as_chunks::<32>() {
            ([sign, seal], []) => Ok(DeviceKeys::of(sign, seal)),
            _ => Err(Error::Damaged),
        }
    }

    fn of(sign: &[u8; 32], seal: &[u8; 32]) -> DeviceKeys {
        DeviceKeys {
            seed: Zeroizing::new(*sign),
            sign: OnceLock::new(),
            seal: StaticSecret::from(*seal),
            public: OnceLock::new(),
        }
    }

    fn signing(&self) -> &SigningKey {
        self.sign.get_or_init(|| SigningKey::from_bytes(&self.seed))
    }

    /// The stored form, 65 bytes: version 1, Ed25519 seed, X25519 secret. Only for the encrypted vault.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(STORED_LENGTH));
        bytes.push(VERSION);
        bytes.extend_from_slice(self.seed.as_ref());
        bytes.extend_from_slice(self.seal.as_bytes());
        bytes
    }

    /// The keys from their stored form.
    ///
    /// # Errors
    /// [`Error::Damaged`] for another length or version.
    pub fn from_bytes(bytes: &[u8]) -> Result<DeviceKeys> {
        let Some((&VERSION, keys)) = bytes.split_first() else {
            return Err(Error::Damaged);
        };
        match keys.as_chunks::<32>() {
            ([sign, seal], []) => Ok(DeviceKeys::of(sign, seal)),
            _ => Err(Error::Damaged),
        }
    }

    /// The device's id, see [`DevicePublic::device_id`].
    pub fn device_id(&self) -> Id {
        self.public().device_id()
    }

    /// The public halves.
    pub fn public(&self) -> DevicePublic {
        *self.public.get_or_init(|| DevicePublic {
            sign: self.signing().verifying_key().to_bytes(),
            seal: PublicKey::from(&self.seal).to_bytes(),
        })
    }

    /// Ed25519 signature over `bytes`. The caller begins `bytes` with a name of what it signs, so that a
    /// signature of one kind is never taken for one of another.
    pub fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.signing().sign(bytes).to_bytes()
    }

    /// The X25519 secret, to open what was sealed to this device.
    pub(crate) fn seal_secret(&self) -> &StaticSecret {
        &self.seal
    }
}

impl fmt::Debug for DeviceKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceKeys")
    }
}

/// Whether `signature` over `bytes` was made by the device with this public signing key. Strict: refuses
/// keys of small order and second forms of one signature, which plain verification lets pass.
#[must_use]
pub fn verify_strict(sign: &[u8; 32], bytes: &[u8], signature: &[u8; 64]) -> bool {
    VerifyingKey::from_bytes(sign)
        .and_then(|key| key.verify_strict(bytes, &Signature::from_bytes(signature)))
        .is_ok()
}

#[cfg(test)]
#[path = "identity_tests.rs"]
mod tests;
