//! A log entry taken apart into its fields.

use super::course::Course;
use super::ids;
use super::read::Left;
use super::words::{Piece, unzigzag};
use crate::id::Id;
use crate::log::packed::{Packed, VERSION, did_code, did_of, why_code, why_of};
use crate::record::part::Part;
use crate::sync::walker::Refusal;
use chrono::{Duration, NaiveDate, NaiveTime, Timelike};

const SAME_PLAN: u8 = 1;
const THIS_DAY: u8 = 2;
const AT: u8 = 4;
const AMOUNT: u8 = 8;
const NOTE: u8 = 16;
/// `did` in the upper three bits.
const DID: u32 = 5;

/// Where an entry stands.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) part: &'a Part,
    /// Counter of the operation.
    pub(super) counter: u64,
    /// The author's local day of the change, in days since 1970.
    pub(super) day: i64,
    /// The plan of the author's entry before in this part.
    pub(super) plan: Option<&'a Id>,
}

/// Describes a packed entry; `None` if it is of a newer version or has another form.
pub(super) fn put(
    course: &mut Course,
    piece: &mut Piece,
    around: Around,
    bytes: &[u8],
) -> Option<Id> {
    let entry = Packed::unpack(bytes)?;
    let (did, why) = (did_code(entry.did), entry.why.map_or(0, why_code));
    let felt = entry.felt.map_or(0, |felt| felt.saturating_add(1));
    let known = entry.version == VERSION && entry.rest.is_empty();
    if !known || !(1..8).contains(&did) || why > 15 || felt > 15 || entry.pack() != bytes {
        return None;
    }
    let day = day_number(entry.on);
    let mut marks = did << DID;
    for (mark, is) in [
        (SAME_PLAN, around.plan == Some(&entry.plan)),
        (THIS_DAY, day == around.day),
        (AT, entry.at.is_some()),
        (AMOUNT, entry.amount.is_some()),
        (NOTE, entry.note.is_some()),
    ] {
        marks |= if is { mark } else { 0 };
    }
    piece.byte(marks);
    piece.byte(felt | why << 4);
    if marks & SAME_PLAN == 0 {
        ids::put(course, piece, around.part, around.counter, &entry.plan)?;
    }
    if marks & THIS_DAY == 0 {
        piece.difference(day, around.day);
    }
    if let Some(at) = entry.at {
        piece.number(u64::from(at.hour() * 60 + at.minute()));
    }
    for text in [&entry.amount, &entry.note].into_iter().flatten() {
        piece.text(text.as_bytes());
    }
    Some(entry.plan)
}

/// Reads what [`put`] wrote: the packed bytes, and the plan.
pub(super) fn take(
    course: &mut Course,
    left: &mut Left,
    around: Around,
) -> Result<(Vec<u8>, Id), Refusal> {
    let marks = left.shape.byte()?;
    let codes = left.shape.byte()?;
    let has = |mark| marks & mark != 0;
    let plan = match around.plan {
        Some(plan) if has(SAME_PLAN) => plan.clone(),
        None if has(SAME_PLAN) => return Err(Refusal::Unknown),
        _ => ids::take(course, left, around.part, around.counter)?,
    };
    let mut day = around.day;
    if !has(THIS_DAY) {
        day = day.wrapping_add(unzigzag(left.shape.unsigned()?));
    }
    let at = match has(AT) {
        true => {
            let minute = left.shape.unsigned()?;
            let minute = u32::try_from(minute).map_err(|_| Refusal::Value)?;
            let at = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0);
            Some(at.ok_or(Refusal::Value)?)
        }
        false => None,
    };
    let longest = super::BODY_CAP;
    let mut text = |mark| match has(mark) {
        true => left.text(longest).map(|text| Some(text.to_owned())),
        false => Ok(None),
    };
    let entry = Packed {
        version: VERSION,
        plan,
        on: day_of(day).ok_or(Refusal::Value)?,
        at,
        did: did_of(marks >> DID),
        why: why_of(codes >> 4),
        felt: (codes & 15).checked_sub(1),
        amount: text(AMOUNT)?,
        note: text(NOTE)?,
        rest: Vec::new(),
    };
    Ok((entry.pack(), entry.plan))
}

/// Days since 1970.
pub(super) fn day_number(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days()
}

/// The day so many days after 1 January 1970.
pub(super) fn day_of(number: i64) -> Option<NaiveDate> {
    NaiveDate::default().checked_add_signed(Duration::try_days(number)?)
}
