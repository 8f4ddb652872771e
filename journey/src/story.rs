//! A journey file, its steps, and the aliases that earlier steps gave.

use crate::args::Args;
use crate::matching;
use cairn_core::clock::zone;
use cairn_core::error::{Error, Result};
use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A text that is no journey.
pub const NO_JOURNEY: Error = Error::Usage { what: "journey" };

/// What a step says of itself, no argument of its command.
const OWN: [&str; 8] = ["at", "on", "do", "check", "as", "refused", "has", "lacks"];

/// A journey that was read: every step is one, but nothing was played yet.
#[derive(Clone, Debug)]
pub struct Journey {
    /// Its title.
    pub title: String,
    /// The time zone of its moments and devices.
    pub zone: String,
    /// Its devices.
    pub devices: Vec<Device>,
    /// Its steps.
    pub steps: Vec<Map<String, Value>>,
}

/// A device of a journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
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
    /// How far its clock is off, in seconds.
    pub clock_off_by: i64,
}

impl Journey {
    /// Reads a journey.
    ///
    /// # Errors
    /// [`Error::Usage`] for a text that is none.
    pub fn read(text: &str) -> Result<Journey> {
        let file: Value = serde_json::from_str(text).map_err(|_| NO_JOURNEY)?;
        let list = |name: &str| file[name].as_array().ok_or(NO_JOURNEY);
        let zone = file["time_zone"]
            .as_str()
            .filter(|name| zone::is_zone(name));
        let devices: Option<Vec<Device>> = list("devices")?.iter().map(Device::read).collect();
        let steps: Option<Vec<_>> = list("steps")?
            .iter()
            .map(|step| step.as_object().cloned())
            .collect();
        Ok(Journey {
            title: file["title"].as_str().unwrap_or_default().to_owned(),
            zone: zone.ok_or(NO_JOURNEY)?.to_owned(),
            devices: devices.filter(|all| are_devices(all)).ok_or(NO_JOURNEY)?,
            steps: steps
                .filter(|all| all.iter().all(is_step))
                .ok_or(NO_JOURNEY)?,
        })
    }

    /// The moment a step says, if it is one.
    pub fn moment(&self, step: &Map<String, Value>) -> Option<DateTime<FixedOffset>> {
        zone::parse_moment(step.get("at")?.as_str()?, &self.zone).ok()
    }

    /// When the first step is: the devices are made then.
    pub fn start(&self) -> DateTime<FixedOffset> {
        let first = self.steps.first();
        first.and_then(|step| self.moment(step)).unwrap_or_default()
    }
}

impl Device {
    fn read(given: &Value) -> Option<Device> {
        let text = |name: &str| given[name].as_str().map(str::to_owned);
        Some(Device {
            id: text("id")?,
            role: text("role").unwrap_or_else(|| "person".into()),
            name: text("name")?,
            title: text("title"),
            born: text("born"),
            clock_off_by: given["clock_off_by"].as_i64().unwrap_or(0),
        })
    }
}

/// Whether there is one at least, and each goes by a name of its own.
fn are_devices(all: &[Device]) -> bool {
    let ids: BTreeSet<&str> = all.iter().map(|device| device.id.as_str()).collect();
    !all.is_empty() && ids.len() == all.len()
}

fn is_step(step: &Map<String, Value>) -> bool {
    step.get("do").is_some_and(Value::is_string) != step.get("check").is_some_and(Value::is_string)
}

/// The command or query of a step, with underscores.
pub fn name(step: &Map<String, Value>) -> String {
    let text = |name: &str| step.get(name).and_then(Value::as_str);
    text("check")
        .or(text("do"))
        .unwrap_or_default()
        .replace('-', "_")
}

/// How a step went.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It was carried out; the answer, an object with at least an `id` where something was made.
    Done(Value),
    /// It was refused with this code.
    Refused(String),
}

/// The names earlier steps gave to things.
#[derive(Clone, Debug, Default)]
pub struct Known {
    aliases: BTreeMap<String, String>,
}

impl Known {
    /// The arguments of a step, with the names put in.
    pub fn args(&self, step: &Map<String, Value>) -> Args {
        Args(
            step.iter()
                .filter(|(key, _)| !OWN.contains(&key.as_str()))
                .map(|(key, value)| (key.replace('-', "_"), self.put_in(value)))
                .collect(),
        )
    }

    /// Whether a step went as it says; and what it names is known from now on.
    ///
    /// # Errors
    /// Why it did not.
    pub fn judge(
        &mut self,
        step: &Map<String, Value>,
        outcome: &Outcome,
    ) -> std::result::Result<(), String> {
        let name = name(step);
        let expected = step.get("refused").and_then(Value::as_str);
        let answer = match (outcome, expected) {
            (Outcome::Refused(code), Some(wanted)) if *code == wanted.replace('-', "_") => {
                return Ok(());
            }
            (Outcome::Refused(code), Some(wanted)) => {
                return Err(format!("{name}: refused with {code}, not {wanted}"));
            }
            (Outcome::Refused(code), None) => return Err(format!("{name}: refused with {code}")),
            (Outcome::Done(_), Some(wanted)) => {
                return Err(format!("{name}: not refused with {wanted}"));
            }
            (Outcome::Done(answer), None) => answer,
        };
        let has = step.get("has").map(|want| self.put_in(want));
        let lacks = step.get("lacks").map(|unwanted| self.put_in(unwanted));
        if has
            .as_ref()
            .is_some_and(|want| !matching::has(want, answer))
        {
            return Err(format!("{name}: not as expected; the answer is {answer}"));
        }
        if lacks
            .as_ref()
            .is_some_and(|unwanted| !matching::lacks(unwanted, answer))
        {
            return Err(format!(
                "{name}: has what it is not to have; the answer is {answer}"
            ));
        }
        if let Some(alias) = step.get("as").and_then(Value::as_str) {
            let made = if step.contains_key("check") {
                matching::first(has.as_ref(), answer)
            } else {
                Some(answer)
            };
            let id = made.and_then(|made| made["code"].as_str().or(made["id"].as_str()));
            let id = id.ok_or_else(|| format!("{name}: nothing to call {alias}"))?;
            let alias = alias.trim_start_matches('$').to_owned();
            self.aliases.insert(alias, id.to_owned());
        }
        Ok(())
    }

    fn put_in(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => {
                let alias = text
                    .strip_prefix('$')
                    .and_then(|alias| self.aliases.get(alias));
                alias.map_or_else(|| value.clone(), |id| json!(id))
            }
            Value::Array(items) => items.iter().map(|item| self.put_in(item)).collect(),
            Value::Object(fields) => {
                let known = fields
                    .iter()
                    .map(|(key, value)| (key.clone(), self.put_in(value)));
                Value::Object(known.collect())
            }
            _ => value.clone(),
        }
    }
}
