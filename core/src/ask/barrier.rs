//! What gets in the way, ideas for it, and which to try first.

use super::build::{Seen, Shown, choice};
use super::turn::Turn;
use super::{Place, Step, Topic};
use crate::barrier;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::{Acts, Noun, Record};
use crate::words::Words;

pub(super) fn ask(seen: &Seen, place: &Place) -> Option<Shown> {
    Some(match place.step {
        Step::Barrier => {
            let key = if place.topic == Topic::Plan {
                "barrier-question"
            } else {
                "barrier-question-after"
            };
            Shown::text(seen.say(key))
                .own(seen.plan_text(place, "what"))
                .skippable()
        }
        Step::Ideas => ideas(seen, place),
        Step::ChooseIdea => {
            let choices = ideas_of(seen.record, place)
                .into_iter()
                .map(|(id, text)| choice(id.as_str(), text))
                .collect();
            Shown::choice(seen.say("ask-choose-idea"), choices)
                .own(barrier_text(seen, place))
                .skippable()
        }
        _ => return None,
    })
}

/// Each line is one idea. What helped before comes back as a suggestion, unless it stands here already.
fn ideas(seen: &Seen, place: &Place) -> Shown {
    let known = ideas_of(seen.record, place);
    let mut before = barrier::helped_before(seen.record);
    before.retain(|text| !known.iter().any(|(_, known)| known == text));
    let hint = seen
        .words
        .say("idea-count", &[("count", known.len().into())]);
    Shown::list(seen.say("barrier-over"))
        .hint(hint)
        .own(barrier_text(seen, place))
        .suggesting(before)
        .skippable()
}

fn barrier_text(seen: &Seen, place: &Place) -> Option<String> {
    let barrier = seen.record.get(Noun::Barrier, place.barrier.as_ref()?)?;
    seen.record.shown_text(barrier, "text")
}

fn ideas_of(record: &Record, place: &Place) -> Vec<(Id, String)> {
    let Some(barrier) = &place.barrier else {
        return Vec::new();
    };
    barrier::ideas(record, barrier)
        .into_iter()
        .filter_map(|idea| Some((idea.id.clone(), record.shown_text(idea, "text")?)))
        .collect()
}

pub(super) fn answer(
    acts: &mut Acts,
    words: Words,
    place: &Place,
    given: Option<&str>,
) -> Option<Result<Turn>> {
    Some(match place.step {
        Step::Barrier => begin(acts, words, place, given),
        Step::Ideas => idea(acts, words, place, given),
        Step::ChooseIdea => choose(acts, words, place, given),
        _ => return None,
    })
}

fn begin(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let Some(text) = given else {
        return Ok(onward(words, place));
    };
    let plan = place.plan.clone().ok_or(Error::UnknownId)?;
    let mut to = place.to(Step::Ideas);
    to.barrier = Some(barrier::add(acts, &plan, text)?);
    Ok(Turn::to(to))
}

fn idea(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    match given {
        Some(text) => {
            let barrier = place.barrier.clone().ok_or(Error::UnknownId)?;
            barrier::add_idea(acts, &barrier, text, false, false)?;
            // Each idea is a question of its own: one sent twice by a slip is then answered once.
            let count = place.held("ideas").and_then(|n| n.parse::<u32>().ok());
            let next = count.unwrap_or(0).saturating_add(1).to_string();
            Ok(Turn::to(place.to(Step::Ideas).holding("ideas", &next)))
        }
        None if ideas_of(acts.record(), place).is_empty() => Ok(onward(words, place)),
        None => Ok(Turn::to(place.to(Step::ChooseIdea))),
    }
}

fn choose(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let mut said = None;
    if let Some(id) = given {
        let ideas = ideas_of(acts.record(), place);
        let (id, text) = ideas
            .into_iter()
            .find(|(idea, _)| idea.as_str() == id)
            .ok_or(Error::NotAnAnswer)?;
        barrier::choose(acts, &id)?;
        said = Some(words.say("ask-idea-chosen", &[("idea", (&text).into())]));
    }
    let turn = onward(words, place);
    Ok(match said {
        Some(said) => turn.saying_first(said),
        None => turn,
    })
}

/// Where looking at what got in the way leads to.
pub(super) fn onward(words: Words, place: &Place) -> Turn {
    let mut to = place.to(Step::Sure);
    to.barrier = None;
    to.held.remove("ideas");
    match (place.topic, to.held.remove("after").as_deref()) {
        (Topic::Plan, _) => Turn::to(to),
        (Topic::CheckIn, Some("change")) => super::check_in::change(&to),
        (Topic::CheckIn, _) => Turn::to(to.to(Step::CheckDay)),
        _ => Turn::home().saying(words.say("ask-looked-at", &[])),
    }
}
