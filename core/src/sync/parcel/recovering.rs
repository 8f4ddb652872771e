//! Coming back with a recovery code through a place that only stores: a request that just those find who know the code's
//! two public keys, and answers sealed to the device that asked. Source: `SPEC.md`, Parcels; docs/adr/0034.

use super::invited::{REQUEST_CAP, filled, read};
use super::tag::Proof;
use crate::circle::recovery_code::{RecoveryAnswer, RecoveryRequest};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::digest;
use crate::sealing;
use crate::store::identity::{DeviceKeys, DevicePublic};
use crate::sync::parcel::PARCEL_CAP;

/// First bytes: the suite of segments, and that of letters, each with a form of its own.
const REQUEST: [u8; 2] = [1, 0x84];
const ANSWER: [u8; 2] = [1, 0x85];

const INFO: &[u8] = b"cairn recovery answer/1";

/// The proof of the mailbox of requests with the code that these keys follow from.
pub fn requests(code: &DevicePublic) -> Proof {
    digest(&[b"recovery request mailbox/1", &code.sign, &code.seal])
}

/// The proof of the mailbox of answers to one device.
pub fn answers(code: &DevicePublic, device: &[u8; 32]) -> Proof {
    digest(&[b"recovery answer mailbox/1", &code.sign, &code.seal, device])
}

/// Seals a request for whoever knows both public keys of the code.
///
/// # Errors
/// Those of the random source.
pub fn write_request(
    code: &DevicePublic,
    request: &RecoveryRequest,
    entropy: &dyn Entropy,
) -> Result<Vec<u8>> {
    let sealed = sealing::seal_under(&key(code), &REQUEST, &filled(request)?, entropy)?;
    Ok([REQUEST.as_slice(), &sealed].concat())
}

/// Reads a request with this code; `None` for anything else, and for one by somebody who does not have the code itself.
///
/// # Errors
/// Those of encoding.
pub fn read_request(code: &DevicePublic, bytes: &[u8]) -> Result<Option<RecoveryRequest>> {
    let sealed = bytes
        .strip_prefix(&REQUEST)
        .filter(|_| bytes.len() <= REQUEST_CAP);
    let content = sealed.and_then(|sealed| sealing::open_under(&key(code), &REQUEST, sealed));
    let request = content.and_then(|content| read::<RecoveryRequest>(&content));
    Ok(match request {
        Some(request) if request.recovery == code.sign && request.is_rightful()? => Some(request),
        _ => None,
    })
}

/// Seals an answer to the device that asked.
///
/// # Errors
/// [`Error::TooLong`] over [`PARCEL_CAP`]; [`Error::Damaged`] for a device whose key is of small order; those of the random
/// source.
pub fn write_answer(
    request: &RecoveryRequest,
    answer: &RecoveryAnswer,
    entropy: &dyn Entropy,
) -> Result<Vec<u8>> {
    let to = &request.device.seal;
    let sealed = sealing::seal_to(to, INFO, &bound(request), &filled(answer)?, entropy)?;
    let bytes = [ANSWER.as_slice(), &sealed].concat();
    if bytes.len() > PARCEL_CAP {
        return Err(Error::TooLong {
            length: bytes.len() as u64,
        });
    }
    Ok(bytes)
}

/// Reads an answer to a request of this device; `None` for anything else.
pub fn read_answer(
    keys: &DeviceKeys,
    request: &RecoveryRequest,
    bytes: &[u8],
) -> Option<RecoveryAnswer> {
    let sealed = bytes.strip_prefix(&ANSWER)?;
    read(&sealing::open_with(keys, INFO, &bound(request), sealed)?)
}

fn key(code: &DevicePublic) -> [u8; 32] {
    digest(&[b"recovery request key/1", &code.sign, &code.seal])
}

fn bound(request: &RecoveryRequest) -> Vec<u8> {
    let device = &request.device;
    digest(&[
        b"recovery answer bound/1",
        &request.recovery,
        &device.sign,
        &device.seal,
    ])
    .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SeededEntropy;
    use crate::id::{Id, base32};
    use crate::sync::parcel::tag;

    fn keys(seed: u8) -> DeviceKeys {
        DeviceKeys::of_secrets(&[seed; 64]).unwrap()
    }

    #[test]
    fn a_request_is_read_by_who_knows_both_keys_of_the_code_and_made_by_who_has_it() {
        let (code, device, other, entropy) = (keys(1), keys(2), keys(3), SeededEntropy::new(9));
        let request = RecoveryRequest::new(&code, device.public()).unwrap();
        let bytes = write_request(&code.public(), &request, &entropy).unwrap();
        let read = |known: &DevicePublic, bytes: &[u8]| read_request(known, bytes).unwrap();
        assert_eq!(read(&code.public(), &bytes), Some(request.clone()));
        let half = DevicePublic {
            seal: other.public().seal,
            ..code.public()
        };
        assert_eq!(read(&half, &bytes), None);
        assert_ne!(requests(&half), requests(&code.public()));
        for at in 0..bytes.len() {
            let mut turned = bytes.clone();
            turned[at] ^= 1 << (at % 8);
            assert_eq!(read(&code.public(), &turned), None);
            assert_eq!(read(&code.public(), &bytes[..at]), None);
        }
        // Who knows the public keys alone, and asks for a device of their own.
        let mut forged = RecoveryRequest::new(&other, other.public()).unwrap();
        forged.recovery = code.public().sign;
        let bytes = write_request(&code.public(), &forged, &entropy).unwrap();
        assert_eq!(read(&code.public(), &bytes), None);
    }

    #[test]
    fn an_answer_is_read_by_the_device_that_asked_alone_and_not_with_a_bit_turned() {
        let (code, device, entropy) = (keys(1), keys(2), SeededEntropy::new(9));
        let request = RecoveryRequest::new(&code, device.public()).unwrap();
        let answer = RecoveryAnswer {
            circles: vec![(Id::read("circle"), vec![vec![1, 2, 3]])],
            teams: Vec::new(),
        };
        let bytes = write_answer(&request, &answer, &entropy).unwrap();
        assert_eq!(read_answer(&device, &request, &bytes), Some(answer));
        let other = RecoveryRequest::new(&keys(4), device.public()).unwrap();
        assert_eq!(read_answer(&device, &other, &bytes), None, "another code's");
        assert_eq!(read_answer(&code, &request, &bytes), None);
        for at in 0..bytes.len() {
            let mut turned = bytes.clone();
            turned[at] ^= 1 << (at % 8);
            assert_eq!(read_answer(&device, &request, &turned), None);
            assert_eq!(read_answer(&device, &request, &bytes[..at]), None);
        }
    }

    #[test]
    fn the_written_form_has_not_changed() {
        let (code, device, entropy) = (keys(1), keys(2), SeededEntropy::new(9));
        let text = |tag: [u8; 16]| base32(&tag, 26);
        let request = RecoveryRequest::new(&code, device.public()).unwrap();
        let written = write_request(&code.public(), &request, &entropy).unwrap();
        let answered = RecoveryAnswer {
            circles: vec![(Id::read("circle"), vec![vec![1, 2, 3]])],
            teams: Vec::new(),
        };
        let answered = write_answer(&request, &answered, &entropy).unwrap();
        let name = |bytes: &[u8]| text(crate::sync::parcel::Label::of([0; 16], bytes).name);
        assert_eq!(
            [
                text(tag::of(&requests(&code.public()))),
                text(tag::of(&answers(&code.public(), &device.public().sign))),
                name(&written),
                name(&answered),
            ],
            [
                "7wzs11hj70srs8zzd5d2qz0ehw",
                "dbehpshcbb5xp2fz0sdevsh7sg",
                "4mm4nbyxv0vs9xtbs1svw7qqpm",
                "p3gjb5j6y3nwvy0123g3nfkj5g",
            ]
        );
    }
}
