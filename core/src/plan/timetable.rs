//! Which days a plan is planned for, what a week wants, and what was done.
//!
//! Everything here is a plain function of days: no clock, no storage. A day is the person's local day, a week
//! runs Monday to Sunday. A declared rest, an excused day or a pause never lowers `done`, never raises
//! `wanted` and never makes an offer.

mod answers;
mod missed;
mod week;

#[cfg(test)]
mod missed_tests;
#[cfg(test)]
mod model_tests;
#[cfg(test)]
mod tests;

pub use answers::DayAnswer;
pub use missed::Missed;
pub use week::{DayState, WeekCount};

use super::often::Often;
use crate::clock::causal;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Most days that [`Timetable::next_planned`] looks ahead: a little over a year.
const LONGEST_LOOK_AHEAD: u64 = 400;

/// Paused days, both ends included. One whose `until` lies before `from` pauses nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PausedSpan {
    /// The day of pausing.
    pub from: NaiveDate,
    /// The last paused day; `None` until further notice.
    pub until: Option<NaiveDate>,
}

/// An answer to "how often", in force from a day until the next span's day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OftenSpan {
    /// The first day it is in force.
    pub from: NaiveDate,
    /// `None` where the plan says nothing that can be counted: it is shown every day and wants nothing.
    pub often: Option<Often>,
}

/// Brings the days of spans, given in the order of causality, into that order.
///
/// "An edit holds from its written day, moved into the span of the edits before and after it by causality": an
/// edit written on a clock that ran wrong is moved to the trusted edit before or after it, see
/// [`causal::settle`]. One said to be written after `today` is moved to `today` if no trusted edit follows, so
/// the running week always uses the newest.
pub fn settle_spans(mut spans: Vec<OftenSpan>, today: NaiveDate) -> Vec<OftenSpan> {
    let days: Vec<NaiveDate> = spans.iter().map(|span| span.from).collect();
    for (span, day) in spans.iter_mut().zip(causal::settle(&days, today)) {
        span.from = day;
    }
    spans
}

/// The days of one plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timetable {
    /// The first day: the plan's `from`, but not before the day of agreeing.
    pub from: NaiveDate,
    /// The last planned day, the review day, included; `None` if there is none.
    pub last: Option<NaiveDate>,
    /// The day on which the plan was stopped, replaced or its goal ended. From that day on no day counts, save
    /// that the day itself counts if anything was answered on it: the plan was still running then.
    pub ended: Option<NaiveDate>,
    /// How often, as [`settle_spans`] leaves it. Before the first span's day the first span holds.
    pub often: Vec<OftenSpan>,
    /// All pauses, in any order; they may overlap.
    pub pauses: Vec<PausedSpan>,
}

impl Timetable {
    /// Whether the day is paused, in the plan's range or not.
    pub fn is_paused(&self, day: NaiveDate) -> bool {
        self.pauses
            .iter()
            .any(|pause| pause.from <= day && pause.until.is_none_or(|until| day <= until))
    }

    /// The last day of the rest this day is in, a rest that begins where another ends included; `Some(None)` for a
    /// rest without an end, `None` where the day is not paused.
    pub fn paused_until(&self, day: NaiveDate) -> Option<Option<NaiveDate>> {
        let mut last = None;
        let mut next = day;
        // Every turn takes up at least one pause more, so there are no more turns than pauses.
        for _ in &self.pauses {
            let on = self.pauses.iter().filter(|pause| {
                pause.from <= next && pause.until.is_none_or(|until| next <= until)
            });
            let Some(end) = on.map(|pause| pause.until.unwrap_or(NaiveDate::MAX)).max() else {
                break;
            };
            if end == NaiveDate::MAX {
                return Some(None);
            }
            last = Some(end);
            next = end.succ_opt().unwrap_or(end);
        }
        last.map(Some)
    }

    /// Whether the day counts: in the plan's range and not paused. Excused days depend on answers and are
    /// taken off in [`Timetable::week`].
    pub fn counts(&self, day: NaiveDate) -> bool {
        self.in_range(day) && !self.is_paused(day)
    }

    /// Whether the plan is planned on this day, paused days included.
    ///
    /// A weekly count, and a plan without a countable "how often", is planned on every day of its range;
    /// "once by friday" on every day up to and including that Friday, as any of them will do.
    pub fn planned_on(&self, day: NaiveDate) -> bool {
        self.in_range(day)
            && match self.span_of_week(day) {
                None => true,
                Some(span) => match &span.often {
                    None | Some(Often::TimesAWeek(_)) => true,
                    Some(Often::OnceBy(by)) => self.window(span, *by).contains(day),
                    Some(often) => self.times_on(often, span, day) > 0,
                },
            }
    }

    /// The days after `after`, up to and including `up_to` and at most 400 ahead, on which a reminder makes
    /// sense: planned and not paused. "Once by friday" gives the Friday alone; a plan without a countable "how
    /// often" gives none. What was answered already is the caller's to look at.
    pub fn next_planned(&self, after: NaiveDate, up_to: NaiveDate) -> Vec<NaiveDate> {
        let first = after.max(day_before(self.from));
        let end = first
            .checked_add_days(Days::new(LONGEST_LOOK_AHEAD))
            .map_or(up_to, |end| end.min(up_to));
        let end = self.last.map_or(end, |last| end.min(last));
        days_between(first, end)
            .filter(|day| *day > first && self.counts(*day))
            .filter(|day| match self.span_of_week(*day) {
                Some(OftenSpan {
                    often: Some(Often::TimesAWeek(_)),
                    ..
                }) => true,
                Some(
                    span @ OftenSpan {
                        often: Some(often), ..
                    },
                ) => self.times_on(often, span, *day) > 0,
                _ => false,
            })
            .collect()
    }

    /// Whether the day lies in the plan's range: from its first to its last day, and before it ended.
    fn in_range(&self, day: NaiveDate) -> bool {
        self.from <= day
            && self.last.is_none_or(|last| day <= last)
            && self.ended.is_none_or(|ended| day < ended)
    }

    /// The span a day's week uses: the one in force on its Sunday.
    fn span_of_week(&self, day: NaiveDate) -> Option<&OftenSpan> {
        let sunday = sunday_of(day);
        let in_force = self.often.iter().rev().find(|span| span.from <= sunday);
        in_force.or(self.often.first())
    }

    /// How many planned times lie on this day; a weekly count has none of its own.
    fn times_on(&self, often: &Often, span: &OftenSpan, day: NaiveDate) -> u32 {
        match often {
            Often::Daily => 1,
            Often::TimesADay(times) => u32::from(*times),
            Often::Weekdays { days, parts } if days.falls_on(day) => parts.count().max(1),
            Often::Weekdays { .. } | Often::TimesAWeek(_) => 0,
            Often::EveryOtherDay => u32::from(
                day.signed_duration_since(self.from)
                    .num_days()
                    .rem_euclid(2)
                    == 0,
            ),
            Often::OnceBy(by) => u32::from(self.window(span, *by).target == day),
        }
    }

    /// The days on which "once by" can be done. It starts with the plan, or with the edit if "how often" was
    /// changed to it later: the Friday meant is then the next one, not one long gone.
    fn window(&self, span: &OftenSpan, by: Weekday) -> Window {
        let is_first = self
            .often
            .first()
            .is_some_and(|first| std::ptr::eq(first, span));
        let start = if is_first {
            self.from
        } else {
            self.from.max(span.from)
        };
        let ahead = (by.num_days_from_monday() + 7 - start.weekday().num_days_from_monday()) % 7;
        let target = start
            .checked_add_days(Days::new(u64::from(ahead)))
            .unwrap_or(start);
        Window { start, target }
    }
}

/// The days from the start of a "once by" to its last day.
#[derive(Clone, Copy)]
struct Window {
    start: NaiveDate,
    target: NaiveDate,
}

impl Window {
    fn contains(self, day: NaiveDate) -> bool {
        self.start <= day && day <= self.target
    }
}

/// The Monday of the day's week.
fn monday_of(day: NaiveDate) -> NaiveDate {
    let back = u64::from(day.weekday().num_days_from_monday());
    day.checked_sub_days(Days::new(back))
        .unwrap_or(NaiveDate::MIN)
}

/// The Sunday of the day's week.
fn sunday_of(day: NaiveDate) -> NaiveDate {
    let ahead = u64::from(6 - day.weekday().num_days_from_monday());
    day.checked_add_days(Days::new(ahead))
        .unwrap_or(NaiveDate::MAX)
}

fn day_before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(day)
}

/// The days from one to another, both included; none if the end lies before the start.
fn days_between(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors((first <= last).then_some(first), move |day| {
        day.succ_opt().filter(|next| *next <= last)
    })
}
