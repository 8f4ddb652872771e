//! The access logs of the circles kept here, and the keys this device was given: rows, and the founding of a circle.

use super::commit;
use super::reading;
use super::rebuild::mark;
use super::rows::Scope;
use super::vault::{Circle, Vault};
use super::witness::Head;
use crate::circle::access_log::AccessLog;
use crate::circle::epoch::{self, GroupSecret, Keyring};
use crate::circle::operation::{Act, Operation, circle_id, member_id};
use crate::circle::roster::is_outworn;
use crate::circle::{Groups, Roster};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::change::Hash;
use crate::record::part::Group;
use crate::record::{Acting, Acts};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use zeroize::Zeroizing;

/// A circle's access log, and what follows from it.
#[derive(Debug)]
pub struct Access {
    /// The log.
    pub log: AccessLog,
    /// The log replayed.
    pub roster: Roster,
    keys: OnceLock<KeysNow>,
}

/// How it stands with the keys of a circle: worked out once, and asked at every meeting.
#[derive(Debug)]
struct KeysNow {
    /// Somebody lacks a key that is theirs to have.
    unlinked: bool,
    /// When the oldest of the keys to write under was made, in Unix seconds; `None` where a group has no key.
    oldest: Option<i64>,
}

impl Access {
    fn keys(&self) -> &KeysNow {
        self.keys.get_or_init(|| {
            let (log, roster) = (&self.log, &self.roster);
            let groups = Groups::EVERYTHING.iter();
            let made = groups.map(|group| Some(log.get(&roster.epoch_for(log, group)?)?.at));
            KeysNow {
                unlinked: !roster.unlinked().is_empty(),
                // None comes before every moment.
                oldest: made.min().flatten(),
            }
        })
    }

    /// Whether somebody lacks a key that is theirs to have.
    pub(super) fn is_unlinked(&self) -> bool {
        self.keys().unlinked
    }

    /// Whether an owner has keys to make: a group has none to write under, or one that is old by this clock.
    pub(super) fn wants_keys(&self, acting: Acting) -> bool {
        let oldest = self.keys().oldest;
        oldest.is_none_or(|made| is_outworn(made, acting.at))
    }
}

/// Access logs that were replayed, by the circle's number, each with how many operations it had then.
pub(super) type Replayed = RefCell<BTreeMap<i64, (Id, i64, Arc<Access>)>>;

impl Vault {
    /// Founds a circle of this device: its root, its first keys, its row, and what `rule` writes first, in one
    /// durable transaction: a record without a name would be in nobody's list. `steward` where the person whose
    /// record it is has no device yet.
    pub(super) fn found_circle(
        &mut self,
        steward: bool,
        acting: Acting,
        entropy: &dyn Entropy,
        rule: impl FnOnce(&mut Acts, &Circle) -> Result<()>,
    ) -> Result<Circle> {
        let mut nonce = [0; 16];
        entropy.fill(&mut nonce)?;
        let device = self.keys().public();
        let id = circle_id(&nonce, &device.sign);
        let at = acting.at.timestamp();
        let root = Act::Found {
            nonce,
            device,
            steward,
        };
        let root = Operation::sign(self.keys(), &id, &[], at, root)?;
        let readers = [(device, Groups::EVERYTHING)];
        let first = epoch::begin(
            &id,
            Groups::EVERYTHING,
            &readers,
            &Keyring::default(),
            entropy,
        )?;
        let keys_made = Operation::sign(self.keys(), &id, &[root.hash], at, first.act)?;

        let device = self.keys().device_id();
        let (actor, now) = (self.actor, self.now);
        let tx = Self::begin(&mut self.db)?;
        let circle = insert_circle(&tx, &id, &member_id(&root.author), at)?;
        commit::know_actor(&tx, &circle, actor, &device, &circle.member)?;
        keep_operation(&tx, &circle, &root)?;
        let signed = keep_operation(&tx, &circle, &keys_made)?;
        for (group, key) in first.keys {
            keep_key(&tx, &circle, group, &keys_made.hash, &key)?;
        }
        let rule = |acts: &mut Acts| rule(acts, &circle);
        let scope = Scope::All;
        let (_, _, head) = commit::act_in(&tx, &circle, &scope, actor, acting, now, rule)?;
        tx.commit()?;
        self.witnessed(&head.unwrap_or(signed));
        Ok(circle)
    }

    /// The access log of a circle with what follows from it. It is replayed when it has grown since it was last asked
    /// for, also by another process; operations are never taken out.
    pub fn access(&self, circle: &Circle) -> Result<Arc<Access>> {
        let operations: i64 = self
            .db
            .prepare_cached("select operations from circle where no = ?1")?
            .query_row(params![circle.no], |row| row.get(0))?;
        self.replay(circle, operations)
    }

    /// The circles kept here, the own one first, each with its access log: in one look at all of them.
    pub(super) fn all_access(&self) -> Result<Vec<(Circle, Arc<Access>)>> {
        let sql = "select no, id, member, operations from circle order by own desc, no";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let circle = reading::circle(row)?;
            let access = self.replay(&circle, row.get(3)?)?;
            all.push((circle, access));
        }
        Ok(all)
    }

    /// The access log of a circle, of so many operations, replayed if it was not yet.
    fn replay(&self, circle: &Circle, operations: i64) -> Result<Arc<Access>> {
        let mut replayed = self.replayed.borrow_mut();
        if let Some((id, known, access)) = replayed.get(&circle.no)
            && (id, *known) == (&circle.id, operations)
        {
            return Ok(Arc::clone(access));
        }
        let log = access_log(&self.db, circle)?;
        let roster = Roster::of(&log);
        let access = Arc::new(Access {
            log,
            roster,
            keys: OnceLock::new(),
        });
        let kept = (circle.id.clone(), operations, Arc::clone(&access));
        replayed.insert(circle.no, kept);
        Ok(access)
    }

    /// The access log of a circle, to be added to.
    pub fn access_log(&self, circle: &Circle) -> Result<AccessLog> {
        Ok(self.access(circle)?.log.clone())
    }

    /// The keys of a circle that this device was given.
    pub fn keyring(&self, circle: &Circle) -> Result<Keyring> {
        keyring(&self.db, circle)
    }

    /// Whether this device is in a circle, as far as it knows.
    ///
    /// # Errors
    /// Those of storage.
    pub fn is_let_in(&self, circle: &Id) -> Result<bool> {
        let mut circles = self.circles()?.into_iter();
        let Some(circle) = circles.find(|kept| kept.id == *circle) else {
            return Ok(false);
        };
        let (access, me) = (self.access(&circle)?, self.keys().public().sign);
        Ok(access.roster.standing.present(&me).is_some())
    }

    /// Who is in a circle, as far as this device knows.
    pub fn roster(&self, circle: &Circle) -> Result<Roster> {
        Ok(self.access(circle)?.roster.clone())
    }
}

/// Adds the row of a circle.
pub(super) fn insert_circle(tx: &Transaction, id: &Id, member: &Id, at: i64) -> Result<Circle> {
    tx.execute(
        "insert into circle(id, member, added) values(?1, ?2, ?3)",
        params![id.as_str(), member.as_str(), at],
    )?;
    Ok(Circle {
        no: tx.last_insert_rowid(),
        id: id.clone(),
        member: member.clone(),
    })
}

/// Puts a circle before all others: the first one is the profile's own record.
pub(super) fn put_first(tx: &Transaction, circle: &Circle) -> Result<()> {
    tx.execute(
        "update circle set own = case when no = ?1 then 1 else min(own, 0) end",
        params![circle.no],
    )?;
    Ok(())
}

/// The keys of a circle that this device was given.
pub(super) fn keyring(db: &Connection, circle: &Circle) -> Result<Keyring> {
    let mut statement =
        db.prepare_cached("select share_group, epoch, key from epoch_key where circle = ?1")?;
    let mut rows = statement.query(params![circle.no])?;
    let mut keyring = Keyring::default();
    while let Some(row) = rows.next()? {
        let word: String = row.get(0)?;
        if let Some(group) = Groups::EVERYTHING.iter().find(|g| g.as_str() == word) {
            let key = Zeroizing::new(row.get::<_, Vec<u8>>(2)?);
            keyring.add(group, row.get(1)?, GroupSecret::from_bytes(&key)?);
        }
    }
    Ok(keyring)
}

/// Reads the access log of a circle.
fn access_log(db: &Connection, circle: &Circle) -> Result<AccessLog> {
    let mut statement = db.prepare_cached("select bytes from operation where circle = ?1")?;
    let rows = statement.query_map(params![circle.no], |row| row.get::<_, Vec<u8>>(0))?;
    let kept: Vec<Vec<u8>> = rows.collect::<std::result::Result<_, _>>()?;
    Ok(AccessLog::of(&circle.id, kept.iter().map(Vec::as_slice)))
}

/// Keeps an operation and adds it to the chain.
pub(super) fn keep_operation(
    tx: &Transaction,
    circle: &Circle,
    operation: &Operation,
) -> Result<Head> {
    tx.prepare_cached("insert into operation(circle, hash, bytes) values(?1, ?2, ?3)")?
        .execute(params![
            circle.no,
            operation.hash.as_slice(),
            operation.bytes
        ])?;
    mark(tx, &operation.bytes)
}

/// Keeps a key of a share group.
pub(super) fn keep_key(
    tx: &Transaction,
    circle: &Circle,
    group: Group,
    epoch: &[u8; 32],
    key: &GroupSecret,
) -> Result<()> {
    tx.prepare_cached(
        "insert or replace into epoch_key(circle, share_group, epoch, key) values(?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        circle.no,
        group.as_str(),
        epoch.as_slice(),
        key.bytes().as_slice()
    ])?;
    Ok(())
}

/// An invitation as the inviter keeps it.
pub(super) struct Invited {
    pub proof: Zeroizing<[u8; 32]>,
    pub role: String,
    pub groups: Groups,
    pub until: Option<String>,
    pub expires: i64,
    pub used_by: Option<[u8; 32]>,
}

/// The invitation with this hash.
///
/// # Errors
/// [`Error::UnknownId`] for one that this device did not make.
pub(super) fn invitation(db: &Connection, circle: &Circle, hash: &Hash) -> Result<Invited> {
    let sql = "select proof, role, share_groups, until, expires, used_by from invitation where circle = ?1 and hash = ?2";
    db.prepare_cached(sql)?
        .query_row(params![circle.no, hash.as_slice()], |row| {
            Ok(Invited {
                proof: Zeroizing::new(row.get(0)?),
                role: row.get(1)?,
                groups: Groups::from_bits(row.get(2)?),
                until: row.get(3)?,
                expires: row.get(4)?,
                used_by: row.get(5)?,
            })
        })
        .optional()?
        .ok_or(Error::UnknownId)
}

/// Notes who used an invitation.
pub(super) fn use_invitation(
    tx: &Transaction,
    circle: &Circle,
    hash: &Hash,
    device: &[u8; 32],
) -> Result<()> {
    tx.execute(
        "update invitation set used_by = ?3 where circle = ?1 and hash = ?2 and used_by is null",
        params![circle.no, hash.as_slice(), device.as_slice()],
    )?;
    Ok(())
}
