//! A device of staff in the hands of the person who is visited.

mod support;

use cairn_core::entropy::SeededEntropy;
use cairn_core::error::Error;
use cairn_core::goal;
use cairn_core::observation;
use cairn_core::record::Acting;
use cairn_core::store::key_vault::FileKeyVault;
use cairn_core::store::profile::{self, NewProfile};
use cairn_core::store::{Circle, Founding, Scope, Vault};
use support::moment;
use tempfile::TempDir;

/// A nurse's laptop with one person, whom the nurse visits.
fn visiting() -> (TempDir, Vault, Circle) {
    let folder = tempfile::tempdir().unwrap();
    let (now, entropy) = (moment("2026-03-16T10:00:00Z"), SeededEntropy::new(7));
    let nurse = NewProfile {
        name: "Anne Okoro".into(),
        role: "staff".into(),
        title: None,
        born: None,
        zone: "Europe/London".into(),
    };
    let key = FileKeyVault::new(folder.path().join("device.key"));
    let mut vault = profile::make(folder.path(), &key, &entropy, Acting::at(now), &nurse).unwrap();
    vault.turn_to(now);
    let founding = Founding {
        person: "Mary Bell",
        founder: Some("Anne Okoro"),
        title: None,
        born: None,
        place: None,
        zone: "Europe/London",
    };
    let mary = vault.found(&founding, Acting::at(now), &entropy).unwrap();
    vault.start_visit(&mary, now).unwrap();
    (folder, vault, mary)
}

#[test]
fn nobody_who_was_handed_the_device_erases_a_record_on_it() {
    let (_folder, mut vault, mary) = visiting();
    let acting = Acting::at(moment("2026-03-16T10:05:00Z"));
    vault.hand_phone(true).unwrap();
    assert_eq!(vault.erase_record(&mary, acting), Err(Error::NotAllowed));
    assert_eq!(vault.forget_record(&mary), Err(Error::NotAllowed));
    vault.hand_phone(false).unwrap();
    vault.erase_record(&mary, acting).unwrap();
    assert!(!vault.circles().unwrap().contains(&mary));
}

#[test]
fn while_it_is_handed_over_levels_are_hidden_and_nothing_clinical_is_written() {
    let (_folder, mut vault, mary) = visiting();
    let acting = Acting::at(moment("2026-03-16T10:05:00Z"));
    let (goal, record) = vault
        .act(&mary, &Scope::All, acting, |acts| {
            observation::record_activation(acts, "40", 1, "13 items")?;
            goal::add(acts, "Get about", None, None)
        })
        .unwrap();
    assert_eq!(observation::list_activations(&record)[0]["level"], 1);
    vault.hand_phone(true).unwrap();
    let record = vault.record(&mary, &Scope::All).unwrap();
    assert!(observation::list_activations(&record)[0]["level"].is_null());
    let clinical = vault.act(&mary, &Scope::All, acting, |acts| {
        goal::clinical(acts, &goal, "Mobility")
    });
    assert_eq!(clinical.err(), Some(Error::NotAllowed));
}
