//! Journeys: reading the file, and judging whether a step went as it says. Playing a step is the shell's own: the
//! command line, Kotlin and Swift each call the core their own way, and are judged alike. Source: `cli.md`, Journeys.

mod args;
pub mod matching;
mod story;

pub use args::Args;
pub use story::{Device, Journey, Known, NO_JOURNEY, Outcome, name};
