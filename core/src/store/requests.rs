//! Requests to be let in that came while nobody looked: kept, shown with six words, approved or refused by an owner.
//!
//! Source: `SPEC.md`, Invitations. Only who knows an invitation's secret can put one here, and only so many.

use super::access;
use super::vault::{Circle, Vault};
use crate::circle::Groups;
use crate::circle::invitation::{Answer, Request};
use crate::circle::operation::member_id;
use crate::circle::spoken::SixWords;
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::{ID_LENGTH, Id, base32};
use crate::record::Acting;
use crate::record::acts::checked;
use rusqlite::{OptionalExtension, params};

/// The most requests of one invitation that wait at a time.
const WAITING_CAP: i64 = 8;

/// The most requests of one circle that are remembered as refused; older ones are forgotten.
const REFUSED_CAP: i64 = 64;

/// The most bytes of one request: a name and a role in care are short.
const REQUEST_CAP: usize = 4 * 1024;

const WAITS: &str = "waits";
const REFUSED: &str = "refused";

/// A request that waits for an owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// First symbols of its name.
    pub id: Id,
    /// The joiner's name as given.
    pub name: String,
    /// The joiner's role in care, in words.
    pub title: Option<String>,
    /// The word of the role the invitation is for.
    pub role: String,
    /// What would be shared.
    pub groups: Groups,
    /// The last day.
    pub until: Option<String>,
    /// When it came, in Unix seconds by this device's clock.
    pub at: i64,
    /// What the joiner's screen shows too.
    pub words: SixWords,
    request: Request,
}

impl Asked {
    /// The member they are, once let in.
    pub fn member(&self) -> Id {
        member_id(&self.request.device.sign)
    }
}

impl Vault {
    /// Hears a request that nobody sits in front of: who was let in before is welcomed again, anybody else waits.
    ///
    /// # Errors
    /// [`Error::InvitationUnknown`] for an invitation that is not of this device, [`Error::NotAllowed`] for who does not
    /// know its secret, [`Error::TooLong`] for a request over 4 KiB, [`Error::InvitationOver`] where 8 wait already;
    /// those of storage.
    pub fn hear_request(
        &mut self,
        request: &Request,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<Answer> {
        checked(&request.name)?;
        let bytes = postcard::to_stdvec(request)?;
        if bytes.len() > REQUEST_CAP {
            return Err(Error::TooLong {
                length: bytes.len() as u64,
            });
        }
        let circles = self.circles()?.into_iter();
        let mut circles = circles.filter(|circle| circle.id == request.circle);
        let circle = circles.next().ok_or(Error::InvitationUnknown)?;
        let (roster, at) = (self.roster(&circle)?, acting.at.timestamp());
        let tx = Self::begin(&mut self.db)?;
        let invited = match access::invitation(&tx, &circle, &request.invitation) {
            Err(Error::UnknownId) => return Err(Error::InvitationUnknown),
            found => found?,
        };
        if !request.is_rightful(&invited.proof)? {
            return Err(Error::NotAllowed);
        }
        let present = roster.standing.present(&request.device.sign).is_some();
        match invited.used_by {
            // Whoever let the person in to their own record is no owner of it any more, and still owes the answer.
            Some(device) if device == request.device.sign && present => {
                drop(tx);
                return Ok(Answer::Welcome(
                    self.admit(&circle, request, acting, entropy)?,
                ));
            }
            Some(_) => return Ok(Answer::Over),
            None => {}
        }
        if !roster.standing.is_owner(&self.keys.public().sign) {
            return Ok(Answer::Over);
        }
        let key = params![
            circle.no,
            request.invitation.as_slice(),
            request.device.sign.as_slice()
        ];
        let state: Option<String> = tx
            .prepare_cached(
                "select state from request where circle = ?1 and invitation = ?2 and device = ?3",
            )?
            .query_row(key, |row| row.get(0))
            .optional()?;
        match state.as_deref() {
            Some(REFUSED) => return Ok(Answer::NotLetIn),
            Some(_) => return Ok(Answer::Waits),
            None => {}
        }
        // The inviter's clock judges, not the joiner's; a request that came in time may be answered later.
        let waiting: i64 = tx.query_row(
            "select count(*) from request where circle = ?1 and invitation = ?2 and state = ?3",
            params![circle.no, request.invitation.as_slice(), WAITS],
            |row| row.get(0),
        )?;
        if at > invited.expires || present || waiting >= WAITING_CAP {
            return Ok(Answer::Over);
        }
        tx.execute(
            "insert into request(circle, invitation, device, bytes, at, state) values(?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                circle.no,
                request.invitation.as_slice(),
                request.device.sign.as_slice(),
                bytes,
                at,
                WAITS
            ],
        )?;
        tx.commit()?;
        Ok(Answer::Waits)
    }

    /// Requests that wait for an owner of this circle, oldest first.
    ///
    /// # Errors
    /// Those of storage.
    pub fn requests(&self, circle: &Circle) -> Result<Vec<Asked>> {
        let mut statement = self.db.prepare_cached(
            "select r.bytes, r.at, i.role, i.share_groups, i.until from request r
             join invitation i on i.circle = r.circle and i.hash = r.invitation
             where r.circle = ?1 and r.state = ?2 and i.used_by is null order by r.at, r.device",
        )?;
        let mut rows = statement.query(params![circle.no, WAITS])?;
        let mut asked = Vec::new();
        while let Some(row) = rows.next()? {
            let bytes: Vec<u8> = row.get(0)?;
            let request: Request = postcard::from_bytes(&bytes).map_err(|_| Error::Damaged)?;
            asked.push(Asked {
                id: id_of(&request),
                name: request.name.clone(),
                title: request.title.clone(),
                role: row.get(2)?,
                groups: Groups::from_bits(row.get(3)?),
                until: row.get(4)?,
                at: row.get(1)?,
                words: request.words(),
                request,
            });
        }
        Ok(asked)
    }

    /// The circles in which requests wait on this device.
    ///
    /// # Errors
    /// Those of storage.
    pub fn asked_of(&self) -> Result<Vec<Circle>> {
        let sql = "select distinct r.circle from request r
                   join invitation i on i.circle = r.circle and i.hash = r.invitation
                   where r.state = ?1 and i.used_by is null";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map(params![WAITS], |row| row.get(0))?;
        let numbers: Vec<i64> = rows.collect::<std::result::Result<_, _>>()?;
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        let circles = self.circles()?.into_iter();
        Ok(circles
            .filter(|circle| numbers.contains(&circle.no))
            .collect())
    }

    /// Lets in who asked: the grant is made now, and they get it when they ask again with the same code. Who else asked
    /// with that code finds it used.
    ///
    /// # Errors
    /// [`Error::UnknownId`], [`Error::AmbiguousId`]; those of [`Vault::admit`].
    pub fn approve_request(
        &mut self,
        circle: &Circle,
        prefix: &Id,
        acting: Acting,
        entropy: &dyn Entropy,
    ) -> Result<Asked> {
        let asked = self.find_request(circle, prefix)?;
        self.admit_asked(circle, &asked.request, asked.at, acting, entropy)?;
        self.db.execute(
            "delete from request where circle = ?1 and invitation = ?2",
            params![circle.no, asked.request.invitation.as_slice()],
        )?;
        Ok(asked)
    }

    /// Does not let in who asked; the same device asking again is told so. The invitation stays good for another.
    ///
    /// # Errors
    /// [`Error::UnknownId`], [`Error::AmbiguousId`]; [`Error::NotAllowed`] for who is no owner.
    pub fn refuse_request(&mut self, circle: &Circle, prefix: &Id) -> Result<Asked> {
        let roster = self.roster(circle)?;
        if !roster.standing.is_owner(&self.keys.public().sign) {
            return Err(Error::NotAllowed);
        }
        let asked = self.find_request(circle, prefix)?;
        let tx = Self::begin(&mut self.db)?;
        tx.execute(
            "update request set state = ?4 where circle = ?1 and invitation = ?2 and device = ?3",
            params![
                circle.no,
                asked.request.invitation.as_slice(),
                asked.request.device.sign.as_slice(),
                REFUSED
            ],
        )?;
        tx.execute(
            "delete from request where circle = ?1 and state = ?2 and (invitation, device) not in (
                 select invitation, device from request where circle = ?1 and state = ?2
                 order by at desc limit ?3)",
            params![circle.no, REFUSED, REFUSED_CAP],
        )?;
        tx.commit()?;
        Ok(asked)
    }

    fn find_request(&self, circle: &Circle, prefix: &Id) -> Result<Asked> {
        let all = self.requests(circle)?;
        let found = prefix.among(all.iter().map(|asked| (&asked.id, asked)))?;
        Ok(found.clone())
    }
}

fn id_of(request: &Request) -> Id {
    Id::read(base32(&request.hash(), ID_LENGTH))
}
