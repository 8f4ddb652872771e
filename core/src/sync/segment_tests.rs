use super::*;
use crate::entropy::SeededEntropy;

fn keys() -> DeviceKeys {
    DeviceKeys::generate(&SeededEntropy::new(7)).unwrap()
}

fn secret() -> GroupSecret {
    GroupSecret::from_bytes(&[9; 32]).unwrap()
}

fn place(keys: &DeviceKeys) -> Place {
    Place {
        circle: Id::read("circle"),
        group: Group::Log,
        epoch: [3; 32],
        device: keys.public().sign,
        actor: Actor([5; 16]),
        counter: 4,
        before: [2; 32],
        heads: vec![[1; 32]],
    }
}

fn tips() -> Vec<Tip> {
    vec![Tip {
        part: Part::log(2026),
        seq: 9,
        hash: [8; 32],
    }]
}

fn changes() -> Vec<Carried> {
    vec![Carried {
        part: Part::log(2026),
        bytes: b"a change".to_vec(),
    }]
}

fn sealed(keys: &DeviceKeys) -> Vec<u8> {
    let entropy = SeededEntropy::new(1);
    seal(
        keys,
        &place(keys),
        false,
        changes(),
        &tips(),
        &secret(),
        &entropy,
    )
    .unwrap()
}

#[test]
fn a_segment_opens_with_its_key_and_verifies_in_its_place() {
    let keys = keys();
    let bytes = sealed(&keys);
    let told = header(&bytes).unwrap();
    assert_eq!(told.group, Group::Log);
    assert!(told.is_under(&[3; 32]) && !told.is_under(&[4; 32]));
    let opened = open(&Id::read("circle"), &bytes, &secret()).unwrap();
    assert_eq!(opened.device_tag, device_tag(&keys.public().sign));
    assert_eq!(opened.changes, changes());
    assert!(opened.verify(&place(&keys), &tips()).unwrap());
}

#[test]
fn a_segment_of_another_circle_or_key_does_not_open() {
    let bytes = sealed(&keys());
    assert!(open(&Id::read("other"), &bytes, &secret()).is_none());
    let other = GroupSecret::from_bytes(&[1; 32]).unwrap();
    assert!(open(&Id::read("circle"), &bytes, &other).is_none());
}

#[test]
fn moved_to_another_place_its_signature_does_not_hold() {
    let keys = keys();
    let opened = open(&Id::read("circle"), &sealed(&keys), &secret()).unwrap();
    let right = place(&keys);
    let moved = [
        Place {
            circle: Id::read("other"),
            ..right.clone()
        },
        Place {
            group: Group::Goals,
            ..right.clone()
        },
        Place {
            epoch: [4; 32],
            ..right.clone()
        },
        Place {
            device: DeviceKeys::generate(&SeededEntropy::new(8))
                .unwrap()
                .public()
                .sign,
            ..right.clone()
        },
        Place {
            actor: Actor([6; 16]),
            ..right.clone()
        },
        Place {
            counter: 5,
            ..right.clone()
        },
        Place {
            before: [7; 32],
            ..right.clone()
        },
        Place {
            heads: vec![],
            ..right.clone()
        },
    ];
    for place in &moved {
        assert!(!opened.verify(place, &tips()).unwrap());
    }
    let mut other = tips();
    other[0].hash = [0; 32];
    assert!(!opened.verify(&right, &other).unwrap());
    assert!(!opened.verify(&right, &[]).unwrap());
}

#[test]
fn no_flipped_bit_and_no_cut_passes() {
    let bytes = sealed(&keys());
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(open(&Id::read("circle"), &flipped, &secret()).is_none());
    }
    for length in 0..bytes.len() {
        assert!(open(&Id::read("circle"), &bytes[..length], &secret()).is_none());
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let mut bytes = sealed(&keys());
    bytes.resize(SEGMENT_CAP + 1, 0);
    assert_eq!(header(&bytes), Err(Error::Damaged));
    let keys = keys();
    let large = vec![Carried {
        part: Part::log(2026),
        bytes: vec![1; SEGMENT_CAP],
    }];
    let refused = seal(
        &keys,
        &place(&keys),
        false,
        large,
        &tips(),
        &secret(),
        &SeededEntropy::new(1),
    );
    assert!(matches!(refused, Err(Error::TooLong { .. })));
}
