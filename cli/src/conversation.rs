//! `cairn` without a command, on a terminal: the conversation. This shows a page and reads a line; every rule, and every
//! word, is in the core ([`cairn_core::ask`]).

mod leave;
mod read;
mod show;

use crate::home::{self, NO_PROFILE};
use crate::print;
use crate::run;
use crate::shell::{OsEntropy, Shell, key_of, own_key, own_zone, system_now};
use cairn_core::ask::{self, Go, Page, Reply};
use cairn_core::error::{Error, Result};
use cairn_core::record::Acting;
use cairn_core::words::Words;
use cairn_journey::Args;
use chrono::{DateTime, FixedOffset, Utc};
use read::Typed;
use serde_json::Value;
use std::io::IsTerminal;
use std::path::Path;

/// Whether somebody can be talked with: both ends are a terminal.
pub fn is_possible() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// Holds the conversation until the person stops. Every answer is saved before the next question is shown.
pub fn hold(
    home: &Path,
    words: Words,
    at: Option<DateTime<FixedOffset>>,
    args: &Args,
) -> Result<()> {
    leave::kindly_on_interrupt(words);
    let (mut shell, is_new) = match home::open(home, words, at) {
        Err(error) if error == NO_PROFILE => match begin(home, words, at)? {
            Some(shell) => (shell, true),
            None => return Ok(()),
        },
        opened => (opened?, false),
    };
    if home::is_erased(&shell) {
        show::say(&words.say("cli-erased-here", &[]));
        return Ok(());
    }
    home::say_notice(&mut shell, false);
    shell.turn_to(shell.now(), args.opt("person")?, false);
    if !is_new {
        greet(&mut shell, words)?;
    }
    while answered(&mut shell, words, at)? {}
    show::say(&words.say("talk-stopped", &[]));
    Ok(())
}

/// Asks for the name, and makes a profile with it. None if the person stops here.
fn begin(home: &Path, words: Words, at: Option<DateTime<FixedOffset>>) -> Result<Option<Shell>> {
    show::say(&words.say("talk-welcome", &[]));
    show::say(&words.say("talk-leave", &[]));
    let page = ask::name_page(words);
    let key = key_of(home);
    let name = loop {
        let acting = Acting::at(at.unwrap_or_else(system_now));
        let reply = match next_reply(words, &page, acting.at.date_naive())? {
            Some(reply) => reply,
            None => continue,
        };
        let made = match &reply {
            Reply::Given(name) => leave::undisturbed(|| {
                let name = name.trim();
                ask::begin(home, &key, &OsEntropy, acting, name, &own_zone())?;
                Ok(name.to_owned())
            }),
            Reply::Skip => Err(Error::Empty),
            Reply::NotNow | Reply::Stop => {
                show::say(&words.say("talk-stopped", &[]));
                return Ok(None);
            }
        };
        match made {
            Ok(name) => break name,
            Err(error) if error.exit() <= 2 => show::say(&words.refusal(&page.ask, &error)),
            Err(error) => return Err(error),
        }
    };
    let made = serde_json::json!({
        "name": name, "home": home, "key_file": key.path(),
        "key_beside_vault": key.path() == own_key(home).path(),
    });
    show::page(&print::human(words, "init", &made));
    home::open(home, words, at).map(Some)
}

/// Says whose record this is, and what is planned today.
fn greet(shell: &mut Shell, words: Words) -> Result<()> {
    let circle = shell.circle()?;
    let own = shell.own()?;
    let record = shell.read(&crate::shell::nothing())?;
    if circle != own {
        // Whoever holds the keyboard, these are the person's answers.
        let person = Some(circle.id.to_string());
        shell.turn_to(shell.now(), person, true);
        let name = shell.read(&crate::shell::nothing())?.person_name();
        let name = name.unwrap_or_default();
        show::say(&words.say("talk-for-person", &[("name", (&name).into())]));
    } else if let Some(member) = record.member(&own.member) {
        show::say(&words.say("talk-hello", &[("name", (&member.name).into())]));
    }
    let today = run::run(shell, "today", &Args::default())?;
    show::page(&print::today(words, &today, false));
    show::say(&words.say("talk-leave", &[]));
    if shell.vault.is_staff()? {
        show::say(&words.say("talk-staff", &[]));
    }
    if shell.vault.talk(&circle)?.place.is_some() {
        show::say(&words.say("talk-carry-on", &[]));
    }
    Ok(())
}

/// Asks one question and takes the answer. False when the person stops.
fn answered(shell: &mut Shell, words: Words, at: Option<DateTime<FixedOffset>>) -> Result<bool> {
    set_clock(shell, at)?;
    let circle = shell.circle()?;
    let (page, today) = shell.vault.ask(&circle, shell.now(), words)?;
    let Some(reply) = next_reply(words, &page, today)? else {
        return Ok(true);
    };
    // A question may stand for hours: what it is answered by is the time of the answer.
    set_clock(shell, at)?;
    let acting = shell.acting();
    let was_staff = shell.vault.is_staff()?;
    let taken = leave::undisturbed(|| shell.vault.reply(&circle, acting, words, &page, &reply));
    match taken {
        Ok(outcome) => {
            for sentence in &outcome.said {
                show::say(sentence);
            }
            if !was_staff && shell.vault.is_staff()? {
                show::say(&words.say("talk-staff", &[]));
            }
            match outcome.go {
                Some(Go::Stop) => return Ok(false),
                Some(go) => look(shell, words, &go)?,
                None => {}
            }
        }
        Err(error) if error.exit() <= 2 => show::say(&words.refusal(&page.ask, &error)),
        Err(error) => return Err(error),
    }
    Ok(true)
}

/// The clock of this computer in the person's time zone, unless another was set.
fn set_clock(shell: &mut Shell, at: Option<DateTime<FixedOffset>>) -> Result<()> {
    if at.is_none() {
        let zones = shell.read(&crate::shell::nothing())?.zones();
        shell.set_now(zones.local(system_now().with_timezone(&Utc)));
    }
    Ok(())
}

/// Shows a question and reads the answer; none if it could not be read, to be asked again.
fn next_reply(words: Words, page: &Page, today: chrono::NaiveDate) -> Result<Option<Reply>> {
    show::question(words, page);
    Ok(match read::line()? {
        Typed::End => Some(Reply::Stop),
        Typed::NotText => {
            show::say(&words.say("talk-not-text", &[]));
            None
        }
        Typed::Line { text, may_be_cut } => {
            if may_be_cut {
                show::say(&words.say("talk-line-full", &[]));
            }
            Some(Reply::read(&page.ask, &text, today))
        }
    })
}

/// A page to read before the conversation goes on.
fn look(shell: &mut Shell, words: Words, go: &Go) -> Result<()> {
    let mut args = Args::default();
    let name = match go {
        Go::Progress => "progress",
        Go::Plan(plan) => {
            args.0.insert("plan".into(), plan.as_str().into());
            "plan.show"
        }
        Go::Stop => return Ok(()),
    };
    let mut answer = run::run(shell, name, &args)?;
    if let Value::Object(fields) = &mut answer {
        // A code is for typing commands, and whether a plan may be agreed is asked where it matters.
        for name in ["id", "gate"] {
            fields.remove(name);
        }
    }
    show::page(&print::human(words, name, &answer));
    Ok(())
}
