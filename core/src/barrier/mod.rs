//! Barriers and ideas: what got in the way, many ideas from the person, one chosen and tried.
//!
//! Source: `domain.md` 1, Problem-solving cycle; `cli.md`, Ideas. A barrier's state is derived from acts.

use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::acts::checked;
use crate::record::{Acts, Noun, OpId, Record, Thing};
use crate::view;
use serde_json::json;

/// Adds what might get in the way of a plan.
pub fn add(acts: &mut Acts, plan: &Id, text: &str) -> Result<Id> {
    let plan = acts.record().find(Noun::Plan, plan)?;
    let id = acts.make(&plan.part);
    acts.put(&plan.part, Noun::Barrier, &id, "text", checked(text)?);
    acts.put(&plan.part, Noun::Barrier, &id, "plan", plan.id.as_str());
    Ok(id)
}

/// Adds an idea. Staff's own ideas are offered, and only after asking: `offered` needs `asked`.
pub fn add_idea(
    acts: &mut Acts,
    barrier: &Id,
    text: &str,
    offered: bool,
    asked: bool,
) -> Result<Id> {
    let barrier = acts.record().find(Noun::Barrier, barrier)?;
    if offered && !asked {
        return Err(Error::AdviceNotAsked);
    }
    let id = acts.make(&barrier.part);
    acts.put(&barrier.part, Noun::Idea, &id, "text", checked(text)?);
    acts.put(
        &barrier.part,
        Noun::Idea,
        &id,
        "barrier",
        barrier.id.as_str(),
    );
    if offered {
        acts.put(
            &barrier.part,
            Noun::Idea,
            &id,
            "offered",
            crate::record::Value::Bool(true),
        );
    }
    Ok(id)
}

/// Chooses an idea to try. Choosing another sets a chosen one back; choosing after letting go starts again.
pub fn choose(acts: &mut Acts, idea: &Id) -> Result<Id> {
    let record = acts.record();
    let idea = record.find(Noun::Idea, idea)?;
    let barrier = barrier_of(record, idea)?;
    acts.set(barrier, "chosen", idea.id.as_str());
    // An act of its own, so that choosing the same idea again after its result counts as a new try.
    begin(acts, barrier, "choose", Some(&idea.id));
    Ok(idea.id.clone())
}

/// How trying the idea went: `worked`, `partly` or `did_not_work`.
pub fn result(acts: &mut Acts, idea: &Id, result: &str, note: Option<&str>) -> Result<Id> {
    let record = acts.record();
    let idea = record.find(Noun::Idea, idea)?;
    let barrier = barrier_of(record, idea)?;
    let result = result.replace('-', "_");
    if !["worked", "partly", "did_not_work"].contains(&result.as_str()) {
        return Err(Error::Usage { what: "result" });
    }
    let act = begin(acts, barrier, "result", Some(&idea.id));
    acts.put(
        &barrier.part,
        Noun::BarrierAct,
        &act,
        "result",
        result.as_str(),
    );
    acts.put_text(&barrier.part, Noun::BarrierAct, &act, "note", note)?;
    Ok(idea.id.clone())
}

/// Lets a barrier go.
pub fn let_go(acts: &mut Acts, barrier: &Id) -> Result<Id> {
    let barrier = acts.record().find(Noun::Barrier, barrier)?;
    begin(acts, barrier, "let_go", None);
    Ok(barrier.id.clone())
}

/// The barriers of a plan, oldest first.
pub fn of<'a>(record: &'a Record, plan: &Id) -> Vec<&'a Thing> {
    record
        .standing(Noun::Barrier)
        .into_iter()
        .filter(|b| b.text("plan") == Some(plan.as_str()))
        .collect()
}

/// The ideas for a barrier, oldest first.
pub fn ideas<'a>(record: &'a Record, barrier: &Id) -> Vec<&'a Thing> {
    record
        .standing(Noun::Idea)
        .into_iter()
        .filter(|i| i.text("barrier") == Some(barrier.as_str()))
        .collect()
}

/// The one state a barrier is in: `open`, `trying`, `solved` or `let_go`.
///
/// The newest act decides; a result counts if nothing was chosen after it.
pub fn state(record: &Record, barrier: &Thing) -> &'static str {
    let Some(last) = acts_on(record, &barrier.id).pop() else {
        return "open";
    };
    match (last.text("kind"), last.text("result")) {
        (Some("let_go"), _) => "let_go",
        (Some("choose"), _) if chosen(record, barrier).is_some() => "trying",
        (Some("result"), Some("worked")) => "solved",
        (Some("result"), Some("partly")) => "trying",
        _ => "open",
    }
}

/// The state of an idea: `new`, `chosen`, `worked`, `partly` or `did_not_work`.
pub fn idea_state(record: &Record, idea: &Thing) -> String {
    let Ok(barrier) = barrier_of(record, idea) else {
        return "new".into();
    };
    let mine = |act: &&Thing| act.text("idea") == Some(idea.id.as_str());
    let acts: Vec<&Thing> = acts_on(record, &barrier.id);
    let last_choice = acts
        .iter()
        .rev()
        .find(|act| act.text("kind") == Some("choose"))
        .and_then(|act| began(act));
    let result = acts
        .iter()
        .copied()
        .filter(mine)
        .rfind(|act| act.text("kind") == Some("result"));
    let chosen_again = acts
        .iter()
        .copied()
        .filter(mine)
        .rfind(|act| act.text("kind") == Some("choose"))
        .and_then(began);
    match result {
        Some(result) if began(result) >= chosen_again => {
            result.text("result").unwrap_or("new").into()
        }
        _ if chosen(record, barrier).as_ref() == Some(&idea.id)
            && chosen_again.is_some()
            && chosen_again == last_choice.max(chosen_again) =>
        {
            "chosen".into()
        }
        Some(result) if chosen_again < last_choice => result.text("result").unwrap_or("new").into(),
        _ => "new".into(),
    }
}

/// What worked before for this person: ideas that worked, newest first, each once.
pub fn helped_before(record: &Record) -> Vec<String> {
    let mut texts = Vec::new();
    for idea in record.standing(Noun::Idea).into_iter().rev() {
        if idea_state(record, idea) == "worked"
            && let Some(text) = record
                .shown_text(idea, "text")
                .filter(|text| !texts.contains(text))
        {
            texts.push(text);
        }
    }
    texts
}

/// A barrier as `cli.md` shows it.
pub fn show(record: &Record, barrier: &Thing) -> serde_json::Value {
    let mut map = view::thing(record, barrier);
    map.insert("plan".into(), json!(barrier.reference("plan")));
    map.insert("text".into(), view::text(record, barrier, "text"));
    map.insert("state".into(), json!(state(record, barrier)));
    let ideas: Vec<_> = ideas(record, &barrier.id)
        .into_iter()
        .map(|idea| show_idea(record, idea))
        .collect();
    map.insert("ideas".into(), json!(ideas));
    map.into()
}

/// An idea as `cli.md` shows it.
pub fn show_idea(record: &Record, idea: &Thing) -> serde_json::Value {
    let mut map = view::thing(record, idea);
    map.insert("text".into(), view::text(record, idea, "text"));
    map.insert("offered".into(), json!(idea.is("offered")));
    map.insert("state".into(), json!(idea_state(record, idea)));
    map.into()
}

/// The idea being tried. If the one chosen last was withdrawn, the one before it, as if it had never been chosen.
fn chosen(record: &Record, barrier: &Thing) -> Option<Id> {
    let shown = record.shown_text(barrier, "chosen").map(Id::read);
    let stands = |id: &Id| {
        record
            .get(Noun::Idea, id)
            .is_some_and(|idea| !idea.is_withdrawn())
    };
    shown.filter(stands).or_else(|| {
        let acts = acts_on(record, &barrier.id);
        acts.into_iter()
            .rfind(|act| act.text("kind") == Some("choose"))?
            .reference("idea")
    })
}

fn barrier_of<'a>(record: &'a Record, idea: &Thing) -> Result<&'a Thing> {
    idea.reference("barrier")
        .and_then(|id| record.get(Noun::Barrier, &id))
        .ok_or(Error::UnknownId)
}

/// The acts on a barrier, oldest first, without those about an idea that was withdrawn: it counts nowhere.
fn acts_on<'a>(record: &'a Record, barrier: &Id) -> Vec<&'a Thing> {
    let withdrawn = |act: &&Thing| {
        act.reference("idea")
            .and_then(|id| record.get(Noun::Idea, &id))
            .is_some_and(Thing::is_withdrawn)
    };
    record
        .standing(Noun::BarrierAct)
        .into_iter()
        .filter(|a| a.text("barrier") == Some(barrier.as_str()))
        .filter(|act| !withdrawn(act))
        .collect()
}

fn begin(acts: &mut Acts, barrier: &Thing, kind: &str, idea: Option<&Id>) -> Id {
    let id = acts.make(&barrier.part);
    acts.put(&barrier.part, Noun::BarrierAct, &id, "kind", kind);
    acts.put(
        &barrier.part,
        Noun::BarrierAct,
        &id,
        "barrier",
        barrier.id.as_str(),
    );
    if let Some(idea) = idea {
        acts.put(&barrier.part, Noun::BarrierAct, &id, "idea", idea.as_str());
    }
    id
}

fn began(thing: &Thing) -> Option<OpId> {
    thing.made().map(|answer| answer.op)
}
