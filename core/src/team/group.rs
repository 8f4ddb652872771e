//! A team as it is shown: its name and who is in it.
//!
//! Source: `cli.md`, `team make|show`. A team is a circle of its own: see `store/teams.rs`.

use crate::circle::standing::Standing;
use crate::record::{Noun, Record, Thing};
use crate::view;
use serde_json::{Value, json};

/// The team of this record, which is the team's own: `name` and `members`, each with whether they are a keeper.
pub fn show(record: &Record, standing: &Standing) -> Option<Value> {
    let team: &Thing = record.standing(Noun::Team).into_iter().next()?;
    let mut map = view::thing(record, team);
    map.insert("name".into(), view::text(record, team, "name"));
    let present = standing.members.iter().filter(|(_, member)| member.present);
    let members: Vec<_> = present
        .map(|(id, member)| {
            let name = record.member(id).map(|member| member.name);
            let keeper = matches!(member.role.as_str(), "person" | "proxy");
            json!({"member": id, "name": name, "keeper": keeper})
        })
        .collect();
    map.insert("members".into(), json!(members));
    Some(map.into())
}
