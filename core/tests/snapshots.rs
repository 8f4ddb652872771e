//! Joining by snapshot on real vaults: the same record as by segments, whatever follows, and nothing of it believed for
//! its maker's sake.

#[path = "support/spoil.rs"]
mod spoil;
mod support;

use cairn_core::Id;
use cairn_core::concern;
use cairn_core::entropy::SeededEntropy;
use cairn_core::goal;
use cairn_core::id::digest;
use cairn_core::log;
use cairn_core::record::state::fingerprint;
use cairn_core::record::{Actor, Group, Part};
use cairn_core::sealing::seal_under;
use cairn_core::store::parcels::Parcels;
use cairn_core::store::{Circle, Scope, Taken};
use cairn_core::sync::message::Have;
use cairn_core::sync::snapshot::{self, Body};
use cairn_core::view::everything;
use proptest::prelude::*;
use std::ops::ControlFlow;
use support::device::{Device, did, goal_with_plan};
use support::forge::Forge;
use support::shelf::MemoryShelf;

const GROUPS: [Group; 5] = [
    Group::Members,
    Group::About,
    Group::Goals,
    Group::Log,
    Group::Team,
];

/// One thing somebody does.
fn step(device: &mut Device, circle: &Circle, goal: &Id, plan: &Id, number: usize) {
    let words = format!("As far as the post box, time {number}, with the dog and a rest half way");
    if number.is_multiple_of(4) {
        device
            .act(circle, |acts| goal::clinical(acts, goal, &words))
            .ok();
    }
    device
        .act(circle, |acts| log::add(acts, plan, &did(&words)))
        .unwrap();
}

/// A phone and a nurse who met after each thing they wrote.
fn history(meetings: usize) -> (Device, Device, Id, Id) {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (goal, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    go_on(&mut phone, &mut nurse, &goal, &plan, 0..meetings);
    (phone, nurse, goal, plan)
}

fn go_on(
    phone: &mut Device,
    nurse: &mut Device,
    goal: &Id,
    plan: &Id,
    meetings: std::ops::Range<usize>,
) {
    let (own, theirs) = (phone.home.circle.clone(), nurse.circle(phone));
    for number in meetings {
        step(phone, &own, goal, plan, number);
        step(nurse, &theirs, goal, plan, number + 1000);
        phone.meet(nurse);
    }
}

fn said(device: &Device, person: &Device) -> ([u8; 32], String) {
    let circle = device.circle(person);
    let record = device
        .home
        .vault
        .record(&circle, &Scope::Everything)
        .unwrap();
    let day = device.home.now.date_naive();
    (
        fingerprint(&record),
        everything::show(&record, day)["log"].to_string(),
    )
}

/// How many segments a device can hand on to one that has nothing.
fn can_give(device: &Device, person: &Device, to: &Device) -> usize {
    let key = to.home.vault.keys().public().sign;
    let vault = &device.home.vault;
    let circle = device.circle(person);
    let nothing = Have::default();
    vault
        .segments_lacking(&circle, &key, &nothing)
        .unwrap()
        .len()
}

fn segments_only(phone: &mut Device, to: &Device) {
    let circle = phone.home.circle.clone();
    let key = to.home.vault.keys().public().sign;
    for group in GROUPS {
        phone.home.vault.give_plain(&circle, &key, group).unwrap();
    }
}

/// Two new members: one gets a snapshot, the other all segments.
fn join_both_ways(phone: &mut Device) -> (Device, Device) {
    let (mut fast, mut slow) = (Device::new("Ben Hale", 3), Device::new("Cara Lewis", 4));
    segments_only(phone, &slow);
    phone.let_in(&mut fast, "nurse", &["all"]);
    phone.let_in(&mut slow, "nurse", &["all"]);
    // Whoever came second brought a name with them.
    phone.meet(&mut fast);
    (fast, slow)
}

#[test]
fn a_new_member_gets_a_snapshot_where_it_is_smaller_and_it_says_the_same() {
    let (mut phone, mut nurse, goal, plan) = history(12);
    let (mut fast, mut slow) = join_both_ways(&mut phone);
    assert!(can_give(&slow, &phone, &nurse) > can_give(&fast, &phone, &nurse) + 15);
    assert_eq!(said(&fast, &phone), said(&slow, &phone));
    assert_eq!(said(&fast, &phone), said(&phone, &phone));
    // What comes later follows on what the snapshot stood for.
    go_on(&mut phone, &mut nurse, &goal, &plan, 20..23);
    let (first, second) = (fast.circle(&phone), slow.circle(&phone));
    step(&mut fast, &first, &goal, &plan, 30);
    step(&mut slow, &second, &goal, &plan, 31);
    for _ in 0..2 {
        phone.meet(&mut fast);
        phone.meet(&mut slow);
    }
    phone.meet(&mut nurse);
    for device in [&mut fast, &mut slow, &mut nurse] {
        assert_eq!(said(device, &phone), said(&phone, &phone));
        assert!(device.home.vault.verify().unwrap().ok);
        let circle = device.circle(&phone);
        assert!(device.home.vault.late(&circle).unwrap().is_empty());
    }
    assert!(phone.home.vault.verify().unwrap().ok);
}

#[test]
fn who_got_a_snapshot_hands_it_on_to_who_lacks_what_it_stands_for() {
    let (mut phone, mut nurse, goal, plan) = history(2);
    let mut early = Device::new("Dai Rees", 5);
    segments_only(&mut phone, &early);
    phone.let_in(&mut early, "nurse", &["all"]);
    go_on(&mut phone, &mut nurse, &goal, &plan, 3..12);
    let mut fast = Device::new("Ben Hale", 3);
    phone.let_in(&mut fast, "nurse", &["all"]);
    fast.home.vault.compact().unwrap();
    // The phone is not there; nobody else has the segments between.
    fast.meet(&mut early);
    assert_eq!(said(&early, &phone), said(&fast, &phone));
    assert_eq!(said(&early, &phone), said(&phone, &phone));
    go_on(&mut phone, &mut nurse, &goal, &plan, 20..22);
    phone.meet(&mut early);
    early.meet(&mut fast);
    assert_eq!(said(&fast, &phone), said(&phone, &phone));
    assert!(fast.home.vault.verify().unwrap().ok && early.home.vault.verify().unwrap().ok);
}

/// Leaves and takes what a shelf has.
fn by_shelf(device: &mut Device, shelf: &MemoryShelf) {
    let (acting, entropy) = (device.acting(), device.entropy());
    let go_on = &mut |_: &Parcels| ControlFlow::Continue(());
    let vault = &mut device.home.vault;
    let passed = vault.sync_parcels(shelf, acting, &entropy, go_on).unwrap();
    assert!(passed.aside.is_empty(), "{passed:?}");
}

#[test]
fn who_came_in_by_a_snapshot_goes_on_by_parcel() {
    let (mut phone, _, goal, plan) = history(12);
    let mut fast = Device::new("Ben Hale", 3);
    phone.let_in(&mut fast, "nurse", &["all"]);
    let (own, theirs) = (phone.home.circle.clone(), fast.circle(&phone));
    step(&mut phone, &own, &goal, &plan, 20);
    step(&mut fast, &theirs, &goal, &plan, 30);
    let shelf = MemoryShelf::default();
    for _ in 0..2 {
        by_shelf(&mut fast, &shelf);
        by_shelf(&mut phone, &shelf);
    }
    assert_eq!(said(&fast, &phone), said(&phone, &phone));
    for words in ["time 20", "time 30"] {
        assert!(fast.text(&theirs).contains(words) && phone.text(&own).contains(words));
    }
}

#[test]
fn removal_and_late_work_are_judged_alike_after_either_way_of_joining() {
    let (mut phone, mut nurse, goal, plan) = history(8);
    let (mut fast, mut slow) = join_both_ways(&mut phone);
    let theirs = nurse.circle(&phone);
    phone.remove(&nurse);
    step(&mut nurse, &theirs, &goal, &plan, 50);
    for device in [&mut fast, &mut slow] {
        phone.meet(device);
        nurse.meet(device);
        let circle = device.circle(&phone);
        assert_eq!(device.home.vault.late(&circle).unwrap().len(), 1);
        assert!(!device.text(&circle).contains("time 50"));
    }
    assert_eq!(said(&fast, &phone), said(&slow, &phone));
}

/// A snapshot of a group as a device makes it, opened.
fn made(device: &Device, circle: &Circle, group: Group) -> (Body, [u8; 32]) {
    let vault = &device.home.vault;
    let bytes = vault
        .make_snapshot(circle, group, &SeededEntropy::new(8))
        .unwrap();
    let (log, keyring) = (
        vault.access_log(circle).unwrap(),
        vault.keyring(circle).unwrap(),
    );
    let epoch = vault
        .roster(circle)
        .unwrap()
        .epoch_for(&log, group)
        .unwrap();
    let secret = keyring.get(group, &epoch).unwrap();
    let opened = snapshot::open(&circle.id, &bytes.unwrap(), &epoch, secret);
    let opened = opened.unwrap().unwrap();
    (opened.body, epoch)
}

fn forged(device: &Device, circle: &Circle, group: Group, body: &Body) -> Vec<u8> {
    let vault = &device.home.vault;
    let (log, keyring) = (
        vault.access_log(circle).unwrap(),
        vault.keyring(circle).unwrap(),
    );
    let epoch = vault
        .roster(circle)
        .unwrap()
        .epoch_for(&log, group)
        .unwrap();
    let secret = keyring.get(group, &epoch).unwrap();
    let (keys, entropy) = (vault.keys(), SeededEntropy::new(9));
    snapshot::seal(keys, &circle.id, group, &epoch, body, secret, &entropy).unwrap()
}

#[test]
fn a_snapshot_is_believed_for_its_signatures_and_not_for_its_maker() {
    let (mut phone, mut evil, goal, plan) = history(3);
    let mut other = Device::new("Ben Hale", 3);
    phone.let_in(&mut other, "nurse", &["all"]);
    let theirs = evil.circle(&phone);
    let group = Group::Log;
    let (honest, _) = made(&evil, &theirs, group);
    // The same record with one entry more that nobody signed for.
    step(&mut evil, &theirs, &goal, &plan, 60);
    evil.meet(&mut phone);
    let (more, _) = made(&evil, &theirs, group);
    let before = other.text(&other.circle(&phone));
    let mut hostile: Vec<(&str, Body)> = Vec::new();
    let change = |says: &'static str, edit: &dyn Fn(&mut Body)| {
        let mut body = honest.clone();
        edit(&mut body);
        (says, body)
    };
    hostile.push(change("attest", &|body| body.parts = more.parts.clone()));
    hostile.push(change("attest", &|body| drop(body.streams.remove(0))));
    hostile.push(change("signature", &|body| {
        body.streams[0].statements[0].signature[5] ^= 1;
    }));
    hostile.push(change("signature", &|body| {
        body.streams[0].statements[0].counter += 1;
    }));
    hostile.push(change("signature", &|body| {
        let other = body.streams[1].device;
        body.streams[0].device = other;
    }));
    hostile.push(change("form", &|body| {
        body.streams[0].statements[0].tips[0].1 += 500
    }));
    hostile.push(change("form", &|body| {
        body.streams[0].statements[0].epoch = 99
    }));
    hostile.push(change("form", &|body| body.streams[0].statements.clear()));
    hostile.push(change("actor", &|body| {
        let twice = body.streams[0].clone();
        body.streams.push(twice);
    }));
    hostile.push(change("part", &|body| {
        let document = body.parts[0].1.clone();
        body.parts.insert(0, (Part::goals(2026), document));
    }));
    hostile.push(change("checksum", &|body| {
        let last = body.parts[0].1.len() - 1;
        body.parts[0].1[last] ^= 1;
    }));
    for (at, (says, body)) in hostile.iter().enumerate() {
        let bytes = forged(&evil, &theirs, group, body);
        let circle = other.circle(&phone);
        let acting = other.acting();
        let taken = other
            .home
            .vault
            .take_snapshot(&circle, &bytes, acting)
            .unwrap();
        match taken {
            Taken::Refused(reason) if reason == *says => {}
            // Whose device another key is decides before its signature.
            Taken::Refused("actor") if *says == "signature" => {}
            taken => panic!("number {at}: {taken:?}, not {says}"),
        }
    }
    assert_eq!(
        other.text(&other.circle(&phone)),
        before,
        "nothing of it was kept"
    );
    let circle = other.circle(&phone);
    let acting = other.acting();
    let bytes = forged(&evil, &theirs, group, &more);
    let taken = other.home.vault.take_snapshot(&circle, &bytes, acting);
    assert_eq!(
        taken,
        Ok(Taken::In),
        "untouched it is taken, whoever made it"
    );
    assert!(other.text(&circle).contains("time 60"));
    assert!(other.home.vault.verify().unwrap().ok);
}

#[test]
fn the_names_a_snapshots_maker_gives_newest_segments_stop_nobody() {
    let (mut phone, mut evil, goal, plan) = history(3);
    let mut other = Device::new("Ben Hale", 3);
    phone.admit(&mut other, "nurse", &["all"], None);
    let (own, theirs) = (phone.home.circle.clone(), evil.circle(&phone));
    let (mut body, _) = made(&evil, &theirs, Group::Log);
    // What the phone signs next, which the other does not have yet.
    step(&mut phone, &own, &goal, &plan, 60);
    let (acting, entropy) = (phone.acting(), phone.entropy());
    phone.home.vault.cut(&own, acting, &entropy).unwrap();
    let of_evil = evil.home.vault.keys().public().sign;
    let of_phone = phone.home.vault.keys().public().sign;
    let have = evil.home.vault.have(&theirs, &of_phone).unwrap();
    let vault = &phone.home.vault;
    let lacking = vault.segments_lacking(&own, &of_evil, &have).unwrap();
    let mut newest = lacking.iter().filter(|gift| gift.group() == "log");
    let newest = vault.segment(newest.next().unwrap()).unwrap();
    for stream in &mut body.streams {
        let mine = stream.device == of_evil;
        stream.name = if mine {
            cairn_core::sync::segment::name(&newest)
        } else {
            [7; 32]
        };
    }
    let circle = other.circle(&phone);
    let acting = other.acting();
    let bytes = forged(&evil, &theirs, Group::Log, &body);
    let taken = other.home.vault.take_snapshot(&circle, &bytes, acting);
    assert_eq!(taken, Ok(Taken::In), "all that is signed in it is right");
    phone.meet(&mut other);
    evil.meet(&mut phone);
    phone.meet(&mut other);
    assert!(other.text(&circle).contains("time 60"));
    assert_eq!(other.home.vault.kept_aside(&circle), Ok(vec![]));
    assert!(other.home.vault.verify().unwrap().ok);
}

/// A snapshot made by hand: anything under the seal, and anything signed.
fn by_hand(forge: &Forge, edit: impl FnOnce(&mut (Vec<u8>, Vec<u8>, Vec<u8>))) -> Vec<u8> {
    let (place, device) = (&forge.place, &forge.device.home.vault);
    let circle = place.circle.as_str().as_bytes();
    let group = place.group.as_str().as_bytes();
    let body = Body::default().pack().unwrap();
    let signed = digest(&[circle, group, &place.epoch, &body]);
    let signature = device
        .keys()
        .sign(&[b"cairn snapshot/1", signed.as_slice()].concat());
    let mut whole = (body, signature.to_vec(), vec![0; 40]);
    edit(&mut whole);
    let (body, signature, filling) = whole;
    let content = postcard::to_stdvec(&(device.keys().public().sign, signature, body)).unwrap();
    let content = [content, filling].concat();
    let header = [&[1, 0x40 | forge.header()[2]], &place.epoch[..8]].concat();
    let bound = digest(&[b"snapshot bound/1", circle, &header]);
    let sealed = seal_under(
        forge.secret.bytes(),
        &bound,
        &content,
        &SeededEntropy::new(9),
    );
    [header, sealed.unwrap()].concat()
}

#[test]
fn what_a_member_sealed_and_is_wrong_inside_is_refused_and_does_not_wait_for_a_key() {
    let (mut phone, evil, ..) = history(1);
    let (own, theirs) = (phone.home.circle.clone(), evil.circle(&phone));
    let forge = Forge::of(&evil, &theirs, Group::Log, Actor([0; 16]));
    let signed_too = |whole: &mut (Vec<u8>, Vec<u8>, Vec<u8>), body: Vec<u8>| {
        let circle = forge.place.circle.as_str().as_bytes();
        let said = digest(&[circle, b"log", &forge.place.epoch, &body]);
        let said = [b"cairn snapshot/1", said.as_slice()].concat();
        whole.0 = body;
        whole.1 = evil.home.vault.keys().sign(&said).to_vec();
    };
    let honest = Body::default().pack().unwrap();
    let cut = honest[..honest.len() - 1].to_vec();
    for (bytes, taken) in [
        // Nothing in it is wrong: it is what decides later that is missing nothing.
        (by_hand(&forge, |_| ()), Taken::In),
        (
            by_hand(&forge, |whole| signed_too(whole, vec![7; 90])),
            Taken::Refused("form"),
        ),
        (
            by_hand(&forge, |whole| signed_too(whole, cut)),
            Taken::Refused("form"),
        ),
        (
            by_hand(&forge, |whole| signed_too(whole, Vec::new())),
            Taken::Refused("form"),
        ),
        (
            by_hand(&forge, |whole| whole.2[39] = 1),
            Taken::Refused("form"),
        ),
        (
            by_hand(&forge, |whole| whole.1.truncate(63)),
            Taken::Refused("form"),
        ),
        (
            by_hand(&forge, |whole| whole.1[9] ^= 1),
            Taken::Refused("signature"),
        ),
    ] {
        let acting = phone.acting();
        let said = phone.home.vault.take_snapshot(&own, &bytes, acting);
        assert_eq!(said, Ok(taken));
    }
    let mut unsealed = by_hand(&forge, |_| ());
    *unsealed.last_mut().unwrap() ^= 1;
    let acting = phone.acting();
    let said = phone.home.vault.take_snapshot(&own, &unsealed, acting);
    assert_eq!(said, Ok(Taken::Waits("key")));
}

#[test]
fn a_carer_cannot_bring_in_by_snapshot_what_a_carer_may_not_write() {
    let mut phone = Device::new("Mary Bell", 1);
    let mut carer = Device::new("Joe Bell", 2);
    let (goal, _) = goal_with_plan(&mut phone);
    phone.let_in(&mut carer, "carer", &["goals", "log"]);
    let theirs = carer.circle(&phone);
    // Past their own checks: what they were granted stands in a row of their own vault.
    spoil::rows(&carer, "update circle set role = 'nurse'");
    carer
        .act(&theirs, |acts| concern::add(acts, &goal, "The slope"))
        .unwrap();
    let (acting, entropy) = (carer.acting(), carer.entropy());
    carer.home.vault.cut(&theirs, acting, &entropy).unwrap();
    let (body, _) = made(&carer, &theirs, Group::Goals);
    let bytes = forged(&carer, &theirs, Group::Goals, &body);
    let own = phone.home.circle.clone();
    let acting = phone.acting();
    let taken = phone.home.vault.take_snapshot(&own, &bytes, acting);
    assert_eq!(taken, Ok(Taken::Refused("role")));
}

#[test]
fn after_many_compactions_every_change_is_still_under_a_signature() {
    let (mut phone, mut nurse, goal, plan) = history(2);
    for round in 0..6 {
        let from = 100 + round * 10;
        go_on(&mut phone, &mut nurse, &goal, &plan, from..from + 5);
        for device in [&mut phone, &mut nurse] {
            assert!(device.home.vault.compact().unwrap() > 0, "round {round}");
            assert!(device.home.vault.verify().unwrap().ok);
        }
    }
    let (own, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
    step(&mut phone, &own, &goal, &plan, 900);
    assert_eq!(
        phone.home.vault.unattested(&own),
        Ok(1),
        "their own, not signed yet"
    );
    assert_eq!(nurse.home.vault.unattested(&theirs), Ok(0));
    // What a signature was for is held against what is there now.
    assert!(
        spoil::rows(
            &nurse,
            "update attest set hash = zeroblob(32) where seq = 3"
        ) > 0
    );
    let found = nurse.home.vault.verify().unwrap();
    assert_eq!(found.damaged, ["signature"]);
}

#[test]
fn each_signature_that_is_kept_is_checked_against_all_it_is_over() {
    for (table, what) in [
        ("segment", "heads = zeroblob(32)"),
        ("segment", "counter = counter + 1000"),
        ("attest", "counter = counter + 1000"),
        ("covered", "signature = zeroblob(64)"),
        ("covered", "before = zeroblob(32)"),
    ] {
        let (mut phone, mut nurse, goal, plan) = history(12);
        // One who comes in later has the first of it by a snapshot, and segments behind it.
        let mut carer = Device::new("Tom Reed", 3);
        phone.let_in(&mut carer, "carer", &["all"]);
        go_on(&mut phone, &mut nurse, &goal, &plan, 200..203);
        phone.meet(&mut carer);
        assert!(carer.home.vault.verify().unwrap().ok);
        let sql = format!(
            "update {table} set {what} where (share_group, actor, counter) in
            (select share_group, actor, max(counter) from {table} group by 1, 2)"
        );
        assert!(spoil::rows(&carer, &sql) > 0, "{what}");
        let mut found = carer.home.vault.verify().unwrap().damaged;
        found.dedup();
        assert_eq!(found, ["signature"], "{what}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn joining_by_snapshot_and_by_segments_end_in_the_same_record(
        acts in prop::collection::vec((0..2usize, any::<bool>()), 6..14),
        later in prop::collection::vec((0..4usize, any::<bool>()), 4..8),
        compacts in any::<bool>(),
    ) {
        let (mut phone, mut nurse, goal, plan) = history(1);
        let (own, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
        for (number, (who, meets)) in acts.into_iter().enumerate() {
            match who {
                0 => step(&mut phone, &own, &goal, &plan, number),
                _ => step(&mut nurse, &theirs, &goal, &plan, number),
            }
            if meets {
                phone.meet(&mut nurse);
            }
        }
        if compacts {
            phone.home.vault.compact().unwrap();
        }
        let (mut fast, mut slow) = join_both_ways(&mut phone);
        prop_assert_eq!(said(&fast, &phone), said(&slow, &phone));
        let (first, second) = (fast.circle(&phone), slow.circle(&phone));
        for (number, (who, meets)) in later.into_iter().enumerate() {
            let number = 500 + number;
            match who {
                0 => step(&mut phone, &own, &goal, &plan, number),
                1 => step(&mut nurse, &theirs, &goal, &plan, number),
                2 => step(&mut fast, &first, &goal, &plan, number),
                _ => step(&mut slow, &second, &goal, &plan, number),
            }
            if meets {
                fast.meet(&mut slow);
            }
        }
        for _ in 0..2 {
            fast.meet(&mut slow);
            slow.meet(&mut nurse);
            nurse.meet(&mut phone);
        }
        phone.meet(&mut fast);
        for device in [&mut fast, &mut slow, &mut nurse] {
            prop_assert_eq!(said(device, &phone), said(&phone, &phone));
            prop_assert!(device.home.vault.verify().unwrap().ok);
        }
    }
}
