//! What is meant well passes, and the walk counts what automerge counts.

use super::base::{begun, circle, everything, own, part};
use automerge::transaction::Transactable;
use automerge::{ActorId, AutoCommit, Change, ChangeHash, ObjType, ROOT, ReadDoc, ScalarValue};
use cairn_core::id::Id;
use cairn_core::record::change;
use cairn_core::record::{Acting, Actor, Acts, Noun, Record};
use cairn_core::sync::walker::{self, limits};
use chrono::DateTime;
use proptest::prelude::*;

/// Walks the change and compares what the walk learnt with what automerge says of it.
fn agrees(bytes: &[u8]) {
    let walked = walker::change(bytes).unwrap_or_else(|why| panic!("refused: {why}"));
    let change = Change::from_bytes(bytes.to_vec()).unwrap();
    assert_eq!(walked.operations(), change.len() as u64);
    assert_eq!(walked.actor().0, change.actor_id().to_bytes());
    assert_eq!(walked.seq(), change.seq());
    assert_eq!(walked.start_op(), change.start_op().get());
    assert_eq!(ChangeHash(walked.hash()), change.hash());
    let deps: Vec<ChangeHash> = walked.deps().iter().copied().map(ChangeHash).collect();
    assert_eq!(deps, change.deps());
    let read = change::read_walked(&circle(), &part(), &walked)
        .unwrap_or_else(|why| panic!("not read: {why}"));
    assert_eq!(read, change::read(&circle(), &part(), bytes).unwrap());
}

/// Walks a snapshot and compares.
fn snapshot_agrees(document: &mut AutoCommit) {
    let changes = document.get_changes(&[]);
    let heads = document.get_heads();
    let bytes = document.document().save_nocompress();
    let walked = walker::snapshot(&bytes).unwrap_or_else(|why| panic!("refused: {why}"));
    assert_eq!(walked.changes(), changes.len() as u64);
    let written: usize = changes.iter().map(Change::len).sum();
    assert!(walked.operations() <= written as u64);
    let mut actors: Vec<Actor> = changes
        .iter()
        .map(|change| Actor(change.actor_id().to_bytes().try_into().unwrap()))
        .collect();
    actors.sort_unstable();
    actors.dedup();
    assert_eq!(walked.actors(), actors);
    let said: Vec<ChangeHash> = walked.heads().iter().copied().map(ChangeHash).collect();
    assert_eq!(said, heads);
}

#[test]
fn every_kind_of_operation_automerge_writes_passes() {
    let mut document = begun(3);
    let first = change::first(&circle(), &part()).unwrap();
    agrees(&first.bytes);
    for bytes in everything(begun(3)) {
        agrees(&bytes);
        document
            .apply_changes([Change::from_bytes(bytes).unwrap()])
            .unwrap();
        snapshot_agrees(&mut document);
    }
    for bytes in own().0 {
        agrees(&bytes);
        document
            .apply_changes([Change::from_bytes(bytes).unwrap()])
            .unwrap();
        snapshot_agrees(&mut document);
    }
    // A change without an operation, as after a merge.
    document.set_actor(ActorId::from([4; 16]));
    document.empty_change(automerge::transaction::CommitOptions::default());
    agrees(document.get_last_local_change().unwrap().raw_bytes());
    snapshot_agrees(&mut document);
    // Nothing at all.
    snapshot_agrees(&mut AutoCommit::new());
}

#[test]
fn the_largest_change_others_take_in_is_the_largest_this_code_builds() {
    let mut record = Record::new(circle(), Id::read("member"), Actor([1; 16]));
    let first = change::first(&circle(), &part()).unwrap();
    record.apply(
        &part(),
        &change::read(&circle(), &part(), &first.bytes).unwrap(),
    );
    let at = DateTime::parse_from_rfc3339("2026-03-01T10:00:00+01:00").unwrap();
    let built = |count: usize, long: usize| {
        let mut acts = Acts::new(&record, Acting::at(at));
        for number in 0..count {
            let goal = Id::read(format!("goal{number}"));
            acts.put(
                &part(),
                Noun::Goal,
                &goal,
                "words",
                "x".repeat(long).as_str(),
            );
        }
        let (part, head, puts) = acts.finish().unwrap().remove(0);
        change::build(&circle(), &part, &head, &puts)
    };
    agrees(&built(10_000, 20).unwrap().bytes);
    assert_eq!(built(10_001, 1).unwrap_err().code(), "usage");
    agrees(&built(5, 100_000).unwrap().bytes);
    assert_eq!(built(6, 100_000).unwrap_err().code(), "too_long");
    let mut acts = Acts::new(&record, Acting::at(at));
    let long = Id::read("x".repeat(limits::KEY_BYTES));
    acts.put(&part(), Noun::Goal, &long, "words", "as an import may say");
    let (part, head, puts) = acts.finish().unwrap().remove(0);
    let refused = change::build(&circle(), &part, &head, &puts).unwrap_err();
    assert_eq!(refused.code(), "usage");
}

#[derive(Clone, Debug)]
enum Step {
    Put(u8, u8, i64),
    Text(u8, String),
    Delete(u8),
    Count(u8, i64),
    List(u8),
    Insert(u8, i64),
    Commit(i64),
    Meet(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0u8..6, 0u8..10, any::<i64>()).prop_map(|(key, kind, number)| Step::Put(key, kind, number)),
        2 => (0u8..6, "[a-zâŵ😀 ]{0,300}").prop_map(|(key, text)| Step::Text(key, text)),
        1 => (0u8..6).prop_map(Step::Delete),
        1 => (0u8..6, -300i64..300).prop_map(|(key, by)| Step::Count(key, by)),
        1 => (0u8..6).prop_map(Step::List),
        2 => (0u8..6, any::<i64>()).prop_map(|(key, value)| Step::Insert(key, value)),
        4 => (-limits::MOMENT..=limits::MOMENT).prop_map(Step::Commit),
        1 => (0u8..3).prop_map(Step::Meet),
    ]
}

fn act(document: &mut AutoCommit, step: &Step) {
    let goal = document.get(ROOT, "goal").unwrap().unwrap().1;
    let key = |key: &u8| format!("key{key}");
    // An automerge that refuses, such as counting up a text, writes nothing, and that is fine here.
    match step {
        Step::Put(at, kind, number) => {
            let value = match kind {
                0 => ScalarValue::Null,
                1 => ScalarValue::Boolean(number % 2 == 0),
                2 => ScalarValue::Uint(*number as u64),
                3 => ScalarValue::Int(*number),
                4 => ScalarValue::F64(*number as f64),
                5 => ScalarValue::counter(*number),
                6 => ScalarValue::Timestamp(*number),
                7 => ScalarValue::Bytes(number.to_le_bytes().to_vec()),
                _ => ScalarValue::Int(1),
            };
            let _ = document.put(&goal, key(at), value);
        }
        Step::Text(at, text) => drop(document.put(&goal, key(at), text.as_str())),
        Step::Delete(at) => drop(document.delete(&goal, key(at))),
        Step::Count(at, by) => drop(document.increment(&goal, key(at), *by)),
        Step::List(at) => drop(document.put_object(&goal, key(at), ObjType::List)),
        Step::Insert(at, value) => {
            if let Ok(Some((_, list))) = document.get(&goal, key(at)) {
                let length = document.length(&list);
                let _ = document.insert(&list, length / 2, *value);
            }
        }
        Step::Commit(time) => {
            let options = automerge::transaction::CommitOptions::default().with_time(*time);
            document.commit_with(options.with_message("-300pl"));
        }
        Step::Meet(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_three_devices_write_passes(steps in proptest::collection::vec((0usize..3, step()), 1..80)) {
        let mut devices: Vec<AutoCommit> = (0..3).map(|number| begun(number + 1)).collect();
        for (device, step) in &steps {
            if let Step::Meet(other) = step {
                let other = &mut devices[usize::from(*other)];
                other.commit();
                let mut other = other.clone();
                devices[*device].merge(&mut other).unwrap();
            } else {
                act(&mut devices[*device], step);
            }
        }
        for mut document in devices {
            for change in document.get_changes(&[]) {
                agrees(change.raw_bytes());
            }
            snapshot_agrees(&mut document);
        }
    }
}
