//! A recovery code lets one device in, once. Its key signs nothing else, so whoever has an old backup can use it again as if
//! nobody had: both uses are made apart, and no clock says which came first. But those who knew the code as it was have
//! said what they built on, and that nobody who comes with an old paper can say for them.
//! Source: `SPEC.md`, A code is used once; docs/adr/0049.

use super::access_log::{AccessLog, Past};
use super::operation::{Act, Operation};
use super::standing::{self, Standing};

/// Whether an operation is one by which a recovery code lets a device in.
pub(super) fn is_use(standing: &Standing, operation: &Operation) -> bool {
    matches!(operation.act, Act::AddDevice { .. }) && standing.is_code(&operation.author)
}

/// Whether an operation says no more than that its author knew of a device that a code let in, or of another addition. It
/// speaks between uses of one code and against no removal: else a code that its owner had ended would let in for good
/// whoever met somebody first that had not heard.
pub(super) fn only_knows(log: &AccessLog, operation: &Operation) -> bool {
    match &operation.act {
        Act::Had { removal, .. } => log.get(removal).is_some_and(|of| of.act.seen().is_none()),
        _ => false,
    }
}

/// Whether an operation takes a code out on a device that this code itself had let in: what that means for other uses
/// of the code is for the uses to settle.
pub(super) fn by_its_own(log: &AccessLog, standing: &Standing, removal: &Operation) -> bool {
    let Act::RemoveDevice { device: code, .. } = &removal.act else {
        return false;
    };
    let members = standing.members.values();
    let mut devices = members.flat_map(|member| &member.devices);
    let author = devices.find(|device| device.public.sign == removal.author);
    let let_in = author.and_then(|author| log.get(&author.added));
    let_in.is_some_and(|let_in| let_in.author == *code)
}

/// The uses of codes that were used more than once apart, each with the code's key: first the one whose device knew more of
/// what others had said, then the lower name. What only such uses made possible is not counted, or whoever has an
/// old code could write as much as it takes.
pub(super) fn twice(
    log: &AccessLog,
    all: &Past,
    counted: &Past,
    standing: &Standing,
    suspended: &Past,
) -> Vec<(usize, [u8; 32])> {
    let uses = counted.ones().filter(|at| is_use(standing, log.at(*at)));
    let uses: Vec<usize> = uses.collect();
    let apart = |one: &usize| {
        let mut others = uses.iter();
        others.any(|other| {
            log.at(*one).author == log.at(*other).author && standing::is_apart(log, *one, *other)
        })
    };
    let twice: Vec<usize> = uses.iter().copied().filter(apart).collect();
    if twice.is_empty() {
        return Vec::new();
    }
    let mut doubtful = suspended.clone();
    doubtful.extend(twice.iter().copied());
    let firm = standing::count(log, all, &doubtful);
    let knew = |place: usize| log.past(place).intersection(&firm).count();
    let mut ranked: Vec<(usize, [u8; 32])> = twice
        .into_iter()
        .map(|place| (place, log.at(place).author))
        .collect();
    ranked.sort_by_key(|(place, _)| (std::cmp::Reverse(knew(*place)), log.at(*place).hash));
    ranked
}
