//! Devices that met before and have nothing new: one short message each way, whatever is shared. That the short cut hides
//! nothing is shown by every other test of meetings, which all begin with it.

mod support;

use cairn_core::circle::Groups;
use cairn_core::goal;
use cairn_core::store::membership::Inviting;
use cairn_core::store::{Circle, Founding, Vault};
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
}

fn meet(one: &mut Device, other: &mut Device) -> Passed {
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
        passed.bytes += messages.map(Vec::len).sum::<usize>();
        for message in &said[0] {
            second.receive(other, message).unwrap();
        }
        for message in &said[1] {
            first.receive(one, message).unwrap();
        }
    }
    assert!(first.is_done() && second.is_done());
    passed.progress = first.progress();
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
    assert!(passed.flights <= 7, "{} flights", passed.flights);
}
