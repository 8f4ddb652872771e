//! What comes from other devices, before it may touch the record.

pub mod walker;
