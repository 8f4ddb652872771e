//! The recovery code and backups on real files: a phone that is gone, and what comes back of it.

mod support;

use cairn_core::circle::operation::{Act, Operation};
use cairn_core::circle::recovery_code::{RecoveryAnswer, RecoveryRequest};
use cairn_core::circle::{Groups, Roster};
use cairn_core::record::sharing::Sent;
use cairn_core::record::{Acting, Noun};
use cairn_core::store::identity::DevicePublic;
use cairn_core::store::{Scope, Vault};
use cairn_core::view::everything;
use cairn_core::{Error, Id, goal, log};
use std::fs;
use support::codes::{back_up, make_code, own, recover, restore, says, tries};
use support::device::{Device, did, goal_with_plan};
use support::moment;

#[test]
fn a_code_is_tried_without_letting_anybody_in_and_another_in_its_place_ends_it() {
    let mut phone = Device::new("Mary Bell", 1);
    let mut joe = Device::new("Joe Bell", 2);
    joe.let_in(&mut phone, "carer", &["goals"]);
    assert_eq!(phone.home.vault.recovery().unwrap(), None);
    let first = make_code(&mut phone);
    assert_eq!(phone.home.vault.recovery().unwrap().unwrap().tried, None);
    let before = phone.home.vault.access_log(&own(&phone)).unwrap().heads();
    let at = phone.acting().at.timestamp();
    assert_eq!(tries(&mut phone, &first), Ok(Some(at)));
    let after = phone.home.vault.access_log(&own(&phone)).unwrap().heads();
    assert_eq!(before, after, "nobody was let in");
    assert_eq!(
        phone.home.vault.devices().unwrap().len(),
        1,
        "a code is no device"
    );
    let second = make_code(&mut phone);
    assert_eq!(tries(&mut phone, &first), Err(Error::WrongKey));
    assert_eq!(phone.home.vault.recovery().unwrap().unwrap().tried, None);
    assert_eq!(tries(&mut phone, &second), Ok(Some(at)));
    let foreign = make_code(&mut joe);
    assert_eq!(tries(&mut phone, &foreign), Err(Error::WrongKey));
}

#[test]
fn a_code_that_could_not_be_shown_does_not_count_and_the_one_before_holds() {
    let mut phone = Device::new("Mary Bell", 1);
    let first = make_code(&mut phone);
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let mut unseen = None;
    let made = phone
        .home
        .vault
        .make_recovery_shown(acting, &entropy, |_, code| {
            unseen = Some(code.clone());
            Err(Error::StorageFull)
        });
    assert_eq!(made, Err(Error::StorageFull));
    assert_eq!(tries(&mut phone, &unseen.unwrap()), Err(Error::WrongKey));
    assert!(tries(&mut phone, &first).is_ok());
    let file = back_up(&mut phone, "backup");
    let mut fresh = Device::new("Mary", 3);
    let next = restore(&mut fresh, &file, &first).unwrap();
    assert!(
        tries(&mut fresh, &next).is_ok(),
        "it still brings the record back"
    );
}

#[test]
fn with_the_code_alone_and_somebody_who_shares_it_the_record_comes_back() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (_, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    let code = make_code(&mut phone);
    phone
        .act(&phone.home.circle.clone(), |acts| {
            log::add(acts, &plan, &did("before it fell into the pond"))
        })
        .unwrap();
    phone.meet(&mut nurse);
    let (circle, gone) = (
        phone.home.circle.clone(),
        phone.home.vault.keys().device_id(),
    );
    drop(phone);

    let mut new = Device::new("Mary", 3);
    let next = recover(&mut new, &mut nurse, &code).unwrap();
    let mine = own(&new);
    assert_eq!((&mine.id, &mine.member), (&circle.id, &circle.member));
    assert!(new.text(&mine).contains("before it fell into the pond"));
    assert_eq!(
        new.home.vault.circles().unwrap().len(),
        1,
        "the empty record is put away"
    );
    new.act(&mine, |acts| {
        log::add(acts, &plan, &did("from the new one"))
    })
    .unwrap();
    new.meet(&mut nurse);
    let theirs = nurse.circle(&new);
    let record = nurse
        .home
        .vault
        .record(&theirs, &Scope::Everything)
        .unwrap();
    let shown = everything::show(&record, nurse.home.now.date_naive());
    assert!(shown["log"].to_string().contains("from the new one"));
    assert_eq!(shown["log"][0]["for_person"], false);
    // The code that was used has ended, and the next one holds.
    let mut thief = Device::new("Somebody", 4);
    assert_eq!(
        recover(&mut thief, &mut nurse, &code).unwrap_err(),
        Error::NotAllowed
    );
    assert!(tries(&mut new, &next).is_ok());
    // The phone at the bottom of the pond is taken out like any lost one.
    let (acting, entropy) = (new.acting(), new.entropy());
    assert!(
        new.home
            .vault
            .lose_device(&gone, acting, &entropy)
            .unwrap()
            .lost
    );
}

#[test]
fn a_code_that_brought_a_backup_back_holds_until_the_next_one_was_shown() {
    let mut phone = Device::new("Mary Bell", 1);
    goal_with_plan(&mut phone);
    let code = make_code(&mut phone);
    let file = back_up(&mut phone, "mary.backup");
    let mut fresh = Device::new("Mary", 3);
    let (acting, entropy) = (fresh.acting(), fresh.entropy());
    let mut unseen = None;
    let vault = &mut fresh.home.vault;
    let made = vault.restore_backup_shown(&file, &code, acting, &entropy, |vault, next| {
        assert_eq!(vault.own().unwrap().id, phone.home.circle.id);
        unseen = Some(next.clone());
        Err(Error::StorageFull)
    });
    assert_eq!(made, Err(Error::StorageFull));
    fresh.home.circle = own(&fresh);
    assert!(fresh.text(&own(&fresh)).contains("Walk to the shop"));
    assert_eq!(tries(&mut fresh, &unseen.unwrap()), Err(Error::WrongKey));
    assert!(tries(&mut fresh, &code).is_ok());
    // On paper at last, the next one takes its place.
    let next = make_code(&mut fresh);
    assert!(tries(&mut fresh, &next).is_ok());
    assert_eq!(tries(&mut fresh, &code), Err(Error::WrongKey));
}

#[test]
fn a_code_that_was_used_opens_nothing_later() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    let code = make_code(&mut phone);
    phone.meet(&mut nurse);
    let mut new = Device::new("Mary", 3);
    recover(&mut new, &mut nurse, &code).unwrap();
    let log = new.home.vault.access_log(&own(&new)).unwrap();
    let roster = Roster::of(&log);
    let key = code.keys().unwrap().public().sign;
    for group in Groups::EVERYTHING.iter() {
        let epoch = roster.epoch_for(&log, group).unwrap();
        let (_, _, wraps) = roster.epochs().find(|(hash, ..)| **hash == epoch).unwrap();
        assert!(wraps.iter().all(|wrap| wrap.device != key));
    }
}

#[test]
fn a_code_may_let_in_a_device_and_nothing_else() {
    let mut phone = Device::new("Mary Bell", 1);
    goal_with_plan(&mut phone);
    let keys = make_code(&mut phone).keys().unwrap();
    let circle = own(&phone);
    let acting = phone.acting();
    let log = phone.home.vault.access_log(&circle).unwrap();
    let device = Device::new("Mary", 2).home.vault.keys().public();
    let member = circle.member.clone();
    let grant = Act::Grant {
        member: cairn_core::circle::operation::member_id(&device.sign),
        device,
        role: "proxy".into(),
        groups: Groups::EVERYTHING,
        until: None,
        invitation: None,
    };
    let remove = Act::RemoveDevice {
        device: phone.home.vault.keys().public().sign,
        seen: Vec::new(),
    };
    let epoch = Act::Epoch {
        keys: Vec::new(),
        wraps: Vec::new(),
    };
    let recovery = Act::AddRecovery {
        member: member.clone(),
        device,
    };
    let let_in = Act::LetIn {
        segments: Vec::new(),
    };
    for (act, taken) in [
        (grant, 0),
        (remove, 0),
        (epoch, 0),
        (recovery, 0),
        (let_in, 0),
        (Act::Tombstone, 0),
        (Act::AddDevice { member, device }, 1),
    ] {
        let made = Operation::sign(&keys, &circle.id, &log.heads(), 0, act).unwrap();
        let new = phone
            .home
            .vault
            .take_operations(&circle, &[made.bytes], acting);
        assert_eq!(new, Ok(taken), "{:?}", made.act);
    }
}

#[test]
fn a_record_made_up_by_whoever_was_asked_is_not_taken_for_the_persons_own() {
    let mut phone = Device::new("Mary Bell", 81);
    let code = make_code(&mut phone);
    let (stranger, mut fresh) = (Device::new("Joe", 82), Device::new("Mary", 83));
    let (keys, before) = (code.keys().unwrap(), own(&fresh).id);
    let request = RecoveryRequest::new(&keys, fresh.home.vault.keys().public()).unwrap();
    // All that a stranger learns of the code is what was asked; the other half is its own.
    let told = DevicePublic {
        sign: request.recovery,
        ..stranger.home.vault.keys().public()
    };
    let mut answers = Vec::new();
    for device in [told, keys.public()] {
        let circle = own(&stranger);
        let log = stranger.home.vault.access_log(&circle).unwrap();
        let member = circle.member.clone();
        let act = Act::AddRecovery { member, device };
        let made = Operation::sign(stranger.home.vault.keys(), &circle.id, &log.heads(), 0, act);
        let operations = log.operations().map(|made| made.bytes.clone());
        let operations: Vec<Vec<u8>> = operations.chain([made.unwrap().bytes]).collect();
        answers.push(RecoveryAnswer {
            circles: vec![(circle.id, operations)],
            teams: Vec::new(),
        });
    }
    let (acting, entropy) = (fresh.acting(), fresh.entropy());
    let mut with = |answer| {
        let vault = &mut fresh.home.vault;
        vault.recover_with(&code, answer, acting, &entropy)
    };
    assert_eq!(with(&answers[0]), Err(Error::NotAllowed));
    // With both halves it would have been taken, so it is the half that was not told that counts.
    assert!(with(&answers[1]).is_ok());
    assert_ne!(own(&fresh).id, before);
}

#[test]
fn a_backup_needs_a_code_to_be_sealed_to_and_replaces_no_other_file() {
    let mut phone = Device::new("Mary Bell", 1);
    let file = phone.home.folder.path().join("mary.backup");
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let refused = phone.home.vault.make_backup(&file, acting, &entropy);
    assert_eq!(
        refused.unwrap_err(),
        Error::Usage {
            what: "recovery code"
        }
    );
    assert!(!file.exists());
    make_code(&mut phone);
    fs::write(&file, "A letter").unwrap();
    let refused = phone.home.vault.make_backup(&file, acting, &entropy);
    assert_eq!(
        refused.unwrap_err(),
        Error::Usage {
            what: "backup file"
        }
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "A letter");
    fs::remove_file(&file).unwrap();
    let made = phone
        .home
        .vault
        .make_backup(&file, acting, &entropy)
        .unwrap();
    assert_eq!(made.bytes, fs::metadata(&file).unwrap().len());
    phone
        .home
        .vault
        .make_backup(&file, acting, &entropy)
        .unwrap();
    let names = fs::read_dir(phone.home.folder.path()).unwrap();
    let left = names.filter(|name| {
        let name = name.as_ref().unwrap().file_name();
        name.to_string_lossy().contains(".new-")
    });
    assert_eq!(left.count(), 0, "nothing half-made is left");
}

#[test]
fn what_comes_back_is_the_persons_own_and_goes_on_beside_the_old_phone() {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    let (goal, plan) = goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["goals"]);
    let circle = phone.home.circle.clone();
    let entry = phone
        .act(&circle, |acts| {
            log::add(acts, &plan, &did("for nobody else"))
        })
        .unwrap();
    let (at, vault) = (phone.home.now, &mut phone.home.vault);
    vault
        .put_draft(&circle, "goal-talk", "half a thought", at)
        .unwrap();
    let code = make_code(&mut phone);
    let file = back_up(&mut phone, "mary.backup");
    // Written after the backup, and handed to the nurse.
    phone
        .act(&circle, |acts| {
            goal::reword(acts, &goal, "After the backup")
        })
        .unwrap();
    phone.meet(&mut nurse);

    let mut new = Device::new("Mary", 3);
    restore(&mut new, &file, &code).unwrap();
    let mine = own(&new);
    assert_eq!((&mine.id, &mine.member), (&circle.id, &circle.member));
    assert!(new.home.vault.verify().unwrap().ok);
    let draft = new.home.vault.draft(&mine, "goal-talk").unwrap();
    assert_eq!(draft.as_deref(), Some("half a thought"));
    let sent = |device: &Device, noun, id: &Id| {
        let record = device
            .home
            .vault
            .record(&own(device), &Scope::Everything)
            .unwrap();
        record.sharing.sent(record.find(noun, id).unwrap())
    };
    assert_eq!(sent(&new, Noun::Goal, &goal), Sent::Yes);
    assert_eq!(
        sent(&new, Noun::Entry, &entry),
        Sent::Waiting,
        "the old phone may still get it"
    );
    // Both write on, and meet the nurse in turn.
    says(&mut new, "Written on the new one");
    says(&mut phone, "Written on the old one");
    new.meet(&mut nurse);
    assert!(
        new.text(&mine).contains("After the backup"),
        "fetched again"
    );
    phone.meet(&mut nurse);
    new.meet(&mut nurse);
    phone.meet(&mut nurse);
    let theirs = nurse.circle(&phone);
    for (device, circle) in [(&phone, &circle), (&new, &mine), (&nurse, &theirs)] {
        let text = device.text(circle);
        for words in ["After the backup", "on the new one", "on the old one"] {
            assert!(text.contains(words), "{words}");
        }
        let sql = device.home.vault.late(circle).unwrap();
        assert!(sql.is_empty());
    }
    new.meet(&mut phone);
    assert_eq!(sent(&new, Noun::Entry, &entry), Sent::Yes);
    assert_eq!(phone.home.fingerprint(), new.home.fingerprint());
    // Opened again it is the same device.
    new.home.reopen().unwrap();
    assert_eq!(new.home.vault.notice(), None);
    assert!(new.home.vault.verify().unwrap().ok);
}

#[test]
fn a_backup_alone_brings_everything_back_without_meeting_anybody() {
    let mut phone = Device::new("Mary Bell", 1);
    goal_with_plan(&mut phone);
    let code = make_code(&mut phone);
    let file = back_up(&mut phone, "mary.backup");
    let text = phone.text(&own(&phone));
    let mut new = Device::new("Mary", 3);
    let next = restore(&mut new, &file, &code).unwrap();
    // The phone that was left behind counts as one that may still get it.
    let back = new.text(&own(&new));
    assert_eq!(back.replace("\"waiting\"", "\"never\""), text);
    says(&mut new, "Goes on");
    // The next code and the next backup bring it back once more.
    let file = back_up(&mut new, "again.backup");
    let mut third = Device::new("Mary", 4);
    assert_eq!(
        restore(&mut third, &file, &code).unwrap_err(),
        Error::WrongKey
    );
    restore(&mut third, &file, &next).unwrap();
    assert!(third.text(&own(&third)).contains("Goes on"));
    let mut nurse = Device::new("Anne Okoro", 5);
    third.let_in(&mut nurse, "nurse", &["all"]);
    assert!(nurse.text(&nurse.circle(&third)).contains("Goes on"));
}

#[test]
fn a_damaged_backup_a_wrong_code_and_a_home_that_was_written_in_change_nothing() {
    let mut phone = Device::new("Mary Bell", 1);
    goal_with_plan(&mut phone);
    let code = make_code(&mut phone);
    let file = back_up(&mut phone, "mary.backup");
    let mut new = Device::new("Mary", 3);
    let other = make_code(&mut Device::new("Joe Bell", 5));
    let before = new.home.vault.circles().unwrap();
    assert_eq!(restore(&mut new, &file, &other), Err(Error::WrongKey));
    let whole = fs::read(&file).unwrap();
    let broken = new.home.folder.path().join("broken.backup");
    for at in (0..whole.len()).step_by(whole.len() / 40) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        fs::write(&broken, &flipped).unwrap();
        assert_eq!(
            restore(&mut new, &broken, &code),
            Err(Error::Damaged),
            "byte {at}"
        );
        fs::write(&broken, &whole[..at]).unwrap();
        assert_eq!(
            restore(&mut new, &broken, &code),
            Err(Error::Damaged),
            "cut at {at}"
        );
    }
    assert_eq!(new.home.vault.circles().unwrap(), before);
    says(&mut new, "Something of my own");
    assert_eq!(restore(&mut new, &file, &code), Err(Error::NotAnAnswer));
    assert!(new.text(&own(&new)).contains("Something of my own"));
}

#[test]
fn a_backup_shows_nothing_of_what_is_in_it() {
    let mut phone = Device::new("Mary Bell", 1);
    goal_with_plan(&mut phone);
    let code = make_code(&mut phone);
    let file = fs::read(back_up(&mut phone, "mary.backup")).unwrap();
    let text = code.text().replace('-', "");
    for word in [
        "Mary Bell",
        "Walk to the shop",
        "bench",
        "Europe",
        "goals-2026",
        &text,
    ] {
        let found = file.windows(word.len()).any(|w| w == word.as_bytes());
        assert!(!found, "{word}");
    }
}

#[test]
fn an_empty_vault_takes_a_backup_too() {
    let mut phone = Device::new("Mary Bell", 1);
    goal_with_plan(&mut phone);
    let code = make_code(&mut phone);
    let file = back_up(&mut phone, "mary.backup");
    let folder = tempfile::tempdir().unwrap();
    let key = cairn_core::store::key_vault::FileKeyVault::new(folder.path().join("device.key"));
    let entropy = cairn_core::entropy::SeededEntropy::new(77);
    let mut vault = Vault::create(folder.path(), &key, &entropy).unwrap();
    let acting = Acting::at(moment("2026-03-20T09:00:00Z"));
    vault
        .restore_backup(&file, &code, acting, &entropy)
        .unwrap();
    assert_eq!(vault.own().unwrap().id, phone.home.circle.id);
    drop(vault);
    assert!(
        Vault::open(folder.path(), &key, &entropy)
            .unwrap()
            .verify()
            .unwrap()
            .ok
    );
}

#[test]
fn a_keeper_who_comes_back_at_a_colleagues_does_not_take_the_team_for_their_own_record() {
    let (mut keeper, mut mate) = (Device::new("Anne Okoro", 91), Device::new("Ben Hale", 92));
    for device in [&mut keeper, &mut mate] {
        device.home.vault.set_setting("role", b"staff").unwrap();
    }
    let team = keeper.makes_a_team("North team");
    keeper.lets_into_team(&team, &mut mate);
    let code = make_code(&mut keeper);
    keeper.meet(&mut mate);
    drop(keeper);

    let mut new = Device::new("Anne", 93);
    new.home.vault.set_setting("role", b"staff").unwrap();
    let before = own(&new);
    recover(&mut new, &mut mate, &code).unwrap();
    assert_eq!(own(&new).id, before.id);
    let theirs = new.home.vault.team().unwrap().expect("a team");
    assert_eq!((&theirs.id, &theirs.member), (&team.id, &team.member));
    assert!(new.home.vault.is_staff().unwrap());
}
