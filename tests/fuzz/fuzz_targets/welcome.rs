//! What lets a joiner in: an access log from somebody who may mean harm.
#![no_main]

use cairn_core::circle::invitation::Welcome;
use cairn_core::circle::{AccessLog, Roster};
use cairn_core::id::Id;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(welcome) = postcard::from_bytes::<Welcome>(bytes) else {
        return;
    };
    let handed = welcome.operations.iter().map(Vec::as_slice);
    let log = AccessLog::checked(&Id::read("circle"), handed);
    assert!(log.is_empty(), "nobody guesses a signature");
    let _ = Roster::of(&log);
});
