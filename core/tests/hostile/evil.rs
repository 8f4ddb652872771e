//! A member's device in hostile hands: what it knows, and how it makes changes, segments and descriptions by hand.

use super::inputs::{Dice, KINDS as CHANGES};
use super::raw::{Raw, leb};
use super::support::device::{Device, did, goal_with_plan};
use super::support::forge::{Forge, Nonce, first_change};
use cairn_core::concern;
use cairn_core::entropy::SeededEntropy;
use cairn_core::id::Id;
use cairn_core::log;
use cairn_core::record::change::{self, PutOp, ReadChange};
use cairn_core::record::{Actor, Group, Part, Record};
use cairn_core::store::{Circle, Scope};
use cairn_core::sync::segment::{Carried, Tip};
use cairn_core::sync::snapshot::{self};
use cairn_core::sync::thin::{self, Ground, HINT, Last, Named, Stream};
use cairn_core::sync::{padding, walker};
use zstd::bulk::compress;

/// One hostile thing on its way.
pub enum Input {
    Segment(Vec<u8>),
    Snapshot(Vec<u8>),
    Operation(Vec<u8>),
    Message(Vec<u8>),
}

/// A member's device, and what is known there.
pub struct Evil {
    pub device: Device,
    pub circle: Circle,
    pub(super) record: Record,
    pub(super) known: Vec<(Part, ReadChange)>,
    pub(super) other: Id,
    pub(super) snapshot: Vec<u8>,
    pub(super) bombs: Vec<Vec<u8>>,
}

/// The person's phone, a nurse who means harm and one who does not, who all know the same.
pub fn table() -> (Device, Evil, Device) {
    let mut phone = Device::new("Mary Bell", 1);
    let (mut evil, mut honest) = (Device::new("Anne Okoro", 2), Device::new("Ben Hale", 3));
    let (goal, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut evil, "nurse", &["all"]);
    phone.let_in(&mut honest, "nurse", &["all"]);
    let circle = evil.circle(&phone);
    for n in 0..3 {
        let note = format!("As far as the post box, time {n}");
        evil.act(&circle, |acts| log::add(acts, &plan, &did(&note)))
            .unwrap();
    }
    evil.act(&circle, |acts| concern::add(acts, &goal, "The slope"))
        .unwrap();
    evil.meet(&mut phone);
    honest.meet(&mut phone);
    evil.meet(&mut phone);
    let evil = Evil::of(evil, circle, &phone);
    (phone, evil, honest)
}

impl Evil {
    pub(super) fn of(device: Device, circle: Circle, phone: &Device) -> Evil {
        let vault = &device.home.vault;
        let record = vault.record(&circle, &Scope::Everything).unwrap();
        let handed = vault.hand_over(&circle).unwrap();
        let read = |part: &Part, bytes: &[u8]| change::read(&circle.id, part, bytes).unwrap();
        let known = handed.iter();
        let known = known.map(|one| (one.part.clone(), read(&one.part, &one.bytes)));
        let known = known.collect();
        let made = vault.make_snapshot(&circle, Group::Goals, &SeededEntropy::new(8));
        let forge = Forge::of(&device, &circle, Group::Goals, Actor([0; 16]));
        let epoch = &forge.place.epoch;
        let opened = made.unwrap().and_then(|bytes| {
            let opened = snapshot::open(&circle.id, &bytes, epoch, &forge.secret)?;
            opened.ok().map(|opened| opened.body)
        });
        let snapshot = opened.expect("it can make a snapshot").pack().unwrap();
        // 16 MB of zeros as zstd writes them, and 2.6 GB in blocks of one byte each.
        let zeros = compress(&vec![0; 16 << 20], 3).unwrap();
        let mut runs = vec![0x28, 0xb5, 0x2f, 0xfd, 0, 0x38];
        for _ in 0..20_000 {
            runs.extend([(1 << 17 << 3 | 2) as u8, 0, 0x10, 0]);
        }
        runs.extend([3, 0, 0x10, 0]);
        // It says that it holds 2^62 bytes, and that it remembers 2^41.
        let says = [
            &[0x28, 0xb5, 0x2f, 0xfd, 0xe0][..],
            &(1u64 << 62).to_le_bytes(),
            &[3, 0, 0x10, 0],
        ];
        let remembers = vec![0x28, 0xb5, 0x2f, 0xfd, 0, 0xf8, 3, 0, 0x10, 0];
        Evil {
            other: phone.home.circle.member.clone(),
            bombs: vec![zeros, runs, says.concat(), remembers],
            known,
            record,
            snapshot,
            circle,
            device,
        }
    }

    /// A new incarnation for each input, so that each begins a stream of its own.
    pub(super) fn actor(dice: &mut Dice) -> Actor {
        Actor(std::array::from_fn(|_| dice.roll(256) as u8))
    }

    /// Something real that was put before, as a first change of this actor.
    pub(super) fn change(&self, dice: &mut Dice, actor: Actor) -> (Part, Vec<u8>, Tip) {
        let puts = |read: &ReadChange| -> Vec<PutOp> {
            read.ops.iter().filter_map(|op| op.put.clone()).collect()
        };
        let real: Vec<_> = self
            .known
            .iter()
            .filter(|(_, read)| read.makes.is_none() && !puts(read).is_empty())
            .collect();
        let (part, read) = dice.pick(&real);
        let (bytes, tip) = first_change(&self.circle.id, &self.record, part, actor, puts(read));
        (part.clone(), bytes, tip)
    }

    pub(super) fn forge(&self, part: &Part, actor: Actor) -> Forge<'_> {
        Forge::of(&self.device, &self.circle, part.group().unwrap(), actor)
    }

    /// The actor and tip of a change, if it reads at all.
    pub(super) fn tip(&self, part: &Part, bytes: &[u8]) -> Option<(Actor, Tip)> {
        let walked = walker::change(bytes).ok()?;
        let read = change::read_walked(&self.circle.id, part, &walked).ok()?;
        let tip = Tip {
            part: part.clone(),
            seq: read.head.seq,
            hash: read.hash,
        };
        Some((read.head.actor, tip))
    }

    /// A hostile change, and the place and tip under which it is signed.
    pub(super) fn hostile(&self, dice: &mut Dice) -> (Forge<'_>, Part, Vec<u8>, Tip) {
        let actor = Evil::actor(dice);
        let (part, bytes, tip) = self.change(dice, actor);
        let (_, attack) = dice.pick(&CHANGES);
        let bytes = attack(dice, Raw::of(&bytes));
        let (actor, tip) = self.tip(&part, &bytes).unwrap_or((actor, tip));
        (self.forge(&part, actor), part, bytes, tip)
    }

    pub(super) fn thin(
        &self,
        forge: &Forge,
        dice: &mut Dice,
        packing: u8,
        body: &[u8],
        tips: &[Tip],
    ) -> Input {
        let nonce = nonce(dice);
        self.thin_with(forge, nonce, packing, body, tips)
    }

    /// A thinned segment with this body; the first of its stream.
    pub(super) fn thin_with(
        &self,
        forge: &Forge,
        nonce: [u8; 24],
        packing: u8,
        body: &[u8],
        tips: &[Tip],
    ) -> Input {
        let tag = cairn_core::sync::segment::device_tag(&forge.place.device);
        let heads = &forge.place.heads;
        let mut content = [
            forge.sign(tips),
            vec![packing],
            leb(1),
            tag.to_vec(),
            forge.place.actor.0.to_vec(),
            leb(heads.len() as u64),
            heads.concat(),
            body.to_vec(),
            vec![0x80],
        ]
        .concat();
        padding::fill(&mut content);
        Input::Segment(forge.sealed(forge.thin_header(), &content, &Nonce(nonce)))
    }

    /// A true description of something real, and what it is of.
    pub(super) fn description(&self, dice: &mut Dice, nonce: &[u8; 24]) -> (Forge<'_>, Vec<u8>) {
        let actor = Evil::actor(dice);
        let (part, bytes, _) = self.change(dice, actor);
        let forge = self.forge(&part, actor);
        let stream = self.stream(&forge, nonce);
        let carried = [Carried { part, bytes }];
        let body = thin::describe(stream, self, &carried).unwrap().body;
        (forge, body)
    }

    pub(super) fn stream<'a>(&'a self, forge: &Forge, nonce: &'a [u8; 24]) -> Stream<'a> {
        Stream {
            circle: &self.circle.id,
            group: forge.place.group,
            actor: forge.place.actor,
            nonce,
        }
    }

    /// The tips of what a description makes, if it makes anything.
    pub(super) fn tips(&self, forge: &Forge, nonce: &[u8; 24], body: &[u8]) -> Vec<Tip> {
        let built = thin::rebuild(self.stream(forge, nonce), self, body).unwrap_or_default();
        let tips = built.iter();
        let tips = tips.filter_map(|carried| self.tip(&carried.part, &carried.bytes));
        tips.map(|(_, tip)| tip).collect()
    }
}

impl Ground for Evil {
    fn last(&self, _: &Part) -> cairn_core::Result<Option<Last>> {
        Ok(None)
    }

    fn named(
        &self,
        part: &Part,
        nonce: &[u8; 24],
        hint: &[u8; HINT],
    ) -> cairn_core::Result<Option<Named>> {
        let mut known = self.known.iter();
        let found = known.find(|(of, read)| of == part && thin::hint(nonce, &read.hash) == *hint);
        Ok(found.map(|(_, read)| Named::of(read)))
    }
}

pub(super) fn nonce(dice: &mut Dice) -> [u8; 24] {
    std::array::from_fn(|_| dice.roll(256) as u8)
}

/// Bytes changed, taken out, put in, or cut off.
pub(super) fn mutated(dice: &mut Dice, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..1 + dice.roll(4) {
        let at = dice.roll(bytes.len());
        match dice.roll(5) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.roll(8),
            1 if !bytes.is_empty() => bytes[at] = dice.pick(&[0, 1, 0x7f, 0x80, 0xff]),
            2 => bytes.insert(at, dice.roll(256) as u8),
            3 if !bytes.is_empty() => drop(bytes.remove(at)),
            _ if dice.roll(3) == 0 => bytes.truncate(at),
            _ => {}
        }
    }
    bytes
}
