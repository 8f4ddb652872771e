//! Random histories of devices that fail in every way there is, each of which comes to the same end on all of them.

use cairn_tests::simulation::{FAULTS, Outcome, Size, play};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write;
use std::ops::RangeInclusive;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicU64, Ordering};

/// Too seldom in the ordinary run of one size to be asked of it; the other size must have it.
const RARE: [(Size, &str); 4] = [
    (Size::Small, "back-dated work of a removed member"),
    (Size::Small, "recovery codes used again"),
    (Size::Small, "team members removed"),
    (Size::Full, "changes sealed anew for another circle"),
];

/// `SEEDS=first..last`, both played; else the ordinary ones, or all that `cargo xtask prove --full` plays.
fn seeds(size: Size) -> (RangeInclusive<u64>, bool) {
    if let Ok(seeds) = std::env::var("SEEDS") {
        let (first, last) = seeds.split_once("..").expect("SEEDS=first..last");
        let number = |text: &str| text.parse().expect("SEEDS=first..last");
        return (number(first)..=number(last), true);
    }
    let full = std::env::var("CAIRN_PROVE").is_ok_and(|prove| prove == "full");
    let last = match (size, full) {
        (Size::Small, false) => 2_000,
        (Size::Small, true) => 20_000,
        (Size::Full, false) => 50,
        (Size::Full, true) => 500,
    };
    (1..=last, false)
}

fn report(lines: &str) {
    print!("{lines}");
    if let Some(file) = std::env::var_os("CAIRN_PROVE_REPORT") {
        let mut options = OpenOptions::new();
        let mut file = options.create(true).append(true).open(file).unwrap();
        file.write_all(lines.as_bytes()).unwrap();
    }
}

fn all_end_well(size: Size) {
    let (seeds, chosen) = seeds(size);
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let played = seeds.clone().count();
    let next = AtomicU64::new(*seeds.start());
    let work = || {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if !seeds.contains(&seed) {
                return counts;
            }
            for (what, count) in play(seed, size).counts {
                *counts.entry(what).or_default() += count;
            }
        }
    };
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            let counted = thread.join().unwrap_or_else(|panic| resume_unwind(panic));
            for (what, count) in counted {
                *counts.entry(what).or_default() += count;
            }
        }
    });
    let (name, first, last) = (size.name(), seeds.start(), seeds.end());
    let mut lines = format!("{name}, seeds {first} to {last}: {played} histories\n");
    for (what, count) in &counts {
        writeln!(lines, "{name}, {what}: {count}").unwrap();
    }
    report(&lines);
    if !chosen {
        for fault in FAULTS
            .iter()
            .filter(|fault| !RARE.contains(&(size, **fault)))
        {
            assert!(counts.get(fault).is_some_and(|n| *n > 0), "none: {fault}");
        }
    }
}

#[test]
fn whatever_fails_all_come_to_the_same_and_nothing_that_was_kept_is_lost_in_small_histories() {
    all_end_well(Size::Small);
}

#[test]
fn whatever_fails_all_come_to_the_same_and_nothing_that_was_kept_is_lost_in_full_histories() {
    all_end_well(Size::Full);
}

#[test]
fn the_same_seed_is_the_same_history() {
    for (seed, size) in [(3, Size::Full), (7, Size::Small), (11, Size::Small)] {
        let (once, again): (Outcome, Outcome) = (play(seed, size), play(seed, size));
        assert_eq!(once, again, "seed {seed}");
    }
    assert_ne!(play(3, Size::Small).trace, play(7, Size::Small).trace);
}
