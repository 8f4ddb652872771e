//! Time on the processor. The module names nothing of Cairn: the peers' workspace builds it from this same file.

use std::time::Duration;

/// Time on the processor of this thread so far, as Linux counts it; nothing elsewhere.
pub fn processor_time() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split_whitespace().next()?.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}
