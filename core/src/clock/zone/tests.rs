use super::*;
use proptest::prelude::*;

const LONDON: &str = "Europe/London";
const AUCKLAND: &str = "Pacific/Auckland";

fn utc(text: &str) -> DateTime<Utc> {
    parse_moment(text, "UTC").unwrap().with_timezone(&Utc)
}

fn day(text: &str) -> NaiveDate {
    parse_day(text).unwrap()
}

fn written(zone: &str, local: &str) -> String {
    parse_moment(local, zone).unwrap().to_rfc3339()
}

fn only(zone: &str) -> Zones {
    Zones::new(zone, Vec::new()).unwrap()
}

fn local(text: &str) -> NaiveDateTime {
    utc(text).naive_utc()
}

#[test]
fn in_london_the_hour_left_out_in_march_moves_on() {
    assert_eq!(
        written(LONDON, "2026-03-29T00:59"),
        "2026-03-29T00:59:00+00:00"
    );
    assert_eq!(
        written(LONDON, "2026-03-29T01:00"),
        "2026-03-29T02:00:00+01:00"
    );
    assert_eq!(
        written(LONDON, "2026-03-29T01:30"),
        "2026-03-29T02:30:00+01:00"
    );
    assert_eq!(
        written(LONDON, "2026-03-29T02:00"),
        "2026-03-29T02:00:00+01:00"
    );
}

#[test]
fn in_london_the_hour_that_comes_twice_in_october_is_the_first() {
    assert_eq!(
        written(LONDON, "2026-10-25T00:59"),
        "2026-10-25T00:59:00+01:00"
    );
    assert_eq!(
        written(LONDON, "2026-10-25T01:30"),
        "2026-10-25T01:30:00+01:00"
    );
    assert_eq!(
        written(LONDON, "2026-10-25T02:00"),
        "2026-10-25T02:00:00+00:00"
    );
}

#[test]
fn in_auckland_the_nights_of_april_and_september_do_the_same() {
    assert_eq!(
        written(AUCKLAND, "2026-04-05T02:30"),
        "2026-04-05T02:30:00+13:00"
    );
    assert_eq!(
        written(AUCKLAND, "2026-04-05T03:00"),
        "2026-04-05T03:00:00+12:00"
    );
    assert_eq!(
        written(AUCKLAND, "2026-09-27T02:30"),
        "2026-09-27T03:30:00+13:00"
    );
    assert_eq!(
        written(AUCKLAND, "2026-09-27T01:59"),
        "2026-09-27T01:59:00+12:00"
    );
}

#[test]
fn the_local_day_changes_at_local_midnight_on_those_nights() {
    let london = only(LONDON);
    assert_eq!(london.day_of(utc("2026-03-28T23:59Z")), day("2026-03-28"));
    assert_eq!(london.day_of(utc("2026-03-29T00:00Z")), day("2026-03-29"));
    assert_eq!(london.day_of(utc("2026-03-29T22:59Z")), day("2026-03-29"));
    assert_eq!(london.day_of(utc("2026-03-29T23:00Z")), day("2026-03-30"));
    assert_eq!(london.day_of(utc("2026-10-24T23:00Z")), day("2026-10-25"));
    assert_eq!(london.day_of(utc("2026-10-25T23:59Z")), day("2026-10-25"));
    let auckland = only(AUCKLAND);
    assert_eq!(auckland.day_of(utc("2026-04-04T11:00Z")), day("2026-04-05"));
    assert_eq!(auckland.day_of(utc("2026-04-05T11:59Z")), day("2026-04-05"));
    assert_eq!(auckland.day_of(utc("2026-04-05T12:00Z")), day("2026-04-06"));
    assert_eq!(auckland.day_of(utc("2026-09-27T11:00Z")), day("2026-09-28"));
}

#[test]
fn a_whole_day_left_out_by_a_country_moves_on_by_a_day() {
    assert_eq!(
        written("Pacific/Apia", "2011-12-30T12:00"),
        "2011-12-31T12:00:00+14:00"
    );
}

#[test]
fn a_clock_ten_years_wrong_still_has_days() {
    let london = only(LONDON);
    assert_eq!(london.day_of(utc("2036-07-01T23:30Z")), day("2036-07-02"));
    assert_eq!(london.day_of(utc("2016-07-01T23:30Z")), day("2016-07-02"));
    assert_eq!(london.day_of(utc("1970-01-01T00:00Z")), day("1970-01-01"));
}

#[test]
fn a_new_zone_counts_from_the_next_midnight_of_the_old_one() {
    let zones = Zones::new(LONDON, vec![(utc("2026-06-01T10:00Z"), AUCKLAND.into())]).unwrap();
    assert_eq!(zones.current(), AUCKLAND);
    assert_eq!(
        zones.local(utc("2026-06-01T22:59Z")).to_rfc3339(),
        "2026-06-01T23:59:00+01:00"
    );
    assert_eq!(
        zones.local(utc("2026-06-01T23:00Z")).to_rfc3339(),
        "2026-06-02T11:00:00+12:00"
    );
    assert_eq!(
        zones.moment(local("2026-06-01T23:59")),
        utc("2026-06-01T22:59Z")
    );
    assert_eq!(
        zones.moment(local("2026-06-02T11:00")),
        utc("2026-06-01T23:00Z")
    );
    // 05:00 on 2 June never was: read in London it is 04:00 UTC, 5 hours after the change.
    assert_eq!(
        zones.moment(local("2026-06-02T05:00")),
        utc("2026-06-02T04:00Z")
    );
    assert_eq!(
        zones.local(utc("2026-06-02T04:00Z")).to_rfc3339(),
        "2026-06-02T16:00:00+12:00"
    );
}

#[test]
fn travelling_west_makes_one_long_day_and_not_two() {
    let zones = Zones::new(AUCKLAND, vec![(utc("2026-06-01T01:00Z"), LONDON.into())]).unwrap();
    assert_eq!(zones.day_of(utc("2026-06-01T11:59Z")), day("2026-06-01"));
    assert_eq!(
        zones.local(utc("2026-06-01T12:00Z")).to_rfc3339(),
        "2026-06-01T13:00:00+01:00"
    );
    assert_eq!(zones.day_of(utc("2026-06-01T23:00Z")), day("2026-06-02"));
    // 14:00 on 1 June came twice; the first was in Auckland.
    assert_eq!(
        zones.moment(local("2026-06-01T14:00")),
        utc("2026-06-01T02:00Z")
    );
}

#[test]
fn a_change_on_a_clock_ten_years_off_is_moved_between_its_neighbours() {
    let paris = || String::from("Europe/Paris");
    let now = utc("2026-06-10T10:00Z");
    let zones = Zones::known_at(
        LONDON,
        vec![
            (utc("2036-06-01T10:00Z"), AUCKLAND.into()),
            (utc("2026-06-05T10:00Z"), paris()),
        ],
        now,
    )
    .unwrap();
    assert_eq!(zones.current(), "Europe/Paris");
    assert_eq!(zones.day_of(utc("2026-06-05T22:30Z")), day("2026-06-05"));
    assert_eq!(zones.day_of(utc("2026-06-06T22:30Z")), day("2026-06-07"));
    let changes = vec![(utc("2036-06-01T10:00Z"), paris())];
    let known = Zones::known_at(LONDON, changes.clone(), now).unwrap();
    assert_eq!(known.day_of(utc("2026-06-06T22:30Z")), day("2026-06-07"));
    let not_known = Zones::new(LONDON, changes).unwrap();
    assert_eq!(
        not_known.day_of(utc("2026-06-06T22:30Z")),
        day("2026-06-06")
    );
}

#[test]
fn days_are_read_strictly() {
    assert_eq!(
        parse_day("2026-03-02"),
        Ok(NaiveDate::from_ymd_opt(2026, 3, 2).unwrap())
    );
    assert!(parse_day("2028-02-29").is_ok());
    let texts = "2026-02-30|2026-02-29|2026-13-01|2026-00-10|2026-3-2|26-03-02|2026-03-02 | 2026-03-02|\
        +026-03-02|2026/03/02|2026-03-02T10:00|0000-01-01|9999-01-01|tomorrow|\
        2026-0३-02|２０２６-03-02|ŵŵŵŵ";
    for text in texts.split('|').chain([""]) {
        assert_eq!(parse_day(text), Err(Error::BadDate), "{text}");
    }
}

#[test]
fn moments_are_read_with_and_without_an_offset() {
    assert_eq!(
        written(LONDON, "2026-03-02T19:00"),
        "2026-03-02T19:00:00+00:00"
    );
    assert_eq!(
        written(LONDON, "2026-07-02T19:00:30"),
        "2026-07-02T19:00:30+01:00"
    );
    assert_eq!(
        written(LONDON, "2026-07-02T19:00:30Z"),
        "2026-07-02T19:00:30+00:00"
    );
    assert_eq!(
        written(LONDON, "2026-07-02T19:00:30.25-05:30"),
        "2026-07-02T19:00:30.250-05:30"
    );
    assert_eq!(
        written(LONDON, "2026-07-02T19:00+12:00"),
        "2026-07-02T19:00:00+12:00"
    );
    let texts = "2026-07-02|2026-07-02T|2026-07-02T24:00|2026-07-02T19|2026-07-02T19:60|\
        2026-07-02T19:00:60|2026-07-02T19:00:00.|2026-07-02T19:00.5|2026-07-02T9:00|\
        2026-07-02T19:00+1|2026-07-02T19:00+24:00|2026-07-02T19:00Zz|2026-02-30T10:00|\
        2026-07-02T19:00 +01:00|now|2026-07-02T19:00:00:00";
    for text in texts.split('|').chain([""]) {
        assert_eq!(parse_moment(text, LONDON), Err(Error::BadDate), "{text}");
    }
}

#[test]
fn names_that_are_no_zone_are_wrong_use() {
    assert!(is_zone(LONDON) && is_zone(AUCKLAND) && is_zone("UTC"));
    assert!(!is_zone("Europe/Cardiff") && !is_zone(""));
    let wrong = Error::Usage { what: "time zone" };
    assert_eq!(Zones::new("nowhere", Vec::new()), Err(wrong.clone()));
    assert_eq!(
        Zones::new(LONDON, vec![(utc("2026-06-01T10:00Z"), "nowhere".into())]),
        Err(wrong.clone())
    );
    assert_eq!(moment_in("nowhere", local("2026-06-01T10:00")), Err(wrong));
}

#[test]
fn the_ends_of_the_calendar_do_not_stop_it() {
    let zones = Zones::new(
        LONDON,
        vec![
            (DateTime::<Utc>::MAX_UTC, AUCKLAND.into()),
            (DateTime::<Utc>::MIN_UTC, LONDON.into()),
        ],
    )
    .unwrap();
    for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        let _ = (
            zones.day_of(at),
            zones.local(at).to_rfc3339(),
            zones.moment(at.naive_utc()),
        );
        let _ = Zones::known_at(AUCKLAND, vec![(at, LONDON.into())], at);
        assert!(moment_in(AUCKLAND, at.naive_utc()).is_ok());
    }
}

const ZONES: [&str; 6] = [
    LONDON,
    AUCKLAND,
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Africa/Cairo",
    "Europe/Paris",
];

proptest! {
    // Within 24 hours of each other, as all places but those across the date line are.
    #[test]
    fn days_follow_one_another_whatever_zone_is_set(
        first in 0_usize..6, changes in prop::collection::vec((0_i64..5000, 0_usize..6), 0..4)) {
        let start = utc("2026-01-01T00:00Z");
        let mut changes: Vec<_> = changes.into_iter()
            .map(|(hours, zone)| (start + TimeDelta::hours(hours), ZONES[zone].to_string())).collect();
        changes.sort();
        let zones = Zones::new(ZONES[first], changes).unwrap();
        let mut seen = vec![zones.day_of(start)];
        for hours in 1..6000 {
            let today = zones.day_of(start + TimeDelta::hours(hours));
            if seen.last() != Some(&today) {
                seen.push(today);
            }
        }
        prop_assert!(seen.windows(2).all(|two| two[0].succ_opt() == Some(two[1])), "{:?}", seen);
    }

    #[test]
    fn a_local_time_that_exists_leads_back_to_itself(
        first in 0_usize..6, second in 0_usize..6, set in 0_i64..5000, minutes in 0_i64..400_000) {
        let start = utc("2026-01-01T00:00Z");
        let zones = Zones::new(ZONES[first], vec![(start + TimeDelta::hours(set), ZONES[second].to_string())]).unwrap();
        let at = start + TimeDelta::minutes(minutes);
        let read = zones.moment(zones.local(at).naive_local());
        prop_assert_eq!(zones.local(read).naive_local(), zones.local(at).naive_local());
        prop_assert!(read <= at, "of two, the first");
    }

    #[test]
    fn no_text_makes_reading_stop(text in ".{0,40}") {
        let _ = (parse_day(&text), parse_moment(&text, LONDON), is_zone(&text));
    }

    #[test]
    fn no_likely_text_makes_reading_stop(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.Z+-]{0,18}") {
        let _ = parse_moment(&text, LONDON);
    }
}
