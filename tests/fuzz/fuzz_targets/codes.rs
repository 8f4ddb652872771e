//! Codes that somebody types: of a further device, and of recovery; as typed, and with a checksum that fits. First byte:
//! which.
#![no_main]

use cairn_core::circle::device_code::DeviceCode;
use cairn_core::circle::recovery_code::RecoveryCode;
use cairn_core::circle::spoken::six_words;
use cairn_core::id::{base32, digest};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let [which, content @ ..] = bytes else { return };
    let code = match which % 3 {
        0 => {
            let symbols = (content.len() * 8).div_ceil(5);
            base32(content, symbols) + &base32(&digest(&[b"device code sum/1", content]), 4)
        }
        _ => String::from_utf8_lossy(content).into_owned(),
    };
    if let Ok(read) = DeviceCode::read(&code) {
        let again = read.code().expect("what was read can be written");
        assert!(DeviceCode::read(&again) == Ok(read));
    }
    if let Ok(read) = RecoveryCode::read(&code) {
        let again = read.text();
        let read = RecoveryCode::read(&again).expect("what was written is read");
        assert_eq!(*read.text(), *again);
    }
    if which % 100 == 99 {
        let words = six_words(&digest(&[content]));
        assert!(words.iter().all(|word| !word.is_empty()));
    }
});
