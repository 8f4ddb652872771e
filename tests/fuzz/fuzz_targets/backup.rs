//! A file that somebody brings as a backup: its header, and what it says is sealed.
#![no_main]

use cairn_core::entropy::SeededEntropy;
use cairn_core::store::backup::check_backup;
use cairn_core::store::identity::DeviceKeys;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let keys = DeviceKeys::generate(&SeededEntropy::new(7)).expect("a seeded source");
    let file = std::env::temp_dir().join(format!("cairn-fuzz-backup-{}", std::process::id()));
    std::fs::write(&file, bytes).expect("there is room");
    assert!(check_backup(&file, &keys).is_err(), "nobody guesses a key");
});
