//! What a plan is: draft, agreed, paused or ended; derived from acts, never stored.

use super::timetable::{OftenSpan, PausedSpan, Timetable, settle_spans};
use super::{acts_of, often::Often};
use crate::clock::zone::parse_day;
use crate::id::Id;
use crate::record::{Answer, Noun, Record, Thing, Value};
use chrono::{Days, NaiveDate};

/// The act that agreed the plan: the first, where it was agreed apart twice.
pub fn agreed<'a>(record: &'a Record, plan: &Thing) -> Option<&'a Thing> {
    acts_of(record, &plan.id, "agree").into_iter().next()
}

/// The local day of agreeing.
pub fn agreed_on(record: &Record, plan: &Thing) -> Option<NaiveDate> {
    Some(record.day_written(&agreed(record, plan)?.made()?.stamp))
}

/// The day on which an act ended the plan: stopped, replaced by one that was agreed, or its goal achieved or
/// set aside since it was agreed, or, of a draft, since it was begun. The review day passing is no act; see [`is_over`].
pub fn ended(record: &Record, plan: &Thing) -> Option<NaiveDate> {
    let since = agreed(record, plan).unwrap_or(plan).made()?.op;
    let stopped = acts_of(record, &plan.id, "stop")
        .into_iter()
        .filter_map(Thing::made)
        .map(|a| a.stamp);
    let replaced = record
        .standing(Noun::Plan)
        .into_iter()
        .filter(|other| {
            other.id != plan.id
                && record.shown_text(other, "replaces").as_deref() == Some(plan.id.as_str())
        })
        .filter_map(|other| self::agreed(record, other)?.made())
        .map(|a| a.stamp);
    let goal = plan
        .reference("goal")
        .and_then(|id| record.get(Noun::Goal, &id));
    let closed = goal
        .and_then(|goal| goal.field("state"))
        .map(|field| field.all())
        .unwrap_or_default()
        .into_iter()
        .filter(|answer| answer.op > since && closes(answer))
        .map(|a| a.stamp);
    stopped
        .chain(replaced)
        .chain(closed)
        .map(|stamp| record.day_written(&stamp))
        .min()
}

fn closes(answer: &Answer) -> bool {
    matches!(&answer.value, Value::Text(state) if state == "achieved" || state == "set_aside")
}

/// Ended by an act, or its last planned day has passed.
pub fn is_over(record: &Record, plan: &Thing, today: NaiveDate) -> bool {
    ended(record, plan).is_some() || review(record, plan).is_some_and(|review| today > review)
}

/// The last planned day.
pub fn review(record: &Record, plan: &Thing) -> Option<NaiveDate> {
    parse_day(&record.shown_text(plan, "review")?).ok()
}

/// `draft`, `agreed`, `paused` or `ended` on a day.
pub fn state(record: &Record, plan: &Thing, today: NaiveDate) -> &'static str {
    match timetable(record, plan, today) {
        None if ended(record, plan).is_none() => "draft",
        None => "ended",
        Some(_) if is_over(record, plan, today) => "ended",
        Some(timetable) if timetable.is_paused(today) => "paused",
        Some(_) => "agreed",
    }
}

/// The days of an agreed plan; `None` for a draft.
pub fn timetable(record: &Record, plan: &Thing, today: NaiveDate) -> Option<Timetable> {
    let agreed = agreed_on(record, plan)?;
    let from = record
        .shown_text(plan, "from")
        .and_then(|from| parse_day(&from).ok());
    Some(Timetable {
        from: from.map_or(agreed, |from| from.max(agreed)),
        last: review(record, plan),
        ended: ended(record, plan),
        often: often_spans(record, plan, today),
        pauses: pauses(record, &plan.id),
    })
}

/// Every answer to "how often" in the order of causality; of those made apart only the one that is shown.
fn often_spans(record: &Record, plan: &Thing, today: NaiveDate) -> Vec<OftenSpan> {
    let Some(field) = plan.field("often") else {
        return Vec::new();
    };
    let shown = record.shown(plan, "often");
    let spans = field
        .earlier
        .iter()
        .chain(shown)
        .map(|answer| OftenSpan {
            from: record.day_written(&answer.stamp),
            often: answer.value.text().and_then(|text| Often::parse(text).ok()),
        })
        .collect();
    settle_spans(spans, today)
}

/// Paused days. The day of pausing and `until` are paused, the day of resuming is not; two made apart both hold.
pub fn pauses(record: &Record, plan: &Id) -> Vec<PausedSpan> {
    let resumes = acts_of(record, plan, "resume");
    acts_of(record, plan, "pause")
        .into_iter()
        .filter_map(|pause| {
            let made = pause.made()?;
            let day = |field| pause.text(field).and_then(|day| parse_day(day).ok());
            let from = day("from").unwrap_or_else(|| record.day_written(&made.stamp));
            let resumed = resumes
                .iter()
                .filter_map(|resume| resume.made())
                .filter(|resume| resume.op > made.op)
                .map(|resume| record.day_written(&resume.stamp))
                .min()
                .and_then(|day| day.checked_sub_days(Days::new(1)));
            let until = match (day("until"), resumed) {
                (Some(until), Some(resumed)) => Some(until.min(resumed)),
                (until, resumed) => until.or(resumed),
            };
            Some(PausedSpan { from, until })
        })
        .collect()
}
