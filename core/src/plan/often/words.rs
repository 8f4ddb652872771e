//! The words of [`Often`], English and Welsh. These are words people type, not words the program says, so they
//! live here and not in the catalogue.

use super::vocabulary::{counted, part, weekday};
use super::{DaySet, Often, PartSet};
use crate::error::{Error, Result};
use chrono::Weekday;

/// Longest text looked at, in bytes; no way of saying "how often" comes near it.
const LONGEST: usize = 400;

/// Reads a text; the rules are at [`Often::parse`].
pub(super) fn parse(text: &str) -> Result<Often> {
    if text.len() > LONGEST {
        return Err(Error::OftenNotUnderstood);
    }
    let mut plain = String::with_capacity(text.len() + 8);
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            ',' | ';' | '&' | '+' => plain.push_str(" , "),
            '/' => plain.push_str(" / "),
            '’' | '‘' => plain.push('\''),
            _ => plain.push(letter),
        }
    }
    let plain = plain.trim_end_matches(|end: char| end.is_whitespace() || matches!(end, '.' | '!'));
    let tokens: Vec<&str> = plain.split_whitespace().collect();
    let (tokens, any_days) = without_any_days(&tokens);
    match understand(tokens) {
        Some(often) if !any_days || often.weekly().is_some() => Ok(often),
        _ => Err(Error::OftenNotUnderstood),
    }
}

/// Takes "any days" off the end; true if it was there.
fn without_any_days<'a, 'b>(tokens: &'a [&'b str]) -> (&'a [&'b str], bool) {
    let rest = match tokens {
        [rest @ .., "any", "day" | "days"] => rest,
        [
            rest @ ..,
            "unrhyw",
            "ddydd" | "ddiwrnod" | "ddyddiau" | "ddiwrnodau",
        ] => rest,
        _ => return (tokens, false),
    };
    let rest = match rest {
        [rest @ .., "on" | "ar"] => rest,
        _ => rest,
    };
    match rest {
        [rest @ .., ","] => (rest, true),
        _ => (rest, true),
    }
}

fn understand(tokens: &[&str]) -> Option<Often> {
    match tokens {
        ["daily" | "everyday" | "dyddiol" | "beunyddiol"] | ["yn", "ddyddiol"] => {
            Some(Often::Daily)
        }
        ["weekly" | "wythnosol"] | ["yn", "wythnosol"] => Some(Often::TimesAWeek(1)),
        ["alternate", "days"] => Some(Often::EveryOtherDay),
        ["every" | "each" | "bob" | "pob", rest @ ..] => every(rest),
        ["on" | "at" | "ar", rest @ ..] => habit(rest),
        ["by" | "erbyn", rest @ ..] => by(rest),
        _ => times(tokens).or_else(|| habit(tokens)),
    }
}

/// What follows "every".
fn every(tokens: &[&str]) -> Option<Often> {
    match tokens {
        ["day" | "dydd" | "diwrnod"]
        | ["single", "day"]
        | ["day", "of", "the", "week"]
        | ["dydd" | "diwrnod", "o'r", "wythnos"] => Some(Often::Daily),
        ["other" | "second", "day"]
        | ["2" | "two", "days"]
        | [
            "yn",
            "ail" | "eil",
            "dydd" | "ddydd" | "diwrnod" | "ddiwrnod",
        ]
        | ["yn", "eilddydd"]
        | ["eilddydd"]
        | ["ail", "ddydd" | "ddiwrnod"]
        | ["2" | "dau", "ddiwrnod"] => Some(Often::EveryOtherDay),
        ["week" | "wythnos"] => Some(Often::TimesAWeek(1)),
        ["single", rest @ ..] => listed(rest),
        _ => listed(tokens),
    }
}

/// A habit said without "every": "weekdays", "tuesdays and fridays". A single day in the singular could as
/// well be one date, so it is asked about again.
fn habit(tokens: &[&str]) -> Option<Often> {
    let habitual = match tokens {
        ["dyddiau" | "ddyddiau" | "ddydd", ..]
        | [_, "to" | "i", _]
        | ["dydd", _, "i", "ddydd", _] => true,
        [.., "tues" | "weds" | "thurs"] => false,
        [
            ..,
            "weekend" | "penwythnosau" | "benwythnosau" | "boreau" | "prynhawniau",
        ] => true,
        [.., last] => last.ends_with('s'),
        [] => false,
    };
    if habitual { listed(tokens) } else { None }
}

/// Days of the week and parts of the day, one after the other.
fn listed(tokens: &[&str]) -> Option<Often> {
    match tokens {
        ["weekday" | "weekdays"]
        | ["working" | "work", "day" | "days"]
        | ["dydd" | "diwrnod" | "dyddiau" | "ddyddiau", "gwaith"]
        | ["dyddiau'r" | "ddyddiau'r", "wythnos"]
        | ["yn", "ystod", "yr", "wythnos"] => return Some(on(DaySet::WORKING, PartSet::default())),
        ["weekend" | "weekends" | "penwythnos" | "penwythnosau" | "benwythnosau"]
        | [
            "the" | "y",
            "weekend" | "weekends" | "penwythnos" | "penwythnosau",
        ] => {
            return Some(on(DaySet::WEEKEND, PartSet::default()));
        }
        [first, "to" | "i", last] | ["dydd", first, "i", "ddydd", last] => {
            return Some(on(
                from_to(weekday(first)?, weekday(last)?),
                PartSet::default(),
            ));
        }
        _ => {}
    }
    let (mut days, mut parts) = (DaySet::default(), PartSet::default());
    let (mut named_days, mut named_parts, mut day_after_part) = (0_u32, 0_u32, false);
    for token in tokens {
        if let Some(day) = weekday(token) {
            days.insert(day);
            named_days += 1;
            day_after_part |= named_parts > 0;
        } else if let Some(part) = part(token) {
            parts.insert(part);
            named_parts += 1;
        } else if !is_filler(token) {
            return None;
        }
    }
    if named_days == 0 && named_parts == 0 {
        return None;
    }
    if named_days == 0 {
        return Some(on(DaySet::ALL, parts));
    }
    // "Tuesday morning and Friday" leaves Friday open: the parts must follow all days, or be one part that
    // leads the list or stands at every day.
    let first_is_part = tokens.first().is_some_and(|token| part(token).is_some());
    let one_part =
        parts.count() == 1 && (named_parts == named_days || (named_parts == 1 && first_is_part));
    (!day_after_part || one_part).then(|| on(days, parts))
}

/// All seven days with no part of the day are simply every day.
fn on(days: DaySet, parts: PartSet) -> Often {
    if days == DaySet::ALL && parts.count() == 0 {
        Often::Daily
    } else {
        Often::Weekdays { days, parts }
    }
}

/// The days from one to another, going round the end of the week.
fn from_to(first: Weekday, last: Weekday) -> DaySet {
    let mut days = DaySet::default();
    let mut day = first;
    days.insert(day);
    while day != last {
        day = day.succ();
        days.insert(day);
    }
    days
}

fn is_filler(token: &str) -> bool {
    matches!(
        token,
        "," | "and"
            | "every"
            | "each"
            | "on"
            | "a"
            | "ac"
            | "bob"
            | "pob"
            | "phob"
            | "dydd"
            | "ddydd"
            | "dyddiau"
            | "ddyddiau"
            | "gyda'r"
    )
}

/// What follows "by": a day of the week.
fn by(tokens: &[&str]) -> Option<Often> {
    match tokens {
        [day] | ["dydd" | "ddydd" | "nos", day] => weekday(day).map(Often::OnceBy),
        _ => None,
    }
}

/// "3 times a week" and its kin.
fn times(tokens: &[&str]) -> Option<Often> {
    let (count, rest) = counted(tokens)?;
    match rest {
        ["by" | "erbyn", rest @ ..] if count == 1 => by(rest),
        [
            "a" | "per" | "each" | "every" | "/" | "this" | "the",
            "week",
        ]
        | ["in" | "every", "a" | "the" | "one", "week"]
        | ["weekly"]
        | ["yr" | "bob" | "pob" | "yn", "wythnos"]
        | ["mewn", "wythnos"]
        | ["yr", "wythnos", "hon" | "yma"]
        | ["yn", "yr", "wythnos"]
        | ["wythnos", "hon" | "yma"]
        | ["yn", "wythnosol"] => (1..=7).contains(&count).then_some(Often::TimesAWeek(count)),
        ["a" | "per" | "each" | "every" | "/", "day"]
        | ["in", "a" | "the", "day"]
        | ["daily"]
        | ["y", "dydd" | "diwrnod"]
        | ["bob" | "pob", "dydd" | "diwrnod"]
        | ["mewn", "diwrnod"]
        | ["yn", "ddyddiol"] => match count {
            1 => Some(Often::Daily),
            2..=24 => Some(Often::TimesADay(count)),
            _ => None,
        },
        ["every" | "each" | "bob" | "pob", rest @ ..] if count == 1 => every(rest),
        _ => None,
    }
}
