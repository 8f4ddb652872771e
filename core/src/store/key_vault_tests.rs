use super::*;
use crate::entropy::SeededEntropy;
use std::fs;

fn key(seed: u64) -> VaultKey {
    VaultKey::generate(&SeededEntropy::new(seed)).unwrap()
}

#[test]
fn a_saved_key_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let vault = FileKeyVault::new(folder.path().join("key"));
    assert!(vault.load().unwrap().is_none());
    vault.save(&key(1)).unwrap();
    assert_eq!(vault.load().unwrap(), Some(key(1)));
    assert_eq!(fs::read(vault.path()).unwrap(), key(1).expose());
    vault.save(&key(1)).unwrap();
}

#[test]
fn another_key_is_never_written_over_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let vault = FileKeyVault::new(folder.path().join("key"));
    vault.save(&key(1)).unwrap();
    assert_eq!(vault.save(&key(2)), Err(Error::WrongKey));
    assert_eq!(vault.load().unwrap(), Some(key(1)));
}

#[test]
fn a_file_of_any_other_length_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let vault = FileKeyVault::new(folder.path().join("key"));
    for length in (0..32).chain(33..70) {
        fs::write(vault.path(), vec![9; length]).unwrap();
        assert_eq!(vault.load(), Err(Error::WrongKey), "{length} bytes");
        assert_eq!(vault.save(&key(1)), Err(Error::WrongKey));
        assert_eq!(fs::read(vault.path()).unwrap().len(), length);
    }
}

#[test]
fn a_folder_in_the_place_of_the_key_is_a_storage_fault() {
    let folder = tempfile::tempdir().unwrap();
    let vault = FileKeyVault::new(folder.path());
    assert!(matches!(vault.load(), Err(Error::Storage { .. })));
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_key() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let vault = FileKeyVault::new(folder.path().join("key"));
    vault.save(&key(1)).unwrap();
    let mode = fs::metadata(vault.path()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn every_label_gives_a_key_of_its_own() {
    let key = VaultKey::from_bytes([5; 32]);
    let (database, witness) = (key.derive(LABEL_DATABASE), key.derive(LABEL_WITNESS));
    assert_ne!(*database, *witness);
    assert_ne!(*database, *key.expose());
    assert_eq!(*database, *key.derive(LABEL_DATABASE));
}

#[test]
fn derivation_is_hkdf_as_in_rfc_5869() {
    // Extract and expand written out with HMAC: PRK = HMAC(0…, key), T1 = HMAC(PRK, info ‖ 1).
    use hmac::{Hmac, KeyInit, Mac};
    let mac = |key: &[u8], pieces: &[&[u8]]| -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
        pieces.iter().for_each(|piece| mac.update(piece));
        mac.finalize().into_bytes().into()
    };
    let prk = mac(&[0; 32], &[&[5; 32]]);
    let expected = mac(&prk, &[b"cairn/1 witness", &[1]]);
    assert_eq!(
        *VaultKey::from_bytes([5; 32]).derive(LABEL_WITNESS),
        expected
    );
}

#[test]
fn a_key_is_not_printed() {
    assert_eq!(
        format!("{:?}", VaultKey::from_bytes([0x41; 32])),
        "VaultKey"
    );
}
