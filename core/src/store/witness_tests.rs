use super::layout::{Halves, SUITE, parse};
use super::*;
use crate::entropy::SeededEntropy;
use std::fs;
use std::path::PathBuf;

const KEY: [u8; 32] = [11; 32];
const DB_ID: [u8; 16] = [22; 16];
const PLACE: Option<(u64, u64)> = Some((33, 44));

fn head(n: u64) -> Head {
    let mut head = Head {
        n: 0,
        chain: [0; 32],
    };
    while head.n < n {
        head.n += 1;
        head.chain = next_chain(&head.chain, &[head.n as u8; 32]);
    }
    head
}

/// A witness after `n` commits, in a folder of its own.
fn witness(n: u64) -> (tempfile::TempDir, PathBuf, Witness) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("witness");
    let mut witness = Witness::create(&path, &KEY, DB_ID, &head(0), PLACE).unwrap();
    for n in 1..=n {
        witness.write(&head(n)).unwrap();
    }
    (folder, path, witness)
}

fn bytes_after(n: u64) -> Vec<u8> {
    let (_folder, path, _witness) = witness(n);
    fs::read(path).unwrap()
}

/// What `read` says of these bytes, without a file.
fn seen(bytes: &[u8]) -> Seen {
    Halves([0, 1].map(|index| {
        let half = bytes.get(index * HALF..).unwrap_or(&[]);
        parse(&half[..half.len().min(END_OF_MAC)], index, &KEY)
    }))
    .seen()
}

fn parts(seen: &Seen) -> (Option<u64>, u8, KeyCheck) {
    match seen {
        Seen::Read {
            newest,
            slots_readable,
            key_check,
            ..
        } => (newest.map(|head| head.n), *slots_readable, *key_check),
        Seen::Fresh => panic!("there is a file"),
    }
}

/// The verdict on an honest database at head `n`.
fn verdict(n: u64, seen: &Seen) -> Verdict {
    judge(&head(n), |earlier| *earlier == head(earlier.n), seen)
}

#[test]
fn a_missing_file_is_fresh_and_cannot_be_checked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("witness");
    assert_eq!(read(&path, &KEY).unwrap(), Seen::Fresh);
    assert!(Witness::open(&path, &KEY, PLACE).unwrap().is_none());
    assert_eq!(verdict(5, &Seen::Fresh), Verdict::CannotBeChecked);
}

#[test]
fn a_thousand_writes_are_each_read_back_and_the_file_keeps_its_length() {
    let (_folder, path, mut witness) = witness(0);
    let mut now = head(0);
    for n in 1..=1000 {
        now = Head {
            n,
            chain: next_chain(&now.chain, &[n as u8; 32]),
        };
        witness.write(&now).unwrap();
        let expected = Seen::Read {
            newest: Some(now),
            slots_readable: 2,
            key_check: KeyCheck::Right,
            place: PLACE,
            db_id: Some(DB_ID),
        };
        assert_eq!(read(&path, &KEY).unwrap(), expected);
        if n % 100 == 0 {
            witness = Witness::open(&path, &KEY, PLACE).unwrap().unwrap();
        }
    }
    assert_eq!(fs::metadata(path).unwrap().len(), FILE_LENGTH as u64);
}

#[test]
fn a_database_ahead_of_or_at_the_witness_is_normal() {
    let seen = seen(&bytes_after(7));
    for n in 7..20 {
        assert_eq!(verdict(n, &seen), Verdict::Normal);
    }
}

#[test]
fn a_database_behind_the_witness_lost_its_tail() {
    let seen = seen(&bytes_after(7));
    for n in 0..7 {
        assert_eq!(verdict(n, &seen), Verdict::TailLost);
    }
}

#[test]
fn a_database_with_another_past_lost_its_tail() {
    let seen = seen(&bytes_after(7));
    let other = Head {
        chain: [9; 32],
        ..head(7)
    };
    assert_eq!(judge(&other, |_| true, &seen), Verdict::TailLost);
    assert_eq!(judge(&head(9), |_| false, &seen), Verdict::TailLost);
}

#[test]
fn no_flipped_bit_gives_a_false_alarm_or_a_wrong_key() {
    let bytes = bytes_after(7);
    for bit in 0..FILE_LENGTH * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let seen = seen(&flipped);
        let (newest, readable, key_check) = parts(&seen);
        assert_eq!(key_check, KeyCheck::Right, "bit {bit}");
        assert_eq!(verdict(7, &seen), Verdict::Normal, "bit {bit}");
        let used = bit / 8 % HALF < END_OF_MAC;
        assert_eq!(readable, if used { 1 } else { 2 }, "bit {bit}");
        assert!(newest.is_some_and(|n| n >= 6), "bit {bit}");
    }
}

#[test]
fn damage_in_both_halves_never_gives_a_false_alarm_or_a_wrong_key() {
    let bytes = bytes_after(7);
    let random = SeededEntropy::new(1);
    for _ in 0..20_000 {
        let mut flipped = bytes.clone();
        let mut places = [0; 4];
        random.stream(&mut places);
        for (half, place) in places.chunks(2).enumerate() {
            flipped[half * HALF + usize::from(place[0]) % END_OF_MAC] ^= 1 << (place[1] % 8);
        }
        let seen = seen(&flipped);
        let (newest, readable, key_check) = parts(&seen);
        assert_eq!((newest, readable), (None, 0));
        assert_ne!(key_check, KeyCheck::Wrong);
        assert_eq!(verdict(7, &seen), Verdict::CannotBeChecked);
    }
}

#[test]
fn a_file_cut_at_any_length_is_normal_or_cannot_be_checked() {
    let bytes = bytes_after(7);
    for length in 0..FILE_LENGTH {
        let seen = seen(&bytes[..length]);
        let expected = if length < END_OF_MAC {
            Verdict::CannotBeChecked
        } else {
            Verdict::Normal
        };
        assert_eq!(verdict(7, &seen), expected, "{length} bytes");
        assert_ne!(parts(&seen).2, KeyCheck::Wrong);
    }
}

#[test]
fn a_cut_file_is_read_from_the_disk_and_healed_by_two_writes() {
    for length in [0, 1, 100, END_OF_MAC, HALF, HALF + 100, FILE_LENGTH - 1] {
        let (_folder, path, _witness) = witness(7);
        let file = OpenOptions::new().write(true).open(&path).unwrap();
        file.set_len(length as u64).unwrap();
        let read_back = read(&path, &KEY).unwrap();
        assert_eq!(read_back, seen(&fs::read(&path).unwrap()));
        let Some(mut witness) = Witness::open(&path, &KEY, PLACE).unwrap() else {
            assert!(length < END_OF_MAC);
            continue;
        };
        witness.write(&head(8)).unwrap();
        witness.write(&head(9)).unwrap();
        let healed = read(&path, &KEY).unwrap();
        assert_eq!(parts(&healed), (Some(9), 2, KeyCheck::Right));
    }
}

#[test]
fn a_damaged_half_is_the_one_written_next() {
    for broken in [0, 1] {
        let (_folder, path, _witness) = witness(7);
        let mut bytes = fs::read(&path).unwrap();
        bytes[broken * HALF + 3] ^= 1;
        fs::write(&path, bytes).unwrap();
        let mut witness = Witness::open(&path, &KEY, PLACE).unwrap().unwrap();
        witness.write(&head(8)).unwrap();
        let healed = read(&path, &KEY).unwrap();
        assert_eq!(parts(&healed), (Some(8), 2, KeyCheck::Right));
    }
}

#[test]
fn bytes_after_the_end_change_nothing() {
    let bytes = bytes_after(7);
    let longer = [&bytes[..], &[0xab; 1000]].concat();
    assert_eq!(seen(&longer), seen(&bytes));
}

#[test]
fn a_torn_write_leaves_the_other_half() {
    let (before, after) = (bytes_after(7), bytes_after(8));
    let changed = (0..FILE_LENGTH).filter(|at| before[*at] != after[*at]);
    let half = changed.clone().next().unwrap() / HALF;
    assert!(changed.clone().all(|at| at / HALF == half));
    for torn_at in half * HALF..=half * HALF + END_OF_MAC {
        for (first, second) in [(&after, &before), (&before, &after)] {
            let torn = [&first[..torn_at], &second[torn_at..]].concat();
            let seen = seen(&torn);
            let (newest, readable, key_check) = parts(&seen);
            assert!(readable >= 1 && newest.is_some_and(|n| n >= 7));
            assert_eq!(key_check, KeyCheck::Right);
            assert_eq!(verdict(8, &seen), Verdict::Normal);
        }
    }
}

#[test]
fn a_page_that_never_reached_the_disk_leaves_the_other_half() {
    let bytes = bytes_after(7);
    for half in [0, 1] {
        for filler in [0x00, 0xff] {
            let mut lost = bytes.clone();
            lost[half * HALF..(half + 1) * HALF].fill(filler);
            assert_eq!(verdict(7, &seen(&lost)), Verdict::Normal);
            assert_eq!(parts(&seen(&lost)).2, KeyCheck::Right);
        }
    }
}

#[test]
fn garbage_cannot_be_checked_and_says_nothing_of_the_key() {
    let random = SeededEntropy::new(2);
    for _ in 0..500 {
        let mut garbage = vec![0; FILE_LENGTH];
        random.stream(&mut garbage);
        (garbage[0], garbage[HALF]) = (SUITE, SUITE);
        let seen = seen(&garbage);
        assert_eq!(parts(&seen), (None, 0, KeyCheck::Unreadable));
        assert_eq!(verdict(7, &seen), Verdict::CannotBeChecked);
    }
}

#[test]
fn another_key_is_said_to_be_wrong_and_reads_no_slot() {
    let (_folder, path, _witness) = witness(7);
    let mut other = KEY;
    other[31] ^= 1;
    let seen = read(&path, &other).unwrap();
    assert_eq!(parts(&seen), (None, 0, KeyCheck::Wrong));
    assert_eq!(verdict(7, &seen), Verdict::CannotBeChecked);
    assert!(Witness::open(&path, &other, PLACE).unwrap().is_none());
}

#[test]
fn a_half_in_the_place_of_the_other_is_refused() {
    let bytes = bytes_after(7);
    let swapped = [&bytes[HALF..], &bytes[..HALF]].concat();
    assert_eq!(parts(&seen(&swapped)), (None, 0, KeyCheck::Right));
}

#[test]
fn a_platform_without_places_says_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("witness");
    Witness::create(&path, &KEY, DB_ID, &head(3), None).unwrap();
    let Seen::Read { place, newest, .. } = read(&path, &KEY).unwrap() else {
        panic!("there is a file");
    };
    assert_eq!((place, newest), (None, Some(head(3))));
}

#[test]
fn a_failed_write_is_an_error_and_the_next_goes_to_the_same_half() {
    let (_folder, path, mut witness) = witness(7);
    let next = witness.next;
    // A handle that cannot write stands for a disk that does not.
    let good = std::mem::replace(&mut witness.file, File::open(&path).unwrap());
    assert!(witness.write(&head(8)).is_err());
    assert_eq!(witness.next, next);
    witness.file = good;
    witness.write(&head(9)).unwrap();
    let seen = read(&path, &KEY).unwrap();
    assert_eq!(parts(&seen), (Some(9), 2, KeyCheck::Right));
    assert_eq!(verdict(9, &seen), Verdict::Normal);
}

#[test]
fn a_folder_in_the_place_of_the_file_is_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    assert!(
        read(folder.path(), &KEY).is_err() || {
            let seen = read(folder.path(), &KEY).unwrap();
            verdict(1, &seen) == Verdict::CannotBeChecked
        }
    );
    assert!(Witness::open(folder.path(), &KEY, PLACE).is_err());
}

#[test]
fn the_written_form_has_not_changed() {
    assert_eq!(
        crate::id::base32(&digest(&[&bytes_after(3)]), 16),
        "cskkyf63ft1tmzjt"
    );
}
