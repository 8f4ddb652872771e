//! What is talked about around a goal, and answers that do not match.

use crate::record::Record;
use cairn_core::error::Result;
use cairn_core::id::Id;
use cairn_core::view::disagreement;
use cairn_core::{agenda, ambivalence, concern, decision, observation, support};

#[uniffi::export]
impl Record {
    /// Adds something to talk about, perhaps with a topic.
    #[uniffi::method(default(topic = None))]
    pub fn agenda_add(&self, text: String, topic: Option<String>) -> Result<Id> {
        self.act_on_all(|acts| agenda::add(acts, &text, topic.as_deref()))
    }

    /// Agrees what comes first, in this order; the rest waits.
    pub fn agenda_agree(&self, items: Vec<Id>) -> Result<Vec<Id>> {
        self.act_on_all(|acts| agenda::agree(acts, &items))
    }

    /// Writes both sides: how it is, and what a change would bring.
    pub fn ambivalence(&self, text: String, change: String) -> Result<Id> {
        self.act_on_all(|acts| ambivalence::add(acts, &text, &change))
    }

    /// Writes down support that was offered after asking.
    #[uniffi::method(default(asked = false))]
    pub fn support_add(&self, text: String, kind: String, asked: bool) -> Result<Id> {
        self.act_on_all(|acts| support::add(acts, &text, &kind, asked))
    }

    /// Says what came of support: `taken_up`, `tried`, `not_now`.
    pub fn support_answer(&self, support: Id, answer: String) -> Result<Id> {
        self.act_on_all(|acts| support::answer(acts, &support, &answer))
    }

    /// Keeps a decision made together.
    pub fn decide(
        &self,
        text: String,
        options: Vec<String>,
        mattered: String,
        chose: String,
    ) -> Result<Id> {
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        self.act_on_all(|acts| decision::add(acts, &text, &options, &mattered, &chose))
    }

    /// Writes down a concern about risk.
    pub fn concern_add(&self, goal: Id, text: String) -> Result<Id> {
        self.act_on_all(|acts| concern::add(acts, &goal, &text))
    }

    /// Writes down an observation: `readiness`, `capability`, `opportunity`, `motivation`.
    pub fn observe(&self, kind: String, text: String) -> Result<Id> {
        self.act_on_all(|acts| observation::add(acts, &kind, &text))
    }

    /// Records the result of a patient activation questionnaire.
    pub fn activation_record(&self, score: String, level: i64, version: String) -> Result<Id> {
        self.act_on_all(|acts| observation::record_activation(acts, &score, level, &version))
    }

    /// Chooses one of the answers people gave apart. The id of what it is about.
    pub fn settle(&self, disagreement: Id, choice: String) -> Result<Id> {
        self.act_on_everything(|acts| disagreement::settle(acts, &disagreement, &choice))
    }
}
