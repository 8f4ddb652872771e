//! Goals and what is rated and scored of them.

use crate::shell::Shell;
use cairn_core::error::{Error, Result};
use cairn_core::goal;
use cairn_core::id::Id;
use cairn_core::rating;
use cairn_core::record::{Acts, Noun, Record};
use cairn_core::store::Scope;
use cairn_core::view::lists;
use cairn_core::withdrawal;
use cairn_core::words::Rated;
use cairn_journey::Args;
use serde_json::{Value, json};

/// Carries out a command about goals.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    match name {
        "goal.list" => Ok(lists::goals(&shell.read(&Scope::All)?)),
        "goal.show" => lists::goal(&shell.read(&Scope::All)?, &args.id("goal")?),
        "goal.add" => {
            let (words, importance, confidence) = (
                args.text("words")?,
                args.opt_int("importance")?,
                args.opt_int("confidence")?,
            );
            change(shell, |acts| {
                goal::add(acts, &words, importance, confidence)
            })
        }
        "goal.rate" => rate(shell, args),
        "goal.scale" | "goal.score" | "goal.t_score" => super::talk::scale(shell, name, args),
        _ => {
            let id = args.id("goal")?;
            let rule: super::Rule = match name {
                "goal.take_up" => Box::new(move |acts| goal::take_up(acts, &id)),
                "goal.hold" => Box::new(move |acts| goal::hold(acts, &id)),
                "goal.resume" => Box::new(move |acts| goal::resume(acts, &id)),
                "goal.achieve" => Box::new(move |acts| goal::achieve(acts, &id)),
                "goal.withdraw" => {
                    Box::new(move |acts| withdrawal::withdraw(acts, Noun::Goal, &id))
                }
                "goal.set_aside" => {
                    let why = args.text("why")?;
                    Box::new(move |acts| goal::set_aside(acts, &id, &why))
                }
                "goal.reword" | "goal.clinical" => {
                    let words = args.text("words")?;
                    let rule = if name == "goal.reword" {
                        goal::reword
                    } else {
                        goal::clinical
                    };
                    Box::new(move |acts| rule(acts, &id, &words))
                }
                _ => return Err(Error::Usage { what: "command" }),
            };
            change(shell, rule)
        }
    }
}

fn change(shell: &mut Shell, rule: impl FnOnce(&mut Acts) -> Result<Id>) -> Result<Value> {
    let (id, record) = shell.act(&Scope::All, rule)?;
    lists::goal(&record, &id)
}

fn rate(shell: &mut Shell, args: &Args) -> Result<Value> {
    let goal = args.id("goal")?;
    let why = args.opt("why")?;
    let (importance, confidence) = (
        args.opt_rating("importance")?,
        args.opt_rating("confidence")?,
    );
    let (ids, record) = shell.act(&Scope::All, |acts| {
        goal::rate_both(acts, &goal, importance, confidence, why.as_deref())
    })?;
    let last = ids.last().ok_or(Error::UnknownId)?;
    let mut answer = rated(shell, &record, last)?;
    answer["goal"] = json!(record.find(Noun::Goal, &goal)?.id);
    answer["ratings"] = ids
        .iter()
        .filter_map(|id| record.get(Noun::Rating, id))
        .map(|r| rating::show(&record, r))
        .collect();
    Ok(answer)
}

/// A rating that was just made, and what to ask next.
pub fn rated(shell: &Shell, record: &Record, id: &Id) -> Result<Value> {
    let thing = record.get(Noun::Rating, id).ok_or(Error::UnknownId)?;
    let kind = thing
        .text("kind")
        .and_then(Rated::parse)
        .unwrap_or(Rated::Confidence);
    let next = shell
        .words
        .next_question(kind, thing.int("value"), thing.text("word"));
    Ok(json!({"id": id, "rating": rating::show(record, thing), "next_question": next}))
}
