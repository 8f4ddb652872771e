//! An operation of a circle's access log.
#![no_main]

use cairn_core::circle::Operation;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = Operation::read(bytes);
});
