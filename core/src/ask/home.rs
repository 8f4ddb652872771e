//! Where the conversation is when nothing says so: what is due comes first, then the menu.

use super::build::Seen;
use super::close::held_day;
use super::day::put_off_name;
use super::{Place, Step, Topic};
use crate::goal;
use crate::id::Id;
use crate::plan::agree::within_14_days;
use crate::plan::{gate, state};
use crate::record::Noun;
use crate::view::today;

/// The place the next question is asked at.
///
/// What is under way goes first, moved on where the record has gone on without it. Then, each unless it was put off
/// today: a first goal, a goal somebody suggested, check-ins that are due, offers, what is planned today. With nothing due it is the menu.
pub(super) fn place(seen: &Seen) -> Place {
    if let Some(place) = seen
        .talk
        .place
        .clone()
        .and_then(|place| settled(seen, place))
    {
        return place;
    }
    due(seen).unwrap_or_else(|| Place::at(Topic::Home, Step::Menu))
}

fn due(seen: &Seen) -> Option<Place> {
    let put_off = |what: &str| seen.talk.is_put_off(what, seen.today);
    if seen.record.standing(Noun::Goal).is_empty() && !put_off(FIRST_GOAL) {
        return Some(Place::at(Topic::Goal, Step::GoalWords));
    }
    let suggested = seen.record.standing(Noun::Goal).into_iter().find(|goal| {
        goal::state(seen.record, goal) == "proposed" && !put_off(&suggested_name(&goal.id))
    });
    if let Some(goal) = suggested {
        let mut place = Place::at(Topic::Goal, Step::TakeUp);
        place.goal = Some(goal.id.clone());
        return Some(place);
    }
    let day = today::show(seen.record, seen.today, seen.today);
    let list = |name: &str| day[name].as_array().cloned().unwrap_or_default();
    let id = |value: &serde_json::Value| value.as_str().map(Id::read);
    for follow_up in list("follow_ups") {
        let (Some(own), Some(plan)) = (id(&follow_up["id"]), id(&follow_up["plan"])) else {
            continue;
        };
        if !put_off(&check_in_name(&own)) {
            return check_in(seen, &own, &plan);
        }
    }
    for offer in list("offers") {
        if let Some(plan) = id(&offer["plan"]) {
            return Some(about_plan(Topic::Home, Step::Offer, plan));
        }
    }
    for card in list("planned")
        .iter()
        .filter(|card| card["state"] == "to_do")
    {
        if let Some(plan) = id(&card["plan"]).filter(|plan| !put_off(&put_off_name(plan)))
            && !answered_today(seen, &plan)
            && !agreed_today(seen, &plan)
        {
            let mut place = about_plan(Topic::Home, Step::Did, plan);
            place.on = Some(seen.today);
            return Some(place);
        }
    }
    None
}

/// On the day a plan is agreed nobody is asked how it went; the menu has it for who wants to say.
fn agreed_today(seen: &Seen, plan: &Id) -> bool {
    let plan = seen.record.get(Noun::Plan, plan);
    plan.and_then(|plan| state::agreed_on(seen.record, plan)) == Some(seen.today)
}

/// Something was written for the day already, such as "tried": the plan may still be to do, but is not asked again.
fn answered_today(seen: &Seen, plan: &Id) -> bool {
    crate::log::last_day(seen.record, plan) == Some(seen.today)
}

/// What the question for a first goal is called when it is put off.
pub(super) const FIRST_GOAL: &str = "goal";

/// What a goal somebody suggested is called when it is put off.
pub(super) fn suggested_name(goal: &Id) -> String {
    format!("suggested {goal}")
}

/// What a check-in is called when it is put off.
pub(super) fn check_in_name(follow_up: &Id) -> String {
    format!("check_in {follow_up}")
}

/// A question about a plan.
pub(super) fn about_plan(topic: Topic, step: Step, plan: Id) -> Place {
    let mut place = Place::at(topic, step);
    place.plan = Some(plan);
    place
}

/// The first question of a check-in.
pub(super) fn check_in(seen: &Seen, follow_up: &Id, plan: &Id) -> Option<Place> {
    let mut place = about_plan(Topic::CheckIn, Step::Well, plan.clone());
    place.goal = seen.record.get(Noun::Plan, plan)?.reference("goal");
    place.follow_up = Some(follow_up.clone());
    Some(place)
}

/// A place as it stands now: the record may have gone on since it was kept, on this device or another.
fn settled(seen: &Seen, mut place: Place) -> Option<Place> {
    if let Some(goal) = &place.goal {
        let goal = seen.record.get(Noun::Goal, goal)?;
        let state = goal::state(seen.record, goal);
        if goal.is_withdrawn() || state == "achieved" || state == "set_aside" {
            return None;
        }
    }
    if place.topic == Topic::Home && place.on.is_some_and(|on| on != seen.today) {
        return None;
    }
    let Some(id) = &place.plan else {
        return Some(place);
    };
    let plan = seen.record.get(Noun::Plan, id)?;
    if plan.is_withdrawn() {
        return None;
    }
    let agreed = state::agreed(seen.record, plan).is_some();
    match place.topic {
        Topic::Plan if agreed => return None,
        Topic::CheckIn | Topic::Change | Topic::Problem
            if state::ended(seen.record, plan).is_some() =>
        {
            return None;
        }
        _ => {}
    }
    if place.topic == Topic::Plan {
        place = through_the_gate(seen, place);
    }
    if matches!(place.step, Step::Channel | Step::Review)
        && held_day(&place).is_none_or(|day| within_14_days(day, seen.today).is_err())
    {
        place = place.to(Step::CheckDay);
    }
    Some(place)
}

/// The questions below 7 are asked while the gate is closed, and those after it once it is open or passed by anyway.
fn through_the_gate(seen: &Seen, place: Place) -> Place {
    let Some(plan) = seen.plan(&place) else {
        return place;
    };
    let gate = gate::gate(seen.record, plan);
    let passed = gate.refusal().is_none() || place.held("anyway").is_some();
    match place.step {
        Step::OwnIdea | Step::Gate if passed => place.to(Step::TeachBack),
        Step::OwnIdea if place.held("idea_asked").is_some() => place.to(Step::Gate),
        Step::TeachBack | Step::CheckDay | Step::Channel | Step::Review if !passed => match gate {
            gate::Gate::NotRated => place.to(Step::Sure),
            _ => settle_own_idea(place),
        },
        _ => place,
    }
}

fn settle_own_idea(place: Place) -> Place {
    let asked = place.held("idea_asked").is_some();
    place.to(if asked { Step::Gate } else { Step::OwnIdea })
}
