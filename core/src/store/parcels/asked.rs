//! What this device asks of a shelf that it reaches by messages: under which tags it looks, and what it does not have.

use super::mail::Lies;
use crate::error::Result;
use crate::store::vault::Vault;
use crate::sync::parcel::Label;
use crate::sync::parcel::tag::Tags;
use std::collections::HashSet;

impl Vault {
    /// The mailboxes this device looks into at a device that carries parcels.
    pub(crate) fn asked_tags(&self, keeper: &[u8; 32]) -> Result<Tags> {
        Ok(self.mail(Some(keeper))?.tags())
    }

    /// Of what lies there, what this device does not have: letters and notices first, since they bring keys.
    pub(crate) fn asked_labels(
        &self,
        keeper: &[u8; 32],
        listed: &[(Label, u64)],
    ) -> Result<Vec<(Label, u64)>> {
        let mail = self.mail(Some(keeper))?;
        let mut here: HashSet<[u8; 16]> = HashSet::new();
        for boxes in &mail.boxes {
            here.extend(self.segments_here(&boxes.circle)?.into_keys());
            for other in &boxes.others {
                here.extend(
                    self.letters_with(&boxes.circle, &other.public.sign)?
                        .read_name,
                );
            }
        }
        let mut wanted: Vec<(bool, Label, u64)> = Vec::new();
        for (label, length) in listed {
            let segment = match mail.under(&label.tag) {
                Some(Lies::Segments(_)) => true,
                Some(Lies::LettersFrom(..) | Lies::Notices(..) | Lies::Told(_)) => false,
                Some(Lies::LettersTo) | None => continue,
            };
            if !here.contains(&label.name) {
                wanted.push((segment, *label, *length));
            }
        }
        wanted.sort_by_key(|(segment, ..)| *segment);
        Ok(wanted
            .into_iter()
            .map(|(_, label, length)| (label, length))
            .collect())
    }
}
