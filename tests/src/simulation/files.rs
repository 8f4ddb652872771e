//! Files beside a record: they come after all text, and whoever may read what they stand beside has them in the end.

use super::world::World;
use cairn_core::attachment::Prepared;
use cairn_core::record::{Group, Noun};
use cairn_core::store::{Circle, Scope};
use cairn_core::{Error, Id};
use std::collections::BTreeMap;

impl World {
    /// A voice note about the plan of a record.
    pub(super) fn attaches(&mut self) {
        let at = self.below(self.devices.len() as u64) as usize;
        let circles = self.circles(at);
        if circles.is_empty() || self.devices[at].role == "carer" {
            return;
        }
        let circle = self.one_of(&circles);
        let Some(plan) = self.plans.get(&circle.id).cloned() else {
            return;
        };
        let words = format!("file {} of {at};", self.written);
        self.written += 1;
        let mut content = format!("OggS{words}").into_bytes();
        content.resize(content.len() + self.below(30_000) as usize, 7);
        let (kept, acting) = (
            self.keeps(at, &circle, &words, Group::Goals),
            self.acting(at),
        );
        let entropy = self.entropy();
        let file = Prepared::new(&circle.id, "voice.ogg", Some(&words), content, &entropy);
        let file = file.expect("a voice");
        match self.vault(at).attach(&circle, &plan, &file, acting) {
            Ok(_) => {
                self.note(&format!("{at} attaches {words}"));
                self.count("files attached");
                self.is_kept(kept);
            }
            // The plan has not come yet, or no power.
            Err(Error::UnknownId | Error::Storage { .. }) => {}
            Err(error) => {
                self.count("acts refused");
                self.note(&format!("{at} is refused: {error:?}"));
            }
        }
    }

    /// What one of those who are in has of a file, all have, and it is what was attached.
    pub(super) fn judge_files(&mut self, present: &[(usize, Circle, u64)]) {
        let mut found: BTreeMap<Id, [Vec<usize>; 2]> = BTreeMap::new();
        for (at, circle, _) in present {
            let vault = self.vault(*at);
            let record = vault.record(circle, &Scope::Everything).expect("read");
            for thing in record.standing(Noun::Attachment) {
                let here = match vault.attached(circle, &thing.id) {
                    Ok(content) => {
                        let said = record.shown_text(thing, "text").unwrap_or_default();
                        let is_it = content.starts_with(format!("OggS{said}").as_bytes());
                        if !is_it {
                            self.fails(&format!("{at} has another file beside \"{said}\""));
                        }
                        true
                    }
                    Err(Error::FileNotHere) => false,
                    Err(error) => self.fails(&format!("{at} has a file that is {error:?}")),
                };
                let of_it = found.entry(thing.id.clone()).or_default();
                of_it[usize::from(here)].push(*at);
            }
        }
        for [lacks, has] in found.into_values() {
            if !has.is_empty() {
                self.count("files found");
            }
            if !has.is_empty() && !lacks.is_empty() {
                self.fails(&format!("{lacks:?} lack a file that {has:?} have"));
            }
        }
    }
}
