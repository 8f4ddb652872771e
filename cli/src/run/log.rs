//! The log, and bringing back what was withdrawn.

use crate::args::Args;
use crate::shell::Shell;
use cairn_core::clock::zone::parse_day;
use cairn_core::error::{Error, Result};
use cairn_core::id::Id;
use cairn_core::log::{self, Saying, packed::Packed};
use cairn_core::record::{Noun, Record};
use cairn_core::store::Scope;
use cairn_core::{barrier, goal, plan, withdrawal};
use serde_json::Value;

/// Carries out a command about the log.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    match name {
        "log" => {
            let id = args.id("plan")?;
            args.word("did")?;
            let said = said(args)?;
            let (entry, record) =
                shell.act(&Scope::Plan(id.clone()), |acts| log::add(acts, &id, &said))?;
            show(&record, &entry)
        }
        "log.correct" => {
            let id = args.id("entry")?;
            let said = said(args)?;
            let (entry, record) =
                shell.act(&Scope::Everything, |acts| log::correct(acts, &id, &said))?;
            show(&record, &entry)
        }
        "log.withdraw" => {
            let id = args.id("entry")?;
            let (entry, record) = shell.act(&Scope::Everything, |acts| {
                withdrawal::withdraw(acts, Noun::Entry, &id)
            })?;
            show(&record, &entry)
        }
        "log.list" => list(shell, args),
        "restore" => {
            let id = args.id("id")?;
            let (id, record) =
                shell.act(&Scope::Everything, |acts| withdrawal::restore(acts, &id))?;
            let thing = record.find_among(&withdrawal::WITHDRAWABLE, &id)?;
            Ok(match thing.noun {
                Noun::Goal => goal::show(&record, thing),
                Noun::Plan => plan::show::show(&record, thing, shell.today(&record)),
                Noun::Barrier => barrier::show(&record, thing),
                Noun::Idea => barrier::show_idea(&record, thing),
                _ => show(&record, &id)?,
            })
        }
        _ => Err(Error::Usage { what: "command" }),
    }
}

fn list(shell: &Shell, args: &Args) -> Result<Value> {
    let record = shell.read(&Scope::Everything)?;
    let plan = args
        .opt_id("plan")?
        .map(|plan| record.find(Noun::Plan, &plan).map(|plan| plan.id.clone()))
        .transpose()?;
    let from = args.opt("from")?.map(|day| parse_day(&day)).transpose()?;
    let to = args.opt("to")?.map(|day| parse_day(&day)).transpose()?;
    Ok(log::list(&record, plan.as_ref())
        .iter()
        .filter(|(_, _, packed)| {
            from.is_none_or(|from| packed.on >= from) && to.is_none_or(|to| packed.on <= to)
        })
        .map(|(thing, answer, packed)| log::show(&record, thing, answer, packed))
        .collect())
}

fn show(record: &Record, id: &Id) -> Result<Value> {
    let thing = log::find(record, id)?;
    let answer = record.shown(thing, "").ok_or(Error::UnknownId)?;
    let packed = Packed::read(&answer.value).ok_or(Error::Damaged)?;
    Ok(log::show(record, thing, answer, &packed))
}

/// What is said of a planned time, as it was typed.
fn said(args: &Args) -> Result<Saying> {
    Ok(Saying {
        did: args.opt_word("did")?,
        on: args.opt("on_date")?,
        at: args.opt("at_time")?,
        amount: args.opt("amount")?,
        felt: args.opt_int("felt")?,
        why: args.opt_word("why")?,
        note: args.opt("note")?,
    })
}
