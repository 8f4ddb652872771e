//! The command line as anybody meets it: the real program, real homes, exit codes and JSON. One file a noun.

#[path = "../support/mod.rs"]
mod support;

mod barrier;
mod home;
mod journeys;
mod log;
mod often;
mod plan;
mod search;
mod transfer;
mod wrong_use;
