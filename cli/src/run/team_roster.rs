//! Who is in a team. Its keepers' devices let the same hold wherever somebody shares with the team.

use crate::shell::Shell;
use cairn_core::circle::Groups;
use cairn_core::error::{Error, Result};
use cairn_core::id::{ID_LENGTH, Id, base32};
use cairn_core::store::membership::{Inviting, find_member};
use cairn_core::store::{Circle, Scope};
use cairn_core::team::{group, owner};
use cairn_core::view::{self, circle};
use cairn_journey::Args;
use serde_json::{Value, json};

/// Carries out a command about who is in the team.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    if name == "team.make" {
        let (me, title) = shell.introduce()?;
        let (acting, entropy) = (shell.acting(), shell.entropy.as_ref());
        let me = (me.as_str(), title.as_deref());
        shell
            .vault
            .make_team(&args.text("name")?, me, acting, entropy)?;
        return show(shell);
    }
    match name {
        "team.show" => show(shell),
        "team.invite" => invite(shell, args),
        "team.remove" => {
            let team = team(shell)?;
            remove(shell, &team, &args.id("member")?)
        }
        _ => leave(shell, args),
    }
}

fn team(shell: &Shell) -> Result<Circle> {
    shell.vault.team()?.ok_or(Error::not_so("team-none"))
}

fn show(shell: &Shell) -> Result<Value> {
    let Some(team) = shell.vault.team()? else {
        return Ok(Value::Null);
    };
    let record = shell.vault.record(&team, &Scope::All)?;
    let standing = shell.vault.roster(&team)?.standing;
    let mut shown = group::show(&record, &standing).unwrap_or(Value::Null);
    if shown.is_object() {
        let asking = shell.vault.requests(&team)?;
        shown["requests"] = asking.iter().map(circle::asking).collect();
    }
    Ok(shown)
}

fn invite(shell: &mut Shell, args: &Args) -> Result<Value> {
    let team = team(shell)?;
    let role = if args.flag("keeper") { "proxy" } else { "team" };
    let inviting = Inviting {
        role,
        groups: Groups::read(["all"], "team")?,
        until: None,
    };
    let (acting, entropy) = (shell.acting(), shell.entropy.as_ref());
    let made = shell.vault.invite(&team, &inviting, acting, entropy)?;
    Ok(json!({
        "id": base32(&made.hash(), ID_LENGTH), "code": made.code()?, "role": made.role,
        "expires": view::moment(made.expires),
    }))
}

/// Takes somebody out of the team, and out of every circle they are in by it.
fn remove(shell: &mut Shell, team: &Circle, member: &Id) -> Result<Value> {
    let (acting, entropy) = (shell.acting(), shell.entropy.as_ref());
    shell.vault.remove_member(team, member, acting, entropy)?;
    shell.vault.follow_team(acting, entropy)?;
    show(shell)
}

/// As [`remove`], after whom they answer for went to somebody else, where that one may answer for them.
fn leave(shell: &mut Shell, args: &Args) -> Result<Value> {
    let team = team(shell)?;
    let roster = shell.vault.roster(&team)?;
    let (member, _) = find_member(&roster, &args.id("member")?)?;
    let (to, standing) = find_member(&roster, &args.id("to")?)?;
    if !standing.present || to == member {
        return Err(Error::NotAnAnswer);
    }
    let (acting, mut moved) = (shell.acting(), Vec::new());
    for circle in shell.looked_after()? {
        let record = shell.vault.record(&circle, &Scope::All)?;
        let answers = owner::of(&record, shell.today(&record)).member;
        if answers.as_ref() != Some(&member) {
            continue;
        }
        let set = shell
            .vault
            .act(&circle, &Scope::All, acting, |acts| owner::set(acts, &to));
        match set {
            Ok(_) => moved.push(circle.id),
            // Not shared with them: the list of who needs an owner says so.
            Err(Error::NotAnAnswer | Error::NotAllowed | Error::UnknownId) => {}
            Err(error) => return Err(error),
        }
    }
    let mut shown = remove(shell, &team, &member)?;
    shown["moved"] = json!(moved);
    Ok(shown)
}
