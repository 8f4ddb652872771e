//! Records in memory: dice with a seed, and devices that act and meet without a file.
#![allow(dead_code)]

use cairn_core::Result;
use cairn_core::entropy::SeededEntropy;
use cairn_core::id::Id;
use cairn_core::record::change::{self, PutOp, ReadChange, ReadOp};
use cairn_core::record::{Acting, Actor, Acts, Noun, OpId, Part, Record};
use std::collections::BTreeSet;

/// Dice that fall the same for the same seed.
pub struct Dice(SeededEntropy);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(SeededEntropy::new(seed))
    }

    pub fn below(&mut self, sides: u64) -> u64 {
        let mut bytes = [0; 8];
        self.0.stream(&mut bytes);
        u64::from_le_bytes(bytes) % sides
    }

    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len() as u64) as usize]
    }
}

/// Carries out a rule and takes its changes into the record; the changes, if it was not refused.
pub fn act<T>(
    record: &mut Record,
    acting: Acting,
    rule: impl FnOnce(&mut Acts) -> Result<T>,
) -> Result<(T, Vec<(Part, ReadChange)>)> {
    let mut acts = Acts::new(record, acting);
    let done = rule(&mut acts)?;
    let mut made = Vec::new();
    for (part, head, puts) in acts.finish()? {
        let hash = change::build(&record.circle, &part, &head, &puts)?.hash;
        let actor = head.actor;
        let op = |(counter, put): (u64, PutOp)| ReadOp {
            id: OpId { counter, actor },
            put: Some(put),
        };
        let change = ReadChange {
            ops: (head.start_op..).zip(puts).map(op).collect(),
            makes: None,
            hash,
            head,
        };
        record.apply(&part, &change);
        made.push((part, change));
    }
    Ok((done, made))
}

/// An empty record of Tom's with these members, on the device of the first of them.
pub fn a_record(parts: &[Part], members: &[(&str, &str)], acting: Acting) -> Record {
    let me = members[0].0;
    let mut record = Record::new(Id::read("circle"), Id::read(me), Actor([1; 16]));
    for (number, (member, _)) in members.iter().enumerate() {
        let actor = Actor([number as u8 + 1; 16]);
        record.actors.insert(actor, Id::read(*member));
    }
    for part in parts {
        let first = change::first(&record.circle, part).unwrap();
        let read = change::read(&record.circle, part, &first.bytes).unwrap();
        record.apply(part, &read);
    }
    act(&mut record, acting, |acts| {
        for (member, role) in members {
            let (part, id) = (Part::circle(), Id::read(*member));
            acts.put(&part, Noun::Member, &id, "name", *member);
            acts.put(&part, Noun::Member, &id, "role", *role);
        }
        Ok(())
    })
    .unwrap();
    record
}

/// A device with a record in memory, and all its changes in an order in which each stands after those it depends on.
pub struct Device {
    pub record: Record,
    pub changes: Vec<(Part, ReadChange)>,
    known: BTreeSet<[u8; 32]>,
}

impl Device {
    /// The `number`-th member's device, knowing what this record says.
    pub fn fork(record: &Record, number: usize) -> Device {
        let mut record = record.clone();
        record.actor = Actor([number as u8 + 1; 16]);
        record.me = record.actors[&record.actor].clone();
        for cursor in record.cursors.values_mut() {
            (cursor.own_seq, cursor.own_last) = (0, None);
        }
        Device {
            record,
            changes: Vec::new(),
            known: BTreeSet::new(),
        }
    }

    pub fn act<T>(
        &mut self,
        acting: Acting,
        rule: impl FnOnce(&mut Acts) -> Result<T>,
    ) -> Result<T> {
        let (done, made) = act(&mut self.record, acting, rule)?;
        self.known
            .extend(made.iter().map(|(_, change)| change.hash));
        self.changes.extend(made);
        Ok(done)
    }

    /// Takes in all the other has.
    pub fn take(&mut self, other: &Device) {
        for (part, change) in &other.changes {
            if self.known.insert(change.hash) {
                self.record.apply(part, change);
                self.changes.push((part.clone(), change.clone()));
            }
        }
    }
}
