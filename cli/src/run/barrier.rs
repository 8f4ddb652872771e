//! What got in the way, and ideas.

use crate::shell::Shell;
use cairn_core::barrier;
use cairn_core::error::{Error, Result};
use cairn_core::id::Id;
use cairn_core::record::{Acts, Noun};
use cairn_core::store::Scope;
use cairn_core::view::lists;
use cairn_core::withdrawal;
use cairn_journey::Args;
use serde_json::{Value, json};

/// Carries out a command about barriers and ideas.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    match name {
        "barrier.list" => Ok(lists::barriers(&shell.read(&Scope::All)?)),
        "barrier.show" => lists::barrier(&shell.read(&Scope::All)?, &args.id("barrier")?),
        "barrier.add" => {
            let (plan, text) = (args.id("plan")?, args.text("text")?);
            let (id, record) = shell.act(&Scope::All, |acts| barrier::add(acts, &plan, &text))?;
            let mut answer = lists::barrier(&record, &id)?;
            answer["helped_before"] = json!(barrier::helped_before(&record));
            Ok(answer)
        }
        "barrier.let_go" => {
            let id = args.id("barrier")?;
            let (id, record) = shell.act(&Scope::All, |acts| barrier::let_go(acts, &id))?;
            lists::barrier(&record, &id)
        }
        "barrier.withdraw" => {
            let id = args.id("barrier")?;
            let (id, record) = shell.act(&Scope::All, |acts| {
                withdrawal::withdraw(acts, Noun::Barrier, &id)
            })?;
            lists::barrier(&record, &id)
        }
        "idea.add" => {
            let (about, text) = (args.id("barrier")?, args.text("text")?);
            let (offered, asked) = (args.flag("offered"), args.flag("asked"));
            idea(shell, |acts| {
                barrier::add_idea(acts, &about, &text, offered, asked)
            })
        }
        "idea.choose" => {
            let id = args.id("idea")?;
            idea(shell, |acts| barrier::choose(acts, &id))
        }
        "idea.result" => {
            let (id, result, note) = (args.id("idea")?, args.word("result")?, args.opt("note")?);
            idea(shell, |acts| {
                barrier::result(acts, &id, &result, note.as_deref())
            })
        }
        "idea.withdraw" => {
            let id = args.id("idea")?;
            idea(shell, |acts| withdrawal::withdraw(acts, Noun::Idea, &id))
        }
        _ => Err(Error::Usage { what: "command" }),
    }
}

fn idea(shell: &mut Shell, rule: impl FnOnce(&mut Acts) -> Result<Id>) -> Result<Value> {
    let (id, record) = shell.act(&Scope::All, rule)?;
    lists::idea(&record, &id)
}
