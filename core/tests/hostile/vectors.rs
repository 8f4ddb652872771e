//! The test vectors of SPEC.md, "Hostile changes", byte for byte.

use super::raw::{Raw, chunk, leb, run};
use cairn_core::sync::walker::{self, Refusal, limits};

const SPEC: &str = include_str!("../../../SPEC.md");

/// Rows of the table of vectors: name, bytes, what comes out.
fn vectors() -> Vec<(String, Vec<u8>, String)> {
    let mut found = Vec::new();
    for line in SPEC.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, name, bytes, outcome, _] = cells[..] else {
            continue;
        };
        let Some(hex) = bytes.strip_prefix("`856f4a83") else {
            continue;
        };
        let hex = format!("856f4a83{}", hex.trim_end_matches('`'));
        let bytes = (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
            .collect();
        found.push((name.to_owned(), bytes, outcome.trim_matches('`').to_owned()));
    }
    found
}

/// An empty change of actor `02…02`, to put columns into.
fn bare() -> Raw {
    Raw {
        kind: 1,
        deps: vec![],
        actor: vec![2; 16],
        seq: 1,
        start_op: 1,
        time: 0,
        message: vec![],
        others: vec![],
        columns: vec![],
        extra: vec![],
    }
}

/// A change that puts null under the key "k" in the root, `times` times, as its five columns say.
fn says(times: u64) -> Raw {
    let mut raw = bare();
    let times_of = |value: &[u8]| match times {
        1 => run(-1, value),
        _ => run(times as i64, value),
    };
    *raw.column(0x15) = times_of(&[1, b'k']);
    *raw.column(0x34) = leb(times);
    *raw.column(0x42) = times_of(&[1]);
    *raw.column(0x56) = times_of(&[0]);
    *raw.column(0x70) = times_of(&[0]);
    raw
}

#[test]
fn a_change_of_69_bytes_that_says_10_million_times_is_refused() {
    let bomb = says(10_000_000).bytes();
    assert_eq!(bomb.len(), 69);
    assert_eq!(walker::change(&bomb), Err(Refusal::TooManyOperations));
    // The counts are what it is refused for: with 10,000 the same columns pass.
    let walked = walker::change(&says(10_000).bytes()).map(|walked| walked.operations());
    assert_eq!(walked, Ok(10_000));
    assert_eq!(
        walker::change(&says(10_001).bytes()).map(|walked| walked.operations()),
        Err(Refusal::TooManyOperations)
    );
}

#[test]
fn the_vectors_of_the_specification_come_out_as_it_says() {
    let vectors = vectors();
    let mut seen = Vec::new();
    for (name, bytes, outcome) in &vectors {
        let found = match walker::change(bytes) {
            Ok(walked) => format!("{} operations", walked.operations()),
            Err(why) => why.code().to_owned(),
        };
        assert_eq!(&found, outcome, "{name}");
        seen.push(bytes.clone());
    }
    // They are what they are said to be.
    let mut deflated = says(1);
    deflated.columns[0].0 |= 8;
    let mut beyond = says(1);
    *beyond.column(0x11) = run(-1, &[1]);
    *beyond.column(0x13) = run(-1, &[1]);
    let mut fewer = says(2);
    *fewer.column(0x56) = run(-1, &[0]);
    let mut longer = says(1);
    *longer.column(0x56) = run(-1, &leb(40 << 4 | 6));
    let mut group = says(1);
    *group.column(0x70) = run(-1, &[2]);
    let mut counter = says(1);
    counter.start_op = 1 << 63;
    let mut overlong = says(1);
    *overlong.column(0x34) = vec![0x81, 0];
    let mut action = says(1);
    *action.column(0x42) = run(-1, &[8]);
    let mut compressed = says(1);
    compressed.kind = 2;
    let mut wrong = says(1).bytes();
    wrong[4] ^= 1;
    let built: Vec<Vec<u8>> = [
        says(1),
        says(10_000_000),
        deflated,
        beyond,
        fewer,
        longer,
        group,
        counter,
        overlong,
        action,
        compressed,
    ]
    .iter()
    .map(Raw::bytes)
    .chain([wrong])
    .collect();
    for bytes in &built {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let outcome = walker::change(bytes).map(|walked| walked.operations());
        assert!(seen.contains(bytes), "not in SPEC.md: {hex} {outcome:?}");
    }
    assert_eq!(seen.len(), built.len());
}

#[test]
fn the_numbers_of_the_specification_are_those_of_the_walker() {
    for (what, number) in [
        ("bytes of one change", limits::CHANGE_BYTES as u64),
        (
            "bytes of all changes of one segment",
            limits::SEGMENT_BYTES as u64,
        ),
        ("bytes of one snapshot", limits::SNAPSHOT_BYTES as u64),
        ("operations of one change", limits::CHANGE_OPERATIONS),
        (
            "operations of all changes of one segment",
            limits::SEGMENT_OPERATIONS,
        ),
        ("operations of one snapshot", limits::SNAPSHOT_OPERATIONS),
        ("changes in one snapshot", limits::SNAPSHOT_CHANGES),
        (
            "answers the operations of one change replace",
            limits::CHANGE_REPLACED,
        ),
        (
            "times the operations of one snapshot were replaced",
            limits::SNAPSHOT_REPLACED,
        ),
        (
            "dependencies of all changes of one snapshot",
            limits::SNAPSHOT_DEPENDENCIES,
        ),
        (
            "bytes of one key, or of a mark's name",
            limits::KEY_BYTES as u64,
        ),
        ("bytes of a message", limits::MESSAGE_BYTES as u64),
        ("dependencies of one change, heads, actors", limits::NAMES),
        ("columns of one table", limits::COLUMNS),
        (
            "bytes of all unknown columns of one table",
            limits::UNKNOWN_BYTES as u64,
        ),
        (
            "bytes behind the columns of one change",
            limits::EXTRA_BYTES as u64,
        ),
        ("any counter or sequence number", limits::COUNTER),
        (
            "seconds before or after 1970 of any change",
            limits::MOMENT.unsigned_abs(),
        ),
    ] {
        let row = format!("| {what} | {} |", thousands(number));
        assert!(SPEC.contains(&row), "not in SPEC.md: {row}");
    }
    for why in Refusal::ALL {
        let cell = format!("`{}`", why.code());
        assert!(SPEC.contains(&cell), "not in SPEC.md: {cell}");
    }
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[test]
fn a_segment_has_limits_of_its_own() {
    let ten = says(10_000).bytes();
    let eleven = vec![&ten[..]; 11];
    assert_eq!(
        walker::segment(eleven[..10].iter().copied()).unwrap().len(),
        10
    );
    assert_eq!(
        walker::segment(eleven),
        Err((10, Refusal::TooManyOperations))
    );
    let mut large = bare();
    large.extra = vec![0; limits::EXTRA_BYTES];
    let large = large.bytes();
    let nine = vec![&large[..]; 9];
    assert!(walker::segment(nine[..7].iter().copied()).is_ok());
    assert_eq!(walker::segment(nine), Err((7, Refusal::TooManyBytes)));
    let bad = chunk(1, &[0]);
    assert_eq!(
        walker::segment([&ten[..], &bad]),
        Err((1, Refusal::Truncated))
    );
}

#[test]
fn a_change_of_more_bytes_than_allowed_is_not_even_hashed() {
    // Its checksum is wrong too; the size comes first.
    let bytes = vec![0; limits::CHANGE_BYTES + 1];
    assert_eq!(walker::change(&bytes), Err(Refusal::TooManyBytes));
    let bytes = vec![0; limits::SNAPSHOT_BYTES + 1];
    assert_eq!(walker::snapshot(&bytes), Err(Refusal::TooManyBytes));
}
