//! A home visit on this device: whose record is meant, the phone in the person's hands, and what was written.

use super::prompts::written_since;
use crate::shell::Shell;
use cairn_core::error::{Error, Result};
use cairn_core::record::{Noun, Part, Value as Kept};
use cairn_core::store::{Circle, Founding, Scope, Visit};
use cairn_core::{about_me, need, prompt};
use cairn_journey::Args;
use serde_json::{Value, json};

/// Carries out a command about a visit, or about practising.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    match name {
        "visit.start" => start(shell, args),
        "visit.hand_phone" => hand(shell, true),
        "visit.give_back" => hand(shell, false),
        "visit.end" => end(shell),
        "practice.start" => practise(shell),
        "practice.end" => practised(shell),
        _ => Err(Error::Usage { what: "command" }),
    }
}

fn start(shell: &mut Shell, args: &Args) -> Result<Value> {
    args.text("person")?;
    let (circle, now) = (shell.circle()?, shell.now());
    let visit = shell.vault.start_visit(&circle, now)?;
    let mut answer = shown(shell, &visit)?;
    let (record, day) = shell
        .vault
        .record_with(&circle, &Scope::All, |record| shell.today(record))?;
    answer["matters"] = about_me::show(&record);
    answer["needs"] = need::list(&record);
    let prompts = prompt::list(&record, day, shell.words);
    answer["prompts"] = prompts.iter().map(prompt::Prompt::show).collect();
    Ok(answer)
}

fn hand(shell: &mut Shell, handed: bool) -> Result<Value> {
    let visit = shell.vault.hand_phone(handed)?;
    shown(shell, &visit)
}

/// Lists what was written; whose record was meant before the visit is meant again.
fn end(shell: &mut Shell) -> Result<Value> {
    let visit = shell.vault.end_visit()?;
    let mut answer = shown(shell, &visit)?;
    let circle = shell.find_person(visit.person.as_str())?;
    let record = shell.vault.record(&circle, &Scope::Everything)?;
    let written = written_since(&record, visit.since);
    // Whether anything of it waits to be sent depends on there being somebody to get it.
    let waiting = if record.members().len() > 1 {
        written.len()
    } else {
        0
    };
    answer["saved"] = json!(written);
    answer["waiting"] = json!(waiting);
    Ok(answer)
}

fn shown(shell: &Shell, visit: &Visit) -> Result<Value> {
    let circle = shell.find_person(visit.person.as_str())?;
    let name = shell.vault.record(&circle, &Scope::Live)?.person_name();
    let since = chrono::DateTime::from_timestamp(visit.since, 0).unwrap_or_default();
    Ok(
        json!({"id": visit.person, "person": visit.person, "name": name, "handed": visit.handed,
              "since": since.with_timezone(shell.now().offset()).to_rfc3339()}),
    )
}

/// An invented person to practise on, marked as such in the record itself: it counts nowhere and is never sent.
fn practise(shell: &mut Shell) -> Result<Value> {
    let running = shell.vault.caseload()?;
    if let Some((id, _)) = running.iter().find(|(_, facts)| facts.practises()) {
        let circle = shell.find_person(id.as_str())?;
        shell.vault.choose(Some(&circle))?;
        return super::people::row(shell, &circle);
    }
    let own = shell.own()?;
    let record = shell.vault.record(&own, &Scope::Live)?;
    let me = record.member(&own.member).ok_or(Error::Damaged)?;
    let name = shell.words.say("practice-name", &[]);
    let zones = record.zones();
    let founding = Founding {
        person: &name,
        founder: Some(&me.name),
        title: None,
        born: None,
        place: None,
        zone: zones.current(),
    };
    let acting = shell.acting();
    let circle = shell
        .vault
        .found(&founding, acting, shell.entropy.as_ref())?;
    mark(shell, &circle, "on")?;
    shell.vault.choose(Some(&circle))?;
    super::people::row(shell, &circle)
}

fn practised(shell: &mut Shell) -> Result<Value> {
    let running = shell.vault.caseload()?;
    let Some((id, _)) = running.iter().find(|(_, facts)| facts.practises()) else {
        return Err(Error::NotAnAnswer);
    };
    let circle = shell.find_person(id.as_str())?;
    mark(shell, &circle, "over")?;
    shell.vault.choose(None)?;
    Ok(json!({"id": circle.id, "practice": false}))
}

fn mark(shell: &mut Shell, circle: &Circle, word: &str) -> Result<()> {
    let acting = shell.acting();
    let (id, part) = (circle.id.clone(), Part::circle());
    shell.vault.act(circle, &Scope::All, acting, |acts| {
        acts.put(&part, Noun::Circle, &id, "practice", Kept::from(word));
        Ok(())
    })?;
    Ok(())
}
