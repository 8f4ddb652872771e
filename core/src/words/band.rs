//! The bands of every 0 to 10 scale: the one table behind the scale's cells, the sentence, the chart and the gate's words.

/// A part of the 0 to 10 scale that has its own words, so that a number never stands alone.
///
/// A person may answer with the words only; then the band is what is kept, and no number is made up for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// 0: not at all.
    NotAtAll,
    /// 1 to 3: a bit.
    ABit,
    /// 4 to 6: fairly.
    Fairly,
    /// 7 to 10: very. It begins at 7 so that the rule of 7 falls on a word.
    Very,
}

/// Band, lowest number, highest number, and the word the record keeps.
const TABLE: [(Band, i64, i64, &str); 4] = [
    (Band::NotAtAll, 0, 0, "not_at_all"),
    (Band::ABit, 1, 3, "a_bit"),
    (Band::Fairly, 4, 6, "fairly"),
    (Band::Very, 7, 10, "very"),
];

/// The band of a number from 0 to 10; none for any other number.
pub fn band_of(value: i64) -> Option<Band> {
    TABLE
        .iter()
        .find(|(_, low, high, _)| (*low..=*high).contains(&value))
        .map(|row| row.0)
}

impl Band {
    /// All bands, lowest first.
    pub const ALL: [Band; 4] = [Band::NotAtAll, Band::ABit, Band::Fairly, Band::Very];

    /// Reads the word of the record or of the command line; hyphen and underscore, upper and lower case are alike.
    pub fn parse(word: &str) -> Option<Band> {
        let word = word.trim().to_lowercase().replace('-', "_");
        TABLE
            .iter()
            .find(|row| row.3 == word)
            .map(|(band, ..)| *band)
    }

    /// The word as the record keeps it, with underscores.
    pub fn as_str(self) -> &'static str {
        self.row().3
    }

    /// The lowest and the highest number of this band.
    pub fn bounds(self) -> (i64, i64) {
        let (_, low, high, _) = self.row();
        (low, high)
    }

    fn row(self) -> (Band, i64, i64, &'static str) {
        // The table has the order of the variants; a test holds it to that.
        TABLE[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_from_0_to_10_is_in_one_band_and_no_other_number_is() {
        let letters: String = (0..=10)
            .map(|value| match band_of(value) {
                Some(Band::NotAtAll) => 'n',
                Some(Band::ABit) => 'b',
                Some(Band::Fairly) => 'f',
                Some(Band::Very) => 'v',
                None => '-',
            })
            .collect();
        assert_eq!(letters, "nbbbfffvvvv");
        for outside in [i64::MIN, -1, 11, i64::MAX] {
            assert_eq!(band_of(outside), None);
        }
    }

    #[test]
    fn the_table_has_the_order_of_the_variants() {
        for band in Band::ALL {
            assert_eq!(band.row().0, band);
            assert_eq!(band_of(band.bounds().0), Some(band));
            assert_eq!(band_of(band.bounds().1), Some(band));
        }
    }

    #[test]
    fn a_word_reads_alike_with_hyphen_or_underscore_and_comes_back_with_underscores() {
        assert_eq!(Band::parse("not-at-all"), Some(Band::NotAtAll));
        assert_eq!(Band::parse("not_at_all"), Some(Band::NotAtAll));
        assert_eq!(Band::parse("A-Bit"), Some(Band::ABit));
        assert_eq!(Band::parse("extremely"), None);
        for band in Band::ALL {
            assert_eq!(Band::parse(band.as_str()), Some(band));
        }
    }
}
