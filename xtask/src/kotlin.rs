//! The Android shell: built, tested and drawn on this machine.

use crate::run::program;
use crate::{bindings, install};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Builds the library and its Kotlin files, then runs every test of `android/`: presenters on the JVM, screens on the
/// desktop, and the phone app under Robolectric.
pub fn test() -> Result<(), String> {
    ready()?;
    maven(&["test"])
}

/// Draws the screens in every setting into `target/pictures`, with a page that shows them all.
pub fn pictures() -> Result<(), String> {
    ready()?;
    maven(&[
        "test",
        "--projects",
        "core,present,ui",
        "-Dtest=PicturesTest",
        "-Dsurefire.failIfNoSpecifiedTests=false",
    ])?;
    println!("Open target/pictures/index.html");
    Ok(())
}

fn ready() -> Result<(), String> {
    install::for_building()?;
    install::for_kotlin()?;
    // Maven keeps a class whose source is gone, and would go on testing it.
    for module in ["core", "present", "ui", "app"] {
        for kept in ["classes", "test-classes"] {
            let folder = Path::new("target/android").join(module).join(kept);
            if folder.exists() {
                fs::remove_dir_all(&folder)
                    .map_err(|error| format!("{}: {error}", folder.display()))?;
            }
        }
    }
    bindings::make()
}

/// Runs Maven over `android/`. It fetches what is missing, some 440 MB the first time.
fn maven(arguments: &[&str]) -> Result<(), String> {
    let mut command = Command::new("mvn");
    command.args(["--batch-mode", "--no-transfer-progress"]);
    command.args(["--file", "android/pom.xml"]).args(arguments);
    program(&mut command)
}
