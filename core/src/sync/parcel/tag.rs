//! Mailbox tags: where parcels lie, worked out from secrets that only their readers share.
//!
//! A tag is the hash of a *proof*, and a proof comes from a secret: for segments the key they are sealed under, for
//! letters what the two devices' X25519 keys agree on. So a tag is found by just those who can open what lies there, a new
//! epoch has new tags by itself, and whoever shows the proof shows a right to the mailbox without showing the secret.

use crate::circle::epoch::GroupSecret;
use crate::id::{Id, digest};
use crate::record::change::Hash;
use crate::record::part::Group;
use crate::store::identity::{DeviceKeys, DevicePublic};
use std::collections::HashSet;
use x25519_dalek::PublicKey;
use zeroize::Zeroizing;

/// The address of a mailbox.
pub type Tag = [u8; 16];

/// Addresses of mailboxes.
pub type Tags = HashSet<Tag>;

/// Shows a right to a mailbox.
pub type Proof = [u8; 32];

/// The address that a proof is good for.
pub fn of(proof: &Proof) -> Tag {
    super::short(&digest(&[b"mailbox/1", proof]))
}

/// The proof of the mailbox of what is sealed under a group's key of an epoch.
pub fn segments(circle: &Id, group: Group, epoch: &Hash, key: &GroupSecret) -> Proof {
    let (circle, group) = (circle.as_str().as_bytes(), group.as_str().as_bytes());
    digest(&[b"segment mailbox/1", circle, group, epoch, key.bytes()])
}

/// What two devices agree on; the same from both sides. `None` for a key of small order, which no device has.
pub fn agreed(own: &DeviceKeys, other: &DevicePublic) -> Option<Zeroizing<[u8; 32]>> {
    let agreed = own
        .seal_secret()
        .diffie_hellman(&PublicKey::from(other.seal));
    agreed
        .was_contributory()
        .then(|| Zeroizing::new(agreed.to_bytes()))
}

/// The proof of the mailbox of letters between two devices in one direction.
pub fn letters(circle: &Id, agreed: &[u8; 32], from: &[u8; 32], to: &[u8; 32]) -> Proof {
    let circle = circle.as_str().as_bytes();
    digest(&[b"letter mailbox/1", circle, agreed, from, to])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SeededEntropy;

    #[test]
    fn two_devices_find_the_same_mailbox_and_a_third_does_not() {
        let [one, two, three] =
            [1, 2, 3].map(|seed| DeviceKeys::generate(&SeededEntropy::new(seed)).unwrap());
        let circle = Id::read("circle");
        let tag = |own: &DeviceKeys, other: &DeviceKeys, from: &DeviceKeys, to: &DeviceKeys| {
            let agreed = agreed(own, &other.public()).unwrap();
            of(&letters(
                &circle,
                &agreed,
                &from.public().sign,
                &to.public().sign,
            ))
        };
        assert_eq!(tag(&one, &two, &one, &two), tag(&two, &one, &one, &two));
        assert_ne!(tag(&one, &two, &one, &two), tag(&one, &two, &two, &one));
        assert_ne!(tag(&one, &two, &one, &two), tag(&three, &two, &one, &two));
        let small = DevicePublic {
            seal: [0; 32],
            ..two.public()
        };
        assert!(agreed(&one, &small).is_none());
    }

    #[test]
    fn another_epoch_has_another_mailbox() {
        let keys = [1, 2].map(|seed| GroupSecret::generate(&SeededEntropy::new(seed)).unwrap());
        let circle = Id::read("circle");
        let tag = |key, epoch| of(&segments(&circle, Group::Log, &[epoch; 32], key));
        assert_ne!(tag(&keys[0], 1), tag(&keys[1], 1));
        assert_ne!(tag(&keys[0], 1), tag(&keys[0], 2));
    }
}
