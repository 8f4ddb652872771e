//! Reading bytes in order: pieces, and numbers in LEB128 as short as they can be.

use super::Refusal;

/// What is left to read.
#[derive(Clone, Copy)]
pub(in crate::sync) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(in crate::sync) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader(bytes)
    }

    pub(in crate::sync) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(in crate::sync) fn rest(&self) -> &'a [u8] {
        self.0
    }

    pub(in crate::sync) fn byte(&mut self) -> Result<u8, Refusal> {
        let (first, rest) = self.0.split_first().ok_or(Refusal::Truncated)?;
        self.0 = rest;
        Ok(*first)
    }

    pub(in crate::sync) fn take(&mut self, length: u64) -> Result<&'a [u8], Refusal> {
        let length = usize::try_from(length).map_err(|_| Refusal::Truncated)?;
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Refusal::Truncated)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(in crate::sync) fn array<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(Refusal::Truncated)?;
        self.0 = rest;
        Ok(*taken)
    }

    /// An unsigned number: 64 bits at most, no byte more than needed.
    pub(in crate::sync) fn unsigned(&mut self) -> Result<u64, Refusal> {
        let mut value = 0u64;
        for shift in (0..70).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            // The tenth byte has room for one bit.
            if shift == 63 && byte > 1 {
                return Err(Refusal::Number);
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                let overlong = shift > 0 && byte == 0;
                return if overlong {
                    Err(Refusal::Number)
                } else {
                    Ok(value)
                };
            }
        }
        Err(Refusal::Number)
    }

    /// A signed number: 64 bits at most, no byte more than needed.
    pub(in crate::sync) fn signed(&mut self) -> Result<i64, Refusal> {
        let mut value = 0i64;
        let mut before = 0u8;
        for shift in (0..70).step_by(7) {
            let byte = self.byte()?;
            // The tenth byte only repeats the sign.
            if shift == 63 && byte != 0 && byte != 0x7f {
                return Err(Refusal::Number);
            }
            value |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let sign_said = before & 0x40 != 0;
                let overlong =
                    shift > 0 && ((byte == 0 && !sign_said) || (byte == 0x7f && sign_said));
                if overlong {
                    return Err(Refusal::Number);
                }
                if shift < 57 && byte & 0x40 != 0 {
                    value |= -1 << (shift + 7);
                }
                return Ok(value);
            }
            before = byte;
        }
        Err(Refusal::Number)
    }

    /// A text: its length, then its bytes.
    pub(in crate::sync) fn text(&mut self, longest: usize) -> Result<&'a str, Refusal> {
        let length = self.unsigned()?;
        if length > longest as u64 {
            return Err(Refusal::TooLong);
        }
        std::str::from_utf8(self.take(length)?).map_err(|_| Refusal::Text)
    }

    pub(in crate::sync) fn finished(&self) -> Result<(), Refusal> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Trailing)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unsigned(bytes: &[u8]) -> Result<u64, Refusal> {
        let mut reader = Reader::new(bytes);
        let value = reader.unsigned()?;
        reader.finished().map(|()| value)
    }

    fn signed(bytes: &[u8]) -> Result<i64, Refusal> {
        let mut reader = Reader::new(bytes);
        let value = reader.signed()?;
        reader.finished().map(|()| value)
    }

    #[test]
    fn the_largest_numbers_fit_and_one_bit_more_does_not() {
        let ones = [0xff; 9];
        assert_eq!(unsigned(&[&ones[..], &[1]].concat()), Ok(u64::MAX));
        assert_eq!(unsigned(&[&ones[..], &[2]].concat()), Err(Refusal::Number));
        assert_eq!(signed(&[&ones[..], &[0]].concat()), Ok(i64::MAX));
        assert_eq!(signed(&[&[0x80; 9][..], &[0x7f]].concat()), Ok(i64::MIN));
        assert_eq!(signed(&[&ones[..], &[1]].concat()), Err(Refusal::Number));
        assert_eq!(unsigned(&[0xff; 12]), Err(Refusal::Number));
        assert_eq!(signed(&[0xff; 12]), Err(Refusal::Number));
    }

    #[test]
    fn a_number_with_a_byte_too_many_is_refused() {
        assert_eq!(unsigned(&[0x81, 0]), Err(Refusal::Number));
        assert_eq!(signed(&[0xbf, 0]), Err(Refusal::Number));
        assert_eq!(signed(&[0x81, 0xff, 0x7f]), Err(Refusal::Number));
        assert_eq!(unsigned(&[0x80]), Err(Refusal::Truncated));
    }

    proptest! {
        #[test]
        fn every_number_comes_back(one in any::<u64>(), other in any::<i64>()) {
            let (mut a, mut b) = (Vec::new(), Vec::new());
            let mut left = one;
            while left > 0x7f {
                a.push(left as u8 | 0x80);
                left >>= 7;
            }
            a.push(left as u8);
            let mut left = other;
            while !(-64..64).contains(&left) {
                b.push(left as u8 | 0x80);
                left >>= 7;
            }
            b.push(left as u8 & 0x7f);
            prop_assert_eq!(unsigned(&a), Ok(one));
            prop_assert_eq!(signed(&b), Ok(other));
        }
    }
}
