//! The arguments of a command, read as what they are.

use cairn_core::error::{Error, Result};
use cairn_core::id::Id;
use cairn_core::rating::Rating;
use serde_json::{Map, Value};

/// The arguments of a command, by the names journeys use. From the command line all are texts; a journey may
/// give numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Args(pub Map<String, Value>);

impl Args {
    /// A text that must be there.
    pub fn text(&self, name: &'static str) -> Result<String> {
        self.opt(name)?.ok_or(Error::Usage { what: name })
    }

    /// A text, if given. Numbers are taken as they are written.
    pub fn opt(&self, name: &'static str) -> Result<Option<String>> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(_) => Err(Error::Usage { what: name }),
        }
    }

    /// A fixed word that must be there, with underscores.
    pub fn word(&self, name: &'static str) -> Result<String> {
        self.opt_word(name)?.ok_or(Error::Usage { what: name })
    }

    /// A fixed word, if given: hyphen and underscore are the same.
    pub fn opt_word(&self, name: &'static str) -> Result<Option<String>> {
        Ok(self.opt(name)?.map(|word| word.trim().replace('-', "_")))
    }

    /// A whole number that must be there.
    pub fn int(&self, name: &'static str) -> Result<i64> {
        self.opt_int(name)?.ok_or(Error::Usage { what: name })
    }

    /// A whole number, if given.
    pub fn opt_int(&self, name: &'static str) -> Result<Option<i64>> {
        let wrong = Error::Usage { what: name };
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Number(number)) => whole(number).map(Some).ok_or(wrong),
            Some(Value::String(text)) => text.trim().parse().map(Some).map_err(|_| wrong),
            Some(_) => Err(wrong),
        }
    }

    /// A rating that must be there, in numbers or words.
    pub fn rating(&self, name: &'static str) -> Result<Rating> {
        self.opt_rating(name)?.ok_or(Error::Usage { what: name })
    }

    /// A rating, if given.
    pub fn opt_rating(&self, name: &'static str) -> Result<Option<Rating>> {
        match self.0.get(name) {
            Some(Value::Number(_)) => self.int(name).and_then(Rating::number).map(Some),
            _ => self.opt(name)?.map(|text| Rating::parse(&text)).transpose(),
        }
    }

    /// Whether a flag was given.
    pub fn flag(&self, name: &str) -> bool {
        match self.0.get(name) {
            Some(Value::Bool(yes)) => *yes,
            Some(Value::String(text)) => text == "true",
            _ => false,
        }
    }

    /// Texts in their order; one text is a list of one.
    pub fn list(&self, name: &'static str) -> Result<Vec<String>> {
        let Some(Value::Array(items)) = self.0.get(name) else {
            return Ok(self.opt(name)?.into_iter().collect());
        };
        let text = |item: &Value| match item {
            Value::String(text) => Ok(text.clone()),
            Value::Number(number) => Ok(number.to_string()),
            _ => Err(Error::Usage { what: name }),
        };
        items.iter().map(text).collect()
    }

    /// An id, or the beginning of one, that must be there.
    pub fn id(&self, name: &'static str) -> Result<Id> {
        self.text(name).map(Id::read)
    }

    /// An id, if given.
    pub fn opt_id(&self, name: &'static str) -> Result<Option<Id>> {
        Ok(self.opt(name)?.map(Id::read))
    }
}

/// A number without a fraction, however it was written.
fn whole(number: &serde_json::Number) -> Option<i64> {
    let fraction = || {
        number
            .as_f64()
            .filter(|n| n.fract() == 0.0 && n.abs() < 9e15)
            .map(|n| n as i64)
    };
    number.as_i64().or_else(fraction)
}
