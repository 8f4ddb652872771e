//! The loop of Cairn: goal, action plan, log, follow-up, next step; the record that merges; the encrypted store.
//!
//! Rules are plain functions of a record, an input and now. Nothing here knows a network, a screen, a wall clock
//! or a random source: those come in from outside. Start at [`record`] for how things are kept, at [`plan::gate`]
//! for the rule of 7, at [`store::Vault`] for the file.
#![forbid(unsafe_code)]

pub mod about_me;
pub mod agenda;
pub mod ambivalence;
pub mod ask;
pub mod attachment;
pub mod barrier;
pub mod circle;
pub mod clock;
pub mod concern;
pub mod decision;
pub mod ending;
pub mod entropy;
pub mod error;
#[cfg(feature = "uniffi")]
mod ffi;
pub mod follow_up;
pub mod goal;
pub mod id;
pub mod log;
pub mod message;
pub mod need;
pub mod observation;
pub mod plan;
pub mod prompt;
pub mod rating;
pub mod record;
pub mod saw;
pub mod sealing;
pub mod store;
pub mod support;
pub mod sync;
pub mod team;
pub mod view;
pub mod withdrawal;
pub mod words;

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

pub use error::{Error, Result};
pub use id::Id;
