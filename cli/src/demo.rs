//! `replay` and `demo`: journeys told as a story.

use crate::Ended;
use crate::journey::{self, Outcome, Over};
use crate::print::out;
use crate::shell::{make_folder, storage};
use cairn_core::error::{Error, Result};
use cairn_core::words::{Lang, Words};
use cairn_journey::{Args, Journey};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

/// Plays a journey from a file on fresh devices in a folder that goes again.
pub fn replay(words: Words, json: bool, args: &Args) -> Ended {
    let over = match args.opt_word("over")?.as_deref() {
        None | Some("memory") => Over::Memory,
        Some("tcp") => Over::Tcp,
        Some("folder") => Over::Folder,
        Some("relay") => return Err(Error::Usage { what: "later" }),
        Some(_) => return Err(Error::Usage { what: "over" }),
    };
    let text =
        fs::read_to_string(args.text("file")?).map_err(|_| Error::Usage { what: "journey" })?;
    let journey = Journey::read(&text)?;
    let folder = tempfile::tempdir().map_err(|error| storage(&error))?;
    let outcome = play(&journey, folder.path(), words, over, json)?;
    ended(words, json, &outcome, outcome.json())
}

/// When the homes of the demo are looked into: the day after its story.
const AFTERWARDS: &str = "--now 2026-04-21T09:00:00+01:00";

/// Plays the built-in journey, its devices meeting through sockets on loopback, into homes that stay to look into: the
/// person's in the folder itself, the others' in folders of their own beside it.
pub fn demo(words: Words, json: bool, home: Option<&Path>) -> Ended {
    let home = home.unwrap_or(Path::new("cairn-demo"));
    if home.join("vault.db").exists() {
        return Err(crate::home::PROFILE_THERE);
    }
    let journey = Journey::read(match words.lang() {
        Lang::En => include_str!("demo.json"),
        Lang::Cy => include_str!("demo.cy.json"),
    })?;
    make_folder(home)?;
    let folder = tempfile::tempdir_in(home).map_err(|error| storage(&error))?;
    let outcome = play(&journey, folder.path(), words, Over::Tcp, json)?;
    let path = home.display().to_string();
    let mut homes = Map::new();
    if outcome.failed.is_none() {
        for device in &journey.devices {
            let own = match device.id.as_str() {
                "phone" => home.to_owned(),
                other => home.join(other),
            };
            make_folder(&own)?;
            move_files(&folder.path().join(&device.id), &own)?;
            homes.insert(device.id.clone(), json!(own));
        }
    }
    if !json && outcome.failed.is_none() {
        out(&words.say("demo-end", &[("home", (&path).into())]))?;
        out(&format!("  cairn --home {path} {AFTERWARDS} today"))?;
        out(&words.say("demo-end-others", &[]))?;
        out(&format!(
            "  cairn --home {path}/tablet {AFTERWARDS} caseload"
        ))?;
        out(&format!("  cairn --home {path}/carer {AFTERWARDS} people"))?;
    }
    let mut answer = outcome.json();
    answer["home"] = json!(path);
    answer["homes"] = homes.into();
    ended(words, json, &outcome, answer)
}

fn play(journey: &Journey, folder: &Path, words: Words, over: Over, json: bool) -> Result<Outcome> {
    if !json {
        out(&journey.title)?;
    }
    journey::play(journey, folder, words, over, |line| {
        if !json {
            // The last line says it if the story could not be written.
            let _ = out(line);
        }
    })
}

fn ended(words: Words, json: bool, outcome: &Outcome, answer: Value) -> Ended {
    if json {
        out(&answer.to_string())?;
    } else {
        out(&match &outcome.failed {
            None => words.say("replay-ok", &[("count", outcome.steps.into())]),
            Some((step, why)) => words.say(
                "replay-stopped",
                &[("number", (*step).into()), ("why", why.into())],
            ),
        })?;
    }
    Ok((answer, u8::from(outcome.failed.is_some())))
}

/// Moves the files of a closed home.
fn move_files(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)
        .map_err(|error| storage(&error))?
        .flatten()
    {
        fs::rename(entry.path(), to.join(entry.file_name())).map_err(|error| storage(&error))?;
    }
    Ok(())
}
