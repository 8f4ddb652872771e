//! Help that teaches: what a command is for, how it is typed, what each option means, and an example to try.

use crate::argv;
use crate::print::{bold, out, styled};
use crate::table::{self, Command, bare, long};
use cairn_core::error::Error;
use cairn_core::goal::scale;
use cairn_core::log::answer::{Did, Why};
use cairn_core::store::membership;
use cairn_core::words::Words;
use cairn_core::{about_me, agenda, ending, follow_up, need, observation, support};
use serde_json::{Value, json};

/// What stands for any code in an example.
const CODE: &str = "k3f9";

/// The help for what was named: one command, the commands of one noun, or all.
pub fn show(words: Words, asked: &str, json: bool) -> Result<(), Error> {
    let of_noun = |command: &&Command| command.name.split('.').next() == Some(asked);
    let chosen: Vec<&Command> = match table::find(asked) {
        Some(command) => vec![command],
        None if asked.is_empty() => table::COMMANDS.iter().collect(),
        None => table::COMMANDS.iter().filter(of_noun).collect(),
    };
    if json {
        let list: Value = chosen
            .iter()
            .map(|command| as_json(words, command))
            .collect();
        out(&list.to_string())
    } else if let [only] = chosen.as_slice() {
        styled(one(words, only).trim_end(), true)
    } else {
        styled(many(words, &chosen, asked.is_empty()).trim_end(), true)
    }
}

fn purpose(words: Words, command: &Command) -> String {
    words.say(&command.help(), &[])
}

fn as_json(words: Words, command: &Command) -> Value {
    json!({
        "usage": argv::usage(command), "help": purpose(words, command),
        "example": example(words, command),
    })
}

/// A list of commands: how each is typed, and what it is for.
fn many(words: Words, commands: &[&Command], all: bool) -> String {
    let mut page = String::new();
    if all {
        for key in ["cli-how", "cli-how-talk", "cli-how-one", "cli-how-all"] {
            page.push_str(&format!("{}\n", words.say(key, &[])));
        }
        page.push('\n');
    }
    for command in commands {
        let usage = bold(&format!("cairn {}", argv::usage(command)));
        page.push_str(&format!("{usage}\n    {}\n", purpose(words, command)));
    }
    page
}

/// One command in full.
fn one(words: Words, command: &Command) -> String {
    let usage = bold(&format!("cairn {}", argv::usage(command)));
    let mut page = format!("{}\n\n  {usage}\n", purpose(words, command));
    for name in command.positionals {
        let choices = choices(command.name, bare(name));
        if !choices.is_empty() {
            page.push_str(&format!("    {}: {choices}\n", bare(name).to_uppercase()));
        }
    }
    for name in command.options.iter().chain(command.repeated) {
        let key = format!("label-{}", long(name));
        let mut about = Vec::new();
        if words.has(&key) {
            about.push(words.say(&key, &[]));
        }
        about.push(choices(command.name, name));
        about.retain(|about| !about.is_empty());
        if !about.is_empty() {
            page.push_str(&format!("    --{}: {}\n", long(name), about.join(": ")));
        }
    }
    let example = example(words, command);
    page.push_str(&format!(
        "\n{}\n  {example}\n",
        words.say("cli-example", &[])
    ));
    if example.contains(CODE) {
        page.push_str(&format!(
            "{}\n",
            words.say("cli-example-code", &[("code", CODE.into())])
        ));
    }
    page
}

/// The words an argument can be, as they are typed; empty where it is anything else.
fn choices(command: &str, name: &str) -> String {
    let words: Vec<&str> = match (command, name) {
        (_, "did") => Did::ALL.map(Did::as_str).into(),
        ("log" | "log.correct" | "plan.pause" | "rest", "why") => Why::ALL.map(Why::as_str).into(),
        (_, "channel") => follow_up::CHANNELS.into(),
        (_, "next") => follow_up::NEXT.into(),
        (_, "section") => about_me::SECTIONS.into(),
        (_, "need") => need::CODES.into(),
        ("observe", "kind") => observation::KINDS.into(),
        ("support.add", "kind") => support::KINDS.into(),
        ("support.answer", "answer") => support::ANSWERS.into(),
        ("agenda.add", "topic") => agenda::TOPICS.into(),
        ("circle.invite", "role") => membership::ROLES.into(),
        ("people.end", "why") => ending::REASONS.into(),
        ("goal.scale", "baseline") => scale::BASELINES.into(),
        _ => Vec::new(),
    };
    words.join(", ").replace('_', "-")
}

/// A line that could be typed as it is, but for its codes.
pub fn example(words: Words, command: &Command) -> String {
    let mut line = vec![
        "cairn".to_owned(),
        command.name.replace('.', " ").replace('_', "-"),
    ];
    let shown = |name: &&&str| !name.ends_with('?') || command.name == "attach";
    for name in command.positionals.iter().filter(shown) {
        line.push(sample(words, command.name, bare(name)));
    }
    for (_, options) in OPTIONS.iter().filter(|(name, _)| *name == command.name) {
        for (option, value) in *options {
            line.push(format!("--{option}"));
            line.extend(value.split_terminator(' ').map(|value| said(words, value)));
        }
    }
    line.join(" ")
}

/// Options worth showing, by command: each with its values. A value with `@` is a sentence of the catalogue.
const OPTIONS: &[(&str, &[(&str, &str)])] = &[
    (
        "init",
        &[
            ("name", "@sample-name"),
            ("role", "person"),
            ("time-zone", "Europe/London"),
        ],
    ),
    ("goal.rate", &[("confidence", "6"), ("why", "@sample-why")]),
    ("goal.set_aside", &[("why", "@sample-why")]),
    (
        "goal.scale",
        &[(
            "levels",
            "@sample-level-1 @sample-level-2 @sample-level-3 @sample-level-4 @sample-level-5",
        )],
    ),
    ("ambivalence", &[("change", "@sample-change")]),
    ("support.add", &[("kind", "course"), ("asked", "")]),
    (
        "decide",
        &[
            ("options", "@sample-option-1 @sample-option-2"),
            ("mattered", "@sample-why"),
            ("chose", "@sample-option-1"),
        ],
    ),
    (
        "activation.record",
        &[("level", "2"), ("version", "PAM-13")],
    ),
    (
        "plan.new",
        &[
            ("what", "@sample-what"),
            ("when", "@sample-when"),
            ("often", "@ask-often-1"),
        ],
    ),
    ("plan.edit", &[("when", "@sample-when")]),
    (
        "plan.agree",
        &[("follow-up", "2026-08-06"), ("channel", "phone")],
    ),
    ("plan.pause", &[("why", "flare"), ("until", "2026-08-06")]),
    ("plan.stop", &[("why", "@sample-why")]),
    ("offer.later", &[("until", "2026-08-06")]),
    ("rest", &[("why", "flare"), ("until", "2026-08-06")]),
    ("log", &[("on", "2026-08-06"), ("note", "@sample-note")]),
    ("log.list", &[("from", "2026-08-06")]),
    ("log.correct", &[("felt", "7")]),
    ("today", &[("on", "2026-08-06")]),
    ("follow_up.list", &[("due", "")]),
    (
        "follow_up.add",
        &[("due", "2026-08-06"), ("channel", "phone")],
    ),
    (
        "follow_up.record",
        &[
            ("channel", "phone"),
            ("well", "@sample-note"),
            ("next", "keep"),
        ],
    ),
    ("circle.invite", &[("role", "nurse"), ("part", "all")]),
    ("circle.join", &[("peer", "192.168.1.20:7411")]),
    ("device.join", &[("peer", "192.168.1.20:7411")]),
    ("sync", &[("peer", "192.168.1.20:7411")]),
    (
        "circle.change",
        &[("part", "goals"), ("until", "2026-08-06")],
    ),
    (
        "prompt.later",
        &[("until", "2026-08-06"), ("why", "@sample-why")],
    ),
    ("people.add", &[("born", "1950-08-06")]),
    ("people.end", &[("why", "moved")]),
    ("meeting.decide", &[("owner", CODE), ("by", "2026-08-06")]),
    ("handover.make", &[("to", CODE), ("until", "2026-08-06")]),
    ("handover.refuse", &[("why", "@sample-why")]),
    ("attach", &[("text", "@sample-note")]),
    ("export", &[("to", "cairn.json")]),
    ("erase", &[("yes", "")]),
];

/// A value for an argument by place.
fn sample(words: Words, command: &str, name: &str) -> String {
    let value = match (command, name) {
        ("plan.smaller", "kind") => "amount",
        ("observe", "kind") => "readiness",
        (_, "kind") => "json",
        ("goal.score", "value") => "1",
        (_, "value") => "8",
        (_, "section") => "what_matters",
        ("about.set", "text") => "@sample-matters",
        ("barrier.add", "text") => "@sample-barrier",
        ("idea.add", "text") => "@sample-idea",
        ("plan.smaller" | "plan.teach_back", "text") => "@sample-what",
        (_, "text") => "@sample-note",
        ("search", "words") => "@sample-word",
        (_, "words") => "@sample-goal",
        (_, "need") => "large_print_24",
        (_, "did") => "did",
        (_, "result") => "worked",
        (_, "answer") => "tried",
        (_, "choice") => "@ask-often-1",
        (_, "page") => "goal-talk",
        ("replay", "file") => "journey.json",
        ("attach", "file") => "photo.jpg",
        ("backup.make" | "backup.restore", "file") => "cairn.backup",
        (_, "file") => "cairn.json",
        (_, "tz") => "Europe/London",
        (_, "score") => "62.5",
        (_, "name") => "@sample-name",
        _ => CODE,
    };
    said(words, value)
}

/// A value as it is typed: a sentence of the catalogue in quotes, anything else as it is.
fn said(words: Words, value: &str) -> String {
    match value.strip_prefix('@') {
        Some(key) => format!("\"{}\"", words.say(key, &[])),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cairn_core::words::Lang;

    /// Splits a line as a shell does, where only double quotes join words.
    fn split(line: &str) -> Vec<String> {
        let joined: Vec<String> = line
            .split('"')
            .enumerate()
            .map(|(part, text)| {
                if part % 2 == 1 {
                    text.replace(' ', "\u{0}")
                } else {
                    text.to_owned()
                }
            })
            .collect();
        let words = joined.concat();
        words
            .split_whitespace()
            .map(|word| word.replace('\u{0}', " "))
            .collect()
    }

    #[test]
    fn every_example_is_understood_as_its_command_in_both_languages() {
        for lang in Lang::ALL {
            for command in table::COMMANDS {
                let line = example(Words::new(lang), command);
                assert!(!line.contains('['), "a word is missing: {line}");
                let read =
                    argv::read(&split(&line)[1..]).unwrap_or_else(|why| panic!("{line}: {why}"));
                assert_eq!(read.name, Some(command.name), "{line}");
                for (option, _) in OPTIONS
                    .iter()
                    .filter(|(n, _)| *n == command.name)
                    .flat_map(|(_, o)| *o)
                {
                    let known = |name: &&str| long(name) == *option;
                    let all = [command.options, command.repeated, command.flags].concat();
                    assert!(all.iter().any(known), "{option} of {}", command.name);
                }
            }
        }
    }

    #[test]
    fn one_command_is_taught_with_its_purpose_its_options_and_an_example() {
        let words = Words::new(Lang::En);
        let page = one(words, table::find("plan.new").expect("it is a command"));
        for part in [
            "Make a plan for a goal.",
            "--what: What",
            "For example:",
            "cairn plan new k3f9 --what",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
    }
}
