//! What a person can answer for one planned time, and why not, as fixed words.

/// How one planned time went. A log entry has exactly one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Did {
    /// Did it.
    Did,
    /// Did part of it; counts as done.
    Part,
    /// Tried; shown apart, neither done nor missed.
    Tried,
    /// Rested; nothing was wanted that day.
    Rested,
    /// Could not; see [`Why`].
    CouldNot,
    /// A code of a newer version, kept as it is. It counts as answered and as nothing else.
    Unknown(u8),
}

impl Did {
    /// What a person can answer, in the order it is offered.
    pub const ALL: [Did; 5] = [Did::Did, Did::Part, Did::Tried, Did::Rested, Did::CouldNot];

    /// Reads `did`, `part`, `tried`, `rested`, `could_not` or `could-not`; `None` for any other word.
    pub fn parse(text: &str) -> Option<Did> {
        Some(match text {
            "did" => Did::Did,
            "part" => Did::Part,
            "tried" => Did::Tried,
            "rested" => Did::Rested,
            "could_not" | "could-not" => Did::CouldNot,
            _ => return None,
        })
    }

    /// The word as it is stored and shown in JSON, always with `_`; `unknown` for [`Did::Unknown`].
    pub fn as_str(self) -> &'static str {
        match self {
            Did::Did => "did",
            Did::Part => "part",
            Did::Tried => "tried",
            Did::Rested => "rested",
            Did::CouldNot => "could_not",
            Did::Unknown(_) => "unknown",
        }
    }

    /// Whether it adds one to a week's `done`: did and part do.
    pub fn is_done(self) -> bool {
        matches!(self, Did::Did | Did::Part)
    }
}

/// Why a planned time was left out, or a plan paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// Unwell.
    Unwell,
    /// A flare of the condition.
    Flare,
    /// In hospital.
    Hospital,
    /// Away from home.
    Away,
    /// Something else; the only reason that does not excuse a day.
    Other,
    /// A code of a newer version, kept as it is. It neither excuses a day nor makes it a missed one.
    Unknown(u8),
}

impl Why {
    /// The reasons a person can pick, in the order they are offered.
    pub const ALL: [Why; 5] = [
        Why::Unwell,
        Why::Flare,
        Why::Hospital,
        Why::Away,
        Why::Other,
    ];

    /// Reads `unwell`, `flare`, `hospital`, `away` or `other`; `None` for any other word.
    pub fn parse(text: &str) -> Option<Why> {
        Some(match text {
            "unwell" => Why::Unwell,
            "flare" => Why::Flare,
            "hospital" => Why::Hospital,
            "away" => Why::Away,
            "other" => Why::Other,
            _ => return None,
        })
    }

    /// The word as it is stored and shown in JSON; `unknown` for [`Why::Unknown`].
    pub fn as_str(self) -> &'static str {
        match self {
            Why::Unwell => "unwell",
            Why::Flare => "flare",
            Why::Hospital => "hospital",
            Why::Away => "away",
            Why::Other => "other",
            Why::Unknown(_) => "unknown",
        }
    }

    /// Whether a rest is offered when this reason is given: unwell, flare and hospital. Source: `screens.md`, LogScreen.
    pub fn asks_for_rest(self) -> bool {
        matches!(self, Why::Unwell | Why::Flare | Why::Hospital)
    }

    /// Whether a day left out for this reason is excused: unwell, flare, hospital and away are.
    pub fn excuses(self) -> bool {
        matches!(self, Why::Unwell | Why::Flare | Why::Hospital | Why::Away)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back_as_itself() {
        for word in ["did", "part", "tried", "rested", "could_not"] {
            assert_eq!(Did::parse(word).map(Did::as_str), Some(word));
        }
        for word in ["unwell", "flare", "hospital", "away", "other"] {
            assert_eq!(Why::parse(word).map(Why::as_str), Some(word));
        }
    }

    #[test]
    fn hyphen_and_underscore_are_the_same() {
        assert_eq!(Did::parse("could-not"), Did::parse("could_not"));
    }

    #[test]
    fn words_nobody_offered_are_not_understood() {
        assert_eq!(Did::parse("won"), None);
        assert_eq!(Did::parse("unknown"), None);
        assert_eq!(Why::parse("unknown"), None);
    }
}
