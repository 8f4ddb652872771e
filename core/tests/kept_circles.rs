//! Homes of several devices that share a record, as earlier versions wrote them, kept in `tests/compatibility`. Every later
//! version opens them, lets them meet, and loses nothing of what any of them held. And a home from before there was
//! sharing can be shared.
//!
//! `cargo xtask freeze STAGE` keeps today's; what is kept is never written again.

#[path = "support/files.rs"]
mod files;
mod support;

use cairn_core::attachment::Prepared;
use cairn_core::circle::Groups;
use cairn_core::circle::invitation::Invitation;
use cairn_core::circle::recovery_code::RecoveryCode;
use cairn_core::entropy::SeededEntropy;
use cairn_core::plan::{self, Answers};
use cairn_core::record::Acting;
use cairn_core::store::membership::Inviting;
use cairn_core::store::{Circle, Scope};
use cairn_core::view::{disagreement, everything};
use cairn_core::{Id, goal, log};
use files::{copied, copy_all};
use serde_json::{Value as Json, json};
use std::fs;
use std::path::{Path, PathBuf};
use support::device::{Device, did, goal_with_plan};
use support::{Home, moment};

/// Mary's phone, her tablet, her nurse's tablet, and the phone of a carer who was taken out.
const NAMES: [&str; 4] = ["phone", "tablet", "nurse", "carer"];
const PHONE: usize = 0;
const TABLET: usize = 1;
const NURSE: usize = 2;
const CARER: usize = 3;
const LATER: &str = "2026-03-20T12:00:00Z";

fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/compatibility")
}

fn shown(device: &Device, circle: &Circle) -> Json {
    let vault = &device.home.vault;
    let record = vault.record(circle, &Scope::Everything).unwrap();
    let mut pages = everything::show(&record, moment(LATER).date_naive());
    pages["disagreements"] = json!(disagreement::list(&record));
    pages
}

/// What a device holds of Mary's record.
fn circle_of(device: &Device, id: &Id) -> Circle {
    let circles = device.home.vault.circles().unwrap().into_iter();
    let mut hers = circles.filter(|circle| circle.id == *id);
    hers.next().unwrap()
}

/// Whether every text of `known` is in `now`.
fn texts_are_there(known: &Json, now: &str, place: &str) {
    match known {
        Json::String(text) => {
            let text = Json::String(text.clone()).to_string();
            assert!(now.contains(&text), "{place}: a text is gone");
        }
        Json::Array(items) => {
            for item in items {
                texts_are_there(item, now, place);
            }
        }
        Json::Object(fields) => {
            for (name, value) in fields.iter().filter(|(name, _)| *name != "sent") {
                texts_are_there(value, now, &format!("{place}.{name}"));
            }
        }
        _ => {}
    }
}

#[test]
fn devices_an_earlier_version_left_meet_settle_let_in_and_share_further() {
    let mut stages = 0;
    for stage in fs::read_dir(kept()).unwrap() {
        let stage = stage.unwrap().path().join("devices");
        if stage.is_dir() {
            stages += 1;
            go_on_with(&stage);
        }
    }
    assert!(stages > 0, "no devices are kept");
}

fn go_on_with(stage: &Path) {
    let known = fs::read_to_string(stage.join("answers.json")).unwrap();
    let known: Json = serde_json::from_str(&known).unwrap();
    let id = Id::read(known["circle"].as_str().unwrap());
    let mut seed = 80;
    let mut devices = NAMES.map(|name| {
        seed += 1;
        let home = copied(&stage.join(name));
        assert!(home.path().join("vault.db-wal").metadata().unwrap().len() > 0);
        let device = Device::of(Home::of(home, moment(LATER), seed), seed);
        assert_eq!(device.home.vault.notice(), None, "{name}: no alarm");
        let circle = circle_of(&device, &id);
        assert_eq!(shown(&device, &circle), known["pages"][name], "{name}");
        device
    });
    for device in &mut devices {
        assert!(device.home.vault.verify().unwrap().ok);
    }
    // The nurse had written something nobody had yet; so had the carer, after she was taken out.
    let plan = Id::read(known["plan"].as_str().unwrap());
    let circle = circle_of(&devices[NURSE], &id);
    devices[NURSE]
        .act(&circle, |acts| {
            log::add(acts, &plan, &did("by a later version"))
        })
        .unwrap();
    let others = [
        (PHONE, NURSE),
        (PHONE, CARER),
        (PHONE, TABLET),
        (TABLET, NURSE),
    ];
    for (one, other) in others {
        let [one, other] = devices.get_disjoint_mut([one, other]).unwrap();
        one.meet(other);
    }
    let phone = &mut devices[PHONE];
    let circle = circle_of(phone, &id);
    let late = phone.home.vault.late(&circle).unwrap();
    assert_eq!(late.len(), 1, "her late note waits");
    let acting = phone.acting();
    let names = late.iter().map(|(name, ..)| *name).collect();
    phone.home.vault.let_in(&circle, names, acting).unwrap();
    for (one, other) in [(PHONE, TABLET), (PHONE, NURSE)] {
        let [one, other] = devices.get_disjoint_mut([one, other]).unwrap();
        one.meet(other);
    }
    let all = [PHONE, TABLET, NURSE].map(|at| {
        let device = &devices[at];
        let circle = circle_of(device, &id);
        let mut all = shown(device, &circle);
        all["disagreements"] = json!(null);
        without_sent(&mut all);
        all
    });
    assert_eq!(all[PHONE], all[TABLET]);
    let now = all[PHONE].to_string();
    for text in [
        "by a later version",
        "written by the nurse alone",
        "a late note",
    ] {
        assert!(now.contains(text), "{text}");
    }
    texts_are_there(&known["pages"]["phone"]["log"], &now, "log");
    texts_are_there(&known["pages"]["phone"]["goals"], &now, "goals");
    let file = Id::read(known["file"].as_str().unwrap());
    let circle = circle_of(&devices[TABLET], &id);
    let voice = devices[TABLET].home.vault.attached(&circle, &file).unwrap();
    assert_eq!(voice, VOICE);
    papers_still_work(&mut devices[PHONE], &known);
    share_further(&mut devices[PHONE], "by a later version");
    for device in &mut devices {
        assert!(device.home.vault.verify().unwrap().ok);
    }
}

/// Who has what is worked out anew on each device.
fn without_sent(value: &mut Json) {
    match value {
        Json::Object(fields) => {
            fields.remove("sent");
            fields.values_mut().for_each(without_sent);
        }
        Json::Array(items) => items.iter_mut().for_each(without_sent),
        _ => {}
    }
}

/// What was on paper when the homes were kept: a recovery code, and an invitation nobody had used.
fn papers_still_work(phone: &mut Device, known: &Json) {
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let code = RecoveryCode::read(known["recovery"].as_str().unwrap()).unwrap();
    assert!(phone.home.vault.try_recovery(&code, acting).is_ok());
    let invitation = Invitation::read(known["invitation"].as_str().unwrap()).unwrap();
    let mut joe = Device::new("Joe Bell", 90);
    let request = invitation
        .ask(joe.home.vault.keys().public(), "Joe Bell", None)
        .unwrap();
    let circle = phone.home.circle.clone();
    let before_it_ended = Acting::at(moment("2026-03-16T12:00:00Z"));
    let vault = &mut phone.home.vault;
    let welcome = vault
        .admit(&circle, &request, before_it_ended, &entropy)
        .unwrap();
    joe.home.vault.enter(&invitation, &welcome, acting).unwrap();
    phone.meet(&mut joe);
    assert!(joe.text(&joe.circle(phone)).contains("Walk to the bench"));
}

/// Somebody who comes in only now gets everything.
fn share_further(phone: &mut Device, text: &str) {
    let mut ben = Device::new("Ben Hale", 91);
    phone.let_in(&mut ben, "nurse", &["all"]);
    assert!(ben.text(&ben.circle(phone)).contains(text));
}

/// What stands on the two changes in that home which other devices made, before anybody signed, waits for their
/// authors: its plans and goals are not asked for here.
#[test]
fn a_home_from_before_there_was_sharing_is_shared() {
    let home = copied(&kept().join("loop/home"));
    let mut phone = Device::of(Home::of(home, moment(LATER), 85), 85);
    let (mut nurse, mut tablet) = (Device::new("Anne Okoro", 86), Device::new("Tom", 87));
    phone.let_in(&mut nurse, "nurse", &["all"]);
    phone.add(&mut tablet);
    let circle = nurse.circle(&phone);
    for device in [&nurse, &tablet] {
        let text = device.text(&circle_of(device, &circle.id));
        for words in ["My garden", "In for a day", "In for two days"] {
            assert!(text.contains(words), "{words}");
        }
    }
    nurse
        .act(&circle, |acts| goal::add(acts, "Sleep better", None, None))
        .unwrap();
    phone.meet(&mut nurse);
    assert!(
        phone
            .text(&phone.home.circle.clone())
            .contains("Sleep better")
    );
    for device in [&mut phone, &mut nurse, &mut tablet] {
        assert!(device.home.vault.verify().unwrap().ok);
    }
}

const VOICE: &[u8] = b"OggS a voice that says how it went";

/// Four devices in the midst of it all.
fn devices_now() -> ([Device; 4], Json) {
    let mut phone = Device::new("Mary Bell", 1);
    let [mut tablet, mut nurse, mut carer] = [("Mary", 2), ("Anne Okoro", 3), ("Ann Bell", 4)]
        .map(|(name, seed)| Device::new(name, seed));
    let (goal, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    phone.let_in(&mut carer, "carer", &["goals", "log"]);
    phone.add(&mut tablet);
    let circle = phone.home.circle.clone();
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let voice = Prepared::new(&circle.id, "voice.ogg", None, VOICE.to_vec(), &entropy).unwrap();
    let file = phone
        .home
        .vault
        .attach(&circle, &goal, &voice, acting)
        .unwrap();
    phone.logs(&circle, &plan, "by Mary");
    for other in [&mut tablet, &mut nurse, &mut carer] {
        phone.meet(other);
    }
    let theirs = nurse.circle(&phone);
    let often = |often: &str| Answers {
        often: Some(often.into()),
        ..Answers::default()
    };
    phone
        .act(&circle, |acts| plan::edit(acts, &plan, &often("every day")))
        .unwrap();
    nurse
        .act(&theirs, |acts| {
            plan::edit(acts, &plan, &often("twice a week"))
        })
        .unwrap();
    phone.meet(&mut nurse);
    phone.remove(&carer);
    let hers = carer.circle(&phone);
    carer.logs(&hers, &plan, "a late note");
    nurse.logs(&theirs, &plan, "written by the nurse alone");
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let recovery = phone.home.vault.make_recovery(acting, &entropy).unwrap();
    let inviting = Inviting {
        role: "carer",
        groups: Groups::read(["goals", "log"], "carer").unwrap(),
        until: None,
    };
    let entropy = SeededEntropy::new(700);
    let vault = &mut phone.home.vault;
    let invitation = vault.invite(&circle, &inviting, acting, &entropy).unwrap();
    phone.meet(&mut tablet);
    let known = json!({
        "circle": circle.id, "plan": plan, "file": file,
        "recovery": recovery.text().as_str(), "invitation": invitation.code().unwrap(),
    });
    ([phone, tablet, nurse, carer], known)
}

#[test]
#[ignore = "writes homes that are kept for ever: cargo xtask freeze"]
fn devices_of_this_version_are_kept() {
    let to =
        PathBuf::from(std::env::var_os("CAIRN_FREEZE_TO").expect("cargo xtask freeze says where"));
    let to = to.join("devices");
    assert!(!to.exists(), "what is kept is never written again");
    keep(&to);
}

fn keep(to: &Path) {
    let (devices, mut known) = devices_now();
    let id = devices[PHONE].home.circle.id.clone();
    for (name, device) in NAMES.iter().zip(&devices) {
        known["pages"][name] = shown(device, &circle_of(device, &id));
        copy_all(device.home.folder.path(), &to.join(name));
    }
    let text = serde_json::to_string_pretty(&known).unwrap();
    fs::write(to.join("answers.json"), text + "\n").unwrap();
}

#[test]
fn devices_this_version_leaves_can_be_kept() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("devices");
    keep(&to);
    go_on_with(&to);
}
