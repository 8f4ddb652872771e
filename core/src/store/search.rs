//! Search in the own record. Its rows are filled when somebody searches and when the store is tidied, so saving
//! never waits for them; each time only with what was written since.

use super::rows::{self, Scope};
use super::vault::{self, Circle, Vault};
use crate::error::Result;
use crate::id::{Id, digest};
use crate::log::packed::Packed;
use crate::record::{Actor, Noun, Part, Record, Thing, Value, change};
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::BTreeMap;

/// Fields that hold ids and words of lists, which nobody typed and nobody looks for.
pub(crate) const NOT_WORDS: [&str; 14] = [
    "plan",
    "goal",
    "about",
    "kind",
    "barrier",
    "idea",
    "follow_up",
    "state",
    "replaces",
    "chosen",
    "role",
    "importance_now",
    "confidence_now",
    "zone",
];

/// Where words were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub noun: Noun,
    /// Which one.
    pub id: Id,
    /// The words, as they were written.
    pub words: String,
}

impl Vault {
    /// Things whose words hold all the given words (or words that begin like them), without regard to case
    /// and accents.
    pub fn search(&mut self, circle: &Circle, words: &str) -> Result<Vec<Hit>> {
        let query: Vec<String> = words
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| format!("\"{word}\"*"))
            .collect();
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let tx = Self::begin(&mut self.db)?;
        catch_up(&tx, circle)?;
        let mut hits = Vec::new();
        {
            let sql = "select noun, id, words from search where search match ?1 and circle = ?2 order by rank limit 100";
            let mut statement = tx.prepare(sql)?;
            let rows = statement.query_map(params![query.join(" "), circle.no], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                ))
            })?;
            for row in rows {
                let (noun, id, words) = row?;
                hits.extend(Noun::parse(&noun).map(|noun| Hit {
                    noun,
                    id: Id::read(id),
                    words,
                }));
            }
        }
        tx.commit()?;
        Ok(hits)
    }
}

/// Takes into the rows of search what was written since they were last filled; everything, the first time.
pub(super) fn catch_up(tx: &Transaction, circle: &Circle) -> Result<()> {
    let newest = vault::head(tx)?.n as i64;
    let upto: Option<i64> = tx
        .prepare_cached("select n from searched where circle = ?1")?
        .query_row(params![circle.no], |row| row.get(0))
        .optional()?;
    match upto {
        Some(upto) if upto == newest => return Ok(()),
        Some(upto) => take_in(tx, circle, upto)?,
        None => {
            let all = rows::load_to_read(tx, circle, Actor([0; 16]), &Scope::Everything)?;
            for thing in all.all() {
                fill(tx, circle, thing)?;
            }
        }
    }
    tx.prepare_cached("insert or replace into searched(circle, n) values(?1, ?2)")?
        .execute(params![circle.no, newest])?;
    Ok(())
}

/// Takes in what the loose changes after a place in the chain wrote to. Compacting catches up first, so that none
/// of them lies in a snapshot.
fn take_in(tx: &Transaction, circle: &Circle, upto: i64) -> Result<()> {
    let mut touched: BTreeMap<_, Option<Packed>> = BTreeMap::new();
    let mut statement =
        tx.prepare_cached("select part, bytes from changes where circle = ?1 and n > ?2")?;
    let mut rows = statement.query(params![circle.no, upto])?;
    while let Some(row) = rows.next()? {
        let part = Part::read(row.get::<_, String>(0)?);
        let read = change::read(&circle.id, &part, &row.get::<_, Vec<u8>>(1)?)?;
        for put in read.ops.iter().filter_map(|op| op.put.as_ref()) {
            let version = touched.entry((put.noun, put.thing())).or_default();
            *version = Packed::read(&put.value).or(version.take());
        }
    }
    let mut record = Record::new(circle.id.clone(), circle.member.clone(), Actor([0; 16]));
    for ((noun, id), version) in touched {
        let stored = match (noun, version) {
            (Noun::Entry, Some(version)) => rows::load_entry(tx, circle, &id, &version)?,
            (Noun::Entry, None) => None,
            _ => rows::load_thing(tx, circle, noun, &id)?,
        };
        if let Some(thing) = stored {
            fill(tx, circle, &thing)?;
        } else if noun == Noun::Entry {
            if !record.has_all_entries {
                rows::load_all_entries(tx, circle, &mut record)?;
            }
            if let Some(thing) = record.get(noun, &id) {
                fill(tx, circle, thing)?;
            }
        }
    }
    Ok(())
}

/// Writes the row of one thing, in the place of an earlier one.
fn fill(tx: &Transaction, circle: &Circle, thing: &Thing) -> Result<()> {
    let texts: Vec<String> = thing
        .fields
        .iter()
        .filter(|(name, _)| !NOT_WORDS.contains(&name.as_str()))
        .flat_map(|(_, field)| field.all())
        .filter_map(|answer| match &answer.value {
            Value::Text(text) => Some(text.clone()),
            value => Packed::read(value).map(|p| {
                [p.amount, p.note]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" ")
            }),
        })
        .filter(|text| !text.is_empty())
        .collect();
    if texts.is_empty() {
        return Ok(());
    }
    tx.prepare_cached(
        "insert or replace into search(rowid, words, circle, noun, id) values(?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        row_of(circle, thing),
        texts.join(" \u{2022} "),
        circle.no,
        thing.noun.as_str(),
        thing.id.as_str()
    ])?;
    Ok(())
}

/// The row number of a thing: 63 bits of a hash, so that it is found again without another table.
fn row_of(circle: &Circle, thing: &Thing) -> i64 {
    let hash = digest(&[
        circle.id.as_str().as_bytes(),
        thing.noun.as_str().as_bytes(),
        thing.id.as_str().as_bytes(),
    ]);
    let first = hash.first_chunk().expect("a hash has 32 bytes");
    i64::from_le_bytes(*first) & i64::MAX
}
