use super::*;
use crate::entropy::SeededEntropy;

const EPOCH: Hash = [1; 32];
const LATER: Hash = [2; 32];

fn device(seed: u64) -> DeviceKeys {
    DeviceKeys::generate(&SeededEntropy::new(seed)).unwrap()
}

fn parts(act: &Act) -> (&[GroupKey], &[Wrap]) {
    match act {
        Act::Epoch { keys, wraps } => (keys, wraps),
        _ => panic!("not an epoch"),
    }
}

fn ring(epoch: Hash, new: &NewEpoch) -> Keyring {
    let mut ring = Keyring::default();
    for (group, key) in &new.keys {
        ring.add(*group, epoch, key.clone());
    }
    ring
}

/// An epoch for everything, before which there was none.
fn first_epoch(
    circle: &Id,
    readers: &[(DevicePublic, Groups)],
    entropy: &SeededEntropy,
) -> NewEpoch {
    let none = Keyring::default();
    begin(circle, Groups::EVERYTHING, readers, &none, entropy).unwrap()
}

#[test]
fn a_device_gets_the_keys_of_its_own_groups_and_no_other() {
    let circle = Id::read("circle");
    let (nurse, carer) = (device(1), device(2));
    let carers = Groups::MEMBERS.with(Group::Log.into());
    let readers = [
        (nurse.public(), Groups::EVERYTHING),
        (carer.public(), carers),
    ];
    let made = first_epoch(&circle, &readers, &SeededEntropy::new(3));
    let (told, wraps) = parts(&made.act);
    let mut nurses = Keyring::default();
    assert!(open(&circle, &EPOCH, told, wraps, &nurse, &mut nurses).unwrap());
    let mut theirs = Keyring::default();
    open(&circle, &EPOCH, told, wraps, &carer, &mut theirs).unwrap();
    assert_eq!(nurses.iter().count(), 5);
    let held: Vec<Group> = theirs.iter().map(|(group, ..)| group).collect();
    assert_eq!(held, [Group::Members, Group::Log]);
    assert_eq!(
        theirs.get(Group::Log, &EPOCH),
        nurses.get(Group::Log, &EPOCH)
    );
}

#[test]
fn who_has_the_newer_key_has_the_older_one_and_not_the_other_way_round() {
    let circle = Id::read("circle");
    let (nurse, removed) = (device(1), device(2));
    let both = [
        (nurse.public(), Groups::EVERYTHING),
        (removed.public(), Groups::EVERYTHING),
    ];
    let entropy = SeededEntropy::new(4);
    let first = first_epoch(&circle, &both, &entropy);
    let older = ring(EPOCH, &first);
    let second = begin(&circle, Groups::EVERYTHING, &both[..1], &older, &entropy).unwrap();
    let (told, wraps) = parts(&second.act);

    let mut fresh = Keyring::default();
    open(&circle, &LATER, told, wraps, &nurse, &mut fresh).unwrap();
    assert_eq!(
        fresh.get(Group::Goals, &EPOCH),
        older.get(Group::Goals, &EPOCH)
    );
    assert!(fresh.get(Group::Goals, &EPOCH).is_some());

    let mut left_behind = older.clone();
    open(&circle, &LATER, told, wraps, &removed, &mut left_behind).unwrap();
    assert!(left_behind.get(Group::Goals, &LATER).is_none());
}

#[test]
fn a_further_device_is_given_the_keys_that_are_held() {
    let circle = Id::read("circle");
    let (nurse, tablet) = (device(1), device(2));
    let entropy = SeededEntropy::new(5);
    let readers = [(nurse.public(), Groups::EVERYTHING)];
    let made = first_epoch(&circle, &readers, &entropy);
    let (told, _) = parts(&made.act);
    let held = ring(EPOCH, &made);
    let goals = Groups::from(Group::Goals);
    let wrap = wrap_for(
        &circle,
        &EPOCH,
        told,
        &(tablet.public(), goals),
        &held,
        &entropy,
    )
    .unwrap();
    let mut theirs = Keyring::default();
    assert!(open(&circle, &EPOCH, told, &[wrap], &tablet, &mut theirs).unwrap());
    assert_eq!(
        theirs.iter().map(|(group, ..)| group).collect::<Vec<_>>(),
        [Group::Goals]
    );
    assert_eq!(
        wrap_for(
            &circle,
            &LATER,
            told,
            &(tablet.public(), goals),
            &held,
            &entropy
        ),
        Err(Error::UnknownId)
    );
}

#[test]
fn a_key_that_does_not_fit_its_commitment_is_passed_over() {
    let circle = Id::read("circle");
    let nurse = device(1);
    let entropy = SeededEntropy::new(6);
    let readers = [(nurse.public(), Groups::EVERYTHING)];
    let made = first_epoch(&circle, &readers, &entropy);
    let (told, _) = parts(&made.act);
    let mut other = Keyring::default();
    for group in Groups::EVERYTHING.iter() {
        other.add(group, EPOCH, GroupSecret::generate(&entropy).unwrap());
    }
    let forged = wrap_for(&circle, &EPOCH, told, &readers[0], &other, &entropy).unwrap();
    let mut theirs = Keyring::default();
    assert!(!open(&circle, &EPOCH, told, &[forged], &nurse, &mut theirs).unwrap());
    assert_eq!(theirs.iter().count(), 0);
}
