//! Requests to be let in while nobody looked: they wait for an owner, with six words to compare. Real files.

mod support;

use cairn_core::circle::Groups;
use cairn_core::circle::invitation::{Answer, GOOD_FOR, Invitation, Request};
use cairn_core::entropy::SeededEntropy;
use cairn_core::record::Acting;
use cairn_core::store::Vault;
use cairn_core::store::key_vault::FileKeyVault;
use cairn_core::store::membership::Inviting;
use cairn_core::{Error, Id};
use chrono::TimeDelta;
use std::sync::Barrier;
use support::Home;

fn invite(phone: &mut Home, seed: u64) -> Invitation {
    let inviting = Inviting {
        role: "nurse",
        groups: Groups::read(["all"], "nurse").unwrap(),
        until: None,
    };
    let (circle, acting) = (phone.circle.clone(), Acting::at(phone.now));
    let entropy = SeededEntropy::new(seed);
    phone
        .vault
        .invite(&circle, &inviting, acting, &entropy)
        .unwrap()
}

fn ask(invitation: &Invitation, home: &Home, name: &str) -> Request {
    let device = home.vault.keys().public();
    invitation
        .ask(device, name, Some("Community nurse"))
        .unwrap()
}

fn hear(phone: &mut Home, request: &Request) -> Result<Answer, Error> {
    let acting = Acting::at(phone.now);
    let entropy = SeededEntropy::new(77);
    phone.vault.hear_request(request, acting, &entropy)
}

fn approve(phone: &mut Home, id: &Id) -> Result<(), Error> {
    let (circle, acting) = (phone.circle.clone(), Acting::at(phone.now));
    let entropy = SeededEntropy::new(78);
    let approved = phone.vault.approve_request(&circle, id, acting, &entropy);
    approved.map(|_| ())
}

fn devices() -> (Home, Home, Home) {
    let home = |name, seed| Home::seeded(name, "Europe/London", seed);
    (
        home("Mary Bell", 1),
        home("Anne Okoro", 2),
        home("Sam Dee", 3),
    )
}

#[test]
fn who_asks_waits_until_an_owner_approves_and_is_then_let_in() {
    let (mut phone, mut nurse, _) = devices();
    let invitation = invite(&mut phone, 5);
    let request = ask(&invitation, &nurse, "Anne Okoro");
    assert_eq!(hear(&mut phone, &request), Ok(Answer::Waits));
    assert_eq!(hear(&mut phone, &request), Ok(Answer::Waits), "asked again");
    phone.reopen().unwrap();
    let circle = phone.circle.clone();
    let waiting = phone.vault.requests(&circle).unwrap();
    let [asked] = waiting.as_slice() else {
        panic!("one request");
    };
    assert_eq!(
        (asked.name.as_str(), asked.role.as_str()),
        ("Anne Okoro", "nurse")
    );
    assert_eq!(
        asked.words,
        request.words(),
        "the same six words on both screens"
    );
    let id = Id::read(&asked.id.as_str()[..6]);
    approve(&mut phone, &id).unwrap();
    assert!(phone.vault.requests(&circle).unwrap().is_empty());
    let Ok(Answer::Welcome(welcome)) = hear(&mut phone, &request) else {
        panic!("let in");
    };
    let acting = Acting::at(nurse.now);
    nurse.vault.enter(&invitation, &welcome, acting).unwrap();
    assert_eq!(approve(&mut phone, &id), Err(Error::UnknownId));
}

#[test]
fn who_was_refused_is_told_so_and_the_code_still_lets_in_another() {
    let (mut phone, nurse, other) = devices();
    let invitation = invite(&mut phone, 5);
    let (wrong, right) = (
        ask(&invitation, &other, "Anne"),
        ask(&invitation, &nurse, "Anne"),
    );
    hear(&mut phone, &wrong).unwrap();
    hear(&mut phone, &right).unwrap();
    let circle = phone.circle.clone();
    let waiting = phone.vault.requests(&circle).unwrap();
    assert_eq!(waiting.len(), 2);
    assert_ne!(waiting[0].words, waiting[1].words, "one name, other words");
    let id = |request: &Request, waiting: &[cairn_core::store::requests::Asked]| {
        let found = waiting.iter().find(|asked| asked.words == request.words());
        found.unwrap().id.clone()
    };
    phone
        .vault
        .refuse_request(&circle, &id(&wrong, &waiting))
        .unwrap();
    assert_eq!(hear(&mut phone, &wrong), Ok(Answer::NotLetIn));
    approve(&mut phone, &id(&right, &waiting)).unwrap();
    assert!(matches!(hear(&mut phone, &right), Ok(Answer::Welcome(_))));
    assert_eq!(
        hear(&mut phone, &wrong),
        Ok(Answer::Over),
        "used by another"
    );
}

#[test]
fn the_inviters_clock_judges_when_a_request_came() {
    let (mut phone, nurse, other) = devices();
    let invitation = invite(&mut phone, 5);
    let start = phone.now;
    hear(&mut phone, &ask(&invitation, &nurse, "Anne")).unwrap();
    phone.now = start + TimeDelta::seconds(GOOD_FOR + 1);
    let late = ask(&invitation, &other, "Sam Dee");
    assert_eq!(hear(&mut phone, &late), Ok(Answer::Over));
    let circle = phone.circle.clone();
    let waiting = phone.vault.requests(&circle).unwrap();
    assert_eq!(waiting.len(), 1);
    approve(&mut phone, &waiting[0].id).unwrap();
    let known = phone.vault.roster(&circle).unwrap();
    assert!(
        known
            .standing
            .present(&nurse.vault.keys().public().sign)
            .is_some()
    );
    assert!(
        known
            .standing
            .present(&other.vault.keys().public().sign)
            .is_none()
    );
}

#[test]
fn an_invitation_that_was_taken_back_has_ended_for_who_asks_and_for_who_waits() {
    let (mut phone, tablet, other) = devices();
    let (circle, acting) = (phone.circle.clone(), Acting::at(phone.now));
    let (first, second) = (invite(&mut phone, 5), invite(&mut phone, 6));
    let waits = ask(&first, &tablet, "Anne Okoro");
    assert_eq!(hear(&mut phone, &waits), Ok(Answer::Waits));
    let asked = phone.vault.requests(&circle).unwrap().remove(0);
    let open = phone.vault.invited(&circle, acting).unwrap();
    assert_eq!(open.len(), 2);
    let name = cairn_core::id::base32(&first.hash(), cairn_core::id::ID_LENGTH);
    let name = Id::read(name);
    let taken = phone.vault.take_back_invitation(&circle, &name, acting);
    assert_eq!(taken.unwrap().id, name.as_str());
    assert_eq!(phone.vault.invited(&circle, acting).unwrap().len(), 1);
    assert!(phone.vault.requests(&circle).unwrap().is_empty());
    assert_eq!(approve(&mut phone, &asked.id), Err(Error::UnknownId));
    // Nor does a clock that goes back bring it back.
    phone.now -= TimeDelta::days(400);
    for request in [waits, ask(&first, &other, "Sam Dee")] {
        assert_eq!(hear(&mut phone, &request), Ok(Answer::Over));
        let entropy = SeededEntropy::new(79);
        let met = (phone.vault).admit(&circle, &request, Acting::at(phone.now), &entropy);
        assert_eq!(met.unwrap_err(), Error::InvitationOver);
    }
    phone.now += TimeDelta::days(400);
    let again = phone.vault.take_back_invitation(&circle, &name, acting);
    assert_eq!(again.unwrap_err(), Error::UnknownId);
    let request = ask(&second, &other, "Sam Dee");
    assert_eq!(hear(&mut phone, &request), Ok(Answer::Waits));
}

#[test]
fn nobody_is_invited_until_a_day_that_has_gone_by() {
    let (mut phone, ..) = devices();
    let (circle, acting) = (phone.circle.clone(), Acting::at(phone.now));
    let today = phone.now.date_naive();
    for (seed, day, good) in [(7, -1, false), (8, 0, true), (9, 1, true)] {
        let until = (today + TimeDelta::days(day)).to_string();
        let inviting = Inviting {
            role: "carer",
            groups: Groups::read(["log"], "carer").unwrap(),
            until: Some(&until),
        };
        let entropy = SeededEntropy::new(seed);
        let made = phone.vault.invite(&circle, &inviting, acting, &entropy);
        let refused = made.err();
        assert_eq!(refused, (!good).then_some(Error::BadDate), "{until}");
    }
}

#[test]
fn no_more_than_8_wait_and_nobody_waits_who_does_not_know_the_secret() {
    let (mut phone, nurse, _) = devices();
    let invitation = invite(&mut phone, 5);
    for seed in 0..10 {
        let home = Home::seeded("Somebody", "Europe/London", 100 + seed);
        let answer = hear(&mut phone, &ask(&invitation, &home, "Somebody"));
        let expected = if seed < 8 {
            Answer::Waits
        } else {
            Answer::Over
        };
        assert_eq!(answer, Ok(expected), "{seed}");
    }
    let mut forged = ask(&invitation, &nurse, "Anne");
    forged.name = "Anne Okoro".into();
    assert_eq!(hear(&mut phone, &forged), Err(Error::NotAllowed));
    let long = ask(&invitation, &nurse, &"a".repeat(5_000));
    assert_eq!(hear(&mut phone, &long).unwrap_err().code(), "too_long");
    let mut elsewhere = Home::seeded("Joe", "Europe/London", 50);
    let stranger = ask(&invite(&mut elsewhere, 6), &nurse, "Anne");
    assert_eq!(hear(&mut phone, &stranger), Err(Error::InvitationUnknown));
    let circle = phone.circle.clone();
    assert_eq!(phone.vault.requests(&circle).unwrap().len(), 8);
}

#[test]
fn an_invitation_used_by_8_handles_on_one_file_at_once_grants_once() {
    let (mut phone, ..) = devices();
    let invitation = invite(&mut phone, 5);
    let (folder, circle, now) = (phone.folder.path(), phone.circle.clone(), phone.now);
    let barrier = Barrier::new(8);
    let outcomes: Vec<Result<[u8; 32], Error>> = std::thread::scope(|threads| {
        let joins: Vec<_> = (0..8)
            .map(|number| {
                let (barrier, circle, invitation) = (&barrier, &circle, &invitation);
                threads.spawn(move || {
                    let joiner = Home::seeded("Somebody", "Europe/London", 200 + number);
                    let request = ask(invitation, &joiner, "Somebody");
                    let key = FileKeyVault::new(folder.join("device.key"));
                    let entropy = SeededEntropy::new(300 + number);
                    let mut vault = Vault::open(folder, &key, &entropy).unwrap();
                    barrier.wait();
                    let acting = Acting::at(now);
                    let welcome = vault.admit(circle, &request, acting, &entropy);
                    welcome.map(|_| request.device.sign)
                })
            })
            .collect();
        joins.into_iter().map(|join| join.join().unwrap()).collect()
    });
    let let_in: Vec<_> = outcomes.iter().flatten().collect();
    assert_eq!(let_in.len(), 1, "{outcomes:?}");
    let over = |outcome: &&Result<_, Error>| **outcome == Err(Error::InvitationOver);
    assert_eq!(outcomes.iter().filter(over).count(), 7, "{outcomes:?}");
    phone.reopen().unwrap();
    let roster = phone.vault.roster(&circle).unwrap();
    assert_eq!(roster.standing.members.len(), 2);
    assert!(roster.standing.present(let_in[0]).is_some());
    assert!(phone.vault.verify().unwrap().ok);
}
