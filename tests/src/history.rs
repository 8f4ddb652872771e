//! What an invented person writes down in one year or in ten: one or two plans a year, about three entries a
//! week, ratings, barriers and ideas, rests, follow-ups. Texts are made of invented words.
//!
//! Years are counted back from [`END`], each from a seed of its own. So the last year of ten is the same year as
//! the only one of one, and whatever differs between the two comes from the years before. The module names
//! nothing of Cairn: the peers' workspace builds it from this same file.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};

/// Days of one year of use.
pub const YEAR: u64 = 365;

/// The last day of every history, a Wednesday, so that its week is half full.
pub const END: NaiveDate = NaiveDate::from_ymd_opt(2035, 11, 14).expect("a day of the calendar");

/// Acts of [`beginning`].
pub const BEGINS_WITH: usize = 16;

/// How a record begins: a goal, a plan that was agreed, and what follows.
pub fn beginning() -> Vec<Act> {
    history(1).into_iter().take(BEGINS_WITH).collect()
}

/// One thing the person did, and when.
#[derive(Clone, Debug)]
pub struct Act {
    /// The moment, by a clock that is right.
    pub at: DateTime<Utc>,
    /// What it was.
    pub step: Step,
}

/// What can be done. Numbers name things in the order in which they were made.
#[allow(missing_docs, reason = "the fields are what their names say")]
#[derive(Clone, Debug)]
pub enum Step {
    /// A goal in the person's words.
    Goal {
        goal: usize,
        words: String,
        importance: i64,
        confidence: i64,
    },
    /// A goal's importance, again.
    Importance {
        goal: usize,
        value: i64,
        why: String,
    },
    /// A goal that was reached, with its plans.
    Achieve { goal: usize },
    /// A plan, perhaps in the place of another.
    Plan {
        plan: usize,
        goal: usize,
        replaces: Option<usize>,
        fields: Vec<(&'static str, String)>,
    },
    /// How sure of the plan.
    Confidence {
        plan: usize,
        value: i64,
        why: String,
    },
    /// A smaller step.
    Smaller { plan: usize, what: String },
    /// Agreed, with a follow-up.
    Agree { plan: usize, due: NaiveDate },
    /// A further follow-up.
    FollowUp { plan: usize, due: NaiveDate },
    /// How the plan's newest follow-up went.
    Review {
        plan: usize,
        well: String,
        challenging: String,
    },
    /// What got in the way.
    Barrier {
        barrier: usize,
        plan: usize,
        text: String,
    },
    /// An idea about it.
    Idea {
        idea: usize,
        barrier: usize,
        text: String,
    },
    /// The idea to try.
    Choose { barrier: usize, idea: usize },
    /// How that went.
    Tried { idea: usize, note: String },
    /// A rest of some days.
    Rest { plan: usize, until: NaiveDate },
    /// One entry of the log.
    Entry {
        plan: usize,
        on: NaiveDate,
        did: &'static str,
        felt: i64,
        note: String,
    },
}

/// One field of one thing, as programs keep it that know no rules: kind, number of the thing, name, value.
pub type Fact<'a> = (&'static str, usize, &'static str, Scalar<'a>);

/// A value of a [`Fact`].
#[derive(Clone, Copy, Debug)]
pub enum Scalar<'a> {
    /// Words.
    Text(&'a str),
    /// A number, or another thing's.
    Number(i64),
    /// A day, as days since 1970.
    Day(NaiveDate),
}

impl Scalar<'_> {
    /// A number or a day as a number; `None` for words.
    pub fn number(&self) -> Option<i64> {
        match self {
            Scalar::Text(_) => None,
            Scalar::Number(number) => Some(*number),
            Scalar::Day(day) => Some((*day - NaiveDate::default()).num_days()),
        }
    }
}

impl Act {
    /// What a program without rules keeps of this act; `n` is the act's own number in the history.
    pub fn facts(&self, n: usize) -> Vec<Fact<'_>> {
        use Scalar::{Day, Number, Text};
        let of = |thing: usize| Number(thing as i64);
        match &self.step {
            Step::Goal {
                goal,
                words,
                importance,
                confidence,
            } => vec![
                ("goal", *goal, "words", Text(words)),
                ("goal", *goal, "state", Text("active")),
                ("goal", *goal, "importance", Number(*importance)),
                ("goal", *goal, "confidence", Number(*confidence)),
            ],
            Step::Importance { goal, value, why } => vec![
                ("goal", *goal, "importance", Number(*value)),
                ("rating", n, "goal", of(*goal)),
                ("rating", n, "value", Number(*value)),
                ("rating", n, "why", Text(why)),
            ],
            Step::Achieve { goal } => vec![("goal", *goal, "state", Text("achieved"))],
            Step::Plan {
                plan,
                goal,
                replaces,
                fields,
            } => {
                let mut facts = vec![
                    ("plan", *plan, "goal", of(*goal)),
                    ("plan", *plan, "state", Text("draft")),
                ];
                if let Some(replaces) = replaces {
                    facts.push(("plan", *plan, "replaces", of(*replaces)));
                    facts.push(("plan", *replaces, "state", Text("ended")));
                }
                facts.extend(
                    fields
                        .iter()
                        .map(|(name, text)| ("plan", *plan, *name, Text(text.as_str()))),
                );
                facts
            }
            Step::Confidence { plan, value, why } => vec![
                ("plan", *plan, "confidence", Number(*value)),
                ("rating", n, "plan", of(*plan)),
                ("rating", n, "value", Number(*value)),
                ("rating", n, "why", Text(why)),
            ],
            Step::Smaller { plan, what } => vec![("plan", *plan, "what", Text(what))],
            Step::Agree { plan, due } => vec![
                ("plan", *plan, "state", Text("agreed")),
                ("follow_up", n, "plan", of(*plan)),
                ("follow_up", n, "due", Day(*due)),
                ("follow_up", n, "channel", Text("phone")),
            ],
            Step::FollowUp { plan, due } => vec![
                ("follow_up", n, "plan", of(*plan)),
                ("follow_up", n, "due", Day(*due)),
                ("follow_up", n, "channel", Text("visit")),
            ],
            Step::Review {
                plan,
                well,
                challenging,
            } => vec![
                ("review", n, "plan", of(*plan)),
                ("review", n, "well", Text(well)),
                ("review", n, "challenging", Text(challenging)),
                ("review", n, "next", Text("keep")),
            ],
            Step::Barrier {
                barrier,
                plan,
                text,
            } => vec![
                ("barrier", *barrier, "plan", of(*plan)),
                ("barrier", *barrier, "text", Text(text)),
            ],
            Step::Idea {
                idea,
                barrier,
                text,
            } => vec![
                ("idea", *idea, "barrier", of(*barrier)),
                ("idea", *idea, "text", Text(text)),
            ],
            Step::Choose { barrier, idea } => vec![("barrier", *barrier, "chosen", of(*idea))],
            Step::Tried { idea, note } => vec![
                ("idea", *idea, "state", Text("worked")),
                ("idea", *idea, "note", Text(note)),
            ],
            Step::Rest { plan, until } => vec![
                ("pause", n, "plan", of(*plan)),
                ("pause", n, "until", Day(*until)),
                ("pause", n, "why", Text("flare")),
            ],
            Step::Entry {
                plan,
                on,
                did,
                felt,
                note,
            } => {
                let mut facts = vec![
                    ("entry", n, "plan", of(*plan)),
                    ("entry", n, "day", Day(*on)),
                    ("entry", n, "did", Text(did)),
                    ("entry", n, "felt", Number(*felt)),
                ];
                if !note.is_empty() {
                    facts.push(("entry", n, "note", Text(note)));
                }
                facts
            }
        }
    }
}

/// The history of so many years, oldest act first.
pub fn history(years: u64) -> Vec<Act> {
    let mut life = Life {
        acts: Vec::new(),
        goals: 0,
        plans: 0,
        barriers: 0,
        ideas: 0,
        words: Words::new(),
    };
    for back in (0..years).rev() {
        life.year(back);
    }
    life.acts.sort_by_key(|act| act.at);
    life.acts
}

/// Further entries of the newest plan, three a day from [`END`] on, to be written after the history: number `from`
/// and so many after it. Whoever adds to what somebody else added goes on with a higher number.
pub fn more_entries(from: u64, count: u64) -> Vec<Act> {
    let words = Words::new();
    (from..from + count)
        .map(|n| {
            // Seeds side by side would be the same numbers one place further: texts that repeat each other.
            let mut chance = Chance::new((90_000 + n) * 1_000_003);
            let on = END + Days::new(n / 3);
            let at = on.and_hms_opt(19 + (n % 3) as u32, 0, 0);
            Act {
                at: at.expect("a time of day").and_utc(),
                step: Step::Entry {
                    plan: usize::MAX,
                    on,
                    did: "did",
                    felt: chance.below(11) as i64,
                    note: note(&words, &mut chance),
                },
            }
        })
        .collect()
}

/// What one device writes in the 30 days after [`END`] while it meets nobody: 75 acts, each one change. One to three
/// entries a day, and every few days a rating, a problem with an idea, or a follow-up. `device` makes it another month.
pub fn month(device: u64) -> Vec<Act> {
    let words = Words::new();
    let mut chance = Chance::new((7_000 + device) * 1_000_003);
    let (mut acts, mut barriers) = (Vec::new(), 0);
    for n in 1..=30 {
        let on = END + Days::new(n);
        let mut add = |minute: i64, step| {
            let at = on.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::minutes(minute);
            acts.push(Act { at, step });
        };
        let text = |chance: &mut Chance, length| words.text(chance, length);
        match n % 10 {
            2 => {
                let (value, why) = (5 + chance.below(6) as i64, text(&mut chance, 40));
                let plan = usize::MAX;
                add(600, Step::Confidence { plan, value, why });
            }
            4 => {
                let (plan, barrier, words) = (usize::MAX, barriers, text(&mut chance, 50));
                add(
                    610,
                    Step::Barrier {
                        barrier,
                        plan,
                        text: words,
                    },
                );
                let idea = barriers;
                add(
                    611,
                    Step::Idea {
                        idea,
                        barrier,
                        text: text(&mut chance, 40),
                    },
                );
                barriers += 1;
            }
            6 => add(
                620,
                Step::FollowUp {
                    plan: usize::MAX,
                    due: on + Days::new(12),
                },
            ),
            9 => {
                let (well, challenging) = (text(&mut chance, 90), text(&mut chance, 60));
                let plan = usize::MAX;
                add(
                    630,
                    Step::Review {
                        plan,
                        well,
                        challenging,
                    },
                );
            }
            _ => {}
        }
        // 15 acts are of those kinds: 60 entries fill the month.
        for entry in 0..1 + (n + device) % 3 {
            let did = ["did", "did", "part", "tried"][chance.below(4) as usize];
            let felt = chance.below(11) as i64;
            let minute = 700 + entry as i64 * 200 + chance.below(150) as i64;
            let note = note(&words, &mut chance);
            add(
                minute,
                Step::Entry {
                    plan: usize::MAX,
                    on,
                    did,
                    felt,
                    note,
                },
            );
        }
    }
    acts.sort_by_key(|act| act.at);
    acts
}

struct Life {
    acts: Vec<Act>,
    goals: usize,
    plans: usize,
    barriers: usize,
    ideas: usize,
    words: Words,
}

impl Life {
    fn add(&mut self, day: NaiveDate, minute: i64, step: Step) {
        let at = day.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::minutes(minute);
        self.acts.push(Act { at, step });
    }

    /// The year that ends `back` years before [`END`].
    fn year(&mut self, back: u64) {
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

/// A note: none two times in five, else 5 to 120 characters. The mean of many is about 36 bytes.
fn note(words: &Words, chance: &mut Chance) -> String {
    let length = if chance.below(5) < 2 {
        0
    } else {
        5 + chance.below(116) as usize
    };
    words.text(chance, length)
}

/// Numbers by chance, the same from the same seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// Invented words, the first of them used far more often than the last, as in any language.
struct Words(Vec<String>);

impl Words {
    fn new() -> Words {
        let mut chance = Chance::new(7);
        let begins = [
            "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "w",
            "th", "",
        ];
        let middles = ["a", "e", "i", "o", "u", "ea", "oo", "ai", "y"];
        let ends = ["", "", "n", "r", "s", "t", "l", "k", "m", "ng", "nd"];
        let mut pick = |of: &[&'static str]| of[chance.below(of.len() as u64) as usize];
        let mut words = Vec::new();
        for n in 0..2000 {
            let syllables = if n < 100 { 1 } else { 1 + n % 3 };
            let word: Vec<&str> = (0..syllables)
                .flat_map(|_| [pick(&begins), pick(&middles), pick(&ends)])
                .collect();
            words.push(word.concat());
        }
        Words(words)
    }

    fn text(&self, chance: &mut Chance, length: usize) -> String {
        let mut text = String::new();
        while text.len() < length {
            if !text.is_empty() {
                text.push(' ');
            }
            let unit = (chance.next() >> 11) as f64 / (1u64 << 53) as f64;
            let at = (self.0.len() as f64).powf(unit) as usize - 1;
            text.push_str(&self.0[at.min(self.0.len() - 1)]);
        }
        text.truncate(length);
        text.trim_end().to_owned()
    }
}
