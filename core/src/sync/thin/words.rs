//! Numbers for the names of fields, and how numbers and texts are laid down.

/// Names of fields, numbered from 0. Numbers are written down in segments: append, never change.
pub const FIELDS: &[&str] = &[
    "words",
    "clinical",
    "state",
    "state_why",
    "importance_now",
    "confidence_now",
    "level_1",
    "level_2",
    "level_3",
    "level_4",
    "level_5",
    "weight",
    "baseline",
    "about",
    "kind",
    "value",
    "word",
    "why",
    "what",
    "goal",
    "replaces",
    "bit",
    "when",
    "where",
    "often",
    "from",
    "review",
    "support",
    "plan",
    "way_out",
    "anyway",
    "way",
    "text",
    "until",
    "chosen",
    "barrier",
    "offered",
    "idea",
    "result",
    "note",
    "due",
    "channel",
    "message",
    "next",
    "follow_up",
    "reach",
    "to",
    "well",
    "challenging",
    "topic",
    "place",
    "change",
    "asked",
    "option_1",
    "option_2",
    "option_3",
    "option_4",
    "mattered",
    "chose",
    "score",
    "level",
    "version",
    "who",
    "member",
    "cover",
    "promise_1",
    "promise_2",
    "promise_3",
    "answer",
    "line",
    "owner",
    "by",
    "name",
    "born",
    "practice",
    "same_as",
    "role",
    "title",
    "zone",
    "code",
    "withdrawn",
    "imported_by",
];

/// Bytes being written: numbers and marks here, words of people there, so that each compresses with its like.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    pub(super) shape: Vec<u8>,
    pub(super) texts: Vec<u8>,
}

impl Piece {
    pub(super) fn byte(&mut self, byte: u8) {
        self.shape.push(byte);
    }

    pub(super) fn number(&mut self, number: u64) {
        put_number(&mut self.shape, number);
    }

    pub(super) fn difference(&mut self, value: i64, from: i64) {
        self.number(zigzag(value.wrapping_sub(from)));
    }

    pub(super) fn text(&mut self, text: &[u8]) {
        self.number(text.len() as u64);
        self.texts.extend_from_slice(text);
    }
}

/// LEB128, as short as it can be.
pub(super) fn put_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

pub(super) fn zigzag(value: i64) -> u64 {
    (value.wrapping_shl(1) ^ (value >> 63)) as u64
}

pub(super) fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}
