//! Descriptions of thinned changes, packed in any way: what comes out is within the caps, passes the walker, and is
//! described again. First byte: how it is packed; second: what the receiver knows and which group it is of.
#![no_main]

use cairn_core::Result;
use cairn_core::id::Id;
use cairn_core::record::change::{self, ChangeNote};
use cairn_core::record::part::{Actor, Group, Part};
use cairn_core::sync::thin::{self, Ground, HINT, Last, Named, Stream};
use cairn_core::sync::walker::{self, limits};
use libfuzzer_sys::fuzz_target;

const ACTOR: Actor = Actor([1; 16]);

/// A receiver that knows every change anybody names, and, if it is told to, an earlier one of the stream's actor.
struct Knows(bool);

impl Ground for Knows {
    fn last(&self, _: &Part) -> Result<Option<Last>> {
        Ok(self.0.then(|| Last {
            seq: 7,
            hash: [9; 32],
            max_op: 40,
            at: 1_790_000_000,
            note: ChangeNote::default(),
            plan: Some(Id::read("0123456789ab")),
        }))
    }

    fn named(&self, _: &Part, nonce: &[u8; 24], hint: &[u8; HINT]) -> Result<Option<Named>> {
        // Of 256 changes, one that fits; or one that does not, as a receiver would by chance.
        let named = |n: u8| [n; 32];
        let fitting = (0..=u8::MAX).find(|n| thin::hint(nonce, &named(*n)) == *hint);
        let n = fitting.unwrap_or(hint[0]);
        Ok(Some(Named {
            hash: named(n),
            actor: Actor([n; 16]),
            max_op: u64::from(n),
        }))
    }
}

fuzz_target!(|bytes: &[u8]| {
    let [packing, known, body @ ..] = bytes else {
        return;
    };
    let Ok(body) = thin::unpacked(*packing, body) else {
        return;
    };
    assert!(body.len() <= thin::BODY_CAP);
    let circle = Id::read("circle");
    let groups = [Group::Log, Group::Goals, Group::Members, Group::About, Group::Team];
    let stream = Stream {
        circle: &circle,
        group: groups[usize::from(known >> 1) % groups.len()],
        actor: ACTOR,
        nonce: &[4; 24],
    };
    let knows = Knows(known & 1 == 1);
    let Ok(changes) = thin::rebuild(stream, &knows, &body) else {
        return;
    };
    let total: usize = changes.iter().map(|carried| carried.bytes.len()).sum();
    assert!(total <= limits::SEGMENT_BYTES);
    let all_ours = changes.iter().all(|carried| {
        let walked = walker::change(&carried.bytes).expect("what was rebuilt passes the walker");
        change::read_walked(&circle, &carried.part, &walked).is_ok()
    });
    if all_ours {
        let again = thin::describe(stream, &knows, &changes).expect("it has a description");
        if again.body.len() <= thin::BODY_CAP {
            let back = thin::rebuild(stream, &knows, &again.body).expect("which is one");
            assert!(back == changes);
        }
    }
});
