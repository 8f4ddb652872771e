//! Coming back with a recovery code, and answering somebody who does, through a place that only stores.
//!
//! The code is typed each time and kept nowhere, so it is not a sync that takes the answers but the next use of the code.

use super::Parcels;
use crate::circle::recovery_code::{RecoveryAnswer, RecoveryCode, RecoveryRequest};
use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::Acting;
use crate::store::identity::{DeviceKeys, DevicePublic};
use crate::store::vault::Vault;
use crate::sync::parcel::invited::REQUEST_CAP;
use crate::sync::parcel::tag::{self, Tag, Tags};
use crate::sync::parcel::{Label, PARCEL_CAP, Shelf, recovering};
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The most bytes of answers that are read in one use of a code: some thousand circles.
const ANSWERS_CAP: u64 = 128 * 1024 * 1024;

impl Vault {
    /// Lets this device in with a recovery code if answers lie there: the code that holds from now on, and what is there
    /// comes with the sync that follows. `None` where there is no answer yet; then a request is left.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] for a code that is known here and has ended; those of the shelf, of storage and of the random
    /// source. Nothing has changed then, and the code still holds.
    pub fn recover_by_parcel(
        &mut self,
        shelf: &dyn Shelf,
        code: &RecoveryCode,
        acting: Acting,
        entropy: &dyn Entropy,
        passed: &mut Parcels,
    ) -> Result<Option<RecoveryCode>> {
        let keys = code.keys()?;
        if self.has_ended_here(&keys)? {
            return Err(Error::NotAllowed);
        }
        let request = RecoveryRequest::new(&keys, self.keys().public())?;
        let (code_public, own) = (keys.public(), self.keys().public().sign);
        let answers = tag::of(&recovering::answers(&code_public, &own));
        let listed = shelf.list(&Tags::from([answers]))?;
        let answer = self.gather(shelf, &request, &listed, passed)?;
        let requests = self.requests_with(shelf, &code_public, &request)?;
        if !answer.circles.is_empty() {
            match self.recover_with(code, &answer, acting, entropy) {
                Ok(next) => {
                    // Everything is durable here; what cannot be taken away does no harm.
                    let answers = listed.iter().map(|(label, _)| label);
                    for label in answers.chain(&requests) {
                        let _ = shelf.remove(label);
                    }
                    return Ok(Some(next));
                }
                // Nothing in there knows the code: no answer.
                Err(Error::NotAllowed) => passed.pass_over("answer"),
                Err(error) => return Err(error),
            }
        }
        if requests.is_empty() {
            let bytes = recovering::write_request(&code_public, &request, entropy)?;
            let tag = tag::of(&recovering::requests(&code_public));
            passed.given.1 += 1;
            shelf.put(&Label::of(tag, &bytes), &bytes)?;
            passed.given.0 += 1;
        }
        Ok(None)
    }

    /// Whether a circle that is kept here knows the code as one that was used or replaced.
    fn has_ended_here(&self, code: &DeviceKeys) -> Result<bool> {
        let key = code.public().sign;
        for circle in self.circles()? {
            let access = self.access(&circle)?;
            let standing = &access.roster.standing;
            if standing.owner_of(&key).is_some() && standing.sealed_to(&key).is_none() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What all answers that lie there say together: of a circle that several told of, every operation once.
    fn gather(
        &self,
        shelf: &dyn Shelf,
        request: &RecoveryRequest,
        listed: &[(Label, u64)],
        passed: &mut Parcels,
    ) -> Result<RecoveryAnswer> {
        let mut circles: Vec<(Id, Vec<Vec<u8>>)> = Vec::new();
        let mut known: BTreeMap<Id, (usize, BTreeSet<Vec<u8>>)> = BTreeMap::new();
        let (mut size, mut teams) = (0, Vec::new());
        for (label, length) in listed {
            size += length;
            if size > ANSWERS_CAP {
                passed.pass_over("size");
                break;
            }
            let bytes = shelf.read(label, PARCEL_CAP)?.unwrap_or_default();
            let Some(answer) = recovering::read_answer(self.keys(), request, &bytes) else {
                passed.pass_over("answer");
                if !label.fits(&bytes) {
                    // Whoever left it leaves it again.
                    shelf.set_aside(label)?;
                }
                continue;
            };
            passed.take();
            teams.extend(answer.teams);
            for (id, operations) in answer.circles {
                let (at, told) = known.entry(id.clone()).or_insert_with(|| {
                    circles.push((id, Vec::new()));
                    (circles.len() - 1, BTreeSet::new())
                });
                for operation in operations {
                    if told.insert(operation.clone()) {
                        circles[*at].1.push(operation);
                    }
                }
            }
        }
        Ok(RecoveryAnswer { circles, teams })
    }

    /// The requests of this device that lie there.
    fn requests_with(
        &self,
        shelf: &dyn Shelf,
        code: &DevicePublic,
        request: &RecoveryRequest,
    ) -> Result<Vec<Label>> {
        let tag = tag::of(&recovering::requests(code));
        let mut mine = Vec::new();
        for (label, _) in shelf.list(&Tags::from([tag]))? {
            let bytes = shelf.read(&label, REQUEST_CAP)?.unwrap_or_default();
            if recovering::read_request(code, &bytes)?.as_ref() == Some(request) {
                mine.push(label);
            }
        }
        Ok(mine)
    }

    /// Answers who asks with a recovery code that holds in a circle of this device: the access logs of those circles,
    /// each in a parcel of its own, since somebody who works in care may be in some hundred.
    pub(super) fn recoveries_in(
        &mut self,
        shelf: &dyn Shelf,
        entropy: &dyn Entropy,
        passed: &mut Parcels,
    ) -> Result<()> {
        let codes = self.codes_known()?;
        if codes.is_empty() {
            return Ok(());
        }
        for (label, _) in shelf.list(&codes.keys().copied().collect())? {
            let Some(code) = codes.get(&label.tag) else {
                continue;
            };
            let bytes = shelf.read(&label, REQUEST_CAP)?.unwrap_or_default();
            let Some(request) = recovering::read_request(code, &bytes)? else {
                passed.pass_over("request");
                if !label.fits(&bytes) {
                    shelf.set_aside(&label)?;
                }
                continue;
            };
            let answer = match self.answer_recovery(&request) {
                Ok(answer) => answer,
                Err(Error::NotAllowed) => {
                    passed.pass_over("request");
                    continue;
                }
                Err(error) => return Err(error),
            };
            self.leave_answers(shelf, code, &request, answer, entropy, passed)?;
        }
        Ok(())
    }

    fn leave_answers(
        &mut self,
        shelf: &dyn Shelf,
        code: &DevicePublic,
        request: &RecoveryRequest,
        answer: RecoveryAnswer,
        entropy: &dyn Entropy,
        passed: &mut Parcels,
    ) -> Result<()> {
        let device = request.device.sign;
        let tag = tag::of(&recovering::answers(code, &device));
        let listed = shelf.list(&Tags::from([tag]))?;
        for circle in answer.circles {
            let before = self.answer_left(&device, &circle.0)?;
            let lies = |(label, _): &(Label, u64)| Some(label.name) == before;
            if listed.iter().any(lies) {
                continue;
            }
            let id = circle.0.clone();
            let teams = answer.teams.iter().filter(|team| **team == id);
            let of_one = RecoveryAnswer {
                teams: teams.cloned().collect(),
                circles: vec![circle],
            };
            let bytes = match recovering::write_answer(request, &of_one, entropy) {
                Ok(bytes) => bytes,
                // An access log larger than any parcel: that one is told of in a meeting.
                Err(Error::TooLong { .. }) => {
                    passed.pass_over("size");
                    continue;
                }
                Err(error) => return Err(error),
            };
            let label = Label::of(tag, &bytes);
            passed.given.1 += 1;
            shelf.put(&label, &bytes)?;
            passed.given.0 += 1;
            self.db.execute(
                "insert or replace into answered(device, id, name) values(?1, ?2, ?3)",
                params![device.as_slice(), id.as_str(), label.name.as_slice()],
            )?;
        }
        Ok(())
    }

    /// The name of the answer this device left of a circle for a device that asked.
    fn answer_left(&self, device: &[u8; 32], id: &Id) -> Result<Option<[u8; 16]>> {
        let sql = "select name from answered where device = ?1 and id = ?2";
        let mut answered = self.db.prepare_cached(sql)?;
        Ok(answered
            .query_row(params![device.as_slice(), id.as_str()], |row| row.get(0))
            .optional()?)
    }

    /// The recovery codes that hold in circles in which this device is, by the mailbox of requests with each.
    fn codes_known(&self) -> Result<HashMap<Tag, DevicePublic>> {
        let me = self.keys().public().sign;
        let mut codes = HashMap::new();
        for circle in self.circles()? {
            let access = self.access(&circle)?;
            let standing = &access.roster.standing;
            if standing.present(&me).is_none() {
                continue;
            }
            let members = standing.members.values();
            for code in members.flat_map(|member| member.recovery_keys()) {
                codes.insert(tag::of(&recovering::requests(&code.public)), code.public);
            }
        }
        Ok(codes)
    }
}
