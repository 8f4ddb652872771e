//! What each role may write: a table that the writer's own device and every receiver check.
//!
//! Source: `cli.md`, Roles. What a role may read is a matter of keys, see [`super::groups`].

use crate::id::Id;
use crate::record::change::{ChangeNote, PutOp};
use crate::record::part::{Group, Noun, Part};
use crate::saw;

/// Whether this member, in this role, may put this value in this part of the record of the person. `note` says whether
/// these are the person's own words, written down by somebody who sat with them.
pub fn may_write((member, role): (&Id, &str), part: &Part, put: &PutOp, note: ChangeNote) -> bool {
    if put.noun == Noun::Saw {
        // What somebody saw is told by themselves, whatever their role.
        return saw::may_write(member, put);
    }
    let field = put.key.split_once('.').map_or("", |(_, field)| field);
    match role {
        "person" | "proxy" => true,
        // A goal's wording is the person's. A goal suggested by staff is a new one.
        "staff" | "nurse" | "team" => {
            let rewords = put.noun == Noun::Goal && field == "words" && !put.replaces.is_empty();
            // Who the person is, and what others were let in as, is said by who founds the record or lets them in.
            let of_a_role = put.noun == Noun::Member && field == "role";
            let is_person = put.value.text() == Some("person") || !put.replaces.is_empty();
            let crowns = role != "staff" && of_a_role && is_person;
            (!rewords || note.for_person) && !crowns
        }
        // Helps with the log, and with pictures and sounds beside its entries.
        "carer" => {
            let beside_an_entry = put.noun == Noun::Attachment && part.group() == Some(Group::Log);
            put.noun == Noun::Entry || beside_an_entry
        }
        // Makes follow-up calls.
        "admin" => {
            put.noun == Noun::Review || put.noun == Noun::FollowUp && matches!(field, "next")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::part::{Actor, OpId};

    fn put(noun: Noun, field: &str, again: bool) -> PutOp {
        let before = OpId {
            counter: 1,
            actor: Actor([1; 16]),
        };
        PutOp {
            noun,
            key: format!("thing.{field}"),
            value: "value".into(),
            replaces: if again { vec![before] } else { Vec::new() },
        }
    }

    fn log() -> Part {
        Part::log(2026)
    }

    fn goals() -> Part {
        Part::goals(2026)
    }

    fn me() -> Id {
        Id::read("member")
    }

    const OWN: ChangeNote = ChangeNote {
        offset: 0,
        for_person: false,
        from_lock_screen: false,
    };

    #[test]
    fn a_carer_writes_in_the_log_and_nowhere_else() {
        assert!(may_write(
            (&me(), "carer"),
            &log(),
            &put(Noun::Entry, "", false),
            OWN
        ));
        for noun in [
            Noun::Goal,
            Noun::Plan,
            Noun::About,
            Noun::Member,
            Noun::Owner,
        ] {
            assert!(!may_write(
                (&me(), "carer"),
                &goals(),
                &put(noun, "words", false),
                OWN
            ));
        }
    }

    #[test]
    fn a_carer_puts_a_picture_beside_an_entry_and_beside_nothing_else() {
        let picture = put(Noun::Attachment, "file", false);
        assert!(may_write((&me(), "carer"), &log(), &picture, OWN));
        for part in [goals(), Part::about(), Part::team()] {
            assert!(!may_write((&me(), "carer"), &part, &picture, OWN));
        }
        assert!(may_write((&me(), "nurse"), &goals(), &picture, OWN));
        assert!(!may_write((&me(), "admin"), &goals(), &picture, OWN));
    }

    #[test]
    fn staff_reword_a_goal_in_the_persons_words_only() {
        let theirs = ChangeNote {
            for_person: true,
            ..OWN
        };
        assert!(may_write(
            (&me(), "nurse"),
            &goals(),
            &put(Noun::Goal, "words", false),
            OWN
        ));
        assert!(!may_write(
            (&me(), "nurse"),
            &goals(),
            &put(Noun::Goal, "words", true),
            OWN
        ));
        assert!(may_write(
            (&me(), "nurse"),
            &goals(),
            &put(Noun::Goal, "words", true),
            theirs
        ));
        assert!(may_write(
            (&me(), "person"),
            &goals(),
            &put(Noun::Goal, "words", true),
            OWN
        ));
    }

    #[test]
    fn a_role_of_a_newer_version_writes_nothing_here() {
        assert!(!may_write(
            (&me(), "herald"),
            &log(),
            &put(Noun::Entry, "", false),
            OWN
        ));
    }
}
