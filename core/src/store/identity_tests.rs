use super::*;
use crate::entropy::SeededEntropy;

fn keys(seed: u64) -> DeviceKeys {
    DeviceKeys::generate(&SeededEntropy::new(seed)).unwrap()
}

#[test]
fn stored_keys_come_back_the_same() {
    let keys = keys(1);
    let stored = keys.to_bytes();
    assert_eq!(stored.len(), 65);
    let back = DeviceKeys::from_bytes(&stored).unwrap();
    assert_eq!(back.public(), keys.public());
    assert_eq!(back.device_id(), keys.device_id());
    assert_eq!(back.sign(b"a"), keys.sign(b"a"));
    assert_eq!(*back.to_bytes(), *stored);
}

#[test]
fn another_length_or_version_is_damaged() {
    let stored = keys(1).to_bytes();
    for length in 0..65 {
        assert!(DeviceKeys::from_bytes(&stored[..length]).is_err());
    }
    assert!(DeviceKeys::from_bytes(&[&stored[..], &[0]].concat()).is_err());
    for version in (0..=255).filter(|version| *version != VERSION) {
        let mut other = stored.clone();
        other[0] = version;
        assert_eq!(DeviceKeys::from_bytes(&other).unwrap_err(), Error::Damaged);
    }
}

#[test]
fn a_signature_holds_for_its_bytes_and_key_only() {
    let (one, two) = (keys(1), keys(2));
    let signature = one.sign(b"did it");
    assert!(verify_strict(&one.public().sign, b"did it", &signature));
    assert!(!verify_strict(&one.public().sign, b"did  it", &signature));
    assert!(!verify_strict(&two.public().sign, b"did it", &signature));
    for bit in 0..512 {
        let mut flipped = signature;
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(!verify_strict(&one.public().sign, b"did it", &flipped));
    }
}

#[test]
fn a_key_of_small_order_signs_nothing() {
    // The neutral point as key and as R, s = 0: plain verification accepts it for any message.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut signature = [0; 64];
    signature[0] = 1;
    assert!(!verify_strict(&neutral, b"anything", &signature));
    assert!(!verify_strict(&[0xff; 32], b"anything", &signature));
}

#[test]
fn every_device_has_an_id_of_its_own() {
    let ids: std::collections::BTreeSet<_> = (0..100).map(|seed| keys(seed).device_id()).collect();
    assert_eq!(ids.len(), 100);
    assert_eq!(keys(1).device_id(), keys(1).public().device_id());
}

#[test]
fn keys_are_not_printed() {
    assert_eq!(format!("{:?}", keys(1)), "DeviceKeys");
}
