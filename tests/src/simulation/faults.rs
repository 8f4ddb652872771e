//! What goes wrong with devices: no way to each other, no power, homes copied and put back.

use super::world::{Device, Files, World};
use cairn_core::store::Scope;
use cairn_powercut::Powercut;
use std::collections::BTreeSet;
use std::fs;

impl World {
    /// From now on only devices of one side reach each other; or all do again.
    pub(super) fn parts(&mut self) {
        let apart = self.below(3) > 0;
        for at in 0..self.devices.len() {
            self.devices[at].side = if apart { self.below(2) } else { 0 };
        }
        if apart {
            self.count("partitions");
        }
    }

    pub(super) fn are_parted(&self, one: usize, other: usize) -> bool {
        self.devices[one].side != self.devices[other].side
    }

    /// The power of a device fails while it writes or meets.
    pub(super) fn power_cut(&mut self) {
        let at = self.below(self.devices.len() as u64) as usize;
        let calls = self.below(40);
        let power = self.devices[at].power.as_ref().expect("watched");
        power.cut_after(calls);
        self.note(&format!("the power of {at} fails after {calls} writes"));
        let all: Vec<usize> = (0..self.devices.len()).collect();
        if self.has("stick") && self.below(4) == 0 {
            self.uses_the_stick(at, false);
        } else if self.below(2) == 0 {
            let others: Vec<usize> = all
                .into_iter()
                .filter(|other| self.key(*other) != self.key(at))
                .collect();
            let other = self.one_of(&others);
            self.meet(at, other, false);
        } else if let Some(circle) = self.circles(at).first().cloned() {
            while self.writes_in(at, &circle) && self.below(4) > 0 {}
        }
        self.power_again(at);
    }

    fn power_again(&mut self, at: usize) {
        let power = self.devices[at].power.take().expect("watched");
        power.cut();
        self.devices[at].vault = None;
        let lost = power.power_again(|sides| self.below(sides));
        let lost = lost.unwrap_or_else(|error| self.fails(&error.to_string()));
        self.devices[at].power = Some(power);
        self.count("power cuts");
        if lost.lost + lost.torn > 0 {
            self.count("power cuts that lost or tore writes");
        }
        self.note(&format!("power again for {at}: {lost:?}"));
        self.reopen(at);
    }

    /// The files of a home, as they lie there.
    fn files(&mut self, at: usize) -> Files {
        if let Err(error) = self.vault(at).checkpoint() {
            self.fails(&format!("checkpoint: {error:?}"));
        }
        let folder = self.devices[at].folder.path();
        let names = ["vault.db", "witness", "device.key"].map(|name| folder.join(name));
        let read = names.map(|path| (path.clone(), fs::read(&path).expect("a file")));
        read.into()
    }

    pub(super) fn backs_up(&mut self) {
        let at = self.below(self.devices.len() as u64) as usize;
        let files = self.files(at);
        self.devices[at].backup = Some(files);
        self.note(&format!("{at} is backed up"));
    }

    /// A home is copied to another computer, and both go on.
    pub(super) fn copies(&mut self) {
        if self.is_crowded() {
            return;
        }
        let at = self.below(self.devices.len() as u64) as usize;
        if self.devices[at].evil {
            return;
        }
        let files = self.files(at);
        let folder = self.folder();
        for (path, bytes) in &files {
            let name = path.file_name().expect("a name");
            fs::write(folder.path().join(name), bytes).expect("written");
        }
        let power = Powercut::watch(folder.path());
        let device = &self.devices[at];
        let copy = Device {
            name: format!("{}, copied", device.name),
            role: device.role,
            folder,
            power: Some(power),
            vault: None,
            ahead: device.ahead,
            backup: None,
            evil: device.evil,
            side: device.side,
        };
        self.devices.push(copy);
        self.reopen(self.devices.len() - 1);
        self.count("homes copied");
        self.note(&format!("{at} is copied"));
    }

    /// A home is put back to what was backed up: as new files, which it can tell, or in place, which it cannot.
    pub(super) fn puts_back(&mut self) {
        let backed: Vec<usize> = (0..self.devices.len())
            .filter(|at| self.devices[*at].backup.is_some())
            .collect();
        if backed.is_empty() {
            return;
        }
        let at = self.one_of(&backed);
        let in_place = self.has("silent") && self.below(2) == 0 && !self.keep_aside(at);
        let files = self.devices[at].backup.clone().expect("backed up");
        let before: BTreeSet<usize> = self.read_at(at);
        if in_place {
            // What lay there and nowhere else would lie in the place of what is signed next, as in `meets_who_knows_more`.
            self.clears_the_stick();
            self.stick_before = None;
        }
        self.devices[at].vault = None;
        self.devices[at].power = None;
        let folder = self.devices[at].folder.path().to_owned();
        for name in ["vault.db-wal", "vault.db-shm"] {
            let _ = fs::remove_file(folder.join(name));
        }
        for (path, bytes) in &files {
            if !in_place {
                fs::remove_file(path).expect("removed");
            }
            fs::write(path, bytes).expect("written");
        }
        self.devices[at].power = Some(Powercut::watch(&folder));
        self.reopen(at);
        self.count(if in_place {
            "homes put back without a sign"
        } else {
            "homes put back, which they can tell"
        });
        self.note(&format!("{at} is put back, in place {in_place}"));
        self.lost_with(at, &before);
        if in_place {
            self.meets_who_knows_more(at);
        }
    }

    /// Whether others keep something aside in the records of a device that may go in yet: if it is what this one would
    /// lose, nobody says that they know of it.
    fn keep_aside(&mut self, at: usize) -> bool {
        let circles = self.circles(at);
        let others = (0..self.devices.len()).filter(|other| *other != at);
        let mut vaults = others.filter_map(|other| self.devices[other].vault.as_ref());
        vaults.any(|vault| {
            let kept = circles.iter().filter_map(|circle| {
                let theirs = vault.circles().ok()?.into_iter();
                let theirs = theirs.into_iter().find(|other| other.id == circle.id)?;
                vault.aside_by_reason(&theirs).ok()
            });
            let mut reasons = kept.flatten();
            reasons.any(|(reason, _)| !["late", "late_views", "fork"].contains(&reason.as_str()))
        })
    }

    /// It is found at the first meeting with somebody who has more of its streams. Whoever lacked what it lost and takes
    /// something in its place first has what others refuse; that is not mended, docs/adr/0041.
    fn meets_who_knows_more(&mut self, at: usize) {
        let mut best: Option<(u64, usize)> = None;
        for other in 0..self.devices.len() {
            if self.key(other) == self.key(at) {
                continue;
            }
            let more = self.ahead_of(at, other);
            if more > 0 && best.is_none_or(|(most, _)| more > most) {
                best = Some((more, other));
            }
        }
        if let Some((_, other)) = best {
            self.count("meetings that find a home put back");
            self.meet(at, other, false);
        }
    }

    /// By how many segments another device is ahead in the streams of this one.
    fn ahead_of(&mut self, at: usize, other: usize) -> u64 {
        let key = self.key(at);
        let mut ahead = 0;
        for circle in self.circles(at) {
            let Some(of_other) = self.circle(other, &circle.id) else {
                continue;
            };
            let own = self.vault(at).have(&circle, &key).expect("its own");
            let known = self.vault(other).have(&of_other, &key).expect("its own");
            let actor = (self.vault(at).record(&circle, &Scope::All)).expect("read");
            let actor = actor.actor;
            for reached in known.streams.iter().filter(|r| r.actor == actor) {
                let here = own.streams.iter();
                let here = here.filter(|r| r.actor == actor && r.group == reached.group);
                let here = here.map(|r| r.counter).max().unwrap_or(0);
                ahead += reached.counter.saturating_sub(here);
            }
        }
        ahead
    }

    /// What is gone from a device that was put back is promised only where others have it.
    fn lost_with(&mut self, at: usize, before: &BTreeSet<usize>) {
        let after = self.read_at(at);
        let gone: Vec<usize> = before.difference(&after).copied().collect();
        if gone.is_empty() {
            return;
        }
        let others: Vec<usize> = (0..self.devices.len())
            .filter(|other| *other != at && !self.devices[*other].evil)
            .collect();
        let others: Vec<(usize, BTreeSet<usize>)> = others
            .into_iter()
            .map(|other| (other, self.read_at(other)))
            .collect();
        for said in gone {
            let with = others.iter().filter(|(_, read)| read.contains(&said));
            let with = with.map(|(other, _)| *other).collect();
            self.said[said].only_with = Some(with);
        }
    }
}
