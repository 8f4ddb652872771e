//! Parts: the automerge documents one person's record is made of, and the nouns inside each.

use crate::entropy::Entropy;
use crate::error::Result;
use crate::id::{Id, digest};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A share group: everybody who may read a part of it may read all of it, under one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Names, time zones, contact and information needs: every member.
    Members,
    /// About me.
    About,
    /// Goals, plans, barriers, follow-ups.
    Goals,
    /// Log entries.
    Log,
    /// What a team keeps: owner, staff scores, activation, prompts put off.
    Team,
}

impl Group {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Group::Members => "members",
            Group::About => "about",
            Group::Goals => "goals",
            Group::Log => "log",
            Group::Team => "team",
        }
    }
}

/// Makes the enumeration and its two readings from one list. Rows hold a noun by its place in this list, so append;
/// the projection is made again when the list has changed.
macro_rules! nouns {
    ($($variant:ident => $word:literal,)*) => {
        /// A kind of thing kept in a record; its word is the name of a map at the root of a part.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Noun { $(#[doc = concat!("The map `", $word, "`.")] $variant,)* }

        impl Noun {
            /// Every noun this version knows.
            pub const ALL: &[Noun] = &[$(Noun::$variant,)*];

            /// The name of the map at the root of the part.
            pub fn as_str(self) -> &'static str {
                match self { $(Noun::$variant => $word,)* }
            }

            /// The noun with this name.
            pub fn parse(word: &str) -> Option<Noun> {
                match word { $($word => Some(Noun::$variant),)* _ => None }
            }
        }
    };
}

nouns! {
    Circle => "circle",
    Need => "need",
    Member => "member",
    Zone => "zone",
    About => "about",
    Goal => "goal",
    Rating => "rating",
    Plan => "plan",
    PlanAct => "plan_act",
    Barrier => "barrier",
    Idea => "idea",
    BarrierAct => "barrier_act",
    FollowUp => "follow_up",
    Review => "review",
    Agenda => "agenda",
    Ambivalence => "ambivalence",
    Support => "support",
    Decision => "decision",
    Concern => "concern",
    Entry => "entry",
    Observation => "observation",
    Activation => "activation",
    Score => "score",
    Message => "message",
    Prompt => "prompt",
    Owner => "owner",
    Handover => "handover",
    Meeting => "meeting",
    Ending => "ending",
    Attachment => "attachment",
    Team => "team",
    Saw => "saw",
}

// The nouns of each part. The lists whose names end in `_FIRST` are the bytes of its first change and never
// change again. A later noun has a computed change of its own, made when somebody first writes to it: append
// to the other lists freely. Source of both: docs/adr/0012.

const CIRCLE_FIRST: &[Noun] = &[
    Noun::Circle,
    Noun::Need,
    Noun::Member,
    Noun::Zone,
    Noun::Ending,
];
const CIRCLE: &[Noun] = &[Noun::Saw];
const ABOUT_FIRST: &[Noun] = &[Noun::About];
const ABOUT: &[Noun] = &[Noun::Attachment];
const GOALS: &[Noun] = &[Noun::Attachment];
const GOALS_FIRST: &[Noun] = &[
    Noun::Goal,
    Noun::Rating,
    Noun::Plan,
    Noun::PlanAct,
    Noun::Barrier,
    Noun::Idea,
    Noun::BarrierAct,
    Noun::FollowUp,
    Noun::Review,
    Noun::Agenda,
    Noun::Ambivalence,
    Noun::Support,
    Noun::Decision,
    Noun::Concern,
];
const LOG_FIRST: &[Noun] = &[Noun::Entry];
const LOG: &[Noun] = &[Noun::Attachment];
const TEAM: &[Noun] = &[Noun::Attachment, Noun::Team];
const TEAM_FIRST: &[Noun] = &[
    Noun::Owner,
    Noun::Handover,
    Noun::Meeting,
    Noun::Prompt,
    Noun::Activation,
    Noun::Observation,
    Noun::Score,
    Noun::Message,
];

/// The name of one automerge document of a record: `circle`, `about`, `team`, `goals-2026`, `log-2026`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Part(String);

impl Part {
    /// Names, zones and needs.
    pub fn circle() -> Part {
        Part("circle".into())
    }

    /// About me.
    pub fn about() -> Part {
        Part("about".into())
    }

    /// What the team keeps.
    pub fn team() -> Part {
        Part("team".into())
    }

    /// Goals born in this year, with all that hangs on them, for as long as they live.
    pub fn goals(year: i32) -> Part {
        Part(format!("goals-{year:04}"))
    }

    /// Entries whose first day lies in this year; a correction stays with its entry.
    pub fn log(year: i32) -> Part {
        Part(format!("log-{year:04}"))
    }

    /// Takes a part's name as it was read.
    pub fn read(name: impl Into<String>) -> Part {
        Part(name.into())
    }

    /// The part's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The share group, or `None` for a part of a newer version.
    pub fn group(&self) -> Option<Group> {
        match self.0.split('-').next().unwrap_or_default() {
            "circle" => Some(Group::Members),
            "about" => Some(Group::About),
            "goals" => Some(Group::Goals),
            "log" => Some(Group::Log),
            "team" => Some(Group::Team),
            _ => None,
        }
    }

    /// The nouns whose maps the first change of this part makes, in its order.
    pub fn first_nouns(&self) -> &'static [Noun] {
        self.nouns().0
    }

    /// Whether things of this noun may live in this part.
    pub fn holds(&self, noun: Noun) -> bool {
        let (first, later) = self.nouns();
        first.contains(&noun) || later.contains(&noun)
    }

    /// Whether the map of this noun is made by a computed change of its own.
    pub fn is_later(&self, noun: Noun) -> bool {
        self.nouns().1.contains(&noun)
    }

    /// The nouns whose maps are made by computed changes of their own.
    pub(crate) fn later_nouns(&self) -> &'static [Noun] {
        self.nouns().1
    }

    /// The place of a noun in this part's lists, first nouns before later ones, from 0. It never changes.
    pub(crate) fn number_of(&self, noun: Noun) -> Option<u8> {
        let (first, later) = self.nouns();
        let at = first.iter().chain(later).position(|known| *known == noun);
        at.and_then(|at| u8::try_from(at).ok())
    }

    /// The noun at this place.
    pub(crate) fn numbered(&self, number: u8) -> Option<Noun> {
        let (first, later) = self.nouns();
        first.iter().chain(later).nth(usize::from(number)).copied()
    }

    fn nouns(&self) -> (&'static [Noun], &'static [Noun]) {
        match self.group() {
            Some(Group::Members) => (CIRCLE_FIRST, CIRCLE),
            Some(Group::About) => (ABOUT_FIRST, ABOUT),
            Some(Group::Goals) => (GOALS_FIRST, GOALS),
            Some(Group::Log) => (LOG_FIRST, LOG),
            Some(Group::Team) => (TEAM_FIRST, TEAM),
            None => (&[], &[]),
        }
    }

    /// The operation that makes the noun's map, or `None` if it is not in this part.
    pub fn object_of(&self, circle: &Id, noun: Noun) -> Option<OpId> {
        let (first, later) = self.nouns();
        if let Some(at) = first.iter().position(|n| *n == noun) {
            return Some(OpId {
                counter: at as u64 + 1,
                actor: self.first_actor(circle),
            });
        }
        later.contains(&noun).then(|| OpId {
            counter: 1,
            actor: self.map_actor(circle, noun.as_str()),
        })
    }

    /// The noun whose map this operation makes; `first` is [`Part::first_actor`].
    pub fn noun_of(&self, circle: &Id, first: Actor, object: OpId) -> Option<Noun> {
        let (first_nouns, later) = self.nouns();
        if object.actor == first {
            let at = usize::try_from(object.counter.checked_sub(1)?).ok()?;
            return first_nouns.get(at).copied();
        }
        let mut later = later.iter().filter(|_| object.counter == 1);
        later
            .find(|noun| self.map_actor(circle, noun.as_str()) == object.actor)
            .copied()
    }

    /// The actor of the part's first change: `SHA-256("part/1" ‖ circle ‖ part)[..16]`, each piece preceded
    /// by its length. Every device computes the same one, so a part started twice apart has one root.
    pub fn first_actor(&self, circle: &Id) -> Actor {
        Actor::of(&[b"part/1", circle.as_str().as_bytes(), self.0.as_bytes()])
    }

    /// The actor of the computed change that makes the map of a later noun:
    /// `SHA-256("map/1" ‖ circle ‖ part ‖ noun)[..16]`. The word is in it, so a version that does not know the
    /// noun can still check the change against its own actor.
    pub fn map_actor(&self, circle: &Id, noun: &str) -> Actor {
        let circle = circle.as_str().as_bytes();
        Actor::of(&[b"map/1", circle, self.0.as_bytes(), noun.as_bytes()])
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One incarnation of one device, the same in every part: see [`Actor::draw`]. Older ones are 16 random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Actor(pub [u8; 16]);

impl Actor {
    /// The actor of a device's incarnation, from 16 random bytes: it names the device's key, so that nobody who learns of
    /// it can be first to write under it.
    fn of_device(sign: &[u8; 32], random: [u8; 16]) -> Actor {
        let mut actor = random;
        let (random, named) = actor.split_at_mut(8);
        named.copy_from_slice(&digest(&[b"actor/1", sign, random])[..8]);
        Actor(actor)
    }

    /// Draws the actor of a device's new incarnation.
    ///
    /// # Errors
    /// Those of the random source.
    pub fn draw(sign: &[u8; 32], entropy: &dyn Entropy) -> Result<Actor> {
        let mut random = [0; 16];
        entropy.fill(&mut random)?;
        Ok(Actor::of_device(sign, random))
    }

    /// Whether it names this device's key.
    pub fn names(&self, sign: &[u8; 32]) -> bool {
        Actor::of_device(sign, self.0) == *self
    }

    /// The actor of a computed change: nobody's device, the same for everybody.
    fn of(pieces: &[&[u8]]) -> Actor {
        let hash = digest(pieces);
        let mut actor = [0; 16];
        actor.copy_from_slice(&hash[..16]);
        Actor(actor)
    }
}

/// The id of an operation. Ordered by counter, then actor: an order every device agrees on, and in which
/// an operation stands after all those its author knew of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OpId {
    /// Lamport counter inside the part, from 1.
    pub counter: u64,
    /// Who made it.
    pub actor: Actor,
}
