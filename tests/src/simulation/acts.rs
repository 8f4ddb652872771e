//! What happens at each step: somebody writes, two meet, or something goes wrong.

use super::world::{Said, World};
use cairn_core::log::{self, Saying};
use cairn_core::plan::{self, Answers};
use cairn_core::record::Group;
use cairn_core::store::{Circle, Scope};
use cairn_core::{Error, Id, goal};

impl World {
    pub(super) fn step(&mut self) {
        let minutes = 1 + self.below(600) as i64;
        self.now += chrono::Duration::minutes(minutes);
        match self.below(100) {
            0..37 => self.writes(),
            37..40 if self.has("files") => self.attaches(),
            40..60 => {
                if let Some((one, other)) = self.two() {
                    self.meet(one, other, true);
                }
            }
            60..64 if self.has("paper") => self.has_a_paper(),
            64..71 if self.has("stick") => self.somebody_uses_the_stick(),
            71..73 if self.has("stick") => self.harms_the_stick(),
            73..76 if self.has("come") => self.comes_in(),
            76..79 if self.has("out") => self.takes_out(),
            79..82 if self.has("keys") => self.makes_keys(),
            82..85 if self.has("partition") => self.parts(),
            85..88 if self.has("cut") => self.power_cut(),
            88..90 if self.has("copy") => self.copies(),
            90..92 if self.has("backup") => self.backs_up(),
            92..94 if self.has("back") => self.puts_back(),
            94..100 if self.has("evil") => self.does_harm(),
            _ => {}
        }
    }

    /// Two devices that have different keys.
    pub(super) fn two(&mut self) -> Option<(usize, usize)> {
        let all: Vec<usize> = (0..self.devices.len()).collect();
        let one = self.one_of(&all);
        let others: Vec<usize> = all
            .into_iter()
            .filter(|other| self.key(*other) != self.key(one))
            .collect();
        (!others.is_empty()).then(|| (one, self.one_of(&others)))
    }

    fn writes(&mut self) {
        let at = self.below(self.devices.len() as u64) as usize;
        let circles = self.circles(at);
        if circles.is_empty() {
            return;
        }
        let circle = self.one_of(&circles);
        self.writes_in(at, &circle);
    }

    /// Writes words in a record. Whether the device said that they are kept.
    pub(super) fn writes_in(&mut self, at: usize, circle: &Circle) -> bool {
        let number = self.written;
        let words = format!("note {number} of {at};");
        let Some(plan) = self.plans.get(&circle.id).cloned() else {
            return false;
        };
        self.written += 1;
        let carer = circle_role(self, at, circle) == "carer";
        let kind = if carer { 0 } else { self.below(4) };
        let group = if kind == 2 { Group::Goals } else { Group::Log };
        let (kept, acting) = (self.keeps(at, circle, &words, group), self.acting(at));
        let vault = self.vault(at);
        let done = match kind {
            // Two may change one thing apart; the words of either may lose, so nothing is promised of them.
            3 => {
                let answers = Answers {
                    place: Some(words.clone()),
                    ..Answers::default()
                };
                vault.act(circle, &Scope::All, acting, |acts| {
                    plan::edit(acts, &plan, &answers).map(|_| ())
                })
            }
            2 => vault.act(circle, &Scope::All, acting, |acts| {
                goal::add(acts, &words, None, None).map(|_| ())
            }),
            _ => vault.act(circle, &Scope::All, acting, |acts| {
                log::add(acts, &plan, &did(&words)).map(|_| ())
            }),
        };
        match done {
            Ok(_) => {
                self.note(&format!("{at} writes {words} {kind}"));
                if kind < 3 {
                    self.is_kept(kept);
                }
                true
            }
            // The plan has not come yet, or no power.
            Err(Error::UnknownId | Error::Storage { .. }) => false,
            Err(error) => {
                self.count("acts refused");
                self.note(&format!("{at} is refused: {error:?}"));
                false
            }
        }
    }
}

/// What is promised of words, once they are kept.
pub(super) struct Kept(Said);

impl World {
    /// What a device that is about to keep these words promises by it.
    pub(super) fn keeps(&mut self, at: usize, circle: &Circle, words: &str, group: Group) -> Kept {
        let no_key = !self.can_seal(at, circle, group);
        Kept(Said {
            words: words.to_owned(),
            circle: circle.id.clone(),
            group: group.as_str(),
            device: self.key(at),
            after_removal: !self.is_in(at, circle),
            no_key,
            only_with: None,
        })
    }

    pub(super) fn is_kept(&mut self, kept: Kept) {
        self.count("texts kept");
        self.said.push(kept.0);
    }

    fn can_seal(&mut self, at: usize, circle: &Circle, group: Group) -> bool {
        let vault = self.vault(at);
        let log = vault.access_log(circle).expect("a log");
        let keyring = vault.keyring(circle).expect("keys");
        let epoch = vault
            .roster(circle)
            .expect("a roster")
            .epoch_for(&log, group);
        epoch.is_some_and(|epoch| keyring.get(group, &epoch).is_some())
    }
}

fn circle_role(world: &World, at: usize, circle: &Circle) -> String {
    let vault = world.devices[at].vault.as_ref().expect("open");
    let roster = vault.roster(circle).expect("a roster");
    let key = world.key(at);
    let of = roster.standing.owner_of(&key);
    of.map(|id: &Id| roster.standing.members[id].role.clone())
        .unwrap_or_default()
}

pub(super) fn did(note: &str) -> Saying {
    Saying {
        did: Some("did".into()),
        note: Some(note.into()),
        ..Saying::default()
    }
}
