//! A home that was put back to an earlier state without a sign of it, found when it meets somebody: they have more of
//! what this device signed than it had itself before the meeting.
//!
//! It goes on under a new actor. What it had lost comes back with the meeting. What it wrote since is laid aside until
//! then, because part of it may be what it had written, and not signed, before: whatever has not come by then nobody else
//! has, and it is written again, with the same words, moments and places in the order of things.
//! Source: `security.md` 5, Actor id; docs/adr/0013 and 0044.

use super::again::Again;
use super::commit;
use super::identity::device_id;
use super::known;
use super::rebuild;
use super::schema;
use super::sync::Gift;
use super::vault::{Circle, Vault, begin_incarnation, set_meta};
use crate::circle::Groups;
use crate::entropy::Entropy;
use crate::error::Result;
use crate::id::Id;
use crate::record::change;
use crate::record::{Actor, Part};
use crate::sync::message::{Have, Reached};
use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How far the streams of this device's present actor had come before a meeting: by circle and share group.
#[derive(Clone, Debug, Default)]
pub struct Before(BTreeMap<(Id, String), u64>);

impl Before {
    /// The circles whose streams have come further since.
    pub(crate) fn circles_grown(&self, now: &Before) -> BTreeSet<Id> {
        let grown = now
            .0
            .iter()
            .filter(|(key, counter)| self.0.get(*key) != Some(*counter));
        grown.map(|((id, _), _)| id.clone()).collect()
    }

    fn of(&self, circle: &Id, group: &str) -> u64 {
        let key = (circle.clone(), group.to_owned());
        self.0.get(&key).copied().unwrap_or(0)
    }
}

/// What another device said it has of a stream of this one, and how far this one had it itself.
#[derive(Serialize, Deserialize)]
struct Said {
    circle: Id,
    of: Reached,
    had: u64,
}

/// Under which that is kept.
fn said_by(device: &[u8; 32]) -> String {
    format!("put back says {}", device_id(device))
}

impl Vault {
    /// How far this device's own streams have come: to be asked before anything is signed for a meeting.
    ///
    /// # Errors
    /// Those of storage.
    pub(crate) fn own_streams(&self) -> Result<Before> {
        let mut before = Before::default();
        let sql = "select circle.id, share_group, counter from stream join circle on circle.no = stream.circle where actor = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(params![self.actor.0.as_slice()])?;
        while let Some(row) = rows.next()? {
            let key = (Id::read(row.get::<_, String>(0)?), row.get(1)?);
            before.0.insert(key, row.get::<_, i64>(2)?.unsigned_abs());
        }
        Ok(before)
    }

    /// Leaves out of what this device has the segments it signed for this very meeting: the other cannot have those, and
    /// one that does have their places filled gives what it has there.
    pub(crate) fn as_before(&self, circle: &Circle, before: &Before, have: &mut Have) {
        for reached in &mut have.streams {
            if reached.actor == self.actor {
                reached.counter = before.of(&circle.id, &reached.group);
            }
        }
        have.streams.retain(|reached| reached.counter > 0);
    }

    /// Notes that own segments are given to who had nothing else in their places: they stay, whatever is found later in
    /// the same meeting.
    pub(crate) fn raise<'a>(&self, before: &mut Before, gifts: impl IntoIterator<Item = &'a Gift>) {
        for gift in gifts {
            if let Some(counter) = gift.counter_of(self.actor) {
                let key = (gift.circle.id.clone(), gift.group().to_owned());
                let known = before.0.entry(key).or_default();
                *known = counter.max(*known);
            }
        }
    }

    /// Whether the other side has more of this device's own segments than it had itself before the meeting.
    pub(crate) fn was_put_back(&self, circle: &Circle, before: &Before, theirs: &Have) -> bool {
        self.more_of_own(circle, before, theirs).is_some()
    }

    /// A stream of this device of which the other has more.
    fn more_of_own<'a>(
        &self,
        circle: &Circle,
        before: &Before,
        theirs: &'a Have,
    ) -> Option<&'a Reached> {
        let mut own = theirs.streams.iter().filter(|r| r.actor == self.actor);
        own.find(|reached| reached.counter > before.of(&circle.id, &reached.group))
    }

    /// Begins anew if the other side has more of this device's own segments than it had itself before the meeting.
    /// `fresh` is the new actor, drawn at random. Returns whether it did.
    ///
    /// It must be believed before it can be shown, since what it has takes the places of what is taken back. It is believed
    /// once: who said so before and gave nothing is not believed again, else any member could make this device begin anew at
    /// every meeting.
    ///
    /// # Errors
    /// Those of storage; nothing has changed then.
    pub(crate) fn heal_if_put_back(
        &mut self,
        (circle, device): (&Circle, &[u8; 32]),
        before: &Before,
        theirs: &Have,
        fresh: Actor,
    ) -> Result<bool> {
        let Some(more) = self.more_of_own(circle, before, theirs) else {
            return Ok(false);
        };
        if !self.is_believed(device)? {
            return Ok(false);
        }
        let said = Said {
            circle: circle.id.clone(),
            of: more.clone(),
            had: before.of(&circle.id, &more.group),
        };
        let (by, old) = (device, self.actor);
        let (device, circles) = (self.keys.device_id(), self.circles()?);
        let tx = Self::begin(&mut self.db)?;
        for circle in &circles {
            for (part, bytes) in take_back(&tx, circle, old, before)? {
                tx.execute(
                    "insert into again(circle, part, bytes) values(?1, ?2, ?3)",
                    params![circle.no, part.as_str(), bytes],
                )?;
            }
        }
        set_meta(&tx, &said_by(by), &postcard::to_stdvec(&said)?)?;
        begin_incarnation(&tx, old, fresh, &device)?;
        schema::empty_projection(&tx)?;
        rebuild::rebuild(&tx, &mut |_, _| true)?;
        tx.commit()?;
        self.actor = fresh;
        Ok(true)
    }

    /// Whether what another device said last of this one's own segments, if it said something, has come since.
    fn is_believed(&self, device: &[u8; 32]) -> Result<bool> {
        let Some(said) = self.setting(&said_by(device))? else {
            return Ok(true);
        };
        let said: Said = postcard::from_bytes(&said)?;
        let sql = "select 1 from segment join circle on circle.no = segment.circle
                   where circle.id = ?1 and share_group = ?2 and actor = ?3 and counter > ?4";
        let of = params![
            said.circle.as_str(),
            said.of.group,
            said.of.actor.0.as_slice(),
            said.had as i64
        ];
        Ok(self.db.prepare_cached(sql)?.exists(of)?)
    }

    /// As [`Vault::write_again`], where the meeting that found it was cut off before that.
    ///
    /// # Errors
    /// Those of storage and of the random source; nothing has changed then.
    pub(crate) fn write_what_is_left(&mut self, entropy: &dyn Entropy) -> Result<()> {
        if !self.has_laid_aside()? {
            return Ok(());
        }
        self.write_again(Actor::draw(&self.keys.public().sign, entropy)?)
    }

    fn has_laid_aside(&self) -> Result<bool> {
        Ok(self.db.prepare_cached("select 1 from again")?.exists([])?)
    }

    /// Writes again what was laid aside when this home was found to be put back, but for what has come since from
    /// others. `fresh` is the actor it is written under, drawn at random and used for nothing else.
    ///
    /// # Errors
    /// Those of storage; nothing has changed then.
    pub(crate) fn write_again(&mut self, fresh: Actor) -> Result<()> {
        if !self.has_laid_aside()? {
            return Ok(());
        }
        let (old, device, circles) = (self.actor, self.keys.device_id(), self.circles()?);
        let tx = Self::begin(&mut self.db)?;
        let mut left = Vec::new();
        for circle in &circles {
            known::catch_up(&tx, circle)?;
            for (part, bytes) in laid_aside(&tx, circle)? {
                let read = change::read(&circle.id, &part, &bytes)?;
                if known::reach(&tx, circle, &part, &read.hash)?.is_none() {
                    left.push((circle, part, read));
                }
            }
        }
        tx.execute("delete from again", [])?;
        if left.is_empty() {
            return Ok(tx.commit()?);
        }
        begin_incarnation(&tx, old, fresh, &device)?;
        let (mut head, mut written) = (None, Again::default());
        for (circle, part, read) in left {
            let (read, built) = written.under(fresh, circle, &part, read)?;
            head = Some(commit::keep(&tx, circle, &part, &read, &built)?);
        }
        written.rename_beside(&tx)?;
        schema::empty_projection(&tx)?;
        rebuild::rebuild(&tx, &mut |_, _| true)?;
        tx.commit()?;
        self.actor = fresh;
        if let Some(head) = head {
            self.witnessed(&head);
        }
        Ok(())
    }
}

/// The changes of a record that were laid aside, parents first.
fn laid_aside(tx: &Transaction, circle: &Circle) -> Result<Vec<(Part, Vec<u8>)>> {
    let mut statement =
        tx.prepare("select part, bytes from again where circle = ?1 order by no")?;
    let rows = statement.query_map(params![circle.no], |row| {
        Ok((Part::read(row.get::<_, String>(0)?), row.get(1)?))
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Takes out of a record what its actor wrote beyond what was signed before the meeting, with the segments that carry
/// it, and puts the cursors back. What was taken out, parents first.
fn take_back(
    tx: &Transaction,
    circle: &Circle,
    actor: Actor,
    before: &Before,
) -> Result<Vec<(Part, Vec<u8>)>> {
    for group in Groups::EVERYTHING.iter() {
        let last = before.of(&circle.id, group.as_str()) as i64;
        for table in ["segment", "attest"] {
            let sql = format!(
                "delete from {table} where circle = ?1 and share_group = ?2 and actor = ?3 and counter > ?4"
            );
            let actor = actor.0.as_slice();
            tx.execute(&sql, params![circle.no, group.as_str(), actor, last])?;
        }
    }
    let mut parts = Vec::new();
    {
        let mut statement =
            tx.prepare("select part, own_seq from cursor where circle = ?1 and own_seq > 0")?;
        let mut rows = statement.query(params![circle.no])?;
        while let Some(row) = rows.next()? {
            let part = Part::read(row.get::<_, String>(0)?);
            parts.push((part, row.get::<_, i64>(1)?));
        }
    }
    let mut taken = Vec::new();
    for (part, own_seq) in parts {
        let signed: Option<(i64, [u8; 32])> = tx
            .query_row(
                "select seq, hash from attest where circle = ?1 and part = ?2 and actor = ?3 order by seq desc limit 1",
                params![circle.no, part.as_str(), actor.0.as_slice()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let (seq, last) = signed.unzip();
        let seq = seq.unwrap_or(0);
        if seq >= own_seq {
            continue;
        }
        let all = rebuild::changes_of(tx, circle, &part)?;
        tx.execute(
            "delete from snapshot where circle = ?1 and part = ?2",
            params![circle.no, part.as_str()],
        )?;
        tx.execute(
            "delete from changes where circle = ?1 and part = ?2",
            params![circle.no, part.as_str()],
        )?;
        let mut at = -(all.len() as i64);
        for bytes in all {
            let read = change::read(&circle.id, &part, &bytes)?;
            if read.head.actor == actor && read.head.seq as i64 > seq && read.makes.is_none() {
                taken.push((part.clone(), bytes));
                continue;
            }
            // Before all others that will ever come: their numbers only have to keep their order.
            tx.execute(
                "insert into changes(circle, part, n, actor, seq, bytes) values(?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    circle.no,
                    part.as_str(),
                    at,
                    read.head.actor.0.as_slice(),
                    read.head.seq as i64,
                    bytes
                ],
            )?;
            at += 1;
        }
        tx.execute(
            "update cursor set own_seq = ?3, own_last = ?4, signed = ?3, sent = min(sent, ?3)
             where circle = ?1 and part = ?2",
            params![circle.no, part.as_str(), seq, last],
        )?;
        // Nothing of the part is left: it begins anew with its first change, not with heads that are gone.
        tx.execute(
            "delete from cursor where circle = ?1 and part = ?2 and not exists
               (select 1 from changes where circle = ?1 and part = ?2)",
            params![circle.no, part.as_str()],
        )?;
    }
    if !taken.is_empty() {
        // They are not known any more; the names are noted afresh when something arrives.
        for table in ["known", "known_upto"] {
            let sql = format!("delete from {table} where circle = ?1");
            tx.execute(&sql, params![circle.no])?;
        }
    }
    Ok(taken)
}
