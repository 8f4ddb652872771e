//! Action plans: fields, chain, states, pauses; the rule of 7 is in [`gate`], agreeing in [`agree`].
//!
//! Source: `domain.md` 1, Action plan; `cli.md`, Rules a check relies on.

pub mod agree;
pub mod gate;
pub mod live;
pub mod often;
pub mod pause;
pub mod show;
pub mod state;
pub mod timetable;

use crate::clock::zone::parse_day;
use crate::error::{Error, Result};
use crate::goal;
use crate::id::Id;
use crate::rating::{self, Kind, Rating};
use crate::record::acts::checked;
use crate::record::{Acts, Noun, Part, Record, Thing};
use often::Often;

/// The plan has ended, by itself or with its goal. Source: `cli.md`, Goals.
pub const OVER: Error = Error::not_so("plan-over");

/// The single answers a plan has, in the order of the contract.
pub const FIELDS: [&str; 8] = [
    "what", "bit", "when", "where", "often", "from", "review", "support",
];

/// Answers for the fields of a plan; what is `None` is left as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Answers {
    /// What exactly I will do.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub what: Option<String>,
    /// Which bit of the goal.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub bit: Option<String>,
    /// When.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub when: Option<String>,
    /// Where.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub place: Option<String>,
    /// How often, in words [`Often::parse`] understands.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub often: Option<String>,
    /// First day, `yyyy-mm-dd`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub from: Option<String>,
    /// Last planned day, `yyyy-mm-dd`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub review: Option<String>,
    /// Who will support me.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub support: Option<String>,
    /// The plan this one replaces.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub replaces: Option<Id>,
    /// What changed from that one, and why.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub why: Option<String>,
}

/// Begins a plan for a goal the person has taken up.
pub fn new(acts: &mut Acts, goal: &Id, answers: &Answers) -> Result<Id> {
    let record = acts.record();
    let goal = record.find(Noun::Goal, goal)?;
    let Some(what) = &answers.what else {
        return Err(Error::Empty);
    };
    if goal::state(record, goal) == "proposed" {
        return Err(Error::GoalNotTakenUp);
    }
    let id = acts.make(&goal.part);
    acts.put(&goal.part, Noun::Plan, &id, "what", checked(what)?);
    acts.put(&goal.part, Noun::Plan, &id, "goal", goal.id.as_str());
    if let Some(replaces) = &answers.replaces {
        let replaced = record.find(Noun::Plan, replaces)?;
        acts.put(
            &goal.part,
            Noun::Plan,
            &id,
            "replaces",
            replaced.id.as_str(),
        );
    }
    acts.put_text(&goal.part, Noun::Plan, &id, "why", answers.why.as_deref())?;
    put_answers(acts, &goal.part, &id, answers)?;
    Ok(id)
}

/// Changes answers of a plan, agreed or not. Never un-agrees.
pub fn edit(acts: &mut Acts, plan: &Id, answers: &Answers) -> Result<Id> {
    let plan = acts.record().find(Noun::Plan, plan)?;
    if let Some(replaces) = &answers.replaces {
        let replaced = acts.record().find(Noun::Plan, replaces)?;
        acts.set(plan, "replaces", replaced.id.as_str());
    }
    acts.put_text(
        &plan.part,
        Noun::Plan,
        &plan.id,
        "why",
        answers.why.as_deref(),
    )?;
    put_answers(acts, &plan.part, &plan.id, answers)?;
    Ok(plan.id.clone())
}

fn put_answers(acts: &mut Acts, part: &Part, id: &Id, answers: &Answers) -> Result<()> {
    if let Some(often) = &answers.often {
        Often::parse(checked(often)?)?;
    }
    for day in [&answers.from, &answers.review].into_iter().flatten() {
        parse_day(day)?;
    }
    let given = [
        ("what", &answers.what),
        ("bit", &answers.bit),
        ("when", &answers.when),
        ("where", &answers.place),
        ("often", &answers.often),
        ("from", &answers.from),
        ("review", &answers.review),
        ("support", &answers.support),
    ];
    for (field, text) in given {
        acts.put_text(part, Noun::Plan, id, field, text.as_deref())?;
    }
    Ok(())
}

/// Rates how sure the person is of the plan.
///
/// # Errors
/// [`OVER`] for a draft that ended: nothing can be agreed by it any more.
pub fn rate(acts: &mut Acts, plan: &Id, rating: &Rating, why: Option<&str>) -> Result<Id> {
    let record = acts.record();
    let plan = record.find(Noun::Plan, plan)?;
    if state::agreed(record, plan).is_none() && state::ended(record, plan).is_some() {
        return Err(OVER);
    }
    rating::add(
        acts,
        Noun::Plan,
        &plan.id,
        &plan.part,
        Kind::Confidence,
        rating,
        why,
    )
}

/// A smaller step: the new words go into `what` (amount, time), `often` or `where`; the way is remembered.
/// It never opens the gate by itself.
pub fn smaller(acts: &mut Acts, plan: &Id, kind: &str, text: &str) -> Result<Id> {
    let plan = acts.record().find(Noun::Plan, plan)?;
    let field = match kind {
        "amount" | "time" => "what",
        "often" => "often",
        "place" => "where",
        _ => return Err(Error::Usage { what: "smaller" }),
    };
    let text = checked(text)?;
    if field == "often" {
        Often::parse(text)?;
    }
    let act = begin(acts, plan, "smaller");
    acts.put(&plan.part, Noun::PlanAct, &act, "way", kind);
    acts.put(&plan.part, Noun::PlanAct, &act, "text", text);
    acts.set(plan, field, text);
    Ok(plan.id.clone())
}

/// The person's own words for what they are going to do, kept beside the plan.
pub fn teach_back(acts: &mut Acts, plan: &Id, text: &str) -> Result<Id> {
    let plan = acts.record().find(Noun::Plan, plan)?;
    let text = checked(text)?;
    let act = begin(acts, plan, "teach_back");
    acts.put(&plan.part, Noun::PlanAct, &act, "text", text);
    Ok(plan.id.clone())
}

/// Whether the step was the person's own idea: a low confidence may mean that it was not.
/// Source: `domain.md` 1, The rule of 7.
pub fn own_idea(acts: &mut Acts, plan: &Id, own: bool) -> Result<Id> {
    let plan = acts.record().find(Noun::Plan, plan)?;
    let act = begin(acts, plan, "own_idea");
    acts.put(
        &plan.part,
        Noun::PlanAct,
        &act,
        "own",
        crate::record::Value::Bool(own),
    );
    Ok(plan.id.clone())
}

/// Ends a plan, for the person's own reason.
pub fn stop(acts: &mut Acts, plan: &Id, why: &str) -> Result<Id> {
    let plan = acts.record().find(Noun::Plan, plan)?;
    let why = checked(why)?;
    if state::ended(acts.record(), plan).is_some() {
        return Err(OVER);
    }
    let act = begin(acts, plan, "stop");
    acts.put(&plan.part, Noun::PlanAct, &act, "why", why);
    Ok(plan.id.clone())
}

/// Begins an act on a plan; its id.
pub fn begin(acts: &mut Acts, plan: &Thing, kind: &str) -> Id {
    let id = acts.make(&plan.part);
    acts.put(&plan.part, Noun::PlanAct, &id, "kind", kind);
    acts.put(&plan.part, Noun::PlanAct, &id, "plan", plan.id.as_str());
    id
}

/// The acts of one kind on a plan, oldest first.
pub fn acts_of<'a>(record: &'a Record, plan: &Id, kind: &str) -> Vec<&'a Thing> {
    record
        .standing(Noun::PlanAct)
        .into_iter()
        .filter(|act| act.text("plan") == Some(plan.as_str()) && act.text("kind") == Some(kind))
        .collect()
}
