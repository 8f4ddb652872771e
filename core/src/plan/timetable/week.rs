//! The counts of one week and the state of one day.

use super::answers::{Answers, DayAnswer};
use super::{OftenSpan, Timetable, days_between, monday_of, sunday_of};
use crate::log::answer::Did;
use crate::plan::often::Often;
use chrono::{Days, NaiveDate};

/// Most weeks that [`Timetable::weeks`] gives: ten years.
const MOST_WEEKS: usize = 520;

/// The counts of one week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekCount {
    /// The Monday.
    pub from: NaiveDate,
    /// Planned times on days that count, coming days included.
    pub wanted: u32,
    /// Every entry that says did or part, also on days that do not count; may pass `wanted`.
    pub done: u32,
    /// Every entry that says tried.
    pub tried: u32,
    /// Every entry that says rested.
    pub rested: u32,
    /// Days of the plan's range that are paused, 0 to 7.
    pub paused_days: u32,
}

/// How a planned day stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayState {
    /// Did or part that day, or the week's count is reached.
    Done,
    /// Excused.
    Rested,
    /// Paused.
    Paused,
    /// Still to do, or to answer.
    ToDo,
}

impl DayState {
    /// The word in JSON: `done`, `rested`, `paused` or `to_do`.
    pub fn as_str(self) -> &'static str {
        match self {
            DayState::Done => "done",
            DayState::Rested => "rested",
            DayState::Paused => "paused",
            DayState::ToDo => "to_do",
        }
    }
}

impl Timetable {
    /// The counts of the week in which the day lies.
    pub fn week(&self, any_day_of_week: NaiveDate, answers: &[DayAnswer]) -> WeekCount {
        self.week_of(any_day_of_week, &Answers::new(answers))
    }

    /// All weeks, oldest first, from the plan's first to the running one, or to the one in which the plan ends
    /// or ended. Weeks outside that in which something was answered come too, up to the running one, so nothing
    /// done is left out. At most the newest 520.
    pub fn weeks(&self, today: NaiveDate, answers: &[DayAnswer]) -> Vec<WeekCount> {
        let answers = Answers::new(answers);
        let ends = [Some(today), self.last, self.ended];
        let end = ends.into_iter().flatten().min().unwrap_or(today);
        let mut first = self.from;
        let mut last = end;
        if let Some(answered) = answers.last_day_up_to(sunday_of(today)) {
            first = first.min(answers.first_day().unwrap_or(first));
            last = last.max(answered);
        }
        let mut weeks = Vec::new();
        let mut day = Some(monday_of(last));
        while let Some(monday) = day.filter(|monday| *monday >= monday_of(first)) {
            if weeks.len() == MOST_WEEKS {
                break;
            }
            weeks.push(self.week_of(monday, &answers));
            day = monday.checked_sub_days(Days::new(7));
        }
        weeks.reverse();
        weeks
    }

    /// How the day stands; `None` if the plan is not planned on it.
    ///
    /// `done` if did or part on this day, or a weekly count (or "once by") is reached; else `rested` if excused,
    /// else `paused`, else `to_do`. A week in which pauses and rests leave nothing wanted is not "reached" by
    /// having done nothing.
    pub fn state_on(&self, day: NaiveDate, answers: &[DayAnswer]) -> Option<DayState> {
        if !self.planned_on(day) {
            return None;
        }
        let answers = Answers::new(answers);
        Some(
            if answers.is_done_on(day) || self.is_reached(day, &answers) {
                DayState::Done
            } else if answers.is_excused(day) {
                DayState::Rested
            } else if self.is_paused(day) {
                DayState::Paused
            } else {
                DayState::ToDo
            },
        )
    }

    fn is_reached(&self, day: NaiveDate, answers: &Answers) -> bool {
        match self.span_of_week(day) {
            Some(OftenSpan {
                often: Some(Often::TimesAWeek(times)),
                ..
            }) => {
                let week = self.week_of(day, answers);
                week.done >= u32::from(*times) || (week.wanted > 0 && week.done >= week.wanted)
            }
            Some(
                span @ OftenSpan {
                    often: Some(Often::OnceBy(by)),
                    ..
                },
            ) => {
                let window = self.window(span, *by);
                let within = answers.between(window.start, window.target);
                within.iter().any(|answer| answer.did.is_done())
            }
            _ => false,
        }
    }

    pub(super) fn week_of(&self, day: NaiveDate, answers: &Answers) -> WeekCount {
        let (monday, sunday) = (monday_of(day), sunday_of(day));
        let mut week = WeekCount {
            from: monday,
            wanted: 0,
            done: 0,
            tried: 0,
            rested: 0,
            paused_days: 0,
        };
        for answer in answers.between(monday, sunday) {
            match answer.did {
                Did::Did | Did::Part => week.done += 1,
                Did::Tried => week.tried += 1,
                Did::Rested => week.rested += 1,
                Did::CouldNot | Did::Unknown(_) => {}
            }
        }
        let span = self.span_of_week(day);
        let mut days_that_count = 0;
        for day in days_between(monday, sunday) {
            week.paused_days += u32::from(self.in_range(day) && self.is_paused(day));
            if !self.counts_with(day, answers) {
                continue;
            }
            days_that_count += 1;
            if let Some(
                span @ OftenSpan {
                    often: Some(often), ..
                },
            ) = span
            {
                week.wanted += self.times_on(often, span, day);
            }
        }
        if let Some(OftenSpan {
            often: Some(Often::TimesAWeek(times)),
            ..
        }) = span
        {
            week.wanted = u32::from(*times).min(days_that_count);
        }
        week
    }

    /// Whether the day counts once answers are looked at: not excused, and the day of ending only if answered.
    fn counts_with(&self, day: NaiveDate, answers: &Answers) -> bool {
        let last_stand = self.ended == Some(day)
            && self.from <= day
            && self.last.is_none_or(|last| day <= last)
            && !self.is_paused(day)
            && !answers.on(day).is_empty();
        (self.counts(day) || last_stand) && !answers.is_excused(day)
    }
}
