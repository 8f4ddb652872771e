//! Taking in segments of others: every check before anything of them is believed, then all of it in one durable
//! transaction. What cannot be taken in is kept aside with its reason; nothing is silently dropped.
//!
//! Source: `SPEC.md`, Taking in a segment; the order of the checks is the one given there.

use super::aside::Aside;
use super::found::Handed;
use super::known;
use super::retry;
use super::segments::{self, Last};
use super::spoken;
use super::vault::{Circle, Vault};
use crate::circle::roster::Author;
use crate::circle::{AccessLog, Groups, Roster, role};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::Acting;
use crate::record::change::{self, Hash, ReadChange};
use crate::record::part::{Actor, Group};
use crate::saw;
use crate::sync::segment::{self, Opened, Place, Tip, device_tag};
use crate::sync::walker;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;

/// What came of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// In the record now.
    In,
    /// Was there before.
    Known,
    /// Kept aside until its key, the segment before it, or what it stands on arrives.
    Waits(&'static str),
    /// Written by somebody who was taken out; waits for the person to let it in.
    Late,
    /// Refused for this reason; kept aside, so that nothing is silently dropped.
    Refused(&'static str),
}

impl Taken {
    /// Whether what it says is in the record.
    pub fn counts(self) -> bool {
        matches!(self, Taken::In | Taken::Known)
    }

    pub(super) fn reason(self) -> &'static str {
        match self {
            Taken::In | Taken::Known => "",
            Taken::Waits(reason) | Taken::Refused(reason) => reason,
            Taken::Late => LATE,
        }
    }
}

/// The reason of segments that wait for the person.
pub(super) const LATE: &str = "late";

/// The reason of late segments that say who looked and nothing else: no question for the person.
pub(super) const LATE_VIEWS: &str = "late_views";

/// The reason of segments whose changes stand on others that are not here.
pub(super) const STANDS_ON: &str = "stands_on";

/// Reasons that may pass with what arrives later.
pub(super) const MAY_PASS: [&str; 6] = ["key", "before", "operations", STANDS_ON, LATE, LATE_VIEWS];

/// Who wrote a segment, as far as could be told, for keeping it aside.
#[derive(Clone, Copy, Default)]
pub(super) struct Of {
    pub(super) device: Option<[u8; 32]>,
    pub(super) actor: Option<Actor>,
    pub(super) counter: u64,
}

/// A segment whose every check passed.
struct Sound {
    place: Place,
    /// What the next of the stream stands on.
    chain: Hash,
    tips: Vec<Tip>,
    handed: Vec<Handed>,
    reads: Vec<ReadChange>,
}

impl Vault {
    /// Takes in a segment of another device, and what had waited for it. What others wrote is never an error.
    ///
    /// # Errors
    /// Those of storage; nothing of the segment is kept then, and the other side may send it again.
    pub fn take_segment(&mut self, circle: &Circle, bytes: &[u8], acting: Acting) -> Result<Taken> {
        if self.has_ended(circle, acting)? {
            // Not kept aside either: the other side keeps it, and offers it again should sharing go on.
            return Ok(Taken::Waits("until"));
        }
        let taken = self.take_one(circle, bytes, acting, &BTreeSet::new())?;
        // What it stands on may be late, and count now that somebody who remains has built on it.
        if (taken == Taken::In || taken == Taken::Waits(STANDS_ON))
            && let Ok(header) = segment::header(bytes)
        {
            self.retry_behind(circle, header.group, acting)?;
        }
        Ok(taken)
    }

    pub(super) fn take_one(
        &mut self,
        circle: &Circle,
        bytes: &[u8],
        acting: Acting,
        vouched: &BTreeSet<Hash>,
    ) -> Result<Taken> {
        let mut of = Of::default();
        let access = self.access(circle)?;
        let taken =
            match self.check(circle, &access.log, &access.roster, bytes, vouched, &mut of)? {
                Ok(sound) => self.keep_sound(circle, &sound, bytes, acting)?,
                Err(taken) => taken,
            };
        let name = segment::name(bytes);
        if taken.counts() && self.bytes_aside(circle, &name)?.is_none() {
            return Ok(taken);
        }
        let tx = Self::begin(&mut self.db)?;
        match taken {
            Taken::In | Taken::Known => {
                tx.prepare_cached("delete from waiting where circle = ?1 and name = ?2")?
                    .execute(params![circle.no, name.as_slice()])?;
            }
            _ => retry::set_aside(&tx, circle, bytes, &name, taken, of, acting)?,
        }
        tx.commit()?;
        Ok(taken)
    }

    /// Every check that needs no document; `Err` says why the segment is not taken in.
    #[allow(clippy::type_complexity)]
    fn check(
        &self,
        circle: &Circle,
        log: &AccessLog,
        roster: &Roster,
        bytes: &[u8],
        vouched: &BTreeSet<Hash>,
        of: &mut Of,
    ) -> Result<std::result::Result<Sound, Taken>> {
        let Ok(header) = segment::header(bytes) else {
            return Ok(Err(Taken::Refused("form")));
        };
        let keyring = self.keyring(circle)?;
        let opened = spoken::opened(circle, &header, bytes, (roster, &keyring));
        let name = segment::name(bytes);
        let Some((epoch, opened)) = opened else {
            let known = self.is_in_record(circle, &name)?;
            return Ok(Err(if known {
                Taken::Known
            } else {
                Taken::Waits("key")
            }));
        };
        if self.is_at(circle, header.group, opened.counter, &name)? {
            return Ok(Err(Taken::Known));
        }
        let key = (header.group, epoch);
        let opened = match self.filled(circle, roster, key, opened, &Aside::default())? {
            Ok(opened) => opened,
            Err(taken) => return Ok(Err(taken)),
        };
        let Some(device) = signer(roster, &opened) else {
            return Ok(Err(Taken::Waits("operations")));
        };
        of.device = Some(device);
        of.counter = opened.counter;
        let reads = match read(circle, &opened) {
            Ok(reads) => reads,
            Err(reason) => return Ok(Err(Taken::Refused(reason))),
        };
        let Some((author, tips)) = tips(&opened, &reads) else {
            return Ok(Err(Taken::Refused("form")));
        };
        // What no row can hold.
        if i64::try_from(opened.counter).is_err() {
            return Ok(Err(Taken::Refused("form")));
        }
        let actor = stream(&opened, &device, author);
        of.actor = Some(actor);
        let before = self.stands(circle, header.group, actor, &Aside::default())?;
        let last_counter = before.as_ref().map_or(0, |last| last.counter);
        if opened.counter <= last_counter {
            // Its changes may have come in a snapshot, without it.
            let covered = self.is_covered(circle, header.group, actor, opened.counter)?;
            if covered && self.knows_all(circle, &opened, &reads)? {
                return Ok(Err(Taken::Known));
            }
            let at = (circle, key.0, actor, opened.counter);
            if segments::chain_at(&self.db, at)? == Some(opened.chain()) {
                // The same, sealed anew.
                return Ok(Err(Taken::Known));
            }
            let signed = match segments::before(&self.db, at)? {
                Some(before) => Some(
                    signed_place(circle, &opened, key, device, before, (actor, &tips))?.is_some(),
                ),
                None => None,
            };
            if signed != Some(true) {
                // Nobody is said to have written it who is not known to have.
                of.device = None;
            }
            let reason = if signed == Some(false) {
                "signature"
            } else {
                "fork"
            };
            return Ok(Err(Taken::Refused(reason)));
        }
        if opened.counter > last_counter + 1 {
            return Ok(Err(Taken::Waits("before")));
        }
        let place = signed_place(circle, &opened, key, device, before, (actor, &tips))?;
        let Some(place) = place else {
            return Ok(Err(Taken::Refused("signature")));
        };
        if segments::speaks_again(&self.db, circle, &place, &tips)? {
            return Ok(Err(Taken::Refused("again")));
        }
        let writer = match writer(roster.author(log, &device, &place.heads)) {
            Ok(writer) => writer,
            Err(taken) => return Ok(Err(taken)),
        };
        let (member, role, groups, by) = writer;
        if !by.is_empty() {
            let let_in = vouched.contains(&name) || roster.was_let_in(log, &name);
            if !let_in && !in_the_past_of(log, roster, &by, &place) {
                let views = reads.iter().all(saw::is_views);
                let late = if views {
                    Taken::Waits(LATE_VIEWS)
                } else {
                    Taken::Late
                };
                return Ok(Err(late));
            }
        }
        if !groups.has(header.group)
            || opened
                .changes
                .iter()
                .any(|carried| carried.part.group() != Some(header.group))
        {
            return Ok(Err(Taken::Refused("part")));
        }
        for (carried, read) in opened.changes.iter().zip(&reads) {
            let mut puts = read.ops.iter().filter_map(|op| op.put.as_ref());
            if !puts
                .all(|put| role::may_write((&member, &role), &carried.part, put, read.head.note))
            {
                return Ok(Err(Taken::Refused("role")));
            }
        }
        // Of what was taken over, the device that wrote it: it must be of the same member.
        let wrote = place.wrote();
        let of_one = roster.whose(&wrote) == roster.whose(&device);
        let named = roster.is_named_anothers(&author, &wrote);
        if !of_one || named || self.is_anothers(circle, author, &wrote)? {
            return Ok(Err(Taken::Refused("actor")));
        }
        let device_id = crate::store::identity::device_id(&wrote);
        let handed = opened
            .changes
            .iter()
            .zip(&reads)
            .map(|(carried, read)| Handed {
                part: carried.part.clone(),
                bytes: carried.bytes.clone(),
                actor: read.head.actor,
                device: device_id.clone(),
                member: member.clone(),
            })
            .collect();
        Ok(Ok(Sound {
            chain: opened.chain(),
            place,
            tips,
            handed,
            reads,
        }))
    }

    fn keep_sound(
        &mut self,
        circle: &Circle,
        sound: &Sound,
        bytes: &[u8],
        acting: Acting,
    ) -> Result<Taken> {
        let today = acting.at.date_naive();
        let kept = self.receive_with(circle, &sound.handed, today, |tx| {
            segments::keep(tx, circle, &sound.place, &sound.tips, (bytes, sound.chain))
        });
        match kept {
            Ok(_) => Ok(Taken::In),
            // Dependencies that are not here yet, or a change that does not fit what it stands on.
            Err(Error::Damaged) if self.lacks(circle, sound)? => Ok(Taken::Waits(STANDS_ON)),
            Err(Error::Damaged) => Ok(Taken::Refused("change")),
            Err(error) => Err(error),
        }
    }

    /// Whether a segment stands on changes that are neither here nor in itself.
    fn lacks(&mut self, circle: &Circle, sound: &Sound) -> Result<bool> {
        let tx = Self::begin(&mut self.db)?;
        known::catch_up(&tx, circle)?;
        let own: BTreeSet<Hash> = sound.reads.iter().map(|read| read.hash).collect();
        for (handed, read) in sound.handed.iter().zip(&sound.reads) {
            for dep in read.head.deps.iter().filter(|dep| !own.contains(*dep)) {
                if known::reach(&tx, circle, &handed.part, dep)?.is_none() {
                    return Ok(true);
                }
            }
        }
        Ok(tx.commit().map(|()| false)?)
    }

    /// Whether the segment of this name is in the record at this place of one of a group's streams: found without a look
    /// at all others.
    fn is_at(&self, circle: &Circle, group: Group, counter: u64, name: &Hash) -> Result<bool> {
        let sql = "select 1 from stream cross join segment using (circle, share_group, actor)
                   where stream.circle = ?1 and stream.share_group = ?2 and segment.counter = ?3 and segment.name = ?4
                   and length(segment.bytes) > 0";
        let counter = i64::try_from(counter).unwrap_or(i64::MAX);
        let of = params![circle.no, group.as_str(), counter, name.as_slice()];
        Ok(self.db.prepare_cached(sql)?.exists(of)?)
    }

    /// Whether the segment of this name is in the record, whichever its place.
    ///
    /// # Errors
    /// Those of storage.
    pub(crate) fn is_in_record(&self, circle: &Circle, name: &Hash) -> Result<bool> {
        // A row without bytes has its name from whoever made the snapshot.
        let sql = "select 1 from segment where circle = ?1 and name = ?2 and length(bytes) > 0";
        Ok(self
            .db
            .prepare_cached(sql)?
            .exists(params![circle.no, name.as_slice()])?)
    }

    /// Whether an actor is known as another device's incarnation.
    pub(super) fn is_anothers(
        &self,
        circle: &Circle,
        actor: Actor,
        device: &[u8; 32],
    ) -> Result<bool> {
        let known: Option<String> = self
            .db
            .prepare_cached("select device from actor where circle = ?1 and actor = ?2")?
            .query_row(params![circle.no, actor.0.as_slice()], |row| row.get(0))
            .optional()?;
        let this = crate::store::identity::device_id(device);
        Ok(known.is_some_and(|known| known != this.as_str()))
    }
}

/// The device of the circle, in or out, that a segment says it is of.
pub(super) fn signer(roster: &Roster, opened: &Opened) -> Option<[u8; 32]> {
    let mut devices = roster.devices();
    devices.find(|device| device_tag(device) == opened.device_tag)
}

/// Walks and reads the changes of a segment.
pub(super) fn read(
    circle: &Circle,
    opened: &Opened,
) -> std::result::Result<Vec<ReadChange>, &'static str> {
    let bytes = opened
        .changes
        .iter()
        .map(|carried| carried.bytes.as_slice());
    let walked = walker::segment(bytes).map_err(|(_, refusal)| refusal.code())?;
    walked
        .iter()
        .zip(&opened.changes)
        .map(|(walked, carried)| {
            change::read_walked(&circle.id, &carried.part, walked).map_err(|refusal| refusal.code())
        })
        .collect()
}

/// Whose changes a segment carries, and the newest in each part; computed changes, which are nobody's, may go along.
pub(super) fn tips(opened: &Opened, reads: &[ReadChange]) -> Option<(Actor, Vec<Tip>)> {
    let mut own = reads.iter().filter(|read| read.makes.is_none());
    let actor = own.next()?.head.actor;
    let taken = opened.taken.as_ref();
    if own.any(|read| read.head.actor != actor) || taken.is_some_and(|taken| taken.actor != actor) {
        return None;
    }
    let mut tips = Vec::new();
    for (carried, read) in opened.changes.iter().zip(reads) {
        if read.makes.is_none() {
            tips.push(Tip {
                part: carried.part.clone(),
                seq: read.head.seq,
                hash: read.hash,
            });
        }
    }
    Some((actor, segments::newest(tips)))
}

/// The stream of a segment with changes of this author.
pub(super) fn stream(opened: &Opened, device: &[u8; 32], author: Actor) -> Actor {
    let taken = opened.taken.as_ref();
    taken.map_or(author, |taken| taken.stream(device))
}

/// Whether the device signed just these changes as the next of a stream.
pub(super) fn is_signed(
    circle: &Circle,
    opened: &Opened,
    key: (Group, Hash),
    device: [u8; 32],
    before: Option<Last>,
) -> Result<bool> {
    let Ok(reads) = read(circle, opened) else {
        return Ok(false);
    };
    let Some((actor, tips)) = tips(opened, &reads) else {
        return Ok(false);
    };
    let place = signed_place(circle, opened, key, device, before, (actor, &tips))?;
    Ok(place.is_some())
}

/// The place of a segment of a stream behind the one `before`, under the key of a group's epoch, if the device signed these
/// tips there.
pub(super) fn signed_place(
    circle: &Circle,
    opened: &Opened,
    (group, epoch): (Group, Hash),
    device: [u8; 32],
    before: Option<Last>,
    (actor, tips): (Actor, &[Tip]),
) -> Result<Option<Place>> {
    let befores: Vec<Hash> = match &before {
        Some(last) => last.befores().collect(),
        None => vec![[0; 32]],
    };
    let heads = before.map_or(Vec::new(), |last| last.heads);
    let mut place = Place {
        circle: circle.id.clone(),
        group,
        epoch,
        device,
        actor,
        taken: opened.taken.clone(),
        counter: opened.counter,
        before: [0; 32],
        heads: if opened.heads.is_empty() {
            heads
        } else {
            opened.heads.clone()
        },
    };
    for before in befores {
        place.before = before;
        if opened.verify(&place, tips)? {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

/// Whose something is, by what the access log says of its author: the member, the word of the role and what they might
/// read, then, and the removals they did not know of, if any. Else what becomes of it.
pub(super) fn writer(
    author: Author,
) -> std::result::Result<(Id, String, Groups, Vec<Hash>), Taken> {
    match author {
        Author::Member {
            member,
            role,
            groups,
        } => Ok((member, role, groups, Vec::new())),
        Author::Removed {
            member,
            role,
            groups,
            by,
        } => Ok((member, role, groups, by)),
        Author::Unknown => Err(Taken::Waits("operations")),
        Author::Stranger => Err(Taken::Refused("stranger")),
    }
}

/// Whether every removal had this segment in its past.
pub(super) fn in_the_past_of(
    log: &AccessLog,
    roster: &Roster,
    removals: &[Hash],
    place: &Place,
) -> bool {
    let stream = (place.group, place.actor);
    let mut removals = removals.iter();
    removals.all(|removal| roster.was_had(log, removal, stream, place.counter))
}
