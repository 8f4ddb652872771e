//! A half of the witness file, as it is and with its plain sum repaired.
#![no_main]

use cairn_core::id::digest;
use cairn_core::store::witness;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = witness::fuzz(bytes, &[7; 32]);
    let mut repaired = bytes.to_vec();
    if let Some((head, rest)) = repaired.split_at_mut_checked(49)
        && let Some(sum) = rest.first_chunk_mut::<32>()
    {
        head[0] = 1;
        *sum = digest(&[b"witness sum/1", head]);
        // Without the key nobody makes a slot that counts.
        assert!(witness::fuzz(&repaired, &[7; 32]).is_none());
    }
});
