//! An invented person's years of use, for tests and benchmarks: the same history from the same seed, for Cairn
//! and for whatever it is compared with.

pub mod history;
pub mod person;
pub mod processor;
pub mod simulation;
pub mod visit;
pub mod wire;
