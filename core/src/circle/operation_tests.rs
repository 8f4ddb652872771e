use super::*;
use crate::entropy::SeededEntropy;

fn found(keys: &DeviceKeys) -> Operation {
    let nonce = [5; 16];
    let circle = circle_id(&nonce, &keys.public().sign);
    let act = Act::Found {
        nonce,
        device: keys.public(),
        steward: false,
    };
    Operation::sign(keys, &circle, &[], 1_772_000_000, act).unwrap()
}

fn keys() -> DeviceKeys {
    DeviceKeys::generate(&SeededEntropy::new(7)).unwrap()
}

#[test]
fn every_act_reads_back_as_it_was_signed() {
    let keys = keys();
    let circle = circle_id(&[5; 16], &keys.public().sign);
    let device = DeviceKeys::generate(&SeededEntropy::new(8))
        .unwrap()
        .public();
    let member = member_id(&device.sign);
    let wrap = Wrap {
        device: device.sign,
        sealed: vec![1, 2, 3],
    };
    let seen = Seen {
        groups: Groups::MEMBERS,
        actor: Actor([1; 16]),
        counter: 4,
    };
    let acts = [
        Act::Found {
            nonce: [5; 16],
            device: keys.public(),
            steward: true,
        },
        Act::Grant {
            member: member.clone(),
            device,
            role: "nurse".into(),
            groups: Groups::EVERYTHING,
            until: Some("2026-12-31".into()),
            invitation: Some([9; 32]),
        },
        Act::Revoke {
            member: member.clone(),
            seen: vec![seen.clone()],
        },
        Act::AddDevice { member, device },
        Act::RemoveDevice {
            device: device.sign,
            seen: vec![seen],
        },
        Act::Epoch {
            keys: vec![GroupKey {
                groups: Groups::MEMBERS,
                commitment: [1; 32],
                links: vec![([2; 32], vec![4, 5])],
            }],
            wraps: vec![wrap.clone()],
        },
        Act::Wrap {
            epoch: [3; 32],
            wraps: vec![wrap],
        },
        Act::Tombstone,
        Act::LetIn {
            segments: vec![[6; 32]],
        },
    ];
    for act in acts {
        let signed = Operation::sign(&keys, &circle, &[[1; 32], [0; 32]], 9, act).unwrap();
        assert_eq!(Operation::read(&signed.bytes), Ok(signed));
    }
}

#[test]
fn no_flipped_bit_and_no_cut_passes() {
    let bytes = found(&keys()).bytes;
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(Operation::read(&flipped), Err(Error::Damaged), "bit {bit}");
    }
    for length in 0..bytes.len() {
        assert_eq!(Operation::read(&bytes[..length]), Err(Error::Damaged));
    }
}

#[test]
fn an_act_of_a_newer_version_is_kept_and_does_nothing() {
    let keys = keys();
    let body = Body {
        circle: Id::read("c"),
        parents: vec![[1; 32]],
        author: keys.public().sign,
        at: 0,
        kind: 200,
        payload: vec![1, 2, 3],
    };
    let mut bytes = vec![SUITE];
    bytes.extend(postcard::to_stdvec(&body).unwrap());
    bytes.extend_from_slice(b"a field of a newer version");
    let signature = keys.sign(&[SIGNED_AS, &bytes].concat());
    bytes.extend_from_slice(&signature);
    let read = Operation::read(&bytes).unwrap();
    assert_eq!(read.act, Act::Unknown(200));
    assert_eq!(read.bytes, bytes);
}

#[test]
fn a_signature_of_another_kind_is_not_taken() {
    let keys = keys();
    let mut bytes = found(&keys).bytes;
    let at = bytes.len() - 64;
    let other = keys.sign(&[b"cairn segment/1", &bytes[..at]].concat());
    bytes[at..].copy_from_slice(&other);
    assert_eq!(Operation::read(&bytes), Err(Error::Damaged));
}

#[test]
fn the_written_form_has_not_changed() {
    let operation = found(&keys());
    assert_eq!(
        (
            operation.bytes.len(),
            crate::id::base32(&operation.hash, 26).as_str(),
            operation.circle.as_str()
        ),
        (
            213,
            "qgevseb2sv38zaztekr47h2z4n",
            "zc4xtw1d7dz7jb63q0tafq48rm"
        )
    );
}
