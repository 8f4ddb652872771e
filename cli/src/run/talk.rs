//! What is talked about around a goal: agenda, both sides, support, decisions, concerns, observations, scores.

use crate::shell::Shell;
use cairn_core::error::{Error, Result};
use cairn_core::goal::{self, scale};
use cairn_core::id::Id;
use cairn_core::record::{Acts, Noun, Record, Thing};
use cairn_core::store::Scope;
use cairn_core::{agenda, ambivalence, concern, decision, observation, support};
use cairn_journey::Args;
use serde_json::Value;

/// Carries out a command about the talk around goals.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    match name {
        "agenda.list" => Ok(agenda::list(&shell.read(&Scope::All)?)),
        "support.list" => Ok(support::list(&shell.read(&Scope::All)?)),
        "agenda.add" => {
            let (text, topic) = (args.text("text")?, args.opt_word("topic")?);
            made(shell, Noun::Agenda, agenda::show, |acts| {
                agenda::add(acts, &text, topic.as_deref())
            })
        }
        "agenda.agree" => {
            let items: Vec<Id> = args.list("items")?.into_iter().map(Id::read).collect();
            let (_, record) = shell.act(&Scope::All, |acts| agenda::agree(acts, &items))?;
            Ok(agenda::list(&record))
        }
        "ambivalence" => {
            let (text, change) = (args.text("text")?, args.text("change")?);
            made(shell, Noun::Ambivalence, ambivalence::show, |acts| {
                ambivalence::add(acts, &text, &change)
            })
        }
        "support.add" => {
            let (text, kind, asked) = (args.text("text")?, args.word("kind")?, args.flag("asked"));
            made(shell, Noun::Support, support::show, |acts| {
                support::add(acts, &text, &kind, asked)
            })
        }
        "support.answer" => {
            let (id, answer) = (args.id("support")?, args.word("answer")?);
            made(shell, Noun::Support, support::show, |acts| {
                support::answer(acts, &id, &answer)
            })
        }
        "decide" => {
            let (text, options) = (args.text("text")?, args.list("options")?);
            let (mattered, chose) = (args.text("mattered")?, args.text("chose")?);
            let options: Vec<&str> = options.iter().map(String::as_str).collect();
            made(shell, Noun::Decision, decision::show, |acts| {
                decision::add(acts, &text, &options, &mattered, &chose)
            })
        }
        "concern.add" => {
            let (goal, text) = (args.id("goal")?, args.text("text")?);
            made(shell, Noun::Concern, concern::show, |acts| {
                concern::add(acts, &goal, &text)
            })
        }
        "observe" => {
            let (kind, text) = (args.word("kind")?, args.text("text")?);
            made(shell, Noun::Observation, observation::show, |acts| {
                observation::add(acts, &kind, &text)
            })
        }
        "activation.record" => {
            let (score, level, version) = (
                args.text("score")?,
                args.int("level")?,
                args.text("version")?,
            );
            made(
                shell,
                Noun::Activation,
                observation::show_activation,
                |acts| observation::record_activation(acts, &score, level, &version),
            )
        }
        _ => Err(Error::Usage { what: "command" }),
    }
}

/// Attainment: the five sentences of a goal, scores, and the T-score.
pub fn scale(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    match name {
        "goal.scale" => {
            let (goal, levels) = (args.id("goal")?, args.list("levels")?);
            let (weight, baseline) = (args.opt("weight")?, args.opt_word("baseline")?);
            let levels = scale::five(&levels)?;
            made(shell, Noun::Goal, goal::show, |acts| {
                scale::scale(acts, &goal, levels, weight.as_deref(), baseline.as_deref())
            })
        }
        "goal.score" => {
            let (goal, value) = (args.id("goal")?, args.int("value")?);
            made(shell, Noun::Score, scale::show_score, |acts| {
                scale::score(acts, &goal, value)
            })
        }
        "goal.t_score" => {
            let goals: Vec<Id> = args.list("goals")?.into_iter().map(Id::read).collect();
            scale::t_scores(&shell.read(&Scope::All)?, &goals)
        }
        _ => Err(Error::Usage { what: "command" }),
    }
}

fn made(
    shell: &mut Shell,
    noun: Noun,
    show: impl Fn(&Record, &Thing) -> Value,
    rule: impl FnOnce(&mut Acts) -> Result<Id>,
) -> Result<Value> {
    let (id, record) = shell.act(&Scope::All, rule)?;
    Ok(show(&record, record.find(noun, &id)?))
}
