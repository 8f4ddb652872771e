//! Homes that earlier versions wrote, kept in `tests/compatibility`, with a key, a write-ahead log nobody folded in, and all
//! that a home can hold. Every later version opens each, reads the answers that were known then, and edits it.
//!
//! `cargo xtask freeze STAGE` keeps one of today's; what is kept is never written again.

#[path = "support/files.rs"]
mod files;
mod support;

use automerge::legacy::{Key, ObjectId, Op, OpId as WireOpId, OpType};
use automerge::{ActorId, Change, ChangeHash, ExpandedChange, ScalarValue};
use cairn_core::clock::zone::parse_day;
use cairn_core::entropy::SeededEntropy;
use cairn_core::log::answer::{Did, Why};
use cairn_core::log::packed::Packed;
use cairn_core::plan::{self, agree::Agreeing, pause};
use cairn_core::rating::{Kind, Rating};
use cairn_core::record::change::{self, map_of};
use cairn_core::record::state::fingerprint;
use cairn_core::record::{Acting, Actor, Acts, Noun, Part, Value};
use cairn_core::store::drop_box::{DroppedAnswer, seal_into};
use cairn_core::store::key_vault::FileKeyVault;
use cairn_core::store::{Circle, Handed, Scope, Vault};
use cairn_core::view::{disagreement, everything, today};
use cairn_core::words::Band;
use cairn_core::{
    Result, about_me, agenda, ambivalence, barrier, concern, decision, follow_up, goal, log, need,
    observation, support as help, withdrawal,
};
use chrono::NaiveDate;
use files::copied;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use support::{Home, moment};

/// The day on which all pages were looked at.
fn day() -> NaiveDate {
    parse_day("2026-03-20").unwrap()
}

/// All that a home shows, to staff: what must read the same for ever. Earlier versions showed the person figures too
/// that are for staff.
fn pages(vault: &Vault, circle: &Circle) -> Json {
    let mut record = vault.record(circle, &Scope::Everything).unwrap();
    let mut members = record.members().into_iter();
    if let Some(nurse) = members.find(|member| member.role.is_staff()) {
        record.me = nurse.id;
    }
    let (live, _) = vault.record_for(circle, |_| day()).unwrap();
    json!({
        "everything": everything::show(&record, day()),
        "today": today::show(&live, day(), day()),
        "disagreements": disagreement::list(&record),
        "drafts": vault.drafts(circle).unwrap(),
        "nouns": record.all().map(|thing| thing.noun.as_str()).collect::<BTreeSet<_>>(),
    })
}

/// Names of all changes, in hexadecimal digits.
fn changes(vault: &Vault, circle: &Circle) -> BTreeSet<String> {
    let all = vault.hand_over(circle).unwrap();
    let name = |handed: &Handed| {
        let read = change::read(&circle.id, &handed.part, &handed.bytes).unwrap();
        let digits: String = read.hash.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{} {digits}", handed.part)
    };
    all.iter().map(name).collect()
}

/// Whether all that was known is still said; a later version may say more of a thing. What was sent to whom is no answer
/// anybody gave: it is worked out anew from who is there.
fn says(known: &Json, now: &Json, place: &str) {
    match (known, now) {
        (Json::Object(known), Json::Object(now)) => {
            for (name, value) in known.iter().filter(|(name, _)| *name != "sent") {
                let place = format!("{place}.{name}");
                let now = now.get(name).unwrap_or(&Json::Null);
                says(value, now, &place);
            }
        }
        (Json::Array(known), Json::Array(now)) if known.len() == now.len() => {
            for (at, (known, now)) in known.iter().zip(now).enumerate() {
                says(known, now, &format!("{place}[{at}]"));
            }
        }
        _ => assert_eq!(known, now, "{place} reads otherwise than it did"),
    }
}

fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/compatibility")
}

fn open(home: &Path, seed: u64) -> Result<Vault> {
    let key = FileKeyVault::new(home.join("device.key"));
    let mut vault = Vault::open(home, &key, &SeededEntropy::new(seed))?;
    vault.turn_to(moment("2026-03-20T12:00:00Z"));
    Ok(vault)
}

#[test]
fn every_home_an_earlier_version_wrote_is_read_edited_and_keeps_what_nobody_here_knows() {
    let mut stages = 0;
    for stage in fs::read_dir(kept()).unwrap() {
        let stage = stage.unwrap().path();
        if !stage.join("home").is_dir() {
            continue;
        }
        stages += 1;
        let home = copied(&stage.join("home"));
        let read = |name: &str| fs::read_to_string(stage.join(name)).unwrap();
        let known: Json = serde_json::from_str(&read("answers.json")).unwrap();
        assert!(home.path().join("vault.db-wal").metadata().unwrap().len() > 0);
        let mut vault = open(home.path(), 70).unwrap();
        assert_eq!(vault.notice(), None, "{stage:?}: no alarm");
        let circle = vault.own().unwrap();
        says(&known["pages"], &pages(&vault, &circle), "");
        let names: BTreeSet<String> = read("changes.txt").lines().map(str::to_owned).collect();
        assert_eq!(
            changes(&vault, &circle),
            names,
            "every change under its own name"
        );
        assert!(vault.verify().unwrap().ok);
        edit(&mut vault, &circle, &known);
        drop(vault);
        let mut vault = open(home.path(), 71).unwrap();
        assert!(vault.verify().unwrap().ok);
        vault.rebuild().unwrap();
        kept_unread(&vault, &circle, &known);
        assert_eq!(
            vault
                .take_dropped(moment("2026-03-20T12:00:00Z"))
                .unwrap()
                .added,
            1
        );
        handed_on(&vault, &circle);
    }
    assert!(stages > 0, "no home is kept");
}

fn id_of(known: &Json, name: &str) -> cairn_core::id::Id {
    cairn_core::id::Id::read(known["ids"][name].as_str().unwrap())
}

/// Ordinary acts on an old home.
fn edit(vault: &mut Vault, circle: &Circle, known: &Json) {
    let acting = Acting::at(moment("2026-03-20T12:00:00Z"));
    let (goal, plan, newer) = (
        id_of(known, "goal"),
        id_of(known, "plan"),
        id_of(known, "newer_entry"),
    );
    let note = log::Saying {
        note: Some("Looked at again".into()),
        ..Default::default()
    };
    let did = log::Saying {
        did: Some("did".into()),
        ..Default::default()
    };
    vault
        .act(circle, &Scope::Everything, acting, |acts| {
            goal::reword(acts, &goal, "Cook dinner on Sundays")?;
            plan::rate(acts, &plan, &Rating::Number(9), None)?;
            log::correct(acts, &newer, &note)?;
            log::add(acts, &plan, &did)
        })
        .unwrap();
}

/// What only a newer version knows is still there after the edits, byte for byte.
fn kept_unread(vault: &Vault, circle: &Circle, known: &Json) {
    let record = vault.record(circle, &Scope::Everything).unwrap();
    let goal = record.get(Noun::Goal, &id_of(known, "goal")).unwrap();
    assert_eq!(goal.text("colour"), Some("amber"));
    assert_eq!(
        goal.field("words").unwrap().present[0].value,
        "Cook dinner on Sundays".into()
    );
    let entry = log::find(&record, &id_of(known, "newer_entry")).unwrap();
    let packed = Packed::read(&record.shown(entry, "").unwrap().value).unwrap();
    assert_eq!(packed.note.as_deref(), Some("Looked at again"));
    assert_eq!(
        (
            packed.version,
            packed.did,
            packed.why,
            packed.rest.as_slice()
        ),
        (
            2,
            Did::Unknown(44),
            Some(Why::Unknown(45)),
            &b"voice note 7"[..]
        )
    );
    let bytes = vault.hand_over(circle).unwrap();
    let holds = |word: &[u8]| {
        bytes
            .iter()
            .any(|handed| handed.bytes.windows(word.len()).any(|w| w == word))
    };
    assert!(
        holds(b"calm as a lake"),
        "a noun of a newer version is handed on"
    );
}

/// Another device takes all of it in and holds the same.
fn handed_on(vault: &Vault, circle: &Circle) {
    let folder = tempfile::tempdir().unwrap();
    let key = FileKeyVault::new(folder.path().join("device.key"));
    let mut other = Vault::create(folder.path(), &key, &SeededEntropy::new(72)).unwrap();
    let acting = Acting::at(moment("2026-03-20T12:00:00Z"));
    let there = other
        .join(&circle.id, &cairn_core::id::Id::read("other"), acting)
        .unwrap();
    other
        .receive(&there, &vault.hand_over(circle).unwrap(), day())
        .unwrap();
    let all = |vault: &Vault, circle: &Circle| {
        fingerprint(&vault.record(circle, &Scope::Everything).unwrap())
    };
    assert_eq!(all(&other, &there), all(vault, circle));
}

/// Gives every noun that nothing was written to yet a thing of its own.
fn fill_what_is_empty(home: &mut Home) {
    let record = home.everything();
    let parts = [
        Part::circle(),
        Part::about(),
        Part::goals(2026),
        Part::log(2026),
        Part::team(),
    ];
    for noun in Noun::ALL {
        if record.things(*noun).is_empty() {
            let part = parts.iter().find(|part| part.holds(*noun)).unwrap();
            home.act(|acts| {
                let id = acts.make(part);
                acts.put(part, *noun, &id, "later", "kept for a later version");
                Ok(())
            })
            .unwrap();
        }
    }
}

/// Changes of a newer version: a noun, a kind of value and a field nobody here knows.
fn of_a_newer_version(home: &Home, goal: &cairn_core::id::Id) -> Vec<Handed> {
    let (circle, part) = (&home.circle.id, Part::goals(2026));
    let map = map_of(circle, &part, "mood").unwrap();
    let map_actor = part.map_actor(circle, "mood");
    let record = home.record();
    let cursor = &record.cursors[&part];
    let mut deps: Vec<_> = cursor.heads.iter().map(|hash| ChangeHash(*hash)).collect();
    deps.push(ChangeHash(map.hash));
    deps.sort_unstable();
    let goals = part.object_of(circle, Noun::Goal).unwrap();
    let put = |object: (u64, Actor), key: String, value: ScalarValue| Op {
        action: OpType::Put(value),
        obj: ObjectId::Id(WireOpId(object.0, ActorId::from(object.1.0))),
        key: Key::from(key),
        pred: Vec::new().into(),
        insert: false,
    };
    let written = Change::from(ExpandedChange {
        operations: vec![
            put((1, map_actor), "today.word".into(), "calm as a lake".into()),
            put(
                (goals.counter, goals.actor),
                format!("{goal}.warmth"),
                ScalarValue::F64(0.5),
            ),
        ],
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
        device: cairn_core::id::Id::read(who),
        member: cairn_core::id::Id::read(who),
    };
    vec![
        handed(map.bytes, map_actor, ""),
        handed(written.raw_bytes().to_vec(), Actor([9; 16]), "newer"),
    ]
}

fn zone(acts: &mut Acts, name: &str) -> Result<()> {
    let id = acts.make(&Part::circle());
    acts.put(&Part::circle(), Noun::Zone, &id, "zone", name);
    Ok(())
}

/// Everything a home can hold, written through the rules where there is one.
fn a_full_home() -> (Home, Json) {
    let mut home = Home::new("Tom Avery", "Europe/London");
    home.at("2026-03-02T19:00:00Z");
    let cook = home
        .act(|acts| {
            let cook = goal::add(acts, "Cook a proper dinner", Some(8), Some(6))?;
            about_me::set(acts, "what_matters", "My garden")?;
            need::add(acts, "large_print_20")?;
            agenda::add(acts, "Sleep", Some("sleep"))?;
            ambivalence::add(acts, "I like quiet evenings", "I would see people")?;
            help::add(acts, "A cooking group", "group", true)?;
            decision::add(
                acts,
                "Where",
                &["at home", "at the hall"],
                "Not far",
                "at home",
            )?;
            observation::add(acts, "readiness", "Would like to begin soon")?;
            Ok(cook)
        })
        .unwrap();
    home.act(|acts| {
        concern::add(acts, &cook, "Standing for long")?;
        let levels = ["none", "a little", "as hoped", "more", "much more"];
        goal::scale::scale(acts, &cook, levels, Some("1.5"), Some("some"))?;
        goal::rate(
            acts,
            &cook,
            Kind::Importance,
            &Rating::Word(Band::Very),
            Some("It is mine"),
        )
    })
    .unwrap();
    let answers = |what: &str| plan::Answers {
        what: Some(what.into()),
        bit: Some("Chopping".into()),
        when: Some("after lunch".into()),
        place: Some("kitchen".into()),
        often: Some("every other day".into()),
        review: Some("2026-05-01".into()),
        support: Some("Rosa".into()),
        ..Default::default()
    };
    let agreeing = |due: &str| Agreeing {
        follow_up: Some(due.into()),
        channel: Some("phone".into()),
        message: Some("Tom, how is the chopping going?".into()),
        anyway: Some("I want to do it".into()),
    };
    let first = home
        .act(|acts| plan::new(acts, &cook, &answers("Chop for 10 minutes")))
        .unwrap();
    home.act(|acts| {
        plan::rate(acts, &first, &Rating::Number(5), Some("My hands"))?;
        plan::smaller(acts, &first, "time", "Chop for 5 minutes")?;
        plan::teach_back(acts, &first, "I chop, then I sit")?;
        plan::agree::agree(acts, &first, &agreeing("2026-03-13"))
    })
    .unwrap();
    let barrier_id = home
        .act(|acts| barrier::add(acts, &first, "My hands hurt"))
        .unwrap();
    let idea = home
        .act(|acts| barrier::add_idea(acts, &barrier_id, "A sharper knife", false, false))
        .unwrap();
    home.act(|acts| barrier::choose(acts, &idea)).unwrap();
    home.act(|acts| barrier::result(acts, &idea, "partly", Some("A bit better")))
        .unwrap();
    let other = home.act(|acts| barrier::add(acts, &first, "Rain")).unwrap();
    home.act(|acts| barrier::let_go(acts, &other)).unwrap();
    let next = plan::Answers {
        replaces: Some(first.clone()),
        why: Some("Smaller".into()),
        ..answers("Chop one onion")
    };
    let second = home.act(|acts| plan::new(acts, &cook, &next)).unwrap();
    home.act(|acts| plan::rate(acts, &second, &Rating::Number(8), None))
        .unwrap();
    home.act(|acts| plan::agree::agree(acts, &second, &agreeing("2026-03-16")))
        .unwrap();
    home.act(|acts| pause::pause(acts, &second, "flare", None, Some("2026-03-05")))
        .unwrap();
    home.act(|acts| pause::resume(acts, &second)).unwrap();
    home.act(|acts| pause::offer_later(acts, &second, None))
        .unwrap();
    home.act(|acts| pause::offer_fine(acts, &second)).unwrap();
    let third = home
        .act(|acts| plan::new(acts, &cook, &answers("Peel")))
        .unwrap();
    home.act(|acts| plan::stop(acts, &third, "Not now"))
        .unwrap();
    let review = follow_up::of(&home.record(), &second)[0].id.clone();
    home.at("2026-03-16T20:00:00Z");
    let recording = follow_up::Recording {
        channel: Some("phone".into()),
        well: Some("The onion".into()),
        challenging: Some("The tears".into()),
        next: Some("keep".into()),
        ..Default::default()
    };
    home.act(|acts| follow_up::record(acts, &review, &recording))
        .unwrap();
    let newer = entries(&mut home, &second);
    apart(&mut home, &cook, &second);
    home.act(|acts| zone(acts, "Europe/Paris")).unwrap();
    fill_what_is_empty(&mut home);
    home.act(|acts| {
        acts.put(&Part::goals(2026), Noun::Goal, &cook, "colour", "amber");
        let walk = goal::add(acts, "Walk to the shop", None, None)?;
        acts.put(&Part::goals(2026), Noun::Goal, &walk, "state", "dreamt_of");
        Ok(())
    })
    .unwrap();
    let set_aside = home
        .act(|acts| goal::add(acts, "Paint", None, None))
        .unwrap();
    home.act(|acts| withdrawal::withdraw(acts, Noun::Goal, &set_aside))
        .unwrap();
    let of_newer = of_a_newer_version(&home, &cook);
    home.vault.receive(&home.circle, &of_newer, day()).unwrap();
    home.vault
        .put_draft(&home.circle, "plan", "half a thought", home.now)
        .unwrap();
    (
        home,
        json!({"goal": cook, "plan": second, "newer_entry": newer}),
    )
}

/// Enough entries for a snapshot, then a corrected, a withdrawn and a newer one behind it.
fn entries(home: &mut Home, plan: &cairn_core::id::Id) -> cairn_core::id::Id {
    let say = |did: &str, note: Option<String>| log::Saying {
        did: Some(did.into()),
        felt: Some(7),
        at: Some("14:30".into()),
        amount: Some("one onion".into()),
        note,
        ..Default::default()
    };
    for number in 0..200 {
        let did = ["did", "part", "tried", "rested"][number % 4];
        home.log(plan, &say(did, None)).unwrap();
    }
    assert!(home.vault.compact().unwrap() > 0);
    home.vault.checkpoint().unwrap();
    let could_not = log::Saying {
        why: Some("hospital".into()),
        ..say("could-not", Some("In for a day".into()))
    };
    let entry = home.log(plan, &could_not).unwrap();
    let correction = log::Saying {
        note: Some("In for two days".into()),
        ..Default::default()
    };
    home.act_on_all(|acts| log::correct(acts, &entry, &correction))
        .unwrap();
    let wrong = home
        .log(plan, &say("did", Some("The wrong day".into())))
        .unwrap();
    home.act_on_all(|acts| withdrawal::withdraw(acts, Noun::Entry, &wrong))
        .unwrap();
    let newer = Packed {
        version: 2,
        plan: plan.clone(),
        on: parse_day("2026-03-15").unwrap(),
        at: None,
        did: Did::Unknown(44),
        why: Some(Why::Unknown(45)),
        felt: None,
        amount: None,
        note: Some("From a later Cairn".into()),
        rest: b"voice note 7".to_vec(),
    };
    home.act(|acts| {
        let part = Part::log(2026);
        let id = acts.make(&part);
        acts.put(&part, Noun::Entry, &id, "", Value::Bytes(newer.pack()));
        Ok(id)
    })
    .unwrap()
}

/// A nurse's device that answers apart, so that there is a disagreement; and staff's own things.
fn apart(home: &mut Home, goal: &cairn_core::id::Id, plan: &cairn_core::id::Id) {
    let mut rosa = home.fork("Rosa Lind", "nurse", 5);
    rosa.now = home.now;
    let often = |often: &str| plan::Answers {
        often: Some(often.into()),
        ..Default::default()
    };
    home.act(|acts| plan::edit(acts, plan, &often("3 times a week")))
        .unwrap();
    rosa.act(|acts| plan::edit(acts, plan, &often("twice a week")))
        .unwrap();
    rosa.act(|acts| {
        goal::clinical(acts, goal, "Increase time standing")?;
        goal::scale::score(acts, goal, -1)?;
        observation::record_activation(acts, "56.4", 2, "13")
    })
    .unwrap();
    home.take(&rosa);
}

#[test]
#[ignore = "writes a home that is kept for ever: cargo xtask freeze"]
fn a_home_of_this_version_is_kept() {
    let to =
        PathBuf::from(std::env::var_os("CAIRN_FREEZE_TO").expect("cargo xtask freeze says where"));
    assert!(
        !to.join("home").exists(),
        "what is kept is never written again"
    );
    let (home, ids) = a_full_home();
    let answer = DroppedAnswer {
        id: [3; 16],
        plan: ids["plan"].as_str().unwrap().to_owned(),
        did: "tried".into(),
        day: "2026-03-19".into(),
        at: 1_773_950_000,
        offset_minutes: 60,
    };
    seal_into(home.folder.path(), &answer, &SeededEntropy::new(6)).unwrap();
    let known = json!({"ids": ids, "pages": pages(&home.vault, &home.circle)});
    let shown = &known["pages"];
    let words = |noun: &Noun| noun.as_str();
    let nouns: BTreeSet<&str> = Noun::ALL.iter().map(words).collect();
    assert_eq!(shown["nouns"], json!(nouns), "every noun is in it");
    assert_eq!(shown["disagreements"].as_array().unwrap().len(), 1);
    fs::create_dir_all(to.join("home")).unwrap();
    for file in fs::read_dir(home.folder.path()).unwrap() {
        let file = file.unwrap();
        // The index beside the log is made anew by whoever opens the file.
        if !file.file_name().to_string_lossy().ends_with("-shm") {
            fs::copy(file.path(), to.join("home").join(file.file_name())).unwrap();
        }
    }
    let names: Vec<String> = changes(&home.vault, &home.circle).into_iter().collect();
    fs::write(to.join("changes.txt"), names.join("\n") + "\n").unwrap();
    let text = serde_json::to_string_pretty(&known).unwrap();
    fs::write(to.join("answers.json"), text + "\n").unwrap();
}
