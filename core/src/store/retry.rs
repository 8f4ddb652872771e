//! Segments that are kept aside: how much of them, and trying them again once their reason may have passed.

use super::take::{LATE, LATE_VIEWS, MAY_PASS, Of, STANDS_ON, Taken, in_the_past_of};
use super::vault::{Circle, Vault};
use crate::circle::roster::Author;
use crate::error::Result;
use crate::record::Acting;
use crate::record::change::Hash;
use crate::record::part::{Actor, Group};
use crate::sync::segment;
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

/// The most segments of one circle that are kept aside.
const ASIDE_CAP: i64 = 4096;

/// The most bytes of them, and of those no key here opens, which anybody may have made up.
const ASIDE_BYTES: i64 = 32 << 20;
const SHUT_BYTES: i64 = 8 << 20;

/// A segment that is kept aside, and why.
struct Waits {
    reason: String,
    name: Hash,
    group: String,
    /// Its stream, as far as could be told.
    actor: Option<Actor>,
}

impl Waits {
    /// Whether it may go in once another segment of this group has.
    fn may_stand_behind(&self, group: Group) -> bool {
        self.group == group.as_str()
            && (self.is_late() || ["before", STANDS_ON].contains(&self.reason.as_str()))
    }

    fn is_late(&self) -> bool {
        [LATE, LATE_VIEWS].contains(&self.reason.as_str())
    }
}

impl Vault {
    /// Tries again what was kept aside for a reason that may have passed, until nothing more goes in.
    ///
    /// # Errors
    /// Those of storage.
    pub fn retry_waiting(&mut self, circle: &Circle, acting: Acting) -> Result<()> {
        while self.retry_once(circle, acting, None)? {}
        Ok(())
    }

    /// As [`Vault::retry_waiting`], where a segment of this group came in and nothing else: no key came with it, and no
    /// operation. Whoever fills what is kept aside must not make each honest segment cost thousands of checks.
    pub(super) fn retry_behind(
        &mut self,
        circle: &Circle,
        group: Group,
        acting: Acting,
    ) -> Result<()> {
        while self.retry_once(circle, acting, Some(group))? {}
        Ok(())
    }

    /// Goes through them once, each stream in order. Whether something went in.
    fn retry_once(
        &mut self,
        circle: &Circle,
        acting: Acting,
        behind: Option<Group>,
    ) -> Result<bool> {
        let all = self.waits(circle)?;
        let may = |waits: &&Waits| behind.is_none_or(|group| waits.may_stand_behind(group));
        if !all.iter().any(|waits| may(&waits)) {
            return Ok(false);
        }
        let vouched = if all.iter().any(Waits::is_late) {
            self.vouched(circle)?
        } else {
            BTreeSet::new()
        };
        let (mut went_in, mut stuck) = (false, BTreeSet::new());
        // One at a time: all of them together may be more than a phone has room for.
        for waits in all.iter().filter(may) {
            let stream = waits.actor.map(|actor| (waits.group.as_str(), actor));
            if waits.reason == "before" && stream.is_some_and(|stream| stuck.contains(&stream)) {
                continue;
            }
            let Some(bytes) = self.bytes_aside(circle, &waits.name)? else {
                continue;
            };
            let taken = self.take_one(circle, &bytes, acting, &vouched)?;
            went_in |= taken == Taken::In;
            // What is refused is out of the way of the one that is rightly there.
            let stands_still = matches!(taken, Taken::Waits(_) | Taken::Late);
            stuck.extend(stream.filter(|_| stands_still));
        }
        Ok(went_in)
    }

    /// Those whose reason may pass, each stream in order.
    fn waits(&self, circle: &Circle) -> Result<Vec<Waits>> {
        let sql = "select reason, name, share_group, actor from waiting where circle = ?1 order by actor, counter";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map(params![circle.no], |row| {
            Ok(Waits {
                reason: row.get(0)?,
                name: row.get(1)?,
                group: row.get(2)?,
                actor: row.get::<_, Option<[u8; 16]>>(3)?.map(Actor),
            })
        })?;
        let mut all: Vec<Waits> = rows.collect::<std::result::Result<_, _>>()?;
        all.retain(|waits| MAY_PASS.contains(&waits.reason.as_str()));
        Ok(all)
    }

    pub(super) fn bytes_aside(&self, circle: &Circle, name: &Hash) -> Result<Option<Vec<u8>>> {
        let sql = "select bytes from waiting where circle = ?1 and name = ?2";
        let mut statement = self.db.prepare_cached(sql)?;
        let of = params![circle.no, name.as_slice()];
        Ok(statement.query_row(of, |row| row.get(0)).optional()?)
    }

    fn aside(&self, circle: &Circle) -> Result<Vec<Vec<u8>>> {
        let waits = self.waits(circle)?;
        let all = waits
            .iter()
            .map(|waits| self.bytes_aside(circle, &waits.name));
        all.filter_map(Result::transpose).collect()
    }

    /// Late segments that somebody whose segment counts had built on before knowing of the removal: they count, since
    /// what was built on them would be lost with them. That may be one who was taken out later, and whose segment was had
    /// by then: whoever had it took in what it stands on too.
    fn vouched(&self, circle: &Circle) -> Result<BTreeSet<Hash>> {
        let (access, keyring) = (self.access(circle)?, self.keyring(circle)?);
        let (log, roster) = (&access.log, &access.roster);
        let mut late: BTreeMap<Hash, (Hash, Vec<Hash>)> = BTreeMap::new();
        let mut built_on: Vec<(Vec<Hash>, Vec<Hash>)> = Vec::new();
        for aside in self.read_aside(circle, roster, &keyring, &self.aside(circle)?)? {
            let place = aside.place;
            let author = roster.author(log, &place.device, &place.heads);
            let counts = match &author {
                Author::Member { .. } => roster.standing.present(&place.device).is_some(),
                Author::Removed { by, .. } => {
                    roster.was_let_in(log, &aside.name) || in_the_past_of(log, roster, by, &place)
                }
                _ => false,
            };
            match author {
                _ if counts => {
                    let deps = aside.changes.into_iter();
                    let deps = deps.flat_map(|(_, read)| read.head.deps);
                    built_on.push((place.heads, deps.collect()));
                }
                Author::Removed { by, .. } => {
                    for (_, read) in &aside.changes {
                        late.insert(read.hash, (aside.name, by.clone()));
                    }
                }
                _ => {}
            }
        }
        let mut vouched = BTreeSet::new();
        for (heads, deps) in built_on {
            let knew = log.past_of(&heads);
            for dep in deps {
                if let Some((segment, by)) = late.get(&dep)
                    && !by.iter().any(|removal| log.past_has(&knew, removal))
                {
                    vouched.insert(*segment);
                }
            }
        }
        Ok(vouched)
    }
}

/// Keeps a segment aside, if there is room: else the other side keeps it and offers it again.
pub(super) fn set_aside(
    tx: &Transaction,
    circle: &Circle,
    bytes: &[u8],
    name: &Hash,
    taken: Taken,
    of: Of,
    acting: Acting,
) -> Result<()> {
    let known = tx
        .prepare_cached("select 1 from waiting where circle = ?1 and name = ?2")?
        .exists(params![circle.no, name.as_slice()])?;
    // All of them are looked at to tell: not for one that only waits for another reason now.
    if !known && !has_room(tx, circle, bytes, taken)? {
        return Ok(());
    }
    let group = segment::header(bytes).map_or("", |header| header.group.as_str());
    tx.prepare_cached(
        "insert into waiting(circle, name, share_group, actor, counter, device, reason, at, bytes)
         values(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         on conflict(circle, name) do update set actor = ?4, counter = ?5, device = ?6, reason = ?7",
    )?
    .execute(params![
        circle.no,
        name.as_slice(),
        group,
        of.actor.map(|actor| actor.0.to_vec()),
        of.counter as i64,
        of.device.map(|device| device.to_vec()),
        taken.reason(),
        acting.at.timestamp(),
        bytes
    ])?;
    Ok(())
}

fn has_room(tx: &Transaction, circle: &Circle, bytes: &[u8], taken: Taken) -> Result<bool> {
    let sql = "select count(*), coalesce(sum(length(bytes)), 0),
                 coalesce(sum(length(bytes)) filter (where reason = 'key'), 0) from waiting where circle = ?1";
    let (count, all, shut): (i64, i64, i64) = tx
        .prepare_cached(sql)?
        .query_row(params![circle.no], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    let size = bytes.len() as i64;
    let is_shut = taken == Taken::Waits("key");
    Ok(count < ASIDE_CAP && all + size <= ASIDE_BYTES && (!is_shut || shut + size <= SHUT_BYTES))
}
