//! Parcels that somebody with the right secrets sealed around anything: letters, notices, requests and answers; and labels
//! that are no file names of ours. First byte: which.
#![no_main]

use cairn_core::circle::epoch::GroupSecret;
use cairn_core::circle::invitation::Invitation;
use cairn_core::circle::Groups;
use cairn_core::entropy::SeededEntropy;
use cairn_core::id::{Id, digest};
use cairn_core::sealing::{seal_to, seal_under};
use cairn_core::store::identity::DeviceKeys;
use cairn_core::sync::parcel::{Label, invited, letter, notice};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

fn devices() -> &'static [DeviceKeys; 2] {
    static KEYS: OnceLock<[DeviceKeys; 2]> = OnceLock::new();
    KEYS.get_or_init(|| {
        let entropy = SeededEntropy::new(7);
        [0, 1].map(|_| DeviceKeys::generate(&entropy).expect("a seeded source"))
    })
}

fuzz_target!(|bytes: &[u8]| {
    let [which, content @ ..] = bytes else { return };
    let ([from, to], circle) = (devices(), Id::read("circle"));
    let entropy = SeededEntropy::new(1);
    let (sender, receiver) = (from.public().sign, to.public());
    match which % 5 {
        0 => {
            // What is signed is whatever stands there.
            let of = circle.as_str().as_bytes();
            let said = digest(&[of, &sender, &receiver.sign, content]);
            let signature = from.sign(&[b"cairn letter/1".as_slice(), &said].concat());
            let whole = postcard::to_stdvec(&(content, &signature[..])).expect("short");
            let bound = digest(&[b"letter bound/1", of, &sender, &receiver.sign]);
            let sealed = seal_to(&receiver.seal, b"cairn letter/1", &bound, &whole, &entropy);
            let letter = [&[1, 0x80][..], &sealed.expect("a true key")].concat();
            let _ = letter::read(to, &circle, &sender, &letter);
        }
        1 => {
            let key = GroupSecret::from_bytes(&[7; 32]).expect("32 bytes");
            let bound = digest(&[b"notice bound/1", circle.as_str().as_bytes()]);
            let sealed = seal_under(key.bytes(), &bound, content, &entropy).expect("short");
            let _ = notice::read(&circle, &key, &[&[1, 0x83][..], &sealed].concat());
        }
        2 => {
            let key = digest(&[b"request key/1", &[7; 32]]);
            let sealed = seal_under(&key, &[1, 0x81], content, &entropy).expect("short");
            let request = [&[1, 0x81][..], &sealed].concat();
            if let Some(request) = invited::read_request(&[7; 32], &request) {
                let _ = (request.hash(), request.words(), request.is_rightful(&[7; 32]));
            }
        }
        3 => {
            let groups = Groups::EVERYTHING;
            let invitation = Invitation::new(&circle, &sender, "nurse", groups, 9, &entropy);
            let request = invitation.expect("short").ask(receiver, "A name", None);
            let request = request.expect("short");
            let hash = request.hash();
            let sealed = seal_to(&receiver.seal, b"cairn answer/1", &hash, content, &entropy);
            let answer = [&[1, 0x82][..], &sealed.expect("a true key")].concat();
            let _ = invited::read_answer(to, &request, &answer);
        }
        _ => {
            let stem = String::from_utf8_lossy(content);
            if let Some(label) = Label::read(&stem) {
                assert_eq!(label.file_stem(), stem);
            }
        }
    }
});
