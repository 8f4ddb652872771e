//! How much one member may write, and how many heads stop nobody from writing.

use super::*;

/// Hundreds of recovery keys of a member, added apart from each other.
fn apart(side: &mut Side, heads: &[Hash], count: u16) {
    let member = side.member();
    for n in 0..count {
        let mut sign = [7; 32];
        sign[..2].copy_from_slice(&n.to_be_bytes());
        let device = DevicePublic {
            sign,
            seal: [7; 32],
        };
        let act = Act::AddRecovery {
            member: member.clone(),
            device,
        };
        let made = Operation::sign(&side.keys, side.log.circle(), heads, 0, act).unwrap();
        side.log.add(made).unwrap();
    }
}

#[test]
fn a_member_with_hundreds_of_heads_stops_nobody_from_writing() {
    let mut s = sides(4);
    let tablet = s.pop().unwrap();
    let mut carer = s.pop().unwrap();
    let mut proxy = s.pop().unwrap();
    let mut phone = s.pop().unwrap();
    phone.grant(&carer, "carer", Groups::EVERYTHING);
    phone.grant(&proxy, "proxy", Groups::EVERYTHING);
    carer.learn_from(&phone);
    let knew = carer.log.heads();
    apart(&mut carer, &knew, 300);
    proxy.learn_from(&phone);
    phone.learn_from(&carer);
    let before = phone.log.heads().len();
    assert!(before > 256);
    let everything = phone.log.heads();
    let (keys, circle) = (&phone.keys, phone.log.circle());
    assert!(Operation::sign(keys, circle, &everything, 0, Act::Tombstone).is_err());
    let out = phone.revoke(&carer);
    let made = phone.log.get(&out).unwrap();
    assert!(Operation::read(&made.bytes).is_ok() && Roster::rightful(&phone.log, made));
    assert!(phone.log.heads().len() < before && !phone.has(&carer));
    // Keys made while heads are still left over may be used, and the proxy may write too.
    let epoch = phone.epoch(1);
    let found = phone.roster().epoch_for(&phone.log, Group::Log);
    assert_eq!(found, Some(epoch));
    apart(&mut carer, &knew, 600);
    proxy.learn_from(&phone);
    proxy.learn_from(&carer);
    let let_in = proxy.grant(&tablet, "nurse", Groups::EVERYTHING);
    assert!(Roster::rightful(
        &proxy.log,
        proxy.log.get(&let_in).unwrap()
    ));
    assert!(proxy.has(&tablet) && !proxy.has(&carer));
    for _ in 0..5 {
        proxy.act(Act::LetIn {
            segments: Vec::new(),
        });
    }
    assert_eq!(proxy.log.heads().len(), 1);
}

#[test]
fn one_member_fills_nobodys_log() {
    let mut s = sides(4);
    let other = s.pop().unwrap();
    let tablet = s.pop().unwrap();
    let mut carer = s.pop().unwrap();
    let mut phone = s.pop().unwrap();
    phone.grant(&carer, "carer", Groups::EVERYTHING);
    carer.learn_from(&phone);
    let allowed = |side: &Side, act: Act| {
        let (heads, circle) = (side.log.heads(), side.log.circle());
        let made = Operation::sign(&side.keys, circle, &heads, 0, act).unwrap();
        Roster::rightful(&side.log, &made)
    };
    let knew = carer.log.heads();
    let add = |side: &Side, device: DevicePublic| Act::AddDevice {
        member: side.member(),
        device,
    };
    // Its own device and 63 more, one after the other.
    apart(&mut carer, &knew, 62);
    assert!(allowed(&carer, add(&carer, tablet.keys.public())));
    carer.add_device(&tablet);
    assert!(!allowed(&carer, add(&carer, other.keys.public())));
    let device = tablet.key();
    let seen = Vec::new;
    while carer.log.len() < 1 + 1 + 500 {
        let seen = seen();
        carer.act(Act::RemoveDevice { device, seen });
    }
    let again = |seen| Act::RemoveDevice { device, seen };
    assert!(!allowed(&carer, again(seen())));
    let (member, seen) = (carer.member(), seen());
    assert!(allowed(&carer, Act::Revoke { member, seen }));
    // An owner is bound by neither.
    phone.learn_from(&carer);
    let segments = Vec::new();
    assert!(allowed(&phone, Act::LetIn { segments }));
    phone.revoke(&carer);
    assert!(!phone.has(&carer));
}
