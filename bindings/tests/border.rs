//! The exported objects, called as a shell calls them, on real files.

mod support;

use cairn_bindings::{Listener, Profile, Record, error_code, error_kind, error_sentence, words};
use cairn_core::error::{Error, Result};
use cairn_core::id::Id;
use cairn_core::log::Saying;
use cairn_core::plan::Answers;
use cairn_core::plan::agree::Agreeing;
use cairn_core::words::Lang;
use std::sync::{Arc, Mutex};
use support::{Broken, entropy, mary, path, phone};

fn did(word: &str) -> Saying {
    Saying {
        did: Some(word.into()),
        ..Saying::default()
    }
}

/// Mary's agreed walk, three times a week.
fn a_walk(record: &Record) -> Id {
    let goal = record
        .goal_add("Walk to the shop".into(), Some(8), Some(6))
        .unwrap();
    let answers = Answers {
        what: Some("Walk to the bench".into()),
        when: Some("After breakfast".into()),
        place: Some("along Mill Lane".into()),
        often: Some("3 times a week".into()),
        ..Answers::default()
    };
    let plan = record.plan_new(goal, answers).unwrap();
    record.plan_rate(plan.clone(), "8".into(), None).unwrap();
    let agreeing = Agreeing {
        follow_up: Some("2026-03-27".into()),
        channel: Some("phone".into()),
        ..Agreeing::default()
    };
    record.plan_agree(plan, agreeing).unwrap()
}

#[test]
fn an_answer_is_one_call_and_the_page_says_it_is_saved() {
    let phone = phone(Lang::En);
    let record = phone.profile.own().unwrap();
    let plan = a_walk(&record);
    let before = record.today().unwrap();
    assert_eq!(before.page.title, "Hello Mary");
    assert_eq!(before.date, "Monday 16 March 2026");
    assert_eq!(
        before.cards[0].when_where.as_deref(),
        Some("After breakfast, along Mill Lane")
    );
    assert_eq!(before.cards[0].answers.len(), 5);
    assert_eq!(
        before.cards[0].answers[0].spoken,
        "Did it. Walk to the bench."
    );
    assert!(before.cards[0].open);
    assert_eq!(
        before.check_ins[0].words,
        "Your check-in is on Friday 27 March 2026. By phone."
    );

    phone.clock.set("2026-03-16T09:40");
    let entry = record.log(plan, did("did")).unwrap();
    let card = record.today().unwrap().cards.remove(0);
    let logged = card.logged.unwrap();
    assert_eq!(logged.entry, entry);
    assert_eq!(
        logged.words,
        "Saved. Did it, Monday 16 March 2026 at 09:40."
    );
    assert_eq!(card.this_week.words, "1 of 3 done this week");
    assert!(card.answers.is_empty());
}

#[test]
fn what_was_saved_is_there_after_opening_again_and_in_the_other_language() {
    let phone = phone(Lang::En);
    let plan = a_walk(&phone.profile.own().unwrap());
    phone.profile.own().unwrap().log(plan, did("part")).unwrap();
    drop(phone.profile);
    let again = Profile::open(
        path(phone.folder.path()),
        phone.key,
        phone.clock,
        entropy(2),
        Lang::Cy,
    );
    let record = again.unwrap().own().unwrap();
    let today = record.today().unwrap();
    assert_eq!(today.greeting, "Helo Mary");
    assert_eq!(today.cards[0].logged.as_ref().unwrap().did, "part");
}

#[test]
fn a_refusal_is_the_cores_one_error_with_its_code_kind_and_sentence() {
    let phone = phone(Lang::En);
    let record = phone.profile.own().unwrap();
    let goal = record.goal_add("Sleep".into(), None, None).unwrap();
    let answers = Answers {
        what: Some("Screens off".into()),
        ..Answers::default()
    };
    let plan = record.plan_new(goal, answers).unwrap();
    record.plan_rate(plan.clone(), "6".into(), None).unwrap();
    let error = record.plan_agree(plan, Agreeing::default()).unwrap_err();
    assert_eq!(error, Error::ConfidenceBelow7);
    assert_eq!(error_code(error.clone()), "confidence_below_7");
    assert_eq!(error_kind(error.clone()), 1);
    assert!(error_sentence(error.clone(), Lang::En).starts_with("Your plan is saved"));
    assert_ne!(
        error_sentence(error.clone(), Lang::Cy),
        error_sentence(error, Lang::En)
    );
}

#[test]
fn a_broken_key_vault_or_random_source_is_an_error_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let clock = support::FakeClock::at("2026-03-16T09:00");
    let broken = Arc::new(Broken);
    let made = Profile::create(
        path(folder.path()),
        broken.clone(),
        clock.clone(),
        entropy(1),
        Lang::En,
        mary(),
    );
    assert_eq!(made.err(), Some(Error::Locked));
    let key = Arc::new(support::FakeKeyVault(Mutex::new(Some(vec![1; 31]))));
    let short = Profile::create(
        path(folder.path()),
        key,
        clock.clone(),
        entropy(1),
        Lang::En,
        mary(),
    );
    assert_eq!(short.err(), Some(Error::WrongKey));
    let key = Arc::new(support::FakeKeyVault::default());
    let few = Profile::create(path(folder.path()), key, clock, broken, Lang::En, mary());
    assert!(matches!(few.err(), Some(Error::Storage { .. })));
}

/// Notes who was told to have changed; refuses each time, as a shell's listener might.
#[derive(Default)]
struct Noting(Mutex<Vec<Id>>);

impl Listener for Noting {
    fn changed(&self, person: Id) -> Result<()> {
        self.0.lock().unwrap().push(person);
        Err(Error::Unreachable)
    }
}

#[test]
fn a_listener_is_told_at_once_and_after_each_change_that_is_kept_whatever_it_says() {
    let phone = phone(Lang::En);
    let record = phone.profile.own().unwrap();
    let told = Arc::new(Noting::default());
    let number = phone.profile.listen(told.clone()).unwrap();
    assert_eq!(*told.0.lock().unwrap(), [record.person()]);
    record.need_add("large_print_24".into()).unwrap();
    record.need_add("  ".into()).unwrap_err();
    assert_eq!(told.0.lock().unwrap().len(), 2);
    phone.profile.stop_listening(number);
    record.need_add("bsl".into()).unwrap();
    assert_eq!(told.0.lock().unwrap().len(), 2);
}

#[test]
fn an_answer_given_while_locked_is_added_at_opening_and_says_so() {
    let phone = phone(Lang::En);
    let plan = a_walk(&phone.profile.own().unwrap());
    drop(phone.profile);
    let folder = path(phone.folder.path());
    let dropped = cairn_bindings::drop_answer(
        folder.clone(),
        plan,
        "did".into(),
        phone.clock.clone(),
        entropy(3),
    );
    assert_eq!(dropped.unwrap(), "2026-03-16");
    let again = Profile::open(folder, phone.key, phone.clock, entropy(4), Lang::En).unwrap();
    let card = again.own().unwrap().today().unwrap().cards.remove(0);
    assert_eq!(
        card.logged.unwrap().words,
        "Saved from the lock screen. Did it, Monday 16 March 2026 at 09:00."
    );
}

#[test]
fn a_half_typed_note_is_kept_and_today_offers_to_carry_on() {
    let phone = phone(Lang::En);
    let record = phone.profile.own().unwrap();
    let plan = a_walk(&record);
    let page = record
        .log_page(plan.clone(), None, Some("did".into()))
        .unwrap();
    assert_eq!(page.draft, None);
    record
        .draft_put(page.draft_page.clone(), "The bench was".into())
        .unwrap();
    assert_eq!(
        record.today().unwrap().carry_on.unwrap().page,
        page.draft_page
    );
    let again = record.log_page(plan, None, Some("did".into())).unwrap();
    assert_eq!(again.draft.as_deref(), Some("The bench was"));
    record.draft_put(page.draft_page, String::new()).unwrap();
    assert_eq!(record.today().unwrap().carry_on, None);
}

#[test]
fn a_static_word_comes_in_the_language_asked_for() {
    assert_eq!(words(Lang::En, "rest-need".into(), None), "I need a rest");
    assert_eq!(
        words(Lang::Cy, "rest-need".into(), None),
        "Mae angen gorffwys arna i"
    );
    assert_eq!(words(Lang::En, "no-such-key".into(), None), "[no-such-key]");
}

#[test]
fn many_threads_may_read_and_log_at_once_and_nothing_is_lost() {
    let phone = phone(Lang::En);
    let record = phone.profile.own().unwrap();
    let plan = a_walk(&record);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..5 {
                    record.log(plan.clone(), did("tried")).unwrap();
                    record.today().unwrap();
                }
            });
        }
    });
    let all: serde_json::Value =
        serde_json::from_str(&record.log_list_json(None, None, None).unwrap()).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 20);
}
