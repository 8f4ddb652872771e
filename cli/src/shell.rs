//! One opened home: its vault, the clock, the words, and whose record is meant.

use cairn_core::circle::Groups;
use cairn_core::clock::zone;
use cairn_core::entropy::Entropy;
use cairn_core::error::{Error, Result};
use cairn_core::id::Id;
use cairn_core::record::{Acting, Acts, Noun, Record};
pub use cairn_core::store::io::fault as storage;
use cairn_core::store::key_vault::FileKeyVault;
pub use cairn_core::store::profile::{NewProfile as Profile, make_folder, nothing};
use cairn_core::store::{Circle, Scope, Vault, profile};
use cairn_core::words::Words;
use chrono::{DateTime, FixedOffset, NaiveDate, Offset, Utc};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Random bytes of the operating system.
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        getrandom::fill(bytes).map_err(|error| Error::Storage {
            reason: error.to_string(),
        })
    }
}

/// One opened home.
pub struct Shell {
    /// Its vault.
    pub vault: Vault,
    /// The words of the language chosen.
    pub words: Words,
    /// Where random bytes come from.
    pub entropy: Box<dyn Entropy>,
    /// Whether what is told while a command runs is to be JSON.
    pub json: bool,
    /// Whether answers are printed as they are made, where a command cannot go on before: not in a journey.
    pub shows: bool,
    /// Whether the answer was printed already, because the command then waited for somebody.
    pub answered: bool,
    /// How many answers that were given while it was locked stay in the drop box.
    pub staying: usize,
    now: DateTime<FixedOffset>,
    person: Option<String>,
    for_person: bool,
}

/// The key of a home: the file named by `CAIRN_KEY_FILE`, or one beside the vault.
pub fn key_of(home: &Path) -> FileKeyVault {
    match std::env::var_os("CAIRN_KEY_FILE").filter(|path| !path.is_empty()) {
        Some(path) => FileKeyVault::new(path),
        None => own_key(home),
    }
}

/// The key file beside the vault.
pub fn own_key(home: &Path) -> FileKeyVault {
    FileKeyVault::new(home.join("device.key"))
}

/// The folder of the profile where none was named.
pub fn default_home() -> PathBuf {
    let set = |name| {
        std::env::var_os(name)
            .filter(|path| !path.is_empty())
            .map(PathBuf::from)
    };
    let data = set("XDG_DATA_HOME").or_else(|| set("HOME").map(|home| home.join(".local/share")));
    data.unwrap_or_else(|| ".".into()).join("cairn")
}

/// The time zone of this computer, or London where it cannot be told.
pub fn own_zone() -> String {
    let file = || std::fs::read_to_string("/etc/timezone").ok();
    let found = std::env::var("TZ")
        .ok()
        .filter(|name| zone::is_zone(name))
        .or_else(file);
    found
        .map(|name| name.trim().to_owned())
        .filter(|name| zone::is_zone(name))
        .unwrap_or_else(|| "Europe/London".into())
}

/// This computer's clock, in UTC.
pub fn system_now() -> DateTime<FixedOffset> {
    DateTime::<Utc>::from(SystemTime::now()).with_timezone(&Utc.fix())
}

impl Shell {
    /// Makes a profile with its own record.
    pub fn init(
        home: &Path,
        key: &FileKeyVault,
        words: Words,
        entropy: Box<dyn Entropy>,
        at: DateTime<FixedOffset>,
        profile: &Profile,
    ) -> Result<Shell> {
        let mut vault = profile::make(home, key, entropy.as_ref(), Acting::at(at), profile)?;
        vault.turn_to(at);
        Ok(Shell::over(vault, words, entropy, at))
    }

    fn over(
        vault: Vault,
        words: Words,
        entropy: Box<dyn Entropy>,
        now: DateTime<FixedOffset>,
    ) -> Shell {
        Shell {
            vault,
            words,
            entropy,
            json: false,
            shows: false,
            answered: false,
            staying: 0,
            now,
            person: None,
            for_person: false,
        }
    }

    /// Opens a profile, and adds what was answered while it was locked. Without `at` the clock is this
    /// computer's, told in the time zone of the profile.
    pub fn open(
        home: &Path,
        key: &FileKeyVault,
        words: Words,
        entropy: Box<dyn Entropy>,
        at: Option<DateTime<FixedOffset>>,
    ) -> Result<Shell> {
        let vault = Vault::open(home, key, entropy.as_ref())?;
        let mut shell = Shell::over(vault, words, entropy, system_now());
        match shell.own() {
            // Nothing is left but to tell others that a record was erased.
            Err(Error::UnknownId) if !shell.vault.erased()?.is_empty() => {
                shell.set_now(at.unwrap_or(shell.now));
                shell.vault.turn_to(shell.now);
                return Ok(shell);
            }
            own => own?,
        };
        shell.vault.turn_to(at.unwrap_or(shell.now));
        shell.now = match at {
            Some(at) => at,
            None => shell
                .read(&nothing())?
                .zones()
                .local(shell.now.with_timezone(&Utc)),
        };
        shell.staying = shell.vault.take_dropped(shell.now)?.stay;
        Ok(shell)
    }

    /// Sets the clock, whose record is meant, and in whose words, for the next command.
    pub fn turn_to(
        &mut self,
        now: DateTime<FixedOffset>,
        person: Option<String>,
        for_person: bool,
    ) {
        (self.now, self.person, self.for_person) = (now, person, for_person);
        self.vault.turn_to(now);
    }

    /// Sets the clock alone.
    pub fn set_now(&mut self, now: DateTime<FixedOffset>) {
        self.now = now;
    }

    /// Now.
    pub fn now(&self) -> DateTime<FixedOffset> {
        self.now
    }

    /// The circumstances of an act.
    pub fn acting(&self) -> Acting {
        // What is typed while the person holds the device is theirs.
        let handed = matches!(self.vault.visit(), Ok(Some(visit)) if visit.handed);
        Acting {
            for_person: self.for_person || handed,
            ..Acting::at(self.now)
        }
    }

    /// The record that is meant: the one named, else the one in use, else the own.
    pub fn circle(&self) -> Result<Circle> {
        if let Some(visit) = self.vault.visit()?.filter(|visit| visit.handed) {
            let circle = self.find_person(visit.person.as_str())?;
            return match &self.person {
                Some(person) if self.find_person(person)? != circle => Err(Error::NotAllowed),
                _ => Ok(circle),
            };
        }
        if let Some(person) = &self.person {
            return self.find_person(person);
        }
        match self.vault.chosen()? {
            Some(circle) => Ok(circle),
            None => self.own(),
        }
    }

    /// Means the record that counts, where the one that is meant is one of two of one person.
    pub fn turn_to_counting(&mut self) -> Result<()> {
        let meant = self.circle()?;
        if self.vault.visit()?.is_some_and(|visit| visit.handed) {
            // The person holds the device: it shows what it was opened at.
            return Ok(());
        }
        let counts = self.vault.counting(&meant)?;
        if counts != meant {
            self.person = Some(counts.id.to_string());
        }
        Ok(())
    }

    /// The own record: the first one of this profile.
    pub fn own(&self) -> Result<Circle> {
        self.vault.own()
    }

    /// The record whose id begins like this.
    pub fn find_person(&self, prefix: &str) -> Result<Circle> {
        self.vault.find_circle(&Id::read(prefix))
    }

    /// The records of everybody looked after here who counts: no invented person, no second record of somebody.
    pub fn looked_after(&self) -> Result<Vec<Circle>> {
        let counts: Vec<Id> = self
            .vault
            .caseload()?
            .into_iter()
            .filter(|(_, facts)| facts.counts())
            .map(|(id, _)| id)
            .collect();
        let circles = self.vault.circles()?.into_iter();
        Ok(circles
            .filter(|circle| counts.contains(&circle.id))
            .collect())
    }

    /// Whether this profile is of somebody who works in care.
    pub fn is_staff(&self) -> Result<bool> {
        self.vault.is_staff()
    }

    /// Whether what lies in these share groups of the record that is meant was given to this device.
    pub fn may_see(&self, groups: Groups) -> Result<()> {
        if groups == Groups::NONE {
            return Ok(());
        }
        let record = self.read(&nothing())?;
        groups
            .iter()
            .try_for_each(|group| record.sharing.may_read(group))
    }

    /// Notes that something of the record that is meant was shown.
    pub fn note_view(&mut self, shown: Groups) -> Result<()> {
        if shown == Groups::NONE {
            return Ok(());
        }
        let (circle, acting) = (self.circle()?, self.acting());
        self.vault.note_view(&circle, shown, acting)
    }

    /// This profile's own name and role in care, as others are told them.
    pub fn introduce(&self) -> Result<(String, Option<String>)> {
        let own = self.own()?;
        let record = self.vault.record(&own, &nothing())?;
        let me = record.member(&own.member).ok_or(Error::Damaged)?;
        let title = record
            .get(Noun::Member, &own.member)
            .and_then(|thing| record.shown_text(thing, "title"));
        Ok((me.name, title))
    }

    /// Reads the record that is meant.
    pub fn read(&self, scope: &Scope) -> Result<Record> {
        self.vault.record(&self.circle()?, scope)
    }

    /// The person's local day now.
    pub fn today(&self, record: &Record) -> NaiveDate {
        record.day_of(self.now.with_timezone(&Utc))
    }

    /// Acts on the record that is meant.
    pub fn act<T>(
        &mut self,
        scope: &Scope,
        rule: impl FnOnce(&mut Acts) -> Result<T>,
    ) -> Result<(T, Record)> {
        let circle = self.circle()?;
        let acting = self.acting();
        self.vault.act(&circle, scope, acting, rule)
    }
}
