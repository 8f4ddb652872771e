//! A noun that a part got after its first change was fixed: its map is made by a computed change of its own, alike
//! on every device, and a version that does not know the noun keeps all of it.

mod support;

use automerge::legacy::{Key, ObjectId, Op, OpId as WireOpId, OpType};
use automerge::{ActorId, Change, ExpandedChange, ScalarValue};
use cairn_core::goal;
use cairn_core::id::Id;
use cairn_core::record::change::{self, map_of};
use cairn_core::record::{Actor, Noun, Part};
use cairn_core::store::{Handed, Scope};
use chrono::NaiveDate;
use std::num::NonZeroU64;
use support::Home;

fn attach(home: &mut Home, file: &str) -> Id {
    home.act(|acts| {
        let part = Part::goals(2026);
        let id = acts.make(&part);
        acts.put(&part, Noun::Attachment, &id, "file", file);
        Ok(id)
    })
    .unwrap()
}

fn files(home: &Home) -> Vec<String> {
    let record = home.everything();
    let things = record.things(Noun::Attachment).into_iter();
    things
        .filter_map(|thing| thing.text("file").map(str::to_owned))
        .collect()
}

fn a_home_with_a_goal() -> Home {
    let mut home = Home::new("Tom Avery", "Europe/London");
    home.act(|acts| goal::add(acts, "Cook a proper dinner", None, None))
        .unwrap();
    home
}

#[test]
fn the_map_of_a_later_noun_made_on_two_devices_apart_is_one() {
    let mut tom = a_home_with_a_goal();
    let mut anne = tom.fork("Anne", "carer", 2);
    attach(&mut tom, "soup");
    attach(&mut anne, "stew");
    attach(&mut anne, "pie");
    tom.meet(&mut anne);
    assert_eq!(tom.fingerprint(), anne.fingerprint());
    assert_eq!(files(&tom).len(), 3);
    let cursor = tom.record().cursors[&Part::goals(2026)].clone();
    assert!(cursor.maps.contains("attachment"));
    assert_eq!(cursor.heads.len(), 2, "one head for each device");
    for home in [&mut tom, &mut anne] {
        assert!(home.vault.verify().unwrap().ok);
    }
    let changes = tom.vault.hand_over(&tom.circle).unwrap();
    let maps = changes.iter().filter(|change| {
        change::read(&tom.circle.id, &change.part, &change.bytes).is_ok_and(|c| c.makes.is_some())
    });
    assert_eq!(maps.count(), 1);
}

#[test]
fn a_later_noun_survives_compaction_and_reopening() {
    let mut home = a_home_with_a_goal();
    for number in 0..200 {
        attach(&mut home, &format!("page {number}"));
    }
    let before = home.fingerprint();
    assert_eq!(home.vault.compact().unwrap(), 1);
    home.vault.rebuild().unwrap();
    home.reopen().unwrap();
    assert_eq!(home.fingerprint(), before);
    attach(&mut home, "the last page");
    assert_eq!(files(&home).len(), 201);
    assert!(home.vault.verify().unwrap().ok);
    let mut other = home.fork("Anne", "carer", 2);
    other.take(&home);
    assert_eq!(files(&other).len(), 201);
}

/// What a newer version with a noun `mood` would write: the computed map, and one value in it.
fn of_a_newer_version(home: &Home, value: &str) -> Vec<Handed> {
    let (circle, part) = (&home.circle.id, Part::goals(2026));
    let map = map_of(circle, &part, "mood").unwrap();
    let map_actor = part.map_actor(circle, "mood");
    let cursor = home.record().cursors[&part].clone();
    let heads = cursor.heads;
    let mut deps: Vec<_> = heads.iter().map(|h| automerge::ChangeHash(*h)).collect();
    deps.push(automerge::ChangeHash(map.hash));
    deps.sort_unstable();
    let put = Change::from(ExpandedChange {
        operations: vec![Op {
            action: OpType::Put(ScalarValue::Str(value.into())),
            obj: ObjectId::Id(WireOpId(1, ActorId::from(map_actor.0))),
            key: Key::from("today.word".to_owned()),
            pred: Vec::new().into(),
            insert: false,
        }],
        actor_id: ActorId::from([9; 16]),
        hash: None,
        seq: 1,
        start_op: NonZeroU64::new(cursor.max_op + 1).unwrap(),
        time: 1_772_000_000,
        message: None,
        deps,
        extra_bytes: Vec::new(),
        author: None,
    });
    let handed = |bytes: Vec<u8>, actor, who: &str| Handed {
        part: part.clone(),
        bytes,
        actor,
        device: Id::read(who),
        member: Id::read(who),
    };
    vec![
        handed(put.raw_bytes().to_vec(), Actor([9; 16]), "newer"),
        handed(map.bytes, map_actor, ""),
    ]
}

#[test]
fn a_noun_of_a_newer_version_is_kept_by_this_one_and_handed_on() {
    let mut tom = a_home_with_a_goal();
    let newer = of_a_newer_version(&tom, "calm as a lake");
    let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    assert_eq!(tom.vault.receive(&tom.circle, &newer, day).unwrap(), 2);
    assert_eq!(tom.vault.receive(&tom.circle, &newer, day).unwrap(), 0);
    let goal = tom
        .act(|acts| goal::add(acts, "Walk to the shop", None, None))
        .unwrap();
    assert!(tom.record().get(Noun::Goal, &goal).is_some());
    tom.vault.rebuild().unwrap();
    tom.reopen().unwrap();
    assert!(tom.vault.verify().unwrap().ok);
    let mut anne = tom.fork("Anne", "carer", 2);
    anne.take(&tom);
    let kept = anne.vault.hand_over(&anne.circle).unwrap();
    let words = |bytes: &[u8]| bytes.windows(14).any(|w| w == b"calm as a lake");
    assert!(kept.iter().any(|change| words(&change.bytes)));
    let maps = &anne.record().cursors[&Part::goals(2026)].maps;
    assert!(maps.contains("mood"));
}

#[test]
fn only_the_computed_bytes_count_as_the_map_of_a_noun() {
    let circle = Id::read("circle");
    let part = Part::goals(2026);
    let map = map_of(&circle, &part, "mood").unwrap();
    let read = change::read(&circle, &part, &map.bytes).unwrap();
    assert_eq!(read.makes.as_deref(), Some("mood"));
    for (circle, part) in [
        (Id::read("another"), part.clone()),
        (circle.clone(), Part::team()),
    ] {
        let read = change::read(&circle, &part, &map.bytes).unwrap();
        assert_eq!(read.makes, None, "made for another place");
    }
    let spaced = map_of(&circle, &part, "a b").unwrap();
    let read = change::read(&circle, &part, &spaced.bytes).unwrap();
    assert_eq!(read.makes, None, "no noun has such a name");
}

#[test]
fn a_record_read_by_plan_alone_can_still_begin_a_later_noun() {
    let mut home = a_home_with_a_goal();
    let part = Part::log(2026);
    let scope = Scope::Plan(Id::read("none"));
    for file in ["one", "two"] {
        let acting = cairn_core::record::Acting::at(home.now);
        home.vault
            .act(&home.circle, &scope, acting, |acts| {
                let id = acts.make(&part);
                acts.put(&part, Noun::Attachment, &id, "file", file);
                Ok(())
            })
            .unwrap();
    }
    assert_eq!(files(&home), ["one", "two"]);
    assert!(home.vault.verify().unwrap().ok);
}

#[test]
fn an_entry_of_a_newer_version_is_corrected_here_and_keeps_what_this_version_does_not_know() {
    use cairn_core::log::answer::{Did, Why};
    use cairn_core::log::packed::Packed;
    use cairn_core::log::{self, Saying};
    use cairn_core::record::Value;
    let mut home = a_home_with_a_goal();
    let goal = home.record().things(Noun::Goal)[0].id.clone();
    let answers = cairn_core::plan::Answers {
        what: Some("Chop".into()),
        ..Default::default()
    };
    let plan = home
        .act(|acts| cairn_core::plan::new(acts, &goal, &answers))
        .unwrap();
    let newer = Packed {
        version: 2,
        plan,
        on: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        at: None,
        did: Did::Unknown(44),
        why: Some(Why::Unknown(45)),
        felt: None,
        amount: None,
        note: Some("Slow".into()),
        rest: b"voice note 7".to_vec(),
    };
    let part = Part::log(2026);
    let entry = home
        .act(|acts| {
            let id = acts.make(&part);
            acts.put(&part, Noun::Entry, &id, "", Value::Bytes(newer.pack()));
            Ok(id)
        })
        .unwrap();
    let saying = Saying {
        note: Some("Slow, and outside".into()),
        ..Default::default()
    };
    home.act_on_all(|acts| log::correct(acts, &entry, &saying))
        .unwrap();
    home.reopen().unwrap();
    let record = home.everything();
    let (_, _, now) = log::list(&record, None).remove(0);
    let expected = Packed {
        note: Some("Slow, and outside".into()),
        ..newer
    };
    assert_eq!(now, expected);
}
