//! Two devices meeting: each shows who it is, says what it has, gives what the other lacks, and gets a receipt.
//!
//! Bytes in, bytes out: the same code runs over a socket, a relay's rows and memory. Everything that arrives is kept
//! durably before the next message is read, so a meeting cut off anywhere loses at most the message under way.

use super::courier::{Carriage, Courier};
use super::files::Files;
use super::message::{Have, Message, VERSION};
use super::offers::Offers;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::{Id, digest};
use crate::record::Acting;
use crate::record::change::Hash;
use crate::record::part::Actor;
use crate::store::heal::Before;
use crate::store::identity::verify_strict;
use crate::store::sync::{Gift, common};
use crate::store::{Circle, Vault};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

mod greeting;
mod taking;
use greeting::Greeting;

const SIGNED_AS: &[u8] = b"cairn session/1";

/// The most bytes of access logs of circles not kept here that a stranger's device is listened to for, in one meeting.
const TOLD_CAP: usize = 4 << 20;

/// How much has passed in a meeting, for words on a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Segments given so far, and how many there are to give.
    pub given: (u64, u64),
    /// Segments taken in so far, and how many the other side announced.
    pub taken: (u64, u64),
    /// Segments that were kept aside: not readable yet, late, or refused.
    pub aside: u64,
    /// Pieces of files given so far, and how many there are to give. They come after all segments.
    pub files_given: (u64, u64),
    /// Pieces of files taken in so far, and how many this device asked for.
    pub files_taken: (u64, u64),
    /// Sealed parcels that one device carries for others. They come last of all.
    pub carriage: Carriage,
}

/// A meeting of this device with another.
pub struct Session {
    nonce: [u8; 32],
    hello: Vec<u8>,
    peer: Option<Peer>,
    outgoing: VecDeque<Out>,
    circles: BTreeMap<Id, Circle>,
    // Access logs of circles this device is not in yet, told by another device.
    told: BTreeMap<Id, Vec<Vec<u8>>>,
    // How far own streams had come before the meeting, and the actors to go on as should the other side have more: for
    // what is written from then on, and for what is written again.
    before: Before,
    fresh: [Actor; 2],
    progress: Progress,
    // Segments that the other announced and that have not come. One beyond them is none of this meeting: taken in before
    // both have said what they have, it would seem to its author to have been there before.
    announced: u64,
    // Segments of this meeting that were kept aside.
    aside: Vec<(Circle, Hash)>,
    offers: Offers,
    files: Files,
    courier: Courier,
    acting: Acting,
    greeting: Greeting,
    // Circles of which both have the same, and nothing to ask.
    left_out: BTreeSet<Id>,
    // Circles that were gone through at the beginning already: they get a receipt, and nothing else is left to say of them.
    settled: BTreeSet<Id>,
    // How often the other will yet say that it has given all.
    givens_to_come: u64,
    // The heads of access logs that this device said together with what it has.
    said: Option<BTreeMap<Id, Vec<Hash>>>,
    // The heads of access logs that the other said.
    heads: BTreeMap<Id, Vec<Hash>>,
    receipt_sent: bool,
    receipt_got: bool,
}

/// What leaves next.
enum Out {
    Said(Message),
    /// A segment, read when it leaves.
    Gift(Gift),
}

struct Peer {
    device: [u8; 32],
    hello: Vec<u8>,
    proven: bool,
}

impl Session {
    /// Begins a meeting: signs what is not signed yet, and has a first message ready.
    ///
    /// # Errors
    /// Those of storage and of the random source.
    pub fn begin(vault: &mut Vault, acting: Acting, entropy: &dyn Entropy) -> Result<Session> {
        let mut session = Session::prepare(vault, acting, entropy)?;
        let hello = Message::Hello(VERSION, vault.keys().public().sign, session.nonce);
        session.hello = hello.write()?;
        session.say(hello);
        Ok(session)
    }

    /// Begins a meeting with a device whose key the link has shown to be its own (see [`Vault::device_by_link`]). Each
    /// says one hash first; where nothing has changed that is all.
    ///
    /// # Errors
    /// As [`Session::begin`].
    pub fn begin_known(
        vault: &mut Vault,
        device: [u8; 32],
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<Session> {
        let mut session = Session::prepare(vault, acting, entropy)?;
        session.peer = Some(Peer {
            device,
            hello: Vec::new(),
            proven: true,
        });
        let alike = vault.alike(&device, &session.before, acting)?;
        session.greet(vault, &device, alike)?;
        Ok(session)
    }

    /// What this device drew for naming circles.
    fn drawn(&self) -> [u8; 8] {
        let mut drawn = [0; 8];
        drawn.copy_from_slice(&self.nonce[..8]);
        drawn
    }

    fn prepare(vault: &mut Vault, acting: Acting, entropy: &dyn Entropy) -> Result<Session> {
        vault.write_what_is_left(entropy)?;
        let before = vault.own_streams()?;
        let own = vault.keys().public().sign;
        let fresh = [Actor::draw(&own, entropy)?, Actor::draw(&own, entropy)?];
        vault.follow_devices(acting, entropy)?;
        vault.follow_team(acting, entropy)?;
        vault.cut_all(acting, entropy)?;
        let mut nonce = [0; 32];
        entropy.fill(&mut nonce)?;
        Ok(Session {
            nonce,
            hello: Vec::new(),
            peer: None,
            outgoing: VecDeque::new(),
            circles: BTreeMap::new(),
            told: BTreeMap::new(),
            before,
            fresh,
            progress: Progress::default(),
            announced: 0,
            aside: Vec::new(),
            offers: Offers::begin(entropy)?,
            files: Files::default(),
            courier: Courier::begin(vault)?,
            acting,
            greeting: Greeting::None,
            left_out: BTreeSet::new(),
            settled: BTreeSet::new(),
            said: None,
            heads: BTreeMap::new(),
            givens_to_come: 0,
            receipt_sent: false,
            receipt_got: false,
        })
    }

    /// The next message to send, if there is one now.
    ///
    /// # Errors
    /// Those of storage.
    pub fn next(&mut self, vault: &Vault) -> Result<Option<Vec<u8>>> {
        match self.outgoing.pop_front() {
            Some(Out::Said(message)) => {
                self.receipt_sent |= matches!(message, Message::Receipt(_));
                if let Message::Files(said) = &message {
                    self.files.sent(said);
                }
                return message.write().map(Some);
            }
            Some(Out::Gift(gift)) => {
                self.progress.given.0 += 1;
                let bytes = vault.segment(&gift)?;
                return Message::Segment(gift.circle.id, bytes).write().map(Some);
            }
            None => {}
        }
        if let Some(piece) = self.files.next(vault)? {
            return piece.write().map(Some);
        }
        let Some(device) = self.peer() else {
            return Ok(None);
        };
        let ready = self.receipt_sent && self.receipt_got && self.files.is_done();
        let parcel = self.courier.next(vault, &device, ready)?;
        parcel.map(|message| message.write()).transpose()
    }

    fn say(&mut self, message: Message) {
        self.outgoing.push_back(Out::Said(message));
    }

    /// Says something before the segments that are still to be given: a receipt need not wait for them.
    fn say_ahead(&mut self, message: Message) {
        let is_given = |out: &Out| matches!(out, Out::Gift(_) | Out::Said(Message::Given));
        let said = self.outgoing.iter().rposition(|out| !is_given(out));
        let place = said.map_or(0, |last| last + 1);
        self.outgoing.insert(place, Out::Said(message));
    }

    /// Takes in a message of the other side.
    ///
    /// # Errors
    /// [`Error::Damaged`] for what is no message or comes out of turn; [`Error::NotAllowed`] for a device that cannot
    /// show that its key is its own; those of storage. What was taken in before stays.
    pub fn receive(&mut self, vault: &mut Vault, bytes: &[u8]) -> Result<()> {
        match (Message::read(bytes)?, &mut self.peer) {
            (Message::Hello(version, device, nonce), None) => {
                let own = vault.keys().public().sign;
                if version == 0 || device == own || nonce == self.nonce {
                    return Err(Error::NotAllowed);
                }
                let hello = bytes.to_vec();
                let signature = vault.keys().sign(&transcript(&self.hello, &hello));
                self.peer = Some(Peer {
                    device,
                    hello,
                    proven: false,
                });
                self.say(Message::Proof(signature.to_vec()));
                Ok(())
            }
            (Message::Proof(signature), Some(peer)) if !peer.proven => {
                let signature = signature.as_slice().try_into();
                let signature = signature.map_err(|_| Error::NotAllowed)?;
                let signed = transcript(&peer.hello, &self.hello);
                if !verify_strict(&peer.device, &signed, signature) {
                    return Err(Error::NotAllowed);
                }
                peer.proven = true;
                let device = peer.device;
                self.tell_logs(vault, &device)
            }
            (message, Some(peer)) if peer.proven => {
                let device = peer.device;
                self.proceed(vault, &device, message)
            }
            _ => Err(Error::Damaged),
        }
    }

    /// Says which circles both are or were in, and how far their access logs are known.
    fn tell_logs(&mut self, vault: &Vault, device: &[u8; 32]) -> Result<()> {
        self.circles = self.common(vault, device)?;
        self.givens_to_come += 1;
        let mut logs = Vec::new();
        for circle in self.circles.values() {
            let heads = vault.access(circle)?.roster.heads.clone();
            logs.push((circle.id.clone(), heads));
        }
        self.say(Message::Logs(logs));
        Ok(())
    }

    /// The circles both are or were in, but for those that are left out of this meeting.
    fn common(&self, vault: &Vault, device: &[u8; 32]) -> Result<BTreeMap<Id, Circle>> {
        let mut circles = common(vault, device)?;
        circles.retain(|id, _| !self.left_out.contains(id));
        Ok(circles)
    }

    /// Says of each circle at once who is in, as far as known, and what this device has: between devices that met
    /// before, access logs are mostly the same.
    fn tell_all(&mut self, vault: &Vault, device: &[u8; 32]) -> Result<()> {
        self.givens_to_come += 1;
        let (mut all, mut said) = (Vec::new(), BTreeMap::new());
        for (id, have) in self.have(vault, device, &self.settled)? {
            let heads = match self.circles.get(&id) {
                Some(circle) => vault.access(circle)?.roster.heads.clone(),
                None => Vec::new(),
            };
            said.insert(id.clone(), heads.clone());
            all.push((id, heads, have));
        }
        self.said = Some(said);
        self.say(Message::Meets(all));
        Ok(())
    }

    /// Takes in the same of the other. Where all access logs are the same, it is given what it lacks; else logs first.
    fn told_all(
        &mut self,
        vault: &mut Vault,
        device: &[u8; 32],
        theirs: Vec<(Id, Vec<Hash>, Have)>,
    ) -> Result<()> {
        let mine = self.said.take().ok_or(Error::Damaged)?;
        let (mut logs, mut have) = (BTreeMap::new(), Vec::new());
        for (id, mut heads, of_it) in theirs {
            heads.sort_unstable();
            logs.insert(id.clone(), heads);
            have.push((id, of_it));
        }
        if logs != mine {
            return self.tell_operations(vault, device, &logs);
        }
        let offer = self.courier.offer().map(Out::Said);
        self.outgoing.extend(offer);
        self.give(vault, device, have)
    }

    /// Tells the operations that the other lacks, by the heads it named of the access logs it knows.
    fn tell_operations(
        &mut self,
        vault: &Vault,
        device: &[u8; 32],
        theirs: &BTreeMap<Id, Vec<Hash>>,
    ) -> Result<()> {
        let mut messages = Vec::new();
        // The other side may not know yet that it met a member: what it lacks is told all the same.
        let settled = &self.settled;
        let left = self.circles.values();
        for circle in left.filter(|circle| !settled.contains(&circle.id)) {
            let heads = theirs.get(&circle.id).map_or(&[][..], Vec::as_slice);
            let operations = vault.operations_lacking(circle, device, heads)?;
            messages.extend(in_pieces(&circle.id, operations));
        }
        // What was erased here is not common any more; that it was is told.
        for id in theirs.keys() {
            let tombstone = vault.tombstone(id)?;
            messages.extend(tombstone.map(|bytes| Message::Operations(id.clone(), vec![bytes])));
        }
        messages.extend(self.courier.offer());
        messages.push(Message::Known);
        self.heads.clone_from(theirs);
        self.outgoing.extend(messages.into_iter().map(Out::Said));
        Ok(())
    }

    /// Tells the access logs of circles that turned out to be common by what the other told: else who came in by a code
    /// would not hear in this meeting that somebody else had used it before.
    fn tell_found(
        &mut self,
        vault: &Vault,
        device: &[u8; 32],
        before: &BTreeMap<Id, Circle>,
    ) -> Result<()> {
        let mut messages = Vec::new();
        for (id, circle) in &self.circles {
            if let (false, Some(heads)) = (before.contains_key(id), self.heads.get(id)) {
                let operations = vault.operations_lacking(circle, device, heads)?;
                messages.extend(in_pieces(id, operations));
            }
        }
        self.outgoing.extend(messages.into_iter().map(Out::Said));
        Ok(())
    }

    /// Gives the other what it lacks, by what it has.
    fn give(
        &mut self,
        vault: &mut Vault,
        device: &[u8; 32],
        theirs: Vec<(Id, Have)>,
    ) -> Result<()> {
        let shared = self.shared(theirs);
        // Looked at in all of them first: a home that was put back takes back what it signed in every circle.
        for (circle, have) in &shared {
            vault.heal_if_put_back((circle, device), &self.before, have, self.fresh[0])?;
        }
        let (mut gifts, mut snapshots) = (Vec::new(), Vec::new());
        for (circle, have) in shared {
            if vault.is_over_for(&circle, device, self.acting)? {
                continue;
            }
            let mut of_it = vault.segments_lacking(&circle, device, &have)?;
            let offers = &mut self.offers;
            snapshots.extend(offers.give(vault, &circle, device, &have, &mut of_it)?);
            gifts.extend(of_it);
        }
        if !(gifts.is_empty() && snapshots.is_empty()) {
            vault.note_given(device)?;
        }
        vault.raise(&mut self.before, &gifts);
        self.say_gifts(gifts, snapshots);
        Ok(())
    }

    fn say_gifts(&mut self, gifts: Vec<Gift>, snapshots: Vec<Message>) {
        self.progress.given.1 += gifts.len() as u64;
        self.say(Message::Giving(gifts.len() as u64));
        self.outgoing.extend(snapshots.into_iter().map(Out::Said));
        self.outgoing.extend(gifts.into_iter().map(Out::Gift));
        self.say(Message::Given);
    }

    /// Once the other has given all: says what this device has now, and asks for files.
    fn end_if_all_given(&mut self, vault: &mut Vault, device: &[u8; 32]) -> Result<()> {
        if self.givens_to_come > 0 || !matches!(self.greeting, Greeting::None) {
            return Ok(());
        }
        vault.write_again(self.fresh[1])?;
        let have = self.have(vault, device, &BTreeSet::new())?;
        self.say_ahead(Message::Receipt(have));
        // What was just taken in may have announced files.
        let mut open = self.circles.clone();
        for (id, circle) in &self.circles {
            if vault.has_ended(circle, self.acting)? {
                open.remove(id);
            }
        }
        let asks = self.files.begin(vault, &open, device)?;
        self.say_ahead(asks);
        Ok(())
    }

    fn proceed(&mut self, vault: &mut Vault, device: &[u8; 32], message: Message) -> Result<()> {
        let Some(message) = self.greeted(vault, device, message)? else {
            return Ok(());
        };
        match message {
            Message::Logs(theirs) => {
                self.tell_operations(vault, device, &theirs.into_iter().collect())?;
            }
            Message::Meets(theirs) => self.told_all(vault, device, theirs)?,
            Message::Operations(id, operations) => {
                // Whoever hands them over: each is signed, and none counts without its author's right.
                let kept = vault.circles()?.into_iter().find(|circle| circle.id == id);
                match kept {
                    Some(circle) => {
                        vault.take_operations(&circle, &operations, self.acting)?;
                    }
                    // Kept until all of it is told, and not without end: anybody may tell.
                    None => {
                        let told = self.told.values().flatten().map(Vec::len);
                        if told.sum::<usize>() < TOLD_CAP || vault.may_tell(device)? {
                            self.told.entry(id).or_default().extend(operations);
                        }
                    }
                }
            }
            Message::Known => {
                for (id, operations) in std::mem::take(&mut self.told) {
                    match vault.enter_told(device, &id, &operations, self.acting) {
                        // Told of a circle that this device is not let into: nothing to enter.
                        Ok(_) | Err(Error::NotAllowed) => {}
                        Err(error) => return Err(error),
                    }
                }
                let before = std::mem::take(&mut self.circles);
                self.circles = self.common(vault, device)?;
                self.tell_found(vault, device, &before)?;
                let have = self.have(vault, device, &self.settled)?;
                self.say(Message::Have(have));
            }
            Message::Have(theirs) => self.give(vault, device, theirs)?,
            Message::Giving(count) => self.announces(count),
            Message::Segment(id, bytes) => {
                self.is_announced()?;
                if let Some(circle) = self.circles.get(&id) {
                    let circle = circle.clone();
                    self.take(vault, &circle, &bytes)?;
                }
            }
            Message::Snapshot(id, bytes) => {
                if let Some(circle) = self.circles.get(&id) {
                    let taken = vault.take_snapshot(circle, &bytes, self.acting)?;
                    self.progress.aside += u64::from(!taken.counts());
                }
            }
            Message::Given => {
                self.count_aside(vault)?;
                let left = self.givens_to_come.checked_sub(1);
                self.givens_to_come = left.ok_or(Error::Damaged)?;
                self.end_if_all_given(vault, device)?;
            }
            Message::Receipt(theirs) => {
                let shared = self.shared(theirs);
                let all = shared.iter().map(|(circle, have)| (circle, have));
                vault.all_acknowledged(all, device, self.acting)?;
                for (circle, have) in &shared {
                    self.offers.received(vault, circle, device, have)?;
                }
                vault.has_answered(device)?;
                self.receipt_got = true;
            }
            Message::Files(said) => {
                let circles = &self.circles;
                let answer = self.files.receive(vault, circles, device, said)?;
                if let Some(answer) = answer {
                    self.say_ahead(answer);
                }
            }
            Message::Courier(said) => {
                let entropy = self.offers.for_carried();
                self.courier
                    .receive(vault, device, said, self.acting, entropy)?;
            }
            Message::Hello(..)
            | Message::Proof(_)
            | Message::Alike(..)
            | Message::Told(_)
            | Message::Answer(_)
            | Message::Each(_) => return Err(Error::Damaged),
        }
        Ok(())
    }

    /// What this device has of all circles of the meeting but these.
    fn have(
        &self,
        vault: &Vault,
        device: &[u8; 32],
        but: &BTreeSet<Id>,
    ) -> Result<Vec<(Id, Have)>> {
        let circles = self.circles.values();
        let circles = circles.filter(|circle| !but.contains(&circle.id));
        circles
            .map(|circle| {
                let mut have = vault.have(circle, device)?;
                vault.as_before(circle, &self.before, &mut have);
                Ok((circle.id.clone(), have))
            })
            .collect()
    }

    fn shared(&self, theirs: Vec<(Id, Have)>) -> Vec<(Circle, Have)> {
        theirs
            .into_iter()
            .filter_map(|(id, have)| Some((self.circles.get(&id)?.clone(), have)))
            .collect()
    }

    /// Whether both sides have given all and have each other's receipt.
    pub fn is_done(&self) -> bool {
        if let Greeting::Alike { hears } = self.greeting {
            return self.outgoing.is_empty() && !hears;
        }
        self.receipt_sent && self.receipt_got && self.files.is_done() && self.courier.is_done()
    }

    /// How much has passed.
    pub fn progress(&self) -> Progress {
        Progress {
            files_given: self.files.given,
            files_taken: self.files.taken,
            carriage: self.courier.came_of_it(),
            ..self.progress
        }
    }

    /// The device on the other side, once it has shown that its key is its own.
    pub fn peer(&self) -> Option<[u8; 32]> {
        let proven = self.peer.as_ref().filter(|peer| peer.proven);
        proven.map(|peer| peer.device)
    }
}

/// What a proof signs: the prover's hello first, so a proof sent back proves nothing.
fn transcript(prover: &[u8], other: &[u8]) -> Vec<u8> {
    digest(&[SIGNED_AS, prover, other]).to_vec()
}

/// Operations in messages that stay well under the cap.
fn in_pieces(circle: &Id, operations: Vec<Vec<u8>>) -> Vec<Message> {
    const PIECE: usize = 200 * 1024;
    let (mut pieces, mut piece, mut size) = (Vec::new(), Vec::new(), 0);
    for operation in operations {
        if size + operation.len() > PIECE && !piece.is_empty() {
            pieces.push(Message::Operations(
                circle.clone(),
                std::mem::take(&mut piece),
            ));
            size = 0;
        }
        size += operation.len();
        piece.push(operation);
    }
    if !piece.is_empty() {
        pieces.push(Message::Operations(circle.clone(), piece));
    }
    pieces
}
