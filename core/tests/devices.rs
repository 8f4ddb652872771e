//! Several devices of one person on real files: letting a further one in, and taking a lost one out.

mod support;

use cairn_core::circle::device_code::{DeviceCode, DeviceRequest};
use cairn_core::log;
use cairn_core::record::Acting;
use cairn_core::record::sharing::Sent;
use cairn_core::store::{Circle, Scope, Taken};
use cairn_core::sync::message::Have;
use cairn_core::view::{disagreement, everything};
use cairn_core::{Error, Id, goal, plan};
use support::device::{Device, did, goal_with_plan};
use support::moment;

fn answers(often: &str) -> plan::Answers {
    plan::Answers {
        often: Some(often.into()),
        ..plan::Answers::default()
    }
}

fn own(device: &Device) -> Circle {
    device.home.vault.own().unwrap()
}

fn device_id(device: &Device) -> Id {
    device.home.vault.keys().device_id()
}

fn lose(device: &mut Device, lost: &Id) {
    let (acting, entropy) = (device.acting(), device.entropy());
    device
        .home
        .vault
        .lose_device(lost, acting, &entropy)
        .unwrap();
}

#[test]
fn a_further_device_has_the_record_and_what_it_writes_is_the_persons_own() {
    let (mut phone, mut tablet) = (Device::new("Mary Bell", 1), Device::new("Mary", 2));
    let (_, plan) = goal_with_plan(&mut phone);
    let founded = tablet.home.circle.clone();
    phone.add(&mut tablet);
    let circle = own(&tablet);
    assert_eq!(circle.id, phone.home.circle.id);
    assert_eq!(circle.member, phone.home.circle.member);
    assert!(tablet.text(&circle).contains("Walk to the bench"));
    let kept = tablet.home.vault.circles().unwrap();
    assert!(
        kept.iter().all(|c| c.id != founded.id),
        "the empty record it was made with is put away"
    );
    assert!(tablet.home.vault.verify().unwrap().ok);
    tablet
        .act(&circle, |acts| log::add(acts, &plan, &did("on the tablet")))
        .unwrap();
    phone.meet(&mut tablet);
    let (mine, theirs) = (phone.home.circle.clone(), circle);
    assert!(phone.text(&mine).contains("on the tablet"));
    let shown = |device: &Device, circle: &Circle| {
        let record = device
            .home
            .vault
            .record(circle, &Scope::Everything)
            .unwrap();
        everything::show(&record, device.home.now.date_naive())
    };
    assert_eq!(shown(&phone, &mine)["log"], shown(&tablet, &theirs)["log"]);
    assert_eq!(
        shown(&phone, &mine)["log"][0]["for_person"],
        false,
        "nobody wrote it for her"
    );
}

#[test]
fn a_further_device_is_in_every_circle_its_person_is_in_those_entered_later_too() {
    let (mut phone, mut tablet) = (Device::new("Mary Bell", 1), Device::new("Mary", 2));
    let (mut joe, mut ann) = (Device::new("Joe Bell", 3), Device::new("Ann Bell", 4));
    let (_, joes) = goal_with_plan(&mut joe);
    goal_with_plan(&mut ann);
    joe.let_in(&mut phone, "carer", &["goals", "log"]);
    phone.add(&mut tablet);
    let of_joe = tablet.circle(&joe);
    assert!(tablet.text(&of_joe).contains("Walk to the bench"));
    tablet
        .act(&of_joe, |acts| log::add(acts, &joes, &did("with Mary")))
        .unwrap();
    joe.meet(&mut tablet);
    assert!(joe.text(&joe.home.circle.clone()).contains("with Mary"));
    // Let in after the tablet was added: the tablet learns of it when it meets the phone.
    ann.let_in(&mut phone, "carer", &["goals"]);
    phone.meet(&mut tablet);
    let of_ann = tablet.circle(&ann);
    assert!(tablet.text(&of_ann).contains("Walk to the bench"));
    ann.meet(&mut phone);
    ann.act(&ann.home.circle.clone(), |acts| {
        goal::add(acts, "Sleep better", None, None)
    })
    .unwrap();
    ann.meet(&mut tablet);
    assert!(tablet.text(&of_ann).contains("Sleep better"));
}

#[test]
fn a_record_that_was_written_in_stays_readable_as_of_the_same_person() {
    let (mut phone, mut tablet) = (Device::new("Mary Bell", 1), Device::new("Mary", 2));
    let founded = tablet.home.circle.clone();
    tablet
        .act(&founded, |acts| {
            goal::add(acts, "Paint the shed", None, None)
        })
        .unwrap();
    phone.add(&mut tablet);
    assert_eq!(own(&tablet).id, phone.home.circle.id);
    assert!(tablet.text(&founded).contains("Paint the shed"));
    let record = tablet.home.vault.record(&founded, &Scope::All).unwrap();
    assert_eq!(record.same_as(), Some(phone.home.circle.id.clone()));
    // The phone is the same person's: the earlier record comes along at the next meeting.
    phone.meet(&mut tablet);
    let circles = phone.home.vault.circles().unwrap();
    let earlier = circles.iter().find(|c| c.id == founded.id).unwrap();
    assert!(phone.text(earlier).contains("Paint the shed"));
    assert_eq!(own(&phone).id, phone.home.circle.id);
}

#[test]
fn a_code_is_good_once_for_an_hour_and_only_for_who_was_shown_it() {
    let mut phone = Device::new("Mary Bell", 1);
    let (tablet, other) = (Device::new("Mary", 2), Device::new("Joe Bell", 3));
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let code = phone.home.vault.show_device_code(acting, &entropy).unwrap();
    let ask = |who: &Device| code.ask(who.home.vault.keys().public()).unwrap();
    let mut admit = |request: &DeviceRequest, acting| {
        phone
            .home
            .vault
            .admit_device(request, acting, &entropy)
            .map(|_| ())
    };
    let later = Acting::at(moment("2026-03-16T11:00:01Z"));
    assert_eq!(admit(&ask(&tablet), later), Err(Error::NotAllowed));
    let stranger = DeviceCode::new(&[1; 32], 9, &entropy).unwrap();
    let guess = stranger.ask(tablet.home.vault.keys().public()).unwrap();
    assert_eq!(admit(&guess, acting), Err(Error::UnknownId));
    assert_eq!(admit(&ask(&tablet), acting), Ok(()));
    assert_eq!(admit(&ask(&tablet), later), Ok(()), "cut off, held again");
    assert_eq!(admit(&ask(&other), acting), Err(Error::NotAllowed));
}

#[test]
fn a_welcome_of_somebody_else_than_who_showed_the_code_is_not_entered() {
    let (mut phone, mut other) = (Device::new("Mary Bell", 1), Device::new("Joe Bell", 2));
    let mut tablet = Device::new("Mary", 3);
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let shown = phone.home.vault.show_device_code(acting, &entropy).unwrap();
    let theirs = other.home.vault.show_device_code(acting, &entropy).unwrap();
    let request = theirs.ask(tablet.home.vault.keys().public()).unwrap();
    let welcome = other
        .home
        .vault
        .admit_device(&request, acting, &entropy)
        .unwrap();
    let entered = tablet.home.vault.enter_as_device(&shown, &welcome, acting);
    assert_eq!(entered.unwrap_err(), Error::NotAllowed);
    assert_eq!(own(&tablet), tablet.home.circle);
}

#[test]
fn two_devices_of_one_person_edit_apart_and_settle_it_like_anybody() {
    let (mut phone, mut tablet) = (Device::new("Mary Bell", 1), Device::new("Mary", 2));
    let (_, plan) = goal_with_plan(&mut phone);
    phone.add(&mut tablet);
    let (mine, theirs) = (phone.home.circle.clone(), own(&tablet));
    phone
        .act(&mine, |acts| {
            plan::edit(acts, &plan, &answers("4 times a week"))
        })
        .unwrap();
    tablet
        .act(&theirs, |acts| {
            plan::edit(acts, &plan, &answers("2 times a week"))
        })
        .unwrap();
    phone.meet(&mut tablet);
    for (device, circle) in [(&phone, &mine), (&tablet, &theirs)] {
        let record = device.home.vault.record(circle, &Scope::All).unwrap();
        assert_eq!(disagreement::all(&record).len(), 1);
    }
}

#[test]
fn a_lost_device_opens_nothing_later_even_with_every_key_and_segment_there_is() {
    let (mut phone, mut lost) = (Device::new("Mary Bell", 1), Device::new("Mary", 2));
    let (mut nurse, mut joe) = (Device::new("Anne Okoro", 3), Device::new("Joe Bell", 4));
    let (goal, plan) = goal_with_plan(&mut phone);
    let (joes_goal, _) = goal_with_plan(&mut joe);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    joe.let_in(&mut phone, "carer", &["goals", "log"]);
    phone.add(&mut lost);
    let mine = phone.home.circle.clone();
    let lost_id = device_id(&lost);
    lose(&mut phone, &lost_id);
    lose(&mut phone, &lost_id);
    let devices = phone.home.vault.devices().unwrap();
    let states: Vec<(bool, bool)> = devices.iter().map(|d| (d.this, d.lost)).collect();
    assert_eq!(states, [(true, false), (false, true)]);
    phone
        .act(&mine, |acts| goal::reword(acts, &goal, "After it was lost"))
        .unwrap();
    nurse.meet(&mut phone);
    let theirs = nurse.circle(&phone);
    nurse
        .act(&theirs, |acts| log::add(acts, &plan, &did("nurse, after")))
        .unwrap();
    nurse.meet(&mut phone);
    // Joe knows of the loss when he meets the phone, and makes new keys: he alone may in his record.
    joe.meet(&mut phone);
    let joes = joe.home.circle.clone();
    joe.act(&joes, |acts| {
        goal::reword(acts, &joes_goal, "Joe, after it was lost")
    })
    .unwrap();
    joe.meet(&mut phone);
    let mut opened = 0;
    for circle in phone.home.vault.circles().unwrap() {
        let held = lost.home.vault.circles().unwrap();
        let there = held.into_iter().find(|c| c.id == circle.id).unwrap();
        let phones = phone.home.vault.keys().public().sign;
        // Everything there is, as a thief would copy it: all operations, and all segments the lost device lacks.
        let log = phone.home.vault.access_log(&circle).unwrap();
        let told: Vec<Vec<u8>> = log.operations().map(|made| made.bytes.clone()).collect();
        let acting = lost.acting();
        lost.home
            .vault
            .take_operations(&there, &told, acting)
            .unwrap();
        let lacks_all = Have::default();
        let vault = &phone.home.vault;
        let all = vault
            .segments_lacking(&circle, &phones, &lacks_all)
            .unwrap();
        for gift in all {
            let bytes = phone.home.vault.segment(&gift).unwrap();
            match lost
                .home
                .vault
                .take_segment(&there, &bytes, acting)
                .unwrap()
            {
                Taken::Known => {}
                Taken::Waits("key") => opened += 1,
                other => panic!("{other:?}"),
            }
        }
        let text = lost.text(&there);
        assert!(!text.contains("fter it was lost") && !text.contains("nurse, after"));
    }
    assert!(opened >= 3, "{opened} segments were there to be opened");
}

#[test]
fn what_a_lost_device_wrote_before_it_knew_waits_and_it_is_told_when_it_meets_somebody() {
    let (mut phone, mut lost) = (Device::new("Mary Bell", 1), Device::new("Mary", 2));
    let mut nurse = Device::new("Anne Okoro", 3);
    let (_, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    phone.add(&mut lost);
    let (mine, there) = (phone.home.circle.clone(), own(&lost));
    let entry = lost
        .act(&there, |acts| log::add(acts, &plan, &did("under the sofa")))
        .unwrap();
    lose(&mut phone, &device_id(&lost));
    nurse.meet(&mut phone);
    nurse.meet(&mut lost);
    let told = lost.home.vault.devices().unwrap();
    assert!(told.iter().any(|d| d.this && d.lost), "it is told");
    let record = lost.home.vault.record(&there, &Scope::Everything).unwrap();
    let entry = record
        .find(cairn_core::record::Noun::Entry, &entry)
        .unwrap();
    assert_eq!(
        record.sharing.sent(entry),
        Sent::Yes,
        "handed over, though late"
    );
    phone.meet(&mut nurse);
    lost.meet(&mut phone);
    assert!(!phone.text(&mine).contains("under the sofa"));
    let late = phone.home.vault.late(&mine).unwrap();
    assert_eq!(late.len(), 1);
    let acting = phone.acting();
    phone
        .home
        .vault
        .let_in(&mine, vec![late[0].0], acting)
        .unwrap();
    assert!(phone.text(&mine).contains("under the sofa"));
}

#[test]
fn a_device_does_not_lose_itself_and_one_taken_out_lets_nobody_in() {
    let (mut phone, mut tablet) = (Device::new("Mary Bell", 1), Device::new("Mary", 2));
    phone.add(&mut tablet);
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let own_id = device_id(&phone);
    let lost = phone.home.vault.lose_device(&own_id, acting, &entropy);
    assert_eq!(lost.unwrap_err(), Error::not_so("device-in-use"));
    lose(&mut phone, &device_id(&tablet));
    phone.meet(&mut tablet);
    let shown = tablet.home.vault.show_device_code(acting, &entropy);
    assert_eq!(shown.unwrap_err(), Error::NotAllowed);
    let lost = tablet.home.vault.lose_device(&own_id, acting, &entropy);
    assert_eq!(lost.unwrap_err(), Error::NotAllowed);
}
