//! A log entry as it is stored: one packed, versioned value. Layout in `SPEC.md`.

use super::answer::{Did, Why};
use crate::id::Id;
use crate::record::{Thing, Value};
use chrono::{Duration, NaiveDate, NaiveTime, Timelike};

/// The version this code writes.
pub const VERSION: u8 = 1;

/// What one log entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// The version it was written in. A correction keeps a later one, as `rest` holds that version's fields.
    pub version: u8,
    /// The plan it belongs to.
    pub plan: Id,
    /// The person's local day it is about.
    pub on: NaiveDate,
    /// The local time of day, if one was given.
    pub at: Option<NaiveTime>,
    /// What was answered.
    pub did: Did,
    /// Why not, or why rested.
    pub why: Option<Why>,
    /// How it felt, 0 to 10.
    pub felt: Option<u8>,
    /// How much, in the person's words.
    pub amount: Option<String>,
    /// A note, in the person's words.
    pub note: Option<String>,
    /// What a newer version wrote behind the fields known here; kept as it is.
    pub rest: Vec<u8>,
}

impl Packed {
    /// The stored bytes.
    pub fn pack(&self) -> Vec<u8> {
        let mut bytes = vec![self.version];
        put_text(&mut bytes, self.plan.as_str());
        let days = (self.on - epoch()).num_days();
        put_number(&mut bytes, ((days << 1) ^ (days >> 63)).unsigned_abs());
        let minute = self
            .at
            .map_or(0, |time| u64::from(time.hour() * 60 + time.minute() + 1));
        put_number(&mut bytes, minute);
        bytes.push(did_code(self.did));
        bytes.push(self.why.map_or(0, why_code));
        bytes.push(self.felt.map_or(0, |felt| felt.saturating_add(1)));
        put_text(&mut bytes, self.amount.as_deref().unwrap_or_default());
        put_text(&mut bytes, self.note.as_deref().unwrap_or_default());
        bytes.extend(&self.rest);
        bytes
    }

    /// Reads stored bytes; `None` for anything that is not an entry. A later version is read as far as this
    /// one's fields go: versions only ever append.
    pub fn unpack(bytes: &[u8]) -> Option<Packed> {
        let mut bytes = bytes;
        let version = take(&mut bytes)?;
        if version == 0 {
            return None;
        }
        let plan = Id::read(take_text(&mut bytes)?);
        let zigzag = i64::try_from(take_number(&mut bytes)?).ok()?;
        let on = epoch().checked_add_signed(Duration::try_days((zigzag >> 1) ^ -(zigzag & 1))?)?;
        let minute = u32::try_from(take_number(&mut bytes)?).ok()?;
        let at = minute
            .checked_sub(1)
            .and_then(|minute| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0));
        let did = did_of(take(&mut bytes)?);
        let why = why_of(take(&mut bytes)?);
        let felt = take(&mut bytes)?.checked_sub(1);
        let amount = Some(take_text(&mut bytes)?).filter(|text| !text.is_empty());
        let note = Some(take_text(&mut bytes)?).filter(|text| !text.is_empty());
        Some(Packed {
            version,
            plan,
            on,
            at,
            did,
            why,
            felt,
            amount,
            note,
            rest: bytes.to_vec(),
        })
    }

    /// The stored bytes in hexadecimal digits, where the fields alone do not say all: codes, fields or a version
    /// of a later Cairn. So an export holds those too.
    pub fn hex_if_newer(&self) -> Option<String> {
        let newer = self.version != VERSION
            || !self.rest.is_empty()
            || matches!(self.did, Did::Unknown(_))
            || matches!(self.why, Some(Why::Unknown(_)));
        newer.then(|| {
            self.pack()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect()
        })
    }

    /// Reads what [`Packed::hex_if_newer`] gave.
    pub fn from_hex(digits: &str) -> Option<Packed> {
        let pairs = digits.as_bytes().chunks(2);
        let byte = |pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        Packed::unpack(&pairs.map(byte).collect::<Option<Vec<u8>>>()?)
    }

    /// Reads a value of the record.
    pub fn read(value: &Value) -> Option<Packed> {
        match value {
            Value::Bytes(bytes) => Packed::unpack(bytes),
            _ => None,
        }
    }
}

/// The plan and the latest day an entry was ever said to be about, by which rows are found; `None` for other things.
pub fn place(thing: &Thing) -> Option<(Id, NaiveDate)> {
    if thing.noun != crate::record::Noun::Entry {
        return None;
    }
    let versions: Vec<Packed> = thing
        .field("")?
        .all()
        .iter()
        .filter_map(|a| Packed::read(&a.value))
        .collect();
    // The latest day, so that an entry moved forward is found; one moved back stays findable all the same.
    let day = versions.iter().map(|version| version.on).max()?;
    Some((versions.into_iter().next()?.plan, day))
}

/// Every plan and day under which the row of an entry can lie, as it was known before a version came in.
pub fn places(entry: &Thing) -> Vec<(Id, NaiveDate)> {
    let texts = entry.texts();
    let versions = texts
        .iter()
        .filter_map(|(_, answer)| Packed::read(&answer.value));
    let (plans, days): (Vec<Id>, Vec<NaiveDate>) = versions.map(|v| (v.plan, v.on)).unzip();
    let of_plan = |plan: &Id| {
        days.iter()
            .map(|day| (plan.clone(), *day))
            .collect::<Vec<_>>()
    };
    plans.iter().flat_map(of_plan).collect()
}

pub(crate) fn did_code(did: Did) -> u8 {
    match did {
        Did::Unknown(code) => code,
        Did::Did => 1,
        Did::Part => 2,
        Did::Tried => 3,
        Did::Rested => 4,
        Did::CouldNot => 5,
    }
}

pub(crate) fn did_of(code: u8) -> Did {
    [Did::Did, Did::Part, Did::Tried, Did::Rested, Did::CouldNot]
        .into_iter()
        .find(|did| did_code(*did) == code)
        .unwrap_or(Did::Unknown(code))
}

pub(crate) fn why_code(why: Why) -> u8 {
    match why {
        Why::Unwell => 1,
        Why::Flare => 2,
        Why::Hospital => 3,
        Why::Away => 4,
        Why::Other => 5,
        Why::Unknown(code) => code,
    }
}

pub(crate) fn why_of(code: u8) -> Option<Why> {
    match code {
        0 => None,
        1 => Some(Why::Unwell),
        2 => Some(Why::Flare),
        3 => Some(Why::Hospital),
        4 => Some(Why::Away),
        5 => Some(Why::Other),
        _ => Some(Why::Unknown(code)),
    }
}

fn epoch() -> NaiveDate {
    NaiveDate::default()
}

fn put_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 128 {
        bytes.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put_number(bytes, text.len() as u64);
    bytes.extend(text.as_bytes());
}

fn take(bytes: &mut &[u8]) -> Option<u8> {
    let (first, rest) = bytes.split_first()?;
    *bytes = rest;
    Some(*first)
}

fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..63).step_by(7) {
        let byte = take(bytes)?;
        number |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return Some(number);
        }
    }
    None
}

fn take_text(bytes: &mut &[u8]) -> Option<String> {
    let length = usize::try_from(take_number(bytes)?).ok()?;
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    String::from_utf8(text.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn an_entry() -> Packed {
        Packed {
            version: VERSION,
            plan: Id::read("0123456789ab"),
            on: NaiveDate::from_ymd_opt(2026, 3, 17).unwrap(),
            at: NaiveTime::from_hms_opt(9, 40, 0),
            did: Did::Did,
            why: None,
            felt: Some(0),
            amount: Some("5 minutes".into()),
            note: Some("Windy. Did it.".into()),
            rest: vec![],
        }
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        assert_eq!(Packed::unpack(&an_entry().pack()), Some(an_entry()));
        let before_1970 = Packed {
            on: NaiveDate::from_ymd_opt(1931, 1, 2).unwrap(),
            ..an_entry()
        };
        assert_eq!(Packed::unpack(&before_1970.pack()), Some(before_1970));
    }

    #[test]
    fn bytes_of_a_newer_version_are_kept() {
        let mut bytes = an_entry().pack();
        bytes.extend(b"voice");
        let read = Packed::unpack(&bytes).unwrap();
        assert_eq!(read.rest, b"voice");
        assert_eq!(read.pack(), bytes);
    }

    /// What a later version may write: its number, codes nobody here knows, and fields behind the known ones.
    fn of_a_newer_version() -> Packed {
        Packed {
            version: 3,
            did: Did::Unknown(77),
            why: Some(Why::Unknown(78)),
            rest: b"voice".to_vec(),
            ..an_entry()
        }
    }

    #[test]
    fn codes_and_the_version_of_a_newer_version_are_kept() {
        let bytes = of_a_newer_version().pack();
        let read = Packed::unpack(&bytes).unwrap();
        assert_eq!(read, of_a_newer_version());
        assert_eq!(read.pack(), bytes);
        assert_eq!(read.did.as_str(), "unknown");
        assert_eq!(Packed::from_hex(&read.hex_if_newer().unwrap()), Some(read));
        assert_eq!(an_entry().hex_if_newer(), None);
        for code in 0..=u8::MAX {
            for (did, why) in [(code, 0), (1, code)] {
                let known = Packed {
                    did: did_of(did),
                    why: why_of(why),
                    ..an_entry()
                };
                let read = Packed::unpack(&known.pack()).unwrap();
                let codes = (did_code(read.did), read.why.map_or(0, why_code));
                assert_eq!(codes, (did, why));
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_written_back_byte_for_byte(tail in proptest::collection::vec(any::<u8>(), 0..40), did: u8, why: u8, version in 1u8..) {
            let mut bytes = an_entry().pack();
            bytes[0] = version;
            // Version 1 byte, plan 13, day 3, time 2; then the codes.
            (bytes[19], bytes[20]) = (did, why);
            bytes.extend(tail);
            let read = Packed::unpack(&bytes).expect("an entry");
            prop_assert_eq!(read.pack(), bytes);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = Packed::unpack(&bytes);
        }
    }
}
