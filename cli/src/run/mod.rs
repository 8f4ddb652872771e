//! Carrying out one command on one opened home. A shell holds no rule: each command calls the core and shows
//! what the core shows.

mod about;
mod attach;
mod barrier;
mod circle;
mod device;
pub mod erase;
pub mod folder;
mod follow_up;
mod goal;
mod import;
pub mod link;
mod log;
mod people;
mod plan;
mod prompts;
mod record;
mod recovery;
mod talk;
mod team;
mod team_roster;
mod transfer;
mod visit;

use crate::shell::Shell;
use cairn_core::error::{Error, Result};
use cairn_core::id::Id;
use cairn_core::record::Acts;
use cairn_core::view;
use cairn_journey::Args;
use serde_json::Value;

pub use recovery::used as brought_back;

/// One act of the core with its arguments bound, to be carried out on a record.
type Rule<'a> = Box<dyn FnOnce(&mut Acts) -> Result<Id> + 'a>;

/// What begins something new about a person: of two records of one person it goes to the one that counts.
const BEGINS: [&str; 10] = [
    "about.set",
    "need.add",
    "goal.add",
    "agenda.add",
    "ambivalence",
    "support.add",
    "decide",
    "observe",
    "activation.record",
    "owner.set",
];

/// Carries out a command of the table; the answer is what `--json` prints.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    let (noun, verb) = name.split_once('.').unwrap_or((name, ""));
    if shell.vault.visit()?.is_some_and(|visit| visit.handed) && !view::handed::is_open(noun, verb)
    {
        return Err(Error::NotAllowed);
    }
    if BEGINS.contains(&name) {
        shell.turn_to_counting()?;
    }
    shell.may_see(view::circle::needed(noun, verb))?;
    let answer = carry_out(shell, name, noun, args)?;
    shell.note_view(view::circle::shows(noun, verb))?;
    Ok(answer)
}

fn carry_out(shell: &mut Shell, name: &str, noun: &str, args: &Args) -> Result<Value> {
    match noun {
        "about" | "need" => about::run(shell, name, args),
        "goal" => goal::run(shell, name, args),
        "agenda" | "ambivalence" | "support" | "decide" | "concern" | "observe" | "activation" => {
            talk::run(shell, name, args)
        }
        "plan" | "rest" | "offer" | "today" | "reminders" | "progress" => {
            plan::run(shell, name, args)
        }
        "attach" => attach::run(shell, args),
        "barrier" | "idea" => barrier::run(shell, name, args),
        "log" | "restore" => log::run(shell, name, args),
        "follow_up" | "figures" => follow_up::run(shell, name, args),
        "disagreements" | "settle" | "record" | "history" | "search" | "draft" | "verify"
        | "status" => record::run(shell, name, args),
        "circle" => circle::run(shell, name, args),
        "sync" => link::sync(shell, args),
        "device" => device::run(shell, name, args),
        "recovery" | "backup" => recovery::run(shell, name, args),
        "zone" | "people" | "use" | "profile" => people::run(shell, name, args),
        "erase" => erase::run(shell, args),
        "prompts" | "prompt" | "messages" => prompts::run(shell, name, args),
        "caseload" | "owner" | "team" | "meeting" | "handover" => team::run(shell, name, args),
        "visit" | "practice" => visit::run(shell, name, args),
        "export" | "import" => transfer::run(shell, name, args),
        _ => Err(Error::Usage { what: "command" }),
    }
}
