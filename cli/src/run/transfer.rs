//! Taking the record out, and bringing an export in.

use crate::shell::{Shell, storage};
use cairn_core::error::{Error, Result};
use cairn_core::id::Id;
use cairn_core::log::packed::{Packed, VERSION};
use cairn_core::log::{self, answer};
use cairn_core::need;
use cairn_core::plan::show;
use cairn_core::record::{Acting, Noun, Part, Record, Value as Kept};
use cairn_core::store::Scope;
use cairn_core::view::everything;
use cairn_journey::Args;
use chrono::{DateTime, NaiveTime};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

/// Carries out `export` or `import`.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    if name == "import" {
        import(shell, args)
    } else {
        export(shell, args)
    }
}

fn export(shell: &Shell, args: &Args) -> Result<Value> {
    let record = shell.read(&Scope::Everything)?;
    let kind = args.word("kind")?;
    let answer = match kind.as_str() {
        "json" => everything::show(&record, shell.today(&record)),
        "csv" => json!({"text": csv(&record)}),
        "plan" => {
            json!({"text": plans(shell, &record, &args.opt_word("format")?.unwrap_or_else(|| "text".into()))?})
        }
        "fhir" | "tick_sheet" => return Err(Error::Usage { what: "later" }),
        _ => return Err(Error::Usage { what: "export" }),
    };
    let Some(to) = args.opt("to")? else {
        return Ok(answer);
    };
    let text = match answer["text"].as_str() {
        Some(text) => text.to_owned(),
        None => format!("{answer:#}\n"),
    };
    fs::write(&to, &text).map_err(|error| storage(&error))?;
    Ok(json!({"file": to, "bytes": text.len()}))
}

/// The entries as a table, one a line.
fn csv(record: &Record) -> String {
    const COLUMNS: [&str; 10] = [
        "id",
        "plan",
        "on",
        "at",
        "did",
        "amount",
        "felt",
        "why",
        "note",
        "for_person",
    ];
    let mut text = COLUMNS.join(",") + ",what,made_at,made_by\r\n";
    for (thing, answer, packed) in log::list(record, None) {
        let shown = log::show(record, thing, answer, &packed);
        let what = record
            .get(Noun::Plan, &packed.plan)
            .and_then(|plan| record.shown_text(plan, "what"));
        let more = [
            json!(what),
            shown["made_at"].clone(),
            shown["made_by"]["name"].clone(),
        ];
        let cells: Vec<String> = COLUMNS
            .iter()
            .map(|column| shown[*column].clone())
            .chain(more)
            .map(cell)
            .collect();
        text.push_str(&(cells.join(",") + "\r\n"));
    }
    text
}

fn cell(value: Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        other => other.to_string(),
    };
    // A spreadsheet would take such a text for a formula.
    let text = if text.starts_with(['=', '+', '-', '@']) {
        format!("'{text}")
    } else {
        text
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// The plans that run, to print: as text, or as a page by itself at the person's print size.
fn plans(shell: &Shell, record: &Record, format: &str) -> Result<String> {
    let day = shell.today(record);
    let shown = record
        .standing(Noun::Plan)
        .into_iter()
        .map(|plan| show::show(record, plan, day));
    let running: Vec<Value> = shown.filter(|plan| plan["state"] != "ended").collect();
    let words = shell.words;
    match format {
        "text" => {
            let texts: Vec<String> = running
                .iter()
                .map(|plan| crate::print::a_plan(&words, plan))
                .collect();
            Ok(texts.join("\n"))
        }
        "html" => {
            let name = record.person_name().unwrap_or_default();
            let plans: Vec<_> = running
                .iter()
                .map(|plan| crate::print::plan_lines(words, plan))
                .collect();
            Ok(crate::print::html(
                words,
                &name,
                need::print_size(record),
                &plans,
            ))
        }
        _ => Err(Error::Usage { what: "format" }),
    }
}

/// Adds what an export has and this record does not, under the same ids and with the moments of then. What is
/// here already stays as it is. This device is the author of all it adds.
fn import(shell: &mut Shell, args: &Args) -> Result<Value> {
    let wrong = || Error::Usage { what: "file" };
    let text = fs::read_to_string(args.text("file")?).map_err(|_| wrong())?;
    let export: Value = serde_json::from_str(&text).map_err(|_| wrong())?;
    let things = export["things"].as_array().ok_or_else(wrong)?;
    let record = shell.read(&Scope::Everything)?;
    let mut puts = Vec::new();
    let (mut added, mut kept) = (BTreeSet::new(), 0);
    for thing in things {
        let (Some(id), Some(noun), Some(part)) = (
            thing["id"].as_str(),
            thing["noun"].as_str(),
            thing["part"].as_str(),
        ) else {
            return Err(wrong());
        };
        let (id, noun, part) = (
            Id::read(id),
            Noun::parse(noun).ok_or_else(wrong)?,
            Part::read(part),
        );
        // Whose record this is, who is in it and its zones stay those of this record.
        if part == Part::circle() && noun != Noun::Need {
            continue;
        }
        if record.get(noun, &id).is_some() {
            kept += 1;
            continue;
        }
        if !part.holds(noun) {
            return Err(wrong());
        }
        added.insert((noun, id.clone()));
        for answer in thing["answers"].as_array().ok_or_else(wrong)? {
            let at = answer["at"]
                .as_str()
                .and_then(|at| DateTime::parse_from_rfc3339(at).ok())
                .ok_or_else(wrong)?;
            let field = answer["field"].as_str().ok_or_else(wrong)?.to_owned();
            let value = value(&answer["value"]).ok_or_else(wrong)?;
            puts.push((
                at,
                answer["for_person"] == true,
                part.clone(),
                noun,
                id.clone(),
                field,
                value,
            ));
        }
    }
    puts.sort_by_key(|put| put.0);
    let circle = shell.circle()?;
    let mut rest = puts.as_slice();
    while let Some(first) = rest.first() {
        let (now, later) = rest.split_at(
            rest.iter()
                .take_while(|put| (put.0, put.1) == (first.0, first.1))
                .count(),
        );
        let acting = Acting {
            for_person: first.1,
            ..Acting::at(first.0)
        };
        shell
            .vault
            .act(&circle, &Scope::Everything, acting, |acts| {
                for (_, _, part, noun, id, field, value) in now {
                    acts.put(part, *noun, id, field, value.clone());
                }
                Ok(())
            })?;
        rest = later;
    }
    Ok(json!({"added": added.len(), "kept": kept}))
}

fn value(given: &Value) -> Option<Kept> {
    Some(match given {
        Value::Null => Kept::Empty,
        Value::Bool(yes) => Kept::Bool(*yes),
        Value::Number(number) => Kept::Int(number.as_i64()?),
        Value::String(text) => Kept::Text(text.clone()),
        Value::Object(entry) => {
            let text = |name: &str| entry.get(name).and_then(Value::as_str);
            if let Some(digits) = text("packed") {
                return Some(Kept::Bytes(Packed::from_hex(digits)?.pack()));
            }
            let packed = Packed {
                version: VERSION,
                plan: Id::read(text("plan")?),
                on: cairn_core::clock::zone::parse_day(text("on")?).ok()?,
                at: text("at").and_then(|at| NaiveTime::parse_from_str(at, "%H:%M").ok()),
                did: answer::Did::parse(text("did")?)?,
                why: text("why").and_then(answer::Why::parse),
                felt: entry
                    .get("felt")
                    .and_then(Value::as_u64)
                    .and_then(|felt| u8::try_from(felt).ok()),
                amount: text("amount").map(str::to_owned),
                note: text("note").map(str::to_owned),
                rest: Vec::new(),
            };
            Kept::Bytes(packed.pack())
        }
        Value::Array(_) => return None,
    })
}
