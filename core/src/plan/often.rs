//! How often a plan is done, read from the person's words.
//!
//! The words themselves are kept beside the plan; this is only what the program counts with.

mod vocabulary;
mod words;

#[cfg(test)]
mod tests;

use crate::error::Result;
use chrono::{Datelike, NaiveDate, Weekday};

/// How often, as understood. Two texts that give the same value are the same answer, so a disagreement is
/// made only where the counting differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Often {
    /// Once on every day: "every day", "once a day".
    Daily,
    /// So many times on every day, 2 to 24: "twice a day".
    TimesADay(u8),
    /// On these days of the week, once for each part of the day named, or once where none is: "every tuesday
    /// and friday", "each morning" (all seven days), "weekdays".
    Weekdays {
        /// The days of the week, at least one.
        days: DaySet,
        /// The parts of the day, often none. Kept so that "each morning" and "each evening" stay two answers.
        parts: PartSet,
    },
    /// So many times a week on any days, 1 to 7, weeks running Monday to Sunday: "3 times a week".
    TimesAWeek(u8),
    /// Every second day, counted from the first day of the plan.
    EveryOtherDay,
    /// One time in all, up to and including the first such day on or after the start: "once by friday".
    OnceBy(Weekday),
}

impl Often {
    /// Understands English and Welsh words; see the tests for the forms. Upper and lower case, extra spaces and
    /// a full stop at the end make no difference; numbers can be digits or words.
    ///
    /// Anything else, and more than 7 times a week, is [`crate::error::Error::OftenNotUnderstood`].
    pub fn parse(text: &str) -> Result<Often> {
        words::parse(text)
    }

    /// For a weekly count, how many times a week; otherwise `None`.
    pub fn weekly(&self) -> Option<u8> {
        match self {
            Often::TimesAWeek(times) => Some(*times),
            _ => None,
        }
    }
}

/// A set of days of the week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DaySet(u8);

impl DaySet {
    /// All seven days.
    pub const ALL: DaySet = DaySet(0b111_1111);
    /// Monday to Friday.
    pub const WORKING: DaySet = DaySet(0b001_1111);
    /// Saturday and Sunday.
    pub const WEEKEND: DaySet = DaySet(0b110_0000);

    /// Adds a day.
    pub fn insert(&mut self, day: Weekday) {
        self.0 |= 1 << day.num_days_from_monday();
    }

    /// Whether the day is in the set.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }

    /// Whether the date falls on one of the days.
    pub fn falls_on(self, date: NaiveDate) -> bool {
        self.contains(date.weekday())
    }

    /// Whether there is no day in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// A part of the day, named with the days: "each morning".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Morning.
    Morning,
    /// Afternoon.
    Afternoon,
    /// Evening.
    Evening,
    /// Night.
    Night,
}

/// A set of parts of the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PartSet(u8);

impl PartSet {
    /// Adds a part of the day.
    pub fn insert(&mut self, part: Part) {
        self.0 |= 1 << (part as u8);
    }

    /// Whether the part is in the set.
    pub fn contains(self, part: Part) -> bool {
        self.0 & (1 << (part as u8)) != 0
    }

    /// How many parts, 0 to 4.
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }
}
