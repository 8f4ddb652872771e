//! Keeping homes as this version writes them, one full one and those of several devices, for every later version to open.

use crate::run::program;
use std::path::Path;
use std::process::Command;

/// Writes `tests/compatibility/STAGE`. What is kept there is never written again.
///
/// # Errors
/// In words: no stage named, one that is kept already, or a home that could not be made.
pub fn run(stage: &str) -> Result<(), String> {
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if stage.is_empty() || !stage.chars().all(is_word) {
        return Err("cargo xtask freeze STAGE, a name such as loop".into());
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/compatibility")
        .join(stage);
    if folder.exists() {
        return Err(format!(
            "{} is kept already and stays as it is",
            folder.display()
        ));
    }
    for (test, kept) in [
        ("compatibility", "a_home_of_this_version_is_kept"),
        ("kept_circles", "devices_of_this_version_are_kept"),
    ] {
        let mut freeze = Command::new("cargo");
        freeze
            .args(["test", "--package", "cairn-core", "--test", test])
            .args(["--", "--ignored", "--exact", kept])
            .env("CAIRN_FREEZE_TO", &folder);
        program(&mut freeze)?;
    }
    println!(
        "{} is written. Commit it; it is never written again.",
        folder.display()
    );
    Ok(())
}
