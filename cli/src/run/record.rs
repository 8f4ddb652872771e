//! The record as a whole: what people answered apart, history, search, drafts, whether all can be read back.

use crate::shell::Shell;
use cairn_core::error::{Error, Result};
use cairn_core::store::Scope;
use cairn_core::view::{disagreement, everything};
use cairn_journey::Args;
use serde_json::{Value, json};

/// Carries out a command about the whole record.
pub fn run(shell: &mut Shell, name: &str, args: &Args) -> Result<Value> {
    match name {
        "disagreements" => Ok(disagreement::list(&shell.read(&Scope::Everything)?)),
        "settle" => {
            let (id, choice) = (args.id("disagreement")?, args.text("choice")?);
            let (about, record) = shell.act(&Scope::Everything, |acts| {
                disagreement::settle(acts, &id, &choice)
            })?;
            Ok(
                json!({"id": about, "about": about, "choice": choice, "left": disagreement::all(&record).len()}),
            )
        }
        "record.show" => {
            let record = shell.read(&Scope::Everything)?;
            Ok(everything::show(&record, shell.today(&record)))
        }
        "history" => Ok(everything::history(&shell.read(&Scope::Everything)?)),
        "search" => {
            let words = args.text("words")?;
            if words.trim().is_empty() {
                return Err(Error::Empty);
            }
            let circle = shell.circle()?;
            let hits = shell.vault.search(&circle, &words)?;
            Ok(hits
                .into_iter()
                .map(|hit| json!({"id": hit.id, "noun": hit.noun.as_str(), "words": hit.words}))
                .collect())
        }
        "draft.put" => {
            let (page, text) = (args.text("page")?, args.text("text")?);
            let (circle, now) = (shell.circle()?, shell.now());
            shell.vault.put_draft(&circle, &page, &text, now)?;
            Ok(json!({"page": page, "text": text}))
        }
        "draft.get" => {
            let page = args.text("page")?;
            let text = shell.vault.draft(&shell.circle()?, &page)?;
            Ok(json!({"page": page, "text": text}))
        }
        "verify" => {
            let found = shell.vault.verify()?;
            // Reading this is how the person learns of a lost tail; it is not said again after it.
            shell.vault.acknowledge_found(&found)?;
            Ok(
                json!({"ok": found.ok, "records": found.records, "entries": found.entries, "damaged": found.damaged}),
            )
        }
        "status" => shell.vault.status(),
        _ => Err(Error::Usage { what: "command" }),
    }
}
