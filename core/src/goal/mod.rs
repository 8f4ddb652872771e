//! Goals: in the person's own words, kept for ever; states; wordings; what belongs to a goal.
//!
//! Source: `domain.md` 1, Goal; `cli.md`, Goals.

pub mod attainment;
pub mod scale;

use crate::error::{Error, Result};
use crate::id::Id;
use crate::rating::{self, Kind, Rating};
use crate::record::acts::checked;
use crate::record::{Acts, Noun, Record, Thing};
use crate::view;
use serde_json::json;

/// What a goal can be.
pub const STATES: [&str; 5] = ["proposed", "active", "on_hold", "achieved", "set_aside"];

/// Adds a goal. The person's is active at once; one by staff is proposed until the person takes it up, unless
/// staff write down the person's own words.
pub fn add(
    acts: &mut Acts,
    words: &str,
    importance: Option<i64>,
    confidence: Option<i64>,
) -> Result<Id> {
    let part = acts.goals_now();
    let id = acts.make(&part);
    acts.put(&part, Noun::Goal, &id, "words", checked(words)?);
    let state = if acts.speaks_as_person() {
        "active"
    } else {
        "proposed"
    };
    acts.put(&part, Noun::Goal, &id, "state", state);
    for (kind, value) in [
        (Kind::Importance, importance),
        (Kind::Confidence, confidence),
    ] {
        if let Some(value) = value {
            rating::add(
                acts,
                Noun::Goal,
                &id,
                &part,
                kind,
                &Rating::number(value)?,
                None,
            )?;
        }
    }
    Ok(id)
}

/// Rates a goal; every rating is kept.
pub fn rate(
    acts: &mut Acts,
    goal: &Id,
    kind: Kind,
    rating: &Rating,
    why: Option<&str>,
) -> Result<Id> {
    let thing = acts.record().find(Noun::Goal, goal)?;
    rating::add(acts, Noun::Goal, &thing.id, &thing.part, kind, rating, why)
}

/// Rates a goal by importance, confidence or both, as one act; the ratings in that order.
///
/// # Errors
/// [`Error::Usage`] where neither is given; those of [`rate`].
pub fn rate_both(
    acts: &mut Acts,
    goal: &Id,
    importance: Option<Rating>,
    confidence: Option<Rating>,
    why: Option<&str>,
) -> Result<Vec<Id>> {
    let given = [
        (Kind::Importance, importance),
        (Kind::Confidence, confidence),
    ];
    let rated = given
        .into_iter()
        .filter_map(|(kind, rating)| Some((kind, rating?)))
        .map(|(kind, rating)| rate(acts, goal, kind, &rating, why))
        .collect::<Result<Vec<Id>>>()?;
    if rated.is_empty() {
        Err(Error::Usage { what: "importance" })
    } else {
        Ok(rated)
    }
}

/// A new wording by the person (or staff writing down the person's own); earlier ones are kept.
pub fn reword(acts: &mut Acts, goal: &Id, words: &str) -> Result<Id> {
    let thing = acts.record().find(Noun::Goal, goal)?;
    persons_own(acts)?;
    acts.set(thing, "words", checked(words)?);
    Ok(thing.id.clone())
}

/// A clinical wording beside the person's; it never replaces it. Staff only.
pub fn clinical(acts: &mut Acts, goal: &Id, words: &str) -> Result<Id> {
    let thing = acts.record().find(Noun::Goal, goal)?;
    acts.staff_only()?;
    acts.set(thing, "clinical", checked(words)?);
    Ok(thing.id.clone())
}

/// The person takes up what staff suggested.
pub fn take_up(acts: &mut Acts, goal: &Id) -> Result<Id> {
    let thing = acts.record().find(Noun::Goal, goal)?;
    persons_own(acts)?;
    move_to(acts, thing, "active", &["proposed"], None)
}

/// Puts a goal on hold; changes no plan.
pub fn hold(acts: &mut Acts, goal: &Id) -> Result<Id> {
    let thing = acts.record().find(Noun::Goal, goal)?;
    move_to(acts, thing, "on_hold", &["active"], None)
}

/// Goes on with a goal that was on hold, reached or set aside.
pub fn resume(acts: &mut Acts, goal: &Id) -> Result<Id> {
    let thing = acts.record().find(Noun::Goal, goal)?;
    move_to(
        acts,
        thing,
        "active",
        &["on_hold", "achieved", "set_aside"],
        None,
    )
}

/// The goal is reached; its plans end.
pub fn achieve(acts: &mut Acts, goal: &Id) -> Result<Id> {
    let thing = acts.record().find(Noun::Goal, goal)?;
    move_to(acts, thing, "achieved", &["active", "on_hold"], None)
}

/// The goal is set aside, for the person's own reason; its plans end.
pub fn set_aside(acts: &mut Acts, goal: &Id, why: &str) -> Result<Id> {
    let thing = acts.record().find(Noun::Goal, goal)?;
    move_to(
        acts,
        thing,
        "set_aside",
        &["proposed", "active", "on_hold"],
        Some(why),
    )
}

/// The state that is shown.
pub fn state(record: &Record, goal: &Thing) -> String {
    record
        .shown_text(goal, "state")
        .unwrap_or_else(|| "active".into())
}

/// The plans of a goal that were not withdrawn, oldest first.
pub fn plans<'a>(record: &'a Record, goal: &Id) -> Vec<&'a Thing> {
    record
        .standing(Noun::Plan)
        .into_iter()
        .filter(|plan| plan.text("goal") == Some(goal.as_str()))
        .collect()
}

/// A goal as `cli.md` shows it.
pub fn show(record: &Record, goal: &Thing) -> serde_json::Value {
    let mut map = view::thing(record, goal);
    map.insert("words".into(), view::text(record, goal, "words"));
    let shown = record.shown(goal, "words").map(|answer| answer.op);
    let earlier: Vec<_> = goal
        .field("words")
        .map(|field| field.all())
        .unwrap_or_default()
        .into_iter()
        .filter(|answer| Some(answer.op) != shown)
        .map(|a| json!({"words": view::value(&a.value), "at": view::at(&a.stamp), "by": view::by(record, &a.stamp)}))
        .collect();
    map.insert("earlier_words".into(), json!(earlier));
    map.insert(
        "clinical_words".into(),
        view::text(record, goal, "clinical"),
    );
    map.insert("state".into(), json!(state(record, goal)));
    map.insert("why".into(), view::text(record, goal, "state_why"));
    for kind in [Kind::Importance, Kind::Confidence] {
        let newest = rating::newest(record, goal, kind).and_then(|rating| rating.int("value"));
        map.insert(kind.as_str().into(), json!(newest));
    }
    map.insert("ratings".into(), json!(rating::list(record, &goal.id)));
    let plans: Vec<&Id> = plans(record, &goal.id)
        .into_iter()
        .map(|plan| &plan.id)
        .collect();
    map.insert("plans".into(), json!(plans));
    let levels: Vec<_> = (1..=5)
        .filter_map(|level| record.shown_text(goal, &format!("level_{level}")))
        .collect();
    map.insert("levels".into(), json!(levels));
    map.into()
}

fn persons_own(acts: &Acts) -> Result<()> {
    if acts.speaks_as_person() {
        Ok(())
    } else {
        Err(Error::NotAllowed)
    }
}

fn move_to(
    acts: &mut Acts,
    goal: &Thing,
    to: &str,
    from: &[&str],
    why: Option<&str>,
) -> Result<Id> {
    let now = state(acts.record(), goal);
    // A word of a newer version may be left by any of the moves.
    if now != to && STATES.contains(&now.as_str()) && !from.contains(&now.as_str()) {
        return Err(if now == "proposed" {
            Error::GoalNotTakenUp
        } else {
            Error::NotAnAnswer
        });
    }
    acts.put_text(&goal.part, Noun::Goal, &goal.id, "state_why", why)?;
    acts.set(goal, "state", to);
    Ok(goal.id.clone())
}
