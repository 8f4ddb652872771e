//! Who looked at a record, and when: written down by each member's own honest app, for the person to read.
//!
//! One event a member, a day and a share group. It says that an app showed something, not what somebody read; a changed
//! app can leave it out. That a member was given the key of a group is in the access log, and cannot be left out.
//! Source: `security.md` 9; `cli.md`, `history`.

use crate::clock::zone::parse_day;
use crate::error::Result;
use crate::id::Id;
use crate::record::change::{PutOp, ReadChange, ReadOp};
use crate::record::part::Group;
use crate::record::{Acts, Noun, Part, Record, Role, Value};
use chrono::NaiveDate;

/// The share groups that a view can be of. What every member has is no view.
pub const GROUPS: [Group; 4] = [Group::About, Group::Goals, Group::Log, Group::Team];

/// A view as this device noted it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// What was shown.
    pub group: Group,
    /// The day by the clock of the device.
    pub day: NaiveDate,
    /// The first moment of that day, in Unix seconds.
    pub at: i64,
}

/// A view as the record tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saw {
    /// Who.
    pub by: Id,
    /// What was shown.
    pub group: Group,
    /// When, in Unix seconds by their clock.
    pub at: i64,
}

/// Writes down this member's views. One that stands there already is left as it is.
///
/// # Errors
/// None of its own.
pub fn write(acts: &mut Acts, views: &[View]) -> Result<()> {
    let (part, me) = (Part::circle(), acts.record().me.clone());
    for view in views {
        let (id, field) = name(&me, view);
        let thing = acts.record().get(Noun::Saw, &id);
        if thing.is_none_or(|thing| thing.field(&field).is_none()) {
            acts.put(&part, Noun::Saw, &id, &field, view.at);
        }
    }
    Ok(())
}

/// The views this device may show: all of them to the person, to others their own.
pub fn list(record: &Record) -> Vec<Saw> {
    let all = record.my_role() == Role::Person;
    let mut list = Vec::new();
    for thing in record.things(Noun::Saw) {
        for (field, answer) in thing.texts() {
            let of = record.actors.get(&answer.stamp.actor);
            let (Some(by), Value::Int(at)) = (of, &answer.value) else {
                continue;
            };
            let group = field.split_once('-').map(|(_, word)| word);
            let group = GROUPS.into_iter().find(|g| Some(g.as_str()) == group);
            if let Some(group) = group.filter(|_| all || *by == record.me) {
                let (by, at) = (by.clone(), *at);
                list.push(Saw { by, group, at });
            }
        }
    }
    list.sort_by_key(|saw| saw.at);
    list
}

/// Whether a member may write this view: everybody their own, once, and nobody another's.
pub fn may_write(member: &Id, put: &PutOp) -> bool {
    let form = || {
        let (id, field) = put.key.split_once('.')?;
        let month = id.strip_prefix(member.as_str())?.strip_prefix('-')?;
        let (day, group) = field.split_once('-')?;
        let known = GROUPS.iter().any(|known| known.as_str() == group);
        let whole = format!("{month}-{day}");
        (whole.len() == 10 && known).then_some(())?;
        parse_day(&whole).ok()
    };
    form().is_some() && matches!(put.value, Value::Int(_)) && put.replaces.is_empty()
}

/// Whether a change says who looked and nothing else.
pub fn is_views(read: &ReadChange) -> bool {
    let view = |op: &ReadOp| op.put.as_ref().is_some_and(|put| put.noun == Noun::Saw);
    read.makes.is_some() || !read.ops.is_empty() && read.ops.iter().all(view)
}

/// The thing and field of a view: a thing a member and month, so that no row grows for ever.
fn name(member: &Id, view: &View) -> (Id, String) {
    let id = Id::read(format!("{member}-{}", view.day.format("%Y-%m")));
    (
        id,
        format!("{}-{}", view.day.format("%d"), view.group.as_str()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::part::{Actor, OpId};

    fn put(key: &str, value: Value) -> PutOp {
        PutOp {
            noun: Noun::Saw,
            key: key.into(),
            value,
            replaces: Vec::new(),
        }
    }

    #[test]
    fn everybody_writes_their_own_views_and_nobody_anothers() {
        let anne = Id::read("annesid");
        let at = || Value::Int(1_772_445_600);
        assert!(may_write(&anne, &put("annesid-2026-03.02-goals", at())));
        for key in [
            "bensid-2026-03.02-goals",
            "annesid2-2026-03.02-goals",
            "annesid-2026-03.32-goals",
            "annesid-2026-03.2-goals",
            "annesid-2026-03.02-members",
            "annesid-2026-03.withdrawn",
            "annesid-2026-03",
        ] {
            assert!(!may_write(&anne, &put(key, at())), "{key}");
        }
        let text = put("annesid-2026-03.02-goals", "never".into());
        assert!(!may_write(&anne, &text));
    }

    #[test]
    fn a_view_is_never_written_over() {
        let anne = Id::read("annesid");
        let mut again = put("annesid-2026-03.02-goals", Value::Int(1));
        again.replaces.push(OpId {
            counter: 1,
            actor: Actor([1; 16]),
        });
        assert!(!may_write(&anne, &again));
    }
}
