//! What a member who means harm sends in a meeting, and what becomes of it: nothing ends the program, little memory is
//! used, what is refused leaves the record as it was, and everybody goes on with each other.

use super::child::{self, memory_of};
use super::evil::{Evil, Input, table};
use super::inputs::Dice;
use super::member::KINDS;
use super::support::device::{Device, did};
use super::support::prove::{all_of_them, report};
use cairn_core::goal;
use cairn_core::log;
use cairn_core::record::Noun;
use cairn_core::record::state::fingerprint;
use cairn_core::store::{Circle, Scope, Taken};
use cairn_core::sync::message::Message;
use cairn_core::sync::session::Session;
use std::collections::BTreeMap;

/// What one input, or a whole run, may use beyond what honest ones use.
const MEMORY_LIMIT: usize = 64 << 20;
/// Inputs until everybody begins anew, with fresh devices.
const A_TABLE: usize = 100;
/// Inputs of the full run.
const FULL: usize = 10_000;

/// What must have come of some of them, or the others were refused before they were looked at.
const SEEN: [&str; 12] = [
    ": in:",
    "kept aside in a meeting",
    "meeting ended: damaged",
    "refused as form",
    "refused as signature",
    "refused as part",
    "refused as role",
    "refused as truncated",
    "a snapshot: refused as",
    "waits for before",
    "waits for key",
    "left out",
];

/// A meeting of the phone with the member who means harm, as far as where anything may be said.
fn meeting(phone: &mut Device, evil: &mut Device) -> Session {
    let (acting, theirs) = (phone.acting(), evil.acting());
    let (one, two) = (phone.entropy(), evil.entropy());
    let (left, right) = (&mut phone.home.vault, &mut evil.home.vault);
    let mut first = Session::begin(left, acting, &one).unwrap();
    let mut second = Session::begin(right, theirs, &two).unwrap();
    while !(first.is_done() && second.is_done()) {
        if let Some(said) = first.next(left).unwrap() {
            second.receive(right, &said).unwrap();
        }
        if let Some(said) = second.next(right).unwrap() {
            first.receive(left, &said).unwrap();
        }
    }
    first
}

/// What is shown, and the heads of each part.
type Stands = ([u8; 32], Vec<(String, Vec<[u8; 32]>)>);

/// What everybody can tell of a record: what it says, and where its parts stand.
fn stands(phone: &Device, own: &Circle) -> Stands {
    let record = phone.home.vault.record(own, &Scope::Everything).unwrap();
    let heads = record.cursors.iter();
    let heads = heads.map(|(part, cursor)| (part.to_string(), cursor.heads.clone()));
    (fingerprint(&record), heads.collect())
}

/// Hands an input in, every second one as a message of the meeting; what came of it, in a word.
fn hand_in(
    phone: &mut Device,
    session: &mut Session,
    own: &Circle,
    input: &Input,
    n: usize,
) -> String {
    let acting = phone.acting();
    let vault = &mut phone.home.vault;
    let as_message = (n / KINDS.len()).is_multiple_of(2);
    let message = match input {
        Input::Segment(bytes) if as_message => Message::Segment(own.id.clone(), bytes.clone()),
        Input::Snapshot(bytes) if as_message => Message::Snapshot(own.id.clone(), bytes.clone()),
        Input::Operation(bytes) if as_message => {
            Message::Operations(own.id.clone(), vec![bytes.clone()])
        }
        Input::Segment(bytes) => return word(vault.take_segment(own, bytes, acting).unwrap()),
        Input::Snapshot(bytes) => return word(vault.take_snapshot(own, bytes, acting).unwrap()),
        Input::Operation(bytes) => {
            let operations = std::slice::from_ref(bytes);
            let new = vault.take_operations(own, operations, acting).unwrap();
            return if new == 0 { "left out" } else { "in" }.into();
        }
        Input::Message(bytes) => {
            return match session.receive(vault, bytes) {
                Ok(()) => "passed over".into(),
                Err(error) => format!("meeting ended: {}", error.code()),
            };
        }
    };
    let known = vault.access_log(own).unwrap().len();
    let aside = session.progress().aside;
    match session.receive(vault, &message.write().unwrap()) {
        Err(error) => format!("meeting ended: {}", error.code()),
        Ok(()) if session.progress().aside > aside => "kept aside in a meeting".into(),
        Ok(()) if matches!(input, Input::Operation(_)) => {
            let new = vault.access_log(own).unwrap().len() > known;
            if new { "in" } else { "left out" }.into()
        }
        Ok(()) => "in".into(),
    }
}

fn word(taken: Taken) -> String {
    match taken {
        Taken::In => "in".into(),
        Taken::Known => "known".into(),
        Taken::Late => "late".into(),
        Taken::Waits(why) => format!("waits for {why}"),
        Taken::Refused(why) => format!("refused as {why}"),
    }
}

/// Everybody writes something honest and meets; all have it.
fn go_on(phone: &mut Device, evil: &mut Evil, honest: &mut Device) {
    let own = phone.home.circle.clone();
    let record = phone.home.vault.record(&own, &Scope::All).unwrap();
    let plan = record.standing(Noun::Plan)[0].id.clone();
    let theirs = honest.circle(phone);
    let entry = honest.act(&theirs, |acts| log::add(acts, &plan, &did("from another")));
    entry.unwrap();
    let circle = evil.circle.clone();
    let entry = evil.device.act(&circle, |acts| {
        log::add(acts, &plan, &did("honest this time"))
    });
    entry.unwrap();
    let words = "Sit in the garden";
    let goal = phone.act(&own, |acts| goal::add(acts, words, None, None));
    goal.unwrap();
    honest.meet(phone);
    evil.device.meet(phone);
    honest.meet(phone);
    let (here, there) = (phone.text(&own), honest.text(&theirs));
    for words in ["from another", "honest this time", words] {
        assert!(here.contains(words) && there.contains(words), "{words}");
    }
    let same = stands(phone, &own).0 == stands(honest, &theirs).0;
    assert!(same, "the phone and another device no longer agree");
    for device in [phone, honest] {
        assert!(device.home.vault.verify().unwrap().ok);
    }
}

/// The most memory this process has ever had, in bytes, where the system tells it.
fn most_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kilobytes.unwrap_or(0usize) * 1024
}

/// Does nothing unless the parent started it. 0 inputs: an honest run of the same length.
#[test]
fn meetings_child() {
    let Some(inputs) = child::started() else {
        return;
    };
    let mut outcomes: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let (mut most, mut untouched, mut tables) = (0, 0, 0);
    let mut n = 0;
    while n < inputs || tables < 3 {
        let (mut phone, mut evil, mut honest) = table();
        tables += 1;
        let own = phone.home.circle.clone();
        let mut session = meeting(&mut phone, &mut evil.device);
        let mut before = stands(&phone, &own);
        for n in n..inputs.min(n + A_TABLE) {
            let (name, attack) = KINDS[n % KINDS.len()];
            let input = attack(&evil, &mut Dice::new(n as u64 + 1));
            let mut outcome = String::new();
            let used = memory_of(|| outcome = hand_in(&mut phone, &mut session, &own, &input, n));
            assert!(used <= MEMORY_LIMIT, "input {n}, {name}: {used} bytes");
            most = most.max(used);
            let after = stands(&phone, &own);
            if outcome == "in" {
                before = after;
            } else {
                untouched += 1;
                assert!(
                    after == before,
                    "input {n}, {name}: {outcome}, and the record changed"
                );
            }
            if outcome.starts_with("meeting ended") {
                session = meeting(&mut phone, &mut evil.device);
                before = stands(&phone, &own);
            }
            *outcomes.entry((name, outcome)).or_default() += 1;
        }
        n += A_TABLE;
        go_on(&mut phone, &mut evil, &mut honest);
    }
    for ((name, outcome), count) in &outcomes {
        println!("outcome {name}: {outcome}: {count}");
    }
    for (name, _) in KINDS {
        let of = outcomes.iter().filter(|((of, _), _)| *of == name);
        let all: usize = of.clone().map(|(_, count)| count).sum();
        let taken = of.filter(|((_, outcome), _)| outcome == "in");
        let taken: usize = taken.map(|(_, count)| count).sum();
        println!("kind {name}: {} not taken in of {all}", all - taken);
    }
    println!("inputs: {}", outcomes.values().sum::<usize>());
    println!("untouched: {untouched}");
    println!("tables: {tables}");
    println!("most memory of one input, bytes: {most}");
    println!("most memory of the process, bytes: {}", most_memory());
}

#[test]
fn nothing_a_member_sends_ends_a_meeting_for_others_or_changes_what_it_may_not() {
    let inputs = if all_of_them() { FULL } else { child::inputs() };
    let honest = child::run_with("meetings::meetings_child", 0);
    let said = child::run_with("meetings::meetings_child", inputs);
    assert_eq!(said.count("inputs"), inputs);
    let memory = |said: &child::Said| said.count("most memory of the process, bytes");
    let more = memory(&said).saturating_sub(memory(&honest));
    assert!(
        more <= MEMORY_LIMIT,
        "{more} bytes more than honest meetings"
    );
    let mut kinds: Vec<&str> = said.lines("kind ").collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert!(
        kinds.iter().all(|kind| !kind.contains(": 0 not")),
        "{kinds:?}"
    );
    for outcome in SEEN {
        let seen = said.lines("outcome ").any(|line| line.contains(outcome));
        assert!(seen, "nothing {outcome}");
    }
    report(&format!(
        "{inputs} hostile inputs of a member: {} left the record as it was, the others were what the member may write; \
         {} kB at most for one; {} kB more than honest meetings",
        said.count("untouched"),
        said.count("most memory of one input, bytes") >> 10,
        more >> 10
    ));
    for kind in kinds {
        report(kind.trim_start_matches("kind "));
    }
}
