//! Sharing: who is in, letting in, taking out, and what was written late.

use super::{folder, link};
use crate::shell::{Shell, nothing};
use cairn_core::circle::Groups;
use cairn_core::error::{Error, Result};
use cairn_core::id::{ID_LENGTH, Id, base32};
use cairn_core::store::Circle;
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
        "circle.show" => show(shell, &circle),
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
                return one(shell, &circle, shared.as_str());
            }
            let changed = shell
                .vault
                .change_member(&circle, &member, groups, until, acting, entropy)?;
            one(shell, &circle, changed.as_str())
        }
        "circle.remove" => {
            let member = args.id("member")?;
            let entropy = shell.entropy.as_ref();
            let removed = shell
                .vault
                .remove_member(&circle, &member, acting, entropy)?;
            one(shell, &circle, removed.as_str())
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
            let (circle, _) = answered_in(shell, circle, &id, args, false)?;
            let asked = shell.vault.approve_request(&circle, &id, acting, entropy)?;
            one(shell, &circle, asked.member().as_str())
        }
        "circle.refuse" => {
            let id = args.id("request")?;
            let mut shown = match answered_in(shell, circle, &id, args, true)? {
                (circle, true) => shown::asking(&shell.vault.refuse_request(&circle, &id)?),
                // An invitation that nobody has used is taken back.
                (circle, false) => {
                    let taken = shell.vault.take_back_invitation(&circle, &id, acting)?;
                    shown::invitation(&taken)
                }
            };
            let asked = shown["state"] == "asks";
            shown["state"] = json!(if asked { "refused" } else { "ended" });
            Ok(shown)
        }
        _ => Err(Error::Usage { what: "command" }),
    }
}

/// Members, invitations and requests of a circle.
fn show(shell: &Shell, circle: &Circle) -> Result<Value> {
    let acting = shell.acting();
    let record = shell.vault.record(circle, &nothing())?;
    let roster = shell.vault.roster(circle)?;
    let invited = shell.vault.invited(circle, acting)?;
    let today = acting.at.date_naive();
    let mut all = shown::members(&record, &roster, &invited, today);
    let asking = shell.vault.requests(circle)?;
    if let Some(all) = all.as_array_mut() {
        all.extend(asking.iter().map(shown::asking));
    }
    Ok(all)
}

/// The circle a request waits in, or, where they are asked for, an open invitation; and whether it is a request. It is the
/// circle that is meant, else, where no person was named, the only one that has it.
fn answered_in(
    shell: &Shell,
    meant: Circle,
    id: &Id,
    args: &Args,
    invitations: bool,
) -> Result<(Circle, bool)> {
    let all_of = |circle: &Circle| -> Result<Vec<(Id, bool)>> {
        let asked = shell.vault.requests(circle)?.into_iter();
        let mut all: Vec<(Id, bool)> = asked.map(|asked| (asked.id, true)).collect();
        if invitations {
            let open = shell.vault.invited(circle, shell.acting())?.into_iter();
            all.extend(open.map(|open| (Id::read(open.id), false)));
        }
        Ok(all)
    };
    let of_meant = all_of(&meant)?;
    let here = id.among(of_meant.iter().map(|(id, asks)| (id, *asks)));
    if here != Err(Error::UnknownId) || args.opt("person")?.is_some() {
        return here.map(|asks| (meant, asks));
    }
    let mut all = Vec::new();
    for circle in shell.vault.circles()? {
        let of_it = all_of(&circle)?.into_iter();
        all.extend(of_it.map(|(id, asks)| (id, (circle.clone(), asks))));
    }
    let found = id.among(all.iter().map(|(id, found)| (id, found)))?;
    Ok(found.clone())
}

fn one(shell: &Shell, circle: &Circle, member: &str) -> Result<Value> {
    let all = show(shell, circle)?;
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
