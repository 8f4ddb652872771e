//! Plays a journey: a file of devices and steps, on fresh devices. See `cli.md`, Journeys.

mod device;
pub mod matching;

use crate::args::Args;
use crate::table;
use cairn_core::clock::zone;
use cairn_core::error::{Error, Result};
use cairn_core::words::Words;
use chrono::{DateTime, FixedOffset};
use device::Device;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// What came of a journey.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// How many steps it has.
    pub steps: usize,
    /// The first step that is not as it says, counted from 1, and why.
    pub failed: Option<(usize, String)>,
}

impl Outcome {
    /// As `--json` prints it.
    pub fn json(&self) -> Value {
        let (step, why) = self.failed.clone().unzip();
        json!({"ok": self.failed.is_none(), "steps": self.steps, "failed_step": step, "why": why})
    }
}

/// A journey that was read: every step is one, but nothing was played yet.
pub struct Journey {
    /// Its title.
    pub title: String,
    zone: String,
    devices: Vec<Value>,
    steps: Vec<Map<String, Value>>,
}

const NO_JOURNEY: Error = Error::Usage { what: "journey" };

impl Journey {
    /// Reads a journey.
    ///
    /// # Errors
    /// [`Error::Usage`] for a text that is none.
    pub fn read(text: &str) -> Result<Journey> {
        let file: Value = serde_json::from_str(text).map_err(|_| NO_JOURNEY)?;
        let title = file
            .get("title")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let zone = file
            .get("time_zone")
            .and_then(Value::as_str)
            .filter(|name| zone::is_zone(name))
            .ok_or(NO_JOURNEY)?;
        let devices = file
            .get("devices")
            .and_then(Value::as_array)
            .ok_or(NO_JOURNEY)?
            .clone();
        let steps = file
            .get("steps")
            .and_then(Value::as_array)
            .ok_or(NO_JOURNEY)?;
        let steps: Option<Vec<_>> = steps.iter().map(|step| step.as_object().cloned()).collect();
        let steps = steps
            .filter(|steps| steps.iter().all(is_step))
            .ok_or(NO_JOURNEY)?;
        if devices.is_empty()
            || !devices
                .iter()
                .all(|device| device["id"].is_string() && device["name"].is_string())
        {
            return Err(NO_JOURNEY);
        }
        Ok(Journey {
            title,
            zone: zone.to_owned(),
            devices,
            steps,
        })
    }

    /// Plays it in a folder, telling each step.
    ///
    /// # Errors
    /// Those of making the devices; a step that is not as it says is in the outcome.
    pub fn play(&self, folder: &Path, words: Words, mut tell: impl FnMut(&str)) -> Result<Outcome> {
        let start = self
            .steps
            .first()
            .and_then(|step| self.moment(step))
            .unwrap_or_default();
        let mut player = Player {
            words,
            devices: Vec::new(),
            aliases: BTreeMap::new(),
        };
        for (number, device) in self.devices.iter().enumerate() {
            player.devices.push(Device::make(
                folder,
                device,
                &self.zone,
                start,
                words,
                number as u64 + 1,
            )?);
        }
        let mut outcome = Outcome {
            steps: self.steps.len(),
            failed: None,
        };
        let mut at = start;
        for (number, step) in self.steps.iter().enumerate() {
            let Some(now) = self
                .moment(step)
                .or_else(|| step.get("at").is_none().then_some(at))
            else {
                outcome.failed = Some((number + 1, "bad_date".into()));
                break;
            };
            at = now;
            let done = player.step(step, at);
            tell(&player.tell(
                number + 1,
                step,
                at,
                done.as_ref().ok().and_then(Option::as_ref),
            ));
            if let Err(why) = done {
                outcome.failed = Some((number + 1, why));
                break;
            }
        }
        Ok(outcome)
    }

    fn moment(&self, step: &Map<String, Value>) -> Option<DateTime<FixedOffset>> {
        zone::parse_moment(step.get("at")?.as_str()?, &self.zone).ok()
    }
}

fn is_step(step: &Map<String, Value>) -> bool {
    step.get("do").is_some_and(Value::is_string) != step.get("check").is_some_and(Value::is_string)
}

struct Player {
    words: Words,
    devices: Vec<Device>,
    aliases: BTreeMap<String, String>,
}

/// What a step says of itself, no argument of its command.
const OWN: [&str; 8] = ["at", "on", "do", "check", "as", "refused", "has", "lacks"];

impl Player {
    /// Plays a step. The error says why it is not as it says; a refusal that was expected is given back.
    fn step(
        &mut self,
        step: &Map<String, Value>,
        at: DateTime<FixedOffset>,
    ) -> std::result::Result<Option<Error>, String> {
        let text = |name: &str| step.get(name).and_then(Value::as_str);
        let check = text("check");
        let name = check.or(text("do")).unwrap_or_default().replace('-', "_");
        let expected = text("refused");
        let answer = self.carry_out(&name, step, at);
        let answer = match (answer, expected) {
            (Err(error), Some(code)) if error.code() == code.replace('-', "_") => {
                return Ok(Some(error));
            }
            (Err(error), Some(code)) => {
                return Err(format!("{name}: refused with {}, not {code}", error.code()));
            }
            (Err(error), None) => return Err(format!("{name}: refused with {}", error.code())),
            (Ok(_), Some(code)) => return Err(format!("{name}: not refused with {code}")),
            (Ok(answer), None) => answer,
        };
        let has = step.get("has").map(|want| self.known(want));
        let lacks = step.get("lacks").map(|unwanted| self.known(unwanted));
        if has
            .as_ref()
            .is_some_and(|want| !matching::has(want, &answer))
        {
            return Err(format!("{name}: not as expected; the answer is {answer}"));
        }
        if lacks
            .as_ref()
            .is_some_and(|unwanted| !matching::lacks(unwanted, &answer))
        {
            return Err(format!(
                "{name}: has what it is not to have; the answer is {answer}"
            ));
        }
        if let Some(alias) = text("as") {
            let made = if check.is_some() {
                matching::first(has.as_ref(), &answer)
            } else {
                Some(&answer)
            };
            let id = made.and_then(|made| made["code"].as_str().or(made["id"].as_str()));
            let Some(id) = id else {
                return Err(format!("{name}: nothing to call {alias}"));
            };
            self.aliases
                .insert(alias.trim_start_matches('$').to_owned(), id.to_owned());
        }
        Ok(None)
    }

    fn carry_out(
        &mut self,
        name: &str,
        step: &Map<String, Value>,
        at: DateTime<FixedOffset>,
    ) -> Result<Value> {
        if name == "sync" {
            return Err(Error::Usage {
                what: "needs another device",
            });
        }
        let args: Map<String, Value> = step
            .iter()
            .filter(|(key, _)| !OWN.contains(&key.as_str()))
            .map(|(key, value)| (key.replace('-', "_"), self.known(value)))
            .collect();
        let device = match step.get("on").and_then(Value::as_str) {
            Some(id) => self.devices.iter_mut().find(|device| device.id == id),
            None => self.devices.first_mut(),
        };
        let device = device.ok_or(Error::Usage { what: "on" })?;
        match name {
            "crash" => return device.crash().map(|()| Value::Null),
            "offline" | "online" => {
                device.online = name == "online";
                return Ok(Value::Null);
            }
            _ => {}
        }
        let command = table::find(name).ok_or(Error::Usage { what: "command" })?;
        if args
            .keys()
            .any(|key| !command.takes(key) && !["person", "for_person"].contains(&key.as_str()))
        {
            return Err(Error::Usage { what: "argument" });
        }
        device.run(command.name, &Args(args), at)
    }

    /// The value with its aliases put in.
    fn known(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => match text
                .strip_prefix('$')
                .and_then(|alias| self.aliases.get(alias))
            {
                Some(id) => json!(id),
                None => value.clone(),
            },
            Value::Array(items) => items.iter().map(|item| self.known(item)).collect(),
            Value::Object(fields) => Value::Object(
                fields
                    .iter()
                    .map(|(key, value)| (key.clone(), self.known(value)))
                    .collect(),
            ),
            _ => value.clone(),
        }
    }

    /// A step as one line of the story.
    fn tell(
        &self,
        number: usize,
        step: &Map<String, Value>,
        at: DateTime<FixedOffset>,
        refused: Option<&Error>,
    ) -> String {
        let text = |name: &str| {
            step.get(name)
                .and_then(Value::as_str)
                .filter(|text| !text.starts_with('$'))
        };
        let device = self
            .devices
            .iter()
            .find(|device| text("on").is_none_or(|id| id == device.id));
        let day = self.words.day(at.date_naive());
        let when = self.words.say(
            "date-at",
            &[
                ("day", (&day).into()),
                ("time", (&self.words.time(at.time())).into()),
            ],
        );
        let key = format!(
            "help-{}",
            text("do")
                .or(text("check"))
                .unwrap_or_default()
                .replace(['.', '_'], "-")
        );
        let what = if self.words.has(&key) {
            self.words.say(&key, &[])
        } else {
            self.words.say("replay-step-other", &[])
        };
        let name = device.map_or("", |device| device.name.as_str());
        let mut line = self.words.say(
            if step.contains_key("check") {
                "replay-check"
            } else {
                "replay-step"
            },
            &[
                ("number", number.into()),
                ("when", (&when).into()),
                ("name", name.into()),
                ("what", (&what).into()),
            ],
        );
        for said in [
            "words",
            "text",
            "what",
            "why",
            "note",
            "well",
            "challenging",
            "message",
            "anyway",
        ]
        .iter()
        .filter_map(|key| text(key))
        {
            line.push_str(&format!("\n   “{said}”"));
        }
        if let Some(error) = refused {
            line.push_str(&format!("\n   {}", self.words.error(error)));
        }
        line
    }
}
