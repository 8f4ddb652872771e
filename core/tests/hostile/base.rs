//! Real changes to begin from: our own, and automerge's with everything it can write, in one document.

use automerge::marks::{ExpandMark, Mark};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, AutoCommit, Automerge, Change, ObjType, ROOT, ReadDoc, ScalarValue};
use cairn_core::id::Id;
use cairn_core::record::change;
use cairn_core::record::{Acting, Actor, Acts, Noun, Part, Record, Value};
use chrono::DateTime;

pub fn circle() -> Id {
    Id::read("circle")
}

pub fn part() -> Part {
    Part::goals(2026)
}

/// A document with its first change, as every device makes it.
pub fn begun(actor: u8) -> AutoCommit {
    let mut document = AutoCommit::new();
    let first = change::first(&circle(), &part()).unwrap().bytes;
    document
        .apply_changes([Change::from_bytes(first).unwrap()])
        .unwrap();
    document.set_actor(ActorId::from([actor; 16]));
    document
}

/// Changes that our own code builds, of two devices that take turns, and the record they make.
pub fn own() -> (Vec<Vec<u8>>, Record) {
    let mut record = Record::new(circle(), Id::read("member"), Actor([1; 16]));
    let first = change::first(&circle(), &part()).unwrap().bytes;
    record.apply(&part(), &change::read(&circle(), &part(), &first).unwrap());
    let mut changes = Vec::new();
    for turn in 0..6u8 {
        record.actor = Actor([1 + turn % 2; 16]);
        let cursor = record.cursors.get_mut(&part()).unwrap();
        (cursor.own_seq, cursor.own_last) = (u64::from(turn / 2), None);
        let at = DateTime::parse_from_rfc3339("2026-03-01T10:00:00+01:00").unwrap();
        let mut acting = Acting::at(at + chrono::Duration::minutes(i64::from(turn)));
        acting.for_person = turn == 3;
        let mut acts = Acts::new(&record, acting);
        for (field, value) in [
            ("words", Value::from("Walk to the shop and back")),
            (
                "level_3",
                Value::from(["A", "B", "C"][usize::from(turn) % 3]),
            ),
            ("weight", Value::Int(i64::from(turn) * 1000)),
            ("withdrawn", Value::Bool(turn % 2 == 0)),
            ("packed", Value::Bytes(vec![turn; 40])),
            ("state", Value::Empty),
        ] {
            let goal = Id::read(format!("goal{}", turn / 2));
            acts.put(&part(), Noun::Goal, &goal, field, value);
        }
        let (part, head, puts) = acts.finish().unwrap().remove(0);
        let built = change::build(&circle(), &part, &head, &puts).unwrap();
        let read = change::read(&circle(), &part, &built.bytes).unwrap();
        record.apply(&part, &read);
        changes.push(built.bytes);
    }
    (changes, record)
}

/// Every kind of operation automerge writes: lists, texts, marks, counters, tables, deletions, every scalar.
pub fn everything(mut document: AutoCommit) -> Vec<Vec<u8>> {
    let before = document.get_heads();
    let goal = document.get(ROOT, "goal").unwrap().unwrap().1;
    let list = document.put_object(&goal, "list", ObjType::List).unwrap();
    for at in 0..20 {
        document.insert(&list, at, at as i64 * 300).unwrap();
    }
    commit(&mut document, 1);
    let text = document.put_object(&goal, "text", ObjType::Text).unwrap();
    document
        .splice_text(&text, 0, 0, "a few words to mark")
        .unwrap();
    let mark = Mark::new("bold".into(), true, 2, 9);
    document.mark(&text, mark, ExpandMark::Both).unwrap();
    document
        .unmark(&text, "bold", 3, 5, ExpandMark::After)
        .unwrap();
    document.splice_text(&text, 4, 3, "of ").unwrap();
    commit(&mut document, 2);
    document
        .put(&goal, "count", ScalarValue::counter(5))
        .unwrap();
    document.increment(&goal, "count", 3).unwrap();
    document.increment(&goal, "count", -7).unwrap();
    document.delete(&list, 3).unwrap();
    document.delete(&goal, "text").unwrap();
    commit(&mut document, 3);
    document.put(&goal, "float", 0.5).unwrap();
    document
        .put(&goal, "time", ScalarValue::Timestamp(-1_700_000_000_000))
        .unwrap();
    document.put(&goal, "unsigned", u64::MAX).unwrap();
    document.put(&goal, "signed", i64::MIN).unwrap();
    document.put(&goal, "empty", "").unwrap();
    let map = document.put_object(&goal, "map", ObjType::Map).unwrap();
    document.put(&map, "in it", true).unwrap();
    document.put_object(&goal, "table", ObjType::Table).unwrap();
    commit(&mut document, 4);
    document
        .get_changes(&before)
        .into_iter()
        .map(|change| change.raw_bytes().to_vec())
        .collect()
}

/// Every real change, with the document as it was just before it.
pub fn real() -> Vec<(Vec<u8>, Automerge)> {
    let mut all = Vec::new();
    for changes in [own().0, everything(begun(3))] {
        let mut document = begun(9);
        for bytes in changes {
            let change = Change::from_bytes(bytes.clone()).unwrap();
            all.push((bytes, document.document().clone()));
            document.apply_changes([change]).unwrap();
        }
    }
    all
}

pub fn commit(document: &mut AutoCommit, time: i64) {
    document.commit_with(
        CommitOptions::default()
            .with_time(time * 86_400)
            .with_message("60p"),
    );
}
