use super::*;
use crate::about_me::trial;
use crate::goal;
use crate::record::Role;

const NOON: &str = "2026-03-02T12:00:00Z";
const LEVELS: [&str; 5] = [
    "In bed",
    "To the door",
    "To the gate",
    "To the shop",
    "To town",
];

fn scaled(record: &mut Record, words: &str, weight: Option<&str>) -> Id {
    let goal = trial::act_at(record, NOON, true, |acts| {
        goal::add(acts, words, None, None)
    })
    .unwrap();
    trial::act(record, |acts| {
        scale(acts, &goal, LEVELS, weight, Some("some"))
    })
    .unwrap();
    goal
}

#[test]
fn each_side_has_its_own_score_and_the_newest_counts() {
    let mut record = trial::record(trial::nurse());
    let walk = scaled(&mut record, "Walk", None);
    let cook = scaled(&mut record, "Cook", Some("1.0"));
    for value in [2, -1] {
        trial::act(&mut record, |acts| score(acts, &walk, value)).unwrap();
    }
    trial::act(&mut record, |acts| score(acts, &cook, -1)).unwrap();
    trial::act_at(&mut record, NOON, true, |acts| score(acts, &walk, 1)).unwrap();
    assert_eq!(
        t_scores(&record, &[]),
        Ok(json!({"person": 60.0, "staff": 37.6}))
    );
    assert_eq!(
        t_scores(&record, std::slice::from_ref(&cook)),
        Ok(json!({"person": null, "staff": 40.0}))
    );
    assert_eq!(record.standing(Noun::Score).len(), 4);
}

#[test]
fn a_goal_is_scored_only_after_its_five_sentences() {
    let mut record = trial::record(Role::Person);
    let goal = trial::act(&mut record, |acts| goal::add(acts, "Walk", None, None)).unwrap();
    assert_eq!(
        trial::act(&mut record, |acts| score(acts, &goal, 0)),
        Err(Error::ScaleMissing)
    );
    let outside = Err(Error::OutOfRange {
        given: 3,
        low: -2,
        high: 2,
    });
    assert_eq!(
        trial::act(&mut record, |acts| score(acts, &goal, 3)),
        outside
    );
}

#[test]
fn the_figures_are_for_staff_and_the_person_sees_the_sentence() {
    let mut record = trial::record(Role::Person);
    let goal = scaled(&mut record, "Walk", None);
    let id = trial::act(&mut record, |acts| score(acts, &goal, 1)).unwrap();
    assert_eq!(t_scores(&record, &[]), Err(Error::NotAllowed));
    let shown = show_score(&record, record.find(Noun::Score, &id).unwrap());
    assert_eq!(shown["words"], "To the shop");
    assert!(shown["value"].is_null());
}

#[test]
fn all_weights_zero_are_no_score() {
    let mut record = trial::record(trial::nurse());
    let goal = scaled(&mut record, "Walk", Some("0"));
    trial::act(&mut record, |acts| score(acts, &goal, 1)).unwrap();
    assert_eq!(
        t_scores(&record, &[]),
        Ok(json!({"person": null, "staff": null}))
    );
}

#[test]
fn weights_are_plain_numbers_from_0() {
    assert_eq!(decimal("2.5", MOST_WEIGHT, "weight"), Ok(2.5));
    for text in ["NaN", "inf", "1e3", "", "-", ".", "two"] {
        assert_eq!(
            decimal(text, MOST_WEIGHT, "weight"),
            Err(Error::Usage { what: "weight" }),
            "{text}"
        );
    }
    let negative = Err(Error::OutOfRange {
        given: -1,
        low: 0,
        high: MOST_WEIGHT,
    });
    assert_eq!(decimal("-0.5", MOST_WEIGHT, "weight"), negative);
}

#[test]
fn a_carer_does_not_score_in_their_own_name() {
    let mut record = trial::record(Role::read("carer"));
    let goal = scaled(&mut record, "Walk", None);
    assert_eq!(
        trial::act(&mut record, |acts| score(acts, &goal, 1)),
        Err(Error::NotAllowed)
    );
    assert!(trial::act_at(&mut record, NOON, true, |acts| score(acts, &goal, 1)).is_ok());
}
