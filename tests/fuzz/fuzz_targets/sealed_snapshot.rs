//! What a member with the key may put into a snapshot: its body, packed and as it is, and bytes that are no snapshot at all.
#![no_main]

use cairn_core::sync::snapshot::{self, Body};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = snapshot::header(bytes);
    for body in [Body::unpack(bytes), Body::read(bytes)].into_iter().flatten() {
        let again = body.pack().expect("what was read is written");
        assert_eq!(Body::unpack(&again).as_ref(), Some(&body));
    }
});
