//! Making a profile, and adding what was answered while it was locked: what every shell does with a home.

use super::drop_box::{self, DroppedAnswer, seal_into};
use super::found::{Founding, checked_born};
use super::io::fault;
use super::key_vault::KeyVault;
use super::reading::Reading;
use super::rows::Scope;
use super::vault::{Circle, Vault};
use crate::circle::recovery_code::RecoveryCode;
use crate::clock::zone;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::log::answer::Did;
use crate::log::{self, Saying};
use crate::record::acts::{checked_name, one_of};
use crate::record::{Acting, Noun};
use chrono::{DateTime, FixedOffset, NaiveDate, Offset, TimeZone, Utc};
use std::path::Path;

/// Who a new profile is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct NewProfile {
    /// The name as given.
    pub name: String,
    /// `person` or `staff`.
    pub role: String,
    /// The role in care, in words.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub title: Option<String>,
    /// Date of birth, `yyyy-mm-dd`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub born: Option<String>,
    /// An IANA time zone.
    pub zone: String,
}

/// Makes a folder with a vault and the profile's own record.
///
/// # Errors
/// [`Error::Empty`], [`Error::BadDate`] or [`Error::Usage`] for what was given, before anything is made, so that a
/// refusal leaves no half a profile; those of [`Vault::create`]. A home whose making was cut off is finished instead:
/// what counts as made is one that holds a record.
pub fn make(
    home: &Path,
    key_vault: &dyn KeyVault,
    entropy: &dyn Entropy,
    acting: Acting,
    profile: &NewProfile,
) -> Result<Vault> {
    make_with(home, key_vault, entropy, acting, profile, &[])
}

/// As [`make`], with further settings, kept before the record is founded: a home that counts has them.
pub(crate) fn make_with(
    home: &Path,
    key_vault: &dyn KeyVault,
    entropy: &dyn Entropy,
    acting: Acting,
    profile: &NewProfile,
    settings: &[(&str, &[u8])],
) -> Result<Vault> {
    checked_name(&profile.name)?;
    profile.title.as_deref().map(checked_name).transpose()?;
    profile.born.as_deref().map(zone::parse_day).transpose()?;
    let role = one_of(&["person", "staff"], &profile.role, "role")?;
    if !zone::is_zone(&profile.zone) {
        return Err(Error::Usage { what: "time zone" });
    }
    checked_born(profile.born.as_deref(), acting, &profile.zone)?;
    make_folder(home)?;
    let mut vault = match Vault::create(home, key_vault, entropy) {
        Err(Error::NotAnAnswer) => unfinished(home, key_vault, entropy)?,
        made => made?,
    };
    // Before the record, whose founding is the last step and makes the home count.
    vault.set_setting("role", role.as_bytes())?;
    for (key, value) in settings {
        vault.set_setting(key, value)?;
    }
    let founding = Founding {
        person: &profile.name,
        founder: None,
        title: profile.title.as_deref(),
        born: profile.born.as_deref(),
        place: None,
        zone: &profile.zone,
    };
    vault.found(&founding, acting, entropy)?;
    Ok(vault)
}

/// Makes a folder with a vault, and brings a backup back into it. The code that opened it ends once the one that takes its
/// place was shown.
///
/// # Errors
/// Those of [`Vault::restore_backup_shown`], but for showing before anything is made where the file or the code is not right.
pub fn bring_back(
    home: &Path,
    key_vault: &dyn KeyVault,
    entropy: &dyn Entropy,
    acting: Acting,
    file: &Path,
    code: &RecoveryCode,
    show: impl FnOnce(&Vault, &RecoveryCode) -> Result<()>,
) -> Result<Vault> {
    let mut vault = if Vault::stands_in(home) {
        Vault::open(home, key_vault, entropy)?
    } else {
        super::backup::check_backup(file, &code.keys()?)?;
        make_folder(home)?;
        Vault::create(home, key_vault, entropy)?
    };
    vault.restore_backup_shown(file, code, acting, entropy, show)?;
    Ok(vault)
}

/// A vault whose making was cut off before it held a record; [`Error::NotAnAnswer`] for any other, readable or not.
fn unfinished(home: &Path, key_vault: &dyn KeyVault, entropy: &dyn Entropy) -> Result<Vault> {
    let vault = Vault::open(home, key_vault, entropy).map_err(|_| Error::NotAnAnswer)?;
    if vault.circles()?.is_empty() {
        Ok(vault)
    } else {
        Err(Error::NotAnAnswer)
    }
}

/// Makes a folder that only its owner reads.
pub fn make_folder(home: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(home).map_err(|error| fault(&error))
}

/// Keeps a one-tap answer without opening the vault; the next opening adds it to the log. The day it is about.
///
/// # Errors
/// [`Error::Usage`] for another answer, [`Error::Empty`] without a plan, [`Error::UnknownId`] without a vault.
pub fn drop_answer(
    home: &Path,
    plan: &str,
    did: &str,
    at: DateTime<FixedOffset>,
    entropy: &dyn Entropy,
) -> Result<NaiveDate> {
    Did::parse(did).ok_or(Error::Usage { what: "did" })?;
    if plan.trim().is_empty() {
        return Err(Error::Empty);
    }
    if !Vault::stands_in(home) {
        return Err(Error::UnknownId);
    }
    let mut id = [0; 16];
    entropy.fill(&mut id)?;
    let day = at.date_naive();
    let answer = DroppedAnswer {
        id,
        plan: plan.to_owned(),
        did: did.to_owned(),
        day: day.to_string(),
        at: at.timestamp(),
        offset_minutes: i16::try_from(at.offset().local_minus_utc() / 60).unwrap_or(0),
    };
    seal_into(home, &answer, entropy)?;
    Ok(day)
}

/// What became of the answers in the drop box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenIn {
    /// How many are in the log now.
    pub added: usize,
    /// How many stay in the box.
    pub stay: usize,
}

/// The setting that holds how many answers stayed in the drop box, as 8 bytes, the highest first.
pub(super) const STAYING: &str = "drop_staying";

/// The scope of roster and time zones alone.
pub fn nothing() -> Scope {
    Scope::Plan(Id::read("-"))
}

impl Vault {
    /// Whether there is a vault in `home`.
    pub fn stands_in(home: &Path) -> bool {
        home.join(super::vault::VAULT).exists()
    }

    /// [`Reading::own`] through the vault's own connection.
    pub fn own(&self) -> Result<Circle> {
        self.reading().own()
    }

    /// [`Reading::find_circle`] through the vault's own connection.
    pub fn find_circle(&self, prefix: &Id) -> Result<Circle> {
        self.reading().find_circle(prefix)
    }

    /// [`Reading::is_staff`] through the vault's own connection.
    pub fn is_staff(&self) -> Result<bool> {
        self.reading().is_staff()
    }

    /// Adds the answers that were taken while the vault was locked; `now` stands in for a moment no clock can have.
    /// One nobody here knows the plan of stays in the box, and is tried again each time. How many were added, and how many
    /// stay.
    ///
    /// # Errors
    /// Those of storage; nothing is lost then.
    pub fn take_dropped(&mut self, now: DateTime<FixedOffset>) -> Result<TakenIn> {
        let home = self.home().to_owned();
        let dropped = drop_box::read_all(&home, self.keys())?;
        let mut added = 0;
        for answer in &dropped.answers {
            added += usize::from(self.add_dropped(answer, now)?);
        }
        let stay = dropped.answers.len() - added;
        if stay == 0 {
            drop_box::clear(&dropped)?;
        }
        Ok(TakenIn { added, stay })
    }

    /// Notes how many answers stay in the drop box; whether these are more than were ever noted here, so that each is told
    /// once.
    ///
    /// # Errors
    /// Those of storage.
    pub fn note_staying(&mut self, stay: usize) -> Result<bool> {
        let noted = self.setting(STAYING)?;
        let noted = noted.and_then(|bytes| bytes.first_chunk().copied());
        let noted = noted.map_or(0, u64::from_be_bytes);
        let stay = stay as u64;
        if stay != noted {
            self.set_setting(STAYING, &stay.to_be_bytes())?;
        }
        Ok(stay > noted)
    }

    /// Whether an answer to a plan whose id begins like this would be added: some record here has it.
    ///
    /// # Errors
    /// [`Error::UnknownId`], [`Error::AmbiguousId`]; those of storage.
    pub fn has_plan(&self, prefix: &str) -> Result<()> {
        let plan = Id::read(prefix);
        let scope = Scope::Plan(plan.clone());
        let mut found = Err(Error::UnknownId);
        for circle in self.circles()? {
            match self.record(&circle, &scope)?.find(Noun::Plan, &plan) {
                Err(Error::UnknownId) => {}
                Err(error) => return Err(error),
                Ok(_) if found.is_ok() => return Err(Error::AmbiguousId),
                Ok(_) => found = Ok(()),
            }
        }
        found
    }

    fn add_dropped(&mut self, answer: &DroppedAnswer, now: DateTime<FixedOffset>) -> Result<bool> {
        let offset =
            FixedOffset::east_opt(i32::from(answer.offset_minutes) * 60).unwrap_or(Utc.fix());
        let acting = Acting {
            at: offset.timestamp_opt(answer.at, 0).single().unwrap_or(now),
            for_person: false,
            from_lock_screen: true,
        };
        let plan = Id::read(answer.plan.as_str());
        let saying = Saying {
            did: Some(answer.did.clone()),
            on: Some(answer.day.clone()),
            ..Saying::default()
        };
        let scope = Scope::Plan(plan.clone());
        for circle in self.circles()? {
            let added = self.act_dropped(&circle, &scope, acting, answer, |acts| {
                log::add(acts, &plan, &saying)
            });
            match added {
                Ok(_) => return Ok(true),
                Err(Error::UnknownId) => {}
                Err(error) if error.exit() <= 2 => return Ok(false),
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }
}

impl Reading<'_> {
    /// The own record: the first one of this profile, or the one its person claimed.
    ///
    /// # Errors
    /// [`Error::UnknownId`] for a vault without one.
    pub fn own(&self) -> Result<Circle> {
        self.circles()?.into_iter().next().ok_or(Error::UnknownId)
    }

    /// The record whose id begins like this (4 characters or more, or the whole id).
    ///
    /// # Errors
    /// [`Error::UnknownId`], [`Error::AmbiguousId`].
    pub fn find_circle(&self, prefix: &Id) -> Result<Circle> {
        let circles = self.circles()?;
        if let Some(circle) = circles.iter().find(|circle| circle.id == *prefix) {
            return Ok(circle.clone());
        }
        let prefix = prefix.as_str();
        let mut found = circles
            .into_iter()
            .filter(|circle| prefix.len() >= 4 && circle.id.as_str().starts_with(prefix));
        match (found.next(), found.next()) {
            (Some(circle), None) => Ok(circle),
            (Some(_), Some(_)) => Err(Error::AmbiguousId),
            (None, _) => Err(Error::UnknownId),
        }
    }

    /// Whether this profile is of somebody who works in care.
    pub fn is_staff(&self) -> Result<bool> {
        Ok(self.setting("role")?.as_deref() == Some(b"staff"))
    }
}
