//! What a team does with several records: who answers for whom, handovers, the meeting, the caseload.

use crate::shell::Shell;
use cairn_core::clock::zone::parse_day;
use cairn_core::error::{Error, Result};
use cairn_core::id::Id;
use cairn_core::record::{Noun, Record};
use cairn_core::store::{Circle, Scope};
use cairn_core::team::handover::{self, Making};
use cairn_core::team::meeting::{self, Deciding, Week};
use cairn_core::team::{caseload, owner};
use cairn_journey::Args;
use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};

/// Carries out a command of a team.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    match name {
        "caseload" => {
            let at = shell.now().with_timezone(&Utc);
            Ok(caseload::show(&shell.vault.caseload()?, at, shell.words))
        }
        "owner.set" => {
            let member = args.id("member")?;
            shell.act(&Scope::All, |acts| owner::set(acts, &member))?;
            super::people::row(shell, &shell.circle()?)
        }
        "team.make" | "team.show" | "team.invite" | "team.remove" | "team.leave" => {
            super::team_roster::run(shell, name, args)
        }
        "meeting" => {
            let given = args.opt("week")?.map(|day| parse_day(&day)).transpose()?;
            let mut lines = Vec::new();
            for (_, record, of_person) in weeks(shell, given)? {
                lines.extend(of_person.iter().map(|line| meeting::show(&record, line)));
            }
            Ok(lines.into())
        }
        "meeting.decide" => decide(shell, args),
        "handover.make" => make(shell, args),
        "handover.accept" => answer(shell, args, None),
        "handover.refuse" => answer(shell, args, Some(args.text("why")?)),
        _ => Err(Error::Usage { what: "command" }),
    }
}

/// Everybody looked after here, each with the lines of a week: the one of the day given, else this one.
fn weeks(
    shell: &Shell,
    given: Option<NaiveDate>,
) -> Result<Vec<(Circle, Record, Vec<meeting::Line>)>> {
    let mut found = Vec::new();
    for circle in shell.looked_after()? {
        let day_of = |record: &Record| {
            let today = shell.today(record);
            Week::of(given.unwrap_or(today), today).seen
        };
        let (record, _) = shell.vault.record_with(&circle, &Scope::All, day_of)?;
        let today = shell.today(&record);
        let week = Week::of(given.unwrap_or(today), today);
        let lines = meeting::lines(&record, &week, shell.words);
        found.push((circle, record, lines));
    }
    Ok(found)
}

/// A line of this week or the last one; meetings run over midnight on Sunday.
fn decide(shell: &mut Shell, args: &Args) -> Result<Value> {
    let line = args.id("line")?;
    let deciding = Deciding {
        text: args.text("text")?,
        owner: args.id("owner")?,
        by: args.text("by")?,
    };
    let last_week = shell.now().date_naive().checked_sub_days(Days::new(7));
    let mut known: Vec<(Id, Circle)> = Vec::new();
    for given in [None, last_week] {
        for (circle, _, lines) in weeks(shell, given)? {
            known.extend(lines.into_iter().map(|line| (line.id, circle.clone())));
        }
    }
    known.sort_by(|a, b| a.0.cmp(&b.0));
    known.dedup_by(|a, b| a.0 == b.0);
    let (line, circle) = line
        .among(known.iter().map(|known| (&known.0, known)))?
        .clone();
    let acting = shell.acting();
    let (id, record) = shell.vault.act(&circle, &Scope::All, acting, |acts| {
        meeting::decide(acts, &line, &deciding)
    })?;
    Ok(meeting::show_decision(
        &record,
        record.find(Noun::Meeting, &id)?,
    ))
}

/// Of the person named, or of everybody one answers for today; one handover of several people has one id.
fn make(shell: &mut Shell, args: &Args) -> Result<Value> {
    let making = Making {
        to: args.id("to")?,
        until: args.opt("until")?,
        promises: args.list("promise")?,
    };
    let mut circles = match args.opt("person")? {
        Some(person) => vec![shell.find_person(&person)?],
        None => shell.looked_after()?,
    };
    if args.opt("person")?.is_none() {
        let mut mine = Vec::new();
        for circle in circles {
            let record = shell.vault.record(&circle, &Scope::All)?;
            if owner::of(&record, shell.today(&record)).member.as_ref() == Some(&record.me) {
                mine.push(circle);
            }
        }
        circles = mine;
    }
    let acting = shell.acting();
    let (mut id, mut made) = (None, Vec::new());
    for circle in &circles {
        let (made_id, record) = shell.vault.act(circle, &Scope::All, acting, |acts| {
            let id = id.clone().unwrap_or_else(|| handover::new_id(acts));
            handover::make(acts, &id, &making)
        })?;
        made.push(shown(shell, &record, &made_id)?);
        id = Some(made_id);
    }
    one_or_all(made)
}

/// Accepts a handover, or refuses it for a reason, for each of its people.
fn answer(shell: &mut Shell, args: &Args, refused: Option<String>) -> Result<Value> {
    let given = args.id("handover")?;
    let (mut known, mut of) = (Vec::new(), Vec::new());
    for circle in shell.looked_after()? {
        let record = shell.vault.record(&circle, &Scope::All)?;
        for handover in record.things(Noun::Handover) {
            if !known.contains(&handover.id) {
                known.push(handover.id.clone());
            }
            of.push((handover.id.clone(), circle.clone()));
        }
    }
    let id = given.among(known.iter().map(|id| (id, id)))?.clone();
    let acting = shell.acting();
    let mut answered = Vec::new();
    for (_, circle) in of.iter().filter(|(of, _)| *of == id) {
        let (_, record) = shell
            .vault
            .act(circle, &Scope::All, acting, |acts| match &refused {
                Some(why) => handover::refuse(acts, &id, why),
                None => handover::accept(acts, &id),
            })?;
        answered.push(shown(shell, &record, &id)?);
    }
    one_or_all(answered)
}

fn shown(shell: &Shell, record: &Record, id: &Id) -> Result<Value> {
    let handover = record.find(Noun::Handover, id)?;
    Ok(handover::show(record, handover, shell.today(record)))
}

/// One handover as itself, several under their one id.
fn one_or_all(mut all: Vec<Value>) -> Result<Value> {
    match all.as_slice() {
        [] => Err(Error::UnknownId),
        [_] => Ok(all.remove(0)),
        [first, ..] => Ok(json!({"id": first["id"], "people": all})),
    }
}
