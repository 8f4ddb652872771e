//! The team's meeting: a view of the week that builds itself, each line saying why; decisions with an owner and a date.
//!
//! Source: `domain.md` 1, Team; `cli.md`, `meeting`.

use super::owner;
use crate::clock::zone::parse_day_to_come;
use crate::error::Result;
use crate::follow_up;
use crate::id::Id;
use crate::prompt::find::{
    check_in, days_before, is_open, is_running, missed_twice, plan_ended, with_text,
};
use crate::prompt::goal_over_from;
use crate::rating::{self, Kind};
use crate::record::acts::checked;
use crate::record::{Acts, Noun, Part, Record, Thing};
use crate::view;
use crate::words::{Band, Words};
use chrono::{Datelike, Days, NaiveDate};
use serde_json::{Value, json};

/// Days after its day from which on an open follow-up is the whole team's. Source: `cli.md`, Follow-up date.
const OVERDUE_DAYS: i64 = 7;
/// Days a barrier may stay open before the team looks at it.
const UNSOLVED_DAYS: i64 = 7;

/// One line of the meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Hash of kind and thing: the same on every device and in every week.
    pub id: Id,
    /// The stable word.
    pub kind: &'static str,
    /// The thing it is about.
    pub about: Id,
    /// Why, in words.
    pub because: String,
}

/// A week as the meeting looks at it: Monday to Sunday, seen on its last day or today if that is earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    /// The Monday.
    pub from: NaiveDate,
    /// The day from which it is seen.
    pub seen: NaiveDate,
}

impl Week {
    /// The week a day lies in.
    pub fn of(any_day: NaiveDate, today: NaiveDate) -> Week {
        let back = u64::from(any_day.weekday().num_days_from_monday());
        let from = days_before(any_day, back);
        let sunday = from.checked_add_days(Days::new(6)).unwrap_or(from);
        Week {
            from,
            seen: sunday.min(today).max(from),
        }
    }

    fn holds(&self, day: NaiveDate) -> bool {
        (self.from..=self.seen).contains(&day)
    }
}

/// The lines of one person in a week. `record` has the entries that can matter, as for today's page.
pub fn lines(record: &Record, week: &Week, words: Words) -> Vec<Line> {
    if crate::ending::is_ended(record) {
        return Vec::new();
    }
    let day = week.seen;
    let line = |kind: &'static str, thing: &Thing, because: String| Line {
        id: line_id(kind, &thing.id),
        kind,
        about: thing.id.clone(),
        because,
    };
    let written = |thing: &Thing| Some(record.day_written(&thing.made()?.stamp));
    let this_week = |thing: &&Thing| written(thing).is_some_and(|on| week.holds(on));
    let mut lines = Vec::new();
    for follow_up in record.standing(Noun::FollowUp) {
        if let Some(due) = follow_up::due(record, follow_up)
            && follow_up::state(record, follow_up, day) == "overdue"
            && (day - due).num_days() >= OVERDUE_DAYS
        {
            let channel = follow_up.text("channel").unwrap_or_default();
            lines.push(line(
                "follow_up_overdue",
                follow_up,
                check_in(due, channel, day, words),
            ));
        }
    }
    for thing in record
        .standing(Noun::Plan)
        .into_iter()
        .chain(record.standing(Noun::Goal))
    {
        if let Some(because) = fell(record, thing, week, words) {
            lines.push(line("confidence_fell", thing, because));
        }
    }
    for barrier in record.standing(Noun::Barrier) {
        let waits = written(barrier).is_some_and(|on| (day - on).num_days() >= UNSOLVED_DAYS);
        if waits && is_open(record, barrier, day) {
            let because = with_text("because-barrier-open", record, barrier, words);
            lines.push(line("barrier_unsolved", barrier, because));
        }
    }
    for goal in record.standing(Noun::Goal) {
        if let Some((over, plan)) = goal_over_from(record, goal).filter(|(over, _)| *over <= day) {
            lines.push(line("plan_ended", plan, plan_ended(over, words)));
        }
    }
    for plan in record.standing(Noun::Plan) {
        if is_running(record, plan, day) && missed_twice(record, plan, day) {
            lines.push(line(
                "missed_twice",
                plan,
                words.say("because-missed-twice", &[]),
            ));
        }
    }
    for goal in record.standing(Noun::Goal).into_iter().filter(this_week) {
        let text = record.shown_text(goal, "words").unwrap_or_default();
        let because = words.say("because-new-goal", &[("text", (&text).into())]);
        lines.push(line("new_goal", goal, because));
    }
    for item in record.standing(Noun::Agenda).into_iter().filter(this_week) {
        if crate::agenda::state(record, item) == "open" {
            let because = with_text("because-new-request", record, item, words);
            lines.push(line("new_request", item, because));
        }
    }
    if owner::of(record, day).apart
        && let Some(owner) = record.get(Noun::Owner, &Id::read("owner"))
    {
        lines.push(line(
            "two_owners",
            owner,
            words.say("because-two-owners", &[]),
        ));
    }
    lines
}

/// A rating of this week that is lower than the one before it.
fn fell(record: &Record, thing: &Thing, week: &Week, words: Words) -> Option<String> {
    let ratings: Vec<&Thing> = rating::of(record, &thing.id)
        .into_iter()
        .filter(|rating| rating.text("kind") == Some(Kind::Confidence.as_str()))
        .collect();
    let [.., before, now] = ratings.as_slice() else {
        return None;
    };
    let on = record.day_written(&now.made()?.stamp);
    if !week.holds(on) || height(now)? >= height(before)? {
        return None;
    }
    let said = |rating: &Thing| words.sure(rating.int("value"), rating.text("word"));
    let (before, now) = (said(before), said(now));
    let args = [("before", (&before).into()), ("now", (&now).into())];
    Some(words.say("because-fell", &args))
}

/// A rating as a number, to compare: words stand for the lowest number of their band.
fn height(rating: &Thing) -> Option<i64> {
    let word = || Some(Band::parse(rating.text("word")?)?.bounds().0);
    rating.int("value").or_else(word)
}

fn line_id(kind: &str, about: &Id) -> Id {
    Id::of(&[b"line/1", kind.as_bytes(), about.as_str().as_bytes()])
}

/// What a team decides about a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deciding {
    /// What will be done.
    pub text: String,
    /// Who does it: a member, by the beginning of their id.
    pub owner: Id,
    /// By when, `yyyy-mm-dd`.
    pub by: String,
}

/// Keeps a decision about a line; it lands on its owner's list.
///
/// # Errors
/// [`NotAllowed`](crate::error::Error::NotAllowed) for who does not work in care,
/// [`BadDate`](crate::error::Error::BadDate) for a day that has gone by, and those of an id and of a text.
pub fn decide(acts: &mut Acts, line: &Id, deciding: &Deciding) -> Result<Id> {
    acts.staff_only()?;
    let owner = acts
        .record()
        .find(Noun::Member, &deciding.owner)?
        .id
        .clone();
    let by = parse_day_to_come(&deciding.by, acts.today())?;
    let part = Part::team();
    let id = acts.make(&part);
    let by = by.to_string();
    acts.put(&part, Noun::Meeting, &id, "line", line.as_str());
    acts.put(&part, Noun::Meeting, &id, "text", checked(&deciding.text)?);
    acts.put(&part, Noun::Meeting, &id, "owner", owner.as_str());
    acts.put(&part, Noun::Meeting, &id, "by", by.as_str());
    Ok(id)
}

/// A line as `cli.md` shows it, with whose it is and what was decided.
pub fn show(record: &Record, line: &Line) -> Value {
    let name = record.person_name();
    let decisions: Vec<_> = record
        .standing(Noun::Meeting)
        .into_iter()
        .filter(|decision| decision.text("line") == Some(line.id.as_str()))
        .map(|decision| show_decision(record, decision))
        .collect();
    json!({"id": line.id, "kind": line.kind, "about": line.about, "because": line.because,
           "person": record.circle, "name": name, "decisions": decisions})
}

/// A decision: `line`, `text`, `owner` and `by`.
pub fn show_decision(record: &Record, decision: &Thing) -> Value {
    let mut map = view::thing(record, decision);
    let owner = decision.reference("owner");
    let name = owner
        .as_ref()
        .and_then(|id| record.member(id))
        .map(|m| m.name);
    map.insert("line".into(), json!(decision.text("line")));
    map.insert("text".into(), json!(decision.text("text")));
    map.insert("owner".into(), json!({"member": owner, "name": name}));
    map.insert("by".into(), json!(decision.text("by")));
    map.into()
}

#[cfg(test)]
#[path = "meeting_tests.rs"]
mod tests;
