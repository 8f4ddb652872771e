//! Sync: what one device made becomes signed and sealed segments, and what others made is checked before it may touch
//! the record. Bytes in, bytes out: nothing here knows a socket or a file.

pub mod courier;
pub mod files;
pub mod link;
pub mod memory;
pub mod message;
pub mod offers;
pub mod padding;
pub mod parcel;
pub(crate) mod raw;
pub mod segment;
pub mod session;
pub mod snapshot;
pub mod thin;
pub mod walker;
