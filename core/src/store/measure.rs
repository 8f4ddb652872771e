//! Counting what a piece of work asks of the database. For tests and benchmarks: behind the feature `measure`,
//! which no shell turns on.

use super::vault::{Circle, Vault};
use crate::error::Result;
use rusqlite::StatementStatus;
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What a piece of work asked of the database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Statements run.
    pub statements: u64,
    /// Rows given back.
    pub rows: u64,
    /// Steps of SQLite's machine: rows that were passed over cost steps too.
    pub steps: u64,
}

#[derive(Default)]
struct Count {
    work: Work,
    /// Steps so far of each statement that is kept prepared, which SQLite adds up over its runs.
    steps: HashMap<String, u64>,
}

impl Vault {
    /// How many segments of a circle are kept aside, by reason.
    ///
    /// # Errors
    /// Those of storage.
    pub fn aside_by_reason(&self, circle: &Circle) -> Result<Vec<(String, u64)>> {
        let mut statement = self.db.prepare_cached(
            "select reason, count(*) from waiting where circle = ?1 group by reason order by reason",
        )?;
        let rows = statement.query_map([circle.no], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Does a piece of work and tells what it asked of the database.
    ///
    /// # Errors
    /// [`Error::Storage`](crate::Error::Storage) if SQLite cannot be listened to.
    pub fn measured<T>(&mut self, work: impl FnOnce(&mut Vault) -> T) -> Result<(T, Work)> {
        let count = Arc::new(Mutex::new(Count::default()));
        let events = TraceEventCodes::SQLITE_TRACE_STMT
            | TraceEventCodes::SQLITE_TRACE_ROW
            | TraceEventCodes::SQLITE_TRACE_PROFILE;
        let counting = Arc::clone(&count);
        self.db.trace_v2(
            events,
            Some(move |event: TraceEvent<'_>| {
                counting
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .add(&event);
            }),
        )?;
        let outcome = work(self);
        self.db
            .trace_v2(TraceEventCodes::empty(), None::<fn(TraceEvent<'_>)>)?;
        let work = count
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .work
            .clone();
        Ok((outcome, work))
    }
}

impl Count {
    fn add(&mut self, event: &TraceEvent<'_>) {
        match event {
            TraceEvent::Stmt(..) => self.work.statements += 1,
            TraceEvent::Row(_) => self.work.rows += 1,
            TraceEvent::Profile(statement, _) => {
                let steps = statement.get_status(StatementStatus::VmStep);
                let now = u64::try_from(steps).unwrap_or(0);
                let before = self.steps.insert(statement.sql().into_owned(), now);
                // One that was prepared anew counts from 0 again.
                self.work.steps += now.checked_sub(before.unwrap_or(0)).unwrap_or(now);
            }
            _ => {}
        }
    }
}
