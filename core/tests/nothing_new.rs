//! Devices that met before and have nothing new: one short message each way, whatever is shared. That the short cut hides
//! nothing is shown by every other test of meetings, which all begin with it.

mod support;

use cairn_core::circle::Groups;
use cairn_core::goal;
use cairn_core::record::Noun;
use cairn_core::store::membership::Inviting;
use cairn_core::store::{Circle, Founding, Scope, Vault};
use cairn_core::sync::message::Message;
use cairn_core::sync::session::{Progress, Session};
use support::device::Device;
use support::moment;

/// What passed between two devices that know each other.
#[derive(Default)]
struct Passed {
    messages: usize,
    bytes: usize,
    /// How often what one side says takes an answer of the other: all that both can say without one is one flight.
    flights: usize,
    progress: Progress,
    snapshots: usize,
    /// Segments kept aside on either side.
    aside: u64,
}

/// Both say at the same time whatever they can.
fn meet(one: &mut Device, other: &mut Device) -> Passed {
    meet_until(one, other, None)
}

/// As [`meet`]; cut off when the second has said so many flights, of which the first hears nothing of the last.
fn meet_until(one: &mut Device, other: &mut Device, cut: Option<usize>) -> Passed {
    let (acting, theirs) = (one.acting(), other.acting());
    let (here, there) = (one.entropy(), other.entropy());
    let (one, other) = (&mut one.home.vault, &mut other.home.vault);
    let knows = |vault: &Vault, of: &Vault| {
        let key = of.keys().public();
        assert_eq!(vault.device_by_link(&key.seal), Ok(Some(key.sign)));
        key.sign
    };
    let (known, known_there) = (knows(one, other), knows(other, one));
    let mut first = Session::begin_known(one, known, acting, &here).unwrap();
    let mut second = Session::begin_known(other, known_there, theirs, &there).unwrap();
    let mut passed = Passed::default();
    let all = |session: &mut Session, vault: &Vault| {
        let mut said = Vec::new();
        while let Some(message) = session.next(vault).unwrap() {
            said.push(message);
        }
        said
    };
    loop {
        let said = [all(&mut first, one), all(&mut second, other)];
        let messages = said.iter().flatten();
        if messages.clone().next().is_none() {
            break;
        }
        passed.flights += 1;
        passed.messages += messages.clone().count();
        passed.bytes += messages.clone().map(Vec::len).sum::<usize>();
        let is_snapshot =
            |bytes: &&Vec<u8>| matches!(Message::read(bytes), Ok(Message::Snapshot(..)));
        passed.snapshots += messages.filter(is_snapshot).count();
        for message in &said[0] {
            second.receive(other, message).unwrap();
        }
        if Some(passed.flights) == cut {
            return passed;
        }
        for message in &said[1] {
            first.receive(one, message).unwrap();
        }
    }
    assert!(first.is_done() && second.is_done());
    passed.progress = first.progress();
    passed.aside = first.progress().aside + second.progress().aside;
    passed
}

/// A nurse founds a record for somebody and shares it with her colleague, who hears of it in their next meeting.
fn found_and_share(nurse: &mut Device, colleague: &mut Device, number: usize) -> Circle {
    let (acting, entropy) = (nurse.acting(), nurse.entropy());
    let person = format!("Person {number}");
    let founding = Founding {
        person: &person,
        founder: Some("Anne Okoro"),
        title: Some("nurse"),
        born: None,
        place: None,
        zone: "Europe/London",
    };
    let vault = &mut nurse.home.vault;
    let circle = vault.found(&founding, acting, &entropy).unwrap();
    let groups = Groups::read(["all"], "nurse").unwrap();
    let inviting = Inviting {
        role: "nurse",
        groups,
        until: None,
    };
    let invitation = vault.invite(&circle, &inviting, acting, &entropy).unwrap();
    let asks = colleague.home.vault.keys().public();
    let request = invitation.ask(asks, "Ben Hale", None).unwrap();
    let welcome = vault.admit(&circle, &request, acting, &entropy).unwrap();
    let theirs = colleague.acting();
    let entering = &mut colleague.home.vault;
    entering.enter(&invitation, &welcome, theirs).unwrap();
    circle
}

fn a_caseload(people: usize) -> (Device, Device, Vec<Circle>) {
    let (mut nurse, mut colleague) = (Device::new("Anne Okoro", 1), Device::new("Ben Hale", 2));
    let circles = (0..people).map(|number| found_and_share(&mut nurse, &mut colleague, number));
    let circles = circles.collect();
    meet(&mut nurse, &mut colleague);
    meet(&mut nurse, &mut colleague);
    (nurse, colleague, circles)
}

fn add_goal(device: &mut Device, circle: &Circle, words: &str) {
    device
        .act(circle, |acts| goal::add(acts, words, None, None))
        .unwrap();
}

/// How many things of this device nobody is known to have yet.
fn waiting(device: &Device) -> u64 {
    let status = device.home.vault.status().unwrap();
    status["waiting"].as_u64().unwrap()
}

/// A meeting that ends just before the second device says what it has now.
fn lose_the_receipt(one: &mut Device, other: &mut Device) {
    let (acting, theirs) = (one.acting(), other.acting());
    let (here, there) = (one.entropy(), other.entropy());
    let (one, other) = (&mut one.home.vault, &mut other.home.vault);
    let mut first = Session::begin(one, acting, &here).unwrap();
    let mut second = Session::begin(other, theirs, &there).unwrap();
    loop {
        if let Some(message) = first.next(one).unwrap() {
            second.receive(other, &message).unwrap();
        }
        let Some(message) = second.next(other).unwrap() else {
            continue;
        };
        if matches!(Message::read(&message), Ok(Message::Receipt(_))) {
            return;
        }
        first.receive(one, &message).unwrap();
    }
}

#[test]
fn nothing_new_in_300_records_is_one_message_each_way_and_less_than_100_bytes() {
    let (mut nurse, mut colleague, circles) = a_caseload(300);
    assert_eq!(circles.len(), 300);
    let passed = meet(&mut nurse, &mut colleague);
    assert_eq!(passed.messages, 2);
    assert_eq!(passed.flights, 1, "one each way");
    assert!(passed.bytes <= 100, "{} bytes", passed.bytes);
    // One word in one of them is not nothing.
    add_goal(&mut colleague, &circles[299], "Walk to the shop");
    assert_eq!(meet(&mut nurse, &mut colleague).progress.taken.0, 1);
    assert_eq!(meet(&mut nurse, &mut colleague).messages, 2);
}

#[test]
fn what_a_third_device_brought_both_counts_as_sent_though_nothing_passes() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let mut carer = Device::new("Joe Bell", 3);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    phone.let_in(&mut carer, "carer", &["all"]);
    phone.meet(&mut nurse);
    let circle = nurse.circle(&phone);
    add_goal(&mut nurse, &circle, "Walk to the shop");
    // The carer's phone has it from the nurse's, whose receipt was lost on the way.
    lose_the_receipt(&mut nurse, &mut carer);
    let waits = waiting(&nurse);
    assert!(waits > 0);
    let passed = meet(&mut nurse, &mut carer);
    assert_eq!((passed.messages, passed.progress.given.0), (2, 0));
    assert_eq!(waiting(&nurse), waits - 1);
    let met = nurse.home.vault.last_contacts(&circle).unwrap();
    let key = carer.home.vault.keys().public().sign;
    assert!(met.iter().any(|(device, _)| *device == key));
}

#[test]
fn a_last_day_that_went_by_on_one_clock_is_not_nothing() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    phone.let_in_until(&mut nurse, "nurse", &["all"], Some("2026-03-20"));
    phone.meet(&mut nurse);
    assert_eq!(meet(&mut phone, &mut nurse).messages, 2);
    nurse.home.now = moment("2026-03-22T10:00:00Z");
    assert!(meet(&mut phone, &mut nurse).messages > 2);
    phone.home.now = moment("2026-03-22T10:00:00Z");
    meet(&mut phone, &mut nurse);
    let key = nurse.home.vault.keys().public().sign;
    let roster = nurse.home.vault.roster(&nurse.circle(&phone)).unwrap();
    assert!(roster.standing.present(&key).is_none(), "it was told");
}

#[test]
fn thirty_changed_of_300_records_cost_less_than_40_kilobytes() {
    let (mut nurse, mut colleague, circles) = a_caseload(300);
    for circle in circles.iter().step_by(10) {
        add_goal(&mut nurse, circle, "Walk to the shop");
    }
    let passed = meet(&mut nurse, &mut colleague);
    assert_eq!(passed.progress.given.0, 30);
    assert!(passed.bytes <= 40_000, "{} bytes", passed.bytes);
    assert_eq!(passed.snapshots, 0, "nobody lacks more than what was given");
    assert!(passed.flights <= 3, "{} flights", passed.flights);
}

/// Whether both devices show one goal of a record that says this.
fn both_show(nurse: &Device, colleague: &Device, circle: &Circle, words: &str) -> bool {
    [nurse, colleague].iter().all(|device| {
        let circles = device.home.vault.circles().unwrap();
        let circle = circles
            .into_iter()
            .find(|kept| kept.id == circle.id)
            .unwrap();
        let record = device.home.vault.record(&circle, &Scope::Everything);
        let record = record.unwrap();
        let goals = record.standing(Noun::Goal).into_iter();
        let said = goals.filter_map(|goal| record.shown_text(goal, "words"));
        said.filter(|said| said.contains(words)).count() == 1
    })
}

#[test]
fn what_both_wrote_in_the_same_record_and_in_others_takes_no_more_flights() {
    let (mut nurse, mut colleague, circles) = a_caseload(6);
    add_goal(&mut nurse, &circles[0], "Walk to the shop");
    add_goal(&mut nurse, &circles[1], "Bake a cake");
    add_goal(&mut colleague, &circles[1], "Ring my sister");
    add_goal(&mut colleague, &circles[2], "Sleep better");
    let passed = meet(&mut nurse, &mut colleague);
    assert!(passed.flights <= 3, "{} flights", passed.flights);
    assert_eq!(
        (passed.progress.given, passed.progress.taken),
        ((2, 2), (2, 2))
    );
    for (circle, words) in [(0, "shop"), (1, "cake"), (1, "sister"), (2, "Sleep better")] {
        assert!(
            both_show(&nurse, &colleague, &circles[circle], words),
            "{words}"
        );
    }
    assert_eq!(meet(&mut nurse, &mut colleague).messages, 2);
}

#[test]
fn what_was_given_unasked_before_a_cut_is_not_given_again() {
    let (mut nurse, mut colleague, circles) = a_caseload(3);
    add_goal(&mut nurse, &circles[0], "Walk to the shop");
    let passed = meet_until(&mut nurse, &mut colleague, Some(1));
    assert_eq!(
        passed.progress.given.0, 0,
        "it is told only at the end of a meeting"
    );
    assert!(
        both_show(&nurse, &colleague, &circles[0], "shop"),
        "it came with the first flight"
    );
    add_goal(&mut nurse, &circles[1], "Bake a cake");
    let passed = meet(&mut nurse, &mut colleague);
    assert_eq!(passed.progress.given.0, 1, "the cake alone");
    for (circle, words) in [(0, "shop"), (1, "cake")] {
        assert!(
            both_show(&nurse, &colleague, &circles[circle], words),
            "{words}"
        );
    }
    // The receipt came: what is new is given unasked again.
    add_goal(&mut nurse, &circles[2], "Sleep better");
    assert!(meet(&mut nurse, &mut colleague).flights <= 3);
}

#[test]
fn somebody_let_into_a_record_meanwhile_is_known_before_its_news_count() {
    let (mut nurse, mut colleague, circles) = a_caseload(3);
    let mut carer = Device::new("Joe Bell", 3);
    let (acting, entropy) = (nurse.acting(), nurse.entropy());
    let groups = Groups::read(["all"], "carer").unwrap();
    let inviting = Inviting {
        role: "carer",
        groups,
        until: None,
    };
    let vault = &mut nurse.home.vault;
    let invitation = vault
        .invite(&circles[0], &inviting, acting, &entropy)
        .unwrap();
    let asks = carer.home.vault.keys().public();
    let request = invitation.ask(asks, "Joe Bell", None).unwrap();
    let welcome = vault
        .admit(&circles[0], &request, acting, &entropy)
        .unwrap();
    let theirs = carer.acting();
    carer
        .home
        .vault
        .enter(&invitation, &welcome, theirs)
        .unwrap();
    add_goal(&mut nurse, &circles[0], "Walk to the shop");
    add_goal(&mut nurse, &circles[1], "Bake a cake");
    add_goal(&mut colleague, &circles[0], "Ring my sister");
    let passed = meet(&mut nurse, &mut colleague);
    assert!(passed.flights > 3, "the access log comes first");
    assert_eq!(passed.aside, 0);
    for (circle, words) in [(0, "shop"), (0, "sister"), (1, "cake")] {
        assert!(
            both_show(&nurse, &colleague, &circles[circle], words),
            "{words}"
        );
    }
    assert_eq!(meet(&mut nurse, &mut colleague).messages, 2);
}

#[test]
fn a_home_that_was_put_back_gives_nothing_unasked_in_the_place_of_what_it_lost() {
    let (mut nurse, mut colleague, circles) = a_caseload(3);
    add_goal(&mut nurse, &circles[1], "Bake a cake");
    meet(&mut nurse, &mut colleague);
    let before = nurse.files();
    add_goal(&mut nurse, &circles[0], "Walk to the shop");
    meet(&mut nurse, &mut colleague);
    nurse.put_back(&before);
    add_goal(&mut nurse, &circles[0], "Ring my sister");
    add_goal(&mut nurse, &circles[1], "Sleep better");
    let old = nurse.home.record().actor;
    let passed = meet(&mut nurse, &mut colleague);
    assert_eq!(passed.aside, 0, "nothing lies there as a fork");
    assert_ne!(nurse.home.record().actor, old, "it was found");
    meet(&mut nurse, &mut colleague);
    for (circle, words) in [(0, "shop"), (0, "sister"), (1, "cake"), (1, "Sleep better")] {
        assert!(
            both_show(&nurse, &colleague, &circles[circle], words),
            "{words}"
        );
    }
    assert!(nurse.home.vault.verify().unwrap().ok && colleague.home.vault.verify().unwrap().ok);
    assert_eq!(meet(&mut nurse, &mut colleague).messages, 2);
}

#[test]
fn one_who_lost_what_was_given_before_gets_it_again_behind_the_news() {
    let (mut nurse, mut colleague, circles) = a_caseload(3);
    let before = colleague.files();
    add_goal(&mut nurse, &circles[0], "Walk to the shop");
    meet(&mut nurse, &mut colleague);
    colleague.put_back(&before);
    add_goal(&mut nurse, &circles[0], "Ring my sister");
    add_goal(&mut nurse, &circles[1], "Sleep better");
    meet(&mut nurse, &mut colleague);
    for (circle, words) in [(0, "shop"), (0, "sister"), (1, "Sleep better")] {
        assert!(
            both_show(&nurse, &colleague, &circles[circle], words),
            "{words}"
        );
    }
    assert_eq!(meet(&mut nurse, &mut colleague).messages, 2);
}

#[test]
fn what_waits_for_what_comes_behind_it_in_the_same_meeting_is_not_said_to_be_aside() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let mut ben = Device::new("Ben Hale", 3);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    phone.let_in(&mut ben, "nurse", &["all"]);
    phone.meet(&mut nurse);
    phone.meet(&mut ben);
    let (own, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
    // Each stands on what the other wrote before, and streams are given one after another.
    for turn in 0..4 {
        add_goal(&mut phone, &own, &format!("Walk {turn}"));
        phone.meet(&mut nurse);
        add_goal(&mut nurse, &theirs, &format!("Rest {turn}"));
        phone.meet(&mut nurse);
    }
    let passed = meet(&mut phone, &mut ben);
    assert!(passed.progress.given.0 >= 8);
    assert_eq!(passed.aside, 0);
    let text = ben.text(&ben.circle(&phone));
    assert!(text.contains("Walk 3") && text.contains("Rest 3"));
}
