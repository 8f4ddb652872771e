//! Parts: the automerge documents one person's record is made of, and the nouns inside each.

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

/// A kind of thing. The word is the name of its map at the root of a part.
///
/// The number of a noun inside its part's list is part of the stored format, and so is the list: a further noun
/// of a part needs a second computed change, since another first change would be another root.
macro_rules! nouns {
    ($($variant:ident => $word:literal,)*) => {
        /// A kind of thing kept in a record; its word is the name of a map at the root of a part.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Noun { $(#[doc = concat!("The map `", $word, "`.")] $variant,)* }

        impl Noun {
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
}

const CIRCLE: &[Noun] = &[
    Noun::Circle,
    Noun::Need,
    Noun::Member,
    Noun::Zone,
    Noun::Ending,
];
const ABOUT: &[Noun] = &[Noun::About];
const GOALS: &[Noun] = &[
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
const LOG: &[Noun] = &[Noun::Entry];
const TEAM: &[Noun] = &[
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

    /// The nouns of this part, in the order in which its first change makes their maps.
    pub fn nouns(&self) -> &'static [Noun] {
        match self.group() {
            Some(Group::Members) => CIRCLE,
            Some(Group::About) => ABOUT,
            Some(Group::Goals) => GOALS,
            Some(Group::Log) => LOG,
            Some(Group::Team) => TEAM,
            None => &[],
        }
    }

    /// The operation counter that made the noun's map (1 is the first), or `None` if it is not in this part.
    pub fn object_of(&self, noun: Noun) -> Option<u64> {
        self.nouns()
            .iter()
            .position(|n| *n == noun)
            .map(|at| at as u64 + 1)
    }

    /// The noun whose map was made by this operation counter of the first change.
    pub fn noun_of(&self, counter: u64) -> Option<Noun> {
        usize::try_from(counter.checked_sub(1)?)
            .ok()
            .and_then(|at| self.nouns().get(at).copied())
    }

    /// The actor of the part's first change: `SHA-256("part/1" ‖ circle ‖ part)[..16]`, each piece preceded
    /// by its length. Every device computes the same one, so a part started twice apart has one root.
    pub fn first_actor(&self, circle: &Id) -> Actor {
        let hash = digest(&[b"part/1", circle.as_str().as_bytes(), self.0.as_bytes()]);
        let mut actor = [0; 16];
        actor.copy_from_slice(&hash[..16]);
        Actor(actor)
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One incarnation of one device: 16 random bytes, the same in every part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Actor(pub [u8; 16]);

/// The id of an operation. Ordered by counter, then actor: an order every device agrees on, and in which
/// an operation stands after all those its author knew of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OpId {
    /// Lamport counter inside the part, from 1.
    pub counter: u64,
    /// Who made it.
    pub actor: Actor,
}
