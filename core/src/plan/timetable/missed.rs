//! Two planned times missed in a row, which start an offer and nothing else.

use super::answers::{Answers, DayAnswer};
use super::{OftenSpan, Timetable, days_between, monday_of, sunday_of};
use crate::plan::often::Often;
use chrono::{Days, NaiveDate};

/// How far back two planned times are looked for. No two of them lie further apart than two weeks while a plan
/// says how often, so this only bounds the work.
const FURTHEST_BACK: u64 = 70;

/// Two planned times missed in a row. For a weekly count each one short is missed on the Sunday, so both can be
/// the same day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missed {
    /// The earlier one.
    pub first: NaiveDate,
    /// The later one; an answer for any day after it takes the offer away.
    pub second: NaiveDate,
}

impl Timetable {
    /// The newest two planned times missed in a row before today, if nothing was answered for a later day up to
    /// today and no pause came since. `None` while paused today and once the plan ended.
    ///
    /// Missed is a planned day, not paused or excused, with no entry or only `could_not` for other or no
    /// reason. A weekly count is short, once its week has ended, by what is wanted less done and tried, as
    /// trying is no miss. Anything else answered between the two, and a pause between them, breaks the row.
    /// "Twice a day" is one planned day. Putting off, barriers and "fine" are the caller's to compare.
    pub fn missed_twice(&self, today: NaiveDate, answers: &[DayAnswer]) -> Option<Missed> {
        if !self.in_range(today) || self.is_paused(today) {
            return None;
        }
        let answers = Answers::new(answers);
        let answered = answers.last_day_up_to(today);
        let mut second = None;
        for day in self.days_back(today) {
            let missed = self.missed_on(day, &answers);
            let breaks = answers.on(day).iter().any(|answer| !answer.leaves_missed());
            match second {
                Some(second) if missed > 0 => return Some(Missed { first: day, second }),
                None if missed > 0 => {
                    if answered.is_some_and(|answered| answered > day) {
                        return None;
                    }
                    if missed > 1 {
                        return Some(Missed {
                            first: day,
                            second: day,
                        });
                    }
                    second = Some(day);
                }
                _ => {}
            }
            if breaks {
                return None;
            }
        }
        None
    }

    /// The earliest day whose answers can matter to [`Timetable::week`], [`Timetable::state_on`] and
    /// [`Timetable::missed_twice`] of today. At most about 11 weeks back, most often 1 or 2.
    pub fn answers_needed_from(&self, today: NaiveDate) -> NaiveDate {
        let mut earliest = monday_of(today).min(self.start_of_time(today));
        if !self.in_range(today) || self.is_paused(today) {
            return earliest;
        }
        let nothing = Answers::new(&[]);
        let planned = self
            .days_back(today)
            .filter(|day| self.missed_on(*day, &nothing) > 0);
        // A third one tells whether an offer stood the day before, and so whether it was answered then.
        for day in planned.take(3) {
            earliest = earliest.min(self.start_of_time(day));
        }
        earliest
    }

    /// The days before today, newest first, back to the newest paused one or the start.
    fn days_back(&self, today: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        let furthest = today
            .checked_sub_days(Days::new(FURTHEST_BACK))
            .unwrap_or(NaiveDate::MIN);
        let start = self.from.max(furthest);
        let days: Vec<NaiveDate> = days_between(start, today)
            .filter(|day| *day < today)
            .collect();
        days.into_iter()
            .rev()
            .take_while(|day| !self.is_paused(*day))
    }

    /// How many planned times count as missed on this day, which lies before today.
    fn missed_on(&self, day: NaiveDate, answers: &Answers) -> u32 {
        let Some(
            span @ OftenSpan {
                often: Some(often), ..
            },
        ) = self.span_of_week(day)
        else {
            return 0;
        };
        if !self.counts(day) {
            return 0;
        }
        match often {
            Often::TimesAWeek(_) if day == sunday_of(day) => {
                let week = self.week_of(day, answers);
                week.wanted
                    .saturating_sub(week.done.saturating_add(week.tried))
            }
            Often::TimesAWeek(_) => 0,
            _ if self.times_on(often, span, day) == 0 => 0,
            Often::OnceBy(by) => {
                let window = self.window(span, *by);
                let within = answers.between(window.start, window.target);
                u32::from(within.iter().all(|answer| answer.leaves_missed()))
            }
            _ => u32::from(answers.on(day).iter().all(|answer| answer.leaves_missed())),
        }
    }

    /// The first day whose answers say how the planned time of this day went.
    fn start_of_time(&self, day: NaiveDate) -> NaiveDate {
        match self.span_of_week(day) {
            Some(OftenSpan {
                often: Some(Often::TimesAWeek(_)),
                ..
            }) => monday_of(day),
            Some(
                span @ OftenSpan {
                    often: Some(Often::OnceBy(by)),
                    ..
                },
            ) => self.window(span, *by).start.min(day),
            _ => day,
        }
    }
}
