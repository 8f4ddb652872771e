//! Bytes sealed under a key, from somebody who does not have it.
#![no_main]

use cairn_core::sealing::open_under;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    assert!(open_under(&[7; 32], b"bound", bytes).is_none());
});
