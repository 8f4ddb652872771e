//! What today's page can need of a record: the plans that run or still wait for a follow-up, and what hangs on them.

use super::state;
use crate::follow_up;
use crate::id::Id;
use crate::record::{Noun, Record};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The things to mark as live. Entries are never among them: they are found by plan and day.
pub fn live(record: &Record, today: NaiveDate) -> BTreeSet<(Noun, Id)> {
    let mut live = BTreeSet::new();
    for noun in [
        Noun::Circle,
        Noun::Need,
        Noun::Member,
        Noun::Zone,
        Noun::Ending,
    ] {
        live.extend(
            record
                .things(noun)
                .into_iter()
                .map(|thing| (noun, thing.id.clone())),
        );
    }
    let mut plans = BTreeSet::new();
    for plan in record.standing(Noun::Plan) {
        let running = state::agreed(record, plan).is_some() && state::ended(record, plan).is_none();
        let waiting = || {
            follow_up::of(record, &plan.id)
                .iter()
                .any(|f| follow_up::done(record, f).is_none())
        };
        if running && (!state::is_over(record, plan, today) || waiting()) {
            plans.insert(plan.id.clone());
            live.insert((Noun::Plan, plan.id.clone()));
            live.extend(plan.reference("goal").map(|goal| (Noun::Goal, goal)));
        }
    }
    for noun in [Noun::PlanAct, Noun::Barrier, Noun::FollowUp] {
        let of_live = |thing: &&crate::record::Thing| {
            thing
                .reference("plan")
                .is_some_and(|plan| plans.contains(&plan))
        };
        live.extend(
            record
                .things(noun)
                .into_iter()
                .filter(of_live)
                .map(|thing| (noun, thing.id.clone())),
        );
    }
    let reviews = record.things(Noun::Review).into_iter();
    let reviews: Vec<_> = reviews
        .filter(|review| {
            review
                .reference("follow_up")
                .is_some_and(|id| live.contains(&(Noun::FollowUp, id)))
        })
        .map(|review| (Noun::Review, review.id.clone()))
        .collect();
    live.extend(reviews);
    live
}
