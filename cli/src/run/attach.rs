//! A picture, a sound or a document beside something: put there, read back, taken back.

use crate::shell::Shell;
use cairn_core::attachment::pieces::FILE_CAP;
use cairn_core::attachment::{self, Prepared, strip};
use cairn_core::error::{Error, Result};
use cairn_core::id::Id;
use cairn_core::record::Noun;
use cairn_core::store::Scope;
use cairn_core::store::io::write_out;
use cairn_core::withdrawal;
use cairn_journey::Args;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const WRONG: Error = Error::Usage { what: "file" };

/// Carries out `attach`.
pub fn run(shell: &mut Shell, args: &Args) -> Result<Value> {
    let id = args.id("id")?;
    match (args.flag("get"), args.flag("withdraw")) {
        (false, false) => attach(shell, &id, args),
        (true, false) => get(shell, &id, args),
        (false, true) => {
            let scope = Scope::Everything;
            let (done, _) = shell.act(&scope, |acts| {
                withdrawal::withdraw(acts, Noun::Attachment, &id)
            })?;
            show(shell, &done)
        }
        (true, true) => Err(Error::Usage { what: "attach" }),
    }
}

fn attach(shell: &mut Shell, about: &Id, args: &Args) -> Result<Value> {
    let path = args.text("file")?;
    let path = Path::new(&path);
    let told = fs::metadata(path).map_err(|_| WRONG)?;
    if !told.is_file() {
        return Err(WRONG);
    }
    // Looked at before it is read: a film may be larger than the memory there is.
    if told.len() > FILE_CAP {
        return Err(Error::FileTooLarge { size: told.len() });
    }
    let content = fs::read(path).map_err(|_| WRONG)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (circle, text, acting) = (shell.circle()?, args.opt("text")?, shell.acting());
    let entropy = shell.entropy.as_ref();
    let file = Prepared::new(&circle.id, &name, text.as_deref(), content, entropy)?;
    let made = shell.vault.attach(&circle, about, &file, acting)?;
    let mut answer = show(shell, &made)?;
    answer["place_may_be_in_it"] = json!(!strip::strips(file.kind));
    Ok(answer)
}

fn get(shell: &Shell, attachment: &Id, args: &Args) -> Result<Value> {
    let to = args.text("file")?;
    let bytes = shell.vault.attached(&shell.circle()?, attachment)?;
    write_out(Path::new(&to), &bytes)?;
    Ok(json!({"file": to, "bytes": bytes.len()}))
}

fn show(shell: &Shell, attachment: &Id) -> Result<Value> {
    let record = shell.read(&Scope::Everything)?;
    let thing = record.find(Noun::Attachment, attachment)?;
    Ok(attachment::show(&record, thing))
}
