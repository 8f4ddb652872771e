use super::*;
use crate::about_me::trial;
use crate::record::{Actor, Record, Role};

const ME: &str = "member-1";
const BOB: &str = "member-2";

/// A record of a nurse with a colleague in the circle.
fn record() -> Record {
    let mut record = trial::record(trial::nurse());
    trial::act(&mut record, |acts| {
        let (part, bob) = (Part::circle(), Id::read(BOB));
        acts.put(&part, Noun::Member, &bob, "name", "Bob");
        acts.put(&part, Noun::Member, &bob, "role", "nurse");
        Ok(())
    })
    .unwrap();
    record
}

/// The same record on the colleague's device.
fn at_bobs(record: &Record) -> Record {
    let (mut bobs, actor) = (record.clone(), Actor([2; 16]));
    bobs.me = Id::read(BOB);
    bobs.actor = actor;
    bobs.actors.insert(actor, bobs.me.clone());
    bobs
}

fn making(to: &str, until: Option<&str>) -> Making {
    Making {
        to: Id::read(to),
        until: until.map(str::to_owned),
        promises: vec!["Ring about the stick".into()],
    }
}

fn made(record: &mut Record, making: &Making) -> Result<Id> {
    trial::act(record, |acts| {
        let id = new_id(acts);
        make(acts, &id, making)
    })
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn answers_for(record: &Record, on: u32) -> Option<String> {
    owner::of(record, day(on)).member.map(|id| id.to_string())
}

#[test]
fn the_old_owner_answers_until_the_new_one_accepts() {
    let mut record = record();
    trial::act(&mut record, |acts| owner::set(acts, &Id::read(ME))).unwrap();
    let id = made(&mut record, &making(BOB, None)).unwrap();
    assert_eq!(answers_for(&record, 2).as_deref(), Some(ME));
    let mut bobs = at_bobs(&record);
    trial::act(&mut bobs, |acts| accept(acts, &id)).unwrap();
    assert_eq!(answers_for(&bobs, 2).as_deref(), Some(BOB));
    assert_eq!(
        trial::act(&mut bobs, |acts| accept(acts, &id)),
        Err(Error::NotAnAnswer)
    );
}

#[test]
fn leave_cover_ends_by_itself() {
    let mut record = record();
    trial::act(&mut record, |acts| owner::set(acts, &Id::read(ME))).unwrap();
    let id = made(&mut record, &making(BOB, Some("2026-03-09"))).unwrap();
    let mut bobs = at_bobs(&record);
    trial::act(&mut bobs, |acts| accept(acts, &id)).unwrap();
    let on = |day| answers_for(&bobs, day).unwrap();
    assert_eq!([on(2), on(9), on(10)], [BOB, BOB, ME]);
}

#[test]
fn a_handover_that_is_refused_changes_nothing_and_says_why() {
    let mut record = record();
    trial::act(&mut record, |acts| owner::set(acts, &Id::read(ME))).unwrap();
    let id = made(&mut record, &making(BOB, None)).unwrap();
    let mut bobs = at_bobs(&record);
    trial::act(&mut bobs, |acts| refuse(acts, &id, "My list is full")).unwrap();
    assert_eq!(answers_for(&bobs, 2).as_deref(), Some(ME));
    let shown = show(&bobs, bobs.find(Noun::Handover, &id).unwrap(), day(2));
    assert_eq!(
        (&shown["state"], &shown["why"]),
        (&json!("refused"), &json!("My list is full"))
    );
    assert_eq!(shown["promises"], json!(["Ring about the stick"]));
}

#[test]
fn nobody_hands_over_to_themselves_to_the_past_or_in_anothers_name() {
    let mut record = record();
    assert_eq!(
        made(&mut record, &making(ME, None)),
        Err(Error::NotAnAnswer)
    );
    assert_eq!(
        made(&mut record, &making("zzzz", None)),
        Err(Error::UnknownId)
    );
    assert_eq!(
        made(&mut record, &making(BOB, Some("2026-03-01"))),
        Err(Error::BadDate)
    );
    let id = made(&mut record, &making(BOB, None)).unwrap();
    let mine = trial::act(&mut record, |acts| accept(acts, &id));
    assert_eq!(mine, Err(Error::NotAllowed));
    let mut persons = trial::record(Role::Person);
    assert_eq!(
        made(&mut persons, &making(BOB, None)),
        Err(Error::NotAllowed)
    );
}

#[test]
fn nobody_answers_for_a_person_once_care_has_ended() {
    let mut record = record();
    trial::act(&mut record, |acts| owner::set(acts, &Id::read(ME))).unwrap();
    trial::act(&mut record, |acts| ending::end(acts, "died")).unwrap();
    assert_eq!(answers_for(&record, 2), None);
    trial::act(&mut record, ending::undo).unwrap();
    assert_eq!(answers_for(&record, 2).as_deref(), Some(ME));
}
