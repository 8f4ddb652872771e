//! The recovery code of a person: made, tried, and used to let in a new device after which it ends.
//!
//! Source: `SPEC.md`, Recovery code; docs/adr/0034. What is kept of a code is its public key and whether it was tried.

use super::access;
use super::vault::Vault;
use crate::circle::epoch::{self, Keyring};
use crate::circle::named::heads_for;
use crate::circle::operation::{Act, Operation, member_id};
use crate::circle::recovery_code::{RecoveryAnswer, RecoveryCode, RecoveryRequest};
use crate::circle::standing::MemberStanding;
use crate::circle::{AccessLog, Groups, Roster};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::Acting;
use crate::store::identity::{DeviceKeys, DevicePublic};
use rusqlite::{OptionalExtension, params};

/// What is known of the recovery code that holds now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// Its Ed25519 public key.
    pub key: [u8; 32],
    /// When it was made, in Unix seconds by the clock of the device that made it.
    pub made: i64,
    /// When it was last tried on this device, and opened everything.
    pub tried: Option<i64>,
}

impl Vault {
    /// Makes a recovery code, in place of an earlier one, which ends. Nothing of it is kept here but its public keys,
    /// so it can be shown this once.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] on a device that was taken out; those of storage and of the random source.
    pub fn make_recovery(&mut self, acting: Acting, entropy: &dyn Entropy) -> Result<RecoveryCode> {
        self.make_recovery_shown(acting, entropy, |_, _| Ok(()))
    }

    /// As [`Vault::make_recovery`], where an earlier code ends only once the new one was shown. One that could not be
    /// shown ends at once.
    ///
    /// # Errors
    /// Those of [`Vault::make_recovery`], and what showing it said: then the earlier code holds as before.
    pub fn make_recovery_shown(
        &mut self,
        acting: Acting,
        entropy: &dyn Entropy,
        show: impl FnOnce(&Vault, &RecoveryCode) -> Result<()>,
    ) -> Result<RecoveryCode> {
        let own = self.own()?;
        let standing = self.roster(&own)?.standing;
        let Some((member, known)) = standing.present(&self.keys.public().sign) else {
            return Err(Error::NotAllowed);
        };
        let code = RecoveryCode::generate(entropy)?;
        let device = code.keys()?.public();
        let member = member.clone();
        self.write_operation(&own, acting, Act::AddRecovery { member, device })?;
        let shown = show(self, &code);
        let earlier = known.recovery_keys().map(|key| key.public.sign);
        let ends: Vec<[u8; 32]> = match &shown {
            Ok(()) => earlier.collect(),
            Err(_) => vec![device.sign],
        };
        for device in ends {
            let act = Act::RemoveDevice {
                device,
                seen: Vec::new(),
            };
            self.write_operation(&own, acting, act)?;
        }
        self.take_keys(&own)?;
        self.renew_keys(&own, acting, entropy)?;
        self.follow_devices(acting, entropy)?;
        shown.map(|()| code)
    }

    /// The recovery code that holds now, if there is one.
    ///
    /// # Errors
    /// Those of storage.
    pub fn recovery(&self) -> Result<Option<Recovery>> {
        let log = self.access_log(&self.own()?)?;
        let standing = Roster::of(&log).standing;
        let member = standing.present(&self.keys.public().sign);
        let Some(known) = member.and_then(|(_, member)| member.recovery_keys().last()) else {
            return Ok(None);
        };
        let key = known.public.sign;
        let sql = "select at from recovery_tried where key = ?1";
        let tried = self
            .db
            .query_row(sql, params![key.as_slice()], |row| row.get(0))
            .optional()?;
        Ok(Some(Recovery {
            key,
            made: log.get(&known.added).map_or(0, |made| made.at),
            tried,
        }))
    }

    /// Tries a code: whether it is the one that holds, and opens every group this device can open. Notes that, and lets
    /// nobody in.
    ///
    /// # Errors
    /// [`Error::WrongKey`] for another code, one that has ended, and one that does not open everything.
    pub fn try_recovery(&mut self, code: &RecoveryCode, acting: Acting) -> Result<Recovery> {
        let keys = code.keys()?;
        let known = self.recovery()?.ok_or(Error::WrongKey)?;
        if known.key != keys.public().sign || !self.opens_everything(&keys)? {
            return Err(Error::WrongKey);
        }
        self.db.execute(
            "insert or replace into recovery_tried(key, at) values(?1, ?2)",
            params![known.key.as_slice(), acting.at.timestamp()],
        )?;
        self.recovery()?.ok_or(Error::WrongKey)
    }

    /// Whether a recovery key opens the present keys of every group that this device holds them of.
    fn opens_everything(&self, recovery: &DeviceKeys) -> Result<bool> {
        for circle in self.circles()? {
            let log = self.access_log(&circle)?;
            let roster = Roster::of(&log);
            if roster.standing.present(&self.keys.public().sign).is_none() {
                continue;
            }
            let (held, opened) = (
                self.keyring(&circle)?,
                opened_with(&circle.id, &roster, recovery)?,
            );
            for group in Groups::EVERYTHING.iter() {
                let epoch = roster.epoch_for(&log, group);
                let lacks = epoch.is_some_and(|epoch| {
                    held.get(group, &epoch).is_some() && opened.get(group, &epoch).is_none()
                });
                if lacks {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Answers somebody who has a person's recovery code and asks for a new device: the access logs of the circles both
    /// share, with which the new device lets itself in.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] for who does not have the code, or one that is not known here or has ended.
    pub fn answer_recovery(&self, request: &RecoveryRequest) -> Result<RecoveryAnswer> {
        if !request.is_rightful()? {
            return Err(Error::NotAllowed);
        }
        let (mut circles, me) = (Vec::new(), self.keys.public().sign);
        for circle in self.circles()? {
            let access = self.access(&circle)?;
            let is_in = access.roster.standing.present(&me).is_some();
            if is_in && recovers(&access.roster, &request.recovery).is_some() {
                let told = access.log.operations().map(|made| made.bytes.clone());
                circles.push((circle.id, told.collect()));
            }
        }
        if circles.is_empty() {
            return Err(Error::NotAllowed);
        }
        // One that is known by what is written in it: the asker cannot see that before it is in.
        let team = self.team()?.map(|team| team.id);
        let is_told = |team: &Id| circles.iter().any(|(id, _)| id == team);
        let teams = team.into_iter().filter(is_told).collect();
        Ok(RecoveryAnswer { circles, teams })
    }

    /// Lets this device in with a recovery code, into the circles that another device answered with; the record comes
    /// with the meeting that follows. The code ends, and the one that takes its place is given back.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] where nothing in the answer knows the code; those of storage and of the random source.
    pub fn recover_with(
        &mut self,
        code: &RecoveryCode,
        answer: &RecoveryAnswer,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<RecoveryCode> {
        let keys = code.keys()?;
        let mut own = None;
        for (id, operations) in &answer.circles {
            let log = AccessLog::checked(id, operations.iter().map(Vec::as_slice));
            let roster = Roster::of(&log);
            // Both keys, though the request named one: who is in none of these circles does not know the other, and
            // cannot make a record up that would be taken for the person's own.
            let Some(member) = recovers_as(&roster, |public| *public == keys.public()) else {
                continue;
            };
            let mut told = operations.clone();
            if let Some(made) = self.lets_in(&keys, id, &log, &roster, &member, acting)? {
                told.push(made.bytes);
            }
            let first = is_persons(&log, &member) && !answer.teams.contains(id);
            let circle = self.enter_log(id, &told, first, acting)?;
            if first {
                let role = roster.standing.members.get(&member);
                let staff = role.is_some_and(|member| member.role == "staff");
                self.set_setting("role", if staff { b"staff" } else { b"person" })?;
                own = Some(circle);
            }
        }
        if let Some(own) = &own {
            self.put_away_for(own, acting)?;
        }
        // The sync that follows tells others that the code was used and has ended: that does not wait for paper.
        self.finish_recovery(&keys, acting, entropy, |_, _| Ok(()))
    }

    /// As [`Vault::recover_with`], into the circles kept here that know the code: after a backup was brought back. The code
    /// ends once the next one was shown.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] where no record kept here knows the code, or it has ended; what showing said: then this device
    /// is in, and the code holds as before.
    pub(super) fn recover_here(
        &mut self,
        code: &RecoveryCode,
        acting: Acting,
        entropy: &dyn Entropy,
        show: impl FnOnce(&Vault, &RecoveryCode) -> Result<()>,
    ) -> Result<RecoveryCode> {
        let keys = code.keys()?;
        for circle in self.circles()? {
            let log = self.access_log(&circle)?;
            let roster = Roster::of(&log);
            let Some(member) = recovers(&roster, &keys.public().sign) else {
                continue;
            };
            if let Some(made) = self.lets_in(&keys, &circle.id, &log, &roster, &member, acting)? {
                let tx = Self::begin(&mut self.db)?;
                let head = access::keep_operation(&tx, &circle, &made)?;
                tx.commit()?;
                self.witnessed(&head);
            }
        }
        self.finish_recovery(&keys, acting, entropy, show)
    }

    /// Uses a code on a home that has the record already but was not let in yet, as after a backup whose bringing back
    /// was cut off. `None` where no record kept here waits for that. The code ends once the next one was shown.
    ///
    /// # Errors
    /// Those of storage and of the random source; what showing said: then this device is in, and the code holds as before.
    pub fn recover_kept(
        &mut self,
        code: &RecoveryCode,
        acting: Acting,
        entropy: &dyn Entropy,
        show: impl FnOnce(&Vault, &RecoveryCode) -> Result<()>,
    ) -> Result<Option<RecoveryCode>> {
        let key = code.keys()?.public().sign;
        for circle in self.circles()? {
            let roster = self.roster(&circle)?;
            let out = roster.standing.present(&self.keys.public().sign).is_none();
            if out && recovers(&roster, &key).is_some() {
                return self.recover_here(code, acting, entropy, show).map(Some);
            }
        }
        Ok(None)
    }

    /// The operation by which a recovery key lets this device in; none where it is in.
    fn lets_in(
        &self,
        recovery: &DeviceKeys,
        circle: &Id,
        log: &AccessLog,
        roster: &Roster,
        member: &Id,
        acting: Acting,
    ) -> Result<Option<Operation>> {
        let device = self.keys.public();
        if roster.standing.owner_of(&device.sign).is_some() {
            return Ok(None);
        }
        let act = Act::AddDevice {
            member: member.clone(),
            device,
        };
        let at = acting.at.timestamp();
        let heads = heads_for(log, &recovery.public().sign, &[]);
        Operation::sign(recovery, circle, &heads, at, act).map(Some)
    }

    /// Opens the keys that were sealed to the code, hands them to this device, and puts another code in its place once that
    /// was shown.
    fn finish_recovery(
        &mut self,
        recovery: &DeviceKeys,
        acting: Acting,
        entropy: &dyn Entropy,
        show: impl FnOnce(&Vault, &RecoveryCode) -> Result<()>,
    ) -> Result<RecoveryCode> {
        let (key, me) = (recovery.public().sign, self.keys.public().sign);
        let mut used = false;
        for circle in self.circles()? {
            let roster = self.roster(&circle)?;
            if recovers(&roster, &key).is_none() || roster.standing.present(&me).is_none() {
                continue;
            }
            used = true;
            let opened = opened_with(&circle.id, &roster, recovery)?;
            let tx = Self::begin(&mut self.db)?;
            for (group, epoch, secret) in opened.iter() {
                access::keep_key(&tx, &circle, group, epoch, secret)?;
            }
            tx.commit()?;
            self.take_keys(&circle)?;
            self.renew_keys(&circle, acting, entropy)?;
            self.retry_waiting(&circle, acting)?;
        }
        if !used {
            return Err(Error::NotAllowed);
        }
        let own = self.own()?;
        let next = self.make_recovery_shown(acting, entropy, show)?;
        // Where the own record is not among those that knew the code, it does not lead there yet.
        let device = next.keys()?.public();
        for circle in self.circles()?.iter().filter(|circle| **circle != own) {
            let standing = self.roster(circle)?.standing;
            let Some((member, known)) = standing.present(&me) else {
                continue;
            };
            if known.recovery_keys().any(|k| k.public.sign == key) {
                if standing.owner_of(&device.sign).is_none() {
                    let member = member.clone();
                    self.write_operation(circle, acting, Act::AddRecovery { member, device })?;
                }
                let act = Act::RemoveDevice {
                    device: key,
                    seen: Vec::new(),
                };
                self.write_operation(circle, acting, act)?;
                self.take_keys(circle)?;
                self.renew_keys(circle, acting, entropy)?;
            }
        }
        Ok(next)
    }
}

/// Whose recovery key this is, and holds.
fn recovers(roster: &Roster, key: &[u8; 32]) -> Option<Id> {
    recovers_as(roster, |public| public.sign == *key)
}

fn recovers_as(roster: &Roster, is_it: impl Fn(&DevicePublic) -> bool) -> Option<Id> {
    let has = |member: &MemberStanding| member.recovery_keys().any(|k| is_it(&k.public));
    let members = roster.standing.members.iter();
    let mut found = members.filter(|(_, member)| has(member));
    found.next().map(|(id, _)| id.clone())
}

/// Whether a record is a member's own: founded on their first device.
fn is_persons(log: &AccessLog, member: &Id) -> bool {
    let root = log.operations().next();
    root.is_some_and(|root| {
        matches!(root.act, Act::Found { steward: false, .. }) && member_id(&root.author) == *member
    })
}

/// Every key that a recovery key opens.
fn opened_with(circle: &Id, roster: &Roster, recovery: &DeviceKeys) -> Result<Keyring> {
    let mut keyring = Keyring::default();
    let mut grows = true;
    while grows {
        grows = false;
        for (hash, told, wraps) in roster.epochs() {
            grows |= epoch::open(circle, hash, told, wraps, recovery, &mut keyring)?;
        }
    }
    Ok(keyring)
}
