//! What changes may cost on the wire. The bytes are the same in every run, so the numbers are held here as well.

use cairn_tests::wire::{Wire, measure};

fn measured(writers: usize) -> Wire {
    let folder = tempfile::tempdir().unwrap();
    let wire = measure(folder.path(), writers).unwrap();
    println!("{writers} writing: {wire:?}");
    wire
}

fn is_small(wire: &Wire) {
    assert!(
        (33.0..39.0).contains(&wire.note),
        "notes of another length: {}",
        wire.note
    );
    assert_eq!(wire.changes, 75);
    assert!(wire.entry <= 160.0, "{} bytes for one entry", wire.entry);
    assert!(
        wire.in_batch <= 64.0,
        "{} bytes for one of ten",
        wire.in_batch
    );
    assert!(wire.month <= 2_900.0, "{} bytes for a month", wire.month);
}

#[test]
fn changes_of_one_writer_cost_few_bytes() {
    is_small(&measured(1));
}

#[test]
fn changes_of_two_writers_apart_cost_few_bytes() {
    is_small(&measured(2));
}
