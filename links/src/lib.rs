//! How devices reach each other: Noise over TCP, and a folder or stick ([`folder::Folder`]). Blocking, two threads a connection, no async runtime.
//!
//! The core hands bytes in and takes bytes out ([`cairn_core::sync::link`]); this package carries them to another
//! device, sealed, and says whose key is on the other side. Start at [`listener::Listener`] for who waits and at
//! [`dial::dial`] for who calls; [`meet`] is what
//! they then do. Source: `SPEC.md`, Links over TCP; the reasons are in `docs/adr/0029`.

pub mod channel;
pub mod dial;
pub mod folder;
mod framing;
pub mod handshake;
pub mod listener;
pub mod meet;
pub mod recover;

pub use channel::Channel;
pub use dial::{Call, dial};
pub use folder::Folder;
pub use handshake::{Met, Opened};
pub use listener::Listener;
