//! Who is this, in which time zone, and what matters to them.

use super::build::{Seen, Shown, choice};
use super::turn::Turn;
use super::{Page, Place, Step, Topic};
use crate::about_me;
use crate::clock::zone;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::acts::one_of;
use crate::record::{Acts, Noun, Part};
use crate::words::Words;

/// What a profile can be for.
const ROLES: [&str; 2] = ["person", "staff"];

/// The very first page, before there is a profile to keep anything in. Its answer goes to [`super::begin`].
pub fn name_page(words: Words) -> Page {
    let mut ask = Shown::text(words.say("ask-name", &[]))
        .hint(words.say("ask-name-hint", &[]))
        .ask;
    (ask.number, ask.of) = (1, 4);
    ask.step = "name".into();
    Page {
        mark: "name".into(),
        title: words.say("ask-title-welcome", &[]),
        own_words: None,
        lines: Vec::new(),
        ask,
    }
}

pub(super) fn ask(seen: &Seen, place: &Place) -> Option<Shown> {
    Some(match place.step {
        Step::Role => {
            let choices = vec![
                choice("person", seen.say("ask-role-person")),
                choice("staff", seen.say("ask-role-staff")),
            ];
            Shown::choice(seen.say("ask-role"), choices).skippable()
        }
        Step::Zone => {
            let zone = seen.record.zones().current().to_owned();
            Shown::text(seen.say("ask-zone"))
                .hint(seen.say_with("ask-zone-hint", "zone", &zone))
                .skippable()
        }
        Step::WhatMatters => {
            let section = seen.record.get(Noun::About, &Id::read("what_matters"));
            Shown::text(seen.say("ask-matters"))
                .hint(seen.say("ask-matters-hint"))
                .answered(section.and_then(|section| seen.record.shown_text(section, "text")))
                .skippable()
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
        Step::Role => role(words, place, given),
        Step::Zone => zone_is(acts, place, given),
        Step::WhatMatters => matters(acts, given),
        _ => return None,
    })
}

/// The role is a setting of the device; [`super::store`] keeps it.
fn role(words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    let role = one_of(&ROLES, given.unwrap_or("person"), "role")?;
    let turn = Turn::to(place.to(Step::Zone));
    Ok(if role == "staff" {
        turn.saying(words.say("ask-role-staff-next", &[]))
    } else {
        turn
    })
}

/// The role that was chosen, if that is what was asked.
pub(super) fn chosen_role(page: &Page, given: &str) -> Option<&'static str> {
    let asked = page.ask.step == Step::Role.as_str();
    one_of(&ROLES, given, "role").ok().filter(|_| asked)
}

fn zone_is(acts: &mut Acts, place: &Place, given: Option<&str>) -> Result<Turn> {
    if let Some(given) = given {
        let found = zone::find(given).ok_or(Error::Usage { what: "time zone" })?;
        if found != acts.record().zones().current() {
            let part = Part::circle();
            let id = acts.make(&part);
            acts.put(&part, Noun::Zone, &id, "zone", found);
        }
    }
    Ok(Turn::to(place.to(Step::WhatMatters)))
}

fn matters(acts: &mut Acts, given: Option<&str>) -> Result<Turn> {
    if let Some(text) = given {
        about_me::set(acts, "what_matters", text)?;
    }
    Ok(Turn::to(Place::at(Topic::Goal, Step::GoalWords)))
}
