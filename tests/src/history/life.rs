//! One year after the other of an invented person.

use super::words::{Chance, Words, note};
use super::{Act, END, Step, YEAR};
use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};

/// A person's years, and what they have begun so far.
pub(super) struct Life {
    /// What they wrote down, in no order.
    pub acts: Vec<Act>,
    goals: usize,
    plans: usize,
    barriers: usize,
    ideas: usize,
    words: Words,
}

impl Life {
    pub fn new() -> Life {
        Life {
            acts: Vec::new(),
            goals: 0,
            plans: 0,
            barriers: 0,
            ideas: 0,
            words: Words::new(),
        }
    }

    fn add(&mut self, day: NaiveDate, minute: i64, step: Step) {
        let at = day.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::minutes(minute);
        self.acts.push(Act { at, step });
    }

    /// The year that ends `back` years before [`END`].
    pub fn year(&mut self, back: u64) {
        let mut chance = Chance::new(2000 + back);
        let first = END - Days::new(YEAR * (back + 1) - 1);
        let goal = self.goals;
        self.goals += 1;
        if goal > 0 {
            self.add(first, 540, Step::Achieve { goal: goal - 1 });
        }
        let words = self.words.text(&mut chance, 40);
        self.add(
            first,
            550,
            Step::Goal {
                goal,
                words,
                importance: 8,
                confidence: 6,
            },
        );
        let second_from = (chance.below(2) == 0 || back == 0).then(|| 150 + chance.below(60));
        let mut plan = self.plan(&mut chance, first, goal, None);
        for n in 0..YEAR {
            let day = first + Days::new(n);
            if second_from == Some(n) {
                plan = self.plan(&mut chance, day, goal, Some(plan));
            }
            self.day(&mut chance, day, n, goal, plan);
        }
    }

    fn plan(
        &mut self,
        chance: &mut Chance,
        day: NaiveDate,
        goal: usize,
        replaces: Option<usize>,
    ) -> usize {
        let plan = self.plans;
        self.plans += 1;
        let mut field = |name, length| (name, self.words.text(chance, length));
        let fields = vec![
            field("what", 38),
            field("when", 14),
            field("where", 16),
            ("often", "3 times a week".to_owned()),
            field("bit", 30),
            field("support", 20),
        ];
        self.add(
            day,
            560,
            Step::Plan {
                plan,
                goal,
                replaces,
                fields,
            },
        );
        if chance.below(2) == 0 {
            let why = self.words.text(chance, 40);
            self.add(
                day,
                561,
                Step::Confidence {
                    plan,
                    value: 5,
                    why,
                },
            );
            let what = self.words.text(chance, 30);
            self.add(day, 562, Step::Smaller { plan, what });
        }
        let why = self.words.text(chance, 30);
        self.add(
            day,
            563,
            Step::Confidence {
                plan,
                value: 8,
                why,
            },
        );
        self.add(
            day,
            564,
            Step::Agree {
                plan,
                due: day + Days::new(10),
            },
        );
        let (well, challenging) = (self.words.text(chance, 90), self.words.text(chance, 60));
        self.add(
            day + Days::new(10),
            600,
            Step::Review {
                plan,
                well,
                challenging,
            },
        );
        plan
    }

    fn day(&mut self, chance: &mut Chance, day: NaiveDate, n: u64, goal: usize, plan: usize) {
        if n % 30 == 20 {
            let (value, why) = (7 + chance.below(4) as i64, self.words.text(chance, 30));
            self.add(day, 700, Step::Confidence { plan, value, why });
        }
        if n % 90 == 40 {
            let (value, why) = (5 + chance.below(6) as i64, self.words.text(chance, 30));
            self.add(day, 701, Step::Importance { goal, value, why });
        }
        if n % 91 == 50 {
            self.problem(chance, day, plan);
        }
        if n % 60 == 45 {
            self.add(
                day,
                702,
                Step::FollowUp {
                    plan,
                    due: day + Days::new(12),
                },
            );
        }
        if n % 60 == 57 {
            let (well, challenging) = (self.words.text(chance, 90), self.words.text(chance, 60));
            self.add(
                day,
                703,
                Step::Review {
                    plan,
                    well,
                    challenging,
                },
            );
        }
        if n % 170 == 80 {
            self.add(
                day,
                704,
                Step::Rest {
                    plan,
                    until: day + Days::new(4),
                },
            );
        }
        // Three days in seven, on no fixed days; the last week is the same in every history.
        let logs = match day.weekday() {
            Weekday::Mon => true,
            _ => chance.below(3) == 0,
        };
        if logs {
            let did = [
                "did",
                "did",
                "did",
                "did",
                "part",
                "part",
                "tried",
                "rested",
                "could_not",
                "did",
            ];
            let did = did[chance.below(10) as usize];
            let felt = chance.below(11) as i64;
            let note = note(&self.words, chance);
            let minute = 1080 + chance.below(180) as i64;
            self.add(
                day,
                minute,
                Step::Entry {
                    plan,
                    on: day,
                    did,
                    felt,
                    note,
                },
            );
        }
    }

    fn problem(&mut self, chance: &mut Chance, day: NaiveDate, plan: usize) {
        let barrier = self.barriers;
        self.barriers += 1;
        let text = self.words.text(chance, 40);
        self.add(
            day,
            710,
            Step::Barrier {
                barrier,
                plan,
                text,
            },
        );
        let chosen = self.ideas;
        for n in 0..3 {
            let (idea, text) = (self.ideas, self.words.text(chance, 36));
            self.ideas += 1;
            self.add(
                day,
                711 + n,
                Step::Idea {
                    idea,
                    barrier,
                    text,
                },
            );
        }
        self.add(
            day,
            715,
            Step::Choose {
                barrier,
                idea: chosen,
            },
        );
        let note = self.words.text(chance, 40);
        self.add(day + Days::new(14), 716, Step::Tried { idea: chosen, note });
    }
}
