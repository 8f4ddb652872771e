//! Codes for a further device of the same person: shown on a device that is in, read or typed on the new one.
//!
//! Source: `SPEC.md`, Further devices. The code holds the secret; the device that showed it keeps only its hash.

use super::code;
use super::invitation::{inviter_tag, link_secret, link_tag};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::{Id, digest};
use crate::record::change::Hash;
use crate::store::identity::DevicePublic;
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// How long a code is good, in seconds, by the clock of the device that showed it: 1 hour. Both devices are in the
/// person's hands, and who holds the code gets everything.
pub const GOOD_FOR: i64 = 60 * 60;

const VERSION: u8 = 1;

const SUM_LABEL: &[u8] = b"device code sum/1";

/// What a code says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceCode {
    version: u8,
    /// First bytes of the hash of the key of the device that showed it, see [`inviter_tag`].
    pub shown_by: [u8; 8],
    secret: [u8; 16],
    /// Unix seconds by that device's clock.
    pub expires: i64,
}

impl fmt::Debug for DeviceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceCode")
    }
}

impl DeviceCode {
    /// A new one with a random secret, to be shown by the device with this key.
    ///
    /// # Errors
    /// Those of the random source.
    pub fn new(shown_by: &[u8; 32], expires: i64, entropy: &dyn Entropy) -> Result<DeviceCode> {
        let mut secret = [0; 16];
        entropy.fill(&mut secret)?;
        Ok(DeviceCode {
            version: VERSION,
            shown_by: inviter_tag(shown_by),
            secret,
            expires,
        })
    }

    /// The code: base 32, the last four symbols a checksum.
    ///
    /// # Errors
    /// Those of encoding.
    pub fn code(&self) -> Result<String> {
        Ok(code::write(SUM_LABEL, &postcard::to_stdvec(self)?))
    }

    /// Reads a code as it was typed.
    ///
    /// # Errors
    /// [`Error::Usage`] for a code that was mistyped, is of a newer version, or is for something else.
    pub fn read(typed: &str) -> Result<DeviceCode> {
        const NO_CODE: Error = Error::Usage { what: "code" };
        let bytes = code::read(SUM_LABEL, typed).ok_or(NO_CODE)?;
        let read: DeviceCode = postcard::from_bytes(&bytes).map_err(|_| NO_CODE)?;
        (read.version == VERSION).then_some(read).ok_or(NO_CODE)
    }

    /// By what the device that showed it knows it again: the hash of its secret.
    pub fn hash(&self) -> Hash {
        digest(&[b"device code/1", &self.secret])
    }

    /// What the device that showed it keeps to know a rightful request.
    pub fn proof_key(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(digest(&[b"device code proof/1", &self.secret]))
    }

    /// By what a listening device finds the code a caller has, see [`link_tag`].
    pub fn link_tag(&self) -> [u8; 8] {
        link_tag(&self.hash())
    }

    /// The secret that a link between the two devices is made under.
    pub fn link_secret(&self) -> Zeroizing<[u8; 32]> {
        link_secret(&self.proof_key())
    }

    /// Asks to be taken in as a further device.
    ///
    /// # Errors
    /// Those of encoding.
    pub fn ask(&self, device: DevicePublic) -> Result<DeviceRequest> {
        let mut request = DeviceRequest {
            code: self.hash(),
            device,
            proof: [0; 32],
        };
        let mac = request.mac(&self.proof_key())?;
        request.proof = mac.finalize().into_bytes().into();
        Ok(request)
    }
}

/// A new device's wish to be taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRequest {
    /// Hash of the code's secret.
    pub code: Hash,
    /// The new device.
    pub device: DevicePublic,
    proof: [u8; 32],
}

impl DeviceRequest {
    fn mac(&self, key: &[u8; 32]) -> Result<Hmac<Sha256>> {
        code::mac(key, b"device join/1", &(&self.code, &self.device))
    }

    /// Whether who asks knew the secret of the code.
    ///
    /// # Errors
    /// Those of encoding.
    pub fn is_rightful(&self, proof_key: &[u8; 32]) -> Result<bool> {
        Ok(self.mac(proof_key)?.verify_slice(&self.proof).is_ok())
    }
}

/// What takes a further device in: the access logs of the circles its person is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceWelcome {
    /// What the profile is for: `person` or `staff`.
    pub role: String,
    /// Circles with their operations, parents first; the person's own record is the first.
    pub circles: Vec<(Id, Vec<Vec<u8>>)>,
}

#[cfg(test)]
mod tests {
    use super::super::{Groups, invitation::Invitation};
    use super::*;
    use crate::entropy::SeededEntropy;
    use crate::store::identity::DeviceKeys;

    #[test]
    fn a_code_reads_back_however_it_is_typed_and_is_no_invitation() {
        let made = DeviceCode::new(&[1; 32], 1_700_000_000, &SeededEntropy::new(1)).unwrap();
        let code = made.code().unwrap();
        assert_eq!(DeviceCode::read(&code), Ok(made.clone()));
        let typed = code.to_uppercase().replace('1', "I").replace('0', "o");
        assert_eq!(DeviceCode::read(&format!(" {typed} ")), Ok(made));
        assert!(Invitation::read(&code).is_err());
        let groups = Groups::EVERYTHING;
        let circle = Id::read("circle");
        let entropy = SeededEntropy::new(2);
        let other = Invitation::new(&circle, &[1; 32], "nurse", groups, 9, &entropy).unwrap();
        let wrong = Err(Error::Usage { what: "code" });
        assert_eq!(DeviceCode::read(&other.code().unwrap()), wrong);
    }

    #[test]
    fn a_request_holds_for_the_device_that_made_it_only() {
        let made = DeviceCode::new(&[1; 32], 9, &SeededEntropy::new(1)).unwrap();
        let device = |seed| DeviceKeys::generate(&SeededEntropy::new(seed)).unwrap();
        let request = made.ask(device(3).public()).unwrap();
        assert!(request.is_rightful(&made.proof_key()).unwrap());
        let stolen = DeviceRequest {
            device: device(4).public(),
            ..request
        };
        assert!(!stolen.is_rightful(&made.proof_key()).unwrap());
    }
}
