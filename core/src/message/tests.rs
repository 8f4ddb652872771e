use super::*;
use crate::about_me::trial;
use crate::plan::agree::{Agreeing, agree};
use crate::record::Role;

/// A record with an agreed plan whose check-in, on 9 March 2026 by text, has a message.
fn record() -> (Record, Id) {
    let mut record = trial::record(Role::Person);
    let plan = trial::rated(&mut record, None, 8);
    let agreeing = Agreeing {
        follow_up: Some("2026-03-09".into()),
        channel: Some("text".into()),
        message: Some("Mair, how did it go?".into()),
        anyway: None,
    };
    trial::act(&mut record, |acts| agree(acts, &plan, &agreeing)).unwrap();
    let id = id_of(&all(&record)[0].id);
    (record, id)
}

fn on_the_day<T>(record: &mut Record, rule: impl FnOnce(&mut Acts) -> Result<T>) -> Result<T> {
    trial::act_at(record, "2026-03-09T10:00:00Z", false, rule)
}

fn state_on(record: &Record, day: u32) -> State {
    let day = NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    state(record, all(record)[0], day, None)
}

#[test]
fn a_message_waits_for_its_day_and_is_too_late_after_it() {
    let (record, _) = record();
    let states = [8, 9, 10].map(|day| state_on(&record, day));
    assert_eq!(states, [State::Waiting, State::Due, State::NotNeeded]);
}

#[test]
fn sending_that_never_ended_is_listed_and_not_begun_again() {
    let (mut record, id) = record();
    let early = trial::act(&mut record, |acts| begin_sending(acts, &id));
    assert_eq!(early, Err(Error::NotAnAnswer));
    on_the_day(&mut record, |acts| begin_sending(acts, &id)).unwrap();
    assert_eq!(state_on(&record, 9), State::MayNotHaveGone);
    let again = on_the_day(&mut record, |acts| begin_sending(acts, &id));
    assert_eq!(again, Err(Error::NotAnAnswer));
    on_the_day(&mut record, |acts| sent(acts, &id)).unwrap();
    assert_eq!(state_on(&record, 9), State::Sent);
}

#[test]
fn a_stopped_message_does_not_go_and_one_that_went_is_not_stopped() {
    let (mut stopped, id) = record();
    trial::act(&mut stopped, |acts| stop(acts, &id)).unwrap();
    assert_eq!(state_on(&stopped, 9), State::Stopped);
    let send = on_the_day(&mut stopped, |acts| begin_sending(acts, &id));
    assert_eq!(send, Err(Error::NotAnAnswer));
    let (mut going, id) = record();
    on_the_day(&mut going, |acts| begin_sending(acts, &id)).unwrap();
    let late = on_the_day(&mut going, |acts| stop(acts, &id));
    assert_eq!(late, Err(Error::NotAnAnswer));
}

#[test]
fn no_message_goes_once_care_has_ended_or_where_texts_are_not_wanted() {
    let (mut ended, id) = record();
    trial::act(&mut ended, |acts| ending::end(acts, "asked")).unwrap();
    assert_eq!(state_on(&ended, 9), State::NotNeeded);
    let send = on_the_day(&mut ended, |acts| begin_sending(acts, &id));
    assert_eq!(send, Err(Error::NotAnAnswer));
    let (mut no_texts, _) = record();
    trial::act(&mut no_texts, |acts| need::add(acts, "no_texts")).unwrap();
    assert_eq!(state_on(&no_texts, 9), State::NotNeeded);
}

#[test]
fn only_the_device_that_wrote_it_sends_it() {
    let (mut record, id) = record();
    let other = Actor([2; 16]);
    record.me = Id::read("member-2");
    record.actor = other;
    record.actors.insert(other, record.me.clone());
    let send = on_the_day(&mut record, |acts| begin_sending(acts, &id));
    assert_eq!(send, Err(Error::NotAllowed));
}
