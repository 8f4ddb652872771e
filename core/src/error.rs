//! The one error that leaves this crate.
//!
//! A variant carries data, never a person's words, names or ids: whatever is shown to a person is made from
//! the catalogue by [`crate::words`], and `Display` is for engineers.

/// Why something was not done. See [`Error::code`] for the stable name and [`Error::exit`] for the exit code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
#[non_exhaustive]
pub enum Error {
    // Refused by a rule of the loop (exit 1).
    /// The plan was never rated, so nobody knows how sure the person is.
    #[error("the plan has no confidence rating")]
    ConfidenceMissing,
    /// The newest rating of the plan is under 7 and none of the four ways out was taken.
    #[error("confidence is below 7 and no way out was taken")]
    ConfidenceBelow7,
    /// No date or no channel for the follow-up.
    #[error("the follow-up has no date or no channel")]
    FollowUpMissing,
    /// The follow-up lies before the day of agreeing.
    #[error("the follow-up is in the past")]
    FollowUpInPast,
    /// The follow-up lies after day 14.
    #[error("the follow-up is later than day 14")]
    FollowUpTooLate,
    /// The plan was agreed before.
    #[error("the plan is already agreed")]
    AlreadyAgreed,
    /// A goal suggested by staff was not taken up by the person yet.
    #[error("the goal was not taken up by the person")]
    GoalNotTakenUp,
    /// Advice or support given without asking first.
    #[error("advice was given without asking first")]
    AdviceNotAsked,
    /// This member may not do or read this.
    #[error("not allowed for this member")]
    NotAllowed,
    /// An invitation that has ended, or that somebody else used.
    #[error("the invitation has ended or was used")]
    InvitationOver,
    /// An owner of the circle decided not to let this device in.
    #[error("not let in")]
    NotLetIn,
    /// Two devices met that do not know each other.
    #[error("the devices do not know each other")]
    NotKnown,
    /// Sharing with this device ended on a day that has gone by, by this device's clock.
    #[error("sharing ended on a day that has gone by")]
    SharingEnded,
    /// A day or moment that has not come yet.
    #[error("the date is in the future")]
    DateInFuture,
    /// A text message over 160 characters.
    #[error("the message has {length} characters, 160 at most")]
    MessageTooLong {
        /// Number of characters given.
        length: u64,
    },
    /// A goal is scored before its five levels were written.
    #[error("the goal has no attainment levels")]
    ScaleMissing,
    /// The choice is none of the answers of the disagreement, or the act does not fit the state.
    #[error("not one of the answers")]
    NotAnAnswer,

    /// Refused by how things stand, with a sentence of its own. Exit 1.
    #[error("refused: {said}")]
    Rule {
        /// The stable name, one of those of exit 1.
        code: &'static str,
        /// The key of the sentence in the catalogue.
        said: &'static str,
    },

    // Wrong use (exit 2).
    /// A number outside its range.
    #[error("{given} is outside {low} to {high}")]
    OutOfRange {
        /// The number given.
        given: i64,
        /// The lowest allowed.
        low: i64,
        /// The highest allowed.
        high: i64,
    },
    /// Not a date, time or moment of the calendar.
    #[error("not a date")]
    BadDate,
    /// The words for "how often" were not understood.
    #[error("how often was not understood")]
    OftenNotUnderstood,
    /// Nothing has this id.
    #[error("nothing has this id")]
    UnknownId,
    /// The device that was asked did not make this invitation.
    #[error("the invitation is of another device")]
    InvitationUnknown,
    /// More than one thing has an id that begins like this.
    #[error("more than one id begins like this")]
    AmbiguousId,
    /// Only white space.
    #[error("the text is empty")]
    Empty,
    /// Over 100,000 characters.
    #[error("the text has {length} characters, 100000 at most")]
    TooLong {
        /// Number of characters given.
        length: u64,
    },
    /// A file over 25 MB.
    #[error("the file has {size} bytes, 26214400 at most")]
    FileTooLarge {
        /// Bytes of the file given.
        size: u64,
    },
    /// A file of a kind that is not kept, or a picture that cannot be read.
    #[error("the file is of no kind that is kept")]
    FileKind,
    /// A word that is none of the choices, or another wrong use.
    #[error("wrong use: {what}")]
    Usage {
        /// Which argument or command, never its content.
        what: &'static str,
    },

    // Could not be saved or read (exit 3).
    /// The disk is full.
    #[error("the disk is full")]
    StorageFull,
    /// The key does not open this vault.
    #[error("the key does not open this vault")]
    WrongKey,
    /// The vault is locked, or another process holds it.
    #[error("the vault is locked")]
    Locked,
    /// Any other fault of the storage.
    #[error("storage: {reason}")]
    Storage {
        /// What the operating system or database said; no person's text.
        reason: String,
    },

    /// The folder, stick or other place that parcels go to has no room left; this device has.
    #[error("the place for parcels is full")]
    ShelfFull,
    /// The folder, stick or other place that parcels go to cannot be read or written.
    #[error("the place for parcels: {reason}")]
    Shelf {
        /// What the operating system said; no name of a folder or person.
        reason: String,
    },

    // Damaged (exit 4).
    /// The right key, but the file is not what was written.
    #[error("the vault is damaged")]
    Damaged,
    /// What was saved last is gone, or the file was put back to an earlier state.
    #[error("the newest saves are missing")]
    Tampered,

    // Exit 5.
    /// Not all of an attached file is on this device yet.
    #[error("not all of the file is on this device")]
    FileNotHere,
    /// The other side could not be reached.
    #[error("could not be reached")]
    Unreachable,
}

impl Error {
    /// What was asked does not fit how things stand; `said` is the key of the sentence.
    pub const fn not_so(said: &'static str) -> Error {
        Error::Rule {
            code: "not_an_answer",
            said,
        }
    }

    /// The stable name of this error, as in the command-line contract.
    pub fn code(&self) -> &'static str {
        match self {
            Error::ConfidenceMissing => "confidence_missing",
            Error::ConfidenceBelow7 => "confidence_below_7",
            Error::FollowUpMissing => "follow_up_missing",
            Error::FollowUpInPast => "follow_up_in_past",
            Error::FollowUpTooLate => "follow_up_too_late",
            Error::AlreadyAgreed => "already_agreed",
            Error::GoalNotTakenUp => "goal_not_taken_up",
            Error::AdviceNotAsked => "advice_not_asked",
            Error::NotAllowed
            | Error::InvitationOver
            | Error::NotLetIn
            | Error::NotKnown
            | Error::SharingEnded => "not_allowed",
            Error::DateInFuture => "date_in_future",
            Error::MessageTooLong { .. } => "message_too_long",
            Error::ScaleMissing => "scale_missing",
            Error::NotAnAnswer => "not_an_answer",
            Error::Rule { code, .. } => code,
            Error::OutOfRange { .. } => "out_of_range",
            Error::BadDate => "bad_date",
            Error::OftenNotUnderstood => "often_not_understood",
            Error::UnknownId | Error::InvitationUnknown => "unknown_id",
            Error::AmbiguousId => "ambiguous_id",
            Error::Empty => "empty",
            Error::TooLong { .. } | Error::FileTooLarge { .. } => "too_long",
            Error::Usage { .. } | Error::FileKind => "usage",
            Error::StorageFull | Error::ShelfFull => "storage_full",
            Error::WrongKey => "wrong_key",
            Error::Locked => "locked",
            Error::Storage { .. } | Error::Shelf { .. } => "storage",
            Error::Damaged => "damaged",
            Error::Tampered => "tampered",
            Error::Unreachable | Error::FileNotHere => "unreachable",
        }
    }

    /// The exit code of the command line: 1 refused by a rule, 2 wrong use, 3 storage, 4 damaged, 5 unreachable.
    pub fn exit(&self) -> u8 {
        match self {
            Error::ConfidenceMissing
            | Error::ConfidenceBelow7
            | Error::FollowUpMissing
            | Error::FollowUpInPast
            | Error::FollowUpTooLate
            | Error::AlreadyAgreed
            | Error::GoalNotTakenUp
            | Error::AdviceNotAsked
            | Error::NotAllowed
            | Error::InvitationOver
            | Error::NotLetIn
            | Error::NotKnown
            | Error::SharingEnded
            | Error::DateInFuture
            | Error::MessageTooLong { .. }
            | Error::ScaleMissing
            | Error::NotAnAnswer
            | Error::Rule { .. } => 1,
            Error::OutOfRange { .. }
            | Error::BadDate
            | Error::OftenNotUnderstood
            | Error::UnknownId
            | Error::InvitationUnknown
            | Error::AmbiguousId
            | Error::Empty
            | Error::TooLong { .. }
            | Error::FileTooLarge { .. }
            | Error::FileKind
            | Error::Usage { .. } => 2,
            Error::StorageFull
            | Error::ShelfFull
            | Error::WrongKey
            | Error::Locked
            | Error::Shelf { .. }
            | Error::Storage { .. } => 3,
            Error::Damaged | Error::Tampered => 4,
            Error::Unreachable | Error::FileNotHere => 5,
        }
    }
}

/// Shorthand for what this crate returns.
pub type Result<T> = std::result::Result<T, Error>;
