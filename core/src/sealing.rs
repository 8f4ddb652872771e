//! Sealing: to a device's public key (HPKE), and under a key that members share (XChaCha20-Poly1305).
//!
//! Source: RFC 9180 base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305; and the 24-byte
//! nonce form of RFC 8439's cipher, whose random nonces a copied home cannot repeat.

use crate::entropy::{Entropy, SeededEntropy};
use crate::error::{Error, Result};
use crate::store::identity::DeviceKeys;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256 as Kem;
use hpke::rand_core::{Infallible, TryCryptoRng, TryRng};
use hpke::{Deserializable, OpModeR, OpModeS, Serializable};
use zeroize::Zeroizing;

/// Bytes of the encapsulated key, before what is sealed.
pub const ENCAPSULATED: usize = 32;

/// Bytes of the authentication tag, behind what is sealed.
pub const TAG: usize = 16;

/// Bytes of the nonce, before what is sealed under a shared key.
pub const NONCE: usize = 24;

/// Seals `content` to the device with this X25519 public key: encapsulated key, then content and tag.
///
/// # Errors
/// [`Error::Damaged`] for a public key of small order, which nobody's device has; those of the random source.
pub fn seal_to(
    public: &[u8; 32],
    info: &[u8],
    bound: &[u8],
    content: &[u8],
    entropy: &dyn Entropy,
) -> Result<Vec<u8>> {
    // Drawn before HPKE asks, because HPKE cannot be told that the random source failed.
    let mut seed = Zeroizing::new([0; 32]);
    entropy.fill(seed.as_mut())?;
    let mut random = Random(SeededEntropy::from_bytes(*seed));
    let public = <Kem as hpke::Kem>::PublicKey::from_bytes(public).map_err(|_| Error::Damaged)?;
    let (encapsulated, sealed) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, Kem>(
            &OpModeS::Base,
            &public,
            info,
            content,
            bound,
            &mut random,
        )
        .map_err(|_| Error::Damaged)?;
    Ok([encapsulated.to_bytes().as_slice(), &sealed].concat())
}

/// Opens what was sealed to this device; `None` if it was not, or is not as it was sealed.
pub fn open_with(
    keys: &DeviceKeys,
    info: &[u8],
    bound: &[u8],
    sealed: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let (encapsulated, sealed) = sealed.split_at_checked(ENCAPSULATED)?;
    let secret = <Kem as hpke::Kem>::PrivateKey::from_bytes(keys.seal_secret().as_bytes()).ok()?;
    let encapsulated = <Kem as hpke::Kem>::EncappedKey::from_bytes(encapsulated).ok()?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Kem>(
        &OpModeR::Base,
        &secret,
        &encapsulated,
        info,
        sealed,
        bound,
    )
    .ok()
    .map(Zeroizing::new)
}

/// Seals `content` under a shared key: random nonce, then content and tag.
///
/// # Errors
/// Those of the random source.
pub fn seal_under(
    key: &[u8; 32],
    bound: &[u8],
    content: &[u8],
    entropy: &dyn Entropy,
) -> Result<Vec<u8>> {
    let mut nonce = [0; NONCE];
    entropy.fill(&mut nonce)?;
    seal_with(key, &nonce, bound, content)
}

/// As [`seal_under`], with a nonce that was drawn a moment ago and is used for nothing else.
pub(crate) fn seal_with(
    key: &[u8; 32],
    nonce: &[u8; NONCE],
    bound: &[u8],
    content: &[u8],
) -> Result<Vec<u8>> {
    let payload = Payload {
        msg: content,
        aad: bound,
    };
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(&XNonce::from(*nonce), payload)
        .map_err(|_| Error::TooLong {
            length: content.len() as u64,
        })?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens what was sealed under a shared key; `None` if it was another key, or is not as it was sealed.
pub fn open_under(key: &[u8; 32], bound: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
    let payload = Payload {
        msg: sealed,
        aad: bound,
    };
    XChaCha20Poly1305::new(key.into())
        .decrypt(&XNonce::from(*nonce), payload)
        .ok()
        .map(Zeroizing::new)
}

/// Hands bytes that follow from a seed just drawn to HPKE, in the form it asks for.
struct Random(SeededEntropy);

impl TryRng for Random {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> std::result::Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> std::result::Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> std::result::Result<(), Infallible> {
        self.0.stream(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Random {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_under_a_key_opens_with_that_key_and_binding_alone() {
        let entropy = SeededEntropy::new(1);
        let sealed = seal_under(&[7; 32], b"here", b"words", &entropy).unwrap();
        assert_eq!(
            open_under(&[7; 32], b"here", &sealed).unwrap().as_slice(),
            b"words"
        );
        assert!(open_under(&[8; 32], b"here", &sealed).is_none());
        assert!(open_under(&[7; 32], b"there", &sealed).is_none());
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(open_under(&[7; 32], b"here", &flipped).is_none());
        }
    }

    #[test]
    fn what_is_sealed_to_a_device_opens_there_alone() {
        let entropy = SeededEntropy::new(2);
        let (mine, other) = (
            DeviceKeys::generate(&entropy).unwrap(),
            DeviceKeys::generate(&entropy).unwrap(),
        );
        let sealed = seal_to(&mine.public().seal, b"info", b"here", b"key", &entropy).unwrap();
        let opened = open_with(&mine, b"info", b"here", &sealed).unwrap();
        assert_eq!(opened.as_slice(), b"key");
        assert!(open_with(&other, b"info", b"here", &sealed).is_none());
        assert!(open_with(&mine, b"info", b"there", &sealed).is_none());
        assert!(open_with(&mine, b"info", b"here", &sealed[..20]).is_none());
        assert_eq!(
            seal_to(&[0; 32], b"info", b"", b"", &entropy),
            Err(Error::Damaged)
        );
    }
}
