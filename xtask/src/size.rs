//! How big the library of a phone is, and by what.

use crate::run;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The most the stripped library may have, without the crypto of SQLCipher. Source: `design.md` 7.
const MOST: u64 = 4_000_000;

/// Whose a symbol is, by what its name begins with; the first that fits. SQLite's and SQLCipher's are written in C.
const OWNERS: [(&str, &str); 12] = [
    ("chrono_tz", "time zones (chrono-tz)"),
    ("automerge", "automerge"),
    ("hexane", "automerge"),
    ("fluent", "words (fluent)"),
    ("intl_pluralrules", "words (fluent)"),
    ("cairn", "Cairn"),
    ("uniffi", "UniFFI"),
    ("sqlite3", "SQLite and SQLCipher"),
    ("sqlcipher", "SQLite and SQLCipher"),
    ("serde", "serde"),
    ("core::", "Rust's own library"),
    ("std::", "Rust's own library"),
];

/// Builds the library as a phone gets it, but for this machine, and says its size.
///
/// OpenSSL is linked from the system here and so is not in the file: what is measured is all but SQLCipher's crypto.
pub fn measure() -> Result<(), String> {
    run::cargo(&[
        "build",
        "--package",
        "cairn-bindings",
        "--lib",
        "--no-default-features",
        "--profile",
        "phone",
    ])?;
    let library = Path::new("target/phone/libcairn_bindings.so");
    let stripped = Path::new("target/phone/libcairn_bindings.stripped.so");
    run::program(
        Command::new("strip")
            .args(["--strip-all", "-o"])
            .args([stripped, library]),
    )?;
    let bytes = std::fs::metadata(stripped)
        .map_err(|error| error.to_string())?
        .len();
    println!(
        "Stripped library: {bytes} bytes, {} % of {MOST}.",
        bytes * 100 / MOST
    );
    println!("By whom, counted from symbols (what has no symbol is not in these lines):");
    let mut shares: Vec<(u64, &str)> = shares(library)?
        .into_iter()
        .map(|(owner, bytes)| (bytes, owner))
        .collect();
    shares.sort_unstable_by(|a, b| b.cmp(a));
    for (bytes, owner) in shares {
        println!("{bytes:>9}  {owner}");
    }
    if bytes > MOST {
        return Err(format!(
            "The library is {} bytes over {MOST}.",
            bytes - MOST
        ));
    }
    Ok(())
}

/// Bytes by owner, from the symbol table.
fn shares(library: &Path) -> Result<BTreeMap<&'static str, u64>, String> {
    let listed = Command::new("nm")
        .args(["--print-size", "--demangle"])
        .arg(library)
        .output();
    let listed = listed.map_err(|error| format!("nm: {error}"))?;
    let mut shares = BTreeMap::new();
    for line in String::from_utf8_lossy(&listed.stdout).lines() {
        // Address, size, kind, name; a symbol without a size has three.
        let mut words = line.splitn(4, ' ');
        let (Some(_), Some(size), Some(_), Some(name)) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            continue;
        };
        if let Ok(size) = u64::from_str_radix(size, 16) {
            *shares.entry(owner(name)).or_insert(0) += size;
        }
    }
    Ok(shares)
}

fn owner(symbol: &str) -> &'static str {
    // `<a::B as c::D>::e` belongs to where it was written for: the type's crate.
    let name = symbol.trim_start_matches(['<', '&', '(', '[', '_']);
    let found = OWNERS.iter().find(|(begins, _)| name.starts_with(begins));
    found.map_or("everything else", |(_, owner)| owner)
}
