//! The dictionary that segments are compressed with, made again.

use crate::run;
use std::path::Path;

/// Says whether the shipped dictionary is what its generator makes, byte for byte. `--write FILE` makes another one for
/// a newer number: one that was shipped is never written anew.
pub fn run(rest: &[String]) -> Result<(), String> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let text = |path: &str| root.join(path).to_string_lossy().into_owned();
    let (manifest, shipped) = (
        text("tests/dictionary/Cargo.toml"),
        text("core/src/sync/thin/dictionary-1"),
    );
    let mut arguments = vec!["run", "--release", "--manifest-path", &manifest, "--"];
    match rest {
        [option, file] if option == "--write" => arguments.extend([file.as_str(), "--write"]),
        [] => arguments.push(&shipped),
        _ => return Err("cargo xtask dictionary [--write FILE]".into()),
    }
    run::cargo(&arguments)
}
