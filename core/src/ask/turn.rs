//! One answer: what it writes, and where the conversation goes from there.

use super::build::Seen;
use super::home::{self, FIRST_GOAL, check_in_name};
use super::{Page, Place, Reply, Step, Talk, Topic, page};
use super::{barrier, change, check_in, close, day, gate, goal, menu, plan, rest, welcome};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::record::Acts;
use crate::words::Words;

/// A page outside the conversation that was asked for, or its end. The conversation goes on after it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Go {
    /// How it is going.
    Progress,
    /// A whole plan.
    Plan(Id),
    /// The end, for now.
    Stop,
}

/// What came of a reply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Outcome {
    /// Sentences to say before the next question.
    pub said: Vec<String>,
    /// Where to go first.
    pub go: Option<Go>,
}

/// Where one answer leads.
#[derive(Default)]
pub(super) struct Turn {
    to: Option<Place>,
    said: Vec<String>,
    go: Option<Go>,
    put_off: Option<String>,
    not_now: bool,
}

impl Turn {
    /// To a question.
    pub fn to(place: Place) -> Turn {
        Turn {
            to: Some(place),
            ..Turn::default()
        }
    }

    /// To whatever is due.
    pub fn home() -> Turn {
        Turn::default()
    }

    /// As "not now" does.
    pub fn not_now() -> Turn {
        Turn {
            not_now: true,
            ..Turn::default()
        }
    }

    pub fn saying(mut self, sentence: String) -> Turn {
        self.said.push(sentence);
        self
    }

    pub fn saying_first(mut self, sentence: String) -> Turn {
        self.said.insert(0, sentence);
        self
    }

    pub fn going(mut self, go: Go) -> Turn {
        self.go = Some(go);
        self
    }

    pub fn putting_off(mut self, what: String) -> Turn {
        self.put_off = Some(what);
        self
    }
}

/// Takes a reply to the page with this mark: writes what it says, and moves the conversation on.
///
/// # Errors
/// [`Error::Empty`] where the question may not be left out; the refusals of the rules it calls.
pub(super) fn take(
    acts: &mut Acts,
    words: Words,
    mut talk: Talk,
    shown: &Page,
    reply: &Reply,
) -> Result<(Outcome, Talk)> {
    let (record, today) = (acts.record(), acts.today());
    let seen = Seen {
        record,
        today,
        words,
        talk: &talk,
    };
    let place = home::place(&seen);
    if place.mark() != shown.mark {
        // Answered elsewhere meanwhile: the page of now is shown, and nothing is written twice.
        let said = vec![words.say("ask-moved-on", &[])];
        return Ok((Outcome { said, go: None }, talk));
    }
    let given = match reply {
        Reply::Given(text) => Some(text.as_str()),
        Reply::Skip if page::shown(&seen, &place).ask.may_skip => None,
        Reply::Skip => return Err(Error::Empty),
        Reply::NotNow => return Ok(not_now(talk, words, place, today)),
        Reply::Stop => {
            let go = Some(Go::Stop);
            return Ok((
                Outcome {
                    said: Vec::new(),
                    go,
                },
                talk,
            ));
        }
    };
    let turn = if place.step == Step::Menu {
        menu::answer(acts, words, &mut talk, given)?
    } else {
        answer(acts, words, &place, given)?
    };
    if turn.not_now {
        return Ok(not_now(talk, words, place, today));
    }
    talk.place = turn.to;
    if let Some(what) = turn.put_off {
        talk.put_off(what, today);
    }
    let outcome = Outcome {
        said: turn.said,
        go: turn.go,
    };
    Ok((outcome, talk))
}

fn answer(acts: &mut Acts, words: Words, place: &Place, given: Option<&str>) -> Result<Turn> {
    type Answer = fn(&mut Acts, Words, &Place, Option<&str>) -> Option<Result<Turn>>;
    const PARTS: [Answer; 10] = [
        welcome::answer,
        goal::answer,
        plan::answer,
        barrier::answer,
        gate::answer,
        close::answer,
        change::answer,
        check_in::answer,
        day::answer,
        rest::answer,
    ];
    PARTS
        .iter()
        .find_map(|part| part(acts, words, place, given))
        .unwrap_or(Err(Error::NotAnAnswer))
}

/// "Not now" is always an answer: what is half done is kept, and can be carried on from the menu.
fn not_now(
    mut talk: Talk,
    words: Words,
    place: Place,
    today: chrono::NaiveDate,
) -> (Outcome, Talk) {
    talk.place = None;
    let nothing_yet = place.held.is_empty() && place.typed.is_none();
    match (place.topic, place.step) {
        (_, Step::Menu) => {
            let go = Some(Go::Stop);
            return (
                Outcome {
                    said: Vec::new(),
                    go,
                },
                talk,
            );
        }
        (Topic::Home, Step::Did | Step::Offer) => {
            if let Some(plan) = &place.plan {
                talk.put_off(day::put_off_name(plan), today);
            }
        }
        (Topic::Goal, Step::GoalWords) if nothing_yet => {
            talk.put_off(FIRST_GOAL.into(), today);
        }
        (Topic::Goal, Step::TakeUp | Step::AsideWhy) => {
            if let Some(goal) = &place.goal {
                talk.put_off(home::suggested_name(goal), today);
            }
        }
        (Topic::CheckIn, _) => {
            if let Some(follow_up) = &place.follow_up {
                talk.put_off(check_in_name(follow_up), today);
            }
            if place.step != Step::Well || !nothing_yet {
                talk.parked.push(place);
            }
        }
        (Topic::Rest | Topic::Log, _) => {}
        _ => talk.parked.push(place),
    }
    let said = vec![words.say("ask-not-now", &[])];
    (Outcome { said, go: None }, talk)
}
