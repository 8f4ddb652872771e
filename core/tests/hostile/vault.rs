//! A vault that is handed hostile changes keeps nothing of them, and goes on.

use super::inputs::{KINDS, input};
use super::raw::{Raw, leb, run, sleb};
use super::support::Home;
use cairn_core::record::{Noun, Part};
use cairn_core::store::Handed;
use cairn_core::sync::walker;
use chrono::NaiveDate;

struct Circle {
    mine: Home,
    theirs: Home,
    third: Home,
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 1).unwrap()
}

fn goal(home: &mut Home, words: &str) {
    home.act(|acts| {
        let part = Part::goals(2026);
        let goal = acts.make(&part);
        acts.put(&part, Noun::Goal, &goal, "words", words);
        Ok(())
    })
    .unwrap();
}

fn circle() -> Circle {
    let mut mine = Home::new("Gwen Pugh", "Europe/London");
    let theirs = mine.fork("Anne Price", "nurse", 2);
    let third = mine.fork("Tom Reid", "carer", 3);
    Circle {
        mine,
        theirs,
        third,
    }
}

/// What their device made that mine does not have yet.
fn newest(circle: &mut Circle, words: &str) -> Handed {
    goal(&mut circle.theirs, words);
    let handed = circle
        .theirs
        .vault
        .hand_over(&circle.theirs.circle)
        .unwrap();
    let mut goals = handed.iter().filter(|one| one.part == Part::goals(2026));
    goals.next_back().unwrap().clone()
}

#[test]
fn nothing_of_a_hostile_change_is_kept_and_a_good_one_from_another_is() {
    let mut circle = circle();
    goal(&mut circle.mine, "Walk to the shop and back");
    circle.theirs.take(&circle.mine);
    circle.third.take(&circle.mine);
    let honest = newest(&mut circle, "Cook a proper dinner");
    let before = circle.mine.fingerprint();
    let mut refused = 0;
    for n in 0..4 * KINDS.len() {
        let bytes = input(n, std::slice::from_ref(&honest.bytes)).2;
        if walker::change(&bytes).is_ok() {
            continue;
        }
        let hostile = Handed {
            bytes,
            ..honest.clone()
        };
        let circle_of = circle.mine.circle.clone();
        assert!(
            circle
                .mine
                .vault
                .receive(&circle_of, &[hostile], day())
                .is_err()
        );
        refused += 1;
    }
    assert!(refused > 2 * KINDS.len());
    assert_eq!(circle.mine.fingerprint(), before);
    assert!(circle.mine.vault.verify().unwrap().ok);

    goal(&mut circle.third, "Sleep better");
    circle.mine.take(&circle.third);
    assert_ne!(circle.mine.fingerprint(), before);
    circle.mine.take(&circle.theirs);
    circle.third.take(&circle.mine);
    assert_eq!(circle.mine.fingerprint(), circle.third.fingerprint());
}

/// Each of these passes the walker and is read; kept, it would stop its part from ever being compacted again, or
/// leave nobody a counter to write with.
#[test]
fn a_change_that_would_spoil_its_part_is_refused_too() {
    type Spoil = fn(&mut Raw);
    let spoils: [(&str, Spoil); 8] = [
        ("a leap to the last counters", |raw| {
            raw.start_op = u64::from(u32::MAX) - 10;
        }),
        ("counters that were used already", |raw| raw.start_op = 3),
        ("a sequence number that leaps", |raw| raw.seq += 5),
        ("a sequence number that was used already", |raw| raw.seq = 1),
        ("standing on nothing", |raw| raw.deps.clear()),
        ("an object nobody made", |raw| {
            *raw.column(0x02) = run(-1, &[99]);
        }),
        ("replacing what nobody wrote", |raw| {
            *raw.column(0x70) = run(-1, &[1]);
            *raw.column(0x71) = run(-1, &[0]);
            *raw.column(0x73) = run(-1, &sleb(3));
        }),
        ("a run written in two pieces", |raw| {
            *raw.column(0x34) = [leb(1), vec![]].concat();
            *raw.column(0x42) = run(1, &[1]);
        }),
    ];
    for (what, spoil) in spoils {
        let mut circle = circle();
        goal(&mut circle.mine, "Walk to the shop and back");
        circle.theirs.take(&circle.mine);
        goal(&mut circle.theirs, "Sit in the garden");
        circle.mine.take(&circle.theirs);
        let mut hostile = newest(&mut circle, "Cook a proper dinner");
        let mut raw = Raw::of(&hostile.bytes);
        spoil(&mut raw);
        hostile.bytes = raw.bytes();
        assert!(walker::change(&hostile.bytes).is_ok(), "{what}");
        let before = circle.mine.fingerprint();
        let circle_of = circle.mine.circle.clone();
        let taken = circle.mine.vault.receive(&circle_of, &[hostile], day());
        assert!(taken.is_err(), "{what}");
        assert_eq!(circle.mine.fingerprint(), before, "{what}");
        // What they wrote honestly is still welcome, and both go on.
        assert_eq!(circle.mine.take(&circle.theirs), 1, "{what}");
        goal(&mut circle.mine, "One more");
        circle.theirs.take(&circle.mine);
        assert_eq!(circle.mine.fingerprint(), circle.theirs.fingerprint());
    }
}
