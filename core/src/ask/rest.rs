//! A rest over all plans, and starting again.

use super::build::{Seen, Shown, choice};
use super::day::REASONS;
use super::turn::Turn;
use super::{Place, Step};
use crate::error::{Error, Result};
use crate::plan::{pause, state};
use crate::record::acts::one_of;
use crate::record::{Acts, Noun};
use crate::words::Words;
use chrono::Days;

/// Lengths of a rest that can be picked, in days, today included.
const LENGTHS: [(u64, &str); 2] = [(3, "ask-rest-3"), (7, "ask-rest-7")];

pub(super) fn ask(seen: &Seen, place: &Place) -> Option<Shown> {
    Some(match place.step {
        Step::RestWhy => {
            Shown::choice(seen.say("ask-rest-why"), seen.codes("log-reason", &REASONS))
        }
        Step::RestUntil => {
            let days = LENGTHS.iter().filter_map(|(days, key)| {
                let last = seen.today.checked_add_days(Days::new(days - 1))?;
                let words = seen.say_with(key, "day", &seen.words.day(last));
                Some(choice(&last.to_string(), words))
            });
            let mut choices: Vec<_> = days.collect();
            choices.push(choice("open", seen.say("ask-rest-open")));
            Shown::date(seen.say("ask-rest-until"), choices)
        }
        _ => return None,
    })
}

pub(super) fn answer(
    acts: &mut Acts,
    words: Words,
    place: &Place,
    given: Option<&str>,
) -> Option<Result<Turn>> {
    Some(match place.step {
        Step::RestWhy => why(place, given),
        Step::RestUntil => until(acts, words, place, given),
        _ => return None,
    })
}

fn why(place: &Place, given: Option<&str>) -> Result<Turn> {
    let why = one_of(&REASONS, given.ok_or(Error::Empty)?, "why")?;
    Ok(Turn::to(place.to(Step::RestUntil).holding("why", why)))
}

fn until(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let given = given.ok_or(Error::Empty)?;
    let until = (given != "open").then_some(given);
    if let Some(until) = until
        && crate::clock::zone::parse_day(until)? < acts.today()
    {
        return Err(Error::BadDate);
    }
    pause::rest(acts, place.held("why").unwrap_or("other"), None, until)?;
    Ok(Turn::home().saying(words.say("rest-saved", &[])))
}

/// Starts every resting plan again.
pub(super) fn start_again(acts: &mut Acts, words: Words) -> Result<Turn> {
    let (record, today) = (acts.record(), acts.today());
    let resting: Vec<_> = record
        .standing(Noun::Plan)
        .into_iter()
        .filter(|plan| state::state(record, plan, today) == "paused")
        .map(|plan| plan.id.clone())
        .collect();
    for plan in &resting {
        pause::resume(acts, plan)?;
    }
    Ok(Turn::home().saying(words.say("ask-started-again", &[])))
}
