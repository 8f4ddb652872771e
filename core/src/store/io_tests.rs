use super::*;

#[test]
fn a_full_disk_is_told_apart_from_other_faults() {
    assert_eq!(fault(&ErrorKind::StorageFull.into()), Error::StorageFull);
    assert_eq!(fault(&ErrorKind::QuotaExceeded.into()), Error::StorageFull);
    assert!(matches!(
        fault(&ErrorKind::PermissionDenied.into()),
        Error::Storage { .. }
    ));
}

#[cfg(target_os = "linux")]
#[test]
fn a_write_to_a_full_device_is_storage_full() {
    let mut full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let error = full.write_all(b"x").unwrap_err();
    assert_eq!(fault(&error), Error::StorageFull);
}

#[test]
fn the_words_for_a_fault_name_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("anna-jones").join("key");
    let error = write_durably(&path, b"x", OWNER_ONLY).unwrap_err();
    assert!(!error.to_string().contains("anna"), "{error}");
    assert!(matches!(error, Error::Storage { .. }));
}

#[test]
fn a_durable_write_replaces_all_and_leaves_nothing_beside() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    write_durably(&path, &[1; 100], OWNER_ONLY).unwrap();
    write_durably(&path, b"new", OWNER_ONLY).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_what_was_written() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    write_durably(&path, b"x", OWNER_ONLY).unwrap();
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_failed_rename_keeps_the_old_and_removes_the_new() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("taken");
    fs::create_dir(&path).unwrap();
    assert!(write_durably(&path, b"x", OWNER_ONLY).is_err());
    assert!(path.is_dir());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_an_interrupted_write_left_is_swept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, b"kept").unwrap();
    fs::write(folder.path().join("file.new-1-0"), b"half").unwrap();
    fs::write(folder.path().join("filed"), b"another").unwrap();
    sweep(&path).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    assert_eq!(fs::read(&path).unwrap(), b"kept");
}

#[test]
fn a_bounded_read_stops_at_its_cap() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    assert_eq!(read_at_most(&path, 10).unwrap(), None);
    fs::write(&path, [7; 20]).unwrap();
    assert_eq!(read_at_most(&path, 10).unwrap().unwrap().len(), 10);
    assert_eq!(read_at_most(&path, 30).unwrap().unwrap().len(), 20);
}

#[cfg(unix)]
#[test]
fn a_copy_lies_in_another_place() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    fs::write(&one, b"x").unwrap();
    fs::copy(&one, &two).unwrap();
    assert_ne!(place_of(&one).unwrap(), place_of(&two).unwrap());
    assert_eq!(place_of(&folder.path().join("none")), None);
}

#[cfg(unix)]
#[test]
fn what_is_taken_out_replaces_a_file_keeps_its_mode_and_follows_a_link() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (path, link) = (folder.path().join("file"), folder.path().join("link"));
    write_out(&path, b"first").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(&path, &link).unwrap();
    write_out(&link, b"next").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"next");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_written_into_and_never_replaced() {
    use std::os::unix::fs::FileTypeExt;
    let full = Path::new("/dev/full");
    assert_eq!(write_out(full, b"x"), Err(Error::StorageFull));
    assert!(fs::metadata(full).unwrap().file_type().is_char_device());
}

#[test]
fn a_folder_is_no_place_for_a_file() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(
        write_out(folder.path(), b"x"),
        Err(Error::Storage { .. })
    ));
    assert!(folder.path().is_dir());
}
