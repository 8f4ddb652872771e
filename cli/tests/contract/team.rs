//! A staff laptop: the caseload, who answers for whom, the meeting, handovers.

use crate::links::{self, Waiting};
use crate::support::{Cairn, INIT};
use serde_json::{Value, json};

/// A laptop with one person whose plan has a check-in on 10 March 2026.
fn laptop() -> (Cairn, String, String) {
    let staff = Cairn::staff("Anne Okoro");
    let mary = staff.id(&["people", "add", "Mary Bell", "--place", "Mill Lane"]);
    let of_mary =
        |arguments: &[&str]| staff.id(&[arguments, &["--person", &mary, "--for-person"]].concat());
    let goal = of_mary(&["goal", "add", "Get about"]);
    let plan = of_mary(&["plan", "new", &goal, "--what", "To the gate"]);
    of_mary(&["plan", "rate", &plan, "8"]);
    let follow_up = ["--follow-up", "2026-03-10", "--channel", "phone"];
    of_mary(&[&["plan", "agree", &plan], &follow_up[..]].concat());
    (staff, mary, plan)
}

fn because(staff: &Cairn) -> Vec<String> {
    let caseload = staff.done(&["caseload"]);
    let because = caseload[0]["because"].as_array().unwrap();
    let texts = because.iter().map(|text| text.as_str().unwrap().to_owned());
    texts.collect()
}

fn kinds(lines: &Value) -> Vec<&str> {
    let lines = lines.as_array().unwrap().iter();
    lines.map(|line| line["kind"].as_str().unwrap()).collect()
}

#[test]
fn the_caseload_says_on_each_day_why_to_look_at_somebody() {
    let (staff, mary, plan) = laptop();
    assert!(because(&staff).is_empty());
    let row = &staff.done(&["caseload"])[0];
    assert_eq!(
        (
            &row["person"],
            &row["name"],
            &row["place"],
            &row["follow_up_due"],
            &row["confidence"]
        ),
        (
            &json!(mary),
            &json!("Mary Bell"),
            &json!(1),
            &json!("2026-03-10"),
            &json!(8)
        )
    );
    assert!(because(&staff.on(9)).is_empty());
    assert!(because(&staff.on(10))[0].contains("due today"));
    assert!(because(&staff.on(11))[0].contains("10 March 2026"));
    staff.done(&[
        "plan",
        "rate",
        &plan,
        "4",
        "--person",
        &mary,
        "--for-person",
    ]);
    assert!(because(&staff)[0].contains("4 out of 10"));
}

#[test]
fn who_needs_a_look_comes_first_and_then_names() {
    let (staff, mary, _) = laptop();
    for name in ["Zoe Hart", "Ben Moss"] {
        staff.done(&["people", "add", name]);
    }
    let names = |staff: &Cairn| -> Vec<String> {
        let caseload = staff.done(&["caseload"]);
        let rows = caseload.as_array().unwrap().iter();
        rows.map(|row| row["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(&staff.on(12)), ["Mary Bell", "Ben Moss", "Zoe Hart"]);
    assert_eq!(staff.done(&["caseload"]).as_array().unwrap().len(), 3);
    // An own record is nobody's on the list.
    assert_ne!(
        staff.done(&["caseload"])[0]["person"],
        staff.done(&["profile", "list"])[0]["id"]
    );
    let _ = mary;
}

#[test]
fn an_overdue_check_in_is_the_whole_teams_after_7_days() {
    let (staff, mary, _) = laptop();
    assert!(!kinds(&staff.on(16).done(&["meeting"])).contains(&"follow_up_overdue"));
    let meeting = staff.on(17).done(&["meeting"]);
    assert!(kinds(&meeting).contains(&"follow_up_overdue"));
    let line = meeting
        .as_array()
        .unwrap()
        .iter()
        .find(|l| l["kind"] == "follow_up_overdue")
        .unwrap();
    assert_eq!(
        (&line["person"], &line["name"]),
        (&json!(mary), &json!("Mary Bell"))
    );
    assert!(line["because"].as_str().unwrap().contains("10 March 2026"));
    assert!(kinds(&staff.on(17).done(&["meeting", "--week", "2026-03-02"])).contains(&"new_goal"));
    staff.refused(&["meeting", "--week", "2026-02-30"], 2, "bad_date");
}

#[test]
fn a_decision_stands_on_its_line_and_on_its_owners_list() {
    let (staff, mary, _) = laptop();
    let line = staff.id_of(&["meeting"]);
    let me = staff.done(&["circle", "show", "--person", &mary])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let who = ["--owner", &me, "--by", "2026-03-06"];
    let decided = staff.done(&[&["meeting", "decide", &line[..6], "Ring her"], &who[..]].concat());
    assert_eq!(
        (&decided["text"], &decided["by"]),
        (&json!("Ring her"), &json!("2026-03-06"))
    );
    assert_eq!(
        staff.done(&["meeting"])[0]["decisions"][0]["text"],
        "Ring her"
    );
    let prompts = staff.done(&["prompts", &mary]);
    assert!(kinds(&prompts).contains(&"decision"));
    let late = ["--owner", &me, "--by", "2026-03-01"];
    staff.refused(
        &[&["meeting", "decide", &line, "Ring her"], &late[..]].concat(),
        2,
        "bad_date",
    );
    staff.refused(
        &[&["meeting", "decide", "zzzz", "Ring her"], &who[..]].concat(),
        2,
        "unknown_id",
    );
}

#[test]
fn a_person_has_one_owner_or_is_on_the_list_of_those_who_need_one() {
    let (staff, mary, _) = laptop();
    assert_eq!(
        staff.done(&["people", "--needs-owner"])[0]["id"],
        json!(mary)
    );
    let me = staff.done(&["circle", "show", "--person", &mary])[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let row = staff.done(&["owner", "set", &mary, &me[..8]]);
    assert_eq!(
        (&row["owner"], &row["owner_name"]),
        (&json!(me), &json!("Anne Okoro"))
    );
    assert_eq!(staff.done(&["people", "--needs-owner"]), json!([]));
    assert_eq!(staff.done(&["people"])[0]["owner"], json!(me));
    staff.refused(&["owner", "set", &mary, "zzzz"], 2, "unknown_id");
    staff.refused(
        &["handover", "make", "--to", &me, "--person", &mary],
        1,
        "not_an_answer",
    );
    staff.refused(
        &["handover", "make", "--to", "zzzz", "--person", &mary],
        2,
        "unknown_id",
    );
    staff.refused(&["handover", "accept", "zzzz"], 2, "unknown_id");
    staff.refused(&["handover", "refuse", "zzzz"], 2, "usage");
}

#[test]
fn two_records_of_one_person_are_counted_once() {
    let (staff, mary, _) = laptop();
    let second = staff.id(&["people", "add", "M. Bell"]);
    let same = staff.done(&["people", "same", &mary, &second]);
    assert_eq!(
        (&same["id"], &same["also"]),
        (&json!(mary), &json!([second]))
    );
    assert_eq!(staff.done(&["caseload"]).as_array().unwrap().len(), 1);
    assert_eq!(staff.done(&["people"])[1]["same_as"], json!(mary));
    staff.refused(&["people", "same", &mary, &mary], 1, "not_an_answer");
    staff.refused(&["people", "same", &second, &mary], 1, "not_an_answer");
    // What is written about the person goes where the whole way ends.
    let third = staff.id(&["people", "add", "Mary B."]);
    staff.done(&["people", "same", &third, &mary]);
    staff.id(&["--person", &second, "goal", "add", "Walk to the shop"]);
    let goals = |person: &str| staff.done(&["--person", person, "goal", "list"]);
    assert_eq!(goals(&third)[0]["words"], "Walk to the shop");
    assert_eq!(goals(&mary).as_array().unwrap().len(), 1);
    assert_eq!(staff.done(&["verify"])["ok"], true);
}

#[test]
fn a_team_is_made_once_and_shown() {
    let staff = Cairn::staff("Anne Okoro");
    assert_eq!(staff.done(&["team", "show"]), Value::Null);
    let team = staff.done(&["team", "make", "North team"]);
    assert_eq!(team["members"][0]["name"], "Anne Okoro");
    assert_eq!(staff.done(&["team", "show"])["name"], "North team");
    staff.refused(&["team", "make", "South team"], 1, "not_an_answer");
    Cairn::person("Tom Avery").refused(&["team", "make", "Mine"], 1, "not_allowed");
}

#[test]
fn who_asks_to_join_the_team_is_found_where_the_notice_says_and_let_in_by_the_id_that_is_shown() {
    let (keeper, mate) = (Cairn::staff("Anne Okoro"), Cairn::staff("Ben Hale"));
    keeper.done(&["team", "make", "North team"]);
    let code = keeper.done(&["team", "invite"])["code"].clone();
    let (mut waiting, address) = Waiting::listening(&keeper, &["--stay"]);
    let join = ["circle", "join", code.as_str().unwrap(), "--peer", &address];
    let asked = mate.done(&join);
    assert_eq!(asked["state"], "asks");
    let told = waiting.told("asked")["id"].as_str().unwrap().to_owned();
    let notice = keeper.run(&["today"]).err;
    assert!(notice.contains("cairn team show"), "{notice}");
    assert!(!notice.contains("circle show"), "{notice}");
    let shown = keeper.done(&["team", "show"]);
    let request = &shown["requests"][0];
    assert_eq!(request["id"].as_str(), Some(told.as_str()));
    assert_eq!(request["six_words"], asked["six_words"]);
    let said = keeper.run(&["team", "show"]).out;
    assert!(said.contains("Ben Hale") && said.contains(&told), "{said}");
    // A request of another record is not answered where one was named.
    let own = keeper.id_of(&["profile", "list"]);
    let named = ["--person", &own, "circle", "approve", &told];
    keeper.refused(&named, 2, "unknown_id");
    let approved = keeper.done(&["circle", "approve", &told]);
    assert_eq!(approved["name"], "Ben Hale");
    assert_eq!(mate.done(&join)["state"], "member");
    assert_eq!(waiting.stop().code, 0);
    let shown = keeper.done(&["team", "show"]);
    assert_eq!(shown["members"].as_array().unwrap().len(), 2);
    assert_eq!(shown["requests"], json!([]));
    assert_eq!(keeper.run(&["today"]).err, "");
}

#[test]
fn figures_of_1_to_4_people_are_not_shown_together() {
    let (staff, mary, _) = laptop();
    let hidden = json!({"agreed": null, "within_14_days": null, "weeks_2_to_26": null});
    assert_eq!(staff.done(&["figures"]), hidden);
    assert_eq!(staff.done(&["figures", "--person", &mary])["agreed"], 1);
    for number in 2..=5 {
        assert_eq!(staff.done(&["figures"]), hidden);
        staff.done(&["people", "add", &format!("Person {number}")]);
    }
    assert_eq!(staff.done(&["figures"])["agreed"], 1);
    staff.done(&["practice", "start"]);
    assert_eq!(staff.done(&["figures"])["agreed"], 1);
}

#[test]
fn without_a_team_it_is_said_that_there_is_none_and_how_to_make_one() {
    let (staff, ..) = laptop();
    for arguments in [
        &["team", "invite"][..],
        &["team", "remove", "zzzz"],
        &["team", "leave", "zzzz", "--to", "zzzz"],
    ] {
        staff.refused(arguments, 1, "not_an_answer");
        assert!(staff.run(arguments).err.contains("cairn team make"));
    }
}

#[test]
fn nobody_was_born_on_a_day_to_come() {
    let (staff, ..) = laptop();
    let add = ["people", "add", "Tom Avery", "--born"];
    staff.refused(&[&add[..], &["2026-03-03"]].concat(), 1, "date_in_future");
    staff.done(&[&add[..], &["2026-03-02"]].concat());
    let new = Cairn::anywhere();
    new.refused(
        &[&INIT[..], &["--born", "2030-01-01"]].concat(),
        1,
        "date_in_future",
    );
    assert!(!new.folder().join("vault.db").exists());
}

#[test]
fn who_shares_is_told_what_the_case_is_and_not_to_ask_themselves() {
    let phone = Cairn::person("Mary Bell");
    let tablet = Cairn::staff("Anne Okoro");
    links::join(&phone, &tablet);
    let circle = phone.done(&["circle", "show"]);
    let id = |role: &str| {
        let all = circle.as_array().unwrap().iter();
        let mut of = all.filter(|one| one["role"] == role);
        of.next().unwrap()["id"].as_str().unwrap().to_owned()
    };
    let (me, nurse) = (id("person"), id("nurse"));
    phone.done(&["circle", "remove", &nurse]);
    let invite = |role, part| ["circle", "invite", "--role", role, "--part", part];
    for (arguments, said) in [
        (&invite("carer", "team")[..], "not shared in that role"),
        (&invite("admin", "all"), "not shared in that role"),
        (&["circle", "remove", &me], "record is theirs"),
        (
            &["circle", "change", &me, "--part", "about"],
            "record is theirs",
        ),
        (
            &["circle", "change", &nurse, "--part", "about"],
            "Sharing with them has ended",
        ),
    ] {
        phone.refused(arguments, 1, "not_allowed");
        let ran = phone.run(arguments);
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
    }
    let people = tablet.run(&["--lang", "cy", "people"]).out;
    assert!(
        people.contains("Mynediad: ") && !people.contains("open"),
        "{people}"
    );
}
