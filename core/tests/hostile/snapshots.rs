//! Hostile snapshots: whole documents, taken apart and put together again like the changes.

use super::base::{begun, everything, own};
use super::child::{self, Tally};
use super::inputs::{Dice, HUGE};
use super::raw::{self, chunk, leb, run, sleb};
use automerge::{Automerge, Change};
use cairn_core::sync::walker::{self, Refusal, limits};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A snapshot in pieces.
#[derive(Clone)]
pub struct RawSnapshot {
    actors: Vec<Vec<u8>>,
    heads: Vec<Vec<u8>>,
    changes: Vec<(u64, Vec<u8>)>,
    operations: Vec<(u64, Vec<u8>)>,
    places: Vec<u8>,
}

impl RawSnapshot {
    pub fn of(bytes: &[u8]) -> RawSnapshot {
        let mut at = 9;
        raw::unsigned(bytes, &mut at);
        let count = raw::unsigned(bytes, &mut at);
        let actors = (0..count).map(|_| raw::counted(bytes, &mut at)).collect();
        let count = raw::unsigned(bytes, &mut at);
        let heads = (0..count).map(|_| raw::piece(bytes, &mut at, 32)).collect();
        let mut listed = || -> Vec<(u64, u64)> {
            let count = raw::unsigned(bytes, &mut at);
            (0..count)
                .map(|_| (raw::unsigned(bytes, &mut at), raw::unsigned(bytes, &mut at)))
                .collect()
        };
        let (changes, operations) = (listed(), listed());
        let mut taken = |listed: Vec<(u64, u64)>| {
            listed
                .into_iter()
                .map(|(spec, length)| (spec, raw::piece(bytes, &mut at, length as usize)))
                .collect()
        };
        let (changes, operations) = (taken(changes), taken(operations));
        RawSnapshot {
            actors,
            heads,
            changes,
            operations,
            places: bytes[at..].to_vec(),
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut out = leb(self.actors.len() as u64);
        for actor in &self.actors {
            out.extend(leb(actor.len() as u64));
            out.extend(actor);
        }
        out.extend(leb(self.heads.len() as u64));
        out.extend(self.heads.concat());
        for columns in [&self.changes, &self.operations] {
            out.extend(leb(columns.len() as u64));
            for (spec, column) in columns {
                out.extend(leb(*spec));
                out.extend(leb(column.len() as u64));
            }
        }
        for (_, column) in self.changes.iter().chain(&self.operations) {
            out.extend(column);
        }
        out.extend(&self.places);
        chunk(0, &out)
    }
}

/// Snapshots of the real changes as they grow.
fn real() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for changes in [own().0, everything(begun(3))] {
        let mut document = begun(9);
        for bytes in changes {
            document
                .apply_changes([Change::from_bytes(bytes).unwrap()])
                .unwrap();
            all.push(document.document().save_nocompress());
        }
        // As automerge saves by itself, with deflated columns where that is shorter.
        all.push(document.document().save());
    }
    all
}

/// What loading a snapshot at every limit at once may use.
const SNAPSHOT_MEMORY: usize = 320 << 20;

const KINDS: [&str; 6] = [
    "bytes changed",
    "bytes inserted or taken out",
    "a column bombed",
    "a column written anew",
    "lists changed",
    "cut off",
];

fn input(n: usize, real: &[Vec<u8>]) -> Vec<u8> {
    let mut dice = Dice::new(n as u64 + 1);
    let bytes = real[dice.roll(real.len())].clone();
    let mut raw = RawSnapshot::of(&bytes);
    let of_changes = dice.roll(2) == 0;
    match n % KINDS.len() {
        kind @ (0 | 1) => {
            let mut bytes = raw.bytes();
            for _ in 0..1 + dice.roll(3) {
                let at = 12 + dice.roll(bytes.len() - 12);
                match (kind, dice.roll(2)) {
                    (0, 0) => bytes[at] ^= 1 << dice.roll(8),
                    (0, _) => bytes[at] = dice.roll(256) as u8,
                    (_, 0) => bytes.insert(at, dice.roll(256) as u8),
                    _ => drop(bytes.remove(at)),
                }
            }
            return raw::repaired(&bytes);
        }
        kind @ (2 | 3) => {
            let columns = if of_changes {
                &mut raw.changes
            } else {
                &mut raw.operations
            };
            let at = dice.roll(columns.len());
            let (spec, column) = &mut columns[at];
            let count = HUGE[dice.roll(HUGE.len())];
            *column = match (kind, dice.roll(3)) {
                (2, 0) => [vec![0], leb(count)].concat(),
                (2, 1) => run(count as i64, if *spec & 7 == 5 { &[1, b'k'] } else { &[1] }),
                (2, _) => [sleb((count as i64).wrapping_neg()), vec![1]].concat(),
                (_, 0) => column[..dice.roll(column.len())].to_vec(),
                (_, 1) => column.iter().map(|byte| byte ^ 1).collect(),
                _ => (0..column.len()).map(|_| dice.roll(256) as u8).collect(),
            };
        }
        4 => match dice.roll(5) {
            0 => raw.actors.reverse(),
            1 => raw.actors.push(vec![0xff; 16]),
            2 => raw.heads = vec![vec![9; 32]],
            3 => raw.places = leb(HUGE[dice.roll(HUGE.len())]),
            _ => raw.operations.swap(0, 1),
        },
        _ => return raw::repaired(&bytes[..12 + dice.roll(bytes.len() - 12)]),
    }
    raw.bytes()
}

#[test]
fn a_snapshot_taken_apart_and_put_together_is_the_same() {
    for bytes in real() {
        assert_eq!(RawSnapshot::of(&bytes).bytes(), bytes);
    }
}

#[test]
fn no_hostile_snapshot_ends_the_program_or_takes_much_memory() {
    let said = child::run("snapshots::child");
    assert!(said.count("refused by the walker") > 0 && said.count("passed to automerge") > 0);
}

/// Does nothing unless the parent started it.
#[test]
fn child() {
    let Some(inputs) = child::started() else {
        return;
    };
    let real = real();
    let mut tally = Tally::new();
    for n in 0..inputs {
        let bytes = input(n, &real);
        tally.measure(n, KINDS[n % KINDS.len()], || {
            let walked = match walker::snapshot(&bytes) {
                Ok(walked) => walked,
                Err(why) => return Err(why),
            };
            let loaded = catch_unwind(AssertUnwindSafe(|| Automerge::load(walked.bytes())));
            Ok(match loaded {
                Ok(Ok(_)) => "loaded",
                Ok(Err(_)) => "refused by automerge",
                Err(_) => "ended inside the guard",
            })
        });
    }
    tally.print();
}

/// As many operations and changes, and as many times replaced, as the columns say, in as few bytes as there can be.
fn longest(operations: i64, replaced: i64, changes: i64) -> Vec<u8> {
    let key = vec![b'k'; limits::KEY_BYTES];
    let message = vec![b'm'; limits::MESSAGE_BYTES];
    let text = |text: &[u8]| [leb(text.len() as u64), text.to_vec()].concat();
    let each = operations / changes;
    RawSnapshot {
        actors: vec![vec![2; 16]],
        heads: vec![vec![9; 32]],
        changes: vec![
            (0x01, run(changes, &[0])),
            (0x03, run(changes, &[1])),
            (0x13, run(changes, &sleb(each))),
            (0x23, run(changes, &[0])),
            (0x35, run(changes, &text(&message))),
            (0x40, [run(-1, &[0]), run(changes - 1, &[1])].concat()),
            (0x43, [run(-1, &[0]), run(changes - 2, &[1])].concat()),
            (0x56, run(changes, &[7])),
        ],
        operations: vec![
            (0x15, run(operations, &text(&key))),
            (0x21, run(operations, &[0])),
            (0x23, run(operations, &[1])),
            (0x34, leb(operations as u64)),
            (0x42, run(operations, &[1])),
            (0x56, run(operations, &[0])),
            (
                0x80,
                [run(replaced, &[1]), run(operations - replaced, &[0])].concat(),
            ),
            (0x81, run(replaced, &[0])),
            (0x83, run(replaced, &[1])),
        ],
        places: vec![0],
    }
    .bytes()
}

#[test]
fn a_snapshot_at_the_limits_takes_bounded_memory_and_one_above_them_is_refused() {
    child::run_once("snapshots::at_the_limits");
}

/// Does nothing unless the parent started it.
#[test]
fn at_the_limits() {
    if child::started().is_none() {
        return;
    }
    let operations = limits::SNAPSHOT_OPERATIONS as i64;
    let changes = limits::SNAPSHOT_CHANGES as i64;
    let replaced = limits::SNAPSHOT_REPLACED as i64;
    for (operations, replaced, changes) in [
        (operations, replaced, 3),
        (operations, 2, changes),
        (changes, 2, changes),
        (operations, replaced, changes),
    ] {
        let bytes = longest(operations, replaced, changes);
        let walked = walker::snapshot(&bytes).unwrap();
        assert_eq!(walked.operations() as i64, operations);
        assert_eq!(walked.changes() as i64, changes);
        let used = child::memory_of(|| {
            let load = || Automerge::load(walked.bytes()).is_ok();
            let _ = catch_unwind(AssertUnwindSafe(load));
        });
        println!("{operations} operations, {replaced} replaced, {changes} changes: {used} bytes");
        assert!(used <= SNAPSHOT_MEMORY);
    }
    let refused = |bytes: &[u8]| walker::snapshot(bytes).unwrap_err();
    let over = longest(operations + 1, 2, 3);
    assert_eq!(refused(&over), Refusal::TooManyOperations);
    let over = longest(operations, replaced + 1, 3);
    assert_eq!(refused(&over), Refusal::TooManyReplaced);
    let over = longest(operations, 2, changes + 1);
    assert_eq!(refused(&over), Refusal::TooManyOperations);
}
