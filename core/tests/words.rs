//! The catalogues keep their rules, and each rule can fail.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cairn_core::words::lint::{self, Message, Problem};
use cairn_core::words::{Lang, Words};

fn catalogue(lang: Lang) -> String {
    let name = format!("words/{}.ftl", lang.code());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).expect("the catalogue stands beside the sources")
}

fn messages(lang: Lang) -> Vec<Message> {
    lint::read(&catalogue(lang))
}

#[track_caller]
fn none(problems: Vec<Problem>) {
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    assert!(lines.is_empty(), "\n{}", lines.join("\n"));
}

/// Every text the sources of the core and the shells have in quotes, without the rules and the tests themselves.
fn named_by_the_sources() -> BTreeSet<String> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = home.parent().expect("the core lies in the workspace");
    let mut waiting: Vec<PathBuf> = vec![home.join("src")];
    waiting.extend(["cli/src", "bindings", "android", "ios"].map(|folder| root.join(folder)));
    let mut named = BTreeSet::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let skipped = ["target", "build", "lint", ".gradle", ".build"];
            if skipped.iter().any(|name| path.ends_with(name)) {
                continue;
            }
            let entries = std::fs::read_dir(&path).expect("a folder of sources opens");
            waiting.extend(entries.flatten().map(|entry| entry.path()));
        } else if is_source(&path) {
            let text = std::fs::read_to_string(&path).expect("a source file is text");
            named.extend(lint::named_in(&text));
        }
    }
    named
}

fn is_source(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    matches!(ending, Some("rs" | "kt" | "swift")) && !path.ends_with("words/tests.rs")
}

#[test]
fn fluent_reads_every_message_and_no_key_is_written_twice() {
    for lang in Lang::ALL {
        none(lint::unreadable(&catalogue(lang)));
    }
}

#[test]
fn the_rules_read_the_same_keys_as_fluent() {
    for lang in Lang::ALL {
        let keys: Vec<String> = messages(lang).into_iter().map(|m| m.key).collect();
        assert_eq!(keys, Words::keys(lang));
        assert!(keys.iter().all(|key| Words::new(lang).has(key)));
    }
}

#[test]
fn every_sentence_has_at_most_20_words() {
    for lang in Lang::ALL {
        none(lint::long_sentences(&messages(lang)));
    }
}

#[test]
fn no_message_has_a_forbidden_word() {
    for lang in Lang::ALL {
        none(lint::forbidden_words(lang, &messages(lang)));
    }
}

#[test]
fn both_languages_have_the_same_keys_and_arguments() {
    let (en, cy) = (messages(Lang::En), messages(Lang::Cy));
    none(lint::missing_keys(&en, &cy));
    none(lint::different_arguments(&en, &cy));
}

#[test]
fn the_welsh_is_not_the_english() {
    none(lint::untranslated(&messages(Lang::En), &messages(Lang::Cy)));
}

#[test]
fn every_key_is_in_use_or_awaited() {
    let messages = messages(Lang::En);
    let named = named_by_the_sources();
    none(lint::unused(
        &messages,
        &named,
        lint::FAMILIES,
        lint::AWAITED,
    ));
    none(lint::stale_awaited(&messages, &named, lint::AWAITED));
}

/// The codes of the command-line contract, by the family that says them.
const CODES: &[(&str, &str)] = &[
    (
        "error",
        "confidence_missing confidence_below_7 follow_up_missing follow_up_in_past follow_up_too_late already_agreed \
         goal_not_taken_up advice_not_asked not_allowed date_in_future message_too_long scale_missing not_an_answer \
         out_of_range bad_date often_not_understood unknown_id ambiguous_id empty too_long usage storage_full wrong_key \
         locked storage damaged tampered unreachable",
    ),
    ("sure", "not_at_all a_bit fairly very"),
    ("importance", "not_at_all a_bit fairly very"),
    ("felt", "not_at_all a_bit fairly very"),
    ("goal-state", "proposed active on_hold achieved set_aside"),
    ("plan-state", "draft agreed paused ended"),
    ("plan-day-state", "to_do done rested paused"),
    ("plan-smaller", "amount often time place"),
    ("plan-way", "barrier smaller goal_changed anyway"),
    ("barrier-state", "open trying solved let_go"),
    ("idea-state", "new chosen worked partly did_not_work"),
    (
        "follow-up-state",
        "waiting due overdue done no_longer_needed",
    ),
    ("follow-up-reach", "reached no_answer moved"),
    ("channel", "text email phone visit clinic gp group peer"),
    (
        "follow-up-will",
        "text email phone visit clinic gp group peer",
    ),
    ("next", "keep change new_plan new_goal stop"),
    ("log-did", "did part tried rested could_not"),
    ("log-reason", "unwell flare hospital away other"),
    ("role", "person proxy carer nurse team admin staff"),
    ("part", "about goals log team all"),
    ("member-state", "invited member ended asks refused"),
    ("device-state", "present lost"),
    (
        "status-do",
        "meet recovery_make recovery_try backup_make join_again",
    ),
    (
        "about-section",
        "what_matters who_matters how_to_communicate please_do please_dont",
    ),
    (
        "need",
        "large_print_20 large_print_24 large_print_28 easy_read audio text_relay bsl text_only no_texts via_carer \
         carer_present",
    ),
    ("attachment-kind", "jpeg png webp heic m4a aac ogg wav pdf"),
    (
        "agenda-topic",
        "health moving sleep mood food money home people medicines something_else",
    ),
    ("agenda-state", "open agreed waited talked_about"),
    (
        "support-kind",
        "course coach group peer community information tool",
    ),
    ("support-state", "offered taken_up tried not_now"),
    ("sent", "yes waiting never"),
    ("ended", "died moved discharged asked"),
    ("handover-state", "made accepted refused"),
    (
        "message-state",
        "waiting due sending may_not_have_gone sent stopped not_needed",
    ),
];

#[test]
fn every_code_of_the_contract_has_its_words() {
    for (family, codes) in CODES {
        for code in codes.split_whitespace() {
            let key = format!("{family}-{}", code.replace('_', "-"));
            for lang in Lang::ALL {
                assert!(Words::keys(lang).contains(&key), "{key}");
            }
        }
    }
}

#[test]
fn a_family_of_codes_has_no_words_for_a_code_the_contract_lacks() {
    for key in Words::keys(Lang::En) {
        for (family, codes) in CODES {
            let Some(code) = key.strip_prefix(&format!("{family}-")) else {
                continue;
            };
            let code = code.replace('-', "_");
            assert!(codes.split_whitespace().any(|word| word == code), "{key}");
        }
    }
}

// Each rule can fail: the checker is fed a text that breaks it.

fn breaks(problems: &[Problem], key: &str) -> bool {
    problems.iter().any(|problem| problem.key == key)
}

#[test]
fn a_text_fluent_cannot_read_is_found() {
    assert!(!lint::unreadable("goal-name = { $name\n").is_empty());
    assert!(!lint::unreadable("goal-name\n").is_empty());
    assert!(lint::unreadable("goal-name = Walk\n").is_empty());
}

#[test]
fn a_key_written_twice_is_found() {
    let problems = lint::unreadable("goal-name = Walk\nplan-name = Plan\ngoal-name = Talk\n");
    assert!(breaks(&problems, "goal-name"));
}

#[test]
fn a_sentence_of_21_words_is_found_and_one_of_20_is_not() {
    let twenty = vec!["word"; 20].join(" ");
    let ok = lint::read(&format!("fine = {twenty}. {twenty}?\n"));
    assert!(lint::long_sentences(&ok).is_empty());
    let long = lint::read(&format!("long = Fine. {twenty} more.\n"));
    assert!(breaks(&lint::long_sentences(&long), "long"));
}

#[test]
fn a_long_sentence_is_found_in_an_attribute_a_variant_and_a_second_line() {
    let long = vec!["word"; 21].join(" ");
    let attribute = format!("key = Fine.\n    .hint = {long}\n");
    assert!(breaks(
        &lint::long_sentences(&lint::read(&attribute)),
        "key.hint"
    ));
    let variant = format!(
        "key =\n    {{ $n ->\n        [one] {long}\n       *[other] Fine.\n    }} Fine too.\n"
    );
    assert!(breaks(&lint::long_sentences(&lint::read(&variant)), "key"));
    let nested = format!(
        "key = {{ $n ->\n [one] Fine.\n *[other] {{ $m ->\n [one] {long}\n *[other] Fine.\n }}\n }}\n"
    );
    assert!(lint::unreadable(&nested).is_empty());
    assert!(breaks(&lint::long_sentences(&lint::read(&nested)), "key"));
    let half = ["word"; 11].join(" ");
    let lines = format!("key =\n    {half}\n    {half}\n");
    assert!(breaks(&lint::long_sentences(&lint::read(&lines)), "key"));
}

#[test]
fn a_date_and_a_time_do_not_end_a_sentence() {
    let found = lint::sentences("Last sent at 09:40 on 2.5 km. “Really?” Yes.");
    assert_eq!(found.len(), 3, "{found:?}");
}

#[test]
fn a_forbidden_english_word_is_found_in_any_case_and_joined() {
    for bad in [
        "You failed.",
        "It was Missed",
        "non-compliant people",
        "an UNREALISTIC goal",
        "a 5 day streak!",
        "Good.",
        "“bad”",
        "You should rest",
        "You shouldn’t rest",
    ] {
        let read = lint::read(&format!("key = {bad}\n"));
        assert!(
            breaks(&lint::forbidden_words(Lang::En, &read), "key"),
            "{bad}"
        );
    }
    let fine = lint::read("key = Goodwill and a badge.\n");
    assert!(lint::forbidden_words(Lang::En, &fine).is_empty());
}

#[test]
fn a_forbidden_welsh_word_is_found_with_its_mutations() {
    for bad in [
        "Rydych wedi methu",
        "Fe fethodd",
        "wedi colli eich cynllun",
        "anghydymffurfiol",
        "afrealistig",
        "Da iawn",
        "yn dda",
        "drwg",
        "Dylech chi",
        "ni ddylai",
        "da'n",
    ] {
        let read = lint::read(&format!("key = {bad}\n"));
        assert!(
            breaks(&lint::forbidden_words(Lang::Cy, &read), "key"),
            "{bad}"
        );
    }
    let fine = lint::read("key = Does dim wedi'i golli. Dathlu.\n");
    assert!(lint::forbidden_words(Lang::Cy, &fine).is_empty());
}

#[test]
fn a_key_or_attribute_in_one_language_only_is_found() {
    let en = lint::read("a = One\nb = Two\n    .hint = Three\n");
    let cy = lint::read("a = Un\nb = Dau\nc = Tri\n");
    let problems = lint::missing_keys(&en, &cy);
    assert!(breaks(&problems, "b.hint") && breaks(&problems, "c"));
    assert_eq!(problems.len(), 2);
}

#[test]
fn an_argument_in_one_language_only_is_found() {
    let en =
        lint::read("a = Hello { $name }\nb =\n    { $n ->\n       *[other] { $who } came\n    }\n");
    let cy = lint::read("a = Helo { $enw }\nb = Daeth { $who }\n");
    let problems = lint::different_arguments(&en, &cy);
    assert!(breaks(&problems, "a") && breaks(&problems, "b"));
}

#[test]
fn welsh_left_in_english_is_found_beyond_2_in_100() {
    let english: String = (0..100).map(|n| format!("k-{n} = Word {n}\n")).collect();
    let welsh = |left: usize| -> String {
        (0..100)
            .map(|n| {
                if n < left {
                    format!("k-{n} = Word {n}\n")
                } else {
                    format!("k-{n} = Gair {n}\n")
                }
            })
            .collect()
    };
    let check = |left| lint::untranslated(&lint::read(&english), &lint::read(&welsh(left)));
    assert!(check(2).is_empty());
    assert_eq!(check(3).len(), 3);
    let digits = lint::read("a = { $day } { $month } 2026\n");
    assert!(lint::untranslated(&digits, &digits).is_empty());
}

#[test]
fn a_key_nobody_says_is_found() {
    let read = lint::read(
        "a-used = One { a-put-in }\na-put-in = Two\nerror-empty = Three\na-lost = Four\na-later = Five\n",
    );
    let named = lint::named_in("words.say(\"a-used\", &[])");
    let families = [("error-", "computed"), ("ghost-", "nothing left of it")];
    let problems = lint::unused(&read, &named, &families, &["a-later"]);
    assert!(breaks(&problems, "a-lost") && breaks(&problems, "ghost-"));
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[test]
fn an_awaited_key_that_came_into_use_or_is_gone_is_found() {
    let read = lint::read("a-used = One\na-later = Two\n");
    let named = lint::named_in("say(\"a-used\")");
    let problems = lint::stale_awaited(&read, &named, &["a-used", "a-later", "a-gone"]);
    assert!(breaks(&problems, "a-used") && breaks(&problems, "a-gone"));
    assert_eq!(problems.len(), 2);
}

#[test]
fn the_reader_comes_to_an_end_on_any_text() {
    for odd in [
        "{",
        "a = {",
        "a = { $",
        "a = { $n ->",
        "a = { $n ->\n [",
        "a = { \"",
        "a = }",
        "= b",
        "a = { é }\n .é = ß",
        "   .x = y",
        "a = { $n ->\n [one] { $m ->\n [one",
    ] {
        for end in 0..=odd.len() {
            if odd.is_char_boundary(end) {
                lint::read(&odd[..end]);
            }
        }
    }
}
