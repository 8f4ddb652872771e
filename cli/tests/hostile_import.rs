//! Bringing in an export that somebody changed: it is taken or refused in words, and the record goes on.

mod support;

use serde_json::{Value, json};
use support::Cairn;

/// Files tried, each made of the same export in another way.
const FILES: u64 = 150;

/// A small generator of numbers that only look random; file number `n` is the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides.max(1)
    }
}

fn odd(dice: &mut Dice) -> Value {
    match dice.roll(14) {
        0 => Value::Null,
        1 => json!(i64::MIN),
        2 => json!(u64::MAX),
        3 => json!(0.5),
        4 => json!(""),
        5 => json!("x".repeat(2_000)),
        6 => json!("\u{202e}\u{0}🜁"),
        7 => json!("0001-01-01T00:00:00-23:59"),
        8 => json!("9999-12-31T23:59:59+23:59"),
        9 => json!([[[[]]]]),
        10 => json!({"packed": "ff00"}),
        11 => json!({"plan": "p", "on": "9998-12-31", "did": "did", "felt": 99}),
        12 => json!("a.b.c"),
        _ => json!(true),
    }
}

/// Puts something odd in one place of the export.
fn change(value: &mut Value, dice: &mut Dice) {
    match value {
        Value::Array(list) if !list.is_empty() && dice.roll(10) > 0 => {
            let at = dice.roll(list.len());
            change(&mut list[at], dice);
        }
        Value::Object(map) if !map.is_empty() && dice.roll(10) > 0 => {
            let key = map.keys().nth(dice.roll(map.len())).unwrap().clone();
            change(map.get_mut(&key).unwrap(), dice);
        }
        place => *place = odd(dice),
    }
}

#[test]
fn no_changed_export_ends_the_program_or_spoils_the_record() {
    let theirs = Cairn::person("Gwen Pugh");
    theirs.agreed("Walk to the shop", "3 times a week");
    theirs.done(&["goal", "add", "Cook a proper dinner", "--importance", "8"]);
    let export = theirs.done(&["export", "json"]);
    let mine = Cairn::person("Tom Reid");
    let file = mine.folder().join("changed.json").display().to_string();
    let (mut taken, mut refused) = (0, 0);
    for number in 1..=FILES {
        let mut dice = Dice(number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut changed = export.clone();
        for _ in 0..1 + dice.roll(3) {
            change(&mut changed["things"], &mut dice);
        }
        let mut text = changed.to_string().into_bytes();
        if dice.roll(8) == 0 {
            text.truncate(dice.roll(text.len()));
        }
        if dice.roll(8) == 0 {
            text = [b"[".repeat(5_000), text].concat();
        }
        std::fs::write(&file, text).unwrap();
        let ran = mine.run(&["--json", "import", &file]);
        match ran.code {
            0 => taken += 1,
            1..=5 => refused += 1,
            code => panic!("file {number} ended with {code}: {}", ran.err),
        }
    }
    assert!(taken > 0 && refused > 0, "{taken} taken, {refused} refused");
    println!("{taken} taken, {refused} refused");
    for page in [&["today"][..], &["goal", "list"], &["export", "json"]] {
        mine.done(page);
    }
    assert_eq!(mine.done(&["verify"])["ok"], true);
}
