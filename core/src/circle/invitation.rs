//! Invitations: a code one device shows and another reads or types, good for one grant.
//!
//! Source: `SPEC.md`, Invitations. The code holds the secret; the inviter keeps only its hash.

use super::code;
use super::groups::Groups;
use super::spoken::{SixWords, six_words};
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

/// How long an invitation is good, in seconds, by the inviter's clock: 7 days.
pub const GOOD_FOR: i64 = 7 * 24 * 60 * 60;

const VERSION: u8 = 1;

const SUM_LABEL: &[u8] = b"code sum/1";

/// What a code says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    version: u8,
    /// The circle.
    pub circle: Id,
    /// First bytes of the hash of the inviting device's key.
    pub inviter: [u8; 8],
    secret: [u8; 16],
    /// The word of the role.
    pub role: String,
    /// What will be shared.
    pub groups: Groups,
    /// Unix seconds by the inviter's clock.
    pub expires: i64,
}

impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Invitation")
    }
}

impl Invitation {
    /// A new one with a random secret.
    ///
    /// # Errors
    /// Those of the random source.
    pub fn new(
        circle: &Id,
        inviter: &[u8; 32],
        role: &str,
        groups: Groups,
        expires: i64,
        entropy: &dyn Entropy,
    ) -> Result<Invitation> {
        let mut secret = [0; 16];
        entropy.fill(&mut secret)?;
        Ok(Invitation {
            version: VERSION,
            circle: circle.clone(),
            inviter: inviter_tag(inviter),
            secret,
            role: role.into(),
            groups,
            expires,
        })
    }

    /// The code: base 32, the last four symbols a checksum. Capitals and small letters, blanks and hyphens are alike.
    ///
    /// # Errors
    /// Those of encoding.
    pub fn code(&self) -> Result<String> {
        Ok(code::write(SUM_LABEL, &postcard::to_stdvec(self)?))
    }

    /// Reads a code.
    ///
    /// # Errors
    /// [`Error::Usage`] for a code that was mistyped, or is of a newer version.
    pub fn read(typed: &str) -> Result<Invitation> {
        const NO_CODE: Error = Error::Usage { what: "code" };
        let bytes = code::read(SUM_LABEL, typed).ok_or(NO_CODE)?;
        let read: Invitation = postcard::from_bytes(&bytes).map_err(|_| NO_CODE)?;
        (read.version == VERSION).then_some(read).ok_or(NO_CODE)
    }

    /// By what the inviter knows it again: the hash of its secret.
    pub fn hash(&self) -> Hash {
        digest(&[
            b"invitation/1",
            self.circle.as_str().as_bytes(),
            &self.secret,
        ])
    }

    /// Asks to be let in, in this name.
    ///
    /// # Errors
    /// Those of encoding.
    pub fn ask(&self, device: DevicePublic, name: &str, title: Option<&str>) -> Result<Request> {
        let mut request = Request {
            circle: self.circle.clone(),
            invitation: self.hash(),
            device,
            name: name.into(),
            title: title.map(Into::into),
            proof: [0; 32],
        };
        request.proof = request
            .mac(&self.proof_key())?
            .finalize()
            .into_bytes()
            .into();
        Ok(request)
    }

    /// By what a device that listens finds the invitation a caller has: tells nothing of the secret.
    pub fn link_tag(&self) -> [u8; 8] {
        link_tag(&self.hash())
    }

    /// The secret that a link between joiner and inviter is made under.
    pub fn link_secret(&self) -> Zeroizing<[u8; 32]> {
        link_secret(&self.proof_key())
    }

    /// What the inviter keeps to know a rightful request: it tells nothing of the secret to others.
    pub fn proof_key(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(digest(&[b"invitation proof/1", &self.secret]))
    }
}

/// The first bytes of the hash of a device's key, by which a joiner finds who invited.
pub fn inviter_tag(device: &[u8; 32]) -> [u8; 8] {
    let hash = digest(&[b"inviter/1", device]);
    let mut tag = [0; 8];
    tag.copy_from_slice(&hash[..8]);
    tag
}

/// By what a listening device finds an invitation; see [`Invitation::link_tag`].
pub fn link_tag(invitation: &Hash) -> [u8; 8] {
    let hash = digest(&[b"invitation tag/1", invitation]);
    let mut tag = [0; 8];
    tag.copy_from_slice(&hash[..8]);
    tag
}

/// The secret of a link, made of what the inviter keeps; see [`Invitation::link_secret`].
pub fn link_secret(proof_key: &[u8; 32]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(digest(&[b"invitation link/1", proof_key]))
}

/// A joiner's wish to be let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The circle.
    pub circle: Id,
    /// Hash of the invitation's secret.
    pub invitation: Hash,
    /// The joiner's device.
    pub device: DevicePublic,
    /// The joiner's name as given.
    pub name: String,
    /// The joiner's role in care, in words.
    pub title: Option<String>,
    proof: [u8; 32],
}

impl Request {
    fn mac(&self, key: &[u8; 32]) -> Result<Hmac<Sha256>> {
        let said = (
            &self.circle,
            &self.invitation,
            &self.device,
            &self.name,
            &self.title,
        );
        code::mac(key, b"join/1", &said)
    }

    /// The name of the request: this device asking with this invitation, whatever it calls itself.
    pub fn hash(&self) -> Hash {
        digest(&[
            b"request/1",
            self.circle.as_str().as_bytes(),
            &self.invitation,
            &self.device.sign,
            &self.device.seal,
        ])
    }

    /// The words that who asks and who decides compare, by voice.
    pub fn words(&self) -> SixWords {
        six_words(&self.hash())
    }

    /// Whether who asks knew the invitation's secret.
    ///
    /// # Errors
    /// Those of encoding.
    pub fn is_rightful(&self, proof_key: &[u8; 32]) -> Result<bool> {
        Ok(self.mac(proof_key)?.verify_slice(&self.proof).is_ok())
    }
}

/// What lets a joiner in: the access log, with the grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// Operations, parents first.
    pub operations: Vec<Vec<u8>>,
}

/// What a request is answered with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// Come in.
    Welcome(Welcome),
    /// It is kept, and waits for an owner of the circle to decide.
    Waits,
    /// An owner decided not to let this device in.
    NotLetIn,
    /// The invitation has ended, or somebody else used it.
    Over,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SeededEntropy;
    use crate::store::identity::DeviceKeys;

    fn invitation() -> Invitation {
        let groups = Groups::read(["all"], "nurse").unwrap();
        Invitation::new(
            &Id::read("circle"),
            &[1; 32],
            "nurse",
            groups,
            9,
            &SeededEntropy::new(1),
        )
        .unwrap()
    }

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let invitation = invitation();
        let code = invitation.code().unwrap();
        assert_eq!(Invitation::read(&code), Ok(invitation.clone()));
        let groups: Vec<String> = code
            .to_uppercase()
            .as_bytes()
            .chunks(4)
            .map(|c| String::from_utf8_lossy(c).into())
            .collect();
        assert_eq!(Invitation::read(&groups.join("-")), Ok(invitation));
    }

    #[test]
    fn no_mistyped_symbol_passes() {
        let code = invitation().code().unwrap();
        for at in 0..code.len() {
            for symbol in ["0", "z", "é", ""] {
                let mut typed = code.clone();
                if &typed[at..=at] == symbol {
                    continue;
                }
                typed.replace_range(at..=at, symbol);
                assert_eq!(Invitation::read(&typed), Err(Error::Usage { what: "code" }));
            }
        }
        for short in ["", "1", "éé", "abcd"] {
            assert!(Invitation::read(short).is_err());
        }
    }

    #[test]
    fn a_request_holds_for_the_one_who_made_it_only() {
        let invitation = invitation();
        let device = DeviceKeys::generate(&SeededEntropy::new(3))
            .unwrap()
            .public();
        let request = invitation.ask(device, "Anne Okoro", None).unwrap();
        assert!(request.is_rightful(&invitation.proof_key()).unwrap());
        let other = Request {
            name: "Anne".into(),
            ..request.clone()
        };
        assert!(!other.is_rightful(&invitation.proof_key()).unwrap());
        let stolen = Request {
            device: DeviceKeys::generate(&SeededEntropy::new(4))
                .unwrap()
                .public(),
            ..request
        };
        assert!(!stolen.is_rightful(&invitation.proof_key()).unwrap());
    }
}
