//! Six words that two people read to each other: alike on both screens only if both devices met each other, with
//! nobody between. The same words in every language, so that a Welsh and an English screen can be compared.
//! Source: `SPEC.md`, Six words; `docs/adr/0030`.

use crate::id::digest;

/// How many words are shown.
pub const SPOKEN: usize = 6;

/// How many words there are to choose from: 10 bits a word.
const LISTED: usize = 1024;

/// How often the hash is taken. Who wants a second key with the same words has to do all of it for each try.
const ROUNDS: usize = 65_536;

/// Six words of the list.
pub type SixWords = [&'static str; SPOKEN];

/// The words for what two devices share: a handshake's hash, or the name of a request.
pub fn six_words(shared: &[u8; 32]) -> SixWords {
    let list: Vec<&'static str> = LIST.lines().collect();
    debug_assert_eq!(list.len(), LISTED);
    let mut hash = digest(&[b"six words/1", shared]);
    for _ in 1..ROUNDS {
        hash = digest(&[&hash]);
    }
    let (pairs, _) = hash.as_chunks::<2>();
    let mut words = [""; SPOKEN];
    for (word, pair) in words.iter_mut().zip(pairs) {
        let number = usize::from(u16::from_le_bytes(*pair)) % LISTED;
        *word = list.get(number).copied().unwrap_or_default();
    }
    words
}

const LIST: &str = include_str!("../../words/six.txt");

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_list_has_1024_plain_words_and_none_is_a_slip_of_another() {
        let words: Vec<&str> = LIST.lines().collect();
        assert_eq!(words.len(), LISTED);
        assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), LISTED);
        for word in &words {
            assert!(word.len() >= 3 && word.len() <= 11, "{word}");
            assert!(word.bytes().all(|b| b.is_ascii_lowercase()), "{word}");
            assert!(!words.contains(&format!("{word}s").as_str()), "{word}");
        }
    }

    #[test]
    fn the_written_form_has_not_changed() {
        let words = six_words(&[7; 32]).join(" ");
        assert_eq!(words, "compass garden waterfall gem skylark cucumber");
    }

    #[test]
    fn another_bit_gives_other_words() {
        let mut all = BTreeSet::from([six_words(&[0; 32])]);
        for bit in 0..16 {
            let mut shared = [0; 32];
            shared[bit * 2] = 1 << (bit % 8);
            assert!(all.insert(six_words(&shared)));
        }
    }
}
