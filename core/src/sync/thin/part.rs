//! Parts in a byte: a segment's group says which kind, so only the year is told.

use super::read::Left;
use super::words::Piece;
use crate::record::part::{Group, Part};
use crate::sync::walker::Refusal;

/// Any other name, as text.
const NAMED: u64 = 0;
/// The part of the group that has no year.
const PLAIN: u64 = 1;
/// From here on: the part of the year 2000, 2001, …
const OF_YEAR: u64 = 2;

/// Bytes of a part's name at most.
const LONGEST: usize = 64;

fn plain(group: Group) -> Option<Part> {
    match group {
        Group::Members => Some(Part::circle()),
        Group::About => Some(Part::about()),
        Group::Team => Some(Part::team()),
        Group::Goals | Group::Log => None,
    }
}

fn of_year(group: Group, year: i32) -> Option<Part> {
    match group {
        Group::Goals => Some(Part::goals(year)),
        Group::Log => Some(Part::log(year)),
        Group::Members | Group::About | Group::Team => None,
    }
}

pub(super) fn put(piece: &mut Piece, group: Group, part: &Part) -> Option<()> {
    if plain(group).as_ref() == Some(part) {
        piece.number(PLAIN);
        return Some(());
    }
    let year = part.as_str().rsplit('-').next()?.parse().ok();
    let year = year.filter(|year| (2000..3000).contains(year));
    match year.filter(|year| of_year(group, *year).as_ref() == Some(part)) {
        Some(year) => piece.number(OF_YEAR + (year - 2000) as u64),
        None if part.as_str().len() <= LONGEST => {
            piece.number(NAMED);
            piece.text(part.as_str().as_bytes());
        }
        None => return None,
    }
    Some(())
}

pub(super) fn take(left: &mut Left, group: Group) -> Result<Part, Refusal> {
    match left.shape.unsigned()? {
        NAMED => Ok(Part::read(left.text(LONGEST)?)),
        PLAIN => plain(group).ok_or(Refusal::Unknown),
        year => i32::try_from(year - OF_YEAR)
            .ok()
            .filter(|year| *year < 1000)
            .and_then(|year| of_year(group, 2000 + year))
            .ok_or(Refusal::Unknown),
    }
}
