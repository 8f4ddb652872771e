//! Syncing through a folder or stick, and being let in that way.

use super::link::{Teller, stop_when_asked};
use crate::shell::Shell;
use cairn_core::circle::invitation::Invitation;
use cairn_core::circle::recovery_code::RecoveryCode;
use cairn_core::error::{Error, Result};
use cairn_core::store::parcels::Parcels;
use cairn_core::sync::parcel::Shelf;
use cairn_core::sync::session::Progress;
use cairn_links::Folder;
use serde_json::{Value, json};
use std::ops::ControlFlow;
use std::path::Path;

/// Syncs through a folder.
pub fn sync(shell: &mut Shell, folder: &str) -> Result<Value> {
    let folder = Folder::open(Path::new(folder))?;
    told(shell, &folder).map(|passed| counts(&passed))
}

/// Asks to be let in through a folder, or goes on asking; once the inviter has decided, enters.
pub fn join(shell: &mut Shell, code: &str, folder: &str) -> Result<Value> {
    let invitation = Invitation::read(code)?;
    let folder = Folder::open(Path::new(folder))?;
    let (name, title) = shell.introduce()?;
    let device = shell.vault.keys().public();
    let request = invitation.ask(device, &name, title.as_deref())?;
    let acting = shell.acting();
    shell.vault.ask_by_parcel(&invitation, &request, acting)?;
    let passed = told(shell, &folder)?;
    let mut answer = counts(&passed);
    answer["id"] = json!(invitation.circle);
    answer["role"] = json!(invitation.role);
    answer["part"] = json!(invitation.groups.words());
    answer["six_words"] = json!(request.words());
    answer["state"] = if shell.vault.is_asking(&invitation)? {
        Teller::of(shell).waits(&request.words());
        json!("asks")
    } else if passed.entered.contains(&invitation.circle) {
        json!("member")
    } else {
        return Err(Error::NotLetIn);
    };
    Ok(answer)
}

/// Asks to be let in with a recovery code through a folder, or goes on asking; once somebody who shares the record has
/// answered there, enters. The next code is in the answer whatever became of the sync that followed: it is shown this once.
pub fn recover(shell: &mut Shell, code: &RecoveryCode, folder: &str) -> Result<Value> {
    let folder = Folder::open(Path::new(folder))?;
    let mut asked = Parcels::default();
    let next = comes_back(shell, code, &folder, &mut asked)?;
    let Some(next) = next else {
        let mut answer = counts(&asked);
        answer["state"] = json!("asks");
        return Ok(answer);
    };
    let mut answer = match told(shell, &folder) {
        Ok(passed) => counts(&passed),
        Err(error) => {
            Teller::of(shell).trouble(&error);
            counts(&asked)
        }
    };
    answer["state"] = json!("member");
    let used = super::recovery::used(&shell.vault, &next)?;
    if let (Some(answer), Value::Object(used)) = (answer.as_object_mut(), used) {
        answer.extend(used);
    }
    Ok(answer)
}

/// Uses a recovery code with what lies in a folder; the code that holds then, or `None` while nobody has answered.
pub fn comes_back(
    shell: &mut Shell,
    code: &RecoveryCode,
    folder: &Folder,
    passed: &mut Parcels,
) -> Result<Option<RecoveryCode>> {
    let acting = shell.acting();
    let entropy = shell.entropy.as_ref();
    let vault = &mut shell.vault;
    vault.recover_by_parcel(folder, code, acting, entropy, passed)
}

/// Syncs through a place for parcels as this device, at its own time.
pub fn through(
    shell: &mut Shell,
    shelf: &dyn Shelf,
    tell: &mut dyn FnMut(&Parcels) -> ControlFlow<()>,
) -> Result<Parcels> {
    let acting = shell.acting();
    let entropy = shell.entropy.as_ref();
    shell.vault.sync_parcels(shelf, acting, entropy, tell)
}

/// As [`through`], telling how far it is, until it is asked to stop.
fn told(shell: &mut Shell, folder: &Folder) -> Result<Parcels> {
    stop_when_asked();
    let teller = Teller::of(shell);
    let mut stopped = false;
    let passed = {
        let mut watch = teller.watch();
        let tell = &mut |passed: &Parcels| {
            let progress = Progress {
                given: passed.given,
                taken: passed.taken,
                aside: passed.set_aside(),
                ..Progress::default()
            };
            match watch(&progress) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => {
                    stopped = true;
                    ControlFlow::Break(())
                }
            }
        };
        through(shell, folder, tell)?
    };
    if stopped {
        teller.stopped();
    }
    Ok(passed)
}

fn counts(passed: &Parcels) -> Value {
    json!({
        "given": passed.given.0, "taken": passed.taken.0, "aside": passed.set_aside(),
        "why_aside": passed.aside, "removed": passed.removed, "asking": passed.waiting,
    })
}
