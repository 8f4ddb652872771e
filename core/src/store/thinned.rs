//! The store's side of thinned segments: what both ends of a stream are sure to have, looked up in the vault.

use super::aside::Aside;
use super::identity::DeviceKeys;
use super::rebuild;
use super::segments::{self, Last as Stands};
use super::take::{self, Taken};
use super::vault::{Circle, Vault};
use crate::circle::Roster;
use crate::circle::epoch::GroupSecret;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::record::change::{self, Hash, ReadChange};
use crate::record::part::{Actor, Group, Part};
use crate::sealing::NONCE;
use crate::sync::segment::{self, Carried, Opened, Place, Sealed, StreamTag, Tip, device_tag};
use crate::sync::thin::{self, Ground, HINT, Last, Named, Stream, Stuck};
use rusqlite::{Connection, OptionalExtension, params};
use std::cell::{Cell, Ref, RefCell};
use std::collections::{BTreeMap, BTreeSet};

type AllChanges = BTreeMap<Part, BTreeMap<Hash, ReadChange>>;

/// How many of several changes that fit a hint are tried. Two that fit are one in a million already.
const CHOICES: usize = 16;

/// What is known of a stream before one of its segments.
struct Before<'a> {
    aside: &'a Aside,
    db: &'a Connection,
    circle: &'a Circle,
    actor: Actor,
    /// Counter of the segment.
    counter: u64,
    /// All changes of a part, read only where a loose one does not tell.
    all: RefCell<AllChanges>,
    /// Which of several changes that fit a hint is tried, and how many there were at most.
    choice: usize,
    fitting: Cell<usize>,
}

impl Ground for Before<'_> {
    fn last(&self, part: &Part) -> Result<Option<Last>> {
        if let Some(last) = self.aside.last(part, self.actor) {
            return Ok(Some(last.clone()));
        }
        let sql = "select seq, hash from attest where circle = ?1 and part = ?2 and actor = ?3 and counter < ?4
                   order by seq desc limit 1";
        let of = params![
            self.circle.no,
            part.as_str(),
            self.actor.0.as_slice(),
            self.counter as i64
        ];
        let attested: Option<(i64, Hash)> = self
            .db
            .prepare_cached(sql)?
            .query_row(of, |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((seq, hash)) = attested else {
            return Ok(None);
        };
        let read = self.change(part, self.actor, seq, &hash)?;
        Ok(Some(Last::of(&read)))
    }

    fn named(&self, part: &Part, nonce: &[u8; NONCE], hint: &[u8; HINT]) -> Result<Option<Named>> {
        let fits = |hash: &Hash| thin::hint(nonce, hash) == *hint;
        let sql = "select hash, actor, seq from attest where circle = ?1 and part = ?2";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map(params![self.circle.no, part.as_str()], |row| {
            Ok((row.get(0)?, Actor(row.get(1)?), row.get(2)?))
        })?;
        let attested: Vec<(Hash, Actor, i64)> = rows.collect::<std::result::Result<_, _>>()?;
        let mut found = self.aside.named(part, fits);
        for (hash, actor, seq) in attested.into_iter().filter(|(hash, ..)| fits(hash)) {
            found.push(Named::of(&self.change(part, actor, seq, &hash)?));
        }
        if found.is_empty() {
            // Not the newest of any segment: what came by other ways, or is not here.
            let all = self.all(part)?;
            let all = all[part].values().filter(|read| fits(&read.hash));
            found.extend(all.map(Named::of));
        }
        self.fitting.set(self.fitting.get().max(found.len()));
        Ok(found.get(self.choice % found.len().max(1)).copied())
    }
}

impl Before<'_> {
    /// A change that is attested.
    fn change(&self, part: &Part, actor: Actor, seq: i64, hash: &Hash) -> Result<ReadChange> {
        let sql = "select bytes from changes where circle = ?1 and part = ?2 and actor = ?3 and seq = ?4 order by n desc";
        let of = params![self.circle.no, part.as_str(), actor.0.as_slice(), seq];
        let loose: Option<Vec<u8>> = self
            .db
            .prepare_cached(sql)?
            .query_row(of, |row| row.get(0))
            .optional()?;
        if let Some(bytes) = loose {
            let read = change::read(&self.circle.id, part, &bytes)?;
            if read.hash == *hash {
                return Ok(read);
            }
        }
        let all = self.all(part)?;
        all[part].get(hash).cloned().ok_or(Error::Damaged)
    }

    /// All changes of a part, read once.
    fn all(&self, part: &Part) -> Result<Ref<'_, AllChanges>> {
        if !self.all.borrow().contains_key(part) {
            let mut known = BTreeMap::new();
            for bytes in rebuild::changes_of(self.db, self.circle, part)? {
                let read = change::read(&self.circle.id, part, &bytes)?;
                known.insert(read.hash, read);
            }
            self.all.borrow_mut().insert(part.clone(), known);
        }
        Ok(self.all.borrow())
    }
}

/// What a segment of this device is sealed with.
pub(super) struct Seal<'a> {
    pub(super) db: &'a Connection,
    pub(super) circle: &'a Circle,
    pub(super) keys: &'a DeviceKeys,
    pub(super) place: &'a Place,
    pub(super) same_heads: bool,
}

impl Seal<'_> {
    /// Signs and seals changes of one of this device's streams: thinned, or whole if they have no thinned form.
    pub(super) fn seal(
        &self,
        changes: Vec<Carried>,
        tips: &[Tip],
        secret: &GroupSecret,
        entropy: &dyn Entropy,
    ) -> Result<Sealed> {
        let (keys, place, heads) = (self.keys, self.place, self.same_heads);
        let mut nonce = [0; NONCE];
        entropy.fill(&mut nonce)?;
        let stream = Stream {
            circle: &self.circle.id,
            group: place.group,
            actor: place.actor,
            nonce: &nonce,
        };
        let ground = Before {
            db: self.db,
            circle: self.circle,
            actor: place.actor,
            counter: place.counter,
            aside: &Aside::default(),
            all: RefCell::default(),
            choice: 0,
            fitting: Cell::default(),
        };
        if place.taken.is_some() {
            // What the other side has of its author's stream does not follow from this one.
            return segment::seal(keys, place, heads, changes, tips, secret, entropy);
        }
        match thin::describe(stream, &ground, &changes) {
            Ok(thin) => segment::seal_thinned(keys, place, heads, &thin.body, tips, secret, &nonce),
            Err(Stuck::Store(error)) => Err(error),
            Err(_) => segment::seal(keys, place, heads, changes, tips, secret, entropy),
        }
    }
}

impl Vault {
    /// Finds the stream of a thinned segment and rebuilds its changes; other segments are given back as they are.
    /// `Err` inside says why it is not taken in. What is in `aside` counts as if it were in the record.
    pub(super) fn filled(
        &self,
        circle: &Circle,
        roster: &Roster,
        key: (Group, Hash),
        opened: Opened,
        aside: &Aside,
    ) -> Result<std::result::Result<Opened, Taken>> {
        let Some(thinned) = &opened.thinned else {
            return Ok(Ok(opened));
        };
        let Ok(body) = thin::unpacked(thinned.packing, &thinned.body) else {
            return Ok(Err(Taken::Refused("form")));
        };
        let mut candidates = Vec::new();
        match thinned.of {
            StreamTag::First(actor) => match take::signer(roster, &opened) {
                Some(device) => candidates.push((actor, device, None)),
                None => return Ok(Err(Taken::Waits("operations"))),
            },
            StreamTag::Later(..) => {
                for actor in self.actors(circle, key.0, aside)? {
                    if thinned.of.fits(actor)
                        && let Some(stands) = self.stands(circle, key.0, actor, aside)?
                    {
                        candidates.push((actor, stands.device, Some(stands)));
                    }
                }
            }
        }
        let only = candidates.len() == 1;
        let mut came = None;
        for (actor, device, stands) in candidates {
            let counter = stands.as_ref().map_or(0, |stands| stands.counter);
            let (mut choice, mut fitting) = (0, 1);
            while choice < fitting {
                let stream = (key.0, actor, counter, choice);
                let (built, fit) = self.rebuilt(circle, stream, &opened, &body, aside)?;
                fitting = fit.min(CHOICES);
                let taken = match built {
                    Ok(changes) => {
                        let mut full = opened.clone();
                        (full.device_tag, full.changes) = (device_tag(&device), changes);
                        // Whose it is, and what it stands on, of several it can be, its signature tells.
                        let sure = only && fitting <= 1;
                        if sure || take::is_signed(circle, &full, key, device, stands.clone())? {
                            return Ok(Ok(full));
                        }
                        Taken::Refused("signature")
                    }
                    Err(taken) => taken,
                };
                if !matches!(came, Some(Taken::Waits(_))) {
                    came = Some(taken);
                }
                choice += 1;
            }
        }
        Ok(Err(came.unwrap_or(Taken::Waits("before"))))
    }

    /// The changes of a segment, if it is the next of this stream, and how many changes at most fit one of its hints.
    #[allow(clippy::type_complexity)]
    fn rebuilt(
        &self,
        circle: &Circle,
        (group, actor, counter, choice): (Group, Actor, u64, usize),
        opened: &Opened,
        body: &[u8],
        aside: &Aside,
    ) -> Result<(std::result::Result<Vec<Carried>, Taken>, usize)> {
        if opened.counter <= counter {
            return Ok((Err(Taken::Refused("fork")), 1));
        }
        let next = opened.counter == counter + 1;
        let Some(thinned) = opened.thinned.as_ref().filter(|_| next) else {
            return Ok((Err(Taken::Waits("before")), 1));
        };
        let ground = Before {
            db: &self.db,
            circle,
            actor,
            counter: opened.counter,
            aside,
            all: RefCell::default(),
            choice,
            fitting: Cell::default(),
        };
        let stream = Stream {
            circle: &circle.id,
            group,
            actor,
            nonce: &thinned.nonce,
        };
        let built = match thin::rebuild(stream, &ground, body) {
            Ok(changes) => Ok(changes),
            Err(Stuck::Store(error)) => return Err(error),
            Err(Stuck::StandsOn) => Err(Taken::Waits(take::STANDS_ON)),
            Err(Stuck::Refused(why)) => Err(Taken::Refused(why.code())),
        };
        Ok((built, ground.fitting.get()))
    }

    /// Actors that may have a stream in a group.
    fn actors(&self, circle: &Circle, group: Group, aside: &Aside) -> Result<BTreeSet<Actor>> {
        let sql = "select actor from actor where circle = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let actors = statement.query_map(params![circle.no], |row| Ok(Actor(row.get(0)?)))?;
        let mut all: BTreeSet<Actor> = actors.collect::<std::result::Result<_, _>>()?;
        all.extend(aside.actors(group));
        Ok(all)
    }

    /// Where a stream stands; `None` if nothing of it is here.
    pub(super) fn stands(
        &self,
        circle: &Circle,
        group: Group,
        actor: Actor,
        aside: &Aside,
    ) -> Result<Option<Stands>> {
        match aside.stream(group, actor) {
            Some(stands) => Ok(Some(stands.clone())),
            None => segments::last(&self.db, circle, group, actor),
        }
    }
}
