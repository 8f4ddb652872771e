//! Days and moments as people and programs write them, read strictly.

use super::moment_in;
use crate::error::{Error, Result};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone};

/// Reads a moment: RFC 3339 with an offset (kept as given), or a local time of `zone` such as
/// `2026-03-02T19:00`, seconds optional in both. Anything else is `bad_date`.
pub fn parse_moment(text: &str, zone: &str) -> Result<DateTime<FixedOffset>> {
    let (day, rest) = text.split_at_checked(10).ok_or(Error::BadDate)?;
    let day = parse_day(day)?;
    let clock = rest.strip_prefix(['T', 't', ' ']).ok_or(Error::BadDate)?;
    let split = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
    let (time, offset) = clock.split_at_checked(split).ok_or(Error::BadDate)?;
    let local = day.and_time(parse_time(time)?);
    let offset = match offset {
        "" => return moment_in(zone, local),
        "Z" | "z" => 0,
        _ => parse_offset(offset)?,
    };
    let offset = FixedOffset::east_opt(offset).ok_or(Error::BadDate)?;
    offset
        .from_local_datetime(&local)
        .single()
        .ok_or(Error::BadDate)
}

/// Reads a day written as `2026-03-02`, years 1 to 9998. A day the calendar does not have is `bad_date`.
pub fn parse_day(text: &str) -> Result<NaiveDate> {
    let (year, rest) = text.split_at_checked(4).ok_or(Error::BadDate)?;
    let (month, day) = match rest.split_at_checked(3) {
        Some((month, day)) => (month.strip_prefix('-'), day.strip_prefix('-')),
        None => return Err(Error::BadDate),
    };
    let (month, day) = month.zip(day).ok_or(Error::BadDate)?;
    let year = i32::try_from(digits(year, 4)?).map_err(|_| Error::BadDate)?;
    if !(1..=9998).contains(&year) {
        return Err(Error::BadDate);
    }
    NaiveDate::from_ymd_opt(year, digits(month, 2)?, digits(day, 2)?).ok_or(Error::BadDate)
}

/// Reads a day that something is to last until or be done by: today or later. One that has gone by is `bad_date`, like
/// one the calendar does not have.
pub fn parse_day_to_come(text: &str, today: NaiveDate) -> Result<NaiveDate> {
    let day = parse_day(text)?;
    if day < today {
        return Err(Error::BadDate);
    }
    Ok(day)
}

/// Reads `19:00`, `19:00:30` or `19:00:30.5`.
fn parse_time(text: &str) -> Result<NaiveTime> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let mut pieces = whole.split(':');
    let hour = digits(pieces.next().ok_or(Error::BadDate)?, 2)?;
    let minute = digits(pieces.next().ok_or(Error::BadDate)?, 2)?;
    let second = pieces.next().map(|second| digits(second, 2)).transpose()?;
    if pieces.next().is_some() || (fraction.is_some() && second.is_none()) {
        return Err(Error::BadDate);
    }
    let nanos = match fraction {
        None => 0,
        Some(fraction) if (1..=9).contains(&fraction.len()) => {
            digits(&format!("{fraction:0<9}"), 9)?
        }
        Some(_) => return Err(Error::BadDate),
    };
    NaiveTime::from_hms_nano_opt(hour, minute, second.unwrap_or(0), nanos).ok_or(Error::BadDate)
}

/// Reads `+01:00` or `-05:30` as seconds east.
fn parse_offset(text: &str) -> Result<i32> {
    let (sign, rest) = text.split_at_checked(1).ok_or(Error::BadDate)?;
    let (hours, minutes) = rest.split_once(':').ok_or(Error::BadDate)?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    if hours > 23 || minutes > 59 {
        return Err(Error::BadDate);
    }
    let seconds = i32::try_from(hours * 3600 + minutes * 60).map_err(|_| Error::BadDate)?;
    Ok(if sign == "-" { -seconds } else { seconds })
}

/// Exactly so many ASCII digits, 9 at most.
fn digits(text: &str, length: usize) -> Result<u32> {
    if text.len() != length || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Error::BadDate);
    }
    text.parse().map_err(|_| Error::BadDate)
}
