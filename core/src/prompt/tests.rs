use super::*;
use crate::about_me::trial;
use crate::circle::Groups;
use crate::plan;
use crate::rating::Rating;
use crate::record::Role;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn kinds(record: &Record, on: u32) -> Vec<&'static str> {
    let prompts = list(record, day(on), Words::default());
    prompts.into_iter().map(|prompt| prompt.kind).collect()
}

#[test]
fn a_record_without_a_goal_asks_for_one_and_a_course() {
    let record = trial::record(Role::Person);
    assert_eq!(kinds(&record, 2), ["no_goal", "course"]);
}

#[test]
fn a_prompt_put_off_is_back_on_its_day_under_the_same_id() {
    let mut record = trial::record(Role::Person);
    let before = list(&record, day(2), Words::default());
    let put_off = |acts: &mut Acts, until: &str, why: &str| {
        later(acts, &before[0].id, until, why, Words::default())
    };
    trial::act(&mut record, |acts| {
        put_off(acts, "2026-03-10", "In hospital")
    })
    .unwrap();
    assert_eq!(kinds(&record, 9), ["course"]);
    assert_eq!(kinds(&record, 10), ["no_goal", "course"]);
    assert_eq!(list(&record, day(10), Words::default())[0].id, before[0].id);
    let today = trial::act(&mut record, |acts| put_off(acts, "2026-03-02", "Busy"));
    assert_eq!(today, Err(Error::BadDate));
    let silent = trial::act(&mut record, |acts| put_off(acts, "2026-03-05", " "));
    assert_eq!(silent, Err(Error::Empty));
}

#[test]
fn the_rule_of_7_and_the_14_days_are_locked_and_nothing_else_is() {
    let locked = RULES.iter().filter(|rule| rule.locked);
    let kinds: Vec<_> = locked.map(|rule| rule.kind).collect();
    assert_eq!(kinds, ["follow_up_due", "confidence_below_7"]);
}

#[test]
fn every_rule_has_a_word_of_its_own() {
    for rule in RULES {
        let same = RULES.iter().filter(|other| other.kind == rule.kind);
        assert_eq!(same.count(), 1, "{}", rule.kind);
    }
}

#[test]
fn measuring_activation_again_is_asked_of_staff_after_half_a_year() {
    let mut nurses = trial::record(trial::nurse());
    let mut persons = trial::record(Role::Person);
    for record in [&mut nurses, &mut persons] {
        trial::act_at(record, "2025-09-01T10:00:00Z", false, |acts| {
            crate::observation::record_activation(acts, "47", 2, "13 items")
        })
        .unwrap();
    }
    // 1 September to 2 March is 182 days.
    assert!(!kinds(&nurses, 1).contains(&"activation"));
    assert!(kinds(&nurses, 2).contains(&"activation"));
    assert!(!kinds(&persons, 2).contains(&"activation"));
}

#[test]
fn a_plan_rated_under_7_is_asked_about_until_it_is_rated_higher() {
    let mut record = trial::record(Role::Person);
    let plan = trial::rated(&mut record, None, 6);
    assert_eq!(kinds(&record, 2), ["confidence_below_7", "course"]);
    trial::act(&mut record, |acts| {
        plan::rate(acts, &plan, &Rating::Number(7), None)
    })
    .unwrap();
    assert_eq!(kinds(&record, 2), ["course"]);
}

#[test]
fn who_was_not_given_goals_is_told_nothing_about_them() {
    for (given, asked) in [
        (&[Group::Goals][..], &["no_goal", "course"][..]),
        (&[Group::About, Group::Team], &[]),
        (&[Group::Log], &[]),
    ] {
        let mut record = trial::record(trial::nurse());
        let given_groups = given.iter().map(|group| Groups::from(*group));
        let groups = given_groups.fold(Groups::NONE, Groups::with);
        record.sharing.granted = Some(("nurse".into(), groups));
        assert_eq!(kinds(&record, 2), asked, "{given:?}");
    }
}

#[test]
fn who_was_not_given_the_log_is_not_told_that_nothing_was_logged() {
    let mut record = trial::record(Role::Person);
    let plan = trial::rated(&mut record, Some("every day"), 8);
    let agreeing = plan::agree::Agreeing {
        follow_up: Some("2026-03-10".into()),
        channel: Some("phone".into()),
        ..Default::default()
    };
    trial::act(&mut record, |acts| {
        plan::agree::agree(acts, &plan, &agreeing)
    })
    .unwrap();
    assert!(kinds(&record, 5).contains(&"missed_twice"));
    let goals = Groups::from(Group::Goals);
    record.sharing.granted = Some(("carer".into(), goals));
    assert!(!kinds(&record, 5).contains(&"missed_twice"));
}
