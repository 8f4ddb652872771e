//! `cairn`: the command line of Cairn. The contract of its commands, exit codes and JSON is `cli.md`.

mod argv;
mod conversation;
mod demo;
mod help;
mod home;
mod journey;
mod print;
mod run;
mod shell;
mod table;

use argv::Line;
use cairn_core::clock::zone;
use cairn_core::error::Error;
use cairn_core::words::{Lang, Words};
use cairn_journey::Args;
use serde_json::{Value, json};
use std::process::ExitCode;

/// What a command ends with: its answer and exit code, or why not.
type Ended = Result<(Value, u8), Error>;

fn main() -> ExitCode {
    let given: Vec<_> = std::env::args_os().skip(1).collect();
    // A text that is no Unicode cannot be kept byte for byte: it is refused, in the language that was asked for.
    let is_text = given.iter().all(|arg| arg.to_str().is_some());
    let argv: Vec<String> = given
        .iter()
        .map(|arg| arg.to_string_lossy().into_owned())
        .collect();
    let line = argv::read(&argv);
    let json = line.as_ref().map_or_else(
        |_| {
            argv.iter()
                .take_while(|arg| *arg != "--")
                .any(|arg| arg == "--json")
        },
        |line| line.json,
    );
    let ended = line
        .map_err(|_| Error::Usage {
            what: if table::is_later(&argv) {
                "later"
            } else {
                "command"
            },
        })
        .and_then(|line| {
            let words = words_of(&line)?;
            let carried = match is_text {
                true => carry_out(&line, words),
                false => Err(home::NOT_TEXT),
            };
            carried.or_else(|error| refused(&error, words, json, line.name))
        });
    match ended.or_else(|error| refused(&error, Words::default(), json, None)) {
        Ok((_, exit)) => ExitCode::from(exit),
        Err(error) => ExitCode::from(error.exit()),
    }
}

fn words_of(line: &Line) -> Result<Words, Error> {
    match &line.lang {
        Some(code) => Lang::parse(code)
            .map(Words::new)
            .ok_or(Error::Usage { what: "lang" }),
        None => Ok(Words::default()),
    }
}

/// Says why a command was not carried out, or its answer could not be written.
fn refused(error: &Error, words: Words, json: bool, name: Option<&str>) -> Ended {
    if print::was_lost() {
        said(error, &words.say(not_shown(name), &[]), json!({}), json)
    } else {
        said(error, &home::sentence(error, words), json!({}), json)
    }
}

/// Says an error in these words; `more` stands beside its code.
fn said(error: &Error, message: &str, mut more: Value, json: bool) -> Ended {
    if json {
        more["code"] = json!(error.code());
        more["message"] = json!(message);
        print::err(&json!({ "error": more }).to_string());
    } else {
        print::err(&print::harmless(message));
    }
    Ok((Value::Null, error.exit()))
}

/// The key of what is said of an answer that could not be written: a code is shown only once. One that was used holds
/// where the next was to be shown before it ended.
fn not_shown(name: Option<&str>) -> &'static str {
    match name {
        Some("recovery.make") => "cli-not-shown-code",
        Some("recovery.use" | "backup.restore") if print::earlier_holds() => "cli-not-shown-kept",
        Some("recovery.use" | "backup.restore") => "cli-not-shown-next",
        _ => "cli-not-shown",
    }
}

fn carry_out(line: &Line, words: Words) -> Ended {
    let at = match &line.now {
        Some(text) => Some(zone::parse_moment(text, &shell::own_zone())?),
        None => None,
    };
    let args = Args(line.args.clone());
    let home = line.home.clone().unwrap_or_else(shell::default_home);
    let Some(name) = line.name.filter(|_| !line.help) else {
        if !line.help && !line.json && conversation::is_possible() {
            return conversation::hold(&home, words, at, &args).map(|()| (Value::Null, 0));
        }
        return help::show(words, &line.about, line.json).map(|()| (Value::Null, 0));
    };
    let (answer, exit) = match name {
        "init" => (home::init(&home, words, at, &args)?, 0),
        "backup.restore" => {
            return home::bring_back(&home, words, line.json, at, &args).map(|answer| (answer, 0));
        }
        "drop" => (home::drop_answer(&home, words, at, &args)?, 0),
        "erase" if !args.flag("yes") => {
            let only_here = home::only_here(&home, words, at, &args)?;
            let message = home::erase_first(words, &only_here);
            let error = Error::Usage { what: "--yes" };
            let never_sent = match only_here {
                home::OnlyHere::Erased => json!([]),
                home::OnlyHere::Unread => Value::Null,
                home::OnlyHere::Things(things) => things.into(),
            };
            let more = json!({"never_sent": never_sent});
            return said(&error, &message, more, line.json);
        }
        "erase" => (home::erase(&home, words, at, &args)?, 0),
        "replay" => return demo::replay(words, line.json, &args),
        "demo" => return demo::demo(words, line.json, line.home.as_deref()),
        _ => {
            let mut shell = home::open(&home, words, at)?;
            shell.json = line.json;
            shell.shows = true;
            let person = if name == "use" {
                None
            } else {
                args.opt("person")?
            };
            shell.turn_to(shell.now(), person, args.flag("for_person"));
            let answer = match run::run(&mut shell, name, &args) {
                Ok(answer) => answer,
                Err(error) => {
                    // Why not, where that is why.
                    let why = match error {
                        Error::NotAllowed => home::out_of(&shell),
                        Error::UnknownId if home::is_erased(&shell) => Some("cli-erased-here"),
                        _ => None,
                    };
                    let Some(key) = why else {
                        return Err(error);
                    };
                    return said(&error, &words.say(key, &[]), json!({}), line.json);
                }
            };
            home::say_notice(&mut shell, line.json);
            if shell.answered {
                return Ok((answer, 0));
            }
            let broken = name == "verify" && answer["ok"] == false;
            (answer, if broken { Error::Damaged.exit() } else { 0 })
        }
    };
    print::answer(words, name, &answer, line.json)?;
    Ok((answer, exit))
}
