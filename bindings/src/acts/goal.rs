//! Goals, about me and needs.

use crate::record::Record;
use cairn_core::error::Result;
use cairn_core::goal::{self, scale};
use cairn_core::id::Id;
use cairn_core::rating::Rating;
use cairn_core::record::Noun;
use cairn_core::{about_me, need, withdrawal};

#[uniffi::export]
impl Record {
    /// Writes a part of about me: `what_matters`, `who_matters`, `how_to_communicate`, `please_do`, `please_dont`.
    pub fn about_set(&self, section: String, text: String) -> Result<Id> {
        self.act_on_all(|acts| about_me::set(acts, &section, &text))
    }

    /// Adds an information need: a code of the contract, or words.
    pub fn need_add(&self, need: String) -> Result<Id> {
        self.act_on_all(|acts| need::add(acts, &need))
    }

    /// Adds a goal in these words, perhaps rated from 0 to 10 at once.
    #[uniffi::method(default(importance = None, confidence = None))]
    pub fn goal_add(
        &self,
        words: String,
        importance: Option<i64>,
        confidence: Option<i64>,
    ) -> Result<Id> {
        self.act_on_all(|acts| goal::add(acts, &words, importance, confidence))
    }

    /// Rates a goal: how important it is, how sure the person is, or both; a number from 0 to 10, or `not_at_all`,
    /// `a_bit`, `fairly`, `very`. The ratings.
    #[uniffi::method(default(importance = None, confidence = None, why = None))]
    pub fn goal_rate(
        &self,
        goal: Id,
        importance: Option<String>,
        confidence: Option<String>,
        why: Option<String>,
    ) -> Result<Vec<Id>> {
        let read = |given: Option<String>| given.as_deref().map(Rating::parse).transpose();
        let (importance, confidence) = (read(importance)?, read(confidence)?);
        self.act_on_all(|acts| goal::rate_both(acts, &goal, importance, confidence, why.as_deref()))
    }

    /// Takes up a goal somebody suggested.
    pub fn goal_take_up(&self, goal: Id) -> Result<Id> {
        self.act_on_all(|acts| goal::take_up(acts, &goal))
    }

    /// Puts a goal on hold.
    pub fn goal_hold(&self, goal: Id) -> Result<Id> {
        self.act_on_all(|acts| goal::hold(acts, &goal))
    }

    /// Goes on with a goal.
    pub fn goal_resume(&self, goal: Id) -> Result<Id> {
        self.act_on_all(|acts| goal::resume(acts, &goal))
    }

    /// Says that a goal is reached.
    pub fn goal_achieve(&self, goal: Id) -> Result<Id> {
        self.act_on_all(|acts| goal::achieve(acts, &goal))
    }

    /// Sets a goal aside, for the person's own reason.
    pub fn goal_set_aside(&self, goal: Id, why: String) -> Result<Id> {
        self.act_on_all(|acts| goal::set_aside(acts, &goal, &why))
    }

    /// Says a goal in other words; the earlier ones are kept.
    pub fn goal_reword(&self, goal: Id, words: String) -> Result<Id> {
        self.act_on_all(|acts| goal::reword(acts, &goal, &words))
    }

    /// Puts a clinical wording beside a goal.
    pub fn goal_clinical(&self, goal: Id, words: String) -> Result<Id> {
        self.act_on_all(|acts| goal::clinical(acts, &goal, &words))
    }

    /// Takes a goal back.
    pub fn goal_withdraw(&self, goal: Id) -> Result<Id> {
        self.act_on_all(|acts| withdrawal::withdraw(acts, Noun::Goal, &goal))
    }

    /// Writes the five sentences of a goal, from much less than expected to much better.
    #[uniffi::method(default(weight = None, baseline = None))]
    pub fn goal_scale(
        &self,
        goal: Id,
        levels: Vec<String>,
        weight: Option<String>,
        baseline: Option<String>,
    ) -> Result<Id> {
        let levels = scale::five(&levels)?;
        self.act_on_all(|acts| {
            scale::scale(acts, &goal, levels, weight.as_deref(), baseline.as_deref())
        })
    }

    /// Scores a goal from -2 to 2. The score.
    pub fn goal_score(&self, goal: Id, value: i64) -> Result<Id> {
        self.act_on_all(|acts| scale::score(acts, &goal, value))
    }
}
