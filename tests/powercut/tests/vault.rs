//! The power goes while a device is in use: what was said to be kept is there afterwards.

use cairn_core::entropy::SeededEntropy;
use cairn_core::goal;
use cairn_core::record::Acting;
use cairn_core::record::state::fingerprint;
use cairn_core::store::key_vault::FileKeyVault;
use cairn_core::store::{Founding, Scope, Vault};
use cairn_powercut::{Powercut, dice};
use chrono::DateTime;

#[test]
fn what_a_device_said_it_kept_is_there_after_a_power_cut() {
    let now = DateTime::parse_from_rfc3339("2026-03-16T10:00:00Z").unwrap();
    for seed in 0..4 {
        let folder = tempfile::tempdir().unwrap();
        let power = Powercut::watch(folder.path());
        let key = FileKeyVault::new(folder.path().join("device.key"));
        let mut vault = Vault::create(folder.path(), &key, &SeededEntropy::new(1)).unwrap();
        let founding = Founding {
            person: "Mary Bell",
            founder: None,
            title: None,
            born: None,
            place: None,
            zone: "Europe/London",
        };
        let acting = Acting::at(now);
        let entropy = SeededEntropy::new(2);
        let circle = vault.found(&founding, acting, &entropy).unwrap();
        for words in ["Walk to the shop", "Sit in the garden"] {
            vault
                .act(&circle, &Scope::All, acting, |acts| {
                    goal::add(acts, words, None, None)
                })
                .unwrap();
        }
        let said = fingerprint(&vault.record(&circle, &Scope::Everything).unwrap());
        power.cut();
        drop(vault);
        power.power_again(dice(seed)).unwrap();
        let mut vault = Vault::open(folder.path(), &key, &SeededEntropy::new(3)).unwrap();
        assert!(vault.verify().unwrap().ok);
        let there = fingerprint(&vault.record(&circle, &Scope::Everything).unwrap());
        assert_eq!(there, said, "seed {seed}");
    }
}
