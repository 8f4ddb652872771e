//! What two devices say to each other, message by message. Source: `SPEC.md`, Session.

use super::courier;
use super::files::Said;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::change::Hash;
use crate::record::part::Actor;
use crate::store::alike::{Named, SAID};
use serde::{Deserialize, Serialize};

/// The version of the session that this code speaks.
pub const VERSION: u8 = 1;

/// The most bytes of one message: the largest segment or operation and what stands around it.
pub const MESSAGE_CAP: usize = 600 * 1024;

/// How far one stream of segments was taken in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reached {
    /// The word of the share group.
    pub group: String,
    /// The stream.
    pub actor: Actor,
    /// Counter of its newest segment that is kept durably.
    pub counter: u64,
}

impl Reached {
    /// Whether both are of one stream.
    fn is_of(&self, other: &Reached) -> bool {
        (self.actor, &self.group) == (other.actor, &other.group)
    }
}

/// What a device has of one circle, durably.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Have {
    /// Streams, sorted.
    pub streams: Vec<Reached>,
    /// Names of segments that wait with the other side for the person's decision: handed over, counted nowhere.
    pub late: Vec<Hash>,
}

impl Have {
    /// Whether a stream has come at least so far.
    pub fn has(&self, reached: &Reached) -> bool {
        let mut streams = self.streams.iter();
        streams.any(|stream| stream.is_of(reached) && stream.counter >= reached.counter)
    }

    /// How far the stream of this has come: 0 if nothing of it came.
    pub fn counter_in(&self, stream: &Reached) -> u64 {
        let mut streams = self.streams.iter();
        let found = streams.find(|one| one.is_of(stream));
        found.map_or(0, |one| one.counter)
    }

    /// Notes that a stream has come so far.
    pub fn add(&mut self, reached: Reached) {
        match self.streams.iter_mut().find(|one| one.is_of(&reached)) {
            Some(one) => one.counter = one.counter.max(reached.counter),
            None => self.streams.push(reached),
        }
    }
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Message {
    /// Who speaks: version, Ed25519 public key, a random nonce.
    Hello(u8, [u8; 32], [u8; 32]),
    /// Signature over both hellos: the key is the speaker's, and speaks here and now.
    Proof(Vec<u8>),
    /// The circles that, as far as the speaker knows, both are or were in, and the heads of their access logs.
    Logs(Vec<(Id, Vec<Hash>)>),
    /// Operations of a circle's access log, parents first.
    Operations(Id, Vec<Vec<u8>>),
    /// Those were all: now both know who is in.
    Known,
    /// What the speaker has of each circle both are in.
    Have(Vec<(Id, Have)>),
    /// How many segments will come.
    Giving(u64),
    /// One segment.
    Segment(Id, #[serde(with = "super::raw")] Vec<u8>),
    /// That was all.
    Given,
    /// What the speaker has now, durably: the receipt.
    Receipt(Vec<(Id, Have)>),
    /// All of a share group at once, in place of its segments.
    Snapshot(Id, #[serde(with = "super::raw")] Vec<u8>),
    /// Pieces of attached files, after all text.
    Files(Said),
    /// Sealed parcels that one side carries for others; last of all.
    Courier(courier::Said),
    /// Hash over all that both have, as the speaker sees it, whether it has something to say or to ask beside that, and
    /// bytes drawn for [`Message::Each`], and whether [`Message::Told`] follows. The first message where the link has shown
    /// who is there.
    Alike([u8; SAID], bool, [u8; 8], bool),
    /// Where that is not the same on both sides: the circles of which the speaker has nothing to say beside their hashes.
    /// Those that both name are left out of the meeting.
    Each(Vec<Named>),
    /// Of the circles that are left, as far as the speaker knows: the heads of their access logs, and what it has.
    Meets(Vec<(Id, Vec<Hash>, Have)>),
    /// Behind the hash: records of which the speaker has news for the other, which follow unasked.
    Told(Told),
    /// What came of that, once all of it is here.
    Answer(Answer),
}

/// Records of which a device gives unasked what the other lacks by its own last word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Their circles, the heads of the access logs, and what the speaker has, as before this meeting.
    pub circles: Vec<(Id, Vec<Hash>, Have)>,
    /// The hash over all other circles both are or were in.
    pub rest: [u8; SAID],
    /// Whether the speaker has something to say or to ask beside that.
    pub asks: bool,
}

/// What came of [`Told`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Circles of which nothing was taken in: access logs differ, or one of the two has less than it once had.
    pub refused: Vec<Id>,
    /// Circles of which not all could be taken in, or more is missing.
    pub lacking: Vec<Id>,
    /// The hash over all circles of which neither told.
    pub rest: [u8; SAID],
    /// Whether the speaker has something to say or to ask beside that.
    pub asks: bool,
}

impl Message {
    /// As bytes.
    ///
    /// # Errors
    /// Those of encoding.
    pub fn write(&self) -> Result<Vec<u8>> {
        Ok(postcard::to_stdvec(self)?)
    }

    /// From bytes.
    ///
    /// # Errors
    /// [`Error::Damaged`] for bytes that are no message, or over the cap.
    pub fn read(bytes: &[u8]) -> Result<Message> {
        if bytes.len() > MESSAGE_CAP {
            return Err(Error::Damaged);
        }
        postcard::from_bytes(bytes).map_err(|_| Error::Damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_lies_in_its_message_as_any_list_of_bytes() {
        let bytes = vec![7; 300];
        let written = Message::Segment(Id::read("circle"), bytes.clone()).write();
        let plain = postcard::to_stdvec(&(7u8, Id::read("circle"), &bytes)).unwrap();
        assert_eq!(written, Ok(plain.clone()));
        let read = Message::Segment(Id::read("circle"), bytes);
        assert_eq!(Message::read(&plain), Ok(read));
        for cut in 0..plain.len() {
            assert_eq!(Message::read(&plain[..cut]), Err(Error::Damaged));
        }
    }
}
