//! The inputs are tried in a child process whose memory is counted and limited: what goes wrong there ends the child,
//! and the parent sees it.

use super::base::{circle, own, part, real};
use super::inputs::{KINDS, input};
use automerge::{Automerge, Change, ReadDoc};
use cairn_core::record::change;
use cairn_core::sync::walker::{self, Refusal};
use peak_alloc::PeakAlloc;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What taking in one input may use beyond what was there before.
const MEMORY_LIMIT: usize = 64 << 20;
/// Address space of the child in KiB, as a second fence.
const ADDRESS_SPACE: usize = 4 << 20;
/// Inputs of the ordinary run; `CAIRN_HOSTILE_INPUTS` gives another number.
const ORDINARY: usize = 2_000;
const INPUTS: &str = "CAIRN_HOSTILE_INPUTS";
const CHILD: &str = "CAIRN_HOSTILE_CHILD";

static PANICS: AtomicUsize = AtomicUsize::new(0);

#[test]
fn no_hostile_change_ends_the_program_or_takes_much_memory() {
    let inputs = std::env::var(INPUTS).unwrap_or_else(|_| ORDINARY.to_string());
    let child = Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v {ADDRESS_SPACE} && exec \"$0\" \"$@\""))
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "child::child", "--nocapture", "--test-threads=1"])
        .env(CHILD, "1")
        .env(INPUTS, &inputs)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout).into_owned();
    println!("{said}");
    assert!(
        child.status.success(),
        "the child ended with {}: {}",
        child.status,
        String::from_utf8_lossy(&child.stderr)
    );
    let count = |name: &str| -> usize {
        let line = said.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|rest| rest.trim_start_matches(':').trim().parse().ok())
            .unwrap_or_else(|| panic!("the child said nothing of {name}"))
    };
    assert_eq!(count("inputs"), inputs.parse::<usize>().unwrap());
    assert_eq!(
        count("inputs"),
        count("refused by the walker") + count("passed to automerge")
    );
    assert!(count("refused by the walker") > 0 && count("passed to automerge") > 0);
    assert!(count("merged and the same after saving and loading") > 0);
    assert_eq!(count("panics while decoding"), 0);
}

/// Does nothing unless the parent started it.
#[test]
fn child() {
    if std::env::var(CHILD).is_err() {
        return;
    }
    let inputs: usize = std::env::var(INPUTS).unwrap().parse().unwrap();
    let record = own().1;
    let real = real();
    let changes: Vec<Vec<u8>> = real.iter().map(|(change, _)| change.clone()).collect();
    std::panic::set_hook(Box::new(|panic| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        // Those of this project's own code are no part of what is tried here.
        if panic
            .location()
            .is_some_and(|at| !at.file().contains("automerge"))
        {
            eprintln!("{panic}");
        }
    }));

    let mut refused: BTreeMap<Refusal, usize> = BTreeMap::new();
    let mut after: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_kind: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let (mut passed, mut decoding, mut most, mut most_walking) = (0, 0, 0, 0);
    for n in 0..inputs {
        let (from, kind, bytes) = input(n, &changes);
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let walked = walker::change(&bytes);
        most_walking = most_walking.max(MEMORY.peak_usage().saturating_sub(before));
        let counts = by_kind.entry(KINDS[kind].0).or_default();
        match walked {
            Err(why) => {
                *refused.entry(why).or_default() += 1;
                counts.0 += 1;
            }
            Ok(walked) => {
                passed += 1;
                counts.1 += 1;
                let panics = PANICS.load(Ordering::Relaxed);
                let read = change::read_walked(&circle(), &part(), &walked);
                decoding += PANICS.load(Ordering::Relaxed) - panics;
                let outcome = match read {
                    Err(why) => why.code(),
                    Ok(read) => {
                        assert_eq!(read.ops.len() as u64, walked.operations());
                        record.clone().apply(&part(), &read);
                        merged(&real[from].1, &bytes)
                    }
                };
                *after.entry(outcome).or_default() += 1;
            }
        }
        let used = MEMORY.peak_usage().saturating_sub(before);
        most = most.max(used);
        assert!(used <= MEMORY_LIMIT, "input {n}: {used} bytes");
    }

    println!("\ninputs: {inputs}");
    for (why, count) in &refused {
        println!("  refused as {}: {count}", why.code());
    }
    println!("refused by the walker: {}", refused.values().sum::<usize>());
    for (outcome, count) in &after {
        println!("  after the walker: {outcome}: {count}");
    }
    println!("passed to automerge: {passed}");
    println!(
        "merged and the same after saving and loading: {}",
        after.get(SAME).unwrap_or(&0)
    );
    for (kind, (refused, passed)) in &by_kind {
        println!("  {kind}: {refused} refused, {passed} passed");
    }
    println!("panics while decoding: {decoding}");
    println!("most memory while walking, bytes: {most_walking}");
    println!("most memory in all, bytes: {most}");
}

const SAME: &str = "merged, the same after saving and loading";

/// Merges on a scratch copy inside a guard, saves, and loads again.
fn merged(document: &Automerge, bytes: &[u8]) -> &'static str {
    catch_unwind(AssertUnwindSafe(|| {
        let mut scratch = document.clone();
        let change = Change::from_bytes(bytes.to_vec()).unwrap();
        let hash = change.hash();
        if scratch.apply_changes([change]).is_err() {
            return "refused by the merge";
        }
        if scratch.get_change_by_hash(&hash).is_none() {
            return "waits for what it stands on";
        }
        match Automerge::load(&scratch.save()) {
            Err(_) => "merged, refused when loaded again",
            Ok(again) => match again.get_change_by_hash(&hash) {
                Some(change) if change.raw_bytes() == bytes => SAME,
                _ => "merged, another after loading",
            },
        }
    }))
    .unwrap_or("ended inside the guard of the merge")
}
