//! Circles that a device is in and never heard of, over a place that only stores: who came in by a team, and what
//! another device of the same person joined.

#[path = "support/spoil.rs"]
mod spoil;
mod support;

use cairn_core::circle::Groups;
use cairn_core::store::Circle;
use cairn_core::store::membership::Inviting;
use cairn_core::store::parcels::Parcels;
use cairn_core::sync::parcel::letter::{self, Letter};
use cairn_core::sync::parcel::{Label, tag};
use spoil::rows;
use std::ops::ControlFlow;
use support::device::{Device, goal_with_plan};
use support::shelf::MemoryShelf;

fn sync(device: &mut Device, shelf: &MemoryShelf) -> Parcels {
    let (acting, entropy) = (device.acting(), device.entropy());
    let tell = &mut |_: &Parcels| ControlFlow::Continue(());
    let vault = &mut device.home.vault;
    vault.sync_parcels(shelf, acting, &entropy, tell).unwrap()
}

fn nurse(name: &str, seed: u64) -> Device {
    let mut device = Device::new(name, seed);
    let vault = &mut device.home.vault;
    vault.set_setting("role", b"staff").unwrap();
    device
}

/// Lets a colleague into the keeper's team, at one table.
fn comes_into_the_team(keeper: &mut Device, mate: &mut Device) {
    let (acting, entropy) = (keeper.acting(), keeper.entropy());
    let vault = &mut keeper.home.vault;
    let team = vault.team().unwrap().unwrap();
    let inviting = Inviting {
        role: "team",
        groups: Groups::read(["all"], "team").unwrap(),
        until: None,
    };
    let invitation = vault.invite(&team, &inviting, acting, &entropy).unwrap();
    let device = mate.home.vault.keys().public();
    let request = invitation.ask(device, "Ben Hale", None).unwrap();
    let welcome = vault.admit(&team, &request, acting, &entropy).unwrap();
    let entered = mate.home.vault.enter(&invitation, &welcome, acting);
    entered.unwrap();
    keeper.meet(mate);
}

/// Mary shares her goals and log with a nurse's team; the nurse knows that, and the colleague was not at the table.
struct Shared {
    phone: Device,
    keeper: Device,
    mate: Device,
    mary: Circle,
}

fn shared_with_a_team() -> Shared {
    let (mut phone, mut keeper) = (Device::new("Mary Bell", 1), nurse("Anne Okoro", 2));
    let mut mate = nurse("Ben Hale", 3);
    goal_with_plan(&mut phone);
    let mary = phone.home.circle.clone();
    keeper.makes_a_team("North team");
    phone.let_in(&mut keeper, "team", &["goals", "log"]);
    keeper.meet(&mut phone);
    comes_into_the_team(&mut keeper, &mut mate);
    let (member, acting) = (keeper.circle(&phone).member, phone.acting());
    let entropy = phone.entropy();
    let vault = &mut phone.home.vault;
    let shared = vault.share_with_team(&mary, &member, None, None, acting, &entropy);
    shared.unwrap();
    phone.meet(&mut keeper);
    Shared {
        phone,
        keeper,
        mate,
        mary,
    }
}

fn keeps(device: &Device, circle: &Circle) -> bool {
    let circles = device.home.vault.circles().unwrap();
    circles.iter().any(|kept| kept.id == circle.id)
}

#[test]
fn who_came_in_by_a_team_reads_what_was_shared_though_they_only_share_a_stick() {
    let mut all = shared_with_a_team();
    let shelf = MemoryShelf::default();
    sync(&mut all.keeper, &shelf);
    let taken = sync(&mut all.mate, &shelf);
    assert_eq!(taken.entered, std::slice::from_ref(&all.mary.id));
    assert!(taken.aside.is_empty(), "{taken:?}");
    let theirs = all.mate.circle(&all.phone);
    assert!(all.mate.text(&theirs).contains("Walk to the bench"));
    sync(&mut all.phone, &shelf);
    sync(&mut all.mate, &shelf);
    let known = all.phone.home.vault.roster(&all.mary).unwrap().standing;
    let mate = all.mate.home.vault.keys().public().sign;
    assert_eq!(known.present(&mate).unwrap().1.role, "team");
}

#[test]
fn once_a_circle_is_known_its_name_is_told_no_more_and_nothing_is_given_again() {
    let mut all = shared_with_a_team();
    let shelf = MemoryShelf::default();
    let (keeper, team) = (
        all.keeper.home.vault.keys().public(),
        all.mate.home.vault.team().unwrap().unwrap(),
    );
    let tells = |shelf: &MemoryShelf, mate: &Device| {
        let in_team = letters(mate, &team, &keeper);
        let parcels = shelf.parcels.borrow();
        let mut lie = parcels.iter().filter(|(label, _)| label.tag == in_team);
        let (_, bytes) = lie.next().expect("a letter");
        let keys = mate.home.vault.keys();
        letter::read(keys, &team.id, &keeper.sign, bytes)
            .unwrap()
            .tells
    };
    sync(&mut all.keeper, &shelf);
    assert_eq!(tells(&shelf, &all.mate), std::slice::from_ref(&all.mary.id));
    for _ in 0..4 {
        sync(&mut all.keeper, &shelf);
        sync(&mut all.mate, &shelf);
        sync(&mut all.phone, &shelf);
    }
    for device in [&mut all.keeper, &mut all.mate, &mut all.phone] {
        let quiet = sync(device, &shelf);
        assert_eq!((quiet.given.0, quiet.taken.0, quiet.removed), (0, 0, 0));
        assert_eq!(quiet.set_aside(), 0);
    }
    assert!(tells(&shelf, &all.mate).is_empty());
    assert_eq!(rows(&all.mate, "update told set id = id"), 0);
    // Two circles: a letter each way between two in the team's, and between three in Mary's.
    assert_eq!(shelf.labels().len(), 2 + 6);
}

#[test]
fn what_a_person_joined_with_one_device_reaches_their_other_one_by_stick() {
    let (mut phone, mut tablet) = (Device::new("Joe Bell", 1), Device::new("Joe", 2));
    let mut mary = Device::new("Mary Bell", 3);
    goal_with_plan(&mut mary);
    phone.add(&mut tablet);
    mary.let_in(&mut phone, "carer", &["goals"]);
    let circle = mary.home.circle.clone();
    let shelf = MemoryShelf::default();
    sync(&mut phone, &shelf);
    assert!(!keeps(&tablet, &circle));
    let taken = sync(&mut tablet, &shelf);
    assert_eq!(taken.entered, std::slice::from_ref(&circle.id));
    let theirs = tablet.circle(&mary);
    assert!(tablet.text(&theirs).contains("Walk to the bench"));
}

#[test]
fn of_two_that_tell_of_one_circle_either_is_enough_and_both_letters_are_read() {
    let mut all = shared_with_a_team();
    let mut second = nurse("Cath Price", 4);
    comes_into_the_team(&mut all.keeper, &mut second);
    all.keeper.meet(&mut second);
    assert!(keeps(&second, &all.mary));
    let shelf = MemoryShelf::default();
    // The colleagues have heard of each other, in the team's circle alone.
    for _ in 0..2 {
        sync(&mut second, &shelf);
        sync(&mut all.keeper, &shelf);
    }
    let taken = sync(&mut all.mate, &shelf);
    assert_eq!(taken.entered, std::slice::from_ref(&all.mary.id));
    let read = format!(
        "update letter set read = read where read > 0 and circle = (select no from circle where id = '{}')",
        all.mary.id
    );
    assert_eq!(rows(&all.mate, &read), 2);
}

#[test]
fn a_courier_that_is_in_neither_circle_carries_it_too() {
    let mut all = shared_with_a_team();
    let mut driver = nurse("Huw Parry", 5);
    for device in [&mut all.keeper, &mut all.mate, &mut driver] {
        device.home.vault.carry(true);
    }
    all.keeper.meet(&mut driver);
    driver.meet(&mut all.mate);
    assert!(keeps(&all.mate, &all.mary));
    let theirs = all.mate.circle(&all.phone);
    assert!(all.mate.text(&theirs).contains("Walk to the bench"));
    assert!(!keeps(&driver, &all.mary));
}

#[test]
fn where_the_letter_itself_comes_later_what_was_told_is_still_known() {
    let mut all = shared_with_a_team();
    let shelf = MemoryShelf::default();
    sync(&mut all.keeper, &shelf);
    // Of what the keeper left, the stick keeps the letter of the team's circle alone.
    let keys = all.keeper.home.vault.keys().public();
    let team = all.mate.home.vault.team().unwrap().unwrap();
    let in_team = letters(&all.mate, &team, &keys);
    let later = shelf.parcels.borrow().clone();
    shelf
        .parcels
        .borrow_mut()
        .retain(|label, _| label.tag == in_team);
    assert!(sync(&mut all.mate, &shelf).entered.is_empty());
    all.mate.home.reopen().unwrap();
    assert!(!keeps(&all.mate, &all.mary));
    shelf.parcels.borrow_mut().extend(later);
    assert!(!sync(&mut all.mate, &shelf).entered.is_empty());
    assert!(keeps(&all.mate, &all.mary));
}

#[test]
fn a_colleague_taken_out_before_they_came_by_is_told_of_nobodys_record() {
    let mut all = shared_with_a_team();
    let shelf = MemoryShelf::default();
    sync(&mut all.keeper, &shelf);
    let (acting, entropy) = (all.keeper.acting(), all.keeper.entropy());
    let vault = &mut all.keeper.home.vault;
    let team = vault.team().unwrap().unwrap();
    let mate = all.mate.home.vault.team().unwrap().unwrap().member;
    let gone = vault.remove_member(&team, &mate, acting, &entropy);
    gone.unwrap();
    sync(&mut all.keeper, &shelf);
    let taken = sync(&mut all.mate, &shelf);
    assert!(taken.entered.is_empty() && !keeps(&all.mate, &all.mary));
}

/// Under which tag letters from a device lie.
fn letters(
    to: &Device,
    circle: &Circle,
    from: &cairn_core::store::identity::DevicePublic,
) -> tag::Tag {
    let own = to.home.vault.keys();
    let agreed = tag::agreed(own, from).unwrap();
    let proof = tag::letters(&circle.id, &agreed, &from.sign, &own.public().sign);
    tag::of(&proof)
}

/// Leaves a letter that the app would not write, in the name of a device.
fn leaves(
    shelf: &MemoryShelf,
    (from, circle): (&mut Device, &Circle),
    to: &Device,
    letter: &Letter,
) {
    let entropy = from.entropy();
    let public = to.home.vault.keys().public();
    let keys = from.home.vault.keys();
    let bytes = letter::write(keys, &circle.id, &public, letter, &entropy).unwrap();
    let label = Label::of(letters(to, circle, &keys.public()), &bytes);
    shelf.parcels.borrow_mut().insert(label, bytes);
}

#[test]
fn what_others_than_ones_own_devices_and_the_team_tell_of_circles_is_not_looked_at() {
    let mut all = shared_with_a_team();
    let shelf = MemoryShelf::default();
    let circle = all.keeper.circle(&all.phone);
    let (phone, team) = (&all.phone, all.keeper.home.vault.team().unwrap().unwrap());
    let telling = Letter {
        counter: 9,
        tells: vec![all.keeper.home.circle.id.clone()],
        ..Letter::default()
    };
    leaves(&shelf, (&mut all.keeper, &circle), phone, &telling);
    leaves(&shelf, (&mut all.keeper, &team), &all.mate, &telling);
    sync(&mut all.phone, &shelf);
    sync(&mut all.mate, &shelf);
    let noted = |device: &Device| rows(device, "update told set id = id");
    assert_eq!((noted(&all.phone), noted(&all.mate)), (0, 1));
}

#[test]
fn a_letter_in_a_circle_that_lets_this_device_in_nowhere_brings_nothing() {
    let mut all = shared_with_a_team();
    let shelf = MemoryShelf::default();
    let (own, team) = (
        all.keeper.home.circle.clone(),
        all.keeper.home.vault.team().unwrap().unwrap(),
    );
    let log = all.keeper.home.vault.access_log(&own).unwrap();
    let telling = Letter {
        counter: 9,
        tells: vec![own.id.clone()],
        ..Letter::default()
    };
    let of_own = Letter {
        counter: 1,
        operations: log.operations().map(|made| made.bytes.clone()).collect(),
        ..Letter::default()
    };
    leaves(&shelf, (&mut all.keeper, &team), &all.mate, &telling);
    leaves(&shelf, (&mut all.keeper, &own), &all.mate, &of_own);
    let taken = sync(&mut all.mate, &shelf);
    assert_eq!(taken.aside.get("told"), Some(&1), "{taken:?}");
    assert!(taken.entered.is_empty() && !keeps(&all.mate, &own));
}
