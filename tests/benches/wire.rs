//! What changes cost on the wire, beside the peers' own ways of sending the same.

use crate::measure::say;
use crate::peers::{PEERS, said};
use crate::report::{Goal, Section, number};
use cairn_tests::wire::{BATCH, ENTRIES, Wire, measure};
use std::path::Path;

/// The section; `peers` is the peers' program.
pub fn section(folder: &Path, peers: Option<&Path>) -> Result<Section, String> {
    let mut section = Section::new(
        "On the wire",
        format!(
            "Segments as they leave the device: sealed, signed and padded, taken in by another device that has everything before the \
             next is cut. One entry: the mean of {ENTRIES} that went one by one. In a batch: as many in batches of {BATCH}. 30 days: \
             75 changes of a device that met nobody, 60 of them entries. Two writers: a phone and a nurse's tablet write in turn, and \
             in the 30 days apart; the mean of both. The dictionary knows none of these words: it was trained on other sentences \
             (docs/adr/0026). The peers send the same texts without seal, signature and padding. automerge: its sync protocol with states that are kept, both \
             directions. loro and yrs: the update, and the version it is asked with.",
        ),
    );
    let mut ours = Vec::new();
    for (writers, name) in [(1, "one writer"), (2, "two writers")] {
        say(&format!("bytes on the wire, {name}"));
        let homes = folder.join(format!("wire-{writers}"));
        let wire = measure(&homes, writers).map_err(|error| format!("{error:?}"))?;
        goals(&mut section, name, &wire);
        ours.extend([wire.entry, wire.in_batch, wire.month]);
    }
    let heads = [
        "bytes",
        "one entry",
        "in a batch",
        "30 days",
        "one entry, two writers",
        "in a batch, two writers",
        "30 days, two writers",
    ];
    section.beside.push(heads.map(String::from).to_vec());
    let row = |name: &str, figures: &[f64]| {
        let figures = figures.iter().zip(&ours).map(|(figure, ours)| {
            format!("{} ({}×)", number(figure.round()), number(figure / ours))
        });
        std::iter::once(name.to_owned()).chain(figures).collect()
    };
    section.beside.push(row("Cairn, sealed and signed", &ours));
    for (peer, name) in peers.map_or(&[][..], |_| &PEERS) {
        say(&format!("bytes on the wire, {name}"));
        let said = said(peers.unwrap_or(Path::new("")), &["wire", peer])?;
        let figures: Vec<f64> = said
            .split_whitespace()
            .filter_map(|figure| figure.parse().ok())
            .collect();
        if figures.len() != ours.len() {
            return Err(format!("{name} gave other figures"));
        }
        section.beside.push(row(name, &figures));
    }
    Ok(section)
}

fn goals(section: &mut Section, name: &str, wire: &Wire) {
    for (what, figure, limit, if_missed) in [
        ("one entry", wire.entry, 160.0, FIXED),
        ("one entry of a batch", wire.in_batch, 64.0, FIXED),
        ("30 days offline", wire.month, 2_900.0, FIXED),
    ] {
        let what = format!("{what}, {name}");
        section.goal(&what, figure, "bytes", Goal::AtMost(limit), if_missed);
    }
}

const FIXED: &str = "108 bytes of each segment are fixed: nonce, tag, signature and header. The rest is the note, the time and padding.";
