//! Invented words, notes made of them, and numbers by chance.

/// A note: none two times in five, else 5 to 120 characters. The mean of many is about 36 bytes.
pub(super) fn note(words: &Words, chance: &mut Chance) -> String {
    let length = if chance.below(5) < 2 {
        0
    } else {
        5 + chance.below(116) as usize
    };
    words.text(chance, length)
}

/// Numbers by chance, the same from the same seed (SplitMix64).
pub(super) struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// Invented words, the first of them used far more often than the last, as in any language.
pub(super) struct Words(Vec<String>);

impl Words {
    pub fn new() -> Words {
        let mut chance = Chance::new(7);
        let begins = [
            "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "w",
            "th", "",
        ];
        let middles = ["a", "e", "i", "o", "u", "ea", "oo", "ai", "y"];
        let ends = ["", "", "n", "r", "s", "t", "l", "k", "m", "ng", "nd"];
        let mut pick = |of: &[&'static str]| of[chance.below(of.len() as u64) as usize];
        let mut words = Vec::new();
        for n in 0..2000 {
            let syllables = if n < 100 { 1 } else { 1 + n % 3 };
            let word: Vec<&str> = (0..syllables)
                .flat_map(|_| [pick(&begins), pick(&middles), pick(&ends)])
                .collect();
            words.push(word.concat());
        }
        Words(words)
    }

    pub fn text(&self, chance: &mut Chance, length: usize) -> String {
        let mut text = String::new();
        while text.len() < length {
            if !text.is_empty() {
                text.push(' ');
            }
            let unit = (chance.next() >> 11) as f64 / (1u64 << 53) as f64;
            let at = (self.0.len() as f64).powf(unit) as usize - 1;
            text.push_str(&self.0[at.min(self.0.len() - 1)]);
        }
        text.truncate(length);
        text.trim_end().to_owned()
    }
}
