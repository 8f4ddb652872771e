//! Own changes become segments: signed, sealed and kept before they leave the device.

use super::access;
use super::identity::DeviceKeys;
use super::thinned;
use super::unsigned::{self, Changes};
use super::upkeep;
use super::vault::{Circle, Vault};
use crate::circle::epoch::{self, GroupSecret};
use crate::circle::named::heads_for;
use crate::circle::operation::{Act, Operation};
use crate::circle::{Groups, Roster};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::Acting;
use crate::record::change::Hash;
use crate::record::part::{Actor, Group, Part};
use crate::sync::segment::{self, CUT_AT, Carried, Place, TakenOver, Tip};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::BTreeMap;

/// The most bytes of changes that are signed in one transaction: many small segments of many records cost one commit.
const AT_ONCE: usize = 4 * CUT_AT;

/// Changes that are to be sealed as the next segment of a stream.
struct Ready {
    place: Place,
    changes: Changes,
    secret: GroupSecret,
}

impl Ready {
    fn size(&self) -> usize {
        let changes = self.changes.iter();
        changes.map(|(carried, _)| carried.bytes.len()).sum()
    }
}

impl Vault {
    /// Cuts what this device wrote and has not signed yet into segments, one group after another. What may not be
    /// sealed yet, because a removal left no key that only present members hold, stays for later. Returns how many
    /// segments were cut.
    ///
    /// # Errors
    /// Those of storage and of the random source; nothing is cut then.
    pub fn cut(&mut self, circle: &Circle, acting: Acting, entropy: &dyn Entropy) -> Result<usize> {
        self.cut_these(std::slice::from_ref(circle), acting, entropy)
    }

    /// As [`Vault::cut`], in every circle in which there is something to do.
    ///
    /// # Errors
    /// As there; what was cut before stays.
    pub fn cut_all(&mut self, acting: Acting, entropy: &dyn Entropy) -> Result<usize> {
        let circles = self.to_cut(acting)?;
        self.cut_these(&circles, acting, entropy)
    }

    fn cut_these(
        &mut self,
        circles: &[Circle],
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<usize> {
        for circle in circles {
            self.write_views(circle, acting)?;
            self.take_out_ended(circle, acting)?;
            self.renew_keys(circle, acting, entropy)?;
        }
        let (mut cut, mut left) = (0, circles.iter().peekable());
        while left.peek().is_some() {
            // What is to be signed is read in the transaction that signs it: another program with this home open signs it
            // before or after, and nobody twice.
            let tx = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
            let mut bytes = 0;
            while let Some(circle) = left.next_if(|_| bytes < AT_ONCE) {
                for ready in self.ready(circle)? {
                    bytes += ready.size();
                    seal_one(&tx, &self.keys, circle, ready, entropy)?;
                    cut += 1;
                }
            }
            tx.commit()?;
        }
        Ok(cut)
    }

    /// What this device may seal of a circle now, in its order.
    fn ready(&self, circle: &Circle) -> Result<Vec<Ready>> {
        let access = self.access(circle)?;
        let (log, roster) = (&access.log, &access.roster);
        let device = self.keys().public().sign;
        let mut ready = Vec::new();
        if roster.standing.present(&device).is_none() {
            return Ok(ready);
        }
        let unsigned = unsigned::all(&self.db, circle, self.actor)?;
        if unsigned.is_empty() {
            return Ok(ready);
        }
        let keyring = self.keyring(circle)?;
        for group in Groups::EVERYTHING.iter() {
            let Some(epoch) = roster.epoch_for(log, group) else {
                continue;
            };
            let Some(secret) = keyring.get(group, &epoch) else {
                continue;
            };
            let of_group = unsigned.iter().filter(|u| u.part.group() == Some(group));
            let mut streams: BTreeMap<(Actor, &Id), Changes> = BTreeMap::new();
            for wanted in of_group {
                let stream = streams.entry((wanted.actor, &wanted.device)).or_default();
                stream.extend(unsigned::changes_of(&self.db, circle, wanted)?);
            }
            for ((actor, wrote), changes) in streams {
                let taken = self.taking_over(roster, actor, wrote);
                if actor != self.actor && taken.is_none() {
                    continue;
                }
                let place = Place {
                    circle: circle.id.clone(),
                    group,
                    epoch,
                    device,
                    actor: taken.as_ref().map_or(actor, |taken| taken.stream(&device)),
                    taken,
                    counter: 0,
                    before: [0; 32],
                    heads: roster.heads.clone(),
                };
                let pieces = unsigned::pieces(changes).into_iter();
                ready.extend(pieces.map(|changes| Ready {
                    place: place.clone(),
                    changes,
                    secret: secret.clone(),
                }));
            }
        }
        Ok(ready)
    }

    /// The circles in which there is something to do before a meeting, found in one look at all of them: mostly there is
    /// nothing, and asking for each by itself would cost most of a meeting with nothing new.
    fn to_cut(&self, acting: Acting) -> Result<Vec<Circle>> {
        let reading = self.db.unchecked_transaction()?;
        let (mut wanted, own) = (Vec::new(), self.keys.public().sign);
        let mut written = unsigned::circles(&self.db, self.actor, &self.keys.device_id())?;
        written.append(&mut self.circles_with_views()?);
        for (circle, access) in self.all_access()? {
            let roster = &access.roster;
            let by_the_clock =
                access.wants_keys(acting) || upkeep::ended(roster, acting).next().is_some();
            let wants = written.contains(&circle.no)
                || access.is_unlinked()
                || by_the_clock && roster.standing.is_owner(&own);
            if wants {
                wanted.push(circle);
            }
        }
        reading.commit()?;
        Ok(wanted)
    }

    /// As what changes of an incarnation that ended are signed for. `None` for the present one, which signs for its own, and
    /// where the device that wrote them is not of this member: nobody would believe it.
    fn taking_over(&self, roster: &Roster, actor: Actor, wrote: &Id) -> Option<TakenOver> {
        if actor == self.actor {
            return None;
        }
        let standing = &roster.standing;
        let member = standing.owner_of(&self.keys.public().sign)?;
        let mut devices = standing.members.get(member)?.devices.iter();
        let device = devices.find(|device| device.public.device_id() == *wrote)?;
        Some(TakenOver {
            actor,
            device: device.public.sign,
            by: self.actor,
        })
    }

    /// Makes new keys where a removal left none or the present ones are old, which is for owners, and hands the present
    /// ones to devices that came in since, as far as this device may.
    pub fn renew_keys(
        &mut self,
        circle: &Circle,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<()> {
        let access = self.access(circle)?;
        let (log, roster) = (&access.log, &access.roster);
        if !roster.standing.is_owner(&self.keys.public().sign) {
            return self.hand_out_keys(circle, roster, acting, entropy);
        }
        let wanted = roster.keyless(log).with(roster.outworn(log, acting.at));
        if wanted != Groups::NONE {
            // Once: keys that could not be used either would else be made for ever.
            self.make_keys(circle, wanted, acting, entropy)?;
            let access = self.access(circle)?;
            return self.hand_out_keys(circle, &access.roster, acting, entropy);
        }
        self.hand_out_keys(circle, roster, acting, entropy)
    }

    fn hand_out_keys(
        &mut self,
        circle: &Circle,
        roster: &Roster,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<()> {
        let (mut keyring, own) = (None, self.keys.public().sign);
        // Also of older epochs: two that were made apart have no link to each other, and who came in later holds one.
        for (hash, told, wanting) in roster.unlinked() {
            let wanting = wanting
                .iter()
                .filter(|(device, _)| roster.standing.may_wrap(&own, &device.sign));
            let mut wraps = Vec::new();
            for reader in wanting {
                let keyring = match &mut keyring {
                    Some(keyring) => keyring,
                    none => none.insert(self.keyring(circle)?),
                };
                match epoch::wrap_for(&circle.id, hash, told, reader, keyring, entropy) {
                    Ok(wrap) => wraps.push(wrap),
                    // Keys this device does not hold are for another owner to hand out.
                    Err(Error::UnknownId) => {}
                    Err(error) => return Err(error),
                }
            }
            if !wraps.is_empty() {
                let act = Act::Wrap {
                    epoch: *hash,
                    wraps,
                };
                match self.write_operation(circle, acting, act) {
                    // Who has written all they may hands out nothing more, and is given and gives on.
                    Ok(_) | Err(Error::NotAllowed) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(())
    }

    /// Signs an operation on all that is known, and keeps it.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] for one that nobody would take in, as beyond what one member may write.
    pub(super) fn write_operation(
        &mut self,
        circle: &Circle,
        acting: Acting,
        act: Act,
    ) -> Result<Operation> {
        self.write_operation_with(circle, acting, act, &[], |_, _| Ok(()))
    }

    /// As [`Vault::write_operation`], names among what it stands on these operations too, and keeps something beside the
    /// operation in the same transaction.
    pub(super) fn write_operation_with(
        &mut self,
        circle: &Circle,
        acting: Acting,
        act: Act,
        also: &[Hash],
        keep: impl FnOnce(&Transaction, &Operation) -> Result<()>,
    ) -> Result<Operation> {
        let (access, own) = (self.access(circle)?, self.keys.public().sign);
        let heads = heads_for(&access.log, &own, also);
        let made = Operation::sign(&self.keys, &circle.id, &heads, acting.at.timestamp(), act)?;
        // Others would refuse it for ever, and all that stands on it.
        let owner = access.roster.standing.is_owner(&own);
        if (!owner || made.act.adds_key()) && !Roster::rightful(&access.log, &made) {
            return Err(Error::NotAllowed);
        }
        let tx = Self::begin(&mut self.db)?;
        let head = access::keep_operation(&tx, circle, &made)?;
        keep(&tx, &made)?;
        tx.commit()?;
        self.witnessed(&head);
        Ok(made)
    }
}

/// Seals changes as the next segment of their stream, and keeps it.
fn seal_one(
    tx: &Transaction,
    keys: &DeviceKeys,
    circle: &Circle,
    ready: Ready,
    entropy: &dyn Entropy,
) -> Result<()> {
    let mut place = ready.place;
    let before = last(tx, circle, place.group, place.actor)?;
    if let Some(last) = &before {
        (place.counter, place.before) = (last.counter, last.chain.unwrap_or(last.name));
    }
    place.counter += 1;
    let same_heads = before.is_some_and(|last| last.heads == place.heads);
    let (carried, every_tip): (Vec<Carried>, Vec<Option<Tip>>) = ready.changes.into_iter().unzip();
    let tips = newest(every_tip.into_iter().flatten());
    let seal = thinned::Seal {
        db: tx,
        circle,
        keys,
        place: &place,
        same_heads,
    };
    let sealed = seal.seal(carried, &tips, &ready.secret, entropy)?;
    keep(tx, circle, &place, &tips, (&sealed.bytes, sealed.chain))?;
    for tip in &tips {
        let sql = [
            "update cursor set signed = ?3 where circle = ?1 and part = ?2 and ?4 = (select value from meta where key = 'actor')",
            "update tip set signed = ?3 where circle = ?1 and part = ?2 and actor = ?4",
        ];
        for sql in sql {
            tx.prepare_cached(sql)?.execute(params![
                circle.no,
                tip.part.as_str(),
                tip.seq as i64,
                place.author().0.as_slice()
            ])?;
        }
    }
    Ok(())
}

/// Where a stream stands: its newest segment.
#[derive(Clone)]
pub(super) struct Last {
    pub counter: u64,
    pub name: Hash,
    /// What the next one stands on; `None` where an earlier version kept it.
    pub chain: Option<Hash>,
    pub heads: Vec<Hash>,
    pub device: [u8; 32],
}

impl Last {
    /// What the next segment may stand on: an earlier version signed the name of the one before.
    pub(super) fn befores(&self) -> impl Iterator<Item = Hash> {
        self.chain.into_iter().chain([self.name])
    }
}

/// The newest segment of a stream that was taken in.
pub(super) fn last(
    db: &Connection,
    circle: &Circle,
    group: Group,
    actor: Actor,
) -> Result<Option<Last>> {
    last_upto(db, circle, group, actor, i64::MAX.unsigned_abs())
}

/// The newest one up to a counter.
fn last_upto(
    db: &Connection,
    circle: &Circle,
    group: Group,
    actor: Actor,
    counter: u64,
) -> Result<Option<Last>> {
    let sql = "select counter, name, heads, device, chain from segment where circle = ?1 and share_group = ?2 and actor = ?3
                 and counter <= ?4 order by counter desc limit 1";
    let counter = i64::try_from(counter).unwrap_or(i64::MAX);
    Ok(db
        .prepare_cached(sql)?
        .query_row(
            params![circle.no, group.as_str(), actor.0.as_slice(), counter],
            |row| {
                let heads: Vec<u8> = row.get(2)?;
                Ok(Last {
                    counter: row.get::<_, i64>(0)?.unsigned_abs(),
                    name: row.get(1)?,
                    heads: heads.as_chunks::<32>().0.to_vec(),
                    device: row.get(3)?,
                    chain: row.get(4)?,
                })
            },
        )
        .optional()?)
}

/// A place in a stream of a circle.
pub(super) type At<'a> = (&'a Circle, Group, Actor, u64);

/// What a place in a stream stands behind: nothing for the first. `None` where that segment is not here, as after a
/// snapshot.
pub(super) fn before(
    db: &Connection,
    (circle, group, actor, counter): At<'_>,
) -> Result<Option<Option<Last>>> {
    if counter <= 1 {
        return Ok(Some(None));
    }
    let found = last_upto(db, circle, group, actor, counter - 1)?;
    Ok(found.filter(|last| last.counter == counter - 1).map(Some))
}

/// What stands on the segment that was taken in at a place, as its signature says it.
pub(super) fn chain_at(
    db: &Connection,
    (circle, group, actor, counter): At<'_>,
) -> Result<Option<Hash>> {
    let found = last_upto(db, circle, group, actor, counter)?;
    Ok(found
        .filter(|last| last.counter == counter)
        .and_then(|last| last.chain))
}

/// The bytes of a segment that is here.
pub(super) fn bytes(
    db: &Connection,
    circle: &Circle,
    group: Group,
    actor: Actor,
    counter: u64,
) -> Result<Vec<u8>> {
    let sql = "select bytes from segment where circle = ?1 and share_group = ?2 and actor = ?3 and counter = ?4";
    let of = params![
        circle.no,
        group.as_str(),
        actor.0.as_slice(),
        counter as i64
    ];
    Ok(db.prepare_cached(sql)?.query_row(of, |row| row.get(0))?)
}

/// Keeps a segment that was taken in or made here, and what its signature speaks for.
pub(super) fn keep(
    tx: &Transaction,
    circle: &Circle,
    place: &Place,
    tips: &[Tip],
    (bytes, chain): (&[u8], Hash),
) -> Result<()> {
    keep_row(tx, circle, place, (&segment::name(bytes), &chain), bytes)?;
    keep_said(tx, circle, place, tips, None)
}

fn keep_row(
    tx: &Transaction,
    circle: &Circle,
    place: &Place,
    (name, chain): (&Hash, &Hash),
    bytes: &[u8],
) -> Result<()> {
    let sql = "insert into segment(circle, share_group, actor, counter, device, name, heads, bytes, chain)
               values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    tx.prepare_cached(sql)?.execute(params![
        circle.no,
        place.group.as_str(),
        place.actor.0.as_slice(),
        place.counter as i64,
        place.device.as_slice(),
        name.as_slice(),
        place.heads.concat(),
        bytes,
        chain.as_slice()
    ])?;
    Ok(())
}

/// Keeps what a segment's signature speaks for; with `newest`, its name and what the next one stands on, a row without
/// bytes for a segment that is not here itself.
pub(super) fn keep_said(
    tx: &Transaction,
    circle: &Circle,
    place: &Place,
    tips: &[Tip],
    newest: Option<(Hash, Hash)>,
) -> Result<()> {
    if let Some((name, chain)) = &newest {
        keep_row(tx, circle, place, (name, chain), &[])?;
    }
    let (group, actor) = (place.group.as_str(), place.actor.0.as_slice());
    if let Some(taken) = &place.taken {
        return keep_taken_over(tx, circle, place, taken, tips);
    }
    let sql = "insert or replace into attest(circle, part, actor, seq, hash, share_group, counter)
               values(?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    for tip in tips {
        tx.prepare_cached(sql)?.execute(params![
            circle.no,
            tip.part.as_str(),
            actor,
            tip.seq as i64,
            tip.hash.as_slice(),
            group,
            place.counter as i64
        ])?;
    }
    Ok(())
}

/// Whether a segment signs for changes that one before it in its stream has signed for: who takes in both keeps one proof
/// of them, and cannot show the other.
pub(super) fn speaks_again(
    db: &Connection,
    circle: &Circle,
    place: &Place,
    tips: &[Tip],
) -> Result<bool> {
    // No stream is in both: what was taken over has a name of its own.
    let sql = "select 1 from attest where circle = ?1 and part = ?2 and actor = ?3 and seq >= ?4
               union all select 1 from taken_over where circle = ?1 and part = ?2 and actor = ?5 and seq >= ?4 and stream = ?3";
    let mut statement = db.prepare_cached(sql)?;
    let author = place.author();
    for tip in tips {
        let of = params![
            circle.no,
            tip.part.as_str(),
            place.actor.0.as_slice(),
            i64::try_from(tip.seq).unwrap_or(i64::MAX),
            author.0.as_slice()
        ];
        if statement.exists(of)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// As [`keep_said`], of changes that were taken over.
fn keep_taken_over(
    tx: &Transaction,
    circle: &Circle,
    place: &Place,
    taken: &TakenOver,
    tips: &[Tip],
) -> Result<()> {
    let (stream, actor) = (place.actor.0.as_slice(), taken.actor.0.as_slice());
    tx.prepare_cached(
        "insert or ignore into taken_stream(circle, stream, actor, device, by_actor) values(?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        circle.no,
        stream,
        actor,
        taken.device.as_slice(),
        taken.by.0.as_slice()
    ])?;
    let sql = "insert or replace into taken_over(circle, part, actor, seq, hash, share_group, stream, counter)
               values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    for tip in tips {
        tx.prepare_cached(sql)?.execute(params![
            circle.no,
            tip.part.as_str(),
            actor,
            tip.seq as i64,
            tip.hash.as_slice(),
            place.group.as_str(),
            stream,
            place.counter as i64
        ])?;
    }
    Ok(())
}

/// What a stream carries that was taken over; `None` if its changes are its own incarnation's.
pub(super) fn taken(db: &Connection, circle: &Circle, stream: Actor) -> Result<Option<TakenOver>> {
    let sql = "select actor, device, by_actor from taken_stream where circle = ?1 and stream = ?2";
    let of = params![circle.no, stream.0.as_slice()];
    let read = db.prepare_cached(sql)?.query_row(of, |row| {
        Ok(TakenOver {
            actor: Actor(row.get(0)?),
            device: row.get(1)?,
            by: Actor(row.get(2)?),
        })
    });
    Ok(read.optional()?)
}

/// Of each part the newest tip, in a fixed order.
pub(super) fn newest(tips: impl IntoIterator<Item = Tip>) -> Vec<Tip> {
    let newest: BTreeMap<Part, Tip> = tips
        .into_iter()
        .map(|tip| (tip.part.clone(), tip))
        .collect();
    newest.into_values().collect()
}
