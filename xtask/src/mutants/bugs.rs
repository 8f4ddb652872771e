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
const FORGED: &[&str] = &["-p", "cairn-core", "--test", "forged"];
const CIRCLES: &[&str] = &["-p", "cairn-core", "--test", "circles"];
const ROTATION: &[&str] = &["-p", "cairn-core", "--test", "removal_and_rotation"];
const DATES: &[&str] = &["-p", "cairn-core", "--test", "end_dates"];
const ERASED: &[&str] = &["-p", "cairn-core", "--test", "erased"];
const SNAPSHOTS: &[&str] = &["-p", "cairn-core", "--test", "snapshots"];
const PUT_BACK: &[&str] = &["-p", "cairn-core", "--test", "put_back"];
const TAKEN_OVER: &[&str] = &["-p", "cairn-core", "--test", "taken_over"];
const BUILT_ON: &[&str] = &["-p", "cairn-core", "--test", "built_on"];
const USED_CODES: &[&str] = &["-p", "cairn-core", "--test", "used_codes"];
const BY_TEAM: &[&str] = &["-p", "cairn-core", "--test", "let_in_by_a_team"];
const POWER: &[&str] = &["-p", "cairn-powercut", "--test", "vault"];
const OF_SEGMENTS: &[&str] = &["-p", "cairn-core", "--lib", "sync::segment"];
const OF_CIRCLES: &[&str] = &["-p", "cairn-core", "--lib", "circle::"];
const OF_STREAMS: &[&str] = &["-p", "cairn-core", "--lib", "store::streams"];
const CONTRACT: &[&str] = &["-p", "cairn", "--test", "contract"];
const AT_ONCE: &[&str] = &["-p", "cairn", "--test", "contract", "several_times_at_once"];

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
        name: "a home with a copy laid over it goes on under its old actor",
        file: "core/src/store/place.rs",
        right: "        laid_over\n            || self.inode",
        wrong: "        laid_over && self.inode == 0\n            || self.inode",
        suites: &[COPIES],
    },
    Bug {
        name: "what was had before a known removal counts is not said",
        file: "core/src/store/sync.rs",
        right: "|one| !known.contains(&one.hash)",
        wrong: "|one| !known.contains(&one.hash) && false",
        suites: &[BUILT_ON],
    },
    Bug {
        name: "what is only known of from a snapshot is left as a parcel too",
        file: "core/src/store/parcels/outward.rs",
        right: "where circle = ?1 and length(bytes) > 0 order by",
        wrong: "where circle = ?1 order by",
        suites: &[SNAPSHOTS],
    },
    Bug {
        name: "who says a home was put back and gives nothing is believed again",
        file: "core/src/store/heal.rs",
        right: "if !self.is_believed(device)? {",
        wrong: "if !self.is_believed(device)? && false {",
        suites: &[PUT_BACK],
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
    Bug {
        name: "what was said to be kept is not on the disk yet",
        file: "core/src/store/vault.rs",
        right: "pragma synchronous = full;",
        wrong: "pragma synchronous = off;",
        suites: &[POWER],
    },
    Bug {
        name: "a segment's signature is not looked at",
        file: "core/src/store/take.rs",
        right: "        if opened.verify(&place, tips)? {",
        wrong: "        if opened.verify(&place, tips)? || !tips.is_empty() {",
        suites: &[FORGED],
    },
    Bug {
        name: "what a role may write is not asked of others",
        file: "core/src/store/take.rs",
        right: "                return Ok(Err(Taken::Refused(\"role\")));",
        wrong: "                continue;",
        suites: &[CIRCLES],
    },
    Bug {
        name: "a member may write under another device's actor",
        file: "core/src/store/take.rs",
        right: "        if !of_one || named || self.is_anothers(circle, author, &wrote)? {",
        wrong: "        if !of_one || named && opened.counter == 0 {",
        suites: &[FORGED],
    },
    Bug {
        name: "a key of one group lets into the parts of another",
        file: "core/src/store/take.rs",
        right: "            return Ok(Err(Taken::Refused(\"part\")));",
        wrong: "            of.counter = opened.counter;",
        suites: &[FORGED],
    },
    Bug {
        name: "late work is dropped instead of waiting",
        file: "core/src/store/take.rs",
        right: "            _ => retry::set_aside(&tx, circle, bytes, &name, taken, of, acting)?,",
        wrong: "            Taken::Late => {}\n            _ => retry::set_aside(&tx, circle, bytes, &name, taken, of, acting)?,",
        suites: &[CIRCLES],
    },
    Bug {
        name: "late work counts without anybody's yes",
        file: "core/src/store/take.rs",
        right: "            if !let_in && !in_the_past_of(log, roster, &by, &place) {",
        wrong: "            if !let_in && !in_the_past_of(log, roster, &by, &place) && by.is_empty() {",
        suites: &[CIRCLES],
    },
    Bug {
        name: "who signs the same changes twice is believed twice",
        file: "core/src/store/take.rs",
        right: "        if segments::speaks_again(&self.db, circle, &place, &tips)? {",
        wrong: "        if segments::speaks_again(&self.db, circle, &place, &tips)? && tips.is_empty() {",
        suites: &[FORGED],
    },
    Bug {
        name: "what is to be signed is read before it is sure that nobody else signs it",
        file: "core/src/store/segments.rs",
        right: "            let tx = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;",
        wrong: "            let tx = Transaction::new_unchecked(&self.db, TransactionBehavior::Deferred)?;",
        suites: &[AT_ONCE],
    },
    Bug {
        name: "a stream stands where its first segment is",
        file: "core/src/store/schema/008.sql",
        right: "        on conflict do update set counter = excluded.counter, device = excluded.device where excluded.counter > counter;",
        wrong: "        on conflict do nothing;",
        suites: &[OF_STREAMS],
    },
    Bug {
        name: "what may follow padding is not looked at",
        file: "core/src/sync/segment.rs",
        right: "    let as_filled = filling.iter().all(|byte| *byte == 0);",
        wrong: "    let as_filled = filling.len() < 1 << 20;",
        suites: &[FORGED],
    },
    Bug {
        name: "a segment counts in another circle too",
        file: "core/src/sync/segment.rs",
        right: "    digest(&[b\"segment bound/1\", circle.as_str().as_bytes(), header]).to_vec()",
        wrong: "    digest(&[b\"segment bound/1\", &circle.as_str().as_bytes()[..0], header]).to_vec()",
        suites: &[OF_SEGMENTS],
    },
    Bug {
        name: "an operation's signature is not looked at",
        file: "core/src/circle/operation.rs",
        right: "        match verify_strict(&operation.author, &signed, signature) {",
        wrong: "        match verify_strict(&operation.author, &signed, signature) || bytes.len() > SIGNATURE {",
        suites: &[OF_CIRCLES],
    },
    Bug {
        name: "a lost phone lets others in behind its removal",
        file: "core/src/circle/standing.rs",
        right: "            if of.contains(&operation.author) && concerned && is_apart(log, place, cause) {",
        wrong: "            if of.contains(&operation.author) && concerned && kind == Cause::Claim && is_apart(log, place, cause) {",
        suites: &[OF_CIRCLES],
    },
    Bug {
        name: "nobody says that they know who came in by a recovery code",
        file: "core/src/store/sync.rs",
        right: "        if let Some(used) = roster.unspoken_use(&log, &own)\n",
        wrong: "        if let Some(used) = roster.unspoken_use(&log, &own).filter(|_| new.is_empty())\n",
        suites: &[USED_CODES],
    },
    Bug {
        name: "keys that somebody removed holds are used on",
        file: "core/src/circle/roster.rs",
        right: "                && holders.all(|(device, _)| readers.contains(device))",
        wrong: "                && holders.all(|(device, _)| device.len() == 32 || readers.contains(device))",
        suites: &[ROTATION],
    },
    Bug {
        name: "who was taken out is handed segments",
        file: "core/src/store/sync.rs",
        right: "        let Some((_, member)) = roster.standing.present(device) else {\n            return Ok(Vec::new());",
        wrong: "        let known = roster.standing.owner_of(device);\n        let Some(member) = known.and_then(|id| roster.standing.members.get(id)) else {\n            return Ok(Vec::new());",
        suites: &[FORGED],
    },
    Bug {
        name: "who was taken out is told who came later",
        file: "core/src/store/sync.rs",
        right: "            None => log.past_of(&removals(log, roster, device)),",
        wrong: "            None => log.everything(),",
        suites: &[FORGED],
    },
    Bug {
        name: "a new member is sent no keys",
        file: "core/src/store/segments.rs",
        right: "            if !wraps.is_empty() {",
        wrong: "            if wraps.len() > 1_000 {",
        suites: &[CIRCLES],
    },
    Bug {
        name: "an invitation never ends",
        file: "core/src/store/membership.rs",
        right: "                if asked > invited.expires {",
        wrong: "                if asked > invited.expires && asked == i64::MAX {",
        suites: &[CIRCLES],
    },
    Bug {
        name: "a last day is not kept to",
        file: "core/src/store/upkeep.rs",
        right: "        Ok(until.is_some_and(|until| until < acting.at.date_naive()))",
        wrong: "        Ok(until.is_some_and(|until| until < acting.at.date_naive() && circle.no < 0))",
        suites: &[DATES],
    },
    Bug {
        name: "who is past their last day is given what is new",
        file: "core/src/store/upkeep.rs",
        right: "        Ok(member.is_some_and(|member| member.is_over(acting.at.date_naive())))",
        wrong: "        Ok(member.is_some_and(|member| member.is_over(acting.at.date_naive()) && member.devices.is_empty()))",
        suites: &[DATES],
    },
    Bug {
        name: "what is erased leaves no tombstone for others",
        file: "core/src/store/erase.rs",
        right: "            self.drop_record(circle, Some(operation))?;",
        wrong: "            self.drop_record(circle, None)?;",
        suites: &[ERASED],
    },
    Bug {
        name: "anybody may erase a record",
        file: "core/src/store/erase.rs",
        right: "            && self.roster(circle)?.standing.may_erase(&operation.author);",
        wrong: "            && !self.roster(circle)?.standing.erased;",
        suites: &[ERASED],
    },
    Bug {
        name: "a snapshot is believed for its maker",
        file: "core/src/store/snapshot_take.rs",
        right: "                if !counted || !said.holds(&place, &tips)? {",
        wrong: "                if !counted && !said.holds(&place, &tips)? {",
        suites: &[SNAPSHOTS],
    },
    Bug {
        name: "a segment that was not announced is taken in",
        file: "core/src/sync/session/taking.rs",
        right: "self.announced.checked_sub(1).ok_or(Error::Damaged)?",
        wrong: "self.announced.saturating_sub(1)",
        suites: &[PUT_BACK],
    },
    Bug {
        name: "a device that was put back goes on under its old actor",
        file: "core/src/store/heal.rs",
        right: "        own.find(|reached| reached.counter > before.of(&circle.id, &reached.group))",
        wrong: "        own.find(|reached| reached.counter > before.of(&circle.id, &reached.group).max(1 << 40))",
        suites: &[PUT_BACK],
    },
    Bug {
        name: "whose key speaks in a meeting is not proven",
        file: "core/src/sync/session.rs",
        right: "                if !verify_strict(&peer.device, &signed, signature) {",
        wrong: "                if !verify_strict(&peer.device, &signed, signature) && peer.proven {",
        suites: &[FORGED],
    },
    Bug {
        name: "a nurse may say who the person is",
        file: "core/src/circle/role.rs",
        right: "            (!rewords || note.for_person) && !crowns",
        wrong: "            (!rewords || note.for_person) && !(crowns && note.from_lock_screen)",
        suites: &[FORGED],
    },
    Bug {
        name: "a copy signs on in the stream of the home it was made of",
        file: "core/src/store/segments.rs",
        right: "                    actor: taken.as_ref().map_or(actor, |taken| taken.stream(&device)),\n                    taken,",
        wrong: "                    actor,\n                    taken: taken.filter(|taken| taken.by == actor),",
        suites: &[TAKEN_OVER],
    },
    Bug {
        name: "what another member wrote may be taken over",
        file: "core/src/store/take.rs",
        right: "        let of_one = roster.whose(&wrote) == roster.whose(&device);",
        wrong: "        let of_one = roster.whose(&wrote).is_some();",
        suites: &[TAKEN_OVER],
    },
    Bug {
        name: "what a home had written before it was put back is written again",
        file: "core/src/store/heal.rs",
        right: "                if known::reach(&tx, circle, &part, &read.hash)?.is_none() {",
        wrong: "                if known::reach(&tx, circle, &part, &read.hash).is_ok() {",
        suites: &[TAKEN_OVER],
    },
    Bug {
        name: "late work that one had built on who was taken out later is forgotten",
        file: "core/src/store/retry.rs",
        right: "                    roster.was_let_in(log, &aside.name) || in_the_past_of(log, roster, by, &place)",
        wrong: "                    roster.was_let_in(log, &aside.name) && in_the_past_of(log, roster, by, &place)",
        suites: &[BUILT_ON],
    },
    Bug {
        name: "whom one let in who was being taken out is a stranger",
        file: "core/src/circle/roster.rs",
        right: "                .find(|one| one.device == *device && knew.contains(one.place))",
        wrong: "                .find(|one| one.device == *device && one.by.is_empty())",
        suites: &[BUILT_ON],
    },
    Bug {
        name: "nobody looks whose key an actor names",
        file: "core/src/store/take.rs",
        right: "        let named = roster.is_named_anothers(&author, &wrote);",
        wrong: "        let named = roster.is_named_anothers(&author, &wrote) && opened.counter == 0;",
        suites: &[FORGED],
    },
    Bug {
        name: "a segment nobody signed is laid to whoever it names",
        file: "core/src/store/take.rs",
        right: "            if signed != Some(true) {",
        wrong: "            if signed.is_none() {",
        suites: &[FORGED],
    },
    Bug {
        name: "a signature that is kept is never looked at again",
        file: "core/src/store/spoken.rs",
        right: "            if segment::is_signed(&place, tips, &signature)? {",
        wrong: "            if segment::is_signed(&place, tips, &signature)? || !signature.is_empty() {",
        suites: &[SNAPSHOTS],
    },
    Bug {
        name: "whoever names a team draws its members into a record",
        file: "core/src/store/teams.rs",
        right: "&& roster.whose(&operation.author).is_some()",
        wrong: "&& (roster.whose(&operation.author).is_some() || team.no > 0)",
        suites: &[BY_TEAM],
    },
    Bug {
        name: "what the next segment stands on anybody can make come out otherwise",
        file: "core/src/store/segments.rs",
        right: "(last.counter, last.chain.unwrap_or(last.name))",
        wrong: "(last.counter, last.name)",
        suites: &[FORGED, SNAPSHOTS],
    },
    Bug {
        name: "the name a snapshot's maker gives a segment hides another",
        file: "core/src/store/take.rs",
        right: "where circle = ?1 and name = ?2 and length(bytes) > 0",
        wrong: "where circle = ?1 and name = ?2",
        suites: &[SNAPSHOTS],
    },
];
