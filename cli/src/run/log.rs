//! The log, and bringing back what was withdrawn.

use crate::shell::Shell;
use cairn_core::error::{Error, Result};
use cairn_core::log::{self, Saying};
use cairn_core::record::Noun;
use cairn_core::store::Scope;
use cairn_core::view::lists;
use cairn_core::{attachment, barrier, goal, plan, withdrawal};
use cairn_journey::Args;
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
            lists::entry(&record, &entry)
        }
        "log.correct" => {
            let id = args.id("entry")?;
            let said = said(args)?;
            let (entry, record) =
                shell.act(&Scope::Everything, |acts| log::correct(acts, &id, &said))?;
            lists::entry(&record, &entry)
        }
        "log.withdraw" => {
            let id = args.id("entry")?;
            let (entry, record) = shell.act(&Scope::Everything, |acts| {
                withdrawal::withdraw(acts, Noun::Entry, &id)
            })?;
            lists::entry(&record, &entry)
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
                Noun::Attachment => attachment::show(&record, thing),
                _ => lists::entry(&record, &id)?,
            })
        }
        _ => Err(Error::Usage { what: "command" }),
    }
}

fn list(shell: &Shell, args: &Args) -> Result<Value> {
    let (plan, from, to) = (args.opt_id("plan")?, args.opt("from")?, args.opt("to")?);
    let record = shell.read(&Scope::Everything)?;
    lists::entries(&record, plan.as_ref(), from.as_deref(), to.as_deref())
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
