//! What was fetched from a courier, and what it is to take along: a shelf in memory for as long as a meeting lasts.

use crate::error::Result;
use crate::store::carried::{BYTES_OF_ONE, PARCELS_OF_ONE};
use crate::sync::parcel::tag::Tags;
use crate::sync::parcel::{Label, Shelf};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, VecDeque};

/// Bytes of segments left with one courier. It stays under what a courier keeps of one device, so that no letter, which
/// comes last, pushes out what was left before it.
const ROOM: u64 = BYTES_OF_ONE / 4 * 3;

/// As many segments, for the same reason.
const SEGMENTS: u64 = PARCELS_OF_ONE / 5 * 4;

/// What is to be done at the courier.
pub enum Errand {
    /// It is to take this along.
    Put(Label, Vec<u8>),
    /// It is to let go of this.
    Remove(Label),
}

/// The courier's shelf as it is known here.
#[derive(Default)]
pub struct Basket {
    keeper: [u8; 32],
    lies: RefCell<BTreeMap<Label, u64>>,
    fetched: RefCell<HashMap<Label, Vec<u8>>>,
    errands: RefCell<VecDeque<Errand>>,
}

impl Basket {
    /// One for the shelf of a device.
    pub fn of(keeper: &[u8; 32]) -> Basket {
        Basket {
            keeper: *keeper,
            ..Basket::default()
        }
    }

    /// What lies there.
    pub fn listed(&self, found: &[(Label, u64)]) {
        self.lies.borrow_mut().extend(found.iter().copied());
    }

    /// A parcel that was fetched. One that is not there any more is not listed either.
    pub fn fetched(&self, label: Label, bytes: Option<Vec<u8>>) {
        match bytes {
            Some(bytes) => {
                self.fetched.borrow_mut().insert(label, bytes);
            }
            None => {
                self.lies.borrow_mut().remove(&label);
            }
        }
    }

    /// Lets go of the bytes that were fetched: they are taken in.
    pub fn empty(&self) {
        self.fetched.borrow_mut().clear();
    }

    /// The next errand.
    pub fn errand(&self) -> Option<Errand> {
        self.errands.borrow_mut().pop_front()
    }

    fn let_go(&self, label: &Label) {
        self.lies.borrow_mut().remove(label);
        self.errands.borrow_mut().push_back(Errand::Remove(*label));
    }
}

impl Shelf for Basket {
    fn list(&self, wanted: &Tags) -> Result<Vec<(Label, u64)>> {
        let lies = self.lies.borrow();
        let listed = lies.iter().filter(|(label, _)| wanted.contains(&label.tag));
        Ok(listed.map(|(label, length)| (*label, *length)).collect())
    }

    fn read(&self, label: &Label, cap: usize) -> Result<Option<Vec<u8>>> {
        let fetched = self.fetched.borrow();
        let bytes = fetched.get(label).filter(|bytes| bytes.len() <= cap);
        Ok(bytes.cloned())
    }

    fn put(&self, label: &Label, bytes: &[u8]) -> Result<()> {
        self.lies.borrow_mut().insert(*label, bytes.len() as u64);
        let errand = Errand::Put(*label, bytes.to_vec());
        self.errands.borrow_mut().push_back(errand);
        Ok(())
    }

    fn remove(&self, label: &Label) -> Result<()> {
        self.let_go(label);
        Ok(())
    }

    fn set_aside(&self, label: &Label) -> Result<()> {
        self.let_go(label);
        Ok(())
    }

    fn keeper(&self) -> Option<[u8; 32]> {
        Some(self.keeper)
    }

    fn has_room(&self, bytes: u64) -> bool {
        let lies = self.lies.borrow();
        let all = lies
            .values()
            .fold(bytes, |all, one| all.saturating_add(*one));
        all <= ROOM && (lies.len() as u64) < SEGMENTS
    }
}
