//! The project's own commands. `cargo xtask demo` runs Cairn's main job, `cargo xtask test` every check,
//! `cargo xtask bench` measures, `cargo xtask prove` looks for what could go wrong.

mod bench_border;
mod bindings;
mod dictionary;
mod freeze;
mod fuzz;
mod install;
mod kotlin;
mod mutants;
mod prove;
mod run;
mod size;
mod swift;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let command = std::env::args().nth(1).unwrap_or_default();
    let rest: Vec<String> = std::env::args().skip(2).collect();
    let done = match command.as_str() {
        "demo" => demo(&rest),
        "test" => test(),
        "prove" => prove::run(rest.iter().any(|option| option == "--full")),
        "mutants" => mutants::run(&rest.join(" ")).map(|_| ()),
        "freeze" => freeze::run(rest.first().map_or("", String::as_str)),
        "fuzz" => fuzz::fuzz(&rest),
        "hostile" => fuzz::hostile(),
        "dictionary" => dictionary::run(&rest),
        "bench" => bench(&rest),
        "kotlin" => kotlin::test(),
        "swift" => install::for_building().and_then(|()| swift::command(&rest)),
        "pictures" => kotlin::pictures(),
        "bindings" => install::for_building().and_then(|()| bindings::make()),
        "size" => install::for_building().and_then(|()| size::measure()),
        "bench-border" => install::for_building().and_then(|()| bench_border::measure(&rest)),
        _ => Err("cargo xtask demo [options of cairn]  plays the built-in six weeks of three people\n\
                  cargo xtask test                     format, lints, tests, documentation, licences\n\
                  cargo xtask prove [--full]           kills, faults, flips, random histories; --full: all of them,\n\
                  \x20                                    planted bugs, and RELIABILITY.md\n\
                  cargo xtask mutants [words]          plants bugs and says which test finds each\n\
                  cargo xtask freeze STAGE             keeps a home of today for every later version to open\n\
                  cargo xtask fuzz [TARGET] [--minutes N]  looks for inputs that a decoder trips over\n\
                  cargo xtask hostile                  tries all hostile changes and snapshots, and counts them\n\
                  cargo xtask dictionary               makes the dictionary of segments again and compares it\n\
                  cargo xtask bench [--rounds N]       measures, beside others doing the same; writes BENCHMARKS.md\n\
                  cargo xtask bindings                 the library, and Kotlin and Swift files for it\n\
                  cargo xtask size                     how big the library of a phone is, and by what\n\
                  cargo xtask bench-border [ROUNDS]    what a call from Kotlin and Swift costs beside Rust\n\
                  cargo xtask kotlin                   builds and tests the Android shell\n\
                  cargo xtask pictures                 draws its screens into target/pictures\n\
                  cargo xtask swift [files]            tests the iOS shell on Linux, or only makes its generated files"
            .into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// Plays the built-in journey and leaves its home to look into.
fn demo(rest: &[String]) -> Result<(), String> {
    install::for_building()?;
    let mut arguments = vec!["run", "--package", "cairn", "--"];
    arguments.extend(rest.iter().map(String::as_str));
    arguments.push("demo");
    run::cargo(&arguments)
}

/// Measures Cairn and its peers, and writes what was found.
fn bench(rest: &[String]) -> Result<(), String> {
    install::for_building()?;
    install::for_measuring()?;
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let text = |path: &str| root.join(path).to_string_lossy().into_owned();
    let manifest = text("tests/peers/Cargo.toml");
    run::cargo(&["build", "--release", "--manifest-path", &manifest])?;
    let program = text("tests/peers/target/release/cairn-peers");
    let report = text("BENCHMARKS.md");
    let mut arguments = vec![
        "bench",
        "--package",
        "cairn-tests",
        "--bench",
        "one_device",
        "--",
    ];
    arguments.extend(["--peers", &program, "--write", &report]);
    arguments.extend(rest.iter().map(String::as_str));
    run::cargo(&arguments)
}

/// Everything that must hold before a change is kept, quickest to fail first.
fn test() -> Result<(), String> {
    install::for_building()?;
    run::cargo(&["fmt", "--all", "--check"])?;
    run::cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ])?;
    run::cargo(&["test", "--workspace"])?;
    // The workspace builds the core with `uniffi`, as the phones do; the command line's own build has it without.
    run::cargo(&["check", "--package", "cairn"])?;
    run::cargo(&[
        "test",
        "--package",
        "cairn-bindings",
        "--features",
        "journeys",
    ])?;
    kotlin::test()?;
    swift::command(&[])?;
    run::documentation()?;
    install::cargo_deny()?;
    run::cargo(&["deny", "check", "bans", "licenses", "sources"])?;
    if run::cargo(&["deny", "check", "advisories"]).is_err() {
        eprintln!(
            "Advisories were not checked: the advisory database could not be reached, or lists something above."
        );
    }
    Ok(())
}
