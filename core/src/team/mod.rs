//! What a team keeps about a person: who answers for them, handovers, the week's meeting, and the list of people.
//!
//! Source: `domain.md` 1, Team; `design.md` 3, The record.

pub mod caseload;
pub mod group;
pub mod handover;
pub mod meeting;
pub mod owner;
