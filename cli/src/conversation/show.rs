//! Showing a page: plain lines from top to bottom, as a screen reader speaks them. Nothing is drawn or moved, and the
//! one colour, bold, says nothing that is not said in words; it is left out where the terminal or its owner wants none.

use crate::print::{bold, harmless, styled};
use cairn_core::ask::{Ask, AskKind, Choice, Page};
use cairn_core::words::Words;
use textwrap::{Options, WordSplitter};

/// The widest line, in columns.
const WIDEST: usize = 76;

/// A terminal that has gone is learnt of by the reading of the next line.
fn out(text: &str, end_line: bool) {
    let _ = styled(text, end_line);
}

/// Says something, after an empty line.
pub fn say(text: &str) {
    page(text);
}

/// Shows a text of many lines as they are, each wrapped by itself.
pub fn page(text: &str) {
    let mut lines = vec![String::new()];
    lines.extend(text.trim_end().lines().map(wrapped));
    out(&lines.join("\n"), true);
}

/// Shows a question, and waits behind it for the answer.
pub fn question(words: Words, page: &Page) {
    let ask = &page.ask;
    let mut lines = vec![String::new()];
    let mut line = |text: String| lines.push(wrapped(&text));
    if let Some(heading) = heading(words, page) {
        line(heading);
    }
    if let Some(own) = &page.own_words {
        line(words.say("talk-own-words", &[("words", own.into())]));
    }
    for answered in &page.lines {
        line(format!("  {}: {}", answered.label, answered.value));
    }
    let question = wrapped(&ask.question);
    lines.push(bold(&question));
    let mut line = |text: String| lines.push(wrapped(&text));
    if let Some(hint) = &ask.hint {
        hint.lines().for_each(|text| line(text.to_owned()));
    }
    if let Some(answer) = &ask.answer {
        line(words.say("talk-before", &[("text", answer.into())]));
    }
    for (number, words) in listed(words, ask).into_iter().enumerate() {
        line(format!("  {}. {words}", number + 1));
    }
    line(how(words, ask));
    out(&lines.join("\n"), true);
    out(&format!("{} ", words.say("talk-answer", &[])), false);
}

/// "Your plan. Question 3 of 11."
fn heading(words: Words, page: &Page) -> Option<String> {
    let mut parts = Vec::new();
    if !page.title.is_empty() {
        parts.push(page.title.clone());
    }
    if page.ask.number > 0 {
        let args = [
            ("number", page.ask.number.into()),
            ("of", page.ask.of.into()),
        ];
        parts.push(words.say("talk-question", &args));
    }
    (!parts.is_empty()).then(|| format!("{}.", parts.join(". ")))
}

/// What can be picked by its number; a scale is its own numbers.
fn listed(words: Words, ask: &Ask) -> Vec<String> {
    if ask.kind == AskKind::Scale {
        return Vec::new();
    }
    let choices = ask.choices.iter().map(|choice| {
        if choice.chosen {
            words.say("talk-chosen", &[("words", (&choice.words).into())])
        } else {
            choice.words.clone()
        }
    });
    choices.chain(ask.suggestions.iter().cloned()).collect()
}

/// What to type, in one line.
fn how(words: Words, ask: &Ask) -> String {
    let key = match ask.kind {
        AskKind::Choice | AskKind::Review => "talk-how-choice",
        AskKind::Date => "talk-how-date",
        AskKind::Scale if ask.choices.iter().all(is_number) => "talk-how-number",
        AskKind::Scale => "talk-how-scale",
        AskKind::Text => "talk-how-text",
        AskKind::List => "talk-how-list",
    };
    let how = words.say(key, &[]);
    // A list says itself how it ends.
    if ask.may_skip && ask.kind != AskKind::List {
        format!("{how} {}", words.say("talk-how-skip", &[]))
    } else {
        how
    }
}

fn is_number(choice: &Choice) -> bool {
    choice.value.bytes().all(|byte| byte.is_ascii_digit())
}

/// Wrapped between words, further lines as far in as the first.
fn wrapped(text: &str) -> String {
    let text = &harmless(text);
    let indent = " ".repeat(text.len() - text.trim_start().len());
    let width = textwrap::termwidth().clamp(20, WIDEST);
    textwrap::fill(
        text.trim_start(),
        Options::new(width)
            .initial_indent(&indent)
            .subsequent_indent(&indent)
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(false),
    )
}
