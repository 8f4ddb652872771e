//! Keys no source spells out: those that code computes, and those whose screen is not written yet.

/// Families of computed keys: the beginning of the key, and what computes the rest.
///
/// `Words::code(family, code)` takes the family without its last hyphen and a code of the record.
pub const FAMILIES: &[(&str, &str)] = &[
    (
        "access-",
        "Words::code, whether a person's record is open to staff",
    ),
    ("about-section-", "Words::code, a section of about me"),
    ("agenda-state-", "Words::code, a state of an agenda item"),
    ("agenda-topic-", "Words::code, a topic of the agenda sheet"),
    ("attachment-kind-", "Words::code, a kind of file"),
    ("barrier-state-", "Words::code, a state of a barrier"),
    ("channel-", "Words::code, a channel of a check-in"),
    ("device-state-", "Words::code, a state of a device"),
    ("ended-", "Words::code, why care ended"),
    ("error-", "Words::error, the code of an error"),
    ("felt-", "Words::felt, a band"),
    (
        "follow-up-reach-",
        "Words::code, whether a call was answered",
    ),
    ("follow-up-state-", "Words::code, a state of a check-in"),
    (
        "follow-up-will-",
        "Words::code_with, the channel of a check-in",
    ),
    ("goal-state-", "Words::code, a state of a goal"),
    ("handover-state-", "Words::code, a state of a handover"),
    ("help-", "the name of a command, in the command line"),
    ("idea-state-", "Words::code, a state of an idea"),
    ("importance-", "Words::importance, a band"),
    ("label-", "the name of a field, in the command line"),
    ("log-did-", "Words::code, what was done"),
    ("log-reason-", "Words::code, why not, or why a rest"),
    ("member-state-", "Words::code, a state of a member"),
    ("message-state-", "Words::code, a state of a message"),
    ("month-", "Words::date, 1 to 12"),
    ("noun-", "Words::code, what a line is about"),
    ("need-", "Words::code, an information need"),
    ("next-", "Words::code, what comes next"),
    ("part-", "Words::code, a part that is shared"),
    ("plan-day-state-", "Words::code, a state of a plan today"),
    ("plan-smaller-", "Words::code, what can be smaller"),
    ("plan-state-", "Words::code, a state of a plan"),
    ("plan-way-", "Words::code, a way on below 7"),
    (
        "rating-next-",
        "Words::next_questions, a scale and a band or an end",
    ),
    ("role-", "Words::code, a role"),
    ("sample-", "words of an example, in the command line's help"),
    ("sent-", "Words::code, whether something is sent"),
    ("status-do-", "Words::code, what is left before handing in"),
    ("support-kind-", "Words::code, a kind of support"),
    (
        "support-state-",
        "Words::code, a state of an offer of support",
    ),
    ("sure-", "Words::sure, a band"),
    ("weekday-", "Words::day and Words::on_day, 1 to 7"),
    ("verify-", "Words::code, what could not be read back"),
];

/// Keys whose screen or command is not written yet. A test fails when one of them comes into use and stays here.
pub const AWAITED: &[&str] = &[
    "about-empty",
    "about-helped-by",
    "agenda-question",
    "barrier-helped-before",
    "idea-aim",
    "idea-offer",
    "idea-offered-by",
    "idea-question",
    "plan-still",
    "plan-still-yes",
    "plan-teach-back-staff",
    "send-all",
    "send-not-yet",
    "send-part-way",
    "trouble-pin",
];
