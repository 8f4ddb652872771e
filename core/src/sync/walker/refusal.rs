//! Why bytes were refused.

use crate::error::Error;

/// Why the walker refused bytes of another device. Each reason is a word for the quarantine; none carries anything of
/// what was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Refusal {
    /// More bytes than [`limits`](super::limits) allow.
    #[error("more bytes than allowed")]
    TooManyBytes,
    /// It does not begin as an automerge chunk.
    #[error("not an automerge chunk")]
    NotAChunk,
    /// The checksum is not that of the content.
    #[error("the checksum does not fit")]
    Checksum,
    /// A kind of chunk that is not taken here, compressed changes among them.
    #[error("a kind of chunk that is not taken")]
    Kind,
    /// It ends too early.
    #[error("it ends too early")]
    Truncated,
    /// Bytes follow where nothing may.
    #[error("bytes follow where nothing may")]
    Trailing,
    /// A number written longer than need be, or too large for its place.
    #[error("a number is written wrongly")]
    Number,
    /// A text is not UTF-8.
    #[error("a text is not UTF-8")]
    Text,
    /// An actor's name that is not 16 bytes, out of order, twice, or beyond the table.
    #[error("an actor is named wrongly")]
    Actor,
    /// What it stands on: too much, out of order, or twice.
    #[error("what it stands on is listed wrongly")]
    Dependencies,
    /// Columns out of order, twice, or too many.
    #[error("columns are listed wrongly")]
    Columns,
    /// A deflated column.
    #[error("a column is compressed")]
    Deflated,
    /// More in unknown columns, or behind the columns, than may be carried along.
    #[error("too much that is not known here")]
    Unknown,
    /// More operations than allowed, or more changes in a snapshot.
    #[error("more operations than allowed")]
    TooManyOperations,
    /// More replaced answers than allowed.
    #[error("more replaced answers than allowed")]
    TooManyReplaced,
    /// Columns that do not have the same number of rows, or not as many as another one says.
    #[error("columns disagree about the number of rows")]
    Rows,
    /// A run of nothing, or nothing where something must be.
    #[error("a run is written wrongly")]
    Run,
    /// A value whose length or content does not fit its type.
    #[error("a value does not fit its type")]
    Value,
    /// A counter or sequence number that is 0, negative or over 32 bits.
    #[error("a counter is out of range")]
    Counter,
    /// A moment that no calendar holds.
    #[error("a moment no calendar holds")]
    Moment,
    /// An operation of an unknown kind.
    #[error("an operation of an unknown kind")]
    Action,
    /// A key, mark or message that is too long.
    #[error("a name is too long")]
    TooLong,
    /// automerge does not read it.
    #[error("automerge does not read it")]
    Undecodable,
    /// Decoded and encoded again, it is another change: it would not come back out of a snapshot.
    #[error("not written as automerge writes")]
    OtherForm,
}

impl Refusal {
    /// Every reason, in the order in which they are declared.
    pub const ALL: [Refusal; 24] = [
        Refusal::TooManyBytes,
        Refusal::NotAChunk,
        Refusal::Checksum,
        Refusal::Kind,
        Refusal::Truncated,
        Refusal::Trailing,
        Refusal::Number,
        Refusal::Text,
        Refusal::Actor,
        Refusal::Dependencies,
        Refusal::Columns,
        Refusal::Deflated,
        Refusal::Unknown,
        Refusal::TooManyOperations,
        Refusal::TooManyReplaced,
        Refusal::Rows,
        Refusal::Run,
        Refusal::Value,
        Refusal::Counter,
        Refusal::Moment,
        Refusal::Action,
        Refusal::TooLong,
        Refusal::Undecodable,
        Refusal::OtherForm,
    ];

    /// The stable word under which the quarantine keeps it.
    pub fn code(self) -> &'static str {
        match self {
            Refusal::TooManyBytes => "too_many_bytes",
            Refusal::NotAChunk => "not_a_chunk",
            Refusal::Checksum => "checksum",
            Refusal::Kind => "kind",
            Refusal::Truncated => "truncated",
            Refusal::Trailing => "trailing",
            Refusal::Number => "number",
            Refusal::Text => "text",
            Refusal::Actor => "actor",
            Refusal::Dependencies => "dependencies",
            Refusal::Columns => "columns",
            Refusal::Deflated => "deflated",
            Refusal::Unknown => "unknown",
            Refusal::TooManyOperations => "too_many_operations",
            Refusal::TooManyReplaced => "too_many_replaced",
            Refusal::Rows => "rows",
            Refusal::Run => "run",
            Refusal::Value => "value",
            Refusal::Counter => "counter",
            Refusal::Moment => "moment",
            Refusal::Action => "action",
            Refusal::TooLong => "too_long",
            Refusal::Undecodable => "undecodable",
            Refusal::OtherForm => "other_form",
        }
    }
}

impl From<Refusal> for Error {
    /// For a caller without a quarantine: bytes that are no change.
    fn from(_: Refusal) -> Error {
        Error::Damaged
    }
}
