//! Today: what is planned, check-ins, offers, and what was left half done.
//!
//! Source: `screens.md`, TodayScreen; the rules are those of [`crate::view::today`].

use super::{PageView, PausedView, Scene, page, resting, sentences};
use crate::follow_up;
use crate::id::Id;
use crate::log;
use crate::log::answer::Did;
use crate::log::packed::Packed;
use crate::plan::state;
use crate::plan::timetable::{DayState, Timetable, WeekCount};
use crate::record::acts::id_of;
use crate::record::{Answer, Noun, Record, Role, Thing};
use crate::view::today::offer;
use crate::words::Words;
use chrono::{NaiveDate, Utc};

/// The page of today.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TodayPage {
    /// What stands on every page; the title is the greeting.
    pub page: PageView,
    /// The day, with its weekday.
    pub date: String,
    /// The greeting.
    pub greeting: String,
    /// What is planned, in order.
    pub cards: Vec<TodayCard>,
    /// What to say where nothing is planned.
    pub empty: Option<String>,
    /// Check-ins that come up, are due or are late, earliest first.
    pub check_ins: Vec<CheckInView>,
    /// Offers to look at what got in the way.
    pub offers: Vec<OfferLine>,
    /// What was left half done.
    pub carry_on: Option<CarryOnView>,
}

/// One planned thing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TodayCard {
    /// The plan.
    pub plan: Id,
    /// What the person will do, in their words.
    pub what: String,
    /// When and where, in their words.
    pub when_where: Option<String>,
    /// The state of today: `to_do`, `done`, `rested` or `paused`.
    pub state: String,
    /// The state in words.
    pub state_words: String,
    /// The rest this plan is in.
    pub resting: Option<PausedView>,
    /// The week so far.
    pub this_week: WeekView,
    /// The answers to pick from; none once something is written for today, and in a rest.
    pub answers: Vec<AnswerChoice>,
    /// What was written for today.
    pub logged: Option<LoggedView>,
    /// Whether this card is open when the page opens: the first that is still to do.
    pub open: bool,
    /// The card read as one: what, when, week, state.
    pub spoken: String,
}

/// A week of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct WeekView {
    /// Times done.
    pub done: u32,
    /// Times tried.
    pub tried: u32,
    /// Times wanted.
    pub wanted: u32,
    /// The same in words.
    pub words: String,
}

/// One of the answers a person can give for a planned time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct AnswerChoice {
    /// The answer, to hand back.
    pub did: String,
    /// What the button says.
    pub words: String,
    /// What a screen reader says: the answer, then the plan.
    pub spoken: String,
}

/// What was written for a day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct LoggedView {
    /// The entry.
    pub entry: Id,
    /// The answer.
    pub did: String,
    /// The sentence that says it is saved.
    pub words: String,
    /// A question that follows: why it could not be done, where no reason was given.
    pub ask_why: Option<String>,
}

/// A check-in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CheckInView {
    /// The follow-up.
    pub follow_up: Id,
    /// Its plan.
    pub plan: Id,
    /// What the plan is about, in the person's words.
    pub what: String,
    /// Who, how and when.
    pub words: String,
    /// How it stands, in words.
    pub state_words: String,
}

/// An offer to look at what got in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OfferLine {
    /// The plan it is about; an offer is known by it.
    pub plan: Id,
    /// What the plan is about, in the person's words.
    pub what: String,
    /// The question.
    pub words: String,
}

/// Something half done that can be carried on with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CarryOnView {
    /// The page its draft is kept under.
    pub page: String,
    /// What a person reads.
    pub words: String,
}

/// Makes the page of today from a record read by [`crate::store::Vault::record_for`].
pub fn today_page(scene: &Scene) -> TodayPage {
    let Scene {
        record,
        today,
        around,
        words,
    } = *scene;
    let greeting = greeting(record, words);
    let mut cards = Vec::new();
    let mut offers = Vec::new();
    let mut check_ins = Vec::new();
    for plan in record.standing(Noun::Plan) {
        let Some(timetable) = state::timetable(record, plan, today) else {
            continue;
        };
        let what = record.shown_text(plan, "what").unwrap_or_default();
        if !state::is_over(record, plan, today) && !crate::ending::is_ended(record) {
            let answers = log::answers(record, &plan.id);
            if let Some(state) = timetable.state_on(today, &answers) {
                let week = timetable.week(today, &answers);
                cards.push(card(scene, plan, &timetable, state, &week));
            }
            if offer(record, plan, &timetable, &answers, today).is_some() {
                offers.push(OfferLine {
                    plan: plan.id.clone(),
                    what: what.clone(),
                    words: words.say("offer-question", &[]),
                });
            }
        }
        check_ins.extend(
            follow_up::of(record, &plan.id).into_iter().filter_map(|f| {
                Some((follow_up::due(record, f)?, check_in(scene, f, plan, &what)?))
            }),
        );
    }
    check_ins.sort_by_key(|(due, _)| *due);
    if let Some(first) = cards.iter_mut().find(|card| !card.answers.is_empty()) {
        first.open = true;
    }
    TodayPage {
        page: page(scene, greeting.clone()),
        date: words.day(today),
        greeting,
        empty: cards.is_empty().then(|| words.say("goal-empty", &[])),
        cards,
        check_ins: check_ins.into_iter().map(|(_, view)| view).collect(),
        offers,
        carry_on: around.drafts.first().map(|page| CarryOnView {
            page: page.clone(),
            words: words.say("today-carry-on", &[]),
        }),
    }
}

/// The first word of the person's name, as people are greeted.
pub(super) fn first_name(record: &Record) -> Option<String> {
    let name = record.member(&record.me)?.name;
    name.split_whitespace().next().map(str::to_owned)
}

/// "Hello Mary": by the first word of the name, as people are greeted.
fn greeting(record: &Record, words: &Words) -> String {
    let first = first_name(record);
    match first {
        Some(name) => words.say("today-hello", &[("name", (&name).into())]),
        None => words.say("today-hello-you", &[]),
    }
}

fn card(
    scene: &Scene,
    plan: &Thing,
    timetable: &Timetable,
    state: DayState,
    week: &WeekCount,
) -> TodayCard {
    let Scene {
        record,
        today,
        words,
        ..
    } = *scene;
    let what = record.shown_text(plan, "what").unwrap_or_default();
    let place: Vec<String> = ["when", "where"]
        .iter()
        .filter_map(|field| record.shown_text(plan, field))
        .collect();
    let when_where = (!place.is_empty()).then(|| place.join(", "));
    let this_week = WeekView {
        done: week.done,
        tried: week.tried,
        wanted: week.wanted,
        words: words.week(week.done.into(), week.wanted.into()),
    };
    let logged = logged(record, &plan.id, today, words);
    let resting = (state == DayState::Paused)
        .then(|| timetable.paused_until(today))
        .flatten()
        .map(|until| resting(until, words));
    let to_do = state == DayState::ToDo && logged.is_none();
    let state_words = match (&resting, &logged) {
        (Some(rest), _) => rest.words.clone(),
        (None, Some(logged)) => words.code("log-did", &logged.did),
        (None, None) => words.code("plan-day-state", state.as_str()),
    };
    let spoken = sentences(&[
        &what,
        when_where.as_deref().unwrap_or_default(),
        &this_week.words,
        &state_words,
    ]);
    TodayCard {
        plan: plan.id.clone(),
        answers: if to_do {
            answers(&what, words)
        } else {
            Vec::new()
        },
        what,
        when_where,
        state: state.as_str().into(),
        state_words,
        resting,
        this_week,
        logged,
        open: false,
        spoken,
    }
}

/// The five answers in their order, each with what a screen reader says.
pub(super) fn answers(what: &str, words: &Words) -> Vec<AnswerChoice> {
    Did::ALL
        .iter()
        .map(|did| {
            let said = words.code("log-did", did.as_str());
            AnswerChoice {
                did: did.as_str().into(),
                spoken: sentences(&[&said, what]),
                words: said,
            }
        })
        .collect()
}

/// The newest thing written for a plan's day.
fn logged(record: &Record, plan: &Id, day: NaiveDate, words: &Words) -> Option<LoggedView> {
    let of_day = log::list(record, Some(plan))
        .into_iter()
        .filter(|(_, _, packed)| packed.on == day);
    let (thing, answer, packed) = of_day.max_by_key(|(_, answer, _)| answer.op)?;
    let ask = packed.did == Did::CouldNot && packed.why.is_none();
    Some(LoggedView {
        entry: id_of(&record.circle, &thing.part, answer.op),
        did: packed.did.as_str().into(),
        words: saved(record, answer, &packed, words),
        ask_why: ask.then(|| words.say("log-saved-why", &[])),
    })
}

/// "Saved. Did it, Tuesday 17 March 2026 at 09:40."
pub(super) fn saved(record: &Record, answer: &Answer, packed: &Packed, words: &Words) -> String {
    let at = record
        .zones()
        .local(answer.stamp.moment().with_timezone(&Utc));
    let key = if answer.stamp.from_lock_screen {
        "log-saved-lock-screen"
    } else {
        "log-saved"
    };
    let did = words.code("log-did", packed.did.as_str());
    let (day, time) = (words.day(packed.on), words.time(at.time()));
    words.say(
        key,
        &[
            ("did", (&did).into()),
            ("day", (&day).into()),
            ("time", (&time).into()),
        ],
    )
}

/// A check-in that is still to come, is due or is late.
fn check_in(scene: &Scene, follow_up: &Thing, plan: &Thing, what: &str) -> Option<CheckInView> {
    let Scene {
        record,
        today,
        words,
        ..
    } = *scene;
    let state = follow_up::state(record, follow_up, today);
    if !matches!(state, "waiting" | "due" | "overdue") {
        return None;
    }
    let on = words.on_day(follow_up::due(record, follow_up)?);
    let channel = record.shown_text(follow_up, "channel").unwrap_or_default();
    // Who does it is who agreed it with the person; somebody on their own checks in by themselves.
    let with = state::agreed(record, plan)
        .and_then(Thing::made)
        .and_then(|made| record.member_of(&made.stamp))
        .and_then(|id| record.member(id))
        .filter(|member| member.role != Role::Person);
    let said = match with {
        Some(member) => words.code_with(
            "follow-up-will",
            &channel,
            &[("name", (&member.name).into()), ("on", (&on).into())],
        ),
        None => {
            let how = words.code("channel", &channel);
            words.say(
                "follow-up-own",
                &[("on", (&on).into()), ("how", (&how).into())],
            )
        }
    };
    Some(CheckInView {
        follow_up: follow_up.id.clone(),
        plan: plan.id.clone(),
        what: what.into(),
        words: said,
        state_words: words.code("follow-up-state", state),
    })
}
