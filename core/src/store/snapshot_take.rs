//! Taking in a snapshot: every change is held against what segments signed, before any of it is kept. Source:
//! `SPEC.md`, Snapshots, whose table gives the order of the checks; docs/adr/0040.

use super::found::Handed;
use super::identity::device_id;
use super::rebuild;
use super::segments;
use super::take::{Taken, writer};
use super::vault::{Circle, Vault};
use crate::circle::{AccessLog, Roster, role};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::Acting;
use crate::record::change::{self, Hash, ReadChange};
use crate::record::part::{Actor, Group, Part};
use crate::sync::segment::{self, Tip};
use crate::sync::snapshot::{self, Body, Statement};
use crate::sync::walker::{self, limits};
use rusqlite::{Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

/// Everything of a snapshot, taken apart and read.
struct Read {
    changes: Vec<(Part, ReadChange, Vec<u8>)>,
    /// Of each part and actor the changes by sequence number.
    by_actor: BTreeMap<(Part, Actor), BTreeMap<u64, usize>>,
}

/// What a statement speaks for: up to which change of a part, and who its author was then.
struct Covers {
    seq: u64,
    role: String,
    member: Id,
}

impl Vault {
    /// Takes in a snapshot, whole or not at all: every change must lie under the signature of its author, who might
    /// write it by what they knew. What others made is never an error.
    ///
    /// # Errors
    /// Those of storage; nothing is kept then.
    pub fn take_snapshot(
        &mut self,
        circle: &Circle,
        bytes: &[u8],
        acting: Acting,
    ) -> Result<Taken> {
        if self.has_ended(circle, acting)? {
            return Ok(Taken::Waits("until"));
        }
        let Ok((group, _)) = snapshot::header(bytes) else {
            return Ok(Taken::Refused("form"));
        };
        let log = self.access_log(circle)?;
        let roster = Roster::of(&log);
        let keyring = self.keyring(circle)?;
        let opened = roster.epochs().find_map(|(epoch, ..)| {
            let secret = keyring.get(group, epoch)?;
            snapshot::open(&circle.id, bytes, epoch, secret)
        });
        let opened = match opened {
            Some(Ok(opened)) => opened,
            Some(Err(reason)) => return Ok(Taken::Refused(reason)),
            None => return Ok(Taken::Waits("key")),
        };
        if roster.whose(&opened.maker).is_none() {
            return Ok(Taken::Refused("stranger"));
        }
        let body = opened.body;
        let read = match read(&circle.id, group, &body) {
            Ok(read) => read,
            Err(reason) => return Ok(Taken::Refused(reason)),
        };
        let members = match self.hold_against(circle, group, &log, &roster, &body, &read)? {
            Ok(members) => members,
            Err(taken) => return Ok(taken),
        };
        let Some(new) = self.further(circle, group, &body)? else {
            return Ok(Taken::Refused("fork"));
        };
        let handed: Vec<Handed> = (read.changes.iter())
            .map(|(part, change, bytes)| {
                let by = members.get(&change.head.actor).cloned();
                let (device, member) = by.unwrap_or((Id::read(""), Id::read("")));
                Handed {
                    part: part.clone(),
                    bytes: bytes.clone(),
                    actor: change.head.actor,
                    device,
                    member,
                }
            })
            .collect();
        let kept = self.receive_with(circle, &handed, acting.at.date_naive(), |tx| {
            keep(tx, circle, group, &body, &new, &read)
        });
        match kept {
            Ok(_) => {
                self.retry_waiting(circle, acting)?;
                Ok(Taken::In)
            }
            Err(Error::Damaged) => Ok(Taken::Refused("change")),
            Err(error) => Err(error),
        }
    }

    /// Whether a segment of a stream came in a snapshot, as one of those it stood for.
    pub(super) fn is_covered(
        &self,
        circle: &Circle,
        group: Group,
        actor: Actor,
        counter: u64,
    ) -> Result<bool> {
        let sql = "select 1 from covered where circle = ?1 and share_group = ?2 and actor = ?3 and counter >= ?4";
        let of = params![
            circle.no,
            group.as_str(),
            actor.0.as_slice(),
            counter as i64
        ];
        Ok(self.db.prepare_cached(sql)?.exists(of)?)
    }

    /// Whether every change of a segment is in the record.
    pub(super) fn knows_all(
        &self,
        circle: &Circle,
        opened: &segment::Opened,
        reads: &[ReadChange],
    ) -> Result<bool> {
        for (carried, read) in opened.changes.iter().zip(reads) {
            let all = rebuild::changes_of(&self.db, circle, &carried.part)?;
            if !all.contains(&carried.bytes) && read.makes.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Holds every change against the statements: device and member of each actor, or why the snapshot is not taken.
    #[allow(clippy::type_complexity)]
    fn hold_against(
        &self,
        circle: &Circle,
        group: Group,
        log: &AccessLog,
        roster: &Roster,
        body: &Body,
        read: &Read,
    ) -> Result<std::result::Result<BTreeMap<Actor, (Id, Id)>, Taken>> {
        let mut covers: BTreeMap<(&Part, Actor), Vec<Covers>> = BTreeMap::new();
        let (mut members, mut streams) = (BTreeMap::new(), BTreeSet::new());
        for stream in &body.streams {
            let Some(member) = roster.whose(&stream.device) else {
                return Ok(Err(Taken::Waits("operations")));
            };
            let (Some(author), wrote) = (stream.author(), stream.wrote()) else {
                return Ok(Err(Taken::Refused("form")));
            };
            // What was taken over is of a device of the same member, and each actor is of one device, whoever signs.
            let whose = (device_id(wrote), member.clone());
            if !streams.insert(stream.actor)
                || roster.whose(wrote) != Some(member)
                || roster.is_named_anothers(&author, wrote)
                || self.is_anothers(circle, author, wrote)?
                || *members.entry(author).or_insert_with(|| whose.clone()) != whose
            {
                return Ok(Err(Taken::Refused("actor")));
            }
            let ascend = stream
                .statements
                .windows(2)
                .all(|two| two[0].counter < two[1].counter);
            if !ascend || stream.statements.is_empty() {
                return Ok(Err(Taken::Refused("form")));
            }
            for said in &stream.statements {
                let (Some(place), Some(tips)) = (
                    body.place(&circle.id, group, stream, said),
                    read.tips(body, author, said),
                ) else {
                    return Ok(Err(Taken::Refused("form")));
                };
                let counted = i64::try_from(said.counter).is_ok_and(|counter| counter > 0);
                if !counted || !said.holds(&place, &tips)? {
                    return Ok(Err(Taken::Refused("signature")));
                }
                let writer = match writer(roster.author(log, &stream.device, &place.heads)) {
                    Ok(writer) => writer,
                    Err(taken) => return Ok(Err(taken)),
                };
                let (member, role, groups, by) = writer;
                let of = (group, stream.actor);
                let had = |by: &Hash| roster.was_had(log, by, of, said.counter);
                // What was let in was by the name of its bytes, which are not here.
                if !by.iter().all(had) {
                    return Ok(Err(Taken::Refused("late")));
                }
                if !groups.has(group) {
                    return Ok(Err(Taken::Refused("part")));
                }
                for (at, seq) in &said.tips {
                    let part = &body.parts[*at as usize].0;
                    covers.entry((part, author)).or_default().push(Covers {
                        seq: *seq,
                        role: role.clone(),
                        member: member.clone(),
                    });
                }
            }
        }
        for (part, change, _) in &read.changes {
            if change.makes.is_some() {
                continue;
            }
            let of = covers.get(&(part, change.head.actor)).into_iter().flatten();
            let spoken = of.filter(|covers| covers.seq >= change.head.seq);
            let Some(covers) = spoken.min_by_key(|covers| covers.seq) else {
                return Ok(Err(Taken::Refused("attest")));
            };
            let mut puts = change.ops.iter().filter_map(|op| op.put.as_ref());
            if !puts.all(|put| {
                role::may_write((&covers.member, &covers.role), part, put, change.head.note)
            }) {
                return Ok(Err(Taken::Refused("role")));
            }
            let by = members.get(&change.head.actor);
            if by.is_none_or(|(_, member)| *member != covers.member) {
                return Ok(Err(Taken::Refused("actor")));
            }
        }
        Ok(Ok(members))
    }

    /// The streams of a snapshot that go further than what is here, by their places; `None` if one contradicts it.
    fn further(&self, circle: &Circle, group: Group, body: &Body) -> Result<Option<Vec<usize>>> {
        let mut new = Vec::new();
        for (place, stream) in body.streams.iter().enumerate() {
            let counter = stream.statements.last().map_or(0, |last| last.counter);
            let here = segments::last(&self.db, circle, group, stream.actor)?;
            let reached = here.as_ref().map_or(0, |here| here.counter);
            let other = |here: segments::Last| match (here.chain, stream.statements.last()) {
                (Some(chain), Some(last)) => chain != segment::chain(&last.signature),
                _ => here.name != stream.name,
            };
            if here.is_some_and(|here| here.counter == counter && other(here)) {
                return Ok(None);
            }
            if counter > reached {
                // Somebody who knows more of this incarnation than itself has met a copy of it.
                if stream.actor == self.actor {
                    return Ok(None);
                }
                new.push(place);
            }
        }
        Ok(Some(new))
    }
}

impl Read {
    /// The tips of a statement, with the hashes that the document's changes have.
    fn tips(&self, body: &Body, actor: Actor, said: &Statement) -> Option<Vec<Tip>> {
        if said.tips.windows(2).any(|two| two[0].0 >= two[1].0) {
            return None;
        }
        let tip = |(at, seq): &(u32, u64)| {
            let part = body.parts.get(*at as usize)?.0.clone();
            let of = self.by_actor.get(&(part.clone(), actor))?;
            let (_, change, _) = self.changes.get(*of.get(seq)?)?;
            Some(Tip {
                part,
                seq: *seq,
                hash: change.hash,
            })
        };
        said.tips.iter().map(tip).collect()
    }
}

/// Walks, loads and reads the documents of a snapshot. Every actor's changes count from 1, each on its last.
fn read(circle: &Id, group: Group, body: &Body) -> std::result::Result<Read, &'static str> {
    let mut read = Read {
        changes: Vec::new(),
        by_actor: BTreeMap::new(),
    };
    if body.parts.windows(2).any(|two| two[0].0 >= two[1].0) {
        return Err("form");
    }
    // Before anything is loaded: what all of them together would lay out is bounded too.
    let (mut changes, mut operations) = (0, 0);
    for (part, document) in &body.parts {
        if part.group() != Some(group) {
            return Err("part");
        }
        let walked = walker::snapshot(document).map_err(|refusal| refusal.code())?;
        changes += walked.changes();
        operations += walked.operations();
    }
    if changes > limits::SNAPSHOT_CHANGES || operations > limits::SNAPSHOT_OPERATIONS {
        return Err("too_many_operations");
    }
    for (part, document) in &body.parts {
        let all = rebuild::unfold(circle, part, document).map_err(|_| "undecodable")?;
        for bytes in all {
            let walked = walker::change(&bytes).map_err(|refusal| refusal.code())?;
            let change =
                change::read_walked(circle, part, &walked).map_err(|refusal| refusal.code())?;
            if change.makes.is_none() {
                let of = read
                    .by_actor
                    .entry((part.clone(), change.head.actor))
                    .or_default();
                if of.insert(change.head.seq, read.changes.len()).is_some() {
                    return Err("chain");
                }
            }
            read.changes.push((part.clone(), change, bytes));
        }
    }
    for of in read.by_actor.values() {
        let mut before = None;
        for (expected, (seq, at)) in (1..).zip(of) {
            let change = &read.changes[*at].1;
            let on_last = before.is_none_or(|before| change.head.deps.contains(&before));
            if *seq != expected || !on_last {
                return Err("chain");
            }
            before = Some(change.hash);
        }
    }
    Ok(read)
}

/// Keeps what came: of each stream that went further a row without bytes, and what its statements say.
fn keep(
    tx: &Transaction,
    circle: &Circle,
    group: Group,
    body: &Body,
    new: &[usize],
    read: &Read,
) -> Result<()> {
    for stream in new.iter().filter_map(|place| body.streams.get(*place)) {
        for said in &stream.statements {
            let place = body
                .place(&circle.id, group, stream, said)
                .ok_or(Error::Damaged)?;
            let tips = read
                .tips(body, place.author(), said)
                .ok_or(Error::Damaged)?;
            tx.prepare_cached(
                "insert or replace into covered(circle, share_group, actor, counter, epoch, heads, before, signature)
                 values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                circle.no,
                group.as_str(),
                stream.actor.0.as_slice(),
                said.counter as i64,
                place.epoch.as_slice(),
                place.heads.concat(),
                said.before.as_slice(),
                said.signature
            ])?;
            let newest = said.counter == stream.statements.last().map_or(0, |last| last.counter);
            let newest = newest.then(|| (stream.name, segment::chain(&said.signature)));
            segments::keep_said(tx, circle, &place, &tips, newest)?;
        }
    }
    Ok(())
}
