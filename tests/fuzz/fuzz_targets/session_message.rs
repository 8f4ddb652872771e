//! A message of a meeting.
#![no_main]

use cairn_core::sync::message::Message;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(message) = Message::read(bytes) else {
        return;
    };
    let written = message.write().expect("what was read can be written");
    assert_eq!(Message::read(&written), Ok(message));
});
