//! What a meeting of two devices with many records costs, beside the peers' own ways.

use crate::bare;
use crate::child::{BARE_CASELOAD, TABLET};
use crate::measure::{progress, say};
use crate::peers::{PEERS, said};
use crate::report::{Goal, Section, number};
use crate::sections::Bench;
use cairn_tests::history::BEGINS_WITH;
use cairn_tests::person;
use cairn_tests::visit::{CHANGED, Caseload, Cost, PEOPLE};
use std::path::Path;

/// The caseload of 300, listed in a new process; after [`section`], which makes it.
pub fn caseload(bench: &Bench) -> Result<Section, String> {
    let bare = bench.folder.join(BARE_CASELOAD);
    bare::build_caseload(&bare, PEOPLE).map_err(|error| error.to_string())?;
    let tablet = bench.folder.join(TABLET);
    let spoilt = person::spoil_documents(&tablet).map_err(|error| format!("{error:?}"))?;
    say(&format!(
        "listing a caseload with {spoilt} unreadable documents"
    ));
    let (page, rows) = (
        bench.instructions("caseload")?,
        bench.instructions("caseload-rows")?,
    );
    let bare = bench.instructions("bare-caseload")?;
    let heap = bench.heap("caseload")?;
    let mut section = Section::new(
        "A caseload of 300, listed",
        "From opening the home to the finished page, in a new process: instructions inside the program. \"Bare\" opens a file of the \
         same SQLCipher build, gives the key, and reads one row a person, in order. Every document of Cairn's home was made \
         unreadable before, so none can have been opened.",
    );
    section.goal(
        "page, to bare SQLCipher",
        page / bare,
        "×",
        Goal::AtMost(1.2),
        LISTED,
    );
    section.figure(
        "rows read, words not yet chosen, to bare SQLCipher",
        rows / bare,
        "×",
    );
    section.goal(
        "heap of the whole process",
        heap / 1e6,
        "MB",
        Goal::AtMost(4.0),
        LISTED,
    );
    Ok(section)
}

const LISTED: &str = "A row holds all facts of a person from which the reasons are worked out anew each day; the page says the reasons in words.";

/// The section; `peers` is the peers' program.
pub fn section(folder: &Path, peers: Option<&Path>) -> Result<Section, String> {
    let homes = folder.join("visit");
    let mut caseload = Caseload::make(&homes, PEOPLE, |n| {
        progress("making a caseload", n, PEOPLE);
    })
    .map_err(|error| format!("{error:?}"))?;
    say("a home visit, and a meeting with nothing new");
    let mut met = || -> cairn_core::Result<(Cost, Cost)> {
        caseload.visit(CHANGED)?;
        Ok((caseload.meet()?, caseload.meet()?))
    };
    let (visit, nothing) = met().map_err(|error| format!("{error:?}"))?;
    if !caseload
        .same_on_both()
        .map_err(|error| format!("{error:?}"))?
    {
        return Err("the two devices show different records".into());
    }
    let mut section = Section::new(
        "A home visit",
        format!(
            "A nurse's tablet and her laptop, both with the records of {PEOPLE} people, {BEGINS_WITH} acts in each. On the tablet one \
             entry is added in each of {CHANGED} records; the two meet, and meet again with nothing new. Bytes of all messages both \
             ways, sealed and signed, without the link's own. A flight is all that one side says before it must hear the other. \
             Processor time is of both devices together, and grows beside other work. The peers hold one document a person, remember what the \
             other had, and send the same texts without seal and signature, without asking who is on the other side.",
        ),
    );
    let cpu = |cost: &Cost| cost.cpu.as_secs_f64() * 1e3;
    section.goal(
        "30 of 300 changed",
        visit.bytes as f64 / 1e3,
        "kB",
        Goal::AtMost(40.0),
        BYTES,
    );
    section.goal(
        "flights",
        visit.flights as f64,
        "flights",
        Goal::AtMost(3.0),
        FLIGHTS,
    );
    section.goal("processor time", cpu(&visit), "ms", Goal::AtMost(40.0), CPU);
    section.goal(
        "nothing changed",
        nothing.bytes as f64,
        "bytes",
        Goal::AtMost(100.0),
        BYTES,
    );
    section.goal(
        "flights with nothing changed",
        nothing.flights as f64,
        "flights",
        Goal::AtMost(2.0),
        FLIGHTS,
    );
    section.figure("processor time with nothing changed", cpu(&nothing), "ms");
    let heads = [
        "300 records",
        "kB, 30 changed",
        "ms",
        "bytes, nothing changed",
        "ms",
    ];
    section.beside.push(heads.map(String::from).to_vec());
    let ours = [
        visit.bytes as f64,
        cpu(&visit),
        nothing.bytes as f64,
        cpu(&nothing),
    ];
    section
        .beside
        .push(row("Cairn, sealed and signed", &ours, &ours));
    for (peer, name) in peers.map_or(&[][..], |_| &PEERS) {
        say(&format!("a home visit, {name}"));
        let program = peers.unwrap_or(Path::new(""));
        let (people, changed) = (PEOPLE.to_string(), CHANGED.to_string());
        let figures: Vec<f64> = said(program, &["visit", peer, &people, &changed])?
            .split_whitespace()
            .filter_map(|figure| figure.parse().ok())
            .collect();
        if figures.len() != ours.len() {
            return Err(format!("{name} gave other figures"));
        }
        section.beside.push(row(name, &figures, &ours));
    }
    Ok(section)
}

/// One row of figures, each with its ratio to Cairn's.
fn row(name: &str, figures: &[f64], ours: &[f64]) -> Vec<String> {
    let figures = figures
        .iter()
        .zip(ours)
        .enumerate()
        .map(|(at, (figure, ours))| {
            let shown = if at == 0 { figure / 1e3 } else { *figure };
            format!("{} ({}×)", number(shown), number(figure / ours))
        });
    std::iter::once(name.to_owned()).chain(figures).collect()
}

const BYTES: &str = "Each device names what it has of each record that is not the same, and says so again as a receipt.";
const FLIGHTS: &str = "What is new goes with the hash, the answer with a receipt, and a receipt ends it. Where a guess of what the other lacks does not hold, what it has is asked first.";
const CPU: &str = "Each entry is signed and sealed, checked and opened, and taken in by a durable commit of its own, so that a cut costs one at most: these commits alone are about a fifth. The hash over all records is worked out anew at each meeting.";
