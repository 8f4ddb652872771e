//! Entries lie by plan and day and have no index by id: corrected, moved and withdrawn ones are found all the same.

mod support;

use cairn_core::id::Id;
use cairn_core::plan::{self, agree::Agreeing};
use cairn_core::rating::Rating;
use cairn_core::record::Noun;
use cairn_core::{goal, log, withdrawal};
use support::Home;

fn a_running_plan(home: &mut Home) -> Id {
    let goal = home
        .act(|acts| goal::add(acts, "Walk to the shop", None, None))
        .unwrap();
    let answers = plan::Answers {
        what: Some("Walk to the bench".into()),
        often: Some("every day".into()),
        ..Default::default()
    };
    let walk = home.act(|acts| plan::new(acts, &goal, &answers)).unwrap();
    home.act(|acts| plan::rate(acts, &walk, &Rating::Number(9), None))
        .unwrap();
    let agreeing = Agreeing {
        follow_up: Some("2026-03-20".into()),
        channel: Some("phone".into()),
        ..Default::default()
    };
    home.act(|acts| plan::agree::agree(acts, &walk, &agreeing))
        .unwrap();
    walk
}

fn on(day: &str, note: &str) -> log::Saying {
    log::Saying {
        did: Some("did".into()),
        on: Some(day.into()),
        note: Some(note.into()),
        ..Default::default()
    }
}

/// Days and notes of the entries as they count, after the rows were made again from the changes and compared.
fn counted(home: &mut Home) -> Vec<(String, Option<String>)> {
    assert!(home.vault.verify().unwrap().ok);
    let record = home.everything();
    let listed = |record: &cairn_core::record::Record| -> Vec<_> {
        log::list(record, None)
            .into_iter()
            .map(|(_, _, said)| (said.on.to_string(), said.note))
            .collect()
    };
    let before = listed(&record);
    home.vault.rebuild().unwrap();
    assert_eq!(listed(&home.everything()), before);
    before
}

#[test]
fn a_correction_from_another_device_finds_its_entry_whichever_way_the_day_moves() {
    let mut mary = Home::new("Mary Bell", "Europe/London");
    mary.at("2026-03-12T19:00:00Z");
    let walk = a_running_plan(&mut mary);
    let forward = mary.log(&walk, &on("2026-03-08", "forward")).unwrap();
    let back = mary.log(&walk, &on("2026-03-10", "back")).unwrap();
    let gone = mary.log(&walk, &on("2026-03-09", "gone")).unwrap();
    let mut anne = mary.fork("Anne Okoro", "nurse", 7);

    anne.at("2026-03-13T09:00:00Z");
    anne.act_on_all(|acts| log::correct(acts, &forward, &on("2026-03-12", "moved forward")))
        .unwrap();
    anne.act_on_all(|acts| log::correct(acts, &back, &on("2026-03-02", "moved back")))
        .unwrap();
    mary.act_on_all(|acts| withdrawal::withdraw(acts, Noun::Entry, &gone))
        .unwrap();
    mary.meet(&mut anne);

    let expected = [
        ("2026-03-02".to_owned(), Some("moved back".to_owned())),
        ("2026-03-12".to_owned(), Some("moved forward".to_owned())),
    ];
    assert_eq!(counted(&mut mary), expected);
    assert_eq!(counted(&mut anne), expected);
    assert_eq!(mary.fingerprint(), anne.fingerprint());
    assert_eq!(mary.everything().things(Noun::Entry).len(), 3);
}

#[test]
fn search_takes_in_what_was_written_since_and_an_entry_is_found_once() {
    let mut tom = Home::new("Tom Avery", "Europe/London");
    tom.at("2026-03-12T19:00:00Z");
    let walk = a_running_plan(&mut tom);
    let entry = tom.log(&walk, &on("2026-03-10", "windy")).unwrap();
    let found = |home: &mut Home, words: &str| -> Vec<Id> {
        let hits = home.vault.search(&home.circle, words).unwrap();
        hits.into_iter().map(|hit| hit.id).collect()
    };
    assert_eq!(found(&mut tom, "windy"), vec![entry.clone()]);
    assert!(found(&mut tom, "sunny").is_empty());

    let sunny = tom.log(&walk, &on("2026-03-11", "sunny")).unwrap();
    tom.act_on_all(|acts| log::correct(acts, &entry, &on("2026-03-12", "windy and cold")))
        .unwrap();
    assert_eq!(found(&mut tom, "sunny"), vec![sunny.clone()]);
    assert_eq!(found(&mut tom, "cold"), vec![entry.clone()]);
    assert_eq!(
        found(&mut tom, "windy"),
        vec![entry.clone()],
        "once, with both notes"
    );

    tom.act_on_all(|acts| withdrawal::withdraw(acts, Noun::Entry, &sunny))
        .unwrap();
    tom.vault.tidy().unwrap();
    assert_eq!(
        found(&mut tom, "sunny"),
        vec![sunny],
        "what is withdrawn is kept"
    );
    tom.vault.rebuild().unwrap();
    assert_eq!(found(&mut tom, "cold"), vec![entry]);
}
