//! Days and times in words. The names of months and weekdays are our own table in the catalogue.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

use super::{Arg, Words};

impl Words {
    /// The day without its weekday: "6 August 2026".
    pub fn date(&self, day: NaiveDate) -> String {
        let month = self.say(&format!("month-{}", day.month()), &[]);
        self.say(
            "date-plain",
            &[
                ("day", Arg::from(day.day())),
                ("month", Arg::Text(&month)),
                ("year", Arg::from(day.year())),
            ],
        )
    }

    /// The day with its weekday, to stand alone: "Friday 27 March 2026".
    pub fn day(&self, day: NaiveDate) -> String {
        self.dated("date-day", "weekday", day)
    }

    /// When something happens, to stand in a sentence: "on Friday 27 March 2026".
    ///
    /// Welsh says this with another form of the word for "day", so it is not made of [`Words::day`].
    pub fn on_day(&self, day: NaiveDate) -> String {
        self.dated("date-on", "weekday-on", day)
    }

    /// The time of day on a 24-hour clock: "09:40".
    pub fn time(&self, time: NaiveTime) -> String {
        format!("{:02}:{:02}", time.hour(), time.minute())
    }

    fn dated(&self, key: &str, names: &str, day: NaiveDate) -> String {
        let number = day.weekday().number_from_monday();
        let weekday = self.say(&format!("{names}-{number}"), &[]);
        let date = self.date(day);
        self.say(
            key,
            &[("weekday", Arg::Text(&weekday)), ("date", Arg::Text(&date))],
        )
    }
}
