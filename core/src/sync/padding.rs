//! Padding of sealed content, so that its length tells little.
//!
//! Source: Padmé (Nikitin and others, "Reducing Metadata Leakage from Encrypted Files and Communication with
//! PURBs", 2019): at most 12 % more, and only O(log log n) bits of the length are told.

/// The padded length of a content of this many bytes.
pub fn padded(length: usize) -> usize {
    if length < 2 {
        return length;
    }
    let exponent = length.ilog2();
    let bits = exponent.ilog2() + 1;
    let mask = (1usize << exponent.saturating_sub(bits)) - 1;
    length.saturating_add(mask) & !mask
}

/// Fills content up with zeros to its padded length.
pub fn fill(content: &mut Vec<u8>) {
    content.resize(padded(content.len()), 0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_fall_into_few_classes_and_grow_little() {
        assert_eq!([1, 8, 9, 100, 1000].map(padded), [1, 8, 10, 104, 1024]);
        let mut classes = std::collections::BTreeSet::new();
        for length in 1..100_000usize {
            let padded = padded(length);
            assert!(padded >= length && padded <= length + length / 8 + 1);
            classes.insert(padded);
        }
        assert!(classes.len() < 200, "{} classes", classes.len());
    }
}
