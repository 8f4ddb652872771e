//! 20,000 random histories of one plan against a small model of the rule of 7 and the 14 days, written apart from
//! the rules. Every text ever entered stays findable, and every barrier is in exactly one state.

mod support;

use cairn_core::plan::agree::{Agreeing, agree};
use cairn_core::plan::{self, Answers};
use cairn_core::rating::{Kind, Rating};
use cairn_core::record::{Acting, Acts, Noun, Part, Record};
use cairn_core::view::everything;
use cairn_core::words::Band;
use cairn_core::{Error, Result, barrier, follow_up, goal};
use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use support::memory::{self, Dice};
use support::prove::report;

const HISTORIES: u64 = 20_000;
const STEPS: u64 = 14;

/// What the rule of 7 and the 14 days say, in as few words as they can be said.
#[derive(Default)]
struct Model {
    newest_opens: Option<bool>,
    importance_since: bool,
    reworded_since: bool,
    agreed: bool,
}

impl Model {
    fn agreeing(&self, anyway: bool, day: i64) -> std::result::Result<(), Error> {
        if self.agreed {
            return Err(Error::AlreadyAgreed);
        }
        if !anyway {
            match self.newest_opens {
                None => return Err(Error::ConfidenceMissing),
                Some(false) if !self.reworded_since => return Err(Error::ConfidenceBelow7),
                _ => {}
            }
        }
        match day {
            ..0 => Err(Error::FollowUpInPast),
            0..=14 => Ok(()),
            _ => Err(Error::FollowUpTooLate),
        }
    }
}

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-03-02T19:00:00+00:00").unwrap()
}

fn act<T>(record: &mut Record, rule: impl FnOnce(&mut Acts) -> Result<T>) -> Result<T> {
    memory::act(record, Acting::at(now()), rule).map(|(done, _)| done)
}

fn a_record() -> Record {
    let parts = [Part::circle(), Part::goals(2026)];
    memory::a_record(&parts, &[("tom", "person")], Acting::at(now()))
}

#[test]
fn no_plan_is_agreed_below_7_without_one_of_the_four_ways_nor_without_a_follow_up_in_14_days() {
    let mut dice = Dice::new(7);
    let today = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    let begun = a_record();
    let (mut agreed, mut refused, mut anyways) = (0u32, 0u32, 0u32);
    for history in 0..HISTORIES {
        let mut record = begun.clone();
        let mut model = Model::default();
        let mut texts = vec!["goal 0".to_owned(), "what 0".to_owned()];
        let the_goal = act(&mut record, |acts| goal::add(acts, "goal 0", None, None)).unwrap();
        let answers = Answers {
            what: Some("what 0".into()),
            ..Answers::default()
        };
        let the_plan = act(&mut record, |acts| plan::new(acts, &the_goal, &answers)).unwrap();
        let mut barriers = Vec::new();
        for step in 1..=STEPS {
            let text = format!("text {step}");
            match dice.below(9) {
                0 | 1 => {
                    let value = dice.below(15) as i64;
                    let (rating, opens) = match value {
                        0..=10 => (Rating::Number(value), value >= 7),
                        11 => (Rating::Word(Band::Very), true),
                        _ => (Rating::Word(Band::Fairly), false),
                    };
                    act(&mut record, |acts| {
                        plan::rate(acts, &the_plan, &rating, Some(&text))
                    })
                    .unwrap();
                    texts.push(text);
                    model = Model {
                        newest_opens: Some(opens),
                        agreed: model.agreed,
                        ..Model::default()
                    };
                }
                2 => {
                    let rating = Rating::Number(dice.below(11) as i64);
                    act(&mut record, |acts| {
                        goal::rate(acts, &the_goal, Kind::Importance, &rating, None)
                    })
                    .unwrap();
                    model.importance_since = true;
                }
                3 => {
                    act(&mut record, |acts| goal::reword(acts, &the_goal, &text)).unwrap();
                    texts.push(text);
                    model.reworded_since |= model.importance_since;
                }
                4 => {
                    act(&mut record, |acts| {
                        plan::smaller(acts, &the_plan, "time", &text)
                    })
                    .unwrap();
                    texts.push(text);
                }
                5 => {
                    barriers.push(
                        act(&mut record, |acts| barrier::add(acts, &the_plan, &text)).unwrap(),
                    );
                    texts.push(text);
                }
                6 if !barriers.is_empty() => {
                    let barrier = barriers[dice.below(barriers.len() as u64) as usize].clone();
                    let idea = act(&mut record, |acts| {
                        barrier::add_idea(acts, &barrier, &text, false, false)
                    })
                    .unwrap();
                    texts.push(text);
                    act(&mut record, |acts| barrier::choose(acts, &idea)).unwrap();
                    match dice.below(5) {
                        0 => act(&mut record, |acts| barrier::let_go(acts, &barrier))
                            .map(|_| ())
                            .unwrap(),
                        1 => {}
                        other => {
                            let result = ["worked", "partly", "did-not-work"][other as usize - 2];
                            act(&mut record, |acts| {
                                barrier::result(acts, &idea, result, None)
                            })
                            .map(|_| ())
                            .unwrap();
                            let state = barrier::state(
                                &record,
                                record.get(Noun::Barrier, &barrier).unwrap(),
                            );
                            assert_eq!(state, ["solved", "trying", "open"][other as usize - 2]);
                        }
                    }
                }
                _ => {
                    let anyway = dice.below(4) == 0;
                    let day = dice.below(20) as i64 - 2;
                    let due = (today + Days::new(20) - Days::new((20 - day) as u64)).to_string();
                    let agreeing = Agreeing {
                        follow_up: Some(due),
                        channel: Some("phone".into()),
                        message: None,
                        anyway: anyway.then(|| text.clone()),
                    };
                    let expected = model.agreeing(anyway, day);
                    let given =
                        act(&mut record, |acts| agree(acts, &the_plan, &agreeing)).map(|_| ());
                    assert_eq!(given, expected, "history {history}, step {step}");
                    if given.is_ok() {
                        model.agreed = true;
                        agreed += 1;
                        anyways += u32::from(anyway);
                        texts.extend(anyway.then_some(text));
                        let follow_ups = follow_up::of(&record, &the_plan);
                        let due = follow_up::due(&record, follow_ups[0]).unwrap();
                        assert!((0..=14).contains(&(due - today).num_days()));
                    } else {
                        refused += 1;
                    }
                }
            }
        }
        let everything = everything::show(&record, today).to_string();
        for text in texts {
            assert!(
                everything.contains(&format!("\"{text}\"")),
                "history {history} lost a text"
            );
        }
        for barrier in record.standing(Noun::Barrier) {
            assert!(
                ["open", "trying", "solved", "let_go"].contains(&barrier::state(&record, barrier))
            );
        }
    }
    report(&format!(
        "{HISTORIES} histories, seed 7: {agreed} agreed ({anyways} anyway), {refused} refused"
    ));
    assert!(agreed > 5_000 && refused > 5_000 && anyways > 500);
}
