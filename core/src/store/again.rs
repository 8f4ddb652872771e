//! Changes written again under another actor, because the numbers they had are taken: the same values at the same place
//! in the order of things. What they began gets new ids, since ids follow from numbers.

use super::vault::Circle;
use crate::error::{Error, Result};
use crate::follow_up;
use crate::id::Id;
use crate::log::packed::Packed;
use crate::message;
use crate::record::acts::id_of;
use crate::record::change::{self, Built, ChangeHead, Hash, PutOp, ReadChange};
use crate::record::{Actor, Noun, OpId, Part, Value};
use rusqlite::{Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

/// What stands for what, of all that was written again.
#[derive(Default)]
pub(super) struct Again {
    operations: BTreeSet<(i64, String, OpId)>,
    names: BTreeMap<Hash, Hash>,
    ids: BTreeMap<(i64, Id), Id>,
    counts: BTreeMap<(i64, String), u64>,
}

impl Again {
    /// A change under the new actor. Changes come in their order, each after those it stands on.
    pub(super) fn under(
        &mut self,
        actor: Actor,
        circle: &Circle,
        part: &Part,
        mut read: ReadChange,
    ) -> Result<(ReadChange, Built)> {
        let place = (circle.no, part.as_str().to_owned());
        let count = self.counts.entry(place.clone()).or_default();
        *count += 1;
        read.head.seq = *count;
        read.head.actor = actor;
        for dep in &mut read.head.deps {
            *dep = self.names.get(dep).copied().unwrap_or(*dep);
        }
        read.head.deps.sort_unstable();
        for op in &mut read.ops {
            let old = op.id;
            self.operations.insert((place.0, place.1.clone(), old));
            op.id.actor = actor;
            // This device wrote it, so it is of a version that this one reads.
            let put = op.put.as_ref().ok_or(Error::Damaged)?;
            if put.thing() == id_of(&circle.id, part, old) {
                let new = id_of(&circle.id, part, op.id);
                self.ids.insert((circle.no, put.thing()), new);
            }
        }
        self.derive(circle, &read);
        let mut puts = Vec::with_capacity(read.ops.len());
        for op in &mut read.ops {
            let put = op.put.as_mut().ok_or(Error::Damaged)?;
            self.rewrite(circle, part, actor, put);
            puts.push(put.clone());
        }
        let head: &ChangeHead = &read.head;
        let built = change::build(&circle.id, part, head, &puts)?;
        self.names.insert(read.hash, built.hash);
        read.hash = built.hash;
        Ok((read, built))
    }

    /// Ids that follow from the id of another thing.
    fn derive(&mut self, circle: &Circle, read: &ReadChange) {
        let puts: Vec<&PutOp> = read.ops.iter().filter_map(|op| op.put.as_ref()).collect();
        let field = |of: &PutOp, name: &str| {
            let key = format!("{}.{name}", of.thing());
            let found = puts
                .iter()
                .find(|put| put.noun == of.noun && put.key == key);
            found.and_then(|put| put.value.text().map(str::to_owned))
        };
        for put in &puts {
            let renamed = |ids: &BTreeMap<(i64, Id), Id>, id: Option<String>| {
                ids.get(&(circle.no, Id::read(id?))).cloned()
            };
            let new = match put.noun {
                Noun::FollowUp => renamed(&self.ids, field(put, "plan")).and_then(|plan| {
                    let (due, channel) = (field(put, "due")?, field(put, "channel")?);
                    Some(follow_up::id_of(&plan, &due, &channel))
                }),
                Noun::Message => {
                    renamed(&self.ids, field(put, "follow_up")).map(|id| message::id_of(&id))
                }
                _ => None,
            };
            if let Some(new) = new {
                self.ids.insert((circle.no, put.thing()), new);
            }
        }
    }

    /// Puts the new names in: of the thing, of what is replaced, and of things that the value speaks of.
    fn rewrite(&self, circle: &Circle, part: &Part, actor: Actor, put: &mut PutOp) {
        let new = |id: &Id| self.ids.get(&(circle.no, id.clone()));
        let thing = put.thing();
        if let Some(new) = new(&thing) {
            put.key = format!("{new}{}", &put.key[thing.as_str().len()..]);
        }
        for replaced in &mut put.replaces {
            let known = (circle.no, part.as_str().to_owned(), *replaced);
            if self.operations.contains(&known) {
                replaced.actor = actor;
            }
        }
        put.replaces.sort_unstable();
        if let Some(new) = put.value.text().and_then(|text| new(&Id::read(text))) {
            put.value = Value::Text(new.to_string());
        }
        if put.noun == Noun::Entry
            && let Some(mut entry) = Packed::read(&put.value)
            && let Some(new) = new(&entry.plan)
        {
            entry.plan = new.clone();
            put.value = Value::Bytes(entry.pack());
        }
    }

    /// Puts the new ids into what lies beside the record: pages that are half done, and pieces of files.
    pub(super) fn rename_beside(&self, tx: &Transaction) -> Result<()> {
        for ((circle, old), new) in &self.ids {
            let (old, new) = (old.as_str(), new.as_str());
            for sql in [
                "update draft set text = replace(text, ?2, ?3) where circle = ?1",
                "update draft set page = replace(page, ?2, ?3) where circle = ?1 and instr(page, ?2)",
                "update piece set attachment = ?3 where circle = ?1 and attachment = ?2",
                "update piece set about = ?3 where circle = ?1 and about = ?2",
            ] {
                tx.execute(sql, params![circle, old, new])?;
            }
        }
        Ok(())
    }
}
