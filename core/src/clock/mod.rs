//! Moments and days: zones, daylight saving, and order by causality rather than by any clock.

pub mod causal;
pub mod zone;
