//! The beginning of a meeting of two devices that the link has told apart: whether anything is new, and of which records.
//!
//! Who believes to have news for the other, by what that one said last, gives them unasked behind its hash, with the hash
//! of all other records. The usual visit is over when the other has answered. What an answer refuses or lacks, and what
//! the hashes do not settle, goes the long way. Source: `SPEC.md`, Session; docs/adr/0043 and 0046.

use super::{Out, Session};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::change::Hash;
use crate::store::alike::{Alike, Named, SAID};
use crate::store::sync::Gift;
use crate::store::{Circle, Vault};
use crate::sync::message::{Answer, Have, Message, Told};
use crate::sync::segment;
use std::collections::{BTreeMap, BTreeSet};

/// Where the beginning stands.
pub(super) enum Greeting {
    /// There is none, or it is over.
    None,
    /// It goes on.
    Goes(Box<Opening>),
    /// Neither has anything to say to the other; of what the other gave unasked something may still come.
    Alike { hears: bool },
}

/// What was said on either side so far.
pub(super) struct Opening {
    mine: Alike,
    told: BTreeMap<Id, Vec<Gift>>,
    /// The other's hash, whether it asks anything, and what it drew.
    said: Option<([u8; SAID], bool, [u8; 8])>,
    /// Whether the other gives unasked, and has not said that this was all.
    hears: bool,
    theirs: Option<Theirs>,
    answer: Option<Answer>,
    /// Whether what was not told is the same on both sides.
    same: Option<bool>,
    /// What this device named, where it is not.
    named: BTreeMap<Named, Id>,
    heard_each: bool,
    /// Told by either, and to be gone through again.
    open: BTreeSet<Id>,
}

/// What the other gives unasked.
struct Theirs {
    /// By circle; `None` where nothing is taken.
    circles: BTreeMap<Id, Option<Taking>>,
    rest: ([u8; SAID], bool),
    answered: bool,
}

struct Taking {
    circle: Circle,
    have: Have,
    names: Vec<Hash>,
    all_in: bool,
}

/// What came of a step.
enum Step {
    Waits,
    Alike,
    /// All is settled but for these records.
    Over(BTreeSet<Id>),
}

impl Opening {
    fn told_by_either(&self) -> BTreeSet<Id> {
        let theirs = self.theirs.iter().flat_map(|theirs| theirs.circles.keys());
        self.told.keys().chain(theirs).cloned().collect()
    }
}

impl Session {
    /// Says the hash, and gives what the other lacks by its own last word.
    pub(super) fn greet(
        &mut self,
        vault: &mut Vault,
        device: &[u8; 32],
        mut mine: Alike,
    ) -> Result<()> {
        let told = vault.news(&mine, device)?;
        // Whoever carries sealed parcels offers it in the last phase, which a meeting with nothing to say does not have.
        mine.asks |= self.courier.offer().is_some();
        self.say(Message::Alike(
            mine.hash,
            mine.asks,
            self.drawn(),
            !told.is_empty(),
        ));
        if !told.is_empty() {
            vault.note_given(device)?;
            let ids: BTreeSet<Id> = told.keys().cloned().collect();
            let (rest, asks) = mine.rest(&ids);
            let circles = mine.told(&ids);
            let gifts: Vec<Gift> = told.values().flatten().cloned().collect();
            self.say(Message::Told(Told {
                circles,
                rest,
                asks,
            }));
            self.say_gifts(gifts, Vec::new());
            self.givens_to_come += 1;
        }
        self.greeting = Greeting::Goes(Box::new(Opening {
            mine,
            told,
            said: None,
            hears: false,
            theirs: None,
            answer: None,
            same: None,
            named: BTreeMap::new(),
            heard_each: false,
            open: BTreeSet::new(),
        }));
        Ok(())
    }

    /// Takes in a message of the beginning. Gives back what is none.
    pub(super) fn greeted(
        &mut self,
        vault: &mut Vault,
        device: &[u8; 32],
        message: Message,
    ) -> Result<Option<Message>> {
        let mut opening = match &mut self.greeting {
            Greeting::None => {
                let early = matches!(
                    message,
                    Message::Alike(..) | Message::Told(_) | Message::Answer(_) | Message::Each(_)
                );
                return if early {
                    Err(Error::Damaged)
                } else {
                    Ok(Some(message))
                };
            }
            Greeting::Alike { hears: true } => {
                // All of it is here already.
                return match message {
                    Message::Told(_) | Message::Giving(_) | Message::Segment(..) => Ok(None),
                    Message::Given => {
                        self.greeting = Greeting::Alike { hears: false };
                        Ok(None)
                    }
                    _ => Err(Error::Damaged),
                };
            }
            Greeting::Alike { .. } => return Err(Error::Damaged),
            Greeting::Goes(_) => match std::mem::replace(&mut self.greeting, Greeting::None) {
                Greeting::Goes(opening) => opening,
                _ => return Err(Error::Damaged),
            },
        };
        let passed = self.hear(vault, device, &mut opening, message)?;
        match self.step(vault, device, &mut opening)? {
            Step::Waits => self.greeting = Greeting::Goes(opening),
            Step::Alike => {
                let hears = opening.hears;
                // The rest of what was to be given unasked the other has.
                self.outgoing.retain(|out| !matches!(out, Out::Gift(_)));
                self.progress.given.1 = self.progress.given.0;
                self.greeting = Greeting::Alike { hears };
            }
            Step::Over(open) => {
                let offer = self.courier.offer().map(Out::Said);
                self.outgoing.extend(offer);
                self.circles = opening.mine.circles(|id| !self.left_out.contains(id));
                let settled = opening.told_by_either().into_iter();
                self.settled = settled.filter(|id| !open.contains(id)).collect();
                if opening.same == Some(true) && open.is_empty() {
                    self.end_if_all_given(vault, device)?;
                } else {
                    self.tell_all(vault, device)?;
                }
            }
        }
        Ok(passed)
    }

    fn hear(
        &mut self,
        vault: &mut Vault,
        device: &[u8; 32],
        opening: &mut Opening,
        message: Message,
    ) -> Result<Option<Message>> {
        let hears = opening.hears;
        match message {
            Message::Alike(hash, asks, drawn, tells) if opening.said.is_none() => {
                opening.said = Some((hash, asks, drawn));
                opening.hears = tells;
            }
            Message::Told(told) if hears && opening.theirs.is_none() => {
                let mut circles = BTreeMap::new();
                for (id, heads, have) in told.circles {
                    let before = &self.before;
                    let takes =
                        vault.takes_unasked(&opening.mine, (&id, heads, &have), before, device)?;
                    let taking = takes.map(|circle| Taking {
                        circle,
                        have,
                        names: Vec::new(),
                        all_in: true,
                    });
                    circles.insert(id, taking);
                }
                opening.theirs = Some(Theirs {
                    circles,
                    rest: (told.rest, told.asks),
                    answered: false,
                });
            }
            Message::Segment(id, bytes) if hears => {
                self.is_announced()?;
                let theirs = opening.theirs.as_mut().ok_or(Error::Damaged)?;
                if let Some(Some(taking)) = theirs.circles.get_mut(&id) {
                    taking.names.push(segment::name(&bytes));
                    taking.all_in &= self.take(vault, &taking.circle, &bytes)?;
                }
            }
            Message::Given if hears && opening.theirs.is_some() => {
                opening.hears = false;
                self.count_aside(vault)?;
            }
            Message::Answer(answer)
                if !hears && opening.answer.is_none() && !opening.told.is_empty() =>
            {
                for (id, gifts) in &opening.told {
                    if !answer.refused.contains(id) {
                        vault.raise(&mut self.before, gifts);
                    }
                }
                let of_these = answer.refused.iter().chain(&answer.lacking);
                opening.open.extend(of_these.cloned());
                opening.open.retain(|id| {
                    let theirs = opening.theirs.as_ref();
                    let theirs = theirs.is_some_and(|theirs| theirs.circles.contains_key(id));
                    theirs || opening.told.contains_key(id)
                });
                // Of these the other gives now what this device lacks.
                let now = |id: &Id| opening.told.contains_key(id) && !opening.open.contains(id);
                self.circles = opening.mine.circles(now);
                opening.answer = Some(answer);
            }
            Message::Each(theirs) if opening.same == Some(false) && !opening.heard_each => {
                opening.heard_each = true;
                let both = theirs.iter().filter_map(|name| opening.named.get(name));
                self.left_out = both.cloned().collect();
                let left_out = |id: &Id| self.left_out.contains(id);
                vault.met_alike(&opening.mine, left_out, device, self.acting)?;
            }
            Message::Giving(_) if hears => return Ok(Some(message)),
            // What the other lacks of records that this device told of, behind its answer.
            Message::Giving(_) | Message::Segment(..) | Message::Snapshot(..) | Message::Given
                if opening.answer.is_some() =>
            {
                return Ok(Some(message));
            }
            _ => return Err(Error::Damaged),
        }
        Ok(None)
    }

    /// Goes on as far as what was said allows.
    fn step(
        &mut self,
        vault: &mut Vault,
        device: &[u8; 32],
        opening: &mut Opening,
    ) -> Result<Step> {
        let Some((hash, asks, drawn)) = opening.said else {
            return Ok(Step::Waits);
        };
        if !asks && !opening.mine.asks && hash == opening.mine.hash {
            vault.met_alike(&opening.mine, |_| true, device, self.acting)?;
            vault.has_answered(device)?;
            return Ok(Step::Alike);
        }
        if opening.hears {
            return Ok(Step::Waits);
        }
        self.answer(vault, device, opening)?;
        if opening.same.is_none() {
            let union = opening.told_by_either();
            let theirs = opening.theirs.as_ref();
            let is_told = |id: &Id| theirs.is_some_and(|theirs| theirs.circles.contains_key(id));
            let rest = match (&opening.answer, theirs) {
                _ if union.is_empty() => None,
                (_, Some(theirs)) if opening.told.keys().all(is_told) => Some(theirs.rest),
                (Some(answer), _) => Some((answer.rest, answer.asks)),
                _ => return Ok(Step::Waits),
            };
            let (mine, asks) = opening.mine.rest(&union);
            let same = !asks && rest == Some((mine, false));
            opening.same = Some(same);
            if same {
                let rest = opening.mine.circles(|id| !union.contains(id));
                self.left_out = rest.into_keys().collect();
                let left_out = |id: &Id| self.left_out.contains(id);
                vault.met_alike(&opening.mine, left_out, device, self.acting)?;
            } else {
                opening.named = opening.mine.named([self.drawn(), drawn], &union);
                self.say(Message::Each(opening.named.keys().copied().collect()));
            }
        }
        let waits_for_each = opening.same == Some(false) && !opening.heard_each;
        let waits_for_answer = !opening.told.is_empty() && opening.answer.is_none();
        if waits_for_each || waits_for_answer {
            return Ok(Step::Waits);
        }
        Ok(Step::Over(std::mem::take(&mut opening.open)))
    }

    /// Answers what the other gave unasked, once, and gives what it lacks of the same records.
    fn answer(
        &mut self,
        vault: &mut Vault,
        device: &[u8; 32],
        opening: &mut Opening,
    ) -> Result<()> {
        let union = opening.told_by_either();
        let Some(theirs) = opening.theirs.as_mut().filter(|theirs| !theirs.answered) else {
            return Ok(());
        };
        theirs.answered = true;
        let (mut refused, mut lacking) = (Vec::new(), Vec::new());
        let (mut gifts, mut snapshots) = (Vec::new(), Vec::new());
        for (id, taking) in std::mem::take(&mut theirs.circles) {
            let Some(mut taking) = taking else {
                refused.push(id.clone());
                theirs.circles.insert(id, None);
                continue;
            };
            theirs.circles.insert(id.clone(), None);
            if !taking.all_in || vault.lacks_of(&taking.circle, &taking.have)? {
                lacking.push(id);
                continue;
            }
            // What it has just given it has.
            vault.with_these(&taking.circle, &taking.names, &mut taking.have)?;
            let mut of_it = vault.segments_lacking(&taking.circle, device, &taking.have)?;
            let (circle, have, offers) = (&taking.circle, &taking.have, &mut self.offers);
            snapshots.extend(offers.give(vault, circle, device, have, &mut of_it)?);
            gifts.extend(of_it);
        }
        // What this device gave unasked itself is under way.
        let told: Vec<&Gift> = opening.told.values().flatten().collect();
        gifts.retain(|gift| !told.contains(&gift));
        if !(gifts.is_empty() && snapshots.is_empty()) {
            vault.note_given(device)?;
        }
        vault.raise(&mut self.before, &gifts);
        opening.open.extend(refused.iter().chain(&lacking).cloned());
        let (rest, asks) = opening.mine.rest(&union);
        self.say(Message::Answer(Answer {
            refused,
            lacking,
            rest,
            asks,
        }));
        self.say_gifts(gifts, snapshots);
        Ok(())
    }
}
