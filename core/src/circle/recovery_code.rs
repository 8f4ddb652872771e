//! The recovery code: 128 random bits on paper, from which a key pair follows. The public halves are certified in the
//! access logs; whoever has the code can let in one new device, and nothing else.
//!
//! Source: `SPEC.md`, Recovery code. The code itself is kept nowhere.

use super::code;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::store::identity::{DeviceKeys, DevicePublic, verify_strict};
use hkdf::Hkdf;
use serde::de::{Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

const SUM_LABEL: &[u8] = b"recovery code sum/1";

const SIGNED_AS: &[u8] = b"cairn recovery/1";

/// Symbols of a group, as the code is printed and read aloud.
const GROUP: usize = 4;

/// A recovery code. Wiped when dropped, never printed but by [`RecoveryCode::text`].
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(Zeroizing<[u8; 16]>);

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode")
    }
}

impl RecoveryCode {
    /// A new one.
    ///
    /// # Errors
    /// Those of the random source.
    pub fn generate(entropy: &dyn Entropy) -> Result<RecoveryCode> {
        let mut bits = Zeroizing::new([0; 16]);
        entropy.fill(bits.as_mut())?;
        Ok(RecoveryCode(bits))
    }

    /// As it is printed: 26 symbols of base 32 and 4 of a checksum, in capitals, in groups of 4.
    pub fn text(&self) -> Zeroizing<String> {
        let symbols = Zeroizing::new(code::write(SUM_LABEL, self.0.as_ref()));
        let mut text = Zeroizing::new(String::with_capacity(symbols.len() * 2));
        for (at, symbol) in symbols.chars().enumerate() {
            if at > 0 && at % GROUP == 0 {
                text.push('-');
            }
            text.push(symbol.to_ascii_uppercase());
        }
        text
    }

    /// Reads a code as it was typed.
    ///
    /// # Errors
    /// [`Error::Usage`] for one that was mistyped.
    pub fn read(typed: &str) -> Result<RecoveryCode> {
        const NO_CODE: Error = Error::Usage { what: "code" };
        let bytes = code::read(SUM_LABEL, typed).ok_or(NO_CODE)?;
        let bits = bytes.as_slice().try_into().map_err(|_| NO_CODE)?;
        Ok(RecoveryCode(Zeroizing::new(bits)))
    }

    /// The key pair that follows from the code.
    ///
    /// # Errors
    /// Those of making the keys.
    pub fn keys(&self) -> Result<DeviceKeys> {
        let bits = Hkdf::<Sha256>::new(None, self.0.as_ref());
        let mut secrets = Zeroizing::new([0; 64]);
        let (sign, seal) = secrets.split_at_mut(32);
        for (secret, label) in [
            (sign, "cairn recovery/1 sign"),
            (seal, "cairn recovery/1 seal"),
        ] {
            bits.expand(label.as_bytes(), secret)
                .map_err(|_| Error::Damaged)?;
        }
        DeviceKeys::of_secrets(&secrets)
    }
}

/// A new device's wish to be let in with a recovery code, to a device that shares a record with the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryRequest {
    /// Ed25519 public key that follows from the code.
    pub recovery: [u8; 32],
    /// The new device.
    pub device: DevicePublic,
    signature: Vec<u8>,
}

impl RecoveryRequest {
    /// Asks with a code's keys for a new device.
    ///
    /// # Errors
    /// Those of encoding.
    pub fn new(recovery: &DeviceKeys, device: DevicePublic) -> Result<RecoveryRequest> {
        let signature = recovery.sign(&signed(&device)?).to_vec();
        Ok(RecoveryRequest {
            recovery: recovery.public().sign,
            device,
            signature,
        })
    }

    /// Whether who asks has the code.
    ///
    /// # Errors
    /// Those of encoding.
    pub fn is_rightful(&self) -> Result<bool> {
        let Ok(signature) = self.signature.as_slice().try_into() else {
            return Ok(false);
        };
        Ok(verify_strict(
            &self.recovery,
            &signed(&self.device)?,
            signature,
        ))
    }
}

fn signed(device: &DevicePublic) -> Result<Vec<u8>> {
    Ok([SIGNED_AS, &postcard::to_stdvec(device)?].concat())
}

/// The access logs of the circles that a recovery code's key is certified in, as far as the device that was asked is
/// in them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecoveryAnswer {
    /// Circles with their operations, parents first.
    pub circles: Vec<(Id, Vec<Vec<u8>>)>,
    /// Those of them that are a team's and nobody's record. An access log does not tell: whoever made the team founded it
    /// as they founded their own record.
    pub teams: Vec<Id>,
}

impl<'de> Deserialize<'de> for RecoveryAnswer {
    fn deserialize<D: Deserializer<'de>>(
        deserializer: D,
    ) -> std::result::Result<RecoveryAnswer, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = RecoveryAnswer;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("circles")
            }

            fn visit_seq<A: SeqAccess<'de>>(
                self,
                mut fields: A,
            ) -> std::result::Result<Self::Value, A::Error> {
                let circles = fields.next_element()?;
                Ok(RecoveryAnswer {
                    circles: circles.ok_or_else(|| A::Error::invalid_length(0, &self))?,
                    // An earlier version ends before this.
                    teams: fields.next_element().ok().flatten().unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("RecoveryAnswer", &["circles", "teams"], Fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SeededEntropy;

    fn code() -> RecoveryCode {
        let bits: [u8; 16] = std::array::from_fn(|at| at as u8 * 16 + 1);
        RecoveryCode(Zeroizing::new(bits))
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn the_written_form_has_not_changed() {
        // The vector of SPEC.md.
        let keys = code().keys().unwrap().public();
        let said = [code().text().to_string(), hex(&keys.sign), hex(&keys.seal)];
        assert_eq!(
            said,
            [
                "048J-2CA1-A5GQ-30CH-M6RW-3MF1-Y4KM-EX",
                "1e0b1642c619ea0be1c90a934fd883f1e28b39f422d71028a5fcaeea4f1cdb7e",
                "74d0eea9aa3418c7952b6570409825af6de2838abfff8b3eb500f398ee5b5e08",
            ]
        );
    }

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let text = code().text();
        assert_eq!(text.len(), 30 + 7, "8 groups");
        assert_eq!(RecoveryCode::read(&text), Ok(code()));
        let typed = [
            text.to_lowercase(),
            text.replace('-', " "),
            text.replace('-', ""),
            text.replace('1', "I").replace('0', "O"),
            text.replace('1', "l").replace('0', "o"),
        ];
        for typed in typed {
            assert_eq!(RecoveryCode::read(&typed), Ok(code()), "{typed}");
        }
    }

    #[test]
    fn a_wrong_symbol_two_exchanged_ones_and_one_too_many_or_few_are_noticed() {
        let text: Vec<char> = code().text().chars().filter(|c| *c != '-').collect();
        let reads = |typed: &[char]| RecoveryCode::read(&typed.iter().collect::<String>());
        let mistyped = Err(Error::Usage { what: "code" });
        for at in 0..text.len() {
            for symbol in "0123456789ABCDEFGHJKMNPQRSTVWXYZU*".chars() {
                let mut typed = text.clone();
                typed[at] = symbol;
                assert_eq!(reads(&typed).is_ok(), typed == text, "{at} {symbol}");
            }
            let mut fewer = text.clone();
            fewer.remove(at);
            assert_eq!(reads(&fewer), mistyped);
            let mut more = text.clone();
            more.insert(at, '7');
            assert_eq!(reads(&more), mistyped);
            if at > 0 && text[at - 1] != text[at] {
                let mut exchanged = text.clone();
                exchanged.swap(at - 1, at);
                assert_eq!(reads(&exchanged), mistyped);
            }
        }
        assert_eq!(RecoveryCode::read(""), mistyped);
    }

    #[test]
    fn a_request_holds_for_the_device_it_was_made_for() {
        let keys = code().keys().unwrap();
        let device = |seed| DeviceKeys::generate(&SeededEntropy::new(seed)).unwrap();
        let request = RecoveryRequest::new(&keys, device(1).public()).unwrap();
        assert!(request.is_rightful().unwrap());
        let stolen = RecoveryRequest {
            device: device(2).public(),
            ..request.clone()
        };
        assert!(!stolen.is_rightful().unwrap());
        let short = RecoveryRequest {
            signature: vec![1; 63],
            ..request
        };
        assert!(!short.is_rightful().unwrap());
    }

    #[test]
    fn an_answer_of_an_earlier_version_is_read_and_names_no_team() {
        let circles = vec![(Id::read("circle"), vec![vec![1, 2]])];
        let earlier = postcard::to_stdvec(&(circles.clone(),)).unwrap();
        let read: RecoveryAnswer = postcard::from_bytes(&earlier).unwrap();
        let teams = Vec::new();
        assert_eq!(read, RecoveryAnswer { circles, teams });
        let teams = vec![Id::read("circle")];
        let answer = RecoveryAnswer { teams, ..read };
        let bytes = postcard::to_stdvec(&answer).unwrap();
        assert_eq!(postcard::from_bytes(&bytes), Ok(answer));
        assert!(postcard::from_bytes::<RecoveryAnswer>(&[]).is_err());
    }

    #[test]
    fn nothing_of_a_code_is_in_what_is_printed_for_engineers() {
        assert_eq!(format!("{:?}", code()), "RecoveryCode");
    }
}
