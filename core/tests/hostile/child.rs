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

/// What a child printed.
pub struct Said(String);

impl Said {
    /// Every line that begins so.
    pub fn lines<'a>(&'a self, beginning: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .lines()
            .filter(move |line| line.starts_with(beginning))
    }

    /// The number behind a name at the beginning of a line.
    pub fn count(&self, name: &str) -> usize {
        let line = self.0.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|rest| rest.trim_start_matches(':').trim().parse().ok())
            .unwrap_or_else(|| panic!("the child said nothing of {name}"))
    }
}

/// Runs one test that tries inputs as a child. Its counts add up.
pub fn run(test: &str) -> Said {
    let said = run_once(test);
    assert_eq!(said.count("inputs"), inputs());
    let (refused, passed) = ("refused by the walker", "passed to automerge");
    assert_eq!(
        said.count("inputs"),
        said.count(refused) + said.count(passed)
    );
    said
}

/// Runs one test of this program as a child and waits for its good end.
pub fn run_once(test: &str) -> Said {
    run_with(test, inputs())
}

/// As [`run_once`], with another number of inputs.
pub fn run_with(test: &str, inputs: usize) -> Said {
    let child = Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v {ADDRESS_SPACE} && exec \"$0\" \"$@\""))
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(CHILD, "1")
        .env(INPUTS, inputs.to_string())
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
    Said(said)
}

/// How many inputs there are to be.
pub fn inputs() -> usize {
    std::env::var(INPUTS).map_or(ORDINARY, |given| given.parse().unwrap())
}

/// How many inputs to try, if this is a child.
pub fn started() -> Option<usize> {
    std::env::var(CHILD).ok()?;
    std::panic::set_hook(Box::new(|panic| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        // Those inside automerge are what is tried here.
        let library = ["automerge", "hexane"];
        let inside = |file: &str| library.iter().any(|name| file.contains(name));
        if panic.location().is_some_and(|at| !inside(at.file())) {
            eprintln!("{panic}");
        }
    }));
    Some(inputs())
}

/// What something uses beyond what was there before, at its highest.
pub fn memory_of(something: impl FnOnce()) -> usize {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    something();
    MEMORY.peak_usage().saturating_sub(before)
}

/// What became of the inputs so far.
pub struct Tally {
    inputs: usize,
    refused: BTreeMap<Refusal, usize>,
    after: BTreeMap<&'static str, usize>,
    kinds: BTreeMap<&'static str, (usize, usize)>,
    most: (usize, usize),
}

impl Tally {
    pub fn new() -> Tally {
        Tally {
            inputs: 0,
            refused: BTreeMap::new(),
            after: BTreeMap::new(),
            kinds: BTreeMap::new(),
            most: (0, 0),
        }
    }

    /// Counts one input: refused by the walker, or what became of it afterwards.
    pub fn measure(
        &mut self,
        n: usize,
        kind: &'static str,
        attempt: impl FnOnce() -> Result<&'static str, Refusal>,
    ) {
        let mut outcome = Ok("");
        let used = memory_of(|| outcome = attempt());
        assert!(used <= MEMORY_LIMIT, "input {n}, {kind}: {used} bytes");
        self.inputs += 1;
        let counts = self.kinds.entry(kind).or_default();
        match outcome {
            Err(why) => {
                *self.refused.entry(why).or_default() += 1;
                counts.0 += 1;
                self.most.0 = self.most.0.max(used);
            }
            Ok(outcome) => {
                *self.after.entry(outcome).or_default() += 1;
                counts.1 += 1;
                self.most.1 = self.most.1.max(used);
            }
        }
    }

    pub fn print(&self) {
        println!("\ninputs: {}", self.inputs);
        for (why, count) in &self.refused {
            println!("  refused as {}: {count}", why.code());
        }
        let sum = self.refused.values().sum::<usize>();
        println!("refused by the walker: {sum}");
        for (outcome, count) in &self.after {
            println!("  after the walker, {outcome}: {count}");
        }
        println!(
            "passed to automerge: {}",
            self.after.values().sum::<usize>()
        );
        for (kind, (refused, passed)) in &self.kinds {
            println!("  {kind}: {refused} refused, {passed} passed");
        }
        println!("most memory, refused ones, bytes: {}", self.most.0);
        println!("most memory, passed ones, bytes: {}", self.most.1);
    }
}

#[test]
fn no_hostile_change_ends_the_program_or_takes_much_memory() {
    let said = run("child::child");
    assert!(said.count("refused by the walker") > 0 && said.count("passed to automerge") > 0);
    assert!(said.count(&format!("  after the walker, {SAME}")) > 0);
    assert_eq!(said.count("panics while decoding"), 0);
}

/// Does nothing unless the parent started it.
#[test]
fn child() {
    let Some(inputs) = started() else {
        return;
    };
    let record = own().1;
    let real = real();
    let changes: Vec<Vec<u8>> = real.iter().map(|(change, _)| change.clone()).collect();
    let mut decoding = 0;
    let mut tally = Tally::new();
    for n in 0..inputs {
        let (from, kind, bytes) = input(n, &changes);
        tally.measure(n, KINDS[kind].0, || {
            let walked = walker::change(&bytes)?;
            let panics = PANICS.load(Ordering::Relaxed);
            let read = change::read_walked(&circle(), &part(), &walked);
            decoding += PANICS.load(Ordering::Relaxed) - panics;
            Ok(match read {
                Err(why) => why.code(),
                Ok(read) => {
                    assert_eq!(read.ops.len() as u64, walked.operations());
                    record.clone().apply(&part(), &read);
                    merged(&real[from].1, &bytes)
                }
            })
        });
    }
    tally.print();
    println!("panics while decoding: {decoding}");
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
