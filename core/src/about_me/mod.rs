//! About me: what matters to the person, first on every record, in five sections.
//!
//! Source: `domain.md` 1, About me; `cli.md`, Disagreements (a section is a single answer).

use crate::attachment;
use crate::error::Result;
use crate::id::Id;
use crate::record::acts::{checked, one_of};
use crate::record::{Acts, Noun, Part, Record};
use crate::view;
use serde_json::json;

/// The sections, in the order in which they are shown. Source: `cli.md`, `about set`.
pub const SECTIONS: [&str; 5] = [
    "what_matters",
    "who_matters",
    "how_to_communicate",
    "please_do",
    "please_dont",
];

/// Writes a section. It is the person's own; staff may help by writing it down, and their name stays with it.
/// Anyone else writes only the person's own words. Source: `domain.md` 1, About me.
///
/// # Errors
/// [`Usage`](crate::Error::Usage) for no such section, [`NotAllowed`](crate::Error::NotAllowed),
/// [`Empty`](crate::Error::Empty), [`TooLong`](crate::Error::TooLong).
pub fn set(acts: &mut Acts, section: &str, text: &str) -> Result<Id> {
    let section = one_of(&SECTIONS, section, "section")?;
    if !acts.speaks_as_person() {
        acts.staff_only()?;
    }
    let id = Id::read(section);
    acts.put(&Part::about(), Noun::About, &id, "text", checked(text)?);
    Ok(id)
}

/// The sections that were written, as `about show` answers. Source: `cli.md`, JSON, about.
pub fn show(record: &Record) -> serde_json::Value {
    let sections: Vec<_> = SECTIONS
        .iter()
        .filter_map(|section| {
            let thing = record.get(Noun::About, &Id::read(*section))?;
            let answer = record.shown(thing, "text")?;
            let text = answer.value.text()?;
            let mut shown = json!({
                "section": section,
                "text": text,
                "by": view::by(record, &answer.stamp),
                "at": view::at(&answer.stamp),
            });
            if let Some(attachments) = attachment::of(record, thing) {
                shown["attachments"] = attachments;
            }
            Some(shown)
        })
        .collect();
    json!(sections)
}

/// A small record in memory, to try rules on.
#[cfg(test)]
pub(crate) mod trial {
    use super::*;
    use crate::error::Error;
    use crate::plan;
    use crate::rating::Rating;
    use crate::record::{Acting, Actor, Answer, OpId, Role, Stamp, Thing, Value, change};
    use chrono::DateTime;

    /// A record whose roster has this device's member, in this role, and nobody else.
    pub fn record(role: Role) -> Record {
        let me = Id::read("member-1");
        let actor = Actor([1; 16]);
        let mut record = Record::new(Id::read("circle-1"), me.clone(), actor);
        record.actors.insert(actor, me.clone());
        let mut member = Thing::new(me, Noun::Member, Part::circle());
        let stamp = Stamp {
            actor,
            seq: 0,
            at: 0,
            offset: 0,
            for_person: false,
            from_lock_screen: false,
        };
        for (counter, field, word) in [(6, "name", "Mair"), (7, "role", role.as_str())] {
            let answer = Answer {
                value: Value::from(word),
                op: OpId { counter, actor },
                stamp,
            };
            member.put(field, answer, &[]);
        }
        record.insert(member);
        record
    }

    /// A nurse.
    pub fn nurse() -> Role {
        Role::read("nurse")
    }

    /// Does one act at this moment and keeps what it wrote.
    pub fn act_at<T>(
        record: &mut Record,
        at: &str,
        for_person: bool,
        rule: impl FnOnce(&mut Acts) -> Result<T>,
    ) -> Result<T> {
        let at = DateTime::parse_from_rfc3339(at).map_err(|_| Error::BadDate)?;
        let (answer, written) = {
            let mut acts = Acts::new(
                record,
                Acting {
                    for_person,
                    ..Acting::at(at)
                },
            );
            let answer = rule(&mut acts)?;
            (answer, acts.finish()?)
        };
        for (part, head, puts) in written {
            let built = change::build(&record.circle, &part, &head, &puts)?;
            let read = change::read(&record.circle, &part, &built.bytes)?;
            record.apply(&part, &read);
        }
        Ok(answer)
    }

    /// Does one act in one's own name and keeps what it wrote.
    pub fn act<T>(record: &mut Record, rule: impl FnOnce(&mut Acts) -> Result<T>) -> Result<T> {
        act_at(record, "2026-03-02T10:00:00Z", false, rule)
    }

    /// A plan to walk to the gate, so often, with this confidence in it.
    pub fn rated(record: &mut Record, often: Option<&str>, confidence: i64) -> Id {
        let goal = act(record, |acts| crate::goal::add(acts, "Walk", None, None)).unwrap();
        let answers = plan::Answers {
            what: Some("To the gate".into()),
            often: often.map(str::to_owned),
            ..plan::Answers::default()
        };
        let plan = act(record, |acts| plan::new(acts, &goal, &answers)).unwrap();
        let confidence = Rating::Number(confidence);
        act(record, |acts| plan::rate(acts, &plan, &confidence, None)).unwrap();
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::record::Role;

    #[test]
    fn sections_are_shown_in_their_order_and_only_those_written() {
        let mut record = trial::record(Role::Person);
        trial::act(&mut record, |acts| {
            set(acts, "please-dont", "Call before 10")
        })
        .unwrap();
        trial::act(&mut record, |acts| set(acts, "what_matters", "My garden")).unwrap();
        trial::act(&mut record, |acts| {
            set(acts, "what_matters", "My garden and the dog")
        })
        .unwrap();
        let shown = show(&record);
        assert_eq!(shown.as_array().map(Vec::len), Some(2));
        assert_eq!(shown[0]["section"], "what_matters");
        assert_eq!(shown[0]["text"], "My garden and the dog");
        assert_eq!(shown[0]["by"]["name"], "Mair");
        assert_eq!(shown[1]["section"], "please_dont");
    }

    #[test]
    fn a_section_that_does_not_exist_is_wrong_use() {
        let mut record = trial::record(Role::Person);
        let refused = trial::act(&mut record, |acts| set(acts, "hobbies", "Chess"));
        assert_eq!(refused, Err(Error::Usage { what: "section" }));
    }

    #[test]
    fn a_carer_writes_only_the_persons_own_words() {
        let mut record = trial::record(Role::read("carer"));
        let rule = |acts: &mut Acts| set(acts, "please_do", "Knock twice");
        assert_eq!(trial::act(&mut record, rule), Err(Error::NotAllowed));
        assert!(trial::act_at(&mut record, "2026-03-02T10:00:00Z", true, rule).is_ok());
    }
}
