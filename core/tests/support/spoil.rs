//! Writing into a vault's file past the vault, as rot on a disk or another program would.

use crate::support::device::Device;
use cairn_core::store::key_vault::{FileKeyVault, KeyVault, LABEL_DATABASE};

/// How many rows it met.
pub fn rows(device: &Device, sql: &str) -> usize {
    let folder = device.home.folder.path();
    let key = FileKeyVault::new(folder.join("device.key")).load();
    let key = key.unwrap().unwrap().derive(LABEL_DATABASE);
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    let db = rusqlite::Connection::open(folder.join("vault.db")).unwrap();
    db.execute_batch(&format!("pragma key = \"x'{hex}'\""))
        .unwrap();
    db.execute(sql, []).unwrap()
}
