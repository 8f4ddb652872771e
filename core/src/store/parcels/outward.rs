//! Leaving what others lack on a shelf, and letting go of what everybody has.

use super::mail::{Boxes, Mail};
use super::{Parcels, Tell};
use crate::entropy::Entropy;
use crate::error::Result;
use crate::record::Acting;
use crate::record::change::Hash;
use crate::record::part::Actor;
use crate::store::vault::{Circle, Vault};
use crate::sync::message::Have;
use crate::sync::parcel::{Label, Shelf, short};
use rusqlite::params;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

/// As many of the first bytes of a segment as say its group and epoch.
const BEGINNING: i64 = 64;

/// A segment that is kept here.
struct Kept {
    group: String,
    actor: Actor,
    counter: u64,
    label: Label,
    length: u64,
    by: [u8; 32],
    name: Hash,
}

/// Another device that may read, and what it has.
struct Reader<'a> {
    groups: crate::circle::Groups,
    reached: HashMap<(&'a str, Actor), u64>,
    late: HashSet<Hash>,
}

impl Reader<'_> {
    fn may_read(&self, kept: &Kept) -> bool {
        self.groups.has_word(&kept.group)
    }

    fn has(&self, kept: &Kept) -> bool {
        let reached = self.reached.get(&(kept.group.as_str(), kept.actor));
        reached.is_some_and(|reached| kept.counter <= *reached) || self.late.contains(&kept.name)
    }
}

impl Vault {
    /// Leaves what others lack on a shelf, as far as is known from their letters.
    ///
    /// # Errors
    /// Those of the shelf, of storage and of the random source; what was left before stays.
    pub fn parcels_out(
        &mut self,
        shelf: &dyn Shelf,
        acting: Acting,
        entropy: &dyn Entropy,
        passed: &mut Parcels,
        tell: &mut Tell,
    ) -> Result<ControlFlow<()>> {
        self.cut_all(acting, entropy)?;
        let mail = self.mail(shelf.keeper().as_ref())?;
        let listed: HashMap<Label, u64> = shelf.list(&mail.tags())?.into_iter().collect();
        let mut segments = Vec::new();
        for boxes in &mail.boxes {
            let (give, done) = self.sort_out(boxes, &listed)?;
            segments.extend(give.into_iter().map(|kept| (&boxes.circle, kept)));
            for label in done {
                shelf.remove(&label)?;
                passed.removed += 1;
            }
        }
        passed.given.1 += segments.len() as u64;
        for (circle, kept) in segments {
            if !shelf.has_room(kept.length) {
                break;
            }
            let bytes = self.segment_bytes(circle, &kept.group, kept.actor, kept.counter)?;
            if listed.contains_key(&kept.label) {
                shelf.set_aside(&kept.label)?;
            }
            shelf.put(&kept.label, &bytes)?;
            passed.given.0 += 1;
            if tell(passed).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        let went = self.letters_out(shelf, &mail, &listed, entropy, passed, tell)?;
        if went.is_break() {
            return Ok(went);
        }
        self.farewells_out(shelf, &mail, &listed, passed, tell)
    }

    /// Letters last: what a receipt in them says lies there already.
    fn letters_out(
        &mut self,
        shelf: &dyn Shelf,
        mail: &Mail,
        listed: &HashMap<Label, u64>,
        entropy: &dyn Entropy,
        passed: &mut Parcels,
        tell: &mut Tell,
    ) -> Result<ControlFlow<()>> {
        let telling = self.telling()?;
        for boxes in &mail.boxes {
            let noticed = self.notice_out(shelf, boxes, listed, entropy, passed, tell)?;
            if noticed.is_break() {
                return Ok(noticed);
            }
            for other in &boxes.others {
                let lies = |label: &Label| listed.contains_key(label);
                let tells = telling.get(&(boxes.circle.no, other.public.sign));
                let tells = tells.map_or(&[][..], Vec::as_slice);
                let written = self.write_letter(&boxes.circle, other, tells, &lies, entropy)?;
                let newest = match &written {
                    Some((label, bytes)) => {
                        passed.given.1 += 1;
                        shelf.put(label, bytes)?;
                        passed.given.0 += 1;
                        Some(label.name)
                    }
                    None => {
                        self.letters_with(&boxes.circle, &other.public.sign)?
                            .written_name
                    }
                };
                let lie = listed.keys().filter(|label| label.tag == other.to);
                for older in lie.filter(|label| Some(label.name) != newest) {
                    shelf.remove(older)?;
                }
                if written.is_some() && tell(passed).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// What is to be left of a circle, each stream in order, and what lies there and nobody needs any more.
    fn sort_out(
        &self,
        boxes: &Boxes,
        listed: &HashMap<Label, u64>,
    ) -> Result<(Vec<Kept>, Vec<Label>)> {
        let (mut give, mut done) = (Vec::new(), Vec::new());
        let own = self.keys().public().sign;
        let mut haves: Vec<(crate::circle::Groups, Have)> = Vec::new();
        for other in &boxes.others {
            if let Some(groups) = other.groups {
                let known = self.letters_with(&boxes.circle, &other.public.sign)?;
                haves.push((groups, known.have));
            }
        }
        let readers: Vec<Reader> = haves
            .iter()
            .map(|(groups, have)| reader(*groups, have))
            .collect();
        for kept in self.kept(boxes)? {
            let lies = listed.get(&kept.label);
            let mut may_read = readers.iter().filter(|reader| reader.may_read(&kept));
            // Who was taken out hands on what they wrote themselves, and nobody else's.
            let mine = boxes.here || kept.by == own;
            if !mine {
                continue;
            }
            let lacking = may_read.any(|reader| !reader.has(&kept));
            match (lacking, lies) {
                (true, Some(length)) if *length == kept.length => {}
                (true, _) => give.push(kept),
                // Everybody who may read it has said, signed, that it is durable with them; and it is here.
                (false, Some(_)) if boxes.here => done.push(kept.label),
                (false, _) => {}
            }
        }
        Ok((give, done))
    }

    /// The segments that are here, and not only known of from a snapshot.
    fn kept(&self, boxes: &Boxes) -> Result<Vec<Kept>> {
        let mut statement = self.db.prepare_cached(
            "select share_group, actor, counter, device, name, length(bytes), substr(bytes, 1, ?2) from segment
             where circle = ?1 and length(bytes) > 0 order by share_group, actor, counter",
        )?;
        let mut rows = statement.query(params![boxes.circle.no, BEGINNING])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let name: Hash = row.get(4)?;
            let beginning: Vec<u8> = row.get(6)?;
            let group: String = row.get(0)?;
            let (actor, counter) = (Actor(row.get(1)?), row.get::<_, i64>(2)?.unsigned_abs());
            let whole = || self.segment_bytes(&boxes.circle, &group, actor, counter);
            let Some(tag) = boxes.of_segment(&beginning, whole)? else {
                continue;
            };
            all.push(Kept {
                group,
                actor,
                counter,
                by: row.get(3)?,
                label: Label {
                    tag,
                    name: short(&name),
                },
                length: row.get::<_, i64>(5)?.unsigned_abs(),
                name,
            });
        }
        Ok(all)
    }

    fn segment_bytes(
        &self,
        circle: &Circle,
        group: &str,
        actor: Actor,
        counter: u64,
    ) -> Result<Vec<u8>> {
        let sql = "select bytes from segment where circle = ?1 and share_group = ?2 and actor = ?3 and counter = ?4";
        let place = params![circle.no, group, actor.0.as_slice(), counter as i64];
        Ok(self
            .db
            .prepare_cached(sql)?
            .query_row(place, |row| row.get(0))?)
    }
}

fn reader(groups: crate::circle::Groups, have: &Have) -> Reader<'_> {
    let streams = have.streams.iter();
    Reader {
        groups,
        reached: streams
            .map(|reached| ((reached.group.as_str(), reached.actor), reached.counter))
            .collect(),
        late: have.late.iter().copied().collect(),
    }
}
