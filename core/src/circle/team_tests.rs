//! What a keeper may, and what not: on logs that grow apart and meet.

use super::*;
use crate::circle::operation::Wrap;
use crate::circle::team::TeamAct;

const MARY: usize = 0;
const KEEPER: usize = 1;
const BEN: usize = 2;
const JOE: usize = 3;
const OTHER: usize = 4;

fn team() -> Id {
    Id::read("north")
}

fn let_in(side: &mut Side, team: &Id, other: &Side) {
    let (team, member) = (team.clone(), other.member());
    let device = other.keys.public();
    side.act(Act::Team(TeamAct::In {
        team,
        member,
        device,
    }));
}

fn take_out(side: &mut Side, team: &Id, other: &Id) {
    let (team, member, seen) = (team.clone(), other.clone(), Vec::new());
    side.act(Act::Team(TeamAct::Out { team, member, seen }));
}

fn share(side: &mut Side, team: &Id, keepers: &[(Id, DevicePublic)], groups: Groups) {
    side.act(Act::Team(TeamAct::Share {
        team: team.clone(),
        keepers: keepers.to_vec(),
        groups,
        until: None,
    }));
}

fn named(side: &Side) -> (Id, DevicePublic) {
    (side.member(), side.keys.public())
}

fn goals() -> Groups {
    Groups::read(["goals"], "team").unwrap()
}

/// Mary shares goals with the team of a keeper, and the log with Joe; the keeper has let Ben in. All know.
fn shared() -> Vec<Side> {
    let mut s = sides(5);
    let keeper = named(&s[KEEPER]);
    share(&mut s[MARY], &team(), &[keeper], goals());
    let [mary, joe] = s.get_disjoint_mut([MARY, JOE]).unwrap();
    mary.grant(joe, "carer", Groups::read(["log"], "carer").unwrap());
    meet(&mut s, MARY, KEEPER);
    let [keeper, ben] = s.get_disjoint_mut([KEEPER, BEN]).unwrap();
    let_in(keeper, &team(), ben);
    meet_all(&mut s);
    s
}

#[test]
fn a_keeper_lets_in_members_of_the_team_with_what_the_team_was_given() {
    let s = shared();
    for side in &s[..4] {
        let standing = side.roster().standing;
        let (_, ben) = standing.present(&s[BEN].key()).unwrap();
        assert_eq!((ben.role.as_str(), ben.groups), ("team", goals()));
        assert!(standing.teams[&team()].present);
    }
}

#[test]
fn a_keeper_does_nothing_else() {
    let (mut s, everything) = (shared(), Groups::EVERYTHING);
    let (mary, joe) = (s[MARY].member(), s[JOE].member());
    let (me, cath) = (named(&s[KEEPER]), named(&s[OTHER]));
    let epoch = s[MARY].epoch(9);
    meet(&mut s, MARY, KEEPER);
    let grant = |member: &(Id, DevicePublic), role: &str| Act::Grant {
        member: member.0.clone(),
        device: member.1,
        role: role.into(),
        groups: everything,
        until: None,
        invitation: None,
    };
    let wrap = Wrap {
        device: s[JOE].key(),
        sealed: vec![1],
    };
    let seen = Vec::new;
    let wrong: Vec<Act> = vec![
        grant(&cath, "team"),
        grant(&me, "team"),
        grant(&me, "proxy"),
        Act::Revoke {
            member: joe.clone(),
            seen: seen(),
        },
        Act::Revoke {
            member: mary.clone(),
            seen: seen(),
        },
        Act::Revoke {
            member: team(),
            seen: seen(),
        },
        Act::RemoveDevice {
            device: s[JOE].key(),
            seen: seen(),
        },
        Act::RemoveDevice {
            device: s[BEN].key(),
            seen: seen(),
        },
        Act::Team(TeamAct::Share {
            team: team(),
            keepers: vec![me.clone()],
            groups: everything,
            until: None,
        }),
        Act::Team(TeamAct::Share {
            team: Id::read("south"),
            keepers: vec![me],
            groups: everything,
            until: None,
        }),
        Act::Team(TeamAct::In {
            team: Id::read("south"),
            member: cath.0.clone(),
            device: cath.1,
        }),
        // Somebody's device under another's name, and the person's.
        Act::Team(TeamAct::In {
            team: team(),
            member: cath.0.clone(),
            device: s[JOE].keys.public(),
        }),
        Act::Team(TeamAct::In {
            team: team(),
            member: mary,
            device: s[MARY].keys.public(),
        }),
        // Joe's device, with a key to seal to that is the keeper's own.
        Act::Team(TeamAct::In {
            team: team(),
            member: joe.clone(),
            device: DevicePublic {
                seal: s[KEEPER].keys.public().seal,
                ..s[JOE].keys.public()
            },
        }),
        Act::Wrap {
            epoch,
            wraps: vec![wrap],
        },
        Act::LetIn {
            segments: Vec::new(),
        },
        Act::Epoch {
            keys: Vec::new(),
            wraps: Vec::new(),
        },
        Act::Tombstone,
    ];
    let before = s[MARY].roster().standing;
    for act in wrong {
        let heads = s[KEEPER].log.heads();
        let circle = s[KEEPER].log.circle().clone();
        let made = Operation::sign(&s[KEEPER].keys, &circle, &heads, 0, act.clone()).unwrap();
        assert!(!Roster::rightful(&s[MARY].log, &made), "{act:?}");
        let mut log = s[MARY].log.clone();
        log.add(made).unwrap();
        assert_eq!(Roster::of(&log).standing, before, "{act:?}");
    }
}

#[test]
fn a_key_to_seal_to_that_a_keeper_or_a_proxy_names_apart_for_somebody_else_is_not_sealed_to() {
    let mut s = shared();
    let own = s[KEEPER].keys.public().seal;
    // Cath is let in, and Mary's tablet added, while the keeper and Ben, now a proxy, pretend to know neither.
    let [mary, ben] = s.get_disjoint_mut([MARY, BEN]).unwrap();
    mary.grant(ben, "proxy", Groups::EVERYTHING);
    s.extend(sides(6).pop());
    meet_all(&mut s);
    let tablet = s.len() - 1;
    let [mary, cath, new] = s.get_disjoint_mut([MARY, OTHER, tablet]).unwrap();
    for _ in 0..3 {
        mary.act(Act::LetIn {
            segments: Vec::new(),
        });
    }
    mary.grant(cath, "nurse", Groups::EVERYTHING);
    mary.add_device(new);
    let forged = [OTHER, tablet].map(|of| {
        let seal = own;
        let device = DevicePublic {
            seal,
            ..s[of].keys.public()
        };
        (s[of].member(), device)
    });
    for (member, device) in forged {
        s[BEN].act(Act::Grant {
            member: member.clone(),
            device,
            role: "nurse".into(),
            groups: goals(),
            until: None,
            invitation: None,
        });
        let team = team();
        s[KEEPER].act(Act::Team(TeamAct::In {
            team,
            member,
            device,
        }));
    }
    meet_all(&mut s);
    for side in &s {
        let roster = side.roster();
        let standing = &roster.standing;
        let whose = standing.owner_of(&s[tablet].key());
        assert_eq!(whose, Some(&s[MARY].member()));
        let readers = roster.readers(Groups::EVERYTHING);
        let of = |key: [u8; 32]| readers.iter().filter(move |(device, _)| device.sign == key);
        assert_eq!(of(s[tablet].key()).count(), 1);
        assert!(of(s[tablet].key()).all(|(device, _)| device.seal != own));
        // What the two said is the first in the order.
        assert_eq!(of(s[OTHER].key()).count(), 1);
        assert!(of(s[OTHER].key()).all(|(device, _)| device.seal != own));
    }
}

#[test]
fn a_keeper_takes_out_who_is_in_by_the_team_and_nobody_who_is_in_otherwise() {
    let mut s = shared();
    let (ben, joe) = (s[BEN].member(), s[JOE].member());
    take_out(&mut s[KEEPER], &team(), &ben);
    take_out(&mut s[KEEPER], &team(), &joe);
    meet_all(&mut s);
    assert!(!s[MARY].has(&s[BEN]) && s[MARY].has(&s[JOE]));
    // Who is in by a grant of their own too stays in by that, with what it says.
    let mut s = shared();
    let [mary, ben] = s.get_disjoint_mut([MARY, BEN]).unwrap();
    let own = Groups::read(["log"], "nurse").unwrap();
    mary.grant(ben, "nurse", own);
    meet_all(&mut s);
    let groups = |s: &[Side]| {
        s[MARY]
            .roster()
            .standing
            .present(&s[BEN].key())
            .map(|(_, m)| m.groups)
    };
    assert_eq!(groups(&s), Some(own.with(goals())));
    let ben = s[BEN].member();
    take_out(&mut s[KEEPER], &team(), &ben);
    meet_all(&mut s);
    assert_eq!(groups(&s), Some(own));
}

#[test]
fn being_in_a_team_does_not_put_off_the_end_of_what_it_does_not_give() {
    let read = |parts: &[&str]| Groups::read(parts.iter().copied(), "nurse").unwrap();
    let (goals, log, both) = (read(&["goals"]), read(&["log"]), read(&["goals", "log"]));
    let (may, june) = (Some("2026-05-31"), Some("2026-06-30"));
    // What was granted and till when, what the team is given and till when, and the end.
    let cases = [
        (log, may, goals, None, may),
        (log, may, goals, june, may),
        (log, None, goals, june, june),
        (both, may, goals, None, may),
        (both, None, goals, may, None),
        (goals, may, both, None, None),
        (goals, None, both, may, may),
        (goals, may, goals, june, june),
        (goals, may, goals, None, None),
    ];
    for (own, until, of_team, team_until, end) in cases {
        let mut s = shared();
        let (member, device) = named(&s[BEN]);
        s[MARY].act(Act::Grant {
            member,
            device,
            role: "nurse".into(),
            groups: own,
            until: until.map(Into::into),
            invitation: None,
        });
        let keepers = vec![named(&s[KEEPER])];
        s[MARY].act(Act::Team(TeamAct::Share {
            team: team(),
            keepers,
            groups: of_team,
            until: team_until.map(Into::into),
        }));
        let standing = s[MARY].roster().standing;
        let (_, ben) = standing.present(&s[BEN].key()).unwrap();
        assert_eq!(ben.until.as_deref(), end, "{own:?} {of_team:?}");
        assert_eq!(ben.groups, own.with(of_team));
    }
}

#[test]
fn a_team_taken_out_takes_its_members_with_it_and_its_keeper_keeps_nothing() {
    let mut s = shared();
    s[MARY].act(Act::Revoke {
        member: team(),
        seen: Vec::new(),
    });
    // Apart from that the keeper lets Cath in.
    let [keeper, cath] = s.get_disjoint_mut([KEEPER, OTHER]).unwrap();
    let_in(keeper, &team(), cath);
    meet_all(&mut s);
    for side in &s {
        for out in [KEEPER, BEN, OTHER] {
            assert!(!side.has(&s[out]), "{out}");
        }
        assert!(side.has(&s[JOE]));
    }
    let [keeper, cath] = s.get_disjoint_mut([KEEPER, OTHER]).unwrap();
    let_in(keeper, &team(), cath);
    meet_all(&mut s);
    assert!(!s[MARY].has(&s[OTHER]));
}

#[test]
fn less_shared_with_a_team_is_less_for_each_of_its_members_and_needs_new_keys() {
    let mut s = shared();
    s[MARY].epoch(9);
    assert!(
        s[MARY]
            .roster()
            .epoch_for(&s[MARY].log, Group::Goals)
            .is_some()
    );
    let keeper = named(&s[KEEPER]);
    share(&mut s[MARY], &team(), &[keeper], Groups::MEMBERS);
    let roster = s[MARY].roster();
    let (_, ben) = roster.standing.present(&s[BEN].key()).unwrap();
    assert_eq!(ben.groups, Groups::MEMBERS);
    assert_eq!(roster.epoch_for(&s[MARY].log, Group::Goals), None);
}

#[test]
fn after_a_keeper_took_somebody_out_nothing_is_written_under_a_key_they_hold() {
    let mut s = shared();
    s[MARY].epoch(9);
    meet_all(&mut s);
    let ben = s[BEN].member();
    take_out(&mut s[KEEPER], &team(), &ben);
    meet_all(&mut s);
    for side in [MARY, KEEPER, JOE] {
        assert_eq!(s[side].roster().epoch_for(&s[side].log, Group::Goals), None);
    }
    s[MARY].epoch(10);
    meet_all(&mut s);
    assert!(
        s[KEEPER]
            .roster()
            .epoch_for(&s[KEEPER].log, Group::Goals)
            .is_some()
    );
}

#[test]
fn what_a_member_taken_out_of_the_team_wrote_before_is_told_from_what_came_later() {
    let mut s = shared();
    let (ben, key) = (s[BEN].member(), s[BEN].key());
    let before = s[BEN].log.heads();
    take_out(&mut s[KEEPER], &team(), &ben);
    meet_all(&mut s);
    let roster = s[MARY].roster();
    let then = roster.author(&s[MARY].log, &key, &before);
    assert!(matches!(then, Author::Removed { ref by, .. } if by.len() == 1));
    let now = roster.author(&s[MARY].log, &key, &s[BEN].log.heads());
    assert_eq!(now, Author::Stranger);
    let [keeper, other] = s.get_disjoint_mut([KEEPER, OTHER]).unwrap();
    let_in(keeper, &team(), other);
    meet_all(&mut s);
    assert!(s[MARY].has(&s[OTHER]));
}

#[test]
fn of_two_keepers_who_take_each_other_out_one_stays_on_every_device() {
    let mut s = sides(4);
    let keepers = [named(&s[1]), named(&s[2])];
    share(&mut s[MARY], &team(), &keepers, goals());
    meet_all(&mut s);
    let (one, two) = (s[1].member(), s[2].member());
    take_out(&mut s[1], &team(), &two);
    take_out(&mut s[2], &team(), &one);
    meet_all(&mut s);
    let in_is = |side: &Side| (side.has(&s[1]), side.has(&s[2]));
    let on_marys = in_is(&s[MARY]);
    assert!(on_marys.0 != on_marys.1, "one of them");
    assert!(s[..3].iter().all(|side| in_is(side) == on_marys));
}
