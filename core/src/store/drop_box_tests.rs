use super::*;
use crate::entropy::SeededEntropy;
use std::fs::OpenOptions;
use std::sync::atomic::{AtomicU32, Ordering};

fn keys() -> DeviceKeys {
    DeviceKeys::generate(&SeededEntropy::new(1)).unwrap()
}

fn answer(number: u32) -> DroppedAnswer {
    let mut id = [7; 16];
    id[..4].copy_from_slice(&number.to_le_bytes());
    DroppedAnswer {
        id,
        plan: "0123456789ab".into(),
        did: "did".into(),
        day: "2025-03-04".into(),
        at: 1_741_082_400 + i64::from(number),
        offset_minutes: -60,
    }
}

fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    publish_key(home.path(), &keys().public()).unwrap();
    home
}

fn drop_in(home: &Path, numbers: std::ops::Range<u32>) {
    for number in numbers {
        let entropy = SeededEntropy::new(u64::from(number));
        seal_into(home, &answer(number), &entropy).unwrap();
    }
}

fn box_with(numbers: std::ops::Range<u32>) -> Vec<u8> {
    let home = home();
    drop_in(home.path(), numbers);
    fs::read(home.path().join(BOX_NAME)).unwrap()
}

/// What is read from these bytes: numbers of the answers, and how many were unreadable.
fn read_bytes(bytes: &[u8]) -> (Vec<i64>, usize) {
    let (records, mut unreadable) = record::split(bytes);
    let mut numbers = Vec::new();
    for record in records {
        match record::open(&record, &keys()) {
            Some(answer) => numbers.push(answer.at - 1_741_082_400),
            None => unreadable += 1,
        }
    }
    (numbers, unreadable)
}

#[test]
fn answers_come_back_as_given_and_are_gone_once_cleared() {
    let home = home();
    drop_in(home.path(), 0..3);
    let dropped = read_all(home.path(), &keys()).unwrap();
    assert!(dropped.answers == [answer(0), answer(1), answer(2)]);
    assert_eq!(dropped.unreadable, 0);
    clear(&dropped).unwrap();
    assert!(read_all(home.path(), &keys()).unwrap().answers.is_empty());
    let left: Vec<_> = fs::read_dir(home.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "only the key is left");
}

#[test]
fn an_empty_home_holds_no_answers() {
    let home = tempfile::tempdir().unwrap();
    let dropped = read_all(home.path(), &keys()).unwrap();
    assert!(dropped.answers.is_empty() && dropped.unreadable == 0);
    clear(&dropped).unwrap();
}

#[test]
fn an_answer_that_comes_between_reading_and_clearing_stays() {
    let home = home();
    drop_in(home.path(), 0..2);
    let first = read_all(home.path(), &keys()).unwrap();
    drop_in(home.path(), 2..3);
    clear(&first).unwrap();
    let second = read_all(home.path(), &keys()).unwrap();
    assert!(second.answers == [answer(2)]);
}

#[test]
fn what_was_read_and_not_cleared_is_read_again() {
    let home = home();
    drop_in(home.path(), 0..2);
    let _lost = read_all(home.path(), &keys()).unwrap();
    drop_in(home.path(), 2..3);
    let again = read_all(home.path(), &keys()).unwrap();
    assert!(again.answers == [answer(0), answer(1), answer(2)]);
    clear(&again).unwrap();
    assert!(read_all(home.path(), &keys()).unwrap().answers.is_empty());
}

#[test]
fn the_same_id_counts_once() {
    let home = home();
    drop_in(home.path(), 0..2);
    drop_in(home.path(), 0..2);
    let dropped = read_all(home.path(), &keys()).unwrap();
    assert!(dropped.answers == [answer(0), answer(1)]);
}

#[test]
fn an_answer_written_into_a_file_that_was_just_taken_is_written_again() {
    let home = home();
    let path = home.path().join(BOX_NAME);
    let record = record::seal(&answer(1), &keys().public().seal, &SeededEntropy::new(1)).unwrap();
    let mut times = 0;
    let late = |path: &Path, record: &[u8]| {
        append(path, record)?;
        times += 1;
        // The worst instant: the reader had read the file before the record reached it.
        if times < 3 {
            fs::remove_file(path).unwrap();
        }
        Ok(())
    };
    keep(&path, &record, late).unwrap();
    assert_eq!(times, 3);
    assert!(read_all(home.path(), &keys()).unwrap().answers == [answer(1)]);
}

#[test]
fn a_disk_that_never_gives_the_answer_back_is_an_error() {
    let home = home();
    let kept = keep(&home.path().join(BOX_NAME), b"record", |_, _| Ok(()));
    assert!(matches!(kept, Err(Error::Storage { .. })));
}

#[test]
fn no_answer_is_lost_while_several_write_and_one_reads() {
    // One read for ten answers written: fewer reads in all than a writer has tries.
    const EACH: u32 = 50;
    const WRITERS: u32 = 4;
    let home = home();
    let home = home.path();
    let written = AtomicU32::new(0);
    let mut seen = BTreeSet::new();
    std::thread::scope(|scope| {
        let write = |number: u32| {
            let kept = seal_into(
                home,
                &answer(number),
                &SeededEntropy::new(u64::from(number)),
            );
            // Counted also when it failed, so that the reader never waits in vain.
            written.fetch_add(1, Ordering::SeqCst);
            kept
        };
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let numbers = writer * 100..writer * 100 + EACH;
                scope.spawn(move || numbers.map(write).collect::<Vec<_>>())
            })
            .collect();
        for read in 1..=EACH * WRITERS / 10 {
            while written.load(Ordering::SeqCst) < read * 10 {
                std::thread::yield_now();
            }
            let dropped = read_all(home, &keys()).unwrap();
            seen.extend(dropped.answers.iter().map(|answer| answer.id));
            clear(&dropped).unwrap();
        }
        for writer in writers {
            assert!(writer.join().unwrap().iter().all(Result::is_ok));
        }
    });
    let rest = read_all(home, &keys()).unwrap();
    seen.extend(rest.answers.iter().map(|answer| answer.id));
    assert_eq!(seen.len() as u32, EACH * WRITERS);
}

#[test]
fn nothing_of_an_answer_is_readable_in_the_file() {
    let bytes = box_with(0..20);
    for word in ["0123456789ab", "did", "2025-03-04"] {
        let found = bytes
            .windows(word.len())
            .any(|piece| piece == word.as_bytes());
        assert!(!found, "{word}");
    }
}

#[test]
fn the_length_does_not_tell_the_answer() {
    let mut lengths = BTreeSet::new();
    for did in ["did", "part", "tried", "rested", "could_not"] {
        let answer = DroppedAnswer {
            did: did.into(),
            ..answer(1)
        };
        let public = keys().public().seal;
        lengths.insert(
            record::seal(&answer, &public, &SeededEntropy::new(3))
                .unwrap()
                .len(),
        );
    }
    assert_eq!(lengths, BTreeSet::from([319]));
}

#[test]
fn a_flipped_bit_costs_its_own_record_only_and_is_told() {
    let bytes = box_with(0..3);
    let one = bytes.len() / 3;
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let (numbers, unreadable) = read_bytes(&flipped);
        let hit = (bit / 8 / one) as i64;
        let expected: Vec<i64> = (0..3).filter(|number| *number != hit).collect();
        assert_eq!((numbers, unreadable), (expected, 1), "bit {bit}");
    }
}

#[test]
fn a_file_cut_at_any_length_keeps_the_whole_records() {
    let bytes = box_with(0..3);
    let one = bytes.len() / 3;
    for length in 0..bytes.len() {
        let (numbers, unreadable) = read_bytes(&bytes[..length]);
        assert_eq!(numbers.len(), length / one);
        assert_eq!(unreadable, usize::from(length % one != 0));
    }
}

#[test]
fn an_answer_after_a_torn_one_is_read() {
    let (first, second) = (box_with(0..1), box_with(1..2));
    for torn_at in 1..first.len() {
        let (numbers, unreadable) = read_bytes(&[&first[..torn_at], &second[..]].concat());
        assert_eq!((numbers, unreadable), (vec![1], 1), "torn at {torn_at}");
    }
}

#[test]
fn garbage_holds_no_answers_and_is_no_panic() {
    let random = SeededEntropy::new(4);
    let bytes = box_with(0..1);
    for round in 0..300 {
        let mut garbage = vec![0; 50 * round];
        random.stream(&mut garbage);
        let (numbers, unreadable) = read_bytes(&garbage);
        assert!(numbers.is_empty());
        assert_eq!(unreadable > 0, round > 0);
        let (numbers, _) = read_bytes(&[&garbage[..], &bytes].concat());
        assert_eq!(numbers, [0]);
    }
    let all_magic = b"CdB1\xf0\x0f\x01".repeat(2000);
    assert_eq!(read_bytes(&all_magic), (vec![], 2000));
}

#[test]
fn answers_for_another_device_are_unreadable_and_told() {
    let home = home();
    drop_in(home.path(), 0..2);
    let other = DeviceKeys::generate(&SeededEntropy::new(2)).unwrap();
    let dropped = read_all(home.path(), &other).unwrap();
    assert!(dropped.answers.is_empty());
    assert_eq!(dropped.unreadable, 2);
}

#[test]
fn without_a_published_key_the_vault_is_locked() {
    let home = tempfile::tempdir().unwrap();
    let entropy = SeededEntropy::new(1);
    assert_eq!(
        seal_into(home.path(), &answer(1), &entropy),
        Err(Error::Locked)
    );
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn the_key_survives_any_flipped_bit_and_is_damaged_when_both_copies_are() {
    let home = home();
    let path = home.path().join(KEY_NAME);
    let bytes = fs::read(&path).unwrap();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        fs::write(&path, &flipped).unwrap();
        assert_eq!(published_key(home.path()).unwrap(), keys().public().seal);
        flipped[(bit / 8 + KEY_COPY) % (2 * KEY_COPY)] ^= 1;
        fs::write(&path, &flipped).unwrap();
        assert_eq!(published_key(home.path()), Err(Error::Damaged));
    }
    for length in 0..bytes.len() {
        fs::write(&path, &bytes[..length]).unwrap();
        assert_eq!(published_key(home.path()).is_ok(), length >= KEY_COPY);
    }
    publish_key(home.path(), &keys().public()).unwrap();
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_key_of_small_order_is_refused() {
    let seal = record::seal(&answer(1), &[0; 32], &SeededEntropy::new(1));
    assert!(matches!(seal, Err(Error::Damaged)));
}

#[test]
fn a_full_box_takes_no_more_and_keeps_what_it_has() {
    let home = home();
    let path = home.path().join(BOX_NAME);
    drop_in(home.path(), 0..1);
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(FILE_CAP - 100).unwrap();
    let entropy = SeededEntropy::new(9);
    assert_eq!(
        seal_into(home.path(), &answer(1), &entropy),
        Err(Error::StorageFull)
    );
    assert_eq!(fs::metadata(&path).unwrap().len(), FILE_CAP - 100);
    let dropped = read_all(home.path(), &keys()).unwrap();
    assert!(dropped.answers == [answer(0)]);
    assert_eq!(dropped.unreadable, 1);
}

#[test]
fn an_answer_of_the_wrong_form_is_refused_before_anything_is_written() {
    let home = home();
    let refused = |change: fn(&mut DroppedAnswer)| {
        let mut wrong = answer(1);
        change(&mut wrong);
        let error = seal_into(home.path(), &wrong, &SeededEntropy::new(1)).unwrap_err();
        assert!(!home.path().join(BOX_NAME).exists());
        error
    };
    assert_eq!(refused(|answer| answer.plan.clear()), Error::Empty);
    assert_eq!(refused(|answer| answer.did.clear()), Error::Empty);
    assert_eq!(
        refused(|answer| answer.day = "4/3/2025".into()),
        Error::BadDate
    );
    assert_eq!(
        refused(|answer| answer.day = "2025-03-04T".into()),
        Error::BadDate
    );
    let long = refused(|answer| answer.plan = "x".repeat(4000));
    assert!(matches!(long, Error::OutOfRange { .. }));
}

#[test]
fn the_largest_answer_fits_under_the_cap_of_a_record() {
    let mut large = answer(1);
    large.plan = "x".repeat(3780);
    let record = record::seal(&large, &keys().public().seal, &SeededEntropy::new(1)).unwrap();
    assert_eq!(record.len(), RECORD_CAP);
    const { assert!(RECORD_CAP <= 4096) };
    let (records, unreadable) = record::split(&record);
    assert!(record::open(&records[0], &keys()).unwrap() == large);
    assert_eq!(unreadable, 0);
}

#[test]
fn a_random_source_that_fails_seals_nothing() {
    struct Broken;
    impl Entropy for Broken {
        fn fill(&self, _: &mut [u8]) -> Result<()> {
            Err(fault(&ErrorKind::Other.into()))
        }
    }
    let home = home();
    assert!(seal_into(home.path(), &answer(1), &Broken).is_err());
    assert!(!home.path().join(BOX_NAME).exists());
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_box() {
    use std::os::unix::fs::PermissionsExt;
    let home = home();
    drop_in(home.path(), 0..1);
    for name in [BOX_NAME, KEY_NAME] {
        let mode = fs::metadata(home.path().join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn the_written_form_has_not_changed() {
    let name = |bytes: &[u8]| crate::id::base32(&digest(&[bytes]), 16);
    assert_eq!(name(&box_with(0..1)), "dh7k371hrzg0bf76");
    assert_eq!(name(&[key_copy(&[5; 32]); 2].concat()), "y4e159cvbkg0m6bw");
}
