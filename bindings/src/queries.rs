//! Answers in the shapes of the command-line contract, as JSON text: for journeys and checks, and for taking a record
//! elsewhere. Screens are made from pages, never from these.

use crate::record::Record;
use cairn_core::clock::zone::parse_day;
use cairn_core::error::{Error, Result};
use cairn_core::goal::scale;
use cairn_core::id::Id;
use cairn_core::record as kept;
use cairn_core::store::Scope;
use cairn_core::view::{disagreement, everything, lists, today};
use cairn_core::{about_me, agenda, need, support};
use chrono::{NaiveDate, Utc};
use serde_json::Value;

#[uniffi::export]
impl Record {
    /// `today`: what is planned on a day, today where none is given.
    #[uniffi::method(default(on = None))]
    pub fn today_json(&self, on: Option<String>) -> Result<String> {
        let given = on.as_deref().map(parse_day).transpose()?;
        self.home.read(|reading, now| {
            let now = now.with_timezone(&Utc);
            let day_of = |record: &kept::Record| given.unwrap_or_else(|| record.day_of(now));
            let (record, day) = reading.record_for(&self.circle, day_of)?;
            text(&today::show(&record, day, record.day_of(now)))
        })
    }

    /// `goal list`.
    pub fn goal_list_json(&self) -> Result<String> {
        self.of_all_but_entries(|record, _| Ok(lists::goals(record)))
    }

    /// `goal show`.
    pub fn goal_show_json(&self, goal: Id) -> Result<String> {
        self.of_all_but_entries(|record, _| lists::goal(record, &goal))
    }

    /// `goal t-score`, for staff.
    pub fn goal_t_score_json(&self, goals: Vec<Id>) -> Result<String> {
        self.of_all_but_entries(|record, _| scale::t_scores(record, &goals))
    }

    /// `plan list`, of one goal or of all.
    #[uniffi::method(default(goal = None))]
    pub fn plan_list_json(&self, goal: Option<Id>) -> Result<String> {
        self.of_all_but_entries(|record, day| lists::plans(record, goal.as_ref(), day))
    }

    /// `plan show`.
    pub fn plan_show_json(&self, plan: Id) -> Result<String> {
        self.of_all_but_entries(|record, day| lists::plan(record, &plan, day))
    }

    /// `barrier list`.
    pub fn barrier_list_json(&self) -> Result<String> {
        self.of_all_but_entries(|record, _| Ok(lists::barriers(record)))
    }

    /// `barrier show`.
    pub fn barrier_show_json(&self, barrier: Id) -> Result<String> {
        self.of_all_but_entries(|record, _| lists::barrier(record, &barrier))
    }

    /// `follow-up list`, all or those that are due and overdue.
    #[uniffi::method(default(due_only = false))]
    pub fn follow_up_list_json(&self, due_only: bool) -> Result<String> {
        self.of_all_but_entries(|record, day| Ok(lists::follow_ups(record, due_only, day)))
    }

    /// `follow-up show`.
    pub fn follow_up_show_json(&self, follow_up: Id) -> Result<String> {
        self.of_all_but_entries(|record, day| lists::follow_up(record, &follow_up, day))
    }

    /// `log list`, of one plan or of all, from a day to a day.
    #[uniffi::method(default(plan = None, from = None, to = None))]
    pub fn log_list_json(
        &self,
        plan: Option<Id>,
        from: Option<String>,
        to: Option<String>,
    ) -> Result<String> {
        self.of_everything(|record, _| {
            lists::entries(record, plan.as_ref(), from.as_deref(), to.as_deref())
        })
    }

    /// `progress`, of one plan or of all.
    #[uniffi::method(default(plan = None))]
    pub fn progress_json(&self, plan: Option<Id>) -> Result<String> {
        self.of_everything(|record, day| lists::progress_of(record, plan.as_ref(), day))
    }

    /// `reminders`: the planned times of the coming days, for the phone to schedule.
    pub fn reminders_json(&self) -> Result<String> {
        self.of_everything(lists::reminders)
    }

    /// `about show`.
    pub fn about_show_json(&self) -> Result<String> {
        self.of_all_but_entries(|record, _| Ok(about_me::show(record)))
    }

    /// `need list`.
    pub fn need_list_json(&self) -> Result<String> {
        self.of_all_but_entries(|record, _| Ok(need::list(record)))
    }

    /// `agenda list`.
    pub fn agenda_list_json(&self) -> Result<String> {
        self.of_all_but_entries(|record, _| Ok(agenda::list(record)))
    }

    /// `support list`.
    pub fn support_list_json(&self) -> Result<String> {
        self.of_all_but_entries(|record, _| Ok(support::list(record)))
    }

    /// `disagreements`.
    pub fn disagreements_json(&self) -> Result<String> {
        self.of_everything(|record, _| Ok(disagreement::list(record)))
    }

    /// `history`.
    pub fn history_json(&self) -> Result<String> {
        self.of_everything(|record, _| Ok(everything::history(record)))
    }

    /// `record show`: every text ever entered.
    pub fn record_show_json(&self) -> Result<String> {
        self.of_everything(|record, day| Ok(everything::show(record, day)))
    }
}

impl Record {
    fn of_all_but_entries(
        &self,
        answer: impl FnOnce(&kept::Record, NaiveDate) -> Result<Value>,
    ) -> Result<String> {
        let (record, day) = self.read(&Scope::All)?;
        text(&answer(&record, day)?)
    }

    fn of_everything(
        &self,
        answer: impl FnOnce(&kept::Record, NaiveDate) -> Result<Value>,
    ) -> Result<String> {
        let (record, day) = self.read(&Scope::Everything)?;
        text(&answer(&record, day)?)
    }
}

fn text(answer: &Value) -> Result<String> {
    serde_json::to_string(answer).map_err(|_| Error::Damaged)
}
