//! Playing a [`history`](crate::history) through Cairn's own rules into a home on the disk.

use crate::history::{Act, Step};
use cairn_core::circle::Groups;
use cairn_core::entropy::SeededEntropy;
use cairn_core::id::Id;
use cairn_core::plan::{self, agree::Agreeing};
use cairn_core::rating::{Kind, Rating};
use cairn_core::record::{Acting, Acts, Noun, Record};
use cairn_core::store::key_vault::{FileKeyVault, KeyVault, LABEL_DATABASE};
use cairn_core::store::membership::Inviting;
use cairn_core::store::{Circle, Founding, Scope, Vault};
use cairn_core::{Error, Result, barrier, follow_up, goal, log, view};
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// Somebody invented, with a home in a folder.
pub struct Person {
    /// The folder.
    pub home: PathBuf,
    /// The open vault.
    pub vault: Vault,
    /// Their record.
    pub circle: Circle,
    /// Writes down what the person says, on somebody else's device.
    pub for_person: bool,
    goals: Vec<Id>,
    plans: Vec<Id>,
    barriers: Vec<Id>,
    ideas: Vec<Id>,
}

/// The thing with this number, or the newest for a number there is none of.
fn newest(things: &[Id], number: usize) -> Result<Id> {
    let thing = things.get(number).or(things.last());
    thing.cloned().ok_or(Error::UnknownId)
}

impl Person {
    /// Makes a home in an empty folder.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn begin(home: &Path, first: DateTime<Utc>) -> Result<Person> {
        Person::seeded(home, first, 1)
    }

    fn seeded(home: &Path, first: DateTime<Utc>, seed: u64) -> Result<Person> {
        let mut vault = Vault::create(home, &key(home), &SeededEntropy::new(seed))?;
        let founding = Founding {
            person: "Mary Bell",
            founder: None,
            title: None,
            born: None,
            place: None,
            zone: "Europe/London",
        };
        let circle = vault.found(&founding, acting(first), &SeededEntropy::new(seed + 1))?;
        Ok(Person {
            home: home.to_owned(),
            vault,
            circle,
            for_person: false,
            goals: Vec::new(),
            plans: Vec::new(),
            barriers: Vec::new(),
            ideas: Vec::new(),
        })
    }

    /// Makes a home and plays a whole history into it, telling `progress` how far it is. As an idle device does,
    /// it compacts from time to time, and at the end, and writes the log into the file.
    ///
    /// # Errors
    /// Those of the vault and of the rules.
    pub fn play(home: &Path, acts: &[Act], mut progress: impl FnMut(usize)) -> Result<Person> {
        let first = acts.first().map_or(DateTime::UNIX_EPOCH, |act| act.at);
        let mut person = Person::begin(home, first)?;
        for (n, act) in acts.iter().enumerate() {
            person.act(act)?;
            progress(n);
            person.tidy(n)?;
        }
        person.settle()
    }

    /// What an idle device does after every 200 acts.
    fn tidy(&mut self, done: usize) -> Result<()> {
        if done % 200 == 199 {
            self.vault.compact()?;
        }
        Ok(())
    }

    fn settle(mut self) -> Result<Person> {
        self.vault.compact()?;
        self.vault.checkpoint()?;
        Ok(self)
    }

    /// As [`Person::play`] in the first folder, shared from the beginning with somebody whose home lies in the second, and
    /// signed after every fifth act, as if they met then.
    ///
    /// # Errors
    /// As [`Person::play`], and those of membership.
    pub fn play_signed(
        [home, other]: [&Path; 2],
        acts: &[Act],
        mut progress: impl FnMut(usize),
    ) -> Result<Person> {
        let first = acts.first().map_or(DateTime::UNIX_EPOCH, |act| act.at);
        let mut person = Person::begin(home, first)?;
        person.let_in(other, first)?;
        for (n, act) in acts.iter().enumerate() {
            person.act(act)?;
            progress(n);
            if n % 5 == 4 {
                let entropy = SeededEntropy::new(2_000 + n as u64);
                let circle = person.circle.clone();
                person.vault.cut(&circle, acting(act.at), &entropy)?;
            }
            person.tidy(n)?;
        }
        person.settle()
    }

    /// The same record on somebody else's device, who is let in as a nurse and writes down what the person says.
    ///
    /// # Errors
    /// Those of the vault and of membership.
    pub fn let_in(&mut self, home: &Path, at: DateTime<Utc>) -> Result<Person> {
        let mut nurse = Person::seeded(home, at, 30)?;
        let inviting = Inviting {
            role: "nurse",
            groups: Groups::read(["all"], "nurse")?,
            until: None,
        };
        let (acting, entropy) = (acting(at), SeededEntropy::new(40));
        let vault = &mut self.vault;
        let invitation = vault.invite(&self.circle, &inviting, acting, &entropy)?;
        let request = invitation.ask(nurse.vault.keys().public(), "Anne Okoro", None)?;
        let welcome = vault.admit(&self.circle, &request, acting, &entropy)?;
        nurse.vault.enter(&invitation, &welcome, acting)?;
        let circles = nurse.vault.circles()?.into_iter();
        let mut theirs = circles.filter(|circle| circle.id == self.circle.id);
        nurse.circle = theirs.next().ok_or(Error::UnknownId)?;
        nurse.for_person = true;
        nurse.goals.clone_from(&self.goals);
        nurse.plans.clone_from(&self.plans);
        Ok(nurse)
    }

    /// Founds the record of one more person, kept by this device as staff's, and turns to it: what is written next goes
    /// in there.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn look_after(&mut self, name: &str, at: DateTime<Utc>, seed: u64) -> Result<Circle> {
        let founding = Founding {
            person: name,
            founder: Some("Anne Okoro"),
            title: None,
            born: None,
            place: None,
            zone: "Europe/London",
        };
        let entropy = SeededEntropy::new(seed);
        self.circle = self.vault.found(&founding, acting(at), &entropy)?;
        self.for_person = true;
        for things in [
            &mut self.goals,
            &mut self.plans,
            &mut self.barriers,
            &mut self.ideas,
        ] {
            things.clear();
        }
        Ok(self.circle.clone())
    }

    /// Carries out one act.
    ///
    /// # Errors
    /// Those of the vault and of the rules.
    pub fn act(&mut self, act: &Act) -> Result<()> {
        let at = act.at;
        match &act.step {
            Step::Goal {
                words,
                importance,
                confidence,
                ..
            } => {
                let id = self.rule(at, |acts| {
                    goal::add(acts, words, Some(*importance), Some(*confidence))
                })?;
                self.goals.push(id);
            }
            Step::Importance { goal, value, why } => {
                let goal = newest(&self.goals, *goal)?;
                let rating = Rating::number(*value)?;
                self.rule(at, |acts| {
                    goal::rate(acts, &goal, Kind::Importance, &rating, Some(why))
                })?;
            }
            Step::Achieve { goal } => {
                let goal = self.goals[*goal].clone();
                self.rule(at, |acts| goal::achieve(acts, &goal))?;
            }
            Step::Plan {
                goal,
                replaces,
                fields,
                ..
            } => self.plan(at, *goal, *replaces, fields)?,
            Step::Confidence { plan, value, why } => {
                let (plan, rating) = (newest(&self.plans, *plan)?, Rating::number(*value)?);
                self.rule(at, |acts| plan::rate(acts, &plan, &rating, Some(why)))?;
            }
            Step::Smaller { plan, what } => {
                let plan = self.plans[*plan].clone();
                self.rule(at, |acts| plan::smaller(acts, &plan, "amount", what))?;
            }
            Step::Agree { plan, due } => {
                let (plan, due) = (self.plans[*plan].clone(), due.to_string());
                let agreeing = Agreeing {
                    follow_up: Some(due),
                    channel: Some("phone".into()),
                    ..Agreeing::default()
                };
                self.rule(at, |acts| plan::agree::agree(acts, &plan, &agreeing))?;
            }
            Step::FollowUp { plan, due } => {
                let (plan, due) = (newest(&self.plans, *plan)?, due.to_string());
                self.rule(at, |acts| follow_up::add(acts, &plan, &due, "visit", None))?;
            }
            Step::Review {
                plan,
                well,
                challenging,
            } => {
                let recording = follow_up::Recording {
                    channel: Some("phone".into()),
                    well: Some(well.clone()),
                    challenging: Some(challenging.clone()),
                    next: Some("keep".into()),
                    ..follow_up::Recording::default()
                };
                let plan = newest(&self.plans, *plan)?;
                self.rule(at, |acts| {
                    let newest = follow_up::of(acts.record(), &plan)
                        .last()
                        .map(|f| f.id.clone());
                    follow_up::record(acts, &newest.ok_or(Error::UnknownId)?, &recording)
                })?;
            }
            Step::Barrier { plan, text, .. } => {
                let plan = newest(&self.plans, *plan)?;
                let id = self.rule(at, |acts| barrier::add(acts, &plan, text))?;
                self.barriers.push(id);
            }
            Step::Idea { barrier, text, .. } => {
                let barrier = self.barriers[*barrier].clone();
                let id = self.rule(at, |acts| {
                    barrier::add_idea(acts, &barrier, text, false, false)
                })?;
                self.ideas.push(id);
            }
            Step::Choose { idea, .. } => {
                let idea = self.ideas[*idea].clone();
                self.rule(at, |acts| barrier::choose(acts, &idea))?;
            }
            Step::Tried { idea, note } => {
                let idea = self.ideas[*idea].clone();
                self.rule(at, |acts| {
                    barrier::result(acts, &idea, "worked", Some(note))
                })?;
            }
            Step::Rest { plan, until } => {
                let (plan, until) = (self.plans[*plan].clone(), until.to_string());
                self.rule(at, |acts| {
                    plan::pause::pause(acts, &plan, "flare", None, Some(&until))
                })?;
            }
            Step::Entry { plan, .. } => {
                let plan = newest(&self.plans, *plan)?;
                log_entry_as(&mut self.vault, &self.circle, &plan, act, self.for_person)?;
            }
        }
        Ok(())
    }

    fn plan(
        &mut self,
        at: DateTime<Utc>,
        goal: usize,
        replaces: Option<usize>,
        fields: &[(&'static str, String)],
    ) -> Result<()> {
        let given = |name| {
            fields
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, text)| text.clone())
        };
        let answers = plan::Answers {
            what: given("what"),
            bit: given("bit"),
            when: given("when"),
            place: given("where"),
            often: given("often"),
            support: given("support"),
            replaces: replaces.map(|plan| self.plans[plan].clone()),
            ..plan::Answers::default()
        };
        let goal = self.goals[goal].clone();
        let id = self.rule(at, |acts| plan::new(acts, &goal, &answers))?;
        self.plans.push(id);
        Ok(())
    }

    fn rule<T>(
        &mut self,
        at: DateTime<Utc>,
        rule: impl FnOnce(&mut Acts) -> Result<T>,
    ) -> Result<T> {
        let acting = Acting {
            for_person: self.for_person,
            ..acting(at)
        };
        self.vault
            .act(&self.circle, &Scope::All, acting, rule)
            .map(|(done, _)| done)
    }
}

/// Opens the vault in `home` as a starting program does, with the first record in it.
///
/// # Errors
/// Those of the vault.
pub fn open(home: &Path) -> Result<(Vault, Circle)> {
    let vault = vault(home)?;
    let circle = vault
        .circles()?
        .into_iter()
        .next()
        .ok_or(Error::UnknownId)?;
    Ok((vault, circle))
}

/// Opens a home and looks at nothing in it.
///
/// # Errors
/// Those of [`Vault::open`].
pub fn vault(home: &Path) -> Result<Vault> {
    Vault::open(home, &key(home), &SeededEntropy::new(3))
}

/// Where the key of `home` lies.
pub fn key(home: &Path) -> FileKeyVault {
    FileKeyVault::new(home.join("device.key"))
}

/// The file of the vault in `home`, opened past everything Cairn does: to count what lies in it, and to spoil it.
///
/// # Errors
/// Those of the key and of SQLite.
pub fn raw(home: &Path) -> Result<Connection> {
    let key = key(home).load()?.ok_or(Error::WrongKey)?;
    let db = Connection::open(home.join("vault.db"))?;
    let hex: String = key
        .derive(LABEL_DATABASE)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    db.execute_batch(&format!("pragma key = \"x'{hex}'\""))?;
    Ok(db)
}

/// Makes every snapshot in `home` unreadable, so that whatever opens a document after this says so. Returns how
/// many there were.
///
/// # Errors
/// Those of [`raw`].
pub fn spoil_documents(home: &Path) -> Result<usize> {
    let spoil = "update snapshot set bytes = zeroblob(length(bytes))";
    Ok(raw(home)?.execute(spoil, [])?)
}

/// Bytes in the write-ahead log of `home`.
pub fn wal_bytes(home: &Path) -> u64 {
    std::fs::metadata(home.join("vault.db-wal")).map_or(0, |file| file.len())
}

/// The page of the day on which `at` falls for the person.
///
/// # Errors
/// Those of the vault.
pub fn today(vault: &Vault, circle: &Circle, at: DateTime<Utc>) -> Result<String> {
    let (record, today) = vault.record_for(circle, |record| record.day_of(at))?;
    Ok(view::today::show(&record, today, today).to_string())
}

/// The plan whose entries today's page asks for.
///
/// # Errors
/// Those of the vault; [`Error::UnknownId`] if no plan runs.
pub fn running_plan(vault: &Vault, circle: &Circle) -> Result<Id> {
    let record: Record = vault.record(circle, &Scope::Live)?;
    record
        .standing(Noun::Plan)
        .last()
        .map(|plan| plan.id.clone())
        .ok_or(Error::UnknownId)
}

/// Logs what an [`Step::Entry`] says for a plan.
///
/// # Errors
/// Those of the vault and of the rule.
pub fn log_entry(vault: &mut Vault, circle: &Circle, plan: &Id, act: &Act) -> Result<()> {
    log_entry_as(vault, circle, plan, act, false)
}

/// Logs what an [`Step::Entry`] says for a plan, written down for the person if `for_person`.
///
/// # Errors
/// Those of the vault and of the rule.
pub fn log_entry_as(
    vault: &mut Vault,
    circle: &Circle,
    plan: &Id,
    act: &Act,
    for_person: bool,
) -> Result<()> {
    let Step::Entry {
        on,
        did,
        felt,
        note,
        ..
    } = &act.step
    else {
        return Err(Error::Usage { what: "entry" });
    };
    let saying = log::Saying {
        did: Some((*did).into()),
        on: Some(on.to_string()),
        felt: Some(*felt),
        note: Some(note.clone()).filter(|note| !note.is_empty()),
        ..log::Saying::default()
    };
    let acting = Acting {
        for_person,
        ..acting(act.at)
    };
    vault.act(circle, &Scope::Plan(plan.clone()), acting, |acts| {
        log::add(acts, plan, &saying)
    })?;
    Ok(())
}

fn acting(at: DateTime<Utc>) -> Acting {
    Acting::at(at.fixed_offset())
}
