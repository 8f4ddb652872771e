//! Devices of several people that meet over a link in memory, for tests.

use super::Home;
use cairn_core::circle::Groups;
use cairn_core::circle::device_code::DeviceCode;
use cairn_core::entropy::SeededEntropy;
use cairn_core::goal;
use cairn_core::log::{self, Saying};
use cairn_core::plan::{self, Answers};
use cairn_core::record::Acting;
use cairn_core::store::key_vault::FileKeyVault;
use cairn_core::store::membership::Inviting;
use cairn_core::store::{Circle, Scope, Vault};
use cairn_core::sync::memory::{Side, meet};
use cairn_core::view::everything;
use cairn_core::{Id, Result};
use std::fs;
use std::path::PathBuf;

/// The files of a home at some moment.
pub type Files = Vec<(PathBuf, Vec<u8>)>;

/// A device of somebody else, with its own record and whatever it was let into.
pub struct Device {
    pub home: Home,
    seed: u64,
}

impl Device {
    pub fn new(name: &str, seed: u64) -> Device {
        let home = Home::seeded(name, "Europe/London", seed);
        Device { home, seed }
    }

    /// The device whose home lies in a folder already.
    pub fn of(home: Home, seed: u64) -> Device {
        Device { home, seed }
    }

    pub fn circle(&self, person: &Device) -> Circle {
        let circles = self.home.vault.circles().unwrap();
        circles
            .into_iter()
            .find(|c| c.id == person.home.circle.id)
            .unwrap()
    }

    pub fn entropy(&mut self) -> SeededEntropy {
        self.seed += 1000;
        SeededEntropy::new(self.seed)
    }

    pub fn acting(&self) -> Acting {
        Acting::at(self.home.now)
    }

    pub fn act<T>(
        &mut self,
        circle: &Circle,
        rule: impl FnOnce(&mut cairn_core::record::Acts) -> Result<T>,
    ) -> Result<T> {
        let acting = self.acting();
        self.home
            .vault
            .act(circle, &Scope::All, acting, rule)
            .map(|(done, _)| done)
    }

    /// Lets another in, face to face, and hands over what is shared.
    pub fn let_in(&mut self, other: &mut Device, role: &str, parts: &[&str]) {
        self.let_in_until(other, role, parts, None);
    }

    /// As [`Device::let_in`], with a last day.
    pub fn let_in_until(
        &mut self,
        other: &mut Device,
        role: &str,
        parts: &[&str],
        until: Option<&str>,
    ) {
        self.admit(other, role, parts, until);
        self.meet(other);
    }

    /// Lets another in without anything being handed over but the access log.
    pub fn admit(
        &mut self,
        other: &mut Device,
        role: &str,
        parts: &[&str],
        until: Option<&str>,
    ) -> Circle {
        let groups = Groups::read(parts.iter().copied(), role).unwrap();
        let inviting = Inviting {
            role,
            groups,
            until,
        };
        let (acting, entropy) = (self.acting(), self.entropy());
        let circle = self.home.circle.clone();
        let vault = &mut self.home.vault;
        let invitation = vault.invite(&circle, &inviting, acting, &entropy).unwrap();
        let request = invitation
            .ask(other.home.vault.keys().public(), "Somebody", None)
            .unwrap();
        let welcome = vault.admit(&circle, &request, acting, &entropy).unwrap();
        let theirs = other.acting();
        other
            .home
            .vault
            .enter(&invitation, &welcome, theirs)
            .unwrap()
    }

    /// Logs that a plan was done, with a note.
    pub fn logs(&mut self, circle: &Circle, plan: &Id, note: &str) -> Id {
        self.act(circle, |acts| log::add(acts, plan, &did(note)))
            .unwrap()
    }

    /// The files of its home as they are now.
    pub fn files(&mut self) -> Files {
        self.home.vault.checkpoint().unwrap();
        let names = ["vault.db", "witness"].map(|name| self.home.folder.path().join(name));
        let read = names.map(|path| (path.clone(), fs::read(&path).unwrap()));
        read.into()
    }

    /// Writes files over in place, as a disk that is put back whole does: the same file, the same moment of making.
    pub fn put_back(&mut self, files: &Files) {
        let unused = tempfile::tempdir().unwrap();
        let key = FileKeyVault::new(unused.path().join("device.key"));
        let other = Vault::create(unused.path(), &key, &SeededEntropy::new(900)).unwrap();
        drop(std::mem::replace(&mut self.home.vault, other));
        for name in ["vault.db-wal", "vault.db-shm"] {
            let _ = fs::remove_file(self.home.folder.path().join(name));
        }
        for (path, bytes) in files {
            fs::write(path, bytes).unwrap();
        }
        self.home.reopen().unwrap();
        assert_eq!(self.home.vault.notice(), None, "nothing on it shows it");
    }

    pub fn meet(&mut self, other: &mut Device) {
        let (acting, theirs) = (self.acting(), other.acting());
        let (one, two) = (self.entropy(), other.entropy());
        let mut left = Side {
            vault: &mut self.home.vault,
            acting,
            entropy: &one,
        };
        let mut right = Side {
            vault: &mut other.home.vault,
            acting: theirs,
            entropy: &two,
        };
        meet(&mut left, &mut right).unwrap();
    }

    /// Makes a team that this device keeps, as one of somebody who works in care.
    pub fn makes_a_team(&mut self, name: &str) -> Circle {
        let (acting, entropy) = (self.acting(), self.entropy());
        let vault = &mut self.home.vault;
        vault.set_setting("role", b"staff").unwrap();
        let me = ("Anne Okoro", None);
        vault.make_team(name, me, acting, &entropy).unwrap()
    }

    /// Lets somebody into that team, at one table, and hands over what is shared with it.
    pub fn lets_into_team(&mut self, team: &Circle, mate: &mut Device) {
        let own = std::mem::replace(&mut self.home.circle, team.clone());
        self.let_in(mate, "team", &["all"]);
        self.home.circle = own;
    }

    pub fn remove(&mut self, other: &Device) {
        let (acting, entropy) = (self.acting(), self.entropy());
        let circle = self.home.circle.clone();
        let member = other.circle(self).member;
        self.home
            .vault
            .remove_member(&circle, &member, acting, &entropy)
            .unwrap();
    }

    pub fn text(&self, circle: &Circle) -> String {
        let record = self.home.vault.record(circle, &Scope::Everything).unwrap();
        everything::show(&record, self.home.now.date_naive()).to_string()
    }

    /// Makes another home a further device of this one's person, with the code it shows; they are at one table.
    pub fn add(&mut self, further: &mut Device) {
        let (acting, entropy) = (self.acting(), self.entropy());
        let vault = &mut self.home.vault;
        let code = vault.show_device_code(acting, &entropy).unwrap();
        let code = DeviceCode::read(&code.code().unwrap()).unwrap();
        let request = code.ask(further.home.vault.keys().public()).unwrap();
        let welcome = vault.admit_device(&request, acting, &entropy).unwrap();
        let theirs = &mut further.home;
        theirs.circle = theirs
            .vault
            .enter_as_device(&code, &welcome, acting)
            .unwrap();
        self.meet(further);
    }
}

pub fn goal_with_plan(phone: &mut Device) -> (Id, Id) {
    let circle = phone.home.circle.clone();
    let goal = phone
        .act(&circle, |acts| {
            goal::add(acts, "Walk to the shop", None, None)
        })
        .unwrap();
    let answers = Answers {
        what: Some("Walk to the bench".into()),
        often: Some("3 times a week".into()),
        ..Answers::default()
    };
    let plan = phone
        .act(&circle, |acts| plan::new(acts, &goal, &answers))
        .unwrap();
    (goal, plan)
}

pub fn did(note: &str) -> Saying {
    Saying {
        did: Some("did".into()),
        note: Some(note.into()),
        ..Saying::default()
    }
}
