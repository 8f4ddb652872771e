//! A plan, field by field, up to how sure the person is of it.

use super::build::{Seen, Shown, rating_of};
use super::turn::Turn;
use super::{Place, Step, Topic, goal};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::plan::{self, Answers};
use crate::rating::Kind;
use crate::record::Acts;
use crate::words::Words;

pub(super) fn ask(seen: &Seen, place: &Place) -> Option<Shown> {
    let (key, field) = match place.step {
        Step::ReplaceWhy => ("ask-replace-why", "why"),
        Step::Bit => ("ask-bit", "bit"),
        Step::What => ("ask-what", "what"),
        Step::When => ("ask-when", "when"),
        Step::Where => ("ask-where", "where"),
        Step::Often => ("ask-often", "often"),
        Step::Support => ("ask-support", "support"),
        Step::Sure => {
            let rating = seen.newest(seen.plan(place), Kind::Confidence);
            let shown = seen.scale(seen.say("plan-sure-question"), "sure", rating);
            return Some(shown.own(in_one_line(seen, place)));
        }
        _ => return None,
    };
    let about_goal = matches!(place.step, Step::ReplaceWhy | Step::Bit | Step::What);
    let own = if about_goal {
        seen.goal_words(place)
    } else {
        seen.plan_text(place, "what")
    };
    let now = seen
        .plan_text(place, field)
        .or_else(|| place.held(field).map(str::to_owned));
    let shown = Shown::text(seen.say(key)).own(own).answered(now);
    Some(match place.step {
        Step::Bit => shown.hint(seen.say("goal-how")).skippable(),
        Step::What => shown.hint(seen.say("ask-what-hint")),
        Step::When => shown.hint(seen.say("ask-when-hint")).skippable(),
        Step::Often => often(seen, place, shown),
        Step::Support => shown.hint(seen.say("ask-support-hint")).skippable(),
        _ => shown.skippable(),
    })
}

/// Three examples stand ready to be taken over once something was typed that could not be read.
pub(super) fn often(seen: &Seen, place: &Place, shown: Shown) -> Shown {
    let examples = ["ask-often-1", "ask-often-2", "ask-often-3"].map(|key| seen.say(key));
    let shown = shown.skippable();
    if place.typed.is_some() {
        shown.suggesting(examples.into())
    } else {
        shown.hint(seen.say_with("ask-often-hint", "example", &examples[0]))
    }
}

/// What, how often, when and where, as one line of the person's own words.
fn in_one_line(seen: &Seen, place: &Place) -> Option<String> {
    let rest = ["often", "when", "where"].map(|field| seen.plan_text(place, field));
    let all: Vec<String> = std::iter::once(seen.plan_text(place, "what"))
        .chain(rest)
        .flatten()
        .collect();
    (!all.is_empty()).then(|| all.join(", "))
}

pub(super) fn answer(
    acts: &mut Acts,
    _words: Words,
    place: &Place,
    given: Option<&str>,
) -> Option<Result<Turn>> {
    let field = match place.step {
        Step::ReplaceWhy => "why",
        Step::Bit => "bit",
        Step::What => return Some(what(acts, place, given)),
        Step::When => "when",
        Step::Where => "where",
        Step::Often => "often",
        Step::Support => "support",
        Step::Sure => return Some(rate(acts, place, given)),
        Step::SureWhy => return Some(goal::why(acts, place, given, after_sure(place))),
        _ => return None,
    };
    Some(write(acts, place, field, given))
}

/// After how sure: a plan under way looks at the gate, a changed one goes on to its check-in.
fn after_sure(place: &Place) -> Step {
    if place.topic == Topic::Change {
        Step::CheckDay
    } else {
        Step::OwnIdea
    }
}

/// The first field begins the plan, with what was held for it.
fn what(acts: &mut Acts, place: &Place, given: Option<&str>) -> Result<Turn> {
    let Some(plan) = &place.plan else {
        let held = |name| place.held(name).map(str::to_owned);
        let answers = Answers {
            what: Some(given.ok_or(Error::Empty)?.to_owned()),
            bit: held("bit"),
            replaces: place.held("replaces").map(Id::read),
            why: held("why"),
            ..Answers::default()
        };
        let goal = place.goal.clone().ok_or(Error::UnknownId)?;
        let plan = plan::new(acts, &goal, &answers)?;
        let mut to = place.to(Step::When);
        to.held.clear();
        to.plan = Some(plan);
        return Ok(Turn::to(to));
    };
    write_field(acts, plan, "what", given)?;
    Ok(Turn::to(after(place, Step::What)))
}

fn write(acts: &mut Acts, place: &Place, field: &str, given: Option<&str>) -> Result<Turn> {
    let to = after(place, place.step);
    match (&place.plan, given) {
        (_, None) => Ok(Turn::to(to)),
        (Some(plan), given) => {
            write_field(acts, plan, field, given)?;
            Ok(Turn::to(to))
        }
        // There is no plan to keep it in yet.
        (None, Some(text)) => {
            crate::record::acts::checked(text)?;
            Ok(Turn::to(to.holding(field, text)))
        }
    }
}

/// Writes one answer of a plan.
pub(super) fn write_field(
    acts: &mut Acts,
    plan: &Id,
    field: &str,
    given: Option<&str>,
) -> Result<()> {
    let text = given.map(str::to_owned);
    let mut answers = Answers::default();
    match field {
        "what" => answers.what = text,
        "bit" => answers.bit = text,
        "when" => answers.when = text,
        "where" => answers.place = text,
        "often" => answers.often = text,
        "support" => answers.support = text,
        "why" => answers.why = text,
        _ => return Err(Error::NotAnAnswer),
    }
    plan::edit(acts, plan, &answers).map(|_| ())
}

/// The question after one that was answered: the next, or the review where the person came from there.
fn after(place: &Place, step: Step) -> Place {
    let next = match step {
        Step::ReplaceWhy => Step::Bit,
        Step::Bit => Step::What,
        Step::What => Step::When,
        Step::When => Step::Where,
        Step::Where => Step::Often,
        Step::Often => Step::Support,
        _ => Step::Barrier,
    };
    back_or(place, next)
}

/// A question of a plan, or the review where the person came from there.
pub(super) fn back_or(place: &Place, next: Step) -> Place {
    let mut to = place.to(next);
    if to.held.remove("back").is_some() {
        to.step = Step::Review;
    }
    to
}

fn rate(acts: &mut Acts, place: &Place, given: Option<&str>) -> Result<Turn> {
    let plan = place.plan.clone().ok_or(Error::UnknownId)?;
    let rating = plan::rate(acts, &plan, &rating_of(given.ok_or(Error::Empty)?)?, None)?;
    Ok(Turn::to(
        place.to(Step::SureWhy).holding("rating", rating.as_str()),
    ))
}
