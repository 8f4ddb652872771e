//! Work of somebody who was taken out counts for everybody where others had built on it before they knew, however many
//! of them were taken out since.

mod support;

use cairn_core::{Id, log};
use support::device::{Device, did, goal_with_plan};

fn writes(device: &mut Device, person: &Device, plan: &Id, note: &str) {
    let circle = device.circle(person);
    device
        .act(&circle, |acts| log::add(acts, plan, &did(note)))
        .unwrap();
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
