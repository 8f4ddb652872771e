//! Many signed operations of a few devices, as the input says who does what knowing of what: whatever order they
//! arrive in, everybody ends with one roster, and nobody takes the person out.
#![no_main]

use cairn_core::circle::operation::{Act, Operation, Seen, circle_id, member_id};
use cairn_core::circle::{AccessLog, Groups, Roster};
use cairn_core::entropy::SeededEntropy;
use cairn_core::record::part::Actor;
use cairn_core::store::identity::DeviceKeys;
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

/// The most operations of one input.
const MOST: usize = 24;

const ROLES: [&str; 6] = ["person", "proxy", "nurse", "carer", "team", "herald"];

fn devices() -> &'static Vec<DeviceKeys> {
    static KEYS: OnceLock<Vec<DeviceKeys>> = OnceLock::new();
    KEYS.get_or_init(|| {
        let entropy = SeededEntropy::new(7);
        let key = |_| DeviceKeys::generate(&entropy).expect("a seeded source");
        (0..5).map(key).collect()
    })
}

fuzz_target!(|bytes: &[u8]| {
    let devices = devices();
    let founder = devices[0].public();
    let circle = circle_id(&[3; 16], &founder.sign);
    let steward = bytes.first().is_some_and(|first| first % 4 == 0);
    let found = Act::Found {
        nonce: [3; 16],
        device: founder,
        steward,
    };
    let root = Operation::sign(&devices[0], &circle, &[], 0, found).expect("short");
    let mut made = vec![root];
    for step in bytes.chunks_exact(5).take(MOST) {
        let by = &devices[usize::from(step[0]) % devices.len()];
        let about = &devices[usize::from(step[1]) % devices.len()].public();
        let member = member_id(&about.sign);
        // A bit for each of the newest eight: whether the author knew of it.
        let newest = made.iter().rev().take(8).enumerate();
        let knows = newest.filter(|(n, _)| step[2] >> n & 1 == 1);
        let mut parents: Vec<_> = knows.map(|(_, operation)| operation.hash).collect();
        if parents.is_empty() {
            parents.push(made[0].hash);
        }
        let seen = vec![Seen {
            groups: Groups::from_bits(step[4]),
            actor: Actor([step[4]; 16]),
            counter: u64::from(step[4]),
        }];
        let act = match step[3] % 6 {
            0 | 1 => Act::Grant {
                member,
                device: *about,
                role: ROLES[usize::from(step[4]) % ROLES.len()].into(),
                groups: Groups::from_bits(step[4]),
                until: None,
                invitation: None,
            },
            2 => Act::Revoke { member, seen },
            3 => Act::AddDevice {
                member: member_id(&by.public().sign),
                device: *about,
            },
            4 => Act::RemoveDevice {
                device: about.sign,
                seen,
            },
            _ => Act::LetIn {
                segments: vec![[step[4]; 32]],
            },
        };
        let at = i64::from(step[4]);
        made.push(Operation::sign(by, &circle, &parents, at, act).expect("short"));
    }
    let forwards = AccessLog::of(&circle, made.iter().map(|made| &made.bytes[..]));
    let mut backwards = AccessLog::new(&circle);
    for operation in made.iter().rev() {
        let _ = backwards.add(operation.clone());
    }
    let (one, other) = (Roster::of(&forwards), Roster::of(&backwards));
    assert_eq!(one.standing, other.standing);
    assert_eq!(one.heads, other.heads);
    let person = one.standing.members.get(&member_id(&founder.sign));
    let person = person.expect("the founder stays known");
    assert!(steward || person.present, "nobody takes the person out");
});
