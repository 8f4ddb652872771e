//! The manifest of an attached file, and a piece that is no piece of it.
#![no_main]

use cairn_core::attachment::pieces::{CONTENT, FILE_CAP, Manifest};
use cairn_core::id::Id;
use cairn_core::record::Value;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(manifest) = Manifest::read(&Value::Bytes(bytes.to_vec())) {
        assert!(manifest.size <= FILE_CAP);
        assert_eq!(manifest.pieces.len() as u64, manifest.size.div_ceil(CONTENT as u64));
        let again = manifest.pack().unwrap();
        assert_eq!(Manifest::read(&again), Some(manifest.clone()));
        let circle = Id::read("circle");
        assert!(manifest.open(&circle, 0, bytes).is_none());
        assert!(manifest.join(&circle, &[bytes.to_vec()]).is_err());
    }
});
