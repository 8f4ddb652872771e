//! Founding a record, and taking in what another device wrote.

use super::access;
use super::commit;
use super::fits;
use super::guard;
use super::known;
use super::rebuild;
use super::vault::{Circle, Vault};
use crate::clock::zone::{self, Zones};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::plan::live;
use crate::record::acts::checked_name;
use crate::record::change::{self, Built};
use crate::record::{Acting, Actor, Noun, Part, Role};
use chrono::Utc;
use rusqlite::{OptionalExtension, Transaction, params};
use std::collections::BTreeSet;

/// Who a new record is of, and who founds it.
#[derive(Clone, Debug)]
pub struct Founding<'a> {
    /// The person's name as given.
    pub person: &'a str,
    /// The founder's name, when staff found a record for somebody else.
    pub founder: Option<&'a str>,
    /// The founder's role in care, in words.
    pub title: Option<&'a str>,
    /// Date of birth, `yyyy-mm-dd`.
    pub born: Option<&'a str>,
    /// Where they live, in words.
    pub place: Option<&'a str>,
    /// An IANA time zone.
    pub zone: &'a str,
}

/// A day of birth: a day that has come, in the person's zone.
///
/// # Errors
/// [`Error::BadDate`] and [`Error::DateInFuture`].
pub(super) fn checked_born(born: Option<&str>, acting: Acting, zone: &str) -> Result<()> {
    let Some(born) = born.map(zone::parse_day).transpose()? else {
        return Ok(());
    };
    let today = Zones::new(zone, Vec::new())?.day_of(acting.at.with_timezone(&Utc));
    if born > today {
        return Err(Error::DateInFuture);
    }
    Ok(())
}

/// A change as one device hands it to another, with the device and member its actor belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// The part it belongs to.
    pub part: Part,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The incarnation that made it.
    pub actor: Actor,
    /// The device of that incarnation.
    pub device: Id,
    /// The member of that device.
    pub member: Id,
}

impl Vault {
    /// Founds a record: the person's own on their device, or one that staff keep for them.
    pub fn found(
        &mut self,
        founding: &Founding,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<Circle> {
        checked_name(founding.person)?;
        founding.founder.map(checked_name).transpose()?;
        if !zone::is_zone(founding.zone) {
            return Err(Error::Usage { what: "time zone" });
        }
        checked_born(founding.born, acting, founding.zone)?;
        let steward = founding.founder.is_some();
        self.found_circle(steward, acting, entropy, |acts, circle| {
            let member = circle.member.clone();
            let part = Part::circle();
            let about = circle.id.clone();
            acts.put(&part, Noun::Circle, &about, "name", founding.person);
            acts.put_text(&part, Noun::Circle, &about, "born", founding.born)?;
            acts.put_text(&part, Noun::Circle, &about, "place", founding.place)?;
            let zone = acts.make(&part);
            acts.put(&part, Noun::Zone, &zone, "zone", founding.zone);
            let role = if founding.founder.is_some() {
                Role::Staff
            } else {
                Role::Person
            };
            acts.put(
                &part,
                Noun::Member,
                &member,
                "name",
                founding.founder.unwrap_or(founding.person),
            );
            acts.put(&part, Noun::Member, &member, "role", role.as_str());
            acts.put_text(&part, Noun::Member, &member, "title", founding.title)
        })
    }

    /// Joins a record another device founded, with nothing in it yet. The changes follow by [`Vault::receive`].
    pub fn join(&mut self, id: &Id, member: &Id, acting: Acting) -> Result<Circle> {
        let device = self.keys().device_id();
        let tx = Self::begin(&mut self.db)?;
        let at = acting.at.with_timezone(&Utc).timestamp();
        let circle = access::insert_circle(&tx, id, member, at)?;
        commit::know_actor(&tx, &circle, self.actor, &device, member)?;
        tx.commit()?;
        Ok(circle)
    }

    /// Every change of a record, in an order in which each stands after those it depends on.
    pub fn hand_over(&self, circle: &Circle) -> Result<Vec<Handed>> {
        let mut handed = Vec::new();
        for (part, read, bytes) in rebuild::changes(&self.db, circle)? {
            let actor = read.head.actor;
            // A computed change is nobody's: it goes along so that a version without its noun has it too.
            let (device, member) = self
                .db
                .query_row(
                    "select device, member from actor where circle = ?1 and actor = ?2",
                    params![circle.no, actor.0.as_slice()],
                    |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)),
                )
                .optional()?
                .unwrap_or_default();
            handed.push(Handed {
                part,
                bytes,
                actor,
                device: Id::read(device),
                member: Id::read(member),
            });
        }
        Ok(handed)
    }

    /// Takes in changes of another device, in any order, all in one durable transaction. What is known
    /// already changes nothing. Returns how many were new.
    ///
    /// # Errors
    /// [`Error::Damaged`] for bytes that the walker refuses, that are no change, or that do not fit what they stand on,
    /// and for a change whose dependencies are neither known nor among them; nothing is kept then.
    pub fn receive(
        &mut self,
        circle: &Circle,
        handed: &[Handed],
        today: chrono::NaiveDate,
    ) -> Result<usize> {
        self.receive_with(circle, handed, today, |_| Ok(()))
    }

    /// As [`Vault::receive`], with `also` as part of the transaction.
    pub(super) fn receive_with(
        &mut self,
        circle: &Circle,
        handed: &[Handed],
        today: chrono::NaiveDate,
        also: impl FnOnce(&Transaction) -> Result<()>,
    ) -> Result<usize> {
        let walked = guard::walk(handed)?;
        let mut reads = Vec::with_capacity(handed.len());
        for (change, walked) in handed.iter().zip(walked) {
            reads.push(change::read_walked(&circle.id, &change.part, &walked)?);
        }
        let (actor, now) = (self.actor, self.now);
        let tx = Self::begin(&mut self.db)?;
        known::catch_up(&tx, circle)?;
        let (mut record, all) = fits::record_for(&tx, circle, actor, &reads)?;
        record.now = now;
        for (change, read) in handed.iter().zip(&reads) {
            commit::start(&tx, circle, &mut record, &change.part)?;
            if read.makes.is_none() {
                commit::know_actor(&tx, circle, change.actor, &change.device, &change.member)?;
                record.actors.insert(change.actor, change.member.clone());
            }
        }
        let mut waiting: Vec<_> = handed.iter().zip(reads).collect();
        let (mut touched, mut unsure) = (BTreeSet::new(), BTreeSet::new());
        let (mut count, mut head) = (0, None);
        while !waiting.is_empty() {
            let (mut later, before) = (Vec::new(), waiting.len());
            for (change, read) in waiting {
                let part = &change.part;
                if known::reach(&tx, circle, part, &read.hash)?.is_some() {
                    continue;
                }
                let Some(reach) = guard::stands_on(&tx, circle, part, &read)? else {
                    later.push((change, read));
                    continue;
                };
                guard::follows(reach, part, &read)?;
                commit::bring(&tx, circle, &mut record, part, &read)?;
                if !fits::surely(&tx, circle, &record, part, &change.bytes, &read)? {
                    unsure.insert(part);
                    fits::note_mixed(&tx, circle, &record, part, &read)?;
                }
                let built = Built {
                    bytes: change.bytes.clone(),
                    hash: read.hash,
                };
                head = Some(commit::keep(&tx, circle, part, &read, &built)?);
                known::note(&tx, circle, part, &read)?;
                touched.extend(commit::apply(&tx, circle, &mut record, part, &read)?);
                if read.makes.is_none() {
                    rebuild::note_tip(&tx, circle, part, &read)?;
                }
                count += 1;
            }
            if later.len() == before {
                return Err(Error::Damaged);
            }
            waiting = later;
        }
        for part in unsure {
            guard::try_out(&tx, circle, part)?;
        }
        if head.is_some() {
            known::is_complete(&tx, circle)?;
        }
        let live = all.then(|| live::live(&record, today));
        commit::save(&tx, circle, &record, &touched, live)?;
        also(&tx)?;
        tx.commit()?;
        if let Some(head) = head {
            self.witnessed(&head);
        }
        Ok(count)
    }
}
