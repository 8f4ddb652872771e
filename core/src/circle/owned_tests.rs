//! Whose a key is, where somebody claims another's.

use super::*;

const MARY: usize = 0;
const TABLET: usize = 1;
const JOE: usize = 2;
const NURSE: usize = 3;
const ANN: usize = 4;

/// Mary's circle, in which Joe is a carer; all know.
fn with_joe() -> Vec<Side> {
    let mut s = sides(5);
    let [mary, joe] = s.get_disjoint_mut([MARY, JOE]).unwrap();
    mary.grant(joe, "carer", Groups::read(["log"], "carer").unwrap());
    meet_all(&mut s);
    s
}

/// Whose the key is on every device, which must all say the same.
fn owner(s: &[Side], key: &[u8; 32]) -> Id {
    let whose = |side: &Side| side.roster().standing.owner_of(key).cloned();
    let first = whose(&s[0]).unwrap();
    assert!(s.iter().all(|side| whose(side).as_ref() == Some(&first)));
    first
}

#[test]
fn a_member_who_claims_the_persons_tablet_as_their_own_does_not_get_it() {
    let mut s = with_joe();
    let [mary, tablet, joe] = s.get_disjoint_mut([MARY, TABLET, JOE]).unwrap();
    mary.add_device(tablet);
    joe.add_device(tablet);
    let out = joe.remove_device(tablet.key());
    // What the tablet does meanwhile is not stopped by that.
    tablet.learn_from(mary);
    let [tablet, nurse] = s.get_disjoint_mut([TABLET, NURSE]).unwrap();
    tablet.grant(nurse, "nurse", Groups::EVERYTHING);
    meet_all(&mut s);
    let key = s[TABLET].key();
    assert_eq!(owner(&s, &key), s[MARY].member());
    for side in &s {
        assert!(side.has(&s[TABLET]) && side.has(&s[NURSE]) && side.has(&s[JOE]));
        let (log, roster) = (&side.log, side.roster());
        assert!(roster.taken_out_by(log.get(&out).unwrap()).is_empty());
    }
}

#[test]
fn a_member_who_claims_anothers_first_device_does_not_get_it() {
    let mut s = with_joe();
    let [mary, joe, nurse] = s.get_disjoint_mut([MARY, JOE, NURSE]).unwrap();
    mary.grant(nurse, "nurse", Groups::EVERYTHING);
    joe.add_device(nurse);
    joe.remove_device(nurse.key());
    meet_all(&mut s);
    let key = s[NURSE].key();
    assert_eq!(owner(&s, &key), s[NURSE].member());
    assert!(s.iter().all(|side| side.has(&s[NURSE])));
    // An owner's removal does take it out.
    s[MARY].remove_device(key);
    meet_all(&mut s);
    assert!(s.iter().all(|side| !side.has(&s[NURSE])));
}

#[test]
fn of_two_members_who_claim_one_key_apart_the_elder_has_it() {
    let mut s = with_joe();
    let [mary, ann] = s.get_disjoint_mut([MARY, ANN]).unwrap();
    mary.grant(ann, "carer", Groups::MEMBERS);
    meet_all(&mut s);
    let [joe, ann, new] = s.get_disjoint_mut([JOE, ANN, TABLET]).unwrap();
    ann.add_device(new);
    joe.add_device(new);
    meet_all(&mut s);
    let key = s[TABLET].key();
    assert_eq!(owner(&s, &key), s[JOE].member());
    let ann = s[ANN].member();
    let devices = |side: &Side| side.roster().standing.members[&ann].devices.len();
    assert!(s.iter().all(|side| devices(side) == 1));
}

#[test]
fn a_device_removed_and_added_apart_is_out() {
    let mut s = sides(3);
    let [mary, tablet, third] = s.get_disjoint_mut([MARY, TABLET, JOE]).unwrap();
    mary.add_device(tablet);
    tablet.learn_from(mary);
    // Both put the same third device in; one of them takes it out again.
    mary.add_device(third);
    mary.remove_device(third.key());
    tablet.act(Act::LetIn {
        segments: Vec::new(),
    });
    let (member, device) = (mary.member(), third.keys.public());
    for _ in 0..4 {
        tablet.act(Act::LetIn {
            segments: Vec::new(),
        });
    }
    tablet.act(Act::AddDevice { member, device });
    meet_all(&mut s);
    assert!(s.iter().all(|side| !side.has(&s[JOE])));
}

#[test]
fn nobody_takes_the_persons_devices_out_one_by_one() {
    let mut s = sides(5);
    let [mary, proxy] = s.get_disjoint_mut([MARY, ANN]).unwrap();
    mary.grant(proxy, "proxy", Groups::EVERYTHING);
    meet_all(&mut s);
    // The tablet and a recovery code come in; the proxy knows of them, or says not.
    let [mary, tablet, code, proxy] = s.get_disjoint_mut([MARY, TABLET, JOE, ANN]).unwrap();
    let knew = proxy.log.clone();
    mary.add_device(tablet);
    mary.add_code(code.keys.public());
    proxy.learn_from(mary);
    let keys = [mary.key(), tablet.key(), code.key()];
    for key in keys {
        let mut log = proxy.log.clone();
        for (log, heads) in [
            (&mut log, proxy.log.heads()),
            (&mut proxy.log, knew.heads()),
        ] {
            let seen = Vec::new();
            let act = Act::RemoveDevice { device: key, seen };
            let made = Operation::sign(&proxy.keys, log.circle(), &heads, 0, act).unwrap();
            assert!(!Roster::rightful(log, &made));
            log.add(made).unwrap();
            let standing = Roster::of(log).standing;
            let present = |key| standing.sealed_to(key).is_some();
            assert!(keys.iter().all(present));
        }
    }
    // The person's own devices may, whichever it is.
    meet_all(&mut s);
    let lost = s[MARY].key();
    s[TABLET].remove_device(lost);
    meet_all(&mut s);
    assert!(
        s.iter()
            .all(|side| side.roster().standing.present(&lost).is_none())
    );
}

#[test]
fn a_phone_lost_before_its_member_became_the_person_stays_lost() {
    let mut s = stewarded(3);
    let [nurse, joe, lost] = s.get_disjoint_mut([0, 1, 2]).unwrap();
    nurse.grant(joe, "carer", Groups::EVERYTHING);
    joe.learn_from(nurse);
    joe.add_device(lost);
    nurse.learn_from(joe);
    nurse.remove_device(lost.key());
    assert!(!nurse.has(lost));
    nurse.grant(joe, "person", Groups::EVERYTHING);
    assert!(nurse.has(joe) && !nurse.has(lost));
}
