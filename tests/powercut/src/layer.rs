//! The layer between SQLite and the system's files. The real file lies at the start of the memory SQLite sets aside for
//! one, and what the layer knows of it behind that; so the real calls take the same pointer.

use crate::{Folder, New, Written};
use rusqlite::ffi::{
    SQLITE_IOERR_DELETE, SQLITE_IOERR_FSYNC, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE, SQLITE_OK,
    sqlite3_file, sqlite3_filename, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs,
    sqlite3_vfs_find, sqlite3_vfs_register,
};
use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::{Arc, OnceLock};

/// The system's file access, found once.
struct Real(*mut sqlite3_vfs);

// SQLite's own structure, which lives as long as the process and is only read.
unsafe impl Send for Real {}
unsafe impl Sync for Real {}

static REAL: OnceLock<Real> = OnceLock::new();

/// What the layer knows of an open file of a watched folder.
struct Watched {
    real: *const sqlite3_io_methods,
    folder: Arc<Folder>,
    path: PathBuf,
}

/// Puts the layer over the system's file access, for every database opened from then on.
pub fn install() {
    REAL.get_or_init(|| {
        // SAFETY: the structures SQLite asks for, made once and never freed.
        unsafe {
            let real = sqlite3_vfs_find(ptr::null());
            assert!(!real.is_null(), "SQLite has a file access");
            let mut layer = ptr::read(real);
            layer.pNext = ptr::null_mut();
            layer.zName = c"powercut".as_ptr();
            layer.szOsFile = behind(real) + size_of::<*mut Watched>() as c_int;
            layer.xOpen = Some(open);
            layer.xDelete = Some(delete);
            let layer = Box::leak(Box::new(layer));
            assert_eq!(sqlite3_vfs_register(layer, 1), SQLITE_OK);
            Real(real)
        }
    });
}

fn real() -> *mut sqlite3_vfs {
    REAL.get().expect("the layer is installed").0
}

/// Where the layer's own pointer lies in a file's memory.
///
/// # Safety
/// `real` is SQLite's file access.
unsafe fn behind(real: *mut sqlite3_vfs) -> c_int {
    let size = unsafe { (*real).szOsFile };
    let whole = align_of::<*mut Watched>() as c_int;
    (size + whole - 1) / whole * whole
}

/// # Safety
/// `file` was set aside by SQLite for this layer.
unsafe fn slot(file: *mut sqlite3_file) -> *mut *mut Watched {
    unsafe { file.cast::<u8>().add(behind(real()) as usize).cast() }
}

/// # Safety
/// `file` is an open file of a watched folder.
unsafe fn watched<'a>(file: *mut sqlite3_file) -> &'a Watched {
    unsafe { &**slot(file) }
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: sqlite3_filename,
    file: *mut sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: as SQLite calls it; the real open gets the memory it asked for.
    unsafe {
        let open = (*real()).xOpen.expect("files can be opened");
        let opened = open(real(), name, file, flags, out);
        if opened != SQLITE_OK || name.is_null() {
            return opened;
        }
        let path = path_of(name);
        if let Some(folder) = Folder::of(&path) {
            let real = (*file).pMethods;
            let watched = Box::new(Watched { real, folder, path });
            *slot(file) = Box::into_raw(watched);
            (*file).pMethods = &METHODS;
        }
        opened
    }
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    // SAFETY: as SQLite calls it.
    unsafe {
        let path = path_of(name);
        if let Some(folder) = Folder::of(&path) {
            if !folder.state().spend() {
                return SQLITE_IOERR_DELETE;
            }
            folder.state().removed(&path);
        }
        (*real()).xDelete.expect("files can be removed")(real(), name, sync)
    }
}

/// # Safety
/// `name` is a C string.
unsafe fn path_of(name: *const c_char) -> PathBuf {
    let bytes = unsafe { CStr::from_ptr(name) }.to_bytes();
    Path::new(OsStr::from_bytes(bytes)).to_owned()
}

/// Hands a call on as it is.
macro_rules! pass {
    ($($name:ident as $method:ident($($argument:ident: $kind:ty),*) -> $given:ty;)*) => {$(
        unsafe extern "C" fn $name(file: *mut sqlite3_file $(, $argument: $kind)*) -> $given {
            // SAFETY: as SQLite calls it; the real file lies at the start of this memory.
            unsafe { (*watched(file).real).$method.expect("the system's")(file $(, $argument)*) }
        }
    )*};
}

pass! {
    read as xRead(to: *mut c_void, amount: c_int, offset: sqlite3_int64) -> c_int;
    file_size as xFileSize(size: *mut sqlite3_int64) -> c_int;
    lock as xLock(level: c_int) -> c_int;
    unlock as xUnlock(level: c_int) -> c_int;
    check_reserved_lock as xCheckReservedLock(out: *mut c_int) -> c_int;
    file_control as xFileControl(what: c_int, argument: *mut c_void) -> c_int;
    sector_size as xSectorSize() -> c_int;
    device_characteristics as xDeviceCharacteristics() -> c_int;
    shm_map as xShmMap(page: c_int, size: c_int, extend: c_int, out: *mut *mut c_void) -> c_int;
    shm_lock as xShmLock(offset: c_int, n: c_int, flags: c_int) -> c_int;
    shm_barrier as xShmBarrier() -> ();
    shm_unmap as xShmUnmap(delete: c_int) -> c_int;
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: as SQLite calls it, once; what the layer knows of the file is freed here.
    unsafe {
        let watched = Box::from_raw(*slot(file));
        (*watched.real).xClose.expect("the system's")(file)
    }
}

/// # Safety
/// `file` is an open file of a watched folder.
unsafe fn before(file: *mut sqlite3_file, offset: u64, length: usize, new: New) -> Written {
    // SAFETY: the real calls, with room for what they read.
    unsafe {
        let mut size = 0;
        file_size(file, &mut size);
        let size = size.unsigned_abs();
        let there = size.saturating_sub(offset).min(length as u64) as usize;
        let mut old = vec![0; there];
        read(
            file,
            old.as_mut_ptr().cast(),
            there as c_int,
            offset as sqlite3_int64,
        );
        Written {
            size,
            offset,
            old,
            new,
        }
    }
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    bytes: *const c_void,
    amount: c_int,
    offset: sqlite3_int64,
) -> c_int {
    // SAFETY: as SQLite calls it: `bytes` holds `amount` bytes.
    unsafe {
        let of = watched(file);
        let mut state = of.folder.state();
        if !state.spend() {
            return SQLITE_IOERR_WRITE;
        }
        let new = std::slice::from_raw_parts(bytes.cast::<u8>(), amount as usize).to_vec();
        let length = new.len();
        let written = before(file, offset.unsigned_abs(), length, New::Bytes(new));
        state.wrote(&of.path, written);
        (*of.real).xWrite.expect("the system's")(file, bytes, amount, offset)
    }
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
    // SAFETY: as SQLite calls it.
    unsafe {
        let of = watched(file);
        let mut state = of.folder.state();
        if !state.spend() {
            return SQLITE_IOERR_TRUNCATE;
        }
        let length = size.unsigned_abs();
        let mut is = 0;
        file_size(file, &mut is);
        let cut_off = is.unsigned_abs().saturating_sub(length) as usize;
        let written = before(file, length, cut_off, New::Length(length));
        state.wrote(&of.path, written);
        (*of.real).xTruncate.expect("the system's")(file, size)
    }
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: as SQLite calls it.
    unsafe {
        let of = watched(file);
        let mut state = of.folder.state();
        if !state.spend() {
            return SQLITE_IOERR_FSYNC;
        }
        state.synced(&of.path);
        (*of.real).xSync.expect("the system's")(file, flags)
    }
}

/// Without the calls that map a file into memory, which would pass the layer by.
static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};
