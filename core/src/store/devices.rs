//! Several devices of one person: a code lets a further one in, everywhere the person is; a lost one is taken out
//! everywhere. The person's own record says which devices they have, and every other circle follows it.
//!
//! Source: `SPEC.md`, Further devices; docs/adr/0033.

use super::access;
use super::vault::{Circle, Vault, meta, set_meta};
use crate::circle::Roster;
use crate::circle::device_code::{DeviceCode, DeviceRequest, DeviceWelcome, GOOD_FOR};
use crate::circle::invitation::inviter_tag;
use crate::circle::named::heads_for;
use crate::circle::operation::{Act, Operation};
use crate::circle::standing::DeviceStanding;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::{Id, digest};
use crate::record::Acting;
use crate::record::change::Hash;
use rusqlite::{OptionalExtension, Transaction, params};
use zeroize::Zeroizing;

/// Meta key: what the own record's devices and the list of circles were when every circle followed them.
pub(super) const FOLLOWED: &str = "devices_followed";

/// A device of the person whose profile this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnDevice {
    /// Its id.
    pub id: Id,
    /// Whether it is this one.
    pub this: bool,
    /// Whether it was taken out: lost, or given away.
    pub lost: bool,
    /// When it was let in, in Unix seconds by the clock of the device that did.
    pub added: i64,
}

impl Vault {
    /// Makes a code for a further device, good once and for 1 hour by this device's clock.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] on a device that was taken out; those of storage and of the random source.
    pub fn show_device_code(
        &mut self,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<DeviceCode> {
        let (own, me) = (self.own()?, self.keys.public().sign);
        if self.roster(&own)?.standing.present(&me).is_none() {
            return Err(Error::NotAllowed);
        }
        let made = DeviceCode::new(&me, acting.at.timestamp() + GOOD_FOR, entropy)?;
        let tx = Self::begin(&mut self.db)?;
        tx.execute(
            "insert into device_code(hash, proof, expires) values(?1, ?2, ?3)",
            params![
                made.hash().as_slice(),
                made.proof_key().as_slice(),
                made.expires
            ],
        )?;
        tx.commit()?;
        Ok(made)
    }

    /// Takes in a further device that asks with a code of this one: into the own record and every circle the person is
    /// in, with the keys. Asking again from the same device gives the same answer.
    ///
    /// # Errors
    /// [`Error::UnknownId`] for a code this device did not show; [`Error::NotAllowed`] for one that was used by another
    /// device, has ended, or whose secret the asker does not know, and for a device that is or was in.
    pub fn admit_device(
        &mut self,
        request: &DeviceRequest,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<DeviceWelcome> {
        let (own, me, at) = (self.own()?, self.keys.public().sign, acting.at.timestamp());
        let log = self.access_log(&own)?;
        let roster = Roster::of(&log);
        let Some((member, _)) = roster.standing.present(&me) else {
            return Err(Error::NotAllowed);
        };
        let tx = Self::begin(&mut self.db)?;
        let shown = shown_code(&tx, &request.code)?;
        if !request.is_rightful(&shown.proof)? {
            return Err(Error::NotAllowed);
        }
        let asks = request.device.sign;
        match shown.used_by {
            Some(device) if device != asks => return Err(Error::NotAllowed),
            Some(_) => drop(tx),
            None => {
                // The clock of the device that showed the code judges.
                if at > shown.expires || roster.standing.owner_of(&asks).is_some() {
                    return Err(Error::NotAllowed);
                }
                let act = Act::AddDevice {
                    member: member.clone(),
                    device: request.device,
                };
                let heads = heads_for(&log, &self.keys.public().sign, &[]);
                let made = Operation::sign(&self.keys, &own.id, &heads, at, act)?;
                if !Roster::rightful(&log, &made) {
                    return Err(Error::NotAllowed);
                }
                tx.execute(
                    "update device_code set used_by = ?2 where hash = ?1",
                    params![request.code.as_slice(), asks.as_slice()],
                )?;
                let head = access::keep_operation(&tx, &own, &made)?;
                tx.commit()?;
                self.witnessed(&head);
            }
        }
        // From now on there is another device to get things.
        self.take_keys(&own)?;
        self.follow_devices(acting, entropy)?;
        let mut circles = Vec::new();
        for circle in self.circles()? {
            let log = self.access_log(&circle)?;
            if Roster::of(&log).standing.present(&asks).is_some() {
                let told = log.operations().map(|made| made.bytes.clone());
                circles.push((circle.id, told.collect()));
            }
        }
        let role = if self.is_staff()? { "staff" } else { "person" };
        Ok(DeviceWelcome {
            role: role.into(),
            circles,
        })
    }

    /// Makes this the further device of a person, with what the device that showed the code answered. The record
    /// itself comes with the meeting that follows. The record this home was made with is put away if nothing was
    /// written in it; else it stays readable, marked as of the same person.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] if the answer does not let this device in, or is not of the device that showed the code.
    pub fn enter_as_device(
        &mut self,
        code: &DeviceCode,
        welcome: &DeviceWelcome,
        acting: Acting,
    ) -> Result<Circle> {
        let Some((id, operations)) = welcome.circles.first() else {
            return Err(Error::NotAllowed);
        };
        let role = crate::record::acts::one_of(&["person", "staff"], &welcome.role, "role")?;
        let me = self.keys.public().sign;
        let log = crate::circle::AccessLog::checked(id, operations.iter().map(Vec::as_slice));
        let let_in = Roster::of(&log)
            .standing
            .present(&me)
            .and_then(|(_, member)| member.devices.iter().find(|d| d.public.sign == me))
            .and_then(|device| log.get(&device.added));
        if let_in.is_none_or(|made| inviter_tag(&made.author) != code.shown_by) {
            return Err(Error::NotAllowed);
        }
        self.set_setting("role", role.as_bytes())?;
        let own = self.enter_log(id, operations, true, acting)?;
        for (id, operations) in &welcome.circles[1..] {
            self.enter_log(id, operations, false, acting)?;
        }
        self.put_away_for(&own, acting)?;
        Ok(own)
    }

    /// Enters a circle that a device of the same person or of the same team tells of; and one that anybody tells of, if it
    /// was a keeper of the own team who let this device in.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] if neither is so, or the log does not let this one in.
    pub(crate) fn enter_told(
        &mut self,
        by: &[u8; 32],
        id: &Id,
        operations: &[Vec<u8>],
        acting: Acting,
    ) -> Result<Circle> {
        if self.may_tell(by)? || self.is_let_in_by_team(operations)? {
            self.enter_log(id, operations, false, acting)
        } else {
            Err(Error::NotAllowed)
        }
    }

    /// Whether what a device tells of circles that are not kept here is looked at, whatever it tells.
    pub(crate) fn may_tell(&self, device: &[u8; 32]) -> Result<bool> {
        Ok(self.is_own_device(device)? || self.is_team_mate(device)?)
    }

    /// Whether a device is a present one of the person whose profile this is.
    pub(crate) fn is_own_device(&self, device: &[u8; 32]) -> Result<bool> {
        let own = match self.own() {
            // Nothing is left here but that a record was erased.
            Err(Error::UnknownId) => return Ok(false),
            own => own?,
        };
        let standing = self.roster(&own)?.standing;
        let me = standing.present(&self.keys.public().sign).map(|(id, _)| id);
        Ok(me.is_some() && standing.present(device).map(|(id, _)| id) == me)
    }

    /// The person's devices as their own record says, in the order they were let in.
    ///
    /// # Errors
    /// Those of storage.
    pub fn devices(&self) -> Result<Vec<OwnDevice>> {
        let (own, me) = (self.own()?, self.keys.public().sign);
        let log = self.access_log(&own)?;
        let roster = Roster::of(&log);
        let standing = &roster.standing;
        let mine = roster
            .whose(&me)
            .and_then(|member| standing.members.get(member));
        let mut devices: Vec<OwnDevice> = mine
            .into_iter()
            .flat_map(|member| &member.devices)
            .filter(|device| !device.recovery)
            .map(|device| OwnDevice {
                id: device.public.device_id(),
                this: device.public.sign == me,
                lost: !device.removed.is_empty(),
                added: log.get(&device.added).map_or(0, |made| made.at),
            })
            .collect();
        if !devices.iter().any(|device| device.this) {
            // A record that was brought in without an access log has this device alone; in one where it was not let in,
            // because its recovery code had been used, it counts as taken out.
            devices.push(OwnDevice {
                id: self.keys.device_id(),
                this: true,
                lost: !log.is_empty(),
                added: roster.by_used_code(&log, &me).map_or(0, |made| made.at),
            });
        }
        Ok(devices)
    }

    /// Takes a lost device out of every circle of the person, and makes new keys at once where the person may. Doing it
    /// again changes nothing.
    ///
    /// # Errors
    /// [`Error::UnknownId`], [`Error::AmbiguousId`]; [`Error::NotAnAnswer`] for this device itself;
    /// [`Error::NotAllowed`] on a device that was taken out.
    pub fn lose_device(
        &mut self,
        prefix: &Id,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<OwnDevice> {
        let devices = self.devices()?;
        let id = prefix.among(devices.iter().map(|d| (&d.id, d)))?.id.clone();
        let (own, me) = (self.own()?, self.keys.public().sign);
        let standing = self.roster(&own)?.standing;
        let Some((_, member)) = standing.present(&me) else {
            return Err(Error::NotAllowed);
        };
        let lost = member.devices.iter().filter(|device| !device.recovery);
        let mut lost = lost.filter(|device| device.public.device_id() == id);
        let lost = lost.next().ok_or(Error::UnknownId)?;
        if lost.public.sign == me {
            return Err(Error::not_so("device-in-use"));
        }
        if lost.removed.is_empty() {
            self.take_out_device(&own, lost.public.sign, acting)?;
        }
        self.follow_devices(acting, entropy)?;
        let devices = self.devices()?.into_iter();
        let mut shown = devices.filter(|device| device.id == id);
        shown.next().ok_or(Error::UnknownId)
    }

    fn take_out_device(&mut self, circle: &Circle, device: [u8; 32], acting: Acting) -> Result<()> {
        let seen = self.seen_of(circle, &[device])?;
        self.write_operation(circle, acting, Act::RemoveDevice { device, seen })?;
        self.take_keys(circle)
    }

    /// Lets what the own record says of the person's devices hold in every circle the person is in, and hands out and
    /// renews keys. Does nothing where nothing has changed since.
    ///
    /// # Errors
    /// Those of storage and of the random source.
    pub fn follow_devices(&mut self, acting: Acting, entropy: &dyn Entropy) -> Result<()> {
        let circles = self.circles()?;
        let Some(own) = circles.first() else {
            return Ok(());
        };
        let heads = self.access_log(own)?.heads();
        let ids: Vec<&[u8]> = circles.iter().map(|c| c.id.as_str().as_bytes()).collect();
        let now = digest(&[&heads.concat(), &ids.concat()]);
        if meta(&self.db, FOLLOWED)?.as_deref() == Some(&now[..]) {
            return Ok(());
        }
        self.renew_keys(own, acting, entropy)?;
        let standing = self.roster(own)?.standing;
        let me = self.keys.public().sign;
        let Some((_, member)) = standing.present(&me) else {
            return Ok(());
        };
        for circle in &circles[1..] {
            self.follow_in(circle, &member.devices, acting, entropy)?;
        }
        let heads = self.access_log(own)?.heads();
        let now = digest(&[&heads.concat(), &ids.concat()]);
        set_meta(&self.db, FOLLOWED, &now)
    }

    fn follow_in(
        &mut self,
        circle: &Circle,
        devices: &[DeviceStanding],
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<()> {
        let standing = self.roster(circle)?.standing;
        let Some((me, member)) = standing.present(&self.keys.public().sign) else {
            return Ok(());
        };
        let mut changed = false;
        for device in devices {
            let here = member.devices.iter();
            let mut here = here.filter(|known| known.public.sign == device.public.sign);
            let lost = !device.removed.is_empty();
            let written = match here.next() {
                Some(known) if lost && known.removed.is_empty() => {
                    self.take_out_device(circle, device.public.sign, acting)
                }
                None if !lost && standing.owner_of(&device.public.sign).is_none() => {
                    let (member, public) = (me.clone(), device.public);
                    let act = if device.recovery {
                        Act::AddRecovery {
                            member,
                            device: public,
                        }
                    } else {
                        Act::AddDevice {
                            member,
                            device: public,
                        }
                    };
                    self.write_operation(circle, acting, act).map(|_| ())
                }
                _ => continue,
            };
            match written {
                Ok(()) => changed = true,
                // Another member's, or more than a member may have: one circle holds up no other.
                Err(Error::NotAllowed) => {}
                Err(error) => return Err(error),
            }
        }
        if changed {
            self.renew_keys(circle, acting, entropy)?;
            self.take_keys(circle)?;
        }
        Ok(())
    }
}

/// A code as the device that showed it keeps it.
struct Shown {
    proof: Zeroizing<[u8; 32]>,
    expires: i64,
    used_by: Option<[u8; 32]>,
}

fn shown_code(tx: &Transaction, hash: &Hash) -> Result<Shown> {
    let sql = "select proof, expires, used_by from device_code where hash = ?1";
    let found = tx
        .query_row(sql, params![hash.as_slice()], |row| {
            Ok(Shown {
                proof: Zeroizing::new(row.get(0)?),
                expires: row.get(1)?,
                used_by: row.get(2)?,
            })
        })
        .optional()?;
    found.ok_or(Error::UnknownId)
}
