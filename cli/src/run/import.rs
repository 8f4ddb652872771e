//! Bringing an export in.

use crate::shell::Shell;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cairn_core::attachment::pieces;
use cairn_core::error::{Error, Result};
use cairn_core::id::Id;
use cairn_core::log::answer;
use cairn_core::log::packed::{Packed, VERSION};
use cairn_core::record::{Acting, Noun, Part, Record, Value as Kept};
use cairn_core::store::Scope;
use cairn_journey::Args;
use chrono::{DateTime, FixedOffset, NaiveTime};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

const WRONG: Error = Error::Usage { what: "file" };

/// One answer of the export, on its way into this record.
struct Put {
    part: Part,
    order: u64,
    at: DateTime<FixedOffset>,
    for_person: bool,
    noun: Noun,
    id: Id,
    field: String,
    value: Kept,
    /// Of an attached file its pieces, sealed anew.
    pieces: Vec<Vec<u8>>,
}

/// The bytes of attached files, by the id of the attachment.
type Files = BTreeMap<Id, Vec<u8>>;

/// Adds what an export has and this record does not, under the same ids, with the moments of then and in the order
/// of then. What is here already stays as it is. This device is the author of all it adds; who wrote it first stands
/// beside it in words.
pub fn import(shell: &mut Shell, args: &Args) -> Result<Value> {
    let text = fs::read_to_string(args.text("file")?).map_err(|_| WRONG)?;
    let export: Value = serde_json::from_str(&text).map_err(|_| WRONG)?;
    let record = shell.read(&Scope::Everything)?;
    let (mut puts, kept) = read(&export, &record)?;
    let files = files(&export)?;
    let entropy = shell.entropy.as_ref();
    for put in puts.iter_mut().filter(|put| is_file(put)) {
        if let Some(content) = files.get(&put.id) {
            let sealed = pieces::seal(&record.circle, content, entropy).map_err(|_| WRONG)?;
            (put.value, put.pieces) = (sealed.manifest.pack()?, sealed.pieces);
        }
    }
    // A file that did not come along is not here; what is said of it is.
    puts.retain(|put| !is_file(put) || !put.pieces.is_empty());
    let added: BTreeSet<_> = puts.iter().map(|put| (put.noun, put.id.clone())).collect();
    // Inside a part what came later was written knowing what came before, whatever the clocks said.
    puts.sort_by(|a, b| (&a.part, a.order, a.at).cmp(&(&b.part, b.order, b.at)));
    let circle = shell.circle()?;
    for together in
        puts.chunk_by(|a, b| (&a.part, a.at, a.for_person) == (&b.part, b.at, b.for_person))
    {
        let Some(first) = together.first() else {
            continue;
        };
        let acting = Acting {
            for_person: first.for_person,
            ..Acting::at(first.at)
        };
        let pieces: Vec<Vec<u8>> = together.iter().flat_map(|put| put.pieces.clone()).collect();
        shell
            .vault
            .act_with_pieces(&circle, acting, &pieces, |acts| {
                for put in together {
                    acts.put(&put.part, put.noun, &put.id, &put.field, put.value.clone());
                }
                Ok(())
            })?;
    }
    Ok(json!({"added": added.len(), "kept": kept}))
}

fn is_file(put: &Put) -> bool {
    put.noun == Noun::Attachment && put.field == "file"
}

/// The files an export brings along; those of an earlier version brought none.
fn files(export: &Value) -> Result<Files> {
    let all = export["files"].as_array().into_iter().flatten();
    all.map(|file| {
        let (id, bytes) = (file["id"].as_str(), file["bytes"].as_str());
        let (id, bytes) = (id.ok_or(WRONG)?, bytes.ok_or(WRONG)?);
        Ok((Id::read(id), STANDARD.decode(bytes).map_err(|_| WRONG)?))
    })
    .collect()
}

/// The answers this record does not have, and how many things are here already.
fn read(export: &Value, record: &Record) -> Result<(Vec<Put>, usize)> {
    let own = record.member(&record.me).map(|member| member.name);
    let (mut puts, mut kept) = (Vec::new(), 0);
    for thing in export["things"].as_array().ok_or(WRONG)? {
        let text = |name: &str| thing[name].as_str().ok_or(WRONG);
        let id = Id::read(text("id")?);
        let noun = Noun::parse(text("noun")?).ok_or(WRONG)?;
        let part = Part::read(text("part")?);
        // Whose record this is, who is in it and its zones stay those of this record.
        if part == Part::circle() && noun != Noun::Need {
            continue;
        }
        if record.get(noun, &id).is_some() {
            kept += 1;
            continue;
        }
        if !part.holds(noun) {
            return Err(WRONG);
        }
        let mut authors = BTreeMap::new();
        for answer in thing["answers"].as_array().ok_or(WRONG)? {
            let at = answer["at"].as_str().ok_or(WRONG)?;
            let put = Put {
                part: part.clone(),
                order: answer["order"].as_u64().unwrap_or(0),
                at: DateTime::parse_from_rfc3339(at).map_err(|_| WRONG)?,
                for_person: answer["for_person"] == true,
                noun,
                id: id.clone(),
                field: answer["field"].as_str().ok_or(WRONG)?.to_owned(),
                value: value(&answer["value"]).ok_or(WRONG)?,
                pieces: Vec::new(),
            };
            let name = answer["by"]["name"].as_str().unwrap_or_default();
            if !name.is_empty() && own.as_deref() != Some(name) {
                authors
                    .entry(name.to_owned())
                    .or_insert((put.order, put.at));
            }
            puts.push(put);
        }
        let Some((order, at)) = authors.values().min().copied() else {
            continue;
        };
        let names: Vec<&str> = authors.keys().map(String::as_str).collect();
        puts.push(Put {
            part,
            order,
            at,
            for_person: false,
            noun,
            id,
            field: "imported_by".into(),
            value: Kept::Text(names.join(", ")),
            pieces: Vec::new(),
        });
    }
    Ok((puts, kept))
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
