//! Files of a home as they lie there: copies of them, and what can be read in them. Beside the rest of the support, since it opens files past the core.
#![allow(dead_code)]

use cairn_core::store::key_vault::{FileKeyVault, KeyVault, LABEL_DATABASE};
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A copy of a folder, in a folder of its own.
pub fn copied(from: &Path) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    copy_all(from, copy.path());
    copy
}

/// Copies all that lies in a folder into another, which is made if it is not there.
pub fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        let to = to.join(file.file_name());
        if file.file_type().unwrap().is_dir() {
            copy_all(&file.path(), &to);
        } else if !file.file_name().to_string_lossy().ends_with("-shm") {
            // The index beside the log is made anew by whoever opens the file.
            fs::copy(file.path(), to).unwrap();
        }
    }
}

/// The file of a home's vault, opened with its key past everything Cairn does.
pub fn opened(home: &Path) -> Connection {
    let key = FileKeyVault::new(home.join("device.key"));
    let key = key.load().unwrap().unwrap().derive(LABEL_DATABASE);
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    let db = Connection::open(home.join("vault.db")).unwrap();
    db.execute_batch(&format!("pragma key = \"x'{hex}'\""))
        .unwrap();
    db
}

/// Every file of a home as it lies there, and what the vault holds without its cipher.
pub fn bytes_of(home: &Path) -> Vec<Vec<u8>> {
    let plain = home.join("plain");
    let db = opened(home);
    db.execute("attach ?1 as plain key ''", [plain.to_str().unwrap()])
        .unwrap();
    db.execute_batch("select sqlcipher_export('plain'); detach plain")
        .ok();
    let exported: i64 = Connection::open(&plain)
        .unwrap()
        .query_row("select count(*) from sqlite_schema", [], |row| row.get(0))
        .unwrap();
    assert!(exported > 20, "the dump holds the tables");
    let files = fs::read_dir(home).unwrap().flatten();
    let bytes = files.map(|file| fs::read(file.path()).unwrap()).collect();
    fs::remove_file(plain).unwrap();
    bytes
}
