//! "Is it safe to hand in this device?", on real files. Source of the rule: `cli.md`, `safe_to_hand_in`.

mod support;

use cairn_core::goal;
use cairn_core::log;
use cairn_core::need;
use serde_json::{Value, json};
use support::device::{Device, did, goal_with_plan};

fn status(device: &Device) -> Value {
    device.home.vault.status().unwrap()
}

#[track_caller]
fn is(device: &Device, safe: bool, to_do: &[&str]) {
    let found = status(device);
    assert_eq!(found["safe_to_hand_in"], safe, "{found}");
    assert_eq!(found["to_do"], json!(to_do), "{found}");
}

fn writes(device: &mut Device, words: &str) {
    let circle = device.home.vault.own().unwrap();
    device
        .act(&circle, |acts| goal::add(acts, words, None, None))
        .unwrap();
}

fn code(device: &mut Device) -> cairn_core::circle::recovery_code::RecoveryCode {
    let (acting, entropy) = (device.acting(), device.entropy());
    device.home.vault.make_recovery(acting, &entropy).unwrap()
}

fn back_up(device: &mut Device) {
    let file = device.home.folder.path().join("mary.backup");
    let (acting, entropy) = (device.acting(), device.entropy());
    let vault = &mut device.home.vault;
    vault.make_backup(&file, acting, &entropy).unwrap();
}

#[test]
fn alone_it_takes_a_code_that_was_tried_and_a_backup_made_since() {
    let mut phone = Device::new("Mary Bell", 1);
    is(&phone, true, &[]);
    writes(&mut phone, "Sleep better");
    is(
        &phone,
        false,
        &["recovery_make", "recovery_try", "backup_make"],
    );
    let first = code(&mut phone);
    is(&phone, false, &["recovery_try", "backup_make"]);
    back_up(&mut phone);
    is(&phone, false, &["recovery_try"]);
    let acting = phone.acting();
    phone.home.vault.try_recovery(&first, acting).unwrap();
    is(&phone, true, &[]);
    assert_eq!(
        status(&phone)["never"],
        1,
        "it is nowhere but in the backup"
    );
    writes(&mut phone, "After the backup");
    is(&phone, false, &["backup_make"]);
    back_up(&mut phone);
    is(&phone, true, &[]);
    // A backup that is sealed to a code which has ended brings nobody back.
    let second = code(&mut phone);
    is(&phone, false, &["recovery_try", "backup_make"]);
    phone.home.vault.try_recovery(&second, acting).unwrap();
    is(&phone, false, &["backup_make"]);
}

#[test]
fn what_others_have_is_safe_and_what_they_cannot_open_is_not() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (_, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["goals"]);
    is(&phone, true, &[]);
    assert_eq!(status(&phone)["last_contact"][0]["with"], "Somebody");
    writes(&mut phone, "Sleep better");
    is(&phone, false, &["meet"]);
    phone.meet(&mut nurse);
    is(&phone, true, &[]);
    let circle = phone.home.circle.clone();
    phone
        .act(&circle, |acts| log::add(acts, &plan, &did("for myself")))
        .unwrap();
    is(
        &phone,
        false,
        &["recovery_make", "recovery_try", "backup_make"],
    );
    let made = code(&mut phone);
    back_up(&mut phone);
    is(&phone, false, &["recovery_try"]);
    let acting = phone.acting();
    phone.home.vault.try_recovery(&made, acting).unwrap();
    is(&phone, true, &[]);
}

#[test]
fn what_was_sent_to_somebody_who_is_out_now_is_only_here_again() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    is(&phone, true, &[]);
    phone.remove(&nurse);
    let found = status(&phone);
    assert_eq!((&found["waiting"], &found["never"]), (&json!(0), &json!(0)));
    is(
        &phone,
        false,
        &["recovery_make", "recovery_try", "backup_make"],
    );
}

#[test]
fn a_further_device_of_ones_own_is_enough() {
    let (mut phone, mut tablet) = (Device::new("Mary Bell", 1), Device::new("Mary", 2));
    writes(&mut phone, "Sleep better");
    phone.add(&mut tablet);
    is(&phone, true, &[]);
    is(&tablet, true, &[]);
    writes(&mut tablet, "Walk more");
    is(&tablet, false, &["meet"]);
    let (acting, entropy, id) = (
        phone.acting(),
        phone.entropy(),
        phone.home.vault.keys().device_id(),
    );
    // The phone is lost before it got that: the tablet has it alone.
    tablet
        .home
        .vault
        .lose_device(&id, acting, &entropy)
        .unwrap();
    is(
        &tablet,
        false,
        &["recovery_make", "recovery_try", "backup_make"],
    );
}

#[test]
fn an_information_need_counts_like_anything_that_was_typed() {
    let mut phone = Device::new("Mary Bell", 1);
    let circle = phone.home.circle.clone();
    phone
        .act(&circle, |acts| need::add(acts, "easy_read"))
        .unwrap();
    is(
        &phone,
        false,
        &["recovery_make", "recovery_try", "backup_make"],
    );
}
