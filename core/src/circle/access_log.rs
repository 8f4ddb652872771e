//! The access log: the graph of a circle's signed operations, in an order every device agrees on.
//!
//! It knows signatures and ancestry, not rights: see [`super::standing`]. What arrives before what it stands on
//! waits outside the graph.

use super::operation::{Act, Operation, circle_id};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::change::Hash;
use fixedbitset::FixedBitSet;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The most operations of one circle; ten years of a busy one are a few hundred.
const OPERATIONS_CAP: usize = 10_000;

/// The most operations that may wait for what they stand on.
const WAITING_CAP: usize = 256;

/// What came of an operation that was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// In the graph now, with this many that had waited for it.
    Kept(usize),
    /// Was there before.
    Known,
    /// Waits for an operation it stands on.
    Waiting,
}

/// A set of operations of one [`AccessLog`], by their place in its order. Good until the log grows.
pub type Past = FixedBitSet;

/// The graph of a circle's operations.
#[derive(Clone, Debug)]
pub struct AccessLog {
    circle: Id,
    // By generation (longest way from the root), then hash: parents first, and the same on every device.
    operations: Vec<(u32, Operation)>,
    index: HashMap<Hash, usize>,
    past: Vec<Past>,
    waiting: BTreeMap<Hash, Operation>,
}

impl AccessLog {
    /// An empty log.
    pub fn new(circle: &Id) -> AccessLog {
        AccessLog {
            circle: circle.clone(),
            operations: Vec::new(),
            index: HashMap::new(),
            past: Vec::new(),
            waiting: BTreeMap::new(),
        }
    }

    /// The log of operations that were kept, in any order and however many; those that do not read are left out. Their
    /// signatures were checked when they were taken in, and the vault's cipher tells of a bit that fell over since.
    pub fn of<'a>(circle: &Id, kept: impl IntoIterator<Item = &'a [u8]>) -> AccessLog {
        let mut log = AccessLog::new(circle);
        let read = kept.into_iter().map(Operation::read_kept);
        let mut left: HashMap<Hash, Operation> = read
            .filter_map(|read| read.ok().map(|operation| (operation.hash, operation)))
            .collect();
        let mut standing_on: HashMap<Hash, Vec<Hash>> = HashMap::new();
        for operation in left.values() {
            for parent in &operation.parents {
                standing_on.entry(*parent).or_default().push(operation.hash);
            }
        }
        let roots = left
            .values()
            .filter(|operation| operation.parents.is_empty());
        let mut ready: Vec<Hash> = roots.map(|operation| operation.hash).collect();
        while let Some(hash) = ready.pop() {
            let Some(generation) = left.get(&hash).and_then(|next| log.generation(next)) else {
                continue;
            };
            let placed = left
                .remove(&hash)
                .filter(|operation| log.belongs(operation));
            if let Some(operation) = placed {
                log.put(generation, operation);
                ready.extend(standing_on.remove(&hash).unwrap_or_default());
            }
        }
        log.order();
        log
    }

    /// The log of operations that another device handed over, as far as they belong to this circle and each author had
    /// the right to them.
    pub fn checked<'a>(circle: &Id, handed: impl IntoIterator<Item = &'a [u8]>) -> AccessLog {
        let mut log = AccessLog::new(circle);
        for bytes in handed {
            let Ok(operation) = Operation::read(bytes) else {
                continue;
            };
            let stands = operation.parents.iter().all(|parent| log.knows(parent));
            if stands && (log.is_empty() || super::Roster::rightful(&log, &operation)) {
                let _ = log.add(operation);
            }
        }
        log
    }

    /// Takes in an operation of this circle.
    ///
    /// # Errors
    /// [`Error::Damaged`] for another circle's, for a root that did not found this circle, or beyond the caps.
    pub fn add(&mut self, operation: Operation) -> Result<Taken> {
        let taken = self.place(operation)?;
        if matches!(taken, Taken::Kept(_)) {
            self.order();
        }
        Ok(taken)
    }

    fn place(&mut self, operation: Operation) -> Result<Taken> {
        let hash = operation.hash;
        if self.index.contains_key(&hash) {
            return Ok(Taken::Known);
        }
        // However full it is, somebody can be taken out.
        let full = self.operations.len() >= OPERATIONS_CAP && !goes_on(&operation.act);
        if !self.belongs(&operation) || full {
            return Err(Error::Damaged);
        }
        let Some(generation) = self.generation(&operation) else {
            if self.waiting.len() >= WAITING_CAP {
                return Err(Error::Damaged);
            }
            self.waiting.insert(hash, operation);
            return Ok(Taken::Waiting);
        };
        self.put(generation, operation);
        self.waiting.remove(&hash);
        let mut freed = 0;
        loop {
            let ready = self
                .waiting
                .values()
                .find_map(|waiting| Some((waiting.hash, self.generation(waiting)?)));
            let Some((hash, generation)) = ready else {
                return Ok(Taken::Kept(freed));
            };
            if let Some(operation) = self.waiting.remove(&hash) {
                self.put(generation, operation);
                freed += 1;
            }
        }
    }

    /// Behind all others, until they are ordered.
    fn put(&mut self, generation: u32, operation: Operation) {
        self.index.insert(operation.hash, self.operations.len());
        self.operations.push((generation, operation));
    }

    fn belongs(&self, operation: &Operation) -> bool {
        let founded = match &operation.act {
            Act::Found { nonce, device, .. } => {
                operation.parents.is_empty()
                    && device.sign == operation.author
                    && circle_id(nonce, &operation.author) == self.circle
            }
            _ => !operation.parents.is_empty(),
        };
        founded && operation.circle == self.circle
    }

    fn generation(&self, operation: &Operation) -> Option<u32> {
        let mut generation = 0;
        for parent in &operation.parents {
            let at = *self.index.get(parent)?;
            generation = generation.max(self.operations[at].0 + 1);
        }
        Some(generation)
    }

    fn order(&mut self) {
        self.operations
            .sort_by_key(|(generation, operation)| (*generation, operation.hash));
        self.index = self
            .operations
            .iter()
            .enumerate()
            .map(|(at, (_, operation))| (operation.hash, at))
            .collect();
        self.past.clear();
        for at in 0..self.operations.len() {
            let past = self.past_of(&self.operations[at].1.parents);
            self.past.push(past);
        }
    }

    /// Every operation, parents before those that stand on them, in the same order on every device.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.operations.iter().map(|(_, operation)| operation)
    }

    /// The operation at a place of the order.
    pub(super) fn at(&self, place: usize) -> &Operation {
        &self.operations[place].1
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.operations.len()
    }

    /// Whether nothing is in it yet.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// The circle.
    pub fn circle(&self) -> &Id {
        &self.circle
    }

    /// Whether an operation is in the graph.
    pub fn knows(&self, hash: &Hash) -> bool {
        self.index.contains_key(hash)
    }

    /// The operation with this name.
    pub fn get(&self, hash: &Hash) -> Option<&Operation> {
        self.index.get(hash).map(|at| self.at(*at))
    }

    /// Operations that others stand on and nobody has handed in yet.
    pub fn missing(&self) -> Vec<Hash> {
        let mut missing: Vec<Hash> = self
            .waiting
            .values()
            .flat_map(|operation| operation.parents.iter())
            .filter(|parent| !self.knows(parent) && !self.waiting.contains_key(*parent))
            .copied()
            .collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }

    /// The operations nothing known stands on, sorted.
    pub fn heads(&self) -> Vec<Hash> {
        let mut heads: BTreeSet<Hash> = self.index.keys().copied().collect();
        for parent in self.operations().flat_map(|operation| &operation.parents) {
            heads.remove(parent);
        }
        heads.into_iter().collect()
    }

    /// The operations a place stands on, near and far; itself not among them.
    pub(super) fn past(&self, place: usize) -> &Past {
        &self.past[place]
    }

    /// Whether a recovery code ever let a device in.
    pub(super) fn any_use_of_a_code(&self) -> bool {
        let codes: BTreeSet<&[u8; 32]> = self
            .operations()
            .filter_map(|operation| match &operation.act {
                Act::AddRecovery { device, .. } => Some(&device.sign),
                _ => None,
            })
            .collect();
        self.operations().any(|operation| {
            matches!(operation.act, Act::AddDevice { .. }) && codes.contains(&operation.author)
        })
    }

    /// What somebody knew who named these heads: the heads and all they stand on. Unknown heads add nothing.
    pub fn past_of(&self, heads: &[Hash]) -> Past {
        let mut known = Past::with_capacity(self.operations.len());
        for head in heads {
            if let Some(at) = self.index.get(head) {
                if let Some(past) = self.past.get(*at) {
                    known.union_with(past);
                }
                known.insert(*at);
            }
        }
        known
    }

    /// Whether an operation is among those of a past.
    pub fn past_has(&self, past: &Past, hash: &Hash) -> bool {
        self.index.get(hash).is_some_and(|at| past.contains(*at))
    }

    /// Every operation there is.
    pub fn everything(&self) -> Past {
        let mut all = Past::with_capacity(self.operations.len());
        all.insert_range(..);
        all
    }
}

/// Whether an operation is taken in however many there are: a removal, and the keys that have to follow it.
fn goes_on(act: &Act) -> bool {
    act.seen().is_some() || matches!(act, Act::Epoch { .. })
}

#[cfg(test)]
#[path = "access_log_tests.rs"]
mod tests;
