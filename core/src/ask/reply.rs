//! What was typed, read as an answer to the question that was shown.

use super::{Ask, AskKind, Step};
use crate::clock::zone::parse_day;
use crate::error::Error;
use crate::words::{Lang, Words};
use chrono::{Datelike, Days, NaiveDate};

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Reply {
    /// The value of a choice, or words of the person's own, kept byte for byte.
    Given(String),
    /// The question is left out; of a list: it is done.
    Skip,
    /// Not now: on with something else. Always a valid answer.
    NotNow,
    /// The end, for now.
    Stop,
}

impl Reply {
    /// Reads one line a person typed, on the local day that is `today`.
    ///
    /// A number picks the choice or suggestion of that place, save on a scale, where it is the answer. The words of a
    /// choice pick it too. "stop", "not now" and "skip" are understood in every language of the catalogue. Nothing
    /// typed leaves the question out. Anything else is the answer as it was typed, and the rules judge it.
    pub fn read(ask: &Ask, typed: &str, today: NaiveDate) -> Reply {
        let text = typed.trim();
        if text.is_empty() {
            return Reply::Skip;
        }
        if let Some(value) = picked(ask, text) {
            return Reply::Given(value);
        }
        let says = |key: &str| {
            Lang::ALL
                .iter()
                .any(|lang| same(&Words::new(*lang).say(key, &[]), text))
        };
        if says("ask-word-stop") {
            Reply::Stop
        } else if says("offer-not-now") {
            Reply::NotNow
        } else if says("ask-word-skip") {
            Reply::Skip
        } else if ask.kind == AskKind::Date {
            let day = read_day(text, today).map(|day| day.to_string());
            Reply::Given(day.unwrap_or_else(|| text.to_owned()))
        } else {
            Reply::Given(typed.to_owned())
        }
    }
}

impl Words {
    /// Why a reply was not taken, in a sentence that fits the question.
    pub fn refusal(&self, ask: &Ask, error: &Error) -> String {
        let zone = ask.step == Step::Zone.as_str();
        match (error, ask.kind) {
            (Error::Usage { .. } | Error::NotAnAnswer, AskKind::Scale) => {
                self.say("trouble-rating", &[])
            }
            (Error::Usage { .. }, _) if zone => self.say("ask-zone-unknown", &[]),
            (Error::Usage { .. } | Error::NotAnAnswer, _) => self.say("ask-not-a-choice", &[]),
            (Error::Empty, _) => self.say("ask-needs-answer", &[]),
            _ => self.error(error),
        }
    }
}

fn picked(ask: &Ask, text: &str) -> Option<String> {
    let by_number = text.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    if ask.kind != AskKind::Scale
        && let Some(place) = by_number
        && let Some(value) = ask
            .choices
            .get(place)
            .map(|choice| &choice.value)
            .or_else(|| ask.suggestions.get(place))
    {
        return Some(value.clone());
    }
    ask.choices
        .iter()
        .find(|choice| same(&choice.words, text) || same(&choice.value, text))
        .map(|choice| choice.value.clone())
}

/// Alike but for upper and lower case, the full stop, and signs between words.
fn same(a: &str, b: &str) -> bool {
    let bare = |text: &str| -> String {
        let text: String = text
            .chars()
            .map(|c| if c == '_' || c == '-' { ' ' } else { c })
            .filter(|c| !matches!(c, '.' | ',' | '\'' | '’' | '"' | '“' | '”'))
            .collect();
        text.trim().to_lowercase()
    };
    bare(a) == bare(b)
}

/// A day as people write it: `2026-03-20`, `20 March`, `20 March 2026`, a weekday (the next one), today or tomorrow, in
/// any language of the catalogue. Without a year it is the nearest such day to come, or of the last half year.
fn read_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    if let Ok(day) = parse_day(text) {
        return Some(day);
    }
    Lang::ALL
        .iter()
        .find_map(|lang| named_day(Words::new(*lang), text, today))
}

fn named_day(words: Words, text: &str, today: NaiveDate) -> Option<NaiveDate> {
    for (key, ahead) in [("date-today", 0), ("date-tomorrow", 1)] {
        if same(&words.say(key, &[]), text) {
            return today.checked_add_days(Days::new(ahead));
        }
    }
    if same(&words.say("date-yesterday", &[]), text) {
        return today.pred_opt();
    }
    let weekday = |number: u32, text: &str| {
        ["weekday", "weekday-on"]
            .iter()
            .any(|family| same(&words.say(&format!("{family}-{number}"), &[]), text))
    };
    if let Some(number) = (1..=7).find(|number| weekday(*number, text)) {
        return (1..=7)
            .filter_map(|ahead| today.checked_add_days(Days::new(ahead)))
            .find(|day| day.weekday().number_from_monday() == number);
    }
    // "Friday 20 March 2026": a weekday in front says nothing more.
    let mut tokens: Vec<&str> = text.split_whitespace().collect();
    while tokens
        .first()
        .is_some_and(|t| !t.starts_with(|c: char| c.is_ascii_digit()))
    {
        tokens.remove(0);
    }
    let number: u32 = tokens.first()?.parse().ok()?;
    let month = (1..=12).find(|m| {
        same(
            &words.say(&format!("month-{m}"), &[]),
            tokens.get(1).copied().unwrap_or(""),
        )
    })?;
    match tokens.get(2) {
        Some(year) => NaiveDate::from_ymd_opt(year.parse().ok()?, month, number),
        None => [today.year() - 1, today.year(), today.year() + 1]
            .into_iter()
            .filter_map(|year| NaiveDate::from_ymd_opt(year, month, number))
            .min_by_key(|day| (*day - today).num_days().abs()),
    }
}
