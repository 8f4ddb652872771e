//! Any answer as lines of "Label: value".

use cairn_core::clock::zone::parse_day;
use cairn_core::words::Words;
use chrono::DateTime;
use serde_json::{Map, Value};

/// The fields that are shown, in the order in which a person reads them. The label of `on` is `label-on`.
const ORDER: &[&str] = &[
    "name",
    "role",
    "this",
    "words",
    "text",
    "section",
    "need",
    "what",
    "change",
    "bit",
    "when",
    "where",
    "often",
    "on",
    "did",
    "amount",
    "felt",
    "value",
    "why",
    "note",
    "clinical_words",
    "importance",
    "confidence",
    "topic",
    "kind",
    "state",
    "gate",
    "next_question",
    "support",
    "from",
    "review",
    "due",
    "channel",
    "reach",
    "message",
    "well",
    "challenging",
    "next",
    "within_14_days",
    "weeks_2_to_26",
    "agreed",
    "anyway",
    "agreed_on",
    "teach_back",
    "options",
    "mattered",
    "chose",
    "levels",
    "score",
    "level",
    "version",
    "person",
    "staff",
    "ideas",
    "helped_before",
    "follow_ups",
    "answers",
    "records",
    "goals",
    "plans",
    "log",
    "because",
    "follow_up_due",
    "needs",
    "owner",
    "owner_name",
    "to",
    "until",
    "six_words",
    "promises",
    "matters",
    "barriers",
    "dates",
    "prompts",
    "decisions",
    "members",
    "requests",
    "people",
    "also",
    "ended",
    "practice",
    "handed",
    "since",
    "saved",
    "waiting",
    "home",
    "place",
    "born",
    "zone",
    "part",
    "access",
    "choice",
    "page",
    "field",
    "noun",
    "about",
    "who",
    "attachments",
    "size",
    "here",
    "file",
    "bytes",
    "added",
    "kept",
    "by",
    "at",
    "id",
];

/// An answer of a noun's command.
pub fn value(words: Words, noun: &str, value: &Value) -> String {
    match value {
        Value::Array(items) => items
            .iter()
            .map(|item| self::value(words, noun, item))
            .collect::<Vec<_>>()
            .join("\n"),
        Value::Object(fields) => thing(words, noun, fields, ""),
        Value::Null => String::new(),
        other => format!("{}\n", plain(words, noun, "", other)),
    }
}

/// One thing, each line after `indent`.
pub fn thing(words: Words, noun: &str, fields: &Map<String, Value>, indent: &str) -> String {
    let mut lines = String::new();
    for name in ORDER {
        let Some(value) = fields
            .get(*name)
            .filter(|value| !value.is_null() && **value != "")
        else {
            continue;
        };
        let label = words.say(&format!("label-{}", name.replace('_', "-")), &[]);
        let deeper = format!("{indent}  ");
        match value {
            // Of a worker the name is shown.
            Value::String(_) if *name == "owner" => {}
            Value::Array(items) if items.is_empty() => {}
            Value::Bool(false) if ["practice", "handed"].contains(name) => {}
            // Why it is shown says it in words.
            Value::String(_) if *name == "kind" && fields.contains_key("because") => {}
            // Ids of other things say nothing to a person.
            Value::Array(_) if ["plans", "follow_ups"].contains(name) && value[0].is_string() => {}
            Value::Array(items) => {
                lines.push_str(&format!("{indent}{label}:\n"));
                for item in items {
                    match item {
                        Value::Object(fields) => {
                            lines.push_str(&thing(words, inner(name, noun), fields, &deeper))
                        }
                        other => lines
                            .push_str(&format!("{deeper}{}\n", plain(words, noun, name, other))),
                    }
                }
            }
            Value::Object(inside) if *name == "rating" => {
                lines.push_str(&thing(words, "rating", inside, indent))
            }
            Value::Object(inside) => {
                if let Some(who) = inside.get("name").and_then(Value::as_str) {
                    lines.push_str(&format!("{indent}{label}: {who}\n"));
                }
            }
            other => lines.push_str(&format!(
                "{indent}{label}: {}\n",
                plain(words, noun, name, other)
            )),
        }
    }
    lines
}

/// A plan's heading and its lines, for a page with a layout of its own.
pub fn plan_lines(words: Words, plan: &Value) -> super::html::Lines {
    const SHOWN: [&str; 10] = [
        "bit",
        "when",
        "where",
        "often",
        "support",
        "from",
        "review",
        "confidence",
        "teach_back",
        "state",
    ];
    let heading = plan["what"].as_str().unwrap_or_default().to_owned();
    let lines = SHOWN.iter().filter(|name| !plan[**name].is_null());
    let lines = lines.map(|name| {
        let label = words.say(&format!("label-{}", name.replace('_', "-")), &[]);
        (label, plain(words, "plan", name, &plan[*name]))
    });
    (heading, lines.collect())
}

/// The noun of the things in a list of this name.
fn inner<'a>(list: &str, noun: &'a str) -> &'a str {
    match list {
        "attachments" => "attach",
        "ideas" => "idea",
        "follow_ups" | "records" => "follow_up",
        "goals" => "goal",
        "plans" => "plan",
        "log" => "log",
        "matters" => "about",
        "needs" => "need",
        _ => noun,
    }
}

/// Answers that do not match: which question of what, and each answer in words; with what is to be typed to choose it,
/// where that is a code.
pub fn disagreements(words: Words, answer: &Value) -> String {
    let text = |of: &Value, name: &str| of[name].as_str().unwrap_or_default().to_owned();
    let label = |name: &str| words.say(&format!("label-{name}"), &[]);
    let all = answer.as_array().map_or(&[][..], Vec::as_slice).iter();
    let pages = all.map(|one| {
        let (noun, field) = (text(one, "noun"), text(one, "field"));
        let of = plain(words, "", "noun", &one["noun"]);
        let question = field_label(words, &field).unwrap_or_else(|| of.clone());
        let mut page = format!("{}: {question}\n{}: {of}\n", label("field"), label("noun"));
        for given in one["answers"].as_array().into_iter().flatten() {
            let value = text(given, "value");
            let said = plain(words, &noun, &field, &given["value"]);
            let code = match said == value || parse_day(&value).is_ok() {
                true => String::new(),
                false => format!(" ({value})"),
            };
            let by = text(&given["by"], "name");
            let at = plain(words, "", "at", &given["at"]);
            page.push_str(&format!("  {}: {said}{code}\n", label("value")));
            page.push_str(&format!(
                "  {}: {by}\n  {}: {at}\n",
                label("by"),
                label("at")
            ));
        }
        page + &format!("{}: {}\n", label("id"), text(one, "id"))
    });
    pages.collect::<Vec<_>>().join("\n")
}

/// What a field is called, where it has a name.
pub fn field_label(words: Words, field: &str) -> Option<String> {
    let key = match field {
        "entry" => "label-did".into(),
        "chosen" => "label-choice".into(),
        _ => format!("label-{}", field.replace('_', "-")),
    };
    words.has(&key).then(|| words.say(&key, &[]))
}

/// One value in words.
pub fn plain(words: Words, noun: &str, name: &str, value: &Value) -> String {
    match value {
        Value::Bool(yes) => words.say(if *yes { "cli-yes" } else { "cli-no" }, &[]),
        Value::Number(number) => match (name, number.as_i64()) {
            ("confidence", Some(sure)) => words.sure(Some(sure), None),
            ("importance", Some(rated)) => words.importance(Some(rated), None),
            ("felt", Some(felt)) => words.felt(Some(felt), None),
            _ => number.to_string(),
        },
        Value::String(text) => in_words(words, noun, name, text),
        _ => String::new(),
    }
}

fn in_words(words: Words, noun: &str, name: &str, text: &str) -> String {
    if let Some(family) = family(noun, name) {
        let key = format!("{family}-{}", text.replace('_', "-"));
        return if words.has(&key) {
            words.code(family, text)
        } else {
            text.to_owned()
        };
    }
    if name == "gate" {
        return words.say(if text == "open" { "cli-yes" } else { "cli-no" }, &[]);
    }
    if let Some(day) = parse_day(text).ok().filter(|_| {
        [
            "on",
            "from",
            "review",
            "due",
            "born",
            "agreed_on",
            "date",
            "until",
            "by",
            "follow_up_due",
        ]
        .contains(&name)
    }) {
        return words.day(day);
    }
    match DateTime::parse_from_rfc3339(text) {
        Ok(at) if ["at", "since"].contains(&name) => moment(words, at),
        _ => text.to_owned(),
    }
}

/// A moment in words.
pub fn moment(words: Words, at: DateTime<chrono::FixedOffset>) -> String {
    let day = words.day(at.date_naive());
    words.say(
        "date-at",
        &[
            ("day", (&day).into()),
            ("time", (&words.time(at.time())).into()),
        ],
    )
}

/// The family of keys that says the codes of a field.
fn family(noun: &str, name: &str) -> Option<&'static str> {
    Some(match (noun, name) {
        ("goal", "state") => "goal-state",
        ("plan" | "rest" | "offer", "state") => "plan-state",
        ("barrier", "state") => "barrier-state",
        ("idea", "state") => "idea-state",
        ("follow_up", "state") => "follow-up-state",
        ("agenda", "state") => "agenda-state",
        ("support", "state") => "support-state",
        ("support", "kind") => "support-kind",
        ("attach", "kind") => "attachment-kind",
        ("circle", "state") => "member-state",
        ("circle", "part") => "part",
        ("device", "state") => "device-state",
        ("log", "why") => "log-reason",
        ("messages", "state") => "message-state",
        ("handover", "state") => "handover-state",
        (_, "ended") => "ended",
        (_, "did") => "log-did",
        (_, "channel") => "channel",
        (_, "reach") => "follow-up-reach",
        (_, "next") => "next",
        (_, "topic") => "agenda-topic",
        (_, "section") => "about-section",
        (_, "need" | "needs") => "need",
        (_, "role") => "role",
        (_, "noun") => "noun",
        (_, "access") => "access",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use cairn_core::words::Lang;

    #[test]
    fn every_field_that_is_shown_has_a_label_in_both_languages() {
        for lang in Lang::ALL {
            let keys = Words::keys(lang);
            for name in ORDER {
                let key = format!("label-{}", name.replace('_', "-"));
                assert!(keys.contains(&key), "{key} in {}", lang.code());
            }
        }
    }

    #[test]
    fn every_command_has_a_sentence_in_both_languages() {
        for lang in Lang::ALL {
            let keys = Words::keys(lang);
            for command in crate::table::COMMANDS {
                assert!(
                    keys.contains(&command.help()),
                    "{} in {}",
                    command.help(),
                    lang.code()
                );
            }
        }
    }
}
