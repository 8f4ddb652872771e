//! Teams: a circle of their own, whose roster their keepers' devices follow in every circle that is shared with the
//! team. Source: `security.md` 3; docs/adr/0038.

use super::membership::{find_member, last_day};
use super::profile::nothing;
use super::rows::Scope;
use super::vault::{Circle, Vault};
use crate::circle::Groups;
use crate::circle::operation::{Act, Operation};
use crate::circle::standing::{MemberStanding, Standing};
use crate::circle::team::TeamAct;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::acts::checked_name;
use crate::record::{Acting, Noun, Part};

/// What is said of a team in a circle that its keeper is in.
const TEAM: &str = "team";

impl Vault {
    /// Makes a team: a circle of its own, with the maker as its keeper.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] for who does not work in care, [`Error::NotAnAnswer`] where there is a team already,
    /// [`Error::Empty`], [`Error::TooLong`].
    pub fn make_team(
        &mut self,
        name: &str,
        me: (&str, Option<&str>),
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<Circle> {
        checked_name(name)?;
        if !self.is_staff()? {
            return Err(Error::NotAllowed);
        }
        if self.team()?.is_some() {
            return Err(Error::NotAnAnswer);
        }
        let own = self.own()?;
        let zone = self.record(&own, &nothing())?.zones().current().to_owned();
        self.found_circle(false, acting, entropy, |acts, circle| {
            let (part, member) = (Part::circle(), circle.member.clone());
            acts.put(&part, Noun::Circle, &circle.id, "name", name);
            let id = acts.make(&part);
            acts.put(&part, Noun::Zone, &id, "zone", zone.as_str());
            acts.put(&part, Noun::Member, &member, "name", me.0);
            acts.put(&part, Noun::Member, &member, "role", "staff");
            acts.put_text(&part, Noun::Member, &member, "title", me.1)?;
            let id = acts.make(&Part::team());
            acts.put(&Part::team(), Noun::Team, &id, "name", name);
            Ok(())
        })
    }

    /// The team of this profile, if it is in one: the circle of the team.
    ///
    /// # Errors
    /// Those of storage.
    pub fn team(&self) -> Result<Option<Circle>> {
        let sql = "select circle from caseload where team <> 0 order by circle";
        let mut statement = self.db.prepare_cached(sql)?;
        let teams = statement.query_map([], |row| row.get(0))?;
        let teams: Vec<i64> = teams.collect::<std::result::Result<_, _>>()?;
        if teams.is_empty() {
            return Ok(None);
        }
        let own = self.own()?.no;
        let mut circles = self.circles()?.into_iter();
        Ok(circles.find(|circle| circle.no != own && teams.contains(&circle.no)))
    }

    /// Shares with the team of a member, who becomes its keeper here: what the team's keepers let in from now on may
    /// read these groups, until the day given.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] for who may not, [`Error::NotAnAnswer`] for a member who has named no team,
    /// [`Error::UnknownId`], [`Error::AmbiguousId`], [`Error::BadDate`] for what is no day, or one that has gone by.
    pub fn share_with_team(
        &mut self,
        circle: &Circle,
        prefix: &Id,
        groups: Option<Groups>,
        until: Option<&str>,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<Id> {
        last_day(until, acting)?;
        let roster = self.roster(circle)?;
        if !roster.standing.is_owner(&self.keys.public().sign) {
            return Err(Error::NotAllowed);
        }
        let (member, standing) = find_member(&roster, prefix)?;
        let record = self.record(circle, &nothing())?;
        let named = record.get(Noun::Member, &member);
        let team = named.and_then(|named| record.shown_text(named, TEAM));
        if !standing.present {
            return Err(Error::not_so("member-ended"));
        }
        let team = team.ok_or(Error::not_so("member-no-team"))?;
        let device = standing.devices.first().ok_or(Error::Damaged)?.public;
        let act = TeamAct::Share {
            team: Id::read(team),
            keepers: vec![(member.clone(), device)],
            groups: groups.unwrap_or(standing.groups),
            until: until.map(Into::into).or(standing.until.clone()),
        };
        self.write_operation(circle, acting, Act::Team(act))?;
        self.take_keys(circle)?;
        self.renew_keys(circle, acting, entropy)?;
        Ok(member)
    }

    /// Lets what the team's own roster says hold in every circle shared with the team, as far as this device keeps it,
    /// and says in the others which team this is.
    ///
    /// # Errors
    /// Those of storage and of the random source.
    pub fn follow_team(&mut self, acting: Acting, entropy: &dyn Entropy) -> Result<()> {
        let Some(team) = self.team()? else {
            return Ok(());
        };
        let roster = self.roster(&team)?.standing;
        if !roster.is_owner(&self.keys.public().sign) {
            return Ok(());
        }
        let own = self.own()?;
        for circle in self.circles()? {
            if circle != team && circle != own {
                self.follow_team_in(&circle, &team, &roster, acting, entropy)?;
            }
        }
        Ok(())
    }

    fn follow_team_in(
        &mut self,
        circle: &Circle,
        team: &Circle,
        roster: &Standing,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<()> {
        let (standing, me) = (self.roster(circle)?.standing, self.keys.public().sign);
        if standing.present(&me).is_none() || self.has_ended(circle, acting)? {
            return Ok(());
        }
        if !standing.keeps(&me, &team.id) {
            return self.name_team(circle, team, acting);
        }
        let mut changed = false;
        for (member, in_team) in &roster.members {
            let here = standing.members.get(member);
            let by_team = here.is_some_and(|here| here.teams.contains(&team.id));
            let act = match (in_team.present, by_team) {
                (true, false) => {
                    let device = in_team.devices.first().ok_or(Error::Damaged)?.public;
                    let (team, member) = (team.id.clone(), member.clone());
                    TeamAct::In {
                        team,
                        member,
                        device,
                    }
                }
                (false, true) => self.out_of_team(circle, team, member, here)?,
                _ => continue,
            };
            let comes = matches!(act, TeamAct::In { .. });
            match self.write_operation(circle, acting, Act::Team(act)) {
                Ok(_) => {}
                // As of the person, or where this device has written all it may: one member holds up no other.
                Err(Error::NotAllowed) => continue,
                Err(error) => return Err(error),
            }
            if comes && here.is_none() {
                self.name_mate(circle, team, member, acting)?;
            }
            changed = true;
        }
        if changed {
            self.take_keys(circle)?;
            self.renew_keys(circle, acting, entropy)?;
        }
        Ok(())
    }

    fn out_of_team(
        &self,
        circle: &Circle,
        team: &Circle,
        member: &Id,
        here: Option<&MemberStanding>,
    ) -> Result<TeamAct> {
        let devices = here.into_iter().flat_map(|here| &here.devices);
        let devices: Vec<[u8; 32]> = devices.map(|device| device.public.sign).collect();
        Ok(TeamAct::Out {
            team: team.id.clone(),
            member: member.clone(),
            seen: self.seen_of(circle, &devices)?,
        })
    }

    /// Writes into a circle which team this device's member keeps, for the person to share with.
    fn name_team(&mut self, circle: &Circle, team: &Circle, acting: Acting) -> Result<()> {
        let record = self.record(circle, &nothing())?;
        let me = record.get(Noun::Member, &circle.member);
        let said = me.and_then(|me| record.shown_text(me, TEAM));
        if said.as_deref() == Some(team.id.as_str()) {
            return Ok(());
        }
        let written = self.act(circle, &Scope::All, acting, |acts| {
            let me = acts.record().me.clone();
            acts.put(&Part::circle(), Noun::Member, &me, TEAM, team.id.as_str());
            Ok(())
        });
        match written {
            // A carer's or an administrator's device has nothing to say about teams.
            Err(Error::NotAllowed | Error::SharingEnded) => Ok(()),
            written => written.map(|_| ()),
        }
    }

    /// Writes the name of a member of the team into a circle they were let into.
    fn name_mate(
        &mut self,
        circle: &Circle,
        team: &Circle,
        member: &Id,
        acting: Acting,
    ) -> Result<()> {
        let record = self.record(team, &nothing())?;
        let Some(mate) = record.member(member) else {
            return Ok(());
        };
        let title = record
            .get(Noun::Member, member)
            .and_then(|thing| record.shown_text(thing, "title"));
        self.act(circle, &Scope::All, acting, |acts| {
            let part = Part::circle();
            acts.put(&part, Noun::Member, member, "name", mate.name.as_str());
            acts.put(&part, Noun::Member, member, "role", "team");
            acts.put_text(&part, Noun::Member, member, "title", title.as_deref())
        })
        .map(|_| ())
    }

    /// Whether a device is in the team of this profile: what it tells of circles shared with the team is looked at.
    pub(crate) fn is_team_mate(&self, device: &[u8; 32]) -> Result<bool> {
        match self.team()? {
            Some(team) => Ok(self.roster(&team)?.standing.present(device).is_some()),
            None => Ok(false),
        }
    }
    /// Whether one of these operations lets this device in as one of its team, signed by a device that is or was in the
    /// team: the keeper may have been taken out before they could tell of it themselves.
    pub(crate) fn is_let_in_by_team(&self, operations: &[Vec<u8>]) -> Result<bool> {
        let Some(team) = self.team()? else {
            return Ok(false);
        };
        let (roster, own) = (self.roster(&team)?, self.keys.public().sign);
        let mut operations = operations.iter().filter_map(|o| Operation::read(o).ok());
        Ok(operations.any(|operation| match &operation.act {
            Act::Team(TeamAct::In {
                team: of, device, ..
            }) => *of == team.id && device.sign == own && roster.whose(&operation.author).is_some(),
            _ => false,
        }))
    }
}
