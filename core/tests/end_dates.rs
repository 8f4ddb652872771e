//! A last day of sharing: honest apps hold to it by their own clocks, an owner's device writes it down, and no clock
//! decides what counts.

mod support;

use cairn_core::goal;
use cairn_core::store::{Circle, Scope};
use cairn_core::view::circle::members;
use cairn_core::{Error, Id, Result};
use serde_json::Value;
use support::device::Device;

const LAST_DAY: &str = "2026-03-20";
const BEFORE: &str = "2026-03-20T20:00:00Z";
const AFTER: &str = "2026-03-21T09:00:00Z";

fn add(device: &mut Device, circle: &Circle, words: &str) -> Result<Id> {
    device.act(circle, |acts| goal::add(acts, words, None, None))
}

/// Mary's phone, and Anne's tablet that shares until 20 March; both clocks say 16 March.
fn until_the_20th() -> (Device, Device, Circle, Circle) {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let own = phone.home.circle.clone();
    add(&mut phone, &own, "Walk to the shop").unwrap();
    phone.let_in_until(&mut nurse, "nurse", &["all"], Some(LAST_DAY));
    let theirs = nurse.circle(&phone);
    (phone, nurse, own, theirs)
}

fn state(device: &Device, circle: &Circle, member: &Id) -> String {
    let vault = &device.home.vault;
    let record = vault.record(circle, &Scope::All).unwrap();
    let roster = vault.roster(circle).unwrap();
    let shown = members(&record, &roster, &[], device.home.now.date_naive());
    let of = |shown: &&Value| shown["id"] == member.as_str();
    let found = shown.as_array().unwrap().iter().find(of).unwrap();
    found["state"].as_str().unwrap().to_owned()
}

fn operations(device: &Device, circle: &Circle) -> usize {
    device.home.vault.access_log(circle).unwrap().len()
}

#[test]
fn sharing_goes_on_through_the_last_day() {
    let (mut phone, mut nurse, own, theirs) = until_the_20th();
    phone.home.at(BEFORE);
    nurse.home.at(BEFORE);
    add(&mut nurse, &theirs, "On the last day").unwrap();
    nurse.meet(&mut phone);
    assert!(phone.text(&own).contains("On the last day"));
    assert_eq!(state(&phone, &own, &theirs.member), "member");
}

#[test]
fn after_the_last_day_nothing_new_is_written_or_taken_in_and_what_was_had_can_be_read() {
    let (mut phone, mut nurse, own, theirs) = until_the_20th();
    nurse.home.at(AFTER);
    let refused = add(&mut nurse, &theirs, "Too late").unwrap_err();
    assert_eq!(refused, Error::SharingEnded);
    assert_eq!((refused.code(), refused.exit()), ("not_allowed", 1));
    add(&mut phone, &own, "New on the phone").unwrap();
    // The phone's clock still says the 16th, so it gives; the tablet by its own clock does not take.
    phone.meet(&mut nurse);
    let text = nurse.text(&theirs);
    assert!(text.contains("Walk to the shop") && !text.contains("New on the phone"));
}

#[test]
fn the_owners_device_that_passes_the_day_takes_the_member_out_and_makes_new_keys() {
    let (mut phone, mut nurse, own, theirs) = until_the_20th();
    let before = operations(&phone, &own);
    phone.home.at(AFTER);
    assert_eq!(state(&phone, &own, &theirs.member), "ended", "by the clock");
    add(&mut phone, &own, "After the last day").unwrap();
    phone.meet(&mut nurse);
    let roster = phone.home.vault.roster(&own).unwrap();
    assert!(!roster.standing.members[&theirs.member].present);
    assert_eq!(operations(&phone, &own), before + 2, "a removal, new keys");
    assert!(!nurse.text(&theirs).contains("After the last day"));
    // The tablet's clock says the 16th: it was told all the same.
    assert_eq!(state(&nurse, &theirs, &theirs.member), "ended");
    phone.meet(&mut nurse);
    assert_eq!(operations(&phone, &own), before + 2, "once");
}

#[test]
fn a_clock_years_ahead_holds_its_own_device_back_and_nobody_elses() {
    let (mut phone, mut nurse, own, theirs) = until_the_20th();
    nurse.home.at("2036-03-16T10:00:00Z");
    add(&mut phone, &own, "Written on the 16th").unwrap();
    phone.meet(&mut nurse);
    assert!(!nurse.text(&theirs).contains("Written on the 16th"));
    assert_eq!(state(&phone, &own, &theirs.member), "member");
    // The clock is put right, and everything comes.
    nurse.home.at(BEFORE);
    phone.meet(&mut nurse);
    assert!(nurse.text(&theirs).contains("Written on the 16th"));
    add(&mut nurse, &theirs, "And back").unwrap();
    nurse.meet(&mut phone);
    assert!(phone.text(&own).contains("And back"));
}

#[test]
fn a_clock_years_behind_goes_on_until_an_owners_device_has_passed_the_day() {
    let (mut phone, mut nurse, own, theirs) = until_the_20th();
    nurse.home.at("2016-03-16T10:00:00Z");
    add(&mut nurse, &theirs, "From years ago").unwrap();
    phone.home.at(AFTER);
    phone.meet(&mut nurse);
    let text = phone.text(&own);
    assert!(!text.contains("From years ago"), "it waits for the person");
    let late = phone.home.vault.late(&own).unwrap();
    assert_eq!(late.len(), 1);
    let acting = phone.acting();
    let names = late.iter().map(|(name, ..)| *name).collect();
    phone.home.vault.let_in(&own, names, acting).unwrap();
    assert!(phone.text(&own).contains("From years ago"));
}

#[test]
fn sharing_that_is_taken_up_again_brings_what_came_meanwhile() {
    let (mut phone, mut nurse, own, theirs) = until_the_20th();
    nurse.home.at(AFTER);
    add(&mut phone, &own, "Meanwhile").unwrap();
    phone.meet(&mut nurse);
    assert!(!nurse.text(&theirs).contains("Meanwhile"));
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let longer = Some("2026-06-20");
    let vault = &mut phone.home.vault;
    vault
        .change_member(&own, &theirs.member, None, longer, acting, &entropy)
        .unwrap();
    phone.meet(&mut nurse);
    assert!(nurse.text(&theirs).contains("Meanwhile"));
    add(&mut nurse, &theirs, "Taken up again").unwrap();
}

#[test]
fn sharing_is_not_changed_to_end_on_a_day_that_has_gone_by() {
    let (mut phone, _nurse, own, theirs) = until_the_20th();
    let before = operations(&phone, &own);
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let vault = &mut phone.home.vault;
    let mut until = |day, team| match team {
        false => vault.change_member(&own, &theirs.member, None, Some(day), acting, &entropy),
        true => vault.share_with_team(&own, &theirs.member, None, Some(day), acting, &entropy),
    };
    // Device's clock: 16 March. Who shares with a member's team is told of the day first, then that there is no team.
    for gone in ["2026-03-15", "2016-12-31"] {
        assert_eq!(until(gone, false), Err(Error::BadDate));
        assert_eq!(until(gone, true), Err(Error::BadDate));
    }
    assert_ne!(until("2026-03-16", true), Err(Error::BadDate));
    assert_eq!(until("2026-03-16", false), Ok(theirs.member.clone()));
    assert!(operations(&phone, &own) > before);
    assert_eq!(state(&phone, &own, &theirs.member), "member", "still today");
}

#[test]
fn the_list_of_people_says_where_sharing_has_ended() {
    let (mut phone, mut nurse, _, theirs) = until_the_20th();
    let access = |nurse: &Device| {
        let at = nurse.home.now.to_utc();
        let people = nurse.home.vault.caseload().unwrap();
        let (id, facts) = people.iter().find(|(id, _)| *id == theirs.id).unwrap();
        facts.person(id, at)["access"].as_str().unwrap().to_owned()
    };
    assert_eq!(access(&nurse), "open");
    nurse.home.at(AFTER);
    assert_eq!(access(&nurse), "ended", "by its own clock");
    nurse.home.at(BEFORE);
    assert_eq!(access(&nurse), "open");
    phone.remove(&nurse);
    phone.meet(&mut nurse);
    assert_eq!(access(&nurse), "ended", "taken out");
}

#[test]
fn another_members_honest_app_gives_nothing_new_after_the_last_day_either() {
    let (mut phone, mut nurse, own, theirs) = until_the_20th();
    let mut carer = Device::new("Joe Bell", 3);
    phone.let_in(&mut carer, "carer", &["all"]);
    add(&mut phone, &own, "Known to Joe").unwrap();
    phone.meet(&mut carer);
    // The nurse's clock is behind, Joe's is right, and he is no owner.
    carer.home.at(AFTER);
    carer.meet(&mut nurse);
    assert!(!nurse.text(&theirs).contains("Known to Joe"));
    carer.home.at(BEFORE);
    carer.meet(&mut nurse);
    assert!(nurse.text(&theirs).contains("Known to Joe"));
}
