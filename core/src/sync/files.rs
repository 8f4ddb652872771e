//! The last phase of a meeting: pieces of attached files, after all text.
//!
//! Each side asks for the pieces it lacks, and which of those attached here the other has durably. Every piece is kept
//! before the next message is read, so a cut sends at most one again. Where nobody asks for anything one short message
//! each way is all. Source: `SPEC.md`, Session.

use super::message::Message;
use crate::circle::Groups;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::change::Hash;
use crate::store::{Circle, Vault};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Names of pieces, by circle.
pub type Named = Vec<(Id, Vec<Hash>)>;

/// What is said in this phase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// Pieces the speaker lacks and wants now; and pieces it attached itself of which it does not know whether anybody
    /// else has them.
    Asks(Named, Named),
    /// One piece, as it is kept.
    Piece(Id, #[serde(with = "super::raw")] Vec<u8>),
    /// Those were all.
    Given,
    /// Of the pieces the other side attached and asked about: those the speaker has durably now.
    Has(Named),
}

/// Where this phase stands, seen from this device.
#[derive(Debug, Default)]
pub struct Files {
    asked: Option<BTreeSet<Hash>>,
    /// Whether this device asked anything.
    asks: bool,
    /// Whether the other side asked, and anything.
    theirs: Option<bool>,
    unsure: Named,
    gifts: VecDeque<(Circle, Hash)>,
    giving: bool,
    told_asks: bool,
    told_has: bool,
    heard_has: bool,
    /// Pieces given so far, and how many there are to give.
    pub given: (u64, u64),
    /// Pieces taken in so far, and how many were asked for.
    pub taken: (u64, u64),
}

impl Files {
    /// Begins the phase: what this device asks.
    ///
    /// # Errors
    /// Those of storage.
    pub fn begin(
        &mut self,
        vault: &Vault,
        circles: &BTreeMap<Id, Circle>,
        device: &[u8; 32],
    ) -> Result<Message> {
        let (mut wanted, mut unsure) = (Named::new(), Named::new());
        let with_files = vault.circles_with_files_to_ask()?;
        let asked_of = circles.values();
        for circle in asked_of.filter(|circle| with_files.contains(&circle.id)) {
            let reads = reads(vault, circle, device)?;
            let lacks = vault.pieces_wanted(circle)?;
            let asks = vault.pieces_unsure(circle, reads)?;
            let named = |names: Vec<Hash>| (!names.is_empty()).then(|| (circle.id.clone(), names));
            wanted.extend(named(lacks));
            unsure.extend(named(asks));
        }
        let asked: BTreeSet<Hash> = wanted.iter().flat_map(|(_, names)| names.clone()).collect();
        self.taken.1 = asked.len() as u64;
        self.asks = !(wanted.is_empty() && unsure.is_empty());
        self.asked = Some(asked);
        Ok(Message::Files(Said::Asks(wanted, unsure)))
    }

    /// Takes in what the other side said; what is to be answered at once.
    ///
    /// # Errors
    /// [`Error::Damaged`] for what comes out of turn, or more pieces than were asked for; those of storage.
    pub fn receive(
        &mut self,
        vault: &mut Vault,
        circles: &BTreeMap<Id, Circle>,
        device: &[u8; 32],
        said: Said,
    ) -> Result<Option<Message>> {
        match said {
            Said::Asks(wanted, unsure) if self.theirs.is_none() => {
                self.theirs = Some(!(wanted.is_empty() && unsure.is_empty()));
                let mut given = BTreeSet::new();
                for (id, names) in wanted {
                    let Some(circle) = circles.get(&id) else {
                        continue;
                    };
                    for name in vault.pieces_to_give(circle, device, &names)? {
                        // Asked for twice it is given once.
                        if given.insert((id.clone(), name)) {
                            self.gifts.push_back((circle.clone(), name));
                        }
                    }
                }
                self.given.1 = self.gifts.len() as u64;
                self.unsure = unsure;
                self.giving = true;
            }
            Said::Piece(id, bytes) => {
                self.taken.0 += 1;
                let asked = self.asked.as_ref().ok_or(Error::Damaged)?;
                if self.taken.0 > asked.len() as u64 {
                    return Err(Error::Damaged);
                }
                if let Some(circle) = circles.get(&id) {
                    // Whoever attached it: it is the one that was announced, or nothing is kept.
                    vault.take_piece(circle, &bytes)?;
                }
            }
            Said::Given => {
                let mut has = Named::new();
                for (id, names) in std::mem::take(&mut self.unsure) {
                    if let Some(circle) = circles.get(&id) {
                        has.push((id, vault.pieces_here(circle, &names)?));
                    }
                }
                return Ok(Some(Message::Files(Said::Has(has))));
            }
            Said::Has(names) => {
                for (id, names) in names {
                    if let Some(circle) = circles.get(&id) {
                        vault.pieces_acknowledged(circle, &names)?;
                    }
                }
                self.heard_has = true;
            }
            Said::Asks(..) => return Err(Error::Damaged),
        }
        Ok(None)
    }

    /// The next piece to send, or that it was the last.
    ///
    /// # Errors
    /// Those of storage.
    pub fn next(&mut self, vault: &Vault) -> Result<Option<Message>> {
        // Nothing is given before it is known whether anything was asked on either side.
        if !self.told_asks || !self.giving || self.is_done() {
            return Ok(None);
        }
        if let Some((circle, name)) = self.gifts.pop_front() {
            self.given.0 += 1;
            let bytes = vault.piece(&circle, &name)?;
            return Ok(Some(Message::Files(Said::Piece(circle.id, bytes))));
        }
        self.giving = false;
        Ok(Some(Message::Files(Said::Given)))
    }

    /// Notes that a message of this phase left.
    pub fn sent(&mut self, said: &Said) {
        self.told_asks |= matches!(said, Said::Asks(..));
        self.told_has |= matches!(said, Said::Has(_));
    }

    /// Whether nothing is left to say or to hear.
    pub fn is_done(&self) -> bool {
        let nothing = self.theirs == Some(false) && !self.asks;
        self.told_asks && (nothing || self.told_has && self.heard_has)
    }
}

/// The groups a device on the other side reads; none for one that was taken out.
fn reads(vault: &Vault, circle: &Circle, device: &[u8; 32]) -> Result<Groups> {
    let roster = vault.roster(circle)?;
    let present = roster.standing.present(device);
    Ok(present.map_or(Groups::NONE, |(_, member)| member.groups))
}
