//! Search in the own record. The rows are filled when somebody searches, so saving never waits for them.

use super::rows::Scope;
use super::vault::{Circle, Vault};
use crate::error::Result;
use crate::id::Id;
use crate::log::packed::Packed;
use crate::record::{Noun, Value};
use rusqlite::params;

/// Fields that hold ids and words of lists, which nobody typed and nobody looks for.
const NOT_WORDS: [&str; 14] = [
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
        let record = self.record(circle, &Scope::Everything)?;
        let tx = Self::begin(&mut self.db)?;
        tx.execute("delete from search where circle = ?1", params![circle.no])?;
        for thing in record.all() {
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
                .collect();
            tx.prepare_cached(
                "insert into search(words, circle, noun, id) values(?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                texts.join(" \u{2022} "),
                circle.no,
                thing.noun.as_str(),
                thing.id.as_str()
            ])?;
        }
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
