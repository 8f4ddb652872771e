//! Acting: a rule, its changes, their rows and the chain, all in one durable transaction.

use super::caseload;
use super::draft;
use super::drop_box::DroppedAnswer;
use super::pieces;
use super::rows::{self, Scope};
use super::vault::{self, Circle, Vault};
use super::witness::{Head, next_chain};
use crate::error::Result;
use crate::id::{Id, digest};
use crate::log::packed::Packed;
use crate::plan::live;
use crate::record::acts::id_of;
use crate::record::change::{self, Built, ReadChange, ReadOp};
use crate::record::{Acting, Actor, Acts, Noun, OpId, Part, Record, Thing, Value};
use chrono::{DateTime, Utc};
use rusqlite::{Transaction, params};
use std::collections::BTreeSet;

/// What is kept in the same transaction as an act.
#[derive(Clone, Copy)]
enum Beside<'a> {
    Nothing,
    /// That this dropped answer was added.
    Dropped(&'a [u8; 16]),
    /// What is half done on this page.
    Page(&'a str),
    /// The pieces of an attached file.
    Pieces(&'a [Vec<u8>]),
}

impl Vault {
    /// Lets `rule` read the record and write its acts; keeps them durably before it returns. If the rule
    /// refuses, or the disk does, nothing is kept.
    ///
    /// Returns what the rule returned, and the record as it is now.
    pub fn act<T>(
        &mut self,
        circle: &Circle,
        scope: &Scope,
        acting: Acting,
        rule: impl FnOnce(&mut Acts) -> Result<T>,
    ) -> Result<(T, Record)> {
        self.act_noting(circle, scope, acting, Beside::Nothing, |acts, _| {
            Ok((rule(acts)?, None))
        })
    }

    /// Acts, and keeps what is half done on a page, in one transaction: after a crash both are there or neither.
    /// The rule is given what the page holds, and returns beside its outcome what the page is to hold from now on;
    /// an empty text forgets the page.
    pub fn act_on_page<T>(
        &mut self,
        circle: &Circle,
        scope: &Scope,
        acting: Acting,
        page: &str,
        rule: impl FnOnce(&mut Acts, Option<&str>) -> Result<(T, String)>,
    ) -> Result<(T, Record)> {
        self.act_noting(circle, scope, acting, Beside::Page(page), |acts, draft| {
            let (outcome, draft) = rule(acts, draft)?;
            Ok((outcome, Some(draft)))
        })
    }

    /// Adds an answer that was dropped while the vault was locked, once: the note that it was added is part of the
    /// same transaction. `None` if it was added before.
    pub fn act_dropped<T>(
        &mut self,
        circle: &Circle,
        scope: &Scope,
        acting: Acting,
        answer: &DroppedAnswer,
        rule: impl FnOnce(&mut Acts) -> Result<T>,
    ) -> Result<Option<T>> {
        if self.was_dropped(answer)? {
            return Ok(None);
        }
        self.act_noting(
            circle,
            scope,
            acting,
            Beside::Dropped(&answer.id),
            |acts, _| Ok((rule(acts)?, None)),
        )
        .map(|(done, _)| Some(done))
    }

    /// Acts, and keeps the pieces of the files that the rule attaches, in one transaction.
    pub fn act_with_pieces<T>(
        &mut self,
        circle: &Circle,
        acting: Acting,
        bytes: &[Vec<u8>],
        rule: impl FnOnce(&mut Acts) -> Result<T>,
    ) -> Result<T> {
        let scope = Scope::Everything;
        self.act_noting(circle, &scope, acting, Beside::Pieces(bytes), |acts, _| {
            Ok((rule(acts)?, None))
        })
        .map(|(done, _)| done)
    }

    fn act_noting<T>(
        &mut self,
        circle: &Circle,
        scope: &Scope,
        acting: Acting,
        beside: Beside,
        rule: impl FnOnce(&mut Acts, Option<&str>) -> Result<(T, Option<String>)>,
    ) -> Result<(T, Record)> {
        let (actor, now) = (self.actor, self.now);
        let tx = Self::begin(&mut self.db)?;
        let before = match beside {
            Beside::Page(page) => draft::read(&tx, circle, page)?,
            _ => None,
        };
        let rule = |acts: &mut Acts| rule(acts, before.as_deref());
        let ((outcome, after), record, mut head) =
            act_in(&tx, circle, scope, actor, acting, now, rule)?;
        match (beside, after) {
            (Beside::Dropped(id), _) => {
                tx.execute(
                    "insert or ignore into dropped(id) values(?1)",
                    params![id.as_slice()],
                )?;
            }
            (Beside::Pieces(bytes), _) => pieces::keep_own(&tx, circle, bytes)?,
            (Beside::Page(page), Some(text)) => {
                head = Some(draft::put(&tx, circle, page, &text, acting.at)?);
            }
            _ => {}
        }
        tx.commit()?;
        if let Some(head) = head {
            self.witnessed(&head);
        }
        Ok((outcome, record))
    }
}

/// An act inside a transaction that is begun and ended elsewhere; the head of the chain if anything was kept.
pub(super) fn act_in<T>(
    tx: &Transaction,
    circle: &Circle,
    scope: &Scope,
    actor: Actor,
    acting: Acting,
    now: Option<DateTime<Utc>>,
    rule: impl FnOnce(&mut Acts) -> Result<T>,
) -> Result<(T, Record, Option<Head>)> {
    let mut record = rows::load(tx, circle, actor, scope)?;
    let at = acting.at.with_timezone(&Utc);
    // An answer taken while locked is of an earlier moment than the one it is added at.
    record.now = Some(now.map_or(at, |now| now.max(at)));
    let mut acts = Acts::new(&record, acting);
    let today = acts.today();
    let outcome = rule(&mut acts)?;
    let mut head = None;
    let changes = acts.finish()?;
    if !changes.is_empty() {
        record.sharing.goes_on(acting.at.date_naive())?;
    }
    for (part, change_head, puts) in &changes {
        record
            .sharing
            .may_write(&circle.member, part, change_head.note, puts)?;
    }
    let mut touched = BTreeSet::new();
    for (part, change_head, puts) in changes {
        start(tx, circle, &mut record, &part)?;
        let missing = change::maps_missing(&part, &record.cursors[&part], &puts);
        for noun in missing {
            let built = change::map_of(&circle.id, &part, noun.as_str())?;
            let read = change::read(&circle.id, &part, &built.bytes)?;
            keep(tx, circle, &part, &read, &built)?;
            take_in(tx, circle, &mut record, &part, &read)?;
        }
        let built = change::build(&circle.id, &part, &change_head, &puts)?;
        let ops = (change_head.start_op..)
            .zip(puts)
            .map(|(counter, put)| ReadOp {
                id: OpId { counter, actor },
                put: Some(put),
            })
            .collect();
        let read = ReadChange {
            head: change_head,
            hash: built.hash,
            ops,
            makes: None,
        };
        head = Some(keep(tx, circle, &part, &read, &built)?);
        touched.extend(take_in(tx, circle, &mut record, &part, &read)?);
    }
    if !touched.is_empty() {
        // Entries never change what is open, so logging needs no look at the whole record.
        let more = !touched.iter().all(|(noun, _)| *noun == Noun::Entry);
        if more && !matches!(scope, Scope::All | Scope::Everything) {
            // The rule needed little, but what is open and what the caseload shows follow from all of it.
            let rest = rows::load(tx, circle, actor, &Scope::All)?;
            for thing in rest.all() {
                if record.get(thing.noun, &thing.id).is_none() {
                    record.insert(thing.clone());
                }
            }
        }
        let live = more.then(|| live::live(&record, today));
        save(tx, circle, &record, &touched, live)?;
    }
    Ok((outcome, record, head))
}

/// Begins a part with its computed first change if nobody has.
pub(super) fn start(
    tx: &Transaction,
    circle: &Circle,
    record: &mut Record,
    part: &Part,
) -> Result<()> {
    if record.cursors.contains_key(part) {
        return Ok(());
    }
    let first = change::first(&circle.id, part)?;
    let read = change::read(&circle.id, part, &first.bytes)?;
    record.apply(part, &read);
    rows::save_cursor(tx, circle, part, &record.cursors[part])
}

/// Keeps a change and adds it to the chain.
pub(super) fn keep(
    tx: &Transaction,
    circle: &Circle,
    part: &Part,
    read: &ReadChange,
    built: &Built,
) -> Result<Head> {
    let before = vault::head(tx)?;
    let written = digest(&[
        circle.id.as_str().as_bytes(),
        part.as_str().as_bytes(),
        &built.bytes,
    ]);
    let head = Head {
        n: before.n + 1,
        chain: next_chain(&before.chain, &written),
    };
    tx.prepare_cached(
        "insert into changes(n, circle, part, actor, seq, bytes) values(?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        head.n as i64,
        circle.no,
        part.as_str(),
        read.head.actor.0.as_slice(),
        read.head.seq as i64,
        built.bytes
    ])?;
    add_to_chain(tx, &head)?;
    Ok(head)
}

/// Notes a head; only the newest few thousand are kept, far more than a witness can lie behind.
pub(super) fn add_to_chain(tx: &Transaction, head: &Head) -> Result<()> {
    const KEPT: u64 = 4096;
    tx.prepare_cached("insert into commits(n, chain) values(?1, ?2)")?
        .execute(params![head.n as i64, head.chain.as_slice()])?;
    if head.n.is_multiple_of(KEPT) {
        tx.execute(
            "delete from commits where n < ?1",
            params![(head.n - KEPT) as i64],
        )?;
    }
    Ok(())
}

/// Applies a change to the record, loading first what it touches and the scope left out.
fn take_in(
    tx: &Transaction,
    circle: &Circle,
    record: &mut Record,
    part: &Part,
    read: &ReadChange,
) -> Result<Vec<(Noun, Id)>> {
    bring(tx, circle, record, part, read)?;
    apply(tx, circle, record, part, read)
}

/// Loads what a change touches and the scope left out.
pub(super) fn bring(
    tx: &Transaction,
    circle: &Circle,
    record: &mut Record,
    part: &Part,
    read: &ReadChange,
) -> Result<()> {
    for op in &read.ops {
        let Some(put) = &op.put else { continue };
        let id = put.thing();
        if record.get(put.noun, &id).is_some() {
            continue;
        }
        let stored = match put.noun {
            // What this very operation begins is stored nowhere yet: no look for it, as for every new entry.
            Noun::Entry if id == id_of(&circle.id, part, op.id) => None,
            Noun::Entry => load_earlier(tx, circle, record, &id, &put.value)?,
            noun => rows::load_thing(tx, circle, noun, &id)?,
        };
        if let Some(thing) = stored {
            record.insert(thing);
        }
    }
    Ok(())
}

/// Applies a change whose things are in the record.
pub(super) fn apply(
    tx: &Transaction,
    circle: &Circle,
    record: &mut Record,
    part: &Part,
    read: &ReadChange,
) -> Result<Vec<(Noun, Id)>> {
    let touched = record.apply(part, read);
    rows::save_cursor(tx, circle, part, &record.cursors[part])?;
    Ok(touched)
}

/// The entry that a correction or a withdrawal is about: near the day it names, else wherever it lies. Then all
/// entries are taken in, so that a hundred of these cost no more than one.
fn load_earlier(
    tx: &Transaction,
    circle: &Circle,
    record: &mut Record,
    id: &Id,
    value: &Value,
) -> Result<Option<Thing>> {
    if record.has_all_entries {
        return Ok(None);
    }
    if let Some(version) = Packed::read(value)
        && let Some(entry) = rows::load_entry(tx, circle, id, &version)?
    {
        return Ok(Some(entry));
    }
    rows::load_all_entries(tx, circle, record)?;
    Ok(None)
}

/// Writes the rows of what was touched, and the live marks that changed.
pub(super) fn save(
    tx: &Transaction,
    circle: &Circle,
    record: &Record,
    touched: &BTreeSet<(Noun, Id)>,
    live: Option<BTreeSet<(Noun, Id)>>,
) -> Result<()> {
    let mut rewrite: BTreeSet<(Noun, Id)> = touched.clone();
    if let Some(live) = &live {
        let before: BTreeSet<_> = rows::live_ids(tx, circle)?.into_iter().collect();
        rewrite.extend(before.symmetric_difference(live).cloned());
    }
    for (noun, id) in rewrite {
        if let Some(thing) = record.get(noun, &id) {
            let is_live = live.as_ref().is_some_and(|live| live.contains(&(noun, id)));
            rows::save_thing(tx, circle, thing, is_live)?;
        }
    }
    // Only entries leave the rest of the record unread, and they say nothing the caseload shows.
    if live.is_some() {
        caseload::save(tx, circle, record)?;
    }
    Ok(())
}

/// Notes whose device an actor is.
pub(super) fn know_actor(
    tx: &Transaction,
    circle: &Circle,
    actor: Actor,
    device: &Id,
    member: &Id,
) -> Result<()> {
    tx.prepare_cached(
        "insert or ignore into actor(circle, actor, device, member) values(?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        circle.no,
        actor.0.as_slice(),
        device.as_str(),
        member.as_str()
    ])?;
    Ok(())
}
