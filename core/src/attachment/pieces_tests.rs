use super::*;
use crate::entropy::SeededEntropy;
use crate::record::{Actor, Answer, Noun, OpId, Part, Stamp};

fn circle() -> Id {
    Id::read("circle")
}

fn sealed(length: usize) -> (Vec<u8>, Sealed) {
    let content: Vec<u8> = (0..length).map(|at| (at * 31 % 251) as u8).collect();
    let sealed = seal(&circle(), &content, &SeededEntropy::new(3)).unwrap();
    (content, sealed)
}

#[test]
fn a_file_of_any_length_comes_together_again_from_its_pieces() {
    for length in [1, 2, 1000, CONTENT - 1, CONTENT, CONTENT + 1, 2 * CONTENT] {
        let (content, sealed) = sealed(length);
        assert_eq!(sealed.pieces.len(), length.div_ceil(CONTENT));
        assert!(sealed.pieces.iter().all(|piece| piece.len() <= PIECE_CAP));
        let read = Manifest::read(&sealed.manifest.pack().unwrap()).unwrap();
        assert!(read.join(&circle(), &sealed.pieces).unwrap() == content);
    }
}

#[test]
fn a_piece_out_of_its_place_its_circle_or_its_file_does_not_open() {
    let (_, one) = sealed(2 * CONTENT);
    let other = seal(&circle(), b"other words", &SeededEntropy::new(4)).unwrap();
    assert!(one.manifest.open(&circle(), 0, &one.pieces[0]).is_some());
    assert!(one.manifest.open(&circle(), 1, &one.pieces[0]).is_none());
    assert!(one.manifest.open(&circle(), 2, &one.pieces[0]).is_none());
    assert!(one.manifest.open(&circle(), 0, &other.pieces[0]).is_none());
    assert!(
        one.manifest
            .open(&Id::read("another"), 0, &one.pieces[0])
            .is_none()
    );
    let swapped = vec![one.pieces[1].clone(), one.pieces[0].clone()];
    assert_eq!(one.manifest.join(&circle(), &swapped), Err(Error::Damaged));
    assert_eq!(
        one.manifest.join(&circle(), &one.pieces[..1]),
        Err(Error::Damaged)
    );
}

#[test]
fn no_flipped_bit_of_a_piece_passes_even_if_its_name_was_announced() {
    let (_, mut sealed) = sealed(40);
    let piece = sealed.pieces[0].clone();
    for bit in 0..piece.len() * 8 {
        let mut flipped = piece.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        sealed.manifest.pieces[0] = name(&flipped);
        assert!(sealed.manifest.open(&circle(), 0, &flipped).is_none());
    }
}

#[test]
fn a_file_that_is_too_large_or_empty_is_refused_and_so_is_a_manifest_that_says_so() {
    let large = vec![7; FILE_CAP as usize + 1];
    let entropy = SeededEntropy::new(3);
    let size = FILE_CAP + 1;
    assert_eq!(
        seal(&circle(), &large, &entropy),
        Err(Error::FileTooLarge { size })
    );
    assert_eq!(seal(&circle(), b"", &entropy), Err(Error::Empty));
    let (_, sealed) = sealed(40);
    for size in [0, CONTENT as u64 + 1, FILE_CAP + 1, u64::MAX] {
        let manifest = Manifest {
            size,
            ..sealed.manifest.clone()
        };
        assert!(
            Manifest::read(&manifest.pack().unwrap()).is_none(),
            "{size}"
        );
    }
}

#[test]
fn what_a_newer_version_wrote_behind_a_manifest_is_passed_over_and_a_newer_one_is_left_alone() {
    let (_, sealed) = sealed(40);
    let Value::Bytes(mut packed) = sealed.manifest.pack().unwrap() else {
        panic!("a manifest is bytes");
    };
    packed.extend(b"more");
    assert!(Manifest::read(&Value::Bytes(packed.clone())).is_some());
    packed[0] = 2;
    assert!(Manifest::read(&Value::Bytes(packed)).is_none());
}

#[test]
fn of_two_manifests_of_one_attachment_the_first_counts() {
    let (first, second) = (sealed(40).1.manifest, sealed(80).1.manifest);
    let mut thing = Thing::new(Id::read("thing"), Noun::Attachment, Part::about());
    for (counter, manifest) in [(9, &second), (3, &first)] {
        let actor = Actor([1; 16]);
        let stamp = Stamp {
            actor,
            seq: counter,
            at: 0,
            offset: 0,
            for_person: false,
            from_lock_screen: false,
        };
        let answer = Answer {
            value: manifest.pack().unwrap(),
            op: OpId { counter, actor },
            stamp,
        };
        thing.put("file", answer, &[]);
    }
    assert_eq!(Manifest::of(&thing), Some(first));
}

#[test]
fn the_written_form_has_not_changed() {
    let sealed = seal(&circle(), b"a voice", &SeededEntropy::new(5)).unwrap();
    let hex = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    let Value::Bytes(packed) = sealed.manifest.pack().unwrap() else {
        panic!("a manifest is bytes");
    };
    assert_eq!(
        hex(&packed),
        concat!(
            "01",
            "07",
            "e2c67f1527d5838f1b4666d75877b1bddc4d368101ad5e236128412f8be83354",
            "5247ed1d6b1e7b69cd116fae0c794eeda50e295fbc67fe295d7a6cc4cc48dd8f",
            "01",
            "d51c74bdae2c0596aaf040eca265b125ac28735aca44235a2526996e7be38906",
        )
    );
    assert_eq!(
        hex(&sealed.pieces[0]),
        concat!(
            "01",
            "c101160c083cb765f47e000beb095a485c71ece793cd5a34",
            "2239dba0a3e85b3716f47eda2f7a9d254adc0cb26071db",
        )
    );
}
