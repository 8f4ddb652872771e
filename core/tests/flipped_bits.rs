//! A flipped bit anywhere in a stored file never gives a different answer without a message.
//!
//! Every byte of the witness, the keys, and the headers of the file and its write-ahead log, and every 16th other byte; all of
//! them in `cargo xtask prove --full`.

#[path = "support/files.rs"]
mod files;
mod support;

use cairn_core::entropy::SeededEntropy;
use cairn_core::plan;
use cairn_core::record::state::fingerprint;
use cairn_core::store::key_vault::{FileKeyVault, KeyVault, VaultKey};
use cairn_core::store::{Scope, Vault};
use cairn_core::{Error, goal, log};
use files::copy_all;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use support::Home;
use support::prove::{Progress, all_of_them, report};

/// Every file of a home that holds something.
const FILES: [&str; 5] = [
    "vault.db",
    "vault.db-wal",
    "witness",
    "drop.key",
    "device.key",
];

/// A home as a cut leaves it: half of it in the file, half in a write-ahead log nobody folded in.
fn a_home() -> (Home, tempfile::TempDir) {
    let mut home = Home::new("Tom Avery", "Europe/London");
    let goal = home
        .act(|acts| goal::add(acts, "Cook a proper dinner", Some(8), Some(6)))
        .unwrap();
    let what = plan::Answers {
        what: Some("Chop".into()),
        often: Some("every day".into()),
        ..Default::default()
    };
    let chop = home.act(|acts| plan::new(acts, &goal, &what)).unwrap();
    home.vault.checkpoint().unwrap();
    for did in ["did", "part", "tried"] {
        home.log(
            &chop,
            &log::Saying {
                did: Some(did.into()),
                ..Default::default()
            },
        )
        .unwrap();
    }
    let copy = tempfile::tempdir().unwrap();
    copy_all(home.folder.path(), copy.path());
    (home, copy)
}

/// In memory where that is to be had: thousands of copies are opened, and none of this is about power cuts.
fn a_folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    SameAnswer,
    Said(&'static str),
    DifferentAndSilent,
}

fn open_and_read(home: &Path, circle: &cairn_core::store::Circle, right: &[u8; 32]) -> Outcome {
    let key = FileKeyVault::new(home.join("device.key"));
    let read = || -> Result<(bool, [u8; 32]), Error> {
        let vault = Vault::open(home, &key, &SeededEntropy::new(5))?;
        let circle = vault
            .circles()?
            .into_iter()
            .find(|c| c == circle)
            .ok_or(Error::Damaged)?;
        let record = vault.record(&circle, &Scope::Everything)?;
        Ok((vault.notice().is_some(), fingerprint(&record)))
    };
    match read() {
        Err(error) => Outcome::Said(error.code()),
        Ok((_, answer)) if answer == *right => Outcome::SameAnswer,
        Ok((true, _)) => Outcome::Said("notice"),
        Ok((false, _)) => Outcome::DifferentAndSilent,
    }
}

#[test]
fn no_flipped_bit_changes_an_answer_silently() {
    let (home, left_behind) = a_home();
    let right = home.fingerprint();
    let mut flips = Vec::new();
    for name in FILES {
        let length = fs::metadata(left_behind.path().join(name)).unwrap().len() as usize;
        let header = if name.starts_with("vault") { 120 } else { 170 };
        let wanted = |at: &usize| *at < header || at % 16 == 3 || all_of_them();
        flips.extend((0..length).filter(wanted).map(|at| (name, at)));
    }
    let progress = Progress::of("flips", flips.len());
    let flip = |(name, at): (&'static str, usize)| {
        let flipped = a_folder();
        copy_all(left_behind.path(), flipped.path());
        let mut bytes = fs::read(left_behind.path().join(name)).unwrap();
        bytes[at] ^= 1 << (at % 8);
        fs::write(flipped.path().join(name), &bytes).unwrap();
        let outcome = open_and_read(flipped.path(), &home.circle, &right);
        assert_ne!(outcome, Outcome::DifferentAndSilent, "{name}, byte {at}");
        if name == "vault.db" && at < 4096 {
            assert_ne!(
                outcome,
                Outcome::Said("wrong_key"),
                "page 1 is damaged, the key is right: byte {at}"
            );
        }
        if name == "device.key" {
            assert_eq!(outcome, Outcome::Said("wrong_key"), "{name}, byte {at}");
        }
        progress.step();
        (name, outcome)
    };
    let mut outcomes: BTreeMap<(&str, Outcome), usize> = BTreeMap::new();
    let half = flips.len().div_ceil(2);
    std::thread::scope(|scope| {
        let workers: Vec<_> = flips
            .chunks(half)
            .map(|flips| scope.spawn(|| flips.iter().copied().map(flip).collect::<Vec<_>>()))
            .collect();
        for worker in workers {
            for outcome in worker.join().unwrap() {
                *outcomes.entry(outcome).or_default() += 1;
            }
        }
    });
    report(&format!("{} flipped bits: {outcomes:?}", flips.len()));
    for name in ["vault.db", "witness", "device.key"] {
        let said = outcomes
            .keys()
            .any(|(n, o)| *n == name && *o != Outcome::SameAnswer);
        assert!(
            said || name == "witness",
            "no flip in {name} was noticed: nothing was injected"
        );
    }
}

#[test]
fn a_wrong_key_is_said_and_leaves_every_file_as_it_was() {
    let (_home, left_behind) = a_home();
    let files = |home: &Path| -> BTreeMap<String, Vec<u8>> {
        let files = fs::read_dir(home).unwrap().map(|f| f.unwrap().path());
        files
            .map(|path| (path.display().to_string(), fs::read(path).unwrap()))
            .collect()
    };
    let before = files(left_behind.path());
    struct Wrong;
    impl KeyVault for Wrong {
        fn load(&self) -> cairn_core::Result<Option<VaultKey>> {
            Ok(Some(VaultKey::from_bytes([9; 32])))
        }
        fn save(&self, _: &VaultKey) -> cairn_core::Result<()> {
            Ok(())
        }
    }
    let opened = Vault::open(left_behind.path(), &Wrong, &SeededEntropy::new(5));
    assert_eq!(opened.err(), Some(Error::WrongKey));
    assert_eq!(files(left_behind.path()), before);
}

#[test]
fn a_log_cut_off_is_said_once_as_tampered_and_then_as_a_notice_until_it_is_read() {
    let (home, left_behind) = a_home();
    fs::write(left_behind.path().join("vault.db-wal"), b"").unwrap();
    let key = FileKeyVault::new(left_behind.path().join("device.key"));
    let open = |seed| Vault::open(left_behind.path(), &key, &SeededEntropy::new(seed));
    assert_eq!(open(1).err(), Some(Error::Tampered));
    let mut vault = open(2).unwrap();
    assert_eq!(vault.notice(), Some(cairn_core::store::Notice::TailLost));
    assert_eq!(vault.verify().unwrap().damaged, ["tail"]);
    assert_eq!(
        vault
            .record(&home.circle, &Scope::All)
            .unwrap()
            .things(cairn_core::record::Noun::Goal)
            .len(),
        1
    );
    vault.acknowledge().unwrap();
    drop(vault);
    assert_eq!(open(3).unwrap().notice(), None);
}

#[test]
fn a_damaged_page_is_called_damaged_wherever_it_lies_and_never_a_fault_of_the_storage() {
    let mut home = Home::new("Tom Avery", "Europe/London");
    for n in 0..20 {
        let words = format!("goal {n} {}", "w".repeat(200));
        home.act(|acts| goal::add(acts, &words, None, None))
            .unwrap();
    }
    home.vault.checkpoint().unwrap();
    // A notice waits to be read: an earlier state of the file was put back.
    let whole = a_folder();
    copy_all(home.folder.path(), whole.path());
    home.act(|acts| goal::add(acts, "later", None, None))
        .unwrap();
    home.vault.checkpoint().unwrap();
    fs::copy(
        home.folder.path().join("witness"),
        whole.path().join("witness"),
    )
    .unwrap();
    let pages = fs::read(whole.path().join("vault.db")).unwrap().len() / 4096;
    let mut seen = BTreeMap::new();
    for page in 0..pages {
        let copy = a_folder();
        copy_all(whole.path(), copy.path());
        let file = copy.path().join("vault.db");
        let mut bytes = fs::read(&file).unwrap();
        bytes[page * 4096 + 1000] ^= 4;
        fs::write(&file, bytes).unwrap();
        let key = FileKeyVault::new(copy.path().join("device.key"));
        let verified = || -> Result<bool, Error> {
            // The first says that the newest saves are gone; from then on it is a notice.
            drop(Vault::open(copy.path(), &key, &SeededEntropy::new(5)));
            let mut vault = Vault::open(copy.path(), &key, &SeededEntropy::new(6))?;
            let found = vault.verify()?;
            vault.acknowledge_found(&found)?;
            Ok(found.ok)
        };
        let outcome = format!("{:?}", verified());
        assert!(
            ["Ok(false)", "Err(Damaged)", "Err(Tampered)"].contains(&outcome.as_str()),
            "page {page}: {outcome}"
        );
        *seen.entry(outcome).or_insert(0) += 1;
    }
    assert!(seen.contains_key("Ok(false)"), "{seen:?}");
    report(&format!("a bit a page: {seen:?}"));
}
