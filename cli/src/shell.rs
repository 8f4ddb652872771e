//! One opened home: its vault, the clock, the words, and whose record is meant.

use cairn_core::clock::zone;
use cairn_core::entropy::Entropy;
use cairn_core::error::{Error, Result};
use cairn_core::id::Id;
use cairn_core::log::{self, Saying};
use cairn_core::record::acts::checked;
use cairn_core::record::{Acting, Acts, Record};
use cairn_core::store::drop_box::{self, DroppedAnswer};
use cairn_core::store::key_vault::FileKeyVault;
use cairn_core::store::{Circle, Founding, Scope, Vault};
use cairn_core::words::Words;
use chrono::{DateTime, FixedOffset, NaiveDate, Offset, TimeZone, Utc};
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

/// Who a new profile is for.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// The name as given.
    pub name: String,
    /// `person` or `staff`.
    pub role: String,
    /// The role in care, in words.
    pub title: Option<String>,
    /// Date of birth.
    pub born: Option<String>,
    /// An IANA time zone.
    pub zone: String,
}

/// One opened home.
pub struct Shell {
    /// Its vault.
    pub vault: Vault,
    /// The words of the language chosen.
    pub words: Words,
    /// Where random bytes come from.
    pub entropy: Box<dyn Entropy>,
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
        // All is looked at before anything is made, so that a refusal leaves no half a profile.
        checked(&profile.name)?;
        profile.title.as_deref().map(checked).transpose()?;
        profile.born.as_deref().map(zone::parse_day).transpose()?;
        if !["person", "staff"].contains(&profile.role.as_str()) {
            return Err(Error::Usage { what: "role" });
        }
        if !zone::is_zone(&profile.zone) {
            return Err(Error::Usage { what: "time zone" });
        }
        make_folder(home)?;
        let vault = Vault::create(home, key, entropy.as_ref())?;
        let mut shell = Shell {
            vault,
            words,
            entropy,
            now: at,
            person: None,
            for_person: false,
        };
        let founding = Founding {
            person: &profile.name,
            founder: None,
            title: profile.title.as_deref(),
            born: profile.born.as_deref(),
            place: None,
            zone: &profile.zone,
        };
        shell
            .vault
            .found(&founding, Acting::at(at), shell.entropy.as_ref())?;
        shell.vault.set_setting("role", profile.role.as_bytes())?;
        Ok(shell)
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
        let mut shell = Shell {
            vault,
            words,
            entropy,
            now: system_now(),
            person: None,
            for_person: false,
        };
        shell.now = match at {
            Some(at) => at,
            None => shell
                .read(&nothing())?
                .zones()
                .local(shell.now.with_timezone(&Utc)),
        };
        shell.take_dropped()?;
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
    }

    /// Now.
    pub fn now(&self) -> DateTime<FixedOffset> {
        self.now
    }

    /// The circumstances of an act.
    pub fn acting(&self) -> Acting {
        Acting {
            for_person: self.for_person,
            ..Acting::at(self.now)
        }
    }

    /// The record that is meant: the one named, else the one in use, else the own.
    pub fn circle(&self) -> Result<Circle> {
        if let Some(person) = &self.person {
            return self.find_person(person);
        }
        if let Some(used) = self.vault.setting("use")?
            && let Some(circle) = self
                .vault
                .circles()?
                .into_iter()
                .find(|c| c.id.as_str().as_bytes() == used)
        {
            return Ok(circle);
        }
        self.own()
    }

    /// The own record: the first one of this profile.
    pub fn own(&self) -> Result<Circle> {
        self.vault
            .circles()?
            .into_iter()
            .next()
            .ok_or(Error::UnknownId)
    }

    /// The record whose id begins like this.
    pub fn find_person(&self, prefix: &str) -> Result<Circle> {
        let circles = self.vault.circles()?;
        if let Some(circle) = circles.iter().find(|circle| circle.id.as_str() == prefix) {
            return Ok(circle.clone());
        }
        let mut found = circles
            .into_iter()
            .filter(|c| prefix.len() >= 4 && c.id.as_str().starts_with(prefix));
        match (found.next(), found.next()) {
            (Some(circle), None) => Ok(circle),
            (Some(_), Some(_)) => Err(Error::AmbiguousId),
            (None, _) => Err(Error::UnknownId),
        }
    }

    /// Whether this profile is of somebody who works in care.
    pub fn is_staff(&self) -> Result<bool> {
        Ok(self.vault.setting("role")?.as_deref() == Some(b"staff"))
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

    /// Adds the answers that were taken while the vault was locked. One nobody here knows the plan of stays in
    /// the box.
    fn take_dropped(&mut self) -> Result<()> {
        let home = self.vault.home().to_owned();
        let dropped = drop_box::read_all(&home, self.vault.keys())?;
        let mut all_added = true;
        for answer in &dropped.answers {
            all_added &= self.add_dropped(answer)?;
        }
        if all_added {
            drop_box::clear(&dropped)
        } else {
            Ok(())
        }
    }

    fn add_dropped(&mut self, answer: &DroppedAnswer) -> Result<bool> {
        let offset =
            FixedOffset::east_opt(i32::from(answer.offset_minutes) * 60).unwrap_or(Utc.fix());
        let at = offset
            .timestamp_opt(answer.at, 0)
            .single()
            .unwrap_or(self.now);
        let acting = Acting {
            at,
            for_person: false,
            from_lock_screen: true,
        };
        let plan = Id::read(answer.plan.as_str());
        for circle in self.vault.circles()? {
            let saying = Saying {
                did: Some(&answer.did),
                on: Some(&answer.day),
                ..Saying::default()
            };
            match self.vault.act_dropped(
                &circle,
                &Scope::Plan(plan.clone()),
                acting,
                answer,
                |acts| log::add(acts, &plan, &saying),
            ) {
                Ok(_) => return Ok(true),
                Err(Error::UnknownId) => {}
                Err(error) if error.exit() <= 2 => return Ok(false),
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }
}

/// The scope of roster and time zones alone.
pub fn nothing() -> Scope {
    Scope::Plan(Id::read("-"))
}

/// Makes a folder that only its owner reads.
pub fn make_folder(home: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(home).map_err(|error| storage(&error))
}

/// A fault of the file system.
pub fn storage(error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Error::StorageFull,
        kind => Error::Storage {
            reason: kind.to_string(),
        },
    }
}
