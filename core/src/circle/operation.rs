//! One signed operation of an access log: found, grant, revoke, devices, epochs, tombstone.
//!
//! The bytes are what is signed, hashed, kept and passed on; an operation of a newer version keeps its place
//! in the graph and does nothing here. Source: `SPEC.md`, Access log.

use super::groups::Groups;
use super::team::TeamAct;
use crate::error::{Error, Result};
use crate::id::{Id, digest};
use crate::record::change::Hash;
use crate::record::part::Actor;
use crate::store::identity::{DeviceKeys, DevicePublic, verify_strict};
use serde::{Deserialize, Serialize};

/// First byte of every operation: Ed25519, SHA-256, postcard.
const SUITE: u8 = 1;

/// Put before the bytes that are signed, so that no signature serves for anything else.
const SIGNED_AS: &[u8] = b"cairn access/1";

const SIGNATURE: usize = 64;

/// The most bytes of one operation.
pub const OPERATION_CAP: usize = 256 * 1024;

/// The most operations one may stand on.
const PARENTS_CAP: usize = 256;

/// A key of one share group, sealed to one device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrap {
    /// Ed25519 public key of the device it is for.
    pub device: [u8; 32],
    /// HPKE: encapsulated key, then the sealed keys of the device's groups.
    #[serde(with = "crate::sync::raw")]
    pub sealed: Vec<u8>,
}

/// What an epoch says of one share group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupKey {
    /// Which group.
    pub groups: Groups,
    /// `H("epoch commitment/1", circle, group, key)`: a wrap that holds another key is noticed.
    pub commitment: Hash,
    /// Older keys of the group, each sealed under this one: the operation of the older epoch, and the sealed key.
    pub links: Vec<(Hash, Vec<u8>)>,
}

/// How far a remover had taken in a stream of segments: what lies in a removal's past counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The share group.
    pub groups: Groups,
    /// The stream.
    pub actor: Actor,
    /// Counter of its newest segment.
    pub counter: u64,
}

/// What an operation does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Begins the circle. The circle's id commits to the nonce and the author's key.
    Found {
        /// Random bytes in the circle's id.
        nonce: [u8; 16],
        /// The founder's device.
        device: DevicePublic,
        /// Founded by staff for a person who has no phone yet.
        steward: bool,
    },
    /// Lets a member in, or changes what a member may read.
    Grant {
        /// Who.
        member: Id,
        /// Their first device.
        device: DevicePublic,
        /// The stable word of their role.
        role: String,
        /// What they may read.
        groups: Groups,
        /// The last day, `yyyy-mm-dd`, by an honest app's own clock.
        until: Option<String>,
        /// Hash of the invitation's secret: an invitation grants once.
        invitation: Option<Hash>,
    },
    /// Takes a member out.
    Revoke {
        /// Who.
        member: Id,
        /// How far the remover had taken in what the member's devices sent.
        seen: Vec<Seen>,
    },
    /// Adds a further device of a member.
    AddDevice {
        /// Whose.
        member: Id,
        /// The device.
        device: DevicePublic,
    },
    /// Takes one device out: lost, or given away.
    RemoveDevice {
        /// Its Ed25519 public key.
        device: [u8; 32],
        /// As in [`Act::Revoke`], for this device.
        seen: Vec<Seen>,
    },
    /// New keys for share groups, sealed to every device that may read them.
    Epoch {
        /// One entry a group.
        keys: Vec<GroupKey>,
        /// One a device.
        wraps: Vec<Wrap>,
    },
    /// Keys of an epoch for further devices.
    Wrap {
        /// The operation that made the epoch.
        epoch: Hash,
        /// One a device.
        wraps: Vec<Wrap>,
    },
    /// The record is to be erased everywhere.
    Tombstone,
    /// Lets in segments that a removed member wrote before knowing of it.
    LetIn {
        /// Their names.
        segments: Vec<Hash>,
    },
    /// Shares with a team, or lets one of its members in or out.
    Team(TeamAct),
    /// Certifies the key of a member's recovery code: keys are sealed to it, and it may add one device of that member.
    AddRecovery {
        /// Whose.
        member: Id,
        /// The public keys that follow from the code.
        device: DevicePublic,
    },
    /// What a member who remains had taken in of a removed member's streams beyond what the remover had, before knowing
    /// of the removal: it counts, since the member's later work stands on it.
    Had {
        /// The operation that took the member or device out.
        removal: Hash,
        /// How far, stream by stream.
        seen: Vec<Seen>,
    },
    /// Written by a newer version: kept, passed on, and without effect here.
    Unknown(u8),
}

/// An operation that was read and whose signature holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// SHA-256 of the bytes: its name.
    pub hash: Hash,
    /// The bytes, signature last.
    pub bytes: Vec<u8>,
    /// The circle it belongs to.
    pub circle: Id,
    /// The operations its author knew that no other known one stood on.
    pub parents: Vec<Hash>,
    /// Ed25519 public key of the device that signed.
    pub author: [u8; 32],
    /// Unix seconds by the author's clock; for showing only.
    pub at: i64,
    /// What it does.
    pub act: Act,
}

#[derive(Serialize, Deserialize)]
struct Body {
    circle: Id,
    parents: Vec<Hash>,
    author: [u8; 32],
    at: i64,
    kind: u8,
    #[serde(with = "crate::sync::raw")]
    payload: Vec<u8>,
}

impl Act {
    /// Whether it adds a key to a member, of which nobody has more than 64.
    pub(crate) fn adds_key(&self) -> bool {
        matches!(self, Act::AddDevice { .. } | Act::AddRecovery { .. })
    }

    /// Of an act that takes somebody out: how far its author had taken in what they wrote.
    pub fn seen(&self) -> Option<&[Seen]> {
        match self {
            Act::Revoke { seen, .. }
            | Act::RemoveDevice { seen, .. }
            | Act::Team(TeamAct::Out { seen, .. }) => Some(seen),
            _ => None,
        }
    }
}

impl Operation {
    /// Writes and signs an operation.
    ///
    /// # Errors
    /// [`Error::TooLong`] over [`OPERATION_CAP`] or for more than 256 parents; [`Error::Usage`] for an act of another version.
    pub fn sign(
        keys: &DeviceKeys,
        circle: &Id,
        parents: &[Hash],
        at: i64,
        act: Act,
    ) -> Result<Operation> {
        let (kind, payload) = write_act(&act)?;
        let mut parents = parents.to_vec();
        parents.sort_unstable();
        parents.dedup();
        if parents.len() > PARENTS_CAP {
            return Err(Error::TooLong {
                length: parents.len() as u64,
            });
        }
        let author = keys.public().sign;
        let body = Body {
            circle: circle.clone(),
            parents: parents.clone(),
            author,
            at,
            kind,
            payload,
        };
        let mut bytes = vec![SUITE];
        bytes.extend(postcard::to_stdvec(&body)?);
        let signature = keys.sign(&[SIGNED_AS, &bytes].concat());
        bytes.extend_from_slice(&signature);
        if bytes.len() > OPERATION_CAP {
            return Err(Error::TooLong {
                length: bytes.len() as u64,
            });
        }
        Ok(Operation {
            hash: digest(&[&bytes]),
            bytes,
            circle: circle.clone(),
            parents,
            author,
            at,
            act,
        })
    }

    /// Reads an operation and checks its signature; what it may do is for [`super::Roster`].
    ///
    /// # Errors
    /// [`Error::Damaged`] for bytes that are no operation of this suite, or whose signature does not hold.
    pub fn read(bytes: &[u8]) -> Result<Operation> {
        let operation = Operation::read_kept(bytes)?;
        let (signed, signature) = bytes.split_at(bytes.len() - SIGNATURE);
        let signature = signature.try_into().map_err(|_| Error::Damaged)?;
        let signed = [SIGNED_AS, signed].concat();
        match verify_strict(&operation.author, &signed, signature) {
            true => Ok(operation),
            false => Err(Error::Damaged),
        }
    }

    /// Reads an operation whose signature was checked when it was taken in.
    ///
    /// # Errors
    /// [`Error::Damaged`] for bytes that are no operation of this suite.
    pub(crate) fn read_kept(bytes: &[u8]) -> Result<Operation> {
        let at_signature = bytes
            .len()
            .checked_sub(SIGNATURE)
            .filter(|_| bytes.len() <= OPERATION_CAP);
        let (signed, _) = bytes.split_at(at_signature.ok_or(Error::Damaged)?);
        let (&SUITE, body) = signed.split_first().ok_or(Error::Damaged)? else {
            return Err(Error::Damaged);
        };
        let (body, _newer): (Body, _) =
            postcard::take_from_bytes(body).map_err(|_| Error::Damaged)?;
        let in_order = body.parents.windows(2).all(|pair| pair[0] < pair[1]);
        if !in_order || body.parents.len() > PARENTS_CAP {
            return Err(Error::Damaged);
        }
        Ok(Operation {
            hash: digest(&[bytes]),
            bytes: bytes.to_vec(),
            act: read_act(body.kind, &body.payload)?,
            circle: body.circle,
            parents: body.parents,
            author: body.author,
            at: body.at,
        })
    }
}

/// The id of a circle: it commits to who founded it, so nobody else can found it again.
pub fn circle_id(nonce: &[u8; 16], founder: &[u8; 32]) -> Id {
    Id::wide(&[b"circle/1", nonce, founder])
}

/// The id of a member: it commits to the key of their first device.
pub fn member_id(first_device: &[u8; 32]) -> Id {
    Id::wide(&[b"member/1", first_device])
}

fn write_act(act: &Act) -> Result<(u8, Vec<u8>)> {
    let written = match act {
        Act::Found {
            nonce,
            device,
            steward,
        } => (1, postcard::to_stdvec(&(nonce, device, steward))?),
        Act::Grant {
            member,
            device,
            role,
            groups,
            until,
            invitation,
        } => (
            2,
            postcard::to_stdvec(&(member, device, role, groups, until, invitation))?,
        ),
        Act::Revoke { member, seen } => (3, postcard::to_stdvec(&(member, seen))?),
        Act::AddDevice { member, device } => (4, postcard::to_stdvec(&(member, device))?),
        Act::RemoveDevice { device, seen } => (5, postcard::to_stdvec(&(device, seen))?),
        Act::Epoch { keys, wraps } => (6, postcard::to_stdvec(&(keys, wraps))?),
        Act::Wrap { epoch, wraps } => (7, postcard::to_stdvec(&(epoch, wraps))?),
        Act::Tombstone => (8, Vec::new()),
        Act::LetIn { segments } => (9, postcard::to_stdvec(segments)?),
        Act::Team(team) => (10, postcard::to_stdvec(team)?),
        Act::AddRecovery { member, device } => (12, postcard::to_stdvec(&(member, device))?),
        Act::Had { removal, seen } => (11, postcard::to_stdvec(&(removal, seen))?),
        Act::Unknown(_) => return Err(Error::Usage { what: "operation" }),
    };
    Ok(written)
}

fn read_act(kind: u8, payload: &[u8]) -> Result<Act> {
    fn fields<'a, T: Deserialize<'a>>(payload: &'a [u8]) -> Result<T> {
        // What a newer version wrote behind stays in the bytes.
        postcard::take_from_bytes(payload)
            .map(|(fields, _newer)| fields)
            .map_err(|_| Error::Damaged)
    }
    Ok(match kind {
        1 => {
            let (nonce, device, steward) = fields(payload)?;
            Act::Found {
                nonce,
                device,
                steward,
            }
        }
        2 => {
            let (member, device, role, groups, until, invitation) = fields(payload)?;
            Act::Grant {
                member,
                device,
                role,
                groups,
                until,
                invitation,
            }
        }
        3 => {
            let (member, seen) = fields(payload)?;
            Act::Revoke { member, seen }
        }
        4 => {
            let (member, device) = fields(payload)?;
            Act::AddDevice { member, device }
        }
        5 => {
            let (device, seen) = fields(payload)?;
            Act::RemoveDevice { device, seen }
        }
        6 => {
            let (keys, wraps) = fields(payload)?;
            Act::Epoch { keys, wraps }
        }
        7 => {
            let (epoch, wraps) = fields(payload)?;
            Act::Wrap { epoch, wraps }
        }
        8 => Act::Tombstone,
        9 => Act::LetIn {
            segments: fields(payload)?,
        },
        10 => match fields(payload) {
            Ok(team) => Act::Team(team),
            // Something else about teams, of a newer version.
            Err(_) => Act::Unknown(10),
        },
        12 => {
            let (member, device) = fields(payload)?;
            Act::AddRecovery { member, device }
        }
        11 => {
            let (removal, seen) = fields(payload)?;
            Act::Had { removal, seen }
        }
        newer => Act::Unknown(newer),
    })
}

#[cfg(test)]
#[path = "operation_tests.rs"]
mod tests;
