//! The rule of 7: whether a plan may be agreed.
//!
//! A person is most likely to do what they planned if their confidence is 7 or more. Source: `domain.md` 1, The
//! rule of 7; `cli.md`, The gate.

use super::acts_of;
use crate::error::Error;
use crate::rating::{self, Kind};
use crate::record::{Noun, OpId, Record, Thing};

/// The confidence from which on a plan may be agreed, out of 10. Locked.
pub const OPEN_FROM: i64 = 7;

/// The ways on from under 7, in the order they are shown; all alike.
pub const WAYS: [&str; 4] = ["barrier", "smaller", "goal_changed", "anyway"];

/// Whether the gate is open without the person's own "anyway", and if not, why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gate {
    /// The newest plan rating is 7 or more, or very sure in words.
    Open,
    /// The goal's importance was looked at again and the goal reworded, both after the plan's last rating.
    OpenByGoalChange,
    /// Rated, but lower.
    Below7,
    /// Never rated.
    NotRated,
}

impl Gate {
    /// `open` or `closed`, as in the contract.
    pub fn as_str(&self) -> &'static str {
        match self {
            Gate::Open | Gate::OpenByGoalChange => "open",
            Gate::Below7 | Gate::NotRated => "closed",
        }
    }

    /// What agreeing is refused with, if it is.
    pub fn refusal(&self) -> Option<Error> {
        match self {
            Gate::Open | Gate::OpenByGoalChange => None,
            Gate::Below7 => Some(Error::ConfidenceBelow7),
            Gate::NotRated => Some(Error::ConfidenceMissing),
        }
    }
}

/// Looks at the gate of a plan.
pub fn gate(record: &Record, plan: &Thing) -> Gate {
    match rating::newest(record, plan, Kind::Confidence) {
        None => Gate::NotRated,
        Some(rating) if rating::opens_gate(rating) => Gate::Open,
        Some(_) if goal_changed(record, plan) => Gate::OpenByGoalChange,
        Some(_) => Gate::Below7,
    }
}

/// Importance rated again, and then the goal reworded, both later than the plan's last rating.
fn goal_changed(record: &Record, plan: &Thing) -> bool {
    let last_rating = rating::of(record, &plan.id)
        .iter()
        .filter_map(|r| began(r))
        .max();
    let Some(goal) = plan
        .reference("goal")
        .and_then(|id| record.get(Noun::Goal, &id))
    else {
        return false;
    };
    let importance = rating::of(record, &goal.id)
        .into_iter()
        .filter(|rating| rating.text("kind") == Some(Kind::Importance.as_str()))
        .filter_map(began)
        .filter(|op| Some(*op) > last_rating)
        .min();
    let reworded = goal
        .field("words")
        .and_then(|field| field.all().last().map(|answer| answer.op));
    importance.is_some_and(|importance| reworded > Some(importance))
}

/// By which way a plan under 7 came to be agreed: `anyway`, `goal_changed`, `smaller`, `barrier`, or none.
pub fn way_out(record: &Record, plan: &Thing, anyway: bool) -> Option<&'static str> {
    if anyway {
        return Some("anyway");
    }
    if gate(record, plan) == Gate::OpenByGoalChange {
        return Some("goal_changed");
    }
    let ever_below = rating::of(record, &plan.id)
        .iter()
        .any(|rating| !rating::opens_gate(rating));
    if !ever_below {
        None
    } else if !acts_of(record, &plan.id, "smaller").is_empty() {
        Some("smaller")
    } else if !crate::barrier::of(record, &plan.id).is_empty() {
        Some("barrier")
    } else {
        None
    }
}

fn began(thing: &Thing) -> Option<OpId> {
    thing.made().map(|answer| answer.op)
}
