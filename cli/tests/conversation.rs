//! The conversation, through a real pseudo-terminal: from nothing to an agreed plan and a day written down; killed at
//! every question on the way, before and after its answer, and started again.

mod support;
#[path = "support/terminal.rs"]
mod terminal;

use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use terminal::{Setting, Terminal};

/// The way of one person: words of each question, and what is typed.
const WAY: &[(&str, &str)] = &[
    ("What name would you like to use?", "Mair Bowen"),
    ("Who will use Cairn here?", "1"),
    ("Which time zone do you live in?", "lisbon"),
    ("What matters to you?", "Singing with the choir"),
    ("What would you like to work on?", "Walk to choir practice"),
    ("How important is this to you?", "8"),
    ("What makes it 8 and not 7?", "I miss their voices"),
    ("How sure are you that you can do it?", "fairly sure"),
    ("What makes you fairly sure", "I used to walk it"),
    ("Shall we make a plan for it now?", "yes, make a plan"),
    (
        "Which bit of it would you like to start with?",
        "Getting out of the door",
    ),
    ("What exactly will you do?", "Walk to the chapel and back"),
    ("When in the day will you do it?", "after breakfast"),
    ("Where will you do it?", ""),
    ("How often will you do it?", "3 times a week"),
    ("Who will support you with this?", "Gwen next door"),
    ("What might get in the way?", "My hip aches"),
    ("No ideas yet. 3 or more helps.", "Take my stick"),
    ("1 idea. 2 more helps.", "Rest on the wall"),
    ("2 ideas. 1 more helps.", ""),
    ("Which idea will you try first?", "2"),
    ("How sure are you that you can and will do this?", "6"),
    ("What makes it 6 and not 5?", "It has been a long winter"),
    ("Was this step your own idea?", "yes"),
    ("What would help?", "2"),
    ("What could be smaller?", "1"),
    ("How would you say it now?", "Walk to the corner and back"),
    ("How sure are you that you can and will do this?", "8"),
    ("What makes it 8 and not 7?", ""),
    (
        "In your own words, what are you going to do?",
        "To the corner, with my stick",
    ),
    ("When will we check in?", "27 March"),
    ("How will we check in?", "By phone"),
    ("Here is your plan.", "1"),
    ("What would you like to do?", "1"),
    ("How did it go today?", "1"),
];

/// The question after the last answer of the way.
const AT_THE_END: &str = "What would you like to do?";

fn setting() -> Setting<'static> {
    Setting::default()
}

fn start(home: &Path) -> Terminal {
    Terminal::start(home, setting())
}

/// Everything of a home a person wrote, without ids and times.
fn written(home: &Path) -> Value {
    let lists = [
        &["about", "show"][..],
        &["goal", "list"],
        &["plan", "list"],
        &["barrier", "list"],
        &["follow-up", "list"],
        &["log", "list"],
        &["history"],
    ];
    lists.iter().map(|list| bare(json_of(home, list))).collect()
}

fn json_of(home: &Path, arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_cairn"))
        .arg("--home")
        .arg(home)
        .args(["--json", "--now", terminal::MONDAY])
        .args(arguments)
        .env_remove("CAIRN_KEY_FILE")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Leaves out what differs between two homes in which the same was said.
fn bare(value: Value) -> Value {
    let differs = [
        "id",
        "plan",
        "goal",
        "at",
        "made_at",
        "made_by",
        "by",
        "about",
        "barriers",
        "follow_ups",
        "plans",
    ];
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(name, _)| !differs.contains(&name.as_str()))
            .map(|(name, value)| (name, bare(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        // What names another thing by its id differs too.
        Value::Array(items) => items
            .into_iter()
            .filter(|item| {
                let did = item["did"].as_str().unwrap_or_default();
                !did.ends_with("_now") && did != "barrier.chosen"
            })
            .map(bare)
            .collect(),
        other => other,
    }
}

fn walk(home: &Path) {
    let mut terminal = start(home);
    for (question, answer) in WAY {
        terminal.asks(question);
        terminal.types(answer);
    }
    terminal.asks(AT_THE_END);
    terminal.types("stop");
    let (status, last) = terminal.ended();
    assert!(status.success());
    assert!(last.contains("All you said is saved."), "{last}");
}

#[test]
fn from_nothing_to_an_agreed_plan_and_a_day_written_down() {
    let home = tempfile::tempdir().unwrap();
    walk(home.path());
    let plan = &json_of(home.path(), &["plan", "list"])[0];
    assert_eq!(plan["state"], "agreed");
    assert_eq!(plan["way_out"], "smaller");
    assert_eq!(plan["what"], "Walk to the corner and back");
    assert_eq!(plan["often"], "3 times a week");
    assert_eq!(plan["confidence"], 8);
    assert_eq!(plan["teach_back"], "To the corner, with my stick");
    let follow_up = &json_of(home.path(), &["follow-up", "list"])[0];
    assert_eq!(
        (&follow_up["due"], &follow_up["channel"]),
        (&json!("2026-03-27"), &json!("phone"))
    );
    let goal = &json_of(home.path(), &["goal", "list"])[0];
    assert_eq!(goal["importance"], 8);
    assert_eq!(goal["ratings"][0]["why"], "I miss their voices");
    assert_eq!(goal["ratings"][1]["word"], "fairly");
    let log = json_of(home.path(), &["log", "list"]);
    assert_eq!(
        (&log[0]["did"], &log[0]["on"]),
        (&json!("did"), &json!("2026-03-16"))
    );
}

#[test]
fn killed_at_each_question_it_goes_on_there_with_nothing_lost_and_nothing_doubled() {
    let undisturbed = tempfile::tempdir().unwrap();
    walk(undisturbed.path());
    let home = tempfile::tempdir().unwrap();
    let (mut before, mut after, mut kept) = (0, 0, 0);
    for (number, (question, answer)) in WAY.iter().enumerate() {
        // Before the answer: the question has been shown, so every answer before it is kept.
        let mut terminal = start(home.path());
        terminal.asks(question);
        terminal.killed();
        before += 1;
        // After the answer was sent: it is kept whole, or asked for again.
        let mut terminal = start(home.path());
        terminal.asks(question);
        terminal.types(answer);
        terminal.killed();
        after += 1;
        let next = next_after(number);
        let mut terminal = start(home.path());
        if stands_at(&terminal.asked(), question, next) == *question {
            terminal.types(answer);
            terminal.asks(next);
        } else {
            kept += 1;
        }
        // After the next question was shown: the answer must be kept.
        terminal.killed();
        after += 1;
        let mut terminal = start(home.path());
        terminal.asks(next);
        terminal.killed();
        before += 1;
    }
    println!("killed {before} times before an answer and {after} times after one was sent");
    println!("{kept} answers were kept though the kill came at once");
    assert_eq!((before, after), (2 * WAY.len(), 2 * WAY.len()));
    assert_eq!(written(home.path()), written(undisturbed.path()));
    assert_eq!(json_of(home.path(), &["verify"])["ok"], true);
}

/// The calls after which the disk may be in a new state for good.
const CALLS: &str = "pwrite64,fsync,fdatasync,ftruncate,rename,unlink";
/// More of them than one start and one answer make; the rig fails if this is not enough.
const MOST: usize = 400;

#[test]
fn killed_at_each_durable_write_of_each_answer_it_is_kept_whole_or_asked_again() {
    let undisturbed = tempfile::tempdir().unwrap();
    walk(undisturbed.path());
    let home = tempfile::tempdir().unwrap();
    let (mut starting, mut answering, mut kept) = (0, 0, 0);
    // Starting makes about the same calls each time: what was cut at one question is not cut at all the others again.
    let mut first = 1;
    for (number, (question, answer)) in WAY.iter().enumerate() {
        let next = next_after(number);
        for when in first.. {
            assert!(
                when < MOST,
                "“{question}” writes more often than this rig cuts"
            );
            let inject = format!("--inject={CALLS}:signal=KILL:when={when}");
            let trace = format!("--trace={CALLS}");
            let under = [
                "strace",
                "--quiet=all",
                "--output=/dev/null",
                "-f",
                &trace,
                &inject,
            ];
            let mut terminal = Terminal::start_under(home.path(), setting(), &under);
            let Some(shown) = terminal.asked_unless_gone() else {
                starting += 1;
                first = when;
                continue;
            };
            assert!(shown.contains(question), "not “{question}”:\n{shown}");
            terminal.types(answer);
            if let Some(shown) = terminal.asked_unless_gone() {
                assert!(shown.contains(next), "not “{next}”:\n{shown}");
                terminal.types("stop");
                terminal.ended();
                break;
            }
            answering += 1;
            let mut terminal = start(home.path());
            let there = stands_at(&terminal.asked(), question, next);
            terminal.killed();
            if there == next {
                kept += 1;
                break;
            }
        }
    }
    println!(
        "killed at {starting} durable writes while starting and {answering} while an answer was taken"
    );
    println!("{kept} answers were kept by then, the others asked again");
    assert!(answering >= WAY.len(), "{answering}");
    assert_eq!(written(home.path()), written(undisturbed.path()));
    assert_eq!(json_of(home.path(), &["verify"])["ok"], true);
}

fn next_after(number: usize) -> &'static str {
    WAY.get(number + 1).map_or(AT_THE_END, |(next, _)| next)
}

/// Which of two neighbouring questions is asked.
#[track_caller]
fn stands_at<'a>(shown: &str, question: &'a str, next: &'a str) -> &'a str {
    match (shown.contains(question), shown.contains(next)) {
        (true, false) => question,
        (false, true) => next,
        _ => panic!("neither “{question}” nor “{next}” alone:\n{shown}"),
    }
}

#[test]
fn what_was_typed_and_not_taken_is_said_kept_and_still_there_after_a_kill() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = start(home.path());
    for (question, answer) in WAY.iter().take_while(|(q, _)| !q.starts_with("How often")) {
        terminal.asks(question);
        terminal.types(answer);
    }
    terminal.asks("How often will you do it?");
    terminal.types("when the mood takes me");
    let shown = terminal.asks("How often will you do it?");
    assert!(shown.contains("We could not read how often."), "{shown}");
    terminal.killed();
    let mut terminal = start(home.path());
    let shown = terminal.asks("You wrote this before: when the mood takes me");
    for example in ["1. 3 times a week", "2. every Tuesday", "3. once by Friday"] {
        assert!(shown.contains(example), "{shown}");
    }
    terminal.types("2");
    terminal.asks("Who will support you with this?");
    terminal.killed();
    assert_eq!(
        json_of(home.path(), &["plan", "list"])[0]["often"],
        "every Tuesday"
    );
}

#[test]
fn ctrl_c_ctrl_d_and_stop_each_end_kindly() {
    let home = tempfile::tempdir().unwrap();
    for keys in [&b"\x03"[..], b"\x04", b"stop\n", b"Stopio\n"] {
        let mut terminal = start(home.path());
        terminal.asks("What name would you like to use?");
        terminal.sends(keys);
        let (status, last) = terminal.ended();
        assert!(status.success(), "{keys:?}");
        assert!(last.contains("All you said is saved."), "{last}");
    }
}

#[test]
fn not_now_leaves_any_question_and_the_menu_carries_on_with_it() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = start(home.path());
    for (question, answer) in WAY.iter().take_while(|(q, _)| !q.starts_with("Where will")) {
        terminal.asks(question);
        terminal.types(answer);
    }
    terminal.asks("Where will you do it?");
    terminal.types("not now");
    let shown = terminal.asks("What would you like to do?");
    assert!(
        shown.contains("1. Carry on with: Walk to the chapel and back"),
        "{shown}"
    );
    terminal.types("1");
    terminal.asks("Where will you do it?");
    terminal.killed();
    let mut terminal = start(home.path());
    terminal.asks("Let us carry on where you were.");
    terminal.types("Chapel Street");
    terminal.asks("How often will you do it?");
    terminal.killed();
}

#[test]
fn a_due_check_in_comes_first_and_keep_leads_to_the_next_one() {
    let home = tempfile::tempdir().unwrap();
    walk(home.path());
    let later = Setting {
        now: "2026-03-27T09:00:00Z",
        ..setting()
    };
    let mut terminal = Terminal::start(home.path(), later);
    for (question, answer) in [
        ("What went well?", "I got to the corner"),
        ("What was harder?", "The wind"),
        ("How did it go?", "it helped"),
        ("What next?", "keep going"),
        ("Shall we look for ideas to make this easier?", "1"),
        ("No ideas yet.", "Go before lunch"),
        ("1 idea.", ""),
        ("Which idea will you try first?", "1"),
        ("When will we check in?", "friday"),
        ("How will we check in?", "1"),
    ] {
        terminal.asks(question);
        terminal.types(answer);
    }
    terminal.asked();
    terminal.types("stop");
    terminal.ended();
    let checks = json_of(home.path(), &["follow-up", "list"]);
    assert_eq!(checks[0]["state"], "done");
    assert_eq!(
        (&checks[0]["well"], &checks[0]["next"]),
        (&json!("I got to the corner"), &json!("keep"))
    );
    assert_eq!(
        (&checks[1]["due"], &checks[1]["channel"]),
        (&json!("2026-04-03"), &json!("text"))
    );
    let barriers = json_of(home.path(), &["barrier", "list"]);
    assert_eq!(
        (&barriers[0]["state"], &barriers[1]["state"]),
        (&json!("solved"), &json!("trying"))
    );
}

#[test]
fn two_times_that_did_not_happen_lead_to_a_question_with_three_answers() {
    let home = tempfile::tempdir().unwrap();
    walk(home.path());
    let later = |now| Setting { now, ..setting() };
    // The first week had 1 of 3, so by its end 2 times did not happen.
    let mut terminal = Terminal::start(home.path(), later("2026-03-23T09:00:00Z"));
    let shown = terminal.asks("The last 2 planned times did not happen.");
    assert!(
        shown.contains("2. Not now") && shown.contains("3. My plan is fine"),
        "{shown}"
    );
    terminal.types("not now");
    let shown = terminal.asks("How did it go today?");
    assert!(shown.contains("Cairn will ask again in 7 days."), "{shown}");
    terminal.types("5");
    let shown = terminal.asks("What got in the way?");
    assert!(
        shown.contains("Saved. Could not, Monday 23 March 2026 at 09:00."),
        "{shown}"
    );
    terminal.types("2");
    terminal.asks("Would you like your plans to rest for a while?");
    terminal.types("1");
    terminal.asks("How long would you like to rest?");
    terminal.types("1");
    let shown = terminal.asks("What would you like to do?");
    assert!(shown.contains("Rest takes nothing away"), "{shown}");
    terminal.killed();
}

/// A screen reader speaks lines in the order in which they come: nothing may move about, blink or be drawn.
#[test]
fn it_is_plain_lines_and_bold_only_where_the_terminal_and_its_owner_want_it() {
    let shown_with = |env: &[(&str, &str)]| {
        let home = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::start(home.path(), Setting { env, ..setting() });
        for (question, answer) in &WAY[..9] {
            terminal.asks(question);
            terminal.types(answer);
        }
        terminal.asked();
        terminal.types("stop");
        let all = terminal.all.clone();
        terminal.ended();
        let folder = home.path().display().to_string();
        String::from_utf8(all).unwrap().replace(&folder, "HOME")
    };
    let styled = shown_with(&[("TERM", "xterm-256color")]);
    assert!(
        styled.contains("\u{1b}[1mHow important is this to you?\u{1b}[0m"),
        "{styled}"
    );
    let plain = styled.replace("\u{1b}[1m", "").replace("\u{1b}[0m", "");
    for odd in ['\u{1b}', '\u{8}', '\t', '│', '─', '█', '…', '>'] {
        assert!(!plain.contains(odd), "{odd:?} in {plain}");
    }
    for line in plain.split("\r\n") {
        assert!(!line.contains('\r'), "a line is written over: {line:?}");
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert_eq!(shown_with(&[("TERM", "dumb"), ("CI", "true")]), plain);
    assert_eq!(shown_with(&[("TERM", "xterm"), ("NO_COLOR", "1")]), plain);
}

#[test]
fn it_talks_welsh_and_takes_welsh_words() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(
        home.path(),
        Setting {
            lang: "cy",
            ..setting()
        },
    );
    for (question, answer) in [
        ("Pa enw hoffech chi ei ddefnyddio?", "Mair Bowen"),
        ("Pwy fydd yn defnyddio Cairn yma?", "1"),
        ("Ym mha gylchfa amser ydych chi'n byw?", ""),
        ("Beth sy'n bwysig i chi?", "neidio"),
        ("Ar beth hoffech chi weithio?", "Cerdded i'r capel"),
        ("Pa mor bwysig yw hyn i chi?", "pwysig iawn"),
        ("Beth sy'n gwneud hyn mor bwysig i chi?", "Y canu"),
        ("Pa mor siŵr ydych chi y gallwch ei wneud?", "eithaf siŵr"),
        ("Beth sy'n eich gwneud yn eithaf siŵr", ""),
        ("Gawn ni wneud cynllun ar ei gyfer nawr?", "nid nawr"),
    ] {
        terminal.asks(question);
        terminal.types(answer);
    }
    terminal.asks("Beth hoffech chi ei wneud?");
    terminal.types("stopio");
    let (_, last) = terminal.ended();
    assert!(
        last.contains("Mae popeth a ddywedoch wedi'i gadw."),
        "{last}"
    );
    let goal = &json_of(home.path(), &["goal", "list"])[0];
    assert_eq!(goal["ratings"][1]["word"], "fairly");
}
