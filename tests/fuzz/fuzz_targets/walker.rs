//! A change of another device: the walk, and what comes after it.
#![no_main]

use automerge::Change;
use cairn_core::id::Id;
use cairn_core::record::{Part, change};
use cairn_core::sync::walker;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Half of the inputs get the chunk's header, so that the fuzzer need not find a SHA-256.
    let bytes = match bytes.split_first() {
        Some((1, content)) => cairn_fuzz::chunk(1, content),
        _ => bytes.to_vec(),
    };
    let Ok(walked) = walker::change(&bytes) else {
        return;
    };
    let (circle, part) = (Id::read("circle"), Part::goals(2026));
    // Not behind a guard: what the walker lets through must not end the program.
    let Ok(change) = Change::from_bytes(bytes.clone()) else {
        return;
    };
    assert_eq!(change.len() as u64, walked.operations());
    assert_eq!(change.hash().0, walked.hash());
    let _ = change.decode();
    let _ = change::read_walked(&circle, &part, &walked);
});
