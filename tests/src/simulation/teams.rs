//! Staff who come in as a team: its keeper says who is in it, and the keeper's device lets that hold in Mary's record.

use super::world::World;
use cairn_core::Id;
use cairn_core::store::Circle;

impl World {
    /// The device is one of somebody who works in care, with a record of their own.
    pub(super) fn of_staff(&mut self, at: usize) -> Circle {
        let set = self.vault(at).set_setting("role", b"staff");
        set.unwrap_or_else(|error| self.fails(&format!("a setting: {error:?}")));
        let own = self.found(at);
        self.a_plan(at, &own);
        own
    }

    /// The nurse makes a team; Mary hears of it when they meet, and shares her record with it.
    pub(super) fn makes_a_team(&mut self, nurse: usize, mary: usize, circle: &Circle) {
        let (acting, entropy) = (self.acting(nurse), self.entropy());
        let name = self.devices[nurse].name.clone();
        let made = (self.vault(nurse)).make_team("Bryn House", (&name, None), acting, &entropy);
        let team = made.unwrap_or_else(|error| self.fails(&format!("a team: {error:?}")));
        self.meet(nurse, mary, false);
        let keeper = self.circle(nurse, &circle.id).expect("it is in").member;
        let (acting, entropy) = (self.acting(mary), self.entropy());
        let vault = self.vault(mary);
        let shared = vault.share_with_team(circle, &keeper, None, None, acting, &entropy);
        if let Err(error) = shared {
            self.fails(&format!("sharing with a team: {error:?}"));
        }
        self.meet(nurse, mary, false);
        self.note(&format!("{nurse} keeps a team"));
        self.team = Some(team.id);
    }

    /// Somebody new comes into the team, and by it into Mary's record.
    pub(super) fn a_mate_comes(&mut self) {
        let team = self.team.clone().expect("there is one");
        let (keeper, team) = self.an_owner_of(&team);
        let new = self.make("Sian Price", "team");
        self.of_staff(new);
        self.let_in(keeper, new, &team);
        self.count("team members added");
    }

    /// Somebody is taken out of the team, and by it out of Mary's record.
    pub(super) fn a_mate_goes(&mut self) {
        let team = self.team.clone().expect("there is one");
        let (keeper, team) = self.an_owner_of(&team);
        let vault = self.devices[keeper].vault.as_ref().expect("open");
        let standing = vault.roster(&team).expect("a roster").standing;
        let mates = standing.members.iter();
        let mates = mates.filter(|(_, member)| member.present && member.role == "team");
        let mates: Vec<Id> = mates.map(|(id, _)| id.clone()).collect();
        if mates.is_empty() {
            return;
        }
        let mate = self.one_of(&mates);
        let (acting, entropy) = (self.acting(keeper), self.entropy());
        let vault = self.vault(keeper);
        let out = vault
            .remove_member(&team, &mate, acting, &entropy)
            .and_then(|_| vault.follow_team(acting, &entropy));
        if let Err(error) = out {
            self.fails(&format!("out of the team: {error:?}"));
        }
        self.removals += 1;
        self.count("team members removed");
        self.note(&format!("{keeper} takes {mate} out of the team"));
    }

    /// Where a keeper of the team is still in, who is in the team is in Mary's record, and who is out of it is not in
    /// by it.
    pub(super) fn the_team_is_followed(&mut self) {
        let Some(team) = self.team.clone() else {
            return;
        };
        for at in 0..self.devices.len() {
            let mary = self.circles(0)[0].id.clone();
            let both = self.circle(at, &team).zip(self.circle(at, &mary));
            let Some((of_team, circle)) = both else {
                continue;
            };
            let vault = self.devices[at].vault.as_ref().expect("open");
            let in_team = vault.roster(&of_team).expect("a roster").standing;
            let here = vault.roster(&circle).expect("a roster").standing;
            if !in_team.is_owner(&self.key(at)) || !here.keeps(&self.key(at), &team) {
                continue;
            }
            for (id, mate) in &in_team.members {
                let known = here.members.get(id);
                let was = known.is_some_and(|here| here.was_in.contains(&team));
                let is = known.is_some_and(|here| here.present && here.teams.contains(&team));
                if mate.present && !was || !mate.present && is {
                    self.fails(&format!("{at} does not follow the team with {id}"));
                }
            }
        }
    }
}
