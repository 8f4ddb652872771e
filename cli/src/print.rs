//! What a person reads in a terminal: plain sentences, headings, and lines with a label. All words are from the
//! catalogue.

mod fields;
mod pages;

pub use pages::{a_plan, today};

use crate::{argv, table};
use cairn_core::error::Error;
use cairn_core::words::Words;
use serde_json::{Value, json};
use std::io::Write;

/// Writes a text and a line's end; a reader who has gone is no fault of the command.
pub fn out(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{}", text.trim_end_matches('\n'));
}

/// The answer of a command in words.
pub fn human(words: Words, name: &str, answer: &Value) -> String {
    if let Some(page) = pages::special(words, name, answer) {
        return page;
    }
    let noun = name.split('.').next().unwrap_or(name);
    let asked = ["list", "show", "get"]
        .iter()
        .any(|verb| name.ends_with(&format!(".{verb}")))
        || !name.contains('.');
    let shown = fields::value(words, noun, answer);
    match (shown.trim().is_empty(), asked) {
        (true, true) => words.say("cli-nothing", &[]),
        (true, false) => words.say("cli-saved", &[]),
        (false, _) => shown,
    }
}

/// The help: one command, or all.
pub fn help(words: Words, name: Option<&str>, json: bool) -> Result<(), Error> {
    let line = |command: &table::Command| (argv::usage(command), words.say(&command.help(), &[]));
    let chosen: Vec<_> = table::COMMANDS
        .iter()
        .filter(|command| name.is_none_or(|name| command.name == name))
        .collect();
    if json {
        let list: Value = chosen
            .iter()
            .map(|c| line(c))
            .map(|(usage, help)| json!({"usage": usage, "help": help}))
            .collect();
        out(&list.to_string());
        return Ok(());
    }
    if name.is_none() {
        out(&format!(
            "{}\n{}\n",
            words.say("cli-how", &[]),
            words.say("cli-how-all", &[])
        ));
    }
    for command in chosen {
        let (usage, help) = line(command);
        out(&format!("cairn {usage}\n    {help}"));
    }
    Ok(())
}
