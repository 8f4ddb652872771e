//! The iOS package on Linux: its generated files, its tests, and the syntax of what cannot be built here.

mod root;

use crate::bindings;
use root::Root;
use std::fs;
use std::io;
use std::path::Path;

/// What the package builds with, written here and never checked in.
const GENERATED: &str = "ios/Generated";

/// `cargo xtask swift`: everything of `ios/` that can be checked without a Mac. With `files`, only what the app
/// needs from here before it can be built on one. With `bench`, its half of `bench-border`.
pub fn command(rest: &[String]) -> Result<(), String> {
    match rest.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => bindings::make()
            .and_then(|()| files())
            .and_then(|()| test()),
        ["files"] => bindings::make_for_phone().and_then(|()| files()),
        ["bench"] => bindings::make()
            .and_then(|()| files())
            .and_then(|()| bench()),
        _ => Err("cargo xtask swift [files]".into()),
    }
}

/// Puts the files of the border where the package wants them: a package may not reach outside its own folder.
fn files() -> Result<(), String> {
    let generated = Path::new(GENERATED);
    if generated.exists() {
        fs::remove_dir_all(generated).map_err(said(GENERATED))?;
    }
    copy_folder(Path::new("target/bindings/swift"), generated).map_err(said(GENERATED))
}

/// The package's tests over the library for this machine. The flag lets Swift 6.0.3's own Observation library link on
/// Linux: it names a function that it does not bring, called only before it stops the program.
fn test() -> Result<(), String> {
    let root = root::ready()?;
    parse(&root)?;
    root.run(
        "cd /checkout/ios; lib=/checkout/target/bindings/lib; \
         LD_LIBRARY_PATH=$lib swift test --scratch-path /build/package \
           -Xlinker -L$lib -Xlinker --allow-shlib-undefined",
    )
}

/// The Swift half of `cargo xtask bench-border`, called by `ios/bench-border.sh`. It is given a home of the checkout; in the
/// root the checkout cannot be written to, so it measures on a copy of that home.
fn bench() -> Result<(), String> {
    let given = |name: &str| {
        std::env::var(format!("CAIRN_{name}"))
            .map_err(|_| format!("CAIRN_{name} is not set: run cargo xtask bench-border"))
    };
    let home = Path::new("target/swift/bench-home");
    if home.exists() {
        fs::remove_dir_all(home).map_err(said("target/swift/bench-home"))?;
    }
    copy_folder(Path::new(&given("BENCH_HOME")?), home).map_err(said("target/swift/bench-home"))?;
    let (key, now) = (given("BENCH_KEY")?, given("BENCH_NOW")?);
    let (plan, rounds) = (given("BENCH_PLAN")?, given("BENCH_ROUNDS")?);
    let library = given("LIBRARY")?;
    let checkout = std::env::current_dir().map_err(said("the checkout"))?;
    let library = Path::new(&library)
        .strip_prefix(&checkout)
        .map_err(|_| "The library is outside the checkout, and Swift cannot see it there.")?
        .display();
    root::ready()?.run(&format!(
        "cd /checkout/ios; lib=/checkout/{library}; \
         swift build --configuration release --product CairnBench --scratch-path /build/bench \
           -Xlinker -L$lib >&2; \
         CAIRN_BENCH_HOME=/build/bench-home CAIRN_BENCH_KEY={key} CAIRN_BENCH_NOW={now} \
         CAIRN_BENCH_PLAN={plan} CAIRN_BENCH_ROUNDS={rounds} LD_LIBRARY_PATH=$lib \
           /build/bench/release/CairnBench"
    ))
}

/// Parses what cannot be built here, because it needs SwiftUI or Apple's Security: this finds errors of syntax, and no
/// others. Swift also parses the branch of an `#if` that is not taken; a file with an error in such a branch is given
/// first and must be refused, so that this check cannot become empty.
fn parse(root: &Root) -> Result<(), String> {
    root.run(
        "printf '#if canImport(SwiftUI)\\nlet broken = (\\n#endif\\n' > /build/broken.swift; \
         if swiftc -parse /build/broken.swift 2> /build/broken.txt; \
         then echo 'the parser passed over an error in a branch that is not taken' >&2; exit 1; fi; \
         swiftc -parse $(find /checkout/ios/Sources/CairnScreens /checkout/ios/App -name '*.swift')",
    )
}

fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn said(what: &'static str) -> impl Fn(io::Error) -> String {
    move |error| format!("{what}: {error}")
}
