//! Reads a catalogue into messages the rules can judge: every wording a person may see, and what is put into it.
//!
//! Fluent's own syntax tree needs a further dependency and holds more than the rules ask for. A test compares
//! the keys found here with what Fluent itself found, so this reader cannot drift away from it.

use std::collections::BTreeSet;

/// A message of a catalogue, or one attribute of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message {
    /// The key of the message.
    pub key: String,
    /// The name of the attribute, where this is one.
    pub attribute: Option<String>,
    /// The wordings: one, or as many as there are variants. An argument stands as `{$name}`.
    pub wordings: Vec<String>,
    /// The names of the arguments, without the dollar sign.
    pub arguments: BTreeSet<String>,
    /// The keys of other messages this one puts in.
    pub references: BTreeSet<String>,
}

impl Message {
    /// The key, with the attribute after a dot where this is one.
    pub fn name(&self) -> String {
        match &self.attribute {
            Some(attribute) => format!("{}.{attribute}", self.key),
            None => self.key.clone(),
        }
    }
}

/// Reads a catalogue. What is not Fluent is passed over here; [`super::unreadable`] reports it.
pub fn read(source: &str) -> Vec<Message> {
    let mut entries: Vec<(String, Option<String>, String)> = Vec::new();
    let mut open = false;
    for line in source.lines() {
        let text = line.trim_start();
        if line.starts_with('#') {
            open = false;
        } else if line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') {
            open = match line.split_once('=') {
                Some((key, rest)) => {
                    entries.push((key.trim().to_owned(), None, rest.to_owned()));
                    true
                }
                None => false,
            };
        } else if open && let Some((key, _, raw)) = entries.last_mut() {
            match attribute(text) {
                Some((name, rest)) if !inside_braces(raw) => {
                    let key = key.clone();
                    entries.push((key, Some(name.to_owned()), rest.to_owned()));
                }
                _ => {
                    raw.push('\n');
                    raw.push_str(line);
                }
            }
        }
    }
    entries
        .into_iter()
        .filter(|(_, _, raw)| !raw.trim().is_empty())
        .map(|(key, attribute, raw)| message(key, attribute, &raw))
        .collect()
}

fn attribute(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.strip_prefix('.')?.split_once('=')?;
    Some((name.trim(), rest))
}

fn inside_braces(raw: &str) -> bool {
    raw.matches('{').count() > raw.matches('}').count()
}

fn message(key: String, attribute: Option<String>, raw: &str) -> Message {
    let mut found = Message {
        key,
        attribute,
        ..Message::default()
    };
    let pieces = Cursor(raw).pattern(false, &mut found);
    found.wordings = wordings(&pieces);
    found
}

enum Piece {
    Text(String),
    Choice(Vec<Vec<Piece>>),
}

/// As many wordings as it takes for each variant to be in one at least. Where one choice has fewer variants than
/// another, its last one stands again.
fn wordings(pieces: &[Piece]) -> Vec<String> {
    let choices: Vec<Vec<String>> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(plain) => vec![plain.clone()],
            Piece::Choice(variants) => variants.iter().flat_map(|v| wordings(v)).collect(),
        })
        .collect();
    let most = choices.iter().map(Vec::len).max().unwrap_or(1);
    (0..most)
        .map(|nth| {
            let said = choices.iter().filter_map(|all| all.get(nth).or(all.last()));
            let text: String = said.map(String::as_str).collect();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect()
}

/// What is left to read. Every step takes at least one character or ends, so any text comes to an end.
struct Cursor<'a>(&'a str);

impl Cursor<'_> {
    /// Text and placeables, to the end, or in a variant to where the next variant or the closing brace begins.
    fn pattern(&mut self, in_variant: bool, found: &mut Message) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        while let Some(next) = self.0.chars().next() {
            if in_variant && (next == '}' || (next == '\n' && self.variant_follows())) {
                break;
            }
            self.0 = &self.0[next.len_utf8()..];
            if next == '{' {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
                pieces.push(self.placeable(found));
            } else {
                text.push(next);
            }
        }
        pieces.push(Piece::Text(text));
        pieces
    }

    fn variant_follows(&self) -> bool {
        let rest = self.0.trim_start();
        rest.starts_with('[') || rest.starts_with("*[")
    }

    /// Behind an opening brace: a quoted text, an argument, a reference, or a choice of variants.
    fn placeable(&mut self, found: &mut Message) -> Piece {
        self.0 = self.0.trim_start();
        if let Some(rest) = self.0.strip_prefix('"') {
            let (quoted, rest) = rest.split_once('"').unwrap_or((rest, ""));
            self.0 = rest;
            self.past_brace();
            return Piece::Text(quoted.to_owned());
        }
        let end = self.0.find(['}', '\n']).unwrap_or(self.0.len());
        let head = self.0[..end].split("->").next().unwrap_or("");
        self.0 = &self.0[head.len()..];
        let head = head.trim();
        for name in head.split('$').skip(1) {
            found.arguments.insert(name_at_start(name).to_owned());
        }
        if !head.contains(['$', '(']) && !head.is_empty() {
            let key = head.split('.').next().unwrap_or(head);
            found.references.insert(key.to_owned());
        }
        match self.0.strip_prefix("->") {
            Some(rest) => {
                self.0 = rest;
                self.variants(found)
            }
            None => {
                self.past_brace();
                Piece::Text(format!("{{{}}}", head.replace(' ', "")))
            }
        }
    }

    fn variants(&mut self, found: &mut Message) -> Piece {
        let mut variants = Vec::new();
        while self.variant_follows() {
            let (_, rest) = self.0.split_once(']').unwrap_or(("", ""));
            self.0 = rest;
            variants.push(self.pattern(true, found));
        }
        self.past_brace();
        Piece::Choice(variants)
    }

    fn past_brace(&mut self) {
        self.0 = self.0.split_once('}').map_or("", |(_, rest)| rest);
    }
}

fn name_at_start(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    &text[..end.unwrap_or(text.len())]
}
