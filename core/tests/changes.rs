//! A change built from the cursor is byte for byte what automerge itself writes, and both read the same from it.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, AutoCommit, Change, ObjType, ROOT, ReadDoc, ScalarValue};
use cairn_core::id::Id;
use cairn_core::record::change::{self, ReadChange};
use cairn_core::record::state::fingerprint;
use cairn_core::record::{Acting, Actor, Acts, Noun, Part, Record, Value};
use chrono::DateTime;
use proptest::prelude::*;

/// The last one has a computed change of its own.
const NOUNS: [Noun; 4] = [Noun::Goal, Noun::Plan, Noun::Review, Noun::Attachment];

#[derive(Clone, Debug)]
enum Step {
    Act {
        device: usize,
        puts: Vec<(usize, u8, u8, Value)>,
        minute: i32,
    },
    Meet {
        from: usize,
        to: usize,
    },
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        "[a-zâŵ ]{0,6}".prop_map(Value::Text),
        (-3i64..4).prop_map(Value::Int),
        any::<bool>().prop_map(Value::Bool),
        proptest::collection::vec(any::<u8>(), 0..4).prop_map(Value::Bytes),
        Just(Value::Empty),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let put = (0..NOUNS.len(), 0u8..3, 0u8..3, value());
    let act = (
        0usize..3,
        proptest::collection::vec(put, 1..5),
        -800i32..800,
    )
        .prop_map(|(device, puts, minute)| Step::Act {
            device,
            puts,
            minute,
        });
    prop_oneof![3 => act, 1 => (0usize..3, 0usize..3).prop_map(|(from, to)| Step::Meet { from, to })]
}

struct Device {
    record: Record,
    document: AutoCommit,
    changes: Vec<Vec<u8>>,
}

fn part() -> Part {
    Part::goals(2026)
}

fn circle() -> Id {
    Id::read("circle")
}

impl Device {
    fn new(number: u8) -> Device {
        let mut record = Record::new(circle(), Id::read("member"), Actor([number + 1; 16]));
        let first = change::first(&circle(), &part()).unwrap();
        record.apply(
            &part(),
            &change::read(&circle(), &part(), &first.bytes).unwrap(),
        );
        let mut document = AutoCommit::new();
        document
            .apply_changes([Change::from_bytes(first.bytes).unwrap()])
            .unwrap();
        document.set_actor(ActorId::from([number + 1; 16]));
        Device {
            record,
            document,
            changes: Vec::new(),
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        let read: ReadChange = change::read(&circle(), &part(), bytes).unwrap();
        self.record.apply(&part(), &read);
        self.document
            .apply_changes([Change::from_bytes(bytes.to_vec()).unwrap()])
            .unwrap();
        self.changes.push(bytes.to_vec());
    }
}

fn scalar(value: &Value) -> ScalarValue {
    match value {
        Value::Text(text) => ScalarValue::Str(text.as_str().into()),
        Value::Int(number) => ScalarValue::Int(*number),
        Value::Bool(yes) => ScalarValue::Boolean(*yes),
        Value::Bytes(bytes) => ScalarValue::Bytes(bytes.clone()),
        Value::Empty | Value::Unknown => ScalarValue::Null,
    }
}

fn settles_to_winner(device: &Device, noun: Noun, id: u8, field: u8, value: &Value) -> bool {
    let thing = device.record.get(noun, &Id::read(format!("id{id}")));
    let present = thing
        .and_then(|t| t.field(&format!("f{field}")))
        .map(|f| f.present.as_slice())
        .unwrap_or_default();
    present.len() > 1
        && present
            .iter()
            .max_by_key(|answer| answer.op)
            .is_some_and(|winner| winner.value == *value)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn built_changes_are_those_automerge_writes(steps in proptest::collection::vec(step(), 1..40)) {
        let mut devices: Vec<Device> = (0..3).map(Device::new).collect();
        for (number, step) in steps.iter().enumerate() {
            match step {
                Step::Meet { from, to } => {
                    let missing: Vec<_> =
                        devices[*from].changes.iter().filter(|c| !devices[*to].changes.contains(c)).cloned().collect();
                    for bytes in missing {
                        devices[*to].take(&bytes);
                    }
                }
                Step::Act { device, puts, minute } => {
                    let device = &mut devices[*device];
                    // Settling to the value automerge itself would show is a put here and deletes there: ours
                    // keeps who settled it. That one case is not compared.
                    let puts: Vec<_> = puts.iter().filter(|(noun, id, field, value)| !settles_to_winner(device, NOUNS[*noun], *id, *field, value)).collect();
                    let at = DateTime::parse_from_rfc3339("2026-03-01T10:00:00+01:00").unwrap() + chrono::Duration::minutes(number as i64);
                    let at = at.with_timezone(&chrono::FixedOffset::east_opt(minute * 60).unwrap());
                    let mut acting = Acting::at(at);
                    acting.for_person = minute % 2 == 0;
                    let mut acts = Acts::new(&device.record, acting);
                    for (noun, id, field, value) in puts.iter().copied() {
                        acts.put(&part(), NOUNS[*noun], &Id::read(format!("id{id}")), &format!("f{field}"), value.clone());
                    }
                    let ours = acts.finish().unwrap();
                    if let Some((part, _, puts)) = ours.first() {
                        let cursor = device.record.cursors[part].clone();
                        for noun in change::maps_missing(part, &cursor, puts) {
                            device.take(&change::map_of(&circle(), part, noun.as_str()).unwrap().bytes);
                        }
                    }
                    for (noun, id, field, value) in puts.iter().copied() {
                        // A later noun whose values all were there already has no map yet, and nothing to put.
                        let Some((_, object)) = device.document.get(ROOT, NOUNS[*noun].as_str()).unwrap() else { continue };
                        device.document.put(&object, format!("id{id}.f{field}"), scalar(value)).unwrap();
                    }
                    let person = if acting.for_person { "p" } else { "" };
                    let message = (*minute != 0 || acting.for_person).then(|| format!("{minute}{person}"));
                    let mut options = CommitOptions::default().with_time(at.timestamp());
                    if let Some(message) = message {
                        options = options.with_message(message);
                    }
                    let theirs = device.document.commit_with(options);
                    prop_assert_eq!(theirs.is_some(), !ours.is_empty());
                    if let Some((part, head, puts)) = ours.into_iter().next() {
                        let built = change::build(&circle(), &part, &head, &puts).unwrap();
                        let written = device.document.get_last_local_change().unwrap();
                        prop_assert_eq!(&built.bytes[..], written.raw_bytes());
                        let read = change::read(&circle(), &part, &built.bytes).unwrap();
                        device.record.apply(&part, &read);
                        device.changes.push(built.bytes);
                    }
                }
            }
        }
        // Everybody meets everybody: one state, whatever the order, and the one automerge shows.
        let all: Vec<Vec<u8>> = {
            let mut all: Vec<Vec<u8>> = Vec::new();
            for device in &devices {
                all.extend(device.changes.iter().filter(|c| !all.contains(c)).cloned().collect::<Vec<_>>());
            }
            all
        };
        for device in &mut devices {
            let mut missing: Vec<_> = all.iter().filter(|c| !device.changes.contains(c)).cloned().collect();
            while !missing.is_empty() {
                let known: Vec<[u8; 32]> = device.changes.iter().map(|c| change::read(&circle(), &part(), c).unwrap().hash)
                    .chain([change::first(&circle(), &part()).unwrap().hash]).collect();
                let (ready, later): (Vec<_>, Vec<_>) = missing.into_iter()
                    .partition(|c| change::read(&circle(), &part(), c).unwrap().head.deps.iter().all(|d| known.contains(d)));
                for bytes in ready {
                    device.take(&bytes);
                }
                missing = later;
            }
        }
        prop_assert_eq!(fingerprint(&devices[0].record), fingerprint(&devices[1].record));
        prop_assert_eq!(fingerprint(&devices[0].record), fingerprint(&devices[2].record));
        let device = &mut devices[0];
        for noun in NOUNS {
            let Some((_, object)) = device.document.get(ROOT, noun.as_str()).unwrap() else {
                prop_assert!(device.record.things(noun).is_empty());
                continue;
            };
            prop_assert_eq!(device.document.object_type(&object).unwrap(), ObjType::Map);
            for thing in device.record.things(noun) {
                for (field, ours) in &thing.fields {
                    let theirs = device.document.get_all(&object, format!("{}.{field}", thing.id)).unwrap();
                    prop_assert_eq!(theirs.len(), ours.present.len());
                    for (value, _) in theirs {
                        let value = value.into_scalar().unwrap();
                        prop_assert!(ours.present.iter().any(|answer| scalar(&answer.value) == value));
                    }
                }
            }
        }
    }
}

#[test]
fn hostile_bytes_are_refused_and_never_panic() {
    let first = change::first(&circle(), &part()).unwrap().bytes;
    for at in 0..first.len() {
        for bit in 0..8 {
            let mut bytes = first.clone();
            bytes[at] ^= 1 << bit;
            assert!(
                change::read(&circle(), &part(), &bytes).is_err(),
                "byte {at} bit {bit}"
            );
        }
        assert!(change::read(&circle(), &part(), &first[..at]).is_err());
    }
}
