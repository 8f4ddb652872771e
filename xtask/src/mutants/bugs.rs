//! The bugs that are planted: each a place in the code, what stands there, and what is put in its stead.

/// One bug.
pub struct Bug {
    /// What it is, in words.
    pub name: &'static str,
    /// The file it is planted in.
    pub file: &'static str,
    /// What stands there, exactly once.
    pub right: &'static str,
    /// What is put there.
    pub wrong: &'static str,
    /// The tests to run, in this order, until one fails: arguments of `cargo test` (package, target, then names).
    pub suites: &'static [&'static [&'static str]],
}

const UNITS: &[&str] = &["-p", "cairn-core", "--lib"];
const TIMETABLE: &[&str] = &["-p", "cairn-core", "--lib", "plan::timetable"];
const ONE_DEVICE: &[&str] = &["-p", "cairn-core", "--test", "loop_on_one_device"];
const HISTORIES: &[&str] = &["-p", "cairn-core", "--test", "histories"];
const MERGED: &[&str] = &["-p", "cairn-core", "--test", "merged_histories"];
const VAULTS: &[&str] = &["-p", "cairn-core", "--test", "merged_vaults"];
const CLOCKS: &[&str] = &["-p", "cairn-core", "--test", "wrong_clocks"];
const COPIES: &[&str] = &["-p", "cairn-core", "--test", "copied_homes"];
const NOWHERE: &[&str] = &["-p", "cairn-core", "--test", "counts_nowhere"];
const REQUESTS: &[&str] = &["-p", "cairn-core", "--test", "requests"];
const LINKS: &[&str] = &["-p", "cairn-links"];
const CONTRACT: &[&str] = &["-p", "cairn", "--test", "contract"];

/// Every bug.
pub const BUGS: &[Bug] = &[
    Bug {
        name: "the rule of 7 is a rule of 6",
        file: "core/src/plan/gate.rs",
        right: "pub const OPEN_FROM: i64 = 7;",
        wrong: "pub const OPEN_FROM: i64 = 6;",
        suites: &[ONE_DEVICE, HISTORIES],
    },
    Bug {
        name: "a follow-up may be 15 days off",
        file: "core/src/plan/agree.rs",
        right: "pub const FOLLOW_UP_DAYS: u64 = 14;",
        wrong: "pub const FOLLOW_UP_DAYS: u64 = 15;",
        suites: &[ONE_DEVICE, HISTORIES],
    },
    Bug {
        name: "a follow-up may be in the past",
        file: "core/src/plan/agree.rs",
        right: "    if due < today {",
        wrong: "    if due < today && today == NaiveDate::MIN {",
        suites: &[ONE_DEVICE, HISTORIES],
    },
    Bug {
        name: "the way \"I want to do it anyway\" is gone",
        file: "core/src/plan/agree.rs",
        right: "    if anyway.is_none()\n        && let Some(refusal)",
        wrong: "    if let Some(refusal)",
        suites: &[ONE_DEVICE, HISTORIES],
    },
    Bug {
        name: "changing the goal opens no gate",
        file: "core/src/plan/gate.rs",
        right: "importance.is_some_and(|importance| reworded > Some(importance))",
        wrong: "importance.is_some_and(|importance| reworded > Some(importance) && false)",
        suites: &[ONE_DEVICE, HISTORIES],
    },
    Bug {
        name: "the goal's confidence opens the gate",
        file: "core/src/plan/gate.rs",
        right: "    match rating::newest(record, plan, Kind::Confidence) {",
        wrong: "    let goal = plan.reference(\"goal\").and_then(|id| record.get(Noun::Goal, &id)).unwrap_or(plan);\n    match rating::newest(record, goal, Kind::Confidence) {",
        suites: &[ONE_DEVICE, HISTORIES],
    },
    Bug {
        name: "of ratings made apart another's counts before the person's own",
        file: "core/src/record/state.rs",
        right: "                    !own,\n",
        wrong: "                    own,\n",
        suites: &[UNITS, MERGED],
    },
    Bug {
        name: "words written for the person count as the person's own",
        file: "core/src/record/state.rs",
        right: "        !stamp.for_person\n            && self",
        wrong: "        true && self",
        suites: &[NOWHERE, UNITS],
    },
    Bug {
        name: "a pause is forgotten",
        file: "core/src/plan/timetable.rs",
        right: "pause.from <= day && pause.until.is_none_or(|until| day <= until)",
        wrong: "pause.from <= day && pause.until.is_none_or(|until| day <= until) && day == NaiveDate::MIN",
        suites: &[TIMETABLE],
    },
    Bug {
        name: "the day of resuming is paused",
        file: "core/src/plan/state.rs",
        right: "                .and_then(|day| day.checked_sub_days(Days::new(1)));",
        wrong: "                .and_then(|day| day.checked_sub_days(Days::new(0)));",
        suites: &[UNITS, ONE_DEVICE, CONTRACT],
    },
    Bug {
        name: "a week wants all its times although few days count",
        file: "core/src/plan/timetable/week.rs",
        right: "week.wanted = u32::from(*times).min(days_that_count);",
        wrong: "week.wanted = u32::from(*times).max(days_that_count.min(0));",
        suites: &[TIMETABLE],
    },
    Bug {
        name: "an excused day is wanted",
        file: "core/src/plan/timetable/week.rs",
        right: "(self.counts(day) || last_stand) && !answers.is_excused(day)",
        wrong: "self.counts(day) || last_stand",
        suites: &[TIMETABLE],
    },
    Bug {
        name: "an excused day is missed",
        file: "core/src/plan/timetable/answers.rs",
        right: "self.did == Did::CouldNot && matches!(self.why, None | Some(Why::Other))",
        wrong: "self.did == Did::CouldNot",
        suites: &[TIMETABLE],
    },
    Bug {
        name: "trying counts as done",
        file: "core/src/plan/timetable/week.rs",
        right: "                Did::Did | Did::Part => week.done += 1,\n                Did::Tried => week.tried += 1,",
        wrong: "                Did::Did | Did::Part | Did::Tried => week.done += 1,",
        suites: &[TIMETABLE],
    },
    Bug {
        name: "an offer is made while paused",
        file: "core/src/plan/timetable/missed.rs",
        right: "        if !self.in_range(today) || self.is_paused(today) {\n            return None;",
        wrong: "        if !self.in_range(today) {\n            return None;",
        suites: &[TIMETABLE],
    },
    Bug {
        name: "a withdrawn thing is counted",
        file: "core/src/record/state.rs",
        right: "            .filter(|thing| !thing.is_withdrawn())\n            .collect()",
        wrong: "            .filter(|thing| !thing.is_withdrawn() || true)\n            .collect()",
        suites: &[NOWHERE, UNITS],
    },
    Bug {
        name: "a correction is counted twice",
        file: "core/src/log/mod.rs",
        right: "    list(record, Some(plan))\n        .into_iter()\n        .map(|(_, _, packed)| DayAnswer {",
        wrong: "    record\n        .standing(Noun::Entry)\n        .into_iter()\n        .flat_map(|thing| versions(thing).into_iter().filter_map(|a| Packed::read(&a.value)).collect::<Vec<_>>())\n        .filter(|packed| packed.plan == *plan)\n        .map(|packed| DayAnswer {",
        suites: &[UNITS, ONE_DEVICE, CONTRACT],
    },
    Bug {
        name: "advice is kept although nobody asked for it",
        file: "core/src/barrier/mod.rs",
        right: "    if offered && !asked {",
        wrong: "    if offered && !asked && text.is_empty() {",
        suites: &[UNITS, ONE_DEVICE, CONTRACT],
    },
    Bug {
        name: "support is offered although nobody asked for it",
        file: "core/src/support/mod.rs",
        right: "if !asked {",
        wrong: "if !asked && text.is_empty() {",
        suites: &[UNITS, CONTRACT],
    },
    Bug {
        name: "a follow-up stays open after its plan was replaced",
        file: "core/src/plan/state.rs",
        right: "        .chain(replaced)\n",
        wrong: "        .chain(replaced.filter(|_| false))\n",
        suites: &[ONE_DEVICE, CONTRACT],
    },
    Bug {
        name: "a follow-up stays open after its plan was stopped",
        file: "core/src/follow_up/mod.rs",
        right: "plan.is_withdrawn() || state::ended(record, plan).is_some()",
        wrong: "plan.is_withdrawn()",
        suites: &[NOWHERE, UNITS],
    },
    Bug {
        name: "one answer in two spellings is a disagreement",
        file: "core/src/record/state.rs",
        right: "        (\"often\", Some(a), Some(b)) => {",
        wrong: "        (\"oftener\", Some(a), Some(b)) => {",
        suites: &[UNITS, VAULTS],
    },
    Bug {
        name: "the newer of two answers made apart wins in silence",
        file: "core/src/record/thing.rs",
        right: "            insert(&mut self.present, answer);",
        wrong: "            self.earlier.append(&mut self.present);\n            insert(&mut self.present, answer);",
        suites: &[VAULTS],
    },
    Bug {
        name: "a zone set by a clock years ahead waits for that day",
        file: "core/src/record/state.rs",
        right: "            Some(now) => Zones::known_at(&first, changes.collect(), now),",
        wrong: "            Some(_) => Zones::new(&first, changes.collect()),",
        suites: &[CLOCKS],
    },
    Bug {
        name: "a copied home goes on under its old actor",
        file: "core/src/store/place.rs",
        right: "        let dated = self.born != 0 && kept.born != 0;\n",
        wrong: "        if self.inode != 0 {\n            return false;\n        }\n        let dated = self.born != 0 && kept.born != 0;\n",
        suites: &[COPIES],
    },
    Bug {
        name: "an invitation lets in whoever comes second too",
        file: "core/src/store/membership.rs",
        right: "            Some(device) if device != request.device.sign => return Err(Error::InvitationOver),",
        wrong: "            Some(device) if device == [0; 32] => return Err(Error::InvitationOver),",
        suites: &[REQUESTS, LINKS],
    },
    Bug {
        name: "who asks from afar is let in without anybody's yes",
        file: "links/src/meet.rs",
        right: "    let at_once = shown.is_some_and(|shown| shown.hash() == request.invitation);",
        wrong: "    let at_once = shown.is_none_or(|shown| shown.hash() == request.invitation);",
        suites: &[LINKS],
    },
    Bug {
        name: "who passes on the messages of another is not found out",
        file: "links/src/meet.rs",
        right: "            Some(known) if known.seal != *theirs => Err(Error::NotAllowed),",
        wrong: "            Some(known) if known.seal == [0; 32] => Err(Error::NotAllowed),",
        suites: &[LINKS],
    },
];
