//! What is printed or said in words: plans on paper, several profiles, commands of later versions.

use crate::support::Cairn;

#[test]
fn a_plan_is_printed_at_the_persons_print_size_in_their_language_and_as_text_only() {
    let home = Cairn::person("Tom <b>Avery</b>");
    let plan = home.agreed("Walk & \"talk\"", "every day");
    let page = |lang: &str| {
        let ran = home.run(&["--lang", lang, "export", "plan", "--format", "html"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    assert!(page("en").contains("font:14pt/"));
    home.done(&["need", "add", "large-print-20"]);
    home.done(&["need", "add", "large-print-28"]);
    let (en, cy) = (page("en"), page("cy"));
    assert!(en.contains("font:28pt/") && en.contains("<html lang=\"en\""));
    assert!(cy.contains("<html lang=\"cy\""));
    assert!(en.contains("<h2>Walk &amp; &quot;talk&quot;</h2>") && !en.contains("<b>"));
    for asks in ["http", "src=", "<script", "url("] {
        assert!(!en.contains(asks), "{asks}");
    }
    assert!(
        home.run(&["export", "plan"])
            .out
            .contains("Walk & \"talk\"")
    );
    home.done(&["plan", "stop", &plan, "--why", "Enough"]);
    assert!(!page("en").contains("Walk"));
    home.refused(&["export", "plan", "--format", "docx"], 2, "usage");
}

#[test]
fn profiles_kept_beside_each_other_are_listed_and_each_opens_with_its_own_key() {
    let folder = tempfile::tempdir().unwrap();
    let run = |home: &str, arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_cairn"));
        command
            .env_remove("CAIRN_KEY_FILE")
            .env("CAIRN_NOW", "2026-03-02T19:00:00Z");
        command.arg("--home").arg(folder.path().join(home));
        command.arg("--json").args(arguments).output().unwrap()
    };
    for (home, name) in [("anne", "Anne Okoro"), ("tom", "Tom Avery")] {
        assert!(
            run(home, &["init", "--name", name, "--role", "person"])
                .status
                .success()
        );
    }
    let listed: serde_json::Value =
        serde_json::from_slice(&run("tom", &["profile", "list"]).stdout).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert_eq!(
        (&listed[0]["name"], &listed[0]["open"]),
        (&"Tom Avery".into(), &true.into())
    );
    assert!(listed[1]["home"].as_str().unwrap().ends_with("anne"));
    assert!(listed[1]["name"].is_null());
    std::fs::copy(
        folder.path().join("anne/device.key"),
        folder.path().join("tom/device.key"),
    )
    .unwrap();
    assert_eq!(run("tom", &["goal", "list"]).status.code(), Some(3));
}

#[test]
fn a_command_of_a_later_version_is_refused_in_words() {
    let home = Cairn::person("Tom Avery");
    for later in [&["export", "fhir"][..], &["export", "tick-sheet"]] {
        let ran = home.run(later);
        assert_eq!(ran.code, 2, "{later:?}");
        assert!(
            ran.err.contains("not in Cairn yet"),
            "{later:?}: {}",
            ran.err
        );
    }
    let relay = "https://relay.example";
    for later in [
        &["sync", "--relay", relay][..],
        &["circle", "join", "code", "--relay", relay],
    ] {
        home.refused(later, 2, "usage");
        assert!(
            home.run(later).err.contains("not in Cairn yet"),
            "{later:?}"
        );
    }
}

/// What a run says whose answer goes where there is no room.
#[cfg(target_os = "linux")]
fn into_no_room(home: &Cairn, arguments: &[&str]) -> (Option<i32>, String) {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let mut command = home.command();
    command.arg("--json").args(arguments).stdout(full.unwrap());
    let ended = command
        .stderr(std::process::Stdio::piped())
        .output()
        .unwrap();
    (
        ended.status.code(),
        String::from_utf8(ended.stderr).unwrap(),
    )
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_could_not_be_written_is_no_success_and_is_said() {
    let home = Cairn::person("Mary Bell");
    home.done(&["goal", "add", "Walk to the shop"]);
    for arguments in [
        &["export", "json"][..],
        &["goal", "list"],
        &["goal", "add", "Sleep"],
        &["--help"],
    ] {
        let (code, said) = into_no_room(&home, arguments);
        assert_eq!(code, Some(3), "{arguments:?}");
        let error: serde_json::Value = serde_json::from_str(&said).unwrap();
        assert_eq!(error["error"]["code"], "storage_full");
        let message = error["error"]["message"].as_str().unwrap();
        assert!(
            message.starts_with("The answer could not be written"),
            "{message}"
        );
    }
    let goals = home.done(&["goal", "list"]);
    assert_eq!(
        goals.as_array().unwrap().len(),
        2,
        "what was saved is saved"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_recovery_code_that_could_not_be_written_leaves_the_earlier_one_working() {
    let home = Cairn::person("Mary Bell");
    let code = home.done(&["recovery", "make"])["code"].clone();
    let (exit, said) = into_no_room(&home, &["recovery", "make"]);
    assert_eq!(exit, Some(3));
    assert!(said.contains("still works"), "{said}");
    home.done(&["recovery", "try", code.as_str().unwrap()]);
    let file = home.folder().join("backup").display().to_string();
    home.done(&["backup", "make", &file]);
    let new = Cairn::anywhere();
    let restored = ["backup", "restore", &file, "--code", code.as_str().unwrap()];
    let (exit, said) = into_no_room(&new, &restored);
    assert_eq!(exit, Some(3));
    assert!(said.contains("still works") && said.contains("cairn recovery make"));
    new.done(&["recovery", "try", code.as_str().unwrap()]);
    new.done(&["recovery", "make"]);
    new.refused(&["recovery", "try", code.as_str().unwrap()], 3, "wrong_key");
}

#[test]
fn a_recovery_code_that_nobody_was_there_to_read_leaves_the_earlier_one_working() {
    let home = Cairn::person("Mary Bell");
    let code = home.done(&["recovery", "make"])["code"].clone();
    let mut command = home.command();
    command
        .args(["recovery", "make"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(3));
    home.done(&["recovery", "try", code.as_str().unwrap()]);
}

#[cfg(unix)]
#[test]
fn a_recovery_code_whose_reader_has_gone_leaves_the_earlier_one_working() {
    let home = Cairn::person("Mary Bell");
    let code = home.done(&["recovery", "make"])["code"].clone();
    for arguments in [&["recovery", "make"][..], &["--json", "recovery", "make"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = home.command();
        let ended = command.args(arguments).stdout(writer).output().unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(3), "{said}");
        assert!(said.contains("does not count"), "{said}");
    }
    home.done(&["recovery", "try", code.as_str().unwrap()]);
}

#[test]
fn a_reader_who_has_gone_is_no_fault() {
    let home = Cairn::person("Mary Bell");
    home.done(&["goal", "add", "Walk to the shop"]);
    let mut command = home.command();
    command
        .args(["record", "show"])
        .stdout(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn answers_that_do_not_match_are_shown_in_words_with_what_to_type_and_settled_as_typed() {
    let (phone, tablet) = (Cairn::person("Mary Bell"), Cairn::staff("Anne Okoro"));
    let (_, joined) = crate::links::join(&phone, &tablet);
    let person = ["--person", joined["id"].as_str().unwrap()];
    let goal = phone.id(&["goal", "add", "Walk to the shop"]);
    let sync = || {
        let (waiting, address) = crate::links::Waiting::listening(&phone, &[]);
        tablet.done(&["sync", "--peer", &address]);
        assert_eq!(waiting.end().code, 0);
    };
    sync();
    phone.done(&["goal", "hold", &goal]);
    tablet.done(&[&["goal", "achieve", &goal], &person[..]].concat());
    sync();
    let page = phone.run(&["disagreements"]).out;
    for line in [
        "Question: How it stands",
        "In: Goal",
        "(on_hold)",
        "(achieved)",
    ] {
        assert!(page.contains(line), "{line}: {page}");
    }
    let welsh = phone.run(&["--lang", "cy", "disagreements"]).out;
    assert!(welsh.contains("Nod") && !welsh.contains("state"), "{welsh}");
    let id = phone.id_of(&["disagreements"]);
    phone.done(&["settle", &id, "on-hold"]);
    assert_eq!(phone.done(&["goal", "show", &goal])["state"], "on_hold");
    let none = phone.run(&["circle", "late"]).out;
    assert!(none.contains("Nothing waits to be let in"), "{none}");
}
