//! The border to Kotlin and Swift.
//!
//! Objects that hold an open home, and the traits a shell gives in. No rule and no word for people is in here: an act
//! calls the core, a page comes ready from the core. `bindings/README.md` says how to build and use it.
#![allow(clippy::missing_errors_doc)] // Every method returns the core's one error; which, the core's rule says.

mod acts;
mod home;
#[cfg(feature = "journeys")]
pub mod journey;
mod outside;
mod pages;
mod profile;
mod queries;
mod record;
mod words;

pub use outside::{Clock, Entropy, KeyVault, Listener, Moment, Progress};
pub use profile::{Profile, drop_answer, home_stands_in, moment};
pub use record::Record;
pub use words::{WordsArg, error_code, error_kind, error_sentence, words};

cairn_core::uniffi_reexport_scaffolding!();
uniffi::setup_scaffolding!();
