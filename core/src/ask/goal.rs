//! A goal: in the person's own words, how important, how sure, and the question each rating leads to.

use super::build::{Seen, Shown, choice, line, rating_of};
use super::turn::Turn;
use super::{Place, Step, Topic};
use crate::error::{Error, Result};
use crate::goal;
use crate::id::Id;
use crate::rating::{self, Kind};
use crate::record::Acts;
use crate::words::Words;

pub(super) fn ask(seen: &Seen, place: &Place) -> Option<Shown> {
    let goal = seen.goal(place);
    Some(match place.step {
        Step::GoalWords => Shown::text(seen.say("goal-question")).hint(seen.say("ask-own-words")),
        Step::Importance => seen
            .scale(
                seen.say("goal-importance-question"),
                "importance",
                seen.newest(goal, Kind::Importance),
            )
            .own(seen.goal_words(place))
            .skippable(),
        Step::GoalSure => seen
            .scale(
                seen.say("goal-sure-question"),
                "sure",
                seen.newest(goal, Kind::Confidence),
            )
            .own(seen.goal_words(place))
            .skippable(),
        Step::ImportanceWhy | Step::GoalSureWhy | Step::SureWhy => seen.about_rating(place)?,
        Step::GoalReview => review(seen, place),
        Step::TakeUp => take_up(seen, place),
        Step::AsideWhy => Shown::text(seen.say("ask-aside-why")).own(seen.goal_words(place)),
        _ => return None,
    })
}

/// A goal somebody suggested becomes one only when the person takes it up.
fn take_up(seen: &Seen, place: &Place) -> Shown {
    let by = seen
        .goal(place)
        .and_then(|goal| seen.record.member_of(&goal.made()?.stamp))
        .and_then(|member| seen.record.member(member));
    let name = by.map(|member| member.name).unwrap_or_default();
    let choices = vec![
        choice("yes", seen.say("idea-offer-yes")),
        choice("later", seen.say("offer-not-now")),
        choice("no", seen.say("idea-offer-no")),
    ];
    let mut shown = Shown::choice(seen.say_with("goal-suggested", "name", &name), choices);
    shown.lines.extend(line(
        Step::GoalWords,
        seen.say("ask-line-suggested"),
        seen.goal_words(place),
    ));
    shown
}

fn review(seen: &Seen, place: &Place) -> Shown {
    let goal = seen.goal(place);
    let said = |kind| {
        let rating = seen.newest(goal, kind)?;
        let (value, word) = (rating.int("value"), rating.text("word"));
        Some(match kind {
            Kind::Importance => seen.words.importance(value, word),
            Kind::Confidence => seen.words.sure(value, word),
        })
    };
    let lines = [
        line(
            Step::GoalWords,
            seen.say("label-words"),
            seen.goal_words(place),
        ),
        line(
            Step::Importance,
            seen.say("label-importance"),
            said(Kind::Importance),
        ),
        line(
            Step::GoalSure,
            seen.say("label-confidence"),
            said(Kind::Confidence),
        ),
    ];
    let choices = vec![
        choice("plan", seen.say("ask-plan-now-yes")),
        choice("later", seen.say("offer-not-now")),
    ];
    Shown::review(
        seen.say("ask-plan-now"),
        lines.into_iter().flatten().collect(),
        choices,
    )
    .hint(seen.say("ask-plan-now-hint"))
}

pub(super) fn answer(
    acts: &mut Acts,
    words: Words,
    place: &Place,
    given: Option<&str>,
) -> Option<Result<Turn>> {
    Some(match place.step {
        Step::GoalWords => words_of_goal(acts, place, given),
        Step::Importance => rate(acts, place, given, Kind::Importance),
        Step::GoalSure => rate(acts, place, given, Kind::Confidence),
        Step::ImportanceWhy => why(acts, place, given, Step::GoalSure),
        Step::GoalSureWhy => why(acts, place, given, Step::GoalReview),
        Step::GoalReview => reviewed(words, place, given),
        Step::TakeUp => taken_up(acts, place, given),
        Step::AsideWhy => aside(acts, words, place, given),
        _ => return None,
    })
}

fn words_of_goal(acts: &mut Acts, place: &Place, given: Option<&str>) -> Result<Turn> {
    let goal = goal::add(acts, given.ok_or(Error::Empty)?, None, None)?;
    let mut to = place.to(Step::Importance);
    to.goal = Some(goal);
    Ok(Turn::to(to))
}

fn rate(acts: &mut Acts, place: &Place, given: Option<&str>, kind: Kind) -> Result<Turn> {
    let (why, next) = match kind {
        Kind::Importance => (Step::ImportanceWhy, Step::GoalSure),
        Kind::Confidence => (Step::GoalSureWhy, Step::GoalReview),
    };
    let Some(given) = given else {
        return Ok(Turn::to(place.to(next)));
    };
    let goal = place.goal.clone().ok_or(Error::UnknownId)?;
    let rating = goal::rate(acts, &goal, kind, &rating_of(given)?, None)?;
    Ok(Turn::to(place.to(why).holding("rating", rating.as_str())))
}

/// Keeps what was said to the question a rating led to beside that rating.
pub(super) fn why(acts: &mut Acts, place: &Place, given: Option<&str>, next: Step) -> Result<Turn> {
    if let (Some(text), Some(rating)) = (given, place.held("rating")) {
        rating::explain(acts, &Id::read(rating), text)?;
    }
    let mut to = place.to(next);
    to.held.remove("rating");
    Ok(Turn::to(to))
}

fn reviewed(words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    match given {
        Some("plan") => {
            let mut to = Place::at(Topic::Plan, Step::Bit);
            to.goal.clone_from(&place.goal);
            Ok(Turn::to(to))
        }
        Some("later") => Ok(Turn::home().saying(words.say("ask-goal-kept", &[]))),
        _ => Err(Error::NotAnAnswer),
    }
}

fn taken_up(acts: &mut Acts, place: &Place, given: Option<&str>) -> Result<Turn> {
    let goal = place.goal.as_ref().ok_or(Error::UnknownId)?;
    match given {
        Some("yes") => {
            goal::take_up(acts, goal)?;
            Ok(Turn::to(place.to(Step::Importance)))
        }
        Some("later") => Ok(Turn::not_now()),
        Some("no") => Ok(Turn::to(place.to(Step::AsideWhy))),
        _ => Err(Error::NotAnAnswer),
    }
}

fn aside(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let goal = place.goal.as_ref().ok_or(Error::UnknownId)?;
    goal::set_aside(acts, goal, given.ok_or(Error::Empty)?)?;
    Ok(Turn::home().saying(words.say("cli-saved", &[])))
}
