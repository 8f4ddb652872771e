use super::*;
use crate::entropy::SeededEntropy;
use crate::record::part::Actor;
use crate::sync::message::Reached;

fn keys(seed: u64) -> DeviceKeys {
    DeviceKeys::generate(&SeededEntropy::new(seed)).unwrap()
}

fn letter() -> Letter {
    Letter {
        counter: 3,
        seen: 2,
        heads: vec![[9; 32]],
        operations: vec![vec![1, 2, 3]],
        have: Have {
            streams: vec![Reached {
                group: "log".into(),
                actor: Actor([2; 16]),
                counter: 7,
            }],
            late: vec![[4; 32]],
        },
        tells: Vec::new(),
        pieces: Pieces::default(),
    }
}

#[test]
fn a_letter_is_read_by_its_receiver_alone_and_as_its_senders_alone() {
    let (one, two, three) = (keys(1), keys(2), keys(3));
    let (circle, other) = (Id::read("circle"), Id::read("another"));
    let entropy = SeededEntropy::new(9);
    let bytes = write(&one, &circle, &two.public(), &letter(), &entropy).unwrap();
    let from = one.public().sign;
    assert_eq!(read(&two, &circle, &from, &bytes), Some(letter()));
    assert_eq!(read(&three, &circle, &from, &bytes), None);
    assert_eq!(read(&two, &other, &from, &bytes), None);
    assert_eq!(read(&two, &circle, &three.public().sign, &bytes), None);
    let to = two.public().sign;
    let told = [from.as_slice(), to.as_slice(), b"circle"];
    for secret in told {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret));
    }
}

#[test]
fn circles_are_told_behind_the_rest_and_what_a_newer_version_adds_is_passed_over() {
    let (one, two) = (keys(1), keys(2));
    let circle = Id::read("circle");
    let entropy = SeededEntropy::new(9);
    let tells = vec![Id::read("another"), Id::read("a third")];
    let telling = Letter { tells, ..letter() };
    let bytes = write(&one, &circle, &two.public(), &telling, &entropy).unwrap();
    let from = one.public().sign;
    assert_eq!(read(&two, &circle, &from, &bytes), Some(telling.clone()));
    let between = Between {
        circle: &circle,
        from: &from,
        to: &two.public().sign,
    };
    let behind = |said: &[u8]| {
        let letter = [&postcard::to_stdvec(&letter()).unwrap(), said].concat();
        let signature = one.sign(&between.signed(&letter)).to_vec();
        let content = postcard::to_stdvec(&Content { letter, signature }).unwrap();
        let to = two.public().seal;
        let sealed = sealing::seal_to(&to, INFO, &between.bound(), &content, &entropy).unwrap();
        read(
            &two,
            &circle,
            &from,
            &[&[SUITE, LETTER], sealed.as_slice()].concat(),
        )
    };
    let newer = [&postcard::to_stdvec(&telling.tells).unwrap(), &[7, 7][..]].concat();
    assert_eq!(behind(&newer), Some(telling));
    let pieces = Pieces {
        wants: vec![[5; 32]],
        unsure: vec![[6; 32], [7; 32]],
        has: Vec::new(),
    };
    let of_files = Letter { pieces, ..letter() };
    let bytes = write(&one, &circle, &two.public(), &of_files, &entropy).unwrap();
    assert_eq!(read(&two, &circle, &from, &bytes), Some(of_files));
    assert_eq!(behind(&[0xff; 12]), Some(letter()), "no list of circles");
    assert_eq!(behind(&[]), Some(letter()));
}

#[test]
fn no_letter_with_a_bit_turned_or_a_byte_less_is_read() {
    let (one, two) = (keys(1), keys(2));
    let circle = Id::read("circle");
    let entropy = SeededEntropy::new(9);
    let bytes = write(&one, &circle, &two.public(), &letter(), &entropy).unwrap();
    let from = one.public().sign;
    for at in 0..bytes.len() {
        let mut turned = bytes.clone();
        turned[at] ^= 1 << (at % 8);
        assert_eq!(
            read(&two, &circle, &from, &turned),
            None,
            "bit of byte {at}"
        );
        assert_eq!(read(&two, &circle, &from, &bytes[..at]), None, "first {at}");
    }
}

#[test]
fn another_member_cannot_write_in_the_senders_name() {
    let (one, two, evil) = (keys(1), keys(2), keys(3));
    let circle = Id::read("circle");
    let (own, to) = (one.public().sign, two.public());
    // Sealed as if from the first, but signed by another.
    let between = Between {
        circle: &circle,
        from: &own,
        to: &to.sign,
    };
    let letter = postcard::to_stdvec(&letter()).unwrap();
    let signature = evil.sign(&between.signed(&letter)).to_vec();
    let content = postcard::to_stdvec(&Content { letter, signature }).unwrap();
    let entropy = SeededEntropy::new(9);
    let sealed = sealing::seal_to(&to.seal, INFO, &between.bound(), &content, &entropy).unwrap();
    let forged = [&[SUITE, LETTER], sealed.as_slice()].concat();
    assert_eq!(read(&two, &circle, &own, &forged), None);
}

#[test]
fn the_written_form_has_not_changed() {
    use crate::circle::epoch::GroupSecret;
    use crate::id::base32;
    use crate::record::part::Group;
    use crate::sync::parcel::{Label, tag};
    let keys = |sign: u8, seal: u8| {
        let stored = [[1].as_slice(), &[sign; 32], &[seal; 32]].concat();
        DeviceKeys::from_bytes(&stored).unwrap()
    };
    let (one, two) = (keys(0x11, 0x22), keys(0x33, 0x44));
    let circle = Id::read("circle");
    let text = |tag: &tag::Tag| base32(tag, 26);
    let key = GroupSecret::from_bytes(&[5; 32]).unwrap();
    let segments = tag::segments(&circle, Group::Log, &[6; 32], &key);
    assert_eq!(text(&tag::of(&segments)), "n3rkbnt34wpbvxn1cbg8ccspkm");
    let agreed = tag::agreed(&one, &two.public()).unwrap();
    let letters = tag::letters(&circle, &agreed, &one.public().sign, &two.public().sign);
    assert_eq!(text(&tag::of(&letters)), "v0ns1hc878wts4222941ne07a8");
    let bytes = write(
        &one,
        &circle,
        &two.public(),
        &letter(),
        &SeededEntropy::new(9),
    )
    .unwrap();
    assert_eq!(bytes.len(), 226);
    let label = Label::of(tag::of(&letters), &bytes);
    assert_eq!(text(&label.name), "448hssk9fyncpyevrzxva989r4");
}
