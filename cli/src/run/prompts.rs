//! What to look at with a person, and the messages that go out by themselves.

use crate::shell::Shell;
use cairn_core::error::{Error, Result};
use cairn_core::record::{Noun, Record};
use cairn_core::store::{Circle, Scope};
use cairn_core::{message, prompt};
use cairn_journey::Args;
use serde_json::Value;

/// Carries out a command about prompts or messages.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    match name {
        "prompts" => {
            let (record, day) =
                shell
                    .vault
                    .record_with(&shell.circle()?, &Scope::All, |record| shell.today(record))?;
            let prompts = prompt::list(&record, day, shell.words);
            Ok(prompts.iter().map(prompt::Prompt::show).collect())
        }
        "prompt.later" => {
            let (id, until, why) = (args.id("prompt")?, args.text("until")?, args.text("why")?);
            let words = shell.words;
            // Two missed times hang on entries.
            let (later, record) = shell.act(&Scope::Everything, |acts| {
                prompt::later(acts, &id, &until, &why, words)
            })?;
            Ok(prompt::show_put_off(&record, &later))
        }
        "messages.list" => {
            let circles = match args.opt("person")? {
                Some(_) => vec![shell.circle()?],
                None => shell.vault.circles()?,
            };
            let mut messages = Vec::new();
            for circle in circles {
                let record = shell.vault.record(&circle, &Scope::All)?;
                let day = shell.today(&record);
                let all = message::all(&record).into_iter();
                messages.extend(all.map(|f| message::show(&record, f, day)));
            }
            Ok(messages.into())
        }
        "messages.stop" => {
            let id = args.id("message")?;
            let circle = of_message(shell, |record| message::find(record, &id).map(|_| ()))?;
            let acting = shell.acting();
            let (id, record) = shell.vault.act(&circle, &Scope::All, acting, |acts| {
                message::stop(acts, &id)
            })?;
            let follow_up = message::find(&record, &id)?;
            Ok(message::show(&record, follow_up, shell.today(&record)))
        }
        _ => Err(Error::Usage { what: "command" }),
    }
}

/// The record that has a message; a list of messages goes over all of them.
fn of_message(shell: &Shell, has: impl Fn(&Record) -> Result<()>) -> Result<Circle> {
    let mut found = None;
    for circle in shell.vault.circles()? {
        let record = shell.vault.record(&circle, &Scope::All)?;
        match has(&record) {
            Err(Error::UnknownId) => {}
            Err(error) => return Err(error),
            Ok(()) if found.is_some() => return Err(Error::AmbiguousId),
            Ok(()) => found = Some(circle),
        }
    }
    found.ok_or(Error::UnknownId)
}

/// What began on this device in a record since a moment, in Unix seconds.
pub fn written_since(record: &Record, since: i64) -> Vec<Value> {
    let mut things: Vec<_> = record
        .all()
        .filter(|thing| thing.noun != Noun::Member)
        .filter_map(|thing| Some((thing.made()?, thing)))
        .filter(|(made, _)| made.stamp.actor == record.actor && made.stamp.at >= since)
        .collect();
    things.sort_by_key(|(made, thing)| (made.stamp.at, thing.part.clone(), made.op));
    things
        .into_iter()
        .map(|(_, thing)| serde_json::json!({"id": thing.id, "noun": thing.noun.as_str()}))
        .collect()
}
