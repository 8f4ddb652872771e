//! What must hold in the end. Everything is mended, and all meet until nothing passes any more; owners let in the late
//! work of members who were taken out, but for what was made by hand in hostile hands. Then:
//!
//! - all devices that are in know the same of who is in, and show the same record;
//! - every text that a device said it keeps is found by all who may read it. Not promised: what a device says that knew
//!   it was taken out, or that was taken out before it had a key to seal it under; what a home lost by being put back and no device that is still in had then;
//! - a file that one of them has all have;
//! - nothing forged is found anywhere, and no text in another record than it was written in;
//! - who is in a team is in wherever its keeper lets that hold, and nobody else by it;
//! - every home proves itself whole.

use super::world::World;
use cairn_core::Id;
use cairn_core::id::base32;
use cairn_core::record::state::fingerprint;
use cairn_core::store::{Circle, Scope};
use cairn_core::view::everything;
use std::collections::{BTreeMap, BTreeSet};

/// Rounds of meetings after which all must be quiet.
const ROUNDS: usize = 12;

/// As [`ROUNDS`], over a stick: what somebody asks for there comes a round or two later.
const STICK_ROUNDS: usize = 40;

/// Rounds in which nothing changed anywhere, over a stick, after which nothing will.
const QUIET: usize = 3;

impl World {
    /// The places of all texts in `said` that a device shows.
    pub(super) fn read_at(&mut self, at: usize) -> BTreeSet<usize> {
        let mut read = BTreeSet::new();
        for circle in self.circles(at) {
            let text = self.text(at, &circle);
            let found = self.said.iter().enumerate();
            let found = found.filter(|(_, s)| s.circle == circle.id && text.contains(&s.words));
            read.extend(found.map(|(place, _)| place));
        }
        read
    }

    fn text(&mut self, at: usize, circle: &Circle) -> String {
        let today = self.now.date_naive();
        let record = self.vault(at).record(circle, &Scope::Everything);
        let record = record.unwrap_or_else(|e| self.fails(&format!("{at} cannot read: {e:?}")));
        everything::show(&record, today).to_string()
    }

    /// Everything is reachable and right again; all meet until nothing more passes.
    pub(super) fn heal(&mut self) {
        for device in &mut self.devices {
            device.side = 0;
            device.ahead = 0;
        }
        // Whoever was let in until a day is out by then, wherever an owner's device looks.
        self.now += chrono::Duration::days(4);
        // Somebody who never met any of them, who is to find everything; and who carries between copies of one device.
        if self.often(3) {
            let new = self.make("Eve Morris", "nurse");
            self.devices[new].ahead = 0;
            let circle = self.circles(0)[0].clone();
            self.let_in(0, new, &circle);
        }
        let keys: BTreeSet<_> = (0..self.devices.len()).map(|at| self.key(at)).collect();
        // Parcels are for a device, and a home and its copy are one.
        let no_copies = keys.len() == self.devices.len();
        if self.has("stick") && no_copies && self.below(4) == 0 {
            return self.heal_over_the_stick();
        }
        let mut before = Vec::new();
        for round in 0..ROUNDS {
            for one in 0..self.devices.len() {
                for other in one + 1..self.devices.len() {
                    if self.key(one) != self.key(other) && !self.meet(one, other, false) {
                        self.fails(&format!("{one} and {other} cannot meet"));
                    }
                }
            }
            let let_in = self.lets_in_late();
            let after = self.known();
            self.note(&format!("round {round}"));
            if after == before && !let_in {
                return;
            }
            before = after;
        }
        self.fails("they do not come to rest");
    }

    /// As [`World::heal`], though nobody meets anybody: all use one stick, in turn.
    fn heal_over_the_stick(&mut self) {
        self.count("histories that come to rest over a stick");
        let (mut before, mut quiet) = (Vec::new(), 0);
        for round in 0..STICK_ROUNDS {
            for at in 0..self.devices.len() {
                self.uses_the_stick(at, false);
            }
            let let_in = self.lets_in_late();
            let after = self.known();
            self.note(&format!("round {round} over the stick"));
            quiet = if after == before && !let_in {
                quiet + 1
            } else {
                0
            };
            if quiet == QUIET {
                return;
            }
            before = after;
        }
        self.fails("they do not come to rest over the stick");
    }

    /// What every device has of every circle.
    fn known(&mut self) -> Vec<String> {
        let nobody = self.key(0);
        let mut known = Vec::new();
        for at in 0..self.devices.len() {
            for circle in self.circles(at) {
                let vault = self.vault(at);
                let have = vault.have(&circle, &nobody).expect("it has something");
                let heads = vault.access_log(&circle).expect("a log").heads();
                let files = vault.pieces_wanted(&circle).expect("names").len();
                known.push(format!("{have:?}{heads:?}{files}"));
            }
        }
        known
    }

    /// Every owner's device that holds late work lets in what was not made by hand. Whether one did.
    fn lets_in_late(&mut self) -> bool {
        let forged = self.forged_segments.clone();
        let mut did = false;
        for at in 0..self.devices.len() {
            let key = self.key(at);
            for circle in self.circles(at) {
                let acting = self.acting(at);
                let vault = self.vault(at);
                let roster = vault.roster(&circle).expect("a roster");
                if !roster.standing.is_owner(&key) {
                    continue;
                }
                let log = vault.access_log(&circle).expect("a log");
                let late = vault.late(&circle).expect("a list");
                let honest = late
                    .into_iter()
                    .map(|(name, ..)| name)
                    .filter(|name| !forged.contains(&(circle.id.clone(), *name)))
                    .filter(|name| !roster.was_let_in(&log, name));
                let honest: Vec<_> = honest.collect();
                if !honest.is_empty() {
                    let count = honest.len();
                    vault.let_in(&circle, honest, acting).expect("let in");
                    self.count("late work let in");
                    self.note(&format!("{at} lets in {count}"));
                    did = true;
                }
            }
        }
        did
    }

    /// Holds what all say against what was said.
    pub(super) fn judge(&mut self) {
        let all = 0..self.devices.len();
        let ids: BTreeSet<_> = all.flat_map(|at| self.circles(at)).map(|c| c.id).collect();
        for id in ids {
            self.judge_circle(&id);
        }
        self.the_team_is_followed();
        for at in 0..self.devices.len() {
            let verified = self.vault(at).verify().expect("it can be looked at");
            if !verified.ok {
                self.fails(&format!("{at} finds damage: {:?}", verified.damaged));
            }
        }
    }

    fn judge_circle(&mut self, id: &Id) {
        let founder = (0..self.devices.len())
            .find(|at| self.circle(*at, id).is_some_and(|c| self.owns(*at, &c)))
            .unwrap_or_else(|| self.fails("nobody owns a record"));
        let circle = self.circle(founder, id).expect("it is there");
        let standing = (self.vault(founder)).roster(&circle).expect("a roster");
        let standing = standing.standing;
        let lacks = (0..self.devices.len()).find(|at| {
            standing.present(&self.key(*at)).is_some() && self.circle(*at, id).is_none()
        });
        if let Some(at) = lacks {
            self.fails(&format!("{at} is in and has no record"));
        }
        let present: Vec<(usize, Circle, u64)> = (0..self.devices.len())
            .filter_map(|at| Some((at, self.circle(at, id)?)))
            .filter_map(|(at, circle)| {
                let (_, member) = standing.present(&self.key(at))?;
                Some((at, circle, u64::from(member.groups.bits())))
            })
            .collect();
        // A home and its copy have one key and do not meet: where nobody else is in, nothing passes between them.
        let alone = present.len() > 1
            && (present.iter()).all(|(at, ..)| self.key(*at) == self.key(founder));
        if alone {
            return;
        }
        let mut same: BTreeMap<u64, (usize, [u8; 32])> = BTreeMap::new();
        let mut texts = BTreeMap::new();
        for (at, circle, groups) in &present {
            let heads = |world: &mut World, at, circle: &Circle| {
                let log = world.vault(at).access_log(circle).expect("a log");
                log.heads()
            };
            if heads(self, *at, circle)
                != heads(self, founder, &self.circle(founder, id).expect(""))
            {
                self.fails(&format!("{at} and {founder} differ about who is in"));
            }
            let record = self.vault(*at).record(circle, &Scope::Everything);
            let print = fingerprint(&record.expect("it can be read"));
            self.note(&format!("{at} shows {}", base32(&print, 20)));
            let (first, theirs) = *same.entry(*groups).or_insert((*at, print));
            if theirs != print {
                let what = self.difference(*at, first, id);
                self.fails(&format!("{at} and {first} show different records: {what}"));
            }
            texts.insert(*at, self.text(*at, circle));
            let missing = self
                .vault(*at)
                .known_missing(circle)
                .expect("it is counted");
            if missing > 0 {
                let has = self.reached(*at);
                self.fails(&format!(
                    "{at} knows of {missing} streams it lacks; {has:?}"
                ));
            }
        }
        self.all_is_found(id, &standing, &present, &texts);
        self.judge_files(&present);
        for at in 0..self.devices.len() {
            let Some(circle) = self.circle(at, id).filter(|_| !self.devices[at].evil) else {
                continue;
            };
            let text = self.text(at, &circle);
            if let Some(words) = self.forged.iter().find(|words| text.contains(*words)) {
                self.fails(&format!("{at} shows {words}"));
            }
            let elsewhere = self.said.iter().filter(|said| said.circle != *id);
            if let Some(said) = elsewhere.into_iter().find(|s| text.contains(&s.words)) {
                self.fails(&format!("{at} shows {} of another record", said.words));
            }
        }
    }

    fn all_is_found(
        &mut self,
        id: &Id,
        standing: &cairn_core::circle::standing::Standing,
        present: &[(usize, Circle, u64)],
        texts: &BTreeMap<usize, String>,
    ) {
        let in_now: BTreeSet<usize> = present.iter().map(|(at, ..)| *at).collect();
        for said in self.said.iter().filter(|said| said.circle == *id) {
            let author_in = standing.present(&said.device).is_some();
            let lost = said.only_with.as_ref();
            let promised = standing.owner_of(&said.device).is_some()
                && !said.after_removal
                && (author_in || !said.no_key)
                && lost.is_none_or(|with| !with.is_disjoint(&in_now));
            if !promised {
                continue;
            }
            for (at, _, _) in present {
                let (_, member) = standing.present(&self.key(*at)).expect("in");
                let may_read = member.groups.iter().any(|g| g.as_str() == said.group);
                if may_read && !texts[at].contains(&said.words) {
                    let who = texts.iter().filter(|(_, t)| t.contains(&said.words));
                    let who: Vec<_> = who.map(|(at, _)| at).collect();
                    self.fails(&format!(
                        "{at} lacks \"{}\"; found at {who:?}; author still in: {author_in}; {}; {:?}",
                        said.words,
                        self.waiting(*at),
                        who.first().map(|at| self.reached(**at))
                    ));
                }
            }
        }
    }

    fn owns(&self, at: usize, circle: &Circle) -> bool {
        let vault = self.devices[at].vault.as_ref().expect("open");
        let roster = vault.roster(circle).expect("a roster");
        let key = self.key(at);
        let present = roster.standing.present(&key);
        present.is_some_and(|(_, member)| member.role == "person")
    }

    fn difference(&mut self, one: usize, other: usize, id: &Id) -> String {
        let (a, b) = (self.circle(one, id), self.circle(other, id));
        let (a, b) = (a.expect("there"), b.expect("there"));
        let (a, b) = (self.text(one, &a), self.text(other, &b));
        let at = a.bytes().zip(b.bytes()).position(|(a, b)| a != b);
        let at = at.unwrap_or(0).saturating_sub(60);
        let piece = |text: &str| text.chars().skip(at).take(200).collect::<String>();
        format!(
            "\n  {}\n  {}\n  {}; {}",
            piece(&a),
            piece(&b),
            self.waiting(one),
            self.waiting(other)
        )
    }

    /// How far a device has taken in the streams of each circle.
    fn reached(&self, at: usize) -> Vec<Vec<String>> {
        let vault = self.devices[at].vault.as_ref().expect("open");
        let circles = vault.circles().unwrap_or_default();
        let have = circles.iter().map(|circle| {
            let have = vault.have(circle, &self.key(0)).unwrap_or_default();
            let streams = have.streams.iter();
            let said =
                streams.map(|r| format!("{} {} {}", r.group, base32(&r.actor.0, 6), r.counter));
            said.collect()
        });
        have.collect()
    }

    /// What a device keeps aside, by reason.
    fn waiting(&self, at: usize) -> String {
        let vault = self.devices[at].vault.as_ref().expect("open");
        let circles = vault.circles().unwrap_or_default();
        let aside = circles.iter().map(|circle| vault.aside_by_reason(circle));
        let aside: Vec<_> = aside.map(Result::unwrap_or_default).collect();
        format!("aside at {at}: {aside:?}, has {:?}", self.reached(at))
    }
}
