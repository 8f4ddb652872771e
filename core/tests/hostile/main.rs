//! Hostile changes: what a member who means harm could send, and what becomes of it.

mod base;
mod child;
mod evil;
mod honest;
mod inputs;
mod meetings;
mod member;
mod raw;
mod snapshots;
#[path = "../support/mod.rs"]
mod support;
mod vault;
mod vectors;
