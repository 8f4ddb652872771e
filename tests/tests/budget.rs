//! What the page of today and a log entry may ask of the store, held without measuring time.

use cairn_core::store::measure::Work;
use cairn_tests::history::{END, history, more_entries};
use cairn_tests::person::{self, Person};
use chrono::{DateTime, Utc};
use tempfile::TempDir;

fn evening() -> DateTime<Utc> {
    END.and_hms_opt(17, 0, 0).unwrap().and_utc()
}

fn years(years: u64) -> (TempDir, Person) {
    let folder = tempfile::tempdir().unwrap();
    let person = Person::play(folder.path(), &history(years), |_| ()).unwrap();
    (folder, person)
}

fn work_of_today(home: &TempDir) -> (String, Work) {
    let (mut vault, circle) = person::open(home.path()).unwrap();
    let (page, work) = vault
        .measured(|vault| person::today(vault, &circle, evening()))
        .unwrap();
    (page.unwrap(), work)
}

fn work_of_an_entry(home: &TempDir) -> Work {
    let (mut vault, circle) = person::open(home.path()).unwrap();
    let plan = person::running_plan(&vault, &circle).unwrap();
    let entry = more_entries(0, 1).remove(0);
    let (done, work) = vault
        .measured(|vault| person::log_entry(vault, &circle, &plan, &entry))
        .unwrap();
    done.unwrap();
    work
}

#[test]
fn after_ten_years_today_and_an_entry_ask_no_more_of_the_store_than_after_one() {
    let (ten, person) = years(10);
    drop(person);
    let (one, person) = years(1);
    drop(person);

    let (page, work) = work_of_today(&ten);
    let page: serde_json::Value = serde_json::from_str(&page).unwrap();
    assert_eq!(page["planned"].as_array().unwrap().len(), 1);
    assert_eq!(work, work_of_today(&one).1);
    assert!(work.rows > 0 && work.statements < 20, "{work:?}");

    let (after_ten, after_one) = (work_of_an_entry(&ten), work_of_an_entry(&one));
    assert_eq!(after_ten.statements, after_one.statements);
    // Each year adds the cursors of its two parts, and nothing else.
    assert!(
        after_ten.rows <= after_one.rows + 2 * 10,
        "{after_ten:?} {after_one:?}"
    );
    assert!(
        after_ten.steps <= after_one.steps * 2,
        "{after_ten:?} {after_one:?}"
    );

    unreadable_documents_are_missed_by_nobody_but_who_reads_everything(&ten);
}

/// Part of the same test, because playing ten years takes its time.
fn unreadable_documents_are_missed_by_nobody_but_who_reads_everything(ten: &TempDir) {
    let before = work_of_today(ten).0;
    assert!(person::spoil_documents(ten.path()).unwrap() > 10);
    assert_eq!(work_of_today(ten).0, before);
    work_of_an_entry(ten);
    let (mut vault, _) = person::open(ten.path()).unwrap();
    assert!(!vault.verify().unwrap().ok, "the documents were unreadable");
}

#[test]
fn an_entry_takes_at_most_32_kb_of_write_ahead_log() {
    let (home, mut person) = years(1);
    let plan = person::running_plan(&person.vault, &person.circle).unwrap();
    const ENTRIES: u64 = 100;
    let (mut total, mut most) = (0, 0);
    for entry in more_entries(0, ENTRIES) {
        person.vault.checkpoint().unwrap();
        person::log_entry(&mut person.vault, &person.circle, &plan, &entry).unwrap();
        let bytes = person::wal_bytes(home.path());
        assert!(bytes > 0);
        (total, most) = (total + bytes, most.max(bytes));
    }
    let mean = total / ENTRIES;
    assert!(mean <= 32_000, "{mean} bytes on average");
    // Now and then a page of the file is full and its rows are spread over its neighbours.
    assert!(most <= 64_000, "{most} bytes at most");
}
