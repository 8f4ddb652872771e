//! Attached files over a place that only stores: whoever lacks one says so in a letter, whoever has it leaves it, and it
//! goes again when nobody wants it any more.

mod support;

use cairn_core::attachment::Prepared;
use cairn_core::attachment::pieces::{CONTENT, PIECE_CAP};
use cairn_core::store::parcels::Parcels;
use cairn_core::store::{Circle, Scope};
use cairn_core::view::lists;
use cairn_core::{Error, Id, goal, log};
use std::ops::ControlFlow;
use support::device::{Device, did, goal_with_plan};
use support::shelf::MemoryShelf;

const PLANTED: &[u8] = b"planted-in-a-voice-note";

fn voice(length: usize) -> Vec<u8> {
    let mut content = b"OggS".to_vec();
    content.extend(PLANTED);
    content.resize(length, 7);
    content
}

fn attach(device: &mut Device, circle: &Circle, about: &Id, content: Vec<u8>) -> Id {
    let (entropy, acting) = (device.entropy(), device.acting());
    let file = Prepared::new(&circle.id, "voice.ogg", None, content, &entropy).unwrap();
    let vault = &mut device.home.vault;
    vault.attach(circle, about, &file, acting).unwrap()
}

fn sync_until(device: &mut Device, shelf: &MemoryShelf, parcels: u64) -> Parcels {
    let (acting, entropy) = (device.acting(), device.entropy());
    let tell = &mut |passed: &Parcels| match passed.given.0 + passed.taken.0 >= parcels {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    };
    let vault = &mut device.home.vault;
    vault.sync_parcels(shelf, acting, &entropy, tell).unwrap()
}

fn sync(device: &mut Device, shelf: &MemoryShelf) -> Parcels {
    sync_until(device, shelf, u64::MAX)
}

fn is_here(device: &Device, circle: &Circle, file: &Id) -> bool {
    device.home.vault.attached(circle, file).is_ok()
}

fn sent(device: &Device, circle: &Circle, goal: &Id) -> String {
    let record = device.home.vault.record(circle, &Scope::Everything);
    let shown = lists::goal(&record.unwrap(), goal).unwrap();
    shown["sent"].as_str().unwrap().to_owned()
}

/// Whether anything lies there that is as large as a piece.
fn lies_large(shelf: &MemoryShelf) -> bool {
    let parcels = shelf.parcels.borrow();
    parcels.values().any(|bytes| bytes.len() > CONTENT / 2)
}

/// Mary's phone with a goal and a plan, and a nurse who has all that is shared so far, by stick.
fn pair(parts: &[&str]) -> (Device, Device, Circle, (Id, Id), MemoryShelf) {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let ids = goal_with_plan(&mut phone);
    let theirs = phone.admit(&mut nurse, "nurse", parts, None);
    let shelf = MemoryShelf::default();
    for _ in 0..2 {
        sync(&mut phone, &shelf);
        sync(&mut nurse, &shelf);
    }
    (phone, nurse, theirs, ids, shelf)
}

#[test]
fn a_file_reaches_who_reads_the_goal_by_stick_and_goes_from_there_when_it_has() {
    let (mut phone, mut nurse, theirs, (goal, _), shelf) = pair(&["goals"]);
    let own = phone.home.circle.clone();
    let content = voice(2 * CONTENT + 100);
    let file = attach(&mut phone, &own, &goal, content.clone());
    sync(&mut phone, &shelf);
    sync(&mut nurse, &shelf);
    let refused = nurse.home.vault.attached(&theirs, &file);
    assert_eq!(refused, Err(Error::FileNotHere), "its name came first");
    let before = shelf.labels().len();
    sync(&mut phone, &shelf);
    assert!(shelf.labels().len() >= before + 2);
    assert_eq!(sent(&phone, &own, &goal), "waiting");
    let taken = sync(&mut nurse, &shelf);
    assert!(taken.aside.is_empty(), "{taken:?}");
    assert!(nurse.home.vault.attached(&theirs, &file).unwrap() == content);
    sync(&mut phone, &shelf);
    assert_eq!(sent(&phone, &own, &goal), "yes");
    for _ in 0..2 {
        sync(&mut nurse, &shelf);
        sync(&mut phone, &shelf);
    }
    assert_eq!(shelf.labels().len(), 2, "a letter each way");
    for device in [&mut phone, &mut nurse] {
        let quiet = sync(device, &shelf);
        assert_eq!((quiet.given.0, quiet.taken.0, quiet.removed), (0, 0, 0));
    }
}

#[test]
fn a_file_beside_what_is_not_shared_with_somebody_is_not_left_for_them() {
    let (mut phone, mut nurse, theirs, (_, plan), shelf) = pair(&["goals"]);
    let own = phone.home.circle.clone();
    let entry = phone.act(&own, |acts| log::add(acts, &plan, &did("windy")));
    let file = attach(&mut phone, &own, &entry.unwrap(), voice(2 * CONTENT));
    for _ in 0..3 {
        sync(&mut phone, &shelf);
        sync(&mut nurse, &shelf);
    }
    let refused = nurse.home.vault.attached(&theirs, &file);
    assert_eq!(refused, Err(Error::UnknownId));
    assert!(!lies_large(&shelf));
}

#[test]
fn where_every_byte_counts_files_stay_there_and_are_taken_another_time() {
    let (mut phone, mut nurse, theirs, (goal, _), shelf) = pair(&["goals"]);
    let own = phone.home.circle.clone();
    let file = attach(&mut phone, &own, &goal, voice(CONTENT));
    nurse.home.vault.ask_for_no_files(true);
    for _ in 0..3 {
        sync(&mut phone, &shelf);
        sync(&mut nurse, &shelf);
    }
    assert!(!is_here(&nurse, &theirs, &file));
    nurse.home.vault.ask_for_no_files(false);
    sync(&mut nurse, &shelf);
    assert!(is_here(&nurse, &theirs, &file));
}

#[test]
fn who_has_no_room_for_files_wants_none_and_none_are_left() {
    let (mut phone, mut nurse, theirs, (goal, _), shelf) = pair(&["goals"]);
    let own = phone.home.circle.clone();
    let file = attach(&mut phone, &own, &goal, voice(CONTENT));
    nurse.home.vault.keep_files(0).unwrap();
    for _ in 0..3 {
        sync(&mut phone, &shelf);
        sync(&mut nurse, &shelf);
    }
    assert!(!is_here(&nurse, &theirs, &file));
    assert!(!lies_large(&shelf));
}

#[test]
fn a_spoilt_piece_is_not_kept_and_is_left_again() {
    let (mut phone, mut nurse, theirs, (goal, _), shelf) = pair(&["goals"]);
    let own = phone.home.circle.clone();
    let file = attach(&mut phone, &own, &goal, voice(CONTENT));
    sync(&mut phone, &shelf);
    sync(&mut nurse, &shelf);
    sync(&mut phone, &shelf);
    shelf.spoil(|bytes| {
        let at = bytes.len() / 2;
        bytes[at] ^= 1;
    });
    let taken = sync(&mut nurse, &shelf);
    assert!(taken.set_aside() > 0 && !is_here(&nurse, &theirs, &file));
    sync(&mut phone, &shelf);
    sync(&mut nurse, &shelf);
    assert!(is_here(&nurse, &theirs, &file));
}

#[test]
fn it_may_stop_after_any_piece_and_goes_on_from_there() {
    let (mut phone, mut nurse, theirs, (goal, _), shelf) = pair(&["goals"]);
    let own = phone.home.circle.clone();
    let file = attach(&mut phone, &own, &goal, voice(4 * CONTENT));
    let mut visits = 0;
    while !is_here(&nurse, &theirs, &file) {
        visits += 1;
        assert!(visits < 20, "it goes on");
        sync_until(&mut phone, &shelf, 1);
        sync_until(&mut nurse, &shelf, 1);
    }
    assert!(visits > 3, "it was cut in between: {visits}");
}

#[test]
fn a_piece_stays_until_the_last_who_wants_it_has_it() {
    let (mut phone, mut nurse, theirs, (goal, _), shelf) = pair(&["goals"]);
    let mut carer = Device::new("Joe Bell", 3);
    let own = phone.home.circle.clone();
    let circle = phone.admit(&mut carer, "carer", &["goals"], None);
    for _ in 0..2 {
        for device in [&mut phone, &mut carer, &mut nurse] {
            sync(device, &shelf);
        }
    }
    let file = attach(&mut phone, &own, &goal, voice(CONTENT));
    for device in [&mut phone, &mut carer, &mut nurse] {
        sync(device, &shelf);
    }
    sync(&mut phone, &shelf);
    // The nurse takes it and comes by some more times; the carer is away.
    for _ in 0..2 {
        sync(&mut nurse, &shelf);
        sync(&mut phone, &shelf);
    }
    assert!(is_here(&nurse, &theirs, &file) && !is_here(&carer, &circle, &file));
    sync(&mut carer, &shelf);
    assert!(is_here(&carer, &circle, &file));
    for _ in 0..2 {
        for device in [&mut phone, &mut nurse, &mut carer] {
            sync(device, &shelf);
        }
    }
    assert_eq!(shelf.labels().len(), 6, "letters between three");
}

#[test]
fn for_who_was_taken_out_no_file_is_left_any_more() {
    let (mut phone, mut nurse, theirs, (goal, _), shelf) = pair(&["goals"]);
    let own = phone.home.circle.clone();
    let file = attach(&mut phone, &own, &goal, voice(CONTENT));
    sync(&mut phone, &shelf);
    sync(&mut nurse, &shelf);
    phone.remove(&nurse);
    sync(&mut phone, &shelf);
    sync(&mut nurse, &shelf);
    assert!(!is_here(&nurse, &theirs, &file));
    assert!(!lies_large(&shelf));
}

#[test]
fn nothing_of_a_file_can_be_read_where_it_lies() {
    let (mut phone, mut nurse, _, (goal, _), shelf) = pair(&["goals"]);
    let own = phone.home.circle.clone();
    attach(&mut phone, &own, &goal, voice(CONTENT));
    sync(&mut phone, &shelf);
    sync(&mut nurse, &shelf);
    sync(&mut phone, &shelf);
    for bytes in shelf.parcels.borrow().values() {
        for told in [PLANTED, b"voice.ogg", own.id.as_str().as_bytes()] {
            assert!(!bytes.windows(told.len()).any(|window| window == told));
        }
    }
}

#[test]
fn who_has_room_for_some_takes_what_lies_there_whichever_it_asked_for_last() {
    let (mut phone, mut nurse, theirs, (goal, _), shelf) = pair(&["goals"]);
    let own = phone.home.circle.clone();
    let files = [1, 2, 3].map(|more| attach(&mut phone, &own, &goal, voice(CONTENT - more)));
    nurse.home.vault.keep_files(2 * PIECE_CAP as u64).unwrap();
    // What is wanted first changes with the second at which somebody was last heard.
    for round in 0..3 {
        nurse.home.at(&format!("2026-03-16T10:00:0{round}Z"));
        let said = phone.act(&own, |acts| goal::add(acts, "And back", None, None));
        said.unwrap();
        sync(&mut phone, &shelf);
        sync(&mut nurse, &shelf);
    }
    let here = files.iter().filter(|file| is_here(&nurse, &theirs, file));
    assert_eq!(here.count(), 2);
}
