//! Two devices meet over a link that loses, doubles, reorders and replays what passes.

use super::world::World;
use cairn_core::Error;
use cairn_core::sync::session::Session;
use std::collections::VecDeque;

/// Messages that are kept to be played again later.
const HEARD: usize = 200;

impl World {
    /// One meeting. With `faults` messages may be lost on the way. Whether both have each other's receipt.
    pub(super) fn meet(&mut self, one: usize, other: usize, faults: bool) -> bool {
        if faults && self.are_parted(one, other) {
            self.count("meetings refused by a partition");
            return false;
        }
        self.carries(one);
        self.carries(other);
        let (mut spoiled, mut ended) = (false, false);
        let mut sides = [one, other];
        let mut sessions = Vec::new();
        let known = self.know_each_other(one, other) && self.below(4) > 0;
        if known {
            self.count("meetings of devices that know each other");
        }
        for (at, of) in [(one, other), (other, one)] {
            let (acting, entropy, key) = (self.acting(at), self.entropy(), self.key(of));
            let vault = self.vault(at);
            let begun = if known {
                Session::begin_known(vault, key, acting, &entropy)
            } else {
                Session::begin(vault, acting, &entropy)
            };
            match begun {
                Ok(session) => sessions.push(session),
                Err(error) => return self.broke_off(&sides, &error, "begins"),
            }
        }
        let mut queues = [VecDeque::new(), VecDeque::new()];
        while !ended && !sessions.iter().all(Session::is_done) {
            let mut passed = false;
            for from in 0..2 {
                let vault = self.devices[sides[from]].vault.as_ref().expect("open");
                loop {
                    match sessions[from].next(vault) {
                        Ok(Some(message)) => queues[from].push_back(message),
                        Ok(None) => break,
                        Err(error) => return self.broke_off(&sides, &error, "speaks"),
                    }
                }
                if faults && self.has("messages") {
                    spoiled |= self.spoil(&mut queues[from], &mut ended);
                }
                let Some(message) = queues[from].pop_front() else {
                    continue;
                };
                passed = true;
                let to = 1 - from;
                let vault = self.vault(sides[to]);
                if let Err(error) = sessions[to].receive(vault, &message) {
                    if spoiled && matches!(error, Error::Damaged | Error::NotAllowed) {
                        ended = true;
                        break;
                    }
                    return self.broke_off(&sides, &error, "hears");
                }
                self.hear(message);
            }
            if !passed {
                if !spoiled {
                    self.fails(&format!("{one} and {other} fall silent"));
                }
                ended = true;
            }
        }
        self.count("meetings");
        let progress = sessions[0].progress();
        if progress.carriage.left + progress.carriage.brought > 0 {
            self.count("meetings with a courier");
        }
        sides.sort_unstable();
        self.note(&format!("{one} meets {other}: {progress:?} {ended}"));
        !ended
    }

    /// Somebody of staff may carry sealed parcels of others from here on, and everybody may have theirs carried.
    fn carries(&mut self, at: usize) {
        if !self.has("carry") || self.below(3) > 0 {
            return;
        }
        let (staff, wants) = (self.devices[at].role == "nurse", self.below(2) == 0);
        let vault = self.vault(at);
        // Where the power has failed it stays as it was.
        if staff && vault.set_setting("role", b"staff").is_err() {
            return;
        }
        vault.carry(wants);
    }

    /// Whether each knows the other's key by the one a link shows: such a meeting begins with what is new, unasked.
    fn know_each_other(&mut self, one: usize, other: usize) -> bool {
        [(one, other), (other, one)].into_iter().all(|(at, of)| {
            let shown = self.vault(of).keys().public().seal;
            let known = self.vault(at).device_by_link(&shown);
            known.expect("its own") == Some(self.key(of))
        })
    }

    /// A meeting ended by an error: only a power cut may do that.
    fn broke_off(&mut self, sides: &[usize; 2], error: &Error, when: &str) -> bool {
        let cut = sides.iter().any(|at| {
            let power = self.devices[*at].power.as_ref();
            power.is_some_and(|power| power.disarm())
        });
        if !cut {
            self.fails(&format!("one of {sides:?} {when}: {error:?}"));
        }
        self.note(&format!("{sides:?} broken off by a power cut"));
        false
    }

    fn hear(&mut self, message: Vec<u8>) {
        if self.heard.len() == HEARD {
            self.heard.pop_front();
        }
        self.heard.push_back(message);
    }

    /// Something may happen to what is under way. Whether it did.
    fn spoil(&mut self, queue: &mut VecDeque<Vec<u8>>, ended: &mut bool) -> bool {
        match self.below(100) {
            0 if !queue.is_empty() => {
                let at = self.below(queue.len() as u64) as usize;
                queue.remove(at);
                self.count("messages dropped");
            }
            1 | 2 if !queue.is_empty() => {
                let at = self.below(queue.len() as u64) as usize;
                queue.push_back(queue[at].clone());
                self.count("messages duplicated");
            }
            3 | 4 if queue.len() > 1 => {
                let at = self.below(queue.len() as u64 - 1) as usize;
                queue.swap(at, at + 1);
                self.count("messages reordered");
            }
            5 if !self.heard.is_empty() => {
                let at = self.below(self.heard.len() as u64) as usize;
                queue.push_front(self.heard[at].clone());
                self.count("messages replayed");
            }
            6 => {
                *ended = true;
                self.count("meetings cut off");
            }
            _ => return false,
        }
        true
    }
}
