//! Action plans, what gets in the way, ideas, rests, offers and check-ins.

use crate::record::Record;
use cairn_core::error::Result;
use cairn_core::follow_up::{self, Recording};
use cairn_core::id::Id;
use cairn_core::plan::agree::{Agreeing, agree};
use cairn_core::plan::{self, Answers, pause};
use cairn_core::rating::Rating;
use cairn_core::record::Noun;
use cairn_core::{barrier, withdrawal};

#[uniffi::export]
impl Record {
    /// Begins a plan for a goal.
    pub fn plan_new(&self, goal: Id, answers: Answers) -> Result<Id> {
        self.act_on_all(|acts| plan::new(acts, &goal, &answers))
    }

    /// Changes answers of a plan; what is not given stays.
    pub fn plan_edit(&self, plan: Id, answers: Answers) -> Result<Id> {
        self.act_on_all(|acts| plan::edit(acts, &plan, &answers))
    }

    /// Rates how sure the person is of a plan: a number from 0 to 10, or words. The rating.
    #[uniffi::method(default(why = None))]
    pub fn plan_rate(&self, plan: Id, value: String, why: Option<String>) -> Result<Id> {
        let rating = Rating::parse(&value)?;
        self.act_on_all(|acts| plan::rate(acts, &plan, &rating, why.as_deref()))
    }

    /// A smaller step: `amount`, `time`, `often` or `place`, in new words.
    pub fn plan_smaller(&self, plan: Id, kind: String, text: String) -> Result<Id> {
        self.act_on_all(|acts| plan::smaller(acts, &plan, &kind, &text))
    }

    /// Agrees a plan, with its check-in.
    pub fn plan_agree(&self, plan: Id, agreeing: Agreeing) -> Result<Id> {
        self.act_on_all(|acts| agree(acts, &plan, &agreeing))
    }

    /// Keeps the plan as the person says it back.
    pub fn plan_teach_back(&self, plan: Id, text: String) -> Result<Id> {
        self.act_on_all(|acts| plan::teach_back(acts, &plan, &text))
    }

    /// Rests a plan, from today or `from`, until a day or until it is started again.
    #[uniffi::method(default(from = None, until = None))]
    pub fn plan_pause(
        &self,
        plan: Id,
        why: String,
        from: Option<String>,
        until: Option<String>,
    ) -> Result<Id> {
        self.act_on_all(|acts| pause::pause(acts, &plan, &why, from.as_deref(), until.as_deref()))
    }

    /// Starts a plan again.
    pub fn plan_resume(&self, plan: Id) -> Result<Id> {
        self.act_on_all(|acts| pause::resume(acts, &plan))
    }

    /// Stops a plan, for the person's own reason.
    pub fn plan_stop(&self, plan: Id, why: String) -> Result<Id> {
        self.act_on_all(|acts| plan::stop(acts, &plan, &why))
    }

    /// Takes a plan back that is not agreed.
    pub fn plan_withdraw(&self, plan: Id) -> Result<Id> {
        self.act_on_all(|acts| withdrawal::withdraw(acts, Noun::Plan, &plan))
    }

    /// Rests all plans as one act; those it rests.
    #[uniffi::method(default(from = None, until = None))]
    pub fn rest(
        &self,
        why: String,
        from: Option<String>,
        until: Option<String>,
    ) -> Result<Vec<Id>> {
        self.act_on_all(|acts| pause::rest(acts, &why, from.as_deref(), until.as_deref()))
    }

    /// Starts every resting plan again as one act; those it starts.
    pub fn start_again(&self) -> Result<Vec<Id>> {
        self.act_on_all(pause::start_again)
    }

    /// Puts the offer about a plan off, until a day or for as long as the rule says.
    #[uniffi::method(default(until = None))]
    pub fn offer_later(&self, plan: Id, until: Option<String>) -> Result<Id> {
        self.act_on_all(|acts| pause::offer_later(acts, &plan, until.as_deref()))
    }

    /// The plan is fine; the offer goes.
    pub fn offer_fine(&self, plan: Id) -> Result<Id> {
        self.act_on_all(|acts| pause::offer_fine(acts, &plan))
    }

    /// Writes what gets in the way of a plan.
    pub fn barrier_add(&self, plan: Id, text: String) -> Result<Id> {
        self.act_on_all(|acts| barrier::add(acts, &plan, &text))
    }

    /// Lets go of what got in the way.
    pub fn barrier_let_go(&self, barrier: Id) -> Result<Id> {
        self.act_on_all(|acts| barrier::let_go(acts, &barrier))
    }

    /// Takes back what got in the way.
    pub fn barrier_withdraw(&self, barrier: Id) -> Result<Id> {
        self.act_on_all(|acts| withdrawal::withdraw(acts, Noun::Barrier, &barrier))
    }

    /// Adds an idea; one that staff offer says that they asked first.
    #[uniffi::method(default(offered = false, asked = false))]
    pub fn idea_add(&self, barrier: Id, text: String, offered: bool, asked: bool) -> Result<Id> {
        self.act_on_all(|acts| barrier::add_idea(acts, &barrier, &text, offered, asked))
    }

    /// Chooses an idea to try.
    pub fn idea_choose(&self, idea: Id) -> Result<Id> {
        self.act_on_all(|acts| barrier::choose(acts, &idea))
    }

    /// Says how trying an idea went: `worked`, `partly`, `did_not_work`.
    #[uniffi::method(default(note = None))]
    pub fn idea_result(&self, idea: Id, result: String, note: Option<String>) -> Result<Id> {
        self.act_on_all(|acts| barrier::result(acts, &idea, &result, note.as_deref()))
    }

    /// Takes an idea back.
    pub fn idea_withdraw(&self, idea: Id) -> Result<Id> {
        self.act_on_all(|acts| withdrawal::withdraw(acts, Noun::Idea, &idea))
    }

    /// Adds a check-in to a plan.
    #[uniffi::method(default(message = None))]
    pub fn follow_up_add(
        &self,
        plan: Id,
        due: String,
        channel: String,
        message: Option<String>,
    ) -> Result<Id> {
        self.act_on_all(|acts| follow_up::add(acts, &plan, &due, &channel, message.as_deref()))
    }

    /// Writes down how a check-in went.
    pub fn follow_up_record(&self, follow_up: Id, recording: Recording) -> Result<Id> {
        self.act_on_all(|acts| follow_up::record(acts, &follow_up, &recording))
    }
}
