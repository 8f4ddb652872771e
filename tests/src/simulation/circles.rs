//! Who comes in, and who is taken out.

use super::world::World;
use cairn_core::Id;
use cairn_core::circle::Groups;
use cairn_core::circle::device_code::DeviceCode;
use cairn_core::goal;
use cairn_core::plan::{self, Answers};
use cairn_core::store::membership::Inviting;
use cairn_core::store::{Circle, Scope};

const NEWCOMERS: [(&str, &str); 4] = [
    ("Ben Hale", "nurse"),
    ("Joe Bell", "carer"),
    ("Cyn Morgan", "team"),
    ("Dai Hughes", "nurse"),
];

impl World {
    /// Mary with her phone; often her daughter Ann, who acts for her; a nurse, who may keep a team and have a record of
    /// her own that Mary helps with; and a carer in hostile hands, who may help the nurse too.
    pub(super) fn people(&mut self) {
        let mary = self.make("Mary Bell", "person");
        let circle = self.found(mary);
        self.a_plan(mary, &circle);
        let nurse = self.make("Anne Okoro", "nurse");
        let keeps_a_team = self.has("team") && self.often(4) && self.below(3) > 0;
        // Staff have a record of their own first.
        let mut own = keeps_a_team.then(|| self.of_staff(nurse));
        self.let_in(mary, nurse, &circle);
        if self.below(2) == 0 {
            let own = own.get_or_insert_with(|| self.found(nurse)).clone();
            if !keeps_a_team {
                self.a_plan(nurse, &own);
            }
            self.let_in(nurse, mary, &own);
        }
        if keeps_a_team {
            self.makes_a_team(nurse, mary, &circle);
        }
        if self.below(3) > 0 {
            let ann = self.make("Ann Bell", "proxy");
            self.let_in(mary, ann, &circle);
        }
        if self.below(3) > 0 {
            let evil = self.make("Rob Fell", "carer");
            self.devices[evil].evil = true;
            self.let_in(mary, evil, &circle);
            if let Some(own) = own.filter(|_| self.below(2) == 0) {
                self.let_in(nurse, evil, &own);
            }
        }
    }

    pub(super) fn a_plan(&mut self, at: usize, circle: &Circle) {
        let acting = self.acting(at);
        let vault = self.vault(at);
        let (goal, _) = vault
            .act(circle, &Scope::All, acting, |acts| {
                goal::add(acts, "Walk to the shop", None, None)
            })
            .expect("a goal");
        let answers = Answers {
            what: Some("Walk to the bench".into()),
            often: Some("3 times a week".into()),
            ..Answers::default()
        };
        let (plan, _) = vault
            .act(circle, &Scope::All, acting, |acts| {
                plan::new(acts, &goal, &answers)
            })
            .expect("a plan");
        self.plans.insert(circle.id.clone(), plan);
    }

    /// Lets a device in face to face; the meeting after it may come or not.
    pub(super) fn let_in(&mut self, by: usize, other: usize, circle: &Circle) {
        let role = match (self.devices[other].role, self.devices[by].role) {
            // Mary, in the nurse's own record.
            ("person", _) => "carer",
            (role, _) => role,
        };
        let groups = Groups::read(["all"], role).expect("groups");
        let until = self.until(other, role);
        let inviting = Inviting {
            role,
            groups,
            until: until.as_deref(),
        };
        let (acting, entropy) = (self.acting(by), self.entropy());
        let asks = self.devices[other].vault.as_ref().expect("open");
        let asks = asks.keys().public();
        let name = self.devices[other].name.clone();
        let vault = self.vault(by);
        let invited = vault.invite(circle, &inviting, acting, &entropy);
        let Ok(invitation) = invited else { return };
        let request = invitation.ask(asks, &name, None).expect("a request");
        let Ok(welcome) = vault.admit(circle, &request, acting, &entropy) else {
            return;
        };
        let theirs = self.acting(other);
        let entered = self.vault(other).enter(&invitation, &welcome, theirs);
        if let Err(error) = entered {
            self.fails(&format!("{name} cannot enter: {error:?}"));
        }
        self.note(&format!("{by} lets {other} in as {role}"));
        self.meet(by, other, false);
    }

    /// Now and then a last day; not for the first nurse, who may keep a team.
    fn until(&mut self, of: usize, role: &str) -> Option<String> {
        let may = of > 1 && ["nurse", "carer"].contains(&role);
        if !self.has("dates") || !may || self.below(5) > 0 {
            return None;
        }
        self.count("end dates");
        let day = self.now + chrono::Duration::days(self.below(3) as i64);
        Some(day.format("%Y-%m-%d").to_string())
    }

    /// Somebody new comes in by an owner, or Mary gets a second device.
    pub(super) fn comes_in(&mut self) {
        if self.is_crowded() {
            return;
        }
        if self.removals > 0 {
            self.count("newcomers after a removal");
        }
        if self.below(3) == 0 {
            return self.a_second_device(0);
        }
        if self.team.is_some() && self.below(2) == 0 {
            return self.a_mate_comes();
        }
        let (by, circle) = self.an_owner();
        let (name, role) = self.one_of(&NEWCOMERS);
        let new = self.make(name, role);
        self.let_in(by, new, &circle);
    }

    fn a_second_device(&mut self, of: usize) {
        let new = self.make("Mary's tablet", "person");
        let (acting, entropy) = (self.acting(of), self.entropy());
        let asks = self.devices[new].vault.as_ref().expect("open");
        let asks = asks.keys().public();
        let vault = self.vault(of);
        let code = vault.show_device_code(acting, &entropy).expect("a code");
        let code = DeviceCode::read(&code.code().expect("a code")).expect("a code");
        let request = code.ask(asks).expect("a request");
        let welcome = vault.admit_device(&request, acting, &entropy);
        let welcome = welcome.unwrap_or_else(|e| self.fails(&format!("second device: {e:?}")));
        let acting = self.acting(new);
        let entered = self.vault(new).enter_as_device(&code, &welcome, acting);
        if let Err(error) = entered {
            self.fails(&format!("the second device cannot enter: {error:?}"));
        }
        self.note(&format!("{of} gets a second device {new}"));
        self.meet(of, new, false);
    }

    /// A device that may let in and take out in Mary's record, by what it knows.
    pub(super) fn an_owner(&mut self) -> (usize, Circle) {
        let id = self.circles(0)[0].id.clone();
        self.an_owner_of(&id)
    }

    pub(super) fn an_owner_of(&mut self, id: &Id) -> (usize, Circle) {
        let owners: Vec<(usize, Circle)> = (0..self.devices.len())
            .filter_map(|at| Some((at, self.circle(at, id)?)))
            .filter(|(at, circle)| {
                let vault = self.devices[*at].vault.as_ref().expect("open");
                let roster = vault.roster(circle).expect("a roster");
                roster.standing.is_owner(&self.key(*at))
            })
            .collect();
        self.one_of(&owners)
    }

    /// An owner takes somebody out.
    pub(super) fn takes_out(&mut self) {
        if self.removals >= 3 {
            return;
        }
        if self.team.is_some() && self.below(2) == 0 {
            return self.a_mate_goes();
        }
        let (by, circle) = self.an_owner();
        let own = self.key(by);
        let vault = self.devices[by].vault.as_ref().expect("open");
        let roster = vault.roster(&circle).expect("a roster");
        let members = roster.standing.members.iter();
        let others: Vec<_> = members
            .filter(|(_, member)| member.present && member.role != "person")
            .filter(|(_, member)| member.devices_present().all(|d| d.public.sign != own))
            .map(|(id, _)| id.clone())
            .collect();
        if others.is_empty() {
            return;
        }
        let member = self.one_of(&others);
        let (acting, entropy) = (self.acting(by), self.entropy());
        let out = (self.vault(by)).remove_member(&circle, &member, acting, &entropy);
        if let Err(error) = out {
            self.fails(&format!("removal: {error:?}"));
        }
        self.removals += 1;
        self.count("devices removed");
        self.note(&format!("{by} takes out {member}"));
    }

    /// An owner makes new keys without a removal.
    pub(super) fn makes_keys(&mut self) {
        let (by, circle) = self.an_owner();
        let (acting, entropy) = (self.acting(by), self.entropy());
        let made = (self.vault(by)).new_keys(&circle, Groups::EVERYTHING, acting, &entropy);
        if let Err(error) = made {
            self.fails(&format!("new keys: {error:?}"));
        }
        self.count("new keys made apart");
        self.note(&format!("{by} makes new keys"));
    }
}
