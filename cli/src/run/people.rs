//! Whose records are kept here: profiles, people, members, time zones.

use crate::shell::{Shell, nothing, own_zone};
use cairn_core::clock::zone;
use cairn_core::error::{Error, Result};
use cairn_core::record::{Noun, Part};
use cairn_core::store::{Circle, Founding, Scope};
use cairn_journey::Args;
use serde_json::{Value, json};

/// Carries out a command about people.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    match name {
        "people" => {
            let mut people = Vec::new();
            // The first record is one's own, not one of the people looked after.
            for circle in shell.vault.circles()?.iter().skip(1) {
                people.push(person(shell, circle)?);
            }
            Ok(people.into())
        }
        "people.add" => add(shell, args),
        "use" => {
            let circle = shell.find_person(&args.text("person")?)?;
            shell
                .vault
                .set_setting("use", circle.id.as_str().as_bytes())?;
            person(shell, &circle)
        }
        "profile.list" => {
            let own = shell.own()?;
            let record = shell.vault.record(&own, &nothing())?;
            let name = record.member(&own.member).map(|member| member.name);
            let role = if shell.is_staff()? { "staff" } else { "person" };
            Ok(json!([{"id": own.id, "name": name, "role": role}]))
        }
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
    person(shell, &circle)
}

fn person(shell: &Shell, circle: &Circle) -> Result<Value> {
    let record = shell.vault.record(circle, &Scope::Live)?;
    let all;
    let found = match record.get(Noun::Circle, &circle.id) {
        Some(_) => &record,
        None => {
            all = shell.vault.record(circle, &Scope::All)?;
            &all
        }
    };
    let about = found.get(Noun::Circle, &circle.id);
    let text = |field| about.and_then(|thing| found.shown_text(thing, field));
    Ok(json!({
        "id": circle.id, "name": text("name"), "born": text("born"), "place": text("place"),
        "owner": null, "access": "open",
    }))
}
