//! A recovery code that was used more than once, each time as if nobody had used it: on logs that grow apart and meet.

use super::*;

const MARY: usize = 0;
const NURSE: usize = 1;
const TABLET: usize = 2;
const THIEF: usize = 3;
const CODE: usize = 4;
const JOE: usize = 5;

/// Mary's circle with a nurse and Joe, who know of her recovery code; and what an old backup knows.
fn with_code() -> Vec<Side> {
    let mut s = sides(6);
    for other in [NURSE, JOE] {
        let [mary, other] = s.get_disjoint_mut([MARY, other]).unwrap();
        mary.grant(other, "carer", Groups::EVERYTHING);
    }
    let [mary, code] = s.get_disjoint_mut([MARY, CODE]).unwrap();
    mary.add_code(code.keys.public());
    meet_all(&mut s);
    s
}

/// A device comes in with the code as somebody who knows what `code` knows; ends it, and makes keys.
fn comes_in(s: &mut [Side], device: usize) -> Hash {
    let member = s[MARY].member();
    let public = s[device].keys.public();
    let code = s[CODE].key();
    // The paper is as it was: what it was used for is known to who used it.
    let log = s[CODE].log.clone();
    let used = s[CODE].act(Act::AddDevice {
        member: member.clone(),
        device: public,
    });
    let [side, paper] = s.get_disjoint_mut([device, CODE]).unwrap();
    side.log = std::mem::replace(&mut paper.log, log);
    let mut sign = public.sign;
    sign.reverse();
    side.act(Act::AddRecovery {
        member,
        device: DevicePublic { sign, seal: sign },
    });
    side.remove_device(code);
    side.epoch(device as u64);
    used
}

/// Says that it knows of what the roster counts and it has not spoken for, as a device does when it takes operations in.
fn speaks(side: &mut Side) {
    let key = side.key();
    if let Some(removal) = side.roster().unspoken_use(&side.log, &key) {
        let heads = heads_for(&side.log, &key, &[removal]);
        let seen = Vec::new();
        let act = Act::Had { removal, seen };
        let made = Operation::sign(&side.keys, side.log.circle(), &heads, 0, act).unwrap();
        assert!(Roster::rightful(&side.log, &made));
        side.log.add(made).unwrap();
    }
}

fn hears(s: &mut [Side], by: usize, of: usize) {
    let [side, other] = s.get_disjoint_mut([by, of]).unwrap();
    speaks(side);
    side.learn_from(other);
    speaks(side);
}

/// Whether the tablet and the thief are in, which all must say alike once all have met.
fn who_is_in(s: &mut [Side]) -> (bool, bool) {
    meet_all(s);
    let (tablet, thief) = (s[TABLET].key(), s[THIEF].key());
    let says = |side: &Side| {
        let standing = side.roster().standing;
        let is_in = |key| standing.present(&key).is_some();
        (is_in(tablet), is_in(thief))
    };
    let first = says(&s[MARY]);
    let alike = s.iter().all(|side| says(side) == first);
    assert!(alike, "all say the same");
    // Nor does the order matter in which the operations came.
    let whole: Vec<Operation> = s[MARY].log.operations().cloned().collect();
    for turn in 0..whole.len() {
        let mut log = AccessLog::new(s[MARY].log.circle());
        let (after, before) = whole.split_at(turn);
        for operation in before.iter().rev().chain(after) {
            log.add(operation.clone()).unwrap();
        }
        let standing = Roster::of(&log).standing;
        assert_eq!(standing, s[MARY].roster().standing);
    }
    first
}

#[test]
fn a_code_that_others_know_was_used_lets_nobody_in_behind_an_old_backup() {
    // Both ways round, since nothing about the keys may decide.
    for (first, second) in [(TABLET, THIEF), (THIEF, TABLET)] {
        let mut s = with_code();
        comes_in(&mut s, first);
        hears(&mut s, NURSE, first);
        comes_in(&mut s, second);
        hears(&mut s, NURSE, second);
        hears(&mut s, MARY, NURSE);
        assert_eq!(who_is_in(&mut s), (first == TABLET, first == THIEF));
    }
}

#[test]
fn who_comes_with_an_old_code_cannot_speak_for_themselves_by_writing_much() {
    for (first, second) in [(TABLET, THIEF), (THIEF, TABLET)] {
        let mut s = with_code();
        comes_in(&mut s, first);
        hears(&mut s, NURSE, first);
        comes_in(&mut s, second);
        for seed in 20..25 {
            let keys = DeviceKeys::generate(&SeededEntropy::new(seed)).unwrap();
            let log = s[second].log.clone();
            let mut friend = Side { keys, log };
            s[second].grant(&friend, "proxy", Groups::EVERYTHING);
            friend.learn_from(&s[second]);
            friend.epoch(seed);
            s[second].learn_from(&friend);
        }
        assert_eq!(who_is_in(&mut s), (first == TABLET, first == THIEF));
    }
}

#[test]
fn an_older_backup_with_much_written_behind_it_does_not_win_where_nobody_had_heard_of_either() {
    for (newer, older) in [(TABLET, THIEF), (THIEF, TABLET)] {
        let mut s = with_code();
        let old_paper = s[CODE].log.clone();
        let joe = s[JOE].member();
        s[MARY].act(Act::Revoke {
            member: joe,
            seen: Vec::new(),
        });
        let [mary, code] = s.get_disjoint_mut([MARY, CODE]).unwrap();
        code.learn_from(mary);
        comes_in(&mut s, newer);
        s[CODE].log = old_paper;
        comes_in(&mut s, older);
        for seed in 0..9 {
            s[older].epoch(seed);
        }
        assert_eq!(who_is_in(&mut s), (newer == TABLET, newer == THIEF));
    }
}

#[test]
fn of_two_that_nobody_had_heard_of_one_is_in_and_the_other_is_told_why() {
    let mut s = with_code();
    comes_in(&mut s, TABLET);
    comes_in(&mut s, THIEF);
    let (tablet, thief) = who_is_in(&mut s);
    assert_ne!(tablet, thief);
    let out = if tablet { THIEF } else { TABLET };
    let (roster, log) = (s[out].roster(), &s[out].log);
    assert!(roster.by_used_code(log, &s[out].key()).is_some());
    let is_in = if tablet { TABLET } else { THIEF };
    assert_eq!(roster.by_used_code(log, &s[is_in].key()), None);
    // What it wrote is late work, not a stranger's.
    let author = roster.author(log, &s[out].key(), &log.heads());
    assert!(matches!(author, Author::Removed { .. }), "{author:?}");
}

#[test]
fn two_that_were_each_taken_in_by_somebody_who_did_not_know_of_the_other_both_stay() {
    let mut s = with_code();
    comes_in(&mut s, TABLET);
    comes_in(&mut s, THIEF);
    hears(&mut s, NURSE, TABLET);
    hears(&mut s, JOE, THIEF);
    assert!(!s[JOE].roster().code_used_twice(&s[JOE].log));
    assert_eq!(who_is_in(&mut s), (true, true));
    let roster = s[MARY].roster();
    assert!(roster.code_used_twice(&s[MARY].log));
    let member = &roster.standing.members[&s[MARY].member()];
    let code = s[CODE].key();
    let mut keys = member.recovery_keys();
    assert!(
        keys.all(|key| key.public.sign != code),
        "the code has ended"
    );
    let device = s[THIEF].key();
    s[MARY].remove_device(device);
    assert!(!s[MARY].roster().code_used_twice(&s[MARY].log));
}

#[test]
fn who_has_heard_of_both_at_once_speaks_for_neither() {
    let mut s = with_code();
    comes_in(&mut s, TABLET);
    comes_in(&mut s, THIEF);
    hears(&mut s, NURSE, TABLET);
    hears(&mut s, JOE, NURSE);
    hears(&mut s, JOE, THIEF);
    hears(&mut s, MARY, THIEF);
    // Mary had the thief's word first, the others the tablet's.
    assert_eq!(who_is_in(&mut s), (true, true));
    hears(&mut s, NURSE, THIEF);
    assert_eq!(who_is_in(&mut s), (true, true));
    let mut s = with_code();
    comes_in(&mut s, TABLET);
    comes_in(&mut s, THIEF);
    let [tablet, thief] = s.get_disjoint_mut([TABLET, THIEF]).unwrap();
    tablet.learn_from(thief);
    let before = tablet.has(thief);
    hears(&mut s, NURSE, TABLET);
    assert_eq!(who_is_in(&mut s), (!before, before));
}

#[test]
fn a_code_that_its_owner_ended_lets_nobody_in_for_good_who_met_one_that_had_not_heard() {
    let mut s = with_code();
    comes_in(&mut s, THIEF);
    let code = s[CODE].key();
    s[MARY].remove_device(code);
    hears(&mut s, NURSE, THIEF);
    assert_eq!(who_is_in(&mut s), (false, false));
}

#[test]
fn a_device_that_has_spoken_speaks_no_more() {
    let mut s = with_code();
    comes_in(&mut s, TABLET);
    hears(&mut s, NURSE, TABLET);
    let after = s[NURSE].log.len();
    for other in [TABLET, MARY, JOE] {
        hears(&mut s, other, NURSE);
        hears(&mut s, NURSE, other);
    }
    // Mary and Joe each once; the tablet stands on its own.
    assert_eq!(s[NURSE].log.len(), after + 2);
}
