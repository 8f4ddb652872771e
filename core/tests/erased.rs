//! A record that its person erased: nothing of it is in any file of any device that has learnt of it.

#[path = "support/files.rs"]
mod files;
mod support;

use cairn_core::about_me;
use cairn_core::goal;
use cairn_core::log::{self, Saying};
use cairn_core::plan::{self, Answers};
use cairn_core::store::{Circle, Vault};
use cairn_core::{Error, Id};
use files::bytes_of;
use support::device::Device;

/// What was typed, none of it in any program: 50 words.
fn planted() -> Vec<String> {
    (0..50).map(|n| format!("Kestrelmoss{n:02}")).collect()
}

fn found(device: &Device, words: &[String]) -> usize {
    let files = bytes_of(device.home.folder.path());
    let holds = |word: &&String| {
        let needle = word.as_bytes();
        let mut files = files.iter();
        files.any(|file| file.windows(needle.len()).any(|bytes| bytes == needle))
    };
    words.iter().filter(holds).count()
}

fn plant(device: &mut Device, circle: &Circle, words: &[String]) {
    for (n, word) in words.iter().enumerate() {
        let saying = Saying {
            did: Some("did".into()),
            note: Some(word.clone()),
            ..Saying::default()
        };
        if n % 3 == 0 {
            device
                .act(circle, |acts| about_me::set(acts, "what_matters", word))
                .unwrap();
            continue;
        }
        let goal = device
            .act(circle, |acts| goal::add(acts, word, None, None))
            .unwrap();
        if n % 3 == 1 {
            let answers = Answers {
                what: Some(word.clone()),
                ..Answers::default()
            };
            let plan = device.act(circle, |acts| plan::new(acts, &goal, &answers));
            let plan = plan.unwrap();
            device
                .act(circle, |acts| log::add(acts, &plan, &saying))
                .unwrap();
        }
    }
}

/// Mary's phone with 50 planted words, and a nurse's, a carer's and another nurse's device that have them all.
fn shared() -> (Vec<Device>, Vec<String>) {
    let names = ["Mary Bell", "Anne Okoro", "Joe Bell", "Ben Hale"];
    let mut devices: Vec<Device> = (1..)
        .zip(names)
        .map(|(n, name)| Device::new(name, n))
        .collect();
    let words = planted();
    let circle = devices[0].home.circle.clone();
    plant(&mut devices[0], &circle, &words);
    for (at, role) in [(1, "nurse"), (2, "carer"), (3, "nurse")] {
        let [phone, other] = devices.get_disjoint_mut([0, at]).unwrap();
        phone.let_in(other, role, &["all"]);
        let theirs = other.circle(phone);
        // The index of words is filled, and something is half done.
        assert!(
            !other
                .home
                .vault
                .search(&theirs, "Kestrelmoss01")
                .unwrap()
                .is_empty()
        );
        let now = other.home.now;
        other
            .home
            .vault
            .put_draft(&theirs, "goal-talk", &words[7], now)
            .unwrap();
    }
    (devices, words)
}

fn meet(devices: &mut [Device], one: usize, other: usize) {
    let [one, other] = devices.get_disjoint_mut([one, other]).unwrap();
    one.meet(other);
}

fn has(device: &Device, id: &Id) -> bool {
    let circles = device.home.vault.circles().unwrap();
    circles.iter().any(|circle| circle.id == *id)
}

#[test]
fn nothing_is_left_on_any_device_that_has_learnt_of_it() {
    let (mut devices, words) = shared();
    let own = devices[0].home.circle.clone();
    for device in &devices {
        assert_eq!(
            found(device, &words),
            words.len(),
            "the search finds what is there"
        );
    }
    // Joe has a record of his own, which stays.
    let joes = devices[2].home.circle.clone();
    devices[2]
        .act(&joes, |acts| goal::add(acts, "Of Joe alone", None, None))
        .unwrap();

    let acting = devices[0].acting();
    devices[0].home.vault.erase_record(&own, acting).unwrap();
    assert_eq!(found(&devices[0], &words), 0);
    assert_eq!(
        found(&devices[3], &words),
        words.len(),
        "Ben has not met anybody"
    );
    meet(&mut devices, 0, 1);
    assert_eq!(
        (found(&devices[1], &words), has(&devices[1], &own.id)),
        (0, false)
    );
    // Joe missed it and meets Anne, who has nothing but the tombstone.
    meet(&mut devices, 2, 1);
    assert_eq!(
        (found(&devices[2], &words), has(&devices[2], &own.id)),
        (0, false)
    );
    assert!(devices[2].text(&joes).contains("Of Joe alone"));
    meet(&mut devices, 3, 0);
    assert_eq!(
        (found(&devices[3], &words), has(&devices[3], &own.id)),
        (0, false)
    );
    for device in &mut devices {
        assert_eq!(
            device.home.vault.erased().unwrap(),
            std::slice::from_ref(&own.id)
        );
        device.home.reopen().unwrap();
        assert_eq!(
            device.home.vault.notice(),
            None,
            "nothing is said to be lost"
        );
        assert!(device.home.vault.verify().unwrap().ok);
    }
}

#[test]
fn it_is_for_the_person_and_nobody_else() {
    let (mut devices, words) = shared();
    for at in 1..4 {
        let circle = devices[at].circle(&devices[0]);
        let acting = devices[at].acting();
        let refused = devices[at].home.vault.erase_record(&circle, acting);
        assert_eq!(refused, Err(Error::NotAllowed));
        assert_eq!(found(&devices[at], &words), words.len());
    }
}

#[test]
fn a_tombstone_that_somebody_else_signed_is_not_believed() {
    use cairn_core::circle::operation::{Act, Operation};
    let (mut devices, _) = shared();
    let theirs = devices[1].circle(&devices[0]);
    let vault: &Vault = &devices[1].home.vault;
    let heads = vault.access_log(&theirs).unwrap().heads();
    let forged = Operation::sign(vault.keys(), &theirs.id, &heads, 0, Act::Tombstone).unwrap();
    let acting = devices[3].acting();
    let circle = devices[3].circle(&devices[0]);
    let taken = devices[3]
        .home
        .vault
        .take_operations(&circle, &[forged.bytes], acting);
    assert_eq!((taken, has(&devices[3], &circle.id)), (Ok(0), true));
}

#[test]
fn a_record_forgotten_on_one_device_stays_with_the_others() {
    let (mut devices, words) = shared();
    let circle = devices[1].circle(&devices[0]);
    devices[1].home.vault.forget_record(&circle).unwrap();
    assert_eq!(found(&devices[1], &words), 0);
    meet(&mut devices, 1, 0);
    assert_eq!(found(&devices[0], &words), words.len());
    assert_eq!(devices[0].home.vault.erased().unwrap(), []);
}

/// Mary's two phones, and two devices of a carer's.
fn two_and_two() -> [Device; 4] {
    let (mut phone, mut lost) = (Device::new("Mary Bell", 1), Device::new("Mary", 2));
    let (mut joe, mut joes) = (Device::new("Joe Bell", 3), Device::new("Joe", 4));
    phone.add(&mut lost);
    joe.add(&mut joes);
    phone.let_in(&mut joe, "carer", &["all"]);
    joe.meet(&mut joes);
    let own = phone.home.circle.clone();
    plant(&mut phone, &own, &planted());
    phone.meet(&mut joe);
    joe.meet(&mut joes);
    [phone, lost, joe, joes]
}

#[test]
fn what_a_stolen_phone_had_erased_comes_back_from_who_knows_that_it_was_taken_out() {
    let [mut phone, mut lost, mut joe, mut joes] = two_and_two();
    let (own, acting, entropy) = (phone.home.circle.clone(), phone.acting(), phone.entropy());
    let id = lost.home.vault.keys().device_id();
    phone.home.vault.lose_device(&id, acting, &entropy).unwrap();
    phone.meet(&mut joe);
    let theirs = lost.home.circle.clone();
    lost.home.vault.erase_record(&theirs, acting).unwrap();
    joes.meet(&mut lost);
    let erased = joes.home.vault.erased().unwrap();
    assert_eq!(erased, std::slice::from_ref(&own.id));
    assert!(!has(&joes, &own.id));
    joe.meet(&mut joes);
    assert!(has(&joe, &own.id) && has(&joes, &own.id));
    assert_eq!(joes.home.vault.erased().unwrap(), []);
    joe.meet(&mut joes);
    assert_eq!(found(&joes, &planted()), planted().len());
    joes.home.reopen().unwrap();
    assert!(joes.home.vault.verify().unwrap().ok);
}

#[test]
fn what_the_person_had_erased_does_not_come_back_from_who_has_not_heard_of_it() {
    let [mut phone, _, mut joe, mut joes] = two_and_two();
    let (own, acting) = (phone.home.circle.clone(), phone.acting());
    phone.home.vault.erase_record(&own, acting).unwrap();
    joes.meet(&mut phone);
    assert!(has(&joe, &own.id) && !has(&joes, &own.id));
    joe.meet(&mut joes);
    assert!(!has(&joe, &own.id) && !has(&joes, &own.id));
}
