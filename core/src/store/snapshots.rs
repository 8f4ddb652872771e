//! Snapshots for new members: when one is given, and making one of all a share group holds. What came in one goes into
//! the next. Source: `SPEC.md`, Snapshots; docs/adr/0040.

use super::rebuild;
use super::segments;
use super::spoken::{Attested, Keys, Spoken, attested, spoken};
use super::streams::{self, StreamHere};
use super::vault::{Circle, Vault};
use crate::circle::Roster;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::record::change::{self, Hash};
use crate::record::part::{Actor, Group, Part};
use crate::sync::message::{Have, Reached};
use crate::sync::snapshot::{self, Body, Statement, Stream};
use crate::sync::walker;
use rusqlite::params;
use std::collections::{BTreeMap, BTreeSet};

/// The documents of a group, by part.
type Documents = Vec<(Part, Vec<u8>)>;

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
        let streams = streams::of(&self.db, circle)?;
        for group in member.groups.iter() {
            let (mut lacks, mut must, mut fresh) = (false, false, true);
            for StreamHere {
                reached,
                device: by,
            } in &streams
            {
                if reached.group != group.as_str() {
                    continue;
                }
                let said = theirs.counter_in(reached);
                fresh &= said == 0 || by == device;
                if said < reached.counter {
                    lacks = true;
                    must = must || self.is_bare_after(circle, reached, said)?;
                }
            }
            // Where it wrote all there is, and has it, it is given nothing.
            if !lacks || !(must || fresh && !self.wants_plain(circle, device, group)?) {
                continue;
            }
            let bytes = self.bytes_of(circle, group)?;
            let made = self.make_snapshot(circle, group, entropy)?;
            given.extend(
                made.filter(|made| must || (made.len() as u64) < bytes)
                    .map(|made| (group, made)),
            );
        }
        Ok(given)
    }

    /// Whether a segment of a stream behind this place is not here itself: it came in a snapshot.
    fn is_bare_after(&self, circle: &Circle, of: &Reached, counter: u64) -> Result<bool> {
        let sql = "select 1 from segment where circle = ?1 and share_group = ?2 and actor = ?3 and counter > ?4
                   and length(bytes) = 0";
        let after = i64::try_from(counter).unwrap_or(i64::MAX);
        let of = params![circle.no, of.group, of.actor.0.as_slice(), after];
        Ok(self.db.prepare_cached(sql)?.exists(of)?)
    }

    /// The bytes of all segments of a group.
    fn bytes_of(&self, circle: &Circle, group: Group) -> Result<u64> {
        let sql = "select coalesce(sum(length(bytes)), 0) from segment where circle = ?1 and share_group = ?2";
        let of = params![circle.no, group.as_str()];
        let bytes: i64 = self
            .db
            .prepare_cached(sql)?
            .query_row(of, |row| row.get(0))?;
        Ok(bytes.unsigned_abs())
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

    /// Whether a device did not take a snapshot of a group.
    pub(crate) fn wants_plain(
        &self,
        circle: &Circle,
        device: &[u8; 32],
        group: Group,
    ) -> Result<bool> {
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
            match self.stream(
                circle,
                group,
                actor,
                &spoken,
                &attested,
                (&roster, &keyring),
                &mut body,
            )? {
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
    ) -> Result<Option<Documents>> {
        let mut newest: BTreeMap<(&Part, Actor), u64> = BTreeMap::new();
        for (author, tips) in attested.values() {
            for tip in tips {
                let reached = newest.entry((&tip.part, *author)).or_default();
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
        keys: Keys<'_>,
        body: &mut Body,
    ) -> Result<Option<Stream>> {
        let Some(last) = spoken.last() else {
            return Ok(None);
        };
        let tips = |counter| {
            attested
                .get(&(actor, counter))
                .map_or(&[][..], |(_, tips)| tips.as_slice())
        };
        let mut wanted = BTreeSet::from([last.counter]);
        for run in spoken.chunk_by(|a, b| a.heads == b.heads) {
            let mut newest: BTreeMap<&Part, u64> = BTreeMap::new();
            for one in run {
                newest.extend(tips(one.counter).iter().map(|tip| (&tip.part, one.counter)));
            }
            wanted.extend(newest.into_values());
        }
        let taken = segments::taken(&self.db, circle, actor)?;
        let mut statements = Vec::new();
        for (at, one) in spoken.iter().enumerate() {
            if !wanted.contains(&one.counter) {
                continue;
            }
            let of = (circle, group, actor, taken.as_ref());
            let signed = self.signed(of, spoken, at, tips(one.counter), keys)?;
            let Some((stands, signature)) = signed else {
                return Ok(None);
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
                epoch: named(&mut body.names, stands.epoch),
                heads: one
                    .heads
                    .iter()
                    .map(|head| named(&mut body.names, *head))
                    .collect(),
                before: stands.before,
                tips: places,
                signature,
            });
        }
        Ok(last.name.map(|name| Stream {
            device: last.device,
            actor,
            taken,
            name,
            statements,
        }))
    }
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
