//! Devices of a few people that write, meet, fail and are put back, with real homes over links in memory and a folder as a stick. Everything
//! follows from a seed. What it must come to at the end is in `oracle.rs`.

mod acts;
mod circles;
mod evil;
mod faults;
mod files;
mod meeting;
mod oracle;
mod paper;
mod stick;
mod teams;
mod world;

use std::collections::BTreeMap;
use world::World;

/// Every fault there is, by the name it is counted under. One that happened in no run proves nothing.
pub const FAULTS: [&str; 30] = [
    "partitions",
    "meetings refused by a partition",
    "meetings cut off",
    "syncs over a stick cut off",
    "sticks put back",
    "parcels lost",
    "parcels spoiled",
    "messages dropped",
    "messages duplicated",
    "messages reordered",
    "messages replayed",
    "power cuts",
    "power cuts that lost or tore writes",
    "homes copied",
    "homes put back, which they can tell",
    "homes put back without a sign",
    "clocks more than a year wrong",
    "devices removed",
    "end dates",
    "devices that came by a recovery code",
    "recovery codes used again",
    "new keys made apart",
    "newcomers after a removal",
    "team members added",
    "team members removed",
    "forged authors",
    "acts over a role",
    "back-dated work of a removed member",
    "segments moved to another circle",
    "changes sealed anew for another circle",
];

/// How much happens in a history, and where its homes lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 6 to 15 steps and at most 4 devices, now and then a team and a newcomer, in files that are only in memory where the system has such a folder
    /// (`/dev/shm`). What a power cut takes is what no fsync followed, as on a disk; docs/adr/0041 has the figures.
    Small,
    /// 30 to 79 steps and at most 8 devices and a newcomer, in files on the disk.
    Full,
}

impl Size {
    /// The name to play a history of this size by.
    pub fn name(self) -> &'static str {
        match self {
            Size::Small => "small",
            Size::Full => "full",
        }
    }
}

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How often each thing happened.
    pub counts: BTreeMap<&'static str, u64>,
    /// A digest of all that happened, in its order, and of what every device says at the end.
    pub trace: [u8; 32],
}

/// Plays one seed to its end.
///
/// # Panics
/// With what does not hold, and how to play the same again.
pub fn play(seed: u64, size: Size) -> Outcome {
    let mut world = World::begin(seed, size);
    for _ in 0..world.steps {
        world.step();
    }
    world.heal();
    world.judge();
    world.outcome()
}
