//! Work of somebody who was taken out counts for everybody where others had built on it before they knew, however many
//! of them were taken out since.

mod support;

use cairn_core::Id;
use support::device::{Device, goal_with_plan};

fn writes(device: &mut Device, person: &Device, plan: &Id, note: &str) {
    let circle = device.circle(person);
    device.logs(&circle, plan, note);
}

/// Mary's phone and the nurses Anne and Ben, who have all met.
fn three() -> (Device, Device, Device, Id) {
    let mut mary = Device::new("Mary Bell", 1);
    let (mut anne, mut ben) = (Device::new("Anne Okoro", 2), Device::new("Ben Hale", 3));
    let (_, plan) = goal_with_plan(&mut mary);
    for nurse in [&mut anne, &mut ben] {
        mary.let_in(nurse, "nurse", &["all"]);
    }
    mary.meet(&mut anne);
    anne.meet(&mut ben);
    (mary, anne, ben, plan)
}

#[test]
fn late_work_counts_where_one_who_was_taken_out_later_had_built_on_it() {
    let (mut mary, mut anne, mut ben, plan) = three();
    mary.remove(&anne);
    writes(&mut anne, &mary, &plan, "not knowing of it");
    anne.meet(&mut ben);
    writes(&mut ben, &mary, &plan, "on top of it");
    ben.meet(&mut mary);
    let own = mary.home.circle.clone();
    assert!(
        mary.text(&own).contains("not knowing of it"),
        "Ben speaks for it"
    );
    mary.remove(&ben);
    let mut gwen = Device::new("Gwen Pritchard", 4);
    mary.let_in(&mut gwen, "nurse", &["all"]);
    let theirs = gwen.circle(&mary);
    for note in ["not knowing of it", "on top of it"] {
        assert!(gwen.text(&theirs).contains(note), "{note}");
    }
    assert!(gwen.home.vault.late(&theirs).unwrap().is_empty());
}

/// Mary's phone, Ann who acts for her, and the carer Rob; and Joe, whom Ann lets in while Mary takes Ann out.
fn let_in_meanwhile() -> (Device, Device, Device, Device, Id) {
    let mut mary = Device::new("Mary Bell", 1);
    let (mut ann, mut rob) = (Device::new("Ann Bell", 2), Device::new("Rob Fell", 3));
    let mut joe = Device::new("Joe Bell", 4);
    let (_, plan) = goal_with_plan(&mut mary);
    mary.let_in(&mut ann, "proxy", &["all"]);
    mary.let_in(&mut rob, "carer", &["goals", "log"]);
    mary.meet(&mut ann);
    mary.remove(&ann);
    ann.home.circle = ann.circle(&mary);
    ann.let_in(&mut joe, "carer", &["goals", "log"]);
    ann.meet(&mut rob);
    (mary, ann, rob, joe, plan)
}

#[test]
fn what_somebody_wrote_whom_one_let_in_who_was_being_taken_out_counts_where_others_had_it() {
    let (mut mary, _, mut rob, mut joe, plan) = let_in_meanwhile();
    writes(&mut joe, &mary, &plan, "had by Rob");
    joe.meet(&mut rob);
    writes(&mut rob, &mary, &plan, "on top of it");
    writes(&mut joe, &mary, &plan, "had by nobody");
    for _ in 0..2 {
        rob.meet(&mut mary);
        joe.meet(&mut rob);
        joe.meet(&mut mary);
    }
    let own = mary.home.circle.clone();
    let in_now = |device: &Device| {
        let key = joe.home.vault.keys().public().sign;
        let circle = device.circle(&mary);
        let roster = device.home.vault.roster(&circle).unwrap();
        roster.standing.present(&key).is_some()
    };
    assert!([&mary, &rob, &joe].iter().all(|device| !in_now(device)));
    let theirs = rob.circle(&mary);
    let (at_marys, at_robs) = (mary.text(&own), rob.text(&theirs));
    for note in ["had by Rob", "on top of it"] {
        assert!(at_marys.contains(note) && at_robs.contains(note), "{note}");
    }
    // The rest waits for Mary, under his name.
    assert!(!at_marys.contains("had by nobody"));
    let late = mary.home.vault.late(&own).unwrap();
    let joes = joe.circle(&mary).member;
    let waits: Vec<_> = late.iter().map(|(_, by, _)| by.clone()).collect();
    assert_eq!(waits, [Some(joes)]);
    let names = late.into_iter().map(|(name, ..)| name).collect();
    let acting = mary.acting();
    mary.home.vault.let_in(&own, names, acting).unwrap();
    mary.meet(&mut rob);
    for device in [&mary, &rob] {
        assert!(device.text(&device.circle(&mary)).contains("had by nobody"));
    }
}

#[test]
fn what_was_had_while_a_removal_did_not_count_yet_counts_once_it_does() {
    let mut mary = Device::new("Mary Bell", 1);
    let (mut ann, mut joe) = (Device::new("Ann Bell", 2), Device::new("Joe Bell", 4));
    let mut ben = Device::new("Ben Hale", 3);
    let (_, plan) = goal_with_plan(&mut mary);
    mary.let_in(&mut ann, "proxy", &["all"]);
    mary.let_in(&mut joe, "carer", &["goals", "log"]);
    mary.let_in(&mut ben, "nurse", &["all"]);
    for other in [&mut ann, &mut joe] {
        mary.meet(other);
    }
    writes(&mut joe, &mary, &plan, "had by Ben");
    joe.meet(&mut ben);
    // Ann takes Joe out while Mary takes Ann out: it counts for who learns that Ben had taken it up.
    ann.home.circle = ann.circle(&mary);
    ann.remove(&joe);
    mary.remove(&ann);
    ben.meet(&mut ann);
    writes(&mut joe, &mary, &plan, "had by Mary");
    joe.meet(&mut ann);
    joe.meet(&mut mary);
    let own = mary.home.circle.clone();
    assert!(
        mary.text(&own).contains("had by Mary"),
        "Joe is in, for her"
    );
    for _ in 0..2 {
        ben.meet(&mut mary);
        joe.meet(&mut ben);
    }
    let theirs = ben.circle(&mary);
    for (device, circle) in [(&mary, &own), (&ben, &theirs)] {
        let key = joe.home.vault.keys().public().sign;
        let roster = device.home.vault.roster(circle).unwrap();
        assert!(roster.standing.present(&key).is_none(), "out, for both");
        for note in ["had by Ben", "had by Mary"] {
            assert!(device.text(circle).contains(note), "{note}");
        }
        assert!(device.home.vault.late(circle).unwrap().is_empty());
    }
}
