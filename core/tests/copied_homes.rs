//! A copied home goes on under a new actor id; the same home under another file system number does not.

mod support;

use cairn_core::goal;
use cairn_core::store::Vault;
use cairn_core::store::key_vault::FileKeyVault;
use cairn_core::store::place::Place;
use cairn_core::{Result, entropy::SeededEntropy};
use std::fs;
use std::path::Path;
use support::Home;

fn open(home: &Path, seed: u64) -> Result<Vault> {
    let key = FileKeyVault::new(home.join("device.key"));
    Vault::open(home, &key, &SeededEntropy::new(seed))
}

fn a_home() -> Home {
    let mut home = Home::new("Tom Avery", "Europe/London");
    home.act(|acts| goal::add(acts, "Cook a proper dinner", None, None))
        .unwrap();
    home
}

fn actor(home: &Home) -> [u8; 16] {
    home.record().actor.0
}

#[cfg(target_os = "linux")]
#[test]
fn a_copied_home_gets_a_new_actor_once_and_says_nothing() {
    let home = a_home();
    let copy = tempfile::tempdir().unwrap();
    for file in fs::read_dir(home.folder.path()).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    let vault = open(copy.path(), 50).unwrap();
    assert_eq!(vault.notice(), None);
    let record = |vault: &Vault| {
        vault
            .record(&home.circle, &cairn_core::store::Scope::All)
            .unwrap()
    };
    let new = record(&vault).actor.0;
    assert_ne!(new, actor(&home));
    drop(vault);
    let vault = open(copy.path(), 51).unwrap();
    assert_eq!(record(&vault).actor.0, new, "once, not at each opening");
}

#[test]
fn a_file_system_with_another_number_today_makes_no_new_actor() {
    let mut home = a_home();
    let before = actor(&home);
    let path = home.folder.path().join("vault.db");
    let here = Place::of(&path);
    for device in [here.device + 1, here.device + 2] {
        let moved = Place { device, ..here };
        home.vault.set_setting("place", &moved.to_bytes()).unwrap();
        home.reopen().unwrap();
        let expected = here.born != 0;
        assert_eq!(
            actor(&home) == before,
            expected,
            "only a dated file can be told"
        );
        let kept = home.vault.setting("place").unwrap().unwrap();
        assert_eq!(Place::read(&kept), Some(here), "written down for next time");
    }
}

#[test]
fn a_home_that_was_put_back_under_its_old_inode_number_is_another() {
    let mut home = a_home();
    let before = actor(&home);
    let here = Place::of(&home.folder.path().join("vault.db"));
    if here.born == 0 {
        return;
    }
    let put_back = Place {
        born: here.born - 1,
        ..here
    };
    home.vault
        .set_setting("place", &put_back.to_bytes())
        .unwrap();
    home.reopen().unwrap();
    assert_ne!(actor(&home), before);
}

#[cfg(unix)]
#[test]
fn a_home_with_an_earlier_copy_laid_over_its_files_is_another_and_one_that_was_moved_is_not() {
    let mut home = a_home();
    let before = actor(&home);
    home.reopen().unwrap();
    let folder = home.folder.path().to_owned();
    let files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| (path.clone(), fs::read(&path).unwrap()))
        .collect();
    home.reopen().unwrap();
    assert_eq!(actor(&home), before, "nothing happened to it");
    let number = Place::of(&folder.join("vault.db")).inode;
    for (path, bytes) in &files {
        // As `cp -r` does it: into the file that is there.
        fs::write(path, bytes).unwrap();
    }
    assert_eq!(Place::of(&folder.join("vault.db")).inode, number);
    home.reopen().unwrap();
    let new = actor(&home);
    assert_ne!(new, before);
    assert_eq!(home.vault.notice(), None);
    let elsewhere = tempfile::tempdir().unwrap();
    let moved = elsewhere.path().join("home");
    fs::rename(&folder, &moved).unwrap();
    let vault = open(&moved, 52).unwrap();
    let record = vault.record(&home.circle, &cairn_core::store::Scope::All);
    assert_eq!(record.unwrap().actor.0, new, "once");
}

#[test]
fn a_witness_alone_is_damage_where_something_was_kept_and_nothing_where_not() {
    let home = a_home();
    let folder = home.folder.path().to_owned();
    drop(home.vault);
    for file in ["vault.db", "vault.db-wal", "vault.db-shm"] {
        let _ = fs::remove_file(folder.join(file));
    }
    assert_eq!(open(&folder, 60).err(), Some(cairn_core::Error::Damaged));
    let fresh = tempfile::tempdir().unwrap();
    let key = FileKeyVault::new(fresh.path().join("device.key"));
    drop(Vault::create(fresh.path(), &key, &SeededEntropy::new(61)).unwrap());
    fs::remove_file(fresh.path().join("vault.db")).unwrap();
    assert_eq!(
        open(fresh.path(), 62).err(),
        Some(cairn_core::Error::UnknownId)
    );
    let made = Vault::create(fresh.path(), &key, &SeededEntropy::new(63)).unwrap();
    drop(made);
    assert_eq!(open(fresh.path(), 64).unwrap().notice(), None);
}
