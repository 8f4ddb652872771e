//! A recovery code that is used twice, the second time behind an old backup.

mod support;

use cairn_core::circle::recovery_code::RecoveryCode;
use std::path::PathBuf;
use support::codes::{back_up, make_code, own, recover, restore, says, tries};
use support::device::{Device, goal_with_plan};

/// Mary's phone and the nurse, a code, and a backup that the nurse has everything of.
fn with_backup() -> (Device, Device, RecoveryCode, PathBuf) {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    let code = make_code(&mut phone);
    phone.meet(&mut nurse);
    let file = back_up(&mut phone, "mary.backup");
    (phone, nurse, code, file)
}

fn is_in(device: &Device, other: &Device) -> bool {
    let roster = device.home.vault.roster(&device.circle(other)).unwrap();
    let key = other.home.vault.keys().public().sign;
    roster.standing.present(&key).is_some()
}

#[test]
fn a_used_code_with_an_old_backup_lets_nobody_in_and_throws_nobody_out() {
    for seed in 0..4 {
        let (mut phone, mut nurse, code, file) = with_backup();
        let mut new = Device::new("Mary", 100 + seed);
        let next = restore(&mut new, &file, &code).unwrap();
        new.meet(&mut nurse);
        nurse.meet(&mut phone);
        let mut thief = Device::new("Somebody", 200 + seed);
        restore(&mut thief, &file, &code).unwrap();
        says(&mut thief, "Written behind the old backup");
        thief.meet(&mut nurse);
        nurse.meet(&mut phone);
        says(&mut phone, "Afterwards");
        phone.meet(&mut nurse);
        for _ in 0..2 {
            thief.meet(&mut nurse);
            new.meet(&mut nurse);
            thief.meet(&mut phone);
        }
        for device in [&phone, &nurse, &new, &thief] {
            assert!(is_in(device, &new), "{seed}");
            assert!(!is_in(device, &thief), "{seed}");
        }
        assert!(new.text(&own(&new)).contains("Afterwards"));
        assert!(!thief.text(&own(&thief)).contains("Afterwards"), "{seed}");
        assert!(tries(&mut new, &next).is_ok() && tries(&mut phone, &next).is_ok());
        // What was written there is not lost: it waits for Mary.
        let mine = own(&phone);
        assert!(!phone.text(&mine).contains("behind the old backup"));
        let late = phone.home.vault.late(&mine).unwrap();
        assert!(!late.is_empty());
        let names = late.into_iter().map(|(name, ..)| name).collect();
        let acting = phone.acting();
        phone.home.vault.let_in(&mine, names, acting).unwrap();
        assert!(phone.text(&mine).contains("behind the old backup"));
        assert!(phone.home.vault.verify().unwrap().ok);
    }
}

#[test]
fn a_code_that_brought_a_device_back_at_somebodys_lets_nobody_in_behind_a_backup() {
    for seed in 0..4 {
        let (_phone, mut nurse, code, file) = with_backup();
        let mut new = Device::new("Mary", 100 + seed);
        recover(&mut new, &mut nurse, &code).unwrap();
        let mut thief = Device::new("Somebody", 200 + seed);
        restore(&mut thief, &file, &code).unwrap();
        thief.meet(&mut nurse);
        for device in [&nurse, &thief] {
            assert!(is_in(device, &new) && !is_in(device, &thief), "{seed}");
        }
    }
}

#[test]
fn a_phone_and_a_tablet_of_one_backup_that_different_people_met_first_are_both_in() {
    let (mut phone, mut nurse, _, _) = with_backup();
    let mut joe = Device::new("Joe Bell", 3);
    phone.let_in(&mut joe, "carer", &["all"]);
    let code = make_code(&mut phone);
    phone.meet(&mut nurse);
    phone.meet(&mut joe);
    let file = back_up(&mut phone, "again.backup");
    let (mut new, mut tablet) = (Device::new("Mary", 100), Device::new("Mary", 101));
    for (device, by) in [(&mut new, &mut nurse), (&mut tablet, &mut joe)] {
        restore(device, &file, &code).unwrap();
        device.meet(by);
    }
    nurse.meet(&mut joe);
    for device in [&mut new, &mut tablet] {
        device.meet(&mut nurse);
    }
    says(&mut new, "From the phone");
    says(&mut tablet, "From the tablet");
    // Keys that were made apart are handed over at one meeting and written under at the next.
    for _ in 0..3 {
        new.meet(&mut nurse);
        tablet.meet(&mut nurse);
    }
    for device in [&new, &tablet] {
        let status = device.home.vault.status().unwrap();
        assert_eq!(status["code_used_twice"], true, "the person is told");
    }
    for device in [&nurse, &new, &tablet] {
        assert!(is_in(device, &new) && is_in(device, &tablet));
        let text = device.text(&device.circle(&phone));
        assert!(text.contains("From the phone") && text.contains("From the tablet"));
    }
}
