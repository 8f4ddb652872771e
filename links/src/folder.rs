//! A folder or stick as a place for parcels: files that are whole or not there, and nobody else's touched.
//!
//! Only file names of the form `cairn-TAG-NAME.parcel` are read, written or removed. Source: `SPEC.md`, Parcels.

use cairn_core::store::io;
use cairn_core::sync::parcel::tag::Tags;
use cairn_core::sync::parcel::{Label, Shelf};
use cairn_core::{Error, Result};
use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const ENDING: &str = "parcel";

/// A parcel is sealed, so whoever may open the folder may read its files; its user's own mask narrows that.
const MODE: u32 = 0o666;

/// What a write that was cut off left behind is swept away when it is older than this: a day.
const LEFT_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// A folder that parcels lie in.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens a folder, and sweeps away what writes that were cut off left of a day ago or more.
    ///
    /// It is never made: where a stick is not plugged in, its parcels would go to another place.
    ///
    /// # Errors
    /// [`Error::Shelf`] where there is no such folder, or it cannot be read.
    pub fn open(path: &Path) -> Result<Folder> {
        let about = fs::metadata(path).map_err(|error| fault(&error))?;
        if !about.is_dir() {
            return Err(fault(&std::io::ErrorKind::NotADirectory.into()));
        }
        let folder = Folder { path: path.into() };
        for entry in folder.entries()? {
            if is_left_over(&entry) {
                // One that cannot be swept away does no harm.
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(folder)
    }

    fn entries(&self) -> Result<Vec<DirEntry>> {
        let all = fs::read_dir(&self.path).map_err(|error| fault(&error))?;
        all.map(|entry| entry.map_err(|error| fault(&error)))
            .collect()
    }

    fn file(&self, label: &Label) -> PathBuf {
        let name = format!("{}.{ENDING}", label.file_stem());
        self.path.join(name)
    }
}

impl Shelf for Folder {
    fn list(&self, wanted: &Tags) -> Result<Vec<(Label, u64)>> {
        let mut listed = Vec::new();
        for entry in self.entries()? {
            let Some(label) = label_of(&entry.path()) else {
                continue;
            };
            // A link, a folder or a pipe with such a name is none of ours; one that went meanwhile is not there.
            let file = entry.metadata().ok().filter(fs::Metadata::is_file);
            if let Some(file) = file.filter(|_| wanted.contains(&label.tag)) {
                listed.push((label, file.len()));
            }
        }
        listed.sort_unstable();
        Ok(listed)
    }

    fn read(&self, label: &Label, cap: usize) -> Result<Option<Vec<u8>>> {
        let path = self.file(label);
        let about = match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            about => about.map_err(|error| fault(&error))?,
        };
        let cap = cap as u64;
        if !about.is_file() || about.len() > cap {
            return Ok(None);
        }
        // One byte more, so that a file that grew meanwhile is noticed.
        let bytes = io::read_at_most(&path, cap + 1).map_err(of_shelf)?;
        Ok(bytes.filter(|bytes| bytes.len() as u64 <= cap))
    }

    fn put(&self, label: &Label, bytes: &[u8]) -> Result<()> {
        io::write_durably(&self.file(label), bytes, MODE).map_err(of_shelf)
    }

    fn remove(&self, label: &Label) -> Result<()> {
        io::remove_if_there(&self.file(label)).map_err(of_shelf)
    }

    fn set_aside(&self, label: &Label) -> Result<()> {
        let path = self.file(label);
        let aside = io::free_name_beside(&path, "aside").map_err(of_shelf)?;
        match fs::rename(&path, aside) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            renamed => renamed.map_err(|error| fault(&error)),
        }
    }
}

/// The label of a file of our form.
fn label_of(path: &Path) -> Option<Label> {
    let ours = path.extension() == Some(OsStr::new(ENDING));
    path.file_stem()
        .and_then(OsStr::to_str)
        .filter(|_| ours)
        .and_then(Label::read)
}

/// Whether this is what a write of a parcel left that was cut off long ago.
fn is_left_over(entry: &DirEntry) -> bool {
    let name = entry.file_name();
    let begun = name
        .to_str()
        .and_then(|name| name.split_once(".parcel.new-"));
    let ours = begun.is_some_and(|(stem, _)| Label::read(stem).is_some());
    ours && entry.metadata().is_ok_and(|about| {
        let age = about
            .modified()
            .map(|at| SystemTime::now().duration_since(at));
        about.is_file() && age.is_ok_and(|age| age.is_ok_and(|age| age > LEFT_FOR))
    })
}

fn fault(error: &std::io::Error) -> Error {
    of_shelf(io::fault(error))
}

/// A fault of the folder is not one of this device.
fn of_shelf(error: Error) -> Error {
    match error {
        Error::StorageFull => Error::ShelfFull,
        Error::Storage { reason } => Error::Shelf { reason },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(seed: u8) -> Label {
        Label::of([seed; 16], &[seed; 40])
    }

    #[test]
    fn what_is_put_is_listed_under_its_tag_read_back_and_removed() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path()).unwrap();
        for seed in [1, 2] {
            folder.put(&label(seed), &[seed; 40]).unwrap();
        }
        let wanted = Tags::from([[2; 16], [3; 16]]);
        assert_eq!(folder.list(&wanted).unwrap(), [(label(2), 40)]);
        assert_eq!(folder.read(&label(2), 40).unwrap(), Some(vec![2; 40]));
        assert_eq!(folder.read(&label(2), 39).unwrap(), None, "over the cap");
        assert_eq!(folder.read(&label(3), 40).unwrap(), None);
        folder.remove(&label(2)).unwrap();
        folder.remove(&label(2)).unwrap();
        assert!(folder.list(&wanted).unwrap().is_empty());
        folder.set_aside(&label(1)).unwrap();
        assert_eq!(folder.read(&label(1), 40).unwrap(), None);
        assert_eq!(
            fs::read_dir(place.path()).unwrap().count(),
            1,
            "renamed, not destroyed"
        );
    }

    #[test]
    fn other_files_are_left_alone_whatever_they_are_called() {
        let place = tempfile::tempdir().unwrap();
        let name = format!("{}.parcel", label(1).file_stem());
        let names = [
            "holiday.jpg".to_owned(),
            "cairn-.parcel".into(),
            "cairn-00-00.parcel".into(),
            name.to_uppercase(),
            format!("{name}.txt"),
            format!("{}.new-1-1", label(1).file_stem()),
        ];
        for name in &names {
            fs::write(place.path().join(name), b"mine").unwrap();
        }
        let folder = Folder::open(place.path()).unwrap();
        let all = Tags::from([[1; 16], [0; 16]]);
        assert!(folder.list(&all).unwrap().is_empty());
        for name in &names {
            assert_eq!(fs::read(place.path().join(name)).unwrap(), b"mine");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_link_a_folder_and_a_pipe_under_our_name_are_not_opened() {
        let place = tempfile::tempdir().unwrap();
        let secret = place.path().join("secret");
        fs::write(&secret, b"of somebody else").unwrap();
        let folder = Folder::open(place.path()).unwrap();
        std::os::unix::fs::symlink(&secret, folder.file(&label(1))).unwrap();
        fs::create_dir(folder.file(&label(2))).unwrap();
        let made = std::process::Command::new("mkfifo")
            .arg(folder.file(&label(3)))
            .status();
        assert!(made.unwrap().success());
        let all = Tags::from([[1; 16], [2; 16], [3; 16]]);
        assert!(folder.list(&all).unwrap().is_empty());
        for seed in 1..4 {
            assert_eq!(folder.read(&label(seed), 1000).unwrap(), None);
        }
        // Written over the link, never through it.
        folder.put(&label(1), &[1; 40]).unwrap();
        assert_eq!(fs::read(&secret).unwrap(), b"of somebody else");
        assert_eq!(folder.list(&all).unwrap(), [(label(1), 40)]);
    }

    #[test]
    fn a_write_that_was_cut_off_is_swept_away_after_a_day_and_not_before() {
        let place = tempfile::tempdir().unwrap();
        let [fresh, old] = [1, 2].map(|number| {
            let name = format!("{}.parcel.new-7-{number}", label(number).file_stem());
            let path = place.path().join(name);
            fs::write(&path, b"half a par").unwrap();
            path
        });
        let long_ago = SystemTime::now() - LEFT_FOR * 2;
        let file = fs::File::options().write(true).open(&old).unwrap();
        file.set_modified(long_ago).unwrap();
        Folder::open(place.path()).unwrap();
        assert!(fresh.exists() && !old.exists());
    }

    #[test]
    fn no_folder_is_made_and_none_that_is_a_file_is_taken() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("file");
        fs::write(&file, b"").unwrap();
        for missing in [place.path().join("stick"), file] {
            let refused = Folder::open(&missing).map(|_| ());
            assert!(matches!(refused, Err(Error::Shelf { .. })), "{refused:?}");
        }
        assert!(!place.path().join("stick").exists());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_stick_is_said_as_such_and_leaves_no_half_file() {
        assert_eq!(
            of_shelf(io::fault(&std::io::ErrorKind::StorageFull.into())),
            Error::ShelfFull
        );
        let read_only = of_shelf(io::fault(&std::io::ErrorKind::ReadOnlyFilesystem.into()));
        assert!(matches!(read_only, Error::Shelf { .. }));
    }
}
