//! What a meeting of two devices costs. Draft that prints its figures.

use cairn_core::entropy::SeededEntropy;
use cairn_core::sync::session::Session;
use cairn_tests::visit;
use std::path::Path;
use std::time::{Duration, Instant};

/// The piece whose instructions are counted.
#[inline(never)]
pub fn measured_region(work: &mut dyn FnMut()) {
    work();
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["make", folder, records] => {
            visit::make(Path::new(folder), records.parse().unwrap(), |_| ()).unwrap()
        }
        ["long", folder, notes] => {
            visit::make_long(Path::new(folder), notes.parse().unwrap(), |_| ()).unwrap()
        }
        ["meet", folder, changed] => {
            let (one, other) = visit::homes(Path::new(folder));
            let (mut one, mut other) = (
                visit::open(&one, 5).unwrap(),
                visit::open(&other, 6).unwrap(),
            );
            visit::visit(&mut one, changed.parse().unwrap(), 60).unwrap();
            measured_region(&mut || meet(&mut one, &mut other));
        }
        _ => panic!("make|long|meet"),
    }
}

fn meet(one: &mut cairn_core::store::Vault, other: &mut cairn_core::store::Vault) {
    let (first, second) = (SeededEntropy::new(11), SeededEntropy::new(12));
    let acting = visit::minutes(70);
    let start = Instant::now();
    let mut left = Session::begin(one, acting, &first).unwrap();
    let mut right = Session::begin(other, acting, &second).unwrap();
    let mut taking = Duration::ZERO;
    let (mut bytes, mut messages, mut rounds) = ([0, 0], 0, 0);
    while !(left.is_done() && right.is_done()) {
        let mut out = [Vec::new(), Vec::new()];
        while let Some(message) = left.next(one).unwrap() {
            out[0].push(message);
        }
        while let Some(message) = right.next(other).unwrap() {
            out[1].push(message);
        }
        rounds += 1;
        for message in &out[0] {
            bytes[0] += message.len();
            messages += 1;
            let start = Instant::now();
            right.receive(other, message).unwrap();
            taking += start.elapsed();
        }
        for message in &out[1] {
            bytes[1] += message.len();
            messages += 1;
            left.receive(one, message).unwrap();
        }
        assert!(!out[0].is_empty() || !out[1].is_empty());
    }
    println!(
        "rounds {rounds} messages {messages} bytes {bytes:?} taking {taking:?} whole {:?} given {:?}",
        start.elapsed(),
        left.progress(),
    );
}
