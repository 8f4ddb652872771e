//! What a link to another device is made of: this device's key for it, the secrets of invitations that are out, whose
//! key the other side showed, and where a device was last reached.

use super::identity::DevicePublic;
use super::vault::Vault;
use crate::circle::invitation::{link_secret, link_tag};
use crate::error::Result;
use crate::record::Acting;
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeSet;
use zeroize::Zeroizing;

/// The most addresses that are remembered.
const REACHED_CAP: i64 = 256;

/// The key of a link under a code, as the device that showed it keeps it.
pub struct LinkSecret {
    /// By what a caller names the code.
    pub tag: [u8; 8],
    /// The secret both sides know.
    pub secret: Zeroizing<[u8; 32]>,
}

impl Vault {
    /// The X25519 secret of this device, as the static key of a Noise link. Only for making one; it is wiped when dropped.
    pub fn link_key(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.keys.seal_secret().to_bytes())
    }

    /// The secrets of the invitations and device codes of this device. Those that ended or were used too: who holds one is told so, and
    /// who was let in with one and lost the answer asks again.
    ///
    /// # Errors
    /// Those of storage.
    pub fn link_secrets(&self) -> Result<Vec<LinkSecret>> {
        let sql =
            "select hash, proof from invitation union all select hash, proof from device_code";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let proof = Zeroizing::new(row.get::<_, [u8; 32]>(1)?);
            Ok(LinkSecret {
                tag: link_tag(&row.get(0)?),
                secret: link_secret(&proof),
            })
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// The device with this X25519 key, where a circle kept here has or had it in.
    ///
    /// # Errors
    /// Those of storage.
    pub fn device_by_link_key(&self, seal: &[u8; 32]) -> Result<Option<DevicePublic>> {
        self.known_device(|device| device.seal == *seal)
    }

    /// The device with this Ed25519 key, where a circle kept here has or had it in.
    ///
    /// # Errors
    /// Those of storage.
    pub fn device_by_sign_key(&self, sign: &[u8; 32]) -> Result<Option<DevicePublic>> {
        self.known_device(|device| device.sign == *sign)
    }

    /// The Ed25519 key of the one device that a link with this X25519 key can be of: `None` where no circle kept here has
    /// or had such a device in, or circles disagree which two keys belong together. Each circle took its members' word
    /// for that, so only the link of a device on which all agree says who is there.
    ///
    /// # Errors
    /// Those of storage.
    pub fn device_by_link(&self, seal: &[u8; 32]) -> Result<Option<[u8; 32]>> {
        let mut pairs = BTreeSet::new();
        for circle in self.circles()? {
            let access = self.access(&circle)?;
            let members = access.roster.standing.members.values();
            let devices = members.flat_map(|member| &member.devices);
            pairs.extend(devices.map(|device| (device.public.sign, device.public.seal)));
        }
        let with_seal = |pair: &&([u8; 32], [u8; 32])| pair.1 == *seal;
        let Some((sign, _)) = pairs.iter().find(with_seal) else {
            return Ok(None);
        };
        let of_either = pairs
            .iter()
            .filter(|pair| pair.0 == *sign || pair.1 == *seal);
        Ok((of_either.count() == 1).then_some(*sign))
    }

    fn known_device(&self, is_it: impl Fn(&DevicePublic) -> bool) -> Result<Option<DevicePublic>> {
        for circle in self.circles()? {
            let roster = self.roster(&circle)?;
            let mut members = roster.standing.members.values();
            let found = members.find_map(|member| {
                let mut devices = member.devices.iter().map(|device| device.public);
                devices.find(|device| is_it(device))
            });
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// The X25519 key of the device that was last reached at this address.
    ///
    /// # Errors
    /// Those of storage.
    pub fn reached_at(&self, address: &str) -> Result<Option<[u8; 32]>> {
        Ok(self
            .db
            .prepare_cached("select seal from reached where address = ?1")?
            .query_row(params![address], |row| row.get(0))
            .optional()?)
    }

    /// Notes which device answered at this address, so that the next meeting begins with its key. The 256 newest are kept.
    ///
    /// # Errors
    /// Those of storage.
    pub fn note_reached(&mut self, address: &str, seal: &[u8; 32], acting: Acting) -> Result<()> {
        let tx = Self::begin(&mut self.db)?;
        tx.execute(
            "insert or replace into reached(address, seal, at) values(?1, ?2, ?3)",
            params![address, seal.as_slice(), acting.at.timestamp()],
        )?;
        tx.execute(
            "delete from reached where address not in (select address from reached order by at desc, address limit ?1)",
            params![REACHED_CAP],
        )?;
        Ok(tx.commit()?)
    }
}
