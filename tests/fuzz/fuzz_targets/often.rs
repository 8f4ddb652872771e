//! "How often", in words of either language.
#![no_main]

use cairn_core::plan::often::Often;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(often) = Often::parse(text) {
        let _ = often.weekly();
    }
});
