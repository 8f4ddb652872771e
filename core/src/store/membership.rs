//! Letting members in and taking them out: the acts on a circle's access log, each durable before it returns.

use super::access;
use super::commit;
use super::erase;
use super::sync::open_keys;
use super::vault::{Circle, Vault};
use crate::circle::invitation::{GOOD_FOR, Invitation, Request, Welcome};
use crate::circle::named::heads_for;
use crate::circle::operation::{Act, Operation, member_id};
use crate::circle::standing::MemberStanding;
use crate::circle::{AccessLog, Groups, Roster};
use crate::clock::zone::parse_day_to_come;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::acts::checked;
use crate::record::change::Hash;
use crate::record::{Acting, Noun, Part};
use crate::view::circle::Invited;
use rusqlite::params;

/// Roles somebody can be invited in.
pub const ROLES: [&str; 6] = ["person", "proxy", "carer", "nurse", "team", "admin"];

/// What a new invitation is for.
#[derive(Clone, Debug)]
pub struct Inviting<'a> {
    /// The word of the role.
    pub role: &'a str,
    /// What will be shared.
    pub groups: Groups,
    /// The last day, `yyyy-mm-dd`.
    pub until: Option<&'a str>,
}

/// Who is in comes with a further code, which they do not need.
pub const IN_ALREADY: Error = Error::Rule {
    code: "not_allowed",
    said: "link-in-already",
};

/// Checks the last day of sharing, which by this device's clock has not gone by.
pub(super) fn last_day(until: Option<&str>, acting: Acting) -> Result<()> {
    let today = acting.at.date_naive();
    until.map_or(Ok(()), |day| parse_day_to_come(day, today).map(|_| ()))
}

/// What is shared with the person is theirs.
const THEIR_OWN: Error = Error::Rule {
    code: "not_allowed",
    said: "member-their-own",
};

/// Who was taken out, or whose time is over, has nothing that could be changed.
const NOT_IN: Error = Error::Rule {
    code: "not_allowed",
    said: "member-ended",
};

impl Vault {
    /// Makes an invitation, good for 7 days by this device's clock and for one grant.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] for who may not let others in, [`Error::Usage`] for no such role, [`Error::BadDate`] for what is
    /// no day, or a last day that has gone by.
    pub fn invite(
        &mut self,
        circle: &Circle,
        inviting: &Inviting,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<Invitation> {
        let role = crate::record::acts::one_of(&ROLES, inviting.role, "role")?;
        last_day(inviting.until, acting)?;
        let roster = self.owners_roster(circle)?;
        let claimed = roster.standing.members.values().any(|m| m.role == "person");
        if role == "person" && claimed {
            return Err(Error::NotAllowed);
        }
        let own = self.keys.public().sign;
        let groups = match role {
            "person" | "proxy" => Groups::EVERYTHING,
            _ => inviting.groups,
        };
        let expires = acting.at.timestamp() + GOOD_FOR;
        let made = Invitation::new(&circle.id, &own, role, groups, expires, entropy)?;
        let tx = Self::begin(&mut self.db)?;
        tx.execute(
            "insert into invitation(circle, hash, proof, role, share_groups, until, expires) values(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                circle.no,
                made.hash().as_slice(),
                made.proof_key().as_slice(),
                role,
                groups.bits(),
                inviting.until,
                expires
            ],
        )?;
        tx.commit()?;
        Ok(made)
    }

    /// Lets in who asks with an invitation of this device: the grant, the keys, and their name in the roster. Asking again
    /// from the same device gives the same answer, so a meeting cut off can be held again.
    ///
    /// # Errors
    /// [`Error::UnknownId`] for an invitation that is not of this device, [`Error::InvitationOver`] for one that was used
    /// by somebody else or has ended, [`Error::NotAllowed`] for an asker who does not know its secret or is in already.
    pub fn admit(
        &mut self,
        circle: &Circle,
        request: &Request,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<Welcome> {
        self.admit_asked(circle, request, acting.at.timestamp(), acting, entropy)
    }

    /// [`Vault::admit`] for a request that reached this device at `asked`, in Unix seconds by its own clock: then the
    /// invitation must not have ended.
    pub(super) fn admit_asked(
        &mut self,
        circle: &Circle,
        request: &Request,
        asked: i64,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<Welcome> {
        checked(&request.name)?;
        request.title.as_deref().map(checked).transpose()?;
        let (keys, at) = (&self.keys, acting.at.timestamp());
        let access = self.access(circle)?;
        let (log, roster) = (&access.log, &access.roster);
        let owns = roster.standing.is_owner(&keys.public().sign);
        let tx = Self::begin(&mut self.db)?;
        let invited = access::invitation(&tx, circle, &request.invitation)?;
        if request.circle != circle.id || !request.is_rightful(&invited.proof)? {
            return Err(Error::NotAllowed);
        }
        let member = member_id(&request.device.sign);
        match invited.used_by {
            Some(device) if device != request.device.sign => return Err(Error::InvitationOver),
            // The person who was let in to their own record owns it from then on; who let them in may only tell it again.
            Some(_) if !owns => {
                let told = log.operations().map(|made| made.bytes.clone());
                let operations = told.collect();
                return Ok(Welcome { operations });
            }
            Some(_) => drop(tx),
            None if !owns => return Err(Error::NotAllowed),
            None => {
                // The inviter's clock judges, not the joiner's.
                if asked > invited.expires {
                    return Err(Error::InvitationOver);
                }
                if roster.standing.present(&request.device.sign).is_some() {
                    return Err(Error::NotAllowed);
                }
                let grant = Act::Grant {
                    member: member.clone(),
                    device: request.device,
                    role: invited.role.clone(),
                    groups: invited.groups,
                    until: invited.until,
                    invitation: Some(request.invitation),
                };
                let heads = heads_for(log, &keys.public().sign, &[]);
                let grant = Operation::sign(keys, &circle.id, &heads, at, grant)?;
                access::use_invitation(&tx, circle, &request.invitation, &request.device.sign)?;
                let head = access::keep_operation(&tx, circle, &grant)?;
                tx.commit()?;
                self.witnessed(&head);
            }
        }
        self.renew_keys(circle, acting, entropy)?;
        self.take_keys(circle)?;
        self.name_member(circle, &member, &invited.role, request, acting)?;
        let access = self.access(circle)?;
        let operations = access
            .log
            .operations()
            .map(|made| made.bytes.clone())
            .collect();
        Ok(Welcome { operations })
    }

    fn name_member(
        &mut self,
        circle: &Circle,
        member: &Id,
        role: &str,
        request: &Request,
        acting: Acting,
    ) -> Result<()> {
        let scope = super::Scope::All;
        self.act(circle, &scope, acting, |acts| {
            let part = Part::circle();
            acts.put(&part, Noun::Member, member, "name", request.name.as_str());
            acts.put(&part, Noun::Member, member, "role", role);
            acts.put_text(
                &part,
                Noun::Member,
                member,
                "title",
                request.title.as_deref(),
            )
        })
        .map(|_| ())
    }

    /// Enters a circle with the welcome that an invitation was answered with. What is in the record comes with the
    /// meeting that follows.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] if the log is not of the invitation's circle or does not let this device in.
    pub fn enter(
        &mut self,
        invitation: &Invitation,
        welcome: &Welcome,
        acting: Acting,
    ) -> Result<Circle> {
        let circle = self.enter_log(&invitation.circle, &welcome.operations, false, acting)?;
        let standing = self.roster(&circle)?.standing;
        let me = standing.present(&self.keys.public().sign);
        if me.is_some_and(|(_, me)| me.role == "person") {
            self.settle_own(&circle)?;
        }
        Ok(circle)
    }

    /// Enters a circle whose access log, as another device told it, lets this device in; as the `first` of this profile
    /// it is the own record.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] if the log is not of this circle or does not let this device in, and for a record that was
    /// erased by somebody who, by this log, may do so.
    pub(super) fn enter_log(
        &mut self,
        id: &Id,
        operations: &[Vec<u8>],
        first: bool,
        acting: Acting,
    ) -> Result<Circle> {
        let own = self.keys.public().sign;
        let log = AccessLog::checked(id, operations.iter().map(Vec::as_slice));
        let roster = Roster::of(&log);
        if self.stays_erased(id, &roster)? {
            return Err(Error::NotAllowed);
        }
        let Some((member, _)) = roster.standing.present(&own) else {
            return Err(Error::NotAllowed);
        };
        let known = self.circles()?.into_iter().find(|c| c.id == *id);
        let circle = match known {
            Some(circle) => circle,
            None => {
                let (actor, device) = (self.actor, self.keys.device_id());
                let tx = Self::begin(&mut self.db)?;
                erase::take_back(&tx, id)?;
                let circle = access::insert_circle(&tx, id, member, acting.at.timestamp())?;
                if first {
                    access::put_first(&tx, &circle)?;
                }
                commit::know_actor(&tx, &circle, actor, &device, member)?;
                let mut head = None;
                for operation in log.operations() {
                    head = Some(access::keep_operation(&tx, &circle, operation)?);
                }
                open_keys(&tx, &circle, &self.keys, &roster)?;
                tx.commit()?;
                if let Some(head) = head {
                    self.witnessed(&head);
                }
                circle
            }
        };
        self.take_operations(&circle, operations, acting)?;
        Ok(circle)
    }

    /// Takes a member out: from now on they get nothing new, and new keys are made that they do not get.
    ///
    /// # Errors
    /// [`Error::UnknownId`], [`Error::AmbiguousId`], [`Error::NotAllowed`] for who may not, and for the person.
    pub fn remove_member(
        &mut self,
        circle: &Circle,
        prefix: &Id,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<Id> {
        let roster = self.roster(circle)?;
        let (member, standing) = find_member(&roster, prefix)?;
        let own = self.keys.public().sign;
        let leaves = roster
            .standing
            .present(&own)
            .is_some_and(|(me, _)| *me == member);
        if !(leaves || roster.standing.is_owner(&own)) {
            return Err(Error::NotAllowed);
        }
        if standing.role == "person" {
            return Err(THEIR_OWN);
        }
        self.revoke(circle, &member, &standing, acting)?;
        self.renew_keys(circle, acting, entropy)?;
        Ok(member)
    }

    /// Writes the removal of a member, and how far this device had taken in what they wrote.
    pub(super) fn revoke(
        &mut self,
        circle: &Circle,
        member: &Id,
        standing: &MemberStanding,
        acting: Acting,
    ) -> Result<()> {
        let devices: Vec<[u8; 32]> = standing.devices.iter().map(|d| d.public.sign).collect();
        let seen = self.seen_of(circle, &devices)?;
        let member = member.clone();
        self.write_operation(circle, acting, Act::Revoke { member, seen })?;
        self.take_keys(circle)
    }

    /// Shares other parts with a member, or until another day. A narrower share makes new keys.
    ///
    /// # Errors
    /// As [`Vault::remove_member`], and [`Error::BadDate`] for what is no day, or a last day that has gone by: who is to
    /// be out at once is taken out, which makes new keys in the same act.
    pub fn change_member(
        &mut self,
        circle: &Circle,
        prefix: &Id,
        groups: Option<Groups>,
        until: Option<&str>,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<Id> {
        last_day(until, acting)?;
        let roster = self.owners_roster(circle)?;
        let (member, standing) = find_member(&roster, prefix)?;
        let first = standing.devices.first().ok_or(Error::Damaged)?;
        let own = self.keys.public().sign;
        let me = roster.standing.present(&own).map(|(id, _)| id);
        if standing.role == "person" {
            return Err(THEIR_OWN);
        }
        if !standing.present {
            return Err(NOT_IN);
        }
        if me == Some(&member) {
            return Err(Error::NotAllowed);
        }
        let act = Act::Grant {
            member: member.clone(),
            device: first.public,
            role: standing.role.clone(),
            groups: groups.unwrap_or(standing.groups),
            until: until.map(Into::into).or(standing.until.clone()),
            invitation: None,
        };
        self.write_operation(circle, acting, act)?;
        self.take_keys(circle)?;
        self.renew_keys(circle, acting, entropy)?;
        Ok(member)
    }

    /// Invitations of this device that nobody has used and that have not ended by its clock.
    pub fn invited(&self, circle: &Circle, acting: Acting) -> Result<Vec<Invited>> {
        let mut statement = self.db.prepare_cached(
            "select hash, role, share_groups, until from invitation
             where circle = ?1 and used_by is null and expires >= ?2 order by expires, hash",
        )?;
        let rows = statement.query_map(params![circle.no, acting.at.timestamp()], |row| {
            Ok(Invited {
                id: crate::id::base32(&row.get::<_, [u8; 32]>(0)?, crate::id::ID_LENGTH),
                role: row.get(1)?,
                groups: Groups::from_bits(row.get(2)?),
                until: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Takes back an invitation of this device that nobody has used: from now on its code has ended, also for who asked with
    /// it and waits.
    ///
    /// # Errors
    /// [`Error::UnknownId`], [`Error::AmbiguousId`]; those of storage.
    pub fn take_back_invitation(
        &mut self,
        circle: &Circle,
        prefix: &Id,
        acting: Acting,
    ) -> Result<Invited> {
        let open = self.invited(circle, acting)?;
        let ids: Vec<Id> = open.iter().map(|one| Id::read(&one.id)).collect();
        let taken = prefix.among(ids.iter().zip(&open))?.clone();
        let tx = Self::begin(&mut self.db)?;
        let mut statement = tx.prepare_cached(
            "select hash from invitation where circle = ?1 and used_by is null and expires >= ?2",
        )?;
        let rows = statement.query_map(params![circle.no, acting.at.timestamp()], |row| {
            row.get::<_, Hash>(0)
        })?;
        let hashes: Vec<Hash> = rows.collect::<std::result::Result<_, _>>()?;
        drop(statement);
        let id_of = |hash: &Hash| crate::id::base32(hash, crate::id::ID_LENGTH);
        for hash in hashes.iter().filter(|hash| id_of(hash) == taken.id) {
            let of_it = params![circle.no, hash.as_slice()];
            // No clock that goes back brings it back.
            tx.execute(
                "update invitation set expires = 0 where circle = ?1 and hash = ?2",
                of_it,
            )?;
            tx.execute(
                "delete from request where circle = ?1 and invitation = ?2",
                of_it,
            )?;
        }
        tx.commit()?;
        Ok(taken)
    }

    /// Segments that a removed member wrote before knowing of it, and that wait for the person: name, author, moment of
    /// arrival in Unix seconds.
    pub fn late(&self, circle: &Circle) -> Result<Vec<(Hash, Option<Id>, i64)>> {
        let roster = self.roster(circle)?;
        let mut statement = self.db.prepare_cached(
            "select name, device, at from waiting where circle = ?1 and reason = 'late' order by at, name",
        )?;
        let mut rows = statement.query(params![circle.no])?;
        let mut late = Vec::new();
        while let Some(row) = rows.next()? {
            let device: Option<[u8; 32]> = row.get(1)?;
            let by = device.and_then(|device| roster.whose(&device).cloned());
            late.push((row.get(0)?, by, row.get(2)?));
        }
        Ok(late)
    }

    /// Lets in late segments, under their author's name, and with them what the same devices say they looked at.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] for who is no owner; those of storage.
    pub fn let_in(
        &mut self,
        circle: &Circle,
        mut segments: Vec<Hash>,
        acting: Acting,
    ) -> Result<()> {
        self.owners_roster(circle)?;
        let beside = "select v.name from waiting v join waiting w on w.circle = v.circle and w.device = v.device
                      where v.circle = ?1 and v.reason = 'late_views' and w.name = ?2 order by v.counter";
        for chosen in segments.clone() {
            let mut statement = self.db.prepare_cached(beside)?;
            let names =
                statement.query_map(params![circle.no, chosen.as_slice()], |row| row.get(0))?;
            for name in names {
                let name: Hash = name?;
                if !segments.contains(&name) {
                    segments.push(name);
                }
            }
        }
        self.write_operation(circle, acting, Act::LetIn { segments })?;
        self.retry_waiting(circle, acting)
    }

    fn owners_roster(&self, circle: &Circle) -> Result<Roster> {
        let roster = self.roster(circle)?;
        if roster.standing.is_owner(&self.keys.public().sign) {
            Ok(roster)
        } else {
            Err(Error::NotAllowed)
        }
    }
}

/// The member whose id begins like this, in or out.
///
/// # Errors
/// [`Error::UnknownId`], [`Error::AmbiguousId`].
pub fn find_member(roster: &Roster, prefix: &Id) -> Result<(Id, MemberStanding)> {
    let members = roster.standing.members.iter();
    let (id, member) = prefix.among(members.map(|(id, member)| (id, (id, member))))?;
    Ok((id.clone(), member.clone()))
}
