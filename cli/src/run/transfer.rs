//! Taking the record out.

use crate::shell::Shell;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cairn_core::error::{Error, Result};
use cairn_core::log;
use cairn_core::need;
use cairn_core::plan::show;
use cairn_core::record::{Noun, Record};
use cairn_core::store::Scope;
use cairn_core::store::io::write_out;
use cairn_core::view::everything;
use cairn_journey::Args;
use serde_json::{Value, json};
use std::path::Path;

/// How plans are printed. Source: `cli.md`, `export`.
const FORMATS: [&str; 2] = ["text", "html"];

/// Carries out `export` or `import`.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    if name == "import" {
        super::import::import(shell, args)
    } else {
        export(shell, args)
    }
}

fn export(shell: &Shell, args: &Args) -> Result<Value> {
    let record = shell.read(&Scope::Everything)?;
    let kind = args.word("kind")?;
    let format = args.opt_word("format")?.unwrap_or_else(|| "text".into());
    if !FORMATS.contains(&format.as_str()) {
        return Err(Error::Usage { what: "format" });
    }
    let answer = match kind.as_str() {
        "json" => {
            let mut all = everything::show(&record, shell.today(&record));
            all["files"] = files(shell, &record)?;
            all
        }
        "csv" => json!({"text": csv(&record)}),
        "plan" => {
            json!({"text": plans(shell, &record, &format)?})
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
    write_out(Path::new(&to), text.as_bytes())?;
    Ok(json!({"file": to, "bytes": text.len()}))
}

/// The attached files that are on this device, taken back ones among them: the attachment's id and its bytes in base 64.
fn files(shell: &Shell, record: &Record) -> Result<Value> {
    let circle = shell.circle()?;
    let here = &record.sharing.files_here;
    let mut files = Vec::new();
    for attachment in record.things(Noun::Attachment) {
        if here.contains(&attachment.id) {
            let bytes = shell.vault.attached(&circle, &attachment.id)?;
            files.push(json!({"id": attachment.id, "bytes": STANDARD.encode(bytes)}));
        }
    }
    Ok(files.into())
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
