//! The recovery code and backups: what brings the record back when this device is gone.

use super::{folder, link};
use crate::print;
use crate::shell::Shell;
use cairn_core::circle::recovery_code::RecoveryCode;
use cairn_core::error::{Error, Result};
use cairn_core::store::Vault;
use cairn_core::view;
use cairn_journey::Args;
use serde_json::{Value, json};
use std::path::Path;

/// Carries out a command about recovery or backups.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    let acting = shell.acting();
    let entropy = shell.entropy.as_ref();
    let (words, json, shows) = (shell.words, shell.json, shell.shows);
    match name {
        // An earlier code holds until this one was really written where somebody can read it.
        "recovery.make" => {
            let show = |_: &Vault, made: &RecoveryCode| match shows {
                true => print::code(words, name, &shown(made), json),
                false => Ok(()),
            };
            let made = shell.vault.make_recovery_shown(acting, entropy, show)?;
            shell.answered = shows;
            Ok(shown(&made))
        }
        "recovery.try" => {
            let code = RecoveryCode::read(&args.text("code")?)?;
            let tried = shell.vault.try_recovery(&code, acting)?;
            Ok(json!({
                "made": view::moment(tried.made), "tried": tried.tried.map(view::moment),
            }))
        }
        // Where the record was brought back already this device lets itself in; else somebody who shares it must be
        // met.
        "recovery.use" => {
            let code = RecoveryCode::read(&args.text("code")?)?;
            let show = |vault: &Vault, next: &RecoveryCode| match shows {
                true => print::code(words, name, &used(vault, next)?, json),
                false => Ok(()),
            };
            if let Some(next) = shell.vault.recover_kept(&code, acting, entropy, show)? {
                shell.answered = shows;
                return used(&shell.vault, &next);
            }
            match (args.opt("peer")?, args.opt("folder")?) {
                (Some(address), None) => link::recover(shell, &code, &address),
                (None, Some(folder)) => folder::recover(shell, &code, &folder),
                (None, None) => Err(Error::Unreachable),
                _ => Err(Error::Usage { what: "recovery" }),
            }
        }
        "backup.make" => {
            let file = args.text("file")?;
            let made = shell.vault.make_backup(Path::new(&file), acting, entropy)?;
            Ok(json!({"file": file, "bytes": made.bytes, "at": view::moment(made.at)}))
        }
        "backup.restore" => {
            let (file, code) = (args.text("file")?, RecoveryCode::read(&args.text("code")?)?);
            let next = shell
                .vault
                .restore_backup(Path::new(&file), &code, acting, entropy)?;
            used(&shell.vault, &next)
        }
        _ => Err(Error::Usage { what: "command" }),
    }
}

/// What is said when a code let this device in: whose record it has now, and the code that holds from now on.
pub fn used(vault: &Vault, next: &RecoveryCode) -> Result<Value> {
    let own = vault.own()?;
    let record = vault.record(&own, &crate::shell::nothing())?;
    let mut answer = shown(next);
    answer["id"] = json!(own.id);
    answer["member"] = json!(own.member);
    answer["name"] = json!(record.member(&own.member).map(|member| member.name));
    Ok(answer)
}

fn shown(code: &RecoveryCode) -> Value {
    json!({"code": code.text().as_str()})
}
