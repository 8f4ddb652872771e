//! What a person reads in a terminal: plain sentences, headings, and lines with a label. All words are from the
//! catalogue.

mod devices;
mod fields;
mod html;
mod pages;

pub use fields::plan_lines;
pub use html::html;
pub use pages::{a_plan, only_here, today};

use anstream::{AutoStream, ColorChoice};
use anstyle::{Effects, Style};
use cairn_core::error::Result;
use cairn_core::store::io::fault;
use cairn_core::words::Words;
use serde_json::Value;
use std::io::{ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether something that was to be read could not be written.
static LOST: AtomicBool = AtomicBool::new(false);

/// Whether that was a recovery code, and the one before it holds.
static HOLDS: AtomicBool = AtomicBool::new(false);

/// The commands whose answer has a recovery code that is shown this once.
const CODES: [&str; 3] = ["recovery.make", "recovery.use", "backup.restore"];

/// Writes a text and a line's end, to the last byte. A reader who has gone is no fault of the command.
///
/// # Errors
/// Those of storage: what standard output leads to is full, or broken.
pub fn out(text: &str) -> Result<()> {
    written(put(format!("{}\n", text.trim_end_matches('\n')).as_bytes()))
}

/// Past the buffer of the library: what is left in that is tried again when the program ends, after it was said that it
/// could not be written.
fn put(text: &[u8]) -> std::io::Result<()> {
    let mut buffered = std::io::stdout().lock();
    buffered.flush()?;
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        std::fs::File::from(buffered.as_fd().try_clone_to_owned()?).write_all(text)
    }
    #[cfg(not(unix))]
    {
        buffered.write_all(text)?;
        buffered.flush()
    }
}

fn written(written: std::io::Result<()>) -> Result<()> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        all => lost(all),
    }
}

fn lost(written: std::io::Result<()>) -> Result<()> {
    written.map_err(|error| {
        LOST.store(true, Ordering::Relaxed);
        fault(&error)
    })
}

/// Whether an answer could not be written: the error is then about where it was to go, and not about what is kept here.
pub fn was_lost() -> bool {
    LOST.load(Ordering::Relaxed)
}

/// Writes a text that has [`bold`] in it: bold is shown only on a terminal that can show it, and where its owner did
/// not say `NO_COLOR`.
///
/// # Errors
/// Those of [`out`].
pub fn styled(text: &str, end_line: bool) -> Result<()> {
    let out = std::io::stdout();
    // A build machine's variables make the library think that every terminal can show bold; a dumb one cannot.
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let choice = if dumb {
        ColorChoice::Never
    } else {
        AutoStream::choice(&out)
    };
    let mut terminal = AutoStream::new(out, choice).lock();
    let done = if end_line {
        writeln!(terminal, "{text}")
    } else {
        write!(terminal, "{text}")
    };
    written(done.and_then(|()| terminal.flush()))
}

/// Without what steers a terminal: words somebody else wrote must not move its cursor, nor turn round what stands after
/// them. Letters of languages that are written from the right keep their own direction.
pub fn harmless(text: &str) -> String {
    let turns = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let kept = |c: &char| !turns(c) && (!c.is_control() || matches!(c, '\n' | '\t'));
    text.chars().filter(kept).collect()
}

/// Marks a text as bold. It is never all that tells something.
pub fn bold(text: &str) -> String {
    const BOLD: Style = Style::new().effects(Effects::BOLD);
    format!("{BOLD}{text}{BOLD:#}")
}

/// Prints to standard error. One that cannot be written to (a full disk, a closed pipe) changes nothing: what there is
/// to say is in the exit code too.
pub fn err(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Whether a recovery code could not be written, before the one it was to take the place of ended.
pub fn earlier_holds() -> bool {
    HOLDS.load(Ordering::Relaxed)
}

/// Prints the answer of a command: as JSON, or in words.
///
/// # Errors
/// Those of [`out`].
pub fn answer(words: Words, name: &str, answer: &Value, json: bool) -> Result<()> {
    let text = format!(
        "{}\n",
        page(words, name, answer, json).trim_end_matches('\n')
    );
    // Who has gone has not read the code, and it is nowhere else.
    if answer["code"].is_string() && CODES.contains(&name) {
        lost(put(text.as_bytes()))
    } else {
        written(put(text.as_bytes()))
    }
}

/// As [`answer`], of a command whose answer has the recovery code that holds from then on.
///
/// # Errors
/// Those of [`out`], and for a reader who has gone: then the code before holds as it did.
pub fn code(words: Words, name: &str, shown: &Value, json: bool) -> Result<()> {
    answer(words, name, shown, json).inspect_err(|_| HOLDS.store(true, Ordering::Relaxed))
}

fn page(words: Words, name: &str, answer: &Value, json: bool) -> String {
    if json {
        return answer.to_string();
    }
    let shown = human(words, name, answer);
    // What is taken out stays byte for byte; a page to read has nothing that steers a terminal.
    match name {
        "export" => shown,
        _ => harmless(&shown),
    }
}

/// The answer of a command in words.
pub fn human(words: Words, name: &str, answer: &Value) -> String {
    if let Some(page) = pages::special(words, name, answer) {
        return page;
    }
    let noun = name.split('.').next().unwrap_or(name);
    let asked = ["list", "show", "get"]
        .iter()
        .any(|verb| name.ends_with(&format!(".{verb}")))
        || !name.contains('.');
    let shown = fields::value(words, noun, answer);
    match (shown.trim().is_empty(), asked) {
        (true, true) => words.say("cli-nothing", &[]),
        (true, false) if answer.as_array().is_some_and(Vec::is_empty) => {
            words.say("cli-nothing", &[])
        }
        (true, false) => words.say("cli-saved", &[]),
        (false, _) => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_others_neither_steer_the_terminal_nor_turn_what_follows_round() {
        assert_eq!(
            harmless("a\u{1b}[31mb\u{202e}exe.png\u{2066}c\td\n"),
            "a[31mbexe.pngc\td\n"
        );
        assert_eq!(harmless("שלום مرحبا"), "שלום مرحبا");
    }
}
