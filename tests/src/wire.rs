//! What changes cost on the wire: segments as they leave a device, sealed, signed and padded, and taken in by another
//! device that must have everything before the next one is cut.

use crate::history::{Act, Step, history, month, more_entries};
use crate::person::{self, Person};
use cairn_core::entropy::SeededEntropy;
use cairn_core::record::Acting;
use cairn_core::store::Taken;
use cairn_core::sync::memory::{Side, meet};
use cairn_core::{Error, Result};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use std::path::Path;

/// How many entries go one by one.
pub const ENTRIES: usize = 400;

/// Entries of one batch.
pub const BATCH: usize = 10;

/// Bytes on the wire, for one device that writes, or for two that write in turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wire {
    /// One entry, the mean of [`ENTRIES`] that went one by one.
    pub entry: f64,
    /// One entry of a batch, the mean of as many in batches of [`BATCH`].
    pub in_batch: f64,
    /// All changes of a month of one device that met nobody.
    pub month: f64,
    /// How many those are.
    pub changes: usize,
    /// Mean bytes of a note of an entry.
    pub note: f64,
}

/// Measures with this many writers, 1 or 2, with homes in a folder. Every figure is the same in every run.
///
/// # Errors
/// Those of the vaults; [`Error::Damaged`] if a segment was not taken in.
pub fn measure(folder: &Path, writers: usize) -> Result<Wire> {
    let mut two = Two::begin(folder)?;
    let entries = more_entries(0, 2 * ENTRIES as u64);
    let (one_by_one, in_batches) = entries.split_at(ENTRIES);
    let mut entry = 0;
    for (n, act) in one_by_one.iter().enumerate() {
        entry += two.write(n % writers, std::slice::from_ref(act))?;
    }
    let mut batches = 0;
    for (n, acts) in in_batches.chunks(BATCH).enumerate() {
        batches += two.write(n % writers, acts)?;
    }
    let after = entries.last().map_or(DateTime::UNIX_EPOCH, |act| act.at);
    let (mut bytes, mut changes) = (0, 0);
    let months: Vec<Vec<Act>> = (0..writers as u64)
        .map(|device| later(month(device), after))
        .collect();
    // Apart: both write all they have before either hears of it.
    for (writer, acts) in months.iter().enumerate() {
        for act in acts {
            two.devices[writer].person.act(act)?;
        }
        changes += acts.len();
    }
    for writer in 0..writers {
        bytes += two.send(writer)?;
    }
    let notes = one_by_one.iter().map(|act| match &act.step {
        Step::Entry { note, .. } => note.len(),
        _ => 0,
    });
    Ok(Wire {
        entry: entry as f64 / ENTRIES as f64,
        in_batch: batches as f64 / ENTRIES as f64,
        month: bytes as f64 / writers as f64,
        changes: changes / writers,
        note: notes.sum::<usize>() as f64 / ENTRIES as f64,
    })
}

/// The acts of a month, after whatever else was written.
pub fn later(mut acts: Vec<Act>, after: DateTime<Utc>) -> Vec<Act> {
    let first = acts.first().map_or(after, |act| act.at);
    let days = chrono::Duration::days((after - first).num_days() + 1);
    for act in &mut acts {
        act.at += days;
        match &mut act.step {
            Step::Entry { on, .. } => *on += days,
            Step::FollowUp { due, .. } => *due += days,
            _ => {}
        }
    }
    acts
}

struct Device {
    person: Person,
    raw: Connection,
    sent: BTreeMap<String, i64>,
    now: DateTime<Utc>,
}

/// A phone with a year of use and a nurse's tablet that has it all.
struct Two {
    devices: [Device; 2],
    drawn: u64,
}

impl Two {
    fn begin(folder: &Path) -> Result<Two> {
        let homes = ["phone", "tablet"].map(|name| folder.join(name));
        for home in &homes {
            std::fs::create_dir_all(home).map_err(|_| Error::Damaged)?;
        }
        let acts = history(1);
        let now = acts.last().map_or(DateTime::UNIX_EPOCH, |act| act.at);
        let mut phone = Person::play(&homes[0], &acts, |_| {})?;
        let tablet = phone.let_in(&homes[1], now)?;
        let device = |person: Person, home: &Path| -> Result<Device> {
            Ok(Device {
                raw: person::raw(home)?,
                person,
                sent: BTreeMap::new(),
                now,
            })
        };
        let mut two = Two {
            devices: [device(phone, &homes[0])?, device(tablet, &homes[1])?],
            drawn: 100,
        };
        two.meet(Acting::at(now.fixed_offset()))?;
        for device in &mut two.devices {
            device.new_segments()?;
        }
        Ok(two)
    }

    /// Lets both meet until each has everything of the other.
    fn meet(&mut self, acting: Acting) -> Result<()> {
        self.drawn += 2;
        let here = SeededEntropy::new(self.drawn);
        let there = SeededEntropy::new(self.drawn + 1_000_000);
        let [one, other] = &mut self.devices;
        let mut left = Side {
            vault: &mut one.person.vault,
            acting,
            entropy: &here,
        };
        let mut right = Side {
            vault: &mut other.person.vault,
            acting,
            entropy: &there,
        };
        meet(&mut left, &mut right).map(|_| ())
    }

    /// Lets one device write, and the other take it in; the bytes that passed.
    fn write(&mut self, writer: usize, acts: &[Act]) -> Result<usize> {
        for act in acts {
            let device = &mut self.devices[writer];
            device.person.act(act)?;
            device.now = act.at;
        }
        self.send(writer)
    }

    fn send(&mut self, writer: usize) -> Result<usize> {
        self.drawn += 1;
        let entropy = SeededEntropy::new(self.drawn);
        let device = &mut self.devices[writer];
        let acting = Acting::at(device.now.fixed_offset());
        device
            .person
            .vault
            .cut(&device.person.circle, acting, &entropy)?;
        let segments = device.new_segments()?;
        for bytes in &segments {
            let other = &mut self.devices[1 - writer].person;
            let taken = other.vault.take_segment(&other.circle, bytes, acting)?;
            if taken != Taken::In {
                // Keys are renewed every 90 days: the operation that says so comes by a whole meeting.
                self.meet(acting)?;
                let other = &mut self.devices[1 - writer].person;
                let taken = other.vault.take_segment(&other.circle, bytes, acting)?;
                if taken != Taken::Known {
                    return Err(Error::Damaged);
                }
            }
        }
        Ok(segments.iter().map(Vec::len).sum())
    }
}

impl Device {
    /// Own segments that were not looked at yet.
    fn new_segments(&mut self) -> Result<Vec<Vec<u8>>> {
        let own = self.person.vault.keys().public().sign;
        let mut statement = self.raw.prepare_cached(
            "select share_group, counter, bytes from segment join circle on no = circle
             where device = ?1 and id = ?2 order by share_group, counter",
        )?;
        let of = params![own.as_slice(), self.person.circle.id.as_str()];
        let rows = statement.query_map(of, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut new = Vec::new();
        for row in rows {
            let (group, counter, bytes): (String, i64, Vec<u8>) = row?;
            let sent = self.sent.entry(group).or_default();
            if counter > *sent {
                *sent = counter;
                new.push(bytes);
            }
        }
        Ok(new)
    }
}
