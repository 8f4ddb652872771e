//! Installing what is missing on a Debian machine, and saying so.

use crate::run::{cargo, program, works};
use std::path::Path;
use std::process::Command;

/// What SQLCipher's build needs, a C compiler and OpenSSL's headers, what the tests cut programs short with, and what sets up a network
/// apart.
const PACKAGES: [(&str, &str); 5] = [
    ("/usr/bin/cc", "gcc"),
    ("/usr/include/openssl/crypto.h", "libssl-dev"),
    ("/usr/bin/pkg-config", "pkg-config"),
    ("/usr/bin/strace", "strace"),
    ("/usr/bin/ip", "iproute2"),
];

/// What counts instructions and heap.
const MEASURING: [(&str, &str); 1] = [("/usr/bin/valgrind", "valgrind")];

/// What builds and tests the Android shell: Java and Maven, what packs resources and signs, and the letters of pictures.
const KOTLIN: [(&str, &str); 7] = [
    ("/usr/bin/jconsole", "default-jdk"),
    ("/usr/bin/mvn", "maven"),
    ("/usr/bin/aapt2", "aapt"),
    ("/usr/bin/unzip", "unzip"),
    (
        "/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf",
        "fonts-roboto-unhinted",
    ),
    ("/usr/lib/x86_64-linux-gnu/libGL.so.1", "libgl1"),
    (
        "/usr/lib/x86_64-linux-gnu/libfontconfig.so.1",
        "libfontconfig1",
    ),
];

/// Sees to it that the workspace can be built.
pub fn for_building() -> Result<(), String> {
    debian(&PACKAGES)
}

/// Sees to it that it can be measured.
pub fn for_measuring() -> Result<(), String> {
    debian(&MEASURING)
}

/// Sees to it that the Android shell can be built and tested.
pub fn for_kotlin() -> Result<(), String> {
    debian(&KOTLIN)
}

/// Installs the packages whose file is missing.
fn debian(wanted: &[(&str, &str)]) -> Result<(), String> {
    let missing: Vec<&str> = wanted
        .iter()
        .filter(|(file, _)| !Path::new(file).exists())
        .map(|(_, package)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    packages(&missing)
}

/// Installs Debian packages, after saying which.
pub fn packages(names: &[&str]) -> Result<(), String> {
    if !works("apt-get", &["--version"]) {
        return Err(format!(
            "Please install what these Debian packages hold: {}",
            names.join(" ")
        ));
    }
    eprintln!(
        "Installing Debian packages that are missing: {}",
        names.join(" ")
    );
    program(Command::new("apt-get").arg("update"))?;
    let mut install = Command::new("apt-get");
    install
        .args(["install", "--yes", "--no-install-recommends"])
        .args(names);
    program(&mut install)
}

/// Sees to it that cargo-deny is there.
pub fn cargo_deny() -> Result<(), String> {
    if works("cargo", &["deny", "--version"]) {
        return Ok(());
    }
    eprintln!("Installing cargo-deny, which is missing.");
    cargo(&["install", "cargo-deny", "--locked"])
}
