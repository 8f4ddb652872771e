//! A device of staff that carries sealed parcels of circles it is not in: what is left with it arrives, receipts come
//! back the same way, and nothing it does, or that is done to it, can read, lose or change anything.

#[path = "support/files.rs"]
mod files;
mod support;

use cairn_core::log;
use cairn_core::record::Noun;
use cairn_core::record::sharing::Sent;
use cairn_core::record::state::fingerprint;
use cairn_core::store::carried::{BYTES_OF_ONE, PARCELS_OF_ONE};
use cairn_core::store::{Circle, Scope};
use cairn_core::sync::courier::Said;
use cairn_core::sync::memory::{Side, meet};
use cairn_core::sync::message::Message;
use cairn_core::sync::parcel::Label;
use cairn_core::sync::session::{Progress, Session};
use cairn_core::{Error, Id};
use files::{bytes_of, opened};
use support::device::{Device, did, goal_with_plan};

fn staff(name: &str, seed: u64) -> Device {
    let mut device = Device::new(name, seed);
    device.home.vault.set_setting("role", b"staff").unwrap();
    device
}

fn courier() -> Device {
    let mut courier = staff("Tom Price", 30);
    courier.home.vault.carry(true);
    courier
}

fn sides<T>(
    one: &mut Device,
    other: &mut Device,
    done: impl FnOnce(&mut Side, &mut Side) -> T,
) -> T {
    let (acting, theirs) = (one.acting(), other.acting());
    let (first, second) = (one.entropy(), other.entropy());
    let mut left = Side {
        vault: &mut one.home.vault,
        acting,
        entropy: &first,
    };
    let mut right = Side {
        vault: &mut other.home.vault,
        acting: theirs,
        entropy: &second,
    };
    done(&mut left, &mut right)
}

/// Lets a device meet another; what passed, as the first sees it.
fn visit(one: &mut Device, other: &mut Device) -> Progress {
    sides(one, other, |one, other| meet(one, other).unwrap().0)
}

/// Lets somebody in without anything being handed over but the access log.
fn let_in(phone: &mut Device, other: &mut Device, role: &str, parts: &[&str]) -> Circle {
    phone.admit(other, role, parts, None)
}

fn note(device: &mut Device, circle: &Circle, plan: &Id, note: &str) -> Id {
    device
        .act(circle, |acts| log::add(acts, plan, &did(note)))
        .unwrap()
}

fn sent(device: &Device, circle: &Circle, id: &Id) -> Sent {
    let vault = &device.home.vault;
    let record = vault.record(circle, &Scope::Everything).unwrap();
    record.sharing.sent(record.find(Noun::Entry, id).unwrap())
}

fn read(device: &Device, circle: &Circle) -> [u8; 32] {
    let record = device.home.vault.record(circle, &Scope::Everything);
    fingerprint(&record.unwrap())
}

fn pair() -> (Device, Device, Circle, Id) {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), staff("Anne Okoro", 2));
    let (_, plan) = goal_with_plan(&mut phone);
    let theirs = let_in(&mut phone, &mut nurse, "nurse", &["all"]);
    (phone, nurse, theirs, plan)
}

/// What the courier does to all that it carries.
fn spoil(courier: &Device, sql: &str) {
    opened(courier.home.folder.path())
        .execute_batch(sql)
        .unwrap();
}

fn carried(device: &Device) -> u64 {
    device.home.vault.carried().unwrap().parcels
}

#[test]
fn what_is_left_with_a_courier_arrives_and_the_sender_learns_it_from_the_receiver() {
    let (mut phone, mut nurse, theirs, plan) = pair();
    let mut courier = courier();
    let own = phone.home.circle.clone();
    let entry = note(&mut phone, &own, &plan, "windy");
    let left = visit(&mut phone, &mut courier).carriage;
    assert!(left.left > 0 && left.left == carried(&courier), "{left:?}");
    assert_eq!(sent(&phone, &own, &entry), Sent::Waiting, "not there yet");
    assert_eq!(courier.home.vault.circles().unwrap().len(), 1, "its own");
    let brought = visit(&mut nurse, &mut courier).carriage;
    assert!(brought.brought > 0, "{brought:?}");
    assert!(nurse.text(&theirs).contains("windy"));
    visit(&mut phone, &mut courier);
    assert_eq!(sent(&phone, &own, &entry), Sent::Yes);
    assert_eq!(read(&phone, &own), read(&nurse, &theirs));
    // What everybody has is let go of: letters alone go on.
    assert_eq!(carried(&courier), 2);
    let quiet = visit(&mut phone, &mut courier).carriage;
    assert_eq!((quiet.left, quiet.brought), (0, 0));
}

#[test]
fn nothing_passes_to_a_device_that_is_not_of_staff_or_did_not_say_so() {
    let (mut phone, _, _, plan) = pair();
    let own = phone.home.circle.clone();
    note(&mut phone, &own, &plan, "windy");
    let mut neighbour = Device::new("Joan Lloyd", 31);
    neighbour.home.vault.carry(true);
    let mut silent = staff("Tom Price", 30);
    for other in [&mut neighbour, &mut silent] {
        assert_eq!(visit(&mut phone, other).carriage.left, 0);
        assert_eq!(carried(other), 0);
    }
}

#[test]
fn none_of_fifty_words_is_in_any_file_or_table_of_the_courier() {
    let (mut phone, mut nurse, theirs, plan) = pair();
    let mut courier = courier();
    let own = phone.home.circle.clone();
    let planted: Vec<String> = (0..50).map(|n| format!("Kestrelmoss{n:02}")).collect();
    for word in &planted {
        note(&mut phone, &own, &plan, word);
    }
    visit(&mut phone, &mut courier);
    let found = |device: &Device, words: &[String]| {
        let home = device.home.folder.path();
        let tables: i64 = opened(home)
            .query_row("select count(*) from carried", [], |row| row.get(0))
            .unwrap();
        let files = bytes_of(home);
        let holds = |word: &&String| {
            let in_file = |file: &Vec<u8>| file.windows(word.len()).any(|w| w == word.as_bytes());
            files.iter().any(in_file)
        };
        (tables, words.iter().filter(holds).count())
    };
    let told: Vec<String> = [
        "Mary Bell",
        "Anne Okoro",
        own.id.as_str(),
        own.member.as_str(),
    ]
    .map(String::from)
    .into();
    for time in 0..2 {
        let (carried, words) = found(&courier, &planted);
        assert!(carried > 0);
        assert_eq!(words, 0, "words of the person");
        assert_eq!(found(&courier, &told).1, 0, "names and ids");
        if time == 0 {
            visit(&mut nurse, &mut courier);
        }
    }
    assert!(
        planted
            .iter()
            .all(|word| nurse.text(&theirs).contains(word))
    );
    // The same look does find them where they may be read.
    assert_eq!(found(&nurse, &planted).1, 50);
}

#[test]
fn a_courier_that_drops_alters_or_mixes_up_what_it_carries_only_delays_it() {
    let harms = [
        "delete from carried",
        "delete from carried where no % 2 = 0",
        "update or ignore carried set bytes = substr(bytes, 1, length(bytes) - 1)",
        "update or ignore carried set bytes = zeroblob(length(bytes))",
        "update or ignore carried set bytes = (select bytes from carried order by no limit 1)",
        "update or ignore carried set bytes = (select bytes from carried order by no desc limit 1)",
        "update or ignore carried set tag = (select tag from carried order by no limit 1)",
        "update or ignore carried set name = randomblob(16)",
    ];
    for harm in harms {
        let (mut phone, mut nurse, theirs, plan) = pair();
        let mut courier = courier();
        let own = phone.home.circle.clone();
        let entry = note(&mut phone, &own, &plan, "windy");
        visit(&mut phone, &mut courier);
        spoil(&courier, harm);
        visit(&mut nurse, &mut courier);
        spoil(&courier, harm);
        for _ in 0..2 {
            visit(&mut phone, &mut courier);
            visit(&mut nurse, &mut courier);
        }
        visit(&mut phone, &mut courier);
        assert_eq!(sent(&phone, &own, &entry), Sent::Yes, "{harm}");
        assert_eq!(read(&phone, &own), read(&nurse, &theirs), "{harm}");
    }
}

#[test]
fn what_a_courier_hands_on_again_and_again_changes_nothing() {
    let (mut phone, mut nurse, theirs, plan) = pair();
    let mut courier = courier();
    let own = phone.home.circle.clone();
    note(&mut phone, &own, &plan, "windy");
    visit(&mut phone, &mut courier);
    spoil(&courier, "create table kept as select * from carried");
    for word in ["rain", "sun"] {
        note(&mut phone, &own, &plan, word);
        visit(&mut phone, &mut courier);
        visit(&mut nurse, &mut courier);
        spoil(
            &courier,
            "insert or ignore into carried(tag, name, giver, bytes) select tag, name, giver, bytes from kept",
        );
    }
    visit(&mut nurse, &mut courier);
    visit(&mut phone, &mut courier);
    assert_eq!(read(&phone, &own), read(&nurse, &theirs));
}

#[test]
fn a_member_carries_only_what_it_cannot_open_itself() {
    let (mut phone, mut nurse, theirs, plan) = pair();
    let own = phone.home.circle.clone();
    let mut courier = courier();
    // Who reads everything the others read is handed it by meeting, and carries nothing.
    let mut all = staff("Sian Hughes", 32);
    all.home.vault.carry(true);
    let_in(&mut phone, &mut all, "nurse", &["all"]);
    let_in(&mut phone, &mut courier, "nurse", &["goals"]);
    let entry = note(&mut phone, &own, &plan, "windy");
    assert_eq!(visit(&mut phone, &mut all).carriage.left, 0);
    let left = visit(&mut phone, &mut courier).carriage.left;
    assert!(left > 0);
    let seen = courier.circle(&phone);
    assert!(!courier.text(&seen).contains("windy"), "sealed to it");
    visit(&mut nurse, &mut courier);
    assert!(nurse.text(&theirs).contains("windy"));
    visit(&mut phone, &mut courier);
    assert_eq!(sent(&phone, &own, &entry), Sent::Yes);
}

#[test]
fn who_was_taken_out_of_a_circle_carries_nothing_of_it() {
    let (mut phone, _, _, plan) = pair();
    let mut courier = courier();
    let own = phone.home.circle.clone();
    let_in(&mut phone, &mut courier, "nurse", &["goals"]);
    phone.remove(&courier);
    note(&mut phone, &own, &plan, "windy");
    assert_eq!(visit(&mut phone, &mut courier).carriage.left, 0);
    assert_eq!(carried(&courier), 0);
}

#[test]
fn a_courier_keeps_a_bounded_amount_and_the_oldest_of_who_leaves_too_much_goes_first() {
    let (mut phone, mut nurse, theirs, plan) = pair();
    let mut courier = courier();
    let own = phone.home.circle.clone();
    note(&mut phone, &own, &plan, "windy");
    visit(&mut phone, &mut courier);
    let honest = carried(&courier);
    // A caller that puts more than anybody may, by its own hand.
    let mut flood = Device::new("Nobody", 40);
    let most = PARCELS_OF_ONE + 20;
    let puts = (0..most).map(|n| {
        let bytes = n.to_le_bytes().to_vec();
        Said::Put(Label::of([9; 16], &bytes), bytes)
    });
    say(&mut flood, &mut courier, puts).unwrap();
    assert_eq!(carried(&courier), honest + PARCELS_OF_ONE);
    let large = (0..8_u8).map(|n| {
        let bytes = vec![n; 500_000];
        Said::Put(Label::of([9; 16], &bytes), bytes)
    });
    say(&mut flood, &mut courier, large).unwrap();
    assert!(courier.home.vault.carried().unwrap().bytes < BYTES_OF_ONE + 100_000);
    visit(&mut nurse, &mut courier);
    assert!(nurse.text(&theirs).contains("windy"), "not crowded out");
}

#[test]
fn what_is_not_as_its_label_says_or_out_of_turn_ends_the_meeting_and_keeps_nothing() {
    let mut courier = courier();
    let label = Label::of([9; 16], b"one");
    let wrong = [
        Said::Put(label, b"another".to_vec()),
        Said::Kept(1),
        Said::Lies(Vec::new()),
        Said::Parcel(None),
    ];
    for said in wrong {
        let mut caller = Device::new("Nobody", 41);
        let went = say(&mut caller, &mut courier, [said]);
        assert_eq!(went, Err(Error::Damaged));
        assert_eq!(carried(&courier), 0);
    }
}

/// Lets a caller say what it likes once both have shown who they are.
fn say(
    caller: &mut Device,
    courier: &mut Device,
    said: impl IntoIterator<Item = Said>,
) -> Result<(), Error> {
    sides(caller, courier, |one, other| {
        let mut first = Session::begin(one.vault, one.acting, one.entropy)?;
        let mut second = Session::begin(other.vault, other.acting, other.entropy)?;
        for _ in 0..2 {
            if let Some(message) = first.next(one.vault)? {
                second.receive(other.vault, &message)?;
            }
            if let Some(message) = second.next(other.vault)? {
                first.receive(one.vault, &message)?;
            }
        }
        for said in said {
            second.receive(other.vault, &Message::Courier(said).write()?)?;
        }
        Ok(())
    })
}
