//! The recovery code used through a place that only stores: who shares the record answers at their next visit.

mod support;

use cairn_core::circle::recovery_code::{RecoveryCode, RecoveryRequest};
use cairn_core::store::Circle;
use cairn_core::store::parcels::Parcels;
use cairn_core::sync::parcel::{Label, recovering, tag};
use cairn_core::{Error, Result};
use std::ops::ControlFlow;
use support::device::{Device, goal_with_plan};
use support::shelf::MemoryShelf;

fn sync(device: &mut Device, shelf: &MemoryShelf) -> Parcels {
    let (acting, entropy) = (device.acting(), device.entropy());
    let tell = &mut |_: &Parcels| ControlFlow::Continue(());
    let vault = &mut device.home.vault;
    vault.sync_parcels(shelf, acting, &entropy, tell).unwrap()
}

fn uses(
    device: &mut Device,
    code: &RecoveryCode,
    shelf: &MemoryShelf,
) -> Result<Option<RecoveryCode>> {
    let (acting, entropy) = (device.acting(), device.entropy());
    let (vault, mut passed) = (&mut device.home.vault, Parcels::default());
    vault.recover_by_parcel(shelf, code, acting, &entropy, &mut passed)
}

fn own(device: &Device) -> Circle {
    device.home.vault.own().unwrap()
}

fn make_code(device: &mut Device) -> RecoveryCode {
    let (acting, entropy) = (device.acting(), device.entropy());
    device.home.vault.make_recovery(acting, &entropy).unwrap()
}

/// Mary's phone with a code, a nurse who reads everything, and a phone fresh from the shop.
fn gone() -> (Device, Device, Device, RecoveryCode) {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    let code = make_code(&mut phone);
    phone.meet(&mut nurse);
    (phone, nurse, Device::new("Mary", 3), code)
}

/// The mailbox of requests with a code.
fn requests(code: &RecoveryCode) -> tag::Tag {
    tag::of(&recovering::requests(&code.keys().unwrap().public()))
}

/// How many answers for a device lie there.
fn answers(shelf: &MemoryShelf, code: &RecoveryCode, device: &Device) -> usize {
    let device = device.home.vault.keys().public().sign;
    let answers = tag::of(&recovering::answers(
        &code.keys().unwrap().public(),
        &device,
    ));
    let labels = shelf.labels().into_iter();
    labels.filter(|label| label.tag == answers).count()
}

#[test]
fn a_code_used_through_a_stick_brings_the_record_back_at_its_second_use() {
    let (phone, mut nurse, mut new, code) = gone();
    let circle = own(&phone);
    drop(phone);
    let shelf = MemoryShelf::default();
    assert_eq!(uses(&mut new, &code, &shelf), Ok(None));
    assert_ne!(own(&new).id, circle.id);
    sync(&mut nurse, &shelf);
    let next = uses(&mut new, &code, &shelf).unwrap().unwrap();
    let mine = own(&new);
    assert_eq!((&mine.id, &mine.member), (&circle.id, &circle.member));
    sync(&mut new, &shelf);
    sync(&mut nurse, &shelf);
    let taken = sync(&mut new, &shelf);
    assert!(taken.aside.is_empty(), "{taken:?}");
    assert!(new.text(&mine).contains("Walk to the bench"));
    let acting = new.acting();
    let vault = &mut new.home.vault;
    assert!(vault.try_recovery(&next, acting).is_ok());
    assert_eq!(vault.try_recovery(&code, acting), Err(Error::WrongKey));
    assert_eq!(answers(&shelf, &code, &new), 0);
    let request = requests(&code);
    assert!(shelf.labels().iter().all(|label| label.tag != request));
}

#[test]
fn a_code_is_no_reader_that_anything_waits_for_on_the_stick() {
    let (mut phone, mut nurse, ..) = gone();
    let shelf = MemoryShelf::default();
    for _ in 0..3 {
        sync(&mut phone, &shelf);
        sync(&mut nurse, &shelf);
    }
    assert_eq!(
        shelf.labels().len(),
        2,
        "a letter each way, and none to the code"
    );
    assert_eq!(sync(&mut phone, &shelf).given.0, 0);
}

#[test]
fn asking_twice_leaves_one_request_and_who_answered_answers_once() {
    let (_phone, mut nurse, mut new, code) = gone();
    let shelf = MemoryShelf::default();
    for _ in 0..2 {
        assert_eq!(uses(&mut new, &code, &shelf), Ok(None));
    }
    assert_eq!(shelf.labels().len(), 1);
    for _ in 0..2 {
        sync(&mut nurse, &shelf);
    }
    assert_eq!(answers(&shelf, &code, &new), 1);
}

#[test]
fn all_circles_come_back_that_those_who_answered_share_each_with_the_person() {
    let (mut phone, mut nurse, mut new, _) = gone();
    let mut sister = Device::new("Joan Lloyd", 4);
    sister.let_in(&mut phone, "carer", &["goals"]);
    let code = make_code(&mut phone);
    phone.meet(&mut nurse);
    phone.meet(&mut sister);
    let (mary, joan) = (own(&phone), own(&sister));
    drop(phone);
    let shelf = MemoryShelf::default();
    assert_eq!(uses(&mut new, &code, &shelf), Ok(None));
    sync(&mut sister, &shelf);
    sync(&mut nurse, &shelf);
    uses(&mut new, &code, &shelf).unwrap().unwrap();
    let mut back: Vec<_> = new.home.vault.circles().unwrap();
    assert_eq!(back.remove(0).id, mary.id);
    assert_eq!(back.len(), 1);
    assert_eq!(back[0].id, joan.id);
}

#[test]
fn a_code_that_nobody_there_knows_is_not_answered_and_goes_on_holding() {
    let (_phone, mut nurse, mut new, code) = gone();
    let mut other = Device::new("Joe Bell", 5);
    let foreign = make_code(&mut other);
    let shelf = MemoryShelf::default();
    for _ in 0..2 {
        assert_eq!(uses(&mut new, &foreign, &shelf), Ok(None));
        sync(&mut nurse, &shelf);
    }
    assert_eq!(answers(&shelf, &foreign, &new), 0);
    assert_eq!(uses(&mut new, &code, &shelf), Ok(None));
    sync(&mut nurse, &shelf);
    assert!(uses(&mut new, &code, &shelf).unwrap().is_some());
}

#[test]
fn a_used_code_is_refused_where_that_is_known_and_answered_by_nobody() {
    let (_phone, mut nurse, mut new, code) = gone();
    let shelf = MemoryShelf::default();
    uses(&mut new, &code, &shelf).unwrap();
    sync(&mut nurse, &shelf);
    uses(&mut new, &code, &shelf).unwrap().unwrap();
    sync(&mut new, &shelf);
    sync(&mut nurse, &shelf);
    assert_eq!(uses(&mut new, &code, &shelf), Err(Error::NotAllowed));
    let mut third = Device::new("Mary", 6);
    assert_eq!(uses(&mut third, &code, &shelf), Ok(None));
    sync(&mut nurse, &shelf);
    assert_eq!(answers(&shelf, &code, &third), 0);
    assert_eq!(uses(&mut third, &code, &shelf), Ok(None));
}

#[test]
fn who_knows_the_public_keys_of_a_code_and_not_the_code_lets_no_device_in() {
    let (_phone, mut nurse, _, code) = gone();
    let thief = Device::new("Joe Bell", 7);
    let (keys, shelf) = (thief.home.vault.keys(), MemoryShelf::default());
    let known = code.keys().unwrap().public();
    let mut request = RecoveryRequest::new(keys, keys.public()).unwrap();
    request.recovery = known.sign;
    let entropy = cairn_core::entropy::SeededEntropy::new(9);
    let bytes = recovering::write_request(&known, &request, &entropy).unwrap();
    let label = Label::of(requests(&code), &bytes);
    shelf.parcels.borrow_mut().insert(label, bytes);
    assert_eq!(sync(&mut nurse, &shelf).aside.get("request"), Some(&1));
    assert_eq!(answers(&shelf, &code, &thief), 0);
}

#[test]
fn who_was_taken_out_of_the_circle_answers_nobody() {
    let (mut phone, mut nurse, mut new, code) = gone();
    let shelf = MemoryShelf::default();
    uses(&mut new, &code, &shelf).unwrap();
    phone.remove(&nurse);
    phone.meet(&mut nurse);
    sync(&mut nurse, &shelf);
    assert_eq!(answers(&shelf, &code, &new), 0);
    sync(&mut phone, &shelf);
    assert_eq!(answers(&shelf, &code, &new), 1);
}

#[test]
fn spoilt_answers_and_foreign_files_let_nobody_in_and_the_answer_is_left_again() {
    let (_phone, mut nurse, mut new, code) = gone();
    let shelf = MemoryShelf::default();
    uses(&mut new, &code, &shelf).unwrap();
    sync(&mut nurse, &shelf);
    shelf.spoil(|bytes| {
        let at = bytes.len() / 2;
        bytes[at] ^= 1;
    });
    let before = own(&new).id;
    assert_eq!(uses(&mut new, &code, &shelf), Ok(None));
    assert_eq!(own(&new).id, before);
    sync(&mut nurse, &shelf);
    assert!(uses(&mut new, &code, &shelf).unwrap().is_some());
}

#[test]
fn a_full_shelf_is_said_and_the_code_still_holds() {
    let (_phone, mut nurse, mut new, code) = gone();
    let shelf = MemoryShelf::default();
    shelf.room.set(Some(0));
    assert_eq!(uses(&mut new, &code, &shelf), Err(Error::ShelfFull));
    shelf.room.set(None);
    uses(&mut new, &code, &shelf).unwrap();
    sync(&mut nurse, &shelf);
    assert!(uses(&mut new, &code, &shelf).unwrap().is_some());
}

#[test]
fn nothing_that_lies_there_names_the_code_the_device_or_anybody() {
    let (phone, mut nurse, mut new, code) = gone();
    let shelf = MemoryShelf::default();
    uses(&mut new, &code, &shelf).unwrap();
    sync(&mut nurse, &shelf);
    let (code, device) = (
        code.keys().unwrap().public(),
        new.home.vault.keys().public(),
    );
    let circle = own(&phone).id;
    let told: [&[u8]; 7] = [
        &code.sign,
        &code.seal,
        &device.sign,
        &device.seal,
        circle.as_str().as_bytes(),
        b"Mary Bell",
        b"Anne Okoro",
    ];
    for (label, bytes) in shelf.parcels.borrow().iter() {
        for secret in told {
            let mut windows = bytes.windows(secret.len());
            assert!(!windows.any(|window| window == secret), "{label:?}");
        }
    }
}

#[test]
fn a_keepers_team_that_comes_back_by_stick_is_their_team_and_not_their_own_record() {
    let (mut keeper, mut mate) = (Device::new("Anne Okoro", 91), Device::new("Ben Hale", 92));
    let mut new = Device::new("Anne", 93);
    for device in [&mut keeper, &mut mate, &mut new] {
        device.home.vault.set_setting("role", b"staff").unwrap();
    }
    let team = keeper.makes_a_team("North team");
    keeper.lets_into_team(&team, &mut mate);
    let code = make_code(&mut keeper);
    keeper.meet(&mut mate);
    let (shelf, before) = (MemoryShelf::default(), own(&new).id);
    assert_eq!(uses(&mut new, &code, &shelf), Ok(None));
    sync(&mut mate, &shelf);
    uses(&mut new, &code, &shelf).unwrap().unwrap();
    for device in [&mut new, &mut mate] {
        sync(device, &shelf);
    }
    sync(&mut new, &shelf);
    assert_eq!(own(&new).id, before);
    let theirs = new.home.vault.team().unwrap().expect("a team");
    assert_eq!(theirs.id, team.id);
}
