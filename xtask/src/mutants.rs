//! Bugs planted on purpose, one at a time, into a copy of the workspace: each must be found by a test.
//!
//! The copy lies in `target/mutants` and keeps its own build folder, so that a second run builds only what a bug
//! touches. A bug whose place in the code is gone, or that does not build, counts as not planted and ends the run.

mod bugs;

use bugs::{BUGS, Bug};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What became of one planted bug.
pub struct Found {
    /// What the bug is.
    pub bug: &'static str,
    /// The tests that found it; empty if none did.
    pub by: Vec<String>,
}

/// Plants every bug whose name holds `wanted` (all, if it is empty) and says which test found each.
///
/// # Errors
/// In words: a bug that no test found, one that cannot be planted, or tests that do not even hold without a bug.
pub fn run(wanted: &str) -> Result<Vec<Found>, String> {
    let copy = Copy::make()?;
    let bugs: Vec<&Bug> = BUGS
        .iter()
        .filter(|bug| bug.name.contains(wanted))
        .collect();
    for bug in &bugs {
        copy.planted(bug)?;
    }
    let mut suites: Vec<&[&str]> = bugs.iter().flat_map(|bug| bug.suites).copied().collect();
    suites.sort_unstable();
    suites.dedup();
    eprintln!(
        "{} bugs to plant. First the same tests without any.",
        bugs.len()
    );
    for suite in suites {
        if let Failed(tests) = copy.test(suite)? {
            return Err(format!("{tests:?} do not hold without any bug"));
        }
    }
    let mut found = Vec::new();
    for (number, bug) in bugs.iter().enumerate() {
        let file = copy.folder.join(bug.file);
        let right = fs::read_to_string(&file).map_err(|error| error.to_string())?;
        let wrong = copy.planted(bug)?;
        fs::write(&file, wrong).map_err(|error| error.to_string())?;
        let by = copy.first_to_fail(bug.suites);
        fs::write(&file, right).map_err(|error| error.to_string())?;
        let by = by?;
        let said = match by.first() {
            Some(test) if by.len() > 1 => format!("{test} and {} more", by.len() - 1),
            Some(test) => test.clone(),
            None => "NO TEST".into(),
        };
        println!(
            "{:2} of {}  {:45} found by {said}",
            number + 1,
            bugs.len(),
            bug.name
        );
        found.push(Found { bug: bug.name, by });
    }
    let missed: Vec<&str> = found
        .iter()
        .filter(|found| found.by.is_empty())
        .map(|found| found.bug)
        .collect();
    match missed.as_slice() {
        [] if found.is_empty() => Err("no bug has such a name".into()),
        [] => Ok(found),
        missed => Err(format!("no test found: {}", missed.join("; "))),
    }
}

/// What running some tests gave.
enum Tested {
    Held,
    Failed(Vec<String>),
}
use Tested::{Failed, Held};

/// The copy of the workspace in which bugs are planted.
struct Copy {
    folder: PathBuf,
    build: PathBuf,
}

impl Copy {
    /// Copies what git knows of or would; files that did not change keep their time, so cargo builds nothing anew.
    fn make() -> Result<Copy, String> {
        let words = |error: std::io::Error| error.to_string();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let folder = root.join("target/mutants/work");
        let listed = Command::new("git")
            .args([
                "ls-files",
                "--cached",
                "--others",
                "--exclude-standard",
                "-z",
            ])
            .current_dir(&root)
            .output()
            .map_err(words)?;
        if !listed.status.success() {
            return Err("git could not list the files".into());
        }
        let names = String::from_utf8_lossy(&listed.stdout).into_owned();
        for name in names.split('\0').filter(|name| !name.is_empty()) {
            // A file that was deleted and not committed yet is listed all the same.
            let Ok(bytes) = fs::read(root.join(name)) else {
                continue;
            };
            let to = folder.join(name);
            if fs::read(&to).is_ok_and(|there| there == bytes) {
                continue;
            }
            fs::create_dir_all(to.parent().unwrap_or(&folder)).map_err(words)?;
            fs::write(&to, bytes).map_err(words)?;
        }
        remove_what_is_gone(&folder, &folder, &names.split('\0').collect::<Vec<_>>())?;
        let build = root.join("target/mutants/build");
        Ok(Copy { folder, build })
    }

    /// The file of a bug with the bug in it.
    fn planted(&self, bug: &Bug) -> Result<String, String> {
        let right = fs::read_to_string(self.folder.join(bug.file))
            .map_err(|error| format!("{}: {}: {error}", bug.name, bug.file))?;
        match right.matches(bug.right).count() {
            1 => Ok(right.replacen(bug.right, bug.wrong, 1)),
            places => Err(format!(
                "{}: its place is there {places} times in {}; the code has changed, change the bug too",
                bug.name, bug.file
            )),
        }
    }

    /// The tests that failed in the first of these suites in which any did.
    fn first_to_fail(&self, suites: &[&[&str]]) -> Result<Vec<String>, String> {
        for suite in suites {
            if let Failed(tests) = self.test(suite)? {
                return Ok(tests);
            }
        }
        Ok(Vec::new())
    }

    fn cargo(&self, arguments: &[&str]) -> Result<std::process::Output, String> {
        Command::new("cargo")
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.build)
            .env_remove("CAIRN_PROVE_REPORT")
            .output()
            .map_err(|error| format!("cargo could not be started: {error}"))
    }

    /// Builds, then runs some tests. What does not build was not tested.
    fn test(&self, suite: &[&str]) -> Result<Tested, String> {
        let (package, rest) = suite.split_at(2.min(suite.len()));
        let target = if rest.first() == Some(&"--test") {
            2
        } else {
            1
        };
        let (target, filters) = rest.split_at(target.min(rest.len()));
        let build = [&["test", "--quiet", "--no-run"], package, target].concat();
        let built = self.cargo(&build)?;
        if !built.status.success() {
            let why = String::from_utf8_lossy(&built.stderr).into_owned();
            return Err(format!("a planted bug does not build:\n{why}"));
        }
        let run = [&["test", "--quiet"], package, target, &["--"], filters].concat();
        let ran = self.cargo(&run)?;
        if ran.status.success() {
            return Ok(Held);
        }
        let out = String::from_utf8_lossy(&ran.stdout).into_owned();
        let names = out.rsplit("failures:\n").next().unwrap_or_default().lines();
        let names: Vec<String> = names
            .map(str::trim)
            .take_while(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        if names.is_empty() {
            return Err(format!(
                "the tests ended without saying which failed:\n{out}"
            ));
        }
        Ok(Failed(names))
    }
}

fn remove_what_is_gone(root: &Path, folder: &Path, names: &[&str]) -> Result<(), String> {
    for entry in fs::read_dir(folder).map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            remove_what_is_gone(root, &path, names)?;
        } else {
            let name = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .display()
                .to_string();
            if !names.contains(&name.as_str()) {
                fs::remove_file(&path).map_err(|error| error.to_string())?;
            }
        }
    }
    Ok(())
}
