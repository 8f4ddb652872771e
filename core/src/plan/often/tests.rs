use super::*;
use crate::error::Error;
use proptest::prelude::*;

fn days(list: &[Weekday]) -> Often {
    on_parts(list, &[])
}

fn on_parts(list: &[Weekday], named: &[Part]) -> Often {
    let (mut days, mut parts) = (DaySet::default(), PartSet::default());
    list.iter().for_each(|day| days.insert(*day));
    named.iter().for_each(|part| parts.insert(*part));
    Often::Weekdays { days, parts }
}

fn each(named: &[Part]) -> Often {
    use Weekday::*;
    on_parts(&[Mon, Tue, Wed, Thu, Fri, Sat, Sun], named)
}

/// Reads each of the texts, written with a bar between them.
fn all_read(texts: &str, often: &Often) {
    for text in texts.split('|').map(str::trim) {
        assert_eq!(Often::parse(text).as_ref(), Ok(often), "{text}");
        assert_eq!(
            Often::parse(&text.to_uppercase()).as_ref(),
            Ok(often),
            "{text} in capitals"
        );
        let wide = format!("  {}. ", text.replace(' ', "   "));
        assert_eq!(
            Often::parse(&wide).as_ref(),
            Ok(often),
            "{text} with spaces"
        );
    }
}

#[test]
fn every_day_is_read_in_both_languages() {
    all_read(
        "every day | daily | each day | everyday | once a day | one time a day | \
         once every day | every day of the week | \
         every mon, tue, wed, thu, fri, sat and sun | monday to sunday | bob dydd | \
         pob dydd | bob diwrnod | yn ddyddiol | unwaith y dydd | bob dydd o'r wythnos",
        &Often::Daily,
    );
}

#[test]
fn parts_of_the_day_are_every_day_and_stay_apart() {
    all_read(
        "each morning | every morning | mornings | bob bore | pob bore",
        &each(&[Part::Morning]),
    );
    all_read(
        "each afternoon | every afternoon | bob prynhawn | bob p'nawn",
        &each(&[Part::Afternoon]),
    );
    all_read(
        "each evening | every evening | bob noson | bob noswaith",
        &each(&[Part::Evening]),
    );
    all_read("each night | every night | bob nos", &each(&[Part::Night]));
    all_read(
        "every morning and evening | each morning and each evening | bob bore a noson | \
         bob bore a bob noson",
        &each(&[Part::Morning, Part::Evening]),
    );
}

#[test]
fn days_of_the_week_are_read_in_both_languages() {
    use Weekday::*;
    all_read(
        "every tuesday | each tuesday | on tuesdays | tuesdays | every tue | \
         bob dydd Mawrth | bob Mawrth | pob dydd Mawrth | ar ddydd Mawrth | \
         once every tuesday | unwaith bob dydd mawrth",
        &days(&[Tue]),
    );
    all_read(
        "every tuesday and friday | every friday and tuesday | every tuesday & friday | \
         every tuesday, friday | every tuesday and every friday | tuesdays and fridays | \
         on tuesdays and fridays | each tues and fri | bob dydd Mawrth a dydd Gwener | \
         bob Mawrth a Gwener | bob dydd Mawrth a Gwener | \
         bob dydd Mawrth a bob dydd Gwener | dyddiau Mawrth a Gwener | \
         ar ddyddiau Mawrth a Gwener | bob Fawrth a Wener",
        &days(&[Tue, Fri]),
    );
    all_read(
        "every monday, wednesday and friday | every monday, wednesday, and friday | \
         every monday wednesday friday | bob dydd Llun, dydd Mercher a dydd Gwener | \
         bob Llun, Mercher a Gwener",
        &days(&[Mon, Wed, Fri]),
    );
    all_read(
        "every thursday, saturday and sunday | bob dydd Iau, dydd Sadwrn a dydd Sul",
        &days(&[Thu, Sat, Sun]),
    );
    all_read(
        "weekdays | every weekday | each weekday | on weekdays | monday to friday | \
         every monday to friday | bob dydd gwaith | dyddiau'r wythnos | \
         yn ystod yr wythnos | llun i wener | dydd Llun i ddydd Gwener",
        &days(&[Mon, Tue, Wed, Thu, Fri]),
    );
    all_read(
        "weekends | every weekend | at weekends | at the weekend | saturdays and sundays | \
         bob penwythnos | penwythnosau | ar y penwythnos | ar benwythnosau",
        &days(&[Sat, Sun]),
    );
}

#[test]
fn a_part_of_named_days_is_kept() {
    use Weekday::*;
    all_read(
        "every tuesday morning | tuesday mornings | bob bore Mawrth | bob bore dydd Mawrth",
        &on_parts(&[Tue], &[Part::Morning]),
    );
    all_read(
        "every tuesday and friday morning | every tuesday morning and friday morning | \
         bob bore Mawrth a Gwener",
        &on_parts(&[Tue, Fri], &[Part::Morning]),
    );
    all_read(
        "bob nos Fawrth a nos Wener | every tuesday and friday night",
        &on_parts(&[Tue, Fri], &[Part::Night]),
    );
    assert!(Often::parse("every tuesday morning and friday").is_err());
    assert!(Often::parse("every tuesday morning and friday evening").is_err());
}

#[test]
fn times_a_week_are_read_in_both_languages() {
    all_read(
        "3 times a week | three times a week | 3 times a week, any days | \
         3 times a week any days | 3 times a week on any days | 3 times this week | \
         3 times per week | 3 times each week | 3x a week | 3 x a week | 3 days a week | \
         3x/week | 3 gwaith yr wythnos | tair gwaith yr wythnos | teirgwaith yr wythnos | \
         dair gwaith yr wythnos | 3 gwaith yr wythnos hon | tair gwaith yr wythnos yma | \
         3 gwaith bob wythnos | 3 gwaith yr wythnos, unrhyw ddiwrnod | \
         3 gwaith yr wythnos, ar unrhyw ddyddiau | tri diwrnod yr wythnos",
        &Often::TimesAWeek(3),
    );
    all_read(
        "once a week | once this week | every week | weekly | 1 time a week | \
         unwaith yr wythnos | unwaith yr wythnos hon | bob wythnos | once a week, any day",
        &Often::TimesAWeek(1),
    );
    all_read(
        "twice a week | two times a week | twice this week | 2 times a week | \
         dwywaith yr wythnos | ddwywaith yr wythnos | dwy waith yr wythnos | \
         2 waith yr wythnos",
        &Often::TimesAWeek(2),
    );
    all_read(
        "four times a week | pedair gwaith yr wythnos | bedair gwaith yr wythnos",
        &Often::TimesAWeek(4),
    );
    all_read(
        "five times a week | pum gwaith yr wythnos | bum gwaith yr wythnos | \
         pump gwaith yr wythnos",
        &Often::TimesAWeek(5),
    );
    all_read(
        "six times a week | chwe gwaith yr wythnos",
        &Often::TimesAWeek(6),
    );
    all_read(
        "seven times a week | 7 times a week | saith gwaith yr wythnos",
        &Often::TimesAWeek(7),
    );
}

#[test]
fn times_a_day_are_read_in_both_languages() {
    all_read(
        "twice a day | two times a day | 2 times a day | twice daily | twice every day | \
         dwywaith y dydd | ddwywaith y dydd | ddwywaith y diwrnod | 2 waith y dydd",
        &Often::TimesADay(2),
    );
    all_read(
        "3 times a day | three times daily | tair gwaith y dydd | deirgwaith y dydd",
        &Often::TimesADay(3),
    );
}

#[test]
fn every_other_day_is_read_in_both_languages() {
    all_read(
        "every other day | each other day | every second day | every 2 days | \
         alternate days | once every other day | bob yn ail ddydd | bob yn eilddydd | \
         bob yn ail ddiwrnod | pob yn ail ddydd | bob eilddydd",
        &Often::EveryOtherDay,
    );
}

#[test]
fn once_by_a_day_is_read_in_both_languages() {
    all_read(
        "once by friday | by friday | 1 time by friday | unwaith erbyn dydd Gwener | \
         erbyn dydd Gwener | unwaith erbyn Gwener | unwaith erbyn nos Wener",
        &Often::OnceBy(Weekday::Fri),
    );
    all_read(
        "once by sunday | unwaith erbyn dydd Sul",
        &Often::OnceBy(Weekday::Sun),
    );
}

#[test]
fn what_cannot_be_counted_is_asked_about_again() {
    let texts = "now and then | . | 0 times a week | 8 times a week | eight times a week | \
        zero times a week | -1 times a week | 3.5 times a week | 256 times a week | \
        99999999999 times a week | 0 times a day | 25 times a day | when I can | every | \
        each | every and | once | 3 times | 3 | times a week | a week | every blue moon | \
        every tuesday or friday | tuesday | on tuesday | every other week | \
        every other tuesday | fortnightly | once a month | every hour | twice by friday | \
        once by | once by march | every day, any days | any days | weth gwaith yr wythnos | \
        8 gwaith yr wythnos | wyth gwaith yr wythnos | 0 gwaith yr wythnos | \
        nawr ac yn y man | weithiau | bob | bob yn ail wythnos | bob mis | \
        every day 3 times | , , , | every ,";
    for text in texts.split('|').map(str::trim).chain(["", "   "]) {
        assert_eq!(Often::parse(text), Err(Error::OftenNotUnderstood), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_stop(text in ".{0,60}") {
        let _ = Often::parse(&text);
    }

    #[test]
    fn no_order_of_known_words_makes_it_stop(words in prop::collection::vec(
        prop::sample::select(vec!["every", "each", "bob", "3", "times", "a", "week", "tuesday", "and", ",", "morning", "by", "once",
            "to", "i", "dydd", "any", "days", "on", "x", "yr", "wythnos", "/", "."]), 0..8)) {
        let _ = Often::parse(&words.join(" "));
    }

    #[test]
    fn only_one_to_seven_times_a_week_are_read(times in 0_u32..400) {
        let read = Often::parse(&format!("{times} times a week"));
        prop_assert_eq!(read.is_ok(), (1..=7).contains(&times));
    }
}
