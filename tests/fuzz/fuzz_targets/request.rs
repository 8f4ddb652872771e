//! A joiner's wish to be let in.
#![no_main]

use cairn_core::circle::invitation::Request;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(request) = postcard::from_bytes::<Request>(bytes) {
        let rightful = request.is_rightful(&[7; 32]);
        assert_eq!(rightful, Ok(false), "nobody guesses a proof");
    }
});
