//! The record of one person: parts, changes, things and their answers. No document is opened to read or write it.

pub mod acts;
pub mod change;
pub mod part;
pub mod sharing;
pub mod state;
pub mod thing;
pub mod value;

pub use acts::{Acting, Acts};
pub use part::{Actor, Group, Noun, OpId, Part};
pub use state::{Member, Record, Role};
pub use thing::{Answer, Field, Stamp, Thing};
pub use value::Value;
