//! Files written so that a power cut leaves the old content or the new, and faults said without names.

use crate::error::{Error, Result};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Mode of every file of a home on Unix: its owner reads and writes, nobody else does anything.
pub const OWNER_ONLY: u32 = 0o600;

/// Mode of a file that is made for its owner to take away, less what their `umask` holds back.
const READ_BY_ALL: u32 = 0o666;

/// Names tried before giving up on finding one that is free.
const TRIES: u32 = 1000;

/// What an operating-system fault is called in this crate.
///
/// A full disk or a used-up quota is [`Error::StorageFull`]. Anything else is [`Error::Storage`] with the
/// general kind in words: never a path or a file name, which may hold a person's name.
pub fn fault(error: &io::Error) -> Error {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Error::StorageFull,
        kind => Error::Storage {
            reason: kind.to_string(),
        },
    }
}

/// Options that create a file with `mode` on Unix; elsewhere the folder's own rules hold.
pub fn options_with_mode(mode: u32) -> OpenOptions {
    #[cfg_attr(not(unix), allow(unused_mut))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    options
}

/// Replaces the file at `path` by `bytes`: a new file beside it, fsync, rename, fsync of the folder. After a
/// power cut the file has its old content or the new one. `mode` holds on Unix, see [`OWNER_ONLY`].
///
/// # Errors
/// [`Error::StorageFull`] or [`Error::Storage`]; the old content is then still there, except when only the
/// last step, the fsync of the folder, failed: then it is either.
pub fn write_durably(path: &Path, bytes: &[u8], mode: u32) -> Result<()> {
    let fresh = free_name_beside(path, "new")?;
    let written = write_new(&fresh, bytes, mode).and_then(|()| fs::rename(&fresh, path));
    if let Err(error) = written {
        // What was begun is of no use; if it cannot be removed either, the first fault is the one to tell.
        let _ = fs::remove_file(&fresh);
        return Err(fault(&error));
    }
    sync_folder_of(path)
}

/// Writes a file where somebody said to: a file that is there is replaced as by [`write_durably`] and keeps its mode, a
/// link goes on leading to it, and what is no file (a device, a pipe) is written into.
///
/// # Errors
/// [`Error::StorageFull`] or [`Error::Storage`]. A file that was there is as it was, and nothing half-written stays.
pub fn write_out(path: &Path, bytes: &[u8]) -> Result<()> {
    let there = match fs::metadata(path) {
        Ok(about) => Some(about),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(fault(&error)),
    };
    let Some(about) = there else {
        return write_durably(path, bytes, READ_BY_ALL);
    };
    if about.is_file() {
        let path = fs::canonicalize(path).map_err(|error| fault(&error))?;
        return write_durably(&path, bytes, mode_of(&about));
    }
    let mut into = OpenOptions::new()
        .write(true)
        .open(path)
        .map_err(|error| fault(&error))?;
    let written = into.write_all(bytes).and_then(|()| into.flush());
    written.map_err(|error| fault(&error))
}

fn mode_of(about: &fs::Metadata) -> u32 {
    #[cfg(unix)]
    {
        std::os::unix::fs::PermissionsExt::mode(&about.permissions())
    }
    #[cfg(not(unix))]
    {
        let _ = about;
        READ_BY_ALL
    }
}

fn write_new(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let mut file = options_with_mode(mode)
        .write(true)
        .create_new(true)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes names in the folder of `path` durable: what was created, renamed or removed there.
///
/// # Errors
/// [`Error::StorageFull`] or [`Error::Storage`]. File systems that cannot do this for a folder (some memory
/// cards) are passed over in silence: there is nothing better to do on them.
pub fn sync_folder_of(path: &Path) -> Result<()> {
    // Only Unix opens a folder as a file; elsewhere the file system keeps its own journal of names.
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder_of(path)).and_then(|folder| folder.sync_all()) {
        Err(error)
            if !matches!(
                error.kind(),
                ErrorKind::InvalidInput | ErrorKind::Unsupported
            ) =>
        {
            Err(fault(&error))
        }
        _ => Ok(()),
    }
}

/// The folder that holds `path`.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A name beside `path` that nothing has: `NAME.TAG-PROCESS-NUMBER`. No two processes and no two threads
/// are given the same one, so nobody renames or writes over another's file.
///
/// # Errors
/// [`Error::Storage`] when `path` has no file name or a thousand names in a row are taken.
pub fn free_name_beside(path: &Path, tag: &str) -> Result<PathBuf> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = path
        .file_name()
        .ok_or_else(|| fault(&ErrorKind::InvalidFilename.into()))?;
    for _ in 0..TRIES {
        let mut free = name.to_os_string();
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        free.push(format!(".{tag}-{}-{number}", std::process::id()));
        let free = path.with_file_name(free);
        // A process of an earlier start may have had the same number and left its file behind.
        if fs::symlink_metadata(&free).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            return Ok(free);
        }
    }
    Err(fault(&ErrorKind::AlreadyExists.into()))
}

/// The files beside `path` that got a name from [`free_name_beside`] with this tag, in any process, sorted.
///
/// # Errors
/// [`Error::Storage`] when the folder cannot be read. A folder that does not exist holds none.
pub fn names_beside(path: &Path, tag: &str) -> Result<Vec<PathBuf>> {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return Ok(Vec::new());
    };
    let start = format!("{name}.{tag}-");
    let folder = match fs::read_dir(folder_of(path)) {
        Ok(folder) => folder,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(fault(&error)),
    };
    let mut found = Vec::new();
    for entry in folder {
        let entry = entry.map_err(|error| fault(&error))?;
        if entry.file_name().to_string_lossy().starts_with(&start) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// Removes what an interrupted [`write_durably`] of `path` left beside it. Only for whoever is alone in the
/// home, since it would also take the file another process is just writing.
///
/// # Errors
/// [`Error::Storage`] when the folder cannot be read or a file not be removed.
pub fn sweep(path: &Path) -> Result<()> {
    for left in names_beside(path, "new")? {
        remove_if_there(&left)?;
    }
    Ok(())
}

/// Removes a file; one that is not there is fine.
///
/// # Errors
/// [`Error::Storage`] when it is there and cannot be removed.
pub fn remove_if_there(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(fault(&error)),
        _ => Ok(()),
    }
}

/// Opens a file for reading; `None` when there is none.
///
/// # Errors
/// [`Error::Storage`] when it is there and cannot be opened.
pub fn open_if_there(path: &Path) -> Result<Option<File>> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(fault(&error)),
    }
}

/// The first `cap` bytes of a file, or all of it when it is shorter; `None` when there is no file.
///
/// # Errors
/// [`Error::Storage`] when it cannot be opened or read.
pub fn read_at_most(path: &Path, cap: u64) -> Result<Option<Vec<u8>>> {
    let Some(file) = open_if_there(path)? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.take(cap)
        .read_to_end(&mut bytes)
        .map_err(|error| fault(&error))?;
    Ok(Some(bytes))
}

/// Reads until `bytes` is full or the file ends; the number of bytes read.
///
/// # Errors
/// What the operating system said.
pub fn read_up_to(mut file: impl Read, bytes: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while read < bytes.len() {
        match file.read(&mut bytes[read..]) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(read)
}

/// Reads at an offset from the start until `bytes` is full or the file ends; the number of bytes read.
///
/// # Errors
/// What the operating system said.
pub fn read_at(mut file: &File, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
    file.seek(SeekFrom::Start(offset))?;
    read_up_to(file, bytes)
}

/// Writes all of `bytes` at an offset from the start; on Unix by a single call of the operating system
/// unless it takes only a part. No fsync.
///
/// # Errors
/// What the operating system said.
pub fn write_all_at(file: &mut File, bytes: &[u8], offset: u64) -> io::Result<()> {
    #[cfg(unix)]
    {
        std::os::unix::fs::FileExt::write_all_at(file, bytes, offset)
    }
    #[cfg(not(unix))]
    {
        file.seek(SeekFrom::Start(offset))?;
        file.write_all(bytes)
    }
}

/// Device number and inode number of a file: where it lies, which a copy does not share. `None` when there
/// is no such file, or on a platform without these numbers.
pub fn place_of(path: &Path) -> Option<(u64, u64)> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        fs::metadata(path)
            .ok()
            .map(|about| (about.dev(), about.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

#[cfg(test)]
#[path = "io_tests.rs"]
mod tests;
