//! Pages: ready view records from the core, in the language chosen.

use crate::record::Record;
use cairn_core::error::Result;
use cairn_core::id::Id;
use cairn_core::store::Scope;
use cairn_core::view::page::{
    self, LogDayPage, LogPage, OfferPage, ReminderView, RestPage, Scene, TodayPage,
};
use chrono::Utc;

#[uniffi::export]
impl Record {
    /// The page of today.
    pub fn today(&self) -> Result<TodayPage> {
        self.of_today(|scene| Ok(page::today_page(scene)))
    }

    /// The page with the details of one planned time. Without a day it is about today; `did` is the answer given so far.
    #[uniffi::method(default(on = None, did = None))]
    pub fn log_page(&self, plan: Id, on: Option<String>, did: Option<String>) -> Result<LogPage> {
        let draft = self.draft_get(page::draft_page(&plan))?;
        self.of_all(|scene| page::log_page(scene, &plan, on.as_deref(), did.as_deref(), draft))
    }

    /// The page that corrects an entry: what is kept now, and every version before.
    pub fn correct_page(&self, entry: Id) -> Result<LogPage> {
        let draft = self.draft_get(page::draft_page(&entry))?;
        self.of_all(|scene| page::correct_page(scene, &entry, draft))
    }

    /// The page to write for another day; without a plan it is about the first that runs.
    #[uniffi::method(default(plan = None))]
    pub fn log_day_page(&self, plan: Option<Id>) -> Result<LogDayPage> {
        self.of_all(|scene| page::log_day_page(scene, plan.as_ref()))
    }

    /// The page to rest one plan or all; a plan given is chosen beforehand.
    #[uniffi::method(default(plan = None))]
    pub fn rest_page(&self, plan: Option<Id>) -> Result<RestPage> {
        self.of_today(|scene| Ok(page::rest_page(scene, plan.as_ref())))
    }

    /// The offer to look at what got in the way of a plan.
    pub fn offer_page(&self, plan: Id) -> Result<OfferPage> {
        self.of_today(|scene| page::offer_page(scene, &plan))
    }

    /// The planned times of the coming days, for the phone to schedule; nothing private is in what they say.
    pub fn reminders(&self) -> Result<Vec<ReminderView>> {
        self.of_all(page::reminders)
    }

    /// What was typed on a page and not finished.
    pub fn draft_get(&self, page: String) -> Result<Option<String>> {
        self.home
            .read(|reading, _| reading.draft(&self.circle, &page))
    }

    /// Keeps what was typed on a page, on this device only; an empty text forgets it.
    pub fn draft_put(&self, page: String, text: String) -> Result<()> {
        let now = self.home.now()?;
        self.home
            .vault()
            .put_draft(&self.circle, &page, &text, now)?;
        self.home.tell(&self.circle.id);
        Ok(())
    }
}

impl Record {
    /// A page of what is live today.
    fn of_today<T>(&self, make: impl FnOnce(&Scene) -> Result<T>) -> Result<T> {
        let (record, today, around) = self.home.read(|reading, now| {
            let now = now.with_timezone(&Utc);
            let (record, today) = reading.record_for(&self.circle, |record| record.day_of(now))?;
            Ok((record, today, reading.around(&self.circle)?))
        })?;
        make(&Scene {
            record: &record,
            today,
            around: &around,
            words: &self.home.words(),
        })
    }

    /// A page of the whole record.
    fn of_all<T>(&self, make: impl FnOnce(&Scene) -> Result<T>) -> Result<T> {
        let (record, today, around) = self.home.read(|reading, now| {
            let record = reading.record(&self.circle, &Scope::Everything)?;
            let today = record.day_of(now.with_timezone(&Utc));
            Ok((record, today, reading.around(&self.circle)?))
        })?;
        make(&Scene {
            record: &record,
            today,
            around: &around,
            words: &self.home.words(),
        })
    }
}
