//! What is talked about around a goal.

use crate::args::Args;
use crate::shell::Shell;
use cairn_core::error::{Error, Result};
use serde_json::Value;

/// Carries out a command about the talk around goals.
pub fn run(_shell: &mut Shell, _name: &str, _args: &Args) -> Result<Value> {
    Err(Error::Usage { what: "command" })
}

/// Attainment.
pub fn scale(_shell: &mut Shell, _name: &str, _args: &Args) -> Result<Value> {
    Err(Error::Usage { what: "command" })
}
