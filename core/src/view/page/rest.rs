//! Resting one plan or all, and the offer to look at what got in the way.
//!
//! Source: `screens.md`, RestScreen and OfferScreen.

use super::log::{ChoiceView, running};
use super::{PageView, Scene, page};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::log;
use crate::log::answer::Why;
use crate::plan::state;
use crate::record::Noun;
use crate::view::today::offer;
use crate::words::Words;
use chrono::{Days, NaiveDate};

/// The lengths of a rest that are offered, in days with today counted in, and the key of their words.
const LENGTHS: [(u64, &str); 2] = [(3, "rest-3-days"), (7, "rest-1-week")];

/// The page to rest one plan or all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RestPage {
    /// What stands on every page.
    pub page: PageView,
    /// The plans that can rest, in order.
    pub plans: Vec<ChoiceView>,
    /// The words for all of them, where there are several.
    pub all_plans: Option<String>,
    /// Why.
    pub reasons: Vec<ChoiceView>,
    /// Until when.
    pub until_choices: Vec<UntilChoice>,
    /// That a rest takes nothing away.
    pub words: String,
    /// What to say where there is nothing to rest.
    pub empty: Option<String>,
}

/// How long a rest may be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct UntilChoice {
    /// The last resting day; nothing for a rest without an end, and where the person picks a day.
    pub until: Option<NaiveDate>,
    /// Whether the person picks the day.
    pub pick_day: bool,
    /// What a person reads.
    pub words: String,
}

/// The offer to look at what got in the way of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OfferPage {
    /// What stands on every page; the title is the question.
    pub page: PageView,
    /// The plan.
    pub plan: Id,
    /// What the plan is about, in the person's words.
    pub what: String,
    /// The days that did not happen, in words.
    pub days: Vec<String>,
    /// The question.
    pub words: String,
    /// Yes.
    pub look: String,
    /// Not now: it comes back.
    pub later: String,
    /// The plan is fine.
    pub fine: String,
}

/// Makes the page to rest; `plan` is chosen beforehand where the person came from it.
pub fn rest_page(scene: &Scene, plan: Option<&Id>) -> RestPage {
    let Scene {
        record,
        today,
        words,
        ..
    } = *scene;
    let plans: Vec<ChoiceView> = running(record, today)
        .into_iter()
        .map(|thing| ChoiceView {
            value: thing.id.to_string(),
            words: record.shown_text(thing, "what").unwrap_or_default(),
            chosen: plan == Some(&thing.id),
        })
        .collect();
    RestPage {
        page: page(scene, words.say("rest-need", &[])),
        all_plans: (plans.len() > 1).then(|| words.say("rest-all-plans", &[])),
        empty: plans.is_empty().then(|| words.say("rest-nothing", &[])),
        plans,
        reasons: Why::ALL
            .iter()
            .map(|why| ChoiceView {
                value: why.as_str().into(),
                words: words.code("log-reason", why.as_str()),
                chosen: false,
            })
            .collect(),
        until_choices: until_choices(today, words),
        words: words.say("rest-takes-nothing", &[]),
    }
}

/// The lengths of a rest, one without an end, and a day the person picks.
pub(crate) fn until_choices(today: NaiveDate, words: &Words) -> Vec<UntilChoice> {
    let lengths = LENGTHS.into_iter().filter_map(|(days, key)| {
        let until = today.checked_add_days(Days::new(days - 1))?;
        Some(UntilChoice {
            until: Some(until),
            pick_day: false,
            words: words.say(key, &[("day", (&words.day(until)).into())]),
        })
    });
    let open = [("rest-not-sure", false), ("rest-pick-day", true)];
    let open = open.into_iter().map(|(key, pick_day)| UntilChoice {
        until: None,
        pick_day,
        words: words.say(key, &[]),
    });
    lengths.chain(open).collect()
}

/// Makes the page of an offer.
///
/// # Errors
/// [`Error::UnknownId`], also where the offer has gone: something was written down, or it was answered.
pub fn offer_page(scene: &Scene, plan: &Id) -> Result<OfferPage> {
    let Scene {
        record,
        today,
        words,
        ..
    } = *scene;
    let plan = record.find(Noun::Plan, plan)?;
    let answers = log::answers(record, &plan.id);
    let missed = state::timetable(record, plan, today)
        .and_then(|timetable| offer(record, plan, &timetable, &answers, today))
        .ok_or(Error::UnknownId)?;
    let question = words.say("offer-question", &[]);
    let mut days = vec![words.day(missed.first)];
    if missed.second != missed.first {
        days.push(words.day(missed.second));
    }
    Ok(OfferPage {
        page: page(scene, question.clone()),
        plan: plan.id.clone(),
        what: record.shown_text(plan, "what").unwrap_or_default(),
        days,
        words: question,
        look: words.say("offer-look", &[]),
        later: words.say("offer-not-now", &[]),
        fine: words.say("offer-fine", &[]),
    })
}
