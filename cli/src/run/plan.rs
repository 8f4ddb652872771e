//! Action plans, rests, offers, and the day's page.

use super::goal::rated;
use crate::shell::Shell;
use cairn_core::clock::zone::parse_day;
use cairn_core::error::{Error, Result};
use cairn_core::id::Id;
use cairn_core::plan::agree::{Agreeing, agree};
use cairn_core::plan::{self, Answers, gate, pause, show};
use cairn_core::record::{Acts, Noun};
use cairn_core::store::Scope;
use cairn_core::view::{lists, today};
use cairn_core::withdrawal;
use cairn_journey::Args;
use serde_json::{Value, json};

/// Carries out a command about plans.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    match name {
        "today" => a_day(shell, args),
        "reminders" => {
            let record = shell.read(&Scope::Everything)?;
            lists::reminders(&record, shell.today(&record))
        }
        "progress" => how_it_goes(shell, args),
        "rest" => rest(shell, args),
        "plan.list" => list(shell, args),
        "plan.show" => {
            let record = shell.read(&Scope::All)?;
            lists::plan(&record, &args.id("plan")?, shell.today(&record))
        }
        "plan.new" | "plan.edit" => write(shell, name, args),
        "plan.rate" => rate(shell, args),
        "plan.agree" => {
            let plan = args.id("plan")?;
            let agreeing = Agreeing {
                follow_up: args.opt("follow_up")?,
                channel: args.opt_word("channel")?,
                message: args.opt("message")?,
                anyway: args.opt("anyway")?,
            };
            change(shell, |acts| agree(acts, &plan, &agreeing))
        }
        _ => small(shell, name, args),
    }
}

fn small(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    let id = args.id("plan")?;
    let rule: super::Rule = match name {
        "plan.smaller" => {
            let (kind, text) = (args.word("kind")?, args.text("text")?);
            Box::new(move |acts| plan::smaller(acts, &id, &kind, &text))
        }
        "plan.teach_back" => {
            let text = args.text("text")?;
            Box::new(move |acts| plan::teach_back(acts, &id, &text))
        }
        "plan.pause" => {
            let (why, from, until) = (args.word("why")?, args.opt("from")?, args.opt("until")?);
            Box::new(move |acts| pause::pause(acts, &id, &why, from.as_deref(), until.as_deref()))
        }
        "plan.stop" => {
            let why = args.text("why")?;
            Box::new(move |acts| plan::stop(acts, &id, &why))
        }
        "offer.later" => {
            let until = args.opt("until")?;
            Box::new(move |acts| pause::offer_later(acts, &id, until.as_deref()))
        }
        "plan.resume" => Box::new(move |acts| pause::resume(acts, &id)),
        "plan.withdraw" => Box::new(move |acts| withdrawal::withdraw(acts, Noun::Plan, &id)),
        "offer.fine" => Box::new(move |acts| pause::offer_fine(acts, &id)),
        _ => return Err(Error::Usage { what: "command" }),
    };
    change(shell, rule)
}

fn change(shell: &mut Shell, rule: impl FnOnce(&mut Acts) -> Result<Id>) -> Result<Value> {
    let (id, record) = shell.act(&Scope::All, rule)?;
    lists::plan(&record, &id, shell.today(&record))
}

fn write(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    let answers = Answers {
        what: args.opt("what")?,
        bit: args.opt("bit")?,
        when: args.opt("when")?,
        place: args.opt("where")?,
        often: args.opt("often")?,
        from: args.opt("from")?,
        review: args.opt("review")?,
        support: args.opt("support")?,
        replaces: args.opt_id("replaces")?,
        why: args.opt("why")?,
    };
    if name == "plan.edit" {
        let plan = args.id("plan")?;
        return change(shell, |acts| plan::edit(acts, &plan, &answers));
    }
    if answers.what.is_none() {
        return Err(Error::Usage { what: "what" });
    }
    let goal = args.id("goal")?;
    change(shell, |acts| plan::new(acts, &goal, &answers))
}

fn rate(shell: &mut Shell, args: &Args) -> Result<Value> {
    let (plan, value, why) = (args.id("plan")?, args.rating("value")?, args.opt("why")?);
    let (id, record) = shell.act(&Scope::All, |acts| {
        plan::rate(acts, &plan, &value, why.as_deref())
    })?;
    let thing = record.find(Noun::Plan, &plan)?;
    let mut answer = rated(shell, &record, &id)?;
    answer["plan"] = json!(thing.id);
    answer["gate"] = json!(gate::gate(&record, thing).as_str());
    Ok(answer)
}

fn list(shell: &Shell, args: &Args) -> Result<Value> {
    let goal = args.opt_id("goal")?;
    let record = shell.read(&Scope::All)?;
    lists::plans(&record, goal.as_ref(), shell.today(&record))
}

fn rest(shell: &mut Shell, args: &Args) -> Result<Value> {
    let (why, from, until) = (args.word("why")?, args.opt("from")?, args.opt("until")?);
    let (plans, record) = shell.act(&Scope::All, |acts| {
        pause::rest(acts, &why, from.as_deref(), until.as_deref())
    })?;
    let day = shell.today(&record);
    Ok(plans
        .iter()
        .filter_map(|id| record.get(Noun::Plan, id))
        .map(|plan| show::show(&record, plan, day))
        .collect())
}

fn a_day(shell: &Shell, args: &Args) -> Result<Value> {
    let given = args
        .opt("on_date")?
        .map(|day| parse_day(&day))
        .transpose()?;
    let (record, day) = shell.vault.record_for(&shell.circle()?, |record| {
        given.unwrap_or_else(|| shell.today(record))
    })?;
    let today = shell.today(&record);
    Ok(today::show(&record, day, today))
}

fn how_it_goes(shell: &Shell, args: &Args) -> Result<Value> {
    let plan = args.opt_id("plan")?;
    let record = shell.read(&Scope::Everything)?;
    lists::progress_of(&record, plan.as_ref(), shell.today(&record))
}
