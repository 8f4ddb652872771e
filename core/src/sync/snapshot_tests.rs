use super::*;
use crate::entropy::SeededEntropy;

fn keys() -> DeviceKeys {
    DeviceKeys::generate(&SeededEntropy::new(7)).unwrap()
}

fn secret() -> GroupSecret {
    GroupSecret::from_bytes(&[9; 32]).unwrap()
}

fn body() -> Body {
    let said = Statement {
        counter: 4,
        epoch: 0,
        heads: vec![1],
        before: [2; 32],
        tips: vec![(0, 9)],
        signature: vec![5; 64],
    };
    Body {
        names: vec![[3; 32], [1; 32]],
        parts: vec![(Part::log(2026), b"a document".to_vec())],
        streams: vec![Stream {
            device: keys().public().sign,
            actor: Actor([5; 16]),
            taken: None,
            name: [6; 32],
            statements: vec![said],
        }],
    }
}

fn sealed(body: &Body) -> Result<Vec<u8>> {
    let (circle, entropy) = (Id::read("circle"), SeededEntropy::new(1));
    seal(
        &keys(),
        &circle,
        Group::Log,
        &[3; 32],
        body,
        &secret(),
        &entropy,
    )
}

fn opened(
    circle: &str,
    epoch: [u8; 32],
    bytes: &[u8],
) -> Option<std::result::Result<Opened, &'static str>> {
    open(&Id::read(circle), bytes, &epoch, &secret())
}

#[test]
fn a_snapshot_opens_under_its_key_in_its_circle_and_epoch_alone() {
    let bytes = sealed(&body()).unwrap();
    assert_eq!(header(&bytes).unwrap(), (Group::Log, [3; EPOCH_TAG]));
    let whole = opened("circle", [3; 32], &bytes).unwrap().unwrap();
    assert_eq!((whole.maker, whole.body), (keys().public().sign, body()));
    assert!(opened("other", [3; 32], &bytes).is_none());
    let mut alike = [3; 32];
    alike[31] = 4;
    assert_eq!(
        opened("circle", alike, &bytes),
        Some(Err("signature")),
        "another epoch that begins alike"
    );
    let other = GroupSecret::from_bytes(&[1; 32]).unwrap();
    assert!(open(&Id::read("circle"), &bytes, &[3; 32], &other).is_none());
}

#[test]
fn no_flipped_bit_and_no_cut_of_a_snapshot_passes() {
    let bytes = sealed(&body()).unwrap();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(opened("circle", [3; 32], &flipped).is_none());
    }
    for length in 0..bytes.len() {
        assert!(opened("circle", [3; 32], &bytes[..length]).is_none());
    }
}

#[test]
fn a_bomb_inside_a_seal_is_not_laid_out() {
    let mut large = body();
    large.parts[0].1 = vec![0; BODY_CAP + 1];
    let bytes = sealed(&large).unwrap();
    assert!(bytes.len() < 10_000, "it packs well");
    assert_eq!(opened("circle", [3; 32], &bytes), Some(Err("form")));
}

#[test]
fn a_snapshot_that_does_not_fit_a_message_is_not_made() {
    let mut large = body();
    let mut noise = vec![0; SNAPSHOT_CAP];
    SeededEntropy::new(2).fill(&mut noise).unwrap();
    large.parts[0].1 = noise;
    assert!(matches!(sealed(&large), Err(Error::TooLong { .. })));
}

#[test]
fn what_is_no_snapshot_has_no_header() {
    let bytes = sealed(&body()).unwrap();
    let mut other_form = bytes.clone();
    other_form[1] = 0x24;
    let mut no_group = bytes.clone();
    no_group[1] = 0x4f;
    for bytes in [
        &[][..],
        &bytes[..HEADER],
        &other_form,
        &no_group,
        &vec![1; SNAPSHOT_CAP + 1],
    ] {
        assert_eq!(header(bytes), Err(Error::Damaged));
    }
    // A segment is none, and the other way round.
    assert!(segment::header(&bytes).is_err());
}
