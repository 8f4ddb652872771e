//! Who answers for a person: exactly one worker at every moment, or nobody, and then that is said.
//!
//! Source: `domain.md` 1, Team; `design.md` 3, `accountable`.

use super::handover;
use crate::clock::zone::parse_day;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::{Acts, Noun, Part, Record, Thing};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What was answered to "who answers for this person", for working it out on any day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owners {
    /// The owner as set, or as the last accepted handover says. More than one: answered apart.
    pub set: Vec<Id>,
    /// Accepted covers that end by themselves. More than one: accepted apart.
    pub covers: Vec<Cover>,
    /// Members of the circle who may own: they work in care.
    pub present: Vec<Id>,
}

/// Leave cover: who answers, and on which days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// Who covers.
    pub member: Id,
    /// The local day of accepting.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

/// Who answers for a person on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accountable {
    /// The worker; none: needs an owner.
    pub member: Option<Id>,
    /// The last day, where it is leave cover.
    pub until: Option<NaiveDate>,
    /// Two were named apart; the lowest member id counts until it is settled.
    pub apart: bool,
}

/// Cover in force first, else the owner. Of two named apart the lowest member id that is present; one who is no
/// longer present counts for nothing.
pub fn accountable(owners: &Owners, day: NaiveDate) -> Accountable {
    let present = |member: &&Id| owners.present.contains(member);
    let mut covers: Vec<&Cover> = owners
        .covers
        .iter()
        .filter(|cover| (cover.from..=cover.until).contains(&day) && present(&&cover.member))
        .collect();
    covers.sort_by_key(|cover| &cover.member);
    if let Some(cover) = covers.first() {
        return Accountable {
            member: Some(cover.member.clone()),
            until: Some(cover.until),
            apart: covers.iter().any(|other| other.member != cover.member),
        };
    }
    let mut set: Vec<&Id> = owners.set.iter().filter(present).collect();
    set.sort();
    Accountable {
        member: set.first().map(|member| (*member).clone()),
        until: None,
        apart: set.len() > 1,
    }
}

/// Who answers for the person of this record on a day; nobody once care has ended.
pub fn of(record: &Record, day: NaiveDate) -> Accountable {
    if crate::ending::is_ended(record) {
        return Accountable::default();
    }
    accountable(&owners(record), day)
}

/// The answers as they stand in the record.
pub fn owners(record: &Record) -> Owners {
    let owner = thing(record);
    let answers = |field: &str| -> Vec<Id> {
        let answers = owner.map(|owner| record.answers(owner, field));
        let texts = answers.unwrap_or_default().into_iter();
        texts.filter_map(|a| a.value.text().map(Id::read)).collect()
    };
    let cover = |id: Id| {
        let handover = record.get(Noun::Handover, &id)?;
        Some(Cover {
            member: handover.reference("to")?,
            from: handover::accepted_on(record, handover)?,
            until: parse_day(handover.text("until")?).ok()?,
        })
    };
    Owners {
        set: answers("member"),
        covers: answers("cover").into_iter().filter_map(cover).collect(),
        present: present(record),
    }
}

fn present(record: &Record) -> Vec<Id> {
    let members = record.members().into_iter();
    members
        .filter(|member| member.role.is_staff())
        .map(|member| member.id)
        .collect()
}

/// Sets who answers for the person.
///
/// # Errors
/// [`Error::NotAllowed`] for who does not work in care, [`Error::UnknownId`], [`Error::AmbiguousId`],
/// [`Error::NotAnAnswer`] for a member who does not work in care.
pub fn set(acts: &mut Acts, member: &Id) -> Result<Id> {
    acts.staff_only()?;
    let member = worker(acts.record(), member)?;
    put(acts, "member", &member);
    Ok(member)
}

/// A member of the circle who works in care, by the beginning of their id.
pub(super) fn worker(record: &Record, member: &Id) -> Result<Id> {
    let member = record.find(Noun::Member, member)?.id.clone();
    if present(record).contains(&member) {
        Ok(member)
    } else {
        Err(Error::NotAnAnswer)
    }
}

pub(super) fn put(acts: &mut Acts, field: &str, value: &Id) {
    let id = Id::read("owner");
    acts.put(&Part::team(), Noun::Owner, &id, field, value.as_str());
}

fn thing(record: &Record) -> Option<&Thing> {
    record.get(Noun::Owner, &Id::read("owner"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
    }

    fn owners(set: &[&str], covers: &[(&str, u32, u32)], present: &[&str]) -> Owners {
        let ids = |ids: &[&str]| ids.iter().map(|id| Id::read(*id)).collect();
        let covers = covers.iter().map(|(member, from, until)| Cover {
            member: Id::read(*member),
            from: day(*from),
            until: day(*until),
        });
        Owners {
            set: ids(set),
            covers: covers.collect(),
            present: ids(present),
        }
    }

    fn who(owners: &Owners, on: u32) -> Option<String> {
        accountable(owners, day(on)).member.map(|id| id.to_string())
    }

    #[test]
    fn cover_counts_on_its_days_and_ends_by_itself() {
        let owners = owners(&["anne"], &[("bob", 5, 9)], &["anne", "bob"]);
        let answers: Vec<_> = [4, 5, 9, 10].map(|on| who(&owners, on).unwrap()).into();
        assert_eq!(answers, ["anne", "bob", "bob", "anne"]);
        assert_eq!(accountable(&owners, day(7)).until, Some(day(9)));
    }

    #[test]
    fn of_two_named_apart_the_lowest_member_id_answers_and_it_is_said() {
        let owners = owners(&["bob", "anne"], &[], &["anne", "bob"]);
        assert_eq!(who(&owners, 1).as_deref(), Some("anne"));
        assert!(accountable(&owners, day(1)).apart);
    }

    #[test]
    fn one_who_left_answers_for_nobody() {
        let left = owners(&["anne", "bob"], &[("carl", 1, 9)], &["bob"]);
        let answer = accountable(&left, day(2));
        assert_eq!(
            (answer.member, answer.apart),
            (Some(Id::read("bob")), false)
        );
        assert_eq!(who(&owners(&["anne"], &[], &[]), 2), None);
    }
}
