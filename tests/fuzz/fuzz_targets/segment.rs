//! A segment that a member sealed rightly around anything: form, group, and whatever stands inside.
#![no_main]

use cairn_core::circle::epoch::GroupSecret;
use cairn_core::entropy::SeededEntropy;
use cairn_core::id::{Id, digest};
use cairn_core::record::change;
use cairn_core::sealing::seal_under;
use cairn_core::sync::{segment, thin, walker};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = segment::header(bytes);
    let Some(([form, group], content)) = bytes.split_first_chunk() else {
        return;
    };
    let circle = Id::read("circle");
    // Thinned segments have form and group in one byte, and a shorter tag of the epoch.
    let header = match form & 0xf0 {
        0x20 => vec![1, *form, 7, 7],
        _ => [[1, *form, *group].as_slice(), &[7; segment::EPOCH_TAG]].concat(),
    };
    let bound = digest(&[b"segment bound/1", circle.as_str().as_bytes(), &header]);
    let sealed = seal_under(&[7; 32], &bound, content, &SeededEntropy::new(1)).expect("short");
    let whole = [header, sealed].concat();
    let secret = GroupSecret::from_bytes(&[7; 32]).expect("32 bytes");
    let Some(opened) = segment::open(&circle, &whole, &secret) else {
        return;
    };
    if let Some(thinned) = &opened.thinned {
        let _ = thin::unpacked(thinned.packing, &thinned.body);
    }
    let changes = opened.changes.iter().map(|carried| &carried.bytes[..]);
    let Ok(walked) = walker::segment(changes) else {
        return;
    };
    for (walked, carried) in walked.iter().zip(&opened.changes) {
        let _ = change::read_walked(&circle, &carried.part, walked);
    }
});
