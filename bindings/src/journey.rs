//! Journeys for the players in Kotlin and Swift, with the feature `journeys`; not in the library of a phone.
//!
//! A player asks for each step, calls the record for it in its own language, and hands back what came of it; whether
//! that is as the step says is judged here, by the same code the command line uses.

use crate::outside::Moment;
use cairn_core::error::{Error, Result};
use cairn_journey::{Args, Known, Outcome};
use chrono::{DateTime, FixedOffset, TimeDelta};
use serde_json::{Map, Value, json};
use std::sync::{Arc, Mutex, PoisonError};

const ARGUMENT: &str = "argument";

/// A device of a journey.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct JourneyDevice {
    /// Its id in the journey.
    pub id: String,
    /// `person` or `staff`.
    pub role: String,
    /// Whose it is.
    pub name: String,
    /// The role in care, in words.
    pub title: Option<String>,
    /// Date of birth.
    pub born: Option<String>,
    /// Its time zone.
    pub zone: String,
    /// By its own clock, when it is made.
    pub made_at: Moment,
}

/// A journey that was read.
#[derive(uniffi::Object)]
pub struct Journey {
    story: cairn_journey::Journey,
    known: Mutex<Known>,
    at: Mutex<DateTime<FixedOffset>>,
}

/// One step, with the names of earlier steps put in.
#[derive(uniffi::Object)]
pub struct JourneyStep {
    step: Map<String, Value>,
    args: Args,
    device: String,
    at: Moment,
}

#[uniffi::export]
impl Journey {
    /// Reads a journey.
    #[uniffi::constructor]
    pub fn read(text: String) -> Result<Journey> {
        let story = cairn_journey::Journey::read(&text)?;
        Ok(Journey {
            at: Mutex::new(story.start()),
            known: Mutex::default(),
            story,
        })
    }

    /// Its devices, to be made before the first step.
    pub fn devices(&self) -> Vec<JourneyDevice> {
        let devices = self.story.devices.iter();
        devices
            .map(|device| JourneyDevice {
                id: device.id.clone(),
                role: device.role.clone(),
                name: device.name.clone(),
                title: device.title.clone(),
                born: device.born.clone(),
                zone: self.story.zone.clone(),
                made_at: self.by_its_clock(&device.id, self.story.start()),
            })
            .collect()
    }

    /// How many steps it has.
    pub fn count(&self) -> u32 {
        u32::try_from(self.story.steps.len()).unwrap_or(u32::MAX)
    }

    /// A step, counted from 0. They are asked for in their order, each once: a step without a moment has that of the
    /// step before it.
    pub fn step(&self, number: u32) -> Result<Arc<JourneyStep>> {
        let step = usize::try_from(number).ok();
        let step = step.and_then(|number| self.story.steps.get(number));
        let step = step.ok_or(Error::UnknownId)?.clone();
        let mut at = held(&self.at);
        if step.contains_key("at") {
            *at = self.story.moment(&step).ok_or(Error::BadDate)?;
        }
        let first = self.story.devices.first().map_or("", |device| &device.id);
        let device = step
            .get("on")
            .and_then(Value::as_str)
            .unwrap_or(first)
            .to_owned();
        Ok(Arc::new(JourneyStep {
            args: held(&self.known).args(&step),
            at: self.by_its_clock(&device, *at),
            device,
            step,
        }))
    }

    /// Whether an action went as its step says; nothing, or why not. `id` is what it made, for the step's own name.
    pub fn judge_done(&self, step: &JourneyStep, id: Option<String>) -> Option<String> {
        self.judge(step, Outcome::Done(json!({ "id": id })))
    }

    /// Whether a query answered as its step says; nothing, or why not.
    pub fn judge_answer(&self, step: &JourneyStep, answer: String) -> Result<Option<String>> {
        let answer = serde_json::from_str(&answer).map_err(|_| Error::Damaged)?;
        Ok(self.judge(step, Outcome::Done(answer)))
    }

    /// Whether a refusal is the one its step says; nothing, or why not.
    pub fn judge_refused(&self, step: &JourneyStep, error: Error) -> Option<String> {
        self.judge(step, Outcome::Refused(error.code().into()))
    }
}

impl Journey {
    fn judge(&self, step: &JourneyStep, outcome: Outcome) -> Option<String> {
        held(&self.known).judge(&step.step, &outcome).err()
    }

    fn by_its_clock(&self, device: &str, at: DateTime<FixedOffset>) -> Moment {
        let device = self.story.devices.iter().find(|given| given.id == device);
        let off_by = device.and_then(|device| TimeDelta::try_seconds(device.clock_off_by));
        let at = off_by
            .and_then(|off_by| at.checked_add_signed(off_by))
            .unwrap_or(at);
        Moment::from(at)
    }
}

#[uniffi::export]
impl JourneyStep {
    /// The command or query, such as `plan.show`.
    pub fn name(&self) -> String {
        cairn_journey::name(&self.step)
    }

    /// Whether it is a check.
    pub fn is_check(&self) -> bool {
        self.step.contains_key("check")
    }

    /// The device it happens on.
    pub fn device(&self) -> String {
        self.device.clone()
    }

    /// When, by that device's own clock.
    pub fn at(&self) -> Moment {
        self.at
    }

    /// Whether the words are the person's own, written down by another.
    pub fn is_for_person(&self) -> bool {
        self.args.flag("for_person")
    }

    /// A text that must be there.
    pub fn text(&self, name: String) -> Result<String> {
        self.only(&name).text(ARGUMENT)
    }

    /// A text, if given; numbers are taken as they are written.
    pub fn opt(&self, name: String) -> Result<Option<String>> {
        self.only(&name).opt(ARGUMENT)
    }

    /// A fixed word, if given, with underscores.
    pub fn opt_word(&self, name: String) -> Result<Option<String>> {
        self.only(&name).opt_word(ARGUMENT)
    }

    /// A whole number, if given.
    pub fn opt_number(&self, name: String) -> Result<Option<i64>> {
        self.only(&name).opt_int(ARGUMENT)
    }

    /// Whether a flag was given.
    pub fn flag(&self, name: String) -> bool {
        self.args.flag(&name)
    }

    /// Texts in their order.
    pub fn list(&self, name: String) -> Result<Vec<String>> {
        self.only(&name).list(ARGUMENT)
    }
}

impl JourneyStep {
    /// The argument of this name alone, under a fixed one: a name from outside is none an error can carry.
    fn only(&self, name: &str) -> Args {
        let given = self.args.0.get(name).cloned();
        Args(
            given
                .map(|value| (ARGUMENT.to_owned(), value))
                .into_iter()
                .collect(),
        )
    }
}

fn held<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
