//! Long work tells how far it is and can be stopped, and no page waits for it.

mod support;

use cairn_bindings::{Progress, Record};
use cairn_core::error::{Error, Result};
use cairn_core::words::Lang;
use std::sync::{Arc, Mutex};
use support::phone;

/// Notes each step, reads the page of today, and goes on as long as it is to.
struct Watching {
    steps: Mutex<Vec<(u64, u64)>>,
    record: Arc<Record>,
    answer: Result<bool>,
}

impl Progress for Watching {
    fn step(&self, done: u64, of: u64) -> Result<bool> {
        self.steps.lock().unwrap().push((done, of));
        assert_eq!(self.record.today()?.greeting, "Hello Mary");
        self.answer.clone()
    }
}

fn watching(record: &Arc<Record>, answer: Result<bool>) -> Arc<Watching> {
    Arc::new(Watching {
        steps: Mutex::default(),
        record: record.clone(),
        answer,
    })
}

/// Mary's record with 40 changes in it.
fn forty_needs(phone: &support::Phone) -> Arc<Record> {
    let record = phone.profile.own().unwrap();
    for number in 1..=40 {
        record
            .need_add(format!("A chair with number {number}"))
            .unwrap();
    }
    record
}

#[test]
fn checking_tells_how_far_it_is_and_today_is_read_meanwhile() {
    let phone = phone(Lang::En);
    let record = forty_needs(&phone);
    let progress = watching(&record, Ok(true));
    let found = phone
        .profile
        .verify(Some(progress.clone()))
        .unwrap()
        .unwrap();
    assert!(found.ok);
    assert_eq!(found.records, 1);
    let steps = progress.steps.lock().unwrap();
    assert!(steps.len() > 1, "{steps:?}");
    assert!(steps.iter().all(|(done, of)| done < of), "{steps:?}");
}

#[test]
fn making_all_again_while_today_is_read_changes_nothing_that_is_shown() {
    let phone = phone(Lang::En);
    let record = forty_needs(&phone);
    let before = record.record_show_json().unwrap();
    assert!(
        phone
            .profile
            .rebuild(Some(watching(&record, Ok(true))))
            .unwrap()
    );
    assert_eq!(record.record_show_json().unwrap(), before);
    let exported = phone.profile.export_json(None).unwrap().unwrap();
    assert_eq!(exported, format!("[{before}]"));
}

#[test]
fn what_is_stopped_changes_nothing_and_says_so() {
    let phone = phone(Lang::En);
    let record = forty_needs(&phone);
    let before = record.record_show_json().unwrap();
    let stop = || Some(watching(&record, Ok(false)) as Arc<dyn Progress>);
    assert_eq!(phone.profile.verify(stop()).unwrap(), None);
    assert!(!phone.profile.rebuild(stop()).unwrap());
    assert_eq!(phone.profile.export_json(stop()).unwrap(), None);
    assert_eq!(record.record_show_json().unwrap(), before);
    assert!(phone.profile.verify(None).unwrap().unwrap().ok);
}

#[test]
fn what_the_shell_throws_stops_the_work_and_comes_back() {
    let phone = phone(Lang::En);
    let record = forty_needs(&phone);
    let broken = watching(&record, Err(Error::Unreachable));
    assert_eq!(phone.profile.rebuild(Some(broken)), Err(Error::Unreachable));
    assert!(phone.profile.verify(None).unwrap().unwrap().ok);
}
