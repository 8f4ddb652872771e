//! Attachments: a picture, a voice or a document beside a thing of the record.
//!
//! The attachment is a thing in the part of what it is about, so it is shared, written and taken back as that part is.
//! Its bytes are cut in pieces that are sealed by themselves and lie outside of the record: no page reads them, and
//! they travel after all text. Source: `cli.md`, `attach`; `SPEC.md`, Attachments; docs/adr/0039.

pub mod kind;
pub mod pieces;
pub mod strip;

use crate::entropy::Entropy;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::log;
use crate::record::acts::checked;
use crate::record::{Acts, Noun, Record, Thing};
use crate::view;
use kind::Kind;
use pieces::{FILE_CAP, Manifest, Sealed};
use serde_json::{Value, json};

/// The most characters of a file's name that are kept.
const NAME_LENGTH: usize = 120;

/// A file on its way into the record.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// What it is.
    pub kind: Kind,
    name: String,
    text: Option<String>,
    /// Its pieces.
    pub sealed: Sealed,
}

impl Prepared {
    /// Looks at a file, takes out where a picture was taken, cuts and seals it. `name` is the file's name, without its
    /// folder; `text` is what the person says about it.
    ///
    /// # Errors
    /// [`Error::FileTooLarge`]; [`Error::FileKind`] for a kind that is not kept, or a picture that cannot be read;
    /// [`Error::Empty`] and [`Error::TooLong`] for the text; those of the random source.
    pub fn new(
        circle: &Id,
        name: &str,
        text: Option<&str>,
        content: Vec<u8>,
        entropy: &dyn Entropy,
    ) -> Result<Prepared> {
        if content.len() as u64 > FILE_CAP {
            return Err(Error::FileTooLarge {
                size: content.len() as u64,
            });
        }
        if content.is_empty() {
            return Err(Error::FileKind);
        }
        let text = text.map(checked).transpose()?.map(str::to_owned);
        let kind = Kind::of(&content).ok_or(Error::FileKind)?;
        let content = strip::strip(kind, content).ok_or(Error::FileKind)?;
        Ok(Prepared {
            kind,
            name: shown_name(name),
            text,
            sealed: pieces::seal(circle, &content, entropy)?,
        })
    }
}

/// A file's name as it is kept: one line, not too long.
fn shown_name(name: &str) -> String {
    let kept = name.chars().filter(|c| !c.is_control());
    kept.take(NAME_LENGTH).collect::<String>().trim().to_owned()
}

/// The thing an attachment can be about, by the beginning of its id: anything in a part that holds attachments.
///
/// # Errors
/// [`Error::UnknownId`], [`Error::AmbiguousId`].
pub fn find_about<'r>(record: &'r Record, id: &Id) -> Result<&'r Thing> {
    let may = |noun: &Noun| *noun != Noun::Attachment;
    let nouns: Vec<Noun> = Noun::ALL.iter().copied().filter(may).collect();
    let found = match record.find_among(&nouns, id) {
        // An entry is also known by the ids of its corrections.
        Err(Error::UnknownId) => log::find(record, id)?,
        found => found?,
    };
    if found.part.holds(Noun::Attachment) {
        Ok(found)
    } else {
        Err(Error::UnknownId)
    }
}

/// Writes an attachment beside a thing, in the thing's own part. Its pieces are kept with it, see
/// [`crate::store::Vault::attach`].
///
/// # Errors
/// Those of [`find_about`].
pub fn add(acts: &mut Acts, about: &Id, file: &Prepared) -> Result<Id> {
    let about = find_about(acts.record(), about)?;
    let id = acts.make(&about.part);
    let part = &about.part;
    acts.put(part, Noun::Attachment, &id, "about", about.id.as_str());
    acts.put(part, Noun::Attachment, &id, "kind", file.kind.as_str());
    if !file.name.is_empty() {
        acts.put(part, Noun::Attachment, &id, "name", file.name.as_str());
    }
    acts.put_text(part, Noun::Attachment, &id, "text", file.text.as_deref())?;
    let manifest = file.sealed.manifest.pack()?;
    acts.put(part, Noun::Attachment, &id, "file", manifest);
    Ok(id)
}

/// One attachment: `about`, `name`, `kind`, `text`, `size` in bytes, and `here`: whether its bytes are on this device.
pub fn show(record: &Record, attachment: &Thing) -> Value {
    let mut map = view::thing(record, attachment);
    map.insert("about".into(), json!(attachment.reference("about")));
    map.extend(said(record, attachment));
    map.into()
}

/// What stands of an attachment beside the thing it is about.
fn said(record: &Record, attachment: &Thing) -> serde_json::Map<String, Value> {
    let mut map = serde_json::Map::new();
    for field in ["name", "kind", "text"] {
        map.insert(field.into(), view::text(record, attachment, field));
    }
    let size = Manifest::of(attachment).map(|manifest| manifest.size);
    map.insert("size".into(), json!(size));
    let here = record.sharing.files_here.contains(&attachment.id);
    map.insert("here".into(), json!(here));
    map
}

/// The standing attachments of a thing, oldest first; `None` if there are none.
pub fn of(record: &Record, about: &Thing) -> Option<Value> {
    let all = record.standing(Noun::Attachment).into_iter();
    let shown: Vec<Value> = all
        // Of another part it would be of somebody who may not write here.
        .filter(|attachment| attachment.part == about.part)
        .filter(|attachment| attachment.text("about") == Some(about.id.as_str()))
        .map(|attachment| {
            let mut map = said(record, attachment);
            map.insert("id".into(), json!(attachment.id));
            map.into()
        })
        .collect();
    (!shown.is_empty()).then(|| shown.into())
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
