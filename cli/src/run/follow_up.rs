//! Follow-ups and the two figures.

use crate::shell::Shell;
use cairn_core::error::{Error, Result};
use cairn_core::follow_up::{self, Recording};
use cairn_core::id::Id;
use cairn_core::record::{Acts, Record};
use cairn_core::store::Scope;
use cairn_core::view::{lists, progress};
use cairn_journey::Args;
use serde_json::{Value, json};

/// Fewer people than this are never counted together: each could be told.
const FEWEST: usize = 5;

/// Carries out a command about follow-ups.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    match name {
        "follow_up.list" => {
            let record = shell.read(&Scope::All)?;
            let day = shell.today(&record);
            Ok(lists::follow_ups(&record, args.flag("due"), day))
        }
        "follow_up.show" => {
            let record = shell.read(&Scope::All)?;
            lists::follow_up(&record, &args.id("follow_up")?, shell.today(&record))
        }
        "follow_up.add" => {
            let plan = args.id("plan")?;
            let (Some(due), Some(channel)) = (args.opt("due")?, args.opt_word("channel")?) else {
                return Err(follow_up::NO_DAY_OR_CHANNEL);
            };
            let message = args.opt("message")?;
            change(shell, |acts| {
                follow_up::add(acts, &plan, &due, &channel, message.as_deref())
            })
        }
        "follow_up.record" => {
            let id = args.id("follow_up")?;
            let recording = Recording {
                channel: args.opt_word("channel")?,
                reach: args.opt_word("reach")?,
                to: args.opt("to")?,
                well: args.opt("well")?,
                challenging: args.opt("challenging")?,
                next: args.opt_word("next")?,
            };
            change(shell, |acts| follow_up::record(acts, &id, &recording))
        }
        "figures" => figures(shell, args),
        _ => Err(Error::Usage { what: "command" }),
    }
}

fn change(shell: &mut Shell, rule: impl FnOnce(&mut Acts) -> Result<Id>) -> Result<Value> {
    let (id, record) = shell.act(&Scope::All, rule)?;
    lists::follow_up(&record, &id, shell.today(&record))
}

/// Of one person, or of the whole caseload unless that is so few people that one could be told.
fn figures(shell: &Shell, args: &Args) -> Result<Value> {
    let circles = match args.opt("person")? {
        Some(person) => vec![shell.find_person(&person)?],
        None if shell.is_staff()? => shell.looked_after()?,
        None => vec![shell.own()?],
    };
    if args.opt("person")?.is_none() && (1..FEWEST).contains(&circles.len()) {
        return Ok(json!({"agreed": null, "within_14_days": null, "weeks_2_to_26": null}));
    }
    let records = circles
        .iter()
        .map(|circle| shell.vault.record(circle, &Scope::All))
        .collect::<Result<Vec<Record>>>()?;
    let (agreed, within, weeks) =
        progress::figures(&records.iter().collect::<Vec<_>>(), |record| {
            shell.today(record)
        });
    Ok(json!({"agreed": agreed, "within_14_days": within, "weeks_2_to_26": weeks}))
}
