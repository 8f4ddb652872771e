//! What a home visit costs: the tablet and the laptop of a nurse who looks after many people meet, after some of their
//! records changed.

use crate::history::{Act, Step, beginning, more_entries};
use crate::person::{self, Person};
use crate::processor::processor_time;
use cairn_core::circle::device_code::DeviceCode;
use cairn_core::entropy::SeededEntropy;
use cairn_core::record::Acting;
use cairn_core::store::{Circle, Vault};
use cairn_core::sync::session::Session;
use cairn_core::{Error, Result};
use chrono::{DateTime, TimeDelta, Utc};
use std::path::Path;
use std::time::Duration;

/// How many people the nurse looks after.
pub const PEOPLE: usize = 300;

/// How many of their records change between two meetings.
pub const CHANGED: usize = 30;

/// What one meeting cost.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    /// Bytes of all messages, both ways. The link's own are not among them.
    pub bytes: usize,
    /// How often the messages changed direction, the first flight counted.
    pub flights: usize,
    /// Processor time of both devices together; nothing where the system does not tell it.
    pub cpu: Duration,
}

/// A tablet with all records, and a laptop of the same nurse.
pub struct Caseload {
    tablet: Person,
    laptop: Vault,
    people: Vec<Circle>,
    now: DateTime<Utc>,
    drawn: u64,
}

impl Caseload {
    /// Makes both homes in a folder, with so many records, and lets them meet until both have everything. `progress` hears
    /// how many records are made.
    ///
    /// # Errors
    /// Those of the vaults.
    pub fn make(folder: &Path, people: usize, mut progress: impl FnMut(usize)) -> Result<Caseload> {
        let homes = ["tablet", "laptop"].map(|name| folder.join(name));
        for home in &homes {
            std::fs::create_dir_all(home).map_err(|_| Error::Damaged)?;
        }
        let acts = beginning();
        let first = acts.first().map_or(DateTime::UNIX_EPOCH, |act| act.at);
        let now = acts.last().map_or(first, |act| act.at) + TimeDelta::days(1);
        let mut tablet = Person::begin(&homes[0], first)?;
        let mut circles = Vec::with_capacity(people);
        for n in 0..people {
            circles.push(tablet.look_after(&format!("Person {n}"), first, 1_000 + n as u64)?);
            for act in &acts {
                tablet.act(act)?;
            }
            progress(n + 1);
        }
        let key = person::key(&homes[1]);
        let laptop = Vault::create(&homes[1], &key, &SeededEntropy::new(500))?;
        let mut caseload = Caseload {
            tablet,
            laptop,
            people: circles,
            now,
            drawn: 10_000,
        };
        caseload.let_laptop_in()?;
        // The first meeting brings everything, the second settles receipts.
        for _ in 0..2 {
            caseload.meet()?;
        }
        Ok(caseload)
    }

    fn let_laptop_in(&mut self) -> Result<()> {
        let (acting, entropy) = (self.acting(), SeededEntropy::new(600));
        let code = self.tablet.vault.show_device_code(acting, &entropy)?;
        let code = DeviceCode::read(&code.code()?)?;
        let request = code.ask(self.laptop.keys().public())?;
        let tablet = &mut self.tablet.vault;
        let welcome = tablet.admit_device(&request, acting, &entropy)?;
        // A home that was not founded has no record to put away.
        self.laptop.enter_as_device(&code, &welcome, acting)?;
        Ok(())
    }

    fn acting(&self) -> Acting {
        Acting::at(self.now.fixed_offset())
    }

    /// One entry in each of the first `count` records, on the tablet.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn visit(&mut self, count: usize) -> Result<()> {
        let entries = entries(count);
        for (circle, entry) in self.people.iter().zip(&entries) {
            let plan = person::running_plan(&self.tablet.vault, circle)?;
            let vault = &mut self.tablet.vault;
            person::log_entry_as(vault, circle, &plan, entry, true)?;
            self.now = self.now.max(entry.at);
        }
        self.now += TimeDelta::hours(1);
        Ok(())
    }

    /// Lets both meet, as two devices that know who is on the other side, and tells what it cost.
    ///
    /// # Errors
    /// Those of the session; [`Error::Unreachable`] if they fall silent before they are done.
    pub fn meet(&mut self) -> Result<Cost> {
        let before = processor_time();
        let acting = self.acting();
        self.drawn += 2;
        let (here, there) = (
            SeededEntropy::new(self.drawn),
            SeededEntropy::new(self.drawn + 1),
        );
        let (tablet, laptop) = (&mut self.tablet.vault, &mut self.laptop);
        let (of_tablet, of_laptop) = (tablet.keys().public().sign, laptop.keys().public().sign);
        // As a link does that has shown both who is there.
        let mut one = Session::begin_known(tablet, of_laptop, acting, &here)?;
        let mut other = Session::begin_known(laptop, of_tablet, acting, &there)?;
        let mut cost = Cost::default();
        while !(one.is_done() && other.is_done()) {
            let there = flight(&mut one, tablet, &mut other, laptop)?;
            let back = flight(&mut other, laptop, &mut one, tablet)?;
            if there + back == 0 {
                return Err(Error::Unreachable);
            }
            cost.bytes += there + back;
            cost.flights += usize::from(there > 0) + usize::from(back > 0);
        }
        cost.cpu = processor_time().saturating_sub(before);
        Ok(cost)
    }

    /// Whether both show the same of everybody.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn same_on_both(&self) -> Result<bool> {
        for circle in &self.people {
            let mut theirs = self.laptop.circles()?.into_iter();
            let theirs = theirs.find(|other| other.id == circle.id);
            let theirs = theirs.ok_or(Error::UnknownId)?;
            let on_tablet = person::today(&self.tablet.vault, circle, self.now)?;
            if on_tablet != person::today(&self.laptop, &theirs, self.now)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// One entry for each of so many records, after all of [`beginning`].
pub fn entries(count: usize) -> Vec<Act> {
    let mut entries = more_entries(0, count as u64);
    let after = beginning()
        .last()
        .map_or(DateTime::UNIX_EPOCH, |act| act.at);
    for (n, act) in entries.iter_mut().enumerate() {
        act.at = after + TimeDelta::days(1) + TimeDelta::minutes(n as i64);
        if let Step::Entry { plan, on, .. } = &mut act.step {
            *plan = 0;
            *on = act.at.date_naive();
        }
    }
    entries
}

/// All messages that are ready on one side, given to the other; their bytes.
fn flight(
    from: &mut Session,
    giving: &mut Vault,
    to: &mut Session,
    taking: &mut Vault,
) -> Result<usize> {
    let mut bytes = 0;
    while let Some(message) = from.next(giving)? {
        bytes += message.len();
        to.receive(taking, &message)?;
    }
    Ok(bytes)
}
