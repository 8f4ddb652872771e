//! A rest over all plans, and starting again.

use super::build::{Seen, Shown, choice};
use super::day::{reason_of, reasons};
use super::turn::Turn;
use super::{Place, Step};
use crate::clock::zone::parse_day_to_come;
use crate::error::{Error, Result};
use crate::plan::{pause, state};
use crate::record::{Acts, Noun};
use crate::view::page::rest::until_choices;
use crate::words::Words;

pub(super) fn ask(seen: &Seen, place: &Place) -> Option<Shown> {
    Some(match place.step {
        Step::RestWhy => Shown::choice(seen.say("ask-rest-why"), reasons(seen)),
        Step::RestUntil => {
            // A day the person picks is typed as it is.
            let choices = until_choices(seen.today, &seen.words)
                .into_iter()
                .filter(|length| !length.pick_day)
                .map(|length| {
                    let until = length.until.map(|day| day.to_string());
                    choice(until.as_deref().unwrap_or("open"), length.words)
                })
                .collect();
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
    let why = reason_of(given.ok_or(Error::Empty)?)?;
    Ok(Turn::to(
        place.to(Step::RestUntil).holding("why", why.as_str()),
    ))
}

fn until(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let given = given.ok_or(Error::Empty)?;
    let until = (given != "open").then_some(given);
    if let Some(until) = until {
        parse_day_to_come(until, acts.today())?;
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
