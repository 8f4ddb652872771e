//! The packed value of a log entry: what is read is written back byte for byte.
#![no_main]

use cairn_core::log::packed::Packed;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(packed) = Packed::unpack(bytes) {
        let again = packed.pack();
        assert_eq!(Packed::unpack(&again).as_ref(), Some(&packed));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Packed::from_hex(text);
    }
});
