//! A change as it lies in the vault, and the message of one.
#![no_main]

use automerge::{ActorId, Change, ExpandedChange};
use cairn_core::id::Id;
use cairn_core::record::{Part, change};
use libfuzzer_sys::fuzz_target;
use std::num::NonZeroU64;

fuzz_target!(|text: &str| {
    let (circle, part) = (Id::read("circle"), Part::goals(2026));
    let change = Change::from(ExpandedChange {
        operations: Vec::new(),
        actor_id: ActorId::from([1; 16]),
        hash: None,
        seq: 1,
        start_op: NonZeroU64::MIN,
        time: 0,
        message: Some(text.to_owned()),
        deps: Vec::new(),
        extra_bytes: text.as_bytes().to_vec(),
        author: None,
    });
    let read = change::read(&circle, &part, change.raw_bytes());
    let note = read.map(|read| read.head.note);
    assert!(note.is_ok_and(|note| note.offset.abs() < 24 * 60));
});
