//! A home in a temporary folder, with a fixed clock and seed, for tests.
#![allow(dead_code)]

pub mod codes;
pub mod device;
pub mod forge;
pub mod memory;
pub mod prove;
pub mod shelf;

use cairn_core::entropy::SeededEntropy;
use cairn_core::id::Id;
use cairn_core::record::state::fingerprint;
use cairn_core::record::{Acting, Acts, Member, Noun, Part, Record, Role};
use cairn_core::store::key_vault::FileKeyVault;
use cairn_core::store::{Circle, Founding, Scope, Vault};
use cairn_core::{Result, log, plan, view};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use tempfile::TempDir;

pub struct Home {
    pub folder: TempDir,
    pub vault: Vault,
    pub circle: Circle,
    pub now: DateTime<FixedOffset>,
    seed: u64,
}

impl Home {
    pub fn new(name: &str, zone: &str) -> Home {
        Home::founded(name, zone, 1, moment("2026-01-01T08:00:00Z"))
    }

    /// A home of its own for each seed.
    pub fn seeded(name: &str, zone: &str, seed: u64) -> Home {
        Home::founded(name, zone, seed, moment("2026-03-16T10:00:00Z"))
    }

    fn founded(name: &str, zone: &str, seed: u64, now: DateTime<FixedOffset>) -> Home {
        let (folder, mut vault) = make(seed);
        let founding = Founding {
            person: name,
            founder: None,
            title: None,
            born: None,
            place: None,
            zone,
        };
        let circle = vault
            .found(&founding, Acting::at(now), &SeededEntropy::new(10 + seed))
            .unwrap();
        Home {
            folder,
            vault,
            circle,
            now,
            seed,
        }
    }

    /// A home that lies in a folder already, with its key in it.
    pub fn of(folder: TempDir, now: DateTime<FixedOffset>, seed: u64) -> Home {
        let key = FileKeyVault::new(folder.path().join("device.key"));
        let mut vault = Vault::open(folder.path(), &key, &SeededEntropy::new(seed)).unwrap();
        vault.turn_to(now);
        let circle = vault.own().unwrap();
        Home {
            folder,
            vault,
            circle,
            now,
            seed,
        }
    }

    /// Another device, of another member, with all that is known now.
    pub fn fork(&mut self, name: &str, role: &str, seed: u64) -> Home {
        let (folder, mut vault) = make(seed);
        let member = Id::wide(&[b"member", &seed.to_le_bytes()]);
        let known = Member {
            id: member.clone(),
            name: name.into(),
            role: Role::read(role),
        };
        self.act(|acts| {
            acts.put(
                &Part::circle(),
                Noun::Member,
                &known.id,
                "name",
                known.name.as_str(),
            );
            acts.put(&Part::circle(), Noun::Member, &known.id, "role", role);
            Ok(())
        })
        .unwrap();
        let circle = vault
            .join(&self.circle.id, &member, Acting::at(self.now))
            .unwrap();
        let mut fork = Home {
            folder,
            vault,
            circle,
            now: self.now,
            seed,
        };
        fork.take(self);
        fork
    }

    pub fn at(&mut self, at: &str) {
        self.now = moment(at);
        self.vault.turn_to(self.now);
    }

    pub fn act<T>(&mut self, rule: impl FnOnce(&mut Acts) -> Result<T>) -> Result<T> {
        self.vault
            .act(&self.circle, &Scope::All, Acting::at(self.now), rule)
            .map(|(done, _)| done)
    }

    pub fn act_on_all<T>(&mut self, rule: impl FnOnce(&mut Acts) -> Result<T>) -> Result<T> {
        self.vault
            .act(&self.circle, &Scope::Everything, Acting::at(self.now), rule)
            .map(|(done, _)| done)
    }

    pub fn log(&mut self, plan: &Id, saying: &log::Saying) -> Result<Id> {
        let scope = Scope::Plan(plan.clone());
        self.vault
            .act(&self.circle, &scope, Acting::at(self.now), |acts| {
                log::add(acts, plan, saying)
            })
            .map(|(id, _)| id)
    }

    pub fn record(&self) -> Record {
        self.vault.record(&self.circle, &Scope::All).unwrap()
    }

    pub fn everything(&self) -> Record {
        self.vault.record(&self.circle, &Scope::Everything).unwrap()
    }

    pub fn fingerprint(&self) -> [u8; 32] {
        fingerprint(&self.everything())
    }

    pub fn day(&self) -> NaiveDate {
        self.record().day_of(self.now.with_timezone(&Utc))
    }

    pub fn today(&self) -> serde_json::Value {
        let now = self.now.with_timezone(&Utc);
        let (record, today) = self
            .vault
            .record_for(&self.circle, |record| record.day_of(now))
            .unwrap();
        view::today::show(&record, today, today)
    }

    pub fn plan(&self, id: &Id) -> serde_json::Value {
        let record = self.record();
        plan::show::show(&record, record.find(Noun::Plan, id).unwrap(), self.day())
    }

    /// Takes in everything the other device has.
    pub fn take(&mut self, other: &Home) -> usize {
        let handed = other.vault.hand_over(&other.circle).unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        self.vault.receive(&self.circle, &handed, today).unwrap()
    }

    pub fn meet(&mut self, other: &mut Home) {
        self.take(other);
        other.take(self);
    }

    pub fn reopen(&mut self) -> Result<()> {
        let key = FileKeyVault::new(self.folder.path().join("device.key"));
        self.vault = Vault::open(
            self.folder.path(),
            &key,
            &SeededEntropy::new(self.seed + 1000),
        )?;
        Ok(())
    }
}

pub fn moment(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn make(seed: u64) -> (TempDir, Vault) {
    let folder = tempfile::tempdir().unwrap();
    let key = FileKeyVault::new(folder.path().join("device.key"));
    let vault = Vault::create(folder.path(), &key, &SeededEntropy::new(seed)).unwrap();
    (folder, vault)
}
