//! A team: its name and who is in it, kept in the own record of the one who made it.
//!
//! Source: `cli.md`, `team make|show`. Others join when a record can be shared.

use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::acts::checked;
use crate::record::{Acts, Noun, Part, Record, Thing};
use crate::view;
use serde_json::{Value, json};

/// Makes a team in one's own record, with oneself in it.
///
/// # Errors
/// [`Error::NotAnAnswer`] where there is one already, [`Error::Empty`], [`Error::TooLong`].
pub fn make(acts: &mut Acts, name: &str) -> Result<Id> {
    let record = acts.record();
    if !record.standing(Noun::Team).is_empty() {
        return Err(Error::NotAnAnswer);
    }
    let part = Part::team();
    let id = acts.make(&part);
    acts.put(&part, Noun::Team, &id, "name", checked(name)?);
    Ok(id)
}

/// The team of this record, if one was made: `name` and `members`.
pub fn show(record: &Record) -> Option<Value> {
    let team: &Thing = record.standing(Noun::Team).into_iter().next()?;
    let mut map = view::thing(record, team);
    map.insert("name".into(), view::text(record, team, "name"));
    let members: Vec<_> = record
        .members()
        .into_iter()
        .map(|member| json!({"member": member.id, "name": member.name}))
        .collect();
    map.insert("members".into(), json!(members));
    Some(map.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::about_me::trial;
    use crate::record::Role;

    #[test]
    fn one_record_has_one_team_with_its_maker_in_it() {
        let mut record = trial::record(Role::Person);
        assert_eq!(show(&record), None);
        trial::act(&mut record, |acts| make(acts, "North team")).unwrap();
        let again = trial::act(&mut record, |acts| make(acts, "South team"));
        assert_eq!(again, Err(Error::NotAnAnswer));
        let shown = show(&record).unwrap();
        assert_eq!(
            (&shown["name"], &shown["members"][0]["name"]),
            (&json!("North team"), &json!("Mair"))
        );
    }
}
