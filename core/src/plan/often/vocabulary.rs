//! Single words of "how often", English and Welsh: numbers, days of the week, parts of the day.

use super::Part;
use chrono::Weekday;

/// A number of times at the front: "twice", "3 times", "3x", "tair gwaith".
pub(super) fn counted<'a, 'b>(tokens: &'a [&'b str]) -> Option<(u8, &'a [&'b str])> {
    let (first, rest) = tokens.split_first()?;
    let one_word = match *first {
        "once" | "unwaith" => Some(1),
        "twice" | "dwywaith" | "ddwywaith" => Some(2),
        "thrice" | "teirgwaith" | "deirgwaith" | "theirgwaith" => Some(3),
        "pedairgwaith" | "bedairgwaith" => Some(4),
        "pumgwaith" | "bumgwaith" | "pumwaith" => Some(5),
        "chwegwaith" | "chwechgwaith" => Some(6),
        "saithgwaith" | "seithgwaith" => Some(7),
        _ => first
            .strip_suffix('x')
            .or_else(|| first.strip_suffix('×'))
            .and_then(number),
    };
    if let Some(count) = one_word {
        return Some((count, rest));
    }
    let count = number(first)?;
    match rest {
        ["times" | "time" | "x" | "×" | "gwaith" | "waith", rest @ ..] => Some((count, rest)),
        // "3 days a week" wants 3 days of any week, which is the same count.
        ["days" | "day" | "diwrnod" | "ddiwrnod" | "dydd", rest @ ..]
            if matches!(rest, [.., "week" | "weekly" | "wythnos" | "hon" | "yma"]) =>
        {
            Some((count, rest))
        }
        _ => None,
    }
}

/// A number in digits or as a word.
fn number(word: &str) -> Option<u8> {
    if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return word.parse().ok();
    }
    Some(match word {
        "one" | "un" => 1,
        "two" | "dau" | "dwy" | "ddau" | "ddwy" => 2,
        "three" | "tri" | "tair" | "dri" | "dair" => 3,
        "four" | "pedwar" | "pedair" | "bedwar" | "bedair" => 4,
        "five" | "pum" | "pump" | "bum" | "bump" => 5,
        "six" | "chwe" | "chwech" => 6,
        "seven" | "saith" => 7,
        "eight" | "wyth" => 8,
        "nine" | "naw" => 9,
        "ten" | "deg" | "ddeg" => 10,
        _ => return None,
    })
}

/// A day of the week, with the soft mutations of Welsh.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mondays" | "mon" | "llun" | "lun" => Weekday::Mon,
        "tuesday" | "tuesdays" | "tue" | "tues" | "mawrth" | "fawrth" => Weekday::Tue,
        "wednesday" | "wednesdays" | "wed" | "weds" | "mercher" | "fercher" => Weekday::Wed,
        "thursday" | "thursdays" | "thu" | "thur" | "thurs" | "iau" => Weekday::Thu,
        "friday" | "fridays" | "fri" | "gwener" | "wener" => Weekday::Fri,
        "saturday" | "saturdays" | "sat" | "sadwrn" => Weekday::Sat,
        "sunday" | "sundays" | "sun" | "sul" => Weekday::Sun,
        _ => return None,
    })
}

/// A part of the day.
pub(super) fn part(word: &str) -> Option<Part> {
    Some(match word {
        "morning" | "mornings" | "bore" | "fore" | "boreau" | "foreau" => Part::Morning,
        "afternoon" | "afternoons" | "prynhawn" | "brynhawn" | "phrynhawn" | "pnawn" | "p'nawn"
        | "prynhawniau" => Part::Afternoon,
        "evening" | "evenings" | "noson" | "noswaith" | "hwyr" | "nosweithiau" => Part::Evening,
        "night" | "nights" | "nos" => Part::Night,
        _ => return None,
    })
}
