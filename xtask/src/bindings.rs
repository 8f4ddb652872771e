//! Makes the Kotlin and Swift files of the border under `target/bindings`, for the shells to build with.

use crate::run;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The Swift modules and the C modules under them; one for each crate that has something to say.
const MODULES: [&str; 2] = ["Cairn", "CairnCore"];

/// Builds the library for this machine and generates from it, with what plays journeys. Nothing generated is checked in.
pub fn make() -> Result<(), String> {
    make_with(&["--features", "journeys"])
}

/// The same as an app wants it: files that name nothing a phone's library leaves out.
pub fn make_for_phone() -> Result<(), String> {
    make_with(&[])
}

fn make_with(features: &[&str]) -> Result<(), String> {
    let mut build = vec!["build", "--package", "cairn-bindings"];
    build.extend(features);
    run::cargo(&build)?;
    let library = library();
    for (language, folder) in [
        ("kotlin", "target/bindings/kotlin"),
        ("swift", "target/bindings/swift-flat"),
    ] {
        // What an earlier version generated must not stand beside what this one does.
        if Path::new(folder).exists() {
            fs::remove_dir_all(folder).map_err(said(folder))?;
        }
        let made = library.to_string_lossy();
        run::program(Command::new("target/debug/uniffi-bindgen").args([
            "generate",
            "--no-format",
            "--language",
            language,
            "--out-dir",
            folder,
            &made,
        ]))?;
    }
    kotlin_errors(Path::new("target/bindings/kotlin/cairn/cairn_bindings.kt"))?;
    // A later build of the workspace may put another library in its place: the shells use this copy.
    let kept = Path::new("target/bindings/lib");
    fs::create_dir_all(kept).map_err(said("target/bindings/lib"))?;
    for file in [library.clone(), library.with_extension("a")] {
        let name = file.file_name().unwrap_or_default();
        fs::copy(&file, kept.join(name)).map_err(said(&file.to_string_lossy()))?;
    }
    swift_modules(
        Path::new("target/bindings/swift-flat"),
        Path::new("target/bindings/swift"),
    )?;
    println!(
        "Kotlin: target/bindings/kotlin  Swift: target/bindings/swift  library: {}",
        kept.display()
    );
    Ok(())
}

/// The library as cargo built it.
fn library() -> PathBuf {
    let name = format!(
        "{}cairn_bindings{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    Path::new("target/debug").join(name)
}

/// UniFFI 0.32 forgets, in Kotlin, that an error a shell's trait throws belongs to another crate's package: its buffer
/// must be handed over field by field. Without this the generated file does not compile.
fn kotlin_errors(file: &Path) -> Result<(), String> {
    const GENERATED: &str = "{ e: Exception -> FfiConverterTypeError.lower(e) }";
    const OWN_BUFFER: &str = "{ e: Exception -> FfiConverterTypeError.lower(e).let { theirs -> RustBuffer.ByValue().apply { \
         capacity = theirs.capacity; len = theirs.len; data = theirs.data } } }";
    let name = file.to_string_lossy();
    let generated = fs::read_to_string(file).map_err(said(&name))?;
    if !generated.contains(GENERATED) {
        return Err(format!(
            "{name}: the generator no longer writes `{GENERATED}`; look whether this repair is still needed"
        ));
    }
    fs::write(file, generated.replace(GENERATED, OWN_BUFFER)).map_err(said(&name))
}

/// Puts the generated files where a Swift package wants them: sources in one folder, each C module in its own.
fn swift_modules(flat: &Path, out: &Path) -> Result<(), String> {
    let sources = out.join("Cairn");
    fs::create_dir_all(&sources).map_err(said("target/bindings/swift"))?;
    for module in MODULES {
        let c = format!("{module}FFI");
        fs::create_dir_all(out.join(&c)).map_err(said(&c))?;
        move_file(
            &flat.join(format!("{module}.swift")),
            &sources.join(format!("{module}.swift")),
        )?;
        move_file(
            &flat.join(format!("{c}.h")),
            &out.join(&c).join(format!("{c}.h")),
        )?;
        move_file(
            &flat.join(format!("{c}.modulemap")),
            &out.join(&c).join("module.modulemap"),
        )?;
    }
    // A file left over is a module nobody laid out: say so rather than lose it.
    fs::remove_dir(flat).map_err(said(
        "a generated file has no place in target/bindings/swift",
    ))
}

fn move_file(from: &Path, to: &Path) -> Result<(), String> {
    fs::rename(from, to).map_err(said(&from.to_string_lossy()))
}

fn said(what: &str) -> impl Fn(std::io::Error) -> String + use<> {
    let what = what.to_owned();
    move |error| format!("{what}: {error}")
}
