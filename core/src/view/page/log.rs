//! Writing down how a planned time went, with details; correcting it; and writing for another day.
//!
//! Source: `screens.md`, LogScreen and LogDayScreen.

use super::today::{AnswerChoice, answers, saved};
use super::{PageView, Scene, page};
use crate::clock::zone::parse_day;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::log;
use crate::log::answer::{Did, Why};
use crate::log::packed::Packed;
use crate::plan::state;
use crate::record::acts::id_of;
use crate::record::{Noun, Record, Thing};
use crate::words::Words;
use chrono::{Days, NaiveDate};

/// How many days back the page for another day goes, before today. Source: `screens.md`, LogDayScreen.
const DAYS_BACK: u64 = 14;

/// The page with the details of one planned time; all of them may be left out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct LogPage {
    /// What stands on every page.
    pub page: PageView,
    /// The plan.
    pub plan: Id,
    /// What the person planned, in their words.
    pub what: String,
    /// The day it is about.
    pub on: NaiveDate,
    /// The day in words.
    pub on_words: String,
    /// The answers, the one given chosen.
    pub answers: Vec<ChoiceView>,
    /// The answer given, if one was.
    pub did: Option<String>,
    /// How much, in the person's words.
    pub amount: Option<String>,
    /// The question over the scale.
    pub felt_question: String,
    /// How it felt: 0 to 10, each with its words.
    pub felt: Vec<ScaleCell>,
    /// The question over the reasons; nothing where no reason is asked for.
    pub why_question: Option<String>,
    /// Reasons to pick from, the one given chosen; empty where no reason is asked for.
    pub reasons: Vec<ReasonView>,
    /// The note as it is kept.
    pub note: Option<String>,
    /// Something half typed on this page, to go on with.
    pub draft: Option<String>,
    /// The page its draft is kept under.
    pub draft_page: String,
    /// What is corrected: the newest version first, and those before it.
    pub corrects: Vec<EntryView>,
    /// What the correction does: old and new are both kept.
    pub corrects_words: Option<String>,
    /// A rest to offer for the reason given.
    pub offer_rest: Option<String>,
    /// That nobody reads this at once, and whom to call.
    pub help: String,
}

/// A choice that can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ChoiceView {
    /// The value, to hand back.
    pub value: String,
    /// What a person reads.
    pub words: String,
    /// Whether it is picked.
    pub chosen: bool,
}

/// One cell of the scale.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ScaleCell {
    /// 0 to 10.
    pub value: i64,
    /// The number with its words, as a screen reader says it: "7 out of 10, went well".
    pub spoken: String,
    /// The words of the band this cell begins; the cells after it, up to the next with words, belong to it.
    pub band: Option<String>,
    /// Whether it is picked.
    pub chosen: bool,
}

/// A reason that can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ReasonView {
    /// The reason, to hand back.
    pub why: String,
    /// What a person reads.
    pub words: String,
    /// Whether it is picked.
    pub chosen: bool,
    /// The rest to offer once it is picked.
    pub offer_rest: Option<String>,
}

/// One version of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct EntryView {
    /// The version's id.
    pub entry: Id,
    /// When it was saved and what it said.
    pub words: String,
    /// Its details in words, one a line.
    pub details: Vec<String>,
}

/// The page for another day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct LogDayPage {
    /// What stands on every page.
    pub page: PageView,
    /// The plans to write about, in order; the one this page is about is chosen.
    pub plans: Vec<ChoiceView>,
    /// The days before today, newest first.
    pub days: Vec<DayView>,
    /// The five answers for the plan chosen.
    pub answers: Vec<AnswerChoice>,
    /// The last day that may be picked: today.
    pub last: NaiveDate,
    /// What to say where nothing is agreed yet.
    pub empty: Option<String>,
}

/// A day that can be written about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct DayView {
    /// The day.
    pub on: NaiveDate,
    /// The day, and what is written for it.
    pub words: String,
    /// The answer written for it, the newest of several.
    pub did: Option<String>,
}

/// The name of the page under which a half-typed note is kept.
pub fn draft_page(about: &Id) -> String {
    format!("log/{about}")
}

/// The page for a plan and a day, today where none is given, with nothing said but perhaps the answer.
///
/// # Errors
/// [`Error::UnknownId`], [`Error::AmbiguousId`]; [`Error::BadDate`]; [`Error::Usage`] for an answer that is none.
pub fn log_page(
    scene: &Scene,
    plan: &Id,
    on: Option<&str>,
    did: Option<&str>,
    draft: Option<String>,
) -> Result<LogPage> {
    let plan = scene.record.find(Noun::Plan, plan)?;
    let on = on.map(parse_day).transpose()?.unwrap_or(scene.today);
    let did = did.map(|did| Did::parse(did).ok_or(Error::Usage { what: "did" }));
    let blank = Given {
        did: did.transpose()?,
        why: None,
        felt: None,
        amount: None,
        note: None,
    };
    let mut shown = details(scene, plan, on, blank);
    shown.draft = draft;
    Ok(shown)
}

/// The page that corrects an entry: what is kept now, and every version before.
///
/// # Errors
/// [`Error::UnknownId`], [`Error::AmbiguousId`].
pub fn correct_page(scene: &Scene, entry: &Id, draft: Option<String>) -> Result<LogPage> {
    let Scene { record, words, .. } = *scene;
    let thing = log::find(record, entry)?;
    let now = record
        .shown(thing, "")
        .and_then(|answer| Packed::read(&answer.value))
        .ok_or(Error::Damaged)?;
    let plan = record.find(Noun::Plan, &now.plan)?;
    let given = Given {
        did: Some(now.did),
        why: now.why,
        felt: now.felt.map(i64::from),
        amount: now.amount.clone(),
        note: now.note.clone(),
    };
    let mut shown = details(scene, plan, now.on, given);
    shown.draft = draft;
    shown.draft_page = draft_page(entry);
    shown.corrects = versions(record, thing, words);
    shown.corrects_words = Some(words.say("log-correct-kept", &[]));
    Ok(shown)
}

struct Given {
    did: Option<Did>,
    why: Option<Why>,
    felt: Option<i64>,
    amount: Option<String>,
    note: Option<String>,
}

fn details(scene: &Scene, plan: &Thing, on: NaiveDate, given: Given) -> LogPage {
    let Scene {
        record,
        today,
        words,
        ..
    } = *scene;
    let what = record.shown_text(plan, "what").unwrap_or_default();
    let asks_why = matches!(
        given.did,
        Some(Did::CouldNot | Did::Rested | Did::Part | Did::Tried)
    );
    let reasons = if asks_why || given.why.is_some() {
        reasons(given.why, words)
    } else {
        Vec::new()
    };
    LogPage {
        page: page(scene, words.say("log-how-question", &[])),
        plan: plan.id.clone(),
        what,
        on,
        on_words: near_day(on, today, words),
        answers: Did::ALL
            .iter()
            .map(|did| ChoiceView {
                value: did.as_str().into(),
                words: words.code("log-did", did.as_str()),
                chosen: given.did == Some(*did),
            })
            .collect(),
        did: given.did.map(|did| did.as_str().into()),
        amount: given.amount,
        felt_question: words.say("log-felt-question", &[]),
        felt: scale(given.felt, words),
        why_question: (!reasons.is_empty()).then(|| words.say("barrier-question-after", &[])),
        offer_rest: reasons
            .iter()
            .find(|reason| reason.chosen)
            .and_then(|reason| reason.offer_rest.clone()),
        reasons,
        note: given.note,
        draft: None,
        draft_page: draft_page(&plan.id),
        corrects: Vec::new(),
        corrects_words: None,
        help: words.say("log-help-now", &[]),
    }
}

/// 0 to 10 with the words of their bands.
fn scale(chosen: Option<i64>, words: &Words) -> Vec<ScaleCell> {
    let mut last = None;
    (0..=10)
        .map(|value| {
            let band = crate::words::band_of(value);
            let begins = band != last;
            last = band;
            ScaleCell {
                value,
                spoken: words.felt(Some(value), None),
                band: band
                    .filter(|_| begins)
                    .map(|band| words.felt(None, Some(band.as_str()))),
                chosen: chosen == Some(value),
            }
        })
        .collect()
}

fn reasons(chosen: Option<Why>, words: &Words) -> Vec<ReasonView> {
    Why::ALL
        .iter()
        .map(|why| ReasonView {
            why: why.as_str().into(),
            words: words.code("log-reason", why.as_str()),
            chosen: chosen == Some(*why),
            offer_rest: why
                .asks_for_rest()
                .then(|| words.say("log-offer-rest", &[])),
        })
        .collect()
}

/// Every version of an entry, newest first.
fn versions(record: &Record, entry: &Thing, words: &Words) -> Vec<EntryView> {
    let mut versions: Vec<EntryView> = log::versions(entry)
        .into_iter()
        .filter_map(|answer| {
            let packed = Packed::read(&answer.value)?;
            Some(EntryView {
                entry: id_of(&record.circle, &entry.part, answer.op),
                words: saved(record, answer, &packed, words),
                details: in_words(&packed, words),
            })
        })
        .collect();
    versions.reverse();
    versions
}

fn in_words(packed: &Packed, words: &Words) -> Vec<String> {
    let felt = packed.felt.map(|felt| words.felt(Some(felt.into()), None));
    let why = packed.why.map(|why| words.code("log-reason", why.as_str()));
    [why, packed.amount.clone(), felt, packed.note.clone()]
        .into_iter()
        .flatten()
        .collect()
}

/// The page for another day. Without a plan it is about the first that runs.
///
/// # Errors
/// [`Error::UnknownId`], [`Error::AmbiguousId`].
pub fn log_day_page(scene: &Scene, plan: Option<&Id>) -> Result<LogDayPage> {
    let Scene {
        record,
        today,
        words,
        ..
    } = *scene;
    let running = running(record, today);
    let about = match plan {
        Some(plan) => Some(record.find(Noun::Plan, plan)?),
        None => running.first().copied(),
    };
    let what = |plan: &Thing| record.shown_text(plan, "what").unwrap_or_default();
    let written = about
        .map(|plan| log::list(record, Some(&plan.id)))
        .unwrap_or_default();
    let day = |on: NaiveDate| {
        let newest = written
            .iter()
            .filter(|(_, _, packed)| packed.on == on)
            .max_by_key(|(_, answer, _)| answer.op);
        let did = newest.map(|(_, _, packed)| packed.did);
        let said = match did {
            Some(did) => words.code("log-did", did.as_str()),
            None => words.say("log-nothing-written", &[]),
        };
        let day = near_day(on, today, words);
        DayView {
            on,
            words: words.say(
                "log-day",
                &[("day", (&day).into()), ("written", (&said).into())],
            ),
            did: did.map(|did| did.as_str().into()),
        }
    };
    Ok(LogDayPage {
        page: page(scene, words.say("log-day-question", &[])),
        plans: running
            .iter()
            .map(|plan| ChoiceView {
                value: plan.id.to_string(),
                words: what(plan),
                chosen: about.is_some_and(|about| about.id == plan.id),
            })
            .collect(),
        days: about
            .map(|_| {
                (1..=DAYS_BACK)
                    .filter_map(|back| today.checked_sub_days(Days::new(back)))
                    .map(day)
                    .collect()
            })
            .unwrap_or_default(),
        answers: about
            .map(|plan| answers(&what(plan), words))
            .unwrap_or_default(),
        last: today,
        empty: about.is_none().then(|| words.say("goal-empty", &[])),
    })
}

/// The plans that are agreed and not over, resting ones too.
pub(crate) fn running(record: &Record, today: NaiveDate) -> Vec<&Thing> {
    record
        .standing(Noun::Plan)
        .into_iter()
        .filter(|plan| matches!(state::state(record, plan, today), "agreed" | "paused"))
        .collect()
}

/// "Yesterday, Monday 16 March 2026"; a day further away by its date alone.
pub(crate) fn near_day(on: NaiveDate, today: NaiveDate, words: &Words) -> String {
    let day = words.day(on);
    let near = match (today - on).num_days() {
        0 => "date-today",
        1 => "date-yesterday",
        _ => return day,
    };
    let near = words.say(near, &[]);
    words.say(
        "date-near",
        &[("near", (&near).into()), ("day", (&day).into())],
    )
}
