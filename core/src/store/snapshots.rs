//! Snapshots for new members: making one of all a share group holds, and taking one in. What came in one is kept so that
//! it can be handed on. Source: `SPEC.md`, Snapshots; docs/adr/0040.

use super::found::Handed;
use super::identity::device_id;
use super::rebuild;
use super::segments;
use super::take::Taken;
use super::vault::{Circle, Vault};
use crate::circle::roster::Author;
use crate::circle::{AccessLog, Roster, role};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::Acting;
use crate::record::change::{self, Hash, ReadChange};
use crate::record::part::{Actor, Group, Part};
use crate::sync::message::Have;
use crate::sync::segment::{self, Tip};
use crate::sync::snapshot::{self, Body, Statement, Stream};
use crate::sync::walker::{self, limits};
use rusqlite::{Connection, Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

/// The tips of each segment: by stream and counter, the newest change in each part.
type Attested = BTreeMap<(Actor, u64), Vec<Tip>>;

/// A segment as far as a statement needs it.
struct Spoken {
    counter: u64,
    device: [u8; 32],
    heads: Vec<Hash>,
    /// Its name; of one that came in a snapshot only the newest of a stream has one.
    name: Option<Hash>,
    /// What stands in `covered`, if it came in a snapshot: epoch, name of the one before, signature.
    kept: Option<(Hash, Hash, Vec<u8>)>,
}

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
    /// The snapshots another device is given in place of segments: of groups of which it has nothing yet, where they
    /// are smaller, and of groups of which this device has itself only a snapshot of what the other lacks.
    ///
    /// # Errors
    /// Those of storage and of the random source.
    pub fn snapshots_lacking(
        &self,
        circle: &Circle,
        device: &[u8; 32],
        theirs: &Have,
        entropy: &dyn Entropy,
    ) -> Result<Vec<(Group, Vec<u8>)>> {
        let roster = self.roster(circle)?;
        let own = self.keys.public().sign;
        let (Some((_, member)), Some(_)) = (
            roster.standing.present(device),
            roster.standing.present(&own),
        ) else {
            return Ok(Vec::new());
        };
        let mut given = Vec::new();
        for group in member.groups.iter() {
            let (mut all, mut bytes, mut must, mut fresh) = (0usize, 0u64, false, true);
            let sql = "select actor, counter, device, length(bytes) from segment where circle = ?1 and share_group = ?2";
            let mut statement = self.db.prepare_cached(sql)?;
            let mut rows = statement.query(params![circle.no, group.as_str()])?;
            while let Some(row) = rows.next()? {
                let (actor, by) = (Actor(row.get(0)?), row.get::<_, [u8; 32]>(2)?);
                let (counter, length) = (row.get::<_, i64>(1)?, row.get::<_, i64>(3)?);
                let reached = theirs.streams.iter();
                let mut reached = reached.filter(|r| r.group == group.as_str() && r.actor == actor);
                let reached = reached.next().map_or(0, |r| r.counter);
                fresh &= reached == 0 || by == *device;
                must |= length == 0 && reached < counter.unsigned_abs();
                bytes += length.unsigned_abs();
                all += 1;
            }
            if all == 0 || !(must || fresh && !self.wants_plain(circle, device, group)?) {
                continue;
            }
            let made = self.make_snapshot(circle, group, entropy)?;
            given.extend(
                made.filter(|made| must || (made.len() as u64) < bytes)
                    .map(|made| (group, made)),
            );
        }
        Ok(given)
    }

    /// Notes that a device did not take the snapshot of a group: it is given segments from now on.
    ///
    /// # Errors
    /// Those of storage.
    pub fn give_plain(&mut self, circle: &Circle, device: &[u8; 32], group: Group) -> Result<()> {
        self.db.execute(
            "insert or ignore into plain(circle, device, share_group) values(?1, ?2, ?3)",
            params![circle.no, device.as_slice(), group.as_str()],
        )?;
        Ok(())
    }

    fn wants_plain(&self, circle: &Circle, device: &[u8; 32], group: Group) -> Result<bool> {
        let sql = "select 1 from plain where circle = ?1 and device = ?2 and share_group = ?3";
        let of = params![circle.no, device.as_slice(), group.as_str()];
        Ok(self.db.prepare_cached(sql)?.exists(of)?)
    }

    /// A snapshot of all that is attested in a share group; `None` where none can be made: without a key, over the
    /// size of a message, or where something stands on what nobody signed.
    ///
    /// # Errors
    /// Those of storage and of the random source.
    pub fn make_snapshot(
        &self,
        circle: &Circle,
        group: Group,
        entropy: &dyn Entropy,
    ) -> Result<Option<Vec<u8>>> {
        let log = self.access_log(circle)?;
        let roster = Roster::of(&log);
        let keyring = self.keyring(circle)?;
        let Some(epoch) = roster.epoch_for(&log, group) else {
            return Ok(None);
        };
        let Some(secret) = keyring.get(group, &epoch) else {
            return Ok(None);
        };
        let attested = attested(&self.db, circle, group)?;
        let Some(parts) = self.documents(circle, group, &attested)? else {
            return Ok(None);
        };
        let mut body = Body {
            parts,
            ..Body::default()
        };
        for (actor, spoken) in spoken(&self.db, circle, group)? {
            match self.stream(circle, group, actor, &spoken, &attested, &roster, &mut body)? {
                Some(stream) => body.streams.push(stream),
                None => return Ok(None),
            }
        }
        let (keys, id) = (&self.keys, &circle.id);
        match snapshot::seal(keys, id, group, &epoch, &body, secret, entropy) {
            Err(Error::TooLong { .. }) => Ok(None),
            made => made.map(Some),
        }
    }

    /// One document a part, of what is attested and what is nobody's.
    fn documents(
        &self,
        circle: &Circle,
        group: Group,
        attested: &Attested,
    ) -> Result<Option<Vec<(Part, Vec<u8>)>>> {
        let mut newest: BTreeMap<(&Part, Actor), u64> = BTreeMap::new();
        for ((actor, _), tips) in attested {
            for tip in tips {
                let reached = newest.entry((&tip.part, *actor)).or_default();
                *reached = tip.seq.max(*reached);
            }
        }
        let mut documents = Vec::new();
        for part in rebuild::parts(&self.db, circle)? {
            if part.group() != Some(group) {
                continue;
            }
            let mut known = BTreeSet::from([change::first(&circle.id, &part)?.hash]);
            let mut changes = Vec::new();
            for bytes in rebuild::changes_of(&self.db, circle, &part)? {
                let read = change::read(&circle.id, &part, &bytes)?;
                let reached = newest.get(&(&part, read.head.actor)).copied();
                if read.makes.is_none() && read.head.seq > reached.unwrap_or(0) {
                    continue;
                }
                if !read.head.deps.iter().all(|dep| known.contains(dep)) {
                    return Ok(None);
                }
                known.insert(read.hash);
                changes.push(bytes);
            }
            let document = rebuild::folded_plain(&circle.id, &part, &changes)?;
            if walker::snapshot(&document).is_err() {
                return Ok(None);
            }
            documents.push((part, document));
        }
        Ok(Some(documents))
    }

    /// The statements of a stream that speak for its changes: of each run of segments that knew the same of the access
    /// log the newest in each part, and the newest of all.
    #[allow(clippy::too_many_arguments)]
    fn stream(
        &self,
        circle: &Circle,
        group: Group,
        actor: Actor,
        spoken: &[Spoken],
        attested: &Attested,
        roster: &Roster,
        body: &mut Body,
    ) -> Result<Option<Stream>> {
        let Some(last) = spoken.last() else {
            return Ok(None);
        };
        let tips = |counter| {
            attested
                .get(&(actor, counter))
                .map_or(&[][..], Vec::as_slice)
        };
        let mut wanted = BTreeSet::from([last.counter]);
        for run in spoken.chunk_by(|a, b| a.heads == b.heads) {
            let mut newest: BTreeMap<&Part, u64> = BTreeMap::new();
            for one in run {
                newest.extend(tips(one.counter).iter().map(|tip| (&tip.part, one.counter)));
            }
            wanted.extend(newest.into_values());
        }
        let keyring = self.keyring(circle)?;
        let mut statements = Vec::new();
        for (at, one) in spoken.iter().enumerate() {
            if !wanted.contains(&one.counter) {
                continue;
            }
            let (epoch, before, signature) = match &one.kept {
                Some(kept) => kept.clone(),
                None => {
                    let bytes = segments::bytes(&self.db, circle, group, actor, one.counter)?;
                    let header = segment::header(&bytes)?;
                    let opened = roster
                        .epochs()
                        .filter(|(epoch, ..)| header.is_under(epoch))
                        .find_map(|(epoch, ..)| {
                            let secret = keyring.get(group, epoch)?;
                            Some((*epoch, segment::open(&circle.id, &bytes, secret)?))
                        });
                    let before = match at.checked_sub(1).and_then(|before| spoken.get(before)) {
                        Some(before) if before.counter + 1 == one.counter => before.name,
                        None if one.counter == 1 => Some([0; 32]),
                        _ => None,
                    };
                    let (Some((epoch, opened)), Some(before)) = (opened, before) else {
                        return Ok(None);
                    };
                    (epoch, before, opened.signature().to_vec())
                }
            };
            let mut places = Vec::new();
            for tip in tips(one.counter) {
                let place = body.parts.iter().position(|(part, _)| *part == tip.part);
                let Some(place) = place.and_then(|place| u32::try_from(place).ok()) else {
                    return Ok(None);
                };
                places.push((place, tip.seq));
            }
            places.sort_unstable();
            statements.push(Statement {
                counter: one.counter,
                epoch: named(&mut body.names, epoch),
                heads: one
                    .heads
                    .iter()
                    .map(|head| named(&mut body.names, *head))
                    .collect(),
                before,
                tips: places,
                signature,
            });
        }
        Ok(last.name.map(|name| Stream {
            device: last.device,
            actor,
            name,
            statements,
        }))
    }

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
        let Some(opened) = opened else {
            return Ok(Taken::Waits("key"));
        };
        if roster.standing.owner_of(&opened.maker).is_none() {
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
        let mut members = BTreeMap::new();
        for stream in &body.streams {
            let Some(member) = roster.standing.owner_of(&stream.device) else {
                return Ok(Err(Taken::Waits("operations")));
            };
            if self.is_anothers(circle, stream.actor, &stream.device)? {
                return Ok(Err(Taken::Refused("actor")));
            }
            let whose = (device_id(&stream.device), member.clone());
            if members.insert(stream.actor, whose).is_some() {
                return Ok(Err(Taken::Refused("actor")));
            }
            let ascend = stream
                .statements
                .windows(2)
                .all(|two| two[0].counter < two[1].counter);
            let Some(last) = stream.statements.last().filter(|_| ascend) else {
                return Ok(Err(Taken::Refused("form")));
            };
            for said in &stream.statements {
                let (Some(place), Some(tips)) = (
                    body.place(&circle.id, group, stream, said),
                    read.tips(body, stream.actor, said),
                ) else {
                    return Ok(Err(Taken::Refused("form")));
                };
                if said.counter == 0 || !said.holds(&place, &tips)? {
                    return Ok(Err(Taken::Refused("signature")));
                }
                let (member, role, groups) = match roster.author(log, &stream.device, &place.heads)
                {
                    Author::Member {
                        member,
                        role,
                        groups,
                    } => (member, role, groups),
                    Author::Removed {
                        member,
                        role,
                        groups,
                        by,
                    } => {
                        let of = (group, stream.actor);
                        let had = by
                            .iter()
                            .all(|by| roster.was_had(log, by, of, said.counter));
                        let newest = said.counter == last.counter;
                        if !had && !(newest && roster.was_let_in(log, &stream.name)) {
                            return Ok(Err(Taken::Refused("late")));
                        }
                        (member, role, groups)
                    }
                    Author::Unknown => return Ok(Err(Taken::Waits("operations"))),
                    Author::Stranger => return Ok(Err(Taken::Refused("stranger"))),
                };
                if !groups.has(group) {
                    return Ok(Err(Taken::Refused("part")));
                }
                for (at, seq) in &said.tips {
                    let part = &body.parts[*at as usize].0;
                    covers
                        .entry((part, stream.actor))
                        .or_default()
                        .push(Covers {
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
            if here.is_some_and(|here| here.counter == counter && here.name != stream.name) {
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
            let tips = read.tips(body, stream.actor, said).ok_or(Error::Damaged)?;
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
            let name = newest.then_some(stream.name);
            segments::keep_said(tx, circle, &place, &tips, name)?;
        }
    }
    Ok(())
}

/// The place of a name in the list of names, where it is put if it is not there.
fn named(names: &mut Vec<Hash>, name: Hash) -> u32 {
    let at = names.iter().position(|known| *known == name);
    let at = at.unwrap_or_else(|| {
        names.push(name);
        names.len() - 1
    });
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn attested(db: &Connection, circle: &Circle, group: Group) -> Result<Attested> {
    let sql =
        "select actor, counter, part, seq, hash from attest where circle = ?1 and share_group = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![circle.no, group.as_str()])?;
    let mut attested = Attested::new();
    while let Some(row) = rows.next()? {
        let of = (Actor(row.get(0)?), row.get::<_, i64>(1)?.unsigned_abs());
        attested.entry(of).or_default().push(Tip {
            part: Part::read(row.get::<_, String>(2)?),
            seq: row.get::<_, i64>(3)?.unsigned_abs(),
            hash: row.get(4)?,
        });
    }
    Ok(attested)
}

/// Every segment that is known of a group, by stream, in the order of counters: those here, and those a snapshot covered.
fn spoken(db: &Connection, circle: &Circle, group: Group) -> Result<BTreeMap<Actor, Vec<Spoken>>> {
    let sql = "select s.actor, s.counter, s.device, s.heads, s.name, c.epoch, c.before, c.signature
               from segment s left join covered c using (circle, share_group, actor, counter)
               where s.circle = ?1 and s.share_group = ?2
               union all
               select c.actor, c.counter, (select device from segment s where s.circle = c.circle
                      and s.share_group = c.share_group and s.actor = c.actor limit 1),
                      c.heads, null, c.epoch, c.before, c.signature
               from covered c where c.circle = ?1 and c.share_group = ?2 and not exists
                 (select 1 from segment s where s.circle = c.circle and s.share_group = c.share_group
                    and s.actor = c.actor and s.counter = c.counter)
               order by 1, 2";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params![circle.no, group.as_str()])?;
    let mut spoken: BTreeMap<Actor, Vec<Spoken>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let heads: Vec<u8> = row.get(3)?;
        let kept = match row.get::<_, Option<Hash>>(5)? {
            Some(epoch) => Some((epoch, row.get(6)?, row.get(7)?)),
            None => None,
        };
        spoken.entry(Actor(row.get(0)?)).or_default().push(Spoken {
            counter: row.get::<_, i64>(1)?.unsigned_abs(),
            device: row.get(2)?,
            heads: heads.as_chunks::<32>().0.to_vec(),
            name: row.get(4)?,
            kept,
        });
    }
    Ok(spoken)
}
