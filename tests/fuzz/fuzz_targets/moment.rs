//! Days and moments as people and programs write them.
#![no_main]

use cairn_core::clock::zone::{is_zone, parse_day, parse_moment};
use chrono::{DateTime, FixedOffset};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = is_zone(text);
    let _ = parse_day(text);
    for zone in ["Europe/London", "Pacific/Apia", "no zone", text] {
        // Before there were time zones, towns were some minutes and seconds apart; RFC 3339 has no seconds there.
        let whole = |moment: &DateTime<FixedOffset>| moment.offset().local_minus_utc() % 60 == 0;
        if let Some(moment) = parse_moment(text, zone).ok().filter(whole) {
            let written = moment.to_rfc3339();
            assert!(parse_moment(&written, zone).is_ok_and(|again| again == moment));
        }
    }
});
