//! Mary's recovery code on paper, now and then a backup of her phone, and what comes in by them: also a second time, by a
//! paper that was used already and somebody who has not heard of it.

use super::world::World;
use cairn_core::Error;
use cairn_core::circle::recovery_code::{RecoveryCode, RecoveryRequest};
use std::path::PathBuf;

/// A code as it was shown, and a backup made while it held.
#[derive(Clone)]
pub(super) struct Paper {
    code: String,
    backup: Option<PathBuf>,
    used: bool,
}

impl World {
    pub(super) fn has_a_paper(&mut self) {
        if self.papers.is_empty() || self.below(3) == 0 {
            return self.writes_a_paper();
        }
        let used = (self.papers.iter()).rposition(|paper| paper.used && paper.backup.is_some());
        let any = self.below(self.papers.len() as u64) as usize;
        match used {
            Some(used) if self.below(2) == 0 => self.uses_a_paper(used),
            _ => self.uses_a_paper(any),
        }
    }

    /// Mary's phone shows a new code, and the one before ends there.
    fn writes_a_paper(&mut self) {
        let (acting, entropy) = (self.acting(0), self.entropy());
        let made = self.vault(0).make_recovery(acting, &entropy);
        self.note(&format!("a code: {}", made.is_ok()));
        if let Ok(code) = made {
            self.keeps_paper(&code);
            if self.below(3) > 0 {
                self.backs_up_behind(self.papers.len() - 1);
            }
        }
    }

    fn keeps_paper(&mut self, code: &RecoveryCode) {
        self.papers.push(Paper {
            code: code.text().to_string(),
            backup: None,
            used: false,
        });
    }

    fn backs_up_behind(&mut self, paper: usize) {
        let file = self.stick.path().join(format!("{paper}.backup"));
        let (acting, entropy) = (self.acting(0), self.entropy());
        let made = self.vault(0).make_backup(&file, acting, &entropy);
        self.note(&format!("a backup: {}", made.is_ok()));
        if made.is_ok() {
            self.papers[paper].backup = Some(file);
            self.count("backups made");
        }
    }

    /// A new phone comes in by a code: with its backup, or at the table of somebody who shares the record.
    fn uses_a_paper(&mut self, at: usize) {
        if self.is_crowded() {
            return;
        }
        let paper = self.papers[at].clone();
        let code = RecoveryCode::read(&paper.code).expect("a code");
        let by = self.below(self.devices.len() as u64) as usize;
        let new = self.make("Mary Bell, again", "person");
        let (acting, entropy) = (self.acting(new), self.entropy());
        let came = match &paper.backup {
            Some(file) => (self.vault(new)).restore_backup(file, &code, acting, &entropy),
            None => self.recovers(new, by, &code),
        };
        self.note(&format!("{new} comes by paper {at}: {:?}", came.is_ok()));
        match came {
            Ok(next) => {
                self.count("devices that came by a recovery code");
                if paper.used {
                    self.count("recovery codes used again");
                }
                self.papers[at].used = true;
                self.keeps_paper(&next);
                if self.key(by) != self.key(new) {
                    self.meet(by, new, true);
                }
            }
            // Ended or unknown, as far as those know who are asked.
            Err(_) => {
                self.devices.pop();
            }
        }
    }

    fn recovers(
        &mut self,
        new: usize,
        by: usize,
        code: &RecoveryCode,
    ) -> Result<RecoveryCode, Error> {
        let asks = self.devices[new]
            .vault
            .as_ref()
            .expect("open")
            .keys()
            .public();
        let request = RecoveryRequest::new(&code.keys()?, asks)?;
        let answer = self.vault(by).answer_recovery(&request)?;
        let (acting, entropy) = (self.acting(new), self.entropy());
        self.vault(new)
            .recover_with(code, &answer, acting, &entropy)
    }
}
