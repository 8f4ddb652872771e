//! Notices: what a device that just came in leaves for those who do not know it yet.

use super::letters::up_to_the_cap;
use super::mail::Boxes;
use super::{Parcels, Tell};
use crate::circle::access_log::Past;
use crate::circle::epoch::GroupSecret;
use crate::circle::{AccessLog, Roster};
use crate::entropy::Entropy;
use crate::error::Result;
use crate::id::digest;
use crate::record::Acting;
use crate::record::change::Hash;
use crate::record::part::Group;
use crate::store::vault::Vault;
use crate::sync::parcel::tag::{self, Tag};
use crate::sync::parcel::{Label, PARCEL_CAP, Shelf, notice};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// A notice before it is sealed.
struct Saying {
    /// Where it is to lie.
    tag: Tag,
    /// The operations it tells.
    operations: Vec<Vec<u8>>,
    /// What it is sealed under.
    key: GroupSecret,
}

impl Vault {
    /// Takes in the operations of a notice; whether any was new.
    pub(super) fn open_notice(
        &mut self,
        shelf: &dyn Shelf,
        boxes: &Boxes,
        epoch: &Hash,
        label: &Label,
        acting: Acting,
        passed: &mut Parcels,
    ) -> Result<bool> {
        let bytes = shelf.read(label, PARCEL_CAP)?.unwrap_or_default();
        let key = boxes.keyring.get(Group::Members, epoch);
        let told = key.and_then(|key| notice::read(&boxes.circle.id, key, &bytes));
        let Some(operations) = told else {
            passed.pass_over("notice");
            if !label.fits(&bytes) {
                shelf.set_aside(label)?;
            }
            return Ok(false);
        };
        let new = self.take_operations(&boxes.circle, &operations, acting)?;
        if new > 0 {
            passed.take();
        }
        Ok(new > 0)
    }

    /// Leaves a notice while a present device is not known to know this one, and takes it away afterwards.
    pub(super) fn notice_out(
        &mut self,
        shelf: &dyn Shelf,
        boxes: &Boxes,
        listed: &HashMap<Label, u64>,
        entropy: &dyn Entropy,
        passed: &mut Parcels,
        tell: &mut Tell,
    ) -> Result<ControlFlow<()>> {
        let own = self.keys().public().sign;
        let known = self.letters_with(&boxes.circle, &own)?;
        let written = |label: &&Label| Some(label.name) == known.written_name;
        let before = listed.keys().find(written);
        let Some(Saying {
            tag,
            operations,
            key,
        }) = self.says_to_all(boxes)?
        else {
            // Everybody knows this device now.
            if let Some(before) = before {
                shelf.remove(before)?;
            }
            return Ok(ControlFlow::Continue(()));
        };
        let told: Vec<&[u8]> = operations.iter().map(Vec::as_slice).collect();
        let says = digest(&[&tag, &digest(&told)]);
        if known.written_of == Some(says) && before.is_some() {
            return Ok(ControlFlow::Continue(()));
        }
        let bytes = notice::write(&boxes.circle.id, &key, &operations, entropy)?;
        let label = Label::of(tag, &bytes);
        passed.given.1 += 1;
        self.note_written(&boxes.circle, &own, known.written + 1, &label, &says)?;
        shelf.put(&label, &bytes)?;
        passed.given.0 += 1;
        if let Some(before) = before {
            shelf.remove(before)?;
        }
        Ok(tell(passed))
    }

    /// What a notice is to say; `None` where everybody is known to know
    /// this device, or nothing can be sealed for all.
    fn says_to_all(&self, boxes: &Boxes) -> Result<Option<Saying>> {
        let log = self.access_log(&boxes.circle)?;
        let roster = Roster::of(&log);
        let own = self.keys().public().sign;
        let added = roster.standing.present(&own).and_then(|(_, member)| {
            let mut devices = member.devices_present();
            let mine = devices.find(|device| device.public.sign == own)?;
            Some(mine.added)
        });
        let Some(added) = added else {
            return Ok(None);
        };
        // What every one of those knows who do not know this device; none of them: nothing to say.
        let mut all_know: Option<Past> = None;
        for other in boxes.others.iter().filter(|other| other.groups.is_some()) {
            let heads = self.letters_with(&boxes.circle, &other.public.sign)?.heads;
            let knows = log.past_of(&heads);
            if !log.past_has(&knows, &added) {
                match &mut all_know {
                    Some(all) => all.intersect_with(&knows),
                    None => all_know = Some(knows),
                }
            }
        }
        let Some(all_know) = all_know else {
            return Ok(None);
        };
        // Who does not know this device holds the key of when it came in, and none that was made because of it or later:
        // after a lost device that would be all. Who was taken out since holds it too, so under an older key it says no
        // more than who came in.
        let came_in = log.past_of(&[added]);
        let told = log.operations().enumerate();
        let then = told.filter(|(place, _)| came_in.contains(*place));
        let then = then.map(|(_, operation)| operation.bytes.as_slice());
        let then = AccessLog::checked(&boxes.circle.id, then);
        let of = |log: &AccessLog, roster: &Roster| roster.epoch_for(log, Group::Members);
        let (now, then) = (of(&log, &roster), of(&then, &Roster::of(&then)));
        let Some(epoch) = then.or(now) else {
            return Ok(None);
        };
        let Some(key) = boxes.keyring.get(Group::Members, &epoch) else {
            return Ok(None);
        };
        let lacking = log.operations().enumerate();
        let mut operations: Vec<Vec<u8>> = lacking
            .filter(|(place, _)| !all_know.contains(*place))
            .filter(|(place, _)| Some(epoch) == now || came_in.contains(*place))
            .map(|(_, operation)| operation.bytes.clone())
            .collect();
        up_to_the_cap(&mut operations);
        let tag = tag::of(&notice::mailbox(&boxes.circle.id, &epoch, key));
        Ok(Some(Saying {
            tag,
            operations,
            key: key.clone(),
        }))
    }
}
