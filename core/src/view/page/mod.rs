//! View records: what a screen of a phone shows, ready in the chosen language.
//!
//! Pure functions of a record, a day and the words. Every sentence, date, count, name and the order of lists is made
//! here; a shell only lays it out. Each page begins with [`PageView`].

pub(crate) mod log;
mod reminder;
pub(crate) mod rest;
mod today;

pub use log::{
    ChoiceView, DayView, EntryView, LogDayPage, LogPage, ReasonView, ScaleCell, correct_page,
    draft_page, log_day_page, log_page,
};
pub use reminder::{ReminderView, reminders};
pub use rest::{OfferPage, RestPage, UntilChoice, offer_page, rest_page};
pub use today::{
    AnswerChoice, CarryOnView, CheckInView, LoggedView, OfferLine, TodayCard, TodayPage, WeekView,
    today_page,
};

use crate::id::Id;
use crate::need;
use crate::plan::state;
use crate::record::{Noun, Record};
use crate::view::disagreement;
use crate::words::Words;
use chrono::NaiveDate;

/// What stands on every page, above what the page itself shows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PageView {
    /// The page's one title: a question or a greeting.
    pub title: String,
    /// What is not sent yet.
    pub sent: SentView,
    /// Information needs, flagged whenever the record is opened.
    pub needs: Vec<CodeView>,
    /// A rest over everything that is planned.
    pub paused: Option<PausedView>,
    /// Answers that do not match, and wait for somebody to choose.
    pub disagreements: Vec<LineView>,
    /// Whether this is the practice person.
    pub practice: bool,
    /// Something to look at first.
    pub problem: Option<ProblemView>,
}

/// How much is not sent yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SentView {
    /// How many things wait to be sent.
    pub waiting: u64,
    /// The line to show; nothing where a person has nothing waiting.
    pub words: Option<String>,
}

/// A code of the record with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CodeView {
    /// The code, to hand back.
    pub code: String,
    /// What a person reads.
    pub words: String,
}

/// A line about a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct LineView {
    /// The thing's id.
    pub id: Id,
    /// What a person reads.
    pub words: String,
}

/// A rest that is on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PausedView {
    /// The last resting day; nothing where it goes on until it is ended.
    pub until: Option<NaiveDate>,
    /// What a person reads.
    pub words: String,
}

/// Something a person can do nothing wrong about: what happened, what is safe, and ways on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ProblemView {
    /// The stable code of the error.
    pub code: String,
    /// The sentences.
    pub words: String,
    /// Ways on, all alike.
    pub ways: Vec<CodeView>,
}

/// What a page needs to know beside the record itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// How many things wait to be sent.
    pub waiting: u64,
    /// Pages with something half typed, newest first.
    pub drafts: Vec<String>,
}

/// All that a page is made from.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The record, read as far as the page needs it.
    pub record: &'a Record,
    /// The person's local day.
    pub today: NaiveDate,
    /// What stands beside the record.
    pub around: &'a Around,
    /// The words of the language chosen.
    pub words: &'a Words,
}

/// The frame of a page.
pub fn page(scene: &Scene, title: String) -> PageView {
    let Scene {
        record,
        today,
        around,
        words,
    } = *scene;
    PageView {
        title,
        sent: sent(record, around, words),
        needs: needs(record, words),
        paused: paused(record, today, words),
        disagreements: disagreements(record, words),
        practice: record.is_practice(),
        problem: None,
    }
}

/// A person sees the line only while something waits; staff always do.
fn sent(record: &Record, around: &Around, words: &Words) -> SentView {
    let line = if around.waiting > 0 {
        Some(words.say("send-waiting", &[("count", around.waiting.into())]))
    } else {
        record
            .my_role()
            .is_staff()
            .then(|| words.say("send-everything", &[]))
    };
    SentView {
        waiting: around.waiting,
        words: line,
    }
}

fn needs(record: &Record, words: &Words) -> Vec<CodeView> {
    record
        .standing(Noun::Need)
        .into_iter()
        .filter_map(|thing| {
            let code = need::word(record, thing)?;
            let said = if thing.text("code").is_some() {
                words.code("need", &code)
            } else {
                code.clone()
            };
            Some(CodeView { code, words: said })
        })
        .collect()
}

/// A rest is everybody's matter only when all that runs is resting; one resting plan says so on its own card.
fn paused(record: &Record, today: NaiveDate, words: &Words) -> Option<PausedView> {
    let running = record.standing(Noun::Plan).into_iter().filter_map(|plan| {
        let timetable = state::timetable(record, plan, today)?;
        (!state::is_over(record, plan, today)).then_some(timetable)
    });
    let ends: Option<Vec<Option<NaiveDate>>> = running
        .map(|timetable| timetable.paused_until(today))
        .collect();
    let ends = ends.filter(|ends| !ends.is_empty())?;
    // The last to go on ends the rest over everything; one without an end outlasts all.
    let until = ends
        .into_iter()
        .reduce(|a, b| a.zip(b).map(|(a, b)| a.max(b)))?;
    Some(resting(until, words))
}

/// The words of a rest that ends on a day, or has no end.
fn resting(until: Option<NaiveDate>, words: &Words) -> PausedView {
    let said = match until {
        Some(day) => words.say("rest-until", &[("date", (&words.date(day)).into())]),
        None => words.say("rest-until-you-say", &[]),
    };
    PausedView { until, words: said }
}

fn disagreements(record: &Record, words: &Words) -> Vec<LineView> {
    disagreement::all(record)
        .into_iter()
        .map(|(id, thing, field, answers)| {
            let about = ["what", "words", "text", "name"]
                .iter()
                .find_map(|name| record.shown_text(thing, name));
            let count = ("count", answers.len().into());
            let said = match about.filter(|_| field != "words") {
                Some(about) => words.say("differ-about", &[count, ("about", (&about).into())]),
                None => words.say("differ", &[count]),
            };
            LineView { id, words: said }
        })
        .collect()
}

/// A problem as a page shows it on top.
pub fn problem(error: &crate::Error, words: &Words) -> ProblemView {
    // The ways out of the gate; other refusals say in their sentence what to do.
    let ways: &[&str] = match error {
        crate::Error::ConfidenceBelow7 => &crate::plan::gate::WAYS,
        _ => &[],
    };
    ProblemView {
        code: error.code().into(),
        words: words.error(error),
        ways: ways
            .iter()
            .map(|way| CodeView {
                code: (*way).into(),
                words: words.code("plan-way", way),
            })
            .collect(),
    }
}

/// Several pieces as sentences one after the other, for reading aloud.
fn sentences(pieces: &[&str]) -> String {
    let mut said = String::new();
    for piece in pieces.iter().filter(|piece| !piece.trim().is_empty()) {
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(piece.trim());
        if !piece.trim_end().ends_with(['.', '!', '?']) {
            said.push('.');
        }
    }
    said
}
