//! About me and information needs.

use crate::args::Args;
use crate::shell::Shell;
use cairn_core::error::{Error, Result};
use serde_json::Value;

/// Carries out a command about what matters to the person.
pub fn run(_shell: &mut Shell, _name: &str, _args: &Args) -> Result<Value> {
    Err(Error::Usage { what: "command" })
}
