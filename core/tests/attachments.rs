//! Files beside a record, on real vaults: they come after all text, survive any cut, and reach only who may read what
//! they stand beside.

#[path = "support/spoil.rs"]
mod spoil;
mod support;

use cairn_core::attachment::pieces::{CONTENT, PIECE_CAP, Sealed, seal};
use cairn_core::attachment::{self, Prepared};
use cairn_core::entropy::SeededEntropy;
use cairn_core::record::{Noun, Record};
use cairn_core::store::{Circle, Scope, TakenPiece};
use cairn_core::sync::files::Said;
use cairn_core::sync::message::Message;
use cairn_core::sync::session::{Progress, Session};
use cairn_core::view::lists;
use cairn_core::{Error, Id, log, withdrawal};
use std::path::Path;
use support::device::{Device, did, goal_with_plan};

const PLANTED: &[u8] = b"planted-in-a-voice-note";

/// A voice of this many bytes, with something planted at its start and its end.
fn voice(length: usize) -> Vec<u8> {
    let mut content = b"OggS".to_vec();
    content.extend(PLANTED);
    content.resize(length - PLANTED.len(), 7);
    content.extend(PLANTED);
    content
}

fn attach(device: &mut Device, circle: &Circle, about: &Id, content: Vec<u8>) -> Result<Id, Error> {
    let (entropy, acting) = (device.entropy(), device.acting());
    let file = Prepared::new(&circle.id, "voice.ogg", None, content, &entropy).unwrap();
    device.home.vault.attach(circle, about, &file, acting)
}

fn record(device: &Device, circle: &Circle) -> Record {
    device
        .home
        .vault
        .record(circle, &Scope::Everything)
        .unwrap()
}

fn sent(device: &Device, circle: &Circle, goal: &Id) -> String {
    let shown = lists::goal(&record(device, circle), goal).unwrap();
    shown["sent"].as_str().unwrap().to_owned()
}

/// Lets two devices meet until so many messages have passed; what passed, and how many pieces among it.
fn meet_for(one: &mut Device, other: &mut Device, messages: usize) -> (Progress, usize, bool) {
    let (acting, theirs) = (one.acting(), other.acting());
    let (left, right) = (one.entropy(), other.entropy());
    let (one, other) = (&mut one.home.vault, &mut other.home.vault);
    let mut first = Session::begin(one, acting, &left).unwrap();
    let mut second = Session::begin(other, theirs, &right).unwrap();
    let (mut passed, mut pieces) = (0, 0);
    while !(first.is_done() && second.is_done()) {
        for to_second in [true, false] {
            let message = match to_second {
                true => first.next(one).unwrap(),
                false => second.next(other).unwrap(),
            };
            let Some(message) = message else { continue };
            if passed == messages {
                return (first.progress(), pieces, false);
            }
            passed += 1;
            let said = Message::read(&message).unwrap();
            pieces += usize::from(matches!(said, Message::Files(Said::Piece(..))));
            match to_second {
                true => second.receive(other, &message).unwrap(),
                false => first.receive(one, &message).unwrap(),
            }
        }
    }
    (first.progress(), pieces, true)
}

fn phone_and_nurse(parts: &[&str]) -> (Device, Device, Id, Id) {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (goal, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", parts);
    (phone, nurse, goal, plan)
}

#[test]
fn a_file_reaches_who_reads_the_goal_and_counts_as_sent_when_all_of_it_is_there() {
    let (mut phone, mut nurse, goal, _) = phone_and_nurse(&["goals"]);
    let (own, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
    assert_eq!(sent(&phone, &own, &goal), "yes");
    let content = voice(2 * CONTENT + 100);
    let made = attach(&mut phone, &own, &goal, content.clone()).unwrap();
    assert_eq!(sent(&phone, &own, &goal), "waiting");
    let status = phone.home.vault.status().unwrap();
    assert_eq!(status["waiting"], 2, "the goal and the file");

    nurse.home.vault.ask_for_no_files(true);
    phone.meet(&mut nurse);
    nurse.home.vault.ask_for_no_files(false);
    let shown = lists::goal(&record(&nurse, &theirs), &goal).unwrap();
    assert_eq!(shown["attachments"][0]["here"], false, "she wants none now");
    assert_eq!(
        nurse.home.vault.attached(&theirs, &made),
        Err(Error::FileNotHere)
    );
    assert_eq!(sent(&phone, &own, &goal), "waiting");

    phone.meet(&mut nurse);
    let shown = lists::goal(&record(&nurse, &theirs), &goal).unwrap();
    assert_eq!(shown["attachments"][0]["here"], true);
    assert!(nurse.home.vault.attached(&theirs, &made).unwrap() == content);
    assert_eq!(sent(&phone, &own, &goal), "yes");
    assert_eq!(phone.home.vault.status().unwrap()["waiting"], 0);
    for device in [&mut phone, &mut nurse] {
        assert!(device.home.vault.verify().unwrap().ok);
    }
}

#[test]
fn a_meeting_cut_after_any_message_sends_at_most_one_piece_again() {
    let (mut phone, mut nurse, goal, _) = phone_and_nurse(&["goals"]);
    let (own, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
    let content = voice(3 * CONTENT + 100);
    let made = attach(&mut phone, &own, &goal, content.clone()).unwrap();
    let (mut sent_pieces, mut messages, mut cuts) = (0, 1, 0);
    loop {
        let (_, pieces, done) = meet_for(&mut phone, &mut nurse, messages);
        sent_pieces += pieces;
        let kept = nurse.home.vault.attached(&theirs, &made);
        if done {
            assert!(kept.unwrap() == content);
            break;
        }
        cuts += 1;
        // One message more each time, so that every border is one at which it was cut.
        messages += 1;
    }
    assert!(cuts > 10, "it was cut {cuts} times");
    assert_eq!(sent_pieces, 4, "each was durable when the next was sent");
    assert_eq!(sent(&phone, &own, &goal), "yes");
}

#[test]
fn a_piece_that_was_under_way_at_the_cut_is_the_only_one_sent_again() {
    let (mut phone, mut nurse, goal, _) = phone_and_nurse(&["goals"]);
    let (own, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
    let made = attach(&mut phone, &own, &goal, voice(3 * CONTENT + 100)).unwrap();
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let other = nurse.entropy();
    let (one, two) = (&mut phone.home.vault, &mut nurse.home.vault);
    let mut first = Session::begin(one, acting, &entropy).unwrap();
    let mut second = Session::begin(two, acting, &other).unwrap();
    let mut arrived = 0;
    loop {
        if let Some(message) = second.next(two).unwrap() {
            first.receive(one, &message).unwrap();
        }
        let Some(message) = first.next(one).unwrap() else {
            continue;
        };
        let piece = matches!(Message::read(&message), Ok(Message::Files(Said::Piece(..))));
        if piece && arrived == 2 {
            // Half of it: that is no message, and the link ends.
            let half = &message[..message.len() / 2];
            assert_eq!(second.receive(two, half), Err(Error::Damaged));
            break;
        }
        arrived += usize::from(piece);
        second.receive(two, &message).unwrap();
    }
    drop((first, second));
    nurse.home.reopen().unwrap();
    let (progress, pieces, done) = meet_for(&mut phone, &mut nurse, usize::MAX);
    assert!(done && nurse.home.vault.attached(&theirs, &made).is_ok());
    assert_eq!((pieces, progress.files_given), (2, (2, 2)), "of four");
}

#[test]
fn who_has_not_the_part_gets_neither_the_thing_nor_a_piece_and_others_carry_it_on() {
    let mut phone = Device::new("Mary Bell", 1);
    let (mut carer, mut nurse) = (Device::new("Joe Bell", 2), Device::new("Anne Okoro", 3));
    let (goal, plan) = goal_with_plan(&mut phone);
    let own = phone.home.circle.clone();
    let entry = phone
        .act(&own, |acts| log::add(acts, &plan, &did("windy")))
        .unwrap();
    phone.let_in(&mut carer, "carer", &["goals"]);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    let beside_entry = attach(&mut phone, &own, &entry, voice(2000)).unwrap();
    let beside_goal = attach(&mut phone, &own, &goal, voice(3000)).unwrap();
    phone.meet(&mut nurse);
    // From the nurse, whom the carer meets first.
    nurse.meet(&mut carer);
    let theirs = carer.circle(&phone);
    assert!(carer.home.vault.attached(&theirs, &beside_goal).is_ok());
    let refused = carer.home.vault.attached(&theirs, &beside_entry);
    assert_eq!(refused, Err(Error::UnknownId));
    // Not even if somebody hands the piece over.
    let piece = {
        let record = record(&phone, &own);
        let thing = record.find(Noun::Attachment, &beside_entry).unwrap();
        let manifest = attachment::pieces::Manifest::of(thing).unwrap();
        phone.home.vault.piece(&own, &manifest.pieces[0]).unwrap()
    };
    let taken = carer.home.vault.take_piece(&theirs, &piece).unwrap();
    assert_eq!(taken, TakenPiece::Refused);
    let asked = [attachment::pieces::name(&piece)];
    let key = carer.home.vault.keys().public().sign;
    let given = nurse
        .home
        .vault
        .pieces_to_give(&nurse.circle(&phone), &key, &asked);
    assert_eq!(
        given,
        Ok(Vec::new()),
        "nobody gives what the carer may not read"
    );
}

#[test]
fn a_carer_attaches_beside_an_entry_and_not_beside_a_goal() {
    let mut phone = Device::new("Mary Bell", 1);
    let mut carer = Device::new("Joe Bell", 2);
    let (goal, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut carer, "carer", &["goals", "log"]);
    let (own, theirs) = (phone.home.circle.clone(), carer.circle(&phone));
    let entry = carer
        .act(&theirs, |acts| log::add(acts, &plan, &did("together")))
        .unwrap();
    let made = attach(&mut carer, &theirs, &entry, voice(2000)).unwrap();
    let refused = attach(&mut carer, &theirs, &goal, voice(2000));
    assert_eq!(refused, Err(Error::NotAllowed));
    carer.meet(&mut phone);
    assert!(phone.home.vault.attached(&own, &made).is_ok());
}

#[test]
fn who_was_taken_out_gets_no_piece_of_what_came_later_and_keeps_what_they_had() {
    let (mut phone, mut nurse, goal, _) = phone_and_nurse(&["all"]);
    let (own, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
    let before = attach(&mut phone, &own, &goal, voice(2000)).unwrap();
    phone.meet(&mut nurse);
    let unfetched = attach(&mut phone, &own, &goal, voice(2500)).unwrap();
    nurse.home.vault.keep_files(0).unwrap();
    phone.meet(&mut nurse);
    phone.remove(&nurse);
    let after = attach(&mut phone, &own, &goal, voice(3000)).unwrap();
    nurse.home.vault.keep_files(1 << 30).unwrap();
    phone.meet(&mut nurse);
    let vault = &nurse.home.vault;
    assert!(vault.attached(&theirs, &before).is_ok());
    assert_eq!(vault.attached(&theirs, &unfetched), Err(Error::FileNotHere));
    assert_eq!(vault.attached(&theirs, &after), Err(Error::UnknownId));
}

#[test]
fn a_file_that_was_taken_back_and_brought_again_is_whole() {
    let (mut phone, mut nurse, goal, _) = phone_and_nurse(&["goals"]);
    let (own, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
    let made = attach(&mut phone, &own, &goal, voice(2000)).unwrap();
    phone
        .act(&own, |acts| {
            withdrawal::withdraw(acts, Noun::Attachment, &made)
        })
        .unwrap();
    phone.meet(&mut nurse);
    assert!(lists::goal(&record(&nurse, &theirs), &goal).unwrap()["attachments"].is_null());
    nurse
        .act(&theirs, |acts| withdrawal::restore(acts, &made))
        .unwrap();
    nurse.meet(&mut phone);
    let shown = lists::goal(&record(&phone, &own), &goal).unwrap();
    assert_eq!(shown["attachments"][0]["here"], true);
}

#[test]
fn pieces_nobody_announced_changed_ones_and_too_large_ones_are_not_kept() {
    let (mut phone, mut nurse, goal, _) = phone_and_nurse(&["goals"]);
    let (own, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
    let made = attach(&mut phone, &own, &goal, voice(2000)).unwrap();
    nurse.home.vault.keep_files(0).unwrap();
    phone.meet(&mut nurse);
    let wanted = record(&phone, &own);
    let thing = wanted.find(Noun::Attachment, &made).unwrap();
    let manifest = attachment::pieces::Manifest::of(thing).unwrap();
    let good = phone.home.vault.piece(&own, &manifest.pieces[0]).unwrap();
    let Sealed { pieces, .. } = seal(&own.id, b"never announced", &SeededEntropy::new(9)).unwrap();
    let mut flipped = good.clone();
    flipped[100] ^= 1;
    let hostile = [
        pieces[0].clone(),
        flipped,
        Vec::new(),
        good[..good.len() - 1].to_vec(),
        vec![1; PIECE_CAP + 1],
    ];
    for bytes in hostile {
        let taken = nurse.home.vault.take_piece(&theirs, &bytes).unwrap();
        assert_eq!(taken, TakenPiece::Refused);
    }
    assert_eq!(
        nurse.home.vault.take_piece(&theirs, &good),
        Ok(TakenPiece::In)
    );
    assert_eq!(
        nurse.home.vault.take_piece(&theirs, &good),
        Ok(TakenPiece::Known)
    );
    assert!(nurse.home.vault.verify().unwrap().ok);
}

#[test]
fn a_flood_of_pieces_ends_the_meeting_and_keeps_nothing() {
    let (mut phone, mut nurse, goal, _) = phone_and_nurse(&["goals"]);
    let own = phone.home.circle.clone();
    attach(&mut phone, &own, &goal, voice(2000)).unwrap();
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let other = nurse.entropy();
    let (one, two) = (&mut phone.home.vault, &mut nurse.home.vault);
    let mut first = Session::begin(one, acting, &entropy).unwrap();
    let mut second = Session::begin(two, acting, &other).unwrap();
    let flood = |number: u8| {
        let piece = vec![number; 1000];
        Message::Files(Said::Piece(own.id.clone(), piece))
            .write()
            .unwrap()
    };
    let mut asked = false;
    while !asked {
        if let Some(message) = first.next(one).unwrap() {
            second.receive(two, &message).unwrap();
        }
        if let Some(message) = second.next(two).unwrap() {
            asked = matches!(Message::read(&message), Ok(Message::Files(Said::Asks(..))));
            first.receive(one, &message).unwrap();
        }
    }
    assert_eq!(second.receive(two, &flood(1)), Ok(()), "one was asked for");
    assert_eq!(second.receive(two, &flood(2)), Err(Error::Damaged));
    let theirs = nurse.circle(&phone);
    assert_eq!(nurse.home.vault.pieces_wanted(&theirs).unwrap().len(), 1);
}

#[test]
fn no_more_is_kept_of_others_files_than_the_device_was_told() {
    let (mut phone, mut nurse, goal, _) = phone_and_nurse(&["goals"]);
    let (own, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
    attach(&mut phone, &own, &goal, voice(4 * CONTENT)).unwrap();
    nurse.home.vault.keep_files(2 * PIECE_CAP as u64).unwrap();
    for _ in 0..2 {
        let (progress, pieces, done) = meet_for(&mut phone, &mut nurse, usize::MAX);
        assert!(done && pieces <= 2, "{progress:?}");
    }
    assert!(nurse.home.vault.pieces_wanted(&theirs).unwrap().is_empty());
    let shown = lists::goal(&record(&nurse, &theirs), &goal).unwrap();
    assert_eq!(shown["attachments"][0]["here"], false);
}

#[test]
fn files_nobody_has_any_more_do_not_stand_before_those_somebody_has() {
    let (mut phone, mut nurse, goal, _) = phone_and_nurse(&["all"]);
    let own = phone.home.circle.clone();
    let theirs = nurse.circle(&phone);
    nurse.home.vault.keep_files(3 * PIECE_CAP as u64).unwrap();
    for _ in 0..6 {
        attach(&mut phone, &own, &goal, voice(2_000)).unwrap();
    }
    // The first four are gone from the only device that had them.
    let gone = "update piece set size = 0, bytes = null where no in (select no from piece order by no limit 4)";
    assert_eq!(spoil::rows(&phone, gone), 4);
    for _ in 0..4 {
        phone.meet(&mut nurse);
        for device in [&mut phone, &mut nurse] {
            device.home.now += chrono::TimeDelta::seconds(61);
        }
    }
    let here = record(&nurse, &theirs);
    let here = here.standing(Noun::Attachment).into_iter();
    let here = here.filter(|thing| nurse.home.vault.attached(&theirs, &thing.id).is_ok());
    assert_eq!(here.count(), 2);
}

#[test]
fn no_byte_of_a_voice_is_in_a_file_in_a_search_or_in_an_error() {
    let (mut phone, mut nurse, goal, _) = phone_and_nurse(&["goals"]);
    let (own, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
    let made = attach(&mut phone, &own, &goal, voice(CONTENT + 100)).unwrap();
    phone.meet(&mut nurse);
    for (device, circle) in [(&mut phone, &own), (&mut nurse, &theirs)] {
        let hits = device.home.vault.search(circle, "planted").unwrap();
        assert!(hits.is_empty());
        assert!(!device.text(circle).contains("planted"));
        assert!(files(device.home.folder.path()) > 2);
        let unknown = device.home.vault.attached(circle, &Id::read("planted"));
        assert_eq!(unknown, Err(Error::UnknownId));
        assert!(device.home.vault.attached(circle, &made).is_ok());
    }
}

/// How many files there are in a home, none of which holds what was planted.
fn files(folder: &Path) -> usize {
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let bytes = std::fs::read(entry.path()).unwrap();
        let found = bytes.windows(PLANTED.len()).any(|window| window == PLANTED);
        assert!(!found, "in the clear");
        count += 1;
    }
    count
}

#[test]
fn a_piece_that_rots_on_the_disk_is_found_by_verify() {
    let (mut phone, _, goal, _) = phone_and_nurse(&["goals"]);
    let own = phone.home.circle.clone();
    let made = attach(&mut phone, &own, &goal, voice(2000)).unwrap();
    assert!(phone.home.vault.verify().unwrap().ok);
    let spoilt = spoil::rows(&phone, "update piece set bytes = zeroblob(size)");
    assert_eq!(spoilt, 1);
    let found = phone.home.vault.verify().unwrap();
    assert_eq!(found.damaged, ["attachment"]);
    assert_eq!(phone.home.vault.attached(&own, &made), Err(Error::Damaged));
}
