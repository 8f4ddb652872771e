//! Two programs that have one home open.

use super::*;
use crate::entropy::SeededEntropy;
use crate::goal;
use crate::record::Acting;
use crate::store::key_vault::FileKeyVault;
use crate::store::unsigned;
use crate::store::{Founding, Scope};
use chrono::DateTime;

#[test]
fn what_another_program_signed_meanwhile_is_not_signed_again() {
    let home = tempfile::tempdir().unwrap();
    let key = FileKeyVault::new(home.path().join("device.key"));
    let at = DateTime::parse_from_rfc3339("2026-03-16T10:00:00Z").unwrap();
    let (acting, entropy) = (Acting::at(at), SeededEntropy::new(7));
    let mut one = Vault::create(home.path(), &key, &SeededEntropy::new(1)).unwrap();
    let founding = Founding {
        person: "Mary Bell",
        founder: None,
        title: None,
        born: None,
        place: None,
        zone: "Europe/London",
    };
    let circle = one.found(&founding, acting, &entropy).unwrap();
    let goal = |vault: &mut Vault, words: &str| {
        let add = |acts: &mut crate::record::Acts| goal::add(acts, words, None, None);
        vault.act(&circle, &Scope::All, acting, add).unwrap();
    };
    goal(&mut one, "Walk to the shop");
    // One program reads what is to be signed; the other signs it, and what was written then.
    let read = |vault: &Vault| -> Vec<(Actor, Vec<Carried>)> {
        let all = unsigned::all(&vault.db, &circle, vault.actor).unwrap();
        let changes = all.iter().map(|wanted| {
            let changes = unsigned::changes_of(&vault.db, &circle, wanted).unwrap();
            let carried = changes.into_iter().map(|(carried, _)| carried);
            (wanted.actor, carried.collect())
        });
        changes.collect()
    };
    let seen = read(&one);
    assert!(!seen.is_empty());
    let going_on = |vault: &Vault, seen: &[(Actor, Vec<Carried>)]| -> Vec<Result<()>> {
        let all = seen.iter();
        all.map(|(actor, carried)| go_on(&vault.db, &circle, *actor, carried))
            .collect()
    };
    assert!(going_on(&one, &seen).iter().all(|one| *one == Ok(())));
    let mut other = Vault::open(home.path(), &key, &SeededEntropy::new(2)).unwrap();
    assert!(other.cut(&circle, acting, &entropy).unwrap() > 0);
    let refused = going_on(&one, &seen);
    assert!(refused.iter().all(|one| *one == Err(Error::Locked)));
    // What is written later goes on where the other ended.
    goal(&mut one, "Cook a proper dinner");
    let later = read(&one);
    assert!(!later.is_empty());
    assert!(going_on(&one, &later).iter().all(|one| *one == Ok(())));
    one.cut(&circle, acting, &entropy).unwrap();
    assert!(one.verify().unwrap().ok);
}
