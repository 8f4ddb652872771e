//! A file that somebody brings as a backup: its header, and entries that anybody can seal who knows the code's public key.
#![no_main]

use cairn_core::entropy::SeededEntropy;
use cairn_core::store::backup::{check_backup, fuzz};
use cairn_core::store::identity::DeviceKeys;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static KEYS: LazyLock<DeviceKeys> =
    LazyLock::new(|| DeviceKeys::generate(&SeededEntropy::new(7)).expect("a seeded source"));

fuzz_target!(|bytes: &[u8]| {
    let _ = fuzz(bytes, &KEYS);
    // The file's own head, now and then: a file is slow.
    if bytes.starts_with(b"file") {
        let file = std::env::temp_dir().join(format!("cairn-fuzz-backup-{}", std::process::id()));
        std::fs::write(&file, &bytes[4..]).expect("there is room");
        assert!(check_backup(&file, &KEYS).is_err(), "nobody guesses a key");
    }
});
