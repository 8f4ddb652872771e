//! The code of an invitation, as somebody types it, and one whose checksum fits.
#![no_main]

use cairn_core::circle::invitation::Invitation;
use cairn_core::id::{base32, digest};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let code = match bytes.split_first() {
        Some((1, content)) => {
            let symbols = (content.len() * 8).div_ceil(5);
            base32(content, symbols) + &base32(&digest(&[b"code sum/1", content]), 4)
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    if let Ok(read) = Invitation::read(&code) {
        let again = read.code().expect("what was read can be written");
        assert_eq!(Invitation::read(&again), Ok(read));
    }
});
