//! What an invented person writes down in one year or in ten: one or two plans a year, about three entries a
//! week, ratings, barriers and ideas, rests, follow-ups. Texts are made of invented words.
//!
//! Years are counted back from [`END`], each from a seed of its own. So the last year of ten is the same year as
//! the only one of one, and whatever differs between the two comes from the years before. The module names
//! nothing of Cairn: the peers' workspace builds it from this same file.

mod life;
mod words;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use life::Life;
use words::{Chance, Words, note};

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
    let mut life = Life::new();
    for back in (0..years).rev() {
        life.year(back);
    }
    let mut acts = life.acts;
    acts.sort_by_key(|act| act.at);
    acts
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
