use super::build::Seen;
use super::{Ask, AskKind, Page, Place, Reply, Step, Talk, Topic, page, turn};
use crate::about_me::trial;
use crate::error::{Error, Result};
use crate::record::{Acting, Acts, Record, Role, change};
use crate::words::{Lang, Words};
use chrono::{DateTime, NaiveDate, Utc};

const MONDAY: &str = "2026-03-16T10:00:00Z";

/// A conversation on a record in memory.
struct Held {
    record: Record,
    talk: Talk,
    now: &'static str,
    for_person: bool,
}

impl Held {
    fn new() -> Held {
        Held {
            record: trial::record(Role::Person),
            talk: Talk::default(),
            now: MONDAY,
            for_person: false,
        }
    }

    fn today(&self) -> NaiveDate {
        let now = DateTime::parse_from_rfc3339(self.now).unwrap();
        self.record.day_of(now.with_timezone(&Utc))
    }

    fn page(&self) -> Page {
        page::page(&Seen {
            record: &self.record,
            today: self.today(),
            words: Words::new(Lang::En),
            talk: &self.talk,
        })
    }

    fn step(&self) -> String {
        self.page().ask.step
    }

    fn reply_to(&mut self, shown: &Page, reply: &Reply) -> Result<Vec<String>> {
        let acting = Acting {
            for_person: self.for_person,
            ..Acting::at(DateTime::parse_from_rfc3339(self.now).unwrap())
        };
        let (said, written) = {
            let mut acts = Acts::new(&self.record, acting);
            let words = Words::new(Lang::En);
            let (outcome, talk) = turn::take(&mut acts, words, self.talk.clone(), shown, reply)?;
            self.talk = Talk::read(Some(&talk.to_text()));
            assert_eq!(self.talk, talk, "it is read back as it was kept");
            (outcome.said, acts.finish()?)
        };
        for (part, head, puts) in written {
            let built = change::build(&self.record.circle, &part, &head, &puts)?;
            let read = change::read(&self.record.circle, &part, &built.bytes)?;
            self.record.apply(&part, &read);
        }
        Ok(said)
    }

    fn says(&mut self, typed: &str) -> Result<Vec<String>> {
        let page = self.page();
        let reply = Reply::read(&page.ask, typed, self.today());
        self.reply_to(&page, &reply)
    }

    #[track_caller]
    fn goes(&mut self, way: &[(&str, &str)]) {
        for (step, typed) in way {
            assert_eq!(self.step(), *step);
            self.says(typed).unwrap();
        }
    }

    /// A plan that was rated, at the question that follows from the rating.
    fn planned(sure: &str) -> Held {
        let mut held = Held::new();
        held.goes(&[
            ("goal_words", "Sing again"),
            ("importance", "9"),
            ("importance_why", ""),
            ("goal_confidence", "very sure"),
            ("goal_confidence_why", ""),
            ("goal_review", "1"),
            ("bit", ""),
            ("what", "Sing one song"),
            ("when", ""),
            ("where", ""),
            ("often", "every day"),
            ("support", ""),
            ("barrier", ""),
            ("confidence", sure),
        ]);
        held
    }
}

#[test]
fn questions_are_counted_as_the_screens_count_them() {
    let mut held = Held::new();
    assert_eq!((held.page().ask.number, held.page().ask.of), (1, 5));
    held = Held::planned("6");
    assert_eq!((held.page().ask.number, held.page().ask.of), (8, 11));
    held.goes(&[("confidence_why", ""), ("own_idea", "1"), ("gate", "4")]);
    held.goes(&[("anyway", "Because I want to"), ("teach_back", "")]);
    assert_eq!((held.page().ask.number, held.page().ask.of), (10, 11));
}

#[test]
fn at_7_the_gate_is_not_shown_and_below_it_has_4_equal_ways() {
    let mut sure = Held::planned("7");
    sure.goes(&[("confidence_why", ""), ("teach_back", "")]);
    let mut unsure = Held::planned("6");
    unsure.goes(&[("confidence_why", ""), ("own_idea", "")]);
    let gate = unsure.page().ask;
    let ways: Vec<&str> = gate.choices.iter().map(|way| way.value.as_str()).collect();
    assert_eq!(ways, ["barrier", "smaller", "goal_changed", "anyway"]);
    assert!(gate.choices.iter().all(|way| !way.chosen));
    let mut in_words = Held::planned("fairly");
    in_words.goes(&[("confidence_why", ""), ("own_idea", ""), ("gate", "1")]);
}

#[test]
fn each_of_the_4_ways_leads_to_an_agreed_plan() {
    let ways: [&[(&str, &str)]; 4] = [
        &[
            ("gate", "1"),
            ("barrier", "My throat"),
            ("ideas", "Tea first"),
            ("ideas", ""),
            ("choose_idea", "1"),
            ("confidence", "8"),
            ("confidence_why", ""),
        ],
        &[
            ("gate", "2"),
            ("smaller_kind", "how often"),
            ("smaller", "3 times a week"),
            ("confidence", "very sure"),
            ("confidence_why", ""),
        ],
        &[
            ("gate", "3"),
            ("importance_again", "5"),
            ("reword", "Sing at home"),
        ],
        &[("gate", "4"), ("anyway", "It is mine to do")],
    ];
    let names = ["barrier", "smaller", "goal_changed", "anyway"];
    for (way, name) in ways.iter().zip(names) {
        let mut held = Held::planned("5");
        held.goes(&[("confidence_why", ""), ("own_idea", "no")]);
        held.goes(way);
        held.goes(&[
            ("teach_back", ""),
            ("follow_up_date", "1"),
            ("follow_up_channel", "3"),
            ("review", "1"),
            ("menu", "not now"),
        ]);
        let plan = held.record.standing(crate::record::Noun::Plan)[0];
        let shown = crate::plan::show::show(&held.record, plan, held.today());
        assert_eq!(
            (&shown["state"], &shown["way_out"]),
            (&"agreed".into(), &name.into())
        );
    }
}

#[test]
fn a_way_that_was_picked_can_be_left_again() {
    let mut held = Held::planned("2");
    held.goes(&[
        ("confidence_why", ""),
        ("own_idea", "1"),
        ("gate", "2"),
        ("smaller_kind", "skip"),
        ("gate", "4"),
        ("anyway", ""),
    ]);
    assert_eq!(held.step(), "gate");
}

#[test]
fn days_for_a_check_in_are_suggested_within_14_days_and_not_on_a_weekend() {
    let mut held = Held::planned("8");
    held.goes(&[("confidence_why", ""), ("teach_back", "")]);
    let days = |held: &Held| -> Vec<String> {
        let choices = held.page().ask.choices;
        choices.into_iter().map(|choice| choice.value).collect()
    };
    assert_eq!(days(&held), ["2026-03-20", "2026-03-27", "2026-03-30"]);
    held.now = "2026-03-21T10:00:00Z";
    assert_eq!(days(&held), ["2026-03-25", "2026-04-01", "2026-04-03"]);
    assert_eq!(held.says("2026-04-05"), Err(Error::FollowUpTooLate));
    assert_eq!(held.says("2026-03-20"), Err(Error::FollowUpInPast));
    assert_eq!(held.says("some day"), Err(Error::BadDate));
    held.says("saturday").unwrap();
    assert_eq!(held.step(), "follow_up_channel");
}

#[test]
fn a_day_that_has_gone_by_when_the_person_comes_back_is_asked_for_again() {
    let mut held = Held::planned("8");
    held.goes(&[
        ("confidence_why", ""),
        ("teach_back", ""),
        ("follow_up_date", "1"),
        ("follow_up_channel", "1"),
    ]);
    assert_eq!(held.step(), "review");
    held.now = "2026-03-22T10:00:00Z";
    assert_eq!(held.step(), "follow_up_date");
}

#[test]
fn what_may_not_be_left_out_is_asked_again_and_all_else_may_be() {
    let mut held = Held::new();
    for required in ["goal_words", "goal_review", "what", "confidence"] {
        while held.step() != required {
            let page = held.page();
            assert!(page.ask.may_skip, "{}", page.ask.step);
            held.says("").unwrap();
        }
        assert_eq!(held.says(""), Err(Error::Empty));
        assert_eq!(held.step(), required);
        held.says(if required == "confidence" { "9" } else { "1" })
            .unwrap();
    }
}

#[test]
fn not_now_is_an_answer_to_every_question_and_nothing_is_asked_twice_that_day() {
    let mut held = Held::new();
    held.says("not now").unwrap();
    assert_eq!(held.step(), "menu");
    held = Held::planned("6");
    held.says("Nid nawr").unwrap();
    let page = held.page();
    assert_eq!(page.ask.choices[0].words, "Carry on with: Sing one song");
    held.says("1").unwrap();
    assert_eq!(held.step(), "confidence_why");
    assert!(held.talk.parked.is_empty());
}

#[test]
fn a_reply_to_a_page_that_was_answered_elsewhere_writes_nothing() {
    let mut held = Held::new();
    let old = held.page();
    held.says("Sing again").unwrap();
    let said = held
        .reply_to(&old, &Reply::Given("Sing again".into()))
        .unwrap();
    assert_eq!(said.len(), 1);
    assert_eq!(held.record.standing(crate::record::Noun::Goal).len(), 1);
    assert_eq!(held.step(), "importance");
}

#[test]
fn a_plan_withdrawn_meanwhile_takes_its_questions_with_it() {
    let mut held = Held::planned("6");
    let plan = held.record.standing(crate::record::Noun::Plan)[0]
        .id
        .clone();
    trial::act(&mut held.record, |acts| {
        crate::withdrawal::withdraw(acts, crate::record::Noun::Plan, &plan)
    })
    .unwrap();
    assert_eq!(held.step(), "menu");
}

#[test]
fn what_the_conversation_of_a_newer_version_kept_does_not_stop_this_one() {
    assert_eq!(
        Talk::read(Some("{\"place\":{\"step\":\"dream\"}}")),
        Talk::default()
    );
    assert_eq!(Talk::read(Some("no json")), Talk::default());
    let talk = Talk {
        place: Some(Place::at(Topic::Goal, Step::GoalWords)),
        ..Talk::default()
    };
    let text = talk
        .to_text()
        .replace("\"parked\"", "\"colour\":1,\"parked\"");
    assert_eq!(Talk::read(Some(&text)), talk);
}

fn ask_with(kind: AskKind, choices: &[(&str, &str)]) -> Ask {
    let mut page = super::name_page(Words::new(Lang::En));
    page.ask.kind = kind;
    page.ask.choices = choices
        .iter()
        .map(|(value, words)| super::Choice {
            value: (*value).into(),
            words: (*words).into(),
            chosen: false,
        })
        .collect();
    page.ask
}

#[test]
fn a_line_is_read_as_a_choice_a_word_of_the_conversation_or_the_persons_own() {
    let today = NaiveDate::from_ymd_opt(2026, 3, 16).unwrap();
    let choices = [("did", "Did it"), ("could_not", "Could not")];
    let ask = ask_with(AskKind::Choice, &choices);
    let given = |text: &str| Reply::Given(text.into());
    for (typed, reply) in [
        ("2", given("could_not")),
        (" did it. ", given("did")),
        ("could-not", given("could_not")),
        ("3", given("3")),
        ("", Reply::Skip),
        ("  ", Reply::Skip),
        ("STOP", Reply::Stop),
        ("stopio", Reply::Stop),
        ("Not now", Reply::NotNow),
        ("stop the car", given("stop the car")),
    ] {
        assert_eq!(Reply::read(&ask, typed, today), reply, "{typed:?}");
    }
    // On a scale a number is the answer and not a place in a list.
    let scale = ask_with(
        AskKind::Scale,
        &[("0", "0 out of 10"), ("a_bit", "a bit sure")],
    );
    assert_eq!(Reply::read(&scale, "1", today), given("1"));
    assert_eq!(Reply::read(&scale, "A bit sure", today), given("a_bit"));
    // Own words stay as they were typed, byte for byte.
    let text = ask_with(AskKind::Text, &[]);
    assert_eq!(
        Reply::read(&text, "  my  words ", today),
        given("  my  words ")
    );
}

#[test]
fn days_are_read_as_people_write_them_in_both_languages() {
    let today = NaiveDate::from_ymd_opt(2026, 3, 16).unwrap();
    let ask = ask_with(AskKind::Date, &[]);
    for (typed, day) in [
        ("2026-03-20", "2026-03-20"),
        ("20 March", "2026-03-20"),
        ("Friday 20 March 2026", "2026-03-20"),
        ("dydd Gwener 20 Mawrth 2026", "2026-03-20"),
        ("monday", "2026-03-23"),
        ("Gwener", "2026-03-20"),
        ("yfory", "2026-03-17"),
        ("today", "2026-03-16"),
        ("2 January", "2026-01-02"),
        ("31 December", "2025-12-31"),
        ("31 February", "31 February"),
        ("99999999999 March", "99999999999 March"),
        ("20 March 99999999999", "20 March 99999999999"),
        ("soon", "soon"),
    ] {
        let reply = Reply::read(&ask, typed, today);
        assert_eq!(reply, Reply::Given(day.into()), "{typed:?}");
    }
}

#[test]
fn the_examples_for_how_often_are_understood_in_both_languages() {
    for lang in Lang::ALL {
        for key in ["ask-often-1", "ask-often-2", "ask-often-3"] {
            let example = Words::new(lang).say(key, &[]);
            assert!(
                crate::plan::often::Often::parse(&example).is_ok(),
                "{example}"
            );
        }
    }
}

/// On a record that staff keep: what they suggest is the person's to take up, and these are the person's answers.
fn suggested() -> Held {
    let mut held = Held::new();
    held.record = trial::record(Role::Staff);
    held.for_person = true;
    trial::act(&mut held.record, |acts| {
        crate::goal::add(acts, "Join the choir", None, None)
    })
    .unwrap();
    held
}

#[test]
fn a_goal_somebody_suggested_is_taken_up_put_off_or_set_aside_by_the_person() {
    let mut yes = suggested();
    yes.goes(&[("take_up", "yes please"), ("importance", "8")]);
    let mut later = suggested();
    later.goes(&[("take_up", "not now"), ("menu", "stop")]);
    let mut no = suggested();
    no.goes(&[("take_up", "3"), ("aside_why", "I do not like singing")]);
    let states = [&yes, &later, &no].map(|held| {
        let goal = held.record.standing(crate::record::Noun::Goal)[0];
        crate::goal::state(&held.record, goal)
    });
    assert_eq!(states, ["active", "proposed", "set_aside"]);
}
