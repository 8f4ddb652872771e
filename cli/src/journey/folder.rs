//! Devices of a journey meeting through a folder: one after the other visits it, and they never speak to each other.

use super::device::Device;
use crate::run::folder::{comes_back, through};
use crate::shell::storage;
use cairn_core::circle::invitation::Invitation;
use cairn_core::circle::recovery_code::RecoveryCode;
use cairn_core::error::{Error, Result};
use cairn_core::store::Circle;
use cairn_core::store::parcels::Parcels;
use cairn_links::Folder;
use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};
use std::ops::ControlFlow;

/// Visits in a row until both have all and know that the other has: leave, take and answer, take the answer and
/// answer that.
const VISITS: usize = 4;

/// Lets two devices sync; what passed, as `one` sees it.
pub fn sync(one: &mut Device, other: &mut Device, at: DateTime<FixedOffset>) -> Result<Value> {
    let folder = between(one, other)?;
    let (mut given, mut taken) = (0, 0);
    for visit in 0..VISITS {
        let device = if visit % 2 == 0 {
            &mut *one
        } else {
            &mut *other
        };
        let passed = visit_folder(device, &folder, at)?;
        if visit % 2 == 0 {
            given += passed.given.0;
            taken += passed.taken.0;
        }
    }
    Ok(json!({"given": given, "taken": taken}))
}

/// Lets `joiner` ask through the folder, `inviter` approve, and `joiner` enter.
pub fn join(
    inviter: &mut Device,
    joiner: &mut Device,
    invitation: &Invitation,
    at: DateTime<FixedOffset>,
) -> Result<Circle> {
    let folder = between(inviter, joiner)?;
    let shell = joiner.turn(at)?;
    let (name, title) = shell.introduce()?;
    let device = shell.vault.keys().public();
    let request = invitation.ask(device, &name, title.as_deref())?;
    let acting = shell.acting();
    shell.vault.ask_by_parcel(invitation, &request, acting)?;
    visit_folder(joiner, &folder, at)?;
    visit_folder(inviter, &folder, at)?;
    let shell = inviter.turn(at)?;
    let circle = shell.find_person(invitation.circle.as_str())?;
    let asks = shell.vault.requests(&circle)?;
    if let Some(asked) = asks.iter().find(|asked| asked.words == request.words()) {
        let acting = shell.acting();
        let entropy = shell.entropy.as_ref();
        let vault = &mut shell.vault;
        vault.approve_request(&circle, &asked.id, acting, entropy)?;
    }
    sync(inviter, joiner, at)?;
    let shell = joiner.turn(at)?;
    if shell.vault.is_asking(invitation)? {
        return Err(Error::Unreachable);
    }
    let circles = shell.vault.circles()?.into_iter();
    let mut entered = circles.filter(|circle| circle.id == invitation.circle);
    entered.next().ok_or(Error::NotAllowed)
}

/// Lets `joiner` ask with a recovery code through the folder, `other` answer at its next visit, and `joiner` come back;
/// the code that holds then.
pub fn recover(
    other: &mut Device,
    joiner: &mut Device,
    code: &RecoveryCode,
    at: DateTime<FixedOffset>,
) -> Result<RecoveryCode> {
    let folder = between(other, joiner)?;
    let asked = comes_back(joiner.turn(at)?, code, &folder, &mut Parcels::default())?;
    if asked.is_none() {
        visit_folder(other, &folder, at)?;
    }
    let answered = comes_back(joiner.turn(at)?, code, &folder, &mut Parcels::default())?;
    let next = answered.ok_or(Error::NotAllowed)?;
    sync(joiner, other, at)?;
    Ok(next)
}

fn visit_folder(
    device: &mut Device,
    folder: &Folder,
    at: DateTime<FixedOffset>,
) -> Result<Parcels> {
    let tell = &mut |_: &Parcels| ControlFlow::Continue(());
    through(device.turn(at)?, folder, tell)
}

/// The folder that these two share, made at their first meeting.
fn between(one: &Device, other: &Device) -> Result<Folder> {
    let mut names = [one.id.as_str(), other.id.as_str()];
    names.sort_unstable();
    let folder = one.beside(&format!("stick of {}", names.join(" and ")));
    std::fs::create_dir_all(&folder).map_err(|error| storage(&error))?;
    Folder::open(&folder)
}
