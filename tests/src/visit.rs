//! Two devices that keep the same records and meet: a colleague's tablet after home visits, and a new device that is
//! given a long record. For the benchmarks of meetings; everybody in it is invented.

use crate::person::key;
use cairn_core::circle::Groups;
use cairn_core::entropy::SeededEntropy;
use cairn_core::plan::{self, Answers};
use cairn_core::record::{Acting, Noun};
use cairn_core::store::membership::Inviting;
use cairn_core::store::{Circle, Founding, Scope, Vault};
use cairn_core::{Error, Result, goal, log};
use chrono::{DateTime, Duration, FixedOffset};
use std::path::{Path, PathBuf};

/// The two homes of a meeting in a folder.
pub fn homes(folder: &Path) -> (PathBuf, PathBuf) {
    (folder.join("one"), folder.join("other"))
}

/// The moment at which everything here happens first.
pub fn morning() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-03-16T08:00:00+00:00").expect("a moment")
}

/// Acting some minutes after [`morning`].
pub fn minutes(minutes: i64) -> Acting {
    Acting::at(morning() + Duration::minutes(minutes))
}

/// Opens a home with its own random source.
///
/// # Errors
/// Those of the vault.
pub fn open(home: &Path, seed: u64) -> Result<Vault> {
    Vault::open(home, &key(home), &SeededEntropy::new(seed))
}

/// A staff device with so many records, each with a goal and a plan, and a colleague's device that was let into all of
/// them and has met it once.
///
/// # Errors
/// Those of the vault, of the rules, and of the meeting.
pub fn make(folder: &Path, records: usize, mut progress: impl FnMut(usize)) -> Result<()> {
    let (home, second) = homes(folder);
    for home in [&home, &second] {
        std::fs::create_dir_all(home).map_err(|_| Error::Usage { what: "folder" })?;
    }
    let mut one = Vault::create(&home, &key(&home), &SeededEntropy::new(1))?;
    let mut other = Vault::create(&second, &key(&second), &SeededEntropy::new(2))?;
    for n in 0..records {
        let name = format!("Person {n}");
        let entropy = SeededEntropy::new(1000 + n as u64);
        let founding = Founding {
            person: &name,
            founder: Some("Anne Okoro"),
            title: Some("nurse"),
            born: None,
            place: None,
            zone: "Europe/London",
        };
        let circle = one.found(&founding, minutes(0), &entropy)?;
        let (goal, _) = one.act(&circle, &Scope::All, minutes(1), |acts| {
            goal::add(acts, "Walk to the shop", None, None)
        })?;
        let answers = Answers {
            what: Some("Walk to the bench".into()),
            often: Some("every day".into()),
            ..Answers::default()
        };
        one.act(&circle, &Scope::All, minutes(1), |acts| {
            plan::new(acts, &goal, &answers)
        })?;
        share(&mut one, &mut other, &circle, &entropy)?;
        progress(n + 1);
    }
    meet(&mut one, &mut other, 10)?;
    for vault in [&mut one, &mut other] {
        vault.checkpoint()?;
    }
    Ok(())
}

/// Lets the other device into a record, with everything in it.
///
/// # Errors
/// Those of the vault.
pub fn share(
    one: &mut Vault,
    other: &mut Vault,
    circle: &Circle,
    entropy: &SeededEntropy,
) -> Result<()> {
    let inviting = Inviting {
        role: "nurse",
        groups: Groups::EVERYTHING,
        until: None,
    };
    let invitation = one.invite(circle, &inviting, minutes(2), entropy)?;
    let request = invitation.ask(other.keys().public(), "Ben Hale", None)?;
    let welcome = one.admit(circle, &request, minutes(3), entropy)?;
    other.enter(&invitation, &welcome, minutes(3))?;
    Ok(())
}

/// Logs a visit in each of the first records.
///
/// # Errors
/// Those of the vault and of the rule.
pub fn visit(vault: &mut Vault, records: usize, minute: i64) -> Result<()> {
    for circle in vault.circles()?.into_iter().take(records) {
        note(
            vault,
            &circle,
            minute,
            "went to the bench, windy day, all good",
        )?;
    }
    Ok(())
}

/// Logs an entry with a note about the record's plan.
///
/// # Errors
/// Those of the vault and of the rule.
pub fn note(vault: &mut Vault, circle: &Circle, minute: i64, note: &str) -> Result<()> {
    let record = vault.record(circle, &Scope::All)?;
    let plans = record.standing(Noun::Plan);
    let plan = plans.first().map(|plan| plan.id.clone());
    let plan = plan.ok_or(Error::UnknownId)?;
    let saying = log::Saying {
        did: Some("did".into()),
        note: Some(note.into()),
        ..log::Saying::default()
    };
    let scope = Scope::Plan(plan.clone());
    vault.act(circle, &scope, minutes(minute), |acts| {
        log::add(acts, &plan, &saying)
    })?;
    Ok(())
}

/// One record with so many long notes, signed by their writer, and a device that was let in and got nothing yet.
///
/// # Errors
/// Those of the vault and of the rules.
pub fn make_long(folder: &Path, notes: usize, mut progress: impl FnMut(usize)) -> Result<()> {
    make(folder, 1, |_| ())?;
    let (home, _) = homes(folder);
    let mut one = open(&home, 5)?;
    let circle = one.circles()?.remove(0);
    let words =
        "a slow walk along the river with two rests on the way, then tea with Ann. ".repeat(4);
    for n in 0..notes {
        note(&mut one, &circle, n as i64, &format!("{n}: {words}"))?;
        progress(n + 1);
    }
    one.cut(&circle, minutes(20), &SeededEntropy::new(6))?;
    one.checkpoint()
}

/// Lets the two meet.
///
/// # Errors
/// Those of the meeting.
pub fn meet(one: &mut Vault, other: &mut Vault, minute: i64) -> Result<()> {
    use cairn_core::sync::memory::{Side, meet};
    let (first, second) = (
        SeededEntropy::new(minute as u64),
        SeededEntropy::new(7 + minute as u64),
    );
    let mut one = Side {
        vault: one,
        acting: minutes(minute),
        entropy: &first,
    };
    let mut other = Side {
        vault: other,
        acting: minutes(minute),
        entropy: &second,
    };
    meet(&mut one, &mut other).map(|_| ())
}
