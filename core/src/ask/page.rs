//! The page of a place: its question, counted and titled.

use super::build::{Seen, Shown};
use super::{Page, Place, Step, Topic};
use super::{barrier, change, check_in, close, day, gate, goal, home, menu, plan, rest, welcome};

/// The page that is to be shown now.
pub(super) fn page(seen: &Seen) -> Page {
    let place = home::place(seen);
    let mut shown = shown(seen, &place);
    let (number, of) = counted(&place);
    shown.ask.step = place.step.as_str().into();
    (shown.ask.number, shown.ask.of) = (number, of);
    if place.typed.is_some() {
        shown.ask.answer.clone_from(&place.typed);
    }
    Page {
        mark: place.mark(),
        title: title(seen, place.topic),
        own_words: shown.own_words,
        lines: shown.lines,
        ask: shown.ask,
    }
}

/// The question of a place.
pub(super) fn shown(seen: &Seen, place: &Place) -> Shown {
    welcome::ask(seen, place)
        .or_else(|| goal::ask(seen, place))
        .or_else(|| plan::ask(seen, place))
        .or_else(|| barrier::ask(seen, place))
        .or_else(|| gate::ask(seen, place))
        .or_else(|| close::ask(seen, place))
        .or_else(|| change::ask(seen, place))
        .or_else(|| check_in::ask(seen, place))
        .or_else(|| day::ask(seen, place))
        .or_else(|| rest::ask(seen, place))
        .unwrap_or_else(|| menu::ask(seen))
}

fn title(seen: &Seen, topic: Topic) -> String {
    match topic {
        Topic::Welcome => seen.say("ask-title-welcome"),
        Topic::Goal => seen.say("ask-title-goal"),
        Topic::Plan => seen.say("ask-title-plan"),
        Topic::Change => seen.say("ask-title-change"),
        Topic::Problem => seen.say("ask-title-problem"),
        Topic::CheckIn => seen.say("ask-title-check-in"),
        Topic::Log => seen.say("ask-title-log"),
        Topic::Rest => seen.say("ask-title-rest"),
        Topic::Home => String::new(),
    }
}

/// Which question of how many: what belongs inside a question has that one's number, a review has none.
/// Source: `screens.md` 3, `GoalStep`, `PlanStep`, `ProblemStep`, `FollowUpStep`.
fn counted(place: &Place) -> (u32, u32) {
    let topic = place.topic;
    // What gets in the way is looked at inside the question of how sure, once that was below 7.
    let inside = topic == Topic::Plan && place.held("idea_asked").is_some();
    let number = match (topic, place.step) {
        (_, Step::Barrier | Step::Ideas | Step::ChooseIdea) if inside => 8,
        (Topic::Welcome, Step::Role) => 2,
        (Topic::Welcome, Step::Zone) => 3,
        (Topic::Welcome, Step::WhatMatters) => 4,
        (Topic::Goal, Step::GoalWords) => 1,
        (Topic::Goal, Step::Importance) => 2,
        (Topic::Goal, Step::ImportanceWhy) => 3,
        (Topic::Goal, Step::GoalSure) => 4,
        (Topic::Goal, Step::GoalSureWhy) => 5,
        (Topic::Plan, Step::ReplaceWhy | Step::Bit) => 1,
        (Topic::Plan, Step::What) => 2,
        (Topic::Plan, Step::When) => 3,
        (Topic::Plan, Step::Where) => 4,
        (Topic::Plan, Step::Often) => 5,
        (Topic::Plan, Step::Support) => 6,
        (Topic::Plan, Step::Barrier | Step::Ideas | Step::ChooseIdea) => 7,
        (Topic::Plan, Step::TeachBack) => 9,
        (Topic::Plan, Step::CheckDay) => 10,
        (Topic::Plan, Step::Channel) => 11,
        (Topic::Plan, Step::Review | Step::ChangeWhat) => 0,
        (Topic::Plan, _) => 8,
        (Topic::Problem, Step::Barrier) => 1,
        (Topic::Problem, Step::Ideas) => 2,
        (Topic::Problem, Step::ChooseIdea) => 3,
        (Topic::CheckIn, Step::Well) => 1,
        (Topic::CheckIn, Step::Harder | Step::IdeaResult) => 2,
        (Topic::CheckIn, Step::CheckDay | Step::Channel) => 4,
        (Topic::CheckIn, _) => 3,
        (Topic::Rest, Step::RestWhy) => 1,
        (Topic::Rest, Step::RestUntil) => 2,
        _ => 0,
    };
    let of = match topic {
        Topic::Welcome | Topic::CheckIn => 4,
        Topic::Goal => 5,
        Topic::Plan => 11,
        Topic::Problem => 3,
        Topic::Rest => 2,
        _ => 0,
    };
    if number == 0 { (0, 0) } else { (number, of) }
}
