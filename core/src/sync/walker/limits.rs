//! Every number the walker refuses by. They stand in SPEC.md too ("Hostile changes"), and a test holds both together.

/// Bytes of one change at most: the largest segment there is.
pub const CHANGE_BYTES: usize = 512 * 1024;
/// Bytes of all changes of one segment together.
pub const SEGMENT_BYTES: usize = 512 * 1024;
/// Bytes of one snapshot, before anything is taken apart.
pub const SNAPSHOT_BYTES: usize = 16 * 1024 * 1024;

/// Operations of one change.
pub const CHANGE_OPERATIONS: u64 = 10_000;
/// Operations of all changes of one segment together.
pub const SEGMENT_OPERATIONS: u64 = 100_000;
/// Operations of one snapshot.
pub const SNAPSHOT_OPERATIONS: u64 = 1_000_000;
/// Changes in one snapshot. automerge needs 1 to 4 kB for each while it loads, whatever the bytes say.
pub const SNAPSHOT_CHANGES: u64 = 30_000;

/// How many answers the operations of one change may replace together.
pub const CHANGE_REPLACED: u64 = 20_000;
/// How many times the operations of one snapshot may have been replaced together.
pub const SNAPSHOT_REPLACED: u64 = 250_000;
/// Dependencies of all changes of one snapshot together.
pub const SNAPSHOT_DEPENDENCIES: u64 = 200_000;
/// Bytes of one key of a map, or of the name of a mark. Ours have about 40.
pub const KEY_BYTES: usize = 1_024;
/// Bytes of a change's message. Ours have 7 at most.
pub const MESSAGE_BYTES: usize = 64;
/// Changes one change may stand on, heads of a snapshot, and actors that either names.
pub const NAMES: u64 = 1_024;
/// Columns a change or a table of a snapshot may have.
pub const COLUMNS: u64 = 64;
/// Bytes of all columns that are not known here together.
pub const UNKNOWN_BYTES: usize = 64 * 1024;
/// Bytes that stand behind the columns of one change.
pub const EXTRA_BYTES: usize = 64 * 1024;
/// Counters and sequence numbers: automerge ends the program above this.
pub const COUNTER: u64 = u32::MAX as u64;
/// Seconds before or after 1970 a change may say it was made: what a calendar of 275,000 years holds. Differences of
/// such moments fit into 64 bits; automerge counts on that and ends the program otherwise.
pub const MOMENT: i64 = 8_640_000_000_000;
/// Bytes of an actor's name.
pub const ACTOR_BYTES: usize = 16;
