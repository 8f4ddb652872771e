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
        taken: None,
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
    .bytes
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

fn no_flipped_bit_and_no_cut(bytes: &[u8]) {
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(open(&Id::read("circle"), &flipped, &secret()).is_none());
    }
    for length in 0..bytes.len() {
        assert!(open(&Id::read("circle"), &bytes[..length], &secret()).is_none());
    }
}

#[test]
fn no_flipped_bit_and_no_cut_passes() {
    no_flipped_bit_and_no_cut(&sealed(&keys()));
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

fn thinned(keys: &DeviceKeys, counter: u64, body: &[u8]) -> Vec<u8> {
    let place = Place {
        counter,
        ..place(keys)
    };
    let nonce = [4; sealing::NONCE];
    let (tips, secret) = (tips(), secret());
    let sealed = seal_thinned(keys, &place, counter > 1, body, &tips, &secret, &nonce);
    sealed.unwrap().bytes
}

#[test]
fn a_thinned_segment_says_whose_it_is_to_who_can_open_it() {
    let keys = keys();
    for (counter, length) in [(1, 172), (2, 124), (300, 124)] {
        let bytes = thinned(&keys, counter, b"\x01\x02a body");
        assert_eq!(bytes.len(), length);
        assert!(header(&bytes).unwrap().is_under(&[3; 32]));
        let opened = open(&Id::read("circle"), &bytes, &secret()).unwrap();
        assert_eq!(opened.counter, counter);
        let thinned = opened.thinned.as_ref().unwrap();
        assert_eq!(thinned.body, b"\x01\x02a body");
        assert!(thinned.of.fits(Actor([5; 16])) && !thinned.of.fits(Actor([6; 16])));
        let place = Place {
            counter,
            ..place(&keys)
        };
        assert!(opened.verify(&place, &tips()).unwrap());
        assert_eq!(opened.heads.is_empty(), counter > 1);
    }
}

#[test]
fn no_flipped_bit_and_no_cut_of_a_thinned_segment_passes() {
    no_flipped_bit_and_no_cut(&thinned(&keys(), 2, b"\x01\x02a body"));
}

#[test]
fn the_written_form_of_segments_has_not_changed() {
    let keys = keys();
    let names = [
        sealed(&keys),
        thinned(&keys, 1, b"\x01\x02a body"),
        thinned(&keys, 2, b"\x01\x02a body"),
        taken_over(&keys).1,
    ]
    .map(|bytes| crate::id::base32(&name(&bytes), 26));
    let kept = [
        "besm5xmcr16b963263xvyd1d1e",
        "se87yhmec8xbaqf8ne6wy52qv8",
        "eh5zjzqm7v3stwkcgkb698bf1v",
        "8b02cf2g1fhm945z25snv6d7be",
    ];
    assert_eq!(names, kept);
}

#[test]
fn a_stream_of_what_was_taken_over_is_named_as_the_specification_says() {
    let taken = TakenOver {
        actor: Actor([1; 16]),
        device: [2; 32],
        by: Actor([3; 16]),
    };
    let stream = taken.stream(&[4; 32]);
    let hex: String = stream.0.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, "80938e3927095c1e2873490ecf9020af");
    assert_ne!(
        taken.stream(&[5; 32]),
        stream,
        "another device's is another"
    );
}

/// What was taken over from an incarnation of the same device.
fn taken_over(keys: &DeviceKeys) -> (Place, Vec<u8>) {
    let taken = TakenOver {
        actor: Actor([1; 16]),
        device: keys.public().sign,
        by: Actor([3; 16]),
    };
    let place = Place {
        actor: taken.stream(&keys.public().sign),
        taken: Some(taken),
        ..place(keys)
    };
    let (secret, entropy) = (secret(), SeededEntropy::new(1));
    let sealed = seal(keys, &place, false, changes(), &tips(), &secret, &entropy);
    (place, sealed.unwrap().bytes)
}

#[test]
fn what_was_taken_over_says_whose_it_is_and_verifies_in_its_own_stream_alone() {
    let keys = keys();
    let (place, bytes) = taken_over(&keys);
    let opened = open(&place.circle, &bytes, &secret()).unwrap();
    assert_eq!(opened.taken, place.taken);
    assert_eq!(opened.verify(&place, &tips()), Ok(true));
    let elsewhere = Place {
        actor: place.author(),
        ..place.clone()
    };
    assert_eq!(opened.verify(&elsewhere, &tips()), Ok(false));
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(open(&place.circle, &flipped, &secret()).is_none());
    }
}
