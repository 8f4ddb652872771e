//! Two homes that meet over sockets on loopback: joining, approving, syncing.

use crate::support::{Cairn, Ran, journey};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Stdio};

/// The program waiting for another device.
pub struct Waiting {
    child: Child,
    out: BufReader<ChildStdout>,
    err: BufReader<ChildStderr>,
}

impl Waiting {
    fn start(cairn: &Cairn, arguments: &[&str]) -> Waiting {
        let mut command = cairn.command();
        command.arg("--json").args(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        Waiting {
            out: BufReader::new(child.stdout.take().unwrap()),
            err: BufReader::new(child.stderr.take().unwrap()),
            child,
        }
    }

    /// `sync --listen`, and where.
    pub fn listening(cairn: &Cairn, more: &[&str]) -> (Waiting, String) {
        let listen = ["sync", "--listen", "127.0.0.1:0"];
        let mut waiting = Waiting::start(cairn, &[&listen[..], more].concat());
        let address = waiting.told("listening").as_str().unwrap().to_owned();
        (waiting, address)
    }

    /// The next line of standard error that has this field.
    pub fn told(&mut self, field: &str) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.err.read_line(&mut line).unwrap() > 0, "no {field}");
            let told: Value = serde_json::from_str(&line).unwrap();
            if !told[field].is_null() {
                return told[field].clone();
            }
        }
    }

    pub fn answer(&mut self) -> Value {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    pub fn end(mut self) -> Ran {
        let (mut out, mut err) = (String::new(), String::new());
        self.out.read_to_string(&mut out).unwrap();
        self.err.read_to_string(&mut err).unwrap();
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        Ran { code, out, err }
    }

    /// As Ctrl-C does.
    pub fn stop(self) -> Ran {
        let id = self.child.id().to_string();
        let killed = std::process::Command::new("kill")
            .args(["-INT", &id])
            .status();
        assert!(killed.unwrap().success());
        self.end()
    }
}

const INVITE: [&str; 6] = ["circle", "invite", "--role", "nurse", "--part", "all"];

fn devices() -> (Cairn, Cairn) {
    (Cairn::person("Mary Bell"), Cairn::staff("Anne Okoro"))
}

/// Face to face; the six words of both screens, and the joiner's answer.
pub fn join(phone: &Cairn, tablet: &Cairn) -> (Value, Value) {
    join_by(phone, tablet, &INVITE)
}

fn join_by(phone: &Cairn, tablet: &Cairn, invite: &[&str]) -> (Value, Value) {
    let listen = ["--listen", "127.0.0.1:0"];
    let mut waiting = Waiting::start(phone, &[invite, &listen].concat());
    let shown = waiting.answer();
    let (code, address) = (&shown["code"], &shown["listening"]);
    let at = ["--peer", address.as_str().unwrap()];
    let code = ["circle", "join", code.as_str().unwrap()];
    let joined = tablet.done(&[&code[..], &at].concat());
    let words = waiting.told("six_words");
    assert_eq!(waiting.told("joined"), "Anne Okoro");
    let ended = waiting.end();
    assert_eq!(
        (ended.code, ended.out.as_str()),
        (0, ""),
        "one value: {}",
        ended.err
    );
    (words, joined)
}

/// A further device of the same person; its id.
pub fn join_as_device(phone: &Cairn, second: &Cairn) -> String {
    let mut waiting = Waiting::start(phone, &["device", "add", "--listen", "127.0.0.1:0"]);
    let shown = waiting.answer();
    let [code, address] = ["code", "listening"].map(|name| shown[name].as_str().unwrap());
    let joined = second.done(&["device", "join", code, "--peer", address]);
    assert_eq!(waiting.end().code, 0);
    joined["id"].as_str().unwrap().to_owned()
}

fn person(joined: &Value) -> &str {
    joined["id"].as_str().unwrap()
}

#[test]
fn who_joins_face_to_face_has_the_same_six_words_and_what_was_shared() {
    let (phone, tablet) = devices();
    phone.done(&["goal", "add", "Walk to the shop"]);
    let (words, joined) = join(&phone, &tablet);
    assert_eq!(words.as_array().unwrap().len(), 6);
    assert_eq!(joined["six_words"], words);
    assert_eq!(
        (&joined["role"], &joined["state"]),
        (&json!("nurse"), &json!("member"))
    );
    let goals = tablet.done(&["goal", "list", "--person", person(&joined)]);
    assert_eq!(goals[0]["words"], "Walk to the shop");
    assert_eq!(phone.done(&["status"])["waiting"], 0);
}

#[test]
fn two_devices_sync_both_ways_and_count_what_passed() {
    let (phone, tablet) = devices();
    let (_, joined) = join(&phone, &tablet);
    phone.done(&["goal", "add", "Walk to the shop"]);
    tablet.done(&["goal", "add", "See the doctor", "--person", person(&joined)]);
    assert_eq!(phone.done(&["status"])["waiting"], 1);
    let (waiting, address) = Waiting::listening(&phone, &[]);
    let synced = tablet.done(&["sync", "--peer", &address]);
    assert!(
        synced["given"].as_u64() >= Some(1) && synced["taken"].as_u64() >= Some(1),
        "{synced}"
    );
    assert_eq!(
        (&synced["aside"], &synced["with"]),
        (&json!(0), &json!("Mary Bell"))
    );
    let listened = waiting.end();
    assert_eq!(listened.code, 0, "{}", listened.err);
    assert_eq!(listened.json()["given"], synced["taken"]);
    assert_eq!(phone.done(&["goal", "list"]).as_array().unwrap().len(), 2);
    for home in [&phone, &tablet] {
        assert_eq!(home.done(&["status"])["waiting"], 0);
        assert_eq!(home.done(&["verify"])["ok"], true);
    }
}

#[test]
fn a_nurse_who_was_not_given_goals_is_not_told_that_there_are_none() {
    let (phone, tablet) = devices();
    phone.done(&["goal", "add", "Walk to the shop"]);
    let invite = ["circle", "invite", "--role", "nurse", "--part", "log"];
    let (_, joined) = join_by(&phone, &tablet, &invite);
    assert_eq!(tablet.done(&["caseload"])[0]["because"], json!([]));
    let of_mary = ["--person", person(&joined)];
    assert_eq!(
        tablet.done(&[&["prompts"], &of_mary[..]].concat()),
        json!([])
    );
    let visit = tablet.done(&["visit", "start", person(&joined)]);
    assert_eq!(visit["prompts"], json!([]));
}

#[test]
fn who_is_in_and_comes_with_another_code_is_told_that_they_are_in() {
    let (phone, tablet) = devices();
    join(&phone, &tablet);
    let code = phone.done(&INVITE)["code"].clone();
    let (waiting, address) = Waiting::listening(&phone, &["--stay"]);
    let again = ["circle", "join", code.as_str().unwrap(), "--peer", &address];
    tablet.refused(&again, 1, "not_allowed");
    let said = tablet.run(&again).err;
    assert!(said.contains("You are in already"), "{said}");
    waiting.stop();
}

#[test]
fn figures_for_staff_are_read_on_the_nurses_device_and_in_no_view_on_the_persons() {
    let (phone, tablet) = devices();
    let goal = phone.id(&["goal", "add", "Walk to the shop"]);
    let (_, joined) = join(&phone, &tablet);
    let of_mary =
        |arguments: &[&str]| tablet.done(&[arguments, &["--person", person(&joined)]].concat());
    let levels = ["--levels", "None", "A little", "Some", "More", "All"];
    of_mary(&[&["goal", "scale", &goal], &levels[..]].concat());
    of_mary(&["goal", "score", &goal, "-2"]);
    let scored = ["activation", "record", "40", "--level", "1"];
    of_mary(&[&scored[..], &["--version", "13 items"]].concat());
    let (waiting, address) = Waiting::listening(&phone, &[]);
    tablet.done(&["sync", "--peer", &address]);
    assert_eq!(waiting.end().code, 0);
    let figures = |all: &Value| -> Vec<Value> {
        let things = all["things"].as_array().unwrap().iter();
        things
            .flat_map(|thing| thing["answers"].as_array().unwrap())
            .filter(|answer| answer["field"] == "level" || answer["value"] == -2)
            .map(|answer| answer["value"].clone())
            .collect()
    };
    let told = |lines: &Value| -> Vec<Value> {
        let lines = lines.as_array().unwrap().iter();
        lines
            .filter(|line| line["did"] == "score.value" || line["did"] == "activation.level")
            .map(|line| line["words"].clone())
            .collect()
    };
    for view in [["record", "show"], ["export", "json"]] {
        assert_eq!(figures(&of_mary(&view)).len(), 2, "{view:?}");
        let seen = phone.done(&view);
        assert_eq!(figures(&seen), Vec::<Value>::new(), "{view:?}");
        assert!(seen.to_string().contains("13 items"), "{view:?}");
    }
    let mut staff = told(&of_mary(&["history"]));
    staff.sort_by_key(|figure| figure.as_i64());
    assert_eq!(staff, [json!(-2), json!(1)]);
    assert_eq!(told(&phone.done(&["history"])), [Value::Null, Value::Null]);
}

#[test]
fn from_afar_who_asks_waits_is_approved_by_six_words_and_is_in_when_asking_again() {
    let (phone, tablet) = devices();
    let code = phone.done(&INVITE)["code"].as_str().unwrap().to_owned();
    let (mut waiting, address) = Waiting::listening(&phone, &[]);
    let join = ["circle", "join", &code, "--peer", &address];
    let asked = tablet.done(&join);
    assert_eq!(asked["state"], "asks");
    let heard = waiting.told("asked");
    assert_eq!(
        (&heard["name"], &heard["six_words"]),
        (&json!("Anne Okoro"), &asked["six_words"])
    );
    let shown = phone.done(&["circle", "show"]);
    let of = |state: &str| {
        let all = shown.as_array().unwrap().iter();
        all.filter(|shown| shown["state"] == state)
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(of("asks")[0]["six_words"], asked["six_words"]);
    let notice = phone.run(&["--json", "today"]).err;
    assert!(notice.contains("\"requests\""), "{notice}");
    let id = of("asks")[0]["id"].as_str().unwrap().to_owned();
    let approved = phone.done(&["circle", "approve", &id[..5]]);
    assert_eq!(
        (&approved["name"], &approved["state"]),
        (&json!("Anne Okoro"), &json!("member"))
    );
    assert_eq!(tablet.done(&join)["state"], "member");
    assert_eq!(waiting.end().code, 0);
    phone.refused(&["circle", "approve", &id], 2, "unknown_id");
    let shown = phone.done(&["circle", "show"]);
    assert_eq!(shown.as_array().unwrap().len(), 2, "{shown}");
}

#[test]
fn who_was_refused_is_told_so_in_words() {
    let (phone, tablet) = devices();
    let code = phone.done(&INVITE)["code"].as_str().unwrap().to_owned();
    let (waiting, address) = Waiting::listening(&phone, &["--stay"]);
    let join = ["circle", "join", &code, "--peer", &address];
    tablet.done(&join);
    let shown = phone.done(&["circle", "show"]);
    let asks = shown
        .as_array()
        .unwrap()
        .iter()
        .find(|shown| shown["state"] == "asks");
    let id = asks.unwrap()["id"].as_str().unwrap();
    assert_eq!(phone.done(&["circle", "refuse", id])["state"], "refused");
    tablet.refused(&join, 1, "not_allowed");
    let said = tablet.run(&join).err;
    assert!(
        said.contains("They chose not to let this device in"),
        "{said}"
    );
    let stopped = waiting.stop();
    assert_eq!(stopped.code, 0, "{}", stopped.err);
    assert_eq!(stopped.json(), json!({"given": 0, "taken": 0, "aside": 0}));
}

#[test]
fn an_open_invitation_is_taken_back_and_its_code_has_ended() {
    let (phone, tablet) = devices();
    let made = phone.done(&INVITE);
    let [id, code] = ["id", "code"].map(|name| made[name].as_str().unwrap());
    assert_eq!(phone.done(&["circle", "show"])[1]["state"], "invited");
    phone.refused(&["circle", "approve", id], 2, "unknown_id");
    let taken = phone.done(&["circle", "refuse", id]);
    assert_eq!(
        (&taken["id"], &taken["state"]),
        (&json!(id), &json!("ended"))
    );
    let shown = phone.done(&["circle", "show"]);
    assert_eq!(shown.as_array().unwrap().len(), 1, "{shown}");
    phone.refused(&["circle", "refuse", id], 2, "unknown_id");
    let (waiting, address) = Waiting::listening(&phone, &["--stay"]);
    let join = ["circle", "join", code, "--peer", &address];
    tablet.refused(&join, 1, "not_allowed");
    let said = tablet.run(&join).err;
    assert!(said.contains("This code has ended"), "{said}");
    waiting.stop();
}

#[test]
fn nobody_is_invited_until_a_day_that_has_gone_by() {
    let (phone, _) = devices();
    let until = |day| [&INVITE[..], &["--until", day]].concat();
    for day in ["2026-03-01", "2025-12-31", "2026-02-30"] {
        phone.refused(&until(day), 2, "bad_date");
    }
    assert_eq!(phone.done(&until("2026-03-02"))["until"], "2026-03-02");
    let shown = phone.done(&["circle", "show"]);
    assert_eq!(shown.as_array().unwrap().len(), 2, "{shown}");
}

#[test]
fn a_further_device_of_the_person_joins_over_a_socket_and_has_everything() {
    let (phone, second) = (Cairn::person("Mary Bell"), Cairn::person("Mary"));
    phone.done(&["goal", "add", "Walk to the shop"]);
    let mut waiting = Waiting::start(&phone, &["device", "add", "--listen", "127.0.0.1:0"]);
    let shown = waiting.answer();
    let (code, address) = (
        shown["code"].as_str().unwrap(),
        shown["listening"].as_str().unwrap(),
    );
    let joined = second.done(&["device", "join", code, "--peer", address]);
    assert_eq!(waiting.told("told"), "device_joined");
    assert_eq!(waiting.end().code, 0);
    assert_eq!(
        second.done(&["goal", "list"])[0]["words"],
        "Walk to the shop"
    );
    let devices = phone.done(&["device", "list"]);
    assert_eq!(devices.as_array().unwrap().len(), 2);
    assert!(devices.to_string().contains(joined["id"].as_str().unwrap()));
    // The code was good once.
    let (waiting, address) = Waiting::listening(&phone, &["--stay"]);
    let third = Cairn::person("Somebody");
    third.refused(
        &["device", "join", code, "--peer", &address],
        1,
        "not_allowed",
    );
    assert_eq!(waiting.stop().code, 0);
}

#[test]
fn what_goes_wrong_on_the_way_is_said_in_words_and_loses_nothing() {
    let (phone, tablet) = devices();
    let code = phone.done(&INVITE)["code"].as_str().unwrap().to_owned();
    // Nobody is there.
    tablet.refused(&["sync", "--peer", "127.0.0.1:9"], 5, "unreachable");
    tablet.refused(
        &["circle", "join", &code, "--peer", "127.0.0.1:9"],
        5,
        "unreachable",
    );
    // No address, no code, no way.
    tablet.refused(&["sync", "--peer", "somewhere"], 2, "usage");
    tablet.refused(&["sync", "--listen", "somewhere"], 2, "usage");
    tablet.refused(&["sync"], 2, "usage");
    tablet.refused(&["circle", "join", &code], 2, "usage");
    tablet.refused(
        &["circle", "join", "k3f9", "--peer", "127.0.0.1:9"],
        2,
        "usage",
    );
    // A device that does not know this one, and one that did not make the code.
    let other = Cairn::person("Tom Avery");
    let (mut waiting, address) = Waiting::listening(&other, &["--stay"]);
    tablet.refused(&["sync", "--peer", &address], 1, "not_allowed");
    assert_eq!(waiting.told("trouble")["code"], "not_allowed");
    tablet.refused(
        &["circle", "join", &code, "--peer", &address],
        2,
        "unknown_id",
    );
    let said = tablet
        .run(&["--lang", "cy", "sync", "--peer", &address])
        .err;
    assert!(said.contains("adnabod ei gilydd"), "{said}");
    assert_eq!(waiting.stop().code, 0);
    // A code that has ended, by the clock of who made it.
    let (waiting, address) = Waiting::listening(&phone.on(20), &["--stay"]);
    let join = ["circle", "join", &code, "--peer", &address];
    let said = tablet.run(&join);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("This code has ended"), "{}", said.err);
    assert_eq!(waiting.stop().code, 0);
}

#[test]
fn every_story_goes_as_it_says_through_sockets_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/journeys");
    let mut stories: Vec<String> = ["shop", "alone"]
        .map(|name| journey(&format!("{name}.json")))
        .into();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "json") {
            stories.push(path.display().to_string());
        }
    }
    assert!(stories.len() >= 6, "{stories:?}");
    for story in stories {
        let played = Cairn::anywhere().run(&["--json", "replay", &story, "--over", "tcp"]);
        assert_eq!(played.code, 0, "{story}: {} {}", played.out, played.err);
    }
    let wrong =
        Cairn::anywhere().run(&["--json", "replay", &journey("wrong.json"), "--over", "tcp"]);
    assert_eq!((wrong.code, &wrong.json()["failed_step"]), (1, &json!(5)));
    let relay = Cairn::anywhere();
    relay.refused(
        &["replay", &journey("shop.json"), "--over", "relay"],
        2,
        "usage",
    );
    relay.refused(
        &["replay", &journey("shop.json"), "--over", "post"],
        2,
        "usage",
    );
}
