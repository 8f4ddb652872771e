//! Taking what lies on a shelf: letters and notices first, since they say who is in and bring keys; then segments, each stream in
//! order.

use super::letters::Read;
use super::mail::{Boxes, Lies, Mail};
use super::{Parcels, Tell};
use crate::error::Result;
use crate::record::Acting;
use crate::store::take::Taken;
use crate::store::vault::{Circle, Vault};
use crate::sync::parcel::{Label, PARCEL_CAP, Shelf, short};
use crate::sync::segment::{self, SEGMENT_CAP};
use rusqlite::params;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;

/// A segment that lies there: of which circle, its place in its stream, and its label. Sorted so, no segment comes before
/// one that its stream has earlier.
type Found = (usize, u64, Label);

impl Vault {
    /// Takes what lies on a shelf for this device.
    ///
    /// # Errors
    /// Those of the shelf and of storage; what others wrote is never an error.
    pub fn parcels_in(
        &mut self,
        shelf: &dyn Shelf,
        acting: Acting,
        passed: &mut Parcels,
        tell: &mut Tell,
    ) -> Result<ControlFlow<()>> {
        let mut tried = BTreeSet::new();
        loop {
            let mail = self.mail(shelf.keeper().as_ref())?;
            let listed = shelf.list(&mail.tags())?;
            let mut news = false;
            for (label, _) in &listed {
                let lies = mail.under(&label.tag);
                let says_who = matches!(
                    lies,
                    Some(Lies::LettersFrom(..) | Lies::Notices(..) | Lies::Told(_))
                );
                if !says_who || !tried.insert(*label) {
                    continue;
                }
                if let Some(Lies::LettersFrom(at, _) | Lies::Notices(at, _)) = lies
                    && self.tombstone(&mail.boxes[at].circle.id)?.is_some()
                {
                    // A letter before this one said that the record was erased.
                    continue;
                }
                news |= match lies {
                    Some(Lies::LettersFrom(at, other)) => {
                        let boxes = &mail.boxes[at];
                        self.open_letter(shelf, boxes, other, label, acting, passed)?
                    }
                    Some(Lies::Notices(at, epoch)) => {
                        let boxes = &mail.boxes[at];
                        self.open_notice(shelf, boxes, &epoch, label, acting, passed)?
                    }
                    Some(Lies::Told(at)) => {
                        let enters =
                            self.open_told(shelf, &mail.told[at], label, acting, passed)?;
                        if enters {
                            // To be read once more, as one of a circle that is kept here.
                            tried.remove(label);
                        }
                        enters
                    }
                    _ => false,
                };
                if tell(passed).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            // Who came in since, and new keys, have mailboxes of their own.
            if news {
                continue;
            }
            return self.take_segments(shelf, &mail, &listed, acting, passed, tell);
        }
    }

    /// Whether the letter brought operations, or told of a circle.
    fn open_letter(
        &mut self,
        shelf: &dyn Shelf,
        boxes: &Boxes,
        other: usize,
        label: &Label,
        acting: Acting,
        passed: &mut Parcels,
    ) -> Result<bool> {
        let from = boxes.others[other].public.sign;
        if self.letters_with(&boxes.circle, &from)?.read_name == Some(label.name) {
            return Ok(false);
        }
        let Some(bytes) = shelf.read(label, PARCEL_CAP)? else {
            passed.pass_over("size");
            return Ok(false);
        };
        if !label.fits(&bytes) {
            return self.misplaced(shelf, boxes, label, &bytes, acting, passed);
        }
        match self.read_letter(&boxes.circle, &from, &bytes, acting)? {
            Read::New(operations) => {
                passed.take();
                Ok(operations > 0)
            }
            Read::Older => Ok(false),
            Read::Not => {
                passed.pass_over("letter");
                Ok(false)
            }
        }
    }

    /// Takes what lies under a label that is not its own, if it is one of the same circle: it speaks for itself. Its label
    /// is freed for what belongs there. Whether it brought operations.
    fn misplaced(
        &mut self,
        shelf: &dyn Shelf,
        boxes: &Boxes,
        label: &Label,
        bytes: &[u8],
        acting: Acting,
        passed: &mut Parcels,
    ) -> Result<bool> {
        let (mut brought, mut went) = (None, false);
        if boxes.here && boxes.opens(bytes).is_some() {
            went = self.take_segment(&boxes.circle, bytes, acting)?.counts();
        } else {
            for other in &boxes.others {
                let read = self.read_letter(&boxes.circle, &other.public.sign, bytes, acting)?;
                if let Read::New(operations) = read {
                    (brought, went) = (Some(operations), true);
                    break;
                }
            }
        }
        match went {
            true => passed.take(),
            false => passed.pass_over("label"),
        }
        shelf.set_aside(label)?;
        Ok(brought.is_some_and(|operations| operations > 0))
    }

    fn take_segments(
        &mut self,
        shelf: &dyn Shelf,
        mail: &Mail,
        listed: &[(Label, u64)],
        acting: Acting,
        passed: &mut Parcels,
        tell: &mut Tell,
    ) -> Result<ControlFlow<()>> {
        let found = self.find_segments(shelf, mail, listed, acting, passed)?;
        passed.taken.1 += found.len() as u64;
        let mut aside = Vec::new();
        for (at, _, label) in found {
            let circle = &mail.boxes[at].circle;
            let Some(bytes) = shelf.read(&label, SEGMENT_CAP)? else {
                continue;
            };
            match self.take_segment(circle, &bytes, acting)? {
                Taken::In | Taken::Known => passed.taken.0 += 1,
                other => {
                    passed.pass_over(other.reason());
                    aside.push((circle, segment::name(&bytes), other.reason()));
                }
            }
            if tell(passed).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        // What had to wait for what came behind it is not aside any more.
        for (circle, name, reason) in aside {
            if self.is_in_record(circle, &name)? {
                passed.took_after_all(reason);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The segments on a shelf that are not here, each stream in order. What is none of its mailbox is passed over.
    fn find_segments(
        &mut self,
        shelf: &dyn Shelf,
        mail: &Mail,
        listed: &[(Label, u64)],
        acting: Acting,
        passed: &mut Parcels,
    ) -> Result<Vec<Found>> {
        let mut known: BTreeMap<usize, HashMap<[u8; 16], u64>> = BTreeMap::new();
        let mut found = Vec::new();
        for (label, length) in listed {
            let Some(Lies::Segments(at)) = mail.under(&label.tag) else {
                continue;
            };
            let boxes = &mail.boxes[at];
            // Who was taken out takes nothing new; an honest app stops here though its old key would open more.
            if !boxes.here {
                continue;
            }
            let known = match known.entry(at) {
                std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
                std::collections::btree_map::Entry::Vacant(free) => {
                    free.insert(self.segments_here(&boxes.circle)?)
                }
            };
            // Of one that came in a snapshot there are no bytes here, and none are needed.
            if known
                .get(&label.name)
                .is_some_and(|here| here == length || *here == 0)
            {
                continue;
            }
            let Some(bytes) = shelf.read(label, PARCEL_CAP)? else {
                passed.pass_over("size");
                continue;
            };
            if !label.fits(&bytes) {
                self.misplaced(shelf, boxes, label, &bytes, acting, passed)?;
                continue;
            }
            match boxes.opens(&bytes) {
                Some(counter) => found.push((at, counter, *label)),
                // Its key is the one the mailbox is made of: no device of the circle sealed this.
                None => passed.pass_over("seal"),
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Names and lengths of the segments of a circle that are here, taken in or waiting.
    pub(super) fn segments_here(&self, circle: &Circle) -> Result<HashMap<[u8; 16], u64>> {
        let mut here = HashMap::new();
        let mut statement = self.db.prepare_cached(
            "select name, length(bytes) from segment where circle = ?1
             union all select name, length(bytes) from waiting where circle = ?1",
        )?;
        let mut rows = statement.query(params![circle.no])?;
        while let Some(row) = rows.next()? {
            here.insert(short(&row.get(0)?), row.get::<_, i64>(1)?.unsigned_abs());
        }
        Ok(here)
    }
}
