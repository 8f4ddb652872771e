//! What was answered, sorted by day so that one day or week is found quickly.

use crate::log::answer::{Did, Why};
use chrono::NaiveDate;

/// What was answered for one planned day: one log entry as last corrected. Withdrawn ones are left out by the
/// caller; several for one day stand side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayAnswer {
    /// The day it is about.
    pub on: NaiveDate,
    /// How it went.
    pub did: Did,
    /// The reason given, if any.
    pub why: Option<Why>,
}

impl DayAnswer {
    /// Whether this entry leaves its planned time missed: could not, for another reason or without one.
    pub(super) fn leaves_missed(&self) -> bool {
        self.did == Did::CouldNot && matches!(self.why, None | Some(Why::Other))
    }

    /// Whether this entry asks for the day to be excused.
    fn excuses(&self) -> bool {
        match self.did {
            Did::Rested => true,
            Did::CouldNot => self.why.is_some_and(Why::excuses),
            _ => false,
        }
    }
}

/// Answers in the order of their days.
pub(super) struct Answers<'a>(Vec<&'a DayAnswer>);

impl<'a> Answers<'a> {
    pub(super) fn new(answers: &'a [DayAnswer]) -> Answers<'a> {
        let mut sorted: Vec<&DayAnswer> = answers.iter().collect();
        sorted.sort_by_key(|answer| answer.on);
        Answers(sorted)
    }

    /// The answers from one day to another, both included.
    pub(super) fn between(&self, first: NaiveDate, last: NaiveDate) -> &[&'a DayAnswer] {
        let start = self.0.partition_point(|answer| answer.on < first);
        let end = self.0.partition_point(|answer| answer.on <= last);
        self.0.get(start..end).unwrap_or(&[])
    }

    pub(super) fn on(&self, day: NaiveDate) -> &[&'a DayAnswer] {
        self.between(day, day)
    }

    pub(super) fn first_day(&self) -> Option<NaiveDate> {
        self.0.first().map(|answer| answer.on)
    }

    pub(super) fn last_day_up_to(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.between(NaiveDate::MIN, day)
            .last()
            .map(|answer| answer.on)
    }

    pub(super) fn is_done_on(&self, day: NaiveDate) -> bool {
        self.on(day).iter().any(|answer| answer.did.is_done())
    }

    /// A day with `rested`, or `could_not` for unwell, flare, hospital or away, and no did or part.
    pub(super) fn is_excused(&self, day: NaiveDate) -> bool {
        !self.is_done_on(day) && self.on(day).iter().any(|answer| answer.excuses())
    }
}
