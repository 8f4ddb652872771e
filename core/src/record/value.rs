//! The values a record holds: scalars only.

use automerge::ScalarValue;
use serde::{Deserialize, Serialize};

/// One scalar. What a newer version wrote and this one does not know is kept in the changes and read as
/// [`Value::Unknown`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Value {
    /// A person's words, or a word of a list, byte for byte.
    Text(String),
    /// A whole number; its unit is the field's.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A packed value (see `SPEC.md`).
    Bytes(Vec<u8>),
    /// Emptied on purpose.
    Empty,
    /// Written by a newer version.
    Unknown,
}

impl Value {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn to_automerge(&self) -> ScalarValue {
        match self {
            Value::Text(text) => ScalarValue::Str(text.as_str().into()),
            Value::Int(number) => ScalarValue::Int(*number),
            Value::Bool(yes) => ScalarValue::Boolean(*yes),
            Value::Bytes(bytes) => ScalarValue::Bytes(bytes.clone()),
            Value::Empty | Value::Unknown => ScalarValue::Null,
        }
    }

    pub(crate) fn from_automerge(scalar: &ScalarValue) -> Value {
        match scalar {
            ScalarValue::Str(text) => Value::Text(text.to_string()),
            ScalarValue::Int(number) => Value::Int(*number),
            ScalarValue::Uint(number) => i64::try_from(*number).map_or(Value::Unknown, Value::Int),
            ScalarValue::Boolean(yes) => Value::Bool(*yes),
            ScalarValue::Bytes(bytes) => Value::Bytes(bytes.clone()),
            ScalarValue::Null => Value::Empty,
            _ => Value::Unknown,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.into())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Int(number)
    }
}
