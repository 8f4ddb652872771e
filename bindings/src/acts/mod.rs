//! Acts: what a person or staff member does. Each answers with the id of what it made or changed, and is on the disk
//! before it returns. Which acts are refused, and how, is said where the core has the rule.

mod goal;
mod log;
mod plan;
mod talk;
