//! What the conversation remembers between two questions.

use crate::id::{Id, digest};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Makes a list of stable words into an enum that is stored as those words.
macro_rules! stable_words {
    ($(#[$about:meta])* $list:ident { $($(#[$doc:meta])* $name:ident = $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $list { $($(#[$doc])* #[serde(rename = $word)] $name,)* }

        impl $list {
            /// The stable word.
            pub fn as_str(self) -> &'static str {
                match self { $($list::$name => $word,)* }
            }
        }
    };
}

stable_words! {
    /// A part of the conversation.
    Topic {
        /// Who is this, and what matters to them.
        Welcome = "welcome",
        /// A goal.
        Goal = "goal",
        /// A plan for a goal, up to agreeing it.
        Plan = "plan",
        /// A change of a plan that is agreed.
        Change = "change",
        /// What got in the way of a plan that is agreed.
        Problem = "problem",
        /// A check-in.
        CheckIn = "check_in",
        /// How a planned time went.
        Log = "log",
        /// A rest.
        Rest = "rest",
        /// Nothing is under way.
        Home = "home",
    }
}

stable_words! {
    /// A question. Source of the names: the step lists of `screens.md` 3.
    Step {
        /// For oneself, or working in care.
        Role = "role",
        /// The time zone.
        Zone = "zone",
        /// What matters to me.
        WhatMatters = "what_matters",
        /// The goal in the person's own words.
        GoalWords = "goal_words",
        /// Whether to take up a goal that somebody suggested.
        TakeUp = "take_up",
        /// Why not.
        AsideWhy = "aside_why",
        /// How important the goal is.
        Importance = "importance",
        /// The question made from that rating.
        ImportanceWhy = "importance_why",
        /// How sure the person is of the goal.
        GoalSure = "goal_confidence",
        /// The question made from that rating.
        GoalSureWhy = "goal_confidence_why",
        /// The goal once more, and whether to plan now.
        GoalReview = "goal_review",
        /// What changed from the plan before.
        ReplaceWhy = "replace_why",
        /// Which bit of the goal.
        Bit = "bit",
        /// What exactly.
        What = "what",
        /// When.
        When = "when",
        /// Where.
        Where = "where",
        /// How often.
        Often = "often",
        /// Who will support me.
        Support = "support",
        /// What might get in the way, or got in the way.
        Barrier = "barrier",
        /// Ideas for that.
        Ideas = "ideas",
        /// Which idea first.
        ChooseIdea = "choose_idea",
        /// How sure the person is of the plan.
        Sure = "confidence",
        /// The question made from that rating.
        SureWhy = "confidence_why",
        /// Whose idea the step was.
        OwnIdea = "own_idea",
        /// The four ways on below 7.
        Gate = "gate",
        /// What could be smaller.
        SmallerKind = "smaller_kind",
        /// The smaller step.
        Smaller = "smaller",
        /// How important the goal is, looked at again.
        ImportanceAgain = "importance_again",
        /// The goal in other words.
        Reword = "reword",
        /// Why the person wants to do it anyway.
        Anyway = "anyway",
        /// The plan said back.
        TeachBack = "teach_back",
        /// The day of the check-in.
        CheckDay = "follow_up_date",
        /// How to check in.
        Channel = "follow_up_channel",
        /// The whole plan, to agree.
        Review = "review",
        /// Which answer of the plan to change.
        ChangeWhat = "change_what",
        /// What it is to be.
        ChangeTo = "change_to",
        /// What went well.
        Well = "well",
        /// What was harder.
        Harder = "challenging",
        /// How trying an idea went.
        IdeaResult = "idea_result",
        /// What next.
        Next = "next",
        /// Whether to look at what was harder.
        LookAt = "look_at",
        /// Why the plan stops.
        StopWhy = "stop_why",
        /// How a planned time went.
        Did = "did",
        /// What got in the way.
        Reason = "reason",
        /// Whether to rest now.
        RestNow = "rest_now",
        /// Which plan it is about.
        PickPlan = "pick_plan",
        /// Which day it is about.
        PickDay = "pick_day",
        /// How it felt.
        Felt = "felt",
        /// A note.
        Note = "note",
        /// Why a rest.
        RestWhy = "rest_why",
        /// Until when.
        RestUntil = "rest_until",
        /// What to do about two times that did not happen.
        Offer = "offer",
        /// Nothing is due: what would you like to do?
        Menu = "menu",
    }
}

/// Where the conversation is: a question, and the things it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The part.
    pub topic: Topic,
    /// The question.
    pub step: Step,
    /// The goal meant.
    #[serde(default)]
    pub goal: Option<Id>,
    /// The plan meant.
    #[serde(default)]
    pub plan: Option<Id>,
    /// The barrier meant.
    #[serde(default)]
    pub barrier: Option<Id>,
    /// The check-in meant.
    #[serde(default)]
    pub follow_up: Option<Id>,
    /// The log entry meant.
    #[serde(default)]
    pub entry: Option<Id>,
    /// The day meant.
    #[serde(default)]
    pub on: Option<NaiveDate>,
    /// Answers that become part of an act only with a later one.
    #[serde(default)]
    pub held: BTreeMap<String, String>,
    /// What was typed and could not be taken as it was.
    #[serde(default)]
    pub typed: Option<String>,
}

impl Place {
    /// A question with nothing named yet.
    pub fn at(topic: Topic, step: Step) -> Place {
        Place {
            topic,
            step,
            goal: None,
            plan: None,
            barrier: None,
            follow_up: None,
            entry: None,
            on: None,
            held: BTreeMap::new(),
            typed: None,
        }
    }

    /// The same place at another question, with nothing typed.
    pub(super) fn to(&self, step: Step) -> Place {
        Place {
            step,
            typed: None,
            ..self.clone()
        }
    }

    /// With an answer held for a later act.
    pub(super) fn holding(mut self, name: &str, answer: &str) -> Place {
        self.held.insert(name.into(), answer.into());
        self
    }

    /// An answer that is held.
    pub(super) fn held(&self, name: &str) -> Option<&str> {
        self.held.get(name).map(String::as_str)
    }

    /// Tells this question here from every other. What was typed and not taken makes no difference.
    pub(super) fn mark(&self) -> String {
        let place = Place {
            typed: None,
            ..self.clone()
        };
        let text = serde_json::to_vec(&place).unwrap_or_default();
        let hash = digest(&[&text]);
        hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Something put off for the rest of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Later {
    on: NaiveDate,
    what: String,
}

/// What the conversation remembers. It is kept as the draft of one page, on this device only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Talk {
    /// Where it is; none where nothing is under way.
    pub place: Option<Place>,
    /// What was left half done with "not now", newest last.
    pub parked: Vec<Place>,
    pub(super) later: Vec<Later>,
}

impl Talk {
    /// The page under which it is kept.
    pub const PAGE: &str = "conversation";

    /// The conversation of a new profile: it goes on with the second question.
    pub(super) fn new_here() -> Talk {
        Talk {
            place: Some(Place::at(Topic::Welcome, Step::Role)),
            ..Talk::default()
        }
    }

    /// Reads it as it was kept; what cannot be read, or is of a newer version, begins anew.
    pub fn read(text: Option<&str>) -> Talk {
        text.and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default()
    }

    /// As it is kept.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(super) fn put_off(&mut self, what: String, today: NaiveDate) {
        self.later.retain(|later| later.on == today);
        self.later.push(Later { on: today, what });
    }

    pub(super) fn is_put_off(&self, what: &str, today: NaiveDate) -> bool {
        self.later
            .iter()
            .any(|later| later.on == today && later.what == what)
    }
}
