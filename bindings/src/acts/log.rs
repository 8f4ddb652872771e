//! The log, and taking back.

use crate::record::Record;
use cairn_core::error::Result;
use cairn_core::id::Id;
use cairn_core::log::{self, Saying};
use cairn_core::record::Noun;
use cairn_core::store::Scope;
use cairn_core::withdrawal;

#[uniffi::export]
impl Record {
    /// Logs an answer for a plan. The id of the entry.
    pub fn log(&self, plan: Id, saying: Saying) -> Result<Id> {
        self.act(&Scope::Plan(plan.clone()), |acts| {
            log::add(acts, &plan, &saying)
        })
    }

    /// Corrects an entry; what is not given stays, and both are kept. The id of the correction.
    pub fn log_correct(&self, entry: Id, saying: Saying) -> Result<Id> {
        self.act_on_everything(|acts| log::correct(acts, &entry, &saying))
    }

    /// Takes an entry back; it is kept and counted nowhere.
    pub fn log_withdraw(&self, entry: Id) -> Result<Id> {
        self.act_on_everything(|acts| withdrawal::withdraw(acts, Noun::Entry, &entry))
    }

    /// Brings back what was taken back.
    pub fn restore(&self, id: Id) -> Result<Id> {
        self.act_on_everything(|acts| withdrawal::restore(acts, &id))
    }
}
