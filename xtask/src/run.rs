//! Running other programs, saying what is run.

use std::process::Command;

/// Runs cargo in the workspace.
pub fn cargo(arguments: &[&str]) -> Result<(), String> {
    program(Command::new("cargo").args(arguments))
}

/// Builds the documentation with its warnings as errors.
pub fn documentation() -> Result<(), String> {
    program(
        Command::new("cargo")
            .args(["doc", "--workspace", "--no-deps"])
            .env("RUSTDOCFLAGS", "--deny warnings"),
    )
}

/// Runs a program and fails in words if it fails.
pub fn program(command: &mut Command) -> Result<(), String> {
    eprintln!("> {command:?}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?} ended with {status}")),
        Err(error) => Err(format!("{command:?} could not be started: {error}")),
    }
}

/// Whether a program runs and ends well, without showing what it prints.
pub fn works(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .output()
        .is_ok_and(|output| output.status.success())
}

/// What a program prints, if it ends well.
pub fn answer(command: &mut Command) -> Result<String, String> {
    match command.output() {
        Ok(output) if output.status.success() => {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        Ok(output) => Err(format!("{command:?} ended with {}", output.status)),
        Err(error) => Err(format!("{command:?} could not be started: {error}")),
    }
}
