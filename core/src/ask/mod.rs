//! The conversation: which question comes next, how many there are, what may be left out, what is suggested.
//!
//! A person is led through the loop one question at a time. The rules are here, as plain functions of the record,
//! what the conversation remembers ([`Talk`]) and the day; a shell shows a [`Page`], reads what was typed with
//! [`Reply::read`] and hands it to [`Vault::reply`](crate::store::Vault::reply), which keeps the answer and the place
//! in the conversation in one durable transaction. So a shell can be killed at any question and goes on at it.
//!
//! Source: `screens.md` 3 and 4 (`AskView`, `GoalStep`, `PlanStep`, `ProblemStep`, `FollowUpStep`).

mod barrier;
mod build;
mod change;
mod check_in;
mod close;
mod day;
mod gate;
mod goal;
mod home;
mod menu;
mod page;
mod plan;
mod reply;
mod rest;
mod store;
mod talk;
mod turn;
mod welcome;

#[cfg(test)]
mod tests;

pub use reply::Reply;
pub use store::begin;
pub use talk::{Place, Step, Talk, Topic};
pub use turn::{Go, Outcome};
pub use welcome::name_page;

/// Of which kind the answer to a question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum AskKind {
    /// Words of the person's own.
    Text,
    /// One of the choices.
    Choice,
    /// A number from 0 to 10, or the words of a band.
    Scale,
    /// A day; the choices are suggestions.
    Date,
    /// Any number of texts, one at a time, until the person goes on.
    List,
    /// All answers once more, and one of the choices.
    Review,
}

/// One answer that can be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Choice {
    /// What is handed back when it is picked.
    pub value: String,
    /// What is shown and read out.
    pub words: String,
    /// Whether it is the answer now.
    pub chosen: bool,
}

/// One question, ready to be shown: every word is in the chosen language. Source: `screens.md` 4, `AskView`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Ask {
    /// The stable name of the question, such as `goal_words`.
    pub step: String,
    /// Which question of how many it is; 0 where questions are not counted.
    pub number: u32,
    /// How many questions there are; 0 where they are not counted.
    pub of: u32,
    /// The question.
    pub question: String,
    /// A sentence or a few lines that help to answer, if there are any.
    pub hint: Option<String>,
    /// Of which kind the answer is.
    pub kind: AskKind,
    /// The answer so far, or what was typed and could not be taken as it was.
    pub answer: Option<String>,
    /// What can be picked.
    pub choices: Vec<Choice>,
    /// Words that can be taken over as the answer.
    pub suggestions: Vec<String>,
    /// Whether it may be left out.
    pub may_skip: bool,
    /// What is asked next, once there is an answer it can be made from.
    pub next_question: Option<String>,
}

/// One line of what was answered so far.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Line {
    /// The step it belongs to.
    pub step: String,
    /// What was asked, in few words.
    pub label: String,
    /// What was answered.
    pub value: String,
}

/// A page of the conversation: one question and what stands above it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Page {
    /// Tells this question at this place of the conversation from every other; handed back with the reply.
    pub mark: String,
    /// What this part of the conversation is about, in few words; empty at its beginning and end.
    pub title: String,
    /// The person's own words the question is about.
    pub own_words: Option<String>,
    /// What was answered so far, where it is shown.
    pub lines: Vec<Line>,
    /// The question.
    pub ask: Ask,
}
