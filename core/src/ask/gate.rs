//! Below 7: whose idea it was, and the four equal ways on. Whether the gate is open is [`crate::plan::gate`]'s to say.

use super::build::{Seen, Shown, choice, rating_of};
use super::turn::Turn;
use super::{Place, Step};
use crate::error::{Error, Result};
use crate::goal;
use crate::plan::{self, gate::WAYS};
use crate::rating::Kind;
use crate::record::Acts;
use crate::record::acts::checked;
use crate::words::Words;

/// What can be made smaller.
const SMALLER: [&str; 4] = ["amount", "often", "time", "place"];

pub(super) fn ask(seen: &Seen, place: &Place) -> Option<Shown> {
    Some(match place.step {
        Step::OwnIdea => {
            let choices = vec![
                choice("yes", seen.say("cli-yes")),
                choice("no", seen.say("ask-not-really")),
            ];
            Shown::choice(seen.say("plan-gate-own-idea"), choices)
                .own(seen.plan_text(place, "what"))
                .skippable()
        }
        Step::Gate => {
            let rating = seen.newest(seen.plan(place), Kind::Confidence);
            let sure = seen.words.sure(
                rating.and_then(|r| r.int("value")),
                rating.and_then(|r| r.text("word")),
            );
            Shown::choice(
                seen.say("plan-gate-question"),
                seen.codes("plan-way", &WAYS),
            )
            .hint(format!(
                "{} {}",
                seen.say_with("plan-gate-closed", "sure", &sure),
                seen.say("plan-gate-choose")
            ))
            .own(seen.plan_text(place, "what"))
        }
        Step::SmallerKind => Shown::choice(
            seen.say("plan-make-smaller"),
            seen.codes("plan-smaller", &SMALLER),
        )
        .own(seen.plan_text(place, "what"))
        .skippable(),
        Step::Smaller => smaller(seen, place),
        Step::ImportanceAgain => {
            let rating = seen.newest(seen.goal(place), Kind::Importance);
            seen.scale(seen.say("goal-importance-question"), "importance", rating)
                .own(seen.goal_words(place))
                .skippable()
        }
        Step::Reword => Shown::text(seen.say("ask-reword"))
            .hint(seen.say("ask-reword-hint"))
            .own(seen.goal_words(place))
            .skippable(),
        Step::Anyway => Shown::text(seen.say("plan-anyway-question"))
            .own(seen.plan_text(place, "what"))
            .skippable(),
        _ => return None,
    })
}

fn smaller(seen: &Seen, place: &Place) -> Shown {
    let shown = Shown::text(seen.say("ask-smaller")).skippable();
    let own = |field| seen.plan_text(place, field);
    match place.held("smaller") {
        Some("often") => {
            super::plan::often(seen, place, shown).own(own("often").or_else(|| own("what")))
        }
        Some("place") => shown.own(own("where").or_else(|| own("what"))),
        _ => shown.own(own("what")),
    }
}

pub(super) fn answer(
    acts: &mut Acts,
    words: Words,
    place: &Place,
    given: Option<&str>,
) -> Option<Result<Turn>> {
    Some(match place.step {
        Step::OwnIdea => own_idea(acts, words, place, given),
        Step::Gate => way(place, given),
        // A way that was picked and is left again leads back to all four.
        Step::SmallerKind | Step::Smaller | Step::ImportanceAgain | Step::Anyway
            if given.is_none() =>
        {
            let mut to = place.to(Step::Gate);
            to.held.remove("smaller");
            Ok(Turn::to(to))
        }
        Step::SmallerKind => kind(place, given),
        Step::Smaller => make_smaller(acts, words, place, given),
        Step::ImportanceAgain => importance(acts, place, given),
        Step::Reword => reword(acts, place, given),
        Step::Anyway => anyway(words, place, given),
        _ => return None,
    })
}

fn own_idea(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let own = match given {
        None => None,
        Some("yes") => Some(true),
        Some("no") => Some(false),
        Some(_) => return Err(Error::NotAnAnswer),
    };
    let turn = Turn::to(place.to(Step::Gate).holding("idea_asked", "yes"));
    let Some(own) = own else { return Ok(turn) };
    plan::own_idea(acts, place.plan.as_ref().ok_or(Error::UnknownId)?, own)?;
    Ok(if own {
        turn
    } else {
        turn.saying(words.say("ask-make-it-yours", &[]))
    })
}

fn way(place: &Place, given: Option<&str>) -> Result<Turn> {
    let step = match given {
        Some("barrier") => Step::Barrier,
        Some("smaller") => Step::SmallerKind,
        Some("goal_changed") => Step::ImportanceAgain,
        Some("anyway") => Step::Anyway,
        _ => return Err(Error::NotAnAnswer),
    };
    Ok(Turn::to(place.to(step)))
}

fn kind(place: &Place, given: Option<&str>) -> Result<Turn> {
    let kind = given.filter(|kind| SMALLER.contains(kind));
    let kind = kind.ok_or(Error::NotAnAnswer)?;
    Ok(Turn::to(place.to(Step::Smaller).holding("smaller", kind)))
}

fn make_smaller(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let plan = place.plan.as_ref().ok_or(Error::UnknownId)?;
    let kind = place.held("smaller").unwrap_or("amount");
    plan::smaller(acts, plan, kind, given.ok_or(Error::Empty)?)?;
    let mut to = place.to(Step::Sure);
    to.held.remove("smaller");
    Ok(Turn::to(to).saying(words.say("ask-smaller-saved", &[])))
}

fn importance(acts: &mut Acts, place: &Place, given: Option<&str>) -> Result<Turn> {
    let goal = place.goal.as_ref().ok_or(Error::UnknownId)?;
    let rating = rating_of(given.ok_or(Error::Empty)?)?;
    goal::rate(acts, goal, Kind::Importance, &rating, None)?;
    Ok(Turn::to(place.to(Step::Reword)))
}

/// With other words for the goal the gate is open; with the same ones the plan is looked at once more.
fn reword(acts: &mut Acts, place: &Place, given: Option<&str>) -> Result<Turn> {
    let Some(text) = given else {
        return Ok(Turn::to(place.to(Step::Sure)));
    };
    let goal = place.goal.as_ref().ok_or(Error::UnknownId)?;
    goal::reword(acts, goal, text)?;
    Ok(Turn::to(place.to(Step::TeachBack)))
}

/// The words are held until the plan is agreed, which they then open.
fn anyway(words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let text = checked(given.ok_or(Error::Empty)?)?;
    Ok(Turn::to(place.to(Step::TeachBack).holding("anyway", text))
        .saying(words.say("plan-anyway-saved", &[])))
}
