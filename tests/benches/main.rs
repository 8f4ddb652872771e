//! The numbers that need one device: Cairn, bare SQLCipher, and the peers doing the same work in the same run.
//! `cargo xtask bench` builds and runs it.
//!
//! `--peers PROGRAM` is the peers' program; without it they are left out. `--write FILE` writes the report.
//! `--rounds N` says how often what takes turns does (200). `--only visit` prints the home visit and the caseload and writes
//! no report.

mod bare;
mod child;
mod homes;
mod measure;
mod peers;
mod report;
mod sections;
mod visit;
mod wire;

use sections::Bench;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["child", name, folder, ..] => child::run(name, Path::new(folder)),
        _ => run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("bench: {why}");
            ExitCode::FAILURE
        }
    }
}

/// More entries than these rounds write would run into those of other sections.
const MOST_ROUNDS: usize = 250;

fn run(arguments: &[String]) -> Result<(), String> {
    let option = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).map(String::as_str)
    };
    let rounds = option("--rounds")
        .map_or(Ok(200), str::parse)
        .map_err(|_| "--rounds wants a number")?
        .min(MOST_ROUNDS);
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let folder = sections::folder_beside(&program);
    let homes = homes::Homes::make(&folder)?;
    let peers_program = option("--peers").map(Path::new);
    let bench = Bench {
        program,
        folder,
        homes,
        rounds,
    };
    if option("--only") == Some("visit") {
        let visit = visit::section(&bench.folder, peers_program)?;
        for section in [visit, visit::caseload(&bench)?] {
            println!("{}", section.markdown());
        }
        return Ok(());
    }
    let peers = match peers_program {
        Some(peers) => peers::measure(peers, &bench.folder, rounds.min(50))?,
        None => Vec::new(),
    };
    // What is stored is counted first: the other sections add entries.
    let stored = bench.stored(&peers)?;
    let mut sections = vec![
        bench.today(&peers)?,
        bench.whole(&peers)?,
        bench.log(&peers)?,
        stored,
    ];
    bench.without_documents()?;
    sections.swap(1, 2);
    sections.push(wire::section(&bench.folder, peers_program)?);
    sections.push(visit::section(&bench.folder, peers_program)?);
    sections.push(visit::caseload(&bench)?);
    for section in &sections {
        println!("{}", section.markdown());
    }
    match option("--write") {
        Some(file) => report::write(Path::new(file), &sections),
        None => Ok(()),
    }
}
