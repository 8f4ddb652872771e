//! Parcels between real vaults, over a shelf in memory: what is left arrives, receipts come back, and nothing that lies
//! there can harm, leak or get lost.

mod support;

use cairn_core::circle::Groups;
use cairn_core::circle::invitation::Invitation;
use cairn_core::circle::spoken::SixWords;
use cairn_core::entropy::SeededEntropy;
use cairn_core::goal;
use cairn_core::log;
use cairn_core::record::Noun;
use cairn_core::record::sharing::Sent;
use cairn_core::record::state::fingerprint;
use cairn_core::store::membership::Inviting;
use cairn_core::store::parcels::Parcels;
use cairn_core::store::{Circle, Scope};
use cairn_core::sync::parcel::Label;
use cairn_core::{Error, Id, Result};
use std::ops::ControlFlow;
use support::device::{Device, did, goal_with_plan};
use support::shelf::MemoryShelf;

fn sync(device: &mut Device, shelf: &MemoryShelf) -> Parcels {
    try_sync(device, shelf).unwrap()
}

fn try_sync(device: &mut Device, shelf: &MemoryShelf) -> Result<Parcels> {
    let (acting, entropy) = (device.acting(), device.entropy());
    let tell = &mut |_: &Parcels| ControlFlow::Continue(());
    device
        .home
        .vault
        .sync_parcels(shelf, acting, &entropy, tell)
}

/// Lets somebody in without anything being handed over but the access log.
fn let_in(phone: &mut Device, other: &mut Device, role: &str, parts: &[&str]) -> Circle {
    phone.admit(other, role, parts, None)
}

fn note(device: &mut Device, circle: &Circle, plan: &Id, note: &str) -> Id {
    device
        .act(circle, |acts| log::add(acts, plan, &did(note)))
        .unwrap()
}

fn sent(device: &Device, circle: &Circle, noun: Noun, id: &Id) -> Sent {
    let vault = &device.home.vault;
    let record = vault.record(circle, &Scope::Everything).unwrap();
    record.sharing.sent(record.find(noun, id).unwrap())
}

fn pair() -> (Device, Device, Circle, Id) {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (_, plan) = goal_with_plan(&mut phone);
    let theirs = let_in(&mut phone, &mut nurse, "nurse", &["all"]);
    (phone, nurse, theirs, plan)
}

/// Both read the same record.
fn same(one: &Device, other: &Device, circle: &Circle) -> bool {
    let read = |device: &Device, circle| {
        let record = device.home.vault.record(circle, &Scope::Everything);
        fingerprint(&record.unwrap())
    };
    read(one, &one.home.circle) == read(other, circle)
}

#[test]
fn after_one_two_one_both_have_everything_and_the_first_knows_it() {
    let (mut phone, mut nurse, theirs, plan) = pair();
    let own = phone.home.circle.clone();
    let entry = note(&mut phone, &own, &plan, "windy");
    let back = note(&mut phone, &own, &plan, "and back");
    let shelf = MemoryShelf::default();
    assert!(sync(&mut phone, &shelf).given.0 > 0);
    assert_eq!(sent(&phone, &own, Noun::Entry, &entry), Sent::Waiting);
    let taken = sync(&mut nurse, &shelf);
    assert!(taken.taken.0 > 0 && taken.aside.is_empty(), "{taken:?}");
    let text = nurse.text(&theirs);
    assert!(text.contains("windy") && text.contains("and back"));
    sync(&mut phone, &shelf);
    assert_eq!(sent(&phone, &own, Noun::Entry, &entry), Sent::Yes);
    assert_eq!(sent(&phone, &own, Noun::Entry, &back), Sent::Yes);
    assert!(same(&phone, &nurse, &theirs));
}

#[test]
fn when_nothing_is_new_nothing_is_given_and_only_letters_lie_there() {
    let (mut phone, mut nurse, ..) = pair();
    let shelf = MemoryShelf::default();
    for _ in 0..3 {
        sync(&mut phone, &shelf);
        sync(&mut nurse, &shelf);
    }
    for device in [&mut phone, &mut nurse] {
        let quiet = sync(device, &shelf);
        assert_eq!((quiet.given.0, quiet.taken.0, quiet.removed), (0, 0, 0));
    }
    // What everybody acknowledged was removed; a letter each way stays for who comes back.
    assert_eq!(shelf.labels().len(), 2);
}

#[test]
fn what_two_write_apart_meets_in_a_third_that_knew_of_neither() {
    let (mut phone, mut nurse, theirs, plan) = pair();
    let mut carer = Device::new("Joe Bell", 3);
    let own = phone.home.circle.clone();
    let shelf = MemoryShelf::default();
    sync(&mut phone, &shelf);
    sync(&mut nurse, &shelf);
    note(&mut nurse, &theirs, &plan, "from the nurse");
    sync(&mut nurse, &shelf);
    // The nurse never met the carer, who came in after her last sync.
    let circle = let_in(&mut phone, &mut carer, "carer", &["goals", "log"]);
    sync(&mut phone, &shelf);
    sync(&mut carer, &shelf);
    assert!(carer.text(&circle).contains("from the nurse"));
    let entry = note(&mut carer, &circle, &plan, "from the carer");
    sync(&mut carer, &shelf);
    sync(&mut nurse, &shelf);
    assert!(nurse.text(&theirs).contains("from the carer"));
    sync(&mut carer, &shelf);
    assert_eq!(sent(&carer, &circle, Noun::Entry, &entry), Sent::Yes);
    assert!(!phone.text(&own).contains("from the carer"));
    sync(&mut phone, &shelf);
    assert!(phone.text(&own).contains("from the carer"));
}

#[test]
fn what_waits_for_what_lies_behind_it_is_not_said_to_be_aside() {
    let (mut phone, mut nurse, theirs, _) = pair();
    let mut ben = Device::new("Ben Hale", 3);
    let circle = let_in(&mut phone, &mut ben, "nurse", &["all"]);
    let own = phone.home.circle.clone();
    // Each stands on what the other wrote before.
    for turn in 0..4 {
        for by_nurse in [false, true] {
            let words = format!("turn {turn}");
            let (device, circle) = match by_nurse {
                false => (&mut phone, &own),
                true => (&mut nurse, &theirs),
            };
            device
                .act(circle, |acts| goal::add(acts, &words, None, None))
                .unwrap();
            phone.meet(&mut nurse);
        }
    }
    let shelf = MemoryShelf::default();
    sync(&mut phone, &shelf);
    let taken = sync(&mut ben, &shelf);
    assert!(taken.aside.is_empty(), "{taken:?}");
    assert!(taken.taken.0 >= 8, "{taken:?}");
    assert!(ben.text(&circle).contains("turn 3"));
}

#[test]
fn a_device_that_nobody_else_knows_yet_is_known_by_the_notice_it_leaves() {
    let (mut phone, mut nurse, theirs, plan) = pair();
    let mut second = Device::new("Mary", 4);
    let shelf = MemoryShelf::default();
    sync(&mut phone, &shelf);
    sync(&mut nurse, &shelf);
    let own = let_in(&mut phone, &mut second, "proxy", &["all"]);
    sync(&mut phone, &MemoryShelf::default());
    // The second never shared a shelf with the first, which alone told it of the nurse.
    let other = MemoryShelf::default();
    phone.meet(&mut second);
    let entry = note(&mut second, &own, &plan, "from the small phone");
    sync(&mut second, &other);
    let lie = other.labels().len();
    sync(&mut nurse, &other);
    assert!(nurse.text(&theirs).contains("from the small phone"));
    sync(&mut second, &other);
    assert_eq!(sent(&second, &own, Noun::Entry, &entry), Sent::Yes);
    sync(&mut phone, &other);
    sync(&mut second, &other);
    assert!(other.labels().len() <= lie, "the notice goes when all know");
    let quiet = sync(&mut second, &other);
    assert_eq!((quiet.given.0, quiet.removed), (0, 0));
}

#[test]
fn a_part_that_is_not_shared_does_not_arrive_and_is_not_waited_for() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (_, plan) = goal_with_plan(&mut phone);
    let own = phone.home.circle.clone();
    note(&mut phone, &own, &plan, "windy");
    let theirs = let_in(&mut phone, &mut nurse, "nurse", &["goals"]);
    let shelf = MemoryShelf::default();
    sync(&mut phone, &shelf);
    let taken = sync(&mut nurse, &shelf);
    assert!(taken.aside.is_empty(), "{taken:?}");
    let text = nurse.text(&theirs);
    assert!(text.contains("Walk to the bench") && !text.contains("windy"));
}

#[test]
fn who_was_taken_out_learns_it_gets_nothing_new_and_hands_over_what_they_wrote_before() {
    let (mut phone, mut nurse, theirs, plan) = pair();
    let own = phone.home.circle.clone();
    let shelf = MemoryShelf::default();
    sync(&mut phone, &shelf);
    sync(&mut nurse, &shelf);
    let entry = note(&mut nurse, &theirs, &plan, "before knowing");
    phone.remove(&nurse);
    note(&mut phone, &own, &plan, "after the removal");
    sync(&mut phone, &shelf);
    sync(&mut nurse, &shelf);
    assert!(!nurse.text(&theirs).contains("after the removal"));
    let vault = &nurse.home.vault;
    let keys = vault.keys().public().sign;
    assert!(
        vault
            .roster(&theirs)
            .unwrap()
            .standing
            .present(&keys)
            .is_none()
    );
    assert_eq!(sent(&nurse, &theirs, Noun::Entry, &entry), Sent::Never);
    let taken = sync(&mut phone, &shelf);
    assert_eq!(taken.aside.get("late"), Some(&1));
    assert!(!phone.text(&own).contains("before knowing"));
    assert_eq!(phone.home.vault.late(&own).unwrap().len(), 1);
    // The receipt: handed over is `yes`, though it counts nowhere yet.
    sync(&mut nurse, &shelf);
    assert_eq!(sent(&nurse, &theirs, Noun::Entry, &entry), Sent::Yes);
    let late = phone.home.vault.late(&own).unwrap()[0].0;
    let acting = phone.acting();
    phone.home.vault.let_in(&own, vec![late], acting).unwrap();
    assert!(phone.text(&own).contains("before knowing"));
    let quiet = sync(&mut nurse, &shelf);
    assert_eq!(quiet.taken.0, 0);
    assert!(!nurse.text(&theirs).contains("after the removal"));
}

#[test]
fn an_older_letter_put_back_takes_nothing_away() {
    let (mut phone, mut nurse, theirs, plan) = pair();
    let own = phone.home.circle.clone();
    let shelf = MemoryShelf::default();
    sync(&mut phone, &shelf);
    sync(&mut nurse, &shelf);
    let old = shelf.parcels.borrow().clone();
    let entry = note(&mut phone, &own, &plan, "newer");
    sync(&mut phone, &shelf);
    sync(&mut nurse, &shelf);
    sync(&mut phone, &shelf);
    assert_eq!(sent(&phone, &own, Noun::Entry, &entry), Sent::Yes);
    // Somebody plays everything back that ever lay there.
    shelf.parcels.borrow_mut().extend(old);
    for device in [&mut phone, &mut nurse] {
        let replayed = sync(device, &shelf);
        assert_eq!((replayed.taken.0, replayed.set_aside()), (0, 0));
    }
    assert_eq!(sent(&phone, &own, Noun::Entry, &entry), Sent::Yes);
    assert!(same(&phone, &nurse, &theirs));
    assert_eq!(shelf.labels().len(), 2, "what was played back goes again");
}

#[test]
fn a_device_put_back_to_an_earlier_state_counts_on_from_what_others_read() {
    let (mut phone, mut nurse, theirs, plan) = pair();
    let own = phone.home.circle.clone();
    let shelf = MemoryShelf::default();
    sync(&mut phone, &shelf);
    sync(&mut nurse, &shelf);
    let kept = tempfile::tempdir().unwrap();
    let copy = |from: &std::path::Path, to: &std::path::Path| {
        for file in std::fs::read_dir(from).unwrap().flatten() {
            std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    };
    copy(phone.home.folder.path(), kept.path());
    for round in 0..3 {
        note(&mut phone, &own, &plan, &format!("day {round}"));
        sync(&mut phone, &shelf);
        sync(&mut nurse, &shelf);
    }
    // All but the witness, which is what tells that the file was put back.
    std::fs::remove_file(kept.path().join("witness")).unwrap();
    copy(kept.path(), phone.home.folder.path());
    assert_eq!(phone.home.reopen(), Err(Error::Tampered), "said once");
    phone.home.reopen().unwrap();
    assert!(!phone.text(&own).contains("day 2"));
    let entry = note(&mut phone, &own, &plan, "afterwards");
    for _ in 0..3 {
        sync(&mut phone, &shelf);
        sync(&mut nurse, &shelf);
    }
    sync(&mut phone, &shelf);
    assert!(nurse.text(&theirs).contains("afterwards"));
    assert_eq!(sent(&phone, &own, Noun::Entry, &entry), Sent::Yes);
    assert!(
        phone.text(&own).contains("day 2"),
        "own words come back from others"
    );
}

#[test]
fn what_is_spoilt_is_passed_over_with_its_reason_and_put_right_by_who_has_it() {
    type Spoil = fn(&mut Vec<u8>);
    let spoils: [(&str, Spoil); 5] = [
        ("cut short", |bytes| bytes.truncate(bytes.len() / 2)),
        ("emptied", Vec::clear),
        ("one bit turned", |bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        }),
        ("longer", |bytes| bytes.push(0)),
        ("another's", |bytes| {
            *bytes = b"\x01\x01\x02 a holiday picture ".repeat(20)
        }),
    ];
    for (how, spoil) in spoils {
        let (mut phone, mut nurse, theirs, _) = pair();
        let shelf = MemoryShelf::default();
        sync(&mut phone, &shelf);
        let lay = shelf.labels().len() as u64;
        shelf.spoil(spoil);
        let taken = sync(&mut nurse, &shelf);
        assert_eq!(taken.taken.0, 0, "{how}");
        assert_eq!(taken.set_aside(), lay, "{how}: {taken:?}");
        assert_eq!(
            shelf.aside.borrow().len() as u64,
            lay,
            "{how}: nothing is destroyed"
        );
        sync(&mut phone, &shelf);
        sync(&mut nurse, &shelf);
        assert!(nurse.text(&theirs).contains("Walk to the bench"), "{how}");
    }
}

#[test]
fn parcels_that_changed_names_speak_for_themselves_and_none_is_lost() {
    let (mut phone, mut nurse, theirs, plan) = pair();
    let own = phone.home.circle.clone();
    note(&mut phone, &own, &plan, "windy");
    let shelf = MemoryShelf::default();
    sync(&mut phone, &shelf);
    let labels = shelf.labels();
    let bytes: Vec<Vec<u8>> = shelf.parcels.borrow().values().cloned().collect();
    let turned = labels.iter().cycle().skip(1);
    let renamed = turned.zip(bytes).map(|(label, bytes)| (*label, bytes));
    *shelf.parcels.borrow_mut() = renamed.take(labels.len()).collect();
    sync(&mut nurse, &shelf);
    let text = nurse.text(&theirs);
    assert!(text.contains("Walk to the bench") && text.contains("windy"));
}

#[test]
fn hostile_files_under_true_tags_cost_a_count_each_and_no_place_in_the_vault() {
    let (mut phone, mut nurse, theirs, _) = pair();
    let shelf = MemoryShelf::default();
    sync(&mut phone, &shelf);
    let genuine = shelf.parcels.borrow().clone();
    let entropy = SeededEntropy::new(77);
    for (tag, like) in genuine.iter().map(|(label, bytes)| (label.tag, bytes)) {
        for round in 0..40u8 {
            let mut bytes = vec![0; 200 + usize::from(round)];
            entropy.stream(&mut bytes);
            // Some begin as a true one does.
            let begins = usize::from(round) % 40;
            bytes[..begins].copy_from_slice(&like[..begins]);
            shelf
                .parcels
                .borrow_mut()
                .insert(Label::of(tag, &bytes), bytes);
        }
    }
    let foreign = Label::of([9; 16], b"not ours");
    shelf
        .parcels
        .borrow_mut()
        .insert(foreign, b"not ours".to_vec());
    let hostile = 40 * genuine.len() as u64;
    let taken = sync(&mut nurse, &shelf);
    assert_eq!(taken.set_aside(), hostile, "{taken:?}");
    assert!(nurse.text(&theirs).contains("Walk to the bench"));
    assert!(shelf.labels().contains(&foreign), "left alone");
    let again = sync(&mut nurse, &shelf);
    assert_eq!(
        again.set_aside(),
        hostile,
        "never kept, so looked at each time"
    );
}

#[test]
fn it_may_stop_after_any_parcel_and_a_full_shelf_loses_nothing() {
    let (mut phone, mut nurse, theirs, plan) = pair();
    let own = phone.home.circle.clone();
    note(&mut phone, &own, &plan, "windy");
    let shelf = MemoryShelf::default();
    let mut full = 0;
    loop {
        shelf.room.set(Some(1));
        match try_sync(&mut phone, &shelf) {
            Ok(_) => break,
            Err(error) => assert_eq!(error, Error::ShelfFull),
        }
        full += 1;
        assert_eq!(shelf.labels().len(), full);
    }
    assert!(full > 2);
    shelf.room.set(None);
    let mut stops = 0;
    loop {
        let (acting, entropy) = (nurse.acting(), nurse.entropy());
        let mut before = 0;
        let tell = &mut |passed: &Parcels| {
            before += 1;
            match passed.taken.0 {
                0 => ControlFlow::Continue(()),
                _ => ControlFlow::Break(()),
            }
        };
        let vault = &mut nurse.home.vault;
        let passed = vault.sync_parcels(&shelf, acting, &entropy, tell).unwrap();
        if passed.taken.0 == 0 {
            break;
        }
        stops += 1;
        assert_eq!(passed.taken.0, 1, "durable, one at a time");
        nurse.home.reopen().unwrap();
    }
    assert!(stops > 2);
    assert!(same(&phone, &nurse, &theirs));
}

#[test]
fn who_asks_by_parcel_waits_for_the_owner_and_gets_in_with_everything_shared() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    goal_with_plan(&mut phone);
    let own = phone.home.circle.clone();
    let (invitation, words) = asked(&mut phone, &mut nurse);
    let shelf = MemoryShelf::default();
    assert_eq!(sync(&mut nurse, &shelf).given.0, 1, "the request");
    assert_eq!(sync(&mut phone, &shelf).waiting, 1);
    let waiting = phone.home.vault.requests(&own).unwrap();
    assert_eq!(waiting[0].words, words, "the same six words on both");
    assert!(
        sync(&mut nurse, &shelf).entered.is_empty(),
        "nobody has decided"
    );
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let vault = &mut phone.home.vault;
    vault
        .approve_request(&own, &waiting[0].id, acting, &entropy)
        .unwrap();
    sync(&mut phone, &shelf);
    let got = sync(&mut nurse, &shelf);
    assert_eq!(got.entered, std::slice::from_ref(&own.id));
    assert!(got.aside.is_empty(), "{got:?}");
    assert!(!nurse.home.vault.is_asking(&invitation).unwrap());
    let theirs = nurse.circle(&phone);
    assert!(nurse.text(&theirs).contains("Walk to the bench"));
    sync(&mut phone, &shelf);
    assert!(same(&phone, &nurse, &theirs));
    assert_eq!(sync(&mut phone, &shelf).waiting, 0, "the request is gone");
}

#[test]
fn who_is_not_let_in_is_told_and_asks_no_more() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let own = phone.home.circle.clone();
    let (invitation, _) = asked(&mut phone, &mut nurse);
    let shelf = MemoryShelf::default();
    sync(&mut nurse, &shelf);
    sync(&mut phone, &shelf);
    let waiting = phone.home.vault.requests(&own).unwrap();
    let vault = &mut phone.home.vault;
    vault.refuse_request(&own, &waiting[0].id).unwrap();
    sync(&mut phone, &shelf);
    let told = sync(&mut nurse, &shelf);
    assert_eq!((told.not_let_in, told.entered.len()), (1, 0));
    assert!(!nurse.home.vault.is_asking(&invitation).unwrap());
    assert!(shelf.labels().is_empty(), "nothing of it stays behind");
    assert_eq!(sync(&mut nurse, &shelf).given.0, 0);
}

#[test]
fn a_spoilt_or_foreign_request_is_passed_over_and_asked_again() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    asked(&mut phone, &mut nurse);
    let shelf = MemoryShelf::default();
    sync(&mut nurse, &shelf);
    let request = shelf.labels()[0];
    for bytes in [vec![], vec![1, 0x81], vec![0xff; 9000]] {
        let label = Label::of(request.tag, &bytes);
        shelf.parcels.borrow_mut().insert(label, bytes);
    }
    let heard = sync(&mut phone, &shelf);
    assert_eq!((heard.waiting, heard.aside.get("request")), (1, Some(&3)));
}

/// Invites a nurse who asks with the code; what she asked with, and the words on her screen.
fn asked(phone: &mut Device, nurse: &mut Device) -> (Invitation, SixWords) {
    let inviting = Inviting {
        role: "nurse",
        groups: Groups::read(["all"], "nurse").unwrap(),
        until: None,
    };
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let circle = phone.home.circle.clone();
    let vault = &mut phone.home.vault;
    let invitation = vault.invite(&circle, &inviting, acting, &entropy).unwrap();
    let public = nurse.home.vault.keys().public();
    let request = invitation.ask(public, "Anne Okoro", None).unwrap();
    let vault = &mut nurse.home.vault;
    vault.ask_by_parcel(&invitation, &request, acting).unwrap();
    (invitation, request.words())
}

#[test]
fn that_a_record_was_erased_goes_by_parcel_and_is_told_on_by_who_learnt_of_it() {
    let (mut phone, mut nurse, theirs, plan) = pair();
    let mut carer = Device::new("Joe Bell", 3);
    let joes = let_in(&mut phone, &mut carer, "carer", &["all"]);
    let own = phone.home.circle.clone();
    note(&mut phone, &own, &plan, "windy");
    let (first, second) = (MemoryShelf::default(), MemoryShelf::default());
    for _ in 0..2 {
        sync(&mut phone, &first);
        sync(&mut nurse, &first);
    }
    // The two shelves never meet: who is told at the one tells it at the other.
    for _ in 0..2 {
        sync(&mut nurse, &second);
        sync(&mut carer, &second);
    }
    assert!(carer.text(&joes).contains("windy"));
    let acting = phone.acting();
    phone.home.vault.erase_record(&own, acting).unwrap();
    let has = |device: &Device, circle: &Circle| {
        let circles = device.home.vault.circles().unwrap();
        circles.iter().any(|kept| kept.id == circle.id)
    };
    sync(&mut phone, &first);
    assert!(has(&nurse, &theirs));
    sync(&mut nurse, &first);
    assert!(!has(&nurse, &theirs));
    assert!(nurse.home.vault.erased().unwrap().contains(&own.id));
    sync(&mut nurse, &second);
    sync(&mut carer, &second);
    assert!(!has(&carer, &joes));
    // Once said it is not said again, and nobody is harmed by what still lies there.
    for shelf in [&first, &second] {
        for device in [&mut phone, &mut nurse, &mut carer] {
            sync(device, shelf);
        }
    }
    for shelf in [&first, &second] {
        assert_eq!(sync(&mut nurse, shelf).given.0, 0);
    }
}
