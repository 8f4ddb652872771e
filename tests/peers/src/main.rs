//! The same history as Cairn's benchmark plays, kept by other programs: automerge alone, loro, yrs. One piece of
//! work a process, to be run under valgrind by `cargo xtask bench`:
//!
//! - `build PEER YEARS FILE` makes a document of the history and saves it.
//! - `open PEER FILE` opens it, and no more.
//! - `today PEER FILE` opens it and reads what today's page says.
//! - `log PEER FILE` opens it, and counts one entry made and turned into bytes to keep.
//! - `wire PEER` prints bytes that pass between two documents until both have everything: for one entry, for one of ten, and
//!   for a month of changes; first with one that writes, then with two in turn.
//! - `visit PEER PEOPLE CHANGED` prints bytes and milliseconds of processor of a meeting of two devices with so many documents, of
//!   which so many changed, and of one after which nothing had changed.
//! - `time PEER FILE ROUNDS` prints the median microseconds of opening and reading, and of one entry.

mod automerge_peer;
#[path = "../../src/history/mod.rs"]
mod history;
mod loro_peer;
#[path = "../../src/processor.rs"]
mod processor;
mod yrs_peer;

use history::{Act, END, Scalar, Step};
use processor::processor_time;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

/// What every peer can do.
trait Peer: Sized {
    /// An empty document.
    fn new() -> Self;
    /// Writes one act as one commit; the bytes that one would keep of it.
    fn act(&mut self, n: usize, act: &Act) -> Vec<u8>;
    /// The whole document.
    fn save(&mut self) -> Vec<u8>;
    /// A document from its bytes.
    fn load(bytes: &[u8]) -> Self;
    /// What two documents remember of each other between meetings.
    type Link: Default;
    /// Lets two documents meet until both have everything; the bytes that passed, in both directions.
    fn meet(&mut self, other: &mut Self, link: &mut Self::Link) -> usize;
    /// A further document of another device.
    fn fork(bytes: &[u8]) -> Self;
    /// Reads the running plans with their rests and follow-ups, and the entries that can matter.
    fn today(&self) -> usize;
}

/// Days before the last one from which entries can matter on today's page, as for Cairn.
const DAYS: i64 = 16;

/// The first day that matters, as a number.
fn first_day() -> i64 {
    Scalar::Day(END).number().unwrap_or(0) - DAYS
}

/// A thing's key: the same length as Cairn's ids would be cheaper, but numbers sort by age, which suits them all.
fn key(n: usize) -> String {
    format!("{n:06}")
}

/// The piece of work whose instructions are counted; valgrind knows it by this name.
#[inline(never)]
fn measured_region(work: &mut dyn FnMut()) {
    work();
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.get(1) {
        Some(&"automerge") => run::<automerge_peer::Document>(&words),
        Some(&"loro") => run::<loro_peer::Document>(&words),
        Some(&"yrs") => run::<yrs_peer::Document>(&words),
        _ => Err("build|today|log|time automerge|loro|yrs ...".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run<P: Peer>(words: &[&str]) -> Result<(), String> {
    let read = |file: &str| std::fs::read(file).map_err(|error| error.to_string());
    match words {
        ["build", _, years, file] => {
            let mut document = P::new();
            let years = years.parse().map_err(|_| "years")?;
            for (n, act) in history::history(years).iter().enumerate() {
                document.act(n, act);
            }
            std::fs::write(file, document.save()).map_err(|error| error.to_string())
        }
        ["open", _, file] => {
            let bytes = read(file)?;
            measured_region(&mut || drop(black_box(P::load(&bytes))));
            Ok(())
        }
        ["today", _, file] => {
            let bytes = read(file)?;
            let mut said = 0;
            measured_region(&mut || said = black_box(P::load(&bytes)).today());
            if said == 0 {
                Err("nothing was read".into())
            } else {
                Ok(())
            }
        }
        ["log", _, file] => {
            let mut document = P::load(&read(file)?);
            let entries = entries(2);
            document.act(1_000_000, &entries[0]);
            let mut bytes = Vec::new();
            measured_region(&mut || bytes = document.act(1_000_001, &entries[1]));
            println!("{}", bytes.len());
            Ok(())
        }
        ["time", _, file, rounds] => {
            let bytes = read(file)?;
            let rounds: usize = rounds.parse().map_err(|_| "rounds")?;
            let today = median(rounds, |_| P::load(&bytes).today());
            let (mut document, entries) = (P::load(&bytes), entries(rounds));
            let log = median(rounds, |n| document.act(1_000_000 + n, &entries[n]).len());
            println!("{today} {log}");
            Ok(())
        }
        ["wire", _] => {
            let figures: Vec<String> = [1, 2].map(wire::<P>).concat();
            println!("{}", figures.join(" "));
            Ok(())
        }
        ["visit", _, people, changed] => {
            let number = |word: &str| word.parse::<usize>().map_err(|error| error.to_string());
            println!("{}", visit::<P>(number(people)?, number(changed)?).join(" "));
            Ok(())
        }
        _ => Err("build|open|today|log|wire|visit|time automerge|loro|yrs ...".into()),
    }
}

/// How many entries go one by one, and how many in batches of ten, as for Cairn.
const ENTRIES: usize = 400;
const BATCH: usize = 10;

/// Bytes of one entry, of one in a batch, and of a month of one device.
fn wire<P: Peer>(writers: usize) -> Vec<String> {
    let mut first = P::new();
    for (n, act) in history::history(1).iter().enumerate() {
        first.act(n, act);
    }
    let mut second = P::fork(&first.save());
    let mut link = P::Link::default();
    first.meet(&mut second, &mut link);
    let mut n = 1_000_000;
    let mut write = |acts: &[Act], writer: usize, first: &mut P, second: &mut P| {
        for act in acts {
            n += 1;
            let document = if writer == 0 {
                &mut *first
            } else {
                &mut *second
            };
            document.act(n, act);
        }
    };
    let entries = entries(2 * ENTRIES);
    let (one_by_one, in_batches) = entries.split_at(ENTRIES);
    let (mut entry, mut batches) = (0, 0);
    for (n, act) in one_by_one.iter().enumerate() {
        write(
            std::slice::from_ref(act),
            n % writers,
            &mut first,
            &mut second,
        );
        entry += first.meet(&mut second, &mut link);
    }
    for (n, acts) in in_batches.chunks(BATCH).enumerate() {
        write(acts, n % writers, &mut first, &mut second);
        batches += first.meet(&mut second, &mut link);
    }
    for writer in 0..writers {
        write(
            &history::month(writer as u64),
            writer,
            &mut first,
            &mut second,
        );
    }
    let month = first.meet(&mut second, &mut link) / writers;
    let mean = |bytes: usize| format!("{:.1}", bytes as f64 / ENTRIES as f64);
    vec![mean(entry), mean(batches), month.to_string()]
}

/// A document a person on each of two devices; bytes and milliseconds of two meetings.
fn visit<P: Peer>(people: usize, changed: usize) -> Vec<String> {
    let mut first = P::new();
    for (n, act) in history::beginning().iter().enumerate() {
        first.act(n, act);
    }
    let saved = first.save();
    let mut records: Vec<(P, P, P::Link)> = (0..people)
        .map(|_| {
            let (mut here, mut there) = (P::load(&saved), P::fork(&saved));
            let mut link = P::Link::default();
            here.meet(&mut there, &mut link);
            (here, there, link)
        })
        .collect();
    for (n, (entry, record)) in entries(changed).iter().zip(&mut records).enumerate() {
        record.0.act(1_000_000 + n, entry);
    }
    let mut figures = Vec::new();
    for _ in 0..2 {
        let before = processor_time();
        let bytes: usize = records
            .iter_mut()
            .map(|(here, there, link)| here.meet(there, link))
            .sum();
        let spent = processor_time().saturating_sub(before);
        figures.push(bytes.to_string());
        figures.push(format!("{:.2}", spent.as_secs_f64() * 1e3));
    }
    figures
}

/// Further entries of the newest plan.
fn entries(count: usize) -> Vec<Act> {
    let mut entries = history::more_entries(0, count as u64);
    for entry in &mut entries {
        if let Step::Entry { plan, .. } = &mut entry.step {
            *plan = 0;
        }
    }
    entries
}

/// Median microseconds.
fn median(rounds: usize, mut work: impl FnMut(usize) -> usize) -> f64 {
    let mut times = Vec::with_capacity(rounds);
    for round in 0..rounds {
        let start = Instant::now();
        black_box(work(round));
        times.push(start.elapsed().as_secs_f64() * 1e6);
    }
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
