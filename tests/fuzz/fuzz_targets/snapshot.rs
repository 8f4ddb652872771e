//! A snapshot of another member. Loading one has a guard of its own; here it is the walk that is tried.
#![no_main]

use cairn_core::sync::walker;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = walker::snapshot(bytes);
    let _ = walker::snapshot(&cairn_fuzz::chunk(0, bytes));
});
