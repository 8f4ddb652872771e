//! Recovery codes and backups, as the tests of both use them.

use super::device::Device;
use cairn_core::circle::recovery_code::{RecoveryCode, RecoveryRequest};
use cairn_core::store::Circle;
use cairn_core::{Error, goal};
use std::path::PathBuf;

pub fn own(device: &Device) -> Circle {
    device.home.vault.own().unwrap()
}

pub fn make_code(device: &mut Device) -> RecoveryCode {
    let (acting, entropy) = (device.acting(), device.entropy());
    let made = device.home.vault.make_recovery(acting, &entropy).unwrap();
    RecoveryCode::read(&made.text()).unwrap()
}

pub fn tries(device: &mut Device, code: &RecoveryCode) -> Result<Option<i64>, Error> {
    let acting = device.acting();
    let tried = device.home.vault.try_recovery(code, acting);
    tried.map(|recovery| recovery.tried)
}

/// A fresh device lets itself in with a code, at one table with somebody who shares the record.
pub fn recover(
    fresh: &mut Device,
    by: &mut Device,
    code: &RecoveryCode,
) -> Result<RecoveryCode, Error> {
    let keys = code.keys().unwrap();
    let request = RecoveryRequest::new(&keys, fresh.home.vault.keys().public()).unwrap();
    let answer = by.home.vault.answer_recovery(&request)?;
    let (acting, entropy) = (fresh.acting(), fresh.entropy());
    let next = fresh
        .home
        .vault
        .recover_with(code, &answer, acting, &entropy)?;
    fresh.home.circle = own(fresh);
    fresh.meet(by);
    Ok(next)
}

pub fn back_up(device: &mut Device, name: &str) -> PathBuf {
    let file = device.home.folder.path().join(name);
    let (acting, entropy) = (device.acting(), device.entropy());
    device
        .home
        .vault
        .make_backup(&file, acting, &entropy)
        .unwrap();
    file
}

pub fn restore(
    fresh: &mut Device,
    file: &std::path::Path,
    code: &RecoveryCode,
) -> Result<RecoveryCode, Error> {
    let (acting, entropy) = (fresh.acting(), fresh.entropy());
    let next = fresh
        .home
        .vault
        .restore_backup(file, code, acting, &entropy)?;
    fresh.home.circle = own(fresh);
    Ok(next)
}

pub fn says(device: &mut Device, words: &str) {
    let circle = own(device);
    device
        .act(&circle, |acts| goal::add(acts, words, None, None))
        .unwrap();
}
