//! What is open while a device of staff is in the hands of the person who is visited: their own pages, and giving it
//! back. Nothing of anybody else, nothing that is for staff, and nothing about the device itself.
//!
//! Source: `domain.md` 1 (levels and figures are for staff), Who uses it; `cli.md`, `visit`.

/// The nouns of the person's own pages. `record`, `history`, `search` and `export` are not among them: they hold what
/// staff observed and wrote for each other.
const PAGES: [&str; 22] = [
    "about",
    "need",
    "goal",
    "agenda",
    "ambivalence",
    "attach",
    "support",
    "decide",
    "plan",
    "rest",
    "offer",
    "today",
    "reminders",
    "progress",
    "barrier",
    "idea",
    "log",
    "restore",
    "follow_up",
    "disagreements",
    "settle",
    "draft",
];

/// What is for staff, of those nouns. Source: `cli.md`, Commands (staff).
const FOR_STAFF: [(&str, &str); 2] = [("goal", "clinical"), ("goal", "t_score")];

/// Whether a command or page is open, by its noun's and verb's words; the verb is empty where there is none.
pub fn is_open(noun: &str, verb: &str) -> bool {
    (noun, verb) == ("visit", "give_back")
        || (PAGES.contains(&noun) && !FOR_STAFF.contains(&(noun, verb)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_persons_own_pages_are_open() {
        for (noun, verb) in [
            ("goal", "add"),
            ("log", ""),
            ("goal", "score"),
            ("visit", "give_back"),
        ] {
            assert!(is_open(noun, verb), "{noun} {verb}");
        }
    }

    #[test]
    fn what_is_of_staff_of_others_or_of_the_device_is_not() {
        let closed = [
            ("record", "show"),
            ("history", ""),
            ("goal", "clinical"),
            ("goal", "t_score"),
            ("observe", ""),
            ("people", ""),
            ("erase", ""),
            ("visit", "end"),
            ("recovery", "make"),
            ("something", "newer"),
        ];
        for (noun, verb) in closed {
            assert!(!is_open(noun, verb), "{noun} {verb}");
        }
    }
}
