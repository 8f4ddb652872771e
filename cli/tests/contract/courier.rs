//! A staff device that carries sealed parcels between two homes that never meet.

use crate::links::{Waiting, join};
use crate::support::{Cairn, spellings};
use serde_json::{Value, json};
use std::fs;

/// Meets over a socket, both saying that sealed parcels are carried; both answers, and all that was printed.
fn carry(courier: &Cairn, other: &Cairn, printed: &mut String) -> (Value, Value) {
    let (mut waiting, address) = Waiting::listening(courier, &["--carry"]);
    let ran = other.run(&["--json", "sync", "--peer", &address, "--carry"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let kept = waiting.answer();
    let ended = waiting.end();
    assert_eq!(ended.code, 0, "{}", ended.err);
    printed.push_str(&(ended.err + &kept.to_string()));
    (kept, ran.json())
}

#[test]
fn fifty_words_go_from_a_patient_to_a_nurse_and_none_stays_with_who_carries_them() {
    let (phone, tablet) = (Cairn::person("Mary Bell"), Cairn::staff("Anne Okoro"));
    let courier = Cairn::staff("Tom Price");
    let (_, joined) = join(&phone, &tablet);
    let person = joined["id"].as_str().unwrap();
    let planted: Vec<String> = (0..50).map(|n| format!("Kestrelmoss{n:02}")).collect();
    for five in planted.chunks(5) {
        phone.done(&["goal", "add", &five.join(" ")]);
    }
    let waiting = phone.done(&["status"])["waiting"].clone();
    let mut printed = String::new();
    let (kept, left) = carry(&courier, &phone, &mut printed);
    assert!(kept["carriage"]["kept"].as_u64() > Some(0), "{kept}");
    assert_eq!(kept["carriage"]["kept"], left["carriage"]["left"]);
    assert_eq!(kept["with"], Value::Null, "nobody it knows");
    assert_eq!(phone.done(&["status"])["waiting"], waiting, "not there yet");
    let status = courier.done(&["status"]);
    assert_eq!(status["carries"], kept["carriage"]["kept"]);
    let said = courier.run(&["status"]);
    assert!(
        said.out.contains("Sealed parcels carried for others: "),
        "{}",
        said.out
    );
    printed.push_str(&(said.out + &said.err + &status.to_string()));

    let (_, brought) = carry(&courier, &tablet, &mut printed);
    assert!(
        brought["carriage"]["brought"].as_u64() > Some(0),
        "{brought}"
    );
    let goals = tablet
        .done(&["goal", "list", "--person", person])
        .to_string();
    assert!(planted.iter().all(|word| goals.contains(word)), "{goals}");
    carry(&courier, &phone, &mut printed);
    assert_eq!(
        phone.done(&["status"])["waiting"],
        json!(0),
        "the receipt came back"
    );

    let told = ["Mary Bell", "Anne Okoro", person];
    let planted = planted.iter().map(String::as_str);
    for word in planted.chain(told) {
        assert!(!printed.contains(word), "{word} was printed");
        for file in fs::read_dir(courier.folder()).unwrap().flatten() {
            let bytes = fs::read(file.path()).unwrap();
            for spelt in spellings(word) {
                let mut windows = bytes.windows(spelt.len());
                assert!(!windows.any(|window| window == spelt), "{word} in a file");
            }
        }
    }
}

#[test]
fn two_that_do_not_know_each_other_meet_only_where_both_say_so() {
    let (phone, courier) = (Cairn::person("Mary Bell"), Cairn::staff("Tom Price"));
    for (carries, asks) in [(&["--carry"][..], &[][..]), (&[][..], &["--carry"][..])] {
        let (waiting, address) = Waiting::listening(&courier, &[carries, &["--stay"]].concat());
        let call = [&["sync", "--peer", &address], asks].concat();
        phone.refused(&call, 1, "not_allowed");
        waiting.stop();
    }
    assert_eq!(courier.done(&["status"])["carries"], 0);
}
