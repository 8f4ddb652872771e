//! Stories of a circle, each played on logs that grow apart and meet.

use super::*;
use crate::circle::named::heads_for;
use crate::circle::operation::{Operation, circle_id, member_id};
use crate::entropy::SeededEntropy;
use crate::id::Id;
use crate::store::identity::DeviceKeys;
use proptest::prelude::*;

/// One device with what it knows.
struct Side {
    keys: DeviceKeys,
    log: AccessLog,
}

impl Side {
    fn key(&self) -> [u8; 32] {
        self.keys.public().sign
    }

    fn member(&self) -> Id {
        member_id(&self.key())
    }

    fn act(&mut self, act: Act) -> Hash {
        let heads = heads_for(&self.log, &self.key(), &[]);
        let made = Operation::sign(&self.keys, self.log.circle(), &heads, 0, act).unwrap();
        let hash = made.hash;
        self.log.add(made).unwrap();
        hash
    }

    fn grant(&mut self, other: &Side, role: &str, groups: Groups) -> Hash {
        self.invite(other, role, groups, None)
    }

    fn invite(
        &mut self,
        other: &Side,
        role: &str,
        groups: Groups,
        invitation: Option<Hash>,
    ) -> Hash {
        self.act(Act::Grant {
            member: other.member(),
            device: other.keys.public(),
            role: role.into(),
            groups,
            until: None,
            invitation,
        })
    }

    fn revoke(&mut self, other: &Side) -> Hash {
        self.act(Act::Revoke {
            member: other.member(),
            seen: Vec::new(),
        })
    }

    fn add_device(&mut self, other: &Side) -> Hash {
        self.act(Act::AddDevice {
            member: self.member(),
            device: other.keys.public(),
        })
    }

    fn remove_device(&mut self, device: [u8; 32]) -> Hash {
        let seen = Vec::new();
        self.act(Act::RemoveDevice { device, seen })
    }

    fn add_code(&mut self, device: DevicePublic) -> Hash {
        let member = self.member();
        self.act(Act::AddRecovery { member, device })
    }

    fn learn_from(&mut self, other: &Side) {
        for operation in other.log.operations() {
            let _ = self.log.add(operation.clone());
        }
    }

    fn epoch(&mut self, seed: u64) -> Hash {
        let roster = self.roster();
        let made = crate::circle::epoch::begin(
            self.log.circle(),
            Groups::EVERYTHING,
            &roster.readers(Groups::EVERYTHING),
            &Default::default(),
            &SeededEntropy::new(seed),
        )
        .unwrap();
        self.act(made.act)
    }

    fn roster(&self) -> Roster {
        Roster::of(&self.log)
    }

    fn has(&self, other: &Side) -> bool {
        self.roster().standing.present(&other.key()).is_some()
    }
}

/// A person's phone that founded its circle, and devices that know nothing yet.
fn sides(count: u64) -> Vec<Side> {
    founded(count, false)
}

/// As [`sides`], founded by a steward.
fn stewarded(count: u64) -> Vec<Side> {
    founded(count, true)
}

fn founded(count: u64, steward: bool) -> Vec<Side> {
    let keys: Vec<DeviceKeys> = (0..count)
        .map(|seed| DeviceKeys::generate(&SeededEntropy::new(seed)).unwrap())
        .collect();
    let circle = circle_id(&[1; 16], &keys[0].public().sign);
    let mut sides: Vec<Side> = keys
        .into_iter()
        .map(|keys| Side {
            keys,
            log: AccessLog::new(&circle),
        })
        .collect();
    let device = sides[0].keys.public();
    sides[0].act(Act::Found {
        nonce: [1; 16],
        device,
        steward,
    });
    sides
}

fn meet(sides: &mut [Side], a: usize, b: usize) {
    let (left, right) = sides.split_at_mut(a.max(b));
    let (one, two) = (&mut left[a.min(b)], &mut right[0]);
    one.learn_from(two);
    two.learn_from(one);
}

fn meet_all(sides: &mut [Side]) {
    for a in 0..sides.len() {
        for b in a + 1..sides.len() {
            meet(sides, a, b);
        }
    }
    for at in 1..sides.len() {
        meet(sides, 0, at);
    }
}

#[test]
fn who_was_let_in_is_in_with_what_was_shared() {
    let mut s = sides(2);
    let nurse = Side {
        keys: DeviceKeys::generate(&SeededEntropy::new(1)).unwrap(),
        log: s[1].log.clone(),
    };
    s[0].grant(&nurse, "nurse", Groups::read(["goals"], "nurse").unwrap());
    let standing = s[0].roster().standing;
    let (_, member) = standing.present(&nurse.key()).unwrap();
    assert_eq!(member.role, "nurse");
    assert!(member.groups.has(Group::Goals) && !member.groups.has(Group::Log));
}

#[test]
fn only_an_owner_lets_others_in() {
    let mut s = sides(3);
    let stranger = s.pop().unwrap();
    let nurse = s.pop().unwrap();
    let mut phone = s.pop().unwrap();
    phone.grant(&nurse, "nurse", Groups::EVERYTHING);
    let mut nurse = nurse;
    nurse.learn_from(&phone);
    nurse.grant(&stranger, "person", Groups::EVERYTHING);
    nurse.grant(&stranger, "nurse", Groups::EVERYTHING);
    phone.learn_from(&nurse);
    assert!(phone.has(&nurse) && !phone.has(&stranger));
}

#[test]
fn a_circle_founded_again_by_somebody_else_is_refused() {
    let s = sides(2);
    let act = Act::Found {
        nonce: [1; 16],
        device: s[1].keys.public(),
        steward: false,
    };
    let forged = Operation::sign(&s[1].keys, s[0].log.circle(), &[], 0, act).unwrap();
    assert!(s[0].log.clone().add(forged).is_err());
}

#[test]
fn an_invitation_used_twice_apart_lets_one_in() {
    let mut s = sides(4);
    let (carer, other) = (s.pop().unwrap(), s.pop().unwrap());
    let mut tablet = s.pop().unwrap();
    let mut phone = s.pop().unwrap();
    phone.add_device(&tablet);
    tablet.learn_from(&phone);
    phone.invite(&carer, "carer", Groups::MEMBERS, Some([3; 32]));
    tablet.invite(&other, "carer", Groups::MEMBERS, Some([3; 32]));
    phone.learn_from(&tablet);
    tablet.learn_from(&phone);
    assert_eq!(phone.roster().standing, tablet.roster().standing);
    assert_eq!(phone.has(&carer) as u8 + phone.has(&other) as u8, 1);
}

#[test]
fn a_lost_phone_cannot_let_others_in_behind_its_removal() {
    let mut s = sides(3);
    let stranger = s.pop().unwrap();
    let mut lost = s.pop().unwrap();
    let mut phone = s.pop().unwrap();
    phone.add_device(&lost);
    lost.learn_from(&phone);
    phone.remove_device(lost.key());
    // The thief's grant stands on what was known before the removal, and so does what the stranger adds to it.
    lost.grant(&stranger, "proxy", Groups::EVERYTHING);
    let mut stranger = stranger;
    stranger.learn_from(&lost);
    stranger.epoch(9);
    phone.learn_from(&stranger);
    assert!(!phone.has(&lost) && !phone.has(&stranger));
}

#[test]
fn what_stands_on_something_stopped_is_kept_by_who_knew_of_the_removal_first_too() {
    let mut s = sides(4);
    let tablet = s.pop().unwrap();
    let mut carer = s.pop().unwrap();
    let mut proxy = s.pop().unwrap();
    let mut phone = s.pop().unwrap();
    phone.grant(&proxy, "proxy", Groups::EVERYTHING);
    proxy.learn_from(&phone);
    phone.revoke(&proxy);
    proxy.grant(&carer, "carer", Groups::EVERYTHING);
    carer.learn_from(&proxy);
    carer.add_device(&tablet);
    // Handed on one by one, as in a meeting: what is refused is missing under all that others write on it.
    for operation in carer.log.operations() {
        if !phone.log.knows(&operation.hash) {
            assert!(Roster::rightful(&phone.log, operation));
            phone.log.add(operation.clone()).unwrap();
        }
    }
    assert!(!phone.has(&proxy) && !phone.has(&carer) && !phone.has(&tablet));
}

#[test]
fn what_a_remaining_device_had_taken_up_before_a_removal_stays() {
    let mut s = sides(4);
    let nurse = s.pop().unwrap();
    let mut laptop = s.pop().unwrap();
    let mut second = s.pop().unwrap();
    let mut phone = s.pop().unwrap();
    phone.add_device(&second);
    phone.add_device(&laptop);
    second.learn_from(&phone);
    laptop.learn_from(&phone);
    second.grant(&nurse, "nurse", Groups::EVERYTHING);
    laptop.learn_from(&second);
    laptop.epoch(1);
    phone.remove_device(second.key());
    phone.learn_from(&laptop);
    assert!(!phone.has(&second));
    assert!(phone.has(&nurse), "the laptop had built on the grant");
}

#[test]
fn of_two_devices_that_remove_each_other_the_elder_stays() {
    let mut s = sides(2);
    let mut second = s.pop().unwrap();
    let mut phone = s.pop().unwrap();
    phone.add_device(&second);
    second.learn_from(&phone);
    phone.remove_device(second.key());
    second.remove_device(phone.key());
    phone.learn_from(&second);
    second.learn_from(&phone);
    assert_eq!(phone.roster().standing, second.roster().standing);
    assert!(phone.has(&phone) && !phone.has(&second));
}

#[test]
fn a_removal_and_a_wider_grant_made_apart_leave_the_member_out() {
    let mut s = sides(3);
    let carer = s.pop().unwrap();
    let mut tablet = s.pop().unwrap();
    let mut phone = s.pop().unwrap();
    phone.add_device(&tablet);
    phone.grant(&carer, "carer", Groups::MEMBERS);
    tablet.learn_from(&phone);
    phone.revoke(&carer);
    tablet.grant(&carer, "carer", Groups::read(["all"], "carer").unwrap());
    phone.learn_from(&tablet);
    assert!(!phone.has(&carer));
    // Let in again by somebody who knows of the removal.
    phone.grant(&carer, "carer", Groups::MEMBERS);
    assert!(phone.has(&carer));
}

#[test]
fn of_two_grants_made_apart_the_narrower_holds() {
    let mut s = sides(3);
    let carer = s.pop().unwrap();
    let mut tablet = s.pop().unwrap();
    let mut phone = s.pop().unwrap();
    phone.add_device(&tablet);
    tablet.learn_from(&phone);
    phone.grant(&carer, "carer", Groups::read(["goals"], "carer").unwrap());
    tablet.grant(
        &carer,
        "carer",
        Groups::read(["goals", "log"], "carer").unwrap(),
    );
    phone.learn_from(&tablet);
    let standing = phone.roster().standing;
    let groups = standing.members[&carer.member()].groups;
    assert!(groups.has(Group::Goals) && !groups.has(Group::Log));
}

#[test]
fn a_steward_hands_the_record_over_and_cannot_take_it_back() {
    let mut s = stewarded(3);
    let (other, mut person) = (s.pop().unwrap(), s.pop().unwrap());
    let mut nurse = s.pop().unwrap();
    nurse.grant(&person, "person", Groups::EVERYTHING);
    nurse.revoke(&person);
    nurse.grant(&other, "carer", Groups::EVERYTHING);
    person.learn_from(&nurse);
    assert!(person.has(&person) && !person.has(&other));
    person.revoke(&nurse);
    nurse.learn_from(&person);
    assert!(nurse.has(&person) && !nurse.has(&nurse));
}

#[test]
fn a_steward_who_says_they_did_not_know_of_the_claim_is_no_owner_by_that() {
    let mut s = stewarded(6);
    let [nurse, carer] = s.get_disjoint_mut([0, 2]).unwrap();
    nurse.grant(carer, "carer", Groups::EVERYTHING);
    meet_all(&mut s);
    let [nurse, person, carer, proxy, nurses, late] =
        s.get_disjoint_mut([0, 1, 2, 3, 4, 5]).unwrap();
    let before = nurse.log.clone();
    nurse.grant(person, "person", Groups::EVERYTHING);
    person.learn_from(nurse);
    let key = person.epoch(1);
    // From what was known before the claim the steward lets in a proxy, takes out the carer, and makes keys; a device
    // of their own, which they may add, does not make that better.
    let claimed = std::mem::replace(&mut nurse.log, before);
    nurse.grant(proxy, "proxy", Groups::EVERYTHING);
    nurse.revoke(carer);
    let bad = nurse.epoch(2);
    nurse.add_device(nurses);
    nurses.learn_from(nurse);
    nurses.grant(late, "nurse", Groups::EVERYTHING);
    nurses.act(Act::AddRecovery {
        member: nurse.member(),
        device: DevicePublic {
            sign: [8; 32],
            seal: [8; 32],
        },
    });
    proxy.learn_from(nurse);
    proxy.grant(late, "proxy", Groups::EVERYTHING);
    for operation in claimed.operations() {
        let _ = nurse.log.add(operation.clone());
    }
    meet_all(&mut s);
    for side in &s {
        let roster = side.roster();
        assert!([0, 1, 2, 4].iter().all(|at| side.has(&s[*at])));
        assert!(!side.has(&s[3]) && !side.has(&s[5]));
        assert!(!roster.standing.is_owner(&s[0].key()));
        let epoch = roster.epoch_for(&side.log, Group::Log);
        assert!(epoch == Some(key) && epoch != Some(bad));
        // Who was let in so is told from a stranger: their notes wait.
        let knew = s[3].log.heads();
        let author = roster.author(&side.log, &s[3].key(), &knew);
        assert!(matches!(author, Author::Removed { .. }), "{author:?}");
    }
}

#[test]
fn nothing_is_written_under_a_key_that_somebody_removed_holds() {
    let mut s = sides(3);
    let carer = s.pop().unwrap();
    let mut tablet = s.pop().unwrap();
    let mut phone = s.pop().unwrap();
    phone.add_device(&tablet);
    phone.grant(&carer, "carer", Groups::read(["log"], "carer").unwrap());
    let before = phone.epoch(1);
    tablet.learn_from(&phone);
    assert_eq!(
        phone.roster().epoch_for(&phone.log, Group::Log),
        Some(before)
    );
    phone.revoke(&carer);
    // The tablet makes keys without knowing of the removal.
    let apart = tablet.epoch(2);
    phone.learn_from(&tablet);
    tablet.learn_from(&phone);
    for side in [&phone, &tablet] {
        assert_eq!(side.roster().epoch_for(&side.log, Group::Log), None);
        // A carer never had the key of the team's part.
        assert_eq!(side.roster().epoch_for(&side.log, Group::Team), Some(apart));
    }
    let after = tablet.epoch(3);
    phone.learn_from(&tablet);
    assert_eq!(
        phone.roster().epoch_for(&phone.log, Group::Log),
        Some(after)
    );
}

#[test]
fn what_a_removed_member_wrote_is_told_from_what_a_stranger_wrote() {
    let mut s = sides(3);
    let stranger = s.pop().unwrap();
    let nurse = s.pop().unwrap();
    let mut phone = s.pop().unwrap();
    phone.grant(&nurse, "nurse", Groups::EVERYTHING);
    let heads = phone.log.heads();
    let out = phone.revoke(&nurse);
    let roster = phone.roster();
    assert_eq!(
        roster.author(&phone.log, &nurse.key(), &heads),
        Author::Removed {
            member: nurse.member(),
            role: "nurse".into(),
            groups: Groups::EVERYTHING,
            by: vec![out]
        }
    );
    assert_eq!(
        roster.author(&phone.log, &nurse.key(), &phone.log.heads()),
        Author::Stranger
    );
    assert_eq!(
        roster.author(&phone.log, &stranger.key(), &heads),
        Author::Stranger
    );
    assert_eq!(
        roster.author(&phone.log, &nurse.key(), &[[9; 32]]),
        Author::Unknown
    );
    assert!(matches!(
        roster.author(&phone.log, &phone.key(), &heads),
        Author::Member { .. }
    ));
}

/// One step of a random story: who acts, on whom, and what.
fn steps() -> impl Strategy<Value = Vec<(usize, usize, u8)>> {
    prop::collection::vec((0..6usize, 0..6usize, 0..8u8), 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn every_order_of_meeting_gives_the_same_roster(steps in steps(), order in Just(()).prop_perturb(|(), mut rng| rng.random::<u64>())) {
        let mut s = sides(6);
        let (left, right) = s.split_at_mut(1);
        for other in &mut right[..3] {
            left[0].add_device(other);
            other.learn_from(&left[0]);
        }
        for other in &mut *right {
            other.learn_from(&left[0]);
        }
        for (n, (who, on, what)) in steps.into_iter().enumerate() {
            if who == on {
                continue;
            }
            let device = s[on].key();
            let (member, public) = (s[on].member(), s[on].keys.public());
            match what {
                0 | 1 => meet(&mut s, who, on),
                2 => { s[who].epoch(n as u64); }
                3 => { s[who].remove_device(device); }
                4 => { s[who].act(Act::Revoke { member, seen: Vec::new() }); }
                5 => {
                    let known = s[who].roster().standing;
                    let member = known.owner_of(&s[who].key()).cloned().unwrap_or_else(|| s[who].member());
                    s[who].act(Act::AddDevice { member, device: public });
                }
                _ => {
                    let groups = Groups::read([["goals", "log", "about"][n % 3]], "carer").unwrap();
                    s[who].act(Act::Grant { member, device: public, role: "carer".into(), groups, until: None, invitation: Some([what; 32]) });
                }
            }
        }
        meet_all(&mut s);
        let first = s[0].roster();
        for side in &s[1..] {
            let roster = side.roster();
            prop_assert_eq!(&roster.standing, &first.standing);
            for group in Groups::EVERYTHING.iter() {
                prop_assert_eq!(roster.epoch_for(&side.log, group), first.epoch_for(&s[0].log, group));
            }
        }
        // The same operations handed in backwards or mixed, most of them before what they stand on.
        let mut mixed: Vec<Operation> = s[0].log.operations().cloned().collect();
        mixed.sort_by_key(|operation| operation.hash.map(|byte| byte ^ order as u8));
        let mut log = AccessLog::new(s[0].log.circle());
        for operation in mixed {
            log.add(operation).unwrap();
        }
        prop_assert_eq!(log.missing(), Vec::<Hash>::new());
        prop_assert_eq!(Roster::of(&log).standing, first.standing);
    }
}

#[path = "bounds_tests.rs"]
mod bounds;

#[path = "used_tests.rs"]
mod used_tests;

#[path = "owned_tests.rs"]
mod owned;

#[path = "team_tests.rs"]
mod teams;
