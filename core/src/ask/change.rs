//! Changing one answer of a plan: from its review before it is agreed, or after a check-in.

use super::build::{Seen, Shown, choice};
use super::close::FIELDS;
use super::plan::write_field;
use super::turn::Turn;
use super::{Choice, Place, Step, Topic};
use crate::error::{Error, Result};
use crate::record::Acts;
use crate::words::Words;

/// What can be changed before a plan is agreed, besides its fields.
const CLOSING: [(Step, &str); 4] = [
    (Step::Sure, "label-confidence"),
    (Step::TeachBack, "ask-line-said"),
    (Step::CheckDay, "label-due"),
    (Step::Channel, "ask-line-channel"),
];

pub(super) fn ask(seen: &Seen, place: &Place) -> Option<Shown> {
    Some(match place.step {
        Step::ChangeWhat => {
            let mut choices: Vec<Choice> = FIELDS
                .iter()
                .map(|(_, field, label)| choice(field, seen.say(label)))
                .collect();
            if place.topic == Topic::Plan {
                let closing = CLOSING
                    .iter()
                    .map(|(step, label)| choice(step.as_str(), seen.say(label)));
                choices.extend(closing);
            }
            choices.push(choice("done", seen.say("ask-change-done")));
            Shown::choice(seen.say("ask-change-what"), choices).own(seen.plan_text(place, "what"))
        }
        Step::ChangeTo => {
            let now = seen.plan_text(place, place.held("field").unwrap_or("what"));
            let shown = Shown::text(seen.say("ask-change-to")).own(now);
            if place.held("field") == Some("often") {
                super::plan::often(seen, place, shown)
            } else {
                shown.skippable()
            }
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
        Step::ChangeWhat => what(place, given),
        Step::ChangeTo => to(acts, words, place, given),
        _ => return None,
    })
}

fn what(place: &Place, given: Option<&str>) -> Result<Turn> {
    let given = given.ok_or(Error::Empty)?;
    let agreed = place.topic == Topic::Change;
    if given == "done" {
        let next = if agreed { Step::Sure } else { Step::Review };
        return Ok(Turn::to(place.to(next)));
    }
    let field = FIELDS.iter().find(|(_, field, _)| *field == given);
    match field {
        Some((_, field, _)) if agreed => {
            Ok(Turn::to(place.to(Step::ChangeTo).holding("field", field)))
        }
        Some((step, _, _)) => Ok(Turn::to(place.to(*step).holding("back", "yes"))),
        None => {
            let closing = CLOSING.iter().find(|(step, _)| step.as_str() == given);
            let (step, _) = closing.filter(|_| !agreed).ok_or(Error::NotAnAnswer)?;
            // How sure leads to the questions that follow from it, and from there on again.
            let to = place.to(*step);
            Ok(Turn::to(if *step == Step::Sure {
                to
            } else {
                to.holding("back", "yes")
            }))
        }
    }
}

fn to(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let mut next = place.to(Step::ChangeWhat);
    next.held.remove("field");
    let Some(given) = given else {
        return Ok(Turn::to(next));
    };
    let field = place.held("field").ok_or(Error::NotAnAnswer)?;
    let plan = place.plan.as_ref().ok_or(Error::UnknownId)?;
    write_field(acts, plan, field, Some(given))?;
    Ok(Turn::to(next).saying(words.say("cli-saved", &[])))
}
