//! What a member's device says past its own checks is refused by the others, each time for its own reason; honestly said
//! it is taken in.

mod support;

use cairn_core::circle::epoch::GroupSecret;
use cairn_core::entropy::SeededEntropy;
use cairn_core::id::digest;
use cairn_core::log;
use cairn_core::record::change::{self, PutOp};
use cairn_core::record::{Actor, Group, Noun, Part};
use cairn_core::store::lacking::Why;
use cairn_core::store::{Circle, Scope, Taken};
use cairn_core::sync::message::{Have, Message, VERSION};
use cairn_core::sync::segment::Tip;
use cairn_core::sync::session::Session;
use cairn_core::{Error, Id};
use support::device::{Device, did, goal_with_plan};
use support::forge::{Forge, first_change};

const ACTOR: Actor = Actor([9; 16]);

/// A phone, a nurse, and what both call the circle.
fn devices(parts: &[&str]) -> (Device, Device, Circle, Circle) {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", parts);
    let (own, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
    (phone, nurse, own, theirs)
}

fn goals(device: &Device, circle: &Circle) -> Part {
    let record = device.home.vault.record(circle, &Scope::Everything);
    let mut parts = record.unwrap().cursors.into_keys();
    let is_of_goals = |part: &Part| part.group() == Some(Group::Goals);
    parts.find(is_of_goals).unwrap()
}

/// A concern the nurse may write.
fn concern(device: &Device, circle: &Circle, actor: Actor) -> (Part, Vec<u8>, Tip) {
    concern_of(device, circle, actor, "The slope")
}

fn concern_of(device: &Device, circle: &Circle, actor: Actor, words: &str) -> (Part, Vec<u8>, Tip) {
    let record = device.home.vault.record(circle, &Scope::Everything);
    let part = goals(device, circle);
    let put = PutOp {
        noun: Noun::Concern,
        key: "0123456789ab.words".into(),
        value: words.into(),
        replaces: Vec::new(),
    };
    let record = record.unwrap();
    let (bytes, tip) = first_change(&circle.id, &record, &part, actor, vec![put]);
    (part, bytes, tip)
}

fn take(device: &mut Device, circle: &Circle, bytes: &[u8]) -> Taken {
    let acting = device.acting();
    let taken = device.home.vault.take_segment(circle, bytes, acting);
    taken.unwrap()
}

#[test]
fn a_signature_that_is_not_over_these_changes_is_refused_and_the_right_one_is_taken() {
    let (mut phone, nurse, own, theirs) = devices(&["all"]);
    let (part, bytes, tip) = concern(&nurse, &theirs, ACTOR);
    let forge = Forge::of(&nurse, &theirs, Group::Goals, ACTOR);
    let honest = forge.content(vec![(part, bytes)], std::slice::from_ref(&tip));
    let seal = |content: &_| forge.seal(content, &SeededEntropy::new(5));
    let mut flipped = honest.clone();
    flipped.signature[20] ^= 1;
    let mut over_others = honest.clone();
    over_others.signature = forge.sign(&[Tip {
        hash: [7; 32],
        ..tip
    }]);
    let mut none = honest.clone();
    none.signature.clear();
    for wrong in [flipped, over_others, none] {
        let taken = take(&mut phone, &own, &seal(&wrong));
        assert_eq!(taken, Taken::Refused("signature"));
    }
    assert!(!phone.text(&own).contains("The slope"));
    assert_eq!(take(&mut phone, &own, &seal(&honest)), Taken::In);
    assert!(phone.text(&own).contains("The slope"));
}

#[test]
fn what_somebody_else_seals_anew_is_what_it_was_and_nothing_behind_it_is_lost() {
    let (mut phone, nurse, own, theirs) = devices(&["all"]);
    let (part, bytes, tip) = concern(&nurse, &theirs, ACTOR);
    let mut forge = Forge::of(&nurse, &theirs, Group::Goals, ACTOR);
    let first = forge.content(
        vec![(part.clone(), bytes.clone())],
        std::slice::from_ref(&tip),
    );
    let sealed = |n| forge.seal(&first, &SeededEntropy::new(n));
    let (honest, anew) = (sealed(5), sealed(6));
    assert_eq!(take(&mut phone, &own, &anew), Taken::In);
    assert_eq!(take(&mut phone, &own, &honest), Taken::Known);
    // Whatever bytes the first came in, the second stands on what its author signed.
    let put = PutOp {
        noun: Noun::Concern,
        key: "0123456789ac.words".into(),
        value: "The rain".into(),
        replaces: Vec::new(),
    };
    let head = change::read(&own.id, &part, &bytes).unwrap();
    let next = change::ChangeHead {
        seq: 2,
        start_op: head.head.start_op + 1,
        deps: vec![tip.hash],
        ..head.head
    };
    let built = change::build(&own.id, &part, &next, &[put]).unwrap();
    let tip = Tip {
        part: part.clone(),
        seq: 2,
        hash: built.hash,
    };
    forge.place.counter = 2;
    forge.place.before = digest(&[b"segment chain/1", &first.signature]);
    let second = forge.content(vec![(part, built.bytes)], &[tip]);
    let second = forge.seal(&second, &SeededEntropy::new(7));
    assert_eq!(take(&mut phone, &own, &second), Taken::In);
    assert!(phone.text(&own).contains("The rain"));
}

#[test]
fn who_signs_the_same_changes_twice_leaves_what_was_signed_first_as_it_was() {
    let (mut phone, nurse, own, theirs) = devices(&["all"]);
    let (part, bytes, tip) = concern(&nurse, &theirs, ACTOR);
    let mut forge = Forge::of(&nurse, &theirs, Group::Goals, ACTOR);
    let content = |forge: &Forge| {
        forge.content(
            vec![(part.clone(), bytes.clone())],
            std::slice::from_ref(&tip),
        )
    };
    let first = content(&forge);
    let sealed = forge.seal(&first, &SeededEntropy::new(5));
    assert_eq!(take(&mut phone, &own, &sealed), Taken::In);
    forge.place.counter = 2;
    forge.place.before = digest(&[b"segment chain/1", &first.signature]);
    let again = content(&forge);
    let again = forge.seal(&again, &SeededEntropy::new(6));
    assert_eq!(take(&mut phone, &own, &again), Taken::Refused("again"));
    assert!(phone.text(&own).contains("The slope"));
    assert!(phone.home.vault.verify().unwrap().ok);
}

#[test]
fn nobody_is_said_to_have_written_twice_in_one_place_who_did_not_sign_it() {
    let (mut phone, nurse, own, theirs) = devices(&["all"]);
    let forge = Forge::of(&nurse, &theirs, Group::Goals, ACTOR);
    let made = |words: &str| {
        let (part, bytes, tip) = concern_of(&nurse, &theirs, ACTOR, words);
        forge.content(vec![(part, bytes)], &[tip])
    };
    let seal = |content: &_| forge.seal(content, &SeededEntropy::new(5));
    let first = seal(&made("The slope"));
    assert_eq!(take(&mut phone, &own, &first), Taken::In);
    let second = made("The rain");
    let mut unsigned = second.clone();
    unsigned.signature[20] ^= 1;
    let aside = |phone: &Device| phone.home.vault.kept_aside(&own).unwrap();
    let taken = take(&mut phone, &own, &seal(&unsigned));
    assert_eq!(taken, Taken::Refused("signature"));
    assert_eq!(aside(&phone)[0].device, None);
    let taken = take(&mut phone, &own, &seal(&second));
    assert_eq!(taken, Taken::Refused("fork"));
    let of_nurse = Some(nurse.home.vault.keys().public().sign);
    let forked = aside(&phone)
        .into_iter()
        .find(|kept| kept.why == Why::Forked);
    assert_eq!(forked.and_then(|kept| kept.device), of_nurse);
    assert!(!phone.text(&own).contains("The rain"));
}

#[test]
fn what_no_key_opens_takes_no_more_room_than_it_is_given_and_no_honest_ones() {
    let (mut phone, mut nurse, own, theirs) = devices(&["all"]);
    let forge = Forge::of(&nurse, &theirs, Group::Goals, ACTOR);
    let other = GroupSecret::from_bytes(&[9; 32]).unwrap();
    let made_up = Forge {
        secret: other,
        ..Forge::of(&nurse, &theirs, Group::Goals, ACTOR)
    };
    let content = vec![0; 400 * 1024];
    for n in 0..30 {
        let entropy = SeededEntropy::new(100 + n);
        let bytes = made_up.sealed(made_up.header(), &content, &entropy);
        assert_eq!(take(&mut phone, &own, &bytes), Taken::Waits("key"));
    }
    let aside = phone.home.vault.kept_aside(&own).unwrap();
    assert_eq!((aside.len(), aside[0].count), (1, 20), "8 MiB of 12");
    let (part, bytes, tip) = concern(&nurse, &theirs, ACTOR);
    let mut later = forge.content(vec![(part, bytes)], &[tip]);
    later.counter = 2;
    let later = forge.seal(&later, &SeededEntropy::new(5));
    assert_eq!(take(&mut phone, &own, &later), Taken::Waits("before"));
    let aside = phone.home.vault.kept_aside(&own).unwrap();
    assert_eq!(aside.iter().map(|kept| kept.count).sum::<u64>(), 21);
    nurse.meet(&mut phone);
}

#[test]
fn padding_that_is_not_zeros_hides_nothing() {
    let (mut phone, nurse, own, theirs) = devices(&["all"]);
    let (part, bytes, tip) = concern(&nurse, &theirs, ACTOR);
    let forge = Forge::of(&nurse, &theirs, Group::Goals, ACTOR);
    let honest = forge.content(vec![(part, bytes)], &[tip]);
    let mut content = postcard::to_stdvec(&honest).unwrap();
    content.extend([0, 0, 1]);
    let bytes = forge.sealed(forge.header(), &content, &SeededEntropy::new(5));
    assert_ne!(take(&mut phone, &own, &bytes), Taken::In);
    assert!(!phone.text(&own).contains("The slope"));
}

#[test]
fn nobody_writes_under_the_actor_of_anothers_device() {
    let (mut phone, mut nurse, own, theirs) = devices(&["all"]);
    let record = phone.home.vault.record(&own, &Scope::Everything);
    let plan = record.unwrap().standing(Noun::Plan)[0].id.clone();
    // The nurse alone writes in the log, so the phone's place in it is free.
    let entry = nurse.act(&theirs, |acts| log::add(acts, &plan, &did("windy")));
    entry.unwrap();
    nurse.meet(&mut phone);
    let record = nurse.home.vault.record(&theirs, &Scope::Everything);
    let record = record.unwrap();
    let mut actors = record.actors.iter();
    let (phones, _) = actors.find(|(_, member)| **member == own.member).unwrap();
    let mut parts = record.cursors.keys();
    let part = parts.find(|part| part.group() == Some(Group::Log)).unwrap();
    let put = PutOp {
        noun: Noun::Entry,
        key: "0123456789ab.words".into(),
        value: "As if Mary said it".into(),
        replaces: Vec::new(),
    };
    let (bytes, tip) = first_change(&theirs.id, &record, part, *phones, vec![put]);
    let forge = Forge::of(&nurse, &theirs, Group::Log, *phones);
    let content = forge.content(vec![(part.clone(), bytes)], &[tip]);
    let bytes = forge.seal(&content, &SeededEntropy::new(5));
    assert_eq!(take(&mut phone, &own, &bytes), Taken::Refused("actor"));
}

#[test]
fn a_key_of_one_group_is_no_way_into_the_parts_of_another() {
    let (mut phone, nurse, own, theirs) = devices(&["log"]);
    let (part, bytes, tip) = concern(&phone, &own, ACTOR);
    let forge = Forge::of(&nurse, &theirs, Group::Log, ACTOR);
    let content = forge.content(vec![(part, bytes)], &[tip]);
    let bytes = forge.seal(&content, &SeededEntropy::new(5));
    assert_eq!(take(&mut phone, &own, &bytes), Taken::Refused("part"));
    assert!(!phone.text(&own).contains("The slope"));
}

#[test]
fn who_was_taken_out_is_handed_no_segment_and_told_of_nobody_who_came_later() {
    let (mut phone, nurse, own, _) = devices(&["all"]);
    phone.remove(&nurse);
    let mut carer = Device::new("Joe Bell", 3);
    phone.let_in(&mut carer, "carer", &["log"]);
    let vault = &phone.home.vault;
    let [out, later] = [&nurse, &carer].map(|device| device.home.vault.keys().public().sign);
    let nothing = Have::default();
    let given = |device| {
        vault
            .segments_lacking(&own, device, &nothing)
            .unwrap()
            .len()
    };
    assert_eq!(given(&out), 0);
    assert!(given(&later) > 0, "who is in is handed some");
    let told = |device| vault.operations_lacking(&own, device, &[]).unwrap();
    let tells_of_joe = |operations: Vec<Vec<u8>>| {
        let mut operations = operations.iter();
        operations.any(|bytes| bytes.windows(32).any(|window| window == later))
    };
    assert!(!tells_of_joe(told(&out)));
    assert!(tells_of_joe(told(&later)));
}

#[test]
fn a_meeting_with_a_key_that_is_not_the_speakers_own_ends_before_anything_is_said() {
    let (mut phone, nurse, ..) = devices(&["all"]);
    let nurses = nurse.home.vault.keys().public().sign;
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let vault = &mut phone.home.vault;
    let mut session = Session::begin(vault, acting, &entropy).unwrap();
    let hello = Message::Hello(VERSION, nurses, [3; 32]).write().unwrap();
    session.receive(vault, &hello).unwrap();
    let proof = Message::Proof(vec![5; 64]).write().unwrap();
    assert_eq!(session.receive(vault, &proof), Err(Error::NotAllowed));
    assert_eq!(session.peer(), None);
    for _ in 0..3 {
        let said = session.next(vault).unwrap();
        let said = said.map(|bytes| Message::read(&bytes).unwrap());
        let harmless = matches!(said, None | Some(Message::Hello(..) | Message::Proof(_)));
        assert!(harmless);
    }
}

/// Asking which of two names counts asks who wrote them, and so for a name again.
#[test]
fn a_roster_in_which_a_name_is_said_in_two_ways_is_read_and_the_persons_word_counts() {
    let (mut phone, mut nurse, own, theirs) = devices(&["all"]);
    let anne = theirs.member.clone();
    for (device, circle, name) in [
        (&mut phone, &own, "Anne O."),
        (&mut nurse, &theirs, "Anne Okoro"),
    ] {
        let wrote = device.act(circle, |acts| {
            acts.put(&Part::circle(), Noun::Member, &anne, "name", name);
            Ok(())
        });
        wrote.unwrap();
    }
    nurse.meet(&mut phone);
    for (device, circle) in [(&phone, &own), (&nurse, &theirs)] {
        let record = device.home.vault.record(circle, &Scope::All).unwrap();
        assert_eq!(record.member(&anne).unwrap().name, "Anne O.");
        assert!(device.text(circle).contains("Walk to the bench"));
    }
}

/// A role of somebody, as a nurse's device says it past its own checks.
fn crowned(nurse: &Device, theirs: &Circle, member: &Id, role: &str, actor: Actor) -> Vec<u8> {
    let record = nurse.home.vault.record(theirs, &Scope::Everything);
    let put = PutOp {
        noun: Noun::Member,
        key: format!("{member}.role"),
        value: role.into(),
        replaces: Vec::new(),
    };
    let part = Part::circle();
    let record = record.unwrap();
    let (bytes, tip) = first_change(&theirs.id, &record, &part, actor, vec![put]);
    let forge = Forge::of(nurse, theirs, Group::Members, actor);
    let content = forge.content(vec![(part, bytes)], &[tip]);
    forge.seal(&content, &SeededEntropy::new(5))
}

#[test]
fn a_nurse_makes_nobody_the_person_and_the_person_nobody_else() {
    let (mut phone, nurse, own, theirs) = devices(&["all"]);
    let herself = crowned(&nurse, &theirs, &theirs.member, "person", ACTOR);
    assert_eq!(take(&mut phone, &own, &herself), Taken::Refused("role"));
    let mary = crowned(&nurse, &theirs, &own.member, "carer", Actor([8; 16]));
    take(&mut phone, &own, &mary);
    let record = phone.home.vault.record(&own, &Scope::All).unwrap();
    let role = |id| record.member(id).unwrap().role;
    assert_eq!(role(&own.member).as_str(), "person");
    assert_eq!(role(&theirs.member).as_str(), "nurse");
}

#[test]
fn nobody_is_first_to_write_under_an_actor_they_learned_of() {
    let (mut phone, mut nurse, own, theirs) = devices(&["all"]);
    let record = phone.home.vault.record(&own, &Scope::Everything).unwrap();
    let plan = record.standing(Noun::Plan)[0].id.clone();
    let mut son = Device::new("Joe Bell", 3);
    phone.let_in(&mut son, "nurse", &["all"]);
    let sons = son.circle(&phone);
    phone.meet(&mut nurse);
    let entry = son.act(&sons, |acts| log::add(acts, &plan, &did("with Joe")));
    entry.unwrap();
    son.meet(&mut nurse);
    // The nurse alone knows the son's actor, and gives the phone a segment under it before the son's own come.
    let record = nurse
        .home
        .vault
        .record(&theirs, &Scope::Everything)
        .unwrap();
    let mut actors = record.actors.iter();
    let (actor, _) = actors.find(|(_, member)| **member == sons.member).unwrap();
    let (part, bytes, tip) = concern(&phone, &own, *actor);
    let forge = Forge::of(&nurse, &theirs, Group::Goals, *actor);
    let content = forge.content(vec![(part, bytes)], &[tip]);
    let bytes = forge.seal(&content, &SeededEntropy::new(5));
    assert_eq!(take(&mut phone, &own, &bytes), Taken::Refused("actor"));
    son.meet(&mut phone);
    assert!(phone.text(&own).contains("with Joe"));
    assert!(!phone.text(&own).contains("The slope"));
}
