//! What both sides keep in mind from one change of a segment to the next.

use super::ids::Recent;
use super::{Ground, Last, NAMED_CAP, Named, Stream, Stuck};
use crate::record::part::{Actor, Part};
use crate::sync::walker::Refusal;
use std::collections::BTreeMap;

/// How far describing or rebuilding is.
#[derive(Clone)]
pub(super) struct Course<'a> {
    pub(super) stream: Stream<'a>,
    ground: &'a dyn Ground,
    last: BTreeMap<Part, Option<Last>>,
    /// The stream's own actor, then those of the changes it stands on, as they are named.
    pub(super) actors: Vec<Actor>,
    pub(super) recent: Recent,
    /// When the change before was made.
    pub(super) at: Option<i64>,
    /// The part of the item before.
    pub(super) part: Option<Part>,
    named: u64,
}

impl<'a> Course<'a> {
    pub(super) fn new(stream: Stream<'a>, ground: &'a dyn Ground) -> Course<'a> {
        Course {
            stream,
            ground,
            last: BTreeMap::new(),
            actors: vec![stream.actor],
            recent: Recent::default(),
            at: None,
            part: None,
            named: 0,
        }
    }

    /// The actor's change before in a part.
    pub(super) fn last(&mut self, part: &Part) -> Result<Option<&Last>, Stuck> {
        if !self.last.contains_key(part) {
            let last = self.ground.last(part)?;
            self.last.insert(part.clone(), last);
        }
        Ok(self.last.get(part).and_then(Option::as_ref))
    }

    /// Goes on behind a change of the stream's actor.
    pub(super) fn took(&mut self, part: &Part, last: Last) {
        self.at = Some(last.at);
        self.last.insert(part.clone(), Some(last));
    }

    /// The change that is meant by a hint; its author can be named by number from now on.
    pub(super) fn named(&mut self, part: &Part, hint: &[u8; super::HINT]) -> Result<Named, Stuck> {
        self.named += 1;
        if self.named > NAMED_CAP {
            return Err(Refusal::Dependencies.into());
        }
        let found = self.ground.named(part, self.stream.nonce, hint)?;
        let found = found.ok_or(Stuck::StandsOn)?;
        self.know(found.actor);
        Ok(found)
    }

    /// The number of an actor, if it has one.
    pub(super) fn number_of(&self, actor: Actor) -> Option<usize> {
        self.actors.iter().position(|known| *known == actor)
    }

    /// Gives an actor a number.
    pub(super) fn know(&mut self, actor: Actor) {
        if !self.actors.contains(&actor) {
            self.actors.push(actor);
        }
    }

    /// What the time of a change is counted from.
    pub(super) fn time_before(&mut self, part: &Part) -> Result<i64, Stuck> {
        let last = self.last(part)?.map_or(0, |last| last.at);
        Ok(self.at.unwrap_or(last))
    }
}
