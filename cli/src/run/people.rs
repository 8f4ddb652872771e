//! Whose records are kept here: profiles, people, members, time zones.

use crate::shell::{Shell, nothing, own_zone};
use cairn_core::clock::zone;
use cairn_core::ending;
use cairn_core::error::{Error, Result};
use cairn_core::record::{Noun, Part};
use cairn_core::store::{Circle, Founding, Scope, Vault};
use cairn_core::team::caseload::Facts;
use cairn_journey::Args;
use chrono::Utc;
use serde_json::{Value, json};

/// Carries out a command about people.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    match name {
        "people" => {
            let needs_owner = args.flag("needs_owner");
            let at = shell.now().with_timezone(&Utc);
            let people = shell.vault.caseload()?;
            let rows = people.iter().filter(|(_, facts)| {
                !facts.is_over_practice() && (!needs_owner || facts.needs_owner(at))
            });
            let mut rows: Vec<Value> = rows.map(|(id, facts)| facts.person(id, at)).collect();
            if !needs_owner {
                let erased = shell.vault.erased()?.into_iter();
                rows.extend(
                    erased.map(
                        |id| json!({"id": id, "name": null, "access": "ended", "erased": true}),
                    ),
                );
            }
            Ok(rows.into())
        }
        "people.end" => {
            let (why, undo) = (args.opt_word("why")?, args.flag("undo"));
            args.text("person")?;
            shell.act(&Scope::All, |acts| match (why, undo) {
                (Some(why), false) => ending::end(acts, &why),
                (None, true) => ending::undo(acts),
                _ => Err(Error::Usage { what: "why" }),
            })?;
            row(shell, &shell.circle()?)
        }
        "people.same" => same(shell, args),
        "people.add" => add(shell, args),
        "use" => {
            let circle = shell.find_person(&args.text("person")?)?;
            shell.vault.choose(Some(&circle))?;
            row(shell, &circle)
        }
        "profile.list" => profiles(shell),
        "zone.set" => {
            let tz = args.text("tz")?;
            if !zone::is_zone(&tz) {
                return Err(Error::Usage { what: "time zone" });
            }
            let (id, _) = shell.act(&Scope::All, |acts| {
                let part = Part::circle();
                let id = acts.make(&part);
                acts.put(&part, Noun::Zone, &id, "zone", tz.as_str());
                Ok(id)
            })?;
            Ok(json!({"id": id, "zone": tz}))
        }
        _ => Err(Error::Usage { what: "command" }),
    }
}

/// A record that staff keep for a person without a phone.
fn add(shell: &mut Shell, args: &Args) -> Result<Value> {
    let (name, born, place) = (args.text("name")?, args.opt("born")?, args.opt("place")?);
    if !shell.is_staff()? {
        return Err(Error::NotAllowed);
    }
    cairn_core::record::acts::checked(&name)?;
    born.as_deref().map(zone::parse_day).transpose()?;
    place
        .as_deref()
        .map(cairn_core::record::acts::checked)
        .transpose()?;
    let own = shell.own()?;
    let record = shell.vault.record(&own, &nothing())?;
    let (me, title) = shell.introduce()?;
    let zone = match args.opt("time_zone")? {
        Some(zone) => zone,
        None => Some(record.zones().current().to_owned())
            .filter(|zone| zone != "UTC")
            .unwrap_or_else(own_zone),
    };
    let founding = Founding {
        person: &name,
        founder: Some(&me),
        title: title.as_deref(),
        born: born.as_deref(),
        place: place.as_deref(),
        zone: &zone,
    };
    let acting = shell.acting();
    let circle = shell
        .vault
        .found(&founding, acting, shell.entropy.as_ref())?;
    row(shell, &circle)
}

/// Says that two records are of one person: the first counts, the second stays readable and is listed as such.
fn same(shell: &mut Shell, args: &Args) -> Result<Value> {
    let first = shell.find_person(&args.text("a")?)?;
    let second = shell.find_person(&args.text("b")?)?;
    let own = shell.own()?;
    let counted = shell.vault.record(&first, &Scope::Live)?.same_as();
    // A person's own record may count for them; that of staff is about themselves.
    let of_staff = shell.is_staff()? && (first == own || second == own);
    if first == second || of_staff || counted.is_some() {
        return Err(Error::NotAnAnswer);
    }
    let acting = shell.acting();
    let (part, id, first_id) = (Part::circle(), second.id.clone(), first.id.to_string());
    shell.vault.act(&second, &Scope::All, acting, |acts| {
        if !acts.speaks_as_person() {
            acts.staff_only()?;
        }
        acts.put(&part, Noun::Circle, &id, "same_as", first_id.as_str());
        Ok(())
    })?;
    let mut answer = row(shell, &first)?;
    answer["also"] = json!([second.id]);
    Ok(answer)
}

/// The profile in this home, and the homes kept beside it. Names of others are behind their own keys.
fn profiles(shell: &Shell) -> Result<Value> {
    let own = shell.own()?;
    let record = shell.vault.record(&own, &nothing())?;
    let name = record.member(&own.member).map(|member| member.name);
    let role = if shell.is_staff()? { "staff" } else { "person" };
    let home = shell.vault.home();
    let mut profiles =
        vec![json!({"id": own.id, "name": name, "role": role, "home": home, "open": true})];
    let beside = home
        .canonicalize()
        .ok()
        .and_then(|home| Some(home.parent()?.to_owned()));
    let mut others: Vec<_> = beside
        .and_then(|folder| std::fs::read_dir(folder).ok())
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            Vault::stands_in(path) && path.canonicalize().ok() != home.canonicalize().ok()
        })
        .collect();
    others.sort();
    profiles.extend(
        others.into_iter().map(
            |home| json!({"id": null, "name": null, "role": null, "home": home, "open": false}),
        ),
    );
    Ok(profiles.into())
}

/// A person as `people` lists them.
pub fn row(shell: &Shell, circle: &Circle) -> Result<Value> {
    let at = shell.now().with_timezone(&Utc);
    let people = shell.vault.caseload()?;
    let found = people.into_iter().find(|(id, _)| *id == circle.id);
    match found {
        Some((id, facts)) => Ok(facts.person(&id, at)),
        // The own record is not one of the people looked after.
        None => {
            let record = shell.vault.record(circle, &Scope::All)?;
            Ok(Facts::of(&record).person(&circle.id, at))
        }
    }
}
