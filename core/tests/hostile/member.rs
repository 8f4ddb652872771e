//! What a member who means harm builds: hostile changes, descriptions and everything around them, sealed under the right
//! key and signed with the member's own.

use super::evil::{Evil, Input, mutated, nonce};
use super::inputs::Dice;
use super::raw::{leb, repaired};
use super::support::forge::{Forge, Whole, first_change};
use cairn_core::circle::Groups;
use cairn_core::circle::operation::{Act, Operation, member_id};
use cairn_core::entropy::SeededEntropy;
use cairn_core::id::{Id, digest};
use cairn_core::record::change::{self, PutOp};
use cairn_core::record::{Actor, Group, Noun, Part, Value};
use cairn_core::sealing::seal_under;
use cairn_core::sync::files::Said;
use cairn_core::sync::message::Message;
use cairn_core::sync::padding;
use cairn_core::sync::snapshot::Body;
use cairn_core::sync::thin::BODY_CAP;
use zstd::bulk::compress;

type Attack = fn(&Evil, &mut Dice) -> Input;

/// Every kind of attack, with a name for the counts; those that come more often stand there more often.
pub const KINDS: [(&str, Attack); 20] = [
    ("a hostile change, whole", whole),
    ("a hostile change, whole", whole),
    ("a hostile change, whole", whole),
    ("a hostile change, whole", whole),
    ("a hostile change, whole", whole),
    ("a hostile change, whole", whole),
    ("a hostile change, whole", whole),
    ("a hostile change in a thinned segment", thinned_whole),
    ("a description with mutations", described),
    ("a description with mutations", described),
    ("a description with huge counts", counted),
    ("a bomb of zstd", bomb),
    ("another packing, or its dictionary misused", packed),
    ("what stands around the changes lies", wrapped),
    ("what stands around the changes lies", wrapped),
    ("another's place, group or circle", misplaced),
    ("past the role", past_the_role),
    ("a snapshot", a_snapshot),
    ("an operation of the access log", operation),
    ("a message of a meeting, or a file", message),
];

fn whole(evil: &Evil, dice: &mut Dice) -> Input {
    let (forge, part, bytes, tip) = evil.hostile(dice);
    let content = forge.content(vec![(part, bytes)], &[tip]);
    Input::Segment(forge.seal(&content, &SeededEntropy::new(dice.roll(1 << 30) as u64)))
}

/// The change goes whole in the body of a thinned segment, as one that has no description does.
fn thinned_whole(evil: &Evil, dice: &mut Dice) -> Input {
    let (forge, part, bytes, tip) = evil.hostile(dice);
    // Which part in one number: that of a year, or the only one of its group.
    let of = if part.as_str().ends_with("-2026") {
        28
    } else {
        1
    };
    let shape = [&[1, of][..], &leb(bytes.len() as u64)].concat();
    let body = [leb(shape.len() as u64), shape, bytes].concat();
    evil.thin(&forge, dice, 0, &body, &[tip])
}

fn described(evil: &Evil, dice: &mut Dice) -> Input {
    let nonce = nonce(dice);
    let (forge, body) = evil.description(dice, &nonce);
    let body = mutated(dice, body);
    let tips = evil.tips(&forge, &nonce, &body);
    evil.thin_with(&forge, nonce, 0, &body, &tips)
}

fn counted(evil: &Evil, dice: &mut Dice) -> Input {
    let nonce = nonce(dice);
    let (forge, mut body) = evil.description(dice, &nonce);
    let count = leb(dice.pick(&super::inputs::HUGE));
    let at = dice.roll(body.len());
    body.splice(at..at + 1, count);
    let tips = evil.tips(&forge, &nonce, &body);
    evil.thin_with(&forge, nonce, 0, &body, &tips)
}

const TEXTS: u8 = 0x11;
const BLOCK: u8 = 0x12;
const BLOCKS: u8 = 0x13;

fn bomb(evil: &Evil, dice: &mut Dice) -> Input {
    let actor = Evil::actor(dice);
    let forge = evil.forge(&Part::goals(2026), actor);
    let mut bomb = dice.pick(&evil.bombs);
    if dice.roll(2) == 0 {
        // Other inputs of the same kind: cut off somewhere, or with more behind.
        bomb.truncate(8 + dice.roll(bomb.len() - 8));
        bomb.extend(vec![dice.roll(256) as u8; dice.roll(50)]);
    }
    let (packing, body) = match dice.roll(4) {
        0 => (BLOCK, bomb.get(9..).unwrap_or_default().to_vec()),
        1 => {
            let shape = leb(dice.pick(&[0, 3, 1 << 40, u64::MAX]));
            (TEXTS, [&shape, &bomb[4..]].concat())
        }
        _ => (BLOCKS, bomb[4..].to_vec()),
    };
    evil.thin(&forge, dice, packing, &body, &[])
}

fn packed(evil: &Evil, dice: &mut Dice) -> Input {
    let nonce = nonce(dice);
    let (forge, body) = evil.description(dice, &nonce);
    // Packed without the dictionary, with another's number, or said to be packed otherwise than it is.
    let frame = compress(&body, 3).unwrap();
    let numbered = [
        &[0x28, 0xb5, 0x2f, 0xfd, 0x03, 0x38][..],
        &[9, 9, 9, 9],
        &frame[6..],
    ]
    .concat();
    let bytes = match dice.roll(5) {
        0 => frame[4..].to_vec(),
        1 => numbered[4..].to_vec(),
        2 => vec![dice.roll(256) as u8; dice.pick(&[0, 1, 60, BODY_CAP - 20_000])],
        3 => mutated(dice, frame[4..].to_vec()),
        _ => body.clone(),
    };
    let packing = dice.pick(&[
        TEXTS, BLOCK, BLOCKS, 0x10, 0x14, 0x21, 0x22, 0x23, 0x73, 0xf7,
    ]);
    let tips = evil.tips(&forge, &nonce, &body);
    evil.thin_with(&forge, nonce, packing, &bytes, &tips)
}

fn wrapped(evil: &Evil, dice: &mut Dice) -> Input {
    let actor = Evil::actor(dice);
    let (part, bytes, tip) = evil.change(dice, actor);
    let forge = evil.forge(&part, actor);
    let honest = forge.content(vec![(part.clone(), bytes.clone())], &[tip]);
    let entropy = SeededEntropy::new(dice.roll(1 << 30) as u64);
    let raw = |content: &[u8]| Input::Segment(forge.sealed(forge.header(), content, &entropy));
    let written = postcard::to_stdvec(&honest).unwrap();
    let mut lie: Whole = honest.clone();
    match dice.roll(16) {
        0 => lie.counter = dice.pick(&[0, 2, u64::MAX, i64::MAX as u64]),
        1 => lie.heads = vec![[7; 32]; dice.pick(&[1, 2, 5_000])],
        2 => lie.heads.clear(),
        3 => lie.device_tag = [9; 4],
        4 => lie.signature.truncate(dice.roll(64)),
        5 => lie.signature = vec![1; dice.pick(&[65, 100_000, 400_000])],
        6 => lie.changes = vec![(part, bytes); dice.pick(&[2, 3, 800])],
        7 => lie.changes.clear(),
        8 => lie.changes[0].0 = Part::read("g".repeat(dice.pick(&[1, 300_000]))),
        9 => {
            lie.changes[0].0 =
                Part::read(dice.pick(&["goals-9999999", "later-2026", "", "log-2026"]))
        }
        10 => return raw(&written[..dice.roll(written.len())]),
        11 => return raw(&mutated(dice, written)),
        12 => return raw(&[written, vec![0, 0, dice.roll(255) as u8 + 1]].concat()),
        13 => {
            let start = [&honest.device_tag[..], &leb(1), &leb(0)].concat();
            let count = leb(dice.pick(&super::inputs::HUGE));
            return raw(&[start, count, vec![1; dice.roll(60)]].concat());
        }
        14 => {
            let header = mutated(dice, forge.header());
            return Input::Segment(forge.sealed(header, &written, &entropy));
        }
        _ => {
            let noise: Vec<u8> = (0..dice.roll(500)).map(|_| dice.roll(256) as u8).collect();
            return raw(&noise);
        }
    }
    Input::Segment(forge.seal(&lie, &entropy))
}

fn misplaced(evil: &Evil, dice: &mut Dice) -> Input {
    let mut actor = Evil::actor(dice);
    let kind = dice.roll(7);
    if kind == 0 {
        // Under the actor of the person's own phone.
        let mut actors = evil.record.actors.iter();
        actor = *actors.find(|(_, member)| **member == evil.other).unwrap().0;
    }
    let (part, bytes, tip) = evil.change(dice, actor);
    let mut forge = evil.forge(&part, actor);
    match kind {
        1 => forge.place.circle = Id::read("another"),
        2 => forge.place.epoch = [dice.roll(256) as u8; 32],
        3 => forge.place.before = [5; 32],
        4 => forge.place.counter = dice.pick(&[0, 2, u64::MAX]),
        5 => {
            let others = [Group::Members, Group::About, Group::Team];
            forge = Forge::of(&evil.device, &evil.circle, dice.pick(&others), actor);
        }
        6 => forge.secret = cairn_core::circle::epoch::GroupSecret::from_bytes(&[3; 32]).unwrap(),
        _ => {}
    }
    let content = forge.content(vec![(part, bytes)], &[tip]);
    Input::Segment(forge.seal(&content, &SeededEntropy::new(dice.roll(1 << 30) as u64)))
}

fn past_the_role(evil: &Evil, dice: &mut Dice) -> Input {
    let actor = Evil::actor(dice);
    let words = evil.known.iter().find_map(|(part, read)| {
        let mut ops = read.ops.iter();
        ops.find_map(|op| {
            let put = op.put.as_ref()?;
            let is_words = put.noun == Noun::Goal && put.key.ends_with(".words");
            is_words.then(|| (part.clone(), put.clone(), op.id))
        })
    });
    let (part, put, id) = words.expect("there is a goal");
    let put = PutOp {
        value: Value::Text("Not what Mary said".repeat(1 + dice.roll(20))),
        replaces: vec![id],
        ..put
    };
    let (bytes, tip) = first_change(&evil.circle.id, &evil.record, &part, actor, vec![put]);
    let forge = evil.forge(&part, actor);
    let content = forge.content(vec![(part, bytes)], &[tip]);
    Input::Segment(forge.seal(&content, &SeededEntropy::new(dice.roll(1 << 30) as u64)))
}

fn a_snapshot(evil: &Evil, dice: &mut Dice) -> Input {
    let forge = evil.forge(&Part::goals(2026), Actor([0; 16]));
    let plain = zstd::bulk::decompress(&evil.snapshot, 1 << 20).unwrap();
    let mut lie = Body::unpack(&evil.snapshot).unwrap();
    let body = match dice.roll(8) {
        0 => dice.pick(&evil.bombs),
        1 => mutated(dice, evil.snapshot.clone()),
        2 => compress(&mutated(dice, plain), 3).unwrap(),
        3 => {
            let mut plain = plain;
            let count = leb(dice.pick(&super::inputs::HUGE));
            let at = dice.roll(plain.len());
            plain.splice(at..at + 1, count);
            compress(&plain, 3).unwrap()
        }
        // What follows is read as a snapshot, with a document or a statement that lies.
        4 | 5 => {
            let document = std::mem::take(&mut lie.parts[0].1);
            lie.parts[0].1 = repaired(&mutated(dice, document));
            lie.pack().unwrap()
        }
        6 => {
            let document = std::mem::take(&mut lie.parts[0].1);
            let mut raw = repaired(&document);
            let at = 10 + dice.roll(raw.len() - 10);
            raw.splice(at..at + 1, leb(dice.pick(&super::inputs::HUGE)));
            lie.parts[0].1 = repaired(&raw);
            lie.pack().unwrap()
        }
        _ => {
            let at = dice.roll(lie.streams.len());
            let stream = &mut lie.streams[at];
            let said = &mut stream.statements[0];
            match dice.roll(8) {
                0 => said.counter = dice.pick(&[0, 7, u64::MAX]),
                1 => said.epoch = dice.pick(&[1, 99, u32::MAX]),
                2 => said.heads = vec![0; dice.pick(&[0, 1, 50_000])],
                3 => said.tips[0].1 = dice.pick(&[0, 500, u64::MAX]),
                4 => said.tips[0].0 = dice.pick(&[1, 99, u32::MAX]),
                5 => said.signature.truncate(dice.roll(64)),
                6 => stream.actor = Evil::actor(dice),
                _ => stream.statements.clear(),
            }
            lie.pack().unwrap()
        }
    };
    let place = &forge.place;
    let (circle, group) = (
        place.circle.as_str().as_bytes(),
        place.group.as_str().as_bytes(),
    );
    let said = digest(&[circle, group, &place.epoch, &body]);
    let keys = evil.device.home.vault.keys();
    let signature = keys.sign(&[b"cairn snapshot/1".as_slice(), &said].concat());
    let whole = (place.device, signature.to_vec(), body);
    let mut content = postcard::to_stdvec(&whole).unwrap();
    padding::fill(&mut content);
    let header = [&[1, 0x40 | forge.header()[2]], &place.epoch[..8]].concat();
    let bound = digest(&[b"snapshot bound/1", circle, &header]);
    let entropy = SeededEntropy::new(dice.roll(1 << 30) as u64);
    let sealed = seal_under(forge.secret.bytes(), &bound, &content, &entropy).unwrap();
    Input::Snapshot([header, sealed].concat())
}

fn operation(evil: &Evil, dice: &mut Dice) -> Input {
    let vault = &evil.device.home.vault;
    let (keys, heads) = (
        vault.keys(),
        vault.access_log(&evil.circle).unwrap().heads(),
    );
    let stranger = cairn_core::store::identity::DeviceKeys::generate(&SeededEntropy::new(99));
    let stranger = stranger.unwrap().public();
    let member = evil.other.clone();
    let act = match dice.roll(7) {
        0 => Act::Grant {
            member: member_id(&stranger.sign),
            device: stranger,
            role: dice.pick(&["person", "nurse", "carer"]).into(),
            groups: Groups::EVERYTHING,
            until: None,
            invitation: None,
        },
        1 => Act::Revoke {
            member,
            seen: Vec::new(),
        },
        2 => Act::AddDevice {
            member,
            device: stranger,
        },
        3 => Act::LetIn {
            segments: vec![[1; 32]; dice.pick(&[1, 5_000])],
        },
        4 => Act::Epoch {
            keys: Vec::new(),
            wraps: Vec::new(),
        },
        5 => Act::Found {
            nonce: [1; 16],
            device: keys.public(),
            steward: false,
        },
        _ => Act::Tombstone,
    };
    let (circle, parents) = match dice.roll(4) {
        0 => (Id::read("another"), heads),
        1 => (evil.circle.id.clone(), vec![[dice.roll(256) as u8; 32]]),
        2 => (
            evil.circle.id.clone(),
            (0..=190).map(|n| [n; 32]).chain(heads).collect(),
        ),
        _ => (evil.circle.id.clone(), heads),
    };
    let made = Operation::sign(keys, &circle, &parents, dice.roll(1 << 30) as i64, act).unwrap();
    if dice.roll(2) == 0 {
        return Input::Operation(made.bytes);
    }
    // Other bytes under a signature that fits them.
    let signed = mutated(dice, made.bytes[..made.bytes.len() - 64].to_vec());
    let signature = keys.sign(&[b"cairn access/1", &signed[..]].concat());
    Input::Operation([&signed[..], &signature].concat())
}

fn message(evil: &Evil, dice: &mut Dice) -> Input {
    let actor = Evil::actor(dice);
    if dice.roll(3) == 0 {
        // A file whose manifest is none, in a change that everybody could write.
        let part = Part::goals(2026);
        let noise: Vec<u8> = (0..dice.pick(&[0, 40, 5_000]))
            .map(|_| dice.roll(256) as u8)
            .collect();
        let size = leb(dice.pick(&super::inputs::HUGE));
        let put = PutOp {
            noun: Noun::Attachment,
            key: "0123456789ab.file".into(),
            value: Value::Bytes([vec![1], size, noise].concat()),
            replaces: Vec::new(),
        };
        let (bytes, tip) = first_change(&evil.circle.id, &evil.record, &part, actor, vec![put]);
        let map = change::map_of(&evil.circle.id, &part, "attachment")
            .unwrap()
            .bytes;
        let forge = evil.forge(&part, actor);
        let content = forge.content(vec![(part.clone(), map), (part, bytes)], &[tip]);
        let entropy = SeededEntropy::new(dice.roll(1 << 30) as u64);
        return Input::Segment(forge.seal(&content, &entropy));
    }
    let id = evil.circle.id.clone();
    let said = match dice.roll(6) {
        0 => Message::Files(Said::Piece(
            id,
            vec![1; dice.pick(&[0, 1, 70_000, 300_000])],
        )),
        1 => Message::Files(Said::Asks(vec![(id, vec![[3; 32]; 3_000])], Vec::new())),
        2 => Message::Hello(1, [1; 32], [2; 32]),
        3 => Message::Proof(vec![1; dice.pick(&[0, 64, 100_000])]),
        4 => Message::Segment(id, vec![1; 550_000]),
        _ => Message::Operations(id, vec![vec![1; 3]; 30_000]),
    };
    let written = said.write().unwrap();
    if dice.roll(2) == 0 {
        return Input::Message(written);
    }
    let mut bytes = mutated(dice, written[..written.len().min(2_000)].to_vec());
    // A count of which nothing follows.
    let at = dice.roll(bytes.len().min(20));
    bytes.splice(at..at, leb(dice.pick(&super::inputs::HUGE)));
    Input::Message(bytes)
}
