//! A circle: who may read and write one person's record, and under which keys.
//!
//! Membership is a graph of signed operations ([`operation`], [`access_log`]) that every device replays for itself
//! ([`roster`]); no clock and no server decides. Each share group has a random key an epoch ([`epoch`]), sealed to each
//! device that may read it. Source: `SPEC.md`, Access log and Epochs.

pub mod access_log;
mod claimed;
mod code;
pub mod device_code;
pub mod epoch;
mod fallen;
mod fold;
pub mod groups;
pub mod invitation;
pub mod named;
pub mod operation;
mod owned;
pub mod recovery_code;
pub mod role;
pub mod roster;
pub mod spoken;
pub mod standing;
pub mod team;
mod used;

pub use access_log::AccessLog;
pub use groups::Groups;
pub use operation::{Act, Operation};
pub use roster::Roster;
