//! Which share groups a member reads and writes: consent, part by part.

use crate::error::{Error, Result};
use crate::record::part::Group;
use serde::{Deserialize, Serialize};

/// A set of share groups, one bit each.
///
/// Bits of a newer version are kept and passed on; they open nothing here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Groups(u8);

const BITS: [(Group, u8); 5] = [
    (Group::Members, 1),
    (Group::About, 2),
    (Group::Goals, 4),
    (Group::Log, 8),
    (Group::Team, 16),
];

/// A part that is not shared in a role. Who shares is told so: asking the person is no help to the person.
pub const NOT_FOR_ROLE: Error = Error::Rule {
    code: "not_allowed",
    said: "member-no-such-part",
};

impl Groups {
    /// None at all.
    pub const NONE: Groups = Groups(0);

    /// What every member has: names, time zones, contact and information needs.
    pub const MEMBERS: Groups = Groups(1);

    /// Everything there is.
    pub const EVERYTHING: Groups = Groups(31);

    /// The groups that the words after `--part` open for a role. Every member has [`Groups::MEMBERS`].
    /// Source: `cli.md`, Roles: `all` is about, goals and log, and team too for nurse and team; a group call
    /// of an administrator is `goals` alone.
    ///
    /// # Errors
    /// [`Error::Usage`] for no word, or one that is no part; [`NOT_FOR_ROLE`] for a part this role never has.
    pub fn read<'a>(parts: impl IntoIterator<Item = &'a str>, role: &str) -> Result<Groups> {
        let care = matches!(role, "nurse" | "team");
        let mut groups = Groups::MEMBERS;
        let mut given = false;
        for part in parts {
            given = true;
            let opened = match part {
                "about" => 2,
                "goals" => 4,
                "log" => 8,
                "team" if care => 16,
                "team" => return Err(NOT_FOR_ROLE),
                "all" if care => 2 | 4 | 8 | 16,
                "all" => 2 | 4 | 8,
                _ => return Err(Error::Usage { what: "part" }),
            };
            groups.0 |= opened;
        }
        if !given {
            return Err(Error::Usage { what: "part" });
        }
        if role == "admin" && groups.0 & !(1 | 4) != 0 {
            return Err(NOT_FOR_ROLE);
        }
        Ok(groups)
    }

    /// Whether this group is among them.
    pub fn has(self, group: Group) -> bool {
        BITS.iter()
            .any(|(known, bit)| *known == group && self.0 & bit != 0)
    }

    /// Whether the group with this word is among them.
    pub fn has_word(self, word: &str) -> bool {
        self.iter().any(|group| group.as_str() == word)
    }

    /// Those in both.
    pub fn common(self, other: Groups) -> Groups {
        Groups(self.0 & other.0)
    }

    /// Those in either.
    pub fn with(self, other: Groups) -> Groups {
        Groups(self.0 | other.0)
    }

    /// Those that are not among the others.
    pub fn without(self, others: Groups) -> Groups {
        Groups(self.0 & !others.0)
    }

    /// Whether each of these is among the others too.
    pub fn within(self, other: Groups) -> bool {
        self.0 & !other.0 == 0
    }

    /// From their stored form.
    pub fn from_bits(bits: u8) -> Groups {
        Groups(bits)
    }

    /// As stored: one bit a group.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// The groups this version knows, in a fixed order.
    pub fn iter(self) -> impl Iterator<Item = Group> {
        BITS.into_iter()
            .filter(move |(_, bit)| self.0 & bit != 0)
            .map(|(group, _)| group)
    }

    /// As one word or several, the way `circle show` says it: `all` for about, goals and log together.
    pub fn words(self) -> String {
        if self.0 & 14 == 14 {
            return "all".into();
        }
        let words: Vec<&str> = [(2, "about"), (4, "goals"), (8, "log"), (16, "team")]
            .into_iter()
            .filter(|(bit, _)| self.0 & bit != 0)
            .map(|(_, word)| word)
            .collect();
        words.join(",")
    }
}

impl From<Group> for Groups {
    fn from(group: Group) -> Groups {
        Groups(
            BITS.into_iter()
                .find(|(known, _)| *known == group)
                .map_or(0, |(_, bit)| bit),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_shared_until_a_part_is_named() {
        assert_eq!(
            Groups::read([], "nurse"),
            Err(Error::Usage { what: "part" })
        );
        assert_eq!(
            Groups::read(["everything"], "nurse"),
            Err(Error::Usage { what: "part" })
        );
    }

    #[test]
    fn all_opens_the_team_part_for_care_only() {
        let nurse = Groups::read(["all"], "nurse").unwrap();
        let carer = Groups::read(["all"], "carer").unwrap();
        assert!(nurse.has(Group::Team) && nurse.has(Group::Log));
        assert!(!carer.has(Group::Team) && carer.has(Group::Log));
        assert_eq!(Groups::read(["team"], "carer"), Err(NOT_FOR_ROLE));
        assert_eq!((nurse.words(), carer.words()), ("all".into(), "all".into()));
    }

    #[test]
    fn an_administrator_gets_goals_and_no_other_part() {
        assert!(Groups::read(["goals"], "admin").is_ok());
        assert_eq!(Groups::read(["goals", "log"], "admin"), Err(NOT_FOR_ROLE));
    }
}
