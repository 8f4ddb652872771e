//! What was typed, read by the table of commands.

use crate::table::{self, COMMANDS, bare, long};
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Map, Value};
use std::path::PathBuf;

/// A command line as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The command's name with a dot; none where only help was asked for.
    pub name: Option<&'static str>,
    /// Its arguments, by the names journeys use.
    pub args: Map<String, Value>,
    /// The folder of the profile, if given.
    pub home: Option<PathBuf>,
    /// Whether one JSON value is wanted.
    pub json: bool,
    /// Whether help is wanted.
    pub help: bool,
    /// What was named, with dots: a command, or the noun of several; empty where nothing was.
    pub about: String,
    /// The clock, as given.
    pub now: Option<String>,
    /// The language, as given.
    pub lang: Option<String>,
}

/// Reads what was typed after the program's name. The error is what was wrong, for engineers: it may hold
/// words that were typed, so it is shown and kept nowhere.
pub fn read(argv: &[String]) -> Result<Line, String> {
    let with_name = std::iter::once("cairn".to_owned()).chain(argv.iter().cloned());
    let matches = build()
        .try_get_matches_from(with_name)
        .map_err(|error| first_line(&error))?;
    let mut line = Line {
        name: None,
        args: Map::new(),
        home: matches.get_one::<PathBuf>("all home").cloned(),
        json: matches.get_flag("all json"),
        help: matches.get_flag("all help"),
        about: String::new(),
        now: matches.get_one::<String>("all now").cloned(),
        lang: matches.get_one::<String>("all lang").cloned(),
    };
    let (mut name, mut at) = (String::new(), &matches);
    while let Some((verb, inner)) = at.subcommand() {
        if !name.is_empty() {
            name.push('.');
        }
        name.push_str(verb);
        at = inner;
    }
    line.about = name.replace('-', "_");
    let Some(command) = table::find(&name) else {
        if let Some(person) = matches.get_one::<String>("all person") {
            line.args.insert("person".into(), person.clone().into());
        }
        return if line.help || name.is_empty() {
            Ok(line)
        } else {
            Err("no such command".into())
        };
    };
    line.name = Some(command.name);
    for name in command
        .positionals
        .iter()
        .map(|name| bare(name))
        .chain(command.options.iter().copied())
    {
        if let Some(value) = value_of(at, name, command.positionals) {
            line.args.insert(name.into(), value);
        }
    }
    for name in command.repeated {
        if let Some(values) = at.get_many::<String>(name) {
            line.args
                .insert((*name).into(), values.cloned().collect::<Vec<_>>().into());
        }
    }
    for name in command.flags.iter().filter(|name| at.get_flag(name)) {
        line.args.insert((*name).into(), true.into());
    }
    if matches.get_flag("all for-person") {
        line.args.insert("for_person".into(), true.into());
    }
    if let Some(person) = matches.get_one::<String>("all person") {
        line.args
            .entry("person")
            .or_insert_with(|| person.clone().into());
    }
    Ok(line)
}

/// How a command is typed, for the help: `goal add WORDS [--importance …]`.
pub fn usage(command: &table::Command) -> String {
    let mut parts = vec![command.name.replace('.', " ").replace('_', "-")];
    for name in command.positionals {
        let shown = bare(name).replace('_', "-").to_uppercase();
        parts.push(match name.chars().last() {
            Some('?') => format!("[{shown}]"),
            Some('*') => format!("[{shown}…]"),
            Some('+') => format!("{shown}…"),
            _ => shown,
        });
    }
    parts.extend(
        command
            .options
            .iter()
            .map(|name| format!("[--{} …]", long(name))),
    );
    parts.extend(
        command
            .repeated
            .iter()
            .map(|name| format!("[--{} … …]", long(name))),
    );
    parts.extend(
        command
            .flags
            .iter()
            .map(|name| format!("[--{}]", long(name))),
    );
    parts.join(" ")
}

fn value_of(matches: &ArgMatches, name: &str, positionals: &[&str]) -> Option<Value> {
    if positionals
        .iter()
        .any(|given| bare(given) == name && given.ends_with(['*', '+']))
    {
        let values = matches.get_many::<String>(name)?;
        return Some(values.cloned().collect::<Vec<_>>().into());
    }
    matches
        .get_one::<String>(name)
        .map(|value| value.clone().into())
}

fn first_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

fn build() -> Command {
    let mut root = bare_command("cairn".into())
        .subcommand_required(false)
        .args([
            all("home")
                .env("CAIRN_HOME")
                .value_parser(clap::value_parser!(PathBuf)),
            all("now").env("CAIRN_NOW"),
            all("lang").env("CAIRN_LANG"),
            all("person"),
            all("json").action(ArgAction::SetTrue),
            all("for-person").action(ArgAction::SetTrue),
            all("help").short('h').action(ArgAction::SetTrue),
        ]);
    let mut nouns: Vec<&str> = COMMANDS
        .iter()
        .map(|c| c.name.split('.').next().unwrap_or(c.name))
        .collect();
    nouns.dedup();
    for noun in nouns {
        let whole = COMMANDS.iter().find(|command| command.name == noun);
        let verbs: Vec<_> = COMMANDS
            .iter()
            .filter(|c| {
                c.name
                    .split_once('.')
                    .is_some_and(|(first, _)| first == noun)
            })
            .collect();
        let mut command = named(noun);
        if let Some(whole) = whole {
            command = fill(command, whole);
        }
        if !verbs.is_empty() {
            command = command
                .subcommand_negates_reqs(true)
                .args_conflicts_with_subcommands(whole.is_some());
        }
        for verb in verbs {
            let name = verb
                .name
                .split_once('.')
                .map_or(verb.name, |(_, name)| name);
            command = command.subcommand(fill(named(name), verb));
        }
        root = root.subcommand(command);
    }
    root
}

/// A command typed with hyphens; underscores are understood too.
fn named(name: &str) -> Command {
    let command = bare_command(name.replace('_', "-"));
    if name.contains('_') {
        command.alias(name.to_owned())
    } else {
        command
    }
}

fn bare_command(name: String) -> Command {
    Command::new(name)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
}

fn all(name: &'static str) -> Arg {
    Arg::new(format!("all {name}")).long(name).global(true)
}

fn fill(mut command: Command, from: &table::Command) -> Command {
    for name in from.positionals {
        let arg = Arg::new(bare(name).to_owned()).allow_negative_numbers(true);
        command = command.arg(match name.chars().last() {
            Some('?') => arg,
            Some('*') => arg.num_args(0..),
            Some('+') => arg.num_args(1..),
            _ => arg,
        });
    }
    let option = |name: &&'static str| {
        Arg::new(*name)
            .long(long(name))
            .allow_negative_numbers(true)
    };
    // The last one given counts, so that a script may add to a line.
    command = command.args(
        from.options
            .iter()
            .map(|name| option(name).overrides_with(*name)),
    );
    command = command.args(
        from.repeated
            .iter()
            .map(|name| option(name).num_args(1..).action(ArgAction::Append)),
    );
    command.args(
        from.flags
            .iter()
            .map(|name| Arg::new(*name).long(long(name)).action(ArgAction::SetTrue)),
    )
}

#[cfg(test)]
#[path = "argv_tests.rs"]
mod tests;
