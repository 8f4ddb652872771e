//! Being let in, and letting in, through a place that only stores: the request waits there, and so does the answer.

use super::Parcels;
use crate::circle::invitation::{Answer, Invitation, Request};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::record::Acting;
use crate::store::vault::Vault;
use crate::sync::parcel::invited::{self, REQUEST_CAP};
use crate::sync::parcel::tag::{self, Tag, Tags};
use crate::sync::parcel::{Label, PARCEL_CAP, Shelf};
use rusqlite::params;
use std::collections::HashMap;
use zeroize::Zeroizing;

/// The most invitations this device wants to use at a time.
const ASKING_CAP: i64 = 16;

/// An invitation this device wants to use.
struct Asking {
    invitation: Invitation,
    request: Request,
    left: Option<[u8; 16]>,
}

impl Asking {
    fn answers(&self) -> Tag {
        let key = self.invitation.proof_key();
        tag::of(&invited::answers(&key, &self.request.device.sign))
    }

    fn requests(&self) -> Tag {
        tag::of(&invited::requests(&self.invitation.proof_key()))
    }
}

impl Vault {
    /// Remembers a request with an invitation: from now on each sync of parcels leaves it, until there is an answer.
    ///
    /// # Errors
    /// [`Error::NotAnAnswer`] while 16 others wait; those of storage.
    pub fn ask_by_parcel(
        &mut self,
        invitation: &Invitation,
        request: &Request,
        acting: Acting,
    ) -> Result<()> {
        let (hash, code) = (invitation.hash(), Zeroizing::new(invitation.code()?));
        let tx = Self::begin(&mut self.db)?;
        let waiting: i64 = tx.query_row(
            "select count(*) from asking where invitation <> ?1",
            params![hash.as_slice()],
            |row| row.get(0),
        )?;
        if waiting >= ASKING_CAP {
            return Err(Error::NotAnAnswer);
        }
        tx.execute(
            "insert into asking(invitation, code, request, at) values(?1, ?2, ?3, ?4) on conflict do nothing",
            params![
                hash.as_slice(),
                code.as_str(),
                postcard::to_stdvec(request)?,
                acting.at.timestamp()
            ],
        )?;
        Ok(tx.commit()?)
    }

    /// Whether this invitation still waits for its answer.
    ///
    /// # Errors
    /// Those of storage.
    pub fn is_asking(&self, invitation: &Invitation) -> Result<bool> {
        let sql = "select 1 from asking where invitation = ?1";
        let hash = invitation.hash();
        Ok(self
            .db
            .prepare_cached(sql)?
            .exists(params![hash.as_slice()])?)
    }

    fn asking(&self) -> Result<Vec<Asking>> {
        let mut statement = self.db.prepare_cached(
            "select code, request, left_name from asking order by at, invitation",
        )?;
        let mut rows = statement.query([])?;
        let mut asking = Vec::new();
        while let Some(row) = rows.next()? {
            let code = Zeroizing::new(row.get::<_, String>(0)?);
            asking.push(Asking {
                invitation: Invitation::read(&code)?,
                request: postcard::from_bytes(&row.get::<_, Vec<u8>>(1)?)?,
                left: row.get(2)?,
            });
        }
        Ok(asking)
    }

    /// Enters the circles whose answer lies there, and forgets invitations that were answered otherwise.
    pub(super) fn answers_in(
        &mut self,
        shelf: &dyn Shelf,
        acting: Acting,
        passed: &mut Parcels,
    ) -> Result<()> {
        for asking in self.asking()? {
            let listed = shelf.list(&Tags::from([asking.answers()]))?;
            for (label, _) in &listed {
                let bytes = shelf.read(label, PARCEL_CAP)?.unwrap_or_default();
                let answer = invited::read_answer(self.keys(), &asking.request, &bytes);
                match answer {
                    Some(Answer::Welcome(welcome)) => {
                        match self.enter(&asking.invitation, &welcome, acting) {
                            Ok(circle) => passed.entered.push(circle.id),
                            // A welcome that lets nobody in is no answer.
                            Err(Error::NotAllowed) => {
                                passed.pass_over("answer");
                                continue;
                            }
                            Err(error) => return Err(error),
                        }
                    }
                    Some(Answer::NotLetIn | Answer::Over) => passed.not_let_in += 1,
                    Some(Answer::Waits) => continue,
                    None => {
                        passed.pass_over("answer");
                        continue;
                    }
                }
                passed.take();
                self.answered(shelf, &asking, &listed)?;
                break;
            }
        }
        Ok(())
    }

    /// Forgets an invitation, and takes away what this device left and what was left for it alone.
    fn answered(
        &mut self,
        shelf: &dyn Shelf,
        asking: &Asking,
        answers: &[(Label, u64)],
    ) -> Result<()> {
        let hash = asking.invitation.hash();
        let sql = "delete from asking where invitation = ?1";
        self.db.execute(sql, params![hash.as_slice()])?;
        let tag = asking.requests();
        let request = asking.left.map(|name| Label { tag, name });
        let answers = answers.iter().map(|(label, _)| *label);
        answers
            .chain(request)
            .try_for_each(|label| shelf.remove(&label))
    }

    /// Leaves a request with each invitation this device wants to use.
    pub(super) fn requests_out(
        &mut self,
        shelf: &dyn Shelf,
        entropy: &dyn Entropy,
        passed: &mut Parcels,
    ) -> Result<()> {
        for asking in self.asking()? {
            let tag = asking.requests();
            let listed = shelf.list(&Tags::from([tag]))?;
            let lies = |(label, _): &(Label, u64)| Some(label.name) == asking.left;
            if listed.iter().any(lies) {
                continue;
            }
            let key = asking.invitation.proof_key();
            let bytes = invited::write_request(&key, &asking.request, entropy)?;
            let label = Label::of(tag, &bytes);
            passed.given.1 += 1;
            shelf.put(&label, &bytes)?;
            passed.given.0 += 1;
            self.db.execute(
                "update asking set left_name = ?2 where invitation = ?1",
                params![asking.invitation.hash().as_slice(), label.name.as_slice()],
            )?;
        }
        Ok(())
    }

    /// Hears the requests that lie there with invitations of this device, and leaves the answers there are.
    pub(super) fn requests_in(
        &mut self,
        shelf: &dyn Shelf,
        acting: Acting,
        entropy: &dyn Entropy,
        passed: &mut Parcels,
    ) -> Result<()> {
        let invited: HashMap<Tag, Zeroizing<[u8; 32]>> = self
            .proofs()?
            .into_iter()
            .map(|proof| (tag::of(&invited::requests(&proof)), proof))
            .collect();
        let tags = invited.keys().copied().collect();
        for (label, _) in shelf.list(&tags)? {
            let Some(proof) = invited.get(&label.tag) else {
                continue;
            };
            let bytes = shelf.read(&label, REQUEST_CAP)?.unwrap_or_default();
            let Some(request) = invited::read_request(proof, &bytes) else {
                passed.pass_over("request");
                continue;
            };
            let answer = match self.hear_request(&request, acting, entropy) {
                Ok(Answer::Waits) => {
                    passed.waiting += 1;
                    continue;
                }
                Ok(answer) => answer,
                // Made to mislead: who wrote it knew the code, but not how a request is made.
                Err(
                    Error::NotAllowed
                    | Error::InvitationUnknown
                    | Error::InvitationOver
                    | Error::Empty
                    | Error::TooLong { .. },
                ) => {
                    passed.pass_over("request");
                    continue;
                }
                Err(error) => return Err(error),
            };
            let tag = tag::of(&invited::answers(proof, &request.device.sign));
            if shelf.list(&Tags::from([tag]))?.is_empty() {
                let bytes = invited::write_answer(&request, &answer, entropy)?;
                passed.given.1 += 1;
                shelf.put(&Label::of(tag, &bytes), &bytes)?;
                passed.given.0 += 1;
            }
        }
        Ok(())
    }

    /// What rightful requests with the invitations of this device are known by.
    fn proofs(&self) -> Result<Vec<Zeroizing<[u8; 32]>>> {
        let mut statement = self.db.prepare_cached("select proof from invitation")?;
        let rows = statement.query_map([], |row| row.get(0).map(Zeroizing::new))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }
}
