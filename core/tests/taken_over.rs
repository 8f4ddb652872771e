//! Work that nobody had signed when a home was copied, backed up or put back: whoever goes on from it signs for it, and
//! what several of them sign for comes together as one.

#[path = "support/files.rs"]
mod files;
mod support;

use cairn_core::Id;
use cairn_core::circle::recovery_code::RecoveryCode;
use cairn_core::entropy::SeededEntropy;
use cairn_core::record::state::fingerprint;
use cairn_core::record::{Actor, Group, Noun, Part};
use cairn_core::store::{Circle, Scope, Taken};
use cairn_core::sync::segment::{self, Carried, Place, TakenOver, Tip};
use cairn_core::sync::session::Session;
use support::device::{Device, goal_with_plan};
use support::forge::Forge;
use support::{Home, forge};

/// A phone and a nurse who have met.
fn phone_and_nurse() -> (Device, Device, Id) {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (_, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    (phone, nurse, plan)
}

/// The home as it lies there now goes on somewhere else too.
fn copy(device: &mut Device, seed: u64) -> Device {
    device.home.vault.checkpoint().unwrap();
    let folder = files::copied(device.home.folder.path());
    Device::of(Home::of(folder, device.home.now, seed), seed)
}

/// Why segments are kept aside on a device.
fn aside(device: &Device) -> Vec<String> {
    let db = files::opened(device.home.folder.path());
    let mut reasons = db.prepare("select reason from waiting").unwrap();
    let reasons = reasons.query_map([], |row| row.get(0)).unwrap();
    reasons.map(Result::unwrap).collect()
}

/// Each of these notes is there once, and nothing waits or was refused.
fn has_each_once(device: &mut Device, circle: &Circle, notes: &[&str]) {
    let text = device.text(circle);
    let record = device.home.vault.record(circle, &Scope::Everything);
    let entries = record.unwrap().standing(Noun::Entry).len();
    for note in notes {
        assert!(text.contains(note), "{note}");
    }
    assert_eq!(entries, notes.len(), "each once");
    assert_eq!(aside(device), Vec::<String>::new());
    let verified = device.home.vault.verify().unwrap();
    assert!(verified.ok, "{:?}", verified.damaged);
}

fn shows(device: &Device, circle: &Circle) -> [u8; 32] {
    let record = device.home.vault.record(circle, &Scope::Everything);
    fingerprint(&record.unwrap())
}

#[test]
fn a_copy_and_the_home_it_was_made_of_both_sign_for_what_neither_had_signed() {
    for copy_first in [true, false] {
        let (mut phone, mut nurse, plan) = phone_and_nurse();
        let circle = phone.home.circle.clone();
        phone.logs(&circle, &plan, "before the copy");
        let mut copied = copy(&mut phone, 31);
        phone.logs(&circle, &plan, "on the first");
        copied.logs(&circle, &plan, "on the copy");
        let theirs = nurse.circle(&phone);
        nurse.logs(&theirs, &plan, "at the visit");
        for round in 0..3 {
            if copy_first || round > 0 {
                copied.meet(&mut nurse);
            }
            phone.meet(&mut nurse);
        }
        copied.meet(&mut nurse);
        let all = [
            "before the copy",
            "on the first",
            "on the copy",
            "at the visit",
        ];
        let same = shows(&nurse, &theirs);
        let everyone = [&mut phone, &mut copied, &mut nurse];
        for (device, circle) in everyone.into_iter().zip([&circle, &circle, &theirs]) {
            has_each_once(device, circle, &all);
            assert_eq!(shows(device, circle), same);
        }
        // Whoever comes in now has all of it in one piece.
        let mut carer = Device::new("Joe Bell", 3);
        phone.let_in(&mut carer, "carer", &["goals", "log"]);
        let of_carer = carer.circle(&phone);
        has_each_once(&mut carer, &of_carer, &all);
    }
}

#[test]
fn a_snapshot_says_who_signed_for_what_was_taken_over() {
    let (mut phone, mut nurse, plan) = phone_and_nurse();
    let circle = phone.home.circle.clone();
    for day in 0..30 {
        let note = format!("day {day}, as far as the post box and back");
        phone.logs(&circle, &plan, &note);
        phone.meet(&mut nurse);
    }
    phone.logs(&circle, &plan, "before the copy");
    let mut copied = copy(&mut phone, 31);
    copied.meet(&mut nurse);
    let mut carer = Device::new("Joe Bell", 3);
    let theirs = phone.admit(&mut carer, "carer", &["goals", "log"], None);
    phone.meet(&mut nurse);
    let of_nurse = nurse.circle(&phone);
    let entropy = SeededEntropy::new(5);
    for group in [Group::Members, Group::Goals, Group::Log] {
        let vault = &nurse.home.vault;
        let made = vault.make_snapshot(&of_nurse, group, &entropy).unwrap();
        let acting = carer.acting();
        let taken =
            carer
                .home
                .vault
                .take_snapshot(&theirs, &made.expect("one can be made"), acting);
        assert_eq!(taken, Ok(Taken::In), "{}", group.as_str());
    }
    assert!(carer.text(&theirs).contains("before the copy"));
    // What goes on from there fits, from the home that wrote it too.
    phone.logs(&circle, &plan, "and on");
    phone.meet(&mut carer);
    assert!(carer.text(&theirs).contains("and on"));
    assert_eq!(aside(&carer), Vec::<String>::new());
    assert!(carer.home.vault.verify().unwrap().ok);
}

#[test]
fn what_was_not_signed_when_a_backup_was_made_reaches_others_from_the_phone_it_is_brought_back_to()
{
    let (mut phone, mut nurse, plan) = phone_and_nurse();
    let circle = phone.home.circle.clone();
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let code = phone.home.vault.make_recovery(acting, &entropy).unwrap();
    let code = RecoveryCode::read(&code.text()).unwrap();
    phone.meet(&mut nurse);
    phone.logs(&circle, &plan, "before the backup");
    let file = phone.home.folder.path().join("mary.backup");
    let vault = &mut phone.home.vault;
    vault.make_backup(&file, acting, &entropy).unwrap();
    phone.logs(&circle, &plan, "after it");
    let mut fresh = Device::new("Mary Bell", 4);
    let (acting, entropy) = (fresh.acting(), fresh.entropy());
    let vault = &mut fresh.home.vault;
    let restored = vault.restore_backup(&file, &code, acting, &entropy);
    restored.unwrap();
    fresh.home.circle = fresh.home.vault.own().unwrap();
    let of_fresh = fresh.home.circle.clone();
    fresh.logs(&of_fresh, &plan, "on the new phone");
    fresh.meet(&mut nurse);
    let theirs = nurse.circle(&phone);
    has_each_once(
        &mut nurse,
        &theirs,
        &["before the backup", "on the new phone"],
    );
    // The first phone was only mislaid.
    phone.meet(&mut nurse);
    fresh.meet(&mut nurse);
    let all = ["before the backup", "after it", "on the new phone"];
    has_each_once(&mut nurse, &theirs, &all);
    has_each_once(&mut phone, &circle, &all);
    has_each_once(&mut fresh, &of_fresh, &all);
}

#[test]
fn what_a_home_that_was_put_back_had_written_then_is_there_once() {
    let (mut phone, mut nurse, plan) = phone_and_nurse();
    let circle = phone.home.circle.clone();
    phone.logs(&circle, &plan, "not signed then");
    let kept = phone.files();
    phone.logs(&circle, &plan, "lost with the disk");
    phone.meet(&mut nurse);
    phone.put_back(&kept);
    phone.logs(&circle, &plan, "since");
    for _ in 0..2 {
        phone.meet(&mut nurse);
    }
    let theirs = nurse.circle(&phone);
    let all = ["not signed then", "lost with the disk", "since"];
    has_each_once(&mut phone, &circle, &all);
    has_each_once(&mut nurse, &theirs, &all);
    assert_eq!(shows(&phone, &circle), shows(&nurse, &theirs));
}

#[test]
fn a_meeting_that_is_cut_off_before_what_was_lost_has_come_hides_nothing_for_long() {
    let (mut phone, mut nurse, plan) = phone_and_nurse();
    let circle = phone.home.circle.clone();
    let kept = phone.files();
    phone.logs(&circle, &plan, "lost with the disk");
    phone.meet(&mut nurse);
    phone.put_back(&kept);
    phone.logs(&circle, &plan, "since");
    let before = phone.home.record().actor;
    cut_off_once_it_is_found(&mut phone, &mut nurse);
    assert_ne!(phone.home.record().actor, before, "it was found");
    assert!(!phone.text(&circle).contains("since"), "laid aside");
    assert!(
        phone.home.vault.verify().unwrap().ok,
        "with where the part stood"
    );
    phone.home.reopen().unwrap();
    assert!(phone.text(&circle).contains("since"), "at the next opening");
    for _ in 0..2 {
        phone.meet(&mut nurse);
    }
    let theirs = nurse.circle(&phone);
    has_each_once(&mut phone, &circle, &["lost with the disk", "since"]);
    has_each_once(&mut nurse, &theirs, &["lost with the disk", "since"]);
}

/// A meeting that ends when the phone has found that it was put back.
fn cut_off_once_it_is_found(phone: &mut Device, nurse: &mut Device) {
    let before = phone.home.record().actor;
    let (one, two) = (phone.entropy(), nurse.entropy());
    let (acting, theirs) = (phone.acting(), nurse.acting());
    let mut mine = Session::begin(&mut phone.home.vault, acting, &one).unwrap();
    let mut other = Session::begin(&mut nurse.home.vault, theirs, &two).unwrap();
    while phone.home.record().actor == before {
        while let Some(message) = mine.next(&phone.home.vault).unwrap() {
            other.receive(&mut nurse.home.vault, &message).unwrap();
        }
        let message = other.next(&nurse.home.vault).unwrap().expect("it goes on");
        mine.receive(&mut phone.home.vault, &message).unwrap();
    }
}

#[test]
fn nobody_takes_over_what_another_member_wrote() {
    let (mut phone, mut nurse, plan) = phone_and_nurse();
    let mut carer = Device::new("Joe Bell", 3);
    let circle = phone.home.circle.clone();
    phone.logs(&circle, &plan, "the first of the year");
    phone.let_in(&mut carer, "carer", &["goals", "log"]);
    phone.meet(&mut nurse);
    let of_carer = carer.circle(&phone);
    // In an actor of the carer's own choosing, said to be the nurse's; and in the phone's, said to be the carer's.
    let devices = [&nurse, &carer].map(|device| device.home.vault.keys().public().sign);
    let actors = [Actor([9; 16]), phone.home.record().actor];
    phone.logs(&circle, &plan, "in her own words");
    for (actor, wrote) in actors.into_iter().zip(devices) {
        let bytes = made_by_hand(&carer, &of_carer, actor, wrote);
        let acting = nurse.acting();
        let theirs = nurse.circle(&phone);
        let taken = nurse.home.vault.take_segment(&theirs, &bytes, acting);
        assert_eq!(taken, Ok(Taken::Refused("actor")));
    }
    phone.meet(&mut nurse);
    assert!(
        nurse
            .text(&nurse.circle(&phone))
            .contains("in her own words")
    );
}

/// A segment in which the carer's device says that it takes over an entry of this actor of this device.
fn made_by_hand(carer: &Device, circle: &Circle, actor: Actor, wrote: [u8; 32]) -> Vec<u8> {
    let record = carer.home.vault.record(circle, &Scope::Everything).unwrap();
    let part = Part::log(2026);
    let entry = Id::wide(&[b"entry"]);
    let put = cairn_core::record::change::PutOp {
        noun: Noun::Entry,
        key: entry.to_string(),
        value: cairn_core::record::Value::Text("by hand".into()),
        replaces: Vec::new(),
    };
    let (bytes, tip) = forge::first_change(&circle.id, &record, &part, actor, vec![put]);
    let taken = TakenOver {
        actor,
        device: wrote,
        by: record.actor,
    };
    let forge = Forge::of(carer, circle, Group::Log, actor);
    let place = Place {
        actor: taken.stream(&forge.place.device),
        taken: Some(taken),
        ..forge.place.clone()
    };
    let carried = vec![Carried { part, bytes }];
    let (keys, tips): (_, [Tip; 1]) = (carer.home.vault.keys(), [tip]);
    let (secret, entropy) = (&forge.secret, SeededEntropy::new(77));
    let sealed = segment::seal(keys, &place, false, carried, &tips, secret, &entropy);
    sealed.unwrap().bytes
}
