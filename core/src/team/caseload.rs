//! The list of people: one small row a person, with what is needed to say on any later day why to look at them.
//!
//! Source: `cli.md`, JSON, caseload; `design.md` 7 (no document opened, nothing loaded but the rows). Two missed times
//! are not here: they hang on entries, and logging one must stay cheap. Prompts and the meeting have them.

use super::owner::{self, Owners};
use crate::clock::zone::Zones;
use crate::follow_up;
use crate::id::Id;
use crate::prompt::find::{below_7, check_in, is_open, plan_ended};
use crate::prompt::{edited_after_agreeing, goal_over_from, newest_plan_confidence};
use crate::rating;
use crate::record::{Noun, Record};
use crate::words::Words;
use crate::{agenda, ending, goal, need, plan};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What the row of one person holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The person's name.
    pub name: String,
    /// Date of birth, as written.
    born: Option<String>,
    /// Where they live, in words.
    place: Option<String>,
    /// Why care ended, if it did.
    ended: Option<String>,
    /// An invented person to practise on: `on`, or `over`.
    practice: Option<String>,
    /// The other record of the same person, where that is the one that counts.
    same_as: Option<Id>,
    /// Zones with the moment each was set, in Unix seconds.
    zones: Vec<(i64, String)>,
    /// Who answers for the person.
    pub owners: Owners,
    /// Names of those who may answer for the person.
    workers: Vec<(Id, String)>,
    /// Coded information needs.
    needs: Vec<String>,
    /// Follow-ups that are open: due day and channel, earliest first.
    follow_ups: Vec<(NaiveDate, String)>,
    /// From this day on a goal has no running plan.
    over_from: Option<NaiveDate>,
    /// Newest confidence, as a number.
    confidence: Option<i64>,
    /// The same in words, where words were given.
    word: Option<String>,
    /// That confidence does not open the gate.
    below_7: bool,
    /// There is a goal that is worked on, on hold or suggested.
    has_goal: bool,
    /// A plan was changed after it was agreed.
    edited: bool,
    /// Words of the oldest open barrier.
    barrier: Option<String>,
    /// Words of the oldest open line of the agenda.
    request: Option<String>,
    /// Whether this device still shares the record. Not of the record, so not kept in its row.
    #[serde(skip)]
    pub access: Access,
}

/// Of two records of one person the other counts only where it is kept too: who shares one of them alone goes on with
/// that one. Where each was said apart to be the other, the one with the lower id counts.
pub fn settle_same(people: &mut [(Id, Facts)], kept: &[Id]) {
    let said: Vec<(Id, Id)> = people
        .iter()
        .filter_map(|(id, facts)| Some((id.clone(), facts.same_as.clone()?)))
        .collect();
    for (id, facts) in people {
        let counts_here = facts.same_as.as_ref().is_some_and(|other| {
            let mutual = said.iter().any(|(from, to)| from == other && to == id);
            kept.contains(other) && !(mutual && *id < *other)
        });
        if !counts_here {
            facts.same_as = None;
        }
    }
}

/// Whether a record is still shared with this device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// Taken out, as far as is known here.
    pub ended: bool,
    /// The last day, if one was set.
    pub until: Option<NaiveDate>,
    /// Goals were not shared with this device: whether there is one it cannot say.
    pub without_goals: bool,
}

impl Access {
    /// Whether it is open at a moment; a last day that has gone by ends it before anybody has written so.
    fn is_open(self, today: NaiveDate) -> bool {
        !self.ended && self.until.is_none_or(|until| today <= until)
    }
}

impl Facts {
    /// The facts of a record, all but its entries loaded.
    pub fn of(record: &Record) -> Facts {
        let no_day = NaiveDate::MIN;
        let mut follow_ups: Vec<(NaiveDate, String)> = record
            .standing(Noun::FollowUp)
            .into_iter()
            .filter(|f| follow_up::state(record, f, no_day) == "waiting")
            .filter_map(|f| Some((follow_up::due(record, f)?, f.text("channel")?.to_owned())))
            .collect();
        follow_ups.sort();
        let goals = record.standing(Noun::Goal);
        let over = goals.iter().filter_map(|goal| goal_over_from(record, goal));
        let state = |goal| goal::state(record, goal);
        let wanted = |state: String| matches!(state.as_str(), "active" | "on_hold" | "proposed");
        let rated = newest_plan_confidence(record);
        let words = |noun, stands: &dyn Fn(&crate::record::Thing) -> bool| {
            let mut things = record.standing(noun).into_iter();
            things
                .find(|thing| stands(thing))
                .and_then(|thing| record.shown_text(thing, "text"))
        };
        let codes = need::CODES.iter().filter(|code| need::has(record, code));
        Facts {
            name: record.person_name().unwrap_or_default(),
            born: record.about_person("born"),
            place: record.about_person("place"),
            ended: ending::why(record),
            practice: record.about_person("practice"),
            same_as: record.same_as(),
            zones: record
                .zone_changes()
                .into_iter()
                .map(|(at, zone)| (at.timestamp(), zone))
                .collect(),
            owners: owner::owners(record),
            workers: record
                .members()
                .into_iter()
                .filter(|member| member.role.is_staff())
                .map(|member| (member.id, member.name))
                .collect(),
            needs: codes.map(|code| (*code).to_owned()).collect(),
            follow_ups,
            over_from: over.map(|(day, _)| day).min(),
            confidence: rated.and_then(|rating| rating.int("value")),
            word: rated
                .and_then(|rating| rating.text("word"))
                .map(str::to_owned),
            below_7: rated.is_some_and(|rating| !rating::opens_gate(rating)),
            has_goal: goals.iter().any(|goal| wanted(state(goal))),
            edited: record
                .standing(Noun::Plan)
                .into_iter()
                .filter(|plan| plan::state::ended(record, plan).is_none())
                .any(|plan| edited_after_agreeing(record, plan)),
            barrier: words(Noun::Barrier, &|barrier| is_open(record, barrier, no_day)),
            request: words(Noun::Agenda, &|item| agenda::state(record, item) == "open"),
            access: Access::default(),
        }
    }

    /// Whether the record says that the same person has another one.
    pub(crate) fn has_another(&self) -> bool {
        self.same_as.is_some()
    }

    /// Whether the person counts: no invented one, shared with this device as far as is known here, and no other record
    /// of theirs is the one that counts.
    pub fn counts(&self) -> bool {
        self.practice.is_none() && self.same_as.is_none() && !self.access.ended
    }

    /// An invented person somebody is practising on.
    pub fn practises(&self) -> bool {
        self.practice.as_deref() == Some("on")
    }

    /// An invented person nobody is practising on any more.
    pub fn is_over_practice(&self) -> bool {
        self.practice.is_some() && !self.practises()
    }

    /// On the list of who needs an owner at a moment; it closes when care ends.
    pub fn needs_owner(&self, at: DateTime<Utc>) -> bool {
        self.is_listed() && self.accountable(at).member.is_none()
    }

    fn is_listed(&self) -> bool {
        self.counts() && self.ended.is_none()
    }

    fn accountable(&self, at: DateTime<Utc>) -> owner::Accountable {
        if self.ended.is_some() {
            return owner::Accountable::default();
        }
        owner::accountable(&self.owners, self.day_of(at))
    }

    /// The person as `cli.md` lists people, with who answers for them at a moment.
    pub fn person(&self, id: &Id, at: DateTime<Utc>) -> Value {
        let answers = self.accountable(at);
        let mut workers = self.workers.iter();
        let name = workers.find(|(id, _)| Some(id) == answers.member.as_ref());
        json!({
            "id": id, "name": self.name, "born": self.born, "place": self.place, "access": if self.access.is_open(self.day_of(at)) { "open" } else { "ended" },
            "owner": answers.member, "owner_name": name.map(|(_, name)| name), "owner_until": answers.until, "ended": self.ended,
            "practice": self.practises(), "same_as": self.same_as,
        })
    }

    /// The person's local day at a moment.
    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        let mut changes = self.zones.iter().map(|(at, zone)| {
            let at = DateTime::from_timestamp(*at, 0).unwrap_or_default();
            (at, zone.clone())
        });
        let first = changes.next().map(|(_, zone)| zone);
        Zones::new(first.as_deref().unwrap_or("UTC"), changes.collect())
            .unwrap_or_else(|_| Zones::utc())
            .day_of(at)
    }

    /// How much the person needs a look on this day (higher first), and why, in words.
    fn because(&self, day: NaiveDate, words: Words) -> (u32, Vec<String>) {
        let (mut need, mut because) = (0, Vec::new());
        let mut add = |weight: u32, text: String| {
            need += weight;
            because.push(text);
        };
        for (due, channel) in self.follow_ups.iter().filter(|(due, _)| *due <= day) {
            let late = u32::try_from((day - *due).num_days()).unwrap_or(0).min(365);
            add(1_000 + late, check_in(*due, channel, day, words));
        }
        if self.below_7 {
            add(100, below_7(self.confidence, self.word.as_deref(), words));
        }
        if let Some(over) = self.over_from.filter(|over| *over <= day) {
            add(100, plan_ended(over, words));
        }
        let with = |key: &str, text: &String| words.say(key, &[("text", text.into())]);
        if let Some(text) = &self.barrier {
            add(50, with("because-barrier-open", text));
        }
        if self.edited {
            add(50, words.say("because-edited", &[]));
        }
        if let Some(text) = &self.request {
            add(20, with("because-new-request", text));
        }
        if !self.has_goal && !self.access.without_goals {
            add(10, words.say("because-no-goal", &[]));
        }
        (need, because)
    }
}

/// The caseload at a moment, who needs a look first on top, then by name.
pub fn show(people: &[(Id, Facts)], at: DateTime<Utc>, words: Words) -> Value {
    let listed = people.iter().filter(|(_, facts)| facts.is_listed());
    let mut rows: Vec<_> = listed
        .map(|(id, facts)| {
            let day = facts.day_of(at);
            let (need, because) = facts.because(day, words);
            let needs_owner = facts.needs_owner(at);
            let row = json!({
                "person": id, "name": facts.name, "because": because,
                "follow_up_due": facts.follow_ups.first().map(|(due, _)| due),
                "confidence": facts.confidence, "needs": facts.needs, "needs_owner": needs_owner,
            });
            (std::cmp::Reverse(need), facts.name.to_lowercase(), id, row)
        })
        .collect();
    rows.sort_by(|a, b| (&a.0, &a.1, a.2).cmp(&(&b.0, &b.1, b.2)));
    let rows = rows.into_iter().map(|(.., row)| row);
    (1..)
        .zip(rows)
        .map(|(place, mut row): (i64, Value)| {
            row["place"] = json!(place);
            row
        })
        .collect()
}
