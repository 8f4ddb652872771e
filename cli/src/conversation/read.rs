//! Reading one line, as the terminal gives it: its own editing keys work, and nothing is drawn.

use crate::shell::storage;
use cairn_core::error::Result;
use std::io::{BufRead, ErrorKind};

/// The most bytes of one line a Linux terminal takes; what is typed beyond it is dropped before any program sees it.
const LINE_OF_A_TERMINAL: usize = 4095;

/// What was typed.
pub enum Typed {
    /// A line, without its end.
    Line {
        /// Its text.
        text: String,
        /// It is as long as a terminal's line can be.
        may_be_cut: bool,
    },
    /// Bytes that are no text.
    NotText,
    /// Ctrl-D, or the terminal is gone.
    End,
}

/// Reads the next line.
pub fn line() -> Result<Typed> {
    let mut bytes = Vec::new();
    match std::io::stdin().lock().read_until(b'\n', &mut bytes) {
        Ok(0) => return Ok(Typed::End),
        Ok(_) => {}
        // A terminal that is gone answers with a fault of its own.
        Err(error) if error.kind() != ErrorKind::OutOfMemory => return Ok(Typed::End),
        Err(error) => return Err(storage(&error)),
    }
    let may_be_cut = bytes.len() >= LINE_OF_A_TERMINAL;
    Ok(match String::from_utf8(bytes) {
        Ok(text) => Typed::Line {
            text: text.trim_end_matches(['\n', '\r']).to_owned(),
            may_be_cut,
        },
        Err(_) => Typed::NotText,
    })
}
