//! What is done with a home as a whole: making it, opening it, answering while it is locked, erasing it.

use crate::run;
use crate::shell::{OsEntropy, Profile, Shell, key_of, own_key, own_zone, storage, system_now};
use cairn_core::circle::recovery_code::RecoveryCode;
use cairn_core::error::{Error, Result};
use cairn_core::record::Acting;
use cairn_core::store::{Vault, profile};
use cairn_core::words::Words;
use cairn_journey::Args;
use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};
use std::fs;
use std::io::{ErrorKind, IsTerminal};
use std::path::Path;

/// There is no profile in the folder. Said with the way to make one.
pub const NO_PROFILE: Error = Error::Usage { what: "home" };

/// There is a profile in the folder already.
pub const PROFILE_THERE: Error = Error::Usage {
    what: "home in use",
};

/// Something that was typed is no Unicode.
pub const NOT_TEXT: Error = Error::Usage { what: "text" };

/// The sentence for an error, with what to type where that helps.
pub fn sentence(error: &Error, words: Words) -> String {
    match error {
        Error::Usage { what: "home" } => words.say("cli-no-profile", &[]),
        Error::Usage {
            what: "home in use",
        } => words.say("cli-profile-there", &[]),
        Error::Usage { what: "text" } => words.say("cli-not-text", &[]),
        Error::Usage { what: "later" } => words.say("cli-later", &[]),
        Error::Usage { what: "--yes" } => erase_first(words, &OnlyHere::Things(Vec::new())),
        _ => words.error(error),
    }
}

/// Makes a profile.
pub fn init(
    home: &Path,
    words: Words,
    at: Option<DateTime<FixedOffset>>,
    args: &Args,
) -> Result<Value> {
    let profile = Profile {
        name: args.text("name")?,
        role: args.word("role")?,
        title: args.opt("title")?,
        born: args.opt("born")?,
        zone: args.opt("time_zone")?.unwrap_or_else(own_zone),
    };
    let key = key_of(home);
    let shell = Shell::init(
        home,
        &key,
        words,
        Box::new(OsEntropy),
        at.unwrap_or_else(system_now),
        &profile,
    )
    .map_err(|error| match error {
        Error::NotAnAnswer => PROFILE_THERE,
        other => other,
    })?;
    let own = shell.own()?;
    let beside = key.path() == own_key(home).path();
    Ok(json!({
        "id": own.id, "member": own.member, "name": profile.name, "role": profile.role, "time_zone": profile.zone,
        "home": home, "key_file": key.path(), "key_beside_vault": beside,
    }))
}

/// Brings a backup back into a home in which nothing was written yet, and prints the answer: the code that opened it ends
/// only then. Without `--code` the code is read from standard input: it does not stay in the shell's memory of what was
/// typed.
pub fn bring_back(
    home: &Path,
    words: Words,
    json: bool,
    at: Option<DateTime<FixedOffset>>,
    args: &Args,
) -> Result<Value> {
    let file = args.text("file")?;
    let typed = match args.opt("code")? {
        Some(code) => code,
        None => {
            if std::io::stdin().is_terminal() {
                crate::print::err(&words.say("recovery-ask", &[]));
            }
            let mut line = String::new();
            let read = std::io::stdin().read_line(&mut line);
            read.map_err(|error| storage(&error))?;
            line
        }
    };
    let code = RecoveryCode::read(&typed)?;
    let key = key_of(home);
    let acting = Acting::at(at.unwrap_or_else(system_now));
    let mut answer = Value::Null;
    let show = |vault: &Vault, next: &RecoveryCode| {
        answer = crate::run::brought_back(vault, next)?;
        crate::print::code(words, "backup.restore", &answer, json)
    };
    let file = Path::new(&file);
    let made = profile::bring_back(home, &key, &OsEntropy, acting, file, &code, show);
    made.map_err(|error| match error {
        Error::NotAnAnswer => PROFILE_THERE,
        other => other,
    })?;
    Ok(answer)
}

/// Opens a profile.
pub fn open(home: &Path, words: Words, at: Option<DateTime<FixedOffset>>) -> Result<Shell> {
    Shell::open(home, &key_of(home), words, Box::new(OsEntropy), at).map_err(no_profile)
}

/// Says what was found wrong with the profile at opening, with each command until the person has read it; that
/// somebody asks to be let in; once, that an answer given while it was locked could not be added; and that this device
/// was taken out of the record that is meant: what is written there goes nowhere.
pub fn say_notice(shell: &mut Shell, json: bool) {
    say_requests(shell, json);
    if shell.vault.note_staying(shell.staying).unwrap_or(false) {
        tell("drop_stays", &shell.words.say("cli-drop-stays", &[]), json);
    }
    let found = shell.vault.notice().map(|found| found.key());
    for key in found.into_iter().chain(out_of(shell)) {
        let code = key.trim_start_matches("notice-").replace('-', "_");
        tell(&code, &shell.words.say(key, &[]), json);
    }
}

/// The key of the sentence for how this device was taken out of the record that is meant, if it was.
pub fn out_of(shell: &Shell) -> Option<&'static str> {
    let circle = shell.circle().ok()?;
    let out = shell.vault.taken_out(&circle).ok()??;
    Some(out.key())
}

/// Says that somebody asks to be let in, and where they are seen.
fn say_requests(shell: &Shell, json: bool) {
    let asked = shell.vault.asked_of().unwrap_or_default();
    // What is meant where no person is named.
    let meant = shell.vault.chosen().ok().flatten();
    let meant = meant.or_else(|| shell.own().ok());
    let team = shell.vault.team().ok().flatten();
    for circle in asked {
        let id: String = circle.id.to_string();
        let (key, args) = if Some(&circle) == meant.as_ref() {
            ("link-waiting", vec![])
        } else if Some(&circle) == team.as_ref() {
            ("link-waiting-team", vec![])
        } else {
            ("link-waiting-other", vec![("person", id.as_str().into())])
        };
        tell("requests", &shell.words.say(key, &args), json);
    }
}

fn tell(code: &str, message: &str, json: bool) {
    if json {
        crate::print::err(&json!({"notice": {"code": code, "message": message}}).to_string());
    } else {
        crate::print::err(message);
    }
}

/// Keeps a one-tap answer without opening the vault; the next opening adds it to the log. Where the vault can be opened
/// now, a plan nobody here knows is said at once, since `cli.md` has `unknown_id` for an id that nothing has; where it is
/// locked indeed, that answer waits in the box until its plan is here.
pub fn drop_answer(
    home: &Path,
    words: Words,
    at: Option<DateTime<FixedOffset>>,
    args: &Args,
) -> Result<Value> {
    let (plan, did) = (args.text("plan")?, args.word("did")?);
    if let Ok(shell) = open(home, words, at) {
        shell.vault.has_plan(&plan)?;
    }
    let at = at.unwrap_or_else(system_now);
    let on = profile::drop_answer(home, &plan, &did, at, &OsEntropy).map_err(no_profile)?;
    Ok(json!({"plan": plan, "did": did, "on": on, "dropped": true}))
}

fn no_profile(error: Error) -> Error {
    match error {
        Error::UnknownId => NO_PROFILE,
        other => other,
    }
}

/// What erasing would take that is nowhere else.
pub enum OnlyHere {
    /// Only that is left which tells others that a record was erased.
    Erased,
    /// The home cannot be opened: nobody can tell.
    Unread,
    /// These.
    Things(Vec<Value>),
}

/// What erasing would take that is nowhere else, before anything is erased.
pub fn only_here(
    home: &Path,
    words: Words,
    at: Option<DateTime<FixedOffset>>,
    args: &Args,
) -> Result<OnlyHere> {
    if !Vault::stands_in(home) {
        return Err(NO_PROFILE);
    }
    match open(home, words, at) {
        Ok(shell) if is_erased(&shell) => Ok(OnlyHere::Erased),
        Ok(mut shell) => would_go(&mut shell, args).map(OnlyHere::Things),
        Err(error) if error == NO_PROFILE || error == Error::Locked => Err(error),
        // A home nobody can open any more may still be erased.
        Err(_) => Ok(OnlyHere::Unread),
    }
}

fn would_go(shell: &mut Shell, args: &Args) -> Result<Vec<Value>> {
    let one = means_one(shell, args)?;
    run::erase::only_here(shell, &run::erase::records(shell, one)?)
}

/// Whether one record is erased, and not the home: where one person was named, or others share the own one.
fn means_one(shell: &mut Shell, args: &Args) -> Result<bool> {
    shell.vault.is_in_own_hands()?;
    let person = args.opt("person")?;
    let named = person.is_some();
    shell.turn_to(shell.now(), person, false);
    Ok(named || run::erase::is_shared_own(shell)?)
}

/// Whether nothing is left but to tell others that a record was erased.
pub fn is_erased(shell: &Shell) -> bool {
    matches!(shell.own(), Err(Error::UnknownId))
}

/// What is said before anything is erased.
pub fn erase_first(words: Words, only_here: &OnlyHere) -> String {
    let listed = match only_here {
        OnlyHere::Erased => return words.say("cli-erased-here", &[]),
        OnlyHere::Unread => words.say("cli-erase-unread", &[]),
        OnlyHere::Things(things) => crate::print::only_here(words, "status-never", things),
    };
    format!("{}\n{listed}", words.say("cli-erase-first", &[]))
}

/// Erases a profile and its key, and says what was never sent to anyone. Where others share the record of this
/// profile's person, or where one person was named, [`run::erase`] does it, and the home stays to tell the others.
pub fn erase(
    home: &Path,
    words: Words,
    at: Option<DateTime<FixedOffset>>,
    args: &Args,
) -> Result<Value> {
    let never_sent = match open(home, words, at) {
        Ok(mut shell) => {
            if means_one(&mut shell, args)? {
                return run::erase::run(&mut shell, args);
            }
            run::erase::only_here(&shell, &run::erase::records(&shell, false)?)?.into()
        }
        Err(error) if error == NO_PROFILE || error == Error::Locked => return Err(error),
        // A home nobody can open any more may still be erased; what was only there nobody can tell.
        Err(_) => Value::Null,
    };
    for entry in fs::read_dir(home)
        .map_err(|error| storage(&error))?
        .flatten()
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        let ours = ["vault.db", "witness", "drop.", "device.key", "making"]
            .iter()
            .any(|start| name.starts_with(start));
        if ours && entry.path().is_file() {
            match fs::remove_file(entry.path()) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(storage(&error)),
                _ => {}
            }
        }
    }
    // Only an empty folder goes: what else lies there is not ours.
    let _ = fs::remove_dir(home);
    Ok(json!({"erased": true, "never_sent": never_sent}))
}
