//! Circles on real files: sharing by consent, meeting, taking out, and what nobody may forge. The link is memory.

mod support;

use cairn_core::circle::{AccessLog, Act, Groups, Operation};
use cairn_core::entropy::SeededEntropy;
use cairn_core::goal;
use cairn_core::log;
use cairn_core::plan::{self, Answers};
use cairn_core::record::change::{self, ChangeHead, PutOp};
use cairn_core::record::sharing::Sent;
use cairn_core::record::{Acting, Actor, Noun, Part};
use cairn_core::store::identity::DevicePublic;
use cairn_core::store::membership::Inviting;
use cairn_core::store::{Circle, Scope, Taken, Vault};
use cairn_core::sync::segment::{self, Carried, Place, Tip};
use cairn_core::view::disagreement;
use cairn_core::{Error, Id};
use support::device::{Device, did, goal_with_plan};
use support::moment;

const NOW: &str = "2026-03-16T10:00:00Z";

fn often(times: &str) -> Answers {
    Answers {
        often: Some(times.into()),
        ..Answers::default()
    }
}

#[test]
fn what_is_shared_arrives_and_what_is_not_stays() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (_, plan) = goal_with_plan(&mut phone);
    let circle = phone.home.circle.clone();
    phone
        .act(&circle, |acts| log::add(acts, &plan, &did("windy")))
        .unwrap();
    phone.let_in(&mut nurse, "nurse", &["goals"]);
    let theirs = nurse.circle(&phone);
    let text = nurse.text(&theirs);
    assert!(text.contains("Walk to the bench"));
    assert!(!text.contains("windy"), "the log was not shared");
    let record = nurse.home.vault.record(&theirs, &Scope::All).unwrap();
    assert_eq!(
        record.sharing.may_read(cairn_core::record::Group::Log),
        Err(Error::NotAllowed)
    );
}

#[test]
fn edits_made_apart_are_one_disagreement_on_both_sides() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (_, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    let (own, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
    phone
        .act(&own, |acts| {
            plan::edit(acts, &plan, &often("4 times a week"))
        })
        .unwrap();
    nurse
        .act(&theirs, |acts| {
            plan::edit(acts, &plan, &often("2 times a week"))
        })
        .unwrap();
    phone.meet(&mut nurse);
    for (device, circle) in [(&phone, &own), (&nurse, &theirs)] {
        let record = device.home.vault.record(circle, &Scope::All).unwrap();
        assert_eq!(disagreement::all(&record).len(), 1);
        let shown = record.find(Noun::Plan, &plan).unwrap();
        assert_eq!(record.shown_text(shown, "often").unwrap(), "4 times a week");
    }
}

#[test]
fn who_was_taken_out_gets_nothing_new_and_their_late_notes_wait_for_the_person() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (goal, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    let (own, theirs) = (phone.home.circle.clone(), nurse.circle(&phone));
    nurse
        .act(&theirs, |acts| {
            log::add(acts, &plan, &did("before knowing"))
        })
        .unwrap();
    phone.remove(&nurse);
    phone
        .act(&own, |acts| goal::reword(acts, &goal, "After the removal"))
        .unwrap();
    phone.meet(&mut nurse);
    assert!(!nurse.text(&theirs).contains("After the removal"));
    assert!(
        nurse.text(&theirs).contains("Walk to the bench"),
        "what they had they can still read"
    );
    assert!(!phone.text(&own).contains("before knowing"));
    let late = phone.home.vault.late(&own).unwrap();
    assert_eq!(late.len(), 1);
    let acting = phone.acting();
    phone
        .home
        .vault
        .let_in(&own, vec![late[0].0], acting)
        .unwrap();
    assert!(phone.text(&own).contains("before knowing"));
    assert!(phone.home.vault.late(&own).unwrap().is_empty());
}

#[test]
fn work_stacked_on_a_removed_members_before_the_others_knew_survives_on_all() {
    let mut phone = Device::new("Mary Bell", 1);
    let (mut removed, mut nurse) = (Device::new("Anne Okoro", 2), Device::new("Ben Hale", 3));
    let (_, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut removed, "nurse", &["all"]);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    let own = phone.home.circle.clone();
    let (first, second) = (removed.circle(&phone), nurse.circle(&phone));
    removed
        .act(&first, |acts| {
            plan::edit(
                acts,
                &plan,
                &Answers {
                    place: Some("by the church".into()),
                    ..Answers::default()
                },
            )
        })
        .unwrap();
    removed.meet(&mut nurse);
    phone.remove(&removed);
    nurse
        .act(&second, |acts| {
            plan::edit(
                acts,
                &plan,
                &Answers {
                    when: Some("after lunch".into()),
                    ..Answers::default()
                },
            )
        })
        .unwrap();
    removed.meet(&mut phone);
    assert!(
        !phone.text(&own).contains("by the church"),
        "late until somebody vouches"
    );
    phone.meet(&mut nurse);
    nurse.meet(&mut phone);
    for text in [phone.text(&own), nurse.text(&second)] {
        assert!(text.contains("by the church") && text.contains("after lunch"));
    }
    assert!(phone.home.vault.late(&own).unwrap().is_empty());
}

#[test]
fn a_carer_logs_and_may_not_write_anything_else() {
    let (mut phone, mut carer) = (Device::new("Mary Bell", 1), Device::new("Joe Bell", 2));
    let (goal, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut carer, "carer", &["goals", "log"]);
    let theirs = carer.circle(&phone);
    let refused = carer.act(&theirs, |acts| goal::reword(acts, &goal, "Something else"));
    assert_eq!(refused, Err(Error::NotAllowed));
    carer
        .act(&theirs, |acts| log::add(acts, &plan, &did("with Joe")))
        .unwrap();
    carer.meet(&mut phone);
    let own = phone.home.circle.clone();
    assert!(phone.text(&own).contains("with Joe"));
}

#[test]
fn what_was_acknowledged_is_sent_and_what_nobody_can_get_is_never() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (goal, plan) = goal_with_plan(&mut phone);
    let own = phone.home.circle.clone();
    let sent = |device: &Device, circle: &Circle, noun, id: &Id| {
        let record = device
            .home
            .vault
            .record(circle, &Scope::Everything)
            .unwrap();
        record.sharing.sent(record.find(noun, id).unwrap())
    };
    assert_eq!(sent(&phone, &own, Noun::Goal, &goal), Sent::Never);
    phone.let_in(&mut nurse, "nurse", &["goals"]);
    assert_eq!(sent(&phone, &own, Noun::Goal, &goal), Sent::Yes);
    phone
        .act(&own, |acts| {
            plan::edit(acts, &plan, &often("4 times a week"))
        })
        .unwrap();
    let entry = phone
        .act(&own, |acts| log::add(acts, &plan, &did("windy")))
        .unwrap();
    assert_eq!(sent(&phone, &own, Noun::Plan, &plan), Sent::Waiting);
    assert_eq!(
        sent(&phone, &own, Noun::Entry, &entry),
        Sent::Never,
        "nobody else reads the log"
    );
    phone.meet(&mut nurse);
    assert_eq!(sent(&phone, &own, Noun::Plan, &plan), Sent::Yes);
    let theirs = nurse.circle(&phone);
    nurse
        .act(&theirs, |acts| {
            plan::edit(acts, &plan, &often("2 times a week"))
        })
        .unwrap();
    assert_eq!(sent(&nurse, &theirs, Noun::Plan, &plan), Sent::Waiting);
    phone.remove(&nurse);
    phone.meet(&mut nurse);
    assert_eq!(
        sent(&nurse, &theirs, Noun::Plan, &plan),
        Sent::Yes,
        "handed over, though late"
    );
    nurse
        .act(&theirs, |acts| {
            plan::edit(acts, &plan, &often("1 times a week"))
        })
        .unwrap();
    assert_eq!(sent(&nurse, &theirs, Noun::Plan, &plan), Sent::Never);
}

#[test]
fn an_invitation_lets_one_in_once_and_ends_after_a_week() {
    let mut phone = Device::new("Mary Bell", 1);
    let (joe, ann) = (Device::new("Joe Bell", 2), Device::new("Ann Bell", 3));
    let circle = phone.home.circle.clone();
    let inviting = Inviting {
        role: "carer",
        groups: Groups::read(["log"], "carer").unwrap(),
        until: None,
    };
    let entropy = phone.entropy();
    let acting = phone.acting();
    let invitation = phone
        .home
        .vault
        .invite(&circle, &inviting, acting, &entropy)
        .unwrap();
    let ask = |who: &Device| {
        invitation
            .ask(who.home.vault.keys().public(), "A name", None)
            .unwrap()
    };
    let later = Acting::at(moment("2026-03-24T10:00:00Z"));
    assert_eq!(
        phone
            .home
            .vault
            .admit(&circle, &ask(&joe), later, &entropy)
            .unwrap_err(),
        Error::InvitationOver
    );
    let first = phone
        .home
        .vault
        .admit(&circle, &ask(&joe), acting, &entropy)
        .unwrap();
    let again = phone
        .home
        .vault
        .admit(&circle, &ask(&joe), acting, &entropy)
        .unwrap();
    assert_eq!(first, again, "a meeting cut off can be held again");
    assert_eq!(
        phone
            .home
            .vault
            .admit(&circle, &ask(&ann), acting, &entropy)
            .unwrap_err(),
        Error::InvitationOver
    );
}

#[test]
fn what_was_folded_before_it_was_signed_still_goes_out() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (goal, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    let own = phone.home.circle.clone();
    phone
        .act(&own, |acts| log::add(acts, &plan, &did("a first entry")))
        .unwrap();
    for word in 0..220 {
        let words = format!("Walk to the shop, wording {word}");
        phone
            .act(&own, |acts| goal::reword(acts, &goal, &words))
            .unwrap();
    }
    assert!(phone.home.vault.compact().unwrap() > 0);
    phone
        .act(&own, |acts| goal::reword(acts, &goal, "The last wording"))
        .unwrap();
    phone.meet(&mut nurse);
    let theirs = nurse.circle(&phone);
    let text = nurse.text(&theirs);
    for word in [
        "wording 0",
        "wording 219",
        "The last wording",
        "a first entry",
    ] {
        assert!(text.contains(word), "{word}");
    }
}

#[test]
fn a_third_device_carries_what_two_others_wrote() {
    let mut phone = Device::new("Mary Bell", 1);
    let (mut nurse, mut carer) = (Device::new("Anne Okoro", 2), Device::new("Joe Bell", 3));
    let (_, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    phone.let_in(&mut carer, "carer", &["all"]);
    nurse.meet(&mut phone);
    let theirs = carer.circle(&phone);
    carer
        .act(&theirs, |acts| {
            log::add(acts, &plan, &did("from the carer"))
        })
        .unwrap();
    carer.meet(&mut nurse);
    nurse.meet(&mut phone);
    assert!(
        phone
            .text(&phone.home.circle.clone())
            .contains("from the carer")
    );
}

#[test]
fn the_store_of_one_device_needs_no_circle_to_be_read() {
    let phone = Device::new("Mary Bell", 1);
    let vault: &Vault = &phone.home.vault;
    let roster = vault.roster(&phone.home.circle).unwrap();
    assert_eq!(roster.standing.members.len(), 1);
    assert_eq!(phone.home.now, moment(NOW));
}

#[test]
fn a_member_who_makes_hundreds_of_operations_apart_freezes_nothing() {
    let (mut phone, mut carer) = (Device::new("Mary", 1), Device::new("Ann", 2));
    phone.let_in(&mut carer, "carer", &["log"]);
    let theirs = carer.circle(&phone);
    let log = carer.home.vault.access_log(&theirs).unwrap();
    let member = theirs.member.clone();
    let heads = log.heads();
    let made: Vec<Vec<u8>> = (0..300u16)
        .map(|n| {
            let mut sign = [7; 32];
            sign[..2].copy_from_slice(&n.to_be_bytes());
            let device = DevicePublic {
                sign,
                seal: [7; 32],
            };
            let (member, keys) = (member.clone(), carer.home.vault.keys());
            let act = Act::AddRecovery { member, device };
            Operation::sign(keys, &theirs.id, &heads, 0, act)
                .unwrap()
                .bytes
        })
        .collect();
    let (circle, acting, entropy) = (phone.home.circle.clone(), phone.acting(), phone.entropy());
    let vault = &mut phone.home.vault;
    assert_eq!(vault.take_operations(&circle, &made, acting), Ok(300));
    let everything = vault.access(&circle).unwrap();
    assert!(everything.roster.heads.len() >= 300);
    vault
        .remove_member(&circle, &member, acting, &entropy)
        .unwrap();
    let access = vault.access(&circle).unwrap();
    assert_eq!(access.roster.keyless(&access.log), Groups::NONE);
    assert!(!access.roster.standing.members[&member].present);
    // All of it reads again, on another device too.
    let told: Vec<&[u8]> = access.log.operations().map(|o| &o.bytes[..]).collect();
    let again = AccessLog::checked(&circle.id, told.iter().copied());
    assert_eq!(again.len(), access.log.len());
}

/// A segment that a carer's device makes by hand, past its own checks.
fn forged(
    carer: &Device,
    circle: &Circle,
    part: Part,
    head: ChangeHead,
    puts: Vec<PutOp>,
) -> Vec<u8> {
    let vault = &carer.home.vault;
    let built = change::build(&circle.id, &part, &head, &puts).unwrap();
    let (log, group) = (vault.access_log(circle).unwrap(), part.group().unwrap());
    let epoch = vault
        .roster(circle)
        .unwrap()
        .epoch_for(&log, group)
        .unwrap();
    let place = Place {
        circle: circle.id.clone(),
        group,
        epoch,
        device: vault.keys().public().sign,
        actor: head.actor,
        taken: None,
        counter: 1,
        before: [0; 32],
        heads: log.heads(),
    };
    let tips = [Tip {
        part: part.clone(),
        seq: head.seq,
        hash: built.hash,
    }];
    let carried = vec![Carried {
        part,
        bytes: built.bytes,
    }];
    let keyring = vault.keyring(circle).unwrap();
    let secret = keyring.get(group, &epoch).unwrap();
    segment::seal(
        vault.keys(),
        &place,
        false,
        carried,
        &tips,
        secret,
        &SeededEntropy::new(77),
    )
    .unwrap()
    .bytes
}

#[test]
fn a_segment_made_by_hand_past_the_carers_own_checks_is_refused_by_all() {
    let mut phone = Device::new("Mary Bell", 1);
    let (mut carer, mut nurse) = (Device::new("Joe Bell", 2), Device::new("Anne Okoro", 3));
    let (goal, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    phone.let_in(&mut carer, "carer", &["goals", "log"]);
    nurse.meet(&mut phone);
    let (own, theirs) = (phone.home.circle.clone(), carer.circle(&phone));
    let record = carer
        .home
        .vault
        .record(&theirs, &Scope::Everything)
        .unwrap();
    let edited = record.find(Noun::Goal, &goal).unwrap();
    let cursor = &record.cursors[&edited.part];
    let own_actor = Actor([9; 16]);
    let head = |actor| ChangeHead {
        actor,
        seq: 1,
        start_op: cursor.max_op + 1,
        at: 0,
        note: Default::default(),
        deps: cursor.heads.clone(),
    };
    let words = |id: &Id, noun| PutOp {
        noun,
        key: format!("{id}.words"),
        value: "Not what Mary said".into(),
        replaces: Vec::new(),
    };
    // A goal edited by a carer.
    let edit = forged(
        &carer,
        &theirs,
        edited.part.clone(),
        head(own_actor),
        vec![words(&goal, Noun::Goal)],
    );
    // A plan written under the actor of the person's own phone.
    let theirs_id = theirs.member.clone();
    let phones = record
        .actors
        .iter()
        .find(|(_, member)| **member != theirs_id);
    let phones = *phones.expect("the phone wrote the goal").0;
    let author = forged(
        &carer,
        &theirs,
        edited.part.clone(),
        head(phones),
        vec![words(&plan, Noun::Plan)],
    );
    for (device, circle) in [(&mut phone, &own), (&mut nurse, &theirs)] {
        let circle = device
            .home
            .vault
            .circles()
            .unwrap()
            .into_iter()
            .find(|c| c.id == circle.id)
            .unwrap();
        let acting = device.acting();
        let before = device.text(&circle);
        let taken = device
            .home
            .vault
            .take_segment(&circle, &edit, acting)
            .unwrap();
        assert_eq!(taken, Taken::Refused("role"));
        let taken = device
            .home
            .vault
            .take_segment(&circle, &author, acting)
            .unwrap();
        assert!(
            matches!(taken, Taken::Refused("role" | "actor" | "fork")),
            "{taken:?}"
        );
        assert_eq!(device.text(&circle), before);
    }
}
