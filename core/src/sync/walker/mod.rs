//! The column walker: what every change and snapshot of another device passes before automerge sees it.
//!
//! automerge's own reader lays columns out row by row, and ends the program on some numbers. A member of the circle who
//! means harm can write 69 bytes that cost gigabytes. The walker reads the same bytes without laying anything out: the
//! chunk, the header, the list of columns, and the run counts in each. What it lets through is bounded in rows, in
//! bytes and in every number; see `SPEC.md`, "Hostile changes".
//!
//! Nothing here allocates more than a few times the bytes it is given.

mod change;
mod chunk;
mod columns;
pub mod limits;
mod operations;
pub(super) mod reader;
mod refusal;
mod runs;
mod snapshot;
mod values;

pub use change::{Walked, change, segment};
pub use refusal::Refusal;
pub use snapshot::{WalkedSnapshot, snapshot};
