//! The command line as anybody meets it: the real program, real homes, exit codes and JSON. One file a noun.

#[path = "../support/mod.rs"]
mod support;

mod attach;
mod barrier;
mod courier;
mod devices;
mod ending;
mod erasing;
mod folder;
mod home;
mod journeys;
mod links;
mod log;
mod often;
mod plan;
mod print;
mod prompts;
mod search;
mod taken_out;
mod team;
mod transfer;
mod visit;
mod wrong_use;
