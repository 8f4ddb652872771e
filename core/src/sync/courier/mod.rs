//! The sealed courier: a device of staff that carries parcels of circles it cannot open, and hands them on.
//!
//! At the end of a meeting the other device looks onto its shelf as it would into a folder: it takes what lies there for
//! it, leaves what others lack, and is told how much is kept durably. The courier sees labels and lengths. That
//! something arrived is told by a letter, as with any place for parcels. Source: `SPEC.md`, Courier; docs/adr/0032.

mod basket;
mod visitor;

use super::message::Message;
use super::parcel::tag::{Tag, Tags};
use super::parcel::{Label, PARCEL_CAP};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::record::Acting;
use crate::store::Vault;
use crate::store::carried::PARCELS;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use visitor::Visitor;

/// As many bytes of a parcel as go in one message.
const PIECE: usize = 512 * 1024;

/// As many tags as go in one message.
const TAGS: usize = 30_000;

/// The most tags that are looked for in one meeting.
const TAGS_IN_ALL: usize = 300_000;

/// The most questions that may wait for their answers.
const QUESTIONS: usize = 2 * PARCELS as usize;

/// What is said in this phase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// The speaker carries sealed parcels. Said before it says that it knows who is in.
    Carries,
    /// Which parcels lie in these mailboxes?
    List(Vec<Tag>),
    /// Those, each with its length in bytes.
    Lies(Vec<(Label, u64)>),
    /// One parcel is wanted.
    Read(Label),
    /// The next bytes of it; it goes on.
    Begins(Vec<u8>),
    /// The last bytes of it, or that it is not there.
    Parcel(Option<Vec<u8>>),
    /// The next bytes of a parcel to take along; it goes on.
    PutBegins(Vec<u8>),
    /// The last bytes of a parcel to take along.
    Put(Label, Vec<u8>),
    /// A parcel that nobody needs any more.
    Remove(Label),
    /// That was all.
    Done,
    /// So many parcels were taken along and are durable: the courier's receipt.
    Kept(u64),
}

/// A question that waits for its answer.
enum Question {
    List(Vec<Tag>),
    Read(Label),
    Done,
}

/// The one side of it: this device carries.
#[derive(Default)]
struct Carrier {
    carries: bool,
    questions: VecDeque<Question>,
    tags: usize,
    begun: Vec<u8>,
    out: VecDeque<Said>,
    kept: u64,
    made_room: u64,
    done: bool,
}

/// What came of this phase, for words on a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carriage {
    /// Own parcels that the other device took along, durably.
    pub left: u64,
    /// Parcels for this device that the other one carried and that were taken in.
    pub brought: u64,
    /// Parcels that this device took along.
    pub kept: u64,
    /// Older parcels that made room for them.
    pub made_room: u64,
}

/// Where this phase stands, seen from this device.
pub struct Courier {
    carrier: Carrier,
    visitor: Visitor,
}

impl Courier {
    /// Nothing was said yet.
    ///
    /// # Errors
    /// Those of storage.
    pub fn begin(vault: &Vault) -> Result<Courier> {
        let carrier = Carrier {
            carries: vault.is_courier()?,
            ..Carrier::default()
        };
        Ok(Courier {
            carrier,
            visitor: Visitor::default(),
        })
    }

    /// What is said before all else: that this device carries, if it does.
    pub fn offer(&self) -> Option<Message> {
        self.carrier
            .carries
            .then_some(Message::Courier(Said::Carries))
    }

    /// The next message of this phase. `ready`: all else of the meeting is over.
    ///
    /// # Errors
    /// Those of storage.
    pub fn next(
        &mut self,
        vault: &Vault,
        device: &[u8; 32],
        ready: bool,
    ) -> Result<Option<Message>> {
        if let Some(said) = self.carrier.next(vault)? {
            return Ok(Some(Message::Courier(said)));
        }
        let said = self.visitor.next(vault, device, ready)?;
        Ok(said.map(Message::Courier))
    }

    /// Takes in what the other side said.
    ///
    /// # Errors
    /// [`Error::Damaged`] for what was not asked, was not offered, or is more than was said; those of storage.
    pub fn receive(
        &mut self,
        vault: &mut Vault,
        device: &[u8; 32],
        said: Said,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<()> {
        match said {
            Said::Carries | Said::Lies(_) | Said::Begins(_) | Said::Parcel(_) | Said::Kept(_) => {
                self.visitor.receive(vault, device, said, acting, entropy)
            }
            said => self.carrier.receive(vault, device, said),
        }
    }

    /// Whether nothing is left to say or to hear.
    pub fn is_done(&self) -> bool {
        self.visitor.is_done() && (!self.carrier.carries || self.carrier.is_done())
    }

    /// What came of it so far.
    pub fn came_of_it(&self) -> Carriage {
        Carriage {
            left: self.visitor.left,
            brought: self.visitor.brought,
            kept: self.carrier.kept,
            made_room: self.carrier.made_room,
        }
    }
}

impl Carrier {
    fn receive(&mut self, vault: &mut Vault, device: &[u8; 32], said: Said) -> Result<()> {
        if !self.carries || self.done || self.questions.len() > QUESTIONS {
            return Err(Error::Damaged);
        }
        match said {
            Said::List(tags) => {
                self.tags += tags.len();
                if self.tags > TAGS_IN_ALL {
                    return Err(Error::Damaged);
                }
                self.questions.push_back(Question::List(tags));
            }
            Said::Read(label) => self.questions.push_back(Question::Read(label)),
            Said::PutBegins(bytes) => {
                self.begun.extend(bytes);
                if self.begun.len() > PARCEL_CAP {
                    return Err(Error::Damaged);
                }
            }
            Said::Put(label, bytes) => {
                self.begun.extend(bytes);
                let bytes = std::mem::take(&mut self.begun);
                if bytes.len() > PARCEL_CAP {
                    return Err(Error::Damaged);
                }
                self.made_room += vault.take_along(device, &label, &bytes)?;
                self.kept += 1;
            }
            Said::Remove(label) => vault.carry_no_more(&label)?,
            Said::Done => {
                self.done = true;
                self.questions.push_back(Question::Done);
            }
            _ => return Err(Error::Damaged),
        }
        Ok(())
    }

    fn next(&mut self, vault: &Vault) -> Result<Option<Said>> {
        if let Some(said) = self.out.pop_front() {
            return Ok(Some(said));
        }
        Ok(match self.questions.pop_front() {
            Some(Question::List(tags)) => {
                let tags: Tags = tags.into_iter().collect();
                Some(Said::Lies(vault.carried_under(&tags)?))
            }
            Some(Question::Read(label)) => {
                let Some(bytes) = vault.carried_bytes(&label)? else {
                    return Ok(Some(Said::Parcel(None)));
                };
                let (begins, last) = in_pieces(bytes);
                self.out.extend(begins.into_iter().map(Said::Begins));
                self.out.push_back(Said::Parcel(Some(last)));
                self.out.pop_front()
            }
            Some(Question::Done) => Some(Said::Kept(self.kept)),
            None => None,
        })
    }

    fn is_done(&self) -> bool {
        self.done && self.questions.is_empty() && self.out.is_empty()
    }
}

/// A parcel cut into what one message takes: all pieces but the last, and the last.
fn in_pieces(mut bytes: Vec<u8>) -> (Vec<Vec<u8>>, Vec<u8>) {
    let mut pieces = Vec::new();
    while bytes.len() > PIECE {
        let rest = bytes.split_off(PIECE);
        pieces.push(bytes);
        bytes = rest;
    }
    (pieces, bytes)
}
