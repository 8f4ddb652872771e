//! About me and information needs.

use crate::shell::Shell;
use cairn_core::error::{Error, Result};
use cairn_core::record::Noun;
use cairn_core::store::Scope;
use cairn_core::{about_me, need};
use cairn_journey::Args;
use serde_json::{Value, json};

/// Carries out a command about what matters to the person.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    match name {
        "about.show" => Ok(about_me::show(&shell.read(&Scope::All)?)),
        "about.set" => {
            let (section, text) = (args.word("section")?, args.text("text")?);
            let (id, record) =
                shell.act(&Scope::All, |acts| about_me::set(acts, &section, &text))?;
            let sections = about_me::show(&record);
            let written = sections
                .as_array()
                .and_then(|all| all.iter().find(|s| s["section"] == json!(id)));
            let mut answer = written.cloned().ok_or(Error::UnknownId)?;
            answer["id"] = json!(id);
            Ok(answer)
        }
        "need.list" => Ok(need::list(&shell.read(&Scope::All)?)),
        "need.add" => {
            let word = args.text("need")?;
            let (id, record) = shell.act(&Scope::All, |acts| need::add(acts, &word))?;
            Ok(need::show(&record, record.find(Noun::Need, &id)?))
        }
        _ => Err(Error::Usage { what: "command" }),
    }
}
