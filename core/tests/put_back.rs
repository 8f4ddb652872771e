//! A home put back to an earlier state block by block, with nothing on the device to show it: those it meets know more
//! of it than it does itself.

mod support;

use cairn_core::goal;
use cairn_core::record::sharing::Sent;
use cairn_core::record::{Actor, Noun};
use cairn_core::store::{Circle, Scope, Vault};
use cairn_core::sync::message::Message;
use cairn_core::sync::session::Session;
use cairn_core::{Id, log, plan};
use support::device::{Device, did, goal_with_plan};

fn actor(device: &Device) -> Actor {
    device.home.record().actor
}

fn writes(device: &mut Device, plan: &Id, note: &str) -> Id {
    let circle = device.home.circle.clone();
    device.logs(&circle, plan, note)
}

fn sent(device: &Device, circle: &Circle, entry: &Id) -> Sent {
    let record = device
        .home
        .vault
        .record(circle, &Scope::Everything)
        .unwrap();
    record
        .sharing
        .sent(record.find(Noun::Entry, entry).unwrap())
}

#[test]
fn what_was_lost_comes_back_and_what_was_written_since_is_kept_under_a_new_actor() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (goal, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    let circle = phone.home.circle.clone();
    let before = phone.files();
    writes(&mut phone, &plan, "lost with the disk");
    phone
        .act(&circle, |acts| {
            goal::reword(acts, &goal, "Walk to the church")
        })
        .unwrap();
    phone.meet(&mut nurse);
    phone.put_back(&before);
    let old = actor(&phone);
    assert!(!phone.text(&circle).contains("lost with the disk"));
    writes(&mut phone, &plan, "written since");
    let again = phone
        .act(&circle, |acts| goal::add(acts, "Sleep better", None, None))
        .unwrap();
    phone
        .act(&circle, |acts| {
            let what = Some("Read for 10 minutes".into());
            let answers = plan::Answers {
                what,
                ..support_answers("in my bed")
            };
            plan::new(acts, &again, &answers)
        })
        .unwrap();
    phone
        .act(&circle, |acts| {
            plan::edit(acts, &plan, &support_answers("in the park"))
        })
        .unwrap();
    phone
        .act(&circle, |acts| {
            plan::edit(acts, &plan, &support_answers("round the pond"))
        })
        .unwrap();
    phone.meet(&mut nurse);
    assert_ne!(actor(&phone), old);
    phone.meet(&mut nurse);
    let theirs = nurse.circle(&phone);
    for (device, circle) in [(&phone, &circle), (&nurse, &theirs)] {
        let text = device.text(circle);
        for words in [
            "lost with the disk",
            "written since",
            "church",
            "round the pond",
        ] {
            assert!(text.contains(words), "{words}");
        }
    }
    let record = phone.home.everything();
    let new = record.standing(Noun::Plan);
    let in_bed = new.iter().filter_map(|plan| {
        record
            .shown_text(plan, "where")
            .filter(|place| *place == "in my bed")?;
        record.shown_text(plan, "goal").map(Id::read)
    });
    let goals: Vec<Id> = in_bed.collect();
    let its_goal = record.find(Noun::Goal, &goals[0]).unwrap();
    assert_eq!(
        record.shown_text(its_goal, "words"),
        Some("Sleep better".into())
    );
    let logged = phone.home.everything().standing(Noun::Entry).len();
    assert_eq!(logged, 2, "each has an id of its own");
    assert!(phone.home.vault.verify().unwrap().ok);
    assert!(nurse.home.vault.verify().unwrap().ok);
    let record = |device: &Device, circle: &Circle| {
        let record = device
            .home
            .vault
            .record(circle, &Scope::Everything)
            .unwrap();
        cairn_core::record::state::fingerprint(&record)
    };
    assert_eq!(record(&phone, &circle), record(&nurse, &theirs));
    // It goes on as any device does.
    let later = writes(&mut phone, &plan, "and on");
    let now = actor(&phone);
    phone.meet(&mut nurse);
    assert_eq!(actor(&phone), now, "once, not at each meeting");
    assert_eq!(sent(&phone, &circle, &later), Sent::Yes);
    phone.home.reopen().unwrap();
    assert_eq!(actor(&phone), now);
}

fn support_answers(place: &str) -> plan::Answers {
    plan::Answers {
        place: Some(place.into()),
        ..plan::Answers::default()
    }
}

#[test]
fn also_what_was_folded_and_what_lies_in_other_records_is_written_again() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let mut joe = Device::new("Joe Bell", 3);
    let (goal, plan) = goal_with_plan(&mut phone);
    let (_, joes) = goal_with_plan(&mut joe);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    joe.let_in(&mut phone, "carer", &["goals", "log"]);
    let (circle, of_joe) = (phone.home.circle.clone(), phone.circle(&joe));
    let before = phone.files();
    writes(&mut phone, &plan, "lost with the disk");
    phone
        .act(&of_joe, |acts| log::add(acts, &joes, &did("lost for Joe")))
        .unwrap();
    phone.meet(&mut nurse);
    phone.meet(&mut joe);
    phone.put_back(&before);
    for word in 0..220 {
        let words = format!("Wording {word}");
        phone
            .act(&circle, |acts| goal::reword(acts, &goal, &words))
            .unwrap();
    }
    phone
        .act(&of_joe, |acts| log::add(acts, &joes, &did("since for Joe")))
        .unwrap();
    assert!(phone.home.vault.compact().unwrap() > 0);
    phone.meet(&mut nurse);
    assert!(phone.home.vault.verify().unwrap().ok);
    for _ in 0..2 {
        phone.meet(&mut nurse);
        phone.meet(&mut joe);
    }
    let theirs = nurse.circle(&phone);
    let text = nurse.text(&theirs);
    for words in ["lost with the disk", "Wording 0", "Wording 219"] {
        assert!(text.contains(words), "{words}");
    }
    let text = joe.text(&joe.home.circle.clone());
    assert!(text.contains("lost for Joe") && text.contains("since for Joe"));
    assert!(phone.text(&of_joe).contains("lost for Joe"));
    assert_eq!(
        phone.text(&circle).matches("Wording 219").count(),
        nurse.text(&theirs).matches("Wording 219").count()
    );
}

#[test]
fn a_meeting_that_goes_as_it_does_every_day_makes_no_new_actor() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (_, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    let first = actor(&phone);
    for day in 0..3 {
        writes(&mut phone, &plan, &format!("day {day}"));
        phone.meet(&mut nurse);
        phone.home.reopen().unwrap();
    }
    assert_eq!(actor(&phone), first);
}

/// Two devices meet; what the first hears passes through `changes`, which may make the meeting end there. Whether the first
/// came to its end.
fn hears_through(
    hearer: &mut Device,
    other: &mut Device,
    mut changes: impl FnMut(&mut Session, &mut Vault, Message) -> Option<Message>,
) -> bool {
    let (acting, theirs) = (hearer.acting(), other.acting());
    let (here, there) = (hearer.entropy(), other.entropy());
    let (one, other) = (&mut hearer.home.vault, &mut other.home.vault);
    let mut first = Session::begin(one, acting, &here).unwrap();
    let mut second = Session::begin(other, theirs, &there).unwrap();
    loop {
        let said = first.next(one).unwrap();
        let answered = second.next(other).unwrap();
        if said.is_none() && answered.is_none() {
            return first.is_done();
        }
        if let Some(message) = said {
            second.receive(other, &message).unwrap();
        }
        if let Some(message) = answered {
            let message = Message::read(&message).unwrap();
            let Some(message) = changes(&mut first, one, message) else {
                return false;
            };
            first.receive(one, &message.write().unwrap()).unwrap();
        }
    }
}

/// The other says that it has more of what the phone signed than there is.
fn meets_a_liar(phone: &mut Device, liar: &mut Device) {
    let (old, mut lied) = (actor(phone), 0);
    let done = hears_through(phone, liar, |_, _, mut message| {
        if let Message::Have(all) = &mut message {
            let streams = all.iter_mut().flat_map(|(_, have)| &mut have.streams);
            for stream in streams.filter(|stream| stream.actor == old) {
                stream.counter += 5;
                lied += 1;
            }
        }
        Some(message)
    });
    assert!(lied > 0 && done);
}

#[test]
fn who_says_so_and_gives_nothing_is_believed_once() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (_, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    let circle = phone.home.circle.clone();
    writes(&mut phone, &plan, "at breakfast");
    phone.meet(&mut nurse);
    let old = actor(&phone);
    meets_a_liar(&mut phone, &mut nurse);
    let after_one = actor(&phone);
    assert_ne!(after_one, old, "it might have been so");
    for note in ["at noon", "at tea"] {
        writes(&mut phone, &plan, note);
        phone.meet(&mut nurse);
        meets_a_liar(&mut phone, &mut nurse);
        assert_eq!(actor(&phone), after_one, "not again");
    }
    phone.meet(&mut nurse);
    let theirs = nurse.circle(&phone);
    for words in ["at breakfast", "at noon", "at tea"] {
        assert!(phone.text(&circle).contains(words), "{words}");
        assert!(nurse.text(&theirs).contains(words), "{words}");
    }
}

#[test]
fn who_said_so_and_gave_what_was_lost_is_believed_the_next_time_too() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (_, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    let circle = phone.home.circle.clone();
    for note in ["lost on Monday", "lost on Friday"] {
        phone.meet(&mut nurse);
        let (before, old) = (phone.files(), actor(&phone));
        writes(&mut phone, &plan, note);
        phone.meet(&mut nurse);
        phone.put_back(&before);
        phone.meet(&mut nurse);
        assert_ne!(actor(&phone), old);
        assert!(phone.text(&circle).contains(note));
    }
}

#[test]
fn a_segment_that_was_not_announced_is_not_taken_in_before_it_is_said_what_both_have() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (_, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    writes(&mut phone, &plan, "at breakfast");
    let mut segment = None;
    hears_through(&mut nurse, &mut phone, |_, _, message| {
        if matches!(message, Message::Segment(..)) {
            segment = Some(message.write().unwrap());
            return None;
        }
        Some(message)
    });
    let segment = segment.unwrap();
    let mut tried = 0;
    hears_through(&mut nurse, &mut phone, |session, vault, message| {
        if !matches!(message, Message::Have(_)) {
            return Some(message);
        }
        tried += 1;
        let refused = session.receive(vault, &segment);
        assert_eq!(refused, Err(cairn_core::Error::Damaged));
        None
    });
    assert_eq!(tried, 1);
    let theirs = nurse.circle(&phone);
    assert!(!nurse.text(&theirs).contains("at breakfast"));
    let before = actor(&phone);
    phone.meet(&mut nurse);
    assert!(nurse.text(&theirs).contains("at breakfast"));
    assert_eq!(actor(&phone), before, "nothing was put back");
}
