//! Circles that a device is in and does not know of yet: who came in by a team, or by another device of the same person.
//!
//! Nothing in such a circle can be found by somebody who does not know its name. So the letters between two devices of
//! one person, and of one team, say which ones there are; the letter that lies in the circle itself then lets the device
//! in, as a meeting does. Source: `SPEC.md`, Parcels; docs/adr/0047.

use super::Parcels;
use crate::circle::standing::Standing;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::Acting;
use crate::store::identity::DevicePublic;
use crate::store::vault::{Circle, Vault};
use crate::sync::parcel::letter;
use crate::sync::parcel::{Label, PARCEL_CAP, Shelf};
use rusqlite::params;
use std::collections::{BTreeSet, HashMap};

/// The most circles told of in one letter; more go once these are known.
const TELLS_CAP: usize = 1_000;

/// Circles to tell each device of, in the letters of a circle, by its number.
pub(super) type Telling = HashMap<(i64, [u8; 32]), Vec<Id>>;

/// A circle that is not kept here and that a device told of.
pub(super) struct Told {
    pub id: Id,
    pub by: DevicePublic,
}

impl Vault {
    /// What the letters of the own record and of the team are to tell: the circles in which a device of the same person
    /// or team is, and in which nothing was ever heard of it.
    pub(super) fn telling(&self) -> Result<Telling> {
        let (me, circles) = (self.keys().public().sign, self.circles()?);
        let mut telling = Telling::new();
        for between in self.told_in()? {
            let access = self.access(&between)?;
            for device in together(&access.roster.standing, &between, &circles, &me) {
                let mut tells = Vec::new();
                for circle in circles.iter().filter(|circle| **circle != between) {
                    let access = self.access(circle)?;
                    let standing = &access.roster.standing;
                    let both = [&me, &device.sign].map(|key| standing.present(key).is_some());
                    if both == [true; 2] && !self.heard_of(circle, &device.sign)? {
                        tells.push(circle.id.clone());
                    }
                }
                tells.sort_unstable();
                tells.truncate(TELLS_CAP);
                if !tells.is_empty() {
                    telling.insert((between.no, device.sign), tells);
                }
            }
        }
        Ok(telling)
    }

    /// Notes which circles a letter of this circle told of, in place of what the one before told. Returns how many are
    /// not kept here.
    pub(super) fn note_told(
        &mut self,
        circle: &Circle,
        from: &[u8; 32],
        tells: &[Id],
    ) -> Result<usize> {
        let before = "delete from told where circle = ?1 and device = ?2";
        let told_by = params![circle.no, from.as_slice()];
        if tells.is_empty() {
            self.db.prepare_cached(before)?.execute(told_by)?;
            return Ok(0);
        }
        if !self.told_in()?.contains(circle) || !self.may_tell(from)? {
            return Ok(0);
        }
        let tx = Self::begin(&mut self.db)?;
        tx.prepare_cached(before)?.execute(told_by)?;
        let mut noted = 0;
        for id in tells.iter().take(TELLS_CAP) {
            noted += tx
                .prepare_cached(
                    "insert or ignore into told(circle, device, id) select ?1, ?2, ?3
                 where not exists(select 1 from circle where id = ?3)",
                )?
                .execute(params![circle.no, from.as_slice(), id.as_str()])?;
        }
        tx.commit()?;
        Ok(noted)
    }

    /// The circles that were told of and are not kept here, as far as who told of them may still do so.
    pub(super) fn told(&self) -> Result<Vec<Told>> {
        let (me, circles) = (self.keys().public().sign, self.circles()?);
        let known: BTreeSet<&Id> = circles.iter().map(|circle| &circle.id).collect();
        let mut all = Vec::new();
        for between in self.told_in()? {
            let access = self.access(&between)?;
            for device in together(&access.roster.standing, &between, &circles, &me) {
                let mut statement = self
                    .db
                    .prepare_cached("select id from told where circle = ?1 and device = ?2")?;
                let mut rows = statement.query(params![between.no, device.sign.as_slice()])?;
                while let Some(row) = rows.next()? {
                    let id = Id::read(row.get::<_, String>(0)?);
                    if !known.contains(&id) && self.tombstone(&id)?.is_none() {
                        all.push(Told { id, by: device });
                    }
                }
            }
        }
        Ok(all)
    }

    /// Enters a circle that was told of, if the letter that lies there lets this device in. Whether it is kept here now.
    pub(super) fn open_told(
        &mut self,
        shelf: &dyn Shelf,
        told: &Told,
        label: &Label,
        acting: Acting,
        passed: &mut Parcels,
    ) -> Result<bool> {
        if self.circles()?.iter().any(|circle| circle.id == told.id) {
            // Another one told of it too, and this device has just entered.
            return Ok(true);
        }
        let bytes = shelf.read(label, PARCEL_CAP)?.unwrap_or_default();
        let letter = letter::read(self.keys(), &told.id, &told.by.sign, &bytes);
        let Some(letter) = letter else {
            passed.pass_over("letter");
            if !label.fits(&bytes) {
                shelf.set_aside(label)?;
            }
            return Ok(false);
        };
        match self.enter_told(&told.by.sign, &told.id, &letter.operations, acting) {
            Ok(circle) => {
                passed.entered.push(circle.id);
                Ok(true)
            }
            Err(Error::NotAllowed) => {
                passed.pass_over("told");
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// The circles in whose letters others are told of: the own record, and the team.
    fn told_in(&self) -> Result<Vec<Circle>> {
        let own = match self.own() {
            Ok(own) => Some(own),
            // Nothing is left here but that a record was erased.
            Err(Error::UnknownId) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        Ok(own.into_iter().chain(self.team()?).collect())
    }

    /// Whether a device ever said anything in a circle, in a letter or in a meeting.
    fn heard_of(&self, circle: &Circle, device: &[u8; 32]) -> Result<bool> {
        let sql = "select 1 from letter where circle = ?1 and device = ?2 and (read > 0 or have is not null)";
        let mut heard = self.db.prepare_cached(sql)?;
        Ok(heard.exists(params![circle.no, device.as_slice()])?)
    }
}

/// The other devices of the same person in their own record, the first of the circles here; in a team's all that are in.
fn together(
    standing: &Standing,
    between: &Circle,
    circles: &[Circle],
    me: &[u8; 32],
) -> Vec<DevicePublic> {
    let Some((mine, _)) = standing.present(me) else {
        return Vec::new();
    };
    let own = circles.first() == Some(between);
    let members = standing.members.iter();
    let members = members.filter(|(id, _)| !own || *id == mine);
    members
        .flat_map(|(_, member)| member.devices_present())
        .map(|device| device.public)
        .filter(|device| device.sign != *me)
        .collect()
}
