//! Epochs: the random keys of share groups, sealed to each device that may read them.
//!
//! A grant gives the whole history of its groups, so an older key stays sealed under the newer one. A removal makes
//! new keys in the same act. Source: `SPEC.md`, Epochs.

use super::groups::Groups;
use super::operation::{Act, GroupKey, Wrap};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::{Id, digest};
use crate::record::change::Hash;
use crate::record::part::Group;
use crate::sealing;
use crate::store::identity::{DeviceKeys, DevicePublic};
use std::collections::BTreeMap;
use std::fmt;
use zeroize::Zeroizing;

const INFO: &[u8] = b"cairn epoch/1";

/// A key of one share group. Wiped when dropped, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct GroupSecret(Zeroizing<[u8; 32]>);

impl GroupSecret {
    /// A new random key.
    ///
    /// # Errors
    /// Those of the random source.
    pub fn generate(entropy: &dyn Entropy) -> Result<GroupSecret> {
        let mut key = Zeroizing::new([0; 32]);
        entropy.fill(key.as_mut())?;
        Ok(GroupSecret(key))
    }

    /// From its 32 bytes.
    ///
    /// # Errors
    /// [`Error::Damaged`] for another length.
    pub fn from_bytes(bytes: &[u8]) -> Result<GroupSecret> {
        let key = bytes.try_into().map_err(|_| Error::Damaged)?;
        Ok(GroupSecret(Zeroizing::new(key)))
    }

    /// The 32 bytes, for sealing and for the encrypted vault.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for GroupSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GroupSecret")
    }
}

/// The keys a device holds: by group and the operation that made the epoch.
#[derive(Clone, Debug, Default)]
pub struct Keyring(BTreeMap<(Group, Hash), GroupSecret>);

impl Keyring {
    /// The key of a group in an epoch.
    pub fn get(&self, group: Group, epoch: &Hash) -> Option<&GroupSecret> {
        self.0.get(&(group, *epoch))
    }

    /// Adds a key; returns whether it was new.
    pub fn add(&mut self, group: Group, epoch: Hash, key: GroupSecret) -> bool {
        self.0.insert((group, epoch), key).is_none()
    }

    /// Every key.
    pub fn iter(&self) -> impl Iterator<Item = (Group, &Hash, &GroupSecret)> {
        self.0
            .iter()
            .map(|((group, epoch), key)| (*group, epoch, key))
    }

    /// The keys of one epoch for a device that may read these groups.
    fn of_epoch(&self, epoch: &Hash, groups: Groups) -> Vec<(Groups, [u8; 32])> {
        let held = self
            .0
            .iter()
            .filter(|((group, of), _)| of == epoch && groups.has(*group));
        held.map(|((group, _), key)| (Groups::from(*group), *key.bytes()))
            .collect()
    }
}

/// A new epoch: the act to be signed, and its keys, which enter the keyring under that operation's hash.
#[derive(Debug)]
pub struct NewEpoch {
    /// To be signed.
    pub act: Act,
    /// One key a group.
    pub keys: Vec<(Group, GroupSecret)>,
}

/// Makes new keys for `groups`, sealed to each reader's device for the groups it may read; older keys that are held
/// go along, sealed under the new ones.
///
/// # Errors
/// Those of the random source; [`Error::Damaged`] for a device whose sealing key is none.
pub fn begin(
    circle: &Id,
    groups: Groups,
    readers: &[(DevicePublic, Groups)],
    older: &Keyring,
    entropy: &dyn Entropy,
) -> Result<NewEpoch> {
    let (mut keys, mut told) = (Vec::new(), Vec::new());
    for group in groups.iter() {
        let key = GroupSecret::generate(entropy)?;
        let mut links = Vec::new();
        for (_, epoch, old) in older.iter().filter(|(of, ..)| *of == group) {
            let bound = link_bound(circle, group, epoch);
            let sealed = sealing::seal_under(key.bytes(), &bound, old.bytes(), entropy)?;
            links.push((*epoch, sealed));
        }
        told.push(GroupKey {
            groups: group.into(),
            commitment: commitment(circle, group, &key),
            links,
        });
        keys.push((group, key));
    }
    let bound = wrap_bound(circle, &told)?;
    let mut wraps = Vec::new();
    for (device, may_read) in readers {
        let theirs: Vec<(Groups, [u8; 32])> = keys
            .iter()
            .filter(|(group, _)| may_read.has(*group))
            .map(|(group, key)| (Groups::from(*group), *key.bytes()))
            .collect();
        if !theirs.is_empty() {
            wraps.push(wrap(device, &bound, theirs, entropy)?);
        }
    }
    let act = Act::Epoch { keys: told, wraps };
    Ok(NewEpoch { act, keys })
}

/// Seals the keys of an epoch that are held to a further device, as far as it may read.
///
/// # Errors
/// As [`begin`]; [`Error::UnknownId`] where none of them is held.
pub fn wrap_for(
    circle: &Id,
    epoch: &Hash,
    told: &[GroupKey],
    reader: &(DevicePublic, Groups),
    held: &Keyring,
    entropy: &dyn Entropy,
) -> Result<Wrap> {
    let theirs = held.of_epoch(epoch, reader.1);
    if theirs.is_empty() {
        return Err(Error::UnknownId);
    }
    wrap(&reader.0, &wrap_bound(circle, told)?, theirs, entropy)
}

fn wrap(
    device: &DevicePublic,
    bound: &[u8],
    keys: Vec<(Groups, [u8; 32])>,
    entropy: &dyn Entropy,
) -> Result<Wrap> {
    let content = Zeroizing::new(postcard::to_stdvec(&keys)?);
    Ok(Wrap {
        device: device.sign,
        sealed: sealing::seal_to(&device.seal, INFO, bound, &content, entropy)?,
    })
}

/// Takes the keys out of a wrap for this device, and the older ones linked under them. A key that does not fit its
/// commitment is passed over. Returns whether anything was new.
///
/// # Errors
/// Those of encoding; never for what others wrote.
pub fn open(
    circle: &Id,
    epoch: &Hash,
    told: &[GroupKey],
    wraps: &[Wrap],
    keys: &DeviceKeys,
    keyring: &mut Keyring,
) -> Result<bool> {
    let bound = wrap_bound(circle, told)?;
    let mine = keys.public().sign;
    let mut new = false;
    for wrap in wraps.iter().filter(|wrap| wrap.device == mine) {
        let Some(content) = sealing::open_with(keys, INFO, &bound, &wrap.sealed) else {
            continue;
        };
        let Ok((given, _newer)) = postcard::take_from_bytes::<Vec<(Groups, [u8; 32])>>(&content)
        else {
            continue;
        };
        for (groups, key) in given {
            let key = GroupSecret(Zeroizing::new(key));
            for entry in told.iter().filter(|entry| entry.groups == groups) {
                for group in entry.groups.iter() {
                    if commitment(circle, group, &key) == entry.commitment {
                        new |= keyring.add(group, *epoch, key.clone());
                    }
                }
            }
        }
    }
    Ok(follow_links(circle, epoch, told, keyring) || new)
}

/// Opens older keys that are sealed under the keys of an epoch that are held.
pub fn follow_links(circle: &Id, epoch: &Hash, told: &[GroupKey], keyring: &mut Keyring) -> bool {
    let mut new = false;
    for entry in told {
        for group in entry.groups.iter() {
            let Some(key) = keyring.get(group, epoch).cloned() else {
                continue;
            };
            for (older, sealed) in &entry.links {
                let bound = link_bound(circle, group, older);
                let opened = sealing::open_under(key.bytes(), &bound, sealed);
                if let Some(Ok(old)) = opened.map(|bytes| GroupSecret::from_bytes(&bytes))
                    && keyring.get(group, older).is_none()
                {
                    new |= keyring.add(group, *older, old);
                }
            }
        }
    }
    new
}

fn commitment(circle: &Id, group: Group, key: &GroupSecret) -> Hash {
    digest(&[
        b"epoch commitment/1",
        circle.as_str().as_bytes(),
        group.as_str().as_bytes(),
        key.bytes(),
    ])
}

fn wrap_bound(circle: &Id, told: &[GroupKey]) -> Result<Vec<u8>> {
    let told = postcard::to_stdvec(told)?;
    Ok(digest(&[b"epoch wrap/1", circle.as_str().as_bytes(), &told]).to_vec())
}

fn link_bound(circle: &Id, group: Group, older: &Hash) -> Vec<u8> {
    let group = group.as_str().as_bytes();
    digest(&[b"epoch link/1", circle.as_str().as_bytes(), group, older]).to_vec()
}

#[cfg(test)]
#[path = "epoch_tests.rs"]
mod tests;
