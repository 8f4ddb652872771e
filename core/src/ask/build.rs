//! Building one question.

use super::{Ask, AskKind, Choice, Line, Place, Step, Talk};
use crate::error::Result;
use crate::rating::{self, Rating};
use crate::record::{Noun, Record, Thing};
use crate::words::{Arg, Band, Rated, Words};
use chrono::NaiveDate;

/// What a question is made from.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub record: &'a Record,
    pub today: NaiveDate,
    pub words: Words,
    pub talk: &'a Talk,
}

impl Seen<'_> {
    /// A sentence without arguments.
    pub fn say(&self, key: &str) -> String {
        self.words.say(key, &[])
    }

    /// A sentence with one argument.
    pub fn say_with(&self, key: &str, name: &str, value: &str) -> String {
        self.words.say(key, &[(name, Arg::Text(value))])
    }

    /// The plan the place is about.
    pub fn plan(&self, place: &Place) -> Option<&Thing> {
        self.record.get(Noun::Plan, place.plan.as_ref()?)
    }

    /// The goal the place is about: the one named, or the plan's.
    pub fn goal(&self, place: &Place) -> Option<&Thing> {
        let of_plan = || self.plan(place)?.reference("goal");
        self.record
            .get(Noun::Goal, &place.goal.clone().or_else(of_plan)?)
    }

    /// The goal's words.
    pub fn goal_words(&self, place: &Place) -> Option<String> {
        self.record.shown_text(self.goal(place)?, "words")
    }

    /// An answer of the plan.
    pub fn plan_text(&self, place: &Place, field: &str) -> Option<String> {
        self.record.shown_text(self.plan(place)?, field)
    }

    /// The question made from a rating the place holds.
    pub fn about_rating(&self, place: &Place) -> Option<Shown> {
        let id = crate::id::Id::read(place.held("rating")?);
        let rating = self.record.get(Noun::Rating, &id)?;
        let kind = Rated::parse(rating.text("kind")?)?;
        let question = self
            .words
            .next_question(kind, rating.int("value"), rating.text("word"));
        Some(Shown::text(question).skippable())
    }

    /// A scale, with its bands as the hint. The 7 is never marked here: it would pull the answer.
    pub fn scale(&self, question: String, scale: &str, rated: Option<&Thing>) -> Shown {
        let (value, word) = rated.map_or((None, None), |r| (r.int("value"), r.text("word")));
        let mut lines = Vec::new();
        let mut choices: Vec<Choice> = (0..=10)
            .map(|number| Choice {
                value: number.to_string(),
                words: match scale {
                    "importance" => self.words.importance(Some(number), None),
                    "felt" => self.words.felt(Some(number), None),
                    _ => self.words.sure(Some(number), None),
                },
                chosen: value == Some(number),
            })
            .collect();
        for band in Band::ALL {
            let words = self.words.band(scale, band);
            let (low, high) = band.bounds();
            let args = [
                ("low", low.into()),
                ("high", high.into()),
                ("words", (&words).into()),
            ];
            let key = if low == high {
                "ask-band-one"
            } else {
                "ask-band"
            };
            lines.push(self.words.say(key, &args));
            // The log keeps how it felt as a number only.
            if scale == "felt" {
                continue;
            }
            choices.push(Choice {
                value: band.as_str().into(),
                words,
                chosen: value.is_none() && word == Some(band.as_str()),
            });
        }
        let mut shown = Shown::new(AskKind::Scale, question);
        shown.ask.next_question = rated
            .and_then(|rated| Rated::parse(rated.text("kind")?))
            .map(|kind| self.words.next_question(kind, value, word))
            .filter(|question| !question.is_empty());
        shown.ask.hint = Some(lines.join("\n"));
        shown.ask.choices = choices;
        shown
    }

    /// Choices from codes of the record and the family that says them.
    pub fn codes(&self, family: &str, codes: &[&str]) -> Vec<Choice> {
        codes
            .iter()
            .map(|code| choice(code, self.words.code(family, code)))
            .collect()
    }

    /// The newest rating of a thing.
    pub fn newest(&self, thing: Option<&Thing>, kind: rating::Kind) -> Option<&Thing> {
        rating::newest(self.record, thing?, kind)
    }
}

/// A question with what stands above it.
pub(super) struct Shown {
    pub ask: Ask,
    pub own_words: Option<String>,
    pub lines: Vec<Line>,
}

impl Shown {
    fn new(kind: AskKind, question: String) -> Shown {
        let ask = Ask {
            step: String::new(),
            number: 0,
            of: 0,
            question,
            hint: None,
            kind,
            answer: None,
            choices: Vec::new(),
            suggestions: Vec::new(),
            may_skip: false,
            next_question: None,
        };
        Shown {
            ask,
            own_words: None,
            lines: Vec::new(),
        }
    }

    pub fn text(question: String) -> Shown {
        Shown::new(AskKind::Text, question)
    }

    pub fn list(question: String) -> Shown {
        Shown::new(AskKind::List, question)
    }

    pub fn choice(question: String, choices: Vec<Choice>) -> Shown {
        let mut shown = Shown::new(AskKind::Choice, question);
        shown.ask.choices = choices;
        shown
    }

    pub fn date(question: String, choices: Vec<Choice>) -> Shown {
        let mut shown = Shown::new(AskKind::Date, question);
        shown.ask.choices = choices;
        shown
    }

    pub fn review(question: String, lines: Vec<Line>, choices: Vec<Choice>) -> Shown {
        let mut shown = Shown::new(AskKind::Review, question);
        shown.ask.choices = choices;
        shown.lines = lines;
        shown
    }

    pub fn hint(mut self, hint: String) -> Shown {
        self.ask.hint = Some(hint);
        self
    }

    pub fn skippable(mut self) -> Shown {
        self.ask.may_skip = true;
        self
    }

    pub fn own(mut self, words: Option<String>) -> Shown {
        self.own_words = words;
        self
    }

    pub fn suggesting(mut self, suggestions: Vec<String>) -> Shown {
        self.ask.suggestions = suggestions;
        self
    }

    /// The answer as it stands.
    pub fn answered(mut self, answer: Option<String>) -> Shown {
        self.ask.answer = answer;
        self
    }
}

/// One answer to pick.
pub(super) fn choice(value: &str, words: String) -> Choice {
    Choice {
        value: value.into(),
        words,
        chosen: false,
    }
}

/// One line of a review, if it was answered.
pub(super) fn line(step: Step, label: String, value: Option<String>) -> Option<Line> {
    Some(Line {
        step: step.as_str().into(),
        label,
        value: value?,
    })
}

/// A rating as it was given: a number, or the words of a band.
pub(super) fn rating_of(given: &str) -> Result<Rating> {
    Rating::parse(&given.trim().replace(' ', "_"))
}
