//! The answers that have a page of their own: today, a plan, progress, what was logged, status.

use super::fields::{moment, plain, thing, value};
use cairn_core::clock::zone::parse_day;
use cairn_core::words::Words;
use chrono::DateTime;
use serde_json::Value;

/// The page of an answer, if it has one.
pub fn special(words: Words, name: &str, answer: &Value) -> Option<String> {
    Some(match name {
        "today" => today(words, answer, true),
        "progress" => progress(words, answer),
        "log" | "drop" => logged(words, answer),
        "plan.rate" | "goal.rate" => rated(words, answer),
        "history" => history(words, answer),
        "disagreements" if answer[0].is_object() => super::fields::disagreements(words, answer),
        "circle.late" if answer[0].is_null() => words.say("cli-late-none", &[]),
        "plan.show" => a_plan(&words, answer),
        "attach" if answer["place_may_be_in_it"] == true => {
            let note = words.say("attachment-place", &[]);
            format!("{}{note}", value(words, "attach", answer))
        }
        "status" => status(words, answer),
        "device.add" => super::devices::code(words, answer),
        "circle.invite" => format!(
            "{}\n\n  {}\n\n{}",
            words.say("link-code", &[]),
            text(answer, "code"),
            value(words, "circle", answer)
        ),
        "circle.join" if answer["state"] == "asks" => value(words, "circle", answer),
        "circle.join" => synced(words, answer),
        "sync" => synced(words, answer),
        "recovery.make" => super::devices::recovery(words, answer),
        "recovery.try" => words.say("recovery-tried", &[]),
        "recovery.use" if answer["state"] == "asks" => words.say("recovery-asks", &[]),
        "recovery.use" | "backup.restore" => super::devices::recovered(words, answer),
        "backup.make" => words.say("backup-made", &[("file", text(answer, "file").into())]),
        "init" => init(words, answer),
        "verify" => verified(words, answer),
        "erase" => {
            let done = if answer["others"].is_null() {
                "cli-erased"
            } else {
                "cli-erased-shared"
            };
            let mut page = words.say(done, &[]);
            if answer["never_sent"].is_array() {
                let listed = only_here(words, "cli-never-sent", list(answer, "never_sent"));
                page.push_str(&format!("\n{listed}"));
            }
            page
        }
        "export" if answer["text"].is_string() => text(answer, "text").to_owned(),
        "export" if answer["file"].is_null() => format!("{answer:#}"),
        "record.show" => value(words, "record", answer),
        _ => return None,
    })
}

/// A plan on one page, to read or print.
pub fn a_plan(words: &Words, plan: &Value) -> String {
    match plan {
        Value::Object(fields) => thing(*words, "plan", fields, ""),
        _ => String::new(),
    }
}

/// The day's page. In a conversation it has no codes, and leaves out what is asked next anyway.
pub fn today(words: Words, answer: &Value, in_full: bool) -> String {
    let mut page = parse_day(text(answer, "date"))
        .map(|day| words.day(day))
        .unwrap_or_default();
    page.push('\n');
    let planned = list(answer, "planned");
    if planned.is_empty() && in_full {
        page.push_str(&format!("\n{}\n", words.say("goal-empty", &[])));
    }
    for card in planned {
        page.push_str(&format!("\n{}\n", text(card, "what")));
        let place = [text(card, "when"), text(card, "where")];
        let place: Vec<&str> = place
            .into_iter()
            .filter(|words| !words.is_empty())
            .collect();
        if !place.is_empty() {
            page.push_str(&format!("  {}\n", place.join(", ")));
        }
        page.push_str(&format!(
            "  {}\n",
            words.code("plan-day-state", text(card, "state"))
        ));
        let (done, wanted) = (
            number(&card["this_week"], "done"),
            number(&card["this_week"], "wanted"),
        );
        page.push_str(&format!("  {}\n", words.week(done, wanted)));
        if in_full {
            page.push_str(&code(words, text(card, "plan")));
        }
    }
    if !in_full {
        return page;
    }
    for _ in list(answer, "offers") {
        page.push_str(&format!("\n{}\n", words.say("offer-question", &[])));
    }
    for follow_up in list(answer, "follow_ups") {
        let state = words.code("follow-up-state", text(follow_up, "state"));
        let due = plain(words, "follow_up", "due", &follow_up["due"]);
        let channel = words.code("channel", text(follow_up, "channel"));
        page.push_str(&format!(
            "\n{}: {due}\n  {channel}\n  {state}\n{}",
            words.say("label-due", &[]),
            code(words, text(follow_up, "id"))
        ));
    }
    page
}

fn progress(words: Words, answer: &Value) -> String {
    let plans = match answer {
        Value::Array(plans) => plans.iter().collect(),
        plan => vec![plan],
    };
    let mut page = String::new();
    for plan in plans {
        page.push_str(&format!("{}\n", text(plan, "what")));
        for week in list(plan, "weeks") {
            let day = parse_day(text(week, "from"))
                .map(|day| words.date(day))
                .unwrap_or_default();
            let counts =
                ["done", "wanted", "tried", "rested"].map(|name| (name, number(week, name).into()));
            let line = words.say("label-week-line", &counts);
            page.push_str(&format!(
                "  {}: {line}\n",
                words.say("label-week", &[("day", (&day).into())])
            ));
        }
        for rating in list(plan, "confidence") {
            let at = DateTime::parse_from_rfc3339(text(rating, "at"))
                .map(|at| moment(words, at))
                .unwrap_or_default();
            let sure = words.sure(rating["value"].as_i64(), rating["word"].as_str());
            page.push_str(&format!("  {at}: {sure}\n"));
        }
        page.push('\n');
    }
    if page.is_empty() {
        words.say("cli-nothing", &[])
    } else {
        page
    }
}

/// "Saved. Did it, Tuesday 17 March 2026 at 09:40."
fn logged(words: Words, entry: &Value) -> String {
    let day = plain(words, "log", "on", &entry["on"]);
    let made = DateTime::parse_from_rfc3339(text(entry, "made_at")).map(|at| words.time(at.time()));
    let time = entry["at"].as_str().map(str::to_owned).or(made.ok());
    let did = words.code("log-did", text(entry, "did"));
    match time {
        Some(time) => {
            let args = [
                ("did", (&did).into()),
                ("day", (&day).into()),
                ("time", (&time).into()),
            ];
            format!(
                "{}\n{}",
                words.say("log-saved", &args),
                code(words, text(entry, "id"))
            )
        }
        None => format!("{} {did}, {day}.", words.say("cli-saved", &[])),
    }
}

/// What was rated, whether the plan may be agreed, and what to ask next.
fn rated(words: Words, answer: &Value) -> String {
    let rating = &answer["rating"];
    let (value, word) = (rating["value"].as_i64(), rating["word"].as_str());
    let said = if rating["kind"] == "importance" {
        words.importance(value, word)
    } else {
        words.sure(value, word)
    };
    let mut page = format!("{}\n", words.say("cli-saved", &[]));
    if answer["gate"] == "closed" {
        page.push_str(&format!(
            "{}\n",
            words.say("plan-gate-closed", &[("sure", (&said).into())])
        ));
    } else {
        page.push_str(&format!("{said}\n"));
    }
    page + text(answer, "next_question")
}

fn history(words: Words, answer: &Value) -> String {
    let mut page = String::new();
    for act in answer.as_array().map_or(&[][..], Vec::as_slice) {
        let at = DateTime::parse_from_rfc3339(text(act, "at"))
            .map(|at| moment(words, at))
            .unwrap_or_default();
        let (name, did) = (text(&act["by"], "name"), text(act, "did"));
        if did == "saw" {
            let part = words.code("part", text(act, "about"));
            let said = words.say("history-saw", &[("part", (&part).into())]);
            page.push_str(&format!("{at}, {name}\n  {said}\n"));
            continue;
        }
        let (noun, field) = did.split_once('.').unwrap_or((did, ""));
        let of = words.code("noun", noun);
        let of = match super::fields::field_label(words, field) {
            Some(field) => format!("{of}, {field}"),
            None => of,
        };
        page.push_str(&format!(
            "{at}, {name}\n  {of}: {}\n",
            plain(words, noun, field, &act["words"])
        ));
    }
    page
}

fn synced(words: Words, answer: &Value) -> String {
    let count = |name: &str| number(answer, name).into();
    let passed = [
        ("given", count("given")),
        ("taken", count("taken")),
        ("aside", count("aside")),
    ];
    let mut lines = vec![words.say("link-synced", &passed)];
    let carried = [
        ("left", "link-carried-left"),
        ("brought", "link-carried-brought"),
        ("kept", "link-carried-kept"),
        ("made_room", "link-carried-made-room"),
    ];
    for (name, key) in carried {
        let count = number(&answer["carriage"], name);
        if count > 0 {
            lines.push(words.say(key, &[("count", count.into())]));
        }
    }
    lines.join("\n")
}

/// How much is on this device alone, said with the sentence of this key, and what, a line each.
pub fn only_here(words: Words, key: &str, things: &[Value]) -> String {
    let mut lines = vec![words.say(key, &[("count", things.len().into())])];
    lines.extend(things.iter().map(|thing| {
        let said = thing["words"].as_str().map(str::to_owned);
        let said = said.unwrap_or_else(|| words.code("noun", text(thing, "noun")));
        format!("- {said}")
    }));
    lines.join("\n")
}

fn status(words: Words, answer: &Value) -> String {
    let safe = if answer["safe_to_hand_in"] == true {
        "send-safe"
    } else {
        "status-not-safe"
    };
    let count = |key: &str, name: &str| words.say(key, &[("count", number(answer, name).into())]);
    let mut lines = vec![
        words.say(safe, &[]),
        count("status-waiting", "waiting"),
        count("status-never", "never"),
    ];
    let steps = list(answer, "to_do").iter().filter_map(Value::as_str);
    lines.extend(steps.map(|step| words.code("status-do", step)));
    if answer["code_used_twice"] == true {
        lines.push(words.say("status-used-twice", &[]));
    }
    if number(answer, "carries") > 0 {
        lines.push(count("status-carries", "carries"));
    }
    if number(answer, "known_missing") > 0 {
        lines.push(words.say("status-missing", &[]));
    }
    for aside in list(answer, "aside") {
        let somebody = words.say("status-somebody", &[]);
        let from = aside["from"].as_str().unwrap_or(&somebody);
        let args = [
            ("name", from.into()),
            ("count", number(aside, "count").into()),
        ];
        let said = match aside["why"].as_str() {
            Some("forked") => "status-aside-forked",
            Some("refused") => "status-aside-refused",
            _ => "status-aside-waits",
        };
        lines.push(words.say(said, &args));
    }
    lines.join("\n")
}

fn init(words: Words, answer: &Value) -> String {
    let args = [
        ("name", text(answer, "name").into()),
        ("home", text(answer, "home").into()),
    ];
    let mut page = words.say("cli-init", &args);
    if answer["key_beside_vault"] == true {
        page.push_str(&format!(
            "\n{}",
            words.say("cli-init-key", &[("file", text(answer, "key_file").into())])
        ));
    }
    page
}

fn verified(words: Words, answer: &Value) -> String {
    if answer["ok"] == true {
        let counts = ["records", "entries"].map(|name| (name, number(answer, name).into()));
        return words.say("cli-verify-ok", &counts);
    }
    let what = list(answer, "damaged").iter().filter_map(Value::as_str);
    let mut what: Vec<String> = what.map(|part| words.code("verify", part)).collect();
    what.dedup();
    words.say("cli-verify-broken", &[("what", (&what.join(", ")).into())])
}

fn code(words: Words, id: &str) -> String {
    format!("  {}: {id}\n", words.say("label-id", &[]))
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

fn number(value: &Value, name: &str) -> i64 {
    value[name].as_i64().unwrap_or_default()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cairn_core::words::Lang;
    use serde_json::json;

    #[test]
    fn what_cannot_be_read_back_is_said_in_words_and_once() {
        let parts = [
            "file",
            "record",
            "caseload",
            "signature",
            "attachment",
            "tail",
        ];
        for lang in [Lang::En, Lang::Cy] {
            let words = Words::new(lang);
            let said = |damaged: Value| verified(words, &json!({"ok": false, "damaged": damaged}));
            for part in parts {
                let in_words = words.say(&format!("verify-{part}"), &[]);
                assert!(said(json!([part])).contains(&in_words), "{part}");
                assert_eq!(said(json!([part, part])), said(json!([part])));
            }
            assert!(!said(json!(["signature"])).contains("signature"));
        }
    }
}
