use super::*;
use crate::error::Error;
use chrono::{NaiveDate, NaiveTime};

fn en() -> Words {
    Words::new(Lang::En)
}

fn cy() -> Words {
    Words::new(Lang::Cy)
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

#[test]
fn a_language_has_one_code() {
    assert_eq!(Lang::parse("en"), Some(Lang::En));
    assert_eq!(Lang::parse("cy"), Some(Lang::Cy));
    assert_eq!(Lang::parse("fr"), None);
}

#[test]
fn plain_text_has_no_marks_around_a_name_and_a_screen_has_them() {
    let args = [("name", Arg::from("Anne"))];
    assert_eq!(
        en().say("idea-offered-by", &args),
        "This idea is from Anne."
    );
    assert_eq!(
        en().screen("idea-offered-by", &args),
        "This idea is from \u{2068}Anne\u{2069}."
    );
}

#[test]
fn a_key_that_is_in_no_catalogue_is_shown_in_brackets() {
    for odd in ["no-such-key", "", " ", "a.b", "{", "é", "-term"] {
        assert_eq!(cy().say(odd, &[]), format!("[{odd}]"));
        assert!(!cy().has(odd));
    }
}

#[test]
fn an_argument_that_was_not_given_shows_and_nothing_stops() {
    assert_eq!(
        en().say("idea-offered-by", &[]),
        "This idea is from {$name}."
    );
}

#[test]
fn days_are_said_in_both_languages() {
    assert_eq!(en().date(day(2026, 8, 6)), "6 August 2026");
    assert_eq!(cy().date(day(2026, 8, 6)), "6 Awst 2026");
    assert_eq!(en().day(day(2026, 3, 27)), "Friday 27 March 2026");
    assert_eq!(cy().day(day(2026, 3, 27)), "Dydd Gwener 27 Mawrth 2026");
    assert_eq!(en().on_day(day(2026, 3, 27)), "on Friday 27 March 2026");
    assert_eq!(cy().on_day(day(2026, 3, 27)), "ddydd Gwener 27 Mawrth 2026");
    assert_eq!(en().day(NaiveDate::MAX).split(' ').count(), 4);
    assert_eq!(en().day(NaiveDate::MIN).split(' ').count(), 4);
}

#[test]
fn a_time_has_2_digits_for_the_hour() {
    let time = NaiveTime::from_hms_opt(9, 40, 59).expect("a time of day");
    assert_eq!(en().time(time), "09:40");
}

#[test]
fn a_rating_has_its_words_beside_it() {
    assert_eq!(en().sure(Some(6), None), "6 out of 10, fairly sure");
    assert_eq!(cy().sure(Some(6), None), "6 allan o 10, eithaf siŵr");
    assert_eq!(en().sure(Some(0), None), "0 out of 10, not at all sure");
    assert_eq!(en().sure(None, Some("a-bit")), "A bit sure");
    assert_eq!(en().sure(None, None), "Not rated yet");
    assert_eq!(
        en().importance(Some(8), None),
        "8 out of 10, very important"
    );
    assert_eq!(en().felt(Some(2), None), "2 out of 10, hard");
}

#[test]
fn a_rating_from_a_newer_version_is_shown_as_it_is() {
    assert_eq!(en().sure(Some(12), None), "12 out of 10");
    assert_eq!(en().sure(None, Some("utterly")), "utterly");
    assert!(
        en().next_questions(Rated::Confidence, Some(12), None)
            .is_empty()
    );
}

#[test]
fn the_next_question_comes_from_the_rating() {
    let ask = |value| en().next_question(Rated::Confidence, Some(value), None);
    assert_eq!(
        ask(6),
        "What makes it 6 and not 5? What would take it to 7?"
    );
    assert_eq!(
        ask(1),
        "What makes it 1 and not 0? What would take it to 2?"
    );
    assert_eq!(
        ask(9),
        "What makes it 9 and not 8? What would take it to 10?"
    );
}

#[test]
fn the_ends_of_the_scale_have_questions_of_their_own() {
    for words in [en(), cy()] {
        for rated in [Rated::Importance, Rated::Confidence] {
            for value in [0, 10] {
                let asked = words.next_questions(rated, Some(value), None);
                assert_eq!(asked.len(), 1);
                let digits = asked[0].chars().any(|c| c.is_ascii_digit());
                assert!(!digits, "no number is asked about at {value}: {asked:?}");
            }
        }
    }
}

#[test]
fn words_instead_of_numbers_have_next_questions_too() {
    for words in [en(), cy()] {
        for rated in [Rated::Importance, Rated::Confidence] {
            for band in Band::ALL {
                let asked = words.next_questions(rated, None, Some(band.as_str()));
                let wanted = if matches!(band, Band::ABit | Band::Fairly) {
                    2
                } else {
                    1
                };
                assert_eq!(asked.len(), wanted);
                assert!(asked.iter().all(|text| text.ends_with('?')), "{asked:?}");
            }
        }
    }
}

#[test]
fn a_code_has_its_words_and_one_from_a_newer_version_is_said_to_be_kept() {
    assert_eq!(en().code("goal-state", "on_hold"), "On hold");
    assert_eq!(cy().code("goal-state", "on_hold"), "Yn aros am nawr");
    assert_eq!(
        en().code("goal-state", "levitating"),
        "Written by a newer Cairn. It is kept."
    );
}

#[test]
fn an_error_says_its_numbers() {
    let error = Error::OutOfRange {
        given: -3,
        low: 0,
        high: 10,
    };
    let text = en().error(&error);
    assert!(text.starts_with("-3 is not from 0 to 10."), "{text}");
    let text = en().error(&Error::MessageTooLong { length: 204 });
    assert!(
        text.starts_with("This message has 204 characters."),
        "{text}"
    );
}

#[test]
fn below_7_names_all_4_ways_on() {
    let text = en().error(&Error::ConfidenceBelow7);
    for way in [
        "get in the way",
        "smaller step",
        "again about the goal",
        "do it anyway",
    ] {
        assert!(text.contains(way), "{way}");
    }
}

#[test]
fn a_count_of_ideas_is_said_in_words() {
    let count = |n: i64| en().say("idea-count", &[("count", Arg::from(n))]);
    assert_eq!(count(0), "No ideas yet. 3 or more helps.");
    assert_eq!(count(1), "1 idea. 2 more helps.");
    assert_eq!(count(2), "2 ideas. 1 more helps.");
    assert_eq!(count(3), "3 ideas.");
}

#[test]
fn a_welsh_noun_follows_its_number() {
    let count = |n: i64| cy().say("send-not-yet", &[("count", Arg::from(n))]);
    assert!(count(1).contains("1 peth "));
    assert!(count(2).contains("2 beth "));
    assert!(count(3).contains("3 pheth "));
    assert!(count(6).contains("6 pheth "));
    assert!(count(7).contains("7 o bethau "));
}
