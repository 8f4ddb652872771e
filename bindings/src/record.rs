//! One person's record: what every act and page of it goes through.

use crate::home::Home;
use cairn_core::error::Result;
use cairn_core::id::Id;
use cairn_core::record::{self as kept, Acting, Acts};
use cairn_core::store::{Circle, Scope};
use chrono::{NaiveDate, Utc};
use std::sync::Arc;

/// One person's record. What it shows is read again for each call; what an act says is on the disk before it returns.
#[derive(uniffi::Object)]
pub struct Record {
    pub(crate) home: Arc<Home>,
    pub(crate) circle: Circle,
    for_person: bool,
}

#[uniffi::export]
impl Record {
    /// The person's id.
    pub fn person(&self) -> Id {
        self.circle.id.clone()
    }

    /// The same record, for acts that are the person's own words written down by somebody else.
    pub fn for_person(&self) -> Arc<Record> {
        Arc::new(Record {
            for_person: true,
            ..Record::new(self.home.clone(), self.circle.clone())
        })
    }
}

impl Record {
    pub(crate) fn new(home: Arc<Home>, circle: Circle) -> Record {
        Record {
            home,
            circle,
            for_person: false,
        }
    }

    /// Lets a rule of the core act, and tells who listens.
    pub(crate) fn act<T>(
        &self,
        scope: &Scope,
        rule: impl FnOnce(&mut Acts) -> Result<T>,
    ) -> Result<T> {
        let acting = Acting {
            for_person: self.for_person,
            ..Acting::at(self.home.now()?)
        };
        let mut vault = self.home.vault();
        vault.turn_to(acting.at);
        let (done, _) = vault.act(&self.circle, scope, acting, rule)?;
        drop(vault);
        self.home.tell(&self.circle.id);
        Ok(done)
    }

    /// An act that needs everything but the entries.
    pub(crate) fn act_on_all<T>(&self, rule: impl FnOnce(&mut Acts) -> Result<T>) -> Result<T> {
        self.act(&Scope::All, rule)
    }

    /// An act that needs the entries too.
    pub(crate) fn act_on_everything<T>(
        &self,
        rule: impl FnOnce(&mut Acts) -> Result<T>,
    ) -> Result<T> {
        self.act(&Scope::Everything, rule)
    }

    /// The record as far as the scope says, and the person's local day.
    pub(crate) fn read(&self, scope: &Scope) -> Result<(kept::Record, NaiveDate)> {
        self.home.read(|reading, now| {
            let record = reading.record(&self.circle, scope)?;
            let today = record.day_of(now.with_timezone(&Utc));
            Ok((record, today))
        })
    }
}
