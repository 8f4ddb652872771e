//! The other side of it: this device visits the shelf of one that carries.

use super::basket::{Basket, Errand};
use super::{Said, TAGS, TAGS_IN_ALL, in_pieces};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::record::Acting;
use crate::store::Vault;
use crate::store::carried::{BYTES, PARCELS};
use crate::store::parcels::Parcels;
use crate::sync::parcel::tag::Tags;
use crate::sync::parcel::{Label, PARCEL_CAP};
use std::collections::VecDeque;
use std::ops::ControlFlow;

/// How often it looks again, since what it took in told of further mailboxes. What is found later waits for the next
/// meeting.
const LOOKS: u8 = 8;

/// Where a visit stands.
#[derive(Default)]
pub struct Visitor {
    offered: bool,
    begun: bool,
    looks: u8,
    asked: Tags,
    lists: usize,
    found: Vec<(Label, u64)>,
    pending: VecDeque<Label>,
    parcel: Vec<u8>,
    basket: Basket,
    out: VecDeque<Said>,
    put: u64,
    leaving: bool,
    done: bool,
    receipt: bool,
    /// Parcels that the courier took along, durably.
    pub left: u64,
    /// Parcels taken in.
    pub brought: u64,
}

impl Visitor {
    /// The next message.
    pub fn next(&mut self, vault: &Vault, device: &[u8; 32], ready: bool) -> Result<Option<Said>> {
        if self.offered && ready && !self.begun {
            self.begun = true;
            self.basket = Basket::of(device);
            self.look(vault.asked_tags(device)?);
        }
        if let Some(said) = self.out.pop_front() {
            return Ok(Some(said));
        }
        if !self.leaving || self.done {
            return Ok(None);
        }
        Ok(Some(match self.basket.errand() {
            Some(Errand::Put(label, bytes)) => {
                self.put += 1;
                let (begins, last) = in_pieces(bytes);
                self.out.extend(begins.into_iter().map(Said::PutBegins));
                self.out.push_back(Said::Put(label, last));
                return Ok(self.out.pop_front());
            }
            Some(Errand::Remove(label)) => Said::Remove(label),
            None => {
                self.done = true;
                Said::Done
            }
        }))
    }

    /// Takes in an answer.
    pub fn receive(
        &mut self,
        vault: &mut Vault,
        device: &[u8; 32],
        said: Said,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<()> {
        match said {
            Said::Carries if !self.begun => self.offered = true,
            Said::Lies(found) if self.lists > 0 => {
                self.lists -= 1;
                let asked = |(label, _): &(Label, u64)| self.asked.contains(&label.tag);
                if !found.iter().all(asked) {
                    return Err(Error::Damaged);
                }
                self.found.extend(found);
                if self.found.len() as u64 > PARCELS {
                    return Err(Error::Damaged);
                }
                if self.lists == 0 {
                    self.fetch(vault, device)?;
                    self.settle(vault, device, acting, entropy)?;
                }
            }
            Said::Begins(bytes) if !self.pending.is_empty() => self.add(&bytes)?,
            Said::Parcel(bytes) => {
                let label = self.pending.pop_front().ok_or(Error::Damaged)?;
                let bytes = match bytes {
                    Some(bytes) => {
                        self.add(&bytes)?;
                        Some(std::mem::take(&mut self.parcel))
                    }
                    None => None,
                };
                self.basket.fetched(label, bytes);
                self.settle(vault, device, acting, entropy)?;
            }
            Said::Kept(kept) if self.done && !self.receipt => {
                self.receipt = true;
                self.left = kept.min(self.put);
            }
            _ => return Err(Error::Damaged),
        }
        Ok(())
    }

    fn add(&mut self, bytes: &[u8]) -> Result<()> {
        self.parcel.extend(bytes);
        match self.parcel.len() > PARCEL_CAP {
            true => Err(Error::Damaged),
            false => Ok(()),
        }
    }

    fn look(&mut self, tags: Tags) {
        self.looks += 1;
        let mut tags: Vec<_> = tags.into_iter().collect();
        // In an order that says nothing of whose they are.
        tags.sort_unstable();
        tags.truncate(TAGS_IN_ALL.saturating_sub(self.asked.len()));
        for some in tags.chunks(TAGS) {
            self.lists += 1;
            self.out.push_back(Said::List(some.to_vec()));
        }
        self.asked.extend(tags);
        self.leaving = self.lists == 0;
    }

    /// Asks for what is not here, as much as a courier may carry.
    fn fetch(&mut self, vault: &Vault, device: &[u8; 32]) -> Result<()> {
        let found = std::mem::take(&mut self.found);
        self.basket.listed(&found);
        let mut bytes = 0_u64;
        for (label, length) in vault.asked_labels(device, &found)? {
            bytes = bytes.saturating_add(length);
            if length > PARCEL_CAP as u64 || bytes > BYTES {
                continue;
            }
            self.pending.push_back(label);
            self.out.push_back(Said::Read(label));
        }
        Ok(())
    }

    /// Once all that was asked is here: takes it in, looks under what mailboxes it told of, and then leaves what others
    /// lack.
    fn settle(
        &mut self,
        vault: &mut Vault,
        device: &[u8; 32],
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<()> {
        if !self.pending.is_empty() {
            return Ok(());
        }
        let go_on = &mut |_: &Parcels| ControlFlow::Continue(());
        let mut passed = Parcels::default();
        let _went = vault.parcels_in(&self.basket, acting, &mut passed, go_on)?;
        self.brought += passed.taken.0;
        self.basket.empty();
        let mut further = vault.asked_tags(device)?;
        further.retain(|tag| !self.asked.contains(tag));
        if !further.is_empty() && self.looks < LOOKS && self.asked.len() < TAGS_IN_ALL {
            self.look(further);
            return Ok(());
        }
        let _left = vault.parcels_out(&self.basket, acting, entropy, &mut passed, go_on)?;
        self.leaving = true;
        Ok(())
    }

    /// Whether nothing is left to say or to hear.
    pub fn is_done(&self) -> bool {
        !self.offered || self.receipt
    }
}
