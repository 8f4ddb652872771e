//! The files of a home.

use crate::support::{Cairn, spellings};

#[test]
fn no_file_of_the_home_holds_a_word_that_was_typed() {
    let home = Cairn::person("Gwenllian Maddox");
    let goal = home.id(&["goal", "add", "Plant marigolds by the gate"]);
    let plan = home.id(&[
        "plan",
        "new",
        &goal,
        "--what",
        "Carry the trowel",
        "--where",
        "Larkhill",
    ]);
    home.done(&["draft", "put", "goal-talk", "Halfway sentence"]);
    let mut words: Vec<String> = ["Gwenllian", "marigolds", "trowel", "Larkhill", "Halfway"]
        .map(str::to_owned)
        .to_vec();
    for number in 0..45 {
        let word = format!("Thunderstorm{number:02}Teatime");
        home.done(&["log", &plan, "part", "--note", &word]);
        words.push(word);
    }
    home.done(&["drop", &plan, "did"]);
    words.push(plan);
    let mut looked_at = 0;
    for file in std::fs::read_dir(home.folder()).unwrap() {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        looked_at += 1;
        for word in &words {
            for needle in spellings(word) {
                assert!(
                    !bytes.windows(needle.len()).any(|w| w == needle),
                    "{} holds {word}",
                    path.display()
                );
            }
        }
    }
    assert!(looked_at >= 4, "vault, witness, key and drop box are there");
    assert!(words.len() >= 50);
}

#[test]
#[cfg(unix)]
fn only_its_owner_may_read_the_files_of_a_home() {
    use std::os::unix::fs::PermissionsExt;
    let home = Cairn::person("Tom Avery");
    home.done(&["goal", "add", "Sleep better"]);
    for file in std::fs::read_dir(home.folder()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(
            mode & 0o077,
            0,
            "{} has mode {mode:o}",
            file.path().display()
        );
    }
}

#[test]
fn verify_calls_a_damaged_page_damaged_wherever_it_lies() {
    let home = Cairn::person("Tom Avery");
    for n in 0..12 {
        home.done(&["goal", "add", &format!("goal {n} {}", "w".repeat(200))]);
    }
    let file = home.folder().join("vault.db");
    let whole = std::fs::read(&file).unwrap();
    for page in 0..whole.len() / 4096 {
        let mut bytes = whole.clone();
        bytes[page * 4096 + 1000] ^= 4;
        std::fs::write(&file, bytes).unwrap();
        let ran = home.run(&["--json", "verify"]);
        assert_eq!(ran.code, 4, "page {page}: {} {}", ran.out, ran.err);
        assert!(
            ran.out.contains("\"ok\":false") || ran.err.contains("\"damaged\""),
            "page {page}: {} {}",
            ran.out,
            ran.err
        );
    }
}
