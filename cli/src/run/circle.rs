//! Sharing: who is in, letting in, taking out, and what was written late.

use super::{folder, link};
use crate::shell::{Shell, nothing};
use cairn_core::circle::Groups;
use cairn_core::error::{Error, Result};
use cairn_core::id::{ID_LENGTH, Id, base32};
use cairn_core::store::membership::{Inviting, find_member};
use cairn_core::view::{self, circle as shown};
use cairn_journey::Args;
use cairn_links::Listener;
use serde_json::{Value, json};

/// Carries out a command about the circle of the record that is meant.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    let circle = shell.circle()?;
    let acting = shell.acting();
    match name {
        "circle.show" => {
            let record = shell.vault.record(&circle, &nothing())?;
            let roster = shell.vault.roster(&circle)?;
            let invited = shell.vault.invited(&circle, acting)?;
            let today = acting.at.date_naive();
            let mut all = shown::members(&record, &roster, &invited, today);
            let asking = shell.vault.requests(&circle)?;
            if let Some(all) = all.as_array_mut() {
                all.extend(asking.iter().map(shown::asking));
            }
            Ok(all)
        }
        "circle.invite" => {
            let (role, until) = (args.word("role")?, args.opt("until")?);
            let parts = args.list("part")?;
            let groups = Groups::read(parts.iter().map(String::as_str), &role)?;
            let inviting = Inviting {
                role: &role,
                groups,
                until: until.as_deref(),
            };
            let entropy = shell.entropy.as_ref();
            let listening = args.opt("listen")?;
            let key = || shell.vault.link_key();
            let listener = listening.map(|at| Listener::bind(&at, key())).transpose()?;
            let made = shell.vault.invite(&circle, &inviting, acting, entropy)?;
            let answer = json!({
                "id": base32(&made.hash(), ID_LENGTH), "code": made.code()?, "role": made.role,
                "part": made.groups.words(), "until": until, "expires": view::moment(made.expires),
            });
            link::while_listening(shell, name, answer, listener, Some(&made))
        }
        "circle.change" => {
            let (member, until) = (args.id("member")?, args.opt("until")?);
            let parts = args.list("part")?;
            let groups = if parts.is_empty() {
                None
            } else {
                let roster = shell.vault.roster(&circle)?;
                let (_, standing) = find_member(&roster, &member)?;
                let parts = parts.iter().map(String::as_str);
                Some(Groups::read(parts, &standing.role)?)
            };
            let entropy = shell.entropy.as_ref();
            let until = until.as_deref();
            if args.flag("team") {
                let shared = shell
                    .vault
                    .share_with_team(&circle, &member, groups, until, acting, entropy)?;
                return one(shell, shared.as_str());
            }
            let changed = shell
                .vault
                .change_member(&circle, &member, groups, until, acting, entropy)?;
            one(shell, changed.as_str())
        }
        "circle.remove" => {
            let member = args.id("member")?;
            let entropy = shell.entropy.as_ref();
            let removed = shell
                .vault
                .remove_member(&circle, &member, acting, entropy)?;
            one(shell, removed.as_str())
        }
        "circle.late" => late(shell, args),
        "circle.join" => match (args.opt("peer")?, args.opt("folder")?) {
            (Some(address), None) => link::join(shell, &args.text("code")?, &address),
            (None, Some(at)) => folder::join(shell, &args.text("code")?, &at),
            // Without an address two devices must be at one table: a journey's player sees to that.
            _ => Err(Error::Usage { what: "peer" }),
        },
        "circle.approve" => {
            let entropy = shell.entropy.as_ref();
            let id = args.id("request")?;
            let asked = shell.vault.approve_request(&circle, &id, acting, entropy)?;
            one(shell, asked.member().as_str())
        }
        "circle.refuse" => {
            let asked = shell.vault.refuse_request(&circle, &args.id("request")?)?;
            let mut shown = shown::asking(&asked);
            shown["state"] = json!("refused");
            Ok(shown)
        }
        _ => Err(Error::Usage { what: "command" }),
    }
}

fn one(shell: &mut Shell, member: &str) -> Result<Value> {
    let all = run(shell, "circle.show", &Args::default())?;
    let found = all.as_array().into_iter().flatten();
    let mut found = found.filter(|shown| shown["id"] == member);
    found.next().cloned().ok_or(Error::UnknownId)
}

/// What waits to be let in; with `late`, lets that in first.
fn late(shell: &mut Shell, args: &Args) -> Result<Value> {
    let circle = shell.circle()?;
    match (args.opt_word("accept")?.as_deref(), args.opt("late")?) {
        (None, None) => {}
        (None | Some("accept"), Some(id)) => {
            let all = shell.vault.late(&circle)?;
            let ids: Vec<Id> = all
                .iter()
                .map(|(name, ..)| Id::read(base32(name, ID_LENGTH)))
                .collect();
            let late = ids.iter().zip(&all).map(|(id, (name, ..))| (id, *name));
            let chosen = vec![Id::read(id).among(late)?];
            let acting = shell.acting();
            shell.vault.let_in(&circle, chosen, acting)?;
        }
        _ => return Err(Error::Usage { what: "late" }),
    }
    let record = shell.vault.record(&circle, &nothing())?;
    let late = shell.vault.late(&circle)?.into_iter();
    Ok(late
        .map(|(name, by, at)| {
            let by = by.and_then(|by| record.member(&by)).map(|by| by.name);
            json!({"id": base32(&name, ID_LENGTH), "by": by, "at": view::moment(at)})
        })
        .collect())
}
