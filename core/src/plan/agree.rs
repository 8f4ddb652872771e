//! Agreeing a plan: the gate and the follow-up within 14 days.

use super::{OVER, begin, gate, state};
use crate::clock::zone::parse_day;
use crate::error::{Error, Result};
use crate::follow_up;
use crate::goal;
use crate::id::Id;
use crate::record::acts::checked;
use crate::record::{Acts, Noun};
use chrono::{Days, NaiveDate};

/// Days from agreeing (day 0) to the last day a follow-up may be on. Locked.
pub const FOLLOW_UP_DAYS: u64 = 14;

/// What agreeing a plan says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Agreeing {
    /// Day of the follow-up, `yyyy-mm-dd`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub follow_up: Option<String>,
    /// How they will check in.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub channel: Option<String>,
    /// A text to go out on the day.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub message: Option<String>,
    /// The person's words for doing it anyway.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub anyway: Option<String>,
}

/// Agrees a plan.
///
/// # Errors
/// When several apply, in this order: [`Error::GoalNotTakenUp`], [`Error::AlreadyAgreed`], [`OVER`] for
/// a plan that was withdrawn or ended before it was agreed, confidence
/// ([`Error::ConfidenceMissing`], [`Error::ConfidenceBelow7`]), [`Error::FollowUpMissing`],
/// [`Error::FollowUpInPast`], [`Error::FollowUpTooLate`].
pub fn agree(acts: &mut Acts, plan: &Id, agreeing: &Agreeing) -> Result<Id> {
    let record = acts.record();
    let plan = record.find(Noun::Plan, plan)?;
    let goal = plan
        .reference("goal")
        .and_then(|id| record.get(Noun::Goal, &id));
    if goal.is_some_and(|goal| goal::state(record, goal) == "proposed") {
        return Err(Error::GoalNotTakenUp);
    }
    if state::agreed(record, plan).is_some() {
        return Err(Error::AlreadyAgreed);
    }
    // What was taken back or ended as a draft is brought back or written anew first.
    if plan.is_withdrawn() || state::state(record, plan, acts.today()) == "ended" {
        return Err(OVER);
    }
    let anyway = agreeing.anyway.as_deref().map(checked).transpose()?;
    if anyway.is_none()
        && let Some(refusal) = gate::gate(record, plan).refusal()
    {
        return Err(refusal);
    }
    let (Some(due), Some(channel)) = (&agreeing.follow_up, &agreeing.channel) else {
        return Err(Error::FollowUpMissing);
    };
    let due = within_14_days(parse_day(due)?, acts.today())?;
    let way_out = gate::way_out(record, plan, anyway.is_some());
    let act = begin(acts, plan, "agree");
    if let Some(way_out) = way_out {
        acts.put(&plan.part, Noun::PlanAct, &act, "way_out", way_out);
    }
    if let Some(anyway) = anyway {
        acts.put(&plan.part, Noun::PlanAct, &act, "anyway", anyway);
    }
    follow_up::put(acts, plan, due, channel, agreeing.message.as_deref())?;
    Ok(plan.id.clone())
}

/// Day 0 to day 14, both included.
/// The day, if it lies from today to 14 days from today.
pub(crate) fn within_14_days(due: NaiveDate, today: NaiveDate) -> Result<NaiveDate> {
    if due < today {
        Err(Error::FollowUpInPast)
    } else if today
        .checked_add_days(Days::new(FOLLOW_UP_DAYS))
        .is_some_and(|last| due > last)
    {
        Err(Error::FollowUpTooLate)
    } else {
        Ok(due)
    }
}
