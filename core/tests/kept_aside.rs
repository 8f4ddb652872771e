//! What came and is not in a record, and what others have that did not come: `status` shows both, with whose it is.
//! Source: `security.md` 5 and 10.

mod support;

use cairn_core::Id;
use cairn_core::store::{Circle, Taken};
use serde_json::{Value, json};
use support::device::{Device, goal_with_plan};

fn status(device: &Device, field: &str) -> Value {
    device.home.vault.status().unwrap()[field].clone()
}

/// The segments of a record that another lacks, in order.
fn segments(of: &Device, circle: &Circle, other: &Device) -> Vec<Vec<u8>> {
    let (vault, theirs) = (&of.home.vault, &other.home.vault);
    let device = theirs.keys().public().sign;
    let own = vault.keys().public().sign;
    let have = theirs.have(&other.circle(of), &own).unwrap();
    let lacking = vault.segments_lacking(circle, &device, &have).unwrap();
    lacking
        .iter()
        .map(|gift| vault.segment(gift).unwrap())
        .collect()
}

fn logs_and_signs(phone: &mut Device, plan: &Id, note: &str) {
    let circle = phone.home.circle.clone();
    phone.logs(&circle, plan, note);
    let (acting, entropy) = (phone.acting(), phone.entropy());
    phone.home.vault.cut(&circle, acting, &entropy).unwrap();
}

#[test]
fn what_came_before_what_it_stands_on_is_shown_until_that_is_here() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (_, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    logs_and_signs(&mut phone, &plan, "first");
    logs_and_signs(&mut phone, &plan, "second");
    let (circle, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
    let sent = segments(&phone, &circle, &nurse);
    let acting = nurse.acting();
    let mut takes = |bytes: &[u8]| {
        let taken = nurse.home.vault.take_segment(&theirs, bytes, acting);
        (taken.unwrap(), status(&nurse, "aside"))
    };
    let (taken, aside) = takes(&sent[1]);
    assert!(matches!(taken, Taken::Waits(_)), "{taken:?}");
    assert_eq!(aside[0]["why"], "waits", "{aside}");
    assert_eq!(aside[0]["count"], 1, "{aside}");
    let (taken, aside) = takes(&sent[0]);
    assert_eq!((taken, aside), (Taken::In, json!([])));
}

#[test]
fn what_a_home_wrote_in_place_of_what_it_had_lost_is_shown_as_its_own() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let mut carer = Device::new("Tom Reed", 3);
    let (_, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    phone.let_in(&mut carer, "carer", &["goals", "log"]);
    let before = phone.files();
    logs_and_signs(&mut phone, &plan, "lost with the disk");
    phone.meet(&mut nurse);
    phone.put_back(&before);
    logs_and_signs(&mut phone, &plan, "written in its place");
    phone.meet(&mut carer);
    let (circle, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
    let second = segments(&phone, &circle, &carer);
    assert_eq!(second, Vec::<Vec<u8>>::new(), "the carer has all of it");
    // The nurse has another segment in that place.
    let own = phone.home.vault.keys().public().sign;
    let mut have = nurse.home.vault.have(&theirs, &own).unwrap();
    for reached in &mut have.streams {
        reached.counter -= u64::from(reached.group == "log");
    }
    let device = nurse.home.vault.keys().public().sign;
    let vault = &phone.home.vault;
    let lacking = vault.segments_lacking(&circle, &device, &have).unwrap();
    assert_eq!(lacking.len(), 1);
    let other = vault.segment(&lacking[0]).unwrap();
    let acting = nurse.acting();
    let taken = nurse.home.vault.take_segment(&theirs, &other, acting);
    assert_eq!(taken, Ok(Taken::Refused("fork")));
    let aside = status(&nurse, "aside");
    assert_eq!(aside[0]["why"], "forked", "{aside}");
    assert_eq!(aside[0]["from"], "Mary Bell", "{aside}");
    assert_eq!(aside[0]["count"], 1, "{aside}");
    assert!(nurse.text(&theirs).contains("lost with the disk"));
}

#[test]
fn a_device_that_heard_of_more_than_it_has_says_so_until_it_comes() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let mut carer = Device::new("Tom Reed", 3);
    let (_, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    phone.let_in(&mut carer, "carer", &["goals", "log"]);
    let at_nurse = nurse.circle(&phone);
    nurse.logs(&at_nurse, &plan, "seen at home");
    phone.meet(&mut nurse);
    assert_eq!(status(&carer, "known_missing"), 0);
    // What the phone says it has comes to the carer, and nothing else does.
    let of_carer = carer.home.vault.keys().public().sign;
    let of_phone = phone.home.vault.keys().public().sign;
    let have = phone
        .home
        .vault
        .have(&phone.home.circle, &of_carer)
        .unwrap();
    let (circle, acting) = (carer.circle(&phone), carer.acting());
    let vault = &mut carer.home.vault;
    vault
        .acknowledged(&circle, &of_phone, &have, acting)
        .unwrap();
    // The groups a carer does not read are not missed.
    assert_eq!(status(&carer, "known_missing"), 1);
    carer.meet(&mut phone);
    assert_eq!(status(&carer, "known_missing"), 0);
    assert!(carer.text(&circle).contains("seen at home"));
}
