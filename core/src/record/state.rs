//! The state rules work on: the things of one record, who wrote them, and what this device knows.

use super::change::{Hash, ReadChange};
use super::part::{Actor, Noun, Part};
use super::sharing::Sharing;
use super::thing::{Answer, Stamp, Thing};
use super::value::Value;
use crate::clock::zone::{Zones, is_zone};
use crate::error::Result;
use crate::id::{Id, digest};
use crate::plan::often::Often;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// What a member is in a circle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The person whose record it is.
    Person,
    /// Who founded the record for a person without a phone, until the person claims it.
    Staff,
    /// Any other role, as its word (`nurse`, `carer`, `proxy`, `team`, `admin`, or of a newer version).
    Other(String),
}

impl Role {
    /// The stable word.
    pub fn as_str(&self) -> &str {
        match self {
            Role::Person => "person",
            Role::Staff => "staff",
            Role::Other(word) => word,
        }
    }

    /// Reads the word.
    pub fn read(word: &str) -> Role {
        match word {
            "person" => Role::Person,
            "staff" => Role::Staff,
            other => Role::Other(other.into()),
        }
    }

    /// Works in care: may add clinical wording, scores and staff's suggestions.
    pub fn is_staff(&self) -> bool {
        match self {
            Role::Staff => true,
            Role::Other(word) => matches!(word.as_str(), "nurse" | "team"),
            Role::Person => false,
        }
    }
}

/// A member of the circle, in roster words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Stable id: hash of the first device's public key.
    pub id: Id,
    /// Name as given.
    pub name: String,
    /// Role in this circle.
    pub role: Role,
}

/// What this device knows of one part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// Names of the changes nothing known depends on.
    pub heads: Vec<Hash>,
    /// The highest operation counter known.
    pub max_op: u64,
    /// How many changes this device's present actor made here.
    pub own_seq: u64,
    /// Name of the newest of those.
    pub own_last: Option<Hash>,
    /// The later nouns whose maps are made here, by their words; also those of a newer version.
    pub maps: BTreeSet<String>,
}

/// One person's record, or the piece of it that was asked for.
#[derive(Clone, Debug)]
pub struct Record {
    /// The circle's id; also the person's id.
    pub circle: Id,
    /// This device's member.
    pub me: Id,
    /// This device's present actor.
    pub actor: Actor,
    /// Whose device each actor is.
    pub actors: BTreeMap<Actor, Id>,
    /// What is known of each part.
    pub cursors: BTreeMap<Part, Cursor>,
    /// Now, by the reader's clock, if it was told: what makes a time zone set by a clock years ahead count.
    pub now: Option<DateTime<Utc>>,
    /// What this device may do here, and what of its own has left it.
    pub sharing: Sharing,
    /// Whether every entry that is stored is among the things.
    pub(crate) has_all_entries: bool,
    things: BTreeMap<Noun, BTreeMap<Id, Thing>>,
}

impl Record {
    /// A record of which nothing is known yet.
    pub fn new(circle: Id, me: Id, actor: Actor) -> Record {
        Record {
            circle,
            me,
            actor,
            actors: BTreeMap::new(),
            cursors: BTreeMap::new(),
            now: None,
            sharing: Sharing::default(),
            has_all_entries: false,
            things: BTreeMap::new(),
        }
    }

    /// Takes in a thing as it was stored.
    pub fn insert(&mut self, thing: Thing) {
        self.things
            .entry(thing.noun)
            .or_default()
            .insert(thing.id.clone(), thing);
    }

    /// Every thing of a noun, in the order in which they came to be (part, then operation).
    pub fn things(&self, noun: Noun) -> Vec<&Thing> {
        let mut things: Vec<&Thing> = self
            .things
            .get(&noun)
            .into_iter()
            .flat_map(BTreeMap::values)
            .collect();
        things.sort_by_key(|thing| (thing.part.clone(), thing.made().map(|a| a.op)));
        things
    }

    /// Every thing of a noun that was not withdrawn, in the same order.
    pub fn standing(&self, noun: Noun) -> Vec<&Thing> {
        self.things(noun)
            .into_iter()
            .filter(|thing| !thing.is_withdrawn())
            .collect()
    }

    /// All things of all nouns, unordered.
    pub fn all(&self) -> impl Iterator<Item = &Thing> {
        self.things.values().flat_map(BTreeMap::values)
    }

    /// The thing with exactly this id.
    pub fn get(&self, noun: Noun, id: &Id) -> Option<&Thing> {
        self.things.get(&noun)?.get(id)
    }

    /// The thing whose id begins with `prefix` (4 characters or more, or the whole id).
    ///
    /// # Errors
    /// [`UnknownId`](crate::Error::UnknownId), [`AmbiguousId`](crate::Error::AmbiguousId).
    pub fn find(&self, noun: Noun, prefix: &Id) -> Result<&Thing> {
        one(
            prefix,
            self.things
                .get(&noun)
                .into_iter()
                .flat_map(BTreeMap::values),
        )
    }

    /// Like [`Record::find`], over several nouns at once.
    pub fn find_among(&self, nouns: &[Noun], prefix: &Id) -> Result<&Thing> {
        one(
            prefix,
            self.all().filter(|thing| nouns.contains(&thing.noun)),
        )
    }

    /// Takes in one change that was not taken in before; returns the things it touched.
    pub fn apply(&mut self, part: &Part, change: &ReadChange) -> Vec<(Noun, Id)> {
        let mut touched = Vec::new();
        let stamp = Stamp {
            actor: change.head.actor,
            seq: change.head.seq,
            at: change.head.at,
            offset: change.head.note.offset,
            for_person: change.head.note.for_person,
            from_lock_screen: change.head.note.from_lock_screen,
        };
        for op in &change.ops {
            let Some(put) = &op.put else { continue };
            let (id, field) = put.key.split_once('.').unwrap_or((&put.key, ""));
            let id = Id::read(id);
            let thing = self
                .things
                .entry(put.noun)
                .or_default()
                .entry(id.clone())
                .or_insert_with(|| Thing::new(id.clone(), put.noun, part.clone()));
            thing.put(
                field,
                Answer {
                    value: put.value.clone(),
                    op: op.id,
                    stamp,
                },
                &put.replaces,
            );
            if !touched.contains(&(put.noun, id.clone())) {
                touched.push((put.noun, id));
            }
        }
        let cursor = self.cursors.entry(part.clone()).or_default();
        cursor.heads.retain(|head| !change.head.deps.contains(head));
        cursor.heads.push(change.hash);
        cursor.heads.sort_unstable();
        cursor.maps.extend(change.makes.clone());
        cursor.max_op = cursor
            .max_op
            .max((change.head.start_op + change.ops.len() as u64).saturating_sub(1));
        if change.head.actor == self.actor {
            cursor.own_seq = change.head.seq;
            cursor.own_last = Some(change.hash);
        }
        touched
    }

    /// The member an answer is from; unknown actors have none.
    pub fn member_of(&self, stamp: &Stamp) -> Option<&Id> {
        self.actors.get(&stamp.actor)
    }

    /// Name and role of a member, from the roster.
    pub fn member(&self, id: &Id) -> Option<Member> {
        let thing = self.get(Noun::Member, id)?;
        Some(Member {
            id: id.clone(),
            name: one_line(self.shown_text(thing, "name").unwrap_or_default()),
            role: Role::read(&self.shown_text(thing, "role").unwrap_or_default()),
        })
    }

    /// Everybody on the roster.
    pub fn members(&self) -> Vec<Member> {
        self.things(Noun::Member)
            .iter()
            .filter_map(|thing| self.member(&thing.id))
            .collect()
    }

    /// This device's member.
    pub fn my_role(&self) -> Role {
        self.member(&self.me)
            .map_or(Role::Other(String::new()), |member| member.role)
    }

    /// Whether who looks works in care: this device's member does, and has not handed it to the person.
    /// Source: `domain.md` 1 (figures and levels are for staff).
    pub fn is_seen_by_staff(&self) -> bool {
        self.my_role().is_staff() && !self.sharing.handed
    }

    /// Written on a device of the person, in their own name.
    pub fn is_own(&self, stamp: &Stamp) -> bool {
        !stamp.for_person
            && self
                .member_of(stamp)
                .and_then(|id| self.member(id))
                .is_some_and(|m| m.role == Role::Person)
    }

    /// As [`Record::is_own`], for answers about the roster itself: which of two roles counts is what is being settled
    /// there. Only who founds a record or lets somebody claim it says that they are the person.
    fn is_plainly_own(&self, stamp: &Stamp) -> bool {
        let role = self
            .member_of(stamp)
            .and_then(|id| self.get(Noun::Member, id)?.field("role"));
        let is_person = |answer: &Answer| answer.value.text().map(Role::read) == Some(Role::Person);
        !stamp.for_person && role.is_some_and(|role| role.present.iter().any(is_person))
    }

    /// The distinct answers of a field, the one to show first: the person's own (of two, the one written
    /// later by operation id), then by member id. More than one means people answered apart.
    /// Source: `cli.md`, Disagreements.
    pub fn answers<'a>(&self, thing: &'a Thing, field: &str) -> Vec<&'a Answer> {
        let mut present: Vec<&Answer> = thing
            .field(field)
            .map(|f| f.present.iter().collect())
            .unwrap_or_default();
        if present.len() > 1 {
            present.sort_by_cached_key(|answer| {
                let own = match thing.noun {
                    Noun::Member => self.is_plainly_own(&answer.stamp),
                    _ => self.is_own(&answer.stamp),
                };
                let member = self.member_of(&answer.stamp).cloned();
                (
                    !own,
                    if own { None } else { Some(member) },
                    std::cmp::Reverse(answer.op),
                )
            });
        }
        let mut distinct: Vec<&Answer> = Vec::with_capacity(present.len());
        for answer in present {
            if !distinct
                .iter()
                .any(|other| same(field, &other.value, &answer.value))
            {
                distinct.push(answer);
            }
        }
        distinct
    }

    /// The answer of a field that is shown and counts.
    pub fn shown<'a>(&self, thing: &'a Thing, field: &str) -> Option<&'a Answer> {
        // One answer is the rule; ranking asks for the roster and is left out then.
        match thing.field(field)?.present.as_slice() {
            [only] => Some(only),
            _ => self.answers(thing, field).first().copied(),
        }
    }

    /// The text that is shown, if the field has one and it was not emptied.
    pub fn shown_text(&self, thing: &Thing, field: &str) -> Option<String> {
        self.shown(thing, field)?.value.text().map(str::to_owned)
    }

    /// What is known of the person this record is of.
    pub fn about_person(&self, field: &str) -> Option<String> {
        self.shown_text(self.get(Noun::Circle, &self.circle)?, field)
    }

    /// The name of the person this record is of.
    pub fn person_name(&self) -> Option<String> {
        self.about_person("name").map(one_line)
    }

    /// The record of an invented person, to practise on: it counts nowhere and is never sent.
    pub fn is_practice(&self) -> bool {
        self.about_person("practice").is_some()
    }

    /// The other record of the same person, where that one is the one that counts.
    pub fn same_as(&self) -> Option<Id> {
        self.about_person("same_as").map(Id::read)
    }

    /// The zones that were set, in the order of causality, each with the moment.
    pub fn zone_changes(&self) -> Vec<(DateTime<Utc>, String)> {
        let things = self.standing(Noun::Zone).into_iter();
        things
            .filter_map(|thing| {
                // A zone of a newer table is left out rather than refusing the whole record.
                let zone = thing.text("zone").filter(|zone| is_zone(zone))?;
                let made = thing.made()?;
                Some((made.stamp.moment().with_timezone(&Utc), zone.to_owned()))
            })
            .collect()
    }

    /// The person's time zones.
    ///
    /// Whoever knows of a zone lives after it was set. So one said to be set later than [`Record::now`] came from
    /// a wrong clock: it counts at once, not in some later year. Days that were stored stay; a day that is worked
    /// out from a moment before it may then be told by the new zone, which is the price of not knowing when it was.
    pub fn zones(&self) -> Zones {
        let mut changes = self.zone_changes().into_iter();
        let first = changes
            .next()
            .map_or_else(|| "UTC".to_owned(), |(_, zone)| zone);
        let zones = match self.now {
            Some(now) => Zones::known_at(&first, changes.collect(), now),
            None => Zones::new(&first, changes.collect()),
        };
        zones.unwrap_or_else(|_| Zones::utc())
    }

    /// The person's local day at a moment.
    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        self.zones().day_of(at)
    }

    /// The local day on which something was written.
    pub fn day_written(&self, stamp: &Stamp) -> NaiveDate {
        self.day_of(stamp.moment().with_timezone(&Utc))
    }
}

/// A name as it is shown: whoever wrote it by whatever program, it makes no line of its own.
pub fn one_line(name: String) -> String {
    if name.chars().any(char::is_control) {
        name.replace(char::is_control, " ")
    } else {
        name
    }
}

/// Whether two values of a field are one answer: `often` is compared as understood.
pub fn same(field: &str, a: &Value, b: &Value) -> bool {
    if a == b {
        return true;
    }
    match (field, a.text(), b.text()) {
        ("often", Some(a), Some(b)) => {
            matches!((Often::parse(a), Often::parse(b)), (Ok(a), Ok(b)) if a == b)
        }
        _ => false,
    }
}

fn one<'a>(prefix: &Id, things: impl Iterator<Item = &'a Thing>) -> Result<&'a Thing> {
    prefix.among(things.map(|thing| (&thing.id, thing)))
}

/// The id of a disagreement: a hash of the thing and the field, so every device lists the same one once.
pub fn disagreement_id(thing: &Id, field: &str) -> Id {
    Id::of(&[
        b"disagreement/1",
        thing.as_str().as_bytes(),
        field.as_bytes(),
    ])
}

/// A 32-byte fingerprint of all things and answers, for telling whether two devices hold the same.
pub fn fingerprint(record: &Record) -> [u8; 32] {
    let mut things: Vec<&Thing> = record.all().collect();
    things.sort_by(|a, b| (&a.part, a.noun, &a.id).cmp(&(&b.part, b.noun, &b.id)));
    let bytes = postcard::to_stdvec(&things).unwrap_or_default();
    digest(&[b"record/1", &bytes])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::about_me::trial;

    #[test]
    fn a_name_from_another_program_makes_no_line_of_its_own() {
        let mut record = trial::record(Role::Person);
        let (part, circle) = (Part::circle(), record.circle.clone());
        let other = Id::read("member-2");
        let forged = "Mary\nRole: The person\u{1b}[2J";
        trial::act(&mut record, |acts| {
            acts.put(&part, Noun::Member, &other, "name", forged);
            acts.put(&part, Noun::Circle, &circle, "name", forged);
            Ok(())
        })
        .unwrap();
        let shown = "Mary Role: The person [2J";
        assert_eq!(record.member(&other).unwrap().name, shown);
        assert_eq!(record.person_name().unwrap(), shown);
    }
}
