//! A clock ten years wrong on the day somebody sets a time zone.

mod support;

use cairn_core::plan::{self, agree::Agreeing};
use cairn_core::record::{Acts, Noun, Part};
use cairn_core::{Result, follow_up, goal, log};
use chrono::NaiveDate;
use support::Home;

fn zone(acts: &mut Acts, name: &str) -> Result<()> {
    let id = acts.make(&Part::circle());
    acts.put(&Part::circle(), Noun::Zone, &id, "zone", name);
    Ok(())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_zone_set_by_a_clock_ten_years_ahead_counts_as_soon_as_a_right_clock_reads_it() {
    let mut tom = Home::new("Tom Avery", "Europe/London");
    tom.at("2026-03-02T19:00:00Z");
    let mut phone = tom.fork("Tom", "person", 2);
    phone.at("2036-03-02T19:00:00Z");
    phone.act(|acts| zone(acts, "Pacific/Auckland")).unwrap();
    tom.at("2026-03-03T19:00:00Z");
    assert_eq!(tom.day(), day("2026-03-03"));
    tom.take(&phone);
    assert_eq!(tom.day(), day("2026-03-04"), "8 in the morning in Auckland");
    tom.at("2026-09-03T19:00:00Z");
    assert_eq!(tom.day(), day("2026-09-04"), "and so it stays");
    phone.at("2026-09-03T19:00:00Z");
    assert_eq!(
        phone.day(),
        day("2026-09-04"),
        "also where the clock was put right"
    );
}

#[test]
fn a_later_zone_by_a_right_clock_ends_one_by_a_wrong_clock() {
    let mut tom = Home::new("Tom Avery", "Europe/London");
    tom.at("2036-03-02T19:00:00Z");
    tom.act(|acts| zone(acts, "Pacific/Auckland")).unwrap();
    tom.at("2026-03-05T10:00:00Z");
    tom.act(|acts| zone(acts, "Europe/Paris")).unwrap();
    tom.at("2026-03-09T23:30:00Z");
    assert_eq!(tom.day(), day("2026-03-10"));
    assert_eq!(tom.record().zones().current(), "Europe/Paris");
}

#[test]
fn a_zone_set_by_a_clock_ten_years_behind_counts_too() {
    let mut tom = Home::new("Tom Avery", "Europe/London");
    tom.at("2016-03-02T19:00:00Z");
    tom.act(|acts| zone(acts, "Pacific/Auckland")).unwrap();
    tom.at("2026-03-03T19:00:00Z");
    assert_eq!(tom.day(), day("2026-03-04"));
}

#[test]
fn stored_days_and_an_agreed_day_14_stay_under_a_zone_set_by_a_wrong_clock() {
    let mut tom = Home::new("Tom Avery", "Europe/London");
    tom.at("2026-03-02T19:00:00Z");
    let cook = tom
        .act(|acts| goal::add(acts, "Cook a proper dinner", None, None))
        .unwrap();
    let answers = plan::Answers {
        what: Some("Chop".into()),
        often: Some("every day".into()),
        ..Default::default()
    };
    let chop = tom.act(|acts| plan::new(acts, &cook, &answers)).unwrap();
    let agreeing = Agreeing {
        follow_up: Some("2026-03-16".into()),
        channel: Some("phone".into()),
        anyway: Some("I want to".into()),
        ..Default::default()
    };
    tom.act(|acts| plan::agree::agree(acts, &chop, &agreeing))
        .unwrap();
    let did = log::Saying {
        did: Some("did".into()),
        ..Default::default()
    };
    tom.log(&chop, &did).unwrap();
    tom.at("2036-03-02T19:00:00Z");
    tom.act(|acts| zone(acts, "Pacific/Auckland")).unwrap();
    tom.at("2026-03-04T09:00:00Z");
    let record = tom.everything();
    let on: Vec<_> = log::list(&record, Some(&chop))
        .into_iter()
        .map(|(_, _, packed)| packed.on)
        .collect();
    assert_eq!(on, [day("2026-03-02")]);
    let follow_ups = follow_up::of(&record, &chop);
    assert_eq!(follow_ups.len(), 1);
    assert_eq!(
        follow_up::due(&record, follow_ups[0]),
        Some(day("2026-03-16"))
    );
    tom.log(&chop, &did).unwrap();
    let today = tom.today();
    assert_eq!(today["date"], "2026-03-04");
    assert_eq!(today["planned"][0]["state"], "done");
}

#[test]
fn an_act_alone_knows_what_time_it_is() {
    let mut tom = Home::new("Tom Avery", "Europe/London");
    tom.now = support::moment("2036-03-02T19:00:00Z");
    tom.act(|acts| zone(acts, "Pacific/Auckland")).unwrap();
    tom.now = support::moment("2026-03-03T19:00:00Z");
    let today = tom.act(|acts| Ok(acts.today())).unwrap();
    assert_eq!(today, day("2026-03-04"));
}
