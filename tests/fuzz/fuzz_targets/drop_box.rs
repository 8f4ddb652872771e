//! The drop box: records in damaged files, and content sealed by somebody who knows the public key.
#![no_main]

use cairn_core::entropy::SeededEntropy;
use cairn_core::id::digest;
use cairn_core::sealing;
use cairn_core::store::drop_box;
use cairn_core::store::identity::DeviceKeys;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static KEYS: LazyLock<DeviceKeys> =
    LazyLock::new(|| DeviceKeys::generate(&SeededEntropy::new(1)).expect("seeded"));

fuzz_target!(|bytes: &[u8]| {
    let Some((&kind, content)) = bytes.split_first() else {
        return;
    };
    if kind != 1 {
        let _ = drop_box::fuzz(content, &KEYS);
        return;
    }
    let mut content = content[..content.len().min(3840)].to_vec();
    content.resize(content.len().div_ceil(256).max(1) * 256, 0);
    let mut record = b"CdB1".to_vec();
    record.extend((content.len() as u16 + 48).to_le_bytes());
    record.push(1);
    let sealed = sealing::seal_to(
        &KEYS.public().seal,
        b"cairn drop box/1",
        &record,
        &content,
        &SeededEntropy::new(2),
    );
    record.extend(sealed.expect("seeded"));
    record.extend(&digest(&[b"drop box sum/1", &record])[..8]);
    let _ = drop_box::fuzz(&record, &KEYS);
});
