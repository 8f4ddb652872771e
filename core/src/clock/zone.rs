//! Days and moments: which local day a moment falls on, and which moment a local time is.

mod read;
#[cfg(test)]
mod tests;

pub use read::{parse_day, parse_day_to_come, parse_moment};

use super::causal::settle;
use crate::error::{Error, Result};
use chrono::{
    DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone,
    Utc,
};
use chrono_tz::Tz;

/// The time zones of a person, from the first to the newest.
///
/// A new zone counts from the next local midnight, told by the old zone, after it was set. So the day on which
/// it was set ends as it began, and no day is left out or comes twice. Only a change of 24 hours or more at once
/// (across the date line) leaves a day out or repeats it, as it does on the calendar there. Stored days never
/// move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zones {
    /// Never empty. Each zone holds from its moment on; the moment of the first is not looked at.
    spans: Vec<(DateTime<Utc>, Tz)>,
}

impl Zones {
    /// The first zone, then the changes in the order of causality, each with the moment it was set by the clock
    /// of the device that set it.
    ///
    /// Moments that contradict that order are moved between the others ([`settle`]). An unknown name is
    /// `usage`.
    pub fn new(first: &str, changes: Vec<(DateTime<Utc>, String)>) -> Result<Zones> {
        Zones::build(first, &changes, latest())
    }

    /// As [`Zones::new`], for a reader who knows that it is `now`: a change said to be set later than that came
    /// from a wrong clock. With a believable change after it, it is moved there; with none, it counts from the
    /// believable one before it, or always, rather than in some later year.
    pub fn known_at(
        first: &str,
        changes: Vec<(DateTime<Utc>, String)>,
        now: DateTime<Utc>,
    ) -> Result<Zones> {
        let now = held(now);
        let mut changes = changes;
        let known = changes.iter().rposition(|(set, _)| *set <= now);
        let start = known
            .and_then(|index| changes.get(index))
            .map_or(earliest(), |(set, _)| *set);
        for (set, _) in changes.iter_mut().skip(known.map_or(0, |index| index + 1)) {
            *set = start;
        }
        Zones::build(first, &changes, now)
    }

    fn build(
        first: &str,
        changes: &[(DateTime<Utc>, String)],
        now: DateTime<Utc>,
    ) -> Result<Zones> {
        let mut zone = named(first)?;
        let mut spans = vec![(earliest(), zone)];
        let set: Vec<_> = changes.iter().map(|(set, _)| held(*set)).collect();
        let mut from = earliest();
        for ((_, name), set) in changes.iter().zip(settle(&set, now)) {
            // Two changes on one day count from the same midnight; a moment before the last change's midnight
            // is still told by the zone that held then, and never counts before it.
            let told = told_at(&spans, set);
            from = next_midnight(told, set).max(from);
            zone = named(name)?;
            spans.push((from, zone));
        }
        Ok(Zones { spans })
    }

    /// UTC for all time: what a zone nobody knows is read as.
    pub fn utc() -> Zones {
        Zones {
            spans: vec![(earliest(), Tz::UTC)],
        }
    }

    /// The person's local day at this moment.
    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        let at = held(at);
        wall_time(self.zone_at(at), at).date()
    }

    /// The person's local time at this moment, with its offset.
    ///
    /// Moments outside the years 1 to 9998 are held to that range, here and everywhere in this module.
    pub fn local(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        let at = held(at);
        at.with_timezone(&offset_at(self.zone_at(at), at))
    }

    /// The moment of a local time. One that happens twice is the first; one that does not exist (a clock going
    /// forward, or the hours jumped over by a change of zone) moves on by the gap.
    pub fn moment(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let mut found = None;
        for (index, (from, zone)) in self.spans.iter().enumerate() {
            let at = resolve(*zone, local);
            if at < *from && index > 0 {
                // Read by the old zone it is already after the change, read by the new one still before it.
                break;
            }
            found = Some(at);
            match self.spans.get(index + 1) {
                Some((until, _)) if at >= *until => {}
                _ => break,
            }
        }
        found.unwrap_or_else(|| held(local.and_utc()))
    }

    /// The name of the newest zone, also before its first midnight.
    pub fn current(&self) -> &str {
        self.spans.last().map_or("UTC", |(_, zone)| zone.name())
    }

    fn zone_at(&self, at: DateTime<Utc>) -> Tz {
        told_at(&self.spans, at)
    }
}

/// Whether the name is one of the time zone database, such as `Europe/London`.
pub fn is_zone(name: &str) -> bool {
    named(name).is_ok()
}

/// The time zone somebody means: its name, in any case, or the one place it is named after, such as "lisbon" for
/// `Europe/Lisbon`. None where nothing, or more than one, is called that.
pub fn find(text: &str) -> Option<&'static str> {
    let folded = |name: &str| name.trim().replace([' ', '-'], "_").to_lowercase();
    let wanted = folded(text);
    let names = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
    if let Some(exact) = names.clone().find(|name| folded(name) == wanted) {
        return Some(exact);
    }
    let mut of_place = names.filter(|name| {
        name.split_once('/')
            .is_some_and(|_| name.rsplit('/').next().map(folded).as_ref() == Some(&wanted))
    });
    match (of_place.next(), of_place.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

/// The moment of a local time in one zone, with the offset that holds then. Twice and never as in
/// [`Zones::moment`]; an unknown name is `usage`.
pub fn moment_in(zone: &str, local: NaiveDateTime) -> Result<DateTime<FixedOffset>> {
    let zone = named(zone)?;
    let at = resolve(zone, local);
    Ok(at.with_timezone(&offset_at(zone, at)))
}

fn named(name: &str) -> Result<Tz> {
    name.parse().map_err(|_| Error::Usage { what: "time zone" })
}

fn told_at(spans: &[(DateTime<Utc>, Tz)], at: DateTime<Utc>) -> Tz {
    let held = spans.iter().rev().find(|(from, _)| *from <= at);
    held.or(spans.first()).map_or(Tz::UTC, |(_, zone)| *zone)
}

fn offset_at(zone: Tz, at: DateTime<Utc>) -> FixedOffset {
    zone.offset_from_utc_datetime(&at.naive_utc()).fix()
}

fn wall_time(zone: Tz, at: DateTime<Utc>) -> NaiveDateTime {
    let utc = at.naive_utc();
    utc.checked_add_offset(offset_at(zone, at)).unwrap_or(utc)
}

/// The first moment of the local day after the one in which `at` falls.
fn next_midnight(zone: Tz, at: DateTime<Utc>) -> DateTime<Utc> {
    match wall_time(zone, at).date().checked_add_days(Days::new(1)) {
        Some(tomorrow) => resolve(zone, tomorrow.and_time(NaiveTime::MIN)),
        None => at,
    }
}

/// The moment of a local time in a zone: the first of two, or moved on by the gap.
fn resolve(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    let local = held(local.and_utc()).naive_utc();
    if let Some(first) = zone.from_local_datetime(&local).earliest() {
        return first.with_timezone(&Utc);
    }
    // The clock jumped over this time. Read by the offset from before the jump it comes out later by the gap.
    // Two days back is before any jump, also one of a whole day.
    let before = local.checked_sub_days(Days::new(2)).unwrap_or(local);
    let offset = zone.offset_from_utc_datetime(&before).fix();
    local.checked_sub_offset(offset).unwrap_or(local).and_utc()
}

/// A moment held to the years 1 to 9998, where no sum of a day or an offset leaves the calendar.
fn held(at: DateTime<Utc>) -> DateTime<Utc> {
    at.clamp(earliest(), latest())
}

fn earliest() -> DateTime<Utc> {
    DateTime::from_timestamp(-62_135_596_800, 0).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

fn latest() -> DateTime<Utc> {
    let end = DateTime::from_timestamp(253_370_764_800, 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
    end.checked_sub_signed(TimeDelta::nanoseconds(1))
        .unwrap_or(end)
}
