//! Segments made by hand with a member's own keys, past the checks of an honest app. Written apart from the code that
//! makes honest ones, so that it can lie where that cannot.

use super::device::Device;
use cairn_core::Id;
use cairn_core::circle::Groups;
use cairn_core::circle::epoch::GroupSecret;
use cairn_core::entropy::Entropy;
use cairn_core::id::digest;
use cairn_core::record::change::{self, ChangeHead, Hash, PutOp};
use cairn_core::record::{Actor, Group, Part, Record};
use cairn_core::sealing::seal_under;
use cairn_core::store::Circle;
use cairn_core::sync::padding;
use cairn_core::sync::segment::{Place, Tip, device_tag};
use serde::Serialize;

/// A nonce that was chosen, not drawn.
pub struct Nonce(pub [u8; 24]);

impl Entropy for Nonce {
    fn fill(&self, bytes: &mut [u8]) -> cairn_core::Result<()> {
        bytes.copy_from_slice(&self.0[..bytes.len()]);
        Ok(())
    }
}

/// What stands inside the seal of a segment of whole changes; every field may lie.
#[derive(Clone, Debug, Serialize)]
pub struct Whole {
    pub device_tag: [u8; 4],
    pub counter: u64,
    pub heads: Vec<Hash>,
    pub changes: Vec<(Part, Vec<u8>)>,
    pub signature: Vec<u8>,
}

/// A member's device, and a place for the first segment of a new stream of it.
pub struct Forge<'a> {
    pub device: &'a Device,
    pub place: Place,
    pub secret: GroupSecret,
}

impl<'a> Forge<'a> {
    pub fn of(device: &'a Device, circle: &Circle, group: Group, actor: Actor) -> Forge<'a> {
        let vault = &device.home.vault;
        let (log, roster) = (
            vault.access_log(circle).unwrap(),
            vault.roster(circle).unwrap(),
        );
        let epoch = roster.epoch_for(&log, group).unwrap();
        let keyring = vault.keyring(circle).unwrap();
        let secret = keyring.get(group, &epoch).unwrap().clone();
        let place = Place {
            circle: circle.id.clone(),
            group,
            epoch,
            device: vault.keys().public().sign,
            actor,
            taken: None,
            counter: 1,
            before: [0; 32],
            heads: log.heads(),
        };
        Forge {
            device,
            place,
            secret,
        }
    }

    /// The device's true signature under a place and tips.
    pub fn sign(&self, tips: &[Tip]) -> Vec<u8> {
        let place = &self.place;
        let statement = (
            &place.circle,
            Groups::from(place.group),
            &place.epoch,
            &place.heads,
            &place.device,
            place.actor,
            place.counter,
            &place.before,
            tips,
        );
        let statement = postcard::to_stdvec(&statement).unwrap();
        let signed = [b"cairn segment/1".as_slice(), &statement].concat();
        self.device.home.vault.keys().sign(&signed).to_vec()
    }

    /// What an honest app would put inside.
    pub fn content(&self, changes: Vec<(Part, Vec<u8>)>, tips: &[Tip]) -> Whole {
        Whole {
            device_tag: device_tag(&self.place.device),
            counter: self.place.counter,
            heads: self.place.heads.clone(),
            signature: self.sign(tips),
            changes,
        }
    }

    /// The bytes before the seal of a segment of whole changes.
    pub fn header(&self) -> Vec<u8> {
        let known = Groups::EVERYTHING.iter();
        let group = known.take_while(|group| *group != self.place.group).count();
        [&[1, 1, group as u8], &self.place.epoch[..8]].concat()
    }

    /// The bytes before the seal of a thinned segment.
    pub fn thin_header(&self) -> Vec<u8> {
        let group = self.header()[2];
        [&[1, 0x20 | group], &self.place.epoch[..2]].concat()
    }

    /// Seals any content under the right key.
    pub fn sealed(&self, header: Vec<u8>, content: &[u8], entropy: &dyn Entropy) -> Vec<u8> {
        let circle = self.place.circle.as_str().as_bytes();
        let bound = digest(&[b"segment bound/1", circle, &header]);
        let sealed = seal_under(self.secret.bytes(), &bound, content, entropy).unwrap();
        [header, sealed].concat()
    }

    pub fn seal(&self, content: &Whole, entropy: &dyn Entropy) -> Vec<u8> {
        let mut content = postcard::to_stdvec(content).unwrap();
        padding::fill(&mut content);
        self.sealed(self.header(), &content, entropy)
    }
}

/// The first change of an actor in a part of a record, and the tip that is signed for it.
pub fn first_change(
    circle: &Id,
    record: &Record,
    part: &Part,
    actor: Actor,
    puts: Vec<PutOp>,
) -> (Vec<u8>, Tip) {
    let cursor = &record.cursors[part];
    let head = ChangeHead {
        actor,
        seq: 1,
        start_op: cursor.max_op + 1,
        at: 1_790_000_000,
        note: Default::default(),
        deps: cursor.heads.clone(),
    };
    let built = change::build(circle, part, &head, &puts).unwrap();
    let tip = Tip {
        part: part.clone(),
        seq: 1,
        hash: built.hash,
    };
    (built.bytes, tip)
}
