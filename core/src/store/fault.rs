//! From a database's error to ours.

use crate::error::Error;
use rusqlite::ErrorCode;

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Error::StorageFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Locked,
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Error::Damaged,
            Some(code) => Error::Storage {
                reason: match error.sqlite_error() {
                    Some(told) => format!("{code:?}, {}", told.extended_code),
                    None => format!("{code:?}"),
                },
            },
            // A row of another shape than this version writes: the page checks passed, the content did not.
            None => Error::Damaged,
        }
    }
}

impl From<postcard::Error> for Error {
    fn from(_: postcard::Error) -> Error {
        Error::Damaged
    }
}
