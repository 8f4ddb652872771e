//! Parcels: what one device leaves for others in a place that only stores and hands on: a folder, a stick, another
//! person's device, a mailbox.
//!
//! A parcel is opaque bytes under a label. It is a segment as it is, or a [`letter`] from one device to one other.
//! Nothing here knows a file or a vault. Source: `SPEC.md`, Parcels.

pub mod invited;
pub mod letter;
pub mod notice;
pub mod recovering;
pub mod tag;

use super::segment::{self, SEGMENT_CAP};
use crate::error::Result;
use crate::id::{WIDE_LENGTH, base32, unbase32};
use letter::LETTER_CAP;
use serde::{Deserialize, Serialize};
use tag::{Tag, Tags};

/// The most bytes of one parcel.
pub const PARCEL_CAP: usize = if LETTER_CAP > SEGMENT_CAP {
    LETTER_CAP
} else {
    SEGMENT_CAP
};

const BEGINS: &str = "cairn-";

/// What a parcel is found by. It tells nobody whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Label {
    /// The mailbox: only who may open what is in it can work it out.
    pub tag: Tag,
    /// First bytes of the hash of the parcel's bytes.
    pub name: [u8; 16],
}

impl Label {
    /// The label of these bytes in a mailbox.
    pub fn of(tag: Tag, bytes: &[u8]) -> Label {
        Label {
            tag,
            name: short(&segment::name(bytes)),
        }
    }

    /// Whether these are the bytes the label was made for.
    pub fn fits(&self, bytes: &[u8]) -> bool {
        *self == Label::of(self.tag, bytes)
    }

    /// As the name of a file, without an ending: `cairn-TAG-NAME` in base 32.
    pub fn file_stem(&self) -> String {
        let [tag, name] = [&self.tag, &self.name].map(|half| base32(half, WIDE_LENGTH));
        format!("{BEGINS}{tag}-{name}")
    }

    /// The label that a file name without its ending says; `None` for a file that is none of ours.
    pub fn read(stem: &str) -> Option<Label> {
        let (tag, name) = stem.strip_prefix(BEGINS)?.split_once('-')?;
        let half = |text: &str| unbase32(text)?.try_into().ok();
        let label = Label {
            tag: half(tag)?,
            name: half(name)?,
        };
        // One label has one file name, whatever else might read as it.
        (label.file_stem() == stem).then_some(label)
    }
}

/// The first half of a hash.
pub fn short(hash: &[u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&hash[..16]);
    half
}

/// A place that keeps parcels and hands them on, and knows nothing of what is in them.
pub trait Shelf {
    /// The parcels of these mailboxes that lie there, each with its length in bytes.
    ///
    /// # Errors
    /// [`crate::Error::Shelf`] where the place cannot be read.
    fn list(&self, wanted: &Tags) -> Result<Vec<(Label, u64)>>;

    /// The bytes of a parcel; `None` if it is not there any more, or has more than `cap`.
    ///
    /// # Errors
    /// As [`Shelf::list`].
    fn read(&self, label: &Label, cap: usize) -> Result<Option<Vec<u8>>>;

    /// Keeps a parcel durably: when this returns, a power cut does not take it away.
    ///
    /// # Errors
    /// [`crate::Error::Shelf`], [`crate::Error::ShelfFull`]; then nothing of it is to be found under this label.
    fn put(&self, label: &Label, bytes: &[u8]) -> Result<()>;

    /// Lets go of a parcel that nobody needs any more. One that is not there is fine.
    ///
    /// # Errors
    /// [`crate::Error::Shelf`].
    fn remove(&self, label: &Label) -> Result<()>;

    /// Frees the label of something that is not what its label says, without destroying it.
    ///
    /// # Errors
    /// [`crate::Error::Shelf`].
    fn set_aside(&self, label: &Label) -> Result<()>;

    /// The Ed25519 key of the device that keeps it, where one does: what that device can open itself is not left with it.
    fn keeper(&self) -> Option<[u8; 32]> {
        None
    }

    /// Whether it takes a further segment of so many bytes now. What it does not take waits for another time.
    fn has_room(&self, _bytes: u64) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_reads_back_from_its_file_name_and_from_no_other() {
        let label = Label::of([7; 16], b"bytes");
        let stem = label.file_stem();
        assert_eq!(Label::read(&stem), Some(label));
        assert!(label.fits(b"bytes") && !label.fits(b"byte"));
        let one_more = format!("{stem}0");
        let capital = stem.to_uppercase();
        for other in [
            "",
            "cairn-",
            "cairn--",
            "holiday.jpg",
            &one_more,
            &capital,
            &stem[1..],
        ] {
            assert_eq!(Label::read(other), None, "{other}");
        }
    }
}
