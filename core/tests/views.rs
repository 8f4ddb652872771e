//! Who looked: noted once a day and share group by an honest app, written down when a link opens, read by the person.

mod support;

use cairn_core::circle::Groups;
use cairn_core::record::{Group, Noun, Part, Record};
use cairn_core::store::{Circle, Scope};
use cairn_core::view::everything::history;
use cairn_core::{Error, Id, saw};
use serde_json::Value;
use support::device::{Device, goal_with_plan};

fn record(device: &Device, circle: &Circle) -> Record {
    device
        .home
        .vault
        .record(circle, &Scope::Everything)
        .unwrap()
}

/// The lines of the history that say who looked: by whom, at what, when.
fn seen(device: &Device, circle: &Circle) -> Vec<(String, String, String)> {
    let lines = history(&record(device, circle));
    let lines = lines
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["did"] == "saw");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    lines
        .map(|line| {
            (
                text(&line["by"]["member"]),
                text(&line["about"]),
                text(&line["at"]),
            )
        })
        .collect()
}

fn look(device: &mut Device, circle: &Circle, groups: Groups) {
    let acting = device.acting();
    device.home.vault.note_view(circle, groups, acting).unwrap();
}

fn table() -> (Device, Device, Circle, Circle, Id) {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["goals", "log"]);
    let (own, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
    let member = theirs.member.clone();
    (phone, nurse, own, theirs, member)
}

#[test]
fn the_person_reads_who_saw_what_and_when() {
    let (mut phone, mut nurse, own, theirs, anne) = table();
    look(&mut nurse, &theirs, Group::Goals.into());
    nurse.home.at("2026-03-16T11:30:00Z");
    look(&mut nurse, &theirs, Groups::EVERYTHING);
    phone.meet(&mut nurse);
    let line = |about: &str, at: &str| (anne.to_string(), about.to_owned(), at.to_owned());
    let expected = [
        line("goals", "2026-03-16T10:00:00+00:00"),
        line("log", "2026-03-16T11:30:00+00:00"),
    ];
    assert_eq!(
        seen(&phone, &own),
        expected,
        "what was not shared was not seen"
    );
}

#[test]
fn a_day_of_looking_is_one_event_a_group_and_one_change() {
    let (mut phone, mut nurse, own, theirs, _) = table();
    let changes = |nurse: &Device| record(nurse, &theirs).cursors[&Part::circle()].own_seq;
    let before = changes(&nurse);
    for hour in 10..20 {
        nurse.home.at(&format!("2026-03-16T{hour}:00:00Z"));
        look(&mut nurse, &theirs, Group::Goals.into());
        look(&mut nurse, &theirs, Group::Log.into());
        phone.meet(&mut nurse);
    }
    assert_eq!((seen(&phone, &own).len(), changes(&nurse)), (2, before + 1));
    for day in 17..20 {
        nurse.home.at(&format!("2026-03-{day}T10:00:00Z"));
        look(&mut nurse, &theirs, Group::Goals.into());
    }
    // Three days without a link are one change when one opens.
    phone.meet(&mut nurse);
    assert_eq!((seen(&phone, &own).len(), changes(&nurse)), (5, before + 2));
}

#[test]
fn nobody_is_told_of_their_own_views_and_others_read_only_theirs() {
    let (mut phone, mut nurse, own, theirs, anne) = table();
    let mut carer = Device::new("Joe Bell", 3);
    phone.let_in(&mut carer, "carer", &["goals"]);
    let joes = carer.circle(&phone);
    look(&mut phone, &own, Groups::EVERYTHING);
    look(&mut nurse, &theirs, Group::Goals.into());
    look(&mut carer, &joes, Group::Goals.into());
    for _ in 0..2 {
        phone.meet(&mut nurse);
        phone.meet(&mut carer);
    }
    assert_eq!(seen(&phone, &own).len(), 2, "Anne and Joe");
    let of_joe = seen(&carer, &joes);
    assert_eq!(of_joe.len(), 1);
    assert_ne!(of_joe[0].0, anne.to_string());
}

#[test]
fn a_view_in_anothers_name_is_refused() {
    let (phone, mut nurse, own, theirs, _) = table();
    let mary = own.member.clone();
    let refused = nurse.act(&theirs, |acts| {
        let id = Id::read(format!("{mary}-2026-03"));
        acts.put(&Part::circle(), Noun::Saw, &id, "16-goals", 1);
        Ok(())
    });
    assert_eq!(refused, Err(Error::NotAllowed));
    let _ = phone;
}

#[test]
fn views_are_not_brought_out_with_an_export_nor_counted_as_unsent() {
    let (mut phone, mut nurse, own, theirs, _) = table();
    look(&mut nurse, &theirs, Group::Goals.into());
    phone.meet(&mut nurse);
    assert_eq!(saw::list(&record(&phone, &own)).len(), 1);
    assert!(!phone.text(&own).contains("\"saw\""));
    assert_eq!(nurse.home.vault.status().unwrap()["waiting"], 0);
}
