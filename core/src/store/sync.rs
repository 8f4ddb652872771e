//! What this device has of its circles, what another lacks, and what a receipt says.

use super::access::{self, Access};
use super::had::Had;
use super::identity::DeviceKeys;
use super::reading::circles_named;
use super::streams::{self, StreamHere};
use super::unsigned;
use super::vault::{Circle, Vault};
use crate::circle::operation::{Act, Operation, Seen};
use crate::circle::{AccessLog, Groups, Roster, epoch};
use crate::error::Result;
use crate::id::Id;
use crate::record::Acting;
use crate::record::change::Hash;
use crate::record::part::{Actor, Group};
use crate::sync::message::{Have, Reached};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A segment to be handed to another device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gift {
    /// Its circle.
    pub circle: Circle,
    group: String,
    actor: Actor,
    counter: u64,
    by: [u8; 32],
    length: u64,
}

impl Gift {
    /// The word of its share group.
    pub fn group(&self) -> &str {
        &self.group
    }

    /// Whether this device signed it.
    pub(super) fn is_by(&self, device: &[u8; 32]) -> bool {
        self.by == *device
    }

    /// Its length, in bytes.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Its place in this stream, if that is its stream.
    pub(super) fn counter_of(&self, actor: Actor) -> Option<u64> {
        (self.actor == actor).then_some(self.counter)
    }
}

impl Vault {
    /// What this device has of a circle, as far as it concerns the device that asks: all of it for one that is in,
    /// only its own streams for one that was taken out.
    pub fn have(&self, circle: &Circle, asks: &[u8; 32]) -> Result<Have> {
        let access = self.access(circle)?;
        let present = access.roster.standing.present(asks).is_some();
        let streams = streams::of(&self.db, circle)?.into_iter();
        let concern = streams.filter(|stream| present || stream.device == *asks);
        Ok(Have {
            streams: concern.map(|stream| stream.reached).collect(),
            late: self.late_in(circle, asks)?,
        })
    }

    /// The names of what a device wrote in a circle that waits here for the person to let it in.
    pub(super) fn late_in(&self, circle: &Circle, device: &[u8; 32]) -> Result<Vec<Hash>> {
        let mut statement = self.db.prepare_cached(
            "select name from waiting where circle = ?1 and reason in ('late', 'late_views') and device = ?2 order by name",
        )?;
        let of = params![circle.no, device.as_slice()];
        let rows = statement.query_map(of, |row| row.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// The circles in which something of a device waits for that, by their numbers.
    pub(super) fn circles_with_late(&self, device: &[u8; 32]) -> Result<BTreeSet<i64>> {
        let sql = "select distinct circle from waiting where reason in ('late', 'late_views') and device = ?1";
        circles_named(&self.db, sql, params![device.as_slice()])
    }

    /// The operations of a circle's access log that another device lacks, by the heads it named, parents first. One that
    /// was taken out gets the removal and what that stands on, nothing else.
    pub fn operations_lacking(
        &self,
        circle: &Circle,
        device: &[u8; 32],
        heads: &[Hash],
    ) -> Result<Vec<Vec<u8>>> {
        let access = self.access(circle)?;
        let (log, roster) = (&access.log, &access.roster);
        let mut told = match roster.standing.present(device) {
            Some(_) => log.everything(),
            None => log.past_of(&removals(log, roster, device)),
        };
        told.difference_with(&log.past_of(heads));
        let operations = log.operations().enumerate();
        Ok(operations
            .filter(|(place, _)| told.contains(*place))
            .map(|(_, operation)| operation.bytes.clone())
            .collect())
    }

    /// The segments of a circle that another device lacks, by what it says it has, as far as it may have them, each
    /// stream in order. One that was taken out gets none.
    pub fn segments_lacking(
        &self,
        circle: &Circle,
        device: &[u8; 32],
        theirs: &Have,
    ) -> Result<Vec<Gift>> {
        let access = self.access(circle)?;
        let roster = &access.roster;
        let own = self.keys().public().sign;
        let Some((_, member)) = roster.standing.present(device) else {
            return Ok(Vec::new());
        };
        let reached: BTreeMap<(&str, Actor), u64> = theirs
            .streams
            .iter()
            .map(|reached| ((reached.group.as_str(), reached.actor), reached.counter))
            .collect();
        let mut statement = self.db.prepare_cached(
            "select counter, device, name, length(bytes) from segment
             where circle = ?1 and share_group = ?2 and actor = ?3 and counter > ?4 and length(bytes) > 0 order by counter",
        )?;
        let mut segments = Vec::new();
        let here = roster.standing.present(&own).is_some();
        for StreamHere { reached: mine, .. } in streams::of(&self.db, circle)? {
            let of = (mine.group.as_str(), mine.actor);
            let theirs_of_it = reached.get(&of).copied().unwrap_or(0);
            if !member.groups.has_word(&mine.group) || mine.counter <= theirs_of_it {
                continue;
            }
            let after = i64::try_from(theirs_of_it).unwrap_or(i64::MAX);
            let mut rows = statement.query(params![
                circle.no,
                mine.group,
                mine.actor.0.as_slice(),
                after
            ])?;
            while let Some(row) = rows.next()? {
                let (by, name): ([u8; 32], Hash) = (row.get(1)?, row.get(2)?);
                // Who was taken out hands on what they wrote themselves, and nobody else's.
                if !theirs.late.contains(&name) && (here || by == own) {
                    segments.push(Gift {
                        circle: circle.clone(),
                        group: mine.group.clone(),
                        actor: mine.actor,
                        counter: row.get::<_, i64>(0)?.unsigned_abs(),
                        by,
                        length: row.get::<_, i64>(3)?.unsigned_abs(),
                    });
                }
            }
        }
        Ok(segments)
    }

    /// The bytes of a segment.
    pub fn segment(&self, gift: &Gift) -> Result<Vec<u8>> {
        let sql = "select bytes from segment where circle = ?1 and share_group = ?2 and actor = ?3 and counter = ?4";
        Ok(self.db.prepare_cached(sql)?.query_row(
            params![
                gift.circle.no,
                gift.group,
                gift.actor.0.as_slice(),
                gift.counter as i64
            ],
            |row| row.get(0),
        )?)
    }

    /// Notes what another device has durably: what this device wrote and the other has counts as sent.
    pub fn acknowledged(
        &mut self,
        circle: &Circle,
        device: &[u8; 32],
        theirs: &Have,
        acting: Acting,
    ) -> Result<()> {
        self.all_acknowledged([(circle, theirs)], device, acting)
    }

    /// As [`Vault::acknowledged`] for several circles, in one transaction.
    pub(crate) fn all_acknowledged<'a>(
        &mut self,
        all: impl IntoIterator<Item = (&'a Circle, &'a Have)>,
        device: &[u8; 32],
        acting: Acting,
    ) -> Result<()> {
        let (own, device_id, actor) =
            (self.keys().public().sign, self.keys.device_id(), self.actor);
        let tx = Self::begin(&mut self.db)?;
        let unheard = unsigned::unheard(&tx, actor, &device_id)?;
        for (circle, theirs) in all {
            if unheard.contains(&circle.no) {
                acknowledge(&tx, &own, circle, theirs)?;
            }
            tx.prepare_cached(
                "insert into contact(circle, device, at) values(?1, ?2, ?3)
                 on conflict(circle, device) do update set at = ?3",
            )?
            .execute(params![circle.no, device.as_slice(), acting.at.timestamp()])?;
            // What it said in a meeting holds for parcels too: until its next letter says other.
            tx.prepare_cached(
                "insert into letter(circle, device, have) values(?1, ?2, ?3)
                 on conflict(circle, device) do update set have = ?3 where have is not ?3",
            )?
            .execute(params![
                circle.no,
                device.as_slice(),
                postcard::to_stdvec(theirs)?
            ])?;
        }
        Ok(tx.commit()?)
    }

    /// The devices this one has met over a circle, and when, in Unix seconds by its own clock.
    pub fn last_contacts(&self, circle: &Circle) -> Result<Vec<([u8; 32], i64)>> {
        let mut statement = self
            .db
            .prepare_cached("select device, at from contact where circle = ?1 order by at desc")?;
        let rows = statement.query_map(params![circle.no], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Takes in operations of a circle's access log, parents first, and the keys they bring. Those whose author had no
    /// right to them are left out. Returns how many were new.
    ///
    /// # Errors
    /// Those of storage; what others wrote is never an error.
    pub fn take_operations(
        &mut self,
        circle: &Circle,
        operations: &[Vec<u8>],
        acting: Acting,
    ) -> Result<usize> {
        // What is known here was known before what comes now.
        self.speak_for_uses(circle, acting)?;
        let mut log = self.access_log(circle)?;
        let (mut new, mut tombstones) = (Vec::new(), Vec::new());
        for bytes in operations {
            let Ok(operation) = Operation::read(bytes) else {
                continue;
            };
            if operation.act == Act::Tombstone {
                tombstones.push(operation);
                continue;
            }
            if log.knows(&operation.hash) || operation.parents.iter().any(|p| !log.knows(p)) {
                continue;
            }
            let rightful = log.is_empty() || Roster::rightful(&log, &operation);
            if rightful && log.add(operation.clone()).is_ok() {
                new.push(operation);
            }
        }
        if !new.is_empty() {
            self.keep_taken(circle, log, &new, acting)?;
            self.retry_waiting(circle, acting)?;
        }
        for tombstone in tombstones {
            if self.take_tombstone(circle, &tombstone)? {
                return Ok(new.len() + 1);
            }
        }
        Ok(new.len())
    }

    /// Says of devices that came in by a recovery code that they are known here, where that was not said when they came.
    fn speak_for_uses(&mut self, circle: &Circle, acting: Acting) -> Result<()> {
        let access = self.access(circle)?;
        let own = self.keys.public().sign;
        let Some(used) = access.roster.unspoken_use(&access.log, &own) else {
            return Ok(());
        };
        let mut log = access.log.clone();
        let tx = Self::begin(&mut self.db)?;
        let had = Had {
            tx: &tx,
            circle,
            keys: &self.keys,
            acting,
        };
        let head = had.speak_for(used, &mut log)?;
        tx.commit()?;
        if let Some(head) = head {
            self.witnessed(&head);
        }
        Ok(())
    }

    /// Keeps operations that were taken in, the keys they bring and what is to be said of them in one transaction: a power
    /// cut that parted them would leave a key unopened, or a removal without what was had before it.
    fn keep_taken(
        &mut self,
        circle: &Circle,
        mut log: AccessLog,
        new: &[Operation],
        acting: Acting,
    ) -> Result<()> {
        let before = self.access(circle)?;
        let known: BTreeSet<Hash> = (before.roster.removals(&before.log))
            .map(|removal| removal.hash)
            .collect();
        let tx = Self::begin(&mut self.db)?;
        let mut head = None;
        for operation in new {
            head = Some(access::keep_operation(&tx, circle, operation)?);
        }
        let had = Had {
            tx: &tx,
            circle,
            keys: &self.keys,
            acting,
        };
        let own = self.keys.public().sign;
        let mut roster = Roster::of(&log);
        if let Some(used) = roster.unspoken_use(&log, &own)
            && let Some(said) = had.speak_for(used, &mut log)?
        {
            head = Some(said);
            roster = Roster::of(&log);
        }
        // Those too that were known and did not count, and do now that somebody is known to have taken them up.
        let mut removals: Vec<Operation> = (new.iter().filter(|one| one.act.seen().is_some()))
            .cloned()
            .collect();
        let counts = roster
            .removals(&log)
            .filter(|one| !known.contains(&one.hash));
        for removal in counts {
            if !removals.iter().any(|one| one.hash == removal.hash) {
                removals.push(removal.clone());
            }
        }
        open_keys(&tx, circle, &self.keys, &roster)?;
        head = had.say(&mut log, roster, &removals)?.or(head);
        tx.commit()?;
        if let Some(head) = head {
            self.witnessed(&head);
        }
        Ok(())
    }

    /// Opens what keys the access log holds for this device, and notes what it may do and who else is in.
    pub(super) fn take_keys(&mut self, circle: &Circle) -> Result<()> {
        let access = self.access(circle)?;
        let tx = Self::begin(&mut self.db)?;
        open_keys(&tx, circle, &self.keys, &access.roster)?;
        Ok(tx.commit()?)
    }

    /// How far this device has taken in the streams of a member's devices, for a removal to say.
    pub(super) fn seen_of(&self, circle: &Circle, devices: &[[u8; 32]]) -> Result<Vec<Seen>> {
        seen_of(&self.db, circle, devices)
    }
}

/// Opens what keys an access log holds for a device, and notes what it may do and who else is in.
pub(super) fn open_keys(
    tx: &Transaction,
    circle: &Circle,
    keys: &DeviceKeys,
    roster: &Roster,
) -> Result<()> {
    let before = access::keyring(tx, circle)?;
    let mut keyring = before.clone();
    // A key may open an older epoch, whose links open older ones still.
    let mut grows = true;
    while grows {
        grows = false;
        for (hash, told, wraps) in roster.epochs() {
            grows |= epoch::open(&circle.id, hash, told, wraps, keys, &mut keyring)?;
        }
    }
    for (group, epoch, key) in keyring.iter() {
        if before.get(group, epoch).is_none() {
            access::keep_key(tx, circle, group, epoch, key)?;
        }
    }
    let own = keys.public().sign;
    let readers = roster.readers(Groups::EVERYTHING);
    // A recovery code is nobody who gets anything.
    let devices = readers.iter().filter(|(device, _)| {
        device.sign != own && roster.standing.present(&device.sign).is_some()
    });
    let mut others = devices.fold(Groups::NONE, |all, (_, groups)| all.with(*groups));
    // Who was taken out keeps what they had, and writes on for themselves.
    match roster.standing.present(&own) {
        Some((_, member)) => {
            tx.execute(
                "update circle set role = ?2, share_groups = ?3, until = ?4, ended = 0 where no = ?1",
                params![
                    circle.no,
                    member.role,
                    member.groups.bits(),
                    member.until
                ],
            )?;
        }
        None => {
            others = Groups::NONE;
            tx.execute(
                "update circle set ended = 1 where no = ?1",
                params![circle.no],
            )?;
        }
    }
    tx.execute(
        "update circle set others = ?2 where no = ?1",
        params![circle.no, others.bits()],
    )?;
    Ok(())
}

/// How far a device has taken in the streams of these devices.
pub(super) fn seen_of(db: &Connection, circle: &Circle, devices: &[[u8; 32]]) -> Result<Vec<Seen>> {
    let streams = streams::of(db, circle)?.into_iter();
    let theirs = streams.filter(|stream| devices.contains(&stream.device));
    let seen = theirs.map(|StreamHere { reached, .. }| {
        let mut groups = Groups::EVERYTHING.iter();
        let group = groups.find(|group| group.as_str() == reached.group);
        Seen {
            groups: group.map_or(Groups::NONE, Group::into),
            actor: reached.actor,
            counter: reached.counter,
        }
    });
    Ok(seen.collect())
}

/// What this device, or who it was before, wrote and another has counts as sent.
fn acknowledge(tx: &Transaction, own: &[u8; 32], circle: &Circle, theirs: &Have) -> Result<()> {
    let sql = "select share_group, actor, counter from segment where circle = ?1 and device = ?2 and name = ?3";
    let mut reached = theirs.streams.clone();
    for late in &theirs.late {
        let stream: Option<(String, [u8; 16], i64)> = tx
            .prepare_cached(sql)?
            .query_row(params![circle.no, own.as_slice(), late.as_slice()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        reached.extend(stream.map(|(group, actor, counter)| Reached {
            group,
            actor: Actor(actor),
            counter: counter.unsigned_abs(),
        }));
    }
    for Reached {
        group,
        actor,
        counter,
    } in &reached
    {
        // Only what lies in streams that exist here; a counter beyond them says nothing.
        for table in ["cursor", "tip"] {
            let mine = match table {
                "cursor" => "?3 = (select value from meta where key = 'actor')",
                _ => "actor = ?3",
            };
            let sql = format!(
                "update {table} set sent = max(sent, coalesce((select max(a.seq) from attest a
                    where a.circle = ?1 and a.share_group = ?2 and a.actor = ?3 and a.counter <= ?4
                      and a.part = {table}.part), 0))
                 where circle = ?1 and {mine}"
            );
            tx.prepare_cached(&sql)?.execute(params![
                circle.no,
                group,
                actor.0.as_slice(),
                *counter as i64
            ])?;
        }
        // What was taken over is an earlier incarnation's.
        let sql = "update tip set sent = max(sent, t.seq)
                   from (select part, actor, max(seq) as seq from taken_over
                         where circle = ?1 and share_group = ?2 and stream = ?3 and counter <= ?4
                         group by part, actor) as t
                   where circle = ?1 and tip.part = t.part and tip.actor = t.actor";
        tx.prepare_cached(sql)?.execute(params![
            circle.no,
            group,
            actor.0.as_slice(),
            *counter as i64
        ])?;
    }
    Ok(())
}

/// The circles kept here that another device was ever let into.
pub(crate) fn common(vault: &Vault, device: &[u8; 32]) -> Result<BTreeMap<Id, Circle>> {
    let common = common_with(vault, device)?.into_iter();
    Ok(common.map(|(id, (circle, _))| (id, circle)).collect())
}

/// The same, each with its access log.
pub(super) fn common_with(
    vault: &Vault,
    device: &[u8; 32],
) -> Result<BTreeMap<Id, (Circle, Arc<Access>)>> {
    let all = vault.all_access()?.into_iter();
    let common = all.filter(|(_, access)| access.roster.whose(device).is_some());
    Ok(common
        .map(|(circle, access)| (circle.id.clone(), (circle, access)))
        .collect())
}

/// The operations that took a device out.
fn removals(log: &AccessLog, roster: &Roster, device: &[u8; 32]) -> Vec<Hash> {
    let took_out = log.operations().filter(|operation| {
        let out = roster.taken_out_by(operation);
        out.contains(device)
    });
    let mut told: Vec<Hash> = took_out.map(|operation| operation.hash).collect();
    told.extend(roster.speak_against(log, device));
    told
}
