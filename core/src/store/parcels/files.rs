//! Pieces of attached files over a place that only stores, after all text: letters say who lacks what, whoever has it
//! leaves it, and takes it away again when nobody wants it any more.
//!
//! Source: `SPEC.md`, Parcels; docs/adr/0039.

use super::mail::Other;
use super::{Parcels, Tell};
use crate::attachment::pieces::{self, Manifest, PIECE_CAP};
use crate::circle::Groups;
use crate::error::Result;
use crate::id::Id;
use crate::record::change::Hash;
use crate::record::{Acting, Noun};
use crate::store::pieces::ASKED;
use crate::store::rows::load_thing;
use crate::store::vault::{Circle, Vault};
use crate::sync::parcel::letter::Pieces;
use crate::sync::parcel::tag::{self, Tag, Tags};
use crate::sync::parcel::{Label, Shelf};
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;

impl Vault {
    /// What a letter is to say of files: what this device lacks that the receiver may read, of which of its own it does
    /// not know that anybody has them, and which of those the receiver asked about are here.
    pub(super) fn says_of_pieces(&self, circle: &Circle, other: &Other) -> Result<Pieces> {
        let Some(reads) = other.groups else {
            return Ok(Pieces::default());
        };
        let asked = self.piece_letter(circle, &other.public.sign)?.unsure;
        let mut wants = match self.is_in(circle)? {
            true => self.pieces_lacking(circle)?,
            false => Vec::new(),
        };
        if !wants.is_empty() {
            let readable = self.pieces_of(circle, reads)?;
            wants.retain(|name| readable.contains(name));
        }
        Ok(Pieces {
            wants,
            unsure: self.pieces_unsure(circle, reads)?,
            has: self.pieces_here(circle, &asked)?,
        })
    }

    /// Notes what a letter said of files.
    pub(super) fn note_pieces(
        &mut self,
        circle: &Circle,
        from: &[u8; 32],
        said: &Pieces,
    ) -> Result<()> {
        // An honest device never names more at a time.
        let few = |names: &[Hash]| names[..names.len().min(ASKED as usize)].concat();
        self.pieces_acknowledged(circle, &said.has)?;
        self.db
            .prepare_cached("insert or replace into piece_letter(circle, device, wants, unsure) values(?1, ?2, ?3, ?4)")?
            .execute(params![
                circle.no,
                from.as_slice(),
                few(&said.wants),
                few(&said.unsure)
            ])?;
        Ok(())
    }

    fn piece_letter(&self, circle: &Circle, device: &[u8; 32]) -> Result<Pieces> {
        let sql = "select wants, unsure from piece_letter where circle = ?1 and device = ?2";
        let names = |bytes: Vec<u8>| bytes.as_chunks::<32>().0.to_vec();
        let said =
            self.db
                .prepare_cached(sql)?
                .query_row(params![circle.no, device.as_slice()], |row| {
                    Ok(Pieces {
                        wants: names(row.get(0)?),
                        unsure: names(row.get(1)?),
                        has: Vec::new(),
                    })
                });
        Ok(said.optional()?.unwrap_or_default())
    }

    /// Takes the pieces that lie there and that this device lacks, as far as it has room. A courier carries none.
    pub(super) fn files_in(
        &mut self,
        shelf: &dyn Shelf,
        acting: Acting,
        passed: &mut Parcels,
        tell: &mut Tell,
    ) -> Result<ControlFlow<()>> {
        if shelf.keeper().is_some() || self.wants_no_files() {
            return Ok(ControlFlow::Continue(()));
        }
        for circle in self.circles()? {
            let mut room = self.room_for_pieces(&circle)?;
            // All that is lacking, whichever of it the last letters asked for: what lies there somebody has.
            let mut lacking = self.pieces_of(&circle, Groups::EVERYTHING)?;
            if room == 0
                || lacking.is_empty()
                || !self.is_in(&circle)?
                || self.has_ended(&circle, acting)?
            {
                continue;
            }
            let tags: Tags = self.mailboxes(&circle, false)?.into_keys().collect();
            for (label, _) in shelf.list(&tags)? {
                let Some(bytes) = shelf.read(&label, PIECE_CAP)? else {
                    passed.pass_over("size");
                    continue;
                };
                if !label.fits(&bytes) {
                    passed.pass_over("label");
                    shelf.set_aside(&label)?;
                    continue;
                }
                // What is here already, and what there is no room for, stays where it is.
                if room == 0 || !lacking.remove(&pieces::name(&bytes)) {
                    continue;
                }
                room -= 1;
                if self.take_piece(&circle, &bytes)?.is_kept() {
                    passed.take();
                } else {
                    passed.pass_over("piece");
                }
                if tell(passed).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Leaves the pieces that others want, as far as is known from their letters, and takes away those that nobody wants.
    pub(super) fn files_out(
        &mut self,
        shelf: &dyn Shelf,
        acting: Acting,
        passed: &mut Parcels,
        tell: &mut Tell,
    ) -> Result<ControlFlow<()>> {
        if shelf.keeper().is_some() {
            return Ok(ControlFlow::Continue(()));
        }
        for circle in self.circles()? {
            let boxes = self.mailboxes(&circle, true)?;
            if boxes.is_empty() {
                continue;
            }
            let (wanted, all_heard) = self.wanted_by_others(&circle, acting)?;
            let mut lie: HashSet<Label> = shelf
                .list(&boxes.keys().copied().collect())?
                .into_iter()
                .map(|(label, _)| label)
                .collect();
            for (tag, names) in boxes {
                let lies_there = lie.iter().any(|label| label.tag == tag);
                for name in names {
                    let wants = wanted.contains(&name);
                    // Only what is wanted or may lie there is read from the vault.
                    if !wants && !lies_there {
                        continue;
                    }
                    let bytes = self.piece(&circle, &name)?;
                    let label = Label::of(tag, &bytes);
                    let lies = lie.remove(&label);
                    if wants && !lies && shelf.has_room(bytes.len() as u64) {
                        passed.given.1 += 1;
                        shelf.put(&label, &bytes)?;
                        passed.given.0 += 1;
                        if tell(passed).is_break() {
                            return Ok(ControlFlow::Break(()));
                        }
                    } else if lies && !wants && all_heard {
                        shelf.remove(&label)?;
                        passed.removed += 1;
                    }
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The pieces that devices which may have them said they want; and whether every such device was heard at all.
    fn wanted_by_others(&self, circle: &Circle, acting: Acting) -> Result<(BTreeSet<Hash>, bool)> {
        let own = self.keys().public().sign;
        let access = self.access(circle)?;
        let standing = &access.roster.standing;
        let mut all_heard = standing.present(&own).is_some();
        let mut wanted = BTreeSet::new();
        let devices = standing.members.values();
        for device in devices.flat_map(|member| member.devices_present()) {
            let device = device.public.sign;
            if device == own || self.is_over_for(circle, &device, acting)? {
                continue;
            }
            all_heard &= self.letters_with(circle, &device)?.read > 0;
            let wants = self.piece_letter(circle, &device)?.wants;
            if !wants.is_empty() {
                wanted.extend(self.pieces_to_give(circle, &device, &wants)?);
            }
        }
        Ok((wanted, all_heard))
    }

    /// The mailbox of each attached file, with the names of its pieces that are here, or of those that are not.
    fn mailboxes(&self, circle: &Circle, here: bool) -> Result<HashMap<Tag, Vec<Hash>>> {
        let sql = "select attachment, name from piece where circle = ?1 and (size > 0) = ?2 order by attachment, place";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map(params![circle.no, here], |row| {
            Ok((Id::read(row.get::<_, String>(0)?), row.get(1)?))
        })?;
        let rows: Vec<(Id, Hash)> = rows.collect::<std::result::Result<_, _>>()?;
        let mut boxes = HashMap::new();
        for of_one in rows.chunk_by(|one, next| one.0 == next.0) {
            let thing = load_thing(&self.db, circle, Noun::Attachment, &of_one[0].0)?;
            if let Some(manifest) = thing.as_ref().and_then(Manifest::of) {
                let names = of_one.iter().map(|(_, name)| *name).collect();
                boxes.insert(tag::of(&manifest.mailbox(&circle.id)), names);
            }
        }
        Ok(boxes)
    }

    /// Names of the pieces that are not here, of groups that somebody reads.
    fn pieces_of(&self, circle: &Circle, reads: Groups) -> Result<HashSet<Hash>> {
        let sql = "select name from piece where circle = ?1 and size = 0 and share_group = ?2";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut all = HashSet::new();
        for group in reads.iter() {
            let rows = statement.query_map(params![circle.no, group.as_str()], |row| row.get(0))?;
            for name in rows {
                all.insert(name?);
            }
        }
        Ok(all)
    }

    fn is_in(&self, circle: &Circle) -> Result<bool> {
        let own = self.keys().public().sign;
        let access = self.access(circle)?;
        Ok(access.roster.standing.present(&own).is_some())
    }
}
