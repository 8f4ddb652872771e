//! A place for parcels in memory, which keeps, forgets and spoils what a test says.

use cairn_core::Result;
use cairn_core::sync::parcel::tag::Tags;
use cairn_core::sync::parcel::{Label, Shelf};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

#[derive(Default)]
pub struct MemoryShelf {
    pub parcels: RefCell<BTreeMap<Label, Vec<u8>>>,
    /// What was set aside: never lost.
    pub aside: RefCell<Vec<Vec<u8>>>,
    /// How many more parcels there is room for; none: any number.
    pub room: Cell<Option<usize>>,
}

impl MemoryShelf {
    pub fn labels(&self) -> Vec<Label> {
        self.parcels.borrow().keys().copied().collect()
    }

    /// Changes the bytes of every parcel, under the same labels.
    pub fn spoil(&self, how: impl Fn(&mut Vec<u8>)) {
        self.parcels.borrow_mut().values_mut().for_each(how);
    }
}

impl Shelf for MemoryShelf {
    fn list(&self, wanted: &Tags) -> Result<Vec<(Label, u64)>> {
        let parcels = self.parcels.borrow();
        let listed = parcels
            .iter()
            .filter(|(label, _)| wanted.contains(&label.tag));
        Ok(listed
            .map(|(label, bytes)| (*label, bytes.len() as u64))
            .collect())
    }

    fn read(&self, label: &Label, cap: usize) -> Result<Option<Vec<u8>>> {
        let bytes = self.parcels.borrow().get(label).cloned();
        Ok(bytes.filter(|bytes| bytes.len() <= cap))
    }

    fn put(&self, label: &Label, bytes: &[u8]) -> Result<()> {
        match self.room.get() {
            Some(0) => return Err(cairn_core::Error::ShelfFull),
            room => self.room.set(room.map(|room| room - 1)),
        }
        self.parcels.borrow_mut().insert(*label, bytes.to_vec());
        Ok(())
    }

    fn remove(&self, label: &Label) -> Result<()> {
        self.parcels.borrow_mut().remove(label);
        Ok(())
    }

    fn set_aside(&self, label: &Label) -> Result<()> {
        let taken = self.parcels.borrow_mut().remove(label);
        self.aside.borrow_mut().extend(taken);
        Ok(())
    }
}
