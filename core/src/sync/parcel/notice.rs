//! A notice: operations of the access log for whoever holds the key that every member has.
//!
//! A device that just came in is not known yet to those who do not know who let it in, so they cannot work out where its
//! letters to them lie. They find its notice. Source: `SPEC.md`, Parcels.

use super::tag::Proof;
use crate::circle::epoch::GroupSecret;
use crate::entropy::Entropy;
use crate::error::Result;
use crate::id::{Id, digest};
use crate::record::change::Hash;
use crate::sealing;
use crate::sync::padding;

/// First bytes: the suite of segments, with a form of its own.
const NOTICE: [u8; 2] = [1, 0x83];

/// The proof of the mailbox of notices, for who holds the members' key of an epoch.
pub fn mailbox(circle: &Id, epoch: &Hash, key: &GroupSecret) -> Proof {
    let circle = circle.as_str().as_bytes();
    digest(&[b"notice mailbox/1", circle, epoch, key.bytes()])
}

/// Seals operations under the members' key.
///
/// # Errors
/// Those of the random source.
pub fn write(
    circle: &Id,
    key: &GroupSecret,
    operations: &[Vec<u8>],
    entropy: &dyn Entropy,
) -> Result<Vec<u8>> {
    let mut content = postcard::to_stdvec(operations)?;
    padding::fill(&mut content);
    let sealed = sealing::seal_under(key.bytes(), &bound(circle), &content, entropy)?;
    Ok([NOTICE.as_slice(), &sealed].concat())
}

/// Reads a notice; `None` for anything that is not one of this circle under this key.
pub fn read(circle: &Id, key: &GroupSecret, bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let sealed = bytes.strip_prefix(&NOTICE)?;
    let content = sealing::open_under(key.bytes(), &bound(circle), sealed)?;
    let (operations, filling) = postcard::take_from_bytes::<Vec<Vec<u8>>>(&content).ok()?;
    filling.iter().all(|byte| *byte == 0).then_some(operations)
}

fn bound(circle: &Id) -> Vec<u8> {
    digest(&[b"notice bound/1", circle.as_str().as_bytes()]).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SeededEntropy;

    #[test]
    fn a_notice_is_read_under_its_key_and_in_its_circle_alone() {
        let entropy = SeededEntropy::new(1);
        let [key, other] = [1, 2].map(|_| GroupSecret::generate(&entropy).unwrap());
        let (circle, another) = (Id::read("circle"), Id::read("another"));
        let operations = vec![vec![1, 2, 3], vec![4]];
        let bytes = write(&circle, &key, &operations, &entropy).unwrap();
        assert_eq!(read(&circle, &key, &bytes), Some(operations));
        assert_eq!(read(&circle, &other, &bytes), None);
        assert_eq!(read(&another, &key, &bytes), None);
        for at in 0..bytes.len() {
            let mut turned = bytes.clone();
            turned[at] ^= 1 << (at % 8);
            assert_eq!(read(&circle, &key, &turned), None);
            assert_eq!(read(&circle, &key, &bytes[..at]), None);
        }
    }
}
