//! What was done, and offers after two missed times.

use crate::support::Cairn;

#[test]
fn a_time_of_today_that_has_not_come_yet_is_in_the_future() {
    let home = Cairn::person("Tom Avery");
    let (_, plan) = home.plan("Walk to the gate", "8");
    home.refused(&["log", &plan, "did", "--at", "19:01"], 1, "date_in_future");
    assert_eq!(
        home.done(&["log", &plan, "did", "--at", "19:00"])["at"],
        "19:00"
    );
}

#[test]
fn an_offer_put_off_stays_away_until_its_day_whatever_is_missed_meanwhile() {
    let home = Cairn::person("Tom Avery");
    let plan = home.agreed("Walk to the gate", "every day");
    let offers = |day: u32| {
        home.on(day).done(&["today"])["offers"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!((offers(3), offers(4)), (0, 1));
    home.on(4).done(&["offer", "later", &plan]);
    assert_eq!((offers(4), offers(10), offers(11)), (0, 0, 1));
}

#[test]
fn saying_the_plan_is_fine_asks_for_two_new_missed_times() {
    let home = Cairn::person("Tom Avery");
    let plan = home.agreed("Walk to the gate", "every day");
    let offers = |day: u32| {
        home.on(day).done(&["today"])["offers"]
            .as_array()
            .unwrap()
            .len()
    };
    home.on(6).done(&["offer", "fine", &plan]);
    assert_eq!((offers(6), offers(7), offers(8)), (0, 0, 1));
}
